//! The text of one cell or line as it is put together from the pieces between tags: white space squeezed as a browser does,
//! looks that carry meaning kept.

use html5gum::emitters::default::StartTag;

use super::attribute;
use crate::grid::Fact;
use crate::reader::excel::rich::{Look, Rich, Script};

/// Elements within one another that are told apart; deeper ones look like those around them.
const MOST_OPEN: usize = 256;
/// Rows, cells, and elements within a text; others have no look of their own here.
const WITH_LOOK: [&[u8]; 19] = [
    b"a", b"b", b"big", b"del", b"em", b"font", b"i", b"ins", b"s", b"small", b"span", b"strike", b"strong", b"sub",
    b"sup", b"td", b"th", b"tr", b"u",
];

/// A text that grows.
#[derive(Default)]
pub(super) struct Text {
    rich: Rich,
    /// Elements that may change the look, the innermost last.
    open: Vec<(Vec<u8>, Look)>,
    /// A blank or a line break is due before the next letter.
    gap: Option<&'static str>,
    begun: bool,
    pub link: Option<String>,
}

impl Text {
    /// A text in an element that stands in those that are open here.
    pub fn within(&self, tag: &StartTag<()>) -> Text {
        let mut text = Text { open: self.open.clone(), ..Text::default() };
        text.open(tag);
        text
    }

    /// Adds a piece as it stands between tags.
    pub fn push(&mut self, piece: &str) {
        let is_space = |c: char| c.is_ascii_whitespace();
        let look = self.open.last().map_or(Look::PLAIN, |(_, look)| *look);
        if piece.starts_with(is_space) {
            self.part(" ");
        }
        for (i, word) in piece.split_ascii_whitespace().enumerate() {
            if i > 0 {
                self.part(" ");
            }
            if let Some(gap) = self.gap.take().filter(|_| self.begun) {
                self.rich.push(gap, look);
            }
            self.rich.push(word, look);
            self.begun = true;
        }
        if piece.ends_with(is_space) {
            self.part(" ");
        }
    }

    /// Parts what comes from what was: by a blank, or by the end of a line, which counts more.
    pub fn part(&mut self, by: &'static str) {
        self.gap = Some(self.gap.filter(|gap| *gap == "\n").unwrap_or(by));
    }

    /// An element within the text begins.
    pub fn open(&mut self, tag: &StartTag<()>) {
        if self.open.len() >= MOST_OPEN || !WITH_LOOK.contains(&&tag.name[..]) {
            return;
        }
        let around = self.open.last().map_or(Look::PLAIN, |(_, look)| *look);
        let style = attribute(tag, b"style").map(|style| style.to_ascii_lowercase()).unwrap_or_default();
        let style: String = style.split_whitespace().collect();
        let script = match &tag.name[..] {
            b"sup" => Script::Raised,
            b"sub" => Script::Lowered,
            _ if style.contains("vertical-align:super") => Script::Raised,
            _ if style.contains("vertical-align:sub") => Script::Lowered,
            _ => around.script,
        };
        let is_out = matches!(&tag.name[..], b"s" | b"strike" | b"del") || style.contains("line-through");
        if tag.name == b"a" {
            self.link = self.link.take().or_else(|| attribute(tag, b"href").map(|address| address.into_owned()));
        }
        self.open.push((tag.name.to_vec(), Look { script, crossed_out: around.crossed_out || is_out }));
    }

    /// An element ends, and with it those within that were not ended.
    pub fn close(&mut self, name: &[u8]) {
        if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
            self.open.truncate(at);
        }
    }

    /// The text, and what is to be seen beside it.
    pub fn finish(self) -> (String, Vec<Fact>) {
        let (text, mut facts) = self.rich.finish();
        facts.extend(self.link.filter(|address| !address.is_empty() && *address != text).map(Fact::Link));
        (text, facts)
    }
}
