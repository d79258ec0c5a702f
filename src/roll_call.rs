//! One return for each school and set: whose each is, which of several counts, what is missing or late. Reads no points.

mod choose;
mod disposition;
mod identify;
mod list;
mod loose;
mod on_time;
mod whose;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::check::Checked;
use crate::codes::SetId;
use crate::finding::{Finding, code};
use crate::form::{Identity, Reply};
use crate::receipts::Granted;
use crate::rules::RuleBook;
use crate::school::{School, SchoolCode};

pub use disposition::Disposition;
use identify::Roster;
use loose::{Loose, Told};
pub use on_time::Timing;

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
    pub disposition: Disposition,
}

/// One school and one set that it owes.
#[derive(Debug)]
pub struct RollEntry {
    /// The school, by its place in the roster.
    pub school: usize,
    /// The set.
    pub set: SetId,
    /// The return that counts.
    pub counted: Option<Chosen>,
    /// Without one, the newest that does not count.
    pub not_valid: Option<NotValid>,
    /// How many returns came of it, those that do not count too.
    pub returns: u32,
    /// Whether its first return with an answer came too late; `None` without deadline or return.
    pub late: Option<bool>,
    /// What the school answered to what it was asked, with the arrival in which it stands: the newest first.
    pub replies: Vec<(usize, Reply)>,
    /// When its returns came.
    pub timing: Timing,
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
    /// Its answers, if it is a form of the set that is owed, and for certain this school's and of this year: what is in
    /// doubt is shown to nobody.
    pub checked: Option<Checked>,
}

/// The result.
#[derive(Debug)]
pub struct RollCall {
    /// By roster, then by set.
    pub entries: Vec<RollEntry>,
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
    /// The day of the run; a file dated later is questioned. `None`: none is.
    pub today: Option<Date>,
    /// The last day for returns.
    pub deadline: Option<Date>,
    /// The last day for returns that schools were asked to correct.
    pub again: Option<Date>,
    /// What the receipts grant to schools as a whole.
    pub granted: &'a Granted,
}

/// Calls the roll.
pub fn call(arrivals: &mut [Arrival], expected: &Expected) -> RollCall {
    let mut roll = Roll::new(expected);
    roll.list(arrivals);
    roll.choose(arrivals);
    roll.time(arrivals);
    roll.settle(arrivals);
    roll.miss();
    RollCall { entries: roll.entries, files: roll.files, findings: roll.findings }
}

/// A return that is somebody's.
struct Candidate {
    arrival: usize,
    listed: usize,
    filled: Option<Filled>,
    sheet: Arc<str>,
    /// Whether it is this school's for certain, and of this year.
    valid: bool,
    /// About identity; the answers' own findings are in the checked form.
    findings: Vec<Finding>,
    /// What other schools are to be told of it, as long as it stands open.
    told: Vec<Told>,
}

struct Roll<'a> {
    expected: &'a Expected<'a>,
    roster: Roster<'a>,
    entries: Vec<RollEntry>,
    /// What came from schools and is no return that they owe.
    loose: Vec<Loose>,
    /// What schools are to be told of returns that may be theirs.
    told: Vec<Told>,
    candidates: HashMap<usize, Vec<Candidate>>,
    /// For each entry the arrivals with answers that are of its school, whether they count or not.
    answered: HashMap<usize, Vec<usize>>,
    files: Vec<Listed>,
    findings: Vec<Finding>,
}

impl<'a> Roll<'a> {
    fn new(expected: &'a Expected<'a>) -> Roll<'a> {
        let mut entries = Vec::new();
        for (i, school) in expected.schools.iter().enumerate().filter(|(_, school)| (expected.owes)(school)) {
            for set in expected.book.of_schools().filter(|set| school.kinds.iter().any(|k| set.kinds.contains(k))) {
                entries.push(RollEntry {
                    school: i,
                    set: set.id.clone(),
                    counted: None,
                    not_valid: None,
                    returns: 0,
                    replies: Vec::new(),
                    late: None,
                    timing: Timing::default(),
                    signed_copies: Vec::new(),
                });
            }
        }
        Roll {
            expected,
            roster: Roster::new(expected.schools),
            entries,
            loose: Vec::new(),
            told: Vec::new(),
            candidates: HashMap::new(),
            answered: HashMap::new(),
            files: Vec::new(),
            findings: Vec::new(),
        }
    }

    fn code_of(&self, school: Option<usize>) -> Option<SchoolCode> {
        school.map(|school| self.expected.schools[school].code.clone())
    }

    /// What a school owes: places in `entries`, which is by school.
    fn owed_by(&self, school: usize) -> Range<usize> {
        let from = self.entries.partition_point(|entry| entry.school < school);
        from..self.entries.partition_point(|entry| entry.school <= school)
    }

    /// Says something about an arrival.
    fn say(&mut self, arrival: &Arrival, school: Option<usize>, findings: Vec<Finding>) {
        for mut finding in findings {
            finding.place.file = Some(arrival.file.clone());
            finding.school = self.code_of(school);
            self.findings.push(finding);
        }
    }

    /// Says what there is to say of a return that stays on the list as not valid; its answers, then without findings.
    /// Of answers that may be another's, or of another year, nothing is said and nothing is given: the first cause only.
    fn say_all(&mut self, arrival: &Arrival, school: Option<usize>, candidate: Candidate) -> Option<Checked> {
        self.told.extend(candidate.told);
        self.say(arrival, school, candidate.findings);
        if school.is_some() && !candidate.valid {
            return None;
        }
        let mut checked = candidate.filled?.checked;
        let mut findings = std::mem::take(&mut checked.findings);
        findings.iter_mut().for_each(|finding| finding.set = Some(checked.set.clone()));
        self.say(arrival, school, findings);
        Some(checked)
    }

    /// Says which schools have sent nothing.
    fn miss(&mut self) {
        let missing: Vec<(usize, String)> = self
            .entries
            .iter()
            .filter(|entry| entry.counted.is_none() && entry.not_valid.is_none())
            .map(|entry| (entry.school, self.expected.book.get(&entry.set).map_or("", |set| &set.short).to_owned()))
            .collect();
        for (school, short) in missing {
            let mut finding = Finding::new(code::MISSING).with("value", short);
            finding.school = self.code_of(Some(school));
            self.findings.push(finding);
        }
    }
}

/// When a file came: as the receipts say, else by its own time.
pub fn time_of(arrival: &Arrival) -> Option<DateTime> {
    arrival.received.or(arrival.modified)
}

/// Whether one arrival came before another; of the same time, the one with the earlier name.
fn is_older(arrival: &Arrival, than: &Arrival) -> bool {
    (time_of(arrival), natural(&arrival.file)) < (time_of(than), natural(&than.file))
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
