//! The disk under the office folder: another run at work, what killed runs left, permissions, free space.

use std::fs;
use std::path::Path;

use super::{Mark, Remark};
use crate::folder::{FolderError, OfficeFolder, free_space, try_write};

const MB: u64 = 1 << 20;
/// Below this no run is worth a try.
const LEAST: u64 = 20 * MB;
/// Below this somebody should make room.
const LITTLE: u64 = 500 * MB;

/// Whether another run is at work, or the folder cannot be written. Returns whether one is.
pub(super) fn lock(folder: &OfficeFolder, remarks: &mut Vec<Remark>) -> bool {
    match folder.lock() {
        Ok(lock) => {
            drop(lock);
            let results = folder.results();
            let tried = if results.exists() { try_write(&results) } else { try_write(folder.root()) };
            match tried {
                Ok(()) => remarks.push(Remark::new(
                    Mark::Fine,
                    "Ghi được vào thư mục, không có lần chạy nào khác đang làm việc.",
                    "The folder can be written, and no other run is at work.",
                )),
                Err(source) => {
                    remarks.push(Remark::of_folder(Mark::Stop, &FolderError::CannotWrite { path: results, source }));
                }
            }
            false
        }
        Err(error) => {
            let busy = matches!(error, FolderError::Busy { .. });
            remarks.push(Remark::of_folder(if busy { Mark::Look } else { Mark::Stop }, &error));
            busy
        }
    }
}

/// Room for three runs like the newest one, at least for a small one.
pub(super) fn space(folder: &OfficeFolder, remarks: &mut Vec<Remark>) {
    let Ok(free) = free_space(folder.root()) else { return };
    let newest = folder.runs().ok().and_then(|mut runs| runs.pop()).map_or(0, |(_, path)| size(&path));
    let (least, little) = (LEAST.max(newest.saturating_mul(2)), LITTLE.max(newest.saturating_mul(10)));
    let free_mb = free / MB;
    let mark = match free {
        free if free < least => Mark::Stop,
        free if free < little => Mark::Look,
        _ => Mark::Fine,
    };
    let remark = Remark::new(mark, format!("Ổ đĩa còn trống {free_mb} MB."), format!("{free_mb} MB free on the disk."));
    remarks.push(if mark == Mark::Fine {
        remark
    } else {
        remark.todo(
            "Xóa bớt tệp không cần trên ổ đĩa này, hoặc giảm giu_lai trong co-quan.toml.",
            "Remove files from this disk, or keep fewer runs (giu_lai in co-quan.toml).",
        )
    });
}

/// What killed runs left: the next run removes it.
pub(super) fn leftovers(folder: &OfficeFolder, busy: bool, remarks: &mut Vec<Remark>) {
    let left = folder.unfinished().map_or(0, |left| left.len());
    if left > 0 && !busy {
        remarks.push(Remark::new(
            Mark::Know,
            format!("Có {left} lần chạy bị ngắt giữa chừng; lần chạy sau tự dọn."),
            format!("{left} runs were interrupted; the next run clears what they left."),
        ));
    }
}

/// Bytes of a folder's files, two levels deep, which is all that a run has.
fn size(folder: &Path) -> u64 {
    let files = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
    let one = |entry: fs::DirEntry| match entry.metadata() {
        Ok(found) if found.is_dir() => {
            files(&entry.path()).filter_map(|inner| inner.metadata().ok()).map(|found| found.len()).sum()
        }
        Ok(found) => found.len(),
        Err(_) => 0,
    };
    files(folder).map(one).sum()
}
