//! How much a run costs, as ratios to a bare calamine loop over the same files, measured in turns in one process:
//! `cargo bench --bench run`. `CDS_BENCH_RETURNS` (2000) and `CDS_BENCH_ROUNDS` (5) change the size.
//!
//! Times are medians; "cpu" is user and system time of this process and of its readers, and is what to look at where
//! the machine has other work. Goals: reading 1.25, the whole run 2.5, the reports but feedback 1.0, a run again over
//! unchanged returns half of the first at most, parent under 200 MB.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "run/clock.rs"]
mod clock;
#[path = "run/office.rs"]
mod office;

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use calamine::{Data, Reader, Xlsx};
use cds::layouts::form::{Column, FIRST_ROW, TABLE_SHEET};
use cds::operations::Earlier;
use cds::reader::{Content, Job, Limits, Pool};
use cds::run::{Event, Options, run};
use clock::{Cost, Peak, median};
use rayon::prelude::*;

fn main() {
    let number = |name, usual| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual);
    let (returns, rounds) = (number("CDS_BENCH_RETURNS", 2000), number("CDS_BENCH_ROUNDS", 5));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().unwrap();
    let office = office::of(returns);
    println!("{returns} returns ({}), {threads} threads, {rounds} rounds", office.how);

    let mut costs: Vec<(&str, Vec<Cost>)> = Vec::new();
    let mut add = |name: &'static str, cost: Cost| match costs.iter_mut().find(|(known, _)| *known == name) {
        Some((_, costs)) => costs.push(cost),
        None => costs.push((name, vec![cost])),
    };
    // Before the bare loop, which leaves its memory with this process.
    let peak = Peak::reset();
    reader(&office.files, threads);
    let peak_reading = peak.megabytes();
    clear(&office.root);
    whole(&office.root, threads, 0);
    let peak_run = peak.megabytes();
    for _ in 0..rounds {
        add("bare loop", Cost::of(|| bare(&office.files)));
        add("reader", Cost::of(|| reader(&office.files, threads)));
        clear(&office.root);
        let run = whole(&office.root, threads, 0);
        let feedback = run.parts.iter().find(|(name, _)| name.trim() == FEEDBACK).unwrap().1;
        add("run, until written", run.until_written);
        add("run but feedback", run.whole.since(feedback));
        add("reports but feedback", run.whole.since(run.until_written).since(feedback));
        add("run", run.whole);
        run.parts.into_iter().for_each(|(name, cost)| add(name, cost));
        let again = whole(&office.root, threads, 1);
        add("again, until written", again.until_written);
        add("again, unchanged", again.whole);
    }
    let cost_of = |name: &str| median(&costs.iter().find(|(known, _)| *known == name).unwrap().1);
    let bare = cost_of("bare loop");
    println!("{:24}{:>10}{:>8}{:>10}{:>8}", "", "wall ms", "ratio", "cpu ms", "ratio");
    for (name, costs) in &costs {
        let cost = median(costs);
        let ms = |seconds: f64| format!("{:.0}", seconds * 1e3);
        let (wall, cpu) = (cost.wall / bare.wall, cost.cpu / bare.cpu);
        println!("{name:24}{:>10}{wall:>8.2}{:>10}{cpu:>8.2}", ms(cost.wall), ms(cost.cpu));
    }
    let (first, again) = (cost_of("run"), cost_of("again, unchanged"));
    let (wall, cpu) = (first.wall / again.wall, first.cpu / again.cpu);
    println!("a run again, unchanged, is {wall:.2} times as fast by the clock, {cpu:.2} times by computing time");
    println!("peak of the parent: reading {peak_reading} MB, run {peak_run} MB");
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

const FEEDBACK: &str = "feedback";

/// A whole run.
fn whole(root: &Path, threads: usize, night: i8) -> Run {
    let pool = pool(threads);
    let at = jiff::civil::date(2025, 6, 9 + night).at(23, 0, 0, 0);
    let options = Options {
        at,
        reader: pool.program,
        threads,
        limits: pool.limits.clone(),
        settle: std::time::Duration::ZERO,
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
    let counted = done.outcome.expected.iter().filter(|expected| expected.scored.is_some()).count();
    assert_eq!(counted, done.outcome.expected.len());
    let again = tempfile::tempdir_in(root).unwrap();
    let (outcome, dir) = (&done.outcome, again.path());
    let parts = vec![
        ("  tong-hop.xlsx", Cost::of(|| cds::report::write(outcome, &dir.join("a.xlsx")).unwrap())),
        (
            "  dieu-hanh.xlsx",
            Cost::of(|| cds::operations::write(outcome, Earlier::default(), &dir.join("b.xlsx")).unwrap()),
        ),
        ("  templates", Cost::of(|| cds::templates::write(outcome, dir).unwrap())),
        ("  csv", Cost::of(|| cds::tables::write(outcome, dir).unwrap())),
        ("  json", Cost::of(|| outcome.write_json(&mut BufWriter::new(File::create(dir.join("c")).unwrap())).unwrap())),
        ("  feedback", Cost::of(|| drop(cds::feedback::write(outcome, dir, &[0; 32], &|_| None).unwrap()))),
    ];
    drop(done);
    Run { until_written: before.into_inner().unwrap().since(start), whole: end.since(start), parts }
}

fn pool(threads: usize) -> Pool<'static> {
    Pool { program: Path::new(env!("CARGO_BIN_EXE_cds")), limits: Limits::default(), threads, stop: None }
}
