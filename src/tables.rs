//! The CSV tables of a run, for other programs: columns and words are kept for ever. Sees the outcome and nothing else.

use std::io;
use std::path::Path;

use rayon::prelude::*;

use crate::outcome::Outcome;
use crate::writers::csv::Table;

mod diem;
mod gui_lai_truong;
mod loi;
mod minh_chung;
mod nop;
mod truong;

/// Writes `truong.csv`, `diem.csv`, `loi.csv`, `nop.csv` and `gui-lai-truong.csv` into a folder.
pub fn write(outcome: &Outcome, dir: &Path) -> io::Result<()> {
    type Rows = fn(&Outcome, &mut Table) -> io::Result<()>;
    let tables: [(&str, Rows); 5] = [
        ("truong.csv", truong::rows),
        ("diem.csv", diem::rows),
        ("loi.csv", loi::rows),
        ("nop.csv", nop::rows),
        ("gui-lai-truong.csv", gui_lai_truong::rows),
    ];
    tables.par_iter().try_for_each(|(name, rows)| {
        let mut table = Table::create(&dir.join(name))?;
        rows(outcome, &mut table)?;
        table.finish()
    })
}

/// The evidence that a frozen result hands on.
pub const EVIDENCE: &str = "minh-chung.csv";

/// Writes the list of the counted returns' and the office's own evidence, [`EVIDENCE`], into a folder.
pub fn write_evidence(outcome: &Outcome, dir: &Path) -> io::Result<()> {
    let mut table = Table::for_outsiders(&dir.join(EVIDENCE))?;
    minh_chung::rows(outcome, &mut table)?;
    table.finish()
}
