//! A run that left no report leaves a trace: `LOI-LAN-CHAY.txt`, and the page of the morning with the failure on top.

use std::path::Path;

use jiff::civil::DateTime;

use super::{RunError, shown_page};
use crate::finding::Lang;
use crate::folder::{FAILURE, OfficeFolder};
use crate::morning::{self, Failure};
use crate::outcome::{FILE as RESULT, LARGEST_BESIDE, Outcome};
use crate::system::cause;
use crate::views::morning::{Morning, moment};

impl RunError {
    /// Why there is no report, and what to do, a line each.
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        let line = match (self, lang) {
            (RunError::Folder(folder), _) => folder.message(lang),
            (RunError::Mistakes(mistakes), _) => {
                return mistakes.iter().map(|one| one.display(lang).to_string()).collect();
            }
            (RunError::Unreadable(finding), _) => {
                let what = format!("{}: {}", finding.place, finding.message(lang));
                return vec![what, format!("    → {}", finding.advice(lang))];
            }
            (RunError::Readers(readers), Lang::Vi) => {
                let why = cause(readers, lang);
                format!("Không khởi động được phần đọc tệp: {why}. Thử chạy lại; nếu vẫn lỗi, khởi động lại máy.")
            }
            (RunError::Readers(readers), Lang::En) => {
                format!("The readers cannot be started: {readers}. Try again; if it persists, restart the computer.")
            }
            (RunError::Stopped, Lang::Vi) => {
                "Đã dừng theo yêu cầu; chưa có kết quả mới, kết quả cũ còn nguyên.".to_owned()
            }
            (RunError::Stopped, Lang::En) => {
                "Stopped as asked; there is no new result, the old ones are as they were.".to_owned()
            }
            (RunError::NotWritten { path, source }, Lang::Vi) => format!(
                "Không ghi được {}: {}. Kết quả cũ còn nguyên. Kiểm tra chỗ trống và quyền ghi, rồi chạy lại.",
                path.display(),
                cause(source.as_ref(), lang)
            ),
            (RunError::NotWritten { path, source }, Lang::En) => format!(
                "Cannot write {}: {}. The old results are as they were. Check free space and permissions, then run \
                 again.",
                path.display(),
                cause(source.as_ref(), lang)
            ),
        };
        vec![line]
    }
}

/// Leaves the trace of a run that began at `at` and left no report. Nothing in a folder that is none of an office. What
/// cannot be written is passed over: the failure itself was told already.
pub fn leave_trace(path: &Path, at: DateTime, failure: &RunError) {
    let folder = OfficeFolder::as_it_is(path);
    if folder.settings().is_err() && !folder.results().is_dir() {
        return;
    }
    let failure = Failure { at: moment(at), lines: failure.lines(Lang::Vi) };
    let text = format!(
        "Lần chạy {} không ra báo cáo.\n\n{}\n\nSửa xong thì chạy lại: cds run. Lần chạy thành công sẽ xóa tệp này ({FAILURE}).\n",
        failure.at,
        failure.lines.join("\n")
    );
    let _: Result<(), _> = folder.write_failure(&text);
    let page = match newest(&folder) {
        Some((morning, name)) => shown_page(&folder, &morning, &name, &folder.results().join(&name), Some(&failure)),
        None => morning::page(None, Some(&failure)),
    };
    if let Ok(page) = page {
        let _: Result<(), _> = folder.write_page(&page);
    }
}

/// The newest run that can be read, held against the one before it.
fn newest(folder: &OfficeFolder) -> Option<(Morning, String)> {
    let mut runs = folder.runs().ok()?.into_iter().rev();
    let read = |path: &Path| Outcome::read_file(&path.join(RESULT), LARGEST_BESIDE).ok();
    let (name, path) = runs.next()?;
    let outcome = read(&path)?;
    let previous = runs.next().and_then(|(_, path)| read(&path));
    let previous = previous.filter(|previous| previous.office.year == outcome.office.year);
    Some((Morning::of(&outcome, previous.as_ref()), name.to_string()))
}
