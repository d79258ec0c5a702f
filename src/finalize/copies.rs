//! The counted returns as they lie beside a frozen result: each as the run read it, members of a .zip singly.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::freeze::not_written;
use super::{Case, FinalizeError};
use crate::fingerprint;
use crate::folder::{OfficeFolder, PACKAGES, RETURNS, read_file};
use crate::intake::{self, modified_at};
use crate::milestone::Fingerprint;
use crate::outcome::SeenFile;
use crate::reader::{Limits, member_bytes};

impl Case {
    /// Copies what counts below a folder; tells the office's own form, of which the run keeps no fingerprint, and how
    /// many files there are of schools.
    pub(super) fn copy_returns(&self, to: &Path) -> Result<(Option<Fingerprint>, usize), FinalizeError> {
        let outcome = &self.outcome;
        let mut disk = Disk::look(&self.folder);
        let own = outcome.offices.as_ref().and_then(|office| office.source.as_ref());
        let (mut form, mut returns) = (None, 0);
        for (file, place) in outcome.handed_over() {
            let is_own = own.is_some_and(|own| *own.file == *file);
            let bytes = match own.filter(|_| is_own) {
                Some(own) => self.own_form(file, own.received)?,
                None => {
                    let known = outcome.files.iter().find(|seen| *seen.file == *file && !seen.fingerprint.is_empty());
                    known.and_then(|seen| disk.bytes(seen)).ok_or_else(|| changed(file))?
                }
            };
            let path = place.split('/').fold(to.to_owned(), |path, part| path.join(part));
            let folder = path.parent().unwrap_or(to);
            fs::create_dir_all(folder).and_then(|()| fs::write(&path, &bytes)).map_err(not_written(&path))?;
            match is_own {
                true => form = Some(Fingerprint::of(file, &bytes)),
                false => returns += 1,
            }
        }
        Ok((form, returns))
    }

    fn own_form(&self, file: &str, received: Option<jiff::civil::DateTime>) -> Result<Vec<u8>, FinalizeError> {
        let input = self.folder.office_form()?.filter(|input| input.name == file);
        let path = input.map(|input| input.path).ok_or_else(|| changed(file))?;
        // The run keeps its time, not its fingerprint.
        if modified_at(&path) != received {
            return Err(changed(file));
        }
        read_file(&path).map_err(|_| changed(file))
    }
}

/// What lies in `nop/` and `don-vi/` now, by the names that people see.
struct Disk {
    paths: BTreeMap<String, PathBuf>,
    /// The archive that was read last: its members come one after the other.
    archive: Option<(String, Vec<u8>)>,
}

impl Disk {
    fn look(folder: &OfficeFolder) -> Disk {
        let mut seen = intake::find(&folder.returns(), RETURNS).value;
        let packages = folder.packages();
        if packages.exists() {
            seen.extend(intake::find(&packages, PACKAGES).value);
        }
        let seen = seen.into_iter();
        let paths = seen.filter(|seen| seen.class == intake::NameClass::Candidate);
        Disk { paths: paths.map(|seen| (seen.file.to_string(), seen.path)).collect(), archive: None }
    }

    /// The bytes of a return as the run read it; `None` where it is not there so any more.
    fn bytes(&mut self, seen: &SeenFile) -> Option<Vec<u8>> {
        if let Some(path) = self.paths.get(&*seen.file) {
            return fs::read(path).ok().filter(|bytes| fingerprint::is_of(&seen.fingerprint, bytes));
        }
        let strokes = seen.file.match_indices('/').map(|(at, _)| at);
        let at = strokes.into_iter().rev().find(|at| self.paths.contains_key(&seen.file[..*at]))?;
        let (name, member) = (&seen.file[..at], &seen.file[at + 1..]);
        if self.archive.as_ref().is_none_or(|(known, _)| known != name) {
            self.archive = Some((name.to_owned(), fs::read(self.paths.get(name)?).ok()?));
        }
        member_bytes(&self.archive.as_ref()?.1, member, &seen.fingerprint, &Limits::default())
    }
}

fn changed(file: &str) -> FinalizeError {
    FinalizeError::Changed { file: file.to_owned() }
}
