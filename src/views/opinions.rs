//! What schools say to findings instead of correcting them: what each is held against, and the list of all.

use std::collections::HashMap;

use crate::finding::{Code, Finding, Severity, code};
use crate::outcome::{Outcome, Scored};
use crate::rules::RuleSet;
use crate::school::{School, SchoolCode};
use crate::text;

/// Values of findings that name places, people, likenesses or rules: they change while what was entered does not.
const BESIDE: [&str; 20] = [
    "title", "file", "files", "first", "newer", "sheet", "column", "row", "rows", "others", "cells", "place",
    "nearest", "meaning", "known", "second", "shown", "max", "step", "limit",
];
/// What is said of answers is no question to the school's figures: it cannot be explained in turn.
const ABOUT_ANSWERS: [Code; 4] =
    [code::OPINION_TOO_SHORT, code::OPINION_ON_ERROR, code::OPINION_ON_NOTHING_KNOWN, code::OPINION_OF_OTHER_SCHOOL];
/// A longer value is cut; the same is cut alike.
const LONGEST: usize = 500;

/// Whether an answer to this finding can explain it.
pub fn can_be_explained(finding: &Finding) -> bool {
    finding.severity == Severity::Warning && !ABOUT_ANSWERS.contains(&finding.code)
}

/// What a finding is about, as far as the school has entered it in the return of these points: an opinion holds as long
/// as it stays.
pub fn value_of(finding: &Finding, set: &RuleSet, scored: Option<&Scored>) -> String {
    let is_entered = |name: &str, value: &str| !BESIDE.contains(&name) && !value.is_empty();
    let known = finding.values.iter().filter(|(name, value)| is_entered(name, value));
    let mut parts: Vec<String> =
        known.map(|(name, value)| if name == "value" { value.clone() } else { format!("{name} {value}") }).collect();
    // Where a cell beside the score is blank, the score is what the finding is about.
    if finding.values.get("value").is_none_or(String::is_empty)
        && let Some(item) = finding.item
        && let Some(scored) = scored
    {
        parts.extend(entered(scored, set, item));
    }
    text::cut(&text::clean(&parts.join("; ")), LONGEST)
}

/// The score or answer as entered.
fn entered(scored: &Scored, set: &RuleSet, item: crate::codes::ItemCode) -> Option<String> {
    let result = scored.nodes.get(set.index_of(item)?)?;
    match &*result.written {
        "" => result.claimed.map(|points| points.to_string()),
        written => Some(written.to_owned()),
    }
}

/// A finding that a school has answered.
pub struct Answered<'a> {
    /// The school.
    pub school: &'a School,
    /// The finding with the answer.
    pub finding: &'a Finding,
}

impl Answered<'_> {
    /// What the school says.
    pub fn opinion(&self) -> &str {
        self.finding.opinion.as_ref().map_or("", |opinion| &opinion.text)
    }
}

impl Outcome {
    /// Every finding that a school has answered, as the roster has the schools, then as findings come.
    pub fn answered(&self) -> Vec<Answered<'_>> {
        let places: HashMap<&SchoolCode, usize> =
            self.schools.iter().enumerate().map(|(at, school)| (&school.code, at)).collect();
        let of = |finding: &Finding| finding.school.as_ref().and_then(|code| places.get(code)).copied();
        let answered = self.findings.iter().filter(|finding| finding.opinion.is_some());
        let mut answered: Vec<(usize, &Finding)> =
            answered.filter_map(|finding| Some((of(finding)?, finding))).collect();
        answered.sort_by_key(|(school, finding)| (*school, &finding.set, finding.item, finding.code));
        answered.into_iter().map(|(school, finding)| Answered { school: &self.schools[school], finding }).collect()
    }
}
