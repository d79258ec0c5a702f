//! What a formula of a computed item is: its parameters, what each school brings to it, its points. Every question that
//! depends on which formula it is is answered here; knows no return and no sheet.

pub(super) mod read;
mod rises;
mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Band, Node, NodeKind};
use crate::codes::{ItemCode, Level, SetId};
use crate::points::{Points, Share};

pub use rises::Rise;

/// How a computed item gets its points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Computed {
    /// The formula with its parameters.
    pub formula: Formula,
    /// `of`: whose returns count.
    pub of: Vec<Of>,
    /// `denominator`
    pub denominator: Denominator,
    /// `scope`
    #[serde(default, skip_serializing_if = "Scope::is_all")]
    pub scope: Scope,
}

/// `formula`, chosen by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Formula {
    /// `level-share`: max x sum of weight(level) x schools at that level / schools counted.
    LevelShare(BTreeMap<Level, Share>),
    /// `mean-score`: max x mean of (points in the groups / their maximum).
    MeanScore,
    /// `reach-level`: max x share of schools at `level` or above, or points by bands of that share.
    ReachLevel {
        /// The level to reach.
        level: Level,
        /// Points by share; empty for max x share.
        bands: Vec<Band>,
    },
    /// `manual`: the office types it in, with evidence.
    Manual,
}

/// The groups of one set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Of {
    /// The set.
    pub set: SetId,
    /// Its groups.
    pub groups: Vec<ItemCode>,
}

/// Which schools are divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Denominator {
    /// Every school of the roster that owes the set; one that does not count is level 1 with 0 points.
    Expected,
    /// The schools whose return counts.
    Returned,
}

/// Whose schools a computed item is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// The office's own schools, and those of the results that units handed over.
    #[default]
    All,
    /// The office's own alone.
    Own,
}

/// What a formula counts, before it divides by the number of schools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// Schools at each level, each with a weight.
    Levels,
    /// Schools at this level or above.
    Reaching(Level),
    /// The schools' shares of their points.
    Shares,
    /// Nothing: the points are typed in.
    Nothing,
}

impl Formula {
    /// Every formula by its name in a rule file, with the lines of an item that has it. The loader knows these names, the
    /// description of the format shows the lines, and the tests take every formula through all that is made of one.
    pub const EXAMPLES: [(&str, &str); 4] = [
        (
            "level-share",
            "formula = \"level-share\"\nof = [{ set = \"qd-4725-2022\", groups = [\"1\", \"2\"] }]\n\
             weights = { 1 = 0, 2 = 0.5, 3 = 1 }\ndenominator = \"expected\"\n",
        ),
        (
            "mean-score",
            "formula = \"mean-score\"\nof = [{ set = \"qd-4725-2022\", groups = [\"1\"] }]\ndenominator = \"returned\"\n",
        ),
        (
            "reach-level",
            "formula = \"reach-level\"\nof = [{ set = \"qd-4725-2022\", groups = [\"1\"] }, \
             { set = \"qd-3276-2024\", groups = [\"1\", \"2\"] }]\nlevel = 2\n\
             bands = [{ from = \"50%\", points = 5 }, { from = \"80%\", points = 10 }]\ndenominator = \"expected\"\n",
        ),
        ("manual", "formula = \"manual\"\n"),
    ];

