//! The errors that stand open before a result is frozen, each with the levels with and without it.

use std::collections::HashMap;

use super::{Case, OfficeLevels};
use crate::aggregate::{Owed, aggregate};
use crate::codes::Level;
use crate::finding::{Finding, Lang, Severity};
use crate::folder::RETURNS;
use crate::milestone::Decided;
use crate::outcome::{ExpectedReturn, Outcome};
use crate::points::Points;
use crate::rules::{Node, NodeKind, RuleSet};
use crate::score::{Scored, State};

/// What can be decided on an open error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The school corrects it first; then a new run is frozen.
    Correct,
    /// The office records a verified score first; then a new run is frozen.
    Verify,
    /// It is accepted as it stands: see [`OpenError::zero`].
    Zero,
}

/// An open error.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenError {
    /// It.
    pub finding: Finding,
    /// The school's name; empty for the office.
    pub name: String,
    /// The school's, or the office's, overall level as it stands; `None` where no return counts.
    pub with: Option<Level>,
    /// The level if what was claimed counted; for a blank answer, if it got its maximum.
    pub without: Option<Level>,
    /// What accepting it means.
    pub zero: Zero,
}

/// What it means to accept an open error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zero {
    /// An item of a school's return counts as 0; a verified score could take its place.
    Item,
    /// An item that nobody verifies counts as 0.
    OwnItem,
    /// The school counts as one from which nothing came.
    Missing,
    /// The file is of no known school and is left out.
    LeftOut,
    /// All stays as it is now counted.
    AsIs,
}

impl OpenError {
    /// Whether a verified score could take the place of what is wrong.
    pub fn verifiable(&self) -> bool {
        self.zero == Zero::Item
    }

    /// As the seal records it.
    pub fn decided(&self, choice: Choice) -> Decided {
        let decision = match (choice, self.zero) {
            (Choice::Correct, _) => "truong_sua",
            (Choice::Verify, _) => "tham_dinh",
            (Choice::Zero, Zero::Item | Zero::OwnItem) => "tinh_0",
            (Choice::Zero, Zero::Missing) => "coi_nhu_chua_nop",
            (Choice::Zero, Zero::LeftOut) => "khong_tinh_tep",
            (Choice::Zero, Zero::AsIs) => "giu_nguyen",
        };
        Decided {
            code: self.finding.code.to_string(),
            school: self.finding.school.clone(),
            place: self.finding.place.to_string(),
            message: self.finding.message(Lang::Vi),
            decision: decision.to_owned(),
            level: self.with,
            level_without: self.without,
        }
    }
}

impl Case {
    /// The open errors, in the order of the findings.
    pub fn open_errors(&self) -> Vec<OpenError> {
        let errors = self.outcome.findings.iter().filter(|finding| finding.severity == Severity::Error);
        let errors = errors.filter(|finding| !self.outcome.is_settled(finding));
        errors.map(|finding| open(&self.outcome, finding)).collect()
    }

    /// The office's level with all open errors, and with none.
    pub fn office_levels(&self) -> OfficeLevels {
        let outcome = &self.outcome;
        let none = OfficeLevels { with: None, without: None };
        let Some(office) = &outcome.offices else { return none };
        let Some(set) = outcome.book.get(&office.set) else { return none };
        let mended: Vec<Option<Scored>> =
            outcome.expected.iter().map(|expected| without_errors(outcome, expected)).collect();
        let of_units = outcome.units_of_schools();
        let owed: Vec<Owed> = outcome
            .expected
            .iter()
            .zip(&mended)
            .map(|(expected, scored)| {
                let own = !of_units.contains_key(&expected.school);
                Owed { set: &expected.set, own, scored: scored.as_ref() }
            })
            .collect();
        let mut points: HashMap<usize, Points> = HashMap::new();
        for result in aggregate(&outcome.book, set, &owed) {
            points.extend(set.index_of(result.code).map(|at| (at, result.points)));
        }
        let mut met = Vec::new();
        for finding in of_office(outcome) {
            mend(set, &office.scored, finding, &mut points, &mut met);
        }
        let without = office.scored.if_counted(set, &points, &met).level;
        OfficeLevels { with: office.scored.level, without }
    }
}

