//! The evidence of what counts: by set and item, the schools in roster order, the office last.

use super::returns::counted_of;
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
