//! Many workbooks that are the same but for some of their cells: the blank is written once by the library, its parts are
//! taken apart and compressed once, and a copy costs what its own cells, the [`Ink`], cost.
//!
//! What a cell may look like is told beforehand as [`Looks`]: the library numbers formats as it meets them, so each look
//! stands at the far right of the blank's first row while it is written, and goes when its number is known.

mod ink;
mod notes;
mod package;
mod sheet;
mod strings;
mod xml;

use jiff::civil::DateTime;
use rust_xlsxwriter::{Workbook, XlsxError};

use crate::grid::MAX_COLS;
use ink::Printed;
use package::{Bit, Package, Part, Piece, Whole};
use sheet::{Middle, Sheet};
use strings::Strings;

pub use ink::{Formula, Ink, Look, Looks, Value};

const TYPES: &str = "[Content_Types].xml";
const BOOK: &str = "xl/workbook.xml";
const TEXTS: &str = "xl/sharedStrings.xml";
const ABOUT: &str = "docProps/core.xml";

/// A blank, ready to be copied.
#[derive(Debug)]
pub struct Stamp {
    parts: Vec<(String, Kind)>,
    /// The numbers of the looks.
    styles: Vec<u32>,
    /// Texts of the blank.
    texts: u32,
    /// Bytes of the blank.
    size: usize,
}

/// A part of the blank, and what ink does to it.
#[derive(Debug)]
enum Kind {
    /// Nothing.
    Same(Whole),
    /// What a copy with notes says of its parts.
    Types { plain: Whole, noted: Whole },
    /// A worksheet, by its place among them.
    Sheet { index: usize, sheet: Box<Sheet>, middle: Piece },
    /// The texts of cells: the ink's own follow.
    Texts(Piece),
    /// What is printed of sheets is said in the workbook.
    Book(String),
    /// Title and time of creation.
    About(String),
}

/// What a copy says about itself.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// Its title; the blank's where there is none.
    pub title: Option<&'a str>,
    /// When it was made; the blank's time where there is none.
    pub created: Option<DateTime>,
}

impl Stamp {
    /// Of a blank that is whole but for its looks, which the first sheet shows while it is written.
    ///
    /// # Errors
    /// What the library says, or that it has written something that is not known here.
    pub fn new(mut blank: Workbook, looks: &Looks) -> Result<Stamp, XlsxError> {
        let shown = blank.worksheet_from_index(0)?;
        let first = first_look(looks.formats().len());
        for (col, format) in (first..).zip(looks.formats()) {
            shown.write_blank(0, col, format)?;
        }
        let bytes = blank.save_to_buffer()?;
        Stamp::of(&bytes, looks.formats().len())
            .ok_or_else(|| XlsxError::CustomError("a blank workbook is not as expected".to_owned()))
    }

    fn of(bytes: &[u8], looks: usize) -> Option<Stamp> {
        let mut stamp = Stamp { parts: Vec::new(), styles: Vec::new(), texts: 0, size: bytes.len() };
        for (name, part) in package::parts(bytes).ok()? {
            let text = str::from_utf8(&part).ok()?;
            let sheet = name.strip_prefix("xl/worksheets/sheet").and_then(|rest| rest.strip_suffix(".xml"));
            let kind = match (name.as_str(), sheet) {
                (_, Some(number)) => {
                    let index = number.parse::<usize>().ok()?.checked_sub(1)?;
                    let mut sheet = Box::new(Sheet::of(text)?);
                    if index == 0 {
                        stamp.styles = sheet.take_styles_from(first_look(looks));
                    }
                    Kind::Sheet { index, middle: Piece::once(&sheet.middle()), sheet }
                }
                (TYPES, _) => {
                    let end = text.find("<Override")?;
                    let (before, after) = text.split_at(end);
                    let noted = format!("{before}{}{after}", notes::DEFAULT_TYPE);
                    let noted = noted.replace("</Types>", &format!("{}</Types>", notes::TEXTS_TYPE));
                    Kind::Types { plain: Whole::of(text.as_bytes()), noted: Whole::of(noted.as_bytes()) }
                }
                (TEXTS, _) => {
                    let (tag, rest) = text.split_once("<sst ")?;
                    let (_, texts) = rest.split_once('>')?;
                    let texts = texts.strip_suffix("</sst>")?;
                    stamp.texts = u32::try_from(texts.matches("<si>").count()).ok()?;
                    // How many there are may be left out, and differs from copy to copy.
                    let open = "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">";
                    Kind::Texts(Piece::once(&format!("{tag}{open}{texts}")))
                }
                (BOOK, _) => Kind::Book(text.to_owned()),
                (ABOUT, _) => Kind::About(text.to_owned()),
                _ => Kind::Same(Whole::of(&part)),
            };
            stamp.parts.push((name, kind));
        }
        Some(stamp)
    }

