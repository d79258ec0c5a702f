//! Writes the frozen result: the Department's folder, the outcome with its seal's line, and the seal itself last.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Case, FinalizeError, Frozen, Order};
use crate::folder::RETURNS;
use crate::intake::modified_at;
use crate::milestone::{Decided, FOR_DEPARTMENT, Fingerprint, Kind, Milestone, OUTCOME, SCHEMA, Seal};
use crate::outcome::{Disposition, Outcome, Status};
use crate::{report, tables};

/// The report's name, as in a run.
const REPORT: &str = "tong-hop.xlsx";

impl Case {
    /// Freezes the result: all of it is in its place, or nothing is.
    ///
    /// # Errors
    /// [`FinalizeError`]: then nothing has changed.
    pub fn freeze(mut self, order: &Order, decided: Vec<Decided>, all: bool) -> Result<Frozen, FinalizeError> {
        let lock = self.folder.lock()?;
        let target = lock.start_milestone(&self.run, order.kind.word())?;
        let hand_over = target.path().join(FOR_DEPARTMENT);
        fs::create_dir(&hand_over).map_err(not_written(&hand_over))?;
        let (sources, copied) = self.copy_returns(&hand_over)?;
        let mut seal = self.seal(order, decided, all, sources)?;
        seal.code = seal.expected_code();
        sign(&mut self.outcome, order, &seal);
        let path = hand_over.join(REPORT);
        report::write(&self.outcome, &path)
            .map_err(|error| FinalizeError::NotWritten { path, source: error.into() })?;
        tables::write_evidence(&self.outcome, &hand_over).map_err(not_written(&hand_over.join(tables::EVIDENCE)))?;
        let mut json = Vec::new();
        let path = target.path().join(OUTCOME);
        let written = self.outcome.write_json(&mut json).map_err(io::Error::from);
        written.and_then(|()| fs::write(&path, &json)).map_err(not_written(&path))?;
        seal.outputs = fingerprints(target.path()).map_err(not_written(target.path()))?;
        let path = target.path().join(order.kind.seal_file());
        let text = serde_json::to_vec_pretty(&seal).map_err(io::Error::from);
        text.and_then(|text| fs::write(&path, text)).map_err(not_written(&path))?;
        let path = target.finish()?;
        Ok(Frozen { milestone: Milestone { path, seal }, returns: copied })
    }

    fn seal(
        &self,
        order: &Order,
        decided: Vec<Decided>,
        accepted_all: bool,
        copied: Vec<Fingerprint>,
    ) -> Result<Seal, FinalizeError> {
        let outcome = &self.outcome;
        let mut inputs: Vec<Fingerprint> = outcome
            .files
            .iter()
            .filter(|file| !file.fingerprint.is_empty())
            .map(|file| Fingerprint { file: file.file.to_string(), blake3: file.fingerprint.clone() })
            .chain(copied)
            .collect();
        inputs.sort_by(|a, b| (&a.file, &a.blake3).cmp(&(&b.file, &b.blake3)));
        inputs.dedup();
        let rules = outcome.book.sets.iter().map(|set| {
            let text = serde_json::to_vec(set).map_err(io::Error::from)?;
            Ok(Fingerprint::of(&set.id.0, &text))
        });
        let rules = rules.collect::<io::Result<Vec<_>>>().map_err(not_written(Path::new("CHOT")))?;
        let run_files = fingerprints(&self.path)
            .map_err(|source| FinalizeError::Unreadable { path: self.path.clone(), why: source.into() })?;
        let mut signer = outcome.office.signer.clone();
        if !order.signer.is_empty() {
            signer.name.clone_from(&order.signer);
        }
        let office = outcome.offices.as_ref().map(|office| &office.scored);
        Ok(Seal {
            schema: SCHEMA,
            kind: order.kind,
            code: String::new(),
            run: self.run.to_string(),
            run_at: outcome.at,
            sealed_at: order.at,
            program: concat!("cds ", env!("CARGO_PKG_VERSION")).to_owned(),
            office: outcome.office.name.clone(),
            year: outcome.office.year.clone(),
            number: order.number.clone(),
            date: order.date,
            signer,
            total: office.map(|scored| scored.total),
            level: office.and_then(|scored| scored.level),
            owed: outcome.expected.len() as u32,
            counted: outcome.expected.iter().filter(|expected| expected.status == Status::Accepted).count() as u32,
            draft: outcome.is_draft(),
            decided,
            accepted_all,
            rules,
            inputs,
            run_files,
            outputs: Vec::new(),
        })
    }

