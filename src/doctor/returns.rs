//! What is in `nop/` by name alone, the receipts that name no file, and how old the newest run is.

use jiff::civil::DateTime;

use super::{Mark, Remark};
use crate::finding::code;
use crate::folder::{FAILURE, OfficeFolder, RETURNS};
use crate::intake::{self, NameClass, SeenPath};
use crate::run::Inputs;

/// So many of a kind are told one by one.
const TOLD: usize = 5;

pub(super) fn look(folder: &OfficeFolder, inputs: &mut Inputs, at: DateTime, remarks: &mut Vec<Remark>) {
    let found = intake::find(&folder.returns(), RETURNS);
    let seen = found.value;
    let odd = found.findings;
    remarks.extend(odd.iter().take(TOLD).map(Remark::of_finding));
    if odd.len() > TOLD {
        let more = odd.len() - TOLD;
        remarks.push(Remark::new(
            Mark::Look,
            format!("Trong nop/ còn {more} tệp lạ khác."),
            format!("{more} more odd files in nop/."),
        ));
    }
    receipts(&seen, inputs, remarks);
    newest(folder, &seen, at, remarks);
    failed(folder, remarks);
}

fn receipts(seen: &[SeenPath], inputs: &mut Inputs, remarks: &mut Vec<Remark>) {
    let Some(receipts) = &mut inputs.receipts else { return };
    let findings = receipts.assign(seen.iter().map(|path| &path.file));
    let zips = seen.iter().any(|path| path.file.to_lowercase().ends_with(".zip"));
    let (absent, other): (Vec<_>, Vec<_>) =
        findings.into_iter().partition(|finding| finding.code == code::RECEIPT_OF_NO_FILE);
    remarks.extend(other.iter().take(TOLD).map(Remark::of_finding));
    if zips && !absent.is_empty() {
        // Archives are not opened here: a run says which of them are inside.
        let count = absent.len();
        return remarks.push(Remark::new(
            Mark::Know,
            format!("{count} tên trong sổ nhận không có trong nop/; có thể nằm trong tệp .zip, lần chạy sau sẽ rõ."),
            format!("{count} names in the receipts are not in nop/; perhaps they are inside a .zip, a run will tell."),
        ));
    }
    remarks.extend(absent.iter().take(TOLD).map(Remark::of_finding));
    if absent.len() > TOLD {
        let more = absent.len() - TOLD;
        remarks.push(Remark::new(
            Mark::Look,
            format!("Sổ nhận còn {more} tên nữa không có trong nop/."),
            format!("{more} more names in the receipts are not in nop/."),
        ));
    }
}

/// Whether the last run left no report.
fn failed(folder: &OfficeFolder, remarks: &mut Vec<Remark>) {
    let Some(text) = folder.failure() else { return };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let what = lines.next().unwrap_or_default().trim();
    let why = lines.next().unwrap_or_default().trim();
    let remark = Remark::new(Mark::Look, format!("{what} {why}"), format!("The last run left no report: {why}"));
    remarks.push(remark.todo(
        format!("Xem ket-qua/{FAILURE}, sửa rồi chạy lại."),
        format!("See ket-qua/{FAILURE}, mend it, then run again."),
    ));
}

fn newest(folder: &OfficeFolder, seen: &[SeenPath], at: DateTime, remarks: &mut Vec<Remark>) {
    let candidates = seen.iter().filter(|path| path.class == NameClass::Candidate);
    let files = candidates.clone().count();
    let newest = folder.newest_run();
    let Some((name, path)) = newest else {
        return remarks.push(Remark::new(
            Mark::Know,
            format!("Chưa chạy lần nào; trong nop/ có {files} tệp."),
            format!("No run yet; nop/ holds {files} files."),
        ));
    };
    let made = intake::modified_at(&path);
    let since = candidates.filter(|file| made.zip(file.modified).is_some_and(|(made, file)| file > made)).count();
    let days = made.and_then(|made| made.date().until(at.date()).ok()).map_or(0, |span| span.get_days());
    let (vi, en) = match days {
        ..=0 => ("hôm nay".to_owned(), "today".to_owned()),
        days => (format!("{days} ngày trước"), format!("{days} days ago")),
    };
    let remark = if since == 0 {
        Remark::new(Mark::Fine, format!("Lần chạy mới nhất: {name} ({vi})."), format!("Newest run: {name} ({en})."))
    } else {
        let remark = Remark::new(
            if days > 1 { Mark::Look } else { Mark::Know },
            format!("Lần chạy mới nhất: {name} ({vi}); từ đó có thêm {since} tệp mới trong nop/."),
            format!("Newest run: {name} ({en}); since then {since} files came to nop/."),
        );
        remark.todo(
            "Chạy tổng hợp; nếu lẽ ra máy tự chạy mỗi đêm thì xem lại lịch (cds schedule).",
            "Run; if it should have run by night, check the schedule (cds schedule).",
        )
    };
    remarks.push(remark);
}
