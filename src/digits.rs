//! Short texts of digits and ASCII letters without memory of their own: a run writes millions of codes, points and
//! addresses, and the standard machinery of formatting costs several times what they do. Knows no word of the domain.

use std::fmt;

/// A number of a cell as people read it, with a decimal comma: `5,6` of 5.600000000000001, `5,67` of a mean.
pub fn decimal(number: f64) -> String {
    plain_decimal(number).replace('.', ",")
}

/// As [`decimal`], with a point. Fifteen digits are what a spreadsheet program keeps of what is typed; a longer fraction
/// was computed: of it the fewest decimals, two at least, that do not make it a rounder number than it is.
pub fn plain_decimal(number: f64) -> String {
    /// A number with more decimals than this was not typed.
    const TYPED: usize = 6;
    let kept: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    let whole = kept.to_string();
    let decimals = whole.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    if decimals <= TYPED {
        return whole;
    }
    let rounded = (2..decimals).map(|places| format!("{kept:.places$}"));
    rounded.into_iter().find(|text| !text.ends_with('0')).unwrap_or(whole)
}

/// Room for the longest: five numbers of five digits with dots between them.
const ROOM: usize = 32;

/// A short text of ASCII. What goes beyond its room is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digits {
    bytes: [u8; ROOM],
    length: usize,
}

impl Digits {
    /// Nothing yet.
    pub const fn new() -> Digits {
        Digits { bytes: [0; ROOM], length: 0 }
    }

    /// Adds a letter or sign of ASCII.
    pub fn push(&mut self, letter: u8) {
        debug_assert!(letter.is_ascii() && self.length < ROOM, "{letter} in {self:?}");
        if let Some(free) = self.bytes.get_mut(self.length) {
            *free = letter;
            self.length += 1;
        }
    }

    /// Adds a number.
    pub fn number(&mut self, number: u64) {
        let from = self.length;
        let mut rest = number;
        loop {
            self.push(b'0' + (rest % 10) as u8);
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.bytes[from..self.length].reverse();
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

impl Default for Digits {
    fn default() -> Digits {
        Digits::new()
    }
}

impl AsRef<[u8]> for Digits {
    fn as_ref(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

impl fmt::Display for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_cells_are_as_people_read_them() {
        for (number, want) in [
            (5.600000000000001, "5,6"),
            (0.1 + 0.2, "0,3"),
            (17.0 / 3.0, "5,67"),
            (22.0 / 3.0, "7,33"),
            (10.004, "10,004"),
            (10.00000001, "10,00000001"),
            (6.999_999_333, "6,999999"),
            (2.503_333_333_333, "2,503"),
            (7.0, "7"),
            (-0.5, "-0,5"),
            (1e21, "1000000000000000000000"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(decimal(number), want);
        }
    }

    #[test]
    fn numbers_are_as_the_standard_library_writes_them() {
        for number in [0, 7, 10, 99, 100, 65_535, u64::MAX] {
            let mut digits = Digits::new();
            digits.push(b'-');
            digits.number(number);
            digits.push(b'.');
            assert_eq!(digits.as_str(), format!("-{number}."));
            assert_eq!(format!("{digits:>24}|"), format!("{:>24}|", format!("-{number}.")));
        }
    }
}
