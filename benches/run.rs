//! How much a run costs, as ratios to a bare calamine loop over the same files, measured in turns in one process:
//! `cargo bench --bench run`; `benches/peers.sh` adds what users write instead. `CDS_BENCH_RETURNS` (`200 2000`) and
//! `CDS_BENCH_ROUNDS` (5) change the size; `CDS_WRITE=1` puts the table into the README.
//!
//! Times are medians; "cpu" is user and system time of this process and of its readers, and is what to look at where
//! the machine has other work. Goals at 2,000 returns: with a form to every school 4.0 bare loops by the clock and 1.0 of
//! the peer's computing time; without forms 1.8; again over unchanged returns 0.6; reading 0.8.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "run/clock.rs"]
mod clock;
#[path = "run/office.rs"]
mod office;
#[path = "run/peers.rs"]
mod peers;
#[path = "run/table.rs"]
mod table;

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use calamine::{Data, Reader, Xlsx};
use cds::form_writer::files::{Existing, write_all};
use cds::layouts::form::{Column, FIRST_ROW, TABLE_SHEET};
use cds::operations::Earlier;
use cds::reader::{Content, Job, Limits, Pool};
use cds::reuse::NOTHING;
use cds::run::{Event, Options, run};
use clock::{Cost, peak_of};
use rayon::prelude::*;
use table::{Measured, Table};

fn main() {
    let number = |name, usual| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual);
    let sizes = std::env::var("CDS_BENCH_RETURNS").unwrap_or_else(|_| "200 2000".to_owned());
    let rounds = number("CDS_BENCH_ROUNDS", 5);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().unwrap();
    if let Ok(only) = std::env::var("CDS_BENCH_ONLY") {
        return alone(&only, threads);
    }
    let mut table = Table::default();
    for returns in sizes.split_whitespace().map(|size| size.parse().unwrap()) {
        for forms in [true, false] {
            table.add(returns, forms, &measure(returns, forms, rounds, threads));
        }
    }
    table.finish();
}

/// One thing alone, for a counter of instructions: what has to be there already is made where it is not.
fn alone(only: &str, threads: usize) {
    const RETURNS: usize = 200;
    let office = office::of(RETURNS, only != "clean");
    match only {
        "bare" => bare(&office.files),
        "forms" | "clean" => {
            clear(&office.root);
            drop(whole(&office.root, threads, 0, only == "forms", false));
        }
        "again" => {
            if !office.root.join(cds::folder::CACHE).exists() {
                drop(whole(&office.root, threads, 0, true, false));
            }
            drop(whole(&office.root, threads, 1, true, false));
        }
        other => panic!("{other}: one of bare, forms, clean, again"),
    }
}

/// Everything about one office, in rounds.
fn measure(returns: usize, forms: bool, rounds: usize, threads: usize) -> Measured {
    let office = office::of(returns, forms);
    println!("{returns} returns ({}), forms: {forms}, {threads} threads, {rounds} rounds", office.how);
    let mut measured = Measured::default();
    clear(&office.root);
    let mut alone = std::process::Command::new(env!("CARGO_BIN_EXE_cds"));
    measured.peak = peak_of(alone.arg("run").arg(&office.root).args(["--at", "2025-06-09T23:00"]));
    for round in 0..rounds {
        measured.add("bare loop", Cost::of(|| bare(&office.files)));
        measured.add("reader", Cost::of(|| reader(&office.files, threads)));
        clear(&office.root);
        let run = whole(&office.root, threads, 0, forms, true);
        measured.add("run, until written", run.until_written);
        measured.add("run", run.whole);
        run.parts.into_iter().for_each(|(name, cost)| measured.add(name, cost));
        measured.add("again", whole(&office.root, threads, 1, forms, false).whole);
        measured.add("blank forms", blank_forms(&office.root));
        for (name, cost) in peers::all(&office.root, returns, round) {
            measured.add(name, cost);
        }
    }
    measured.print();
    measured
}

/// The forms of all schools, as they are sent out.
fn blank_forms(root: &Path) -> Cost {
    let folder = cds::folder::OfficeFolder::open(root).unwrap();
    let inputs = cds::run::Inputs::read(&folder, &pool(1)).unwrap();
    let dir = tempfile::tempdir_in(root).unwrap();
    let created = jiff::civil::date(2025, 3, 1).at(8, 0, 0, 0);
    let (office, book, schools) = (&inputs.office, &inputs.book, &inputs.schools);
    Cost::of(|| drop(write_all(office, book, schools, dir.path(), created, Existing::Keep).unwrap()))
}

