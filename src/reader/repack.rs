//! What matters of a workbook, inflated within hard limits, and a small stored package made of it for calamine.
//!
//! Paths come from the relationships, not from names. What is unusual is left to calamine on the whole file.

mod book;
mod sheet;
mod stored;
mod xls;
mod xlsb;

use std::borrow::Cow;
use std::collections::HashMap;

use memchr::memmem;

use super::limits::Limits;
use super::package::{Budget, Package, Trouble};
use crate::finding::{Code, code};
use crate::grid::CellRef;
use book::Relations;
use sheet::Cleaned;
use stored::Stored;

pub(super) use book::Tab;
pub(super) use sheet::merges;
pub(super) use xls::{Moved, gather};
pub(super) use xlsb::repack_xlsb;

/// A workbook repacked.
pub(super) struct Repacked {
    /// The package to read.
    pub package: Vec<u8>,
    /// Its worksheets, in order.
    pub sheets: Vec<Repack>,
    /// Worksheets that are not there, and why.
    pub refused: Vec<(String, Code)>,
    /// The program that wrote the file, and its version.
    pub software: [Option<String>; 2],
}

/// A worksheet of a repacked workbook.
pub(super) struct Repack {
    /// Its name in the package.
    pub alias: String,
    /// Its name on the tab.
    pub name: String,
    /// Its place among the worksheets of the file.
    pub place: usize,
    pub hidden: bool,
    /// Merged ranges; `None` where they are still to be asked for.
    pub merges: Option<Vec<(CellRef, CellRef)>>,
    /// Errors that calamine does not know, replaced by one that it knows.
    pub errors: Vec<(CellRef, String)>,
    /// Cells that no sheet has were left out.
    pub outside: bool,
    /// Whether there may be formulas.
    pub formulas: bool,
}

/// The parts of an `.xlsx` that matter, inflated.
pub(super) struct Parts<'a> {
    pub strings: Option<Cow<'a, [u8]>>,
    pub styles: Option<Cow<'a, [u8]>>,
    /// Its worksheets, in order; empty beyond the limit.
    pub sheets: Vec<SheetPart<'a>>,
    /// Worksheets that are not there, and why.
    pub refused: Vec<(String, Code)>,
    pub is_1904: bool,
    /// The program that wrote the file, and its version.
    pub software: [Option<String>; 2],
}

/// A worksheet's part.
pub(super) struct SheetPart<'a> {
    pub tab: Tab,
    pub bytes: Cow<'a, [u8]>,
    pub around: Around<'a>,
}

/// The parts that a worksheet refers to, where it does.
#[derive(Default)]
pub(super) struct Around<'a> {
    /// Where its links lead, by relationship.
    pub links: HashMap<String, String>,
    pub tables: Vec<Cow<'a, [u8]>>,
    pub drawings: Vec<Cow<'a, [u8]>>,
    pub old_drawings: Vec<Cow<'a, [u8]>>,
}

impl Around<'_> {
    /// Whether nothing there bears on the worksheet's cells.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty() && self.tables.is_empty()
    }
}

/// Parts that one worksheet refers to, and bytes of each, at most: those of forms have a few thousand.
const AROUND: usize = 20;
const AROUND_BYTES: u64 = 4 << 20;
/// As far as the budget of the file goes.
const ALL: u64 = u64::MAX;

/// Inflates what matters of an `.xlsx`. `Ok(None)` where the file is unusual.
pub(super) fn parts<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Option<Parts<'a>>, Code> {
    match attempt(bytes, limits) {
        Ok(parts) => Ok(parts),
        Err(trouble @ (Trouble::TooFar | Trouble::Encrypted)) => Err(trouble.code()),
        Err(_) => Ok(None),
    }
}

fn attempt<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Option<Parts<'a>>, Trouble> {
    let package = Package::open(bytes, limits.package_parts)?;
    let mut budget = Budget::new(limits);
    let mut part = |name: &str, most: u64| match package.find(name) {
        Some(entry) => package.inflate_checked(entry, most, &mut budget).map(in_utf8).map(without_cdata).map(Some),
        None => Ok(None),
    };
    let Some(main) =
        part("_rels/.rels", ALL)?.and_then(|rels| Relations::read(&rels)?.target_of("/officeDocument", ""))
    else {
        return Ok(None);
    };
    let (folder, file) = main.rsplit_once('/').map_or(("", main.as_str()), |(folder, file)| (folder, file));
    let beside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let relations = part(&beside(&format!("_rels/{file}.rels")), ALL)?.and_then(|rels| Relations::read(&rels));
    let book = part(&main, ALL)?.and_then(|book| book::read(&book));
    let (Some(relations), Some(book)) = (relations, book) else { return Ok(None) };

    let strings = match relations.target_of("/sharedStrings", folder) {
        Some(path) => part(&path, ALL)?,
        None => None,
    };
    let styles = match relations.target_of("/styles", folder) {
        Some(path) => part(&path, ALL)?,
        None => None,
    };
    let mut sheets = Vec::new();
    let mut refused = Vec::new();
    for tab in book.tabs.into_iter().filter(|tab| relations.is_worksheet(&tab.relation)) {
        // Beyond the limit a sheet is counted, never inflated.
        let path = relations.target(&tab.relation, folder);
        let bytes = match &path {
            Some(path) if sheets.len() < limits.sheets => part(path, ALL)?,
            Some(_) => Some(Default::default()),
            None => None,
        };
        match (bytes, path) {
            (Some(bytes), Some(path)) => {
                let around = if refers(&bytes) { around(&path, &mut part) } else { Around::default() };
                sheets.push(SheetPart { tab, bytes, around });
            }
            _ => refused.push((tab.name, code::SHEET_UNREADABLE)),
        }
    }
    let app = part("docProps/app.xml", ALL).ok().flatten();
    let about = |tag: &str| app.as_deref().and_then(|app| book::text_of(app, tag));
    let software = [about("Application"), about("AppVersion")];
    Ok(Some(Parts { strings, styles, sheets, refused, is_1904: book.is_1904, software }))
}

