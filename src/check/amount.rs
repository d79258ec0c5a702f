//! Số đạt and Tổng số to a share or a count.

use std::borrow::Cow;

use super::score_text::shown;
use crate::form::Answer;
use crate::grid::{CellRef, Value};
use crate::points::Share;
use crate::text;

/// What the cells of an amount say.
#[derive(Debug, Clone, PartialEq)]
pub enum Amount {
    /// Nothing.
    Blank,
    /// A share of the whole, or a count.
    Known(Share),
    /// `whole` is zero.
    NoWhole,
    /// More reached than there are.
    PartAboveWhole,
    /// Not between nothing and the whole.
    OutOfRange,
    /// No number, or one with two readings.
    Unreadable,
}

type Cell<'a> = Option<&'a (CellRef, Value)>;

/// The cells that say an amount: two numbers, else what stands under "Tỉ lệ", else the one number.
pub fn cells(answer: &Answer) -> (Cell<'_>, Cell<'_>) {
    match (&answer.part, &answer.whole, &answer.share) {
        (Some(part), Some(whole), _) => (Some(part), Some(whole)),
        (_, _, Some(share)) => (Some(share), None),
        (part, whole, None) => (part.as_ref(), whole.as_ref()),
    }
}

/// A ratio under a title that says so: 80 is 80% there, and 1 is all of it.
pub fn share(cell: Cell) -> Amount {
    match cell.map(|cell| number(&cell.1)) {
        Some(Some(Number::Plain(share))) if share > Share::ONE => {
            share.divided_by(100).map_or(Amount::Unreadable, in_range)
        }
        Some(Some(Number::Plain(share))) => in_range(share),
        _ => ratio(cell, None),
    }
}

/// A ratio: `80%`, `0,8`, `12/15`, or two cells.
pub fn ratio(part: Cell, whole: Cell) -> Amount {
    match (part, whole) {
        (None, None) => Amount::Blank,
        (Some(part), None) => match number(&part.1) {
            Some(Number::Share(share)) => in_range(share),
            Some(Number::Plain(share)) if share < Share::ONE => in_range(share),
            Some(Number::Fraction(part, whole)) => divided(part, whole),
            // 12 alone may be twelve of an unknown whole or twelve per cent.
            Some(Number::Plain(_)) | None => Amount::Unreadable,
        },
        (None, Some(_)) => Amount::Unreadable,
        (Some(part), Some(whole)) => match (number(&part.1), number(&whole.1)) {
            (Some(Number::Plain(part)), Some(Number::Plain(whole))) => divided(part, whole),
            (Some(Number::Fraction(part, of)), Some(Number::Plain(whole))) if of == whole => divided(part, whole),
            (Some(Number::Share(share)), Some(Number::Plain(_))) => in_range(share),
            _ => Amount::Unreadable,
        },
    }
}

/// A count: one cell.
pub fn count(part: Cell, whole: Cell) -> Amount {
    match part.or(whole).map(|cell| number(&cell.1)) {
        None => Amount::Blank,
        Some(Some(Number::Plain(count))) if count < Share::ZERO => Amount::OutOfRange,
        Some(Some(Number::Plain(count))) => Amount::Known(count),
        Some(_) => Amount::Unreadable,
    }
}

fn divided(part: Share, whole: Share) -> Amount {
    if whole == Share::ZERO {
        return Amount::NoWhole;
    }
    if part < Share::ZERO || whole < Share::ZERO {
        return Amount::OutOfRange;
    }
    if part > whole {
        return Amount::PartAboveWhole;
    }
    Share::new(part.num() * whole.den(), part.den() * whole.num()).map_or(Amount::Unreadable, Amount::Known)
}

fn in_range(share: Share) -> Amount {
    if share < Share::ZERO || share > Share::ONE { Amount::OutOfRange } else { Amount::Known(share) }
}

enum Number {
    Plain(Share),
    Share(Share),
    Fraction(Share, Share),
}

fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Share::from_f64(*number).map(Number::Plain),
        Value::Date(date) if date.serial < 1000.0 => Share::from_f64(date.serial).map(Number::Plain),
        Value::Text(text) => {
            let text = text::typed(text).replace(' ', "");
            if let Some(percent) = text.strip_suffix('%') {
                return Share::parse_signed(percent)?.divided_by(100).map(Number::Share);
            }
            if let Some((part, whole)) = text.split_once('/') {
                return Some(Number::Fraction(Share::parse_signed(part)?, Share::parse_signed(whole)?));
            }
            let digits = text.trim_end_matches(|c: char| c.is_alphabetic());
            Share::parse_signed(digits).map(Number::Plain)
        }
        Value::Date(_) | Value::Time(_) | Value::Bool(_) | Value::Error(_) | Value::Uncomputed => None,
    }
}

/// As messages show it: `12/15`, `80%`.
pub fn written<'a>(part: Cell<'a>, whole: Cell<'a>) -> Cow<'a, str> {
    match (part, whole) {
        (Some((_, part)), Some((_, whole))) => format!("{}/{}", shown(Some(part)), shown(Some(whole))).into(),
        (only, None) | (None, only) => shown(only.map(|cell| &cell.1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Option<(CellRef, Value)> {
        let value = match text.parse::<f64>() {
            Ok(number) => Value::Number(number),
            Err(_) => Value::Text(text.to_owned()),
        };
        (!text.is_empty()).then_some((CellRef::new(0, 0), value))
    }

    #[test]
    fn shares_under_their_own_title() {
        for (text, want) in
            [("80", known(4, 5)), ("1", known(1, 1)), ("0,8", known(4, 5)), ("80%", known(4, 5)), ("'80%", known(4, 5))]
        {
            assert_eq!(share(cell(text).as_ref()), want, "{text}");
        }
        assert_eq!(share(cell("120").as_ref()), Amount::OutOfRange);
        assert_eq!(share(None), Amount::Blank);
    }

    fn known(num: i128, den: i128) -> Amount {
        Amount::Known(Share::new(num, den).unwrap())
    }

    #[test]
    fn ratios() {
        for (part, whole, want) in [
            ("", "", Amount::Blank),
            ("80%", "", known(4, 5)),
            ("0,8", "", known(4, 5)),
            ("0.8", "", known(4, 5)),
            ("12/15", "", known(4, 5)),
            ("12", "15", known(4, 5)),
            ("12/15", "15", known(4, 5)),
            ("0", "15", known(0, 1)),
            ("12", "", Amount::Unreadable),
            ("", "15", Amount::Unreadable),
            ("15", "12", Amount::PartAboveWhole),
            ("0", "0", Amount::NoWhole),
            ("120%", "", Amount::OutOfRange),
            ("-5%", "", Amount::OutOfRange),
            ("−5 %", "", Amount::OutOfRange),
            ("-0,05", "", Amount::OutOfRange),
            ("-3/12", "", Amount::OutOfRange),
            ("3/-12", "", Amount::OutOfRange),
            ("-3", "12", Amount::OutOfRange),
            ("-3", "", Amount::OutOfRange),
            ("+80%", "", known(4, 5)),
            ("--5%", "", Amount::Unreadable),
            ("gần hết", "", Amount::Unreadable),
            // Figures that are no plain ones mark notes.
            ("⑫", "15", Amount::Unreadable),
            ("12²", "15", Amount::Unreadable),
            ("㉑/30", "", Amount::Unreadable),
            ("１２", "１５", known(4, 5)),
        ] {
            assert_eq!(ratio(cell(part).as_ref(), cell(whole).as_ref()), want, "{part} {whole}");
        }
    }

    #[test]
    fn counts() {
        assert_eq!(count(cell("120").as_ref(), None), known(120, 1));
        assert_eq!(count(cell("120 học liệu").as_ref(), None), known(120, 1));
        assert_eq!(count(None, cell("7").as_ref()), known(7, 1));
        assert_eq!(count(cell("80%").as_ref(), None), Amount::Unreadable);
        for below in ["-1", "-1,5 học liệu"] {
            assert_eq!(count(cell(below).as_ref(), None), Amount::OutOfRange, "{below}");
        }
    }
}
