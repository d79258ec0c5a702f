//! What a person sees on a sheet and no value says: looks of texts, times, hidden rows, links, what lies on the cells.

use serde::{Deserialize, Serialize};

use super::CellRef;

/// What is to be seen in a cell beside its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    /// Figures in it are raised or lowered.
    Raised {
        /// The text with them on the line: `12`.
        level: String,
        /// The text without them: `1`. Empty where all of it is raised: then the value is the text itself.
        without: String,
    },
    /// Parts of it, or all of it, are crossed out; the value is what is left.
    CrossedOut {
        /// What is crossed out, the parts by `…`.
        out: String,
        /// The text as if nothing were.
        whole: String,
    },
    /// The format makes another thing of the number than its digits: `5%` for 5, `7.5` for 7500. Never for decimals that
    /// are not shown.
    Shown(String),
    /// The address behind it: of the web, of a file, or `#` and a place in the workbook.
    Link(String),
}

/// A number whose format shows hours, minutes or seconds, and no day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Time {
    /// In days: noon is 0.5.
    pub days: f64,
    /// A length of time, which counts on beyond 24 hours (`[h]:mm`); else a time of day.
    pub is_length: bool,
}

impl Time {
    /// Hours, minutes, seconds, as the cell shows them.
    pub fn parts(self) -> (u64, u8, u8) {
        const DAY: u64 = 86_400;
        let days = if self.days.is_finite() { self.days.abs() } else { 0.0 };
        // More than any sheet shows.
        let seconds = (days * DAY as f64).round().min(1e15) as u64;
        let seconds = if self.is_length { seconds } else { seconds % DAY };
        (seconds / 3600, (seconds / 60 % 60) as u8, (seconds % 60) as u8)
    }
}

/// As a cell shows it: `7:05`, `30:00`, `0:07:30`.
impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (hours, minutes, seconds) = self.parts();
        let sign = if self.days < 0.0 { "-" } else { "" };
        match seconds {
            0 => write!(f, "{sign}{hours}:{minutes:02}"),
            _ => write!(f, "{sign}{hours}:{minutes:02}:{seconds:02}"),
        }
    }
}

/// Runs of rows or of columns, in order and apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spans(Vec<(u32, u32)>);

impl Spans {
    /// Of these runs, first and last included, in any order.
    pub fn new(mut runs: Vec<(u32, u32)>) -> Spans {
        runs.retain(|(first, last)| first <= last);
        runs.sort_unstable();
        let mut spans: Vec<(u32, u32)> = Vec::new();
        for (first, last) in runs {
            match spans.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
                _ => spans.push((first, last)),
            }
        }
        Spans(spans)
    }

    /// Without the rows or columns of these runs.
    pub fn without(&self, others: &Spans) -> Spans {
        let mut left = self.0.clone();
        for (from, to) in &others.0 {
            left = left
                .into_iter()
                .flat_map(|(first, last)| {
                    let before = from.checked_sub(1).map(|end| (first, end.min(last)));
                    let after = to.checked_add(1).map(|start| (start.max(first), last));
                    before.into_iter().chain(after)
                })
                .filter(|(first, last)| first <= last)
                .collect();
        }
        Spans(left)
    }

    /// Whether this row or column is one of them.
    pub fn contains(&self, number: u32) -> bool {
        let after = self.0.partition_point(|span| span.0 <= number);
        after > 0 && self.0[after - 1].1 >= number
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The runs, first and last included.
    pub fn runs(&self) -> &[(u32, u32)] {
        &self.0
    }
}

/// Something that lies on the cells of a sheet, whose content no cell holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// What it is.
    pub kind: DrawnKind,
    /// The first cell that it covers.
    pub from: CellRef,
    /// The last one.
    pub to: CellRef,
    /// What is written on it; empty if nothing.
    pub text: String,
}

/// What can lie on cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DrawnKind {
    /// A box to tick, or a button to choose by.
    CheckBox,
    /// A box with text in it.
    TextBox,
    /// A picture.
    Picture,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_shown_as_cells_show_them() {
        for (days, is_length, shown) in [
            (0.5, false, "12:00"),
            (1.25, true, "30:00"),
            (7.5, false, "12:00"),
            (7.0 / 24.0 + 5.0 / 1440.0, false, "7:05"),
            (0.005_208_333_333, false, "0:07:30"),
            (-0.25, true, "-6:00"),
            (f64::NAN, true, "0:00"),
        ] {
            assert_eq!(Time { days, is_length }.to_string(), shown);
        }
    }

    #[test]
    fn runs_are_put_together_and_taken_apart() {
        let spans = Spans::new(vec![(9, 12), (2, 3), (4, 4), (8, 7), (20, u32::MAX)]);
        assert_eq!(spans.runs(), [(2, 4), (9, 12), (20, u32::MAX)]);
        assert!(spans.contains(2) && spans.contains(4) && spans.contains(u32::MAX));
        assert!(!spans.contains(1) && !spans.contains(5) && !spans.contains(13));
        let left = spans.without(&Spans::new(vec![(0, 2), (10, 10), (12, u32::MAX)]));
        assert_eq!(left.runs(), [(3, 4), (9, 9), (11, 11)]);
        assert!(Spans::default().is_empty());
    }
}
