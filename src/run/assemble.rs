//! The pieces of a run put together to the outcome: scores of what counts, the office's criteria, findings in order.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::DateTime;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::explain::{Replies, explain};
use super::recognised;
use super::settle::settle;
use super::verified::Verifying;
use crate::aggregate::{ComputedResult, Owed, aggregate};
use crate::check::Checked;
use crate::codes::SetId;
use crate::finding::{Finding, Severity, code};
use crate::office::Office;
use crate::outcome::{
    Disposition, ExpectedReturn, FilledBy, LastYear, Ledger, OfficeResult, Outcome, Recognised, SCHEMA, SeenFile,
    Source, Status,
};
use crate::outcome::{Proof, has_proof};
use crate::points::Points;
use crate::receipts::Refusal;
use crate::reconcile::reconcile;
use crate::roll_call::{Arrival, Listed, RollCall, RollEntry, time_of};
use crate::rules::{self, Node, RuleBook, RuleSet};
use crate::school::{School, SchoolCode};
use crate::score::{Given, Scored, score};
use crate::units::Joined;
use crate::verified::{Merged, Verification};
use crate::views::dossier::is_claimed;
use crate::views::evidence;

/// What a run has before anything is scored.
pub struct Parts {
    /// The run's name.
    pub run: String,
    /// The run's time.
    pub at: DateTime,
    /// The office.
    pub office: Office,
    /// The rules.
    pub book: RuleBook,
    /// The roster.
    pub schools: Vec<School>,
    /// Files, with what the reader knows of each.
    pub files: Vec<FileFacts>,
    /// The same files for the roll call.
    pub arrivals: Vec<Arrival>,
    /// The roll call.
    pub roll: RollCall,
    /// The office's own form.
    pub own: Option<OwnForm>,
    /// Verified scores.
    pub verified: Merged,
    /// What units handed over; their schools that the roster does not have stand behind it in `schools` already.
    pub joined: Joined,
    /// What was recognised.
    pub recognised: Option<Recognised>,
    /// The dossier of evidence.
    pub dossier: Option<Vec<Proof>>,
    /// What schools say and the office does not accept.
    pub refusals: Vec<Refusal>,
    /// What was found before.
    pub findings: Vec<Finding>,
}

/// What is known of a file beside its disposition.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FileFacts {
    /// Bytes.
    pub size: u64,
    /// "xlsx", "ods"; empty if not known.
    pub format: String,
    /// Who wrote it, as it says.
    pub software: String,
}

/// The office's own form.
pub struct OwnForm {
    /// Its file.
    pub file: Arc<str>,
    /// When it was changed.
    pub modified: Option<DateTime>,
    /// Its answers.
    pub checked: Checked,
}

