//! What stands in a cell, apart from what it looks like and where it stands.

use std::borrow::Cow;

use jiff::civil::{Date, DateTime};
use rust_xlsxwriter::{ExcelDateTime, Format};

use crate::points::Points;

/// What a formula gives, as the program computed it.
#[derive(Debug, Clone, PartialEq)]
pub enum Cached {
    /// A number.
    Number(f64),
    /// A text that does not look like a number.
    Text(String),
}

impl From<Points> for Cached {
    fn from(points: Points) -> Cached {
        Cached::Number(points.to_f64())
    }
}

impl From<f64> for Cached {
    fn from(number: f64) -> Cached {
        Cached::Number(number)
    }
}

impl From<u32> for Cached {
    fn from(count: u32) -> Cached {
        Cached::Number(f64::from(count))
    }
}

impl From<usize> for Cached {
    fn from(count: usize) -> Cached {
        Cached::Number(count as f64)
    }
}

impl From<&str> for Cached {
    fn from(text: &str) -> Cached {
        Cached::Text(text.to_owned())
    }
}

impl From<String> for Cached {
    fn from(text: String) -> Cached {
        Cached::Text(text)
    }
}

impl<T: Into<Cached>> From<Option<T>> for Cached {
    fn from(known: Option<T>) -> Cached {
        known.map_or_else(|| Cached::Text(String::new()), Into::into)
    }
}

/// What stands in a cell of a table.
#[derive(Debug, Clone)]
pub enum Cell<'t> {
    /// Nothing.
    Blank,
    /// A text that wraps in its cell; the row grows with it.
    Text(Cow<'t, str>),
    /// A text that stands on one line.
    Line(Cow<'t, str>),
    /// A number, or a date as one.
    Number(f64),
    /// A formula with its result.
    Formula(String, Cached),
    /// A text that wraps and leads somewhere; nowhere where that is empty.
    Link(String, Cow<'t, str>),
    /// The same on one line.
    LinkLine(String, Cow<'t, str>),
}

impl<'t> Cell<'t> {
    /// A text that wraps.
    pub fn text(text: impl Into<Cow<'t, str>>) -> Cell<'t> {
        Cell::Text(text.into())
    }

    /// Points, a count; nothing where not known.
    pub fn number(number: impl Into<Cached>) -> Cell<'t> {
        match number.into() {
            Cached::Number(number) => Cell::Number(number),
            Cached::Text(text) => Cell::Text(text.into()),
        }
    }

    /// A formula with its result.
    pub fn formula(formula: impl Into<String>, result: impl Into<Cached>) -> Cell<'t> {
        Cell::Formula(formula.into(), result.into())
    }

    /// A date and time; blank where not known, or where the format cannot hold it.
    pub fn time(time: impl Into<Option<DateTime>>) -> Cell<'t> {
        time.into().and_then(excel_time).map_or(Cell::Blank, |time| Cell::Number(time.to_excel()))
    }

    /// A date, likewise.
    pub fn day(day: impl Into<Option<Date>>) -> Cell<'t> {
        day.into().and_then(excel_day).map_or(Cell::Blank, |day| Cell::Number(day.to_excel()))
    }
}

/// What stands in a cell, and what it looks like.
pub type Styled<'c> = (Cell<'c>, &'c Format);

/// A date and time as the format holds it; `None` before 1900 and after 9999.
pub fn excel_time(time: DateTime) -> Option<ExcelDateTime> {
    let day = excel_day(time.date())?;
    day.and_hms(time.hour().unsigned_abs().into(), time.minute().unsigned_abs(), f64::from(time.second())).ok()
}

fn excel_day(day: Date) -> Option<ExcelDateTime> {
    // The library takes the day before as well, which programs show as 00/01/1900.
    let year = u16::try_from(day.year()).ok().filter(|year| *year >= 1900)?;
    ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_that_the_format_cannot_hold_are_blank() {
        assert!(matches!(Cell::day(date(1899, 12, 31)), Cell::Blank));
        assert!(matches!(Cell::time(date(-5, 1, 1).at(0, 0, 0, 0)), Cell::Blank));
        assert!(matches!(Cell::day(date(2025, 6, 1)), Cell::Number(_)));
    }
}
