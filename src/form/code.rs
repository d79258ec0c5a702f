//! What the code of a row may mean: `1.3.1.`, `1,3,1`, `I.3`, `Tiêu chí 1.3`, the number 1.1, the date 1 March.

use std::borrow::Cow;

use crate::codes::ItemCode;
use crate::grid::{Date, Value};
use crate::table::words;
use crate::text;

/// The readings of a code.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CodeReading<'v> {
    /// Each code that could be meant; those that a set does not have are for the caller to leave out.
    pub codes: Vec<ItemCode>,
    /// What follows the code in the same cell: usually the title.
    pub rest: Cow<'v, str>,
    /// The cell was a date, shown so.
    pub date: Option<String>,
}

impl<'v> CodeReading<'v> {
    fn single(numbers: &[u16]) -> CodeReading<'v> {
        CodeReading { codes: ItemCode::from_parts(numbers).into_iter().collect(), ..CodeReading::default() }
    }

    /// The code alone, and what follows it.
    pub fn apart(self) -> (CodeReading<'static>, Cow<'v, str>) {
        (CodeReading { codes: self.codes, rest: Cow::default(), date: self.date }, self.rest)
    }

    /// Whether it is a code of more than one number.
    pub fn is_full(&self) -> bool {
        self.codes.iter().any(|code| code.depth() > 1)
    }
}

/// Reads the cell of the code column.
pub fn read(value: &Value) -> CodeReading<'_> {
    match value {
        Value::Text(text) => read_text(text),
        Value::Number(number) => read_number(*number),
        Value::Date(date) => read_date(*date),
        Value::Time(_) | Value::Bool(_) | Value::Error(_) | Value::Uncomputed => CodeReading::default(),
    }
}

/// Reads a code with what follows, or a title that may start with its code.
pub fn read_text(text: &str) -> CodeReading<'_> {
    let text = text::plain(text);
    let Some((numbers, rest)) = at_start(&text) else { return CodeReading { rest: text, ..CodeReading::default() } };
    let from = text.len() - rest.len();
    let rest = match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[from..]),
        Cow::Owned(mut text) => Cow::Owned(text.split_off(from)),
    };
    CodeReading { rest, ..CodeReading::single(&numbers) }
}

/// The numbers of a code at the start of a text, and what follows it to the end; `None` for a text that is all title.
fn at_start(text: &str) -> Option<(Vec<u16>, &str)> {
    if let Some((first, end)) = roman(text) {
        return Some(numbers(&text[end..], vec![first]));
    }
    let start = text.bytes().position(|byte| byte.is_ascii_digit())?;
    if !is_prefix(&text[..start]) {
        return None;
    }
    let (numbers, rest) = numbers(&text[start..], Vec::new());
    let end = text.len() - rest.len();
    let stuck = rest.starts_with(char::is_alphabetic)
        && text[..end].ends_with(|c: char| c.is_ascii_digit())
        && numbers.len() < 2;
    (!stuck && !rest.starts_with(['%', '/', '-'])).then_some((numbers, rest))
}

/// A Roman number at the start or after a word such as "Nhóm", with the place where it ends; Latin words do not count.
fn roman(text: &str) -> Option<(u16, usize)> {
    const NUMERALS: [&str; 10] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
    let mut starts = std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1)).take(4);
    starts.find_map(|start| {
        let end = start + text[start..].bytes().take_while(|b| matches!(b, b'I' | b'V' | b'X')).count();
        let value = NUMERALS.iter().position(|numeral| *numeral == &text[start..end])?;
        let ends = !text[end..].starts_with(char::is_alphanumeric);
        (ends && is_prefix(&text[..start])).then_some((value as u16 + 1, end))
    })
}

/// Whether what stands before a code says nothing, or is a word such as "Tiêu chí".
fn is_prefix(before: &str) -> bool {
    // No word before a code is so long: most titles are done with here.
    const LONGEST: usize = 80;
    if before.len() > LONGEST {
        return false;
    }
    let folded = text::fold(before);
    folded.is_empty() || words().prefixes.exact(&folded).is_some()
}

