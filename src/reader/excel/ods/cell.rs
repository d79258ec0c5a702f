//! What the attributes of a cell of an `.ods` say, and its value.

use quick_xml::escape::unescape;
use quick_xml::events::BytesStart;

use super::names::{Document, Space};
use super::styles::CellLook;
use super::text::Content;
use crate::grid::{Fact, Time, Value};
use crate::reader::excel::looks::{Address, of_formula};
use crate::reader::excel::rich::{Look, under};
use crate::reader::excel::{iso_date, iso_duration, some_text};
use crate::reader::format_code::share_text;

/// What the attributes of a cell say.
#[derive(Default)]
pub(super) struct Cell {
    kind: String,
    value: Option<String>,
    is_error: bool,
    has_formula: bool,
    /// The address that its formula leads to.
    link: Option<Address>,
    /// Its style, where it has one of its own.
    pub style: Option<String>,
    /// Cells side by side that are like this one.
    pub repeated: u32,
    /// Columns and rows of the merged range that begins here.
    pub spanned: (u32, u32),
}

impl Cell {
    pub fn of(xml: &Document<'_>, e: &BytesStart<'_>) -> Cell {
        let mut cell = Cell { repeated: 1, spanned: (1, 1), ..Cell::default() };
        for (space, name, value) in xml.attributes(e) {
            let text = || unescape(&value).map(|text| text.into_owned()).unwrap_or_default();
            match (space, name) {
                (Space::Office, "value-type") => cell.kind = text(),
                (Space::Office, "value" | "date-value" | "time-value" | "boolean-value" | "string-value") => {
                    cell.value = Some(text());
                }
                (Space::Calc, "value-type") => cell.is_error = value == "error",
                (Space::Table, "formula") => {
                    cell.has_formula = true;
                    cell.link = of_formula(&text());
                }
                (Space::Table, "style-name") => cell.style = Some(text()),
                (Space::Table, "number-columns-repeated") => cell.repeated = count(&value),
                (Space::Table, "number-columns-spanned") => cell.spanned.0 = count(&value),
                (Space::Table, "number-rows-spanned") => cell.spanned.1 = count(&value),
                _ => {}
            }
        }
        cell
    }

    /// What is left of its value, and what is to be seen.
    pub fn seen(&self, content: &mut Content, style: Option<&CellLook>) -> (Option<Value>, Vec<Fact>) {
        let plain = CellLook::default();
        let style = style.unwrap_or(&plain);
        let is_text = self.value.is_none() && !self.has_formula && matches!(self.kind.as_str(), "" | "string");
        let rich = if is_text { content.rich(style.look) } else { None };
        let (left, mut facts) = match rich {
            Some((text, facts)) => ((!text.is_empty()).then_some(Value::Text(text)), facts),
            None => match self.value(std::mem::take(&mut content.text)) {
                Some(value) => self.as_styled(value, style),
                None => (None, Vec::new()),
            },
        };
        let said = match &self.link {
            Some(Address::Said(address)) => Some(address.clone()),
            _ => None,
        };
        facts.extend(said.into_iter().chain(std::mem::take(&mut content.links)).map(Fact::Link));
        (left, facts)
    }

    /// A value as its style shows it.
    fn as_styled(&self, value: Value, style: &CellLook) -> (Option<Value>, Vec<Fact>) {
        let stored = || self.value.as_ref().and_then(|stored| stored.trim().parse().ok());
        let (value, shown) = match (value, style.words.as_deref()) {
            (Value::Time(time), _) if style.is_time_of_day => (Value::Time(Time { is_length: false, ..time }), None),
            (Value::Number(number), Some(words)) => (Value::Number(number), words.number(number)),
            // A share is the text that it shows.
            (Value::Text(text), Some(words)) if self.kind == "percentage" => {
                (Value::Text(stored().and_then(|share| words.number(share)).unwrap_or(text)), None)
            }
            (Value::Text(text), Some(words)) => (Value::Text(words.text(&text).unwrap_or(text)), None),
            (value, _) => (value, None),
        };
        if style.look == Look::PLAIN {
            return (Some(value), shown.map(Fact::Shown).into_iter().collect());
        }
        let (left, mut facts) = under(value, style.look);
        facts.extend(shown.filter(|_| left.is_some()).map(Fact::Shown));
        (left, facts)
    }

    /// The cell in which the address of its link stands.
    pub fn address_in(&self) -> Option<crate::grid::CellRef> {
        match self.link {
            Some(Address::In(cell)) => Some(cell),
            _ => None,
        }
    }

    /// The value, given the text that the cell shows; what is stored goes before what is shown.
    fn value(&self, shown: String) -> Option<Value> {
        // LibreOffice keeps an error as the text that it shows.
        if self.is_error || self.has_formula && is_error(&shown) {
            return Some(Value::Error(shown));
        }
        if self.kind.is_empty() && self.has_formula {
            return Some(Value::Uncomputed);
        }
        let Some(stored) = &self.value else { return some_text(&shown) };
        let typed = match self.kind.as_str() {
            "float" | "currency" => stored.trim().parse().map(Value::Number).ok(),
            "percentage" => {
                let share = stored.trim().parse().ok().filter(|share: &f64| share.is_finite());
                share.map(|share| Value::Text(share_text(share)))
            }
            "date" => iso_date(stored).map(Value::Date),
            "time" => iso_duration(stored).map(Value::Time),
            "boolean" => Some(Value::Bool(stored.eq_ignore_ascii_case("true"))),
            _ if stored.is_empty() && !self.has_formula => return some_text(&shown),
            _ => None,
        };
        typed.or_else(|| some_text(stored))
    }
}

fn is_error(text: &str) -> bool {
    text.starts_with("Err:") || text.starts_with('#') && text.ends_with(['!', '?', 'A'])
}

/// How often, how wide: 1 where nothing sensible is said.
pub(super) fn count(text: &str) -> u32 {
    text.parse().unwrap_or(1).max(1)
}
