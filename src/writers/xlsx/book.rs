//! A workbook made sheet by sheet, side by side, and brought to the disk. The same bytes come out whichever thread is
//! faster.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Cursor, Read, Write};
use std::path::Path;
use std::sync::Arc;

use flate2::Compression;
use rayon::prelude::*;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::Written;
use super::long::{Finished, Numbers, Rows, unexpected};
use super::worksheet::{Apart, place};
use crate::grid::CellRef;
use crate::writers::archive::{Archive, Method, deflated};

/// Why no workbook was made.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// The disk, or a limit of the format.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] XlsxError),
    /// The disk.
    #[error("the workbook could not be written: {0}")]
    Disk(#[from] io::Error),
}

/// A workbook to be filled.
pub struct Book<'b, T> {
    /// With its properties and its own look.
    pub workbook: Workbook,
    /// The sheets behind those that it has, each with its name, whether it is long, and its content.
    pub sheets: Vec<(&'b str, bool, T)>,
    /// Every format of long sheets; the first is the workbook's own.
    pub formats: Vec<&'b Format>,
    /// Where the rows of long sheets lie in files without a name until they are whole; nowhere else is anything written.
    /// Without it they are held in memory.
    pub scratch: Option<&'b Path>,
}

impl<T: Send> Book<'_, T> {
    /// Fills the sheets, each with its content, and a long one with where its rows go; then writes it all.
    ///
    /// # Errors
    /// What `fill` brings about; the disk, as an error of the library.
    pub fn write(
        mut self,
        out: &mut impl Write,
        fill: impl Fn(&mut Worksheet, Option<&mut Rows>, T) -> Written + Sync,
    ) -> Written {
        let workbook = &mut self.workbook;
        // For speed: of a large report four fifths more bytes than at the default level.
        workbook.set_zip_compression_level(1);
        let any_long = self.sheets.iter().any(|(_, is_long, _)| *is_long);
        let numbers = Arc::new(Numbers::of(workbook, if any_long { &self.formats } else { &[] }));
        let before = workbook.worksheets().len();
        for (name, ..) in &self.sheets {
            workbook.add_worksheet().set_name(*name)?.set_formula_result_default("");
        }
        let scratch = self.scratch;
        let filled = |(sheet, (_, is_long, content)): (&mut Worksheet, (&str, bool, T))| {
            let mut rows = is_long.then(|| Rows::new(numbers.clone(), scratch));
            fill(sheet, rows.as_mut(), content)?;
            rows.map(Rows::finish).transpose()
        };
        let sheets: Vec<_> = workbook.worksheets_mut().iter_mut().skip(before).zip(self.sheets).collect();
        let filled: Vec<Result<_, XlsxError>> = sheets.into_par_iter().map(filled).collect();
        let mut long = BTreeMap::new();
        for (index, rows) in (before..).zip(filled) {
            long.extend(rows?.filter(|rows| rows.first.is_some()).map(|rows| (index, rows)));
        }
        assemble(&workbook.save_to_buffer()?, long, out)
    }
}

/// The package that the library has written, with the rows of long sheets in their places.
fn assemble(bytes: &[u8], mut long: BTreeMap<usize, Finished>, out: &mut impl Write) -> Written {
    let failed = |error: ZipError| unexpected(&error.to_string());
    let mut parts = ZipArchive::new(Cursor::new(bytes)).map_err(failed)?;
    let mut package = Archive::default();
    let mut done = Vec::new();
    for at in 0..parts.len() {
        let mut part = parts.by_index_raw(at).map_err(failed)?;
        let name = part.name().map_err(failed)?.into_owned();
        let number = name.strip_prefix("xl/worksheets/sheet").and_then(|rest| rest.strip_suffix(".xml")?.parse().ok());
        let Some(rows) = number.and_then(|number: usize| long.remove(&(number - 1))) else {
            if !done.contains(&name) {
                let mut packed = Vec::with_capacity(part.compressed_size() as usize);
                part.read_to_end(&mut packed)?;
                let is_stored = part.compression() == CompressionMethod::Stored;
                let method = if is_stored { Method::Stored } else { Method::Deflated };
                package.add(&name, (part.crc32(), part.size() as usize), method, &[&packed]);
            }
            continue;
        };
        drop(part);
        let relations_name = format!("xl/worksheets/_rels/sheet{}.xml.rels", number.unwrap_or_default());
        let mut text = |name: &str| {
            let mut text = String::new();
            match parts.by_name(name) {
                Ok(mut part) => part.read_to_string(&mut text).map(|_| Some(text)).map_err(XlsxError::from),
                Err(ZipError::FileNotFound) => Ok(None),
                Err(error) => Err(failed(error)),
            }
        };
        let (sheet, relations) = (text(&name)?.unwrap_or_default(), text(&relations_name)?);
        let links = rows.links(relations.as_ref().map_or(0, |known| known.matches("<Relationship ").count()));
        let (before, behind) = around(&sheet, &rows, links.as_ref().map(|(links, _)| links.as_str()))
            .ok_or_else(|| unexpected("a worksheet"))?;
        add(&mut package, &name, (&before, &behind), rows, out)?;
        if let Some((_, own)) = links.filter(|(_, own)| !own.is_empty()) {
            let none = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
            let all = relations.as_deref().unwrap_or(none).replace("</Relationships>", &(own + "</Relationships>"));
            let about = (crc32fast::hash(all.as_bytes()), all.len());
            package.add(&relations_name, about, Method::Deflated, &[&deflated(&all, Compression::fast(), true)?]);
            done.push(relations_name);
        }
    }
    Ok(out.write_all(&package.finish())?)
}

