//! What can be wrong with an office folder, and what to do about it.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::Holder;
use crate::finding::Lang;
use crate::system;

/// Why a run cannot start or get into place.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// There is no such folder (nothing named as missing), or it lacks what a run needs.
    NotOffice {
        /// As it was given.
        path: PathBuf,
        /// Names of the missing files; empty if the folder itself is missing or is a file.
        missing: Vec<&'static str>,
    },
    /// A table is there in two formats.
    Twice {
        /// The office folder.
        path: PathBuf,
        /// Its name.
        one: String,
        /// The other's name.
        other: String,
    },
    /// Something has the name of a file of the office folder and is none.
    NotAFile {
        /// What.
        path: PathBuf,
    },
    /// Something of the office folder cannot be read.
    CannotRead {
        /// What.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another run is at work.
    Busy {
        /// Who, as far as known.
        holder: Option<Holder>,
    },
    /// Something cannot be written.
    CannotWrite {
        /// What.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// What the run would be named is there already.
    TargetExists {
        /// It.
        path: PathBuf,
    },
}

impl FolderError {
    /// What is wrong and what to do, in words.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Vi => self.vi(),
            Lang::En => self.en(),
        }
    }

    fn vi(&self) -> String {
        match self {
            FolderError::NotOffice { path, missing } if missing.is_empty() => {
                format!("Không có thư mục {}. Kiểm tra lại đường dẫn.", path.display())
            }
            FolderError::NotOffice { path, missing } => format!(
                "Thư mục {} chưa phải thư mục cơ quan: thiếu {}. Kiểm tra lại đường dẫn, hoặc chép tệp còn thiếu vào.",
                path.display(),
                missing.join(", ")
            ),
            FolderError::Twice { one, other, .. } => {
                format!("Có cả {one} và {other}, không biết lấy tệp nào. Giữ một tệp, chuyển tệp kia đi nơi khác.")
            }
            FolderError::NotAFile { path } => format!(
                "{} không phải là tệp (là thư mục, lối tắt hỏng hoặc thứ khác). Xóa nó, đặt tệp thật vào.",
                path.display()
            ),
            FolderError::CannotRead { path, source } => {
                format!(
                    "Không đọc được {}: {}. Kiểm tra quyền đọc, ổ đĩa hoặc kết nối mạng.",
                    path.display(),
                    system::words(source, Lang::Vi)
                )
            }
            FolderError::Busy { holder: Some(holder) } => format!(
                "Một lần chạy khác đang làm việc trên thư mục này ({holder}). Chờ xong rồi chạy lại.",
                holder = holder.vi()
            ),
            FolderError::Busy { holder: None } => {
                "Một lần chạy khác đang làm việc trên thư mục này. Chờ xong rồi chạy lại.".to_owned()
            }
            FolderError::CannotWrite { path, source } => format!(
                "Không ghi được {}: {}. Kiểm tra quyền ghi, chỗ trống trên đĩa, và đóng các tệp đang mở.",
                path.display(),
                system::words(source, Lang::Vi)
            ),
            FolderError::TargetExists { path } => {
                format!("Đã có {}, không ghi đè. Chạy lại, kết quả sẽ mang tên khác.", path.display())
            }
        }
    }

    fn en(&self) -> String {
        match self {
            FolderError::NotOffice { path, missing } if missing.is_empty() => {
                format!("There is no folder {}. Check the path.", path.display())
            }
            FolderError::NotOffice { path, missing } => format!(
                "{} is no office folder: {} missing. Check the path, or copy in what is missing.",
                path.display(),
                missing.join(", ")
            ),
            FolderError::Twice { one, other, .. } => {
                format!("There are both {one} and {other}. Keep one, move the other away.")
            }
            FolderError::NotAFile { path } => {
                format!(
                    "{} is no file (a folder, a broken link, something else). Put a real file there.",
                    path.display()
                )
            }
            FolderError::CannotRead { path, source } => {
                format!(
                    "Cannot read {}: {}. Check permissions, disk or network.",
                    path.display(),
                    system::words(source, Lang::En)
                )
            }
            FolderError::Busy { holder: Some(holder) } => {
                format!("Another run is at work on this folder ({}). Run again when it has ended.", holder.en())
            }
            FolderError::Busy { holder: None } => {
                "Another run is at work on this folder. Run again when it has ended.".to_owned()
            }
            FolderError::CannotWrite { path, source } => format!(
                "Cannot write {}: {}. Check permissions and free space, and close files that are open.",
                path.display(),
                system::words(source, Lang::En)
            ),
            FolderError::TargetExists { path } => {
                format!("{} is there already; nothing was overwritten. Run again for another name.", path.display())
            }
        }
    }
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en())
    }
}