/// Puts the outcome together; `last_year` is the result of the year before.
pub fn assemble(mut parts: Parts, last_year: Option<&Outcome>) -> Outcome {
    let mut entries = std::mem::take(&mut parts.roll.entries);
    let replies: Vec<Replies> = entries.iter_mut().map(|entry| replies(&parts.arrivals, entry)).collect();
    let mut findings = std::mem::take(&mut parts.findings);
    findings.append(&mut parts.roll.findings);
    let scored: Vec<(ExpectedReturn, Vec<Verification>, Vec<Finding>)> =
        entries.into_par_iter().map(|entry| expected_return(&parts, entry)).collect();
    let mut expected = Vec::with_capacity(scored.len());
    let mut verifications = std::mem::take(&mut parts.verified.disagreed);
    for (one, verified, found) in scored {
        expected.push(one);
        verifications.extend(verified);
        findings.extend(found);
    }
    let mut joined = std::mem::take(&mut parts.joined);
    expected.append(&mut joined.expected);
    let places: HashMap<&SetId, usize> = parts.book.sets.iter().enumerate().map(|(at, set)| (&set.id, at)).collect();
    expected.sort_by_key(|one| (one.school, places.get(&one.set).copied()));
    verifications.append(&mut joined.verifications);
    findings.append(&mut joined.findings);
    let of_units = joined.units.iter().flat_map(|unit| &unit.schools).copied().collect();
    let offices = parts.book.of_office().map(|set| offices(&parts, set, &expected, &of_units, &mut findings));
    findings.extend(parts.book.sets.iter().filter_map(rules::draft));
    sort_verifications(&mut verifications, &parts.schools);
    let mut files: Vec<SeenFile> = parts.roll.files.iter().map(|listed| seen(&parts, listed)).collect();
    files.append(&mut joined.files);
    leave_barred(&mut files, &expected, &parts.schools);
    let ledger = Ledger::of(&parts.book, &parts.schools, &expected, offices.as_ref(), &files);
    let mut outcome = Outcome {
        schema: SCHEMA,
        program: concat!("cds ", env!("CARGO_PKG_VERSION")).to_owned(),
        fingerprints: crate::fingerprint::Kind::Sha256,
        run: parts.run,
        at: parts.at,
        office: parts.office,
        book: parts.book,
        schools: parts.schools,
        expected,
        offices,
        verifications,
        units: joined.units,
        files,
        recognised: parts.recognised,
        findings,
        ledger,
        last_year: None,
        milestones: Vec::new(),
        dossier: parts.dossier,
        seal: None,
    };
    let bare = unproven(&outcome);
    outcome.findings.extend(bare);
    if let Some(last_year) = last_year {
        let same = outcome.same_as(last_year);
        outcome.findings.extend(same);
        outcome.last_year = Some(LastYear::of(last_year, &outcome));
    }
    settle(&mut outcome);
    let said = recognised::against(&outcome);
    outcome.findings.extend(said);
    explain(&mut outcome, replies, &parts.refusals);
    let in_parts = evidence::told(&outcome, evidence::MOST_ROWS);
    outcome.findings.extend(in_parts);
    order(&mut outcome.findings, &outcome.schools);
    count(&mut outcome.expected, &outcome.schools, &outcome.findings);
    outcome
}

/// What the office claims for itself without a file in its dossier; nothing where it keeps none.
fn unproven(outcome: &Outcome) -> Vec<Finding> {
    let Some(proofs) = &outcome.dossier else { return Vec::new() };
    let own = outcome.offices.as_ref().and_then(|own| Some((own, outcome.book.get(&own.set)?)));
    let all = own.iter().flat_map(|(own, set)| set.nodes.iter().zip(&own.scored.nodes));
    let bare = all.filter(|(node, score)| is_claimed(node, score) && !has_proof(proofs, node.code));
    let finding = |(node, _): (&Node, _)| {
        let title = format!("{} {}", node.code, node.title);
        Finding::new(code::ITEM_WITHOUT_PROOF).on(node.code).with("title", title).with("code", node.code)
    };
    bare.map(finding).collect()
}

/// What a school has answered to what it was asked.
fn replies(arrivals: &[Arrival], entry: &mut RollEntry) -> Replies {
    let said = std::mem::take(&mut entry.replies).into_iter();
    let said = said.map(|(arrival, reply)| (arrivals[arrival].file.clone(), reply)).collect();
    Replies { school: entry.school, set: entry.set.clone(), said }
}

/// A return that a verified condition bars does not count. A sheet may hold those of several schools.
fn leave_barred(files: &mut [SeenFile], expected: &[ExpectedReturn], schools: &[School]) {
    // Of the returns that do not count, only these have verified answers.
    let is_barred = |expected: &&ExpectedReturn| expected.pending.as_ref().is_some_and(Scored::is_verified);
    let barred: HashSet<(&str, &str, &SchoolCode)> = expected
        .iter()
        .filter(is_barred)
        .filter_map(|expected| {
            let source = expected.source.as_ref()?;
            Some((&*source.file, &*source.sheet, &schools[expected.school].code))
        })
        .collect();
    for file in files.iter_mut().filter(|file| file.disposition == Disposition::Counted) {
        if file.school.as_ref().is_some_and(|school| barred.contains(&(&*file.file, &*file.sheet, school))) {
            file.disposition = Disposition::NotValid;
        }
    }
}

/// As the roster has the schools, then by set and item.
fn sort_verifications(verifications: &mut [Verification], schools: &[School]) {
    let places: HashMap<&str, usize> =
        schools.iter().enumerate().map(|(at, school)| (school.code.0.as_str(), at)).collect();
    verifications.sort_by_cached_key(|one| (places.get(one.school.0.as_str()).copied(), one.set.clone(), one.item));
}

