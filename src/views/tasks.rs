//! Whom the office has to chase today: what is to be done about each school, the most urgent first, and the message to it.

mod message;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::corrections::{Correction, sentence};
use super::deadline::last_day;
use crate::codes::SetId;
use crate::finding::{Severity, code};
use crate::outcome::{Outcome, Status};
use crate::school::{School, SchoolCode};

pub use message::to_school;

/// One thing to do about one return; the most urgent first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// Nothing came that can be read, a signed copy at the most.
    Missing {
        /// The signed copies that came, by the names of their files.
        signed: Vec<String>,
        /// The set's short name.
        set: String,
    },
    /// There are errors.
    Correct {
        /// Whether it counts all the same.
        counts: bool,
        /// How many errors.
        errors: usize,
        /// The corrected form.
        file: Option<String>,
        /// Of a return that cannot be used: why, and what can be mended in it. Empty of any other.
        why: String,
        /// The set's short name.
        set: String,
    },
    /// Something came that the office's own machine could not read; nothing to ask of the school.
    Unread {
        /// The set's short name.
        set: String,
    },
    /// A return came that may be its own, or another school's.
    Told {
        /// The set's short name.
        set: String,
        /// What is to be said of it.
        text: String,
    },
    /// It is dated after the day of the run: the office's own to look at.
    Dated {
        /// The set's short name.
        set: String,
        /// The day.
        day: String,
    },
    /// It came after its deadline.
    Late {
        /// The set's short name.
        set: String,
    },
}

/// What is to be done about one school.
#[derive(Debug)]
pub struct Task<'a> {
    /// The school.
    pub school: &'a School,
    /// The most urgent first; never empty.
    pub works: Vec<Work>,
    /// The last day for what is asked of it, the first of several; `None` where none is set or it has passed.
    pub last_day: Option<Date>,
}

/// Every school that has something to do, the most urgent first, then by roster.
pub fn tasks(outcome: &Outcome) -> Vec<Task<'_>> {
    let corrections = outcome.corrections();
    let key = |one: &Correction| (one.expected.school, one.expected.set.0.clone());
    let corrections: BTreeMap<_, _> = corrections.iter().map(|one| (key(one), one)).collect();
    let mut works: BTreeMap<usize, Vec<Work>> = BTreeMap::new();
    let mut days: BTreeMap<usize, Date> = BTreeMap::new();
    let dated: BTreeMap<(&SchoolCode, &SetId), &str> = outcome
        .findings
        .iter()
        .filter(|finding| finding.code == code::DATED_AFTER_RUN)
        .filter_map(|said| Some(((said.school.as_ref()?, said.set.as_ref()?), said.values.get("value")?.as_str())))
        .collect();
    // Units chase their own schools.
    let of_units = outcome.units_of_schools();
    for expected in outcome.expected.iter().filter(|one| !of_units.contains_key(&one.school)) {
        let set = outcome.book.short(&expected.set).to_owned();
        let correction = corrections.get(&(expected.school, expected.set.0.clone()));
        let errors = correction.map_or(0, |one| one.count(Severity::Error));
        let told: Vec<String> = correction.into_iter().flat_map(|one| one.told().map(sentence)).collect();
        if !told.is_empty() {
            let told = Work::Told { set: set.clone(), text: told.join(" ") };
            works.entry(expected.school).or_default().push(told);
        }
        if let Some(day) = dated.get(&(&outcome.school_of(expected).code, &expected.set)) {
            let dated = Work::Dated { set: set.clone(), day: (*day).to_owned() };
            works.entry(expected.school).or_default().push(dated);
        }
        let work = match expected.status {
            Status::Missing => {
                let name = |file: &Arc<str>| file.rsplit('/').next().unwrap_or(file).to_owned();
                Work::Missing { signed: expected.signed_copies.iter().map(name).collect(), set }
            }
            Status::NotValid if errors == 0 => Work::Unread { set },
            status if errors > 0 => Work::Correct {
                counts: status == Status::Accepted,
                errors,
                file: correction.and_then(|one| one.file.clone()),
                why: correction.filter(|one| one.is_blank()).map(|one| why(one)).unwrap_or_default(),
                set,
            },
            _ if expected.late == Some(true) => Work::Late { set },
            _ => continue,
        };
        if let Some(day) = last_day(outcome, expected).filter(|_| work.asks()) {
            let first = days.entry(expected.school).or_insert(day);
            *first = day.min(*first);
        }
        works.entry(expected.school).or_default().push(work);
    }
    let mut tasks: Vec<Task> = Vec::with_capacity(works.len());
    for (school, mut works) in works {
        works.sort_by_key(Work::urgency);
        tasks.push(Task { school: &outcome.schools[school], works, last_day: days.get(&school).copied() });
    }
    tasks.sort_by_key(|task| task.works.first().map(Work::urgency));
    tasks
}

