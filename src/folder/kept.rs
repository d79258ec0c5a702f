//! Which runs stay: leftovers of killed runs go, old runs go, finalized ones never, and nothing that is not ours.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{FolderError, RunName, is_partial, milestone_of};

/// A file or folder whose name begins so marks a run as finalized, whatever its case.
const FINALIZED: &str = "CHOT";

/// The finished runs of `ket-qua/`, oldest first; none if it is not there. Links are not runs.
pub(super) fn runs(results: &Path) -> Result<Vec<(RunName, PathBuf)>, FolderError> {
    let mut runs: Vec<(RunName, PathBuf)> = Vec::new();
    for (name, is_folder) in entries(results)? {
        let run = name.to_str().and_then(|name| name.parse().ok());
        if let Some(run) = run.filter(|_| is_folder) {
            runs.push((run, results.join(name)));
        }
    }
    runs.sort();
    Ok(runs)
}

/// The folders of frozen results, by name.
pub(super) fn milestones(results: &Path) -> Result<Vec<PathBuf>, FolderError> {
    let frozen = |name: &OsString| name.to_str().and_then(milestone_of).is_some();
    let found = entries(results)?.into_iter().filter(|(name, is_folder)| *is_folder && frozen(name));
    Ok(found.map(|(name, _)| results.join(name)).collect())
}

/// Removes what killed runs left behind. Whoever calls holds the lock, so no run is at work on any of it. What cannot
/// be removed stays for the next time.
pub(super) fn remove_leftovers(results: &Path) -> Result<(), FolderError> {
    for path in unfinished(results)? {
        let _: io::Result<()> = fs::remove_dir_all(path);
    }
    Ok(())
}

/// The hidden, unfinished folders of `ket-qua/`.
pub(super) fn unfinished(results: &Path) -> Result<Vec<PathBuf>, FolderError> {
    let partial = entries(results)?.into_iter().filter(|(name, is_folder)| *is_folder && is_partial(name));
    Ok(partial.map(|(name, _)| results.join(name)).collect())
}

/// Removes all but the newest `keep` runs that are not finalized; `newest` stays, whatever the clock says. Says what
/// could not be removed.
pub(super) fn remove_old(results: &Path, newest: &RunName, keep: u32) -> Vec<FolderError> {
    let (runs, names) = match runs(results).and_then(|runs| Ok((runs, entries(results)?))) {
        Ok(found) => found,
        Err(error) => return vec![error],
    };
    let names: BTreeSet<OsString> = names.into_iter().map(|(name, _)| name).collect();
    let removable = runs.into_iter().filter(|(name, path)| name != newest && !is_finalized(name, path, &names));
    let removable: Vec<_> = removable.collect();
    let kept = usize::try_from(keep).unwrap_or(usize::MAX).saturating_sub(1);
    let old = removable.len().saturating_sub(kept);
    let removed = removable[..old].iter().map(|(name, path)| remove(results, name, path));
    removed.filter_map(Result::err).collect()
}

/// Whether a run holds the mark of a finalized one, or something beside it bears its name and more, as the papers of a
/// milestone do. A run that cannot be looked into counts as finalized.
fn is_finalized(name: &RunName, path: &Path, beside: &BTreeSet<OsString>) -> bool {
    let marked = |entry: io::Result<fs::DirEntry>| match entry {
        Ok(entry) => entry.file_name().to_string_lossy().to_uppercase().starts_with(FINALIZED),
        Err(_) => true,
    };
    let within = fs::read_dir(path).map_or(true, |mut entries| entries.any(marked));
    let name = name.to_string();
    let more = |other: &OsString| {
        let other = other.to_string_lossy();
        other.len() > name.len() && other.starts_with(&name) && other.parse::<RunName>().is_err()
    };
    within || beside.iter().any(more)
}

/// Out of sight by one rename, then away: a run that is killed on the way leaves no half run under its name.
fn remove(results: &Path, name: &RunName, path: &Path) -> Result<(), FolderError> {
    let cannot = |source| FolderError::CannotWrite { path: path.to_owned(), source };
    let hidden = results.join(format!(".{name}.partial"));
    fs::rename(path, &hidden).map_err(cannot)?;
    fs::remove_dir_all(&hidden).map_err(cannot)
}

/// Names in a folder and whether each is a folder itself, not a link to one.
fn entries(folder: &Path) -> Result<Vec<(OsString, bool)>, FolderError> {
    let cannot = |source| FolderError::CannotRead { path: folder.to_owned(), source };
    let read = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        read => read.map_err(cannot)?,
    };
    let mut entries = Vec::new();
    for entry in read {
        let entry = entry.map_err(cannot)?;
        entries.push((entry.file_name(), entry.file_type().is_ok_and(|kind| kind.is_dir())));
    }
    entries.sort();
    Ok(entries)
}
