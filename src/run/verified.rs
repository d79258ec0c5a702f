//! `tham-dinh/`: read by the readers like any workbook, then held against the returns that count.

use std::sync::{Mutex, PoisonError};

use super::RunError;
use super::assemble::Parts;
use super::inputs::{for_own, why_not};
use crate::codes::SetId;
use crate::finding::{Code, Finding, Found, Place, code, crossed_out_of};
use crate::folder::OfficeFolder;
use crate::form::label;
use crate::reader::{Content, Job, Pool};
use crate::roll_call::RollEntry;
use crate::rules::{RuleBook, RuleSet, UnmetRule};
use crate::school::School;
use crate::score::{Given, Scored};
use crate::verified::{self, Merged, Row, Standing, Verification, answer};

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
                found.findings.extend(crossed_out_of(name, &workbook.grids));
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

    /// What counts for the return with these points: what was recorded for this version of it. `None` if nothing.
    pub fn settle(&mut self, parts: &Parts, set: &RuleSet, own: &Scored) -> Option<Given> {
        self.settled = true;
        if self.rows.is_empty() {
            return None;
        }
        let mut given = Given::default();
        let version = own.version();
        for row in self.rows {
            let Some(node) = own.nodes.get(row.node) else { continue };
            let answered = row.own_met.is_some() && row.own_met != node.met;
            let changed = match row.fingerprint.is_empty() {
                true => (row.own.is_some() && row.own != node.claimed) || answered,
                false => row.fingerprint != version,
            };
            if changed {
                self.say(parts, set, row, code::VERIFIED_RETURN_CHANGED, None);
                self.list(parts, row, Standing::ReturnChanged);
                continue;
            }
            if row.fingerprint.is_empty() && row.own.is_none() && row.own_met.is_none() {
                self.say(parts, set, row, code::VERIFIED_VERSION_UNKNOWN, None);
            }
            let (same, said) = match row.met {
                Some(met) => (node.met == Some(met), answer(node.met).to_owned()),
                None => (row.points == node.counted_self(), node.counted_self().to_string()),
            };
            if !same && row.reason.is_empty() {
                self.say(parts, set, row, code::VERIFIED_NO_REASON, Some(said));
            }
            match row.met {
                Some(met) => drop(given.met.insert(row.node, met)),
                None => drop(given.verified.insert(row.node, row.points)),
            }
            if row.met == Some(false) && node.met == Some(true) && set.unmet.rule == UnmetRule::HoldLevel1 {
                self.say(parts, set, row, code::VERIFIED_CONDITION_NOT_MET, None);
            }
            self.list(parts, row, Standing::Counts);
        }
        Some(given)
    }

    /// Whether a condition that was found not to be met bars the return; says so.
    pub fn bars(&mut self, parts: &Parts, set: &SetId, scored: Option<&Scored>) -> bool {
        let Some(set) = parts.book.get(set).filter(|set| set.unmet.rule == UnmetRule::NotAccepted) else {
            return false;
        };
        let unmet = |row: &&Row| {
            let node = scored.and_then(|scored| scored.nodes.get(row.node));
            node.and_then(|node| node.verified_met).is_some_and(|verified| !verified.met)
        };
        let unmet: Vec<&Row> = self.rows.iter().filter(unmet).collect();
        unmet.iter().for_each(|row| self.say(parts, set, row, code::VERIFIED_CONDITION_BARS, None));
        !unmet.is_empty()
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

    fn say(&mut self, parts: &Parts, set: &RuleSet, row: &Row, code: Code, own: Option<String>) {
        let title = set.nodes.get(row.node).map_or("", |node| &node.title);
        let mut said = Finding::new(code)
            .on(row.item)
            .of(&parts.schools[row.school].code)
            .at(row.place.clone())
            .with("title", label(row.item, title))
            .with("value", row.shown());
        if let Some(own) = own {
            said = said.with("own", own);
        }
        said.set = Some(set.id.clone());
        self.findings.push(said);
    }
}
