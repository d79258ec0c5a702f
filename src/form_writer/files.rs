//! Forms as files: one for each school and set, the office's own, the blanks. Nothing is overwritten unasked.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use rayon::prelude::*;

use super::{Filling, Plates, WriteError, write};
pub use crate::folder::Existing;
use crate::folder::{put_many, whole};
use crate::layouts::names::{OFFICE_FILE, blank_name, name_for};
use crate::office::Office;
use crate::rules::{RuleBook, RuleSet};
use crate::school::{School, SchoolCode};

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
    let common = Filling { school: None, office: Some(office), answers: None, created };
    let plates = Plates::default();
    let fill = |place: &Path| {
        prepare(jobs.iter().map(|(path, ..)| path.as_path()), existing)?;
        jobs.par_iter().try_for_each(|(path, set, school)| {
            let blank = plates.of(set, &common, &|_, _| Ok(()))?;
            let form = blank.0.copy(&Filling { school: *school, ..common }, None);
            put(&place.join(path.file_name().unwrap_or_default()), &form, existing)
        })
    };
    whole(dir, fill, |source| WriteError::File { path: dir.to_owned(), source })?;
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
    prepare(jobs.iter().map(|(path, _)| path.as_path()), existing)?;
    fs::create_dir_all(dir).map_err(|source| WriteError::File { path: dir.to_owned(), source })?;
    for (path, set) in &jobs {
        put(path, &write(set, &Filling { school: None, office: None, answers: None, created })?, existing)?;
    }
    Ok(jobs.into_iter().map(|(path, _)| path).collect())
}

/// The sets that a school owes, each once.
pub fn owed<'a>(book: &'a RuleBook, school: &School) -> Vec<&'a RuleSet> {
    book.of_schools().filter(|set| school.kinds.iter().any(|kind| set.kinds.contains(kind))).collect()
}

fn prepare<'a>(mut paths: impl Iterator<Item = &'a Path>, existing: Existing) -> Result<(), WriteError> {
    if existing == Existing::Keep
        && let Some(path) = paths.find(|path| path.symlink_metadata().is_ok())
    {
        return Err(WriteError::Exists { path: path.to_owned() });
    }
    Ok(())
}

fn put(path: &Path, bytes: &[u8], existing: Existing) -> Result<(), WriteError> {
    put_many(path, bytes, existing).map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => WriteError::Exists { path: path.to_owned() },
        _ => WriteError::File { path: path.to_owned(), source },
    })
}
