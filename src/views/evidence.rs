//! The evidence of what counts: by set and item, the schools in roster order, the office last.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::returns::counted_of;
use crate::finding::{Finding, code};
use crate::outcome::{Outcome, Scored, ScoredNode, Source};
use crate::rules::{Node, RuleSet};
use crate::school::School;

/// What one respondent wrote to prove an item.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// The set.
    pub set: &'a RuleSet,
    /// The item, by its place in the set.
    pub index: usize,
    /// The school, by its place in [`Outcome::schools`]; `None` for the office.
    pub school: Option<(usize, &'a School)>,
    /// Its name, or the office's.
    pub name: &'a str,
    /// The item's score.
    pub score: &'a ScoredNode,
    /// The return.
    pub source: Option<&'a Source>,
}

impl<'a> Evidence<'a> {
    /// The item.
    pub fn node(&self) -> &'a Node {
        &self.set.nodes[self.index]
    }

    /// The code of the school; empty for the office.
    pub fn code(&self) -> &'a str {
        self.school.map_or("", |(_, school)| &school.code.0)
    }
}

/// All of it, by item.
pub fn by_item(outcome: &Outcome) -> impl Iterator<Item = Evidence<'_>> {
    let schools = outcome.book.of_schools().flat_map(move |set| {
        let counted = counted_of(outcome, &set.id);
        (0..set.nodes.len()).flat_map(move |index| {
            counted.clone().filter_map(move |(expected, scored)| {
                let school = outcome.school_of(expected);
                let (place, source) = (expected.school, expected.source.as_ref());
                one(set, index, Some((place, school)), &school.name, scored, source)
            })
        })
    });
    schools.chain(office(outcome))
}

/// Rows of evidence that stand on one sheet; a sheet can have a little more than a million.
pub const MOST_ROWS: usize = 250_000;

/// What of the evidence stands on one sheet.
#[derive(Debug, Default)]
pub struct Part<'a> {
    /// The schools, by their places in [`Outcome::schools`].
    schools: HashSet<usize>,
    /// Whether the office's own stands there.
    of_office: bool,
    /// Whose is the first and the last: units, or schools of no unit; `None` where all stands on one sheet.
    pub between: Option<(&'a str, &'a str)>,
    /// How many rows.
    pub rows: usize,
}

impl Part<'_> {
    /// Whether this stands there.
    pub fn holds(&self, evidence: &Evidence) -> bool {
        self.between.is_none() || evidence.school.map_or(self.of_office, |(at, _)| self.schools.contains(&at))
    }
}

/// The evidence in parts of at most so many rows: schools of no unit, then unit by unit. A unit stands in one part,
/// unless it is larger than one.
pub fn parts(outcome: &Outcome, most: usize) -> Vec<Part<'_>> {
    let mut of_school: BTreeMap<usize, usize> = BTreeMap::new();
    let mut of_office = 0;
    for evidence in by_item(outcome) {
        match evidence.school {
            Some((at, _)) => *of_school.entry(at).or_default() += 1,
            None => of_office += 1,
        }
    }
    let all = of_school.values().sum::<usize>() + of_office;
    if all <= most {
        return vec![Part { rows: all, ..Part::default() }];
    }
    let places = outcome.units.iter().enumerate();
    let unit_of: HashMap<usize, usize> =
        places.flat_map(|(unit, of)| of.schools.iter().map(move |school| (*school, unit))).collect();
    let mut groups: BTreeMap<(Option<usize>, usize), Vec<usize>> = BTreeMap::new();
    for school in of_school.keys() {
        let unit = unit_of.get(school).copied();
        groups.entry((unit, if unit.is_some() { 0 } else { *school })).or_default().push(*school);
    }
    let mut parts = Vec::new();
    let mut part = Part { of_office: true, rows: of_office, ..Part::default() };
    for ((unit, _), schools) in groups {
        let rows: usize = schools.iter().map(|school| of_school[school]).sum();
        let mut ends = part.rows + rows > most;
        for school in schools {
            let name = unit.map_or(&outcome.schools[school].name, |unit| &outcome.units[unit].name).as_str();
            if (ends || part.rows + of_school[&school] > most) && !part.schools.is_empty() {
                parts.push(std::mem::take(&mut part));
            }
            ends = false;
            part.between = Some((part.between.map_or(name, |(first, _)| first), name));
            part.rows += of_school[&school];
            part.schools.insert(school);
        }
    }
    parts.push(part);
    parts
}

/// How many rows the parts have together.
pub fn rows(parts: &[Part]) -> usize {
    parts.iter().map(|part| part.rows).sum()
}

/// Says that it stands on several sheets, where it does.
pub fn told(outcome: &Outcome, most: usize) -> Option<Finding> {
    let parts = parts(outcome, most);
    let said = Finding::new(code::EVIDENCE_IN_PARTS).with("count", rows(&parts)).with("limit", most);
    (parts.len() > 1).then(|| said.with("parts", parts.len()))
}

fn office(outcome: &Outcome) -> impl Iterator<Item = Evidence<'_>> {
    let result = outcome.offices.as_ref().and_then(|result| Some((result, outcome.book.get(&result.set)?)));
    result.into_iter().flat_map(move |(result, set)| {
        let all = 0..set.nodes.len();
        all.filter_map(move |index| one(set, index, None, &outcome.office.name, &result.scored, result.source.as_ref()))
    })
}

fn one<'a>(
    set: &'a RuleSet,
    index: usize,
    school: Option<(usize, &'a School)>,
    name: &'a str,
    scored: &'a Scored,
    source: Option<&'a Source>,
) -> Option<Evidence<'a>> {
    let score = scored.nodes.get(index).filter(|score| !score.evidence.is_empty())?;
    Some(Evidence { set, index, school, name, score, source })
}
