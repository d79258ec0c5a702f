//! `Tiêu chí cơ quan`: a row per node, and below a line for each number behind a computed criterion.

use crate::codes::{ItemCode, Level};
use crate::grid::CellRef;
use crate::outcome::{ComputedResult, OfficeResult};
use crate::rules::{Computed, Counts, Node, RuleSet};

/// `Tiêu chí cơ quan`: the table of nodes, and below it the numbers behind each computed criterion.
pub struct OfficePlan<'a> {
    /// The set.
    pub rules: &'a RuleSet,
    /// Points and levels.
    pub result: &'a OfficeResult,
    /// The numbers behind the computed criteria.
    pub computed: Vec<ComputedPlan<'a>>,
}

/// `Tiêu chí cơ quan`: the header row.
pub const OFFICE_HEAD: u32 = 4;
/// Its columns of maximum, self, verified and counted points, and of the level.
pub const OFFICE_MAX: u32 = 3;
/// Self score.
pub const OFFICE_SELF: u32 = 4;
/// Verified score.
pub const OFFICE_VERIFIED: u32 = 5;
/// Counted score.
pub const OFFICE_COUNTED: u32 = 6;
/// Level, or whether a condition is met.
pub const OFFICE_LEVEL: u32 = 7;
/// In the lower table: weights.
pub const LINE_WEIGHT: u32 = 3;
/// In the lower table: values.
pub const LINE_VALUE: u32 = 4;
/// In the lower table: values from self scores alone, where anything was verified.
pub const LINE_SELF: u32 = 5;

/// One computed criterion's lines.
pub struct ComputedPlan<'a> {
    /// Its node.
    pub node: usize,
    /// The rule.
    pub rule: &'a Computed,
    /// The numbers.
    pub result: &'a ComputedResult,
    /// The numbers from self scores alone, where anything was verified.
    pub of_self: Option<&'a ComputedResult>,
    /// The row of its first line.
    pub first_row: u32,
    /// Its lines, one below the other.
    pub lines: Vec<Line>,
}

/// A line below the office's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Schools that owe a set, by its place in the rule's `of`.
    Expected(usize),
    /// Returns of a set that count.
    Returned(usize),
    /// Schools at a level.
    Level(Level),
    /// Schools at the level to reach, or above.
    Reached(Level),
    /// The sum of the shares of a set's schools.
    Shares(usize),
    /// What is divided.
    Numerator,
    /// By what.
    Denominator,
    /// The one by the other.
    Share,
    /// The points.
    Points,
}

impl<'a> OfficePlan<'a> {
    pub(super) fn new(result: &'a OfficeResult, rules: &'a RuleSet) -> OfficePlan<'a> {
        let mut row = OFFICE_HEAD + rules.nodes.len() as u32 + 5;
        let mut computed = Vec::new();
        for (node, rule) in rules.nodes.iter().enumerate().filter_map(|(i, node)| Some((i, node.computed.as_ref()?))) {
            let numbers = result.computed.iter().find(|known| known.code == rules.nodes[node].code);
            let Some(numbers) = numbers.filter(|_| rule.formula.is_computed()) else { continue };
            let of_self = result.computed_self.iter().find(|known| known.code == numbers.code);
            let lines = lines(rule, [Some(numbers), of_self].into_iter().flatten());
            let first_row = row;
            row += lines.len() as u32;
            computed.push(ComputedPlan { node, rule, result: numbers, of_self, first_row, lines });
        }
        OfficePlan { rules, result, computed }
    }

    /// Whether a node, or the whole, waits for answers of a form that has not come.
    pub fn is_open(&self, node: Option<ItemCode>) -> bool {
        let asked = |of: &Node| of.is_asked() && node.is_none_or(|node| of.code.is_within(node));
        self.result.source.is_none() && self.rules.nodes.iter().any(asked)
    }

    /// The row of a node.
    pub fn row(&self, node: usize) -> u32 {
        OFFICE_HEAD + 1 + node as u32
    }

    /// The row of the total.
    pub fn total_row(&self) -> u32 {
        OFFICE_HEAD + 1 + self.rules.nodes.len() as u32
    }

    /// The header row of the lower table.
    pub fn lines_head(&self) -> u32 {
        self.total_row() + 3
    }

    /// The last row in use.
    pub fn last_row(&self) -> u32 {
        self.computed.last().map_or(self.total_row(), |last| last.first_row + last.lines.len() as u32 - 1)
    }

    /// The lines of a computed node.
    pub fn computed(&self, node: usize) -> Option<&ComputedPlan<'a>> {
        self.computed.iter().find(|computed| computed.node == node)
    }
}

impl ComputedPlan<'_> {
    /// The cell with a line's value.
    pub fn cell(&self, line: Line) -> Option<CellRef> {
        self.cell_in(line, LINE_VALUE)
    }

    /// The cell with a line's value from self scores alone: its only one, where nothing was verified.
    pub fn self_cell(&self, line: Line) -> Option<CellRef> {
        self.cell_in(line, if self.of_self.is_some() { LINE_SELF } else { LINE_VALUE })
    }

    fn cell_in(&self, line: Line, col: u32) -> Option<CellRef> {
        let i = self.lines.iter().position(|known| *known == line)?;
        Some(CellRef::new(self.first_row + i as u32, col))
    }
}

fn lines<'a>(rule: &Computed, results: impl Iterator<Item = &'a ComputedResult>) -> Vec<Line> {
    let sets = 0..rule.of.len();
    let mut lines: Vec<Line> = sets.clone().flat_map(|i| [Line::Expected(i), Line::Returned(i)]).collect();
    match rule.formula.counts() {
        Counts::Levels => {
            let mut levels = rule.formula.levels();
            levels.extend(results.flat_map(|result| result.by_level.keys().copied()));
            levels.push(Level::LOWEST);
            levels.sort_unstable();
            levels.dedup();
            lines.extend(levels.into_iter().map(Line::Level));
        }
        Counts::Shares => lines.extend(sets.map(Line::Shares)),
        Counts::Reaching(level) => lines.push(Line::Reached(level)),
        Counts::Nothing => {}
    }
    lines.extend([Line::Numerator, Line::Denominator, Line::Share, Line::Points]);
    lines
}

impl ComputedPlan<'_> {
    /// Whether schools without a return that counts stand at the lowest level.
    pub fn counts_missing(&self) -> bool {
        self.rule.denominator.counts_missing()
    }
}
