//! The name of a run's folder: its local time, and a number from the second run of a minute on.

use std::fmt;
use std::str::FromStr;

use jiff::civil::DateTime;

/// `2025-06-01T0200`, `2025-06-01T0200-2`. Ordered by time, then number. Valid as a file name on every system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunName {
    minute: DateTime,
    number: u32,
}

const PATTERN: &str = "%Y-%m-%dT%H%M";

impl RunName {
    /// The first name of this minute.
    pub fn at(at: DateTime) -> RunName {
        let minute = at.with().second(0).subsec_nanosecond(0).build().unwrap_or(at);
        RunName { minute, number: 1 }
    }

    /// The next one of the same minute.
    pub fn next(&self) -> RunName {
        RunName { minute: self.minute, number: self.number.saturating_add(1) }
    }
}

impl fmt::Display for RunName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minute = self.minute.strftime(PATTERN);
        if self.number > 1 { write!(f, "{minute}-{}", self.number) } else { write!(f, "{minute}") }
    }
}

impl FromStr for RunName {
    type Err = String;

    /// Only what [`RunName`] itself writes: `-1`, `-02` and other spellings are somebody else's.
    fn from_str(text: &str) -> Result<RunName, String> {
        let wrong = || format!("{text} is not the name of a run");
        let (minute, number) = match text.get(15..) {
            Some("") => (text, 1),
            Some(rest) => {
                let number = rest.strip_prefix('-').and_then(|digits| digits.parse().ok()).ok_or_else(wrong)?;
                (&text[..15], number)
            }
            None => return Err(wrong()),
        };
        let minute = DateTime::strptime(PATTERN, minute).map_err(|_| wrong())?;
        let name = RunName { minute, number };
        if name.to_string() == text { Ok(name) } else { Err(wrong()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_both_ways_and_order_by_time() {
        let first = RunName::at(jiff::civil::date(2025, 6, 1).at(2, 0, 59, 7));
        assert_eq!(first.to_string(), "2025-06-01T0200");
        assert_eq!(first.next().to_string(), "2025-06-01T0200-2");
        let mut names = ["2025-06-01T0200-10", "2025-06-01T0200-2", "2025-06-01T0200", "2024-12-31T2359"];
        names.sort_by_key(|name| name.parse::<RunName>().unwrap());
        assert_eq!(names, ["2024-12-31T2359", "2025-06-01T0200", "2025-06-01T0200-2", "2025-06-01T0200-10"]);
        for name in names {
            assert_eq!(name.parse::<RunName>().unwrap().to_string(), name);
        }
    }

    #[test]
    fn other_names_are_not_ours() {
        let others = [
            "",
            "2025-06-01",
            "2025-06-01T02:00",
            "2025-06-01T0200-1",
            "2025-06-01T0200-02",
            "2025-06-01T0200-+2",
            "2025-06-01T0200 (copy)",
            "2025-06-01T0200-chot",
            "2025-13-01T0200",
            "2025-06-01T2560",
            "+025-06-01T0200",
            "ạạạạạạạạạạ",
        ];
        for name in others {
            assert!(name.parse::<RunName>().is_err(), "{name}");
        }
    }
}
