//! What comes next in the office's year, with the command or the file at hand.

use std::fs;
use std::path::Path;

use super::{Mark, Remark};
use crate::folder::{FORMS, MILESTONES, OfficeFolder, RETURNS};
use crate::intake::{self, NameClass};
use crate::views::corrections;

/// The next step in a folder that has what a run needs. `stops`: something has to be mended first.
pub(super) fn step(folder: &OfficeFolder, stops: bool, cds: &str) -> Remark {
    let root = folder.root().display();
    if stops {
        return next(
            format!("Sửa các điều đánh dấu ✗, rồi hỏi lại: {cds} doctor \"{root}\""),
            format!("Mend what is marked ✗, then ask again: {cds} doctor \"{root}\""),
        );
    }
    let seen = intake::find(&folder.returns(), RETURNS).value;
    let returned: Vec<_> = seen.iter().filter(|path| path.class == NameClass::Candidate).collect();
    let nop = folder.returns();
    let nop = nop.display();
    if returned.is_empty() {
        let forms = folder.root().join(FORMS);
        let are_made = fs::read_dir(&forms).is_ok_and(|mut files| files.next().is_some());
        let forms = forms.display();
        if are_made {
            return next(
                format!("Gửi mỗi trường phiếu của mình, có trong {forms}. Phiếu trường gửi về thì chép vào {nop}."),
                format!("Send each school its form, which is in {forms}. Copy what schools return into {nop}."),
            );
        }
        return next(
            format!("Phát phiếu: {cds} forms \"{root}\" -o \"{forms}\". Phiếu trường gửi về thì chép vào {nop}."),
            format!("Give out the forms: {cds} forms \"{root}\" -o \"{forms}\". Copy what schools return into {nop}."),
        );
    }
    let run = next(format!("Tổng hợp: {cds} run \"{root}\""), format!("Consolidate: {cds} run \"{root}\""));
    let Some((name, path)) = folder.newest_run() else { return run };
    let made = intake::modified_at(&path);
    let is_newer =
        |changed: Option<jiff::civil::DateTime>| made.zip(changed).is_some_and(|(made, changed)| changed > made);
    let inputs = [folder.settings().ok(), folder.roster().ok(), folder.receipts().ok().flatten()];
    let changed = inputs.into_iter().flatten().any(|input| is_newer(intake::modified_at(&input.path)));
    if changed || returned.iter().any(|path| is_newer(path.modified)) {
        return run;
    }
    let frozen = folder.milestone_folders().unwrap_or_default();
    let is_frozen = |word: &str| frozen.iter().any(|path| path.to_string_lossy().ends_with(&format!("-{word}")));
    match MILESTONES.into_iter().find(|word| !is_frozen(word)) {
        Some(word) if word == MILESTONES[0] => feedback(&path, cds).unwrap_or_else(|| freeze(&path, word, cds)),
        Some(word) => freeze(&path, word, cds),
        None => next(
            format!("Năm học đã xong ({name}). Năm sau: {cds} init <thư mục mới> --from \"{root}\""),
            format!("This year is done ({name}). For the next: {cds} init NEW --from \"{root}\""),
        ),
    }
}

/// Corrected forms that wait to be sent.
fn feedback(run: &Path, cds: &str) -> Option<Remark> {
    let forms = run.join(corrections::FOLDER);
    let count = fs::read_dir(&forms)
        .ok()?
        .flatten()
        .filter(|file| file.path().extension().is_some_and(|e| e == "xlsx"))
        .count();
    let (forms, run) = (forms.display(), run.display());
    (count > 0).then(|| {
        next(
            format!(
                "Gửi lại {count} phiếu phải sửa trong {forms}; nhắc trường chưa nộp (dieu-hanh.xlsx). Đủ rồi thì chốt: {cds} finalize \"{run}\" --moc {}",
                MILESTONES[0]
            ),
            format!(
                "Send the {count} forms in {forms} back; remind who is missing (dieu-hanh.xlsx). When all is in: {cds} finalize \"{run}\" --moc {}",
                MILESTONES[0]
            ),
        )
    })
}

fn freeze(run: &Path, word: &str, cds: &str) -> Remark {
    let run = run.display();
    let (vi, en) = match word {
        "phe-duyet" => ("Trình phê duyệt", "For approval"),
        "gui-so" => ("Gửi Sở", "For the Department"),
        _ => ("Khi Sở công nhận", "When the Department has recognised it"),
    };
    let command = format!("{cds} finalize \"{run}\" --moc {word}");
    next(format!("{vi}: {command}"), format!("{en}: {command}"))
}

fn next(vi: String, en: String) -> Remark {
    Remark::new(Mark::Next, format!("Việc tiếp theo. {vi}"), format!("Next. {en}"))
}