fn expected_return(parts: &Parts, entry: RollEntry) -> (ExpectedReturn, Vec<Verification>, Vec<Finding>) {
    let school = &parts.schools[entry.school];
    let source = |arrival: usize, sheet: &Arc<str>| source_of(&parts.arrivals[arrival], sheet.clone());
    let mut findings = Vec::new();
    let mut verifying = Verifying::of(parts, &entry);
    let mut scored: Option<Scored> = None;
    let mut pending: Option<Scored> = None;
    let mut filled_by = FilledBy::default();
    let (status, source) = match (&entry.counted, &entry.not_valid) {
        (Some(chosen), _) => {
            if let Some(set) = parts.book.get(&entry.set) {
                let own = score(set, &chosen.checked, &Given::default());
                findings = reconcile(set, &chosen.checked, &own);
                let result = match verifying.settle(parts, set, &own) {
                    None => own,
                    Some(given) => score(set, &chosen.checked, &given),
                };
                for finding in &mut findings {
                    finding.place.file = Some(parts.arrivals[chosen.arrival].file.clone());
                    finding.school = Some(school.code.clone());
                    finding.set = Some(set.id.clone());
                }
                scored = Some(result);
            }
            filled_by = chosen.checked.filled_by.clone();
            let barred =
                verifying.bars(parts, &entry.set, scored.as_ref()) || parts.joined.barred.contains(&entry.school);
            if barred {
                pending = scored.take();
            }
            let status = if barred { Status::NotValid } else { Status::Accepted };
            (status, Some(source(chosen.arrival, &chosen.checked.sheet)))
        }
        (None, Some(found)) => {
            let set = parts.book.get(&entry.set);
            pending = set.zip(found.checked.as_ref()).map(|(set, checked)| score(set, checked, &Given::default()));
            filled_by = found.checked.as_ref().map(|checked| checked.filled_by.clone()).unwrap_or_default();
            (Status::NotValid, Some(source(found.arrival, &found.sheet)))
        }
        (None, None) => (Status::Missing, None),
    };
    if let Some(set) = parts.book.get(&entry.set) {
        verifying.without_return(parts, set);
    }
    findings.append(&mut verifying.findings);
    let signed_copies = entry.signed_copies.iter().map(|&arrival| parts.arrivals[arrival].file.clone()).collect();
    let expected = ExpectedReturn {
        school: entry.school,
        set: entry.set,
        status,
        source,
        scored,
        pending,
        late: entry.late,
        returns: entry.returns,
        timing: entry.timing,
        filled_by,
        signed_copies,
        errors: 0,
        warnings: 0,
    };
    (expected, verifying.verifications, findings)
}

fn source_of(arrival: &Arrival, sheet: Arc<str>) -> Source {
    Source { file: arrival.file.clone(), sheet, received: time_of(arrival), typed: arrival.received.is_some() }
}