impl Task<'_> {
    /// Whether the school has nothing to do: what came could not be read on the office's own machine, or is dated oddly.
    pub fn is_for_office(&self) -> bool {
        self.works.iter().all(|work| matches!(work, Work::Unread { .. } | Work::Dated { .. }))
    }

    /// Its forms to be sent back, by name.
    pub fn files(&self) -> Vec<&str> {
        let file = |work| match work {
            &Work::Correct { file: Some(ref file), .. } => Some(file.as_str()),
            _ => None,
        };
        self.works.iter().filter_map(file).collect()
    }

    /// The works in words, a line each.
    pub fn labels(&self) -> String {
        self.lines(Work::label)
    }

    /// The sets that they are about, a line each.
    pub fn sets(&self) -> String {
        self.lines(|work| work.set().to_owned())
    }

    fn lines(&self, text: impl Fn(&Work) -> String) -> String {
        let mut lines: Vec<String> = self.works.iter().map(text).collect();
        lines.dedup();
        lines.join("\n")
    }
}

/// Why a return cannot be used, and what can be mended in it.
fn why(correction: &Correction) -> String {
    let causes = correction.causes().into_iter().map(sentence);
    causes.chain(correction.slip()).collect::<Vec<_>>().join(" ")
}

impl Work {
    /// Whether something is to be sent.
    fn asks(&self) -> bool {
        matches!(self, Work::Missing { .. } | Work::Correct { .. })
    }

    fn urgency(&self) -> u8 {
        match self {
            Work::Missing { .. } => 0,
            Work::Correct { counts: false, .. } | Work::Unread { .. } => 1,
            Work::Correct { counts: true, .. } => 2,
            Work::Told { .. } => 3,
            Work::Dated { .. } => 4,
            Work::Late { .. } => 5,
        }
    }

    /// The set's short name.
    pub fn set(&self) -> &str {
        match self {
            Work::Missing { set, .. } | Work::Correct { set, .. } | Work::Unread { set } => set,
            Work::Told { set, .. } | Work::Dated { set, .. } | Work::Late { set } => set,
        }
    }

    /// The work in a few words.
    pub fn label(&self) -> String {
        match self {
            Work::Missing { signed, .. } if signed.is_empty() => "Chưa nộp".to_owned(),
            Work::Missing { .. } => "Mới có bản ký, chưa có phiếu".to_owned(),
            Work::Correct { counts: false, errors, .. } => format!("Chưa được tính, {errors} chỗ phải sửa"),
            Work::Correct { errors, .. } => format!("{errors} chỗ phải sửa"),
            Work::Unread { .. } => "Cơ quan chưa đọc được tệp".to_owned(),
            Work::Told { .. } => "Có phiếu chưa rõ của trường nào".to_owned(),
            Work::Dated { day, .. } => format!("Tệp ghi ngày {day}, sau ngày chạy"),
            Work::Late { .. } => "Nộp trễ".to_owned(),
        }
    }
}
