//! One part of a template, made ready to be filled: marks become statements, around the rows and paragraphs they repeat.

use std::collections::BTreeMap;
use std::ops::Range;

use quick_xml::NsReader;
use quick_xml::events::Event;
use quick_xml::name::ResolveResult;

use super::Values;
use super::error::{Fault, FaultKind};
use super::marks::{self, Mark};

/// How much of a paragraph is quoted in a message.
const QUOTED: usize = 60;

/// The part as a template of statements, or every mistake in it.
pub(super) fn prepare(name: &str, xml: &str, values: &Values) -> Result<String, Vec<Fault>> {
    let damaged = |why: String| vec![Fault { paragraph: name.to_owned(), kind: FaultKind::NotXml(why) }];
    let tokens = tokens(xml).map_err(damaged)?;
    let shape = Shape::of(&tokens);
    let mut writing = Writing {
        tokens: &tokens,
        shape: &shape,
        edits: BTreeMap::new(),
        around: BTreeMap::new(),
        dropped: Vec::new(),
    };
    let mut faults = Vec::new();
    writing.mark(values, &mut faults);
    if faults.is_empty() { Ok(writing.write()) } else { Err(faults) }
}

/// The elements of a text that matter here; all others are `Other`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Paragraph,
    Row,
    Cell,
    Text,
    Break,
    Section,
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Open(Element),
    Close(Element),
    Empty(Element),
    Between,
}

/// A tag, or what stands between two.
struct Token<'a> {
    raw: &'a str,
    kind: Kind,
}

/// The tags of WordprocessingML, transitional or strict; those of drawings bear the same short names.
fn element(namespace: &ResolveResult<'_>, local: &str) -> Element {
    let ResolveResult::Bound(namespace) = namespace else { return Element::Other };
    if !namespace.0.ends_with("/wordprocessingml/2006/main") && !namespace.0.ends_with("/ooxml/wordprocessingml/main") {
        return Element::Other;
    }
    match local {
        "p" => Element::Paragraph,
        "tr" => Element::Row,
        "tc" => Element::Cell,
        "t" => Element::Text,
        "br" | "tab" | "cr" => Element::Break,
        "sectPr" => Element::Section,
        _ => Element::Other,
    }
}

fn tokens(xml: &str) -> Result<Vec<Token<'_>>, String> {
    let xml = xml.trim_start_matches('\u{FEFF}');
    let mut reader = NsReader::from_str(xml);
    let mut tokens = Vec::new();
    let mut from = 0;
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|error| error.to_string())?;
        let kind = match &event {
            Event::Start(tag) => Kind::Open(element(&namespace, tag.local_name().as_ref())),
            Event::End(tag) => Kind::Close(element(&namespace, tag.local_name().as_ref())),
            Event::Empty(tag) => Kind::Empty(element(&namespace, tag.local_name().as_ref())),
            Event::Eof => return Ok(tokens),
            _ => Kind::Between,
        };
        let to = reader.buffer_position() as usize;
        tokens.push(Token { raw: &xml[from..to], kind });
        from = to;
    }
}

/// Where paragraphs and rows begin and end.
struct Shape {
    paragraphs: Vec<Paragraph>,
    /// By their first token, the last one, and how many paragraphs with text each has.
    rows: BTreeMap<usize, Row>,
}

struct Row {
    last: usize,
    texts: usize,
    /// The element in which it stands.
    inside: usize,
}

struct Paragraph {
    tokens: Range<usize>,
    /// Tokens of its own text; those of a text box within it belong to the paragraphs there.
    texts: Vec<usize>,
    breaks: Vec<usize>,
    /// The elements from the paragraph down to each text.
    paths: BTreeMap<usize, Vec<usize>>,
    /// The row in which it stands, by its first token.
    row: Option<usize>,
    /// The element in which it stands, by its first token.
    inside: usize,
    /// It closes its cell, or ends a section: it must stay, empty.
    stays: bool,
}

