//! The text that a cell of an `.ods` shows.

use quick_xml::events::Event;

use super::names::{Document, Space};
use crate::reader::limits::CELL_TEXT;

/// The paragraphs of a cell, up to its end; notes, drawings and tables inside it are not part of it.
pub(super) fn of_cell(xml: &mut Document<'_>) -> quick_xml::Result<String> {
    let mut shown = Shown::default();
    loop {
        match xml.next()? {
            Event::Start(e) => match xml.name(e.name()) {
                (Space::Text, "p" | "h") => shown.begin(),
                (Space::Text, "s") => {
                    // No run of spaces is longer than a cell's text.
                    let spaces = xml.attribute(&e, Space::Text, "c").and_then(|text| text.parse().ok()).unwrap_or(1);
                    (0..CELL_TEXT.min(spaces)).for_each(|_| shown.push(' '));
                }
                (Space::Text, "tab") => shown.push('\t'),
                (Space::Text, "line-break") => shown.push('\n'),
                (Space::Office, "annotation") | (Space::Table, "detective" | "table") | (Space::Draw, _) => {
                    xml.skip(&e)?;
                }
                _ => {}
            },
            Event::Text(text) => shown.add(&text.xml10_content()),
            Event::CData(text) => shown.add(&text.xml10_content()),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(c)) => shown.push(c),
                _ => {
                    let known = quick_xml::escape::resolve_predefined_entity(&name.xml10_content());
                    shown.add(known.unwrap_or_default());
                }
            },
            Event::End(e) => match xml.name(e.name()) {
                (Space::Text, "p" | "h") => shown.inside = shown.inside.saturating_sub(1),
                (Space::Table, "table-cell" | "covered-table-cell") => return Ok(shown.text),
                _ => {}
            },
            Event::Eof => return Ok(shown.text),
            _ => {}
        }
    }
}

/// A text under construction.
#[derive(Default)]
struct Shown {
    text: String,
    paragraphs: u32,
    /// Paragraphs that are open.
    inside: u32,
    /// White space that follows shows nothing.
    spaced: bool,
}

impl Shown {
    fn begin(&mut self) {
        self.inside += 1;
        self.paragraphs += 1;
        if self.paragraphs > 1 {
            self.text.push('\n');
        }
        self.spaced = true;
    }

    /// What stands between the tags of a paragraph: any white space there is one space, and none where it begins.
    fn add(&mut self, text: &str) {
        if self.inside == 0 {
            return;
        }
        for c in text.chars() {
            let is_space = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !(is_space && self.spaced) {
                self.text.push(if is_space { ' ' } else { c });
            }
            self.spaced = is_space;
        }
    }

    /// A character that is meant.
    fn push(&mut self, c: char) {
        if self.inside > 0 {
            self.text.push(c);
            self.spaced = false;
        }
    }
}