/// What stands in a worksheet before and behind the rows; `None` where it is not as the library writes one, or where it has
/// rows of its own below them.
fn around(sheet: &str, rows: &Finished, links: Option<&str>) -> Option<(String, String)> {
    let Apart { front, dimension, middle, rows: above, behind: mut elements } = Apart::of(sheet)?;
    let last_above = above.rsplit_once("<row r=\"").and_then(|(_, row)| row.split('"').next()?.parse::<u32>().ok());
    if last_above > rows.first {
        return None;
    }
    let known: CellRef = dimension.rsplit(':').next()?.parse().ok()?;
    let last = CellRef::new(known.row.max(rows.last.0), known.col.max(u32::from(rows.last.1)));
    if let Some(links) = links {
        let at = place("hyperlinks")?;
        match elements.iter_mut().find(|(known, _)| *known == at) {
            Some((_, known)) => *known = known.replace("</hyperlinks>", links.strip_prefix("<hyperlinks>")?),
            None => elements.push((at, links.to_owned())),
        }
        elements.sort_by_key(|(at, _)| *at);
    }
    let behind: String = elements.into_iter().map(|(_, element)| element).collect();
    let before = format!("{front}<dimension ref=\"A1:{last}\"/>{middle}<sheetData>{above}");
    Some((before, format!("</sheetData>{behind}</worksheet>")))
}

fn add(
    package: &mut Archive,
    name: &str,
    (before, behind): (&str, &str),
    rows: Finished,
    out: &mut impl Write,
) -> Written {
    let mut sum = crc32fast::Hasher::new();
    sum.update(before.as_bytes());
    sum.combine(&rows.sum);
    sum.update(behind.as_bytes());
    let about = (sum.finalize(), before.len() + rows.size + behind.len());
    let (before, behind) =
        (deflated(before, Compression::fast(), false)?, deflated(behind, Compression::fast(), true)?);
    let length = before.len() + rows.length as usize + behind.len();
    let packed = before.chain(rows.packed.take(rows.length)).chain(&*behind);
    Ok(package.stream((name, about), (packed, length), out)?)
}

/// Writes to a file; the rows of long sheets lie beside it until they are whole.
///
/// # Errors
/// [`WorkbookError`]: what could not be written.
pub fn to_file(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>, Option<&Path>) -> Written,
) -> Result<(), WorkbookError> {
    let mut out = BufWriter::with_capacity(1 << 16, File::create(path)?);
    write(&mut out, path.parent())?;
    Ok(out.flush()?)
}

