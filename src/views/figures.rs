//! The figures that every report begins with: the headline, and how many returns came, count, are late and reach which
//! level, by set, by kind of school and by managing unit.

mod headline;
mod standing;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use crate::codes::Level;
use crate::outcome::{ExpectedReturn, Outcome, Status};
use crate::rules::RuleSet;
use crate::school::{School, SchoolKind, kinds_text};

pub use headline::{DeadlineAhead, Headline, OfficeStand, weighed, weights};
pub use standing::standing;

/// For a school whose managing unit is not known.
pub const NO_UNIT: &str = "(chưa ghi)";

/// Numbers of returns; a school that owes two sets is expected to return two. From [`Outcome::expected`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Expected returns: those below together.
    pub owed: u32,
    /// Returns that count.
    pub accepted: u32,
    /// Returned, but not counted until corrected.
    pub not_valid: u32,
    /// Nothing returned.
    pub missing: u32,
    /// Returned after the deadline, whether they count or not.
    pub late: u32,
    /// Rows of `loi.csv` about them that are errors.
    #[serde(skip)]
    pub errors: u32,
    /// And warnings.
    #[serde(skip)]
    pub warnings: u32,
    /// Of those that count, how many have which overall level.
    pub by_level: BTreeMap<Level, u32>,
}

impl Counts {
    /// Of these expected returns.
    pub fn of<'a>(expected: impl IntoIterator<Item = &'a ExpectedReturn>) -> Counts {
        let mut counts = Counts::default();
        expected.into_iter().for_each(|expected| counts.add(expected));
        counts
    }

    fn add(&mut self, expected: &ExpectedReturn) {
        self.owed += 1;
        *match expected.status {
            Status::Accepted => &mut self.accepted,
            Status::NotValid => &mut self.not_valid,
            Status::Missing => &mut self.missing,
        } += 1;
        self.late += u32::from(expected.late == Some(true));
        self.errors += expected.errors;
        self.warnings += expected.warnings;
        if let Some(level) = expected.counted().and_then(|scored| scored.level) {
            *self.by_level.entry(level).or_default() += 1;
        }
    }

    /// How many have this status.
    pub fn with(&self, status: Status) -> u32 {
        match status {
            Status::Accepted => self.accepted,
            Status::NotValid => self.not_valid,
            Status::Missing => self.missing,
        }
    }

    /// How many that count have this overall level.
    pub fn at(&self, level: Level) -> u32 {
        self.by_level.get(&level).copied().unwrap_or_default()
    }

    /// What is still to come: missing, or to be corrected.
    pub fn open(&self) -> u32 {
        self.missing + self.not_valid
    }

    /// The share of the expected returns that count, from 0 to 1; 0 where none is expected.
    pub fn share(&self) -> f64 {
        if self.owed == 0 { 0.0 } else { f64::from(self.accepted) / f64::from(self.owed) }
    }
}

/// How many schools owe a return.
pub fn schools(outcome: &Outcome) -> usize {
    outcome.expected.iter().map(|expected| expected.school).collect::<BTreeSet<_>>().len()
}

/// Schools of which a return has this status, by roster.
pub fn schools_with(outcome: &Outcome, status: Status) -> Vec<&School> {
    let of = outcome.expected.iter().filter(|expected| expected.status == status);
    let places: BTreeSet<usize> = of.map(|expected| expected.school).collect();
    places.into_iter().map(|place| &outcome.schools[place]).collect()
}

/// All expected returns together.
pub fn all(outcome: &Outcome) -> Counts {
    Counts::of(&outcome.expected)
}

/// By the sets that schools owe, in the order of the rules; a set that nobody owes is there too.
pub fn by_set(outcome: &Outcome) -> Vec<(&RuleSet, Counts)> {
    outcome.book.of_schools().map(|set| (set, Counts::of(outcome.expected_of(&set.id)))).collect()
}

/// By the kinds of a school as one text ("TH, THCS" is a kind of its own), in the order in which the sets name them: from
/// preschools to continuing education.
pub fn by_kind(outcome: &Outcome) -> Vec<(String, Counts)> {
    let named: Vec<&SchoolKind> = outcome.book.of_schools().flat_map(|set| &set.kinds).collect();
    let place = |kind: &SchoolKind| named.iter().position(|known| *known == kind);
    let places = |school: &School| school.kinds.iter().map(place).collect::<Vec<_>>();
    let texts = outcome.schools.iter().map(|school| (key(&kinds_text(&school.kinds)), places(school)));
    let texts: HashMap<String, Vec<Option<usize>>> = texts.collect();
    let mut groups = by_name(outcome, |expected| kinds_text(&outcome.school_of(expected).kinds));
    groups.sort_by_cached_key(|(name, _)| texts.get(&key(name)).cloned());
    groups
}

/// By managing unit, in the order of their names; those of no unit under [`NO_UNIT`].
pub fn by_unit(outcome: &Outcome) -> Vec<(String, Counts)> {
    by_name(outcome, |expected| unit(&outcome.school_of(expected).unit).to_owned())
}

fn by_name(outcome: &Outcome, name: impl Fn(&ExpectedReturn) -> String) -> Vec<(String, Counts)> {
    let mut groups: BTreeMap<String, (String, Counts)> = BTreeMap::new();
    for expected in &outcome.expected {
        let name = name(expected);
        groups.entry(key(&name)).or_insert_with(|| (name, Counts::default())).1.add(expected);
    }
    groups.into_values().collect()
}

/// The levels that schools can have by the sets in force, from the lowest.
pub fn levels(outcome: &Outcome) -> Vec<Level> {
    let scales = outcome.book.of_schools().filter_map(RuleSet::overall_scale);
    let levels: BTreeSet<Level> = scales.flat_map(|scale| &scale.levels).map(|range| range.level).collect();
    levels.into_iter().collect()
}

/// A managing unit's name.
pub fn unit(unit: &str) -> &str {
    if unit.trim().is_empty() { NO_UNIT } else { unit }
}

/// What makes two names of units or kinds one: spreadsheet programs count without regard to case.
pub fn key(name: &str) -> String {
    name.to_lowercase()
}
