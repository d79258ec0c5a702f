//! Every arrival on the list of files, and every return with the school and the set that it is due for.

use std::collections::HashMap;

use super::identify::{Identified, Known};
use super::loose::{Loose, Told};
use super::on_time::has_answer;
use super::whose::Whose;
use super::{Arrival, Arrived, Candidate, Disposition, Filled, Listed, NotValid, Roll, natural, time_of};
use crate::codes::SetId;
use crate::finding::{Finding, Place, code};
use crate::form::Identity;
use crate::layouts::form as layout;
use crate::rules::RuleSet;

impl Roll<'_> {
    /// Puts every arrival on the list, and every return to its school and set.
    pub fn list(&mut self, arrivals: &mut [Arrival]) {
        let doubles = doubles(arrivals);
        let known = self.roster.know(arrivals);
        for (i, Known { named, returns: identified }) in known.into_iter().enumerate() {
            let content = std::mem::replace(&mut arrivals[i].content, Arrived::Junk);
            let aside = arrivals[i].set_aside.clone();
            let said = std::mem::take(&mut arrivals[i].findings);
            let arrival = &arrivals[i];
            let (disposition, school) = match content {
                Arrived::Junk => (Disposition::Junk, None),
                Arrived::BeingWritten => (Disposition::BeingWritten, named),
                _ if aside.is_some() => {
                    let reason = aside.filter(|reason| !reason.is_empty()).unwrap_or_else(|| "—".to_owned());
                    self.say(arrival, named, vec![Finding::new(code::SET_ASIDE).with("reason", reason)]);
                    self.files.push(Listed {
                        arrival: i,
                        sheet: "".into(),
                        school: named,
                        disposition: Disposition::SetAside,
                    });
                    continue;
                }
                Arrived::Opened => (Disposition::Opened, None),
                Arrived::Copy if named.is_some() => (Disposition::SignedCopy, named),
                Arrived::Copy => (Disposition::Other, None),
                Arrived::Unreadable => (Disposition::Unreadable, named),
                Arrived::NoForm => (Disposition::NotValid, named),
                Arrived::Returns(_) if doubles[i].is_some() => {
                    let other = doubles[i].map(|other| arrivals[other].file.to_string()).unwrap_or_default();
                    self.say(arrival, named, vec![Finding::new(code::DUPLICATE).with("other", other)]);
                    self.files.push(Listed {
                        arrival: i,
                        sheet: "".into(),
                        school: named,
                        disposition: Disposition::Duplicate,
                    });
                    continue;
                }
                Arrived::Returns(returns) => {
                    self.list_returns(i, arrival, returns.into_iter().zip(identified).collect(), said);
                    continue;
                }
            };
            self.files.push(Listed { arrival: i, sheet: "".into(), school, disposition });
            match (disposition, school) {
                (Disposition::SignedCopy, _) => {}
                (Disposition::Unreadable | Disposition::NotValid, Some(school)) => {
                    let listed = self.files.len() - 1;
                    let of = vec![school];
                    self.loose.push(Loose { arrival: i, listed, of, findings: said, told: Vec::new() });
                }
                _ => self.say(arrival, school, said),
            }
            if let Some(school) = school {
                self.attribute(i, school, disposition);
            }
        }
    }

    /// A file known only by the code in its name: a signed copy, or something that its school must send again.
    fn attribute(&mut self, arrival: usize, school: usize, disposition: Disposition) {
        let owed = self.owed_by(school);
        for entry in &mut self.entries[owed] {
            match disposition {
                Disposition::SignedCopy => entry.signed_copies.push(arrival),
                Disposition::Unreadable | Disposition::NotValid if entry.not_valid.is_none() => {
                    entry.not_valid = Some(NotValid { arrival, sheet: "".into(), checked: None });
                }
                _ => {}
            }
        }
    }

    fn list_returns(&mut self, i: usize, arrival: &Arrival, returns: Vec<(Filled, Identified)>, said: Vec<Finding>) {
        let several = returns.len() > 1;
        if several {
            self.files.push(Listed { arrival: i, sheet: "".into(), school: None, disposition: Disposition::Opened });
        }
        let mut first_school = None;
        for (filled, found) in returns {
            let mut findings = found.findings;
            let Whose { school, mut valid, others } = found.whose;
            valid &= self.check_year(&filled.identity, &mut findings);
            if let Some(set) = self.expected.book.get(&filled.checked.set) {
                check_form(&filled.identity, set, &mut findings);
            }
            first_school = first_school.or(school);
            let sheet = filled.checked.sheet.clone();
            self.files.push(Listed { arrival: i, sheet: sheet.clone(), school, disposition: Disposition::NotValid });
            let listed = self.files.len() - 1;
            let told = self.tell(i, &filled, school, &others);
            if let Some(school) = school.filter(|_| has_answer(&filled.checked)) {
                // A form that the school does not owe is its return all the same: it has the right one still to fill.
                let due = self.expected(school, &filled.checked.set);
                for entry in due.map_or_else(|| self.owed_by(school), |entry| entry..entry + 1) {
                    self.answered.entry(entry).or_default().push(i);
                }
            }
            let expected = school.and_then(|school| self.expected(school, &filled.checked.set));
            let candidate = Candidate { arrival: i, listed, filled: Some(filled), sheet, valid, findings, told };
            match (school, expected) {
                (_, Some(expected)) => self.candidates.entry(expected).or_default().push(candidate),
                (Some(school), None) => self.not_due(school, candidate),
                (None, None) => self.nobodys(arrival, candidate),
            }
        }
        self.say(arrival, first_school, said);
    }

    /// What the other schools that a return could be of are to be told.
    fn tell(&self, arrival: usize, filled: &Filled, school: Option<usize>, others: &[usize]) -> Vec<Told> {
        let identity = &filled.identity;
        let said = identity.codes.first().or(identity.names.first());
        let place = said.map(|said| Place::default().at(&said.sheet, said.cell)).unwrap_or_default();
        let name = |school: usize| self.expected.schools[school].name.clone();
        let one = |other: &usize| {
            let about = match school {
                Some(_) => Finding::new(code::CODE_ON_OTHERS_RETURN)
                    .with("value", identity.codes.first().map_or("", |said| &said.text))
                    .with("name", identity.names.first().map_or("", |said| &said.text)),
                None => {
                    let rest = others.iter().filter(|known| *known != other).map(|known| name(*known));
                    Finding::new(code::MAY_BE_OF_SEVERAL)
                        .with("value", said.map_or("", |said| &said.text))
                        .with("others", rest.collect::<Vec<_>>().join(", "))
                }
            };
            let code = &self.expected.schools[*other].code;
            let mut finding = about.with("school", code).at(place.clone());
            let set = &filled.checked.set;
            finding.set = self.expected(*other, set).map(|_| set.clone());
            Told { arrival, school: *other, finding }
        };
        others.iter().map(one).collect()
    }

    /// A return that nobody, or more than one school, could have sent.
    fn nobodys(&mut self, arrival: &Arrival, candidate: Candidate) {
        if candidate.told.is_empty() {
            self.say_all(arrival, None, candidate);
            return;
        }
        let Candidate { arrival, listed, findings, told, .. } = candidate;
        let of = told.iter().map(|told| told.school).collect();
        self.loose.push(Loose { arrival, listed, of, findings, told });
    }

    /// A form that its school does not owe.
    fn not_due(&mut self, school: usize, candidate: Candidate) {
        let entry = &self.entries[self.owed_by(school)];
        let owed: Vec<String> =
            entry.iter().filter_map(|entry| Some(self.expected.book.get(&entry.set)?.short.clone())).collect();
        let own = &self.expected.schools[school];
        let set = candidate.filled.as_ref().and_then(|filled| self.expected.book.get(&filled.checked.set));
        let kinds: Vec<String> = own.kinds.iter().map(|kind| kind.to_string()).collect();
        let place = Place { sheet: Some(candidate.sheet.clone()), ..Place::default() };
        let finding = match owed.is_empty() {
            true => Finding::new(code::NO_LONGER_ASSESSED).with("value", &own.state),
            false => Finding::new(code::WRONG_SET)
                .with("kind", kinds.join(", "))
                .with("value", set.map_or("", |set| set.short.as_str()))
                .with("expected", owed.join(", ")),
        };
        // The first cause only: of a form that is not the school's, nothing else is said.
        let Candidate { arrival, listed, sheet, mut findings, told, .. } = candidate;
        findings.push(finding.at(place));
        self.loose.push(Loose { arrival, listed, of: vec![school], findings, told });
        let owed = self.owed_by(school);
        for entry in self.entries[owed].iter_mut().filter(|entry| entry.not_valid.is_none()) {
            entry.not_valid = Some(NotValid { arrival, sheet: sheet.clone(), checked: None });
        }
    }

    fn expected(&self, school: usize, set: &SetId) -> Option<usize> {
        self.owed_by(school).find(|&expected| self.entries[expected].set == *set)
    }

    fn check_year(&self, identity: &Identity, findings: &mut Vec<Finding>) -> bool {
        let visible = identity.year.as_ref();
        let hidden = Some(identity.hidden.year.as_str()).filter(|year| !year.is_empty());
        match visible.map(|said| said.text.as_str()).or(hidden) {
            None => {
                findings.push(Finding::new(code::NO_YEAR).with("expected", self.expected.year));
                true
            }
            Some(year) if year == self.expected.year => true,
            Some(year) => {
                let place = visible.map(|said| Place::default().at(&said.sheet, said.cell)).unwrap_or_default();
                let finding = Finding::new(code::WRONG_YEAR).with("value", year).with("expected", self.expected.year);
                findings.push(finding.at(place));
                false
            }
        }
    }
}

