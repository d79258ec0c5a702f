//! The formats of an `.ods`, written as Excel writes them, so that both are judged alike.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::names::{Document, Space};
use crate::reader::format_code::Worded;

/// A format as far as it has been read.
#[derive(Debug, Default)]
struct Format {
    kind: Kind,
    code: String,
    /// Other formats for numbers that meet a condition: `[>=0]`, and the name of the format.
    others: Vec<(String, String)>,
    is_length: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    Share,
    Time,
    Other,
}

/// The formats of a document, by name.
#[derive(Debug, Default)]
pub(super) struct Formats {
    all: HashMap<String, Format>,
    current: Option<(String, Format)>,
    digits: Digits,
    literal: Option<String>,
}

/// The places of a number, and texts between them by the digits that follow.
#[derive(Debug, Default)]
struct Digits {
    places: usize,
    decimals: usize,
    thousands: usize,
    between: Vec<(usize, String)>,
}

/// Places of a number that are written out.
const PLACES: usize = 20;

impl Formats {
    /// An element of a format begins.
    pub fn begin(&mut self, xml: &Document<'_>, e: &BytesStart<'_>, (space, name): (Space, &str)) {
        let attribute = |space, name| xml.attribute(e, space, name);
        let number = |name| attribute(Space::Number, name).and_then(|text| text.parse().ok());
        if space == Space::Number && name.ends_with("-style") {
            let kind = match name {
                "number-style" | "currency-style" | "text-style" => Kind::Number,
                "percentage-style" => Kind::Share,
                "time-style" => Kind::Time,
                _ => Kind::Other,
            };
            let is_length = attribute(Space::Number, "truncate-on-overflow").is_some_and(|text| text == "false");
            let format = Format { kind, is_length, ..Format::default() };
            self.current = attribute(Space::Style, "name").map(|name| (name, format));
            return;
        }
        let Some((_, format)) = &mut self.current else { return };
        match (space, name) {
            (Space::Style, "map") => {
                let condition = attribute(Space::Style, "condition").as_deref().and_then(condition);
                format.others.extend(condition.zip(attribute(Space::Style, "apply-style-name")));
            }
            (Space::Number, "number") => {
                let factor = number("display-factor").unwrap_or(1.0_f64);
                self.digits = Digits {
                    places: number("min-integer-digits").map_or(1, |places: f64| places as usize).clamp(1, PLACES),
                    decimals: number("decimal-places").map_or(0, |places: f64| places as usize).min(PLACES),
                    thousands: if factor >= 1000.0 { (factor.log10() / 3.0).round() as usize } else { 0 },
                    between: Vec::new(),
                };
            }
            (Space::Number, "embedded-text") => {
                let behind = number("position").map_or(0, |digits: f64| digits as usize).min(PLACES);
                self.digits.between.push((behind, String::new()));
                self.literal = Some(String::new());
            }
            (Space::Number, "text" | "currency-symbol") => self.literal = Some(String::new()),
            (Space::Number, "text-content") => format.code.push('@'),
            (Space::Number, "scientific-number") => format.code.push_str("0E+0"),
            (Space::Number, "fraction") => format.code.push_str("?/?"),
            _ => {}
        }
    }

    /// A text inside of an element of a format.
    pub fn text(&mut self, text: &str) {
        if let Some(literal) = &mut self.literal {
            literal.push_str(text);
        }
    }

    /// An element of a format ends.
    pub fn end(&mut self, (space, name): (Space, &str)) {
        let Some((_, format)) = &mut self.current else { return };
        if space != Space::Number {
            return;
        }
        match name {
            "text" | "currency-symbol" => {
                let literal = self.literal.take().unwrap_or_default();
                let is_share = format.kind == Kind::Share;
                for (at, piece) in literal.split('%').enumerate() {
                    if at > 0 {
                        format.code.push_str(if is_share { "%" } else { "\"%\"" });
                    }
                    quote(piece, &mut format.code);
                }
            }
            "embedded-text" => {
                let literal = self.literal.take().unwrap_or_default();
                if let Some(last) = self.digits.between.last_mut() {
                    last.1 = literal;
                }
            }
            "number" => std::mem::take(&mut self.digits).write(&mut format.code),
            _ if name.ends_with("-style") => self.all.extend(self.current.take()),
            _ => {}
        }
    }

    /// What a format adds to a number or a text; `None` where that is nothing.
    pub fn words(&self, name: &str) -> Option<Worded> {
        let format = self.all.get(name)?;
        if !matches!(format.kind, Kind::Number | Kind::Share) {
            return None;
        }
        let other = |(condition, name): &(String, String)| Some(format!("{condition}{};", self.all.get(name)?.code));
        let sections: String = format.others.iter().filter_map(other).collect();
        Worded::of(&(sections + &format.code))
    }

    /// Whether a format shows a time of day, which begins anew after 24 hours.
    pub fn is_time_of_day(&self, name: &str) -> bool {
        self.all.get(name).is_some_and(|format| format.kind == Kind::Time && !format.is_length)
    }
}

impl Digits {
    fn write(self, code: &mut String) {
        let most = self.between.iter().map(|(behind, _)| *behind).max().unwrap_or(0);
        let places = self.places.max(most);
        for behind in (1..=places).rev() {
            self.between.iter().filter(|(digits, _)| *digits == behind).for_each(|(_, text)| quote(text, code));
            code.push('0');
        }
        self.between.iter().filter(|(digits, _)| *digits == 0).for_each(|(_, text)| quote(text, code));
        if self.decimals > 0 {
            code.push('.');
            code.extend(std::iter::repeat_n('0', self.decimals));
        }
        code.extend(std::iter::repeat_n(',', self.thousands));
    }
}

fn quote(text: &str, code: &mut String) {
    if !text.is_empty() {
        code.push('"');
        code.extend(text.chars().filter(|c| *c != '"'));
        code.push('"');
    }
}

/// `value()>=0` as `[>=0]`.
fn condition(text: &str) -> Option<String> {
    let compared = text.trim().strip_prefix("value()")?.replace("!=", "<>");
    Some(format!("[{compared}]"))
}
