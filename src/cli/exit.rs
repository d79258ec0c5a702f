//! What the exit codes mean: the one place from which `--help`, the README and the scheduler's users have it.

use std::process::ExitCode;

use crate::finding::Lang;
use crate::folder::FolderError;
use crate::run::RunError;

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All done.
    Done,
    /// Done, and something that `--fail-on` names was found; of `check`: the workbook has errors.
    Found,
    /// Wrong usage, configuration or rules.
    Unusable,
    /// Another run is at work.
    Busy,
    /// The result could not be written.
    NotWritten,
}

impl Exit {
    /// All of them, by their number.
    pub const ALL: [Exit; 5] = [Exit::Done, Exit::Found, Exit::Unusable, Exit::Busy, Exit::NotWritten];

    /// The number.
    pub fn number(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Found => 1,
            Exit::Unusable => 2,
            Exit::Busy => 3,
            Exit::NotWritten => 4,
        }
    }

    /// What it means.
    pub fn meaning(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Exit::Done, Lang::Vi) => "đã ghi báo cáo",
            (Exit::Found, Lang::Vi) => "đã ghi báo cáo, và có điều mà --fail-on nêu (lệnh check: phiếu có lỗi)",
            (Exit::Unusable, Lang::Vi) => "chưa có báo cáo: sai cách dùng, sai cấu hình hoặc quy tắc",
            (Exit::Busy, Lang::Vi) => "chưa có báo cáo: một lần chạy khác đang làm việc",
            (Exit::NotWritten, Lang::Vi) => "chưa có báo cáo: không ghi được, hoặc bị dừng giữa chừng",
            (Exit::Done, Lang::En) => "report written",
            (Exit::Found, Lang::En) => {
                "report written, and something that --fail-on names (check: the form has errors)"
            }
            (Exit::Unusable, Lang::En) => "no report: wrong usage, configuration or rules",
            (Exit::Busy, Lang::En) => "no report: another run is at work",
            (Exit::NotWritten, Lang::En) => "no report: it could not be written, or the run was stopped",
        }
    }

    /// The list for `--help`.
    pub fn table(lang: Lang) -> String {
        let title = match lang {
            Lang::Vi => "Mã kết thúc:",
            Lang::En => "Exit codes:",
        };
        let lines = Exit::ALL.iter().map(|exit| format!("\n  {}  {}", exit.number(), exit.meaning(lang)));
        format!("{title}{}", lines.collect::<String>())
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.number())
    }
}

impl Exit {
    /// How the program ends when there is no report.
    pub fn of(failure: &RunError) -> Exit {
        match failure {
            RunError::Folder(FolderError::Busy { .. }) => Exit::Busy,
            RunError::Folder(FolderError::CannotWrite { .. } | FolderError::TargetExists { .. }) => Exit::NotWritten,
            RunError::Folder(_) | RunError::Mistakes(_) | RunError::Unreadable(_) => Exit::Unusable,
            RunError::Readers(_) | RunError::Stopped | RunError::NotWritten { .. } => Exit::NotWritten,
        }
    }
}
