//! A run: the stages and outputs in order. Emits events, prints nothing; knows everybody.

mod assemble;
mod bounds;
mod cache;
mod earlier;
mod explain;
mod failed;
mod history;
pub mod impact;
mod inputs;
mod log;
mod older;
mod one;
mod part;
mod recognised;
mod returns;
mod settle;
mod units;
mod verified;

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::civil::DateTime;

use crate::dossier::{self, Lies};
use crate::finding::{Finding, code};
use crate::folder::{EVIDENCE_LIST, FolderError, NEWEST, OfficeFolder, RunFolder};
use crate::form::FormReader;
use crate::form_writer::WriteError;
use crate::intake::{self, SeenPath};
use crate::operations::Earlier;
use crate::outcome::{FILE as RESULT, Outcome};
use crate::proofs;
use crate::reader::{Limits, Pool, PoolError};
use crate::receipts::Granted;
use crate::reuse::Made;
use crate::roll_call::{self, Expected};
use crate::settings::Mistake;
use crate::views::corrections;
use crate::views::morning::Morning;
use crate::writers::xlsx::WorkbookError;
use crate::{feedback, morning, operations, report, reuse, tables, templates};
use assemble::{Parts, assemble};
use cache::{Cache, Stamp};
use log::Log;

pub use assemble::FileFacts;
pub use cache::Ignored;
pub use earlier::last_year;
pub use failed::leave_trace;
pub use inputs::{Inputs, rules_in_force, sheets};
pub use log::FILE as LOG;
pub use one::{Verdict, check_one, is_there};
pub use returns::{ReadForm, read_form};
pub use units::units_seen;

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
    /// How long to look whether files are still arriving, before any is read; zero: not at all.
    pub settle: Duration,
    /// Whether each unit gets a workbook with the results of its schools.
    pub per_unit: bool,
    /// When it turns true, the run ends without a result.
    pub stop: Option<&'a AtomicBool>,
}

/// What happens while a run is made. The progress bar, the plain lines and the log are readers of this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// Waiting so many seconds for files that are still arriving.
    Settling(u64),
    /// So many files are there to read.
    Found(usize),
    /// The cache of the last run is not used.
    CacheIgnored(Ignored),
    /// So many files are as they were when the last run read them.
    Unchanged(usize),
    /// One more file is read; so much is to be said of it.
    Read {
        /// Relative to the office folder.
        file: &'a str,
        /// How many findings.
        findings: usize,
    },
    /// All is read and scored; the report is being written.
    Writing,
}

/// Who listens to a run.
pub type Events<'a> = dyn Fn(Event) + Sync + 'a;

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
    Readers(PoolError),
    /// Somebody asked to stop.
    #[error("stopped")]
    Stopped,
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
pub fn run(folder: &Path, options: &Options, events: &Events) -> Result<Done, RunError> {
    let folder = OfficeFolder::open(folder)?;
    let lock = folder.lock()?;
    let mut inputs = Inputs::read(&folder, &options.pool())?;
    let last_year = last_year(&folder, &inputs.office).collect_into(&mut inputs.findings);
    let rules = inputs.rules.clone();
    let mut run = lock.start_run(options.at)?;
    inputs.findings.extend(history::doubtful(&folder, &inputs.office.year)?);
    let log = Log::create(run.path(), options.at, &rules)
        .map_err(|source| not_written(run.path(), log::FILE)(source.into()))?;
    let told = |event: Event| {
        log.event(event);
        events(event);
    };
    let stamp = Stamp::of(&inputs.book, &inputs.office.year, &options.limits, options.reader);
    let (cache, ignored) = Cache::open(&folder, stamp);
    if let Some(ignored) = ignored {
        told(Event::CacheIgnored(ignored));
    }
    let mut outcome = consolidate(&folder, inputs, last_year.as_ref(), &run, options, &cache, &told)?;
    history::tell(&folder, &mut outcome)?;
    options.go_on()?;
    events(Event::Writing);
    let (made, morning) = write(&outcome, last_year.as_ref(), &folder, &cache, options.per_unit, run.path())?;
    log.made(&made);
    log.close(&outcome).map_err(|source| not_written(run.path(), log::FILE)(source.into()))?;
    options.go_on()?;
    let page = shown_page(&folder, &morning, &outcome.run, run.path(), None)
        .map_err(|source| not_written(folder.root(), NEWEST)(source.into()))?;
    run.know(made.iter().map(|made| (made.file.clone(), made.content.clone())));
    let finished = run.finish(outcome.office.running.keep, &page)?;
    let mut troubles = finished.troubles;
    troubles.extend(cache.finish(&outcome.run, made).err());
    Ok(Done { outcome, path: finished.path, rules, troubles })
}

