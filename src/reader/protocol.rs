//! What crosses between the program and its reader workers: frames of postcard, bounded on both sides.

use std::ffi::OsString;
use std::io::{self, Read, Write};

use jiff::civil::DateTime;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::limits::Limits;
use super::{Archive, Content, Read as ReadFile, ReadMember, Reading, archive};
use crate::finding::{Code, Finding, code, plain};

/// Changes whenever the frames do: both ends must be the same program.
pub(super) const VERSION: u32 = 4;

/// The largest frame, either way: what the default limits on cells and texts can come to.
pub(super) const FRAME: usize = 48 << 20;

/// What an answer usually takes.
const USUAL: usize = 64 << 10;

/// From the program to a worker.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Request {
    /// First of all: the limits to set.
    Begin(Limits),
    /// Files to read one after the other.
    Batch(Vec<Task>),
}

/// A file to read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Task {
    pub path: OsString,
    /// Of an archive, the first member to read.
    pub from: usize,
}

/// From a worker to the program: for each task `Whole`, or `Opened` and one `Member` for each member asked for.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// The limits are set.
    Ready(u32),
    /// All about a file that is not an archive.
    Whole(Reading),
    /// An archive, and what its members are called.
    Opened {
        size: u64,
        fingerprint: String,
        members: Vec<Label>,
        #[serde(with = "plain")]
        findings: Vec<Finding>,
    },
    /// The next member.
    Member(Reading),
}

/// What is known of a member before it is read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Label {
    pub name: String,
    pub modified: Option<DateTime>,
}

/// Writes one frame: its length, then its bytes.
pub(super) fn write<T: Serialize>(to: &mut impl Write, message: &T) -> io::Result<()> {
    let bytes = postcard::to_extend(message, Vec::with_capacity(USUAL)).map_err(io::Error::other)?;
    if bytes.len() > FRAME {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "frame too large"));
    }
    to.write_all(&(bytes.len() as u32).to_le_bytes())?;
    to.write_all(&bytes)
}

/// Reads one frame; `None` at the end of the input.
pub(super) fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<T>> {
    match read_length(from)? {
        Some(len) => read_body(from, len),
        None => Ok(None),
    }
}

/// Reads how long the next frame is; `None` at the end of the input.
pub(super) fn read_length(from: &mut impl Read) -> io::Result<Option<usize>> {
    let mut len = [0; 4];
    match from.read_exact(&mut len) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let len = u32::from_le_bytes(len) as usize;
    if len > FRAME {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "frame too large"));
    }
    Ok(Some(len))
}

/// Reads a frame of this length; `None` where the input ends before it does.
pub(super) fn read_body<T: DeserializeOwned>(from: &mut impl Read, len: usize) -> io::Result<Option<T>> {
    // Grows with what really arrives: a length alone reserves little.
    let mut bytes = Vec::with_capacity(len.min(USUAL));
    from.take(len as u64).read_to_end(&mut bytes)?;
    if bytes.len() < len {
        return Ok(None);
    }
    postcard::from_bytes(&bytes).map(Some).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// What is made of a reading as soon as it is there.
pub(super) type Digest<'d, T> = &'d (dyn Fn(Reading) -> T + Sync);

/// The answers about one file, as they come in: of an archive, each member is made into what is wanted of it at once.
pub(super) struct Gathering<'d, T> {
    digest: Digest<'d, T>,
    whole: Option<Reading>,
    opened: Option<Opened<T>>,
    blamed: usize,
}

struct Opened<T> {
    size: u64,
    fingerprint: String,
    labels: Vec<Label>,
    findings: Vec<Finding>,
    members: Vec<T>,
}

