//! Tables as CSV, for other programs. Knows no word of the domain.

use std::fmt::{self, Display, Write as _};
use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

use csv::ByteRecord;

use crate::points::Points;
use crate::text::{Masked, inert};

/// One table: UTF-8 with a byte order mark (Excel reads no UTF-8 without), RFC 4180, CRLF. A row is put together before
/// it is written: field by field the library writes at half the speed.
pub struct Table {
    /// Whether it leaves the office: then its texts come into it through the mask.
    leaves: bool,
    csv: csv::Writer<File>,
    row: ByteRecord,
    field: String,
}

impl Table {
    /// Begins a file.
    pub fn create(path: &Path) -> io::Result<Table> {
        let mut out = File::create(path)?;
        out.write_all("\u{FEFF}".as_bytes())?;
        let mut csv = csv::WriterBuilder::new();
        let csv = csv.terminator(csv::Terminator::CRLF).buffer_capacity(1 << 16).from_writer(out);
        Ok(Table { leaves: false, csv, row: ByteRecord::new(), field: String::new() })
    }

    /// Begins a file for people outside the office.
    pub fn for_outsiders(path: &Path) -> io::Result<Table> {
        Ok(Table { leaves: true, ..Table::create(path)? })
    }

    /// The names of the columns, which are ours and safe.
    pub fn head(&mut self, names: &[&str]) -> io::Result<()> {
        self.csv.write_record(names).map_err(io::Error::from)
    }

    /// A field that came from outside.
    pub fn text(&mut self, text: &str) {
        match self.leaves {
            true => self.row.push_field(inert(&Masked::of(text)).as_bytes()),
            false => self.row.push_field(inert(text).as_bytes()),
        }
    }

    /// A field that is a number, a date or one of our words; empty where not known.
    pub fn plain(&mut self, value: impl AsRef<[u8]>) {
        self.row.push_field(value.as_ref());
    }

    /// A number or a word of ours, written out.
    pub fn shown(&mut self, value: impl Display) {
        self.field.clear();
        // A text takes all that is written into it.
        let _: fmt::Result = write!(self.field, "{value}");
        self.row.push_field(self.field.as_bytes());
    }

    /// A number or a word of ours, where it is known.
    pub fn known(&mut self, value: Option<impl Display>) {
        match value {
            Some(value) => self.shown(value),
            None => self.row.push_field(b""),
        }
    }

    /// Points, where they are known.
    pub fn points(&mut self, points: Option<Points>) {
        match points {
            Some(points) => self.plain(points.digits()),
            None => self.row.push_field(b""),
        }
    }

    /// Ends the row.
    pub fn end(&mut self) -> io::Result<()> {
        self.csv.write_byte_record(&self.row)?;
        self.row.clear();
        Ok(())
    }

    /// Brings what is left to the disk.
    pub fn finish(mut self) -> io::Result<()> {
        self.csv.flush()
    }
}