/// Whether a worksheet refers to links, tables or drawings.
fn refers(part: &[u8]) -> bool {
    [&b"yperlink "[..], b"rawing ", b"tablePart"].iter().any(|word| memmem::find(part, word).is_some())
}

/// What a worksheet's relationships lead to. None of it is needed to read the worksheet, so what is missing or damaged is
/// as if it were not there.
fn around<'a>(path: &str, part: &mut impl FnMut(&str, u64) -> Result<Option<Cow<'a, [u8]>>, Trouble>) -> Around<'a> {
    let mut around = Around::default();
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let slash = if folder.is_empty() { "" } else { "/" };
    let rels = part(&format!("{folder}{slash}_rels/{file}.rels"), AROUND_BYTES).ok().flatten();
    let Some(relations) = rels.and_then(|rels| Relations::read(&rels)) else { return around };
    for (kind, path) in relations.targets(folder).take(AROUND) {
        let list = match kind {
            "table" => &mut around.tables,
            "drawing" => &mut around.drawings,
            "vmlDrawing" => &mut around.old_drawings,
            _ => continue,
        };
        list.extend(part(&path, AROUND_BYTES).ok().flatten());
    }
    around.links = relations.links();
    around
}

impl Parts<'_> {
    /// Repacks what is left for calamine to read.
    pub fn repack(&self, limits: &Limits) -> Repacked {
        let mut stored = Stored::default();
        if let Some(strings) = &self.strings {
            let mut strings = strings.to_vec();
            book::forget_count(&mut strings);
            stored.add("xl/sharedStrings.xml", &[&strings]);
        }
        if let Some(styles) = &self.styles {
            stored.add("xl/styles.xml", &book::formats(styles));
        }
        let mut sheets = Vec::new();
        let mut refused = self.refused.clone();
        for (place, SheetPart { tab, bytes, .. }) in self.sheets.iter().enumerate() {
            match sheet::clean(bytes, limits.merges) {
                Some(cleaned) => sheets.push(add(&mut stored, tab, sheets.len(), place, cleaned)),
                None => refused.push((tab.name.clone(), code::SHEET_UNREADABLE)),
            }
        }
        for (name, text) in book::frame(&sheets, self.is_1904) {
            stored.add(name, &[text.as_bytes()]);
        }
        Repacked { package: stored.finish(), sheets, refused, software: self.software.clone() }
    }
}

/// A part in UTF-16, which calamine does not always take, in UTF-8 and without a word on its encoding.
fn in_utf8(part: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    let pair: fn([u8; 2]) -> u16 = match *part {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return part,
    };
    let units = part[2..].chunks_exact(2).map(|bytes| pair([bytes[0], bytes[1]]));
    let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    let body = match text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, body)) => body.to_owned(),
        None => text,
    };
    Cow::Owned(body.into_bytes())
}

/// A part with its texts written plainly: calamine passes over those in `<![CDATA[...]]>`.
fn without_cdata(part: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    const BEGIN: &[u8] = b"<![CDATA[";
    if memmem::find(&part, BEGIN).is_none() {
        return part;
    }
    let mut out = Vec::with_capacity(part.len());
    let mut rest = &part[..];
    while let Some(at) = memmem::find(rest, BEGIN) {
        let text = &rest[at + BEGIN.len()..];
        let Some(end) = memmem::find(text, b"]]>") else { break };
        out.extend_from_slice(&rest[..at]);
        for byte in &text[..end] {
            match byte {
                b'&' => out.extend_from_slice(b"&amp;"),
                b'<' => out.extend_from_slice(b"&lt;"),
                b'>' => out.extend_from_slice(b"&gt;"),
                byte => out.push(*byte),
            }
        }
        rest = &text[end + 3..];
    }
    out.extend_from_slice(rest);
    Cow::Owned(out)
}

fn add(stored: &mut Stored, tab: &Tab, number: usize, place: usize, cleaned: Cleaned<'_>) -> Repack {
    let alias = format!("s{number}");
    stored.add(&format!("xl/worksheets/{alias}.xml"), &cleaned.parts);
    let Cleaned { merges, errors, outside, formulas, .. } = cleaned;
    Repack { alias, name: tab.name.clone(), place, hidden: tab.hidden, merges, errors, outside, formulas }
}
