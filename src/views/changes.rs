//! Two outcomes to what changed between them: of the same year, or of last year and this one. Schools are matched by
//! their code, else by one that they bore before.

mod explain;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::codes::{ItemCode, Level, SetId};
use crate::finding::{Code, Finding, Severity};
use crate::outcome::{ExpectedReturn, Outcome, Status};
use crate::points::Points;
use crate::school::{School, SchoolCode};

pub use explain::explain;

/// What changed from one outcome to another.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// Schools and sets whose status, points or level changed, in the order of the later roster.
    pub schools: Vec<SchoolChange>,
    /// Schools of the earlier roster that the later one does not have, under no code.
    pub gone: Vec<SchoolCode>,
    /// Schools that only the later roster has.
    pub new: Vec<SchoolCode>,
    /// Errors and warnings that were not there before, in the order of the later outcome.
    pub new_findings: Vec<Finding>,
    /// Errors and warnings that are there no more.
    pub gone_findings: Vec<Finding>,
    /// The office's own points and level, before and after.
    pub office: Option<(Result, Result)>,
}

/// Points and level of a respondent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Result {
    /// The sum of all groups; `None` where no return counts.
    pub points: Option<Points>,
    /// The overall level.
    pub level: Option<Level>,
}

/// One school and set.
#[derive(Debug, Clone, PartialEq)]
pub struct SchoolChange {
    /// Its code in the later roster.
    pub school: SchoolCode,
    /// Its name there.
    pub name: String,
    /// The set, in the later outcome.
    pub set: SetId,
    /// Status before and after; `None` where it owed no such set.
    pub status: (Option<Status>, Status),
    /// Points and level before and after.
    pub result: (Result, Result),
    /// Whether another set stood in its place before: points do not compare, levels may.
    pub other_set: bool,
}

/// What makes two findings the same one: not the file, which has another name each time.
type Key = (Code, Option<SchoolCode>, Option<SetId>, Option<ItemCode>, BTreeMap<String, String>);

/// Compares an earlier outcome with a later one.
pub fn compare(before: &Outcome, after: &Outcome) -> Changes {
    let former = after.earlier_schools(before);
    let mut changes = Changes::default();
    for (expected, earlier) in after.expected.iter().zip(after.earlier_expected(before)) {
        changes.schools.extend(school(after, expected, earlier));
    }
    let kept: HashSet<usize> = former.iter().flatten().copied().collect();
    let code = |school: &School| school.code.clone();
    let is_left = |(at, _): &(usize, &School)| !kept.contains(at);
    changes.gone = before.schools.iter().enumerate().filter(is_left).map(|(_, school)| code(school)).collect();
    let is_new = |(_, old): &(&School, &Option<usize>)| old.is_none();
    changes.new = after.schools.iter().zip(&former).filter(is_new).map(|(school, _)| code(school)).collect();
    findings(before, after, &former, &mut changes);
    let own = |outcome: &Outcome| {
        let scored = outcome.offices.as_ref().map(|offices| &offices.scored);
        scored.map(|scored| Result { points: Some(scored.total), level: scored.level })
    };
    changes.office = own(before).zip(own(after)).filter(|(before, after)| before != after);
    changes
}

fn result(expected: &ExpectedReturn) -> Result {
    let scored = expected.scored.as_ref();
    Result { points: scored.map(|scored| scored.total), level: scored.and_then(|scored| scored.level) }
}

fn school(after: &Outcome, expected: &ExpectedReturn, earlier: Option<&ExpectedReturn>) -> Option<SchoolChange> {
    let school = after.school_of(expected);
    let change = SchoolChange {
        school: school.code.clone(),
        name: school.name.clone(),
        set: expected.set.clone(),
        status: (earlier.map(|expected| expected.status), expected.status),
        result: (earlier.map(result).unwrap_or_default(), result(expected)),
        other_set: earlier.is_some_and(|earlier| earlier.set != expected.set),
    };
    (change.status.0 != Some(change.status.1) || change.result.0 != change.result.1).then_some(change)
}

fn findings(before: &Outcome, after: &Outcome, former: &[Option<usize>], changes: &mut Changes) {
    let renamed: HashMap<&SchoolCode, &SchoolCode> = former
        .iter()
        .zip(&after.schools)
        .filter_map(|(old, school)| Some((&before.schools[(*old)?].code, &school.code)))
        .collect();
    let weighs = |finding: &&Finding| finding.severity != Severity::Note;
    let key = |finding: &Finding, school: Option<SchoolCode>| -> Key {
        (finding.code, school, finding.set.clone(), finding.item, finding.values.clone())
    };
    let now = |code: &SchoolCode| renamed.get(code).map_or_else(|| code.clone(), |code| (*code).clone());
    let mut left: BTreeMap<Key, Vec<&Finding>> = BTreeMap::new();
    for finding in before.findings.iter().filter(weighs) {
        left.entry(key(finding, finding.school.as_ref().map(now))).or_default().push(finding);
    }
    for finding in after.findings.iter().filter(weighs) {
        match left.get_mut(&key(finding, finding.school.clone())).and_then(Vec::pop) {
            Some(_) => {}
            None => changes.new_findings.push(finding.clone()),
        }
    }
    let order: HashMap<*const Finding, usize> =
        before.findings.iter().enumerate().map(|(at, finding)| (std::ptr::from_ref(finding), at)).collect();
    let mut gone: Vec<&Finding> = left.into_values().flatten().collect();
    gone.sort_by_key(|finding| order.get(&std::ptr::from_ref(*finding)).copied());
    changes.gone_findings = gone.into_iter().cloned().collect();
}