impl Options<'_> {
    fn go_on(&self) -> Result<(), RunError> {
        let stopped = self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed));
        if stopped { Err(RunError::Stopped) } else { Ok(()) }
    }

    /// The readers.
    pub fn pool(&self) -> Pool<'_> {
        Pool { program: self.reader, limits: self.limits.clone(), threads: self.threads, stop: self.stop }
    }
}

/// From the folder to the outcome.
fn consolidate(
    folder: &OfficeFolder,
    mut inputs: Inputs,
    last_year: Option<&Outcome>,
    run: &RunFolder,
    options: &Options,
    cache: &Cache,
    events: &Events,
) -> Result<Outcome, RunError> {
    let (seen, arriving) = look(folder, options, events, &mut inputs.findings)?;
    let mut handed = units::look(folder, &inputs, &options.pool())?;
    events(Event::Found(seen.len() + handed.files()));
    let forms = FormReader::new(&inputs.book, &inputs.office.year);
    let read =
        |seen: &[SeenPath]| returns::read_all(seen, &arriving, &options.pool(), &forms, &inputs.book, cache, events);
    let mut unchanged = 0;
    handed.retrace(&inputs.book, |seen| {
        let again = read(seen)?;
        unchanged += again.unchanged;
        Ok(again.arrivals)
    })?;
    let mut read = read(&seen)?;
    events(Event::Unchanged(unchanged + read.unchanged));
    let own = returns::read_offices(folder, &options.pool(), &forms, &inputs.book, &mut inputs.findings)?;
    let verified =
        verified::read_all(folder, &options.pool(), &inputs.schools, &inputs.book)?.collect_into(&mut inputs.findings);
    let recognised =
        recognised::read(folder, &options.pool(), &inputs.schools, &inputs.book)?.collect_into(&mut inputs.findings);
    let mut granted = Granted::new();
    let mut refusals = Vec::new();
    if let Some(mut receipts) = inputs.receipts.take() {
        let (given, said) = receipts.granted(&inputs.schools, &inputs.book, inputs.office.deadlines.returns);
        granted = given;
        inputs.findings.extend(said);
        let (refused, said) = receipts.refused(&inputs.schools, &inputs.book);
        refusals = refused;
        inputs.findings.extend(said);
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
        today: Some(options.at.date()),
        deadline: inputs.office.deadlines.returns,
        again: inputs.office.deadlines.again,
        granted: &granted,
    };
    let mut roll = roll_call::call(&mut read.arrivals, &expected);
    let joined = handed.join(&inputs, &mut roll);
    inputs.schools.extend(joined.schools.iter().cloned());
    let dossier = proofs::read(folder.root(), inputs.book.of_office()).collect_into(&mut inputs.findings);
    let parts = Parts {
        run: run.name().to_string(),
        at: options.at,
        office: inputs.office,
        book: inputs.book,
        schools: inputs.schools,
        files: read.facts,
        arrivals: read.arrivals,
        roll,
        own,
        verified,
        joined,
        recognised,
        dossier,
        refusals,
        findings: inputs.findings,
    };
    Ok(assemble(parts, last_year))
}

/// What is in `nop/`, and what of it is still arriving: not there, or not so, at a first look.
fn look(
    folder: &OfficeFolder,
    options: &Options,
    events: &Events,
    findings: &mut Vec<Finding>,
) -> Result<(Vec<SeenPath>, HashSet<Arc<str>>), RunError> {
    let find = || intake::find(&folder.returns(), crate::folder::RETURNS);
    if options.settle.is_zero() {
        return Ok((find().collect_into(findings), HashSet::new()));
    }
    let before = find().value;
    events(Event::Settling(options.settle.as_secs()));
    let until = Instant::now() + options.settle;
    while let Some(left) = until.checked_duration_since(Instant::now()) {
        options.go_on()?;
        std::thread::sleep(left.min(Duration::from_millis(100)));
    }
    let now = find().collect_into(findings);
    let same = |path: &&SeenPath| before.iter().any(|known| known.file == path.file && known == *path);
    let arriving = now.iter().filter(|path| !same(path)).map(|path| path.file.clone()).collect();
    Ok((now, arriving))
}