fn of_office(outcome: &Outcome) -> impl Iterator<Item = &Finding> {
    let set = outcome.offices.as_ref().map(|office| &office.set);
    let errors = outcome.findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.filter(move |finding| finding.school.is_none() && finding.set.is_some() && finding.set.as_ref() == set)
}

/// An expected return with every one of its errors mended.
fn without_errors(outcome: &Outcome, expected: &ExpectedReturn) -> Option<Scored> {
    let scored = expected.of_newest()?;
    let set = outcome.book.get(&expected.set)?;
    let (mut points, mut met) = (HashMap::new(), Vec::new());
    // A void answer is an error by itself; what was blank is not made up here.
    for (i, (node, score)) in set.nodes.iter().zip(&scored.nodes).enumerate() {
        if score.state == State::Void && score.verified.is_none() {
            let most = node.max.unwrap_or_default();
            points.insert(i, score.claimed.unwrap_or_default().min(most));
        }
        if node.kind == NodeKind::Mandatory && score.met.is_none() {
            met.push(i);
        }
    }
    Some(scored.if_counted(set, &points, &met))
}

fn open(outcome: &Outcome, finding: &Finding) -> OpenError {
    let mut error =
        OpenError { finding: finding.clone(), name: String::new(), with: None, without: None, zero: Zero::Missing };
    let Some(code) = &finding.school else {
        // What is wrong in a file that the office keeps is no file that a school sent.
        let file = finding.place.file.as_deref().unwrap_or_default();
        error.zero = if file.starts_with(RETURNS) { Zero::LeftOut } else { Zero::AsIs };
        if let Some(office) = &outcome.offices
            && finding.set.as_ref() == Some(&office.set)
            && let Some(set) = outcome.book.get(&office.set)
        {
            error.with = office.scored.level;
            error.without = mended(set, &office.scored, finding);
            error.zero = if scored_item(set, finding) { Zero::OwnItem } else { Zero::AsIs };
        }
        return error;
    };
    let mut expected = outcome.expected.iter().filter(|expected| outcome.school_of(expected).code == *code);
    let expected = expected.find(|expected| finding.set.as_ref().is_none_or(|set| *set == expected.set));
    if let Some(school) = outcome.schools.iter().find(|school| school.code == *code) {
        error.name.clone_from(&school.name);
    }
    if let Some(expected) = expected
        && let Some(set) = outcome.book.get(&expected.set)
    {
        error.with = expected.scored.as_ref().and_then(|scored| scored.level);
        let base = expected.of_newest();
        error.without = base.and_then(|scored| mended(set, scored, finding));
        if expected.scored.is_some() {
            error.zero = if scored_item(set, finding) { Zero::Item } else { Zero::AsIs };
        }
    }
    error
}

/// Whether it is about an item that has points.
fn scored_item(set: &RuleSet, finding: &Finding) -> bool {
    let node = finding.item.and_then(|item| set.nodes.get(set.index_of(item)?));
    node.is_some_and(Node::is_typed)
}

/// The level without one error.
fn mended(set: &RuleSet, scored: &Scored, finding: &Finding) -> Option<Level> {
    let (mut points, mut met) = (HashMap::new(), Vec::new());
    mend(set, scored, finding, &mut points, &mut met);
    scored.if_counted(set, &points, &met).level
}

fn mend(set: &RuleSet, scored: &Scored, finding: &Finding, points: &mut HashMap<usize, Points>, met: &mut Vec<usize>) {
    let at = finding.item.and_then(|item| set.index_of(item));
    let Some((at, node)) = at.and_then(|at| Some((at, set.nodes.get(at)?))) else { return };
    let Some(score) = scored.nodes.get(at).filter(|_| node.is_asked()) else { return };
    let most = node.max.unwrap_or_default();
    match score.state {
        _ if node.kind == NodeKind::Mandatory => met.push(at),
        _ if score.verified.is_some() => {}
        State::Void => drop(points.insert(at, score.claimed.unwrap_or(most).min(most))),
        State::Missing => drop(points.insert(at, most)),
        State::Counted | State::Sum => {}
    }
}
