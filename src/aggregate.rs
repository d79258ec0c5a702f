//! Scored schools to the office's computed criteria. Knows the schools' results, no file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codes::{ItemCode, Level, SetId};
use crate::points::{Points, Share};
use crate::rules::{Computed, LevelOver, Node, Of, RuleBook, RuleSet};
use crate::score::Scored;

/// The numbers behind one computed item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ComputedResult {
    /// The item.
    pub code: ItemCode,
    /// Schools that owe the sets (one for each school and set).
    pub expected: u32,
    /// Of these, schools whose return counts.
    pub returned: u32,
    /// Of these, by the level that the formula uses; under `expected` the missing ones stand at level 1.
    pub by_level: BTreeMap<Level, u32>,
    /// What is divided: weighted schools, or the sum of the schools' shares, or schools that reach the level.
    pub numerator: Share,
    /// By what: `expected` or `returned`.
    pub denominator: u32,
    /// Numerator by denominator; 0 where that is 0.
    pub share: Share,
    /// Points, rounded once.
    pub points: Points,
}

/// A school that owes a set, with its result where its return counts.
pub struct Owed<'a> {
    /// The set.
    pub set: &'a SetId,
    /// Whether the school is the office's own, and of no unit below it.
    pub own: bool,
    /// `None`: missing, or returned and not counted.
    pub scored: Option<&'a Scored>,
}

/// The numbers behind every computed item of the office's set; `manual` ones are typed in, not computed.
pub fn aggregate(book: &RuleBook, offices: &RuleSet, owed: &[Owed]) -> Vec<ComputedResult> {
    let computed = offices.nodes.iter().filter_map(|node| Some((node, node.computed.as_ref()?)));
    computed.filter_map(|(node, computed)| one(book, node, computed, owed)).collect()
}

fn one(book: &RuleBook, node: &Node, computed: &Computed, owed: &[Owed]) -> Option<ComputedResult> {
    let formula = &computed.formula;
    if !formula.is_computed() {
        return None;
    }
    let mut schools: Vec<Standing> = Vec::new();
    for of in &computed.of {
        let Some(set) = book.get(&of.set) else { continue };
        let over = set.level_over(&of.groups);
        let here = owed.iter().filter(|owed| *owed.set == of.set && (owed.own || computed.scope.is_all()));
        schools.extend(here.map(|owed| Standing::of(set, of, &over, owed.scored)));
    }
    let expected = schools.len();
    let returned = schools.iter().filter(|school| school.returned).count();
    schools.retain(|school| school.returned || computed.denominator.counts_missing());
    let mut by_level: BTreeMap<Level, u32> = BTreeMap::new();
    for school in &schools {
        *by_level.entry(school.level).or_default() += 1;
    }
    let worth = schools.iter().map(|school| formula.worth(school.level, school.share));
    let numerator = worth.fold(Share::ZERO, Share::plus);
    let denominator = schools.len() as u32;
    Some(ComputedResult {
        code: node.code,
        expected: expected as u32,
        returned: returned as u32,
        by_level,
        numerator,
        denominator,
        share: numerator.divided_by(i128::from(denominator)).unwrap_or(Share::ZERO),
        points: formula.points(numerator, denominator, node.max.unwrap_or_default()),
    })
}

/// Where one school stands for one computed item.
struct Standing {
    returned: bool,
    level: Level,
    share: Share,
}

impl Standing {
    /// A return that does not count is as missing: the lowest level, no points.
    fn of(set: &RuleSet, of: &Of, over: &LevelOver, scored: Option<&Scored>) -> Standing {
        let Some(scored) = scored else {
            return Standing { returned: false, level: Level::LOWEST, share: Share::ZERO };
        };
        Standing {
            returned: true,
            level: level_over(scored, over).unwrap_or(Level::LOWEST),
            share: share_over(set, scored, &of.groups),
        }
    }
}

/// The level that a school is at for a computed item.
fn level_over(scored: &Scored, over: &LevelOver) -> Option<Level> {
    match over {
        LevelOver::Overall => scored.level,
        LevelOver::Lowest(groups) => groups.iter().filter_map(|&i| scored.nodes[i].level).min(),
    }
}

/// The counted points of these groups by their maximum.
fn share_over(set: &RuleSet, scored: &Scored, groups: &[ItemCode]) -> Share {
    let within = || set.groups_among(groups);
    let counted: Points = within().map(|(i, _)| scored.nodes[i].counted).sum();
    let max: Points = within().filter_map(|(_, node)| node.max).sum();
    Share::new(i128::from(counted.as_hundredths()), i128::from(max.as_hundredths())).unwrap_or(Share::ZERO)
}
