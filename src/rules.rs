//! Indicator sets as data: groups, criteria, items, points, levels, and the basis of each figure. Knows no return.
//!
//! ```text
//! a TOML file ─► load ─► RuleSet ─┐
//!                                 ├─► book ─► RuleBook      audit: what does not add up (7xx)
//! the embedded files ─► load ─────┘                         figures: every figure and its basis; confirm
//! ```

pub mod annex;
mod audit;
mod authority;
mod book;
mod confirm;
mod figures;
mod formula;
pub mod keys;
mod levels;
mod load;
mod nodes;
mod scales;
mod show;
mod spreadsheet;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::codes::{ItemCode, Level, SetId};
use crate::points::{Points, Share};
use crate::school::SchoolKind;

pub use audit::{audit, draft};
pub use book::{Assembled, EMBEDDED, book};
pub use confirm::{Refusal, confirm};
pub use figures::{Figure, Tally, figures};
pub use formula::{Computed, Counts, Denominator, Formula, Of, Rise, Scope};
pub use levels::LevelOver;
pub use load::{Loaded, load, load_bytes};
pub use show::{basis_label, check_text, list_text, set_text, tally_text};
pub use spreadsheet::{Held, all_met, lowest_formula};

/// How sure a figure is. Only [`Basis::Official`] figures make a result that is not a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Held against the annex of the decision.
    Official,
    /// Stated by at least one public source.
    Sourced,
    /// Follows from sourced figures by arithmetic or wording.
    Inferred,
    /// Chosen by this project so that the system works end to end.
    Provisional,
}

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Authority {
    /// How sure it is.
    pub basis: Basis,
    /// `source`: which public source, free text.
    pub source: String,
    /// `clause` of the decision.
    pub clause: String,
    /// `checked_by`: who held it against the annex.
    pub checked_by: String,
    /// `checked_on`: when, as written.
    pub checked_on: String,
}

/// One decision's set of criteria.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RuleSet {
    /// `set.id`
    pub id: SetId,
    /// `set.title`
    pub title: String,
    /// `set.short`: names its sheets; at most 20 characters.
    pub short: String,
    /// `set.decision`: number and date.
    pub decision: String,
    /// `set.kinds`: the kinds of school that owe it.
    pub kinds: Vec<SchoolKind>,
    /// `set.replaces`: sets that this one stands for.
    pub replaces: Vec<SetId>,
    /// A school's level from its groups.
    pub overall: Overall,
    /// What follows from a mandatory condition that is not met; without effect, and no figure, where there is none.
    pub unmet: Unmet,
    /// The finest score that passes without a warning; zero, and no figure, where the file names none.
    pub step: Step,
    /// `scales.*`
    pub scales: BTreeMap<String, Scale>,
    /// In the order of the form; a parent stands before its children.
    pub nodes: Vec<Node>,
    /// The file it came from.
    pub origin: Origin,
    /// Of the rule file's text with plain line ends, in hexadecimal.
    pub fingerprint: String,
    /// Figures held against the annex one by one, by their key ([`Figure::key`]); they outweigh the authority of
    /// their table.
    #[serde(default)]
    pub confirmed: BTreeMap<String, Authority>,
}

/// Where a rule file was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Origin {
    /// Inside the program; the name of its file.
    Embedded(String),
    /// In the office folder, relative to it.
    File(String),
}

impl Origin {
    /// The name of the file, as people know it.
    pub fn name(&self) -> &str {
        match self {
            Origin::Embedded(name) | Origin::File(name) => name,
        }
    }
}

/// `overall`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Overall {
    /// The rule.
    pub rule: OverallRule,
    /// Its basis.
    pub authority: Authority,
}

/// How a respondent's level follows from its groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum OverallRule {
    /// `lowest-group`: the lowest of the groups' levels.
    LowestGroup,
    /// `by-total`: the sum of all groups on this scale.
    ByTotal(String),
}

/// `unmet`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Unmet {
    /// The rule.
    pub rule: UnmetRule,
    /// Its basis.
    pub authority: Authority,
}