fn not_written(folder: &Path, name: &str) -> impl FnOnce(Box<dyn std::error::Error + Send + Sync>) -> RunError + use<> {
    let path = folder.join(name);
    move |source| RunError::NotWritten { path, source }
}

/// The page of the morning: `name` is the run's, `path` where its files are now.
fn shown_page(
    folder: &OfficeFolder,
    morning: &Morning,
    name: &str,
    path: &Path,
    failure: Option<&morning::Failure>,
) -> std::io::Result<String> {
    let results = folder.results();
    let results = results.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let shown = morning::Shown { morning, folder: &format!("{results}/{name}"), has: &|file| path.join(file).exists() };
    morning::page(Some(&shown), failure)
}

/// Writes every file of a run into its folder; tells what the next run may take over, and what the page of the morning says.
fn write(
    outcome: &Outcome,
    last_year: Option<&Outcome>,
    office: &OfficeFolder,
    cache: &Cache,
    per_unit: bool,
    folder: &Path,
) -> Result<(Vec<Made>, Morning), RunError> {
    let failed = |name: &str| not_written(folder, name);
    let json = || -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let mut file = BufWriter::with_capacity(1 << 20, File::create(folder.join(RESULT))?);
        outcome.write_json(&mut file)?;
        Ok(file.flush()?)
    };
    let book = || report::write(outcome, &folder.join("tong-hop.xlsx"));
    let csv = || tables::write(outcome, folder);
    let results = office.results();
    let made = |inputs: &[u8; 32]| cache.made(&results, inputs);
    let before = reuse::Earlier { stamp: cache.stamp(), find: &made };
    let starts = || {
        let made = templates::write(outcome, folder, before)?;
        dossier::write(outcome, Lies::InRun, &folder.join(EVIDENCE_LIST))?;
        Ok::<_, WorkbookError>(made)
    };
    let back = || {
        let made = feedback::write(outcome, folder, before)?;
        if outcome.office.running.drafts {
            feedback::mail::write(outcome, folder)?;
        }
        Ok::<_, WriteError>(made)
    };
    let units = || feedback::write_units(outcome, per_unit, folder);
    let own = || {
        // The previous run is read here, while the report is being written.
        let previous = earlier::previous(office, outcome);
        let earlier = Earlier {
            previous: previous.as_ref().ok().and_then(Option::as_ref),
            unreadable: previous.as_ref().err(),
            last_year,
        };
        operations::write(outcome, earlier, &folder.join("dieu-hanh.xlsx"))?;
        Ok::<_, WorkbookError>(Morning::of(outcome, earlier.previous))
    };
    let ((book, (back, own)), (starts, (csv, json))) =
        rayon::join(|| rayon::join(book, || rayon::join(back, own)), || rayon::join(starts, || rayon::join(csv, json)));
    let morning = own.map_err(|error| failed("dieu-hanh.xlsx")(error.into()))?;
    units().map_err(|error| failed(feedback::UNITS_FOLDER)(error.into()))?;
    let starts = starts.map_err(|error| failed("mau-*.xlsx")(error.into()))?;
    let mut made = back.map_err(|error| failed(corrections::FOLDER)(error.into()))?;
    book.map_err(|error| failed("tong-hop.xlsx")(error.into()))?;
    csv.map_err(|error| failed("*.csv")(error.into()))?;
    json.map_err(failed(RESULT))?;
    made.extend(starts);
    Ok((made, morning))
}

impl From<PoolError> for RunError {
    fn from(error: PoolError) -> RunError {
        match error {
            PoolError::Stopped => RunError::Stopped,
            other => RunError::Readers(other),
        }
    }
}

/// Whether a finding is that a school has sent nothing: `--fail-on missing`.
pub fn is_missing(finding: &Finding) -> bool {
    finding.code == code::MISSING
}
