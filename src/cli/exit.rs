//! What the exit codes mean: the one place from which `--help`, the README and the scheduler's users have it.

use std::process::ExitCode;

use super::words::{both, pick};
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

    /// What it means for a run; the other commands have tables of their own in their help.
    pub fn meaning(self, lang: Lang) -> &'static str {
        pick(self.words(), lang)
    }

    /// The same in both languages.
    pub(super) fn words(self) -> &'static str {
        match self {
            Exit::Done => both!("đã ghi báo cáo", "report written"),
            Exit::Found => both!(
                "đã ghi báo cáo, và có điều mà --fail-on nêu",
                "report written, and something that --fail-on names"
            ),
            Exit::Unusable => both!(
                "chưa có báo cáo: sai cách dùng, sai cấu hình hoặc quy tắc",
                "no report: wrong usage, configuration or rules"
            ),
            Exit::Busy => {
                both!("chưa có báo cáo: một lần chạy khác đang làm việc", "no report: another run is at work")
            }
            Exit::NotWritten => both!(
                "chưa có báo cáo: không ghi được, hoặc bị dừng giữa chừng",
                "no report: it could not be written, or the run was stopped"
            ),
        }
    }

    /// All of them with what they mean for a run.
    pub(super) fn of_run() -> [(Exit, &'static str); 5] {
        Exit::ALL.map(|exit| (exit, exit.words()))
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
