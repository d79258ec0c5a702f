//! The ledgers: every file seen and every point claimed is accounted for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Disposition, ExpectedReturn, OfficeResult, SeenFile};
use crate::codes::SetId;
use crate::points::Points;
use crate::rules::{RuleBook, RuleSet};
use crate::school::School;
use crate::score::{Scored, State};

/// What adds up.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Ledger {
    /// Rows of `nop.csv` other than `da_mo`.
    pub seen: u32,
    /// How many met which disposition; the sum without [`Disposition::Opened`] is `seen`.
    pub files: BTreeMap<Disposition, u32>,
    /// All schools' points.
    pub schools: PointsLedger,
    /// The points of each set's returns.
    pub by_set: BTreeMap<SetId, PointsLedger>,
    /// The points of each managing unit's schools.
    pub by_unit: BTreeMap<String, PointsLedger>,
    /// The office's own points.
    pub office: PointsLedger,
}

/// claimed - void = counted self; counted self + verified difference = counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PointsLedger {
    /// Returns that count.
    pub returns: u32,
    /// What the answers mean.
    pub claimed: Points,
    /// Of that, what does not count until corrected.
    pub void: Points,
    /// Claimed less void.
    pub counted_self: Points,
    /// Verified less counted self, where there is a verified score.
    pub verified_difference: Points,
    /// What counts.
    pub counted: Points,
    /// Items without a readable answer: they claim nothing.
    pub missing: u32,
    /// Lines that the set does not have: their points are not claimed.
    pub foreign: u32,
}

impl Ledger {
    /// Adds up files and points.
    pub fn of(
        book: &RuleBook,
        schools: &[School],
        expected: &[ExpectedReturn],
        offices: Option<&OfficeResult>,
        files: &[SeenFile],
    ) -> Ledger {
        let mut ledger = Ledger::default();
        for file in files {
            *ledger.files.entry(file.disposition).or_default() += 1;
            ledger.seen += u32::from(file.disposition != Disposition::Opened);
        }
        for expected in expected {
            let (Some(set), Some(scored)) = (book.get(&expected.set), &expected.scored) else { continue };
            let points = PointsLedger::of(set, scored);
            ledger.schools.add(points);
            ledger.by_set.entry(expected.set.clone()).or_default().add(points);
            ledger.by_unit.entry(schools[expected.school].unit.clone()).or_default().add(points);
        }
        if let Some(result) = offices
            && let Some(set) = book.get(&result.set)
        {
            ledger.office = PointsLedger::of(set, &result.scored);
        }
        ledger
    }

    /// What does not add up; empty if all does.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let told: u32 =
            self.files.iter().filter(|(disposition, _)| **disposition != Disposition::Opened).map(|(_, n)| n).sum();
        if told != self.seen {
            faults.push(format!("{} files seen, {told} accounted for", self.seen));
        }
        let groups = [("sets", self.by_set.values().sum()), ("units", self.by_unit.values().sum::<PointsLedger>())];
        for (name, sum) in groups {
            if sum != self.schools {
                faults.push(format!("the {name} add to {sum:?}, the schools to {:?}", self.schools));
            }
        }
        let all = self.by_set.values().chain(self.by_unit.values()).chain([&self.schools, &self.office]);
        faults.extend(all.filter_map(PointsLedger::fault));
        faults
    }
}

impl PointsLedger {
    /// The ledger of one return.
    pub fn of(set: &RuleSet, scored: &Scored) -> PointsLedger {
        let mut ledger = PointsLedger { returns: 1, foreign: scored.foreign, ..PointsLedger::default() };
        for (node, result) in set.nodes.iter().zip(&scored.nodes) {
            if !node.kind.is_scored() {
                continue;
            }
            let claimed = result.claimed.unwrap_or_default();
            ledger.claimed += claimed;
            match result.state {
                State::Void => ledger.void += claimed,
                State::Missing => ledger.missing += 1,
                State::Counted | State::Sum => {}
            }
            ledger.counted_self += result.counted_self();
            if let Some(verified) = result.verified {
                ledger.verified_difference += verified - result.counted_self();
            }
            ledger.counted += result.counted;
        }
        ledger
    }

    /// Adds another.
    pub fn add(&mut self, other: PointsLedger) {
        self.returns += other.returns;
        self.claimed += other.claimed;
        self.void += other.void;
        self.counted_self += other.counted_self;
        self.verified_difference += other.verified_difference;
        self.counted += other.counted;
        self.missing += other.missing;
        self.foreign += other.foreign;
    }

    fn fault(&self) -> Option<String> {
        let holds = self.claimed - self.void == self.counted_self
            && self.counted_self + self.verified_difference == self.counted;
        (!holds).then(|| format!("points do not add up: {self:?}"))
    }
}

impl<'a> std::iter::Sum<&'a PointsLedger> for PointsLedger {
    fn sum<I: Iterator<Item = &'a PointsLedger>>(ledgers: I) -> PointsLedger {
        ledgers.fold(PointsLedger::default(), |mut sum, ledger| {
            sum.add(*ledger);
            sum
        })
    }
}