/// What follows from a mandatory condition that is not met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum UnmetRule {
    /// `hold-level-1`: the group's level is held at 1.
    HoldLevel1,
    /// `not-accepted`: the return does not count until it is met.
    NotAccepted,
}

/// `step`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Step {
    /// In points.
    pub value: Points,
    /// Its basis.
    pub authority: Authority,
}

/// Points to levels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Scale {
    /// From the lowest, without gap or overlap.
    pub levels: Vec<LevelRange>,
    /// Its basis.
    pub authority: Authority,
}

/// The points of one level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LevelRange {
    /// Its number.
    pub level: Level,
    /// Its name: "đáp ứng cơ bản".
    pub name: String,
    /// `from` (included) or `above` (not included); `None` for the lowest.
    pub lower: Option<Bound>,
    /// `to` (included) or `below` (not included); `None` for the highest.
    pub upper: Option<Bound>,
}

/// An end of a range of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Bound {
    /// In points.
    pub at: Points,
    /// Whether the end itself belongs to the range.
    pub included: bool,
}

impl Scale {
    /// The level of these points.
    pub fn level_of(&self, points: Points) -> Level {
        let fits = |range: &&LevelRange| match range.upper {
            None => true,
            Some(Bound { at, included }) => points < at || (included && points == at),
        };
        self.levels.iter().find(fits).or(self.levels.last()).map_or(Level::LOWEST, |range| range.level)
    }

    /// Its lowest level.
    pub fn lowest(&self) -> Level {
        self.levels.first().map_or(Level::LOWEST, |range| range.level)
    }

    /// The name of a level.
    pub fn name_of(&self, level: Level) -> &str {
        self.levels.iter().find(|range| range.level == level).map_or("", |range| &range.name)
    }
}

/// A group, criterion, item or mandatory condition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Node {
    /// `code`
    pub code: ItemCode,
    /// `title`
    pub title: String,
    /// `kind`
    pub kind: NodeKind,
    /// `max`: points; `None` for a mandatory condition.
    pub max: Option<Points>,
    /// The scale that gives its level. A top group without `scale` takes `scales.group` where there is one, and
    /// so does every top node with points under `lowest-group`.
    pub scale: Option<String>,
    /// `bands`, by rising `from`; empty where unknown. Below the first: 0 points.
    pub bands: Vec<Band>,
    /// How a computed item gets its points.
    pub computed: Option<Computed>,
    /// Of its title, max and bands.
    pub authority: Authority,
    /// The node above, by its place in [`RuleSet::nodes`].
    pub parent: Option<usize>,
    /// The nodes right below, likewise.
    pub children: Vec<usize>,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NodeKind {
    /// A group of criteria, with points of its own scale.
    Group,
    /// A criterion or any node that only sums what is below.
    Criterion,
    /// An item scored by points.
    Points,
    /// An item with all its points or none.
    YesNo,
    /// An item scored by a share.
    Ratio,
    /// An item scored by a count.
    Count,
    /// A condition that must be met; no points.
    Mandatory,
    /// An item that the program computes from returns.
    Computed,
}

impl NodeKind {
    /// `kind`, by name.
    pub const NAMES: [(&str, NodeKind); 8] = [
        ("group", NodeKind::Group),
        ("criterion", NodeKind::Criterion),
        ("points", NodeKind::Points),
        ("yes-no", NodeKind::YesNo),
        ("ratio", NodeKind::Ratio),
        ("count", NodeKind::Count),
        ("mandatory", NodeKind::Mandatory),
        ("computed", NodeKind::Computed),
    ];

    /// Its name in a rule file.
    pub fn name(self) -> &'static str {
        NodeKind::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// Whether it bears a score of its own.
    pub fn is_scored(self) -> bool {
        !matches!(self, NodeKind::Group | NodeKind::Criterion | NodeKind::Mandatory)
    }

    /// Whether the form asks for Số đạt or Tổng số.
    pub fn has_amount(self) -> bool {
        matches!(self, NodeKind::Ratio | NodeKind::Count)
    }
}

impl Node {
    /// Whether it bears a score or a mandatory condition, not a sum.
    pub fn is_leaf(&self) -> bool {
        !matches!(self.kind, NodeKind::Group | NodeKind::Criterion)
    }

