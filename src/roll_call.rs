//! One return for each school and set: whose each is, which of several counts, what is missing or late. Reads no points.

mod fate;
mod identify;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::check::Checked;
use crate::codes::SetId;
use crate::finding::{Finding, Place, code};
use crate::form::{Identity, layout};
use crate::rules::{RuleBook, RuleSet};
use crate::school::{School, SchoolCode};

pub use fate::Fate;
use identify::{Identified, Known, Roster};

/// A file that came, or a member of a .zip, after it was read.
#[derive(Debug)]
pub struct Arrival {
    /// Relative to the office folder, with `/`.
    pub file: Arc<str>,
    /// Of the bytes; empty if not known.
    pub fingerprint: String,
    /// When the file was last changed, at the office's time.
    pub modified: Option<DateTime>,
    /// When it was received, as the receipts say.
    pub received: Option<DateTime>,
    /// A later deadline for this one.
    pub extended_to: Option<Date>,
    /// Why the receipts set it aside; `None` if they do not.
    pub set_aside: Option<String>,
    /// What it turned out to be.
    pub content: Arrived,
    /// What was found about the file as a whole, without a file in the place.
    pub findings: Vec<Finding>,
}

/// What a file turned out to be.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub enum Arrived {
    /// Filled forms.
    Returns(Vec<Filled>),
    /// A workbook without a form in it; the findings say so.
    NoForm,
    /// Nothing that could be read; the findings say why.
    Unreadable,
    /// A PDF or a picture: a signed copy if its name starts with a school's code, else evidence.
    Copy,
    /// Junk that systems leave.
    Junk,
    /// Still being written.
    BeingWritten,
    /// An archive, whose members follow.
    Opened,
}

/// One filled form.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Filled {
    /// Who and when, as it says.
    pub identity: Identity,
    /// Its answers.
    pub checked: Checked,
}

/// A row of the list of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Which arrival.
    pub arrival: usize,
    /// The sheet of one of its returns; empty for the file itself.
    pub sheet: Arc<str>,
    /// Whose it is, by the place in the roster.
    pub school: Option<usize>,
    /// What became of it.
    pub fate: Fate,
}

/// One school and one set that it owes.
#[derive(Debug)]
pub struct Owing {
    /// The school, by its place in the roster.
    pub school: usize,
    /// The set.
    pub set: SetId,
    /// The return that counts.
    pub counted: Option<Chosen>,
    /// Without one, the newest that does not count.
    pub not_valid: Option<NotValid>,
    /// Whether the one that counts, or else the newest, came too late; `None` without deadline or return.
    pub late: Option<bool>,
    /// Arrivals that are its signed copies.
    pub signed_copies: Vec<usize>,
}

/// The return that counts.
#[derive(Debug)]
pub struct Chosen {
    /// Which arrival.
    pub arrival: usize,
    /// Its answers.
    pub checked: Checked,
}

/// A return that does not count.
#[derive(Debug)]
pub struct NotValid {
    /// Which arrival.
    pub arrival: usize,
    /// Its sheet; empty for a file that could not be read.
    pub sheet: Arc<str>,
    /// Its answers, if it is a form of the set that is owed.
    pub checked: Option<Checked>,
}

/// The result.
#[derive(Debug)]
pub struct RollCall {
    /// By roster, then by set.
    pub owing: Vec<Owing>,
    /// In the order of arrivals; several rows for a file with several returns.
    pub files: Vec<Listed>,
    /// All findings about files and returns that are not superseded, with file and school.
    pub findings: Vec<Finding>,
}

/// What the roll is called with.
pub struct Expected<'a> {
    /// The roster.
    pub schools: &'a [School],
    /// Whether a school of the roster must return at all.
    pub owes: &'a dyn Fn(&School) -> bool,
    /// The rules.
    pub book: &'a RuleBook,
    /// The school year.
    pub year: &'a str,
    /// The last day for returns.
    pub deadline: Option<Date>,
}

/// Calls the roll.
pub fn call(arrivals: &mut [Arrival], expected: &Expected) -> RollCall {
    let mut roll = Roll::new(expected);
    roll.list(arrivals);
    roll.choose(arrivals);
    roll.miss();
    RollCall { owing: roll.owing, files: roll.files, findings: roll.findings }
}

