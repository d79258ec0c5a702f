//! Every file of `nop/` to an arrival: read by a worker, then form and answers at once, so that no grid is kept.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::DateTime;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::assemble::{FileFacts, OwnForm};
use super::cache::Cache;
use super::inputs::{read_one, why_not};
use super::{Event, Events, RunError};
use crate::check::check;
use crate::finding::{Code, Finding, Place, Severity, code, plain};
use crate::folder::OfficeFolder;
use crate::form::FormReader;
use crate::intake::{self, NameClass, SeenPath};
use crate::reader::{Content, Format, Job, OtherKind, Pool, Reading, Workbook};
use crate::roll_call::{Arrival, Arrived, Filled};
use crate::rules::RuleBook;

/// All files, for the roll call and for the list of sources; the two go side by side.
#[derive(Debug, Default)]
pub struct Read {
    /// For the roll call.
    pub arrivals: Vec<Arrival>,
    /// What else is known of each.
    pub facts: Vec<FileFacts>,
}

impl Read {
    /// How much is to be said of it so far.
    fn findings(&self) -> usize {
        let of_returns = |arrival: &Arrival| match &arrival.content {
            Arrived::Returns(returns) => returns.iter().map(|filled| filled.checked.findings.len()).sum(),
            _ => 0,
        };
        self.arrivals.iter().map(|arrival| arrival.findings.len() + of_returns(arrival)).sum()
    }
}

/// What is to be said of one file, or of a member of an archive, before its name and its time are known: all that
/// depends on its bytes, on the rules and on the school year, and on nothing else.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Of a member: its name in the archive.
    member: Option<String>,
    /// Of a member: when it was changed.
    modified: Option<DateTime>,
    /// Of the bytes; empty if they were not read to the end.
    fingerprint: String,
    content: Arrived,
    facts: FileFacts,
    #[serde(with = "plain")]
    findings: Vec<Finding>,
}

impl Part {
    /// Of its bytes; empty if they were not read to the end.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// What it turned out to be.
    pub fn content_mut(&mut self) -> &mut Arrived {
        &mut self.content
    }

    /// Whether it follows from the bytes alone: not from what a reader went through, or the disk, or the time it took.
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
        !self.fingerprint.is_empty() && !self.findings.iter().any(|finding| PASSING.contains(&finding.code))
    }
}

impl Read {
    /// A file's parts under its name and with its time. Members of an archive follow it.
    fn of(file: &Arc<str>, modified: Option<DateTime>, parts: Vec<Part>) -> Read {
        let mut read = Read::default();
        for part in parts {
            let name = part.member.map_or_else(|| file.clone(), |member| format!("{file}/{member}").into());
            let modified = part.modified.or(modified);
            read.arrivals.push(arrival(&name, modified, part.fingerprint, part.content, part.findings));
            read.facts.push(part.facts);
        }
        read
    }
}

/// Reads all that intake saw, but what is still arriving; what the cache has needs no reader.
pub fn read_all(
    seen: &[SeenPath],
    arriving: &HashSet<Arc<str>>,
    pool: &Pool,
    forms: &FormReader,
    book: &RuleBook,
    cache: &Cache,
    events: &Events,
) -> Result<Read, RunError> {
    let slots: Mutex<Vec<Option<Read>>> = Mutex::new(seen.iter().map(|_| None).collect());
    let done = |id: usize, read: Read| {
        let findings = read.findings();
        slots.lock().unwrap_or_else(PoisonError::into_inner)[id] = Some(read);
        events(Event::Read { file: &seen[id].file, findings });
    };
    let opened = |path: &SeenPath| path.class == NameClass::Candidate && !arriving.contains(&path.file);
    let jobs: Vec<Option<Job>> = seen
        .par_iter()
        .enumerate()
        .map(|(id, path)| {
            let job = || Job { id, path: path.path.clone() };
            match opened(path).then(|| known(path, cache)) {
                None => None,
                Some(None) => Some(job()),
                Some(Some(read)) => {
                    done(id, read);
                    None
                }
            }
        })
        .collect();
    let jobs: Vec<Job> = jobs.into_iter().flatten().collect();
    events(Event::Unchanged(seen.iter().filter(|path| opened(path)).count() - jobs.len()));
    pool.read_all(&jobs, |id, reading| done(id, one_file(&seen[id], reading, forms, book, cache)))?;
    let slots = slots.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut all = Read::default();
    for (path, slot) in seen.iter().zip(slots) {
        let read = slot.unwrap_or_else(|| passed_over(path, arriving.contains(&path.file)));
        all.arrivals.extend(read.arrivals);
        all.facts.extend(read.facts);
    }
    Ok(all)
}