/// Writes to memory, all of it.
///
/// # Errors
/// [`WorkbookError::Workbook`]
pub fn to_bytes(write: impl FnOnce(&mut Vec<u8>, Option<&Path>) -> Written) -> Result<Vec<u8>, WorkbookError> {
    let mut out = Vec::new();
    write(&mut out, None)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::writers::xlsx::{Content, Document, workbook};

    /// A short sheet by the library and a long one, with the same four cells below a line of the library's.
    fn made(scratch: Option<&Path>) -> Vec<u8> {
        let (base, bold, link) = (crate::writers::xlsx::base(), Format::new().set_bold(), Format::new().set_italic());
        let mut workbook = workbook().expect("a workbook");
        let created = jiff::civil::date(2025, 6, 1).at(8, 0, 0, 0);
        let about = Document { title: "", subject: "", office: "", comment: "", created };
        workbook.set_properties(&about.properties());
        let book = Book {
            workbook,
            sheets: vec![("Ngắn", false, ()), ("Dài", true, ())],
            formats: vec![&base, &bold, &link],
            scratch,
        };
        let fill = |sheet: &mut Worksheet, rows: Option<&mut Rows>, ()| {
            sheet.write_string(0, 0, "đầu")?.write_url(1, 0, "internal:'Ngắn'!A1")?;
            let Some(rows) = rows else {
                sheet.write_string_with_format(3, 0, " a<b>&_x0041_ ", &bold)?;
                sheet.write_number_with_format(3, 1, 7.25, &link)?;
                sheet.write_blank(3, 2, &base)?.write_number_with_format(3, 3, -3, &bold)?;
                return Ok(());
            };
            rows.begin(3);
            rows.put((3, 1), &Content::Number(7.25), &link)?;
            rows.put((3, 0), &Content::Text("trước"), &bold)?;
            rows.put((3, 0), &Content::Text(" a<b>&_x0041_ "), &bold)?;
            rows.put((3, 2), &Content::Text(""), &base)?;
            rows.height(3, 44.5)?;
            rows.put((3, 3), &Content::Number(-3.0), &bold)?;
            rows.link((3, 0), "file:///../../nop/a%20b.xlsx#'T'!D12");
            rows.link((3, 1), "file:///../../nop/a%20b.xlsx#'T'!D13");
            rows.link((3, 3), "internal:'Ngắn'!A1");
            for row in 4..9_000 {
                rows.put((row, 0), &Content::Formula("1+1<3", "TRUE"), &base)?;
                rows.put((row, 6), &Content::Formula("1+1", "2"), &base)?;
            }
            assert!(rows.put((5, 0), &Content::Blank, &base).is_err(), "a row that is done");
            assert!(rows.put((9_000, 0), &Content::Blank, &Format::new().set_font_size(99)).is_err());
            Ok(())
        };
        let mut out = Vec::new();
        book.write(&mut out, fill).expect("a package");
        out
    }

    fn part(package: &[u8], name: &str) -> String {
        let mut text = String::new();
        let mut parts = ZipArchive::new(Cursor::new(package)).expect("a package");
        parts.by_name(name).expect(name).read_to_string(&mut text).expect("a text");
        text
    }

    #[test]
    fn long_rows_stand_in_their_sheet_as_the_library_would_write_them() {
        let package = made(None);
        let mut book = Xlsx::new(Cursor::new(&package)).expect("a workbook");
        let [short, long] = ["Ngắn", "Dài"].map(|name| book.worksheet_range(name).expect(name));
        for at in [(0, 0), (1, 0), (3, 0), (3, 1), (3, 2), (3, 3)] {
            assert_eq!(short.get_value(at), long.get_value(at), "{at:?}");
        }
        assert_eq!(long.get_value((8_999, 6)), Some(&Data::Float(2.0)));
        assert_eq!(long.end(), Some((8_999, 6)));
        let [short, long] = [1, 2].map(|number| part(&package, &format!("xl/worksheets/sheet{number}.xml")));
        let style = |sheet: &str, cell: &str| {
            sheet
                .split_once(&format!("<c r=\"{cell}\" s=\""))
                .and_then(|(_, rest)| Some(rest.split('"').next()?.to_owned()))
        };
        for cell in ["A4", "B4", "D4"] {
            assert!(style(&short, cell).is_some());
            assert_eq!(style(&short, cell), style(&long, cell), "{cell}");
        }
        assert!(long.contains("<dimension ref=\"A1:G9000\"/>"));
        assert!(long.contains("<row r=\"4\" ht=\"44.25\" customHeight=\"1\"><c r=\"A4\""));
        let links = "<hyperlink ref=\"A4\" r:id=\"rId1\" location=\"'T'!D12\"/><hyperlink ref=\"B4\" r:id=\"rId1\" location=\"'T'!D13\"/><hyperlink ref=\"D4\" location=\"'Ngắn'!A1\"/></hyperlinks>";
        assert!(long.contains(links) && long.matches("<hyperlinks>").count() == 1, "{}", &long[long.len() - 800..]);
        let relations = part(&package, "xl/worksheets/_rels/sheet2.xml.rels");
        assert_eq!(relations.matches("Target=\"../../nop/a%20b.xlsx\"").count(), 1);
    }

    #[test]
    fn rows_on_the_disk_give_the_same_bytes() {
        let dir = tempfile::tempdir().expect("a folder");
        assert!(made(None) == made(Some(dir.path())));
        assert_eq!(dir.path().read_dir().expect("a folder").count(), 0);
    }
}