/// The office's own criteria: its answers, and the computed items filled in.
fn offices(
    parts: &Parts,
    set: &RuleSet,
    expected: &[ExpectedReturn],
    of_units: &HashSet<usize>,
    findings: &mut Vec<Finding>,
) -> OfficeResult {
    let own = |expected: &ExpectedReturn| !of_units.contains(&expected.school);
    let owed = expected.iter();
    let owed: Vec<Owed> = owed.map(|one| Owed { set: &one.set, own: own(one), scored: one.scored.as_ref() }).collect();
    let computed = aggregate(&parts.book, set, &owed);
    for result in computed.iter().filter(|result| result.denominator == 0) {
        let title = set.node(result.code).map_or("", |node| &node.title);
        let title = crate::form::label(result.code, title);
        findings.push(Finding::new(code::NO_SCHOOL_TO_COMPUTE).on(result.code).with("title", title));
    }
    let computed_self = of_self(parts, set, expected, &own);
    let by_place = |results: &[ComputedResult]| -> HashMap<usize, Points> {
        results.iter().filter_map(|result| Some((set.index_of(result.code)?, result.points))).collect()
    };
    let (points, own) = (by_place(&computed), by_place(&computed_self));
    let given = Given { computed: points, computed_self: own, ..Given::default() };
    let blank = Checked::unanswered(set);
    let checked = parts.own.as_ref().map_or(&blank, |own| &own.checked);
    let mut scored = score(set, checked, &given);
    let source = parts.own.as_ref().map(|own| {
        let mut found = own.checked.findings.clone();
        found.extend(reconcile(set, checked, &scored));
        for mut finding in found {
            finding.place.file = Some(own.file.clone());
            finding.set = Some(set.id.clone());
            findings.push(finding);
        }
        Source { file: own.file.clone(), sheet: own.checked.sheet.clone(), received: own.modified, typed: false }
    });
    if source.is_none() && set.nodes.iter().any(Node::is_asked) {
        // What nobody has answered is of no level, not of the lowest.
        scored.level = None;
        let open = |code| set.nodes.iter().any(|node| node.is_asked() && node.code.is_within(code));
        scored.nodes.iter_mut().filter(|node| open(node.code)).for_each(|node| node.level = None);
    }
    OfficeResult { set: set.id.clone(), source, scored, computed, computed_self }
}

/// The computed items from self scores alone; nothing where no school was verified: then they are the same.
fn of_self(
    parts: &Parts,
    set: &RuleSet,
    expected: &[ExpectedReturn],
    is_own: &dyn Fn(&ExpectedReturn) -> bool,
) -> Vec<ComputedResult> {
    if !expected.iter().filter_map(|expected| expected.scored.as_ref()).any(Scored::is_verified) {
        return Vec::new();
    }
    let own = |expected: &ExpectedReturn| Some(expected.scored.as_ref()?.of_self(parts.book.get(&expected.set)?));
    let own: Vec<Option<Scored>> = expected.par_iter().map(own).collect();
    let owed = expected.iter().zip(&own);
    let owed = owed.map(|(one, own)| Owed { set: &one.set, own: is_own(one), scored: own.as_ref() });
    aggregate(&parts.book, set, &owed.collect::<Vec<_>>())
}

/// By weight, then as the roster has the schools, then by place; what concerns no school comes last.
fn order(findings: &mut [Finding], schools: &[School]) {
    let rank: HashMap<&str, usize> = schools.iter().enumerate().map(|(i, s)| (s.code.0.as_str(), i)).collect();
    findings.sort_by_cached_key(|finding| {
        let school = finding.school.as_ref().and_then(|code| rank.get(code.0.as_str()));
        let school = school.copied().unwrap_or(usize::MAX);
        (finding.severity, school, finding.place.clone(), finding.code, finding.item)
    });
}

/// Counts each expected return's errors and warnings: those of its set, and those of the school that concern no set.
fn count(expected: &mut [ExpectedReturn], schools: &[School], findings: &[Finding]) {
    let mut by_school: HashMap<&str, Vec<&Finding>> = HashMap::new();
    for finding in findings {
        if let Some(school) = &finding.school {
            by_school.entry(school.0.as_str()).or_default().push(finding);
        }
    }
    for expected in expected {
        let own = by_school.get(schools[expected.school].code.0.as_str()).map_or(&[][..], Vec::as_slice);
        let of = |severity: Severity| {
            let mine = own.iter().filter(|finding| finding.set.as_ref().is_none_or(|set| *set == expected.set));
            mine.filter(|finding| finding.severity == severity).count() as u32
        };
        expected.errors = of(Severity::Error);
        expected.warnings = of(Severity::Warning);
    }
}

fn seen(parts: &Parts, listed: &Listed) -> SeenFile {
    let (arrival, facts) = (&parts.arrivals[listed.arrival], &parts.files[listed.arrival]);
    SeenFile {
        file: arrival.file.clone(),
        size: facts.size,
        modified: arrival.modified,
        fingerprint: arrival.fingerprint.clone(),
        format: facts.format.clone(),
        software: facts.software.clone(),
        school: listed.school.map(|school| parts.schools[school].code.clone()),
        disposition: listed.disposition,
        sheet: listed.sheet.clone(),
        received: arrival.received,
        came_after: None,
    }
}
