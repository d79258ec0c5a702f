//! Scored schools to the office's computed criteria. Knows the schools' results, no file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codes::{ItemCode, Level, SetId};
use crate::points::{Points, Share};
use crate::rules::{Computed, Denominator, Formula, LevelOver, Node, RuleBook, RuleSet};
use crate::score::Scored;

/// The numbers behind one computed item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// `None`: missing, or returned and not counted.
    pub scored: Option<&'a Scored>,
}

/// The numbers behind every computed item of the office's set; `manual` ones are typed in, not computed.
pub fn aggregate(book: &RuleBook, offices: &RuleSet, owed: &[Owed]) -> Vec<ComputedResult> {
    let computed = offices.nodes.iter().filter_map(|node| Some((node, node.computed.as_ref()?)));
    computed.filter_map(|(node, computed)| one(book, node, computed, owed)).collect()
}

fn one(book: &RuleBook, node: &Node, computed: &Computed, owed: &[Owed]) -> Option<ComputedResult> {
    let schools: Vec<Standing> = computed
        .of
        .iter()
        .filter_map(|of| Some((of, book.get(&of.set)?)))
        .flat_map(|(of, set)| {
            let here = owed.iter().filter(|owed| *owed.set == of.set);
            here.map(move |owed| Standing::of(set, &of.groups, owed.scored))
        })
        .collect();
    let expected = schools.len();
    let returned = schools.iter().filter(|school| school.returned).count();
    let counted: Vec<&Standing> = match computed.denominator {
        Denominator::Expected => schools.iter().collect(),
        Denominator::Returned => schools.iter().filter(|school| school.returned).collect(),
    };
    let mut by_level: BTreeMap<Level, u32> = BTreeMap::new();
    for school in &counted {
        *by_level.entry(school.level).or_default() += 1;
    }
    let sum = |shares: &mut dyn Iterator<Item = Share>| shares.fold(Share::ZERO, Share::plus);
    let whole = |n: u32| Share::new(i128::from(n), 1).unwrap_or(Share::ZERO);
    let numerator = match &computed.formula {
        Formula::Manual => return None,
        Formula::LevelShare(weights) => sum(&mut by_level
            .iter()
            .map(|(level, n)| weights.get(level).copied().unwrap_or(Share::ZERO).times(whole(*n)))),
        Formula::MeanScore => sum(&mut counted.iter().map(|school| school.share)),
        Formula::ReachLevel { level, .. } => {
            whole(by_level.iter().filter(|(reached, _)| *reached >= level).map(|(_, n)| n).sum())
        }
    };
    let denominator = counted.len() as u32;
    let share = numerator.divided_by(i128::from(denominator)).unwrap_or(Share::ZERO);
    Some(ComputedResult {
        code: node.code,
        expected: expected as u32,
        returned: returned as u32,
        by_level,
        numerator,
        denominator,
        share,
        points: points(&computed.formula, share, node.max.unwrap_or_default()),
    })
}

/// Rounded once, here, half up.
fn points(formula: &Formula, share: Share, max: Points) -> Points {
    match formula {
        Formula::ReachLevel { bands, .. } if !bands.is_empty() => {
            let reached = bands.iter().rev().find(|band| share >= band.from);
            reached.map_or(Points::ZERO, |band| band.points)
        }
        _ => share.of(max),
    }
}

/// Where one school stands for one computed item.
struct Standing {
    returned: bool,
    level: Level,
    share: Share,
}

impl Standing {
    /// A return that does not count is as missing: the lowest level, no points.
    fn of(set: &RuleSet, groups: &[ItemCode], scored: Option<&Scored>) -> Standing {
        let Some(scored) = scored else {
            return Standing { returned: false, level: Level::LOWEST, share: Share::ZERO };
        };
        Standing {
            returned: true,
            level: level_over(set, scored, groups).unwrap_or(Level::LOWEST),
            share: share_over(set, scored, groups),
        }
    }
}

/// The level that a school is at for a computed item over these groups.
fn level_over(set: &RuleSet, scored: &Scored, groups: &[ItemCode]) -> Option<Level> {
    match set.level_over(groups) {
        LevelOver::Overall => scored.level,
        LevelOver::Lowest(groups) => groups.into_iter().filter_map(|i| scored.nodes[i].level).min(),
    }
}

/// The counted points of these groups by their maximum.
fn share_over(set: &RuleSet, scored: &Scored, groups: &[ItemCode]) -> Share {
    let within = || set.groups().filter(|(_, node)| groups.contains(&node.code));
    let counted: Points = within().map(|(i, _)| scored.nodes[i].counted).sum();
    let max: Points = within().filter_map(|(_, node)| node.max).sum();
    Share::new(i128::from(counted.as_hundredths()), i128::from(max.as_hundredths())).unwrap_or(Share::ZERO)
}
