//! Findings put together: those of one return that say the same, and those that many schools have at the same item.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::codes::{ItemCode, SetId};
use crate::finding::{Code, EXPLAINED, Finding, Lang, Opinion, Severity, code};
use crate::grid::CellRef;
use crate::outcome::{Outcome, Status};
use crate::school::SchoolCode;

/// Lines on what many schools have in common.
const MOST_COMMON: usize = 10;
/// Fewer schools than this are not many.
const MANY: usize = 3;

/// Findings of one return that say the same, at one or more places.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault<'a> {
    /// In their order; never empty.
    pub findings: Vec<&'a Finding>,
}

impl<'a> Fault<'a> {
    /// The first of them.
    pub fn first(&self) -> &'a Finding {
        self.findings[0]
    }

    /// The message, as it may be handed on, with what the school says of it; several items are counted, none is named.
    pub fn message(&self) -> String {
        let (first, items) = (self.first().for_outsiders(), self.items().len());
        let message = match items < 2 || !first.values.contains_key("title") {
            true => first.message(Lang::Vi),
            false => first.clone().into_owned().with("title", format!("{items} nội dung")).message(Lang::Vi),
        };
        match first.opinion {
            Some(_) => format!("{message} {}", first.opinion(Lang::Vi)),
            None => message,
        }
    }

    /// The items, each once in a row.
    pub fn items(&self) -> Vec<ItemCode> {
        let mut items: Vec<ItemCode> = self.findings.iter().filter_map(|finding| finding.item).collect();
        items.dedup();
        items
    }

    /// The cells.
    pub fn cells(&self) -> Vec<CellRef> {
        self.findings.iter().filter_map(|finding| finding.place.cell).collect()
    }
}

/// All findings, one for the same fault, message and advice in one return. By weight, then school, then place.
pub fn faults(outcome: &Outcome) -> Vec<Fault<'_>> {
    type Key<'a> = (Code, Option<&'a str>, Option<&'a str>, Vec<(&'a str, &'a str)>, bool, Option<&'a Opinion>);
    let mut faults: Vec<Fault<'_>> = Vec::new();
    for run in outcome.findings.chunk_by(|a, b| a.severity == b.severity && a.school == b.school && a.set == b.set) {
        let mut known: HashMap<Key<'_>, usize> = HashMap::new();
        for finding in run {
            // The item's title may differ; every other value is part of what is said.
            let said = finding.values.iter().filter(|(name, _)| finding.item.is_none() || *name != "title");
            let values = said.map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let place = &finding.place;
            let (file, sheet) = (place.file.as_deref(), place.sheet.as_deref());
            let key = (finding.code, file, sheet, values, finding.item.is_some(), finding.opinion.as_ref());
            let at = *known.entry(key).or_insert(faults.len());
            match faults.get_mut(at) {
                Some(fault) => fault.findings.push(finding),
                None => faults.push(Fault { findings: vec![finding] }),
            }
        }
    }
    faults
}

/// The same fault at the same item in several schools; without an item, of the whole return.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared<'a> {
    /// Its first finding.
    pub example: &'a Finding,
    /// The item, with its title; `None` for the whole return.
    pub item: Option<String>,
    /// The set's short name; empty where none is concerned.
    pub set: &'a str,
    /// The schools, by code.
    pub schools: BTreeSet<&'a SchoolCode>,
    /// Returns of the set that came; of all sets where none is named, schools.
    pub came: usize,
}

impl Shared<'_> {
    /// The schools as a share of what came, from 0 to 1.
    pub fn share(&self) -> f64 {
        if self.came == 0 { 0.0 } else { self.schools.len() as f64 / self.came as f64 }
    }

    /// `41/68 trường (Phổ thông) ở 1.6.2, CDS402, phải sửa. Ví dụ: …`
    pub fn line(&self) -> String {
        let Shared { example, set, schools, came, .. } = self;
        let item = example.item.map(|item| format!(" ở {item}")).unwrap_or_default();
        format!(
            "{}/{came} trường ({set}){item}, {}, {}. Ví dụ: {}",
            schools.len(),
            example.code,
            example.severity.label(Lang::Vi).to_lowercase(),
            example.message(Lang::Vi)
        )
    }
}

/// How many findings of the result bear each label that they can have, the gravest first.
pub fn by_label(outcome: &Outcome) -> Vec<(&'static str, u32)> {
    let explained = outcome.findings.iter().any(Finding::is_explained).then_some(EXPLAINED.0);
    let [error, warning, note] =
        [Severity::Error, Severity::Warning, Severity::Note].map(|severity| severity.label(Lang::Vi));
    let labels = [Some(error), Some(warning), explained, Some(note)].into_iter().flatten();
    let count = |label| outcome.findings.iter().filter(|finding| finding.label(Lang::Vi) == label).count() as u32;
    labels.map(|label| (label, count(label))).collect()
}

/// Errors and warnings that at least so many schools share, those of most schools first. Whoever has sent nothing shares
/// nothing.
pub fn shared(outcome: &Outcome, least: usize) -> Vec<Shared<'_>> {
    type Key<'a> = (Severity, Code, Option<&'a SetId>, Option<ItemCode>);
    let mut groups: BTreeMap<Key, (&Finding, BTreeSet<&SchoolCode>)> = BTreeMap::new();
    let told = outcome.findings.iter().filter(|finding| finding.severity != Severity::Note);
    for finding in told.filter(|finding| finding.code != code::MISSING) {
        let Some(school) = &finding.school else { continue };
        let key = (finding.severity, finding.code, finding.set.as_ref(), finding.item);
        groups.entry(key).or_insert_with(|| (finding, BTreeSet::new())).1.insert(school);
    }
    groups.retain(|_, (_, schools)| schools.len() >= least);
    let of = |((_, _, set, item), (example, schools)): (Key<'_>, _)| {
        let rules = set.and_then(|set| outcome.book.get(set));
        let title = |item| {
            let node = rules.and_then(|rules| rules.node(item));
            node.map_or(item.to_string(), |node| format!("{item} {}", node.title))
        };
        let came = came(outcome, set);
        Shared { example, item: item.map(title), set: rules.map_or("", |rules| &rules.short), schools, came }
    };
    let mut shared: Vec<Shared> = groups.into_iter().map(of).collect();
    shared.sort_by_key(|one| (Reverse(one.schools.len()), one.example.severity));
    shared
}

fn came(outcome: &Outcome, set: Option<&SetId>) -> usize {
    let came = outcome.expected.iter().filter(|expected| expected.status != Status::Missing);
    match set {
        Some(set) => came.filter(|expected| expected.set == *set).count(),
        None => came.map(|expected| expected.school).collect::<BTreeSet<_>>().len(),
    }
}

/// A line for each fault that many schools have at the same item.
pub fn common(outcome: &Outcome) -> Vec<String> {
    let shared = shared(outcome, MANY);
    let mut many: Vec<&Shared> =
        shared.iter().filter(|one| one.item.is_some() && one.schools.len() * 10 >= one.came).collect();
    many.sort_by_key(|one| (Reverse(one.schools.len()), one.example.severity, one.example.code, one.example.item));
    let mut lines: Vec<String> = many.iter().take(MOST_COMMON).map(|one| one.line()).collect();
    if let Some(more @ 1..) = many.len().checked_sub(MOST_COMMON) {
        lines.push(format!("… và {more} nội dung khác."));
    }
    lines
}
