//! The CSV tables of a run, for other programs: columns and words are kept for ever. Sees the outcome and nothing else.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::outcome::Outcome;

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
    for (name, rows) in tables {
        let file = File::create(dir.join(name))?;
        let mut table = Table::new(BufWriter::with_capacity(1 << 16, file))?;
        rows(outcome, &mut table)?;
        table.finish()?;
    }
    Ok(())
}

/// The evidence that a frozen result hands on.
pub const EVIDENCE: &str = "minh-chung.csv";

/// Writes the list of the counted returns' and the office's own evidence, [`EVIDENCE`], into a folder.
pub fn write_evidence(outcome: &Outcome, dir: &Path) -> io::Result<()> {
    let mut table = Table::new(BufWriter::new(File::create(dir.join(EVIDENCE))?))?;
    minh_chung::rows(outcome, &mut table)?;
    table.finish()
}

/// One table: UTF-8 with a byte order mark (Excel reads no UTF-8 without), RFC 4180, CRLF.
struct Table {
    csv: csv::Writer<BufWriter<File>>,
}

impl Table {
    fn new(mut out: BufWriter<File>) -> io::Result<Table> {
        out.write_all("\u{FEFF}".as_bytes())?;
        let csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        Ok(Table { csv })
    }

    /// The names of the columns, which are ours and safe.
    fn head(&mut self, names: &[&str]) -> io::Result<()> {
        self.csv.write_record(names).map_err(io::Error::from)
    }

    /// A field that came from outside: text that could start a formula is neutralised.
    fn text(&mut self, text: &str) -> io::Result<()> {
        if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            return self.csv.write_field(format!("'{text}")).map_err(io::Error::from);
        }
        self.csv.write_field(text).map_err(io::Error::from)
    }

    /// A field that is a number, a date or one of our words; empty where not known.
    fn plain(&mut self, value: impl AsRef<[u8]>) -> io::Result<()> {
        self.csv.write_field(value).map_err(io::Error::from)
    }

    /// A number or a word of ours, where it is known.
    fn known(&mut self, value: Option<impl ToString>) -> io::Result<()> {
        self.plain(value.map(|value| value.to_string()).unwrap_or_default())
    }

    /// Ends the row.
    fn end(&mut self) -> io::Result<()> {
        self.csv.write_record(None::<&[u8]>).map_err(io::Error::from)
    }

    fn finish(mut self) -> io::Result<()> {
        self.csv.flush()
    }
}
