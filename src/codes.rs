//! The codes of indicator sets and of their nodes. Knows no rule.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::digits::Digits;

/// The id of an indicator set: `qd-4725-2022`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct SetId(pub String);

impl fmt::Display for SetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// How deep a set may go: `1.2.3.4.5`.
pub const MAX_DEPTH: usize = 5;

/// The code of a group, criterion or item: `1.3.1`. Ordered by its numbers, so 1.10 comes after 1.9.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ItemCode {
    parts: [u16; MAX_DEPTH],
    depth: u8,
}

impl ItemCode {
    /// From its numbers; `None` if there is none or there are more than [`MAX_DEPTH`].
    pub fn from_parts(numbers: &[u16]) -> Option<ItemCode> {
        if numbers.is_empty() || numbers.len() > MAX_DEPTH {
            return None;
        }
        let mut parts = [0; MAX_DEPTH];
        parts[..numbers.len()].copy_from_slice(numbers);
        Some(ItemCode { parts, depth: numbers.len() as u8 })
    }

    /// Its numbers.
    pub fn parts(&self) -> &[u16] {
        &self.parts[..self.depth()]
    }

    /// How many numbers: 1 for a group.
    pub fn depth(&self) -> usize {
        usize::from(self.depth)
    }

    /// Whether it is that of a node, or of what stands below it.
    pub fn is_within(&self, node: ItemCode) -> bool {
        self.parts().starts_with(node.parts())
    }

    /// As [`fmt::Display`] shows it, without memory of its own.
    pub fn digits(&self) -> Digits {
        let mut digits = Digits::new();
        for (at, part) in self.parts().iter().enumerate() {
            if at > 0 {
                digits.push(b'.');
            }
            digits.number(u64::from(*part));
        }
        digits
    }

    /// The code without its last number; `None` for a top one.
    pub fn parent(&self) -> Option<ItemCode> {
        ItemCode::from_parts(&self.parts()[..self.depth() - 1])
    }
}

impl PartialOrd for ItemCode {
    fn partial_cmp(&self, other: &ItemCode) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ItemCode {
    fn cmp(&self, other: &ItemCode) -> std::cmp::Ordering {
        self.parts().cmp(other.parts())
    }
}

impl fmt::Display for ItemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.digits().as_str())
    }
}

impl FromStr for ItemCode {
    type Err = String;

    /// Digits and dots, as in a rule file.
    fn from_str(text: &str) -> Result<ItemCode, String> {
        let wrong = || format!("{text} is not a code of digits and dots");
        let mut numbers = Vec::new();
        for part in text.split('.') {
            if !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(wrong());
            }
            numbers.push(part.parse().map_err(|_| wrong())?);
        }
        ItemCode::from_parts(&numbers).ok_or_else(wrong)
    }
}

impl Serialize for ItemCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.digits().as_str())
    }
}

impl<'de> Deserialize<'de> for ItemCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ItemCode, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A level on a scale: 1 is the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Level(pub u8);

impl Level {
    /// The level of a school that has not met what it must.
    pub const LOWEST: Level = Level(1);
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_order_by_their_numbers() {
        let mut codes: Vec<ItemCode> = ["2", "1.10", "1.9", "1", "1.9.1"].iter().map(|c| c.parse().unwrap()).collect();
        codes.sort();
        let shown: Vec<String> = codes.iter().map(ItemCode::to_string).collect();
        assert_eq!(shown, ["1", "1.9", "1.9.1", "1.10", "2"]);
        assert_eq!(codes[2].parent(), Some(codes[1]));
        for wrong in ["", "1.", ".1", "1..2", "a", "1.2.3.4.5.6", "70000"] {
            assert!(wrong.parse::<ItemCode>().is_err(), "{wrong}");
        }
    }
}
