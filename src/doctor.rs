//! What an office folder lacks, or has that is odd, each with what to do about it. Changes nothing.

mod calendar;
mod disk;
mod inputs;
mod next;
mod returns;
mod units;

pub(crate) use disk::{length, synced_by};

use std::path::Path;

use jiff::civil::DateTime;

use crate::finding::{Finding, Lang, Severity};
use crate::folder::{FolderError, OfficeFolder};
use crate::reader::Pool;
use crate::run::{Inputs, RunError, last_year};

/// How much a remark weighs; the heavier comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// No run is possible.
    Stop,
    /// Somebody should look.
    Look,
    /// To know, nothing to do.
    Know,
    /// As it should be.
    Fine,
    /// What comes next.
    Next,
}

/// One thing to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// How much it weighs.
    pub mark: Mark,
    /// What there is: Vietnamese, English.
    pub what: [String; 2],
    /// What to do about it, likewise; empty where there is nothing to do, or `what` says it.
    pub todo: [String; 2],
}

impl Remark {
    fn new(mark: Mark, vi: impl Into<String>, en: impl Into<String>) -> Remark {
        Remark { mark, what: [vi.into(), en.into()], todo: [String::new(), String::new()] }
    }

    fn todo(mut self, vi: impl Into<String>, en: impl Into<String>) -> Remark {
        self.todo = [vi.into(), en.into()];
        self
    }

    fn of_finding(finding: &Finding) -> Remark {
        let mark = if finding.severity == Severity::Note { Mark::Know } else { Mark::Look };
        let place = finding.place.to_string();
        let place = if place.is_empty() { place } else { format!("{place}: ") };
        let what = |lang| format!("{place}{}", finding.message(lang));
        let remark = Remark::new(mark, what(Lang::Vi), what(Lang::En));
        remark.todo(finding.advice(Lang::Vi), finding.advice(Lang::En))
    }

    fn of_folder(mark: Mark, error: &FolderError) -> Remark {
        Remark::new(mark, error.message(Lang::Vi), error.message(Lang::En))
    }
}

/// The words of a language.
pub fn said(words: &[String; 2], lang: Lang) -> &str {
    match lang {
        Lang::Vi => &words[0],
        Lang::En => &words[1],
    }
}

/// Looks at everything that can go wrong before a run. The heaviest remarks come first. `cds`: how a command that is told
/// begins.
pub fn examine(path: &Path, pool: &Pool, at: DateTime, cds: &str) -> Vec<Remark> {
    let mut remarks = Vec::new();
    match OfficeFolder::open(path) {
        Err(error) => {
            let todo = match &error {
                FolderError::NotOffice { missing, .. } if !missing.is_empty() => [
                    format!("Lệnh {cds} init \"{}\" thêm các tệp còn thiếu.", path.display()),
                    format!("The command {cds} init \"{}\" adds what is missing.", path.display()),
                ],
                _ => [String::new(), String::new()],
            };
            let [vi, en] = todo;
            remarks.push(Remark::of_folder(Mark::Stop, &error).todo(vi, en));
        }
        Ok(folder) => {
            let busy = disk::lock(&folder, &mut remarks);
            disk::space(&folder, &mut remarks);
            disk::leftovers(&folder, busy, &mut remarks);
            disk::place(&folder, &mut remarks);
            match Inputs::read(&folder, pool) {
                Ok(mut inputs) => {
                    last_year(&folder, &inputs.office).collect_into(&mut inputs.findings);
                    inputs::look(&folder, &inputs, &mut remarks);
                    calendar::look(&inputs.office, at, cds, &mut remarks);
                    units::look(&folder, &inputs, pool, &mut remarks);
                    returns::look(&folder, &mut inputs, at, &mut remarks);
                }
                Err(error) => remarks.extend(unusable(&error)),
            }
        }
    }
    if let Ok(folder) = OfficeFolder::open(path) {
        let stops = remarks.iter().any(|remark| remark.mark == Mark::Stop);
        remarks.push(next::step(&folder, stops, cds));
    }
    remarks.sort_by_key(|remark| remark.mark);
    remarks
}

/// Why the inputs cannot serve.
fn unusable(error: &RunError) -> Vec<Remark> {
    match error {
        RunError::Folder(folder) => vec![Remark::of_folder(Mark::Stop, folder)],
        RunError::Mistakes(mistakes) => {
            let of = |mistake: &crate::settings::Mistake| {
                Remark::new(Mark::Stop, mistake.display(Lang::Vi), mistake.display(Lang::En))
            };
            mistakes.iter().map(of).collect()
        }
        RunError::Unreadable(finding) => vec![Remark { mark: Mark::Stop, ..Remark::of_finding(finding) }],
        other => vec![Remark::new(
            Mark::Stop,
            format!("Không đọc được dữ liệu của cơ quan: {other}."),
            format!("What the office keeps cannot be read: {other}."),
        )],
    }
}
