//! The CSV tables of a run, for other programs: columns and words are kept for ever. Sees the outcome and nothing else.

use std::fmt::{self, Display, Write as _};
use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

use csv::ByteRecord;
use rayon::prelude::*;

use crate::outcome::Outcome;
use crate::points::Points;

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
    let mut table = Table::create(&dir.join(EVIDENCE))?;
    minh_chung::rows(outcome, &mut table)?;
    table.finish()
}

/// One table: UTF-8 with a byte order mark (Excel reads no UTF-8 without), RFC 4180, CRLF. A row is put together before
/// it is written: field by field the library writes at half the speed.
struct Table {
    csv: csv::Writer<File>,
    row: ByteRecord,
    field: String,
}

impl Table {
    fn create(path: &Path) -> io::Result<Table> {
        let mut out = File::create(path)?;
        out.write_all("\u{FEFF}".as_bytes())?;
        let mut csv = csv::WriterBuilder::new();
        let csv = csv.terminator(csv::Terminator::CRLF).buffer_capacity(1 << 16).from_writer(out);
        Ok(Table { csv, row: ByteRecord::new(), field: String::new() })
    }

    /// The names of the columns, which are ours and safe.
    fn head(&mut self, names: &[&str]) -> io::Result<()> {
        self.csv.write_record(names).map_err(io::Error::from)
    }

    /// A field that came from outside: text that could start a formula is neutralised.
    fn text(&mut self, text: &str) {
        if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            self.row.push_field(format!("'{text}").as_bytes());
        } else {
            self.row.push_field(text.as_bytes());
        }
    }

    /// A field that is a number, a date or one of our words; empty where not known.
    fn plain(&mut self, value: impl AsRef<[u8]>) {
        self.row.push_field(value.as_ref());
    }

    /// A number or a word of ours, written out.
    fn shown(&mut self, value: impl Display) {
        self.field.clear();
        // A text takes all that is written into it.
        let _: fmt::Result = write!(self.field, "{value}");
        self.row.push_field(self.field.as_bytes());
    }

    /// A number or a word of ours, where it is known.
    fn known(&mut self, value: Option<impl Display>) {
        match value {
            Some(value) => self.shown(value),
            None => self.row.push_field(b""),
        }
    }

    /// Points, where they are known.
    fn points(&mut self, points: Option<Points>) {
        match points {
            Some(points) => self.plain(points.digits()),
            None => self.row.push_field(b""),
        }
    }

    /// Ends the row.
    fn end(&mut self) -> io::Result<()> {
        self.csv.write_byte_record(&self.row)?;
        self.row.clear();
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.csv.flush()
    }
}
