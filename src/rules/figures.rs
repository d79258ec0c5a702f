//! Every figure of a set with its key, value and basis.
//!
//! A figure is a value that decides points or levels, and that can be held against the annex by itself:
//!
//! | key | value |
//! |---|---|
//! | `overall`, `unmet`, `step` | the rule, or the points |
//! | `scales.group 2 from`, `scales.group 2 to` | the limit between two levels, named by the level that includes it |
//! | `1.1 mandatory` | that the condition stands there |
//! | `1.6.1 max` | points; stands for the node's title and kind as well |
//! | `1.6.1 bands 50%`, `1.4 bands 20` | the points from this share or count on |
//! | `2.2 formula`, `2.2 weights 3`, `2.2 level`, `2.2 denominator` | the rule, its parameters |
//!
//! Titles are part of `max` or `mandatory`; names of levels are no figures, nor is what a file leaves out (bands that
//! are not known, no step). A fixed end of a scale (`from = 0`, `to = 100`) is none either.

use std::collections::BTreeMap;

use super::{Authority, Basis, LevelRange, Node, NodeKind, OverallRule, RuleSet, Scale, UnmetRule};
use crate::points::{Points, Share};

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it is, as in `doi-chieu-phu-luc.xlsx`.
    pub key: String,
    /// Of the node, or what the table is about, in Vietnamese.
    pub title: String,
    /// As people read it, with a decimal comma.
    pub value: String,
    /// How sure it is, and whence: its own confirmation if there is one.
    pub authority: Authority,
}

/// How many figures stand on each basis.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<Basis, usize>);

impl Tally {
    /// Of the figures of these sets.
    pub fn of<'a>(sets: impl IntoIterator<Item = &'a RuleSet>) -> Tally {
        let mut counts = BTreeMap::new();
        for figure in sets.into_iter().flat_map(figures) {
            *counts.entry(figure.authority.basis).or_insert(0) += 1;
        }
        Tally(counts)
    }

    /// With this basis.
    pub fn count(&self, basis: Basis) -> usize {
        self.0.get(&basis).copied().unwrap_or(0)
    }

    /// All that are not official: what makes a result a draft.
    pub fn not_official(&self) -> usize {
        self.0.iter().filter(|(basis, _)| **basis != Basis::Official).map(|(_, count)| count).sum()
    }
}

/// All figures of a set, in the order of its file.
pub fn figures(set: &RuleSet) -> Vec<Figure> {
    let mut list = List { set, figures: Vec::new() };
    list.push("overall".to_owned(), "Mức chung", overall_value(&set.overall.rule), &set.overall.authority);
    if set.has_mandatory() {
        let value = unmet_name(set.unmet.rule).to_owned();
        list.push("unmet".to_owned(), "Chưa đạt điều kiện bắt buộc", value, &set.unmet.authority);
    }
    if set.step.value > Points::ZERO {
        list.push("step".to_owned(), "Bước điểm", set.step.value.to_string(), &set.step.authority);
    }
    for (name, scale) in &set.scales {
        for limit in limits(name, scale) {
            let title = format!("Thang mức {name}: mức {}", limit.range.level);
            list.push(limit.key, &title, limit.at.to_string(), &scale.authority);
        }
    }
    for node in &set.nodes {
        list.node(node);
    }
    list.figures
}

struct List<'a> {
    set: &'a RuleSet,
    figures: Vec<Figure>,
}

impl List<'_> {
    fn push(&mut self, key: String, title: &str, value: String, table: &Authority) {
        let authority = self.set.authority(&key, table).clone();
        self.figures.push(Figure { key, title: title.to_owned(), value, authority });
    }

    fn node(&mut self, node: &Node) {
        let (code, title, table) = (node.code, node.title.as_str(), &node.authority);
        match node.max {
            Some(max) => self.push(format!("{code} max"), title, max.to_string(), table),
            None => self.push(format!("{code} mandatory"), title, "có".to_owned(), table),
        }
        if let Some(computed) = &node.computed {
            self.push(format!("{code} formula"), title, computed.formula.name().to_owned(), table);
            for (key, value) in computed.formula.parameters() {
                self.push(format!("{code} {key}"), title, value, table);
            }
        }
        for band in node.all_bands() {
            let key = format!("{code} bands {}", start(node.kind, band.from));
            self.push(key, title, band.points.to_string(), table);
        }
        // Nothing is divided where the points are typed in.
        if let Some(computed) = node.computed.as_ref().filter(|_| node.is_computed()) {
            self.push(format!("{code} denominator"), title, computed.denominator.name().to_owned(), table);
        }
    }
}

/// Where a band begins, as in a key: `50%`, `20`.
pub(super) fn start(kind: NodeKind, from: Share) -> String {
    if kind == NodeKind::Count { from.to_string() } else { from.percent() }
}

pub(super) fn unmet_name(rule: UnmetRule) -> &'static str {
    super::load::UNMET_RULES.iter().find(|(_, known)| *known == rule).map_or("", |(name, _)| name)
}

pub(super) fn overall_value(rule: &OverallRule) -> String {
    match rule {
        OverallRule::LowestGroup => "lowest-group".to_owned(),
        OverallRule::ByTotal(scale) => format!("by-total {scale}"),
    }
}

/// The limit between a level and the next one above.
pub(super) struct Limit<'a> {
    pub key: String,
    /// The level that includes it.
    pub range: &'a LevelRange,
    pub at: Points,
    /// The place of the level below it in [`Scale::levels`].
    pub below: usize,
}

/// The limits between the levels of a scale, from the lowest.
pub(super) fn limits<'a>(name: &str, scale: &'a Scale) -> Vec<Limit<'a>> {
    let joint = |(below, pair): (usize, &'a [LevelRange])| {
        let upper = pair[0].upper?;
        let (range, end) = if upper.included { (&pair[0], "to") } else { (&pair[1], "from") };
        Some(Limit { key: format!("scales.{name} {} {end}", range.level), range, at: upper.at, below })
    };
    scale.levels.windows(2).enumerate().filter_map(joint).collect()
}