/// What the cache has of a file that is as it was when it was read.
fn known(path: &SeenPath, cache: &Cache) -> Option<Read> {
    if !cache.may_have(path.size) {
        return None;
    }
    let parts = cache.get(&intake::fingerprint(path)?)?;
    (!intake::has_changed(path)).then(|| Read::of(&path.file, path.modified, parts))
}

/// A file that is not opened: junk, or something of which intake has said why.
fn passed_over(path: &SeenPath, arriving: bool) -> Read {
    let (content, findings) = match path.class {
        NameClass::Junk => (Arrived::Junk, Vec::new()),
        _ if arriving => (Arrived::BeingWritten, vec![Finding::new(code::STILL_ARRIVING)]),
        _ => (Arrived::Unreadable, Vec::new()),
    };
    let facts = FileFacts { size: path.size, ..FileFacts::default() };
    Read { arrivals: vec![arrival(&path.file, path.modified, String::new(), content, findings)], facts: vec![facts] }
}

fn arrival(
    file: &Arc<str>,
    modified: Option<DateTime>,
    fingerprint: String,
    content: Arrived,
    findings: Vec<Finding>,
) -> Arrival {
    Arrival {
        file: file.clone(),
        fingerprint,
        modified,
        received: None,
        extended_to: None,
        set_aside: None,
        content,
        findings,
    }
}

fn one_file(path: &SeenPath, reading: Reading, forms: &FormReader, book: &RuleBook, cache: &Cache) -> Read {
    let gone =
        matches!(&reading.content, Content::Unreadable(why) if why.iter().any(|why| why.code == code::FILE_GONE));
    if !gone && intake::has_changed(path) {
        let findings = vec![Finding::new(code::CHANGED_WHILE_READ)];
        let facts = FileFacts { size: reading.size, ..FileFacts::default() };
        let arrival = arrival(&path.file, path.modified, reading.fingerprint, Arrived::BeingWritten, findings);
        return Read { arrivals: vec![arrival], facts: vec![facts] };
    }
    let size = reading.size;
    let parts = parts_of(reading, forms, book);
    cache.put(size, &parts);
    Read::of(&path.file, path.modified, parts)
}

/// What a reading is, archives with their members.
pub(super) fn one_reading(
    file: &Arc<str>,
    modified: Option<DateTime>,
    reading: Reading,
    forms: &FormReader,
    book: &RuleBook,
) -> Read {
    Read::of(file, modified, parts_of(reading, forms, book))
}

fn parts_of(reading: Reading, forms: &FormReader, book: &RuleBook) -> Vec<Part> {
    let (size, fingerprint) = (reading.size, reading.fingerprint);
    let archive = match reading.content {
        Content::Archive(archive) => archive,
        content => {
            let (content, facts, findings) = single(content, size, forms, book);
            return vec![Part { member: None, modified: None, fingerprint, content, facts, findings }];
        }
    };
    let content = if archive.members.is_empty() { Arrived::Unreadable } else { Arrived::Opened };
    let facts = FileFacts { size, format: "zip".to_owned(), software: String::new() };
    let whole = Part { member: None, modified: None, fingerprint, content, facts, findings: archive.findings };
    let members = archive.members.into_iter().map(|member| {
        let (size, fingerprint) = (member.reading.size, member.reading.fingerprint);
        let (content, facts, findings) = single(member.reading.content, size, forms, book);
        Part { member: Some(member.name), modified: member.modified, fingerprint, content, facts, findings }
    });
    std::iter::once(whole).chain(members).collect()
}