impl Shape {
    fn of(tokens: &[Token<'_>]) -> Shape {
        let mut shape = Shape { paragraphs: Vec::new(), rows: BTreeMap::new() };
        let mut open: Vec<(usize, Element)> = Vec::new();
        // Paragraphs that are still open, by their place in the list.
        let mut within: Vec<usize> = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            match token.kind {
                Kind::Open(element) => {
                    if element == Element::Paragraph {
                        within.push(shape.paragraphs.len());
                        shape.paragraphs.push(Paragraph {
                            tokens: at..at,
                            texts: Vec::new(),
                            breaks: Vec::new(),
                            paths: BTreeMap::new(),
                            row: open.iter().rev().find(|(_, element)| *element == Element::Row).map(|row| row.0),
                            inside: open.last().map_or(0, |parent| parent.0),
                            stays: false,
                        });
                    } else if element == Element::Row {
                        let inside = open.last().map_or(0, |parent| parent.0);
                        shape.rows.insert(at, Row { last: at, texts: 0, inside });
                    }
                    open.push((at, element));
                }
                Kind::Close(element) => {
                    let first = open.pop().map_or(0, |opened| opened.0);
                    match element {
                        Element::Paragraph => shape.close_paragraph(within.pop(), at),
                        Element::Row => {
                            if let Some(row) = shape.rows.get_mut(&first) {
                                row.last = at;
                            }
                        }
                        Element::Cell => shape.keep_last_of(first),
                        Element::Section => shape.keep(within.last()),
                        _ => {}
                    }
                }
                Kind::Empty(Element::Break) => {
                    if let Some(&paragraph) = within.last() {
                        shape.paragraphs[paragraph].breaks.push(at);
                    }
                }
                Kind::Empty(Element::Section) => shape.keep(within.last()),
                Kind::Between if open.last().is_some_and(|(_, element)| *element == Element::Text) => {
                    if let Some(&paragraph) = within.last() {
                        let paragraph = &mut shape.paragraphs[paragraph];
                        let from = paragraph.tokens.start;
                        let path = open.iter().map(|parent| parent.0).skip_while(|&parent| parent != from);
                        paragraph.paths.insert(at, path.collect());
                        paragraph.texts.push(at);
                    }
                }
                Kind::Empty(_) | Kind::Between => {}
            }
        }
        shape
    }

    fn close_paragraph(&mut self, paragraph: Option<usize>, at: usize) {
        let Some(paragraph) = paragraph.map(|i| &mut self.paragraphs[i]) else { return };
        paragraph.tokens.end = at + 1;
        if let Some(row) = paragraph.row.filter(|_| !paragraph.texts.is_empty()).and_then(|row| self.rows.get_mut(&row))
        {
            row.texts += 1;
        }
    }

    fn keep(&mut self, paragraph: Option<&usize>) {
        if let Some(&paragraph) = paragraph {
            self.paragraphs[paragraph].stays = true;
        }
    }

    fn keep_last_of(&mut self, cell: usize) {
        if let Some(last) = self.paragraphs.iter_mut().rev().find(|paragraph| paragraph.inside == cell) {
            last.stays = true;
        }
    }
}

/// Where a condition begins or ends: both must be in the same place.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    /// A row of its own, in this table.
    Row(usize),
    /// A paragraph of its own, in this body or cell.
    Paragraph(usize),
    /// Within this paragraph, under as many elements.
    Within(usize, usize),
}

struct Writing<'a> {
    tokens: &'a [Token<'a>],
    shape: &'a Shape,
    /// New texts of tokens.
    edits: BTreeMap<usize, String>,
    /// Statements before and after a token.
    around: BTreeMap<usize, [String; 2]>,
    dropped: Vec<Range<usize>>,
}

/// A mark and where it stands in its paragraph's text.
struct Found {
    mark: Mark,
    at: Range<usize>,
    /// The first token of its text.
    token: usize,
}

