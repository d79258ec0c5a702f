//! A part of an OpenDocument file, event by event, each name with its namespace.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, QName, ResolveResult};

/// The namespaces of elements and attributes that are read; names of all others mean nothing here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    Office,
    Table,
    Text,
    Style,
    /// Formats of numbers, dates and times.
    Number,
    Draw,
    Form,
    /// Addresses of links.
    Link,
    Meta,
    /// What LibreOffice adds to cells.
    Calc,
    Other,
}

impl Space {
    fn of(resolved: &ResolveResult<'_>) -> Space {
        let ResolveResult::Bound(Namespace(name)) = resolved else { return Space::Other };
        match name.strip_prefix("urn:oasis:names:tc:opendocument:xmlns:") {
            Some("office:1.0") => Space::Office,
            Some("table:1.0") => Space::Table,
            Some("text:1.0") => Space::Text,
            Some("style:1.0") => Space::Style,
            Some("datastyle:1.0") => Space::Number,
            Some("drawing:1.0") => Space::Draw,
            Some("form:1.0") => Space::Form,
            Some("meta:1.0") => Space::Meta,
            None if *name == "http://www.w3.org/1999/xlink" => Space::Link,
            None if *name == "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" => Space::Calc,
            _ => Space::Other,
        }
    }
}

/// A part that is being read.
pub(super) struct Document<'i>(NsReader<&'i [u8]>);

impl<'i> Document<'i> {
    pub fn new(bytes: &'i [u8]) -> Document<'i> {
        let mut reader = NsReader::from_reader(bytes);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().check_end_names = false;
        Document(reader)
    }

    /// The next event; of elements without content both ends.
    pub fn next(&mut self) -> quick_xml::Result<Event<'i>> {
        self.0.read_event()
    }

    /// The name of an element that was just read.
    pub fn name<'n>(&self, name: QName<'n>) -> (Space, &'n str) {
        let (resolved, local) = self.0.resolver().resolve_element(name);
        (Space::of(&resolved), local.into_inner())
    }

    /// The attributes of an element that was just read, with their values as they stand there.
    pub fn attributes<'e>(&self, e: &'e BytesStart<'_>) -> impl Iterator<Item = (Space, &'e str, Cow<'e, str>)> {
        let mut all = e.attributes();
        all.with_checks(false);
        all.flatten().map(|attribute| {
            let (resolved, local) = self.0.resolver().resolve_attribute(attribute.key);
            (Space::of(&resolved), local.into_inner(), attribute.value)
        })
    }

    /// The value of an attribute.
    pub fn attribute(&self, e: &BytesStart<'_>, space: Space, name: &str) -> Option<String> {
        let (.., value) = self.attributes(e).find(|(of, local, _)| (*of, *local) == (space, name))?;
        unescape(&value).ok().map(|text| text.into_owned())
    }

    /// Passes over what is left of an element that was just read.
    pub fn skip(&mut self, e: &BytesStart<'_>) -> quick_xml::Result<()> {
        self.0.read_to_end(e.name()).map(|_| ())
    }
}
