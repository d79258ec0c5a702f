//! Why a result was not frozen, and what to do about it.

use std::path::PathBuf;

use crate::finding::Lang;
use crate::folder::FolderError;
use crate::milestone::Kind;
use crate::outcome::ResultError;
use crate::system;

/// Why a result was not frozen: then nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum FinalizeError {
    /// The office folder is not usable, or busy, or cannot be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The path is not that of a run.
    #[error("{} is no run of an office folder", .0.display())]
    NotRun(PathBuf),
    /// The run's result cannot be read.
    #[error("{} cannot be read: {why}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        why: ResultError,
    },
    /// The run was frozen for this before.
    #[error("frozen for {kind} before, in {}", .path.display())]
    Already {
        /// For what.
        kind: Kind,
        /// Where.
        path: PathBuf,
    },
    /// The run's result is not as the run wrote it.
    #[error("{} is not as the run wrote it", .path.display())]
    Altered {
        /// The result.
        path: PathBuf,
    },
    /// The run's list of fingerprints is gone: nothing tells whether its result is as it was written.
    #[error("{} is missing", .path.display())]
    NoPrints {
        /// The list.
        path: PathBuf,
    },
    /// The run holds nothing that was recognised.
    #[error("nothing was recognised")]
    NothingRecognised,
    /// A counted return is not there any more, or no longer as the run read it.
    #[error("{file} is no longer as the run read it")]
    Changed {
        /// Which.
        file: String,
    },
    /// A file of the frozen result cannot be written.
    #[error("{} cannot be written: {source}", .path.display())]
    NotWritten {
        /// Which.
        path: PathBuf,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl FinalizeError {
    /// What is wrong and what to do, in words.
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (FinalizeError::Folder(folder), _) => folder.message(lang),
            (FinalizeError::NotRun(path), Lang::Vi) => format!(
                "{} không phải thư mục của một lần chạy. Ghi đường dẫn đến thư mục trong ket-qua, ví dụ ket-qua/2025-06-01T0200.",
                path.display()
            ),
            (FinalizeError::NotRun(path), Lang::En) => format!(
                "{} is not the folder of a run. Name a folder of ket-qua, as ket-qua/2025-06-01T0200.",
                path.display()
            ),
            (FinalizeError::Unreadable { path, why }, Lang::Vi) => {
                format!(
                    "Không đọc được {}: {}. Chạy tổng hợp lại rồi chốt lần chạy mới.",
                    path.display(),
                    why.message(lang)
                )
            }
            (FinalizeError::Unreadable { path, why }, Lang::En) => {
                format!("{} cannot be read: {why}. Run again and freeze the new run.", path.display())
            }
            (FinalizeError::Already { kind, path }, Lang::Vi) => format!(
                "Lần chạy này đã chốt để {} rồi: {}. Không ghi đè; muốn chốt lại thì chạy tổng hợp rồi chốt lần chạy mới.",
                kind.label(lang),
                path.display()
            ),
            (FinalizeError::Already { kind, path }, Lang::En) => format!(
                "This run was frozen for {} before: {}. Nothing is overwritten; run again and freeze the new run.",
                kind.label(lang),
                path.display()
            ),
            (FinalizeError::NothingRecognised, Lang::Vi) => {
                "Lần chạy này chưa có kết quả công nhận nào. Chép mau-cong-nhan.xlsx của lần chạy thành cong-nhan.xlsx trong thư mục cơ quan, điền theo quyết định công nhận, chạy lại rồi chốt lần chạy mới.".to_owned()
            }
            (FinalizeError::NothingRecognised, Lang::En) => {
                "This run holds no recognised result. Copy the run's mau-cong-nhan.xlsx to cong-nhan.xlsx in the office folder, fill it from the recognising decision, run again and freeze the new run.".to_owned()
            }
            (FinalizeError::Altered { path }, Lang::Vi) => format!(
                "{} không còn như lần chạy đã ghi, không thể chốt. Chạy tổng hợp lại rồi chốt lần chạy mới.",
                path.display()
            ),
            (FinalizeError::Altered { path }, Lang::En) => {
                format!(
                    "{} is not as the run wrote it and cannot be frozen. Run again and freeze the new run.",
                    path.display()
                )
            }
            (FinalizeError::NoPrints { path }, Lang::Vi) => format!(
                "Thiếu {}, không biết kết quả có còn như lần chạy đã ghi. Chạy tổng hợp lại rồi chốt lần chạy mới.",
                path.display()
            ),
            (FinalizeError::NoPrints { path }, Lang::En) => format!(
                "{} is missing: nothing tells whether the result is as it was written. Run again and freeze the new run.",
                path.display()
            ),
            (FinalizeError::Changed { file }, Lang::Vi) => format!(
                "{file} không còn như lúc chạy (đã sửa, đổi tên hoặc xóa). Chạy tổng hợp lại rồi chốt lần chạy mới."
            ),
            (FinalizeError::Changed { file }, Lang::En) => format!(
                "{file} is not as the run read it any more (edited, renamed or removed). Run again and freeze the new run."
            ),
            (FinalizeError::NotWritten { path, source }, Lang::Vi) => {
                let source = system::cause(source.as_ref(), lang);
                format!("Không ghi được {}: {source}. Kiểm tra chỗ trống và quyền ghi.", path.display())
            }
            (FinalizeError::NotWritten { path, source }, Lang::En) => {
                let source = system::cause(source.as_ref(), lang);
                format!("Cannot write {}: {source}. Check free space and permissions.", path.display())
            }
        }
    }
}
