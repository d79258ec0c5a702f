//! A run: the stages and outputs in order. Emits events, prints nothing; knows everybody.

mod assemble;
mod inputs;
mod one;
mod returns;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use jiff::civil::DateTime;

use crate::finding::{Finding, code};
use crate::folder::{FolderError, Lock, OfficeFolder, RunFolder};
use crate::form::FormReader;
use crate::intake;
use crate::outcome::Outcome;
use crate::reader::{Limits, Pool, PoolError};
use crate::roll_call::{self, Expected};
use crate::settings::Mistake;
use crate::{report, tables};
use assemble::{Parts, assemble};

pub use assemble::FileFacts;
pub use inputs::Inputs;
pub use one::{Verdict, check_one, is_there};
pub use returns::{ReadForm, read_form};

/// How a run is made.
#[derive(Debug)]
pub struct Options<'a> {
    /// The run's date and time at the office: the only clock that a run knows.
    pub at: DateTime,
    /// The program that is started as reader.
    pub reader: &'a Path,
    /// How many readers.
    pub threads: usize,
    /// What one file may cost.
    pub limits: Limits,
    /// When it turns true, the run ends without a result.
    pub stop: Option<&'a AtomicBool>,
}

/// What happens while a run is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// So many files are there to read.
    Found(usize),
    /// One more file is read.
    Read,
    /// All is read; the report is being written.
    Writing,
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The office folder is not usable, another run is at work, or it cannot be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A file that the office edits has mistakes.
    #[error("{} mistakes in the configuration", .0.len())]
    Mistakes(Vec<Mistake>),
    /// A workbook that the office edits cannot be read.
    #[error("{} cannot be read", .0.place)]
    Unreadable(Box<Finding>),
    /// The readers cannot be started.
    #[error(transparent)]
    Readers(#[from] PoolError),
    /// A file of the result cannot be written.
    #[error("{} cannot be written", .path.display())]
    NotWritten {
        /// Which.
        path: PathBuf,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// A run that is in its place.
#[derive(Debug)]
pub struct Done {
    /// The whole result.
    pub outcome: Outcome,
    /// The run's folder.
    pub path: PathBuf,
    /// The rule files in use, the embedded ones by the name of their set's file.
    pub rules: Vec<String>,
    /// What did not work afterwards and does no harm to the run.
    pub troubles: Vec<FolderError>,
}

/// Makes a run of an office folder: the old state stays, or the whole new one is there.
///
/// # Errors
/// [`RunError`]: then nothing but the lock was written.
pub fn run(folder: &Path, options: &Options, events: &(dyn Fn(Event) + Sync)) -> Result<Done, RunError> {
    let folder = OfficeFolder::open(folder)?;
    let lock = folder.lock()?;
    let inputs = Inputs::read(&folder, &options.pool())?;
    let rules = inputs.rules.clone();
    let run = lock.start_run(options.at)?;
    let outcome = consolidate(&folder, inputs, &run, options, events)?;
    events(Event::Writing);
    write(&outcome, run.path())?;
    finish(&lock, run, outcome, rules)
}

fn finish(_: &Lock, run: RunFolder, outcome: Outcome, rules: Vec<String>) -> Result<Done, RunError> {
    let finished = run.finish(outcome.office.running.keep)?;
    Ok(Done { outcome, path: finished.path, rules, troubles: finished.troubles })
}

impl Options<'_> {
    /// The readers.
    pub fn pool(&self) -> Pool<'_> {
        Pool { program: self.reader, limits: self.limits.clone(), threads: self.threads, stop: self.stop }
    }
}

/// From the folder to the outcome.
fn consolidate(
    folder: &OfficeFolder,
    mut inputs: Inputs,
    run: &RunFolder,
    options: &Options,
    events: &(dyn Fn(Event) + Sync),
) -> Result<Outcome, RunError> {
    let found = intake::find(&folder.returns(), crate::folder::RETURNS);
    let seen = found.into(&mut inputs.findings);
    events(Event::Found(seen.len()));
    let forms = FormReader::new(&inputs.book, &inputs.office.year);
    let mut read = returns::read_all(&seen, &options.pool(), &forms, &inputs.book, &|| events(Event::Read))?;
    let own = returns::read_offices(folder, &options.pool(), &forms, &inputs.book, &mut inputs.findings)?;
    if let Some(mut receipts) = inputs.receipts.take() {
        inputs.findings.extend(receipts.assign(read.arrivals.iter().map(|arrival| &arrival.file)));
        for arrival in &mut read.arrivals {
            if let Some(receipt) = receipts.receipt_for(&arrival.file) {
                arrival.received = receipt.received;
                arrival.extended_to = receipt.extended_to;
                arrival.set_aside = receipt.set_aside.then(|| receipt.reason.clone());
            }
        }
    }
    let expected = Expected {
        schools: &inputs.schools,
        owes: &|school| school.is_open(),
        book: &inputs.book,
        year: &inputs.office.year,
        deadline: inputs.office.deadlines.returns,
    };
    let roll = roll_call::call(&mut read.arrivals, &expected);
    Ok(assemble(Parts {
        run: run.name().to_string(),
        at: options.at,
        office: inputs.office,
        book: inputs.book,
        schools: inputs.schools,
        files: read.facts,
        arrivals: read.arrivals,
        roll,
        own,
        findings: inputs.findings,
    }))
}

/// Writes every file of a run into its folder.
fn write(outcome: &Outcome, folder: &Path) -> Result<(), RunError> {
    let failed = |name: &str| {
        let path = folder.join(name);
        move |source: Box<dyn std::error::Error + Send + Sync>| RunError::NotWritten { path, source }
    };
    let json = || -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let mut file = BufWriter::with_capacity(1 << 20, File::create(folder.join("ket-qua.json"))?);
        outcome.write_json(&mut file)?;
        Ok(file.flush()?)
    };
    let book = || report::write(outcome, &folder.join("tong-hop.xlsx"));
    let csv = || -> io::Result<()> { tables::write(outcome, folder) };
    let (book, (csv, json)) = rayon::join(book, || rayon::join(csv, json));
    book.map_err(|error| failed("tong-hop.xlsx")(error.into()))?;
    csv.map_err(|error| failed("*.csv")(error.into()))?;
    json.map_err(failed("ket-qua.json"))
}

/// Whether a finding is that a school has sent nothing: `--fail-on missing`.
pub fn is_missing(finding: &Finding) -> bool {
    finding.code == code::MISSING
}
