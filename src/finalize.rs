//! Freezes a run's result for a milestone of the year: in a folder of its own beside the run, which stays as it is.

mod copies;
mod dossier;
mod error;
mod freeze;
mod open;

use std::io;
use std::path::Path;

use jiff::civil::{Date, DateTime};

use crate::codes::Level;
use crate::fingerprint;
use crate::folder::{OfficeFolder, PRINTS, Prints, RunName};
use crate::milestone::{Kind, Milestone, OUTCOME, milestones, of_run};
use crate::outcome::{LARGEST, Outcome};

pub use dossier::Dossier;
pub use error::FinalizeError;
pub use open::{Choice, OpenError, Zero};

/// What a run is frozen for, as far as known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// What for.
    pub kind: Kind,
    /// Number and sign of the decision or report; may be empty.
    pub number: String,
    /// Its date.
    pub date: Option<Date>,
    /// Who signs; empty for the signer of `co-quan.toml`.
    pub signer: String,
    /// Now, at the office.
    pub at: DateTime,
}

/// A run that is to be frozen.
#[derive(Debug)]
pub struct Case {
    folder: OfficeFolder,
    run: RunName,
    /// Its result.
    pub outcome: Outcome,
    /// The run's files as it wrote them; of a run of version 0.1.0 as they are.
    written: Prints,
    /// What of the run is not as it was written, by name; all that is frozen is made anew from the result.
    pub changed: Vec<String>,
    /// What is newer than the run.
    pub newer: Vec<Newer>,
}

/// Why another run than this one may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Newer {
    /// The newest run.
    Run(RunName),
    /// A newer run was frozen for this, or for what comes later in the year.
    Frozen(Kind, String),
}

/// A frozen result in its place.
#[derive(Debug)]
pub struct Frozen {
    /// It.
    pub milestone: Milestone,
    /// How many returns were copied.
    pub returns: usize,
    /// What became of the dossier of evidence.
    pub dossier: Dossier,
}

/// The office's level as it is, and as it would be with every open error mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfficeLevels {
    /// As it is frozen.
    pub with: Option<Level>,
    /// Without the errors.
    pub without: Option<Level>,
}

impl Case {
    /// Opens a run for freezing.
    ///
    /// # Errors
    /// When it is no run of an office folder, its result cannot be read, or it was frozen for this before.
    pub fn open(path: &Path, kind: Kind) -> Result<Case, FinalizeError> {
        let full = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let not_run = || FinalizeError::NotRun(path.to_owned());
        let name = full.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let run: RunName = name.parse().map_err(|_| not_run())?;
        let root = full.parent().and_then(Path::parent).ok_or_else(not_run)?;
        if !full.is_dir() {
            return Err(not_run());
        }
        let folder = OfficeFolder::open(root)?;
        let json = full.join(OUTCOME);
        let outcome = Outcome::read_file(&json, LARGEST);
        let outcome = outcome.map_err(|why| FinalizeError::Unreadable { path: json, why })?;
        let (written, changed) = as_written(&full, &outcome)?;
        if kind == Kind::Recognition && outcome.recognised.is_none() {
            return Err(FinalizeError::NothingRecognised);
        }
        let before = of_run(&folder, &run)?.into_iter().find(|milestone| milestone.seal.kind == kind);
        let newer = newer(&folder, &run, kind)?;
        match before {
            Some(before) => Err(FinalizeError::Already { kind, path: before.path }),
            None => Ok(Case { folder, run, outcome, written, changed, newer }),
        }
    }
}

fn newer(folder: &OfficeFolder, run: &RunName, kind: Kind) -> Result<Vec<Newer>, FinalizeError> {
    let newest = folder.runs()?.into_iter().map(|(name, _)| name).max().filter(|newest| newest > run);
    let frozen = milestones(folder)?.into_iter().map(|milestone| milestone.seal);
    let frozen = frozen.filter(|seal| seal.kind >= kind && seal.run.parse().is_ok_and(|of: RunName| of > *run));
    Ok(newest.map(Newer::Run).into_iter().chain(frozen.map(|seal| Newer::Frozen(seal.kind, seal.run))).collect())
}

/// The files of a run as it wrote them, and the names of those that are not so any more.
fn as_written(run: &Path, outcome: &Outcome) -> Result<(Prints, Vec<String>), FinalizeError> {
    let unreadable = |source: io::Error| FinalizeError::Unreadable { path: run.join(PRINTS), why: source.into() };
    let now = Prints::of(run).map_err(unreadable)?;
    let altered = || FinalizeError::Altered { path: run.join(OUTCOME) };
    match Prints::read(run).map_err(unreadable)? {
        Some(written) => {
            let changes = written.changes(&now);
            // Not in the list either: the list was edited.
            if !written.0.contains_key(OUTCOME) || changes.iter().any(|(name, _)| name == OUTCOME) {
                return Err(altered());
            }
            Ok((written, changes.into_iter().map(|(name, _)| name).collect()))
        }
        None if outcome.fingerprints == fingerprint::Kind::Blake3 => Ok((now, Vec::new())),
        None => Err(FinalizeError::NoPrints { path: run.join(PRINTS) }),
    }
}
