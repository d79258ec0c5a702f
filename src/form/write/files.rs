//! Forms as files: one for each school and set, the office's own, the blanks. Nothing is overwritten unasked.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use rayon::prelude::*;

use super::{Filling, WriteError, write};
use crate::office::Office;
use crate::rules::{RuleBook, RuleSet};
use crate::school::{School, SchoolCode};
use crate::text::fold;

/// The file of the office's own form.
pub const OFFICE_FILE: &str = "phieu-co-quan.xlsx";

/// What to do with files that are already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Write nothing at all and say which one.
    Keep,
    /// Replace them.
    Replace,
}

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The files, in the order of the roster; the office's own last.
    pub files: Vec<PathBuf>,
    /// Schools for whose kinds there is no set: they got no form.
    pub without_set: Vec<SchoolCode>,
}

/// Every school's forms and the office's own, in `dir`, which is made if it is not there.
///
/// # Errors
/// What could not be made or written; under [`Existing::Keep`] nothing is written if any of the files exists.
pub fn write_all(
    office: &Office,
    book: &RuleBook,
    schools: &[School],
    dir: &Path,
    created: DateTime,
    existing: Existing,
) -> Result<Written, WriteError> {
    let mut taken = BTreeSet::from([OFFICE_FILE.to_owned()]);
    let mut written = Written::default();
    let mut jobs: Vec<(PathBuf, &RuleSet, Option<&School>)> = Vec::new();
    for school in schools {
        let owed = owed(book, school);
        if owed.is_empty() {
            written.without_set.push(school.code.clone());
        }
        for set in &owed {
            let name = name_for(school, set, owed.len() > 1, &mut taken);
            jobs.push((dir.join(name), set, Some(school)));
        }
    }
    jobs.extend(book.of_office().map(|set| (dir.join(OFFICE_FILE), set, None)));
    prepare(dir, jobs.iter().map(|(path, ..)| path.as_path()), existing)?;
    jobs.par_iter().try_for_each(|(path, set, school)| {
        let filling = Filling { school: *school, office: Some(office), answers: None, created };
        put(path, &write(set, &filling)?, existing)
    })?;
    written.files = jobs.into_iter().map(|(path, ..)| path).collect();
    Ok(written)
}

/// A blank form of each set, `<set id>.xlsx`, in `dir`, which is made if it is not there.
///
/// # Errors
/// As [`write_all`].
pub fn write_blanks(
    book: &RuleBook,
    dir: &Path,
    created: DateTime,
    existing: Existing,
) -> Result<Vec<PathBuf>, WriteError> {
    let jobs: Vec<(PathBuf, &RuleSet)> = book.sets.iter().map(|set| (dir.join(blank_name(set)), set)).collect();
    prepare(dir, jobs.iter().map(|(path, _)| path.as_path()), existing)?;
    for (path, set) in &jobs {
        put(path, &write(set, &Filling { school: None, office: None, answers: None, created })?, existing)?;
    }
    Ok(jobs.into_iter().map(|(path, _)| path).collect())
}

/// The file of a set's blank form.
pub fn blank_name(set: &RuleSet) -> String {
    format!("{}.xlsx", slug(&set.id.0, MAX_SLUG))
}

/// The sets that a school owes, each once.
pub fn owed<'a>(book: &'a RuleBook, school: &School) -> Vec<&'a RuleSet> {
    book.of_schools().filter(|set| school.kinds.iter().any(|kind| set.kinds.contains(kind))).collect()
}

/// `<mã>-<slug>`: how the file of a school is named, without its ending. Safe on Windows and in e-mail: ASCII letters,
/// digits and `-` alone, of bounded length, never a device's name.
pub fn file_stem(code: &SchoolCode, name: &str) -> String {
    let name = slug(name, MAX_SLUG);
    let name = if name.is_empty() { "truong".to_owned() } else { name };
    // A code keeps its capitals and dots: a file is told to be a school's by the code at its start.
    let code: String = code.0.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect();
    let code: String = code.trim_matches(['-', '.']).chars().take(MAX_CODE).collect();
    if code.is_empty() { format!("truong-{name}") } else { format!("{code}-{name}") }
}

