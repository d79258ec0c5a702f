//! Two results held against each other: the run before, last year's, a milestone's, that of a changed rule file. Schools are
//! matched by their code, else by one that they bore before.

mod explain;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::codes::{ItemCode, SetId};
use crate::finding::{Code, Finding, Severity};
use crate::outcome::history::Stand;
use crate::outcome::{ExpectedReturn, Outcome, Scored, ScoredNode, State};
use crate::points::Points;
use crate::school::{School, SchoolCode};

pub use explain::explain;

/// An earlier result beside a later one.
pub struct Comparison<'a> {
    /// The earlier.
    pub before: &'a Outcome,
    /// The later.
    pub after: &'a Outcome,
    /// The expected returns of the later, in its order.
    pub returns: Vec<Pair<'a>>,
    /// For each school of the later its place in the earlier.
    former: Vec<Option<usize>>,
}

/// What a school owed, then and now.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    /// `None` where it owed nothing like it.
    pub before: Option<&'a ExpectedReturn>,
    /// Now.
    pub after: &'a ExpectedReturn,
}

/// An item that stands otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemChange {
    /// Its code.
    pub code: ItemCode,
    /// Its points, or whether the condition was met.
    pub before: Stand,
    /// Likewise, now.
    pub after: Stand,
}

impl<'a> Comparison<'a> {
    /// Holds a result against an earlier one.
    pub fn of(before: &'a Outcome, after: &'a Outcome) -> Comparison<'a> {
        let earlier = after.earlier_expected(before);
        let returns = after.expected.iter().zip(earlier).map(|(after, before)| Pair { before, after }).collect();
        Comparison { before, after, returns, former: after.earlier_schools(before) }
    }

    /// The returns whose status, points or level are otherwise.
    pub fn changed(&self) -> impl Iterator<Item = &Pair<'a>> {
        self.returns.iter().filter(|pair| pair.is_changed())
    }

    /// Schools that the later result has and the earlier one had not.
    pub fn new_schools(&self) -> impl Iterator<Item = &'a School> {
        self.after.schools.iter().zip(&self.former).filter(|(_, old)| old.is_none()).map(|(school, _)| school)
    }

    /// Schools of the earlier result that the later one has under no code.
    pub fn gone_schools(&self) -> impl Iterator<Item = &'a School> {
        let kept: HashSet<usize> = self.former.iter().flatten().copied().collect();
        let schools = self.before.schools.iter().enumerate();
        schools.filter(move |(at, _)| !kept.contains(at)).map(|(_, school)| school)
    }

    /// What was owed before and has nothing like it now.
    pub fn gone_returns(&self) -> impl Iterator<Item = &'a ExpectedReturn> {
        let kept: HashSet<*const ExpectedReturn> =
            self.returns.iter().filter_map(|pair| pair.before).map(std::ptr::from_ref).collect();
        self.before.expected.iter().filter(move |expected| !kept.contains(&std::ptr::from_ref(*expected)))
    }

    /// The office's own points and level, where they are otherwise.
    pub fn office(&self) -> Option<(Stand, Stand)> {
        let own = |outcome: &Outcome| outcome.offices.as_ref().map(|office| stand_of(&office.scored));
        own(self.before).zip(own(self.after)).filter(|(before, after)| before != after)
    }

    /// Errors and warnings that are new, and those that are gone, each in the order of their result. What makes two
    /// findings one is not the file, which has another name each time.
    pub fn findings(&self) -> (Vec<&'a Finding>, Vec<&'a Finding>) {
        type Key<'k> =
            (Code, Option<&'k SchoolCode>, Option<&'k SetId>, Option<ItemCode>, &'k BTreeMap<String, String>);
        let renamed: HashMap<&SchoolCode, &SchoolCode> = self
            .former
            .iter()
            .zip(&self.after.schools)
            .filter_map(|(old, school)| Some((&self.before.schools[(*old)?].code, &school.code)))
            .collect();
        let weighs = |finding: &&Finding| finding.severity != Severity::Note;
        // What a school has explained is no more to be done, but it is not gone; asked for anew, it is new.
        let stands = |finding: &&Finding| weighs(finding) || finding.is_explained();
        let now = |code: &'a SchoolCode| renamed.get(code).copied().unwrap_or(code);
        let key = |finding: &'a Finding, school: Option<&'a SchoolCode>| -> Key<'a> {
            (finding.code, school, finding.set.as_ref(), finding.item, &finding.values)
        };
        let mut left: HashMap<Key, Vec<usize>> = HashMap::new();
        for (at, finding) in self.before.findings.iter().enumerate().filter(|(_, finding)| weighs(finding)) {
            left.entry(key(finding, finding.school.as_ref().map(now))).or_default().push(at);
        }
        let mut known = |finding: &'a Finding| {
            let same = left.get_mut(&key(finding, finding.school.as_ref()));
            same.and_then(Vec::pop).is_some()
        };
        let new = self.after.findings.iter().filter(stands).filter(|finding| !known(finding)).filter(weighs).collect();
        let mut gone: Vec<usize> = left.into_values().flatten().collect();
        gone.sort_unstable();
        (new, gone.into_iter().map(|at| &self.before.findings[at]).collect())
    }
}

