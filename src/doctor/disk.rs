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
/// Excel opens no file whose path is longer.
const EXCEL_PATH: usize = 218;
/// What a run and a milestone put behind the office folder, as names of schools are:
/// `ket-qua/2025-06-01T0200-2/gui-lai-truong/` and the name of a corrected form.
const ROOM: usize = 100;
/// How services name the folders that they keep in step.
const SYNCED: [&str; 5] = ["OneDrive", "Google Drive", "My Drive", "Dropbox", "iCloudDrive"];

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
    let newest = folder.newest_run().map_or(0, |(_, path)| size(&path));
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

/// What Excel does not open because of where it lies, and what another program may change while a run reads it.
pub(super) fn place(folder: &OfficeFolder, remarks: &mut Vec<Remark>) {
    let root = folder.root();
    let root_length = length(root) + 1;
    let newest = folder.newest_run().map(|(_, path)| path);
    let longest = [Some(folder.returns()), newest].into_iter().flatten().filter_map(|path| longest(&path)).max();
    let longest = longest.unwrap_or(0).max(root_length + ROOM);
    if longest > EXCEL_PATH {
        let over = longest - EXCEL_PATH;
        remarks.push(
            Remark::new(
                Mark::Look,
                format!("Đường dẫn quá dài: có tệp sẽ dài {longest} ký tự, Excel chỉ mở được đến {EXCEL_PATH}."),
                format!("Paths are too long: one will have {longest} characters, Excel opens up to {EXCEL_PATH}."),
            )
            .todo(
                format!("Chuyển thư mục này đến chỗ có đường dẫn ngắn hơn {over} ký tự, ví dụ D:\\chuyen-doi-so."),
                format!("Move this folder to a path that is {over} characters shorter, as D:\\chuyen-doi-so."),
            ),
        );
    }
    if let Some(service) = synced_by(root) {
        remarks.push(
            Remark::new(
                Mark::Look,
                format!(
                    "Thư mục này do {service} đồng bộ: tệp có thể chưa tải về, hoặc bị khóa, bị đổi trong lúc chạy."
                ),
                format!(
                    "{service} keeps this folder in step: files may not be here yet, be locked, or change during a run."
                ),
            )
            .todo(
                "Chuyển thư mục ra ngoài thư mục đồng bộ, ví dụ D:\\chuyen-doi-so; sao lưu kết quả sau khi chạy.",
                "Move it out of the synced folder, as to D:\\chuyen-doi-so; back up the results after a run.",
            ),
        );
    }
}

/// The service whose folder this lies in, by the name that the service gives it, or by what it tells programs.
pub(crate) fn synced_by(root: &Path) -> Option<String> {
    let told = ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"];
    if told.iter().filter_map(std::env::var_os).any(|folder| !folder.is_empty() && root.starts_with(folder)) {
        return Some("OneDrive".to_owned());
    }
    let names = root.components().filter_map(|part| part.as_os_str().to_str());
    // "OneDrive - Phòng GDĐT" is how it names the folder of an organisation.
    names.filter_map(|name| name.split(" - ").next()).find(|name| SYNCED.contains(name)).map(str::to_owned)
}

/// In characters as Windows counts them.
pub(crate) fn length(path: &Path) -> usize {
    path.to_string_lossy().encode_utf16().count()
}

/// The length of the longest path under a folder, links not followed.
fn longest(folder: &Path) -> Option<usize> {
    let entries = fs::read_dir(folder).ok()?.flatten();
    let one = |entry: fs::DirEntry| {
        let inner = entry.file_type().is_ok_and(|kind| kind.is_dir()).then(|| longest(&entry.path())).flatten();
        inner.unwrap_or_else(|| length(&entry.path()))
    };
    entries.map(one).max()
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