    /// Its name in a rule file.
    pub fn name(&self) -> &'static str {
        match self {
            Formula::LevelShare(_) => "level-share",
            Formula::MeanScore => "mean-score",
            Formula::ReachLevel { .. } => "reach-level",
            Formula::Manual => "manual",
        }
    }

    /// What it counts.
    pub fn counts(&self) -> Counts {
        match self {
            Formula::LevelShare(_) => Counts::Levels,
            Formula::MeanScore => Counts::Shares,
            Formula::ReachLevel { level, .. } => Counts::Reaching(*level),
            Formula::Manual => Counts::Nothing,
        }
    }

    /// Whether the program computes it; else the office types the points in.
    pub fn is_computed(&self) -> bool {
        self.counts() != Counts::Nothing
    }

    /// Whether the level of a school decides what it brings.
    pub fn uses_levels(&self) -> bool {
        match self.counts() {
            Counts::Levels | Counts::Reaching(_) => true,
            Counts::Shares | Counts::Nothing => false,
        }
    }

    /// The levels that it names.
    pub fn levels(&self) -> Vec<Level> {
        match self {
            Formula::LevelShare(weights) => weights.keys().copied().collect(),
            Formula::ReachLevel { level, .. } => vec![*level],
            Formula::MeanScore | Formula::Manual => Vec::new(),
        }
    }

    /// The weight of a level; `None` where it has none, and of a formula without weights.
    pub fn weight(&self, level: Level) -> Option<Share> {
        match self {
            Formula::LevelShare(weights) => weights.get(&level).copied(),
            Formula::MeanScore | Formula::ReachLevel { .. } | Formula::Manual => None,
        }
    }

    /// The weight of a level, to be replaced.
    pub(super) fn weight_mut(&mut self, level: Level) -> Option<&mut Share> {
        match self {
            Formula::LevelShare(weights) => weights.get_mut(&level),
            Formula::MeanScore | Formula::ReachLevel { .. } | Formula::Manual => None,
        }
    }

    /// The points by bands of the share; empty where they are max x share.
    pub fn bands(&self) -> &[Band] {
        match self {
            Formula::ReachLevel { bands, .. } => bands,
            Formula::LevelShare(_) | Formula::MeanScore | Formula::Manual => &[],
        }
    }

    /// The same, to be replaced.
    pub(super) fn bands_mut(&mut self) -> &mut [Band] {
        match self {
            Formula::ReachLevel { bands, .. } => bands,
            Formula::LevelShare(_) | Formula::MeanScore | Formula::Manual => &mut [],
        }
    }

    /// Its parameters but the bands: the key behind the item's code, and the value as people read it.
    pub(super) fn parameters(&self) -> Vec<(String, String)> {
        match self {
            Formula::LevelShare(weights) => {
                weights.iter().map(|(level, weight)| (format!("weights {level}"), weight.to_string())).collect()
            }
            Formula::ReachLevel { level, .. } => vec![("level".to_owned(), level.to_string())],
            Formula::MeanScore | Formula::Manual => Vec::new(),
        }
    }

    /// What one school adds to the numerator, by its level and its share of the points.
    pub fn worth(&self, level: Level, share: Share) -> Share {
        match self.counts() {
            Counts::Levels => self.weight(level).unwrap_or(Share::ZERO),
            Counts::Reaching(wanted) if level >= wanted => Share::ONE,
            Counts::Shares => share,
            Counts::Reaching(_) | Counts::Nothing => Share::ZERO,
        }
    }

    /// The points of numerator / denominator, rounded once, here, half up; 0 where there is nothing to divide by.
    pub fn points(&self, numerator: Share, denominator: u32, max: Points) -> Points {
        let Some(share) = numerator.divided_by(i128::from(denominator)) else { return Points::ZERO };
        match self.bands() {
            [] => share.of(max),
            bands => Band::reached(bands, share),
        }
    }
}

impl Denominator {
    /// The names that a rule file may give.
    pub(super) const NAMES: [(&str, Denominator); 2] =
        [("expected", Denominator::Expected), ("returned", Denominator::Returned)];

    /// Its name in a rule file.
    pub fn name(self) -> &'static str {
        match self {
            Denominator::Expected => "expected",
            Denominator::Returned => "returned",
        }
    }

    /// Whether a school without a return that counts is divided by too.
    pub fn counts_missing(self) -> bool {
        self == Denominator::Expected
    }
}

impl Scope {
    /// The names that a rule file may give.
    pub(super) const NAMES: [(&str, Scope); 2] = [("all", Scope::All), ("own", Scope::Own)];

    /// Its name in a rule file.
    pub fn name(self) -> &'static str {
        match self {
            Scope::All => "all",
            Scope::Own => "own",
        }
    }

    /// Whether schools of units are taken in.
    pub fn is_all(&self) -> bool {
        *self == Scope::All
    }
}

impl Node {
    /// Whether the program computes this item from returns; a `manual` one is typed in like any other.
    pub fn is_computed(&self) -> bool {
        self.computed.as_ref().is_some_and(|computed| computed.formula.is_computed())
    }

    /// Whether people type a score for it.
    pub fn is_typed(&self) -> bool {
        self.kind.is_scored() && !self.is_computed()
    }

    /// Whether people type an answer for it: a score, or whether a mandatory condition is met.
    pub fn is_asked(&self) -> bool {
        self.is_typed() || self.kind == NodeKind::Mandatory
    }
}

impl Band {
    /// The points of the highest band that a share or count reaches; below the first 0.
    pub fn reached(bands: &[Band], amount: Share) -> Points {
        bands.iter().rev().find(|band| amount >= band.from).map_or(Points::ZERO, |band| band.points)
    }
}