    /// A copy, with the ink of each sheet in their order. One sheet at most has notes.
    pub fn copy(&self, inks: &[Ink], about: &About) -> Vec<u8> {
        let mut strings = Strings::behind(self.texts);
        let mut package = Package::with_room(self.size * 3 / 2);
        let noted = inks.iter().position(|ink| !ink.notes.is_empty());
        let none = Ink::default();
        let mut texts = None;
        for (name, kind) in &self.parts {
            match kind {
                Kind::Same(whole) => package.add(name, &Part::Same(whole)),
                Kind::Types { plain, noted: more } => {
                    package.add(name, &Part::Same(if noted.is_some() { more } else { plain }));
                }
                Kind::Sheet { index, sheet, middle } => {
                    let ink = inks.get(*index).unwrap_or(&none);
                    let draws = noted == Some(*index);
                    let written = sheet.with(ink, &self.styles, &mut strings, draws);
                    let middle = match &written.middle {
                        Middle::Same => Bit::Same(middle),
                        Middle::Own(text) => Bit::Own(text),
                    };
                    package.add(name, &Part::Pieces(&[Bit::Own(&written.front), middle, Bit::Own(&written.back)]));
                    if draws {
                        let links = format!("xl/worksheets/_rels/sheet{}.xml.rels", index + 1);
                        package.add(&links, &Part::Own(notes::LINKS));
                        package.add(notes::TEXTS, &Part::Own(&notes::texts(ink)));
                        package.add(notes::DRAWING, &Part::Own(&notes::drawing(sheet, ink)));
                    }
                }
                Kind::Texts(piece) => texts = Some((name, piece)),
                Kind::Book(text) => match self.book(text, inks) {
                    Some(book) => package.add(name, &Part::Own(&book)),
                    None => package.add(name, &Part::Own(text)),
                },
                Kind::About(text) => package.add(name, &Part::Own(&about.written(text))),
            }
        }
        // The last one: all sheets have said which texts they need.
        if let Some((name, piece)) = texts {
            strings.written.push_str("</sst>");
            package.add(name, &Part::Pieces(&[Bit::Same(piece), Bit::Own(&strings.written)]));
        }
        package.finish()
    }

    /// The workbook, where it says something else of what is printed.
    fn book(&self, text: &str, inks: &[Ink]) -> Option<String> {
        let mut book: Option<String> = None;
        for (index, ink) in inks.iter().enumerate() {
            let Some(Printed { to, head }) = ink.printed else { continue };
            let (to, head) = (ink::absolute(to), head + 1);
            for (name, cells) in [("Print_Area", format!("$A$1:{to}")), ("Print_Titles", format!("${head}:${head}"))] {
                let tag = format!("<definedName name=\"_xlnm.{name}\" localSheetId=\"{index}\">");
                let before = book.as_deref().unwrap_or(text);
                let Some((front, rest)) = before.split_once(&tag) else { continue };
                let Some((sheet, _)) = rest.split_once('!') else { continue };
                let Some(end) = rest.find("</definedName>") else { continue };
                book = Some(format!("{front}{tag}{sheet}!{cells}{}", &rest[end..]));
            }
        }
        book
    }
}

impl About<'_> {
    fn written(&self, blank: &str) -> String {
        let mut text = blank.to_owned();
        if let Some(title) = self.title {
            let mut written = String::new();
            xml::escaped(&mut written, title, false);
            text = replaced(&text, "<dc:title>", "</dc:title>", &written);
        }
        if let Some(created) = self.created {
            let time = created.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
            for name in ["created", "modified"] {
                let (open, close) =
                    (format!("<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">"), format!("</dcterms:{name}>"));
                text = replaced(&text, &open, &close, &time);
            }
        }
        text
    }
}

/// The column of the first of so many looks: the last one stands in the last column.
fn first_look(count: usize) -> u16 {
    (MAX_COLS as usize - count) as u16
}

/// A text with what stands between two tags replaced.
fn replaced(text: &str, open: &str, close: &str, by: &str) -> String {
    let found = text.split_once(open).zip(text.split_once(close));
    let Some(((before, _), (_, after))) = found else { return text.to_owned() };
    format!("{before}{open}{by}{close}{after}")
}
