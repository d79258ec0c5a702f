//! What schools answered to findings of the run before, held against those of this one: what is explained is asked for
//! no more, as long as the same stands there and the office has not refused it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::codes::SetId;
use crate::finding::{Code, Finding, Opinion, Place, Regard, Severity, code};
use crate::form::Reply;
use crate::layouts::opinions::LEAST_LETTERS;
use crate::outcome::{ExpectedReturn, Outcome, Scored};
use crate::receipts::Refusal;
use crate::rules::RuleSet;
use crate::school::SchoolCode;
use crate::text;
use crate::views::corrections::is_for_school;
use crate::views::opinions::{can_be_explained, value_of};

/// What one school has answered about its returns of one set.
pub struct Replies {
    /// The school, by its place in the roster.
    pub school: usize,
    /// The set.
    pub set: SetId,
    /// With the file that it stands in; the newest first.
    pub said: Vec<(Arc<str>, Reply)>,
}

/// From so many on, the same words for all are worth a look.
const MANY: usize = 5;

/// Puts each answer to its finding, and says what cannot be used.
pub(super) fn explain(outcome: &mut Outcome, replies: Vec<Replies>, refusals: &[Refusal]) {
    let mut said = Vec::new();
    let Outcome { findings, expected, book, schools, .. } = outcome;
    let mut by_school: BTreeMap<&SchoolCode, Vec<usize>> = BTreeMap::new();
    let codes: Vec<Option<SchoolCode>> = findings.iter().map(|finding| finding.school.clone()).collect();
    for (at, school) in codes.iter().enumerate() {
        if let Some(school) = school.as_ref().filter(|_| is_for_school(&findings[at])) {
            by_school.entry(school).or_default().push(at);
        }
    }
    for of in replies.iter().filter(|of| !of.said.is_empty()) {
        let own = |expected: &&ExpectedReturn| expected.school == of.school && expected.set == of.set;
        let (Some(expected), Some(set)) = (expected.iter().find(own), book.get(&of.set)) else { continue };
        let current = expected.source.as_ref().map(|source| &*source.file);
        let hearing = Hearing::new(&schools[of.school].code, set, expected.of_newest(), &of.said, current);
        let is_of_set = |finding: &Finding| finding.set.as_ref().is_none_or(|set| *set == of.set);
        let own = by_school.get(hearing.code).into_iter().flatten().copied();
        let own: Vec<usize> = own.filter(|&at| is_of_set(&findings[at])).collect();
        let refused: Vec<&Refusal> = refusals.iter().filter(|refusal| refusal.is_to(of.school, &of.set)).collect();
        said.extend(hearing.hear_all(findings, &own, &refused));
    }
    // What was said once and withdrawn since, or is of no concern any more, was refused all the same.
    let is_said = |refusal: &&Refusal| {
        let of_school = replies.iter().filter(|of| refusal.is_to(of.school, &of.set));
        of_school.flat_map(|of| &of.said).any(|(_, reply)| {
            let is_item = refusal.item.is_none_or(|item| reply.item == item.to_string());
            reply.code == refusal.code.to_string() && is_item && is_answer(&reply.text)
        })
    };
    for refusal in refusals.iter().filter(|refusal| !is_said(refusal)) {
        let school = &schools[refusal.school];
        let finding = Finding::new(code::REFUSAL_OF_NO_OPINION)
            .with("row", refusal.place.cell.map_or(0, |cell| cell.row + 1))
            .with("value", refusal.code)
            .with("item", refusal.item.map(|item| item.to_string()).unwrap_or_default())
            .with("school", format!("{} {}", school.code, school.name));
        said.push(finding.at(refusal.place.clone()));
    }
    findings.extend(said);
}

/// The answers of one school about one set, as they are held against its findings.
pub(super) struct Hearing<'a> {
    code: &'a SchoolCode,
    set: &'a RuleSet,
    scored: Option<&'a Scored>,
    /// With the file that each stands in; the newest first.
    said: &'a [(Arc<str>, Reply)],
    /// The return that the school is told of.
    current: Option<&'a str>,
    /// Code, item and value of each of its findings.
    standing: BTreeSet<[String; 3]>,
    /// Answers that met their finding.
    heard: BTreeSet<usize>,
    /// Those of them in the current return that met an error.
    of_errors: BTreeSet<usize>,
}

