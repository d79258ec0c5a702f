//! What a rule file would change, told before it is adopted: the answers of a run scored again. Reads no return: what
//! an outcome does not hold cannot be told, and that is said.

mod again;
mod show;

use crate::aggregate::{Owed, aggregate};
use crate::codes::{ItemCode, SetId};
use crate::outcome::history::Stand;
use crate::outcome::{ExpectedReturn, Outcome};
use crate::points::Points;
use crate::rules::{RuleBook, RuleSet};
use crate::school::SchoolKind;
use crate::score::{Given, Scored};
use crate::views::changes::{ItemChange, items, stand_of};
use again::{again, is_same_item};

/// What would change.
#[derive(Debug, Clone, PartialEq)]
pub struct Impact {
    /// The sets that the new one would stand for.
    pub replaces: Vec<SetId>,
    /// Returns that count now and were scored again.
    pub scored: usize,
    /// Of these, in the order of the roster, those whose points or level would change.
    pub schools: Vec<SchoolChange>,
    /// Of the office's own points; `None` where nothing of them would change.
    pub office: Option<(Stand, Stand)>,
    /// Items that the returns were not asked for: nothing can be told of them but that they have no answer yet.
    pub asked_anew: Vec<ItemCode>,
    /// Items whose answers would no longer be asked for.
    pub no_longer_asked: Vec<ItemCode>,
    /// Schools and sets whose return does not count now: nothing is told of them.
    pub without_return: usize,
    /// Kinds of school that would owe the new set and owe none of those that it replaces.
    pub new_kinds: Vec<SchoolKind>,
    /// Kinds of school that would owe no set any more.
    pub lost_kinds: Vec<SchoolKind>,
}

/// One school's change.
#[derive(Debug, Clone, PartialEq)]
pub struct SchoolChange {
    /// The school, by its place in the outcome.
    pub school: usize,
    /// The set now.
    pub set: SetId,
    /// Points and level now and then.
    pub stands: (Stand, Stand),
    /// The items whose counted points change.
    pub items: Vec<ItemChange>,
    /// Whether its return would no longer count at all.
    pub barred: bool,
}

/// The impact of a set on the results of a run; `None` where it would stand for no set of that run.
pub fn impact(outcome: &Outcome, new: &RuleSet) -> Option<Impact> {
    let stands_for = |set: &&RuleSet| {
        set.id == new.id || new.replaces.contains(&set.id) || set.kinds.iter().any(|kind| new.kinds.contains(kind))
    };
    let old: Vec<&RuleSet> = outcome.book.sets.iter().filter(stands_for).collect();
    if old.is_empty() {
        return None;
    }
    let replaces: Vec<SetId> = old.iter().map(|set| set.id.clone()).collect();
    let mut impact = Impact {
        scored: 0,
        schools: Vec::new(),
        office: None,
        asked_anew: leaves(new).filter(|code| !old.iter().any(|set| is_same_item(set, new, *code))).collect(),
        no_longer_asked: old.iter().flat_map(|set| leaves(set).filter(|code| !is_same_item(new, set, *code))).collect(),
        without_return: 0,
        new_kinds: new.kinds.iter().filter(|kind| !old.iter().any(|set| set.kinds.contains(kind))).cloned().collect(),
        lost_kinds: old.iter().flat_map(|set| &set.kinds).filter(|kind| !new.kinds.contains(kind)).cloned().collect(),
        replaces,
    };
    let rescored: Vec<Option<Scored>> =
        outcome.expected.iter().map(|expected| school(outcome, expected, new, &mut impact)).collect();
    impact.office = office(outcome, new, &impact.replaces, &rescored);
    Some(impact)
}

fn leaves(set: &RuleSet) -> impl Iterator<Item = ItemCode> {
    set.nodes.iter().filter(|node| node.is_leaf()).map(|node| node.code)
}

/// The points of a school under the new rules; those that it has where they are not concerned.
fn school(outcome: &Outcome, expected: &ExpectedReturn, new: &RuleSet, impact: &mut Impact) -> Option<Scored> {
    let old = outcome.book.get(&expected.set)?;
    if new.is_offices() || !impact.replaces.contains(&expected.set) {
        return expected.scored.clone();
    }
    let Some(now) = &expected.scored else {
        impact.without_return += 1;
        return None;
    };
    impact.scored += 1;
    let rescored = again(old, new, now, &Given::default());
    let barred = rescored.is_none();
    let nothing = Stand { points: Some(Points::ZERO), ..Stand::default() };
    let stands = (stand_of(now), rescored.as_ref().map_or(nothing, stand_of));
    if barred || stands.0 != stands.1 {
        let items = rescored.as_ref().map_or(Vec::new(), |then| changed_items(old, new, now, then));
        impact.schools.push(SchoolChange { school: expected.school, set: expected.set.clone(), stands, items, barred });
    }
    rescored
}

/// The items whose points change, also those that the new set does not have.
fn changed_items(old: &RuleSet, new: &RuleSet, now: &Scored, then: &Scored) -> Vec<ItemChange> {
    let mut changed = items(now, then);
    changed.retain(|item| item.before.points.is_some());
    let points = |points| Stand { points: Some(points), ..Stand::default() };
    let all = old.nodes.iter().zip(&now.nodes);
    let gone = all.filter(|(node, result)| {
        node.kind.is_scored() && new.node(node.code).is_none() && result.counted != Points::ZERO
    });
    changed.extend(gone.map(|(node, result)| ItemChange {
        code: node.code,
        before: points(result.counted),
        after: points(Points::ZERO),
    }));
    changed
}

fn office(outcome: &Outcome, new: &RuleSet, replaced: &[SetId], rescored: &[Option<Scored>]) -> Option<(Stand, Stand)> {
    let now = outcome.offices.as_ref()?;
    let old = outcome.book.get(&now.set)?;
    let mut book =
        RuleBook { sets: outcome.book.sets.iter().filter(|set| !replaced.contains(&set.id)).cloned().collect() };
    book.sets.push(new.clone());
    // What was computed from a set that is replaced is computed from the one that stands for it.
    let mut own = if new.is_offices() { new.clone() } else { old.clone() };
    for of in own.nodes.iter_mut().filter_map(|node| node.computed.as_mut()).flat_map(|computed| &mut computed.of) {
        if replaced.contains(&of.set) && !new.is_offices() {
            of.set = new.id.clone();
        }
    }
    let of_expected = |expected: &ExpectedReturn| {
        if replaced.contains(&expected.set) && !new.is_offices() { new.id.clone() } else { expected.set.clone() }
    };
    let ids: Vec<SetId> = outcome.expected.iter().map(of_expected).collect();
    let of_units = outcome.units_of_schools();
    let own_schools = outcome.expected.iter().map(|expected| !of_units.contains_key(&expected.school));
    let owed = ids.iter().zip(rescored).zip(own_schools);
    let owed: Vec<Owed> = owed.map(|((set, scored), own)| Owed { set, own, scored: scored.as_ref() }).collect();
    let computed = aggregate(&book, &own, &owed);
    let computed = computed.iter().filter_map(|result| Some((own.index_of(result.code)?, result.points))).collect();
    let given = Given { computed, ..Given::default() };
    let then = again(old, &own, &now.scored, &given)?;
    let (now, then) = (stand_of(&now.scored), stand_of(&then));
    (now != then).then_some((now, then))
}
