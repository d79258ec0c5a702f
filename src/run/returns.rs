//! Every file of `nop/` to an arrival: read by a worker, then form and answers at once, so that no grid is kept.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::DateTime;
use rayon::prelude::*;

use super::assemble::{FileFacts, OwnForm};
use super::bounds::Together;
use super::cache::Cache;
use super::inputs::{read_one, why_not};
use super::part::{Part, Shared, look, with_members};
use super::{Event, Events, RunError};
use crate::check::check;
use crate::finding::{Finding, Place, Severity, code};
use crate::folder::OfficeFolder;
use crate::form::FormReader;
use crate::intake::{self, NameClass, SeenPath};
use crate::layouts;
use crate::reader::{Content, Format, Job, Pool, Read as ReadFile, Reading, Workbook};
use crate::roll_call::{Arrival, Arrived, Filled};
use crate::rules::{Node, RuleBook};

/// All files, for the roll call and for the list of sources; the two go side by side.
#[derive(Debug, Default)]
pub struct Read {
    /// For the roll call.
    pub arrivals: Vec<Arrival>,
    /// What else is known of each.
    pub facts: Vec<FileFacts>,
    /// How many files needed no reader.
    pub unchanged: usize,
}

impl Read {
    /// Takes in a file's parts under its name and with its time. Members of an archive follow it.
    fn add(&mut self, file: &Arc<str>, modified: Option<DateTime>, parts: Vec<Part>) {
        for part in parts {
            self.arrivals.push(Arrival {
                file: part.member.map_or_else(|| file.clone(), |member| format!("{file}/{member}").into()),
                fingerprint: part.fingerprint,
                modified: part.modified.or(modified),
                received: None,
                extended_to: None,
                set_aside: None,
                content: part.content,
                findings: part.findings,
            });
            self.facts.push(part.facts);
        }
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
    let together = Together::new(&pool.limits);
    let slots: Mutex<Vec<Option<Vec<Shared>>>> = Mutex::new(seen.iter().map(|_| None).collect());
    let done = |id: usize, parts: Vec<Shared>| {
        let findings = parts.iter().map(|part| look(part).said()).sum();
        slots.lock().unwrap_or_else(PoisonError::into_inner)[id] = Some(parts);
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
                Some(Some(parts)) => {
                    done(id, parts.into_iter().map(|part| together.add(part)).collect());
                    None
                }
            }
        })
        .collect();
    let jobs: Vec<Job> = jobs.into_iter().flatten().collect();
    let unchanged = seen.iter().filter(|path| opened(path)).count() - jobs.len();
    let part = |reading: Reading| together.add(Part::of(reading, forms, book, &pool.limits));
    pool.read_each(&jobs, &part, |id, read| done(id, one_file(&seen[id], read, cache)))?;
    // Nothing comes any more that others would have to give room to.
    drop(together);
    let slots = slots.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut all = Read { unchanged, ..Read::default() };
    for (path, slot) in seen.iter().zip(slots) {
        let parts = match slot {
            Some(parts) => alone(parts),
            None => vec![passed_over(path, arriving.contains(&path.file))],
        };
        all.add(&path.file, path.modified, parts);
    }
    Ok(all)
}

/// Parts that nobody else holds any more.
fn alone(parts: Vec<Shared>) -> Vec<Part> {
    let own = parts.into_iter().filter_map(Arc::into_inner);
    own.map(|part| part.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}

/// What the cache has of a file that is as it was when it was read.
fn known(path: &SeenPath, cache: &Cache) -> Option<Vec<Part>> {
    if !cache.may_have(path.size) {
        return None;
    }
    let parts = cache.get(&intake::fingerprint(path)?)?;
    (!intake::has_changed(path)).then_some(parts)
}

/// A file that is not opened: junk, or something of which intake has said why.
fn passed_over(path: &SeenPath, arriving: bool) -> Part {
    let (content, findings) = match path.class {
        NameClass::Junk => (Arrived::Junk, Vec::new()),
        _ if arriving => (Arrived::BeingWritten, vec![Finding::new(code::STILL_ARRIVING)]),
        _ => (Arrived::Unreadable, Vec::new()),
    };
    Part::without_bytes(content, FileFacts { size: path.size, ..FileFacts::default() }, findings)
}

fn one_file(path: &SeenPath, read: ReadFile<Shared>, cache: &Cache) -> Vec<Shared> {
    let file = look(&read.file);
    let size = file.facts.size;
    let gone = file.findings.iter().any(|why| why.code == code::FILE_GONE);
    if !gone && intake::has_changed(path) {
        let findings = vec![Finding::new(code::CHANGED_WHILE_READ)];
        let facts = FileFacts { size, ..FileFacts::default() };
        let fingerprint = file.fingerprint.clone();
        let changed = Part { fingerprint, ..Part::without_bytes(Arrived::BeingWritten, facts, findings) };
        return vec![Arc::new(Mutex::new(changed))];
    }
    drop(file);
    let parts = with_members(read);
    cache.put(size, &parts);
    parts
}

/// What one file is, an archive with its members, read now.
pub(super) fn read_file(
    path: &Path,
    file: &Arc<str>,
    pool: &Pool,
    forms: &FormReader,
    book: &RuleBook,
) -> Result<Read, RunError> {
    let job = Job { id: 0, path: path.to_owned() };
    let together = Together::new(&pool.limits);
    let part = |reading: Reading| together.add(Part::of(reading, forms, book, &pool.limits));
    let parts = Mutex::new(Vec::new());
    pool.read_each(&[job], &part, |_, read| {
        *parts.lock().unwrap_or_else(PoisonError::into_inner) = with_members(read);
    })?;
    drop(together);
    let mut all = Read::default();
    all.add(file, None, alone(parts.into_inner().unwrap_or_else(PoisonError::into_inner)));
    Ok(all)
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
    let Some(set) = book.of_office() else { return Ok(None) };
    let Some(input) = folder.office_form()? else {
        if set.nodes.iter().any(Node::is_asked) {
            findings.push(Finding::new(code::OFFICE_FORM_MISSING).at(Place::file(layouts::names::OFFICE_FILE)));
        }
        return Ok(None);
    };
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
