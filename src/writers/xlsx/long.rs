//! The rows of a long table. The library holds each cell in memory and looks up what it looks like by all that is in a
//! format, which is most of what a cell costs: these rows are written here, packed as they come, and go into their sheet
//! when the workbook is put together.

use std::collections::HashMap;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use tempfile::SpooledTempFile;

use super::xml::{self, digits, escaped, text_element};
use super::{Written, shown_height};
use crate::grid::CellRef;

/// Bytes of packed rows that stay in memory: more lie on the disk until the sheet is whole.
const IN_MEMORY: usize = 1 << 20;
/// Bytes of rows that are packed at once.
const AT_ONCE: usize = 1 << 16;

/// The numbers of a workbook's formats, in the order in which it is told of them.
pub(super) struct Numbers {
    /// Of formats that stay where they are, by their address: a look at a few of them is cheaper than a hash.
    by_address: Vec<(usize, u32)>,
    known: HashMap<Format, u32>,
}

fn address(format: &Format) -> usize {
    std::ptr::from_ref(format) as usize
}

impl Numbers {
    /// Of a workbook that numbers no other yet: its own format first, then every other one that long tables have. None of
    /// them may move or change while rows are written.
    pub fn of(workbook: &mut Workbook, formats: &[&Format]) -> Numbers {
        let mut known: HashMap<Format, u32> = HashMap::new();
        for format in formats {
            // Texts that are too long do not wrap.
            for format in [(*format).clone(), (*format).clone().unset_text_wrap()] {
                let next = known.len() as u32;
                workbook.register_format(&format);
                known.entry(format).or_insert(next);
            }
        }
        let number = |format: &&Format| Some((address(format), *known.get(*format)?));
        Numbers { by_address: formats.iter().filter_map(number).collect(), known }
    }

    fn number(&self, format: &Format) -> Result<u32, XlsxError> {
        let at = address(format);
        let number = self.by_address.iter().find(|(known, _)| *known == at).map(|(_, number)| number);
        number.or_else(|| self.known.get(format)).copied().ok_or_else(|| unexpected("a format without a number"))
    }
}

pub(super) fn unexpected(what: &str) -> XlsxError {
    XlsxError::CustomError(format!("a long table is not as expected: {what}"))
}

/// What is written into a cell.
pub enum Content<'c> {
    /// A text that is safe in a cell; nothing where it is empty.
    Text(&'c str),
    /// A finite number, or a date as one.
    Number(f64),
    /// A formula with its result: a number as a number is written, else a text.
    Formula(&'c str, &'c str),
    /// Nothing but its look.
    Blank,
}

/// Where a cell leads.
struct Link {
    at: (u32, u16),
    /// A file, encoded; empty for the workbook itself.
    file: String,
    /// A cell in it.
    cell: String,
}

/// The rows of a sheet from one on.
pub struct Rows {
    numbers: Arc<Numbers>,
    /// The first row that is written here, when it is known.
    first: Option<u32>,
    /// The height of rows of which nothing else is said.
    usual: Option<f64>,
    row: Option<u32>,
    height: Option<f64>,
    /// The cells of the row at work, and where each begins.
    cells: String,
    starts: Vec<(u16, usize)>,
    last: (u32, u16),
    links: Vec<Link>,
    packed: Packed,
}

impl Rows {
    /// No rows yet. With a folder, many lie there in a file without a name.
    pub(super) fn new(numbers: Arc<Numbers>, scratch: Option<&Path>) -> Rows {
        Rows {
            numbers,
            first: None,
            usual: None,
            row: None,
            height: None,
            cells: String::new(),
            starts: Vec::new(),
            last: (0, 0),
            links: Vec::new(),
            packed: Packed::new(scratch),
        }
    }

    /// All rows from this one on are written here.
    pub fn begin(&mut self, first: u32) {
        self.first = Some(first);
    }

    /// Whether a row is written here.
    pub fn holds(&self, row: u32) -> bool {
        self.first.is_some_and(|first| row >= first)
    }

    /// The height of every row of which nothing else is said, in points.
    pub fn usual_height(&mut self, points: f64) {
        self.usual = Some(points);
    }

    /// The height of a row, in points. Rows come in their order.
    ///
    /// # Errors
    /// The disk; a row above one that is done.
    pub fn height(&mut self, row: u32, points: f64) -> Written {
        self.go_to(row)?;
        self.height = Some(points);
        Ok(())
    }

    /// A cell. Rows come in their order; of two cells in one place the last one counts.
    ///
    /// # Errors
    /// The disk; a row above one that is done; a format that the workbook does not number.
    pub fn put(&mut self, (row, col): (u32, u16), content: &Content, format: &Format) -> Written {
        let style = self.numbers.number(format)?;
        self.go_to(row)?;
        self.starts.push((col, self.cells.len()));
        self.last.1 = self.last.1.max(col);
        let out = &mut self.cells;
        out.push_str("<c r=\"");
        out.push_str(CellRef::new(row, u32::from(col)).digits().as_str());
        out.push_str("\" s=\"");
        digits(out, u64::from(style));
        match content {
            Content::Blank | Content::Text("") => out.push_str("\"/>"),
            Content::Text(text) => {
                out.push_str("\" t=\"inlineStr\"><is>");
                text_element(out, text);
                out.push_str("</is></c>");
            }
            Content::Number(number) => {
                out.push_str("\"><v>");
                xml::number(out, *number);
                out.push_str("</v></c>");
            }
            Content::Formula(formula, result) => {
                out.push_str(if result.parse::<f64>().is_ok() { "\"><f>" } else { "\" t=\"str\"><f>" });
                escaped(out, formula, false);
                out.push_str("</f><v>");
                escaped(out, result, false);
                out.push_str("</v></c>");
            }
        }
        Ok(())
    }

