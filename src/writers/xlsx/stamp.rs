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

use jiff::civil::DateTime;
use rust_xlsxwriter::{Workbook, XlsxError};

use super::xml;
use crate::grid::MAX_COLS;
use ink::Printed;
use package::{Common, Package, Piece, Whole};
use sheet::Sheet;
use strings::Strings;

pub use ink::{Formula, Ink, Look, Looks, Value};

const TYPES: &str = "[Content_Types].xml";
const BOOK: &str = "xl/workbook.xml";
const TEXTS: &str = "xl/sharedStrings.xml";
/// How the names of what is printed begin.
const PRINTED: &str = "<definedName name=\"_xlnm.Print_";
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
    /// The links of a sheet that has notes.
    links: Whole,
}

/// A part of the blank, and what ink does to it.
#[derive(Debug)]
enum Kind {
    /// Nothing.
    Same(Whole),
    /// What a copy with notes says of its parts.
    Types { plain: Whole, noted: Whole },
    /// A worksheet, by its place among them, and what it is without ink.
    Sheet { index: usize, sheet: Box<Sheet>, plain: Whole },
    /// The texts of cells: the ink's own follow.
    Texts(Common),
    /// What is printed of sheets is said towards the end of the workbook.
    Book { before: Common, rest: String, plain: Whole },
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
        let mut stamp = Stamp {
            parts: Vec::new(),
            styles: Vec::new(),
            texts: 0,
            size: bytes.len(),
            links: Whole::of(notes::LINKS),
        };
        for (name, text) in package::parts(bytes).ok()? {
            let sheet = name.strip_prefix("xl/worksheets/sheet").and_then(|rest| rest.strip_suffix(".xml"));
            let kind = match (name.as_str(), sheet) {
                (_, Some(number)) => {
                    let index = number.parse::<usize>().ok()?.checked_sub(1)?;
                    let mut sheet = Box::new(Sheet::of(&text)?);
                    if index == 0 {
                        stamp.styles = sheet.take_styles_from(first_look(looks));
                    }
                    let plain = Whole::of(&sheet.plain());
                    Kind::Sheet { index, sheet, plain }
                }
                (TYPES, _) => {
                    let end = text.find("<Override")?;
                    let (before, after) = text.split_at(end);
                    let noted = format!("{before}{}{after}", notes::DEFAULT_TYPE);
                    let noted = noted.replace("</Types>", &format!("{}</Types>", notes::TEXTS_TYPE));
                    Kind::Types { plain: Whole::of(&text), noted: Whole::of(&noted) }
                }
                (TEXTS, _) => {
                    let (tag, rest) = text.split_once("<sst ")?;
                    let (_, texts) = rest.split_once('>')?;
                    let texts = texts.strip_suffix("</sst>")?;
                    stamp.texts = u32::try_from(texts.matches("<si>").count()).ok()?;
                    // How many there are may be left out, and differs from copy to copy.
                    let open = "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">";
                    Kind::Texts(Common::of(&format!("{tag}{open}{texts}")))
                }
                (BOOK, _) => {
                    let (before, rest) = text.split_at(text.find(PRINTED).unwrap_or(text.len()));
                    Kind::Book { before: Common::of(before), rest: rest.to_owned(), plain: Whole::of(&text) }
                }
                (ABOUT, _) => Kind::About(text),
                _ => Kind::Same(Whole::of(&text)),
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
        let mut texts = None;
        for (name, kind) in &self.parts {
            match kind {
                Kind::Same(whole) => package.add(name, whole),
                Kind::Types { plain, noted: more } => package.add(name, if noted.is_some() { more } else { plain }),
                Kind::Sheet { index, sheet, plain } => {
                    let Some(ink) = inks.get(*index).filter(|ink| **ink != Ink::default()) else {
                        package.add(name, plain);
                        continue;
                    };
                    let draws = noted == Some(*index);
                    let [front, back] = sheet.with(ink, &self.styles, &mut strings, draws);
                    match &sheet.untouched {
                        Some(untouched) => {
                            package
                                .add_pieces(name, &[Piece::Own(&front), Piece::Common(untouched), Piece::Own(&back)]);
                        }
                        None => package.add_own(name, &(front + &back)),
                    }
                    if draws {
                        let links = format!("xl/worksheets/_rels/sheet{}.xml.rels", index + 1);
                        package.add(&links, &self.links);
                        package.add_own(notes::TEXTS, &notes::texts(ink));
                        package.add_own(notes::DRAWING, &notes::drawing(sheet, ink));
                    }
                }
                Kind::Texts(blank) => texts = Some((name, blank)),
                Kind::Book { before, rest, plain } => match printed(rest, inks) {
                    Some(own) => package.add_pieces(name, &[Piece::Common(before), Piece::Own(&own)]),
                    None => package.add(name, plain),
                },
                Kind::About(text) => package.add_own(name, &about.written(text)),
            }
        }
        // The last one: all sheets have said which texts they need.
        if let Some((name, blank)) = texts {
            strings.written.push_str("</sst>");
            package.add_pieces(name, &[Piece::Common(blank), Piece::Own(&strings.written)]);
        }
        package.finish()
    }
}

/// What is printed of the sheets, where it is something else than of the blank.
fn printed(blank: &str, inks: &[Ink]) -> Option<String> {
    let mut all: Option<String> = None;
    for (index, ink) in inks.iter().enumerate() {
        let Some(Printed { to, head }) = ink.printed else { continue };
        let (to, head) = (ink::absolute(to), head + 1);
        for (name, cells) in [("Area", format!("$A$1:{to}")), ("Titles", format!("${head}:${head}"))] {
            let tag = format!("{PRINTED}{name}\" localSheetId=\"{index}\">");
            let before = all.as_deref().unwrap_or(blank);
            let Some((front, rest)) = before.split_once(&tag) else { continue };
            let Some((sheet, _)) = rest.split_once('!') else { continue };
            let end = rest.find("</").unwrap_or(rest.len());
            all = Some(format!("{front}{tag}{sheet}!{cells}{}", &rest[end..]));
        }
    }
    all
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
