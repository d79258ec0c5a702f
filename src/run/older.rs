//! Seals and results of version 0.1.0 know files by blake3: those of them that still lie in `nop/` as they were are known
//! by the fingerprint of today as well, so that nothing is told to have come later that did not.

use std::collections::HashMap;

use crate::fingerprint::blake3_of;
use crate::folder::{OfficeFolder, RETURNS, read_file};
use crate::intake;
use crate::milestone::{Fingerprint, Milestone, Seal};
use crate::outcome::{Outcome, SeenFile};

/// Today's fingerprint by the one of version 0.1.0; empty where no seal is of that.
#[derive(Debug, Default)]
pub(super) struct Today(HashMap<String, String>);

impl Today {
    /// Of what lies in `nop/` now. A member of a .zip is as it was where its .zip is.
    pub fn of(folder: &OfficeFolder, milestones: &[Milestone], files: &[SeenFile]) -> Today {
        let older = || milestones.iter().map(|one| &one.seal).filter(|seal| seal.is_of_blake3());
        if older().next().is_none() {
            return Today::default();
        }
        let now: HashMap<&str, &str> = files
            .iter()
            .filter(|file| !file.fingerprint.is_empty())
            .map(|file| (&*file.file, &*file.fingerprint))
            .collect();
        let mut same = HashMap::new();
        let mut there: HashMap<String, String> = HashMap::new();
        for seen in intake::find(&folder.returns(), RETURNS).value {
            let Some(today) = now.get(&*seen.file) else { continue };
            let Ok(bytes) = read_file(&seen.path) else { continue };
            let then = blake3_of(&bytes);
            same.insert(then.clone(), (*today).to_owned());
            there.insert(seen.file.to_string(), then);
        }
        for seal in older() {
            let is_there =
                |name: &str| seal.inputs.iter().any(|one| one.file == name && there.get(name) == Some(&one.blake3));
            for member in &seal.inputs {
                let is_within = member.file.match_indices('/').any(|(at, _)| is_there(&member.file[..at]));
                if let Some(today) = now.get(&*member.file).filter(|_| is_within) {
                    same.insert(member.blake3.clone(), (*today).to_owned());
                }
            }
        }
        Today(same)
    }

    /// A seal as one of today would know its inputs.
    pub fn seal(&self, seal: &Seal) -> Seal {
        let known = |input: &Fingerprint| match self.0.get(&input.blake3) {
            Some(today) => Fingerprint { sha256: today.clone(), ..input.clone() },
            None => input.clone(),
        };
        Seal { inputs: seal.inputs.iter().map(known).collect(), ..seal.clone() }
    }

    /// A result as one of today would know its files.
    pub fn result(&self, mut outcome: Outcome) -> Outcome {
        for file in &mut outcome.files {
            if let Some(today) = self.0.get(&file.fingerprint) {
                file.fingerprint.clone_from(today);
            }
        }
        outcome
    }
}