/// Whether the form is of another version than the one in force.
fn check_form(identity: &Identity, set: &RuleSet, findings: &mut Vec<Finding>) {
    let hidden = &identity.hidden;
    if hidden.version.is_empty() {
        return;
    }
    if hidden.version != layout::VERSION {
        let finding = Finding::new(code::OLD_FORM).with("value", &hidden.version);
        findings.push(finding.with("expected", layout::VERSION));
    } else if hidden.set == set.id.0 && hidden.rules != set.fingerprint {
        findings.push(Finding::new(code::OTHER_RULES));
    }
}

/// For each arrival, the one with equal content that counts instead: the first to come.
fn doubles(arrivals: &[Arrival]) -> Vec<Option<usize>> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let eligible = |arrival: &&Arrival| {
        matches!(arrival.content, Arrived::Returns(_)) && arrival.set_aside.is_none() && !arrival.fingerprint.is_empty()
    };
    let mut order: Vec<usize> = (0..arrivals.len()).filter(|&i| eligible(&&arrivals[i])).collect();
    order.sort_by(|&a, &b| {
        let key = |i: usize| (time_of(&arrivals[i]).is_none(), time_of(&arrivals[i]), natural(&arrivals[i].file));
        key(a).cmp(&key(b))
    });
    let mut doubles = vec![None; arrivals.len()];
    for i in order {
        match first.get(arrivals[i].fingerprint.as_str()) {
            Some(&other) => doubles[i] = Some(other),
            None => {
                first.insert(&arrivals[i].fingerprint, i);
            }
        }
    }
    doubles
}
