//! The dossier of evidence as it goes with the report: each file as it is, within a bound that is said when it is passed.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use super::freeze::not_written;
use super::{Case, FinalizeError};
use crate::dossier::{self, Lies};
use crate::fingerprint;
use crate::folder::{EVIDENCE, EVIDENCE_LIST};
use crate::intake;

/// The most that is copied: so many files, so many bytes.
const MOST_FILES: usize = 20_000;
const MOST_BYTES: u64 = 4 << 30;

/// What became of the dossier.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dossier {
    /// Files that were copied.
    pub copied: usize,
    /// Files that were not, since the bound was reached.
    pub left: usize,
}

impl Case {
    /// Copies the dossier below a folder, with its list.
    pub(super) fn copy_dossier(&self, to: &Path) -> Result<Dossier, FinalizeError> {
        let Some(proofs) = &self.outcome.dossier else { return Ok(Dossier::default()) };
        let folder = to.join(EVIDENCE);
        fs::create_dir_all(&folder).map_err(not_written(&folder))?;
        let seen = intake::find(&self.folder.root().join(EVIDENCE), EVIDENCE).value;
        let paths: HashMap<&str, &Path> = seen.iter().map(|seen| (&*seen.file, seen.path.as_path())).collect();
        let mut made = Dossier::default();
        let mut bytes = 0_u64;
        for proof in proofs {
            if made.copied >= MOST_FILES || proof.size.saturating_add(bytes) > MOST_BYTES {
                made.left += 1;
                continue;
            }
            let changed = || FinalizeError::Changed { file: proof.file.to_string() };
            let from = paths.get(&*proof.file).ok_or_else(changed)?;
            let target = proof.file.split('/').skip(1).fold(folder.clone(), |path, part| path.join(part));
            let parent = target.parent().unwrap_or(&folder);
            fs::create_dir_all(parent).map_err(not_written(parent))?;
            fs::copy(from, &target).map_err(not_written(&target))?;
            let copied = fingerprint::of_file(&target).map_err(not_written(&target))?;
            if copied != proof.sha256 {
                return Err(changed());
            }
            bytes += proof.size;
            made.copied += 1;
        }
        let path = folder.join(EVIDENCE_LIST);
        dossier::write(&self.outcome, Lies::AmongFiles, &path)
            .map_err(|error| FinalizeError::NotWritten { path, source: error.into() })?;
        Ok(made)
    }
}