/// What anybody would write first: open, take the table, add up the scores.
fn bare(files: &[PathBuf]) {
    let sums = files.par_iter().map(|path| {
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(BufReader::new(File::open(path).unwrap())).unwrap();
        let range = book.worksheet_range(TABLE_SHEET).unwrap();
        let rows = range.end().map_or(0, |end| end.0);
        let scores = (FIRST_ROW..=rows).filter_map(|row| match range.get_value((row, Column::Score.index())) {
            Some(Data::Float(points)) => Some(*points),
            Some(Data::String(text)) => text.replace(',', ".").parse().ok(),
            _ => None,
        });
        scores.sum::<f64>()
    });
    assert!(sums.sum::<f64>() > 0.0);
}

/// The same files through the workers, all their sheets.
fn reader(files: &[PathBuf], threads: usize) {
    let jobs: Vec<Job> = files.iter().enumerate().map(|(id, path)| Job { id, path: path.clone() }).collect();
    let read = AtomicUsize::new(0);
    pool(threads)
        .read_all(&jobs, |_, reading| {
            if let Content::Workbook(book) = reading.content {
                assert_eq!(book.grids.len(), 3);
                read.fetch_add(1, Ordering::Relaxed);
            }
        })
        .unwrap();
    assert_eq!(read.into_inner(), files.len());
}

/// Takes away what earlier runs left.
fn clear(root: &Path) {
    let _ = std::fs::remove_dir_all(root.join(cds::folder::RESULTS));
    let _ = std::fs::remove_file(root.join(cds::folder::CACHE));
}

/// What a run costs.
struct Run {
    /// Until the report is begun.
    until_written: Cost,
    /// In all.
    whole: Cost,
    /// To make each kind of output once more, alone.
    parts: Vec<(&'static str, Cost)>,
}

/// A whole run; its parts once more, each alone, where they are asked for.
fn whole(root: &Path, threads: usize, night: i8, forms: bool, with_parts: bool) -> Run {
    let pool = pool(threads);
    let at = jiff::civil::date(2025, 6, 9 + night).at(23, 0, 0, 0);
    let options = Options {
        at,
        reader: pool.program,
        threads,
        limits: pool.limits.clone(),
        settle: Duration::ZERO,
        per_unit: false,
        stop: None,
    };
    let start = Cost::now();
    let before = Mutex::new(Cost::default());
    let done = run(root, &options, &|event| {
        if event == Event::Writing {
            *before.lock().unwrap() = Cost::now();
        }
    })
    .unwrap();
    let end = Cost::now();
    let (outcome, all) = (&done.outcome, done.outcome.expected.len());
    assert_eq!(outcome.expected.iter().filter(|expected| expected.scored.is_some()).count(), all);
    let made = outcome.corrections().iter().filter(|one| one.file.is_some()).count();
    // Of a hasty return here and there nothing is to be said.
    assert!(if forms { made * 100 >= all * 95 } else { made == 0 }, "{made} forms of {all}");
    let mut parts: Vec<(&'static str, Cost)> = Vec::new();
    if with_parts {
        let again = tempfile::tempdir_in(root).unwrap();
        let dir = again.path();
        let mut part = |name, work: &dyn Fn()| parts.push((name, Cost::of(work)));
        part("  tong-hop.xlsx", &|| cds::report::write(outcome, &dir.join("a.xlsx")).unwrap());
        part("  dieu-hanh.xlsx", &|| {
            cds::operations::write(outcome, Earlier::default(), &dir.join("b.xlsx")).unwrap();
        });
        part("  templates", &|| drop(cds::templates::write(outcome, dir, NOTHING).unwrap()));
        part("  csv", &|| cds::tables::write(outcome, dir).unwrap());
        part("  json", &|| outcome.write_json(&mut BufWriter::new(File::create(dir.join("c")).unwrap())).unwrap());
        part("  feedback", &|| drop(cds::feedback::write(outcome, dir, NOTHING).unwrap()));
    }
    drop(done);
    Run { until_written: before.into_inner().unwrap().since(start), whole: end.since(start), parts }
}

fn pool(threads: usize) -> Pool<'static> {
    let mut limits = Limits::default();
    if std::env::var_os("CDS_BENCH_ONLY").is_some() {
        // A counter of instructions takes more room and time than a reader may have.
        let hour = Duration::from_secs(3600);
        limits = Limits { address_space: 1 << 36, cpu: hour, wall: hour, ..limits };
    }
    Pool { program: Path::new(env!("CARGO_BIN_EXE_cds")), limits, threads, stop: None }
}