const MAX_SLUG: usize = 60;
const MAX_CODE: usize = 30;

/// Folded words joined by `-`, ASCII alone, at most `limit` long.
fn slug(text: &str, limit: usize) -> String {
    let folded = fold(text);
    let ascii: String = folded.chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').collect();
    let mut slug = String::new();
    for word in ascii.split(' ').filter(|word| !word.is_empty()) {
        let gap = usize::from(!slug.is_empty());
        let room = limit.saturating_sub(slug.len() + gap);
        if room < word.len() && gap == 1 {
            break;
        }
        slug.push_str(if gap == 1 { "-" } else { "" });
        slug.push_str(&word[..word.len().min(room)]);
    }
    slug
}

/// The name of a school's form that no other file of this batch has; it names the set where the school owes `several`.
pub fn name_for(school: &School, set: &RuleSet, several: bool, taken: &mut BTreeSet<String>) -> String {
    let mut stem = file_stem(&school.code, &school.name);
    if several {
        stem = format!("{stem}-{}", slug(&set.id.0, MAX_SLUG));
    }
    unique(stem, taken)
}

/// A name that no other file of this batch has, whatever its capitals.
fn unique(stem: String, taken: &mut BTreeSet<String>) -> String {
    let mut name = format!("{stem}.xlsx");
    let mut number = 2;
    while !taken.insert(name.to_lowercase()) {
        name = format!("{stem}-{number}.xlsx");
        number += 1;
    }
    name
}

fn prepare<'a>(dir: &Path, paths: impl Iterator<Item = &'a Path>, existing: Existing) -> Result<(), WriteError> {
    fs::create_dir_all(dir).map_err(|source| WriteError::File { path: dir.to_owned(), source })?;
    if existing == Existing::Keep {
        for path in paths {
            refuse_existing(path)?;
        }
    }
    Ok(())
}

fn refuse_existing(path: &Path) -> Result<(), WriteError> {
    match path.symlink_metadata() {
        Ok(_) => Err(WriteError::Exists { path: path.to_owned() }),
        Err(_) => Ok(()),
    }
}

/// Through a name of its own beside the target: a file that is there is whole.
fn put(path: &Path, bytes: &[u8], existing: Existing) -> Result<(), WriteError> {
    let failed = |source| WriteError::File { path: path.to_owned(), source };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let partial = path.with_file_name(format!(".{name}.partial"));
    let done = fs::write(&partial, bytes).map_err(failed).and_then(|()| {
        if existing == Existing::Keep {
            refuse_existing(path)?;
        }
        fs::rename(&partial, path).map_err(failed)
    });
    if done.is_err() {
        // What is left of a failed write helps nobody; the error that matters is the first one.
        let _ = fs::remove_file(&partial);
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(code: &str, name: &str) -> String {
        file_stem(&SchoolCode(code.to_owned()), name)
    }

    #[test]
    fn names_are_safe_everywhere() {
        assert_eq!(stem("08010012", "Trường TH&THCS Đức Hòa"), "08010012-truong-th-thcs-duc-hoa");
        assert_eq!(stem("TH.01", "..\\..\\etc/passwd"), "TH.01-etc-passwd");
        assert_eq!(stem("CON", "."), "CON-truong");
        assert_eq!(stem("../..", "CON"), "truong-con");
        assert_eq!(stem("1", "\u{202E}学校 مدرسة"), "1-truong");
        let long = stem(&"9".repeat(500), &"trường ".repeat(200));
        assert!(long.len() <= MAX_CODE + 1 + MAX_SLUG && !long.ends_with('-'), "{long}");
        assert_eq!(slug(&"x".repeat(100), 60).len(), 60);
    }

    #[test]
    fn two_schools_never_share_a_file() {
        let mut taken = BTreeSet::new();
        assert_eq!(unique("a-b".to_owned(), &mut taken), "a-b.xlsx");
        assert_eq!(unique("A-b".to_owned(), &mut taken), "A-b-2.xlsx");
        assert_eq!(unique("a-b".to_owned(), &mut taken), "a-b-3.xlsx");
    }
}
