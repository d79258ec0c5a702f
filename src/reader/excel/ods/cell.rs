//! What the attributes of a cell of an `.ods` say, and its value.

use quick_xml::escape::unescape;
use quick_xml::events::BytesStart;

use super::names::{Document, Space};
use crate::grid::Value;
use crate::reader::excel::{iso_date, iso_duration, some_text};
use crate::reader::format_code::share_text;

/// What the attributes of a cell say.
#[derive(Default)]
pub(super) struct Cell {
    kind: String,
    value: Option<String>,
    is_error: bool,
    has_formula: bool,
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
                (Space::Table, "formula") => cell.has_formula = true,
                (Space::Table, "number-columns-repeated") => cell.repeated = count(&value),
                (Space::Table, "number-columns-spanned") => cell.spanned.0 = count(&value),
                (Space::Table, "number-rows-spanned") => cell.spanned.1 = count(&value),
                _ => {}
            }
        }
        cell
    }

    /// The value, given the text that the cell shows; what is stored goes before what is shown.
    pub fn value(&self, shown: String) -> Option<Value> {
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