/// A return that is somebody's.
struct Candidate {
    arrival: usize,
    listed: usize,
    filled: Option<Filled>,
    sheet: Arc<str>,
    valid: bool,
    /// About identity; the answers' own findings are in the checked form.
    findings: Vec<Finding>,
}

struct Roll<'a> {
    expected: &'a Expected<'a>,
    roster: Roster<'a>,
    owing: Vec<Owing>,
    /// Files known by their name to be a school's, which could not be read as its return.
    unread: HashMap<usize, Vec<usize>>,
    candidates: HashMap<usize, Vec<Candidate>>,
    files: Vec<Listed>,
    findings: Vec<Finding>,
}

impl<'a> Roll<'a> {
    fn new(expected: &'a Expected<'a>) -> Roll<'a> {
        let mut owing = Vec::new();
        for (i, school) in expected.schools.iter().enumerate().filter(|(_, school)| (expected.owes)(school)) {
            for set in expected.book.of_schools().filter(|set| school.kinds.iter().any(|k| set.kinds.contains(k))) {
                owing.push(Owing {
                    school: i,
                    set: set.id.clone(),
                    counted: None,
                    not_valid: None,
                    late: None,
                    signed_copies: Vec::new(),
                });
            }
        }
        Roll {
            expected,
            roster: Roster::new(expected.schools),
            owing,
            unread: HashMap::new(),
            candidates: HashMap::new(),
            files: Vec::new(),
            findings: Vec::new(),
        }
    }

    fn code_of(&self, school: Option<usize>) -> Option<SchoolCode> {
        school.map(|school| self.expected.schools[school].code.clone())
    }

    /// Says something about an arrival.
    fn say(&mut self, arrival: &Arrival, school: Option<usize>, findings: Vec<Finding>) {
        for mut finding in findings {
            finding.place.file = Some(arrival.file.clone());
            finding.school = self.code_of(school);
            self.findings.push(finding);
        }
    }

    /// Puts every arrival on the list, and every return to its school and set.
    fn list(&mut self, arrivals: &mut [Arrival]) {
        let doubles = doubles(arrivals);
        let known = self.roster.know(arrivals);
        for (i, Known { named, returns: identified }) in known.into_iter().enumerate() {
            let content = std::mem::replace(&mut arrivals[i].content, Arrived::Junk);
            let aside = arrivals[i].set_aside.clone();
            let said = std::mem::take(&mut arrivals[i].findings);
            let arrival = &arrivals[i];
            let (fate, school) = match content {
                Arrived::Junk => (Fate::Junk, None),
                Arrived::BeingWritten => (Fate::BeingWritten, named),
                _ if aside.is_some() => {
                    let reason = aside.filter(|reason| !reason.is_empty()).unwrap_or_else(|| "—".to_owned());
                    self.say(arrival, named, vec![Finding::new(code::SET_ASIDE).with("reason", reason)]);
                    self.files.push(Listed { arrival: i, sheet: "".into(), school: named, fate: Fate::SetAside });
                    continue;
                }
                Arrived::Opened => (Fate::Opened, None),
                Arrived::Copy if named.is_some() => (Fate::SignedCopy, named),
                Arrived::Copy => (Fate::Other, None),
                Arrived::Unreadable => (Fate::Unreadable, named),
                Arrived::NoForm => (Fate::NotValid, named),
                Arrived::Returns(_) if doubles[i].is_some() => {
                    let other = doubles[i].map(|other| arrivals[other].file.to_string()).unwrap_or_default();
                    self.say(arrival, named, vec![Finding::new(code::DUPLICATE).with("other", other)]);
                    self.files.push(Listed { arrival: i, sheet: "".into(), school: named, fate: Fate::Duplicate });
                    continue;
                }
                Arrived::Returns(returns) => {
                    self.list_returns(i, arrival, returns.into_iter().zip(identified).collect(), said);
                    continue;
                }
            };
            if fate != Fate::SignedCopy {
                self.say(arrival, school, said);
            }
            self.files.push(Listed { arrival: i, sheet: "".into(), school, fate });
            if let Some(school) = school {
                self.attribute(i, school, fate);
            }
        }
    }

    /// A file known only by the code in its name: a signed copy, or something that its school must send again.
    fn attribute(&mut self, arrival: usize, school: usize, fate: Fate) {
        if matches!(fate, Fate::Unreadable | Fate::NotValid) {
            self.unread.entry(school).or_default().push(arrival);
        }
        for owing in self.owing.iter_mut().filter(|owing| owing.school == school) {
            match fate {
                Fate::SignedCopy => owing.signed_copies.push(arrival),
                Fate::Unreadable | Fate::NotValid if owing.not_valid.is_none() => {
                    owing.not_valid = Some(NotValid { arrival, sheet: "".into(), checked: None });
                }
                _ => {}
            }
        }
    }

    fn list_returns(&mut self, i: usize, arrival: &Arrival, returns: Vec<(Filled, Identified)>, said: Vec<Finding>) {
        let several = returns.len() > 1;
        if several {
            self.files.push(Listed { arrival: i, sheet: "".into(), school: None, fate: Fate::Opened });
        }
        let mut first_school = None;
        for (filled, found) in returns {
            let mut findings = found.findings;
            let mut valid = found.valid;
            valid &= self.check_year(&filled.identity, &mut findings);
            if let Some(set) = self.expected.book.get(&filled.checked.set) {
                check_form(&filled.identity, set, &mut findings);
            }
            first_school = first_school.or(found.school);
            let sheet = filled.checked.sheet.clone();
            self.files.push(Listed { arrival: i, sheet: sheet.clone(), school: found.school, fate: Fate::NotValid });
            let listed = self.files.len() - 1;
            let due = found.school.and_then(|school| self.due(school, &filled.checked.set));
            let candidate = Candidate { arrival: i, listed, filled: Some(filled), sheet, valid, findings };
            match (found.school, due) {
                (_, Some(due)) => self.candidates.entry(due).or_default().push(candidate),
                (Some(school), None) => self.not_due(arrival, school, candidate),
                (None, None) => {
                    self.say_all(arrival, None, candidate);
                }
            }
        }
        self.say(arrival, first_school, said);
    }

    /// A form that its school does not owe.
    fn not_due(&mut self, arrival: &Arrival, school: usize, candidate: Candidate) {
        let owed: Vec<String> = self
            .owing
            .iter()
            .filter(|owing| owing.school == school)
            .filter_map(|owing| Some(self.expected.book.get(&owing.set)?.short.clone()))
            .collect();
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
        let (at, sheet) = (candidate.arrival, candidate.sheet);
        self.say(arrival, Some(school), candidate.findings);
        self.say(arrival, Some(school), vec![finding.at(place)]);
        for owing in self.owing.iter_mut().filter(|owing| owing.school == school && owing.not_valid.is_none()) {
            owing.not_valid = Some(NotValid { arrival: at, sheet: sheet.clone(), checked: None });
        }
    }

    /// Says what there is to say of a return that stays on the list as not valid; its answers, then without findings.
    fn say_all(&mut self, arrival: &Arrival, school: Option<usize>, candidate: Candidate) -> Option<Checked> {
        self.say(arrival, school, candidate.findings);
        let mut checked = candidate.filled?.checked;
        let mut findings = std::mem::take(&mut checked.findings);
        findings.iter_mut().for_each(|finding| finding.set = Some(checked.set.clone()));
        self.say(arrival, school, findings);
        Some(checked)
    }

    fn due(&self, school: usize, set: &SetId) -> Option<usize> {
        self.owing.iter().position(|owing| owing.school == school && owing.set == *set)
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

    /// The newest valid return counts; the others say why they do not.
    fn choose(&mut self, arrivals: &[Arrival]) {
        for due in 0..self.owing.len() {
            let Some(mut candidates) = self.candidates.remove(&due) else { continue };
            candidates.sort_by(|a, b| newer_first(arrivals, a, b));
            let best = candidates.iter().position(|c| c.valid && c.filled.as_ref().is_some_and(|f| f.checked.valid));
            let mut newest =
                NotValid { arrival: candidates[0].arrival, sheet: candidates[0].sheet.clone(), checked: None };
            let kept = best.unwrap_or(0);
            let school = self.owing[due].school;
            let kept_file = arrivals[candidates[kept].arrival].file.clone();
            let kept_at = time_of(&arrivals[candidates[kept].arrival]);
            let mut chosen = None;
            for (n, candidate) in candidates.into_iter().enumerate() {
                let arrival = &arrivals[candidate.arrival];
                let listed = candidate.listed;
                if n > kept {
                    self.files[listed].fate = Fate::Superseded;
                    let same_time = time_of(arrival) == kept_at;
                    let code = if same_time { code::SAME_TIME } else { code::SUPERSEDED };
                    let place = Place { sheet: Some(candidate.sheet.clone()), ..Place::default() };
                    let finding = Finding::new(code).with("newer", &kept_file).at(place);
                    self.say(arrival, Some(school), vec![finding]);
                    continue;
                }
                if n == kept && best.is_some() {
                    self.files[listed].fate = Fate::Counted;
                    chosen = Some(candidate);
                    continue;
                }
                let checked = self.say_all(arrival, Some(school), candidate);
                if n == 0 {
                    newest.checked = checked;
                }
            }
            self.keep(due, arrivals, chosen, newest);
        }
    }

    fn keep(&mut self, due: usize, arrivals: &[Arrival], chosen: Option<Candidate>, newest: NotValid) {
        let school = self.owing[due].school;
        let Some(candidate) = chosen else {
            self.owing[due].late = self.judge_late(&arrivals[newest.arrival]);
            self.owing[due].not_valid = Some(newest);
            return;
        };
        let arrival = &arrivals[candidate.arrival];
        let mut findings = candidate.findings;
        let unread = self.unread.get(&school).map_or(&[][..], Vec::as_slice);
        let newer = |other: &&usize| time_of(&arrivals[**other]) > time_of(arrival);
        let not_valid = Some(&newest.arrival).filter(|newest| **newest != candidate.arrival);
        if let Some(&other) = not_valid.or(unread.iter().find(newer)) {
            findings.push(Finding::new(code::NEWER_NOT_VALID).with("newer", &arrivals[other].file));
        }
        let late = self.judge_late(arrival);
        if late == Some(true)
            && let Some(deadline) = self.deadline_of(arrival)
        {
            let day = |date: Date| date.strftime("%d/%m/%Y").to_string();
            let received = time_of(arrival).map(|time| day(time.date())).unwrap_or_default();
            findings.push(Finding::new(code::LATE).with("value", received).with("deadline", day(deadline)));
        }
        let Some(mut filled) = candidate.filled else { return };
        let set = filled.checked.set.clone();
        let mut own = std::mem::take(&mut filled.checked.findings);
        own.iter_mut().for_each(|finding| finding.set = Some(set.clone()));
        self.say(arrival, Some(school), findings);
        self.say(arrival, Some(school), own);
        let owing = &mut self.owing[due];
        owing.late = late;
        owing.not_valid = None;
        owing.counted = Some(Chosen { arrival: candidate.arrival, checked: filled.checked });
    }

    fn deadline_of(&self, arrival: &Arrival) -> Option<Date> {
        arrival.extended_to.or(self.expected.deadline)
    }

    fn judge_late(&self, arrival: &Arrival) -> Option<bool> {
        Some(time_of(arrival)?.date() > self.deadline_of(arrival)?)
    }

    /// Says which schools have sent nothing.
    fn miss(&mut self) {
        let missing: Vec<(usize, String)> = self
            .owing
            .iter()
            .filter(|owing| owing.counted.is_none() && owing.not_valid.is_none())
            .map(|owing| (owing.school, self.expected.book.get(&owing.set).map_or("", |set| &set.short).to_owned()))
            .collect();
        for (school, short) in missing {
            let mut finding = Finding::new(code::MISSING).with("value", short);
            finding.school = self.code_of(Some(school));
            self.findings.push(finding);
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

/// When a file came: as the receipts say, else by its own time.
pub fn time_of(arrival: &Arrival) -> Option<DateTime> {
    arrival.received.or(arrival.modified)
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

/// The later one first; of the same time, the later name.
fn newer_first(arrivals: &[Arrival], a: &Candidate, b: &Candidate) -> std::cmp::Ordering {
    let key = |c: &Candidate| (time_of(&arrivals[c.arrival]), natural(&arrivals[c.arrival].file));
    key(b).cmp(&key(a)).then_with(|| a.sheet.cmp(&b.sheet))
}

/// A name in which numbers compare by value: "bản 10" comes after "bản 9".
fn natural(name: &str) -> Vec<(String, u64)> {
    let mut parts = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let words = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(words);
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let (number, after) = after.split_at(digits);
        parts.push((word.to_lowercase(), number.parse().unwrap_or(0)));
        rest = after;
    }
    parts
}
