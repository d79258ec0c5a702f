//! What a workbook's parts say beside its values, for `.xlsx`: seen in a pass of its own after the values, whoever has
//! read them, and only where a part holds one of the words that tell of it.
//!
//! ```text
//! styles ─► which cell formats are odd (crossed out, raised, words around a number)
//! strings ─► which texts are of several pieces          ┐
//! worksheet ─► cells with either, links, hidden rows ...┼─► Sheet
//! drawings ─► check boxes, text boxes, pictures         ┘
//! ```

mod cells;
mod drawings;
mod links;
mod strings;
mod styles;
mod xml;

use std::collections::HashMap;

use memchr::memmem;

use super::build::Sheet;
use crate::reader::repack::{Around, Parts};
use strings::Runs;

pub(super) use cells::{Cell, apply};
pub(super) use links::{Address, of_formula};
pub(super) use styles::{CellLook, worded};

/// What the worksheets of a workbook refer to.
pub(super) struct Looks {
    /// By cell format; empty where none is odd.
    formats: Vec<Option<CellLook>>,
    /// Texts of several pieces, by their place among the shared strings.
    strings: HashMap<usize, Runs>,
}

impl Looks {
    /// Of a workbook.
    pub fn of(parts: &Parts<'_>) -> Looks {
        let formats = parts.styles.as_deref().map(styles::odd).unwrap_or_default();
        let has_fonts = formats.iter().flatten().any(CellLook::has_font);
        let strings = parts.strings.as_deref().filter(|part| has_fonts || has_looks(part));
        Looks { formats, strings: strings.map(|part| strings::rich(part, has_fonts)).unwrap_or_default() }
    }

    /// Adds what is to be seen on a worksheet whose values are there.
    pub fn see(&self, part: &[u8], around: &Around<'_>, sheet: &mut Sheet) {
        if !self.strings.is_empty() || self.uses_formats(part) || has_any(part, &TELLING) || !around.is_empty() {
            cells::see(part, self, around, sheet);
        }
        for drawing in &around.drawings {
            drawings::see(drawing, sheet);
        }
        for drawing in &around.old_drawings {
            drawings::see_old(drawing, sheet);
        }
    }

    /// Whether a cell of a worksheet may have one of the odd formats.
    fn uses_formats(&self, part: &[u8]) -> bool {
        let mut odd = (0..).zip(&self.formats).filter(|(_, look)| look.is_some()).map(|(format, _): (usize, _)| format);
        odd.any(|format| {
            memmem::find(part, format!("s=\"{format}\"").as_bytes()).is_some()
                || memmem::find(part, format!("s='{format}'").as_bytes()).is_some()
        })
    }
}

/// Words of a worksheet that tell of more than values. Every worksheet is searched for them: none may stand in ordinary
/// ones, as `hidden="false"` and `right="0.7"` do.
const TELLING: [&[u8]; 9] = [
    b"hidden=\"1",
    b"hidden=\"t",
    b"hidden='",
    b" ht=\"0",
    b" width=\"0",
    b"HYPERLINK(",
    b"hyperlink ",
    b"vertAlign",
    b"strike",
];

/// Whether texts are raised, lowered or crossed out.
fn has_looks(part: &[u8]) -> bool {
    has_any(part, &[b"vertAlign", b"strike"])
}

fn has_any(part: &[u8], words: &[&[u8]]) -> bool {
    words.iter().any(|word| memmem::find(part, word).is_some())
}
