//! How much a run costs, as ratios to a bare calamine loop over the same files, measured in turns in one process:
//! `cargo bench --bench run`. `CDS_BENCH_RETURNS` (2000) and `CDS_BENCH_ROUNDS` (5) change the size.
//!
//! Times are medians; "cpu" is user and system time of this process and of its readers, and is what to look at where
//! the machine has other work. Goals: reading 1.25, the whole run 2.5, a run again over unchanged returns half of the
//! first at most, parent under 200 MB.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "run/clock.rs"]
mod clock;
#[path = "run/office.rs"]
mod office;

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use calamine::{Data, Reader, Xlsx};
use cds::form::layout::{Column, FIRST_ROW, TABLE_SHEET};
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

    let mut costs: [Vec<Cost>; 6] = Default::default();
    // Before the bare loop, which leaves its memory with this process.
    let peak = Peak::reset();
    reader(&office.files, threads);
    let peak_reading = peak.megabytes();
    clear(&office.root);
    whole(&office.root, threads, 0);
    let peak_run = peak.megabytes();
    for _ in 0..rounds {
        costs[0].push(Cost::of(|| bare(&office.files)));
        costs[1].push(Cost::of(|| reader(&office.files, threads)));
        clear(&office.root);
        for night in [0, 1] {
            let (before, whole) = whole(&office.root, threads, night);
            costs[2 + 2 * night].push(before);
            costs[3 + 2 * night].push(whole);
        }
    }
    let [bare, reader, before, whole, before_again, again] = costs.map(|costs| median(&costs));
    println!("{:24}{:>10}{:>8}{:>10}{:>8}", "", "wall ms", "ratio", "cpu ms", "ratio");
    for (name, cost) in [
        ("bare loop", bare),
        ("reader", reader),
        ("run, until written", before),
        ("run", whole),
        ("again, until written", before_again),
        ("again, unchanged", again),
    ] {
        let ms = |seconds: f64| format!("{:.0}", seconds * 1e3);
        let (wall, cpu) = (cost.wall / bare.wall, cost.cpu / bare.cpu);
        println!("{name:24}{:>10}{wall:>8.2}{:>10}{cpu:>8.2}", ms(cost.wall), ms(cost.cpu));
    }
    println!("a return takes {:.0} us of cpu in a run", whole.cpu * 1e6 / returns as f64);
    let (wall, cpu) = (whole.wall / again.wall, whole.cpu / again.cpu);
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

/// A whole run: the cost until the report is begun, and in all.
fn whole(root: &Path, threads: usize, night: usize) -> (Cost, Cost) {
    let pool = pool(threads);
    let at = jiff::civil::date(2025, 6, 9 + night as i8).at(23, 0, 0, 0);
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
    let counted = done.outcome.dues.iter().filter(|due| due.scored.is_some()).count();
    assert_eq!(counted, done.outcome.dues.len());
    drop(done);
    (before.into_inner().unwrap().since(start), end.since(start))
}

fn pool(threads: usize) -> Pool<'static> {
    Pool { program: Path::new(env!("CARGO_BIN_EXE_cds")), limits: Limits::default(), threads, stop: None }
}
