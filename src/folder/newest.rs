//! `MO-KET-QUA-MOI-NHAT.html`: a page that leads to the newest run on Windows and Linux alike. No link of the file
//! system: those do not survive copying, shares and Windows. It forwards nowhere by itself, because a browser would
//! download a copy of the workbook, which people then edit.

use std::path::Path;

use super::disk::{Existing, put};
use super::run::cannot_write;
use super::{FolderError, RunName};

/// The page's name in the office folder.
pub const NEWEST: &str = "MO-KET-QUA-MOI-NHAT.html";

/// What a run may hold and people may want to open, in the order in which they want it.
const SHOWN: [(&str, &str); 6] = [
    ("tong-hop.xlsx", "Báo cáo tổng hợp"),
    ("dieu-hanh.xlsx", "Việc hôm nay, dùng trong cơ quan"),
    ("gui-lai-truong", "Phiếu phản hồi gửi lại các trường"),
    ("gui-lai-truong.csv", "Danh sách phiếu phản hồi để trộn thư"),
    ("loi.csv", "Lỗi, cảnh báo"),
    ("nhat-ky.txt", "Nhật ký"),
];

/// Puts the page in its place.
pub(super) fn write(root: &Path, results: &Path, run: &RunName) -> Result<(), FolderError> {
    let page = root.join(NEWEST);
    put(&page, text(results, run).as_bytes(), Existing::Replace).map_err(cannot_write(&page))
}

fn text(results: &Path, run: &RunName) -> String {
    let name = run.to_string();
    let folder = results.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let there = SHOWN.iter().filter(|(file, _)| results.join(&name).join(file).exists());
    let link =
        |(file, title): &(&str, &str)| format!("<li><a href=\"{folder}/{name}/{file}\">{title}</a> ({file})</li>\n");
    let links: String = there.map(link).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>Kết quả mới nhất: {name}</title>\n</head>\n\
         <body style=\"font: 18px/1.6 'Times New Roman', serif; max-width: 40em; margin: 2em auto; padding: 0 1em\">\n\
         <h1 style=\"font-size: 24px\">Kết quả mới nhất</h1>\n\
         <p>Lần chạy <b>{name}</b>, trong thư mục <code>{folder}\\{name}</code>.</p>\n<ul>\n{links}\
         <li><a href=\"{folder}/{name}/\">Cả thư mục</a></li>\n</ul>\n\
         <p>Nếu trình duyệt tải tệp về thay vì mở, hãy mở tệp trong thư mục trên để không sửa nhầm bản chép.</p>\n\
         </body>\n</html>\n"
    )
}
