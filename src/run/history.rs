//! The milestones that were reached before a run, each with what is otherwise in the next, and after the last in the run.

use std::fs;
use std::io;

use super::{LARGEST, RunError};
use crate::compare::explain;
use crate::folder::OfficeFolder;
use crate::milestone::{self, Fingerprint, Milestone, OUTCOME};
use crate::outcome::Outcome;
use crate::outcome::history::{Reached, Trouble};

/// Differences that are listed of one milestone: more than anybody reads, and far from the limit of a sheet.
const LISTED: usize = 20_000;

/// Puts the year's milestones into an outcome, and marks the files that came after. At most two results are held beside
/// it.
pub(super) fn tell(folder: &OfficeFolder, outcome: &mut Outcome) -> Result<(), RunError> {
    let mut milestones = milestone::milestones(folder)?;
    milestones.retain(|milestone| milestone.seal.year == outcome.office.year);
    for file in &mut outcome.files {
        let without = milestones.iter().rev().find(|milestone| milestone.seal.came_after(&file.fingerprint));
        file.came_after = without.map(|milestone| milestone.seal.kind);
    }
    let mut told: Vec<Reached> = Vec::with_capacity(milestones.len());
    let mut before: Option<(&Milestone, Outcome)> = None;
    for milestone in &milestones {
        let mut reached = Reached::of(&milestone.seal);
        let frozen = frozen(milestone);
        if let (Some((earlier, result)), Ok(frozen), Some(last)) = (&before, &frozen, told.last_mut()) {
            differences(result, earlier, frozen, last);
        }
        reached.trouble = frozen.as_ref().err().copied();
        before = frozen.ok().map(|frozen| (milestone, frozen));
        told.push(reached);
    }
    if let (Some((earlier, result)), Some(last)) = (&before, told.last_mut()) {
        differences(result, earlier, outcome, last);
    }
    outcome.milestones = told;
    Ok(())
}

fn differences(before: &Outcome, earlier: &Milestone, after: &Outcome, reached: &mut Reached) {
    let mut found = explain(before, &earlier.seal, after);
    reached.more = found.len().saturating_sub(LISTED);
    found.truncate(LISTED);
    reached.since = found;
}

/// The result of a milestone, if it is as it was frozen.
fn frozen(milestone: &Milestone) -> Result<Outcome, Trouble> {
    let seal = &milestone.seal;
    if seal.code != seal.expected_code() {
        return Err(Trouble::Altered);
    }
    let path = milestone.path.join(OUTCOME);
    let unreadable = |_: io::Error| Trouble::Unreadable;
    if fs::metadata(&path).map_err(unreadable)?.len() > LARGEST {
        return Err(Trouble::TooLarge);
    }
    let bytes = fs::read(&path).map_err(unreadable)?;
    if !seal.outputs.contains(&Fingerprint::of(OUTCOME, &bytes)) {
        return Err(Trouble::Altered);
    }
    Outcome::read_json(&bytes).map_err(|_| Trouble::Unreadable)
}