    /// Points by share or count: its own, or those of its formula.
    pub fn all_bands(&self) -> &[Band] {
        self.computed.as_ref().map_or(&self.bands, |computed| computed.formula.bands())
    }

    /// The points that a share or a count earns; `None` where the bands are unknown.
    pub fn points_by_band(&self, amount: Share) -> Option<Points> {
        (!self.bands.is_empty()).then(|| Band::reached(&self.bands, amount))
    }
}

/// From this share or count on, these points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Band {
    /// A share (`"50%"` is 1/2) or a count.
    pub from: Share,
    /// In points.
    pub points: Points,
}

impl RuleSet {
    /// The authority of a figure: its own confirmation, else that of the table it stands in.
    pub fn authority<'a>(&'a self, key: &str, table: &'a Authority) -> &'a Authority {
        self.confirmed.get(key).unwrap_or(table)
    }

    /// Whether it has mandatory conditions.
    pub fn has_mandatory(&self) -> bool {
        self.nodes.iter().any(|node| node.kind == NodeKind::Mandatory)
    }

    /// The node with this code.
    pub fn node(&self, code: ItemCode) -> Option<&Node> {
        self.index_of(code).map(|i| &self.nodes[i])
    }

    /// The place of the node with this code.
    pub fn index_of(&self, code: ItemCode) -> Option<usize> {
        self.nodes.iter().position(|node| node.code == code)
    }

    /// The nodes without a node above, in order: its groups, and conditions that stand alone.
    pub fn tops(&self) -> impl Iterator<Item = (usize, &Node)> {
        self.nodes.iter().enumerate().filter(|(_, node)| node.parent.is_none())
    }

    /// Whether it is the office's own.
    pub fn is_offices(&self) -> bool {
        self.kinds.iter().any(SchoolKind::is_office)
    }

    /// The most points that the items below a node can bring: below its `max` where an item is not known.
    pub fn attainable(&self, index: usize) -> Points {
        let node = &self.nodes[index];
        if node.is_leaf() {
            return node.max.unwrap_or_default();
        }
        node.children.iter().map(|&child| self.attainable(child)).sum()
    }

    /// The scale that gives respondents their level, where there is one.
    pub fn overall_scale(&self) -> Option<&Scale> {
        match &self.overall.rule {
            OverallRule::ByTotal(name) => self.scales.get(name),
            OverallRule::LowestGroup => {
                let named = self.tops().find_map(|(_, node)| node.scale.as_ref())?;
                self.scales.get(named)
            }
        }
    }
}

/// The sets in force: at most one for each kind of school, and at most one of the office.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RuleBook {
    /// In the order of their ids; the office's last.
    pub sets: Vec<RuleSet>,
}

impl RuleBook {
    /// The set with this id.
    pub fn get(&self, id: &SetId) -> Option<&RuleSet> {
        self.sets.iter().find(|set| set.id == *id)
    }

    /// The short name of a set; its id where the book does not have it.
    pub fn short<'a>(&'a self, id: &'a SetId) -> &'a str {
        self.get(id).map_or(&id.0, |set| &set.short)
    }

    /// The set that schools of this kind owe.
    pub fn for_kind(&self, kind: &SchoolKind) -> Option<&RuleSet> {
        self.sets.iter().find(|set| set.kinds.contains(kind))
    }

    /// The sets that schools owe.
    pub fn of_schools(&self) -> impl Iterator<Item = &RuleSet> {
        self.sets.iter().filter(|set| !set.is_offices())
    }

    /// The office's own set.
    pub fn of_office(&self) -> Option<&RuleSet> {
        self.sets.iter().find(|set| set.is_offices())
    }
}

impl Basis {
    /// From the surest.
    pub const ALL: [Basis; 4] = [Basis::Official, Basis::Sourced, Basis::Inferred, Basis::Provisional];
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Basis::Official => "official",
            Basis::Sourced => "sourced",
            Basis::Inferred => "inferred",
            Basis::Provisional => "provisional",
        })
    }
}