impl<'a> Hearing<'a> {
    /// What a school said about a return of this set with these points; `current` is the file that it is told of.
    pub(super) fn new(
        code: &'a SchoolCode,
        set: &'a RuleSet,
        scored: Option<&'a Scored>,
        said: &'a [(Arc<str>, Reply)],
        current: Option<&'a str>,
    ) -> Hearing<'a> {
        let (standing, heard, of_errors) = Default::default();
        Hearing { code, set, scored, said, current, standing, heard, of_errors }
    }

    /// Puts each answer to its finding among its own, and says what cannot be used. Refused are those of this school and
    /// set.
    pub(super) fn hear_all(mut self, findings: &mut [Finding], own: &[usize], refused: &[&Refusal]) -> Vec<Finding> {
        self.standing = own.iter().map(|&at| self.subject(&findings[at])).collect();
        for &at in own {
            let is_refused = refused.iter().any(|refusal| refusal.is_about(&findings[at]));
            self.hear(&mut findings[at], is_refused);
        }
        let mut said = Vec::new();
        self.say_rest(&mut said);
        said
    }

    fn is_own(&self, reply: &Reply) -> bool {
        let is_schools = reply.school.is_empty() || reply.school == self.code.0;
        is_schools && (reply.set.is_empty() || reply.set == self.set.id.0)
    }

    /// Whether it stands in the return that the school is told of.
    fn is_current(&self, at: usize) -> bool {
        self.current == Some(&*self.said[at].0)
    }

    /// Code, item and value.
    fn subject(&self, finding: &Finding) -> [String; 3] {
        let item = finding.item.map(|item| item.to_string()).unwrap_or_default();
        [finding.code.to_string(), item, value_of(finding, self.set, self.scored)]
    }

    /// Puts the answer to its finding, if there is one.
    fn hear(&mut self, finding: &mut Finding, is_refused: bool) {
        let subject = self.subject(finding);
        let [code, item, value] = &subject;
        let about = |reply: &Reply| reply.code == *code && reply.item == *item;
        let said = self.said;
        let matching: Vec<usize> =
            (0..said.len()).filter(|&at| about(&said[at].1) && self.is_own(&said[at].1)).collect();
        if matching.is_empty() {
            return;
        }
        self.heard.extend(&matching);
        if finding.severity == Severity::Error {
            let is_said = |at: &usize| self.is_current(*at) && !said[*at].1.text.is_empty();
            let current: Vec<usize> = matching.into_iter().filter(is_said).collect();
            self.of_errors.extend(current);
            return;
        }
        if !can_be_explained(finding) {
            return;
        }
        let value_at = |at: usize| text::clean(&said[at].1.value);
        // The newest answer about this value counts, a blank one too.
        let exact = matching.iter().copied().find(|&at| value_at(at) == *value);
        let regard = match exact {
            Some(_) if is_refused => Regard::Refused,
            Some(_) => Regard::Explains,
            None => Regard::Outdated,
        };
        // One form may have the same fault twice: what was said of the other is not said of this one.
        let of_other = |at: usize| self.standing.contains(&[code.clone(), item.clone(), value_at(at)]);
        let outdated = |at: &usize| is_answer(&said[*at].1.text) && !of_other(*at);
        let first = exact.or_else(|| matching.iter().copied().find(outdated));
        let Some(answer) = first.map(|at| &said[at].1.text).filter(|text| is_answer(text)) else { return };
        finding.opinion = Some(Opinion { text: answer.clone(), regard });
        if regard == Regard::Explains {
            finding.severity = Severity::Note;
        }
    }

    /// Says what of the current return's answers could not be used.
    fn say_rest(&self, findings: &mut Vec<Finding>) {
        let mut texts: BTreeMap<&str, (usize, Place)> = BTreeMap::new();
        for (at, (file, reply)) in self.said.iter().enumerate() {
            if reply.text.is_empty() || !self.is_current(at) || self.of_errors.contains(&at) {
                continue;
            }
            let place = Place::file(file.clone()).at(&reply.sheet, reply.cell);
            let mut say = |finding: Finding| {
                let mut finding = finding.of(self.code).with("value", &reply.text).at(place.clone());
                finding.set = Some(self.set.id.clone());
                findings.push(finding);
            };
            if reply.is_cut() {
                say(Finding::new(code::OPINION_CUT).with("code", &reply.code).with("item", &reply.item));
            }
            if reply.code.parse::<Code>().is_err() {
                say(Finding::new(code::OPINION_ON_NOTHING_KNOWN));
            } else if !reply.school.is_empty() && reply.school != self.code.0 {
                say(Finding::new(code::OPINION_OF_OTHER_SCHOOL).with("school", &reply.school));
            } else if !is_answer(&reply.text) {
                say(Finding::new(code::OPINION_TOO_SHORT));
            } else if self.heard.contains(&at) {
                texts.entry(&reply.text).or_insert((0, place.clone())).0 += 1;
            } else if self.is_own(reply) {
                say(Finding::new(code::OPINION_NOT_NEEDED).with("code", &reply.code).with("item", &reply.item));
            }
        }
        let mut of_several = |code: Code, count: usize, value: Option<&str>, place: Place| {
            let finding = Finding::new(code).of(self.code).with("count", count).at(place);
            let mut finding = value.into_iter().fold(finding, |finding, value| finding.with("value", value));
            finding.set = Some(self.set.id.clone());
            findings.push(finding);
        };
        for (text, (count, place)) in texts.into_iter().filter(|(_, (count, _))| *count >= MANY) {
            of_several(code::OPINION_THE_SAME, count, Some(text), place);
        }
        if let Some(&first) = self.of_errors.first() {
            let (file, reply) = &self.said[first];
            let place = Place::file(file.clone()).at(&reply.sheet, reply.cell);
            of_several(code::OPINION_ON_ERROR, self.of_errors.len(), None, place);
        }
    }
}

/// Whether a text says anything.
fn is_answer(text: &str) -> bool {
    text.chars().filter(|letter| letter.is_alphabetic()).count() >= LEAST_LETTERS
}
