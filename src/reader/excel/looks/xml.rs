//! A walk through a part by local names, whatever their prefixes. What is not XML ends the walk where it stands.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

/// What comes next in a part.
pub(super) enum Next<'a> {
    /// An element begins. One without content ends next.
    Start(Element<'a>),
    /// An element ends.
    End(Element<'a>),
    /// A piece of text, its entities resolved.
    Text(Cow<'a, str>),
}

/// An element, by its name and attributes.
pub(super) struct Element<'a>(BytesStart<'a>);

/// A part, event by event.
pub(super) struct Walk<'a>(Reader<&'a [u8]>);

impl<'a> Walk<'a> {
    pub fn of(part: &'a [u8]) -> Walk<'a> {
        let mut xml = Reader::from_reader(part);
        let config = xml.config_mut();
        // Drawings of old programs close not all of what they open.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.expand_empty_elements = true;
        Walk(xml)
    }

    /// `None` at the end, or where the part is broken.
    pub fn next(&mut self) -> Option<Next<'a>> {
        loop {
            return Some(match self.0.read_event().ok()? {
                Event::Start(e) | Event::Empty(e) => Next::Start(Element(e)),
                Event::End(e) => Next::End(Element(BytesStart::new(e.name().as_ref().to_owned()))),
                Event::Text(text) => Next::Text(text.xml10_content()),
                Event::CData(text) => Next::Text(text.xml10_content()),
                Event::GeneralRef(name) => match name.resolve_char_ref() {
                    Ok(Some(c)) => Next::Text(c.to_string().into()),
                    _ => match resolve_predefined_entity(&name.xml10_content()) {
                        Some(known) => Next::Text(known.into()),
                        None => continue,
                    },
                },
                Event::Eof => return None,
                _ => continue,
            });
        }
    }

    /// The text of the element that has just begun, up to its end.
    pub fn text(&mut self) -> String {
        let mut text = String::new();
        let mut depth = 1;
        while depth > 0 {
            match self.next() {
                Some(Next::Start(_)) => depth += 1,
                Some(Next::End(_)) => depth -= 1,
                Some(Next::Text(piece)) => text.push_str(&piece),
                None => break,
            }
        }
        text
    }

    /// Passes over what is left of the element that has just begun.
    pub fn skip(&mut self) {
        let mut depth = 1;
        while depth > 0 {
            match self.next() {
                Some(Next::Start(_)) => depth += 1,
                Some(Next::End(_)) => depth -= 1,
                Some(Next::Text(_)) => {}
                None => break,
            }
        }
    }
}

impl Element<'_> {
    /// Its local name.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute of this local name.
    pub fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
        unescape(&found.value).ok().map(|text| text.into_owned())
    }

    /// Whether an attribute says yes.
    pub fn is(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| is_true(&value))
    }

    /// A number in an attribute.
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.trim().parse().ok()
    }
}

/// `1`, `true`, `on`, `t`: a yes in any of the dialects.
pub(super) fn is_true(value: &str) -> bool {
    matches!(value.trim(), "1" | "true" | "on" | "t" | "True")
}