fn single(content: Content, size: u64, forms: &FormReader, book: &RuleBook) -> (Arrived, FileFacts, Vec<Finding>) {
    let mut facts = FileFacts { size, ..FileFacts::default() };
    match content {
        Content::Workbook(workbook) => {
            facts.format = workbook.format.name().to_owned();
            facts.software = workbook.software.clone().unwrap_or_default();
            let read = read_form(&workbook, forms, book);
            let content = if read.returns.is_empty() { Arrived::NoForm } else { Arrived::Returns(read.returns) };
            (content, facts, read.findings)
        }
        Content::Other(kind) => {
            facts.format = kind.name().to_owned();
            let content = match kind {
                OtherKind::Junk => Arrived::Junk,
                OtherKind::Pdf | OtherKind::Picture | OtherKind::Media => Arrived::Copy,
                OtherKind::Word | OtherKind::Slides | OtherKind::Text => Arrived::Unreadable,
            };
            // What may be evidence is only named; what may be a return in the wrong program must be sent again.
            let severity = if matches!(content, Arrived::Copy) { Severity::Note } else { Severity::Error };
            let findings = kind.refusal().map(|finding| finding.weighing(severity)).into_iter().collect();
            (content, facts, findings)
        }
        Content::Unreadable(findings) => (Arrived::Unreadable, facts, findings),
        // A member of an archive is never an archive; should one be, it is not opened.
        Content::Archive(archive) => (Arrived::Unreadable, facts, archive.findings),
    }
}

/// The filled forms of a workbook.
#[derive(Debug)]
pub struct ReadForm {
    /// Each with its answers.
    pub returns: Vec<Filled>,
    /// About the file as a whole; why, where there is no return.
    pub findings: Vec<Finding>,
}

/// Finds the forms in a workbook and checks their answers.
pub fn read_form(workbook: &Workbook, forms: &FormReader, book: &RuleBook) -> ReadForm {
    let mut findings = workbook.findings.clone();
    // Where a sheet could not be read, that there is no table is no news.
    let unread = findings.iter().any(|finding| finding.severity == Severity::Error);
    let found = forms.read(&workbook.grids);
    let is_bare = found.value.is_empty() && found.findings.iter().all(|finding| finding.code == code::NO_TABLE);
    if workbook.format == Format::Html && is_bare {
        let findings = vec![Finding::new(code::HTML_PAGE).with("format", "HTML")];
        return ReadForm { returns: Vec::new(), findings };
    }
    if !(unread && found.value.is_empty()) {
        findings.extend(found.findings);
    }
    let filled = found.value.into_iter().filter_map(|returned| {
        let set = book.get(&returned.set)?;
        let checked = check(&returned, set);
        Some(Filled { identity: returned.identity, checked })
    });
    ReadForm { returns: filled.collect(), findings }
}

/// Reads the office's own form. What cannot be read is a finding, never an end.
pub(super) fn read_offices(
    folder: &OfficeFolder,
    pool: &Pool,
    forms: &FormReader,
    book: &RuleBook,
    findings: &mut Vec<Finding>,
) -> Result<Option<OwnForm>, RunError> {
    let (Some(input), Some(set)) = (folder.office_form()?, book.of_office()) else { return Ok(None) };
    let file: Arc<str> = input.name.as_str().into();
    let mut say = |finding: Finding| {
        let mut finding = finding;
        finding.place.file = Some(file.clone());
        findings.push(finding);
    };
    let workbook = match read_one(&input.path, pool)?.content {
        Content::Workbook(workbook) => workbook,
        content => {
            say(why_not(content));
            return Ok(None);
        }
    };
    let read = read_form(&workbook, forms, book);
    read.findings.into_iter().for_each(&mut say);
    let own = read.returns.into_iter().find(|filled| filled.checked.set == set.id);
    match own {
        Some(filled) if filled.checked.valid => {
            let modified = intake::modified_at(&input.path);
            Ok(Some(OwnForm { file: file.clone(), modified, checked: filled.checked }))
        }
        Some(filled) => {
            filled.checked.findings.into_iter().for_each(&mut say);
            Ok(None)
        }
        None => {
            say(Finding::new(code::OFFICE_FORM_NOT_OURS).at(Place::default()));
            Ok(None)
        }
    }
}