impl<'d, T> Gathering<'d, T> {
    /// Nothing yet.
    pub fn new(digest: Digest<'d, T>) -> Gathering<'d, T> {
        Gathering { digest, whole: None, opened: None, blamed: 0 }
    }

    /// Takes an answer in; `false` if it makes no sense here.
    pub fn add(&mut self, answer: Answer) -> bool {
        match (answer, &mut self.opened) {
            (Answer::Whole(reading), None) => self.whole = Some(reading),
            // An archive that was opened before, and is now something else: it changed between two tries.
            (Answer::Whole(_), Some(opened)) => opened.fill(code::CHANGED_WHILE_READ, self.digest),
            (Answer::Opened { size, fingerprint, members, findings }, None) => {
                self.opened = Some(Opened { size, fingerprint, labels: members, findings, members: Vec::new() });
            }
            (Answer::Opened { fingerprint, .. }, Some(opened)) => {
                if fingerprint != opened.fingerprint {
                    opened.fill(code::CHANGED_WHILE_READ, self.digest);
                }
            }
            (Answer::Member(reading), Some(opened)) if opened.members.len() < opened.labels.len() => {
                opened.members.push((self.digest)(reading));
            }
            _ => return false,
        }
        true
    }

    /// Whether all about the file is there.
    pub fn is_complete(&self) -> bool {
        self.whole.is_some() || self.opened.as_ref().is_some_and(|o| o.members.len() >= o.labels.len())
    }

    /// How many members are there: the number of the next.
    pub fn next_member(&self) -> usize {
        self.opened.as_ref().map_or(0, |opened| opened.members.len())
    }

    /// Blames what was being read: the file, or the member that was due.
    pub fn blame(&mut self, finding: Finding) {
        match &mut self.opened {
            None => self.whole = Some(Reading::unreadable(0, finding)),
            Some(opened) => {
                opened.members.push((self.digest)(Reading::unreadable(0, finding)));
                self.blamed += 1;
                if self.blamed >= archive::STRIKES {
                    opened.fill(code::ARCHIVE_GIVEN_UP, self.digest);
                }
            }
        }
    }

    /// All about the file; `size` is asked for where no answer told it.
    pub fn finish(self, size: impl FnOnce() -> u64) -> ReadFile<T> {
        let (mut reading, members) = match (self.whole, self.opened) {
            (Some(whole), _) => (whole, Vec::new()),
            (None, Some(opened)) => {
                let archive = Archive { members: Vec::new(), findings: opened.findings };
                let content = Content::Archive(archive);
                let reading = Reading { size: opened.size, fingerprint: opened.fingerprint, content };
                (reading, opened.labels.into_iter().zip(opened.members).collect())
            }
            (None, None) => (Reading::unreadable(0, Finding::new(code::STOPPED_CRASH)), Vec::new()),
        };
        if reading.size == 0 {
            reading.size = size();
        }
        let member = |(label, content): (Label, T)| ReadMember { name: label.name, modified: label.modified, content };
        ReadFile { file: (self.digest)(reading), members: members.into_iter().map(member).collect() }
    }
}

impl<T> Opened<T> {
    /// Gives every member that is still due the same finding.
    fn fill(&mut self, code: Code, digest: Digest<'_, T>) {
        let reading = || Reading::unreadable(0, Finding::new(code));
        self.members.resize_with(self.labels.len(), || digest(reading()));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::finding::{Place, Severity};
    use crate::grid::{CellRef, Date, Grid, Value};
    use crate::reader::{Format, Workbook};

    fn there_and_back(answer: &Answer) -> Answer {
        let mut bytes = Vec::new();
        write(&mut bytes, answer).unwrap();
        read(&mut &bytes[..]).unwrap().unwrap()
    }

    #[test]
    fn a_reading_crosses_whole() {
        let date = Value::Date(Date { serial: 45_784.0, year: 2025, month: 5, day: 7 });
        let values = [Value::Text("7,5".into()), Value::Number(7.5), date, Value::Bool(true), Value::Uncomputed];
        let cells = (0..).zip(values).map(|(i, value)| (CellRef::new(i, 3), value)).collect();
        let place = Place { file: None, sheet: Some(Arc::from("Phiếu")), cell: Some(CellRef::new(17, 3)) };
        let finding = Finding::new(code::LONG_TEXT_CUT).at(place).weighing(Severity::Note);
        let grids = vec![Grid::new("Phiếu", cells)];
        let book = Workbook { format: Format::Xlsx, software: None, grids, findings: vec![finding] };
        let reading = Reading { size: 9, fingerprint: "ab".into(), content: Content::Workbook(book) };
        match there_and_back(&Answer::Whole(reading.clone())) {
            Answer::Whole(back) => assert_eq!(back, reading),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_member_keeps_its_time() {
        let modified = jiff::civil::date(2025, 6, 9).at(23, 59, 58, 0);
        let members = vec![Label { name: "a.xlsx".into(), modified: Some(modified) }];
        let opened = Answer::Opened { size: 1, fingerprint: String::new(), members, findings: Vec::new() };
        match there_and_back(&opened) {
            Answer::Opened { members, .. } => assert_eq!(members[0].modified, Some(modified)),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_lying_length_is_an_error_and_reserves_nothing() {
        assert!(read::<Answer>(&mut &u32::MAX.to_le_bytes()[..]).is_err());
        assert!(read::<Answer>(&mut &[0xFF, 0xFF, 0, 0, 1, 2][..]).unwrap().is_none());
        assert!(read::<Answer>(&mut &[][..]).unwrap().is_none());
    }

    #[test]
    fn the_members_of_an_archive_are_blamed_one_by_one_until_it_is_given_up() {
        let mut gathering = Gathering::new(&|reading| reading);
        let label = |i| Label { name: format!("{i}.xlsx"), modified: None };
        let members = (0..8).map(label).collect();
        assert!(gathering.add(Answer::Opened { size: 1, fingerprint: "f".into(), members, findings: Vec::new() }));
        assert!(gathering.add(Answer::Member(Reading::unreadable(1, Finding::new(code::DAMAGED)))));
        for _ in 0..archive::STRIKES {
            assert!(!gathering.is_complete());
            gathering.blame(Finding::new(code::STOPPED_MEMORY));
        }
        assert!(gathering.is_complete());
        let codes: Vec<u16> = gathering
            .finish(|| 0)
            .members
            .iter()
            .map(|m| match &m.content.content {
                Content::Unreadable(why) => why[0].code.0,
                _ => 0,
            })
            .collect();
        assert_eq!(codes, [105, 109, 109, 109, 109, 109, 132, 132]);
    }
}
