//! The styles of an `.ods` that change what is read: crossed out, raised, words around a number, times of day.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use quick_xml::events::{BytesStart, Event};

use super::formats::Formats;
use super::names::{Document, Space};
use crate::reader::excel::rich::{Look, Script};
use crate::reader::format_code::Worded;

/// What a style says of a look; what it does not say is that of its parent, or of what is around it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Change {
    crossed_out: Option<bool>,
    script: Option<Script>,
}

impl Change {
    /// A look with this change.
    pub fn on(self, look: Look) -> Look {
        Look { crossed_out: self.crossed_out.unwrap_or(look.crossed_out), script: self.script.unwrap_or(look.script) }
    }

    /// The change of what stands inside of this one.
    pub fn then(self, inner: Change) -> Change {
        Change { crossed_out: inner.crossed_out.or(self.crossed_out), script: inner.script.or(self.script) }
    }
}

/// How a style shows its cells, where that is not as the value.
#[derive(Debug, Clone, Default)]
pub(super) struct CellLook {
    pub look: Look,
    pub words: Option<Rc<Worded>>,
    pub is_time_of_day: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Family {
    Cell,
    Text,
    Other,
}

#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    change: Change,
    format: Option<String>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: HashMap<(Family, String), Style>,
    hidden_tables: HashSet<String>,
    current: Option<(Family, String)>,
    formats: Formats,
    /// Those that show cells otherwise than as the value.
    odd: HashMap<String, CellLook>,
}

/// Parents of a style that are asked.
const GENERATIONS: usize = 16;

impl Styles {
    /// Those that are kept apart from the content.
    pub fn read(&mut self, part: &[u8]) -> quick_xml::Result<()> {
        let mut xml = Document::new(part);
        loop {
            match xml.next()? {
                // Those of page headers have names that the content uses for others.
                Event::Start(e)
                    if matches!(xml.name(e.name()), (Space::Office, "automatic-styles" | "master-styles")) =>
                {
                    xml.skip(&e)?;
                }
                Event::Eof => return Ok(()),
                event => self.take(&xml, &event),
            }
        }
    }

    /// Takes in whatever of an event belongs to styles.
    pub fn take(&mut self, xml: &Document<'_>, event: &Event<'_>) {
        match event {
            Event::Start(e) => {
                let name = xml.name(e.name());
                if matches!(name.0, Space::Style | Space::Number) {
                    self.begin(xml, e, name);
                }
            }
            Event::Text(text) => self.formats.text(&text.xml10_content()),
            Event::GeneralRef(name) => {
                let known = quick_xml::escape::resolve_predefined_entity(&name.xml10_content());
                match name.resolve_char_ref() {
                    Ok(Some(c)) => self.formats.text(c.encode_utf8(&mut [0; 4])),
                    _ => self.formats.text(known.unwrap_or_default()),
                }
            }
            Event::End(e) => {
                let name = xml.name(e.name());
                match name {
                    (Space::Style, "style") => self.current = None,
                    name => self.formats.end(name),
                }
            }
            _ => {}
        }
    }

    fn begin(&mut self, xml: &Document<'_>, e: &BytesStart<'_>, name: (Space, &str)) {
        let attribute = |space, name| xml.attribute(e, space, name);
        let current = self.current.clone().and_then(|key| self.all.get_mut(&key));
        match (name, current) {
            ((Space::Style, "style"), _) => {
                let family = match attribute(Space::Style, "family").as_deref() {
                    Some("table-cell") => Family::Cell,
                    Some("text") => Family::Text,
                    _ => Family::Other,
                };
                let key = (family, attribute(Space::Style, "name").unwrap_or_default());
                let style = Style {
                    parent: attribute(Space::Style, "parent-style-name"),
                    format: attribute(Space::Style, "data-style-name"),
                    change: Change::default(),
                };
                self.all.insert(key.clone(), style);
                self.current = Some(key);
            }
            ((Space::Style, "text-properties"), Some(style)) => {
                let line = attribute(Space::Style, "text-line-through-style");
                let kind = attribute(Space::Style, "text-line-through-type");
                let crossed_out = line.or(kind).map(|line| line != "none");
                let script = attribute(Space::Style, "text-position").map(|position| script(&position));
                style.change = style.change.then(Change { crossed_out, script });
            }
            ((Space::Style, "table-properties"), _)
                if attribute(Space::Table, "display").as_deref() == Some("false") =>
            {
                self.hidden_tables.extend(self.current.clone().map(|(_, name)| name));
            }
            (name, _) => self.formats.begin(xml, e, name),
        }
    }

    /// Finds out which styles of cells are odd, once all are there.
    pub fn settle(&mut self) {
        self.odd.clear();
        for ((family, name), style) in &self.all {
            if *family != Family::Cell {
                continue;
            }
            let (mut change, mut format) = (style.change, style.format.as_ref());
            let mut parent = style.parent.as_ref();
            for _ in 0..GENERATIONS {
                let Some(style) = parent.and_then(|name| self.all.get(&(Family::Cell, name.clone()))) else { break };
                change = style.change.then(change);
                format = format.or(style.format.as_ref());
                parent = style.parent.as_ref();
            }
            let look = CellLook {
                look: change.on(Look::PLAIN),
                words: format.and_then(|format| self.formats.words(format)).map(Rc::new),
                is_time_of_day: format.is_some_and(|format| self.formats.is_time_of_day(format)),
            };
            if look.look != Look::PLAIN || look.words.is_some() || look.is_time_of_day {
                self.odd.insert(name.clone(), look);
            }
        }
    }

    /// How cells of a style show; `None` where that is as their value.
    pub fn cell(&self, name: &str) -> Option<&CellLook> {
        self.odd.get(name)
    }

    /// What a style of pieces of text says of their look.
    pub fn text(&self, name: &str) -> Change {
        self.all.get(&(Family::Text, name.to_owned())).map(|style| style.change).unwrap_or_default()
    }

    /// Whether tables of a style are hidden.
    pub fn hides(&self, name: &str) -> bool {
        self.hidden_tables.contains(name)
    }
}

/// `super 58%`, `-33% 58%`, `0% 100%`.
fn script(position: &str) -> Script {
    let first = position.split_whitespace().next().unwrap_or_default();
    let height = first.strip_suffix('%').and_then(|height| height.parse::<f64>().ok()).unwrap_or(0.0);
    match first {
        "super" => Script::Raised,
        "sub" => Script::Lowered,
        _ if height > 0.0 => Script::Raised,
        _ if height < 0.0 => Script::Lowered,
        _ => Script::OnLine,
    }
}
