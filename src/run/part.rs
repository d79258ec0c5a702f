//! What one file, or one member of an archive, is made into as soon as it is read, and kept until all are there.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::assemble::FileFacts;
use super::bounds;
use super::returns::read_form;
use crate::finding::{Code, Finding, Severity, code, plain};
use crate::form::FormReader;
use crate::reader::{Content, Limits, OtherKind, Read, Reading};
use crate::roll_call::Arrived;
use crate::rules::RuleBook;

/// What is to be said of one file, or of a member of an archive, before its name and its time are known: all that
/// depends on its bytes, on the rules and on the school year, and on nothing else.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Of a member: its name in the archive.
    pub member: Option<String>,
    /// Of a member: when it was changed.
    pub modified: Option<DateTime>,
    /// Of the bytes; empty if they were not read to the end.
    pub fingerprint: String,
    /// What it turned out to be.
    pub content: Arrived,
    /// What else is known of it.
    pub facts: FileFacts,
    /// About the file as a whole.
    #[serde(with = "plain")]
    pub findings: Vec<Finding>,
    /// More was left out of it than its own length demands, for the sake of all the others.
    #[serde(skip)]
    pub reduced: bool,
}

/// A part that may still have to give room to others.
pub type Shared = Arc<Mutex<Part>>;

/// A part while it is looked at.
pub fn look(part: &Shared) -> MutexGuard<'_, Part> {
    part.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Part {
    /// What is to be said of a reading, no longer than one file may make it. Of an archive, without its members.
    pub fn of(reading: Reading, forms: &FormReader, book: &RuleBook, limits: &Limits) -> Part {
        let facts = FileFacts { size: reading.size, ..FileFacts::default() };
        let mut part = Part::without_bytes(Arrived::Unreadable, facts, Vec::new());
        part.fingerprint = reading.fingerprint;
        part.fill(reading.content, forms, book);
        bounds::hold(&mut part, limits);
        part
    }

    /// Of something that was not read.
    pub fn without_bytes(content: Arrived, facts: FileFacts, findings: Vec<Finding>) -> Part {
        Part { member: None, modified: None, fingerprint: String::new(), content, facts, findings, reduced: false }
    }

    fn fill(&mut self, content: Content, forms: &FormReader, book: &RuleBook) {
        match content {
            Content::Workbook(workbook) => {
                self.facts.format = workbook.format.name().to_owned();
                self.facts.software = workbook.software.clone().unwrap_or_default();
                let read = read_form(&workbook, forms, book);
                self.content = if read.returns.is_empty() { Arrived::NoForm } else { Arrived::Returns(read.returns) };
                self.findings = read.findings;
            }
            Content::Other(kind) => {
                self.facts.format = kind.name().to_owned();
                self.content = match kind {
                    OtherKind::Junk => Arrived::Junk,
                    OtherKind::Pdf | OtherKind::Picture | OtherKind::Media => Arrived::Copy,
                    OtherKind::Word | OtherKind::Slides | OtherKind::Text => Arrived::Unreadable,
                };
                // What may be evidence is only named; what may be a return in the wrong program must be sent again.
                let severity = if matches!(self.content, Arrived::Copy) { Severity::Note } else { Severity::Error };
                self.findings.extend(kind.refusal().map(|finding| finding.weighing(severity)));
            }
            Content::Unreadable(findings) => self.findings = findings,
            Content::Archive(archive) => {
                self.facts.format = "zip".to_owned();
                self.content = Arrived::Opened;
                self.findings = archive.findings;
            }
        }
    }

    /// Whether it follows from the bytes alone: not from what a reader went through, or the disk, or the time it took,
    /// or how much else there was.
    pub fn lasts(&self) -> bool {
        const PASSING: [Code; 11] = [
            code::STOPPED_MEMORY,
            code::STOPPED_CPU,
            code::STOPPED_WAITING,
            code::STOPPED_CRASH,
            code::CHANGED_WHILE_READ,
            code::ARCHIVE_GIVEN_UP,
            code::FILE_GONE,
            code::FILE_IN_USE,
            code::NOT_A_REGULAR_FILE,
            code::NO_PERMISSION,
            code::READ_FAILED,
        ];
        !self.fingerprint.is_empty()
            && !self.reduced
            && !self.findings.iter().any(|finding| PASSING.contains(&finding.code))
    }

    /// How much is to be said of it.
    pub fn said(&self) -> usize {
        let of_returns = match &self.content {
            Arrived::Returns(returns) => returns.iter().map(|filled| filled.checked.findings.len()).sum(),
            _ => 0,
        };
        self.findings.len() + of_returns
    }
}

/// A file and its members, which learn their names here.
pub fn with_members(read: Read<Shared>) -> Vec<Shared> {
    let mut parts = vec![read.file];
    for member in read.members {
        let mut part = look(&member.content);
        (part.member, part.modified) = (Some(member.name), member.modified);
        drop(part);
        parts.push(member.content);
    }
    let mut file = look(&parts[0]);
    if matches!(file.content, Arrived::Opened) && parts.len() == 1 {
        file.content = Arrived::Unreadable;
    }
    drop(file);
    parts
}
