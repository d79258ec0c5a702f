//! The structure of a file: its sheets, what kind of value stands in which cell, and the titles that are the forms' own.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::shape::shape;
use crate::finding::Finding;
use crate::grid::{Grid, Value};
use crate::layouts::form::{Column, Field, GUIDANCE_SHEET, HIDDEN_SHEET, TABLE_SHEET, TITLE};
use crate::reader::{Content, Reading};
use crate::rules;
use crate::text::fold;

/// Cells of a sheet that are shown: a form has a few hundred.
const MOST: usize = 2_000;

/// What a file is made of.
pub(super) fn structure(reading: &Reading) -> String {
    let mut text = format!("bytes: {}\n", reading.size);
    content(&reading.content, &own_words(), &mut text);
    text
}

fn content(content: &Content, known: &BTreeSet<String>, text: &mut String) {
    match content {
        Content::Workbook(workbook) => {
            let software = workbook.software.as_deref().map_or_else(|| "-".to_owned(), software);
            // A String takes whatever is written to it.
            let _ = writeln!(text, "{}, written by {software}", workbook.format.name());
            codes(&workbook.findings, text);
            workbook.grids.iter().for_each(|grid| sheet(grid, known, text));
        }
        Content::Archive(archive) => {
            codes(&archive.findings, text);
            for member in &archive.members {
                let _ = writeln!(text, "\nmember {}, bytes: {}", shape(&member.name), member.reading.size);
                self::content(&member.reading.content, known, text);
            }
        }
        Content::Other(kind) => {
            let _ = writeln!(text, "no workbook: {kind:?}");
        }
        Content::Unreadable(findings) => codes(findings, text),
    }
}

/// A program that is known by its name; what else stands there may be anything.
fn software(name: &str) -> String {
    const KNOWN: [&str; 6] = ["Microsoft", "LibreOffice", "WPS", "Apache", "OpenOffice", "cds"];
    if KNOWN.iter().any(|known| name.starts_with(known)) { name.to_owned() } else { shape(name) }
}

fn codes(findings: &[Finding], text: &mut String) {
    for finding in findings {
        let _ = writeln!(text, "{}", finding.code);
    }
}

fn sheet(grid: &Grid, known: &BTreeSet<String>, text: &mut String) {
    let _ = writeln!(
        text,
        "\nsheet {}: {} cells, {} merges, hidden: {}, hidden rows: {:?}, hidden columns: {:?}, cut: {}",
        shown(&grid.name, known),
        grid.cells().len(),
        grid.merges.len(),
        grid.hidden,
        grid.hidden_rows.runs(),
        grid.hidden_cols.runs(),
        grid.truncated
    );
    for (at, value) in grid.cells().iter().take(MOST) {
        let value = match value {
            Value::Text(words) => format!("text {}", shown(words, known)),
            Value::Number(number) => format!("number {}", shape(&number.to_string())),
            Value::Date(_) => "date".to_owned(),
            Value::Time(_) => "time".to_owned(),
            Value::Bool(_) => "yes/no".to_owned(),
            Value::Error(error) => format!("error {error}"),
            Value::Uncomputed => "formula without a value".to_owned(),
        };
        let _ = writeln!(text, "  {at} {value}");
    }
}

/// A text as it is where it is one of the forms', whole.
fn shown(text: &str, known: &BTreeSet<String>) -> String {
    if known.contains(&fold(text)) { text.to_owned() } else { shape(text) }
}

/// What the forms of the program's own sets say, and codes of items.
fn own_words() -> BTreeSet<String> {
    let fields = Field::ALL.iter().flat_map(|field| [false, true].map(|office| field.label(office)));
    let mut words: BTreeSet<String> = [GUIDANCE_SHEET, HIDDEN_SHEET, TABLE_SHEET, TITLE]
        .into_iter()
        .chain(Column::ALL.iter().map(|column| column.title()))
        .chain(fields.flatten())
        .map(fold)
        .collect();
    // The sets of the program load, as its tests hold.
    let sets = rules::book(Vec::new()).map(|assembled| assembled.book.sets).unwrap_or_default();
    for set in sets {
        words.extend([fold(&set.title), fold(&set.short)]);
        words.extend(set.nodes.iter().flat_map(|node| [fold(&node.title), node.code.to_string()]));
    }
    words
}
