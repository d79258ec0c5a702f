//! `tham-dinh/`: read by the readers like any workbook, then held against the returns that count.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::RunError;
use super::assemble::Parts;
use super::inputs::{for_own, why_not};
use crate::finding::{Code, Finding, Found, Place, code};
use crate::folder::OfficeFolder;
use crate::form::label;
use crate::points::Points;
use crate::reader::{Content, Job, Pool};
use crate::roll_call::RollEntry;
use crate::rules::{RuleBook, RuleSet};
use crate::school::School;
use crate::score::Scored;
use crate::verified::{self, Merged, Row, Standing, Verification};

/// Reads every file of `tham-dinh/`. What cannot be read is a finding, never an end.
pub fn read_all(
    folder: &OfficeFolder,
    pool: &Pool,
    schools: &[School],
    book: &RuleBook,
) -> Result<Found<Merged>, RunError> {
    let inputs = folder.verified()?;
    if inputs.is_empty() {
        return Ok(Found::clean(Merged::default()));
    }
    let pool = for_own(pool);
    let jobs: Vec<Job> = (0..).zip(&inputs).map(|(id, input)| Job { id, path: input.path.clone() }).collect();
    let reader = verified::Reader::new(schools, book);
    let slots: Mutex<Vec<Option<Found<Vec<Row>>>>> = Mutex::new(inputs.iter().map(|_| None).collect());
    pool.read_all(&jobs, |id, reading| {
        let name = inputs[id].name.as_str();
        let mut found = match reading.content {
            Content::Workbook(workbook) => {
                let mut found = reader.read(&workbook.grids, name);
                found.findings.splice(0..0, workbook.findings.into_iter().map(|finding| in_file(finding, name)));
                found
            }
            content => Found { value: Vec::new(), findings: vec![why_not(content).at(Place::file(name))] },
        };
        if inputs[id].is_open() {
            found.findings.push(Finding::new(code::VERIFIED_FILE_OPEN).at(Place::file(name)));
        }
        slots.lock().unwrap_or_else(PoisonError::into_inner)[id] = Some(found);
    })?;
    let mut findings = Vec::new();
    let slots = slots.into_inner().unwrap_or_else(PoisonError::into_inner);
    let rows: Vec<Row> = slots.into_iter().flatten().flat_map(|found| found.collect_into(&mut findings)).collect();
    let merged = verified::merge(rows, schools, book);
    findings.extend(merged.findings);
    Ok(Found { value: merged.value, findings })
}

fn in_file(mut finding: Finding, name: &str) -> Finding {
    finding.place.file = Some(name.into());
    finding
}

/// The verified scores of one school and set, while it is found out which of them count.
pub struct Verifying<'a> {
    rows: &'a [Row],
    settled: bool,
    /// What became of each.
    pub verifications: Vec<Verification>,
    /// What is to be said.
    pub findings: Vec<Finding>,
}

impl<'a> Verifying<'a> {
    /// Those of a expected return.
    pub fn of(parts: &'a Parts, entry: &RollEntry) -> Verifying<'a> {
        let rows = parts.verified.agreed.get(&(entry.school, entry.set.clone()));
        let rows = rows.map_or(&[][..], Vec::as_slice);
        Verifying { rows, settled: false, verifications: Vec::new(), findings: Vec::new() }
    }

    /// The scores that count for the return with these points, by the place of their items: those that were given for
    /// this version of it.
    pub fn settle(&mut self, parts: &Parts, set: &RuleSet, own: &Scored) -> HashMap<usize, Points> {
        self.settled = true;
        let mut used = HashMap::new();
        if self.rows.is_empty() {
            return used;
        }
        let version = own.version();
        for row in self.rows {
            let claimed = own.nodes.get(row.node).and_then(|node| node.claimed);
            let changed = match row.fingerprint.is_empty() {
                true => row.own.is_some() && row.own != claimed,
                false => row.fingerprint != version,
            };
            if changed {
                self.say(parts, set, row, code::VERIFIED_RETURN_CHANGED, None);
                self.list(parts, row, Standing::ReturnChanged);
                continue;
            }
            if row.fingerprint.is_empty() && row.own.is_none() {
                self.say(parts, set, row, code::VERIFIED_VERSION_UNKNOWN, None);
            }
            let valid = own.nodes.get(row.node).map(|node| node.counted_self());
            if Some(row.points) != valid && row.reason.is_empty() {
                self.say(parts, set, row, code::VERIFIED_NO_REASON, valid);
            }
            used.insert(row.node, row.points);
            self.list(parts, row, Standing::Counts);
        }
        used
    }

    /// Where no return counts, nothing can be verified.
    pub fn without_return(&mut self, parts: &Parts, set: &RuleSet) {
        if !self.settled {
            for row in self.rows {
                self.say(parts, set, row, code::VERIFIED_NO_RETURN, None);
                self.list(parts, row, Standing::NoReturn);
            }
        }
    }

    fn list(&mut self, parts: &Parts, row: &Row, standing: Standing) {
        self.verifications.push(row.clone().into_verification(&parts.schools, standing));
    }

    fn say(&mut self, parts: &Parts, set: &RuleSet, row: &Row, code: Code, own: Option<Points>) {
        let title = set.nodes.get(row.node).map_or("", |node| &node.title);
        let mut said = Finding::new(code)
            .on(row.item)
            .of(&parts.schools[row.school].code)
            .at(row.place.clone())
            .with("title", label(row.item, title))
            .with("value", row.points);
        if let Some(own) = own {
            said = said.with("own", own);
        }
        said.set = Some(set.id.clone());
        self.findings.push(said);
    }
}