    /// Lets a cell lead to a file beside the workbook, `file:///` and its encoded path, or into the workbook, `internal:`.
    pub fn link(&mut self, at: (u32, u16), target: &str) {
        let (file, cell) = match target.strip_prefix("internal:") {
            Some(cell) => ("", cell),
            None => {
                let path = target.strip_prefix("file:///").unwrap_or(target);
                path.split_once('#').unwrap_or((path, ""))
            }
        };
        self.links.push(Link { at, file: file.to_owned(), cell: cell.to_owned() });
    }

    fn go_to(&mut self, row: u32) -> Written {
        if self.row == Some(row) {
            return Ok(());
        }
        if self.row.is_some_and(|before| row < before) {
            return Err(unexpected("rows out of order"));
        }
        self.end_row()?;
        self.row = Some(row);
        Ok(())
    }

    fn end_row(&mut self) -> Written {
        let Some(row) = self.row.take() else { return Ok(()) };
        self.last.0 = row;
        let out = &mut self.packed.waiting;
        out.push_str("<row r=\"");
        digits(out, u64::from(row) + 1);
        if let Some(points) = self.height.take().or(self.usual) {
            out.push_str("\" ht=\"");
            xml::number(out, shown_height(points));
            out.push_str("\" customHeight=\"1");
        }
        out.push_str("\">");
        if self.starts.is_sorted_by(|(one, _), (next, _)| one < next) {
            out.push_str(&self.cells);
        } else {
            let ends = self.starts.iter().skip(1).map(|(_, start)| *start).chain([self.cells.len()]);
            let cells: std::collections::BTreeMap<u16, std::ops::Range<usize>> =
                self.starts.iter().zip(ends).map(|((col, start), end)| (*col, *start..end)).collect();
            cells.into_values().for_each(|cell| out.push_str(&self.cells[cell]));
        }
        out.push_str("</row>");
        self.cells.clear();
        self.starts.clear();
        if self.packed.waiting.len() > AT_ONCE { Ok(self.packed.pack()?) } else { Ok(()) }
    }

    /// The rows as they go into their sheet.
    ///
    /// # Errors
    /// The disk.
    pub(super) fn finish(mut self) -> Result<Finished, XlsxError> {
        self.end_row()?;
        let Rows { first, last, links, packed, .. } = self;
        let (packed, length, sum, size) = packed.finish()?;
        Ok(Finished { first, last, links, packed, length, sum, size })
    }
}

/// The rows of a sheet, packed: the deflated stream neither begins nor ends with them.
pub(super) struct Finished {
    /// The first row, where there are any.
    pub first: Option<u32>,
    /// The last row and the last column.
    pub last: (u32, u16),
    links: Vec<Link>,
    /// The packed rows, and how many bytes they have.
    pub packed: SpooledTempFile,
    pub length: u64,
    /// Checksum and size of what is packed.
    pub sum: crc32fast::Hasher,
    pub size: usize,
}

impl Finished {
    /// The links of the sheet as an element of it, and what is to stand among its relations, which are so many already.
    /// A file stands there once.
    pub fn links(&self, known: usize) -> Option<(String, String)> {
        if self.links.is_empty() {
            return None;
        }
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let (mut links, mut relations) = ("<hyperlinks>".to_owned(), String::new());
        for Link { at: (row, col), file, cell } in &self.links {
            links.push_str("<hyperlink ref=\"");
            links.push_str(CellRef::new(*row, u32::from(*col)).digits().as_str());
            if !file.is_empty() {
                let next = known + numbers.len() + 1;
                let number = *numbers.entry(file).or_insert_with(|| {
                    relations.push_str("<Relationship Id=\"rId");
                    digits(&mut relations, next as u64);
                    relations.push_str("\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"");
                    escaped(&mut relations, file, true);
                    relations.push_str("\" TargetMode=\"External\"/>");
                    next
                });
                links.push_str("\" r:id=\"rId");
                digits(&mut links, number as u64);
            }
            if !cell.is_empty() {
                links.push_str("\" location=\"");
                escaped(&mut links, cell, true);
            }
            links.push_str("\"/>");
        }
        links.push_str("</hyperlinks>");
        Some((links, relations))
    }
}

/// Rows as they are packed.
struct Packed {
    waiting: String,
    deflated: DeflateEncoder<SpooledTempFile>,
    sum: crc32fast::Hasher,
    size: usize,
}

impl Packed {
    fn new(scratch: Option<&Path>) -> Packed {
        let to = match scratch {
            Some(dir) => tempfile::spooled_tempfile_in(IN_MEMORY, dir),
            None => tempfile::spooled_tempfile(usize::MAX),
        };
        let deflated = DeflateEncoder::new(to, Compression::fast());
        Packed { waiting: String::new(), deflated, sum: crc32fast::Hasher::new(), size: 0 }
    }

    fn pack(&mut self) -> io::Result<()> {
        self.sum.update(self.waiting.as_bytes());
        self.size += self.waiting.len();
        self.deflated.write_all(self.waiting.as_bytes())?;
        self.waiting.clear();
        Ok(())
    }

    /// The packed rows from their beginning, how many bytes they have, checksum and size of what is packed. More can
    /// follow: the stream has no end.
    fn finish(mut self) -> io::Result<(SpooledTempFile, u64, crc32fast::Hasher, usize)> {
        self.pack()?;
        self.deflated.flush()?;
        let length = self.deflated.get_mut().stream_position()?;
        let mut packed = self.deflated.finish()?;
        packed.seek(SeekFrom::Start(0))?;
        Ok((packed, length, self.sum, self.size))
    }
}
