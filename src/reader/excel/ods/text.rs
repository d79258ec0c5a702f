//! What a cell of an `.ods` shows: its text with the looks of its pieces, where its links lead, what is drawn on it.

use quick_xml::events::{BytesStart, Event};

use super::names::{Document, Space};
use super::styles::{Change, Styles};
use crate::grid::{DrawnKind, Fact};
use crate::reader::excel::rich::{Look, Rich};
use crate::reader::limits::CELL_TEXT;

/// Links and drawings of one cell, at most.
const MOST: usize = 100;

/// The inside of a cell.
#[derive(Default)]
pub(super) struct Content {
    pub text: String,
    /// Where pieces of another look begin.
    looks: Vec<(usize, Change)>,
    pub links: Vec<String>,
    pub drawn: Vec<Drawing>,
}

/// Something drawn on cells.
pub(super) struct Drawing {
    pub kind: DrawnKind,
    pub text: String,
    /// The last cell that it covers, as the file names it.
    pub to: Option<String>,
    /// Of a control of a form: which one.
    pub control: Option<String>,
}

impl Content {
    /// The text to read in a cell of this look, and what is to be seen; `None` where no piece has a look of its own.
    pub fn rich(&self, cell: Look) -> Option<(String, Vec<Fact>)> {
        if self.looks.iter().all(|(_, change)| change.on(cell) == cell) {
            return None;
        }
        let mut rich = Rich::default();
        let mut pieces = self.looks.iter().peekable();
        let first = pieces.peek().map_or(self.text.len(), |(at, _)| *at);
        rich.push(&self.text[..first], cell);
        while let Some((from, change)) = pieces.next() {
            let to = pieces.peek().map_or(self.text.len(), |(at, _)| *at);
            rich.push(&self.text[*from..to], change.on(cell));
        }
        Some(rich.finish())
    }
}

/// Reads a cell up to its end; notes and tables inside it are not part of it.
pub(super) fn of_cell(xml: &mut Document<'_>, styles: &Styles) -> quick_xml::Result<Content> {
    let mut shown = Shown::default();
    let mut spans = vec![Change::default()];
    loop {
        match xml.next()? {
            Event::Start(e) => match xml.name(e.name()) {
                (Space::Text, "p" | "h") => shown.begin(),
                (Space::Text, "span") => {
                    let style = xml.attribute(&e, Space::Text, "style-name").unwrap_or_default();
                    let around = spans.last().copied().unwrap_or_default();
                    spans.push(around.then(styles.text(&style)));
                    shown.look(spans.last().copied().unwrap_or_default());
                }
                (Space::Text, "a") => {
                    let address = xml.attribute(&e, Space::Link, "href").filter(|address| !address.is_empty());
                    if shown.content.links.len() < MOST {
                        shown.content.links.extend(address);
                    }
                }
                (Space::Text, "s") => {
                    // No run of spaces is longer than a cell's text.
                    let spaces = xml.attribute(&e, Space::Text, "c").and_then(|text| text.parse().ok()).unwrap_or(1);
                    (0..CELL_TEXT.min(spaces)).for_each(|_| shown.push(' '));
                }
                (Space::Text, "tab") => shown.push('\t'),
                (Space::Text, "line-break") => shown.push('\n'),
                (Space::Draw, _) => {
                    let drawn = drawing(xml, &e)?;
                    if shown.content.drawn.len() < MOST {
                        shown.content.drawn.extend(drawn);
                    }
                }
                (Space::Office, "annotation") | (Space::Table, "detective" | "table") => xml.skip(&e)?,
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
                (Space::Text, "span") => {
                    if spans.len() > 1 {
                        spans.pop();
                    }
                    shown.look(spans.last().copied().unwrap_or_default());
                }
                (Space::Table, "table-cell" | "covered-table-cell") => return Ok(shown.content),
                _ => {}
            },
            Event::Eof => return Ok(shown.content),
            _ => {}
        }
    }
}

/// Something drawn, up to its end; `None` for what shows nothing that could be read, as charts.
fn drawing(xml: &mut Document<'_>, e: &BytesStart<'_>) -> quick_xml::Result<Option<Drawing>> {
    let name = xml.name(e.name()).1.to_owned();
    let to = xml.attribute(e, Space::Table, "end-cell-address");
    let control = xml.attribute(e, Space::Draw, "control");
    let mut text = Shown::default();
    let (mut has_picture, mut has_object) = (false, false);
    let mut depth = 1;
    while depth > 0 {
        match xml.next()? {
            Event::Start(e) => {
                depth += 1;
                match xml.name(e.name()) {
                    (Space::Text, "p" | "h") => text.begin(),
                    (Space::Draw, "image") => has_picture = true,
                    (Space::Draw, "object" | "object-ole" | "plugin") => has_object = true,
                    _ => {}
                }
            }
            Event::Text(piece) => text.add(&piece.xml10_content()),
            Event::End(e) => {
                depth -= 1;
                if matches!(xml.name(e.name()), (Space::Text, "p" | "h")) {
                    text.inside = text.inside.saturating_sub(1);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let text = text.content.text.trim().to_owned();
    let kind = match name.as_str() {
        "control" => DrawnKind::CheckBox,
        _ if has_object => return Ok(None),
        _ if has_picture => DrawnKind::Picture,
        _ if !text.is_empty() => DrawnKind::TextBox,
        _ => return Ok(None),
    };
    Ok(Some(Drawing { kind, text, to, control }))
}

/// A text under construction.
#[derive(Default)]
struct Shown {
    content: Content,
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
            self.content.text.push('\n');
        }
        self.spaced = true;
    }

    /// What follows has this look.
    fn look(&mut self, change: Change) {
        let looks = &mut self.content.looks;
        if looks.last().map_or(Change::default(), |(_, last)| *last) != change {
            looks.push((self.content.text.len(), change));
        }
    }

    /// What stands between the tags of a paragraph: any white space there is one space, and none where it begins.
    fn add(&mut self, text: &str) {
        if self.inside == 0 {
            return;
        }
        for c in text.chars() {
            let is_space = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !(is_space && self.spaced) {
                self.content.text.push(if is_space { ' ' } else { c });
            }
            self.spaced = is_space;
        }
    }

    /// A character that is meant.
    fn push(&mut self, c: char) {
        if self.inside > 0 {
            self.content.text.push(c);
            self.spaced = false;
        }
    }
}
