//! Short texts of digits and ASCII letters without memory of their own: a run writes millions of codes, points and
//! addresses, and the standard machinery of formatting costs several times what they do. Knows no word of the domain.

use std::fmt;

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
