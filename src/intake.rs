//! Which files are in `nop/`: found, classed by name, none opened but for its fingerprint. Knows no format and no school
//! but by its code.

mod code_at_start;
mod junk;

use std::collections::HashSet;
use std::fs::{self, FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp, tz};
use unicode_normalization::UnicodeNormalization;

use crate::finding::{Code, Finding, Found, Place, code};
use crate::fingerprint;
use crate::text::one_line;

pub use code_at_start::CodesAtStart;
pub use junk::{is_junk, is_not_downloaded};

/// Something in `nop/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenPath {
    /// Where it is.
    pub path: PathBuf,
    /// Relative to the office folder, with `/`: what people see, and what tells it from all others. What would be a
    /// command to a terminal or break a line is a mark.
    pub file: Arc<str>,
    /// Bytes; 0 for what is not opened.
    pub size: u64,
    /// When it was last changed, at the office's time, in whole seconds.
    pub modified: Option<DateTime>,
    /// What its name and its kind say.
    pub class: NameClass,
}

/// What can be told without opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameClass {
    /// Its content decides.
    Candidate,
    /// Left by programs: passed over and counted.
    Junk,
    /// A link, a device, a pipe, or something that cannot be reached: never opened, and a finding says so.
    NotOpened,
}

/// Finds everything in `nop/`, sub-folders included, in an order that depends on names alone. `returns` is the folder,
/// `shown` its name in the office folder. A folder that is not there is an empty one.
pub fn find(returns: &Path, shown: &str) -> Found<Vec<SeenPath>> {
    let mut walk = Walk { seen: Vec::new(), taken: HashSet::new(), findings: Vec::new() };
    let mut folders = vec![(returns.to_owned(), shown.to_owned())];
    while let Some((folder, shown)) = folders.pop() {
        walk.folder(&folder, &shown, &mut folders);
    }
    let Walk { mut seen, mut findings, .. } = walk;
    seen.sort_by_cached_key(|seen| (seen.file.nfc().collect::<String>(), seen.path.clone()));
    findings.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
    if seen.iter().all(|seen| seen.class == NameClass::Junk) && findings.is_empty() {
        findings.push(Finding::new(code::NOTHING_RETURNED).at(Place::file(shown)));
    }
    Found { value: seen, findings }
}

/// Whether a file is no longer as it was seen: gone, of another size, or changed since.
pub fn has_changed(seen: &SeenPath) -> bool {
    match fs::symlink_metadata(&seen.path) {
        Ok(now) => now.len() != seen.size || modified(&now) != seen.modified,
        Err(_) => true,
    }
}

/// The fingerprint of a file's bytes; `None` if it cannot be read or is no regular file.
pub fn fingerprint(seen: &SeenPath) -> Option<String> {
    // Looked at before it is opened: opening a pipe waits for somebody to write into it.
    if !fs::symlink_metadata(&seen.path).ok()?.is_file() {
        return None;
    }
    fingerprint::of_file(&seen.path).ok()
}

struct Walk {
    seen: Vec<SeenPath>,
    taken: HashSet<Arc<str>>,
    findings: Vec<Finding>,
}

impl Walk {
    fn folder(&mut self, folder: &Path, shown: &str, folders: &mut Vec<(PathBuf, String)>) {
        let entries = fs::read_dir(folder).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
        let mut entries = match entries {
            Ok(entries) => entries,
            // Gone since its parent was read, or never there: nothing to tell.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(_) => return self.say(code::FOLDER_UNREADABLE, &shown.into()),
        };
        // Which of two alike names gets a number must not depend on the order of the directory.
        entries.sort_by_key(|entry| entry.file_name());
        for entry in entries {
            let name = entry.file_name();
            let file = format!("{shown}/{}", one_line(&name.to_string_lossy()));
            let kind = entry.file_type();
            if kind.as_ref().is_ok_and(FileType::is_dir) {
                folders.push((entry.path(), file));
                continue;
            }
            let file = self.own_name(file);
            if name.to_str().is_none() {
                self.say(code::NAME_NOT_UNICODE, &file);
            }
            self.entry(entry.path(), file, kind);
        }
    }

    fn entry(&mut self, path: PathBuf, file: Arc<str>, kind: io::Result<FileType>) {
        let closed = |path, file| SeenPath { path, file, size: 0, modified: None, class: NameClass::NotOpened };
        // Not of the link's target: a link is not followed.
        let metadata = kind.and_then(|kind| Ok((kind, fs::symlink_metadata(&path)?)));
        let (kind, metadata) = match metadata {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(_) => {
                self.say(code::FOLDER_UNREADABLE, &file);
                return self.seen.push(closed(path, file));
            }
        };
        if !kind.is_file() {
            let why = if kind.is_symlink() { code::LINK_NOT_FOLLOWED } else { code::NOT_A_FILE };
            self.say(why, &file);
            return self.seen.push(closed(path, file));
        }
        if is_not_downloaded(&file) {
            self.say(code::CLOUD_PLACEHOLDER, &file);
        }
        let class = if is_junk(&file) { NameClass::Junk } else { NameClass::Candidate };
        self.seen.push(SeenPath { size: metadata.len(), modified: modified(&metadata), path, file, class });
    }

    /// The shown name, made different from those of others: broken characters and marks are all shown alike.
    fn own_name(&mut self, file: String) -> Arc<str> {
        let mut own: Arc<str> = file.as_str().into();
        let mut number = 2;
        while !self.taken.insert(own.clone()) {
            own = format!("{file} ({number})").into();
            number += 1;
        }
        own
    }

    fn say(&mut self, what: Code, file: &Arc<str>) {
        self.findings.push(Finding::new(what).at(Place::file(file.clone())));
    }
}

/// The office's clock: Vietnam has one time and no summer time, whatever the machine's zone.
pub fn office_time(at: Timestamp) -> DateTime {
    tz::offset(7).to_datetime(at)
}

/// When a file was last changed, at the office's time; `None` if that cannot be told.
pub fn modified_at(path: &Path) -> Option<DateTime> {
    modified(&fs::metadata(path).ok()?)
}

fn modified(metadata: &Metadata) -> Option<DateTime> {
    let time = metadata.modified().ok()?;
    let seconds = match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_secs()).ok()?,
        Err(before) => -i64::try_from(before.duration().as_secs()).ok()?,
    };
    let at = Timestamp::UNIX_EPOCH.checked_add(SignedDuration::from_secs(seconds)).ok()?;
    Some(office_time(at))
}