impl Writing<'_> {
    fn mark(&mut self, values: &Values, faults: &mut Vec<Fault>) {
        let mut open: Vec<(Place, String)> = Vec::new();
        let mut lists: BTreeMap<usize, String> = BTreeMap::new();
        for paragraph in &self.shape.paragraphs {
            let text: String = paragraph.texts.iter().map(|&at| self.tokens[at].raw).collect();
            if !text.contains("{{") {
                continue;
            }
            let quoted = || crate::text::clean(&text).chars().take(QUOTED).collect::<String>();
            let mut fault = |kind| faults.push(Fault { paragraph: quoted(), kind });
            let found = match self.find(paragraph, &text, values) {
                Ok(found) => found,
                Err(kinds) => {
                    kinds.into_iter().for_each(&mut fault);
                    continue;
                }
            };
            let alone = found.len() == 1 && text.trim() == &text[found[0].at.clone()];
            let mut lines: Option<&str> = None;
            let mut statements = Vec::new();
            for one in &found {
                let place = || self.place(paragraph, one, alone);
                let statement = match &one.mark {
                    Mark::Text(name) => format!("<{{ {name} }}>"),
                    Mark::Lines(name) => {
                        match lines.filter(|first| *first != name) {
                            Some(first) => fault(FaultKind::TwoLists { first: first.to_owned(), second: name.clone() }),
                            None => lines = Some(name),
                        }
                        "<{ line }>".to_owned()
                    }
                    Mark::Field { list, field } => {
                        repeat(paragraph.row, list, &mut lists).unwrap_or_else(&mut fault);
                        format!("<{{ row.{field} }}>")
                    }
                    Mark::If { name, list, not } => {
                        if let Some(list) = list {
                            let row = paragraph.row.filter(|_| !matches!(place(), Place::Row(_)));
                            repeat(row, list, &mut lists).unwrap_or_else(&mut fault);
                        }
                        open.push((place(), quoted()));
                        let name = name.rsplit_once('.').map_or(name.clone(), |(_, field)| format!("row.{field}"));
                        format!("<% if {}{name} %>", if *not { "not " } else { "" })
                    }
                    Mark::End => {
                        if open.pop().is_none_or(|(begun, _)| begun != place()) {
                            fault(FaultKind::Unmatched);
                        }
                        "<% endif %>".to_owned()
                    }
                };
                statements.push(statement);
            }
            if alone && matches!(found[0].mark, Mark::If { .. } | Mark::End) {
                self.replace_whole(paragraph, &found[0], &statements[0]);
            } else {
                self.replace(paragraph, &found, &statements);
            }
            if let Some(name) = lines {
                self.around(&paragraph.tokens, &format!("<% for line in {name} %>"), "<% endfor %>");
            }
        }
        faults.extend(open.into_iter().map(|(_, paragraph)| Fault { paragraph, kind: FaultKind::Unmatched }));
        for (row, list) in lists {
            let last = self.shape.rows.get(&row).map_or(row, |row| row.last);
            self.around(&(row..last + 1), &format!("<% for row in {list} %>"), "<% endfor %>");
        }
    }

    /// The marks of a paragraph, or everything wrong with them.
    fn find(&self, paragraph: &Paragraph, text: &str, values: &Values) -> Result<Vec<Found>, Vec<FaultKind>> {
        let mut found = Vec::new();
        let mut wrong = Vec::new();
        let mut from = 0;
        while let Some(start) = text[from..].find("{{").map(|at| from + at) {
            let Some(end) = text[start..].find("}}").map(|at| start + at + 2) else {
                wrong.push(FaultKind::Open);
                break;
            };
            let at = start..end;
            let tokens = self.tokens_of(paragraph, &at);
            if let (Some(&first), Some(&last)) = (tokens.first(), tokens.last()) {
                if paragraph.breaks.iter().any(|at| (first..last).contains(at)) {
                    wrong.push(FaultKind::Broken);
                } else {
                    match marks::parse(&text[start + 2..end - 2], values) {
                        Ok(mark) => found.push(Found { mark, at, token: first }),
                        Err(kind) => wrong.push(kind),
                    }
                }
            }
            from = end;
        }
        if wrong.is_empty() { Ok(found) } else { Err(wrong) }
    }

    /// The tokens that hold a stretch of the paragraph's text.
    fn tokens_of(&self, paragraph: &Paragraph, at: &Range<usize>) -> Vec<usize> {
        let mut from = 0;
        let mut tokens = Vec::new();
        for &token in &paragraph.texts {
            let to = from + self.tokens[token].raw.len();
            if from < at.end && to > at.start {
                tokens.push(token);
            }
            from = to;
        }
        tokens
    }

    fn place(&self, paragraph: &Paragraph, found: &Found, alone: bool) -> Place {
        let row = paragraph.row.and_then(|row| self.shape.rows.get(&row));
        match row {
            Some(row) if alone && row.texts == 1 => Place::Row(row.inside),
            _ if alone => Place::Paragraph(paragraph.inside),
            _ => Place::Within(paragraph.tokens.start, paragraph.paths.get(&found.token).map_or(0, Vec::len)),
        }
    }

    /// A condition that stands alone takes its paragraph, or its row, with it.
    fn replace_whole(&mut self, paragraph: &Paragraph, found: &Found, statement: &str) {
        let range = match self.place(paragraph, found, true) {
            Place::Row(_) => paragraph.row.map(|row| row..self.shape.rows.get(&row).map_or(row, |row| row.last) + 1),
            _ if paragraph.stays => None,
            _ => Some(paragraph.tokens.clone()),
        };
        match range {
            Some(range) => {
                self.around.entry(range.start).or_default()[0].push_str(statement);
                self.dropped.push(range);
            }
            None => {
                self.around.entry(paragraph.tokens.start).or_default()[0].push_str(statement);
                self.replace(paragraph, std::slice::from_ref(found), &[String::new()]);
            }
        }
    }

    /// Each mark by its statement, in the first run that holds a piece of it.
    fn replace(&mut self, paragraph: &Paragraph, found: &[Found], statements: &[String]) {
        let mut from = 0;
        for &token in &paragraph.texts {
            let raw = self.tokens[token].raw;
            let to = from + raw.len();
            let mut text = String::new();
            let mut kept = from;
            for (one, statement) in found.iter().zip(statements) {
                if one.at.start >= to || one.at.end <= from {
                    continue;
                }
                if one.at.start >= from {
                    text.push_str(&raw[kept - from..one.at.start - from]);
                    text.push_str(statement);
                }
                kept = one.at.end.min(to);
            }
            if kept > from || !text.is_empty() {
                text.push_str(&raw[kept - from..]);
                self.edits.insert(token, text);
            }
            from = to;
        }
    }

    fn around(&mut self, range: &Range<usize>, before: &str, after: &str) {
        let outer = &mut self.around.entry(range.start).or_default()[0];
        outer.push_str(before);
        let closing = &mut self.around.entry(range.end - 1).or_default()[1];
        closing.insert_str(0, after);
    }

    fn write(&self) -> String {
        let mut out = String::new();
        for (at, token) in self.tokens.iter().enumerate() {
            let around = self.around.get(&at);
            out.push_str(around.map_or("", |around| &around[0]));
            if !self.dropped.iter().any(|range| range.contains(&at)) {
                match self.edits.get(&at) {
                    Some(text) => out.push_str(text),
                    // Spaces at the ends of a text that was changed must stay.
                    None if self.edits.contains_key(&(at + 1)) && token.kind == Kind::Open(Element::Text) => {
                        out.push_str(token.raw.split([' ', '>', '\t', '\n']).next().unwrap_or_default());
                        out.push_str(" xml:space=\"preserve\">");
                    }
                    None => out.push_str(token.raw),
                }
            }
            out.push_str(around.map_or("", |around| &around[1]));
        }
        out
    }
}

/// Lets a row be repeated for a list.
fn repeat(row: Option<usize>, list: &str, lists: &mut BTreeMap<usize, String>) -> Result<(), FaultKind> {
    let row = row.ok_or_else(|| FaultKind::NoRow { name: list.to_owned() })?;
    match lists.get(&row).filter(|first| *first != list) {
        Some(first) => Err(FaultKind::TwoLists { first: first.clone(), second: list.to_owned() }),
        None => {
            lists.insert(row, list.to_owned());
            Ok(())
        }
    }
}