    /// Copies what counts, each as the run read it. A member of a .zip goes with its whole .zip.
    fn copy_returns(&self, to: &Path) -> Result<(Vec<Fingerprint>, usize), FinalizeError> {
        let outcome = &self.outcome;
        let counted = outcome.files.iter().filter(|file| file.disposition == Disposition::Counted);
        let mut names = BTreeSet::new();
        for file in counted {
            names.insert(self.on_disk(&file.file).ok_or_else(|| changed(&file.file))?);
        }
        let mut copied = Vec::new();
        for (name, path) in &names {
            let bytes = fs::read(path).map_err(|_| changed(name))?;
            let now = Fingerprint::of(name, &bytes);
            let known = |file: &crate::outcome::SeenFile| *file.file == **name && file.fingerprint == now.blake3;
            if !outcome.files.iter().any(known) {
                return Err(changed(name));
            }
            put(&to.join(name), &bytes)?;
            copied.push(now);
        }
        if let Some(source) = outcome.offices.as_ref().and_then(|office| office.source.as_ref()) {
            let input = self.folder.office_form()?.filter(|input| input.name == *source.file);
            let path = input.map(|input| input.path).ok_or_else(|| changed(&source.file))?;
            // The run keeps its time, not its fingerprint.
            if modified_at(&path) != source.received {
                return Err(changed(&source.file));
            }
            let bytes = fs::read(&path).map_err(|_| changed(&source.file))?;
            put(&to.join(&*source.file), &bytes)?;
            copied.push(Fingerprint::of(&*source.file, &bytes));
        }
        Ok((copied, names.len()))
    }

    /// The file that holds a return, as it is shown and as it is on the disk: itself, or the archive that it is in.
    fn on_disk(&self, shown: &str) -> Option<(String, PathBuf)> {
        let (first, rest) = shown.split_once('/')?;
        let mut name = RETURNS.to_owned();
        let mut path = self.folder.returns();
        if first != RETURNS {
            return None;
        }
        for part in rest.split('/') {
            if matches!(part, "" | "." | "..") || part.contains('\\') {
                return None;
            }
            path.push(part);
            name = format!("{name}/{part}");
            if fs::symlink_metadata(&path).ok()?.is_file() {
                return Some((name, path));
            }
        }
        None
    }
}

/// What the signed page of the frozen result says. A decision's number is not the report's.
fn sign(outcome: &mut Outcome, order: &Order, seal: &Seal) {
    if order.kind == Kind::Report {
        if !order.number.is_empty() {
            outcome.office.number.clone_from(&order.number);
        }
        outcome.office.report_date = order.date.or(outcome.office.report_date);
        outcome.office.signer = seal.signer.clone();
    }
    outcome.seal = Some(seal.line());
}

fn changed(file: &str) -> FinalizeError {
    FinalizeError::Changed { file: file.to_owned() }
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), FinalizeError> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).and_then(|()| fs::write(path, bytes)).map_err(not_written(path))
}

fn not_written(path: &Path) -> impl FnOnce(io::Error) -> FinalizeError + use<> {
    let path = path.to_owned();
    |source| FinalizeError::NotWritten { path, source: source.into() }
}

/// All files of a folder and its sub-folders, by name. What is no file or folder is not ours.
fn fingerprints(folder: &Path) -> io::Result<Vec<Fingerprint>> {
    let mut found = Vec::new();
    let mut folders = vec![(folder.to_owned(), String::new())];
    while let Some((folder, shown)) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let name = format!("{shown}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push((entry.path(), format!("{name}/")));
            } else if kind.is_file() {
                found.push(Fingerprint::read(name, &entry.path())?);
            }
        }
    }
    found.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(found)
}