impl Pair<'_> {
    /// How the return as a whole stood and stands.
    pub fn stands(&self) -> (Stand, Stand) {
        (self.before.map(whole).unwrap_or_default(), whole(self.after))
    }

    /// Whether status, points or level are otherwise.
    pub fn is_changed(&self) -> bool {
        let (before, after) = self.stands();
        before != after
    }

    /// The set that stood in the place of this one before: points do not compare, levels may.
    pub fn other_set(&self) -> Option<&SetId> {
        self.before.map(|before| &before.set).filter(|set| **set != self.after.set)
    }

    /// Points and levels of both, where both count and are of the same set.
    pub fn scored(&self) -> Option<(&Scored, &Scored)> {
        let before = self.before.filter(|before| before.set == self.after.set)?;
        Some((before.scored.as_ref()?, self.after.scored.as_ref()?))
    }

    /// The items that stand otherwise, where they compare.
    pub fn items(&self) -> Vec<ItemChange> {
        self.scored().map_or_else(Vec::new, |(before, after)| items(before, after))
    }

    /// The counted points now, less those before; what does not count has none.
    pub fn difference(&self) -> Points {
        let (before, after) = self.stands();
        after.points.unwrap_or_default() - before.points.unwrap_or_default()
    }
}

/// The items that two results have and that stand otherwise.
pub fn items(before: &Scored, after: &Scored) -> Vec<ItemChange> {
    let changed = changed_nodes(before, after).into_iter();
    changed.map(|(was, now)| ItemChange { code: now.code, before: item(was), after: item(now) }).collect()
}

fn changed_nodes<'a>(before: &'a Scored, after: &'a Scored) -> Vec<(&'a ScoredNode, &'a ScoredNode)> {
    let known: HashMap<ItemCode, &ScoredNode> = before.nodes.iter().map(|node| (node.code, node)).collect();
    let own = after.nodes.iter().filter(|node| node.state != State::Sum);
    let pairs = own.filter_map(|now| Some((*known.get(&now.code)?, now)));
    pairs.filter(|(was, now)| (was.counted, was.met) != (now.counted, now.met)).collect()
}

fn item(node: &ScoredNode) -> Stand {
    match node.met {
        None => Stand { points: Some(node.counted), ..Stand::default() },
        met => Stand { met, ..Stand::default() },
    }
}

fn whole(expected: &ExpectedReturn) -> Stand {
    let known = expected.scored.as_ref().map(stand_of).unwrap_or_default();
    Stand { status: Some(expected.status), ..known }
}

/// Points and level of a whole.
pub fn stand_of(scored: &Scored) -> Stand {
    Stand { points: Some(scored.total), level: scored.level, ..Stand::default() }
}