/// Numbers parted by dots or commas, blanks around them allowed; and what follows, without the marks between.
fn numbers(text: &str, mut found: Vec<u16>) -> (Vec<u16>, &str) {
    let mut rest = text;
    loop {
        let before_mark = rest;
        if !found.is_empty() {
            let Some(after) = rest.trim_start().strip_prefix(['.', ',']) else { break };
            rest = after.trim_start();
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        match rest[..digits].parse::<u16>() {
            Ok(number) if digits <= 3 => {
                found.push(number);
                rest = &rest[digits..];
            }
            _ => {
                rest = before_mark;
                break;
            }
        }
    }
    let marks = ['.', ',', ')', ':', ' '];
    let trimmed = rest.trim_start_matches(marks);
    // A dash parts code from title only with a blank around it: 2024-2025 is no code.
    let trimmed = match rest.trim_start().strip_prefix(['-', '–']) {
        Some(after) if after.starts_with(' ') => after.trim_start(),
        _ => trimmed,
    };
    (found, trimmed)
}

/// 1.1 may be 1.1 or what is left of 1.10.
fn read_number(number: f64) -> CodeReading<'static> {
    if !(0.0..1000.0).contains(&number) {
        return CodeReading::default();
    }
    let shown = format!("{:.4}", number);
    let shown = shown.trim_end_matches('0').trim_end_matches('.');
    let Some((whole, fraction)) = shown.split_once('.') else {
        return CodeReading::single(&[number as u16]);
    };
    let Ok(whole) = whole.parse::<u16>() else { return CodeReading::default() };
    let longer = [fraction.to_owned(), format!("{fraction}0"), format!("{fraction}00")];
    let codes = longer.iter().filter_map(|f| ItemCode::from_parts(&[whole, f.parse().ok()?])).collect();
    CodeReading { codes, ..CodeReading::default() }
}

/// 1 March may be 1.3 or 3.1; 1 March 2001 may be 1.3.1 too.
fn read_date(date: Date) -> CodeReading<'static> {
    // A code such as 1.3 under an odd number format comes as a day in January 1900.
    if date.serial < 60.0 && date.serial.fract() != 0.0 {
        return read_number(date.serial);
    }
    let (day, month) = (u16::from(date.day), u16::from(date.month));
    let year = u16::try_from(date.year.rem_euclid(100)).unwrap_or_default();
    let mut codes: Vec<ItemCode> = Vec::new();
    for numbers in [&[day, month][..], &[month, day], &[day, month, year], &[month, day, year]] {
        let code = ItemCode::from_parts(numbers);
        codes.extend(code.filter(|code| !codes.contains(code)));
    }
    CodeReading { codes, rest: Cow::default(), date: Some(format!("{day:02}/{month:02}/{}", date.year)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(reading: &CodeReading) -> Vec<String> {
        reading.codes.iter().map(ItemCode::to_string).collect()
    }

    #[test]
    fn texts() {
        for (text, code, rest) in [
            ("1.3.1", "1.3.1", ""),
            (" 1.3.1. ", "1.3.1", ""),
            ("1,3,1", "1.3.1", ""),
            ("1. 3", "1.3", ""),
            ("I.3", "1.3", ""),
            ("II", "2", ""),
            ("II. Quản trị", "2", "Quản trị"),
            ("Tiêu chí 1.3: Học liệu", "1.3", "Học liệu"),
            ("Nhóm tiêu chí I", "1", ""),
            ("1) Học liệu", "1", "Học liệu"),
            ("１.３", "1.3", ""),
            ("1.3 - Học liệu", "1.3", "Học liệu"),
            ("1.3.1Học liệu", "1.3.1", "Học liệu"),
        ] {
            let reading = read_text(text);
            assert_eq!(codes(&reading), [code], "{text}");
            assert_eq!(reading.rest, rest, "{text}");
        }
        for text in ["Internet", "Có 3 phòng", "2024-2025", "3D", "80%", "12/15", "", "Xã", "IT"] {
            assert_eq!(read_text(text).codes, [], "{text}");
        }
    }

    #[test]
    fn numbers_and_dates_have_several_readings() {
        assert_eq!(codes(&read(&Value::Number(1.0))), ["1"]);
        assert_eq!(codes(&read(&Value::Number(1.1))), ["1.1", "1.10", "1.100"]);
        assert_eq!(codes(&read(&Value::Number(2.3000000000000003))), ["2.3", "2.30", "2.300"]);
        let date = Date { serial: 45_717.0, year: 2025, month: 3, day: 1 };
        assert_eq!(codes(&read(&Value::Date(date))), ["1.3", "3.1", "1.3.25", "3.1.25"]);
        let date = Date { serial: 36_951.0, year: 2001, month: 3, day: 1 };
        assert!(codes(&read(&Value::Date(date))).contains(&"1.3.1".to_owned()));
        assert_eq!(read(&Value::Number(f64::NAN)).codes, []);
    }
}
