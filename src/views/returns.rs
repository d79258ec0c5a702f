//! The expected returns one by one: whether, when and in which file each came, and what else its school sent.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use crate::codes::SetId;
use crate::finding::Lang;
use crate::milestone::Kind;
use crate::outcome::{Disposition, ExpectedReturn, Outcome, Scored, SeenFile, Source};
use crate::rules::RuleSet;
use crate::school::{School, SchoolCode};

/// What a school owes, and what came.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission<'a> {
    /// The expected return.
    pub expected: &'a ExpectedReturn,
    /// Its school.
    pub school: &'a School,
    /// The set's short name.
    pub set: &'a str,
    /// When the return that counts came, else the newest one.
    pub received: Option<DateTime>,
    /// How that is known: "sổ nhận", "giờ tệp"; empty where it is not.
    pub known_by: &'static str,
    /// Its school's files that do not count, each with what became of it.
    pub other_files: Vec<String>,
    /// The newest milestone that was reached without the return.
    pub came_after: Option<Kind>,
}

impl Submission<'_> {
    /// The file of the return; empty where none came.
    pub fn file(&self) -> &str {
        self.expected.source.as_ref().map_or("", |source| &source.file)
    }

    /// The sheet of the return.
    pub fn sheet(&self) -> &str {
        self.expected.source.as_ref().map_or("", |source| &source.sheet)
    }
}

/// All expected returns, in their order.
pub fn submissions(outcome: &Outcome) -> Vec<Submission<'_>> {
    let mut others: BTreeMap<&SchoolCode, Vec<&SeenFile>> = BTreeMap::new();
    let mut later: BTreeMap<&str, Kind> = BTreeMap::new();
    for file in &outcome.files {
        let tell = !matches!(file.disposition, Disposition::Counted | Disposition::SignedCopy | Disposition::Opened);
        if let Some(school) = file.school.as_ref().filter(|_| tell) {
            others.entry(school).or_default().push(file);
        }
        later.extend(file.came_after.map(|kind| (&*file.file, kind)));
    }
    let submission = |expected| {
        let school = outcome.school_of(expected);
        let source = expected.source.as_ref();
        let received = source.and_then(|source: &Source| source.received);
        let own = source.map_or("", |source| &*source.file);
        let rest = others.get(&school.code).into_iter().flatten().filter(|other| &*other.file != own);
        Submission {
            expected,
            school,
            set: outcome.book.short(&expected.set),
            received,
            known_by: match source.filter(|_| received.is_some()) {
                Some(source) if source.typed => "sổ nhận",
                Some(_) => "giờ tệp",
                None => "",
            },
            other_files: rest.map(|file| named(file)).collect(),
            came_after: later.get(own).copied(),
        }
    };
    outcome.expected.iter().map(submission).collect()
}

/// A file with what became of it.
fn named(file: &SeenFile) -> String {
    let became = file.disposition.label(Lang::Vi).to_lowercase();
    match file.came_after {
        Some(kind) => format!("{} ({became}, sau khi chốt {})", file.file, kind.label(Lang::Vi)),
        None => format!("{} ({became})", file.file),
    }
}

/// Every return that counts, with its set and points.
pub fn counted(outcome: &Outcome) -> impl Iterator<Item = (&ExpectedReturn, &RuleSet, &Scored)> {
    let all = outcome.expected.iter();
    all.filter_map(|expected| Some((expected, outcome.book.get(&expected.set)?, expected.counted()?)))
}

/// Those of one set, in roster order.
pub fn counted_of<'a>(
    outcome: &'a Outcome,
    set: &'a SetId,
) -> impl Iterator<Item = (&'a ExpectedReturn, &'a Scored)> + Clone {
    outcome.expected.iter().filter(move |expected| expected.set == *set).filter_map(|one| Some((one, one.counted()?)))
}
