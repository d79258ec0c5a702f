//! The milestones that were reached before a run, each with what is otherwise in the next, and after the last in the run.

use std::fs;
use std::io;

use super::RunError;
use super::older::Today;
use crate::finding::{Finding, Place, code};
use crate::folder::{OfficeFolder, RESULTS, read_file};
use crate::milestone::{self, Milestone, OUTCOME, Seal};
use crate::outcome::history::{Reached, Trouble};
use crate::outcome::{LARGEST_BESIDE, Outcome};
use crate::views::changes::explain;

/// Differences that are listed of one milestone: more than anybody reads, and far from the limit of a sheet.
const LISTED: usize = 20_000;

/// What is to be said of frozen results that are not as they were frozen: nothing of that goes by in silence.
pub(super) fn doubtful(folder: &OfficeFolder, year: &str) -> Result<Vec<Finding>, RunError> {
    let mut findings = Vec::new();
    for path in folder.milestone_folders()? {
        let trouble = match Milestone::of(&path) {
            None => Some(Trouble::Unreadable),
            Some(milestone) if milestone.seal.year == year => intact(&milestone).err(),
            Some(_) => None,
        };
        let code = match trouble {
            Some(Trouble::Unreadable) => code::MILESTONE_UNREADABLE,
            Some(Trouble::Altered) => code::MILESTONE_ALTERED,
            Some(Trouble::TooLarge) | None => continue,
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        findings.push(Finding::new(code).at(Place::file(format!("{RESULTS}/{name}"))));
    }
    Ok(findings)
}

/// Puts the year's milestones into an outcome, and marks the files that came after.
pub(super) fn tell(folder: &OfficeFolder, outcome: &mut Outcome) -> Result<(), RunError> {
    let mut milestones = milestone::milestones(folder)?;
    milestones.retain(|milestone| milestone.seal.year == outcome.office.year);
    let today = Today::of(folder, &milestones, &outcome.files);
    let seals: Vec<Seal> = milestones.iter().map(|milestone| today.seal(&milestone.seal)).collect();
    for file in &mut outcome.files {
        let without = seals.iter().rev().find(|seal| seal.came_after(&file.fingerprint));
        file.came_after = without.map(|seal| seal.kind);
    }
    let Some((last, earlier)) = milestones.split_last() else { return Ok(()) };
    let newest = frozen(last).map(|newest| today.result(newest));
    let mut told = match newest.as_ref().ok().and_then(|newest| already_told(earlier, newest)) {
        Some(told) => told,
        None => tell_each(earlier, newest.as_ref().ok(), &today),
    };
    let mut reached = Reached { trouble: newest.as_ref().err().copied(), ..Reached::of(&last.seal) };
    if let Ok(newest) = &newest {
        differences(newest, &today.seal(&last.seal), outcome, &mut reached);
    }
    told.push(reached);
    outcome.milestones = told;
    Ok(())
}

/// What the newest frozen result itself tells of those before it, if its run knew all of them: that never changes.
fn already_told(earlier: &[Milestone], newest: &Outcome) -> Option<Vec<Reached>> {
    let same = |(milestone, reached): (&Milestone, &Reached)| milestone.seal.code == reached.code;
    let known = newest.milestones.len() == earlier.len() && earlier.iter().zip(&newest.milestones).all(same);
    let with_trouble =
        |(milestone, reached): (&Milestone, &Reached)| Reached { trouble: intact(milestone).err(), ..reached.clone() };
    known.then(|| earlier.iter().zip(&newest.milestones).map(with_trouble).collect())
}

/// Those before the last one, each compared with the next. Two results are held at a time, beside the last.
fn tell_each(earlier: &[Milestone], newest: Option<&Outcome>, today: &Today) -> Vec<Reached> {
    let mut told: Vec<Reached> = Vec::with_capacity(earlier.len() + 1);
    let mut before: Option<(&Milestone, Outcome)> = None;
    for milestone in earlier {
        let frozen = frozen(milestone).map(|frozen| today.result(frozen));
        if let (Some((known, result)), Ok(frozen), Some(reached)) = (&before, &frozen, told.last_mut()) {
            differences(result, &today.seal(&known.seal), frozen, reached);
        }
        told.push(Reached { trouble: frozen.as_ref().err().copied(), ..Reached::of(&milestone.seal) });
        before = frozen.ok().map(|frozen| (milestone, frozen));
    }
    if let (Some((known, result)), Some(newest), Some(reached)) = (&before, newest, told.last_mut()) {
        differences(result, &today.seal(&known.seal), newest, reached);
    }
    told
}

fn differences(before: &Outcome, seal: &Seal, after: &Outcome, reached: &mut Reached) {
    let mut found = explain(before, seal, after);
    reached.more = found.len().saturating_sub(LISTED);
    found.truncate(LISTED);
    reached.since = found;
}

/// The result of a milestone, if it is as it was frozen.
fn frozen(milestone: &Milestone) -> Result<Outcome, Trouble> {
    Outcome::read_json(&intact(milestone)?).map_err(|_| Trouble::Unreadable)
}

/// The bytes of a frozen result, if seal and result are as they were.
fn intact(milestone: &Milestone) -> Result<Vec<u8>, Trouble> {
    let path = milestone.path.join(OUTCOME);
    let unreadable = |_: io::Error| Trouble::Unreadable;
    if fs::metadata(&path).map_err(unreadable)?.len() > LARGEST_BESIDE {
        return Err(Trouble::TooLarge);
    }
    let bytes = read_file(&path).map_err(unreadable)?;
    if milestone.holds(&bytes) { Ok(bytes) } else { Err(Trouble::Altered) }
}
