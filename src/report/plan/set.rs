//! A set's two sheets: a row per school, and the matrix of items.

use std::collections::HashMap;

use crate::codes::Level;
use crate::outcome::{ExpectedReturn, Outcome, Scored, Unit};
use crate::rules::{LevelOver, NodeKind, Of, OverallRule, RuleSet};
use crate::views::figures::Counts;

/// A column of a set's sheet. A number is a place in the set's nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Mã trường
    Code,
    /// Tên trường
    Name,
    /// Cấp học
    Kinds,
    /// Đơn vị quản lý
    Unit,
    /// Tình trạng
    Status,
    /// Points of a node.
    Points(usize),
    /// Whether a condition that stands alone is met.
    Met(usize),
    /// Level of a node.
    Level(usize),
    /// The lowest level of several groups, by the place in [`SetPlan::lowest`].
    Lowest(usize),
    /// Points of all groups.
    Total,
    /// The overall level.
    Overall,
    /// Số lỗi
    Errors,
    /// Số cảnh báo
    Warnings,
    /// Thời hạn
    Late,
    /// Points of a group from self scores alone, where anything was verified.
    SelfPoints(usize),
    /// The level that follows from them.
    SelfLevel(usize),
    /// The lowest of several, as [`Column::Lowest`].
    SelfLowest(usize),
    /// Points of all groups from self scores alone.
    SelfTotal,
    /// The overall level from self scores alone.
    SelfOverall,
    /// [`OWN_MARK`] at a school of the office's own.
    Own,
}

impl Column {
    /// Whether it holds what self scores alone bring.
    pub fn is_of_self(self) -> bool {
        use Column::{SelfLevel, SelfLowest, SelfOverall, SelfPoints, SelfTotal};
        matches!(self, SelfPoints(_) | SelfLevel(_) | SelfLowest(_) | SelfTotal | SelfOverall)
    }

    /// The column with the same from self scores alone.
    pub fn of_self(self) -> Column {
        match self {
            Column::Points(i) => Column::SelfPoints(i),
            Column::Level(i) => Column::SelfLevel(i),
            Column::Lowest(n) => Column::SelfLowest(n),
            Column::Total => Column::SelfTotal,
            Column::Overall => Column::SelfOverall,
            other => other,
        }
    }
}

/// One set's two sheets: a row per school, and the matrix of items.
pub struct SetPlan<'a> {
    /// The set.
    pub rules: &'a RuleSet,
    /// Who owes it, in roster order: its rows.
    pub expected: Vec<ReturnPlan<'a>>,
    /// How many came and count.
    pub counts: Counts,
    /// The columns of its sheet, in order.
    pub columns: Vec<Column>,
    /// Whether anything was verified: then it has columns of self scores alone too.
    pub is_verified: bool,
    /// Groups whose lowest level an office criterion uses, beside single groups and all of them.
    pub lowest: Vec<Vec<usize>>,
}

/// One school's rows.
pub struct ReturnPlan<'a> {
    /// What it owes.
    pub expected: &'a ExpectedReturn,
    /// Its row on the set's sheet.
    pub row: u32,
    /// Points and levels with the first of its three rows on the matrix; `None` where no return counts.
    pub scored: Option<(&'a Scored, u32)>,
    /// Whether the school is the office's own, and of no unit.
    pub own: bool,
}

/// What stands at a school of the office's own, where they are marked.
pub const OWN_MARK: &str = "x";

/// The header row of a set's sheet.
pub const SET_HEAD: u32 = 4;
/// The header row of the matrix; the row above holds the maxima.
pub const DETAIL_HEAD: u32 = 5;
/// The column of the first node on the matrix.
pub const DETAIL_NODES: u32 = 3;
/// Rows of a school on the matrix: claimed, counted, cells.
pub const DETAIL_ROWS: u32 = 3;

impl<'a> SetPlan<'a> {
    pub(super) fn new(outcome: &'a Outcome, of_units: &HashMap<usize, &Unit>, rules: &'a RuleSet) -> SetPlan<'a> {
        let mut planned = Vec::new();
        let mut matrix = DETAIL_HEAD + 1;
        for (row, expected) in (SET_HEAD + 1..).zip(outcome.expected_of(&rules.id)) {
            let scored = expected.counted().map(|scored| {
                matrix += DETAIL_ROWS;
                (scored, matrix - DETAIL_ROWS)
            });
            let own = !of_units.contains_key(&expected.school);
            planned.push(ReturnPlan { expected, row, scored, own });
        }
        let mut columns = vec![Column::Code, Column::Name, Column::Kinds, Column::Unit, Column::Status];
        for (top, node) in rules.tops() {
            for &child in &node.children {
                if rules.nodes[child].kind != NodeKind::Mandatory {
                    columns.push(Column::Points(child));
                    columns.extend(rules.nodes[child].scale.as_ref().map(|_| Column::Level(child)));
                }
            }
            let own = if node.kind == NodeKind::Mandatory { Column::Met(top) } else { Column::Points(top) };
            columns.push(own);
            columns.extend(node.scale.as_ref().map(|_| Column::Level(top)));
        }
        columns.push(Column::Total);
        columns.extend(rules.overall_scale().map(|_| Column::Overall));
        columns.extend([Column::Errors, Column::Warnings, Column::Late]);
        let is_verified = planned.iter().any(|of| of.scored.is_some_and(|(scored, _)| scored.is_verified()));
        SetPlan {
            rules,
            expected: planned,
            counts: Counts::of(outcome.expected_of(&rules.id)),
            columns,
            is_verified,
            lowest: Vec::new(),
        }
    }

    /// Where anything was verified, the office's criteria are computed a second time, from columns of self scores alone.
    pub(super) fn add_self(&mut self) {
        if !self.is_verified {
            return;
        }
        for (top, node) in self.rules.tops().filter(|(_, node)| node.kind != NodeKind::Mandatory) {
            self.columns.push(Column::SelfPoints(top));
            self.columns.extend(node.scale.as_ref().map(|_| Column::SelfLevel(top)));
        }
        self.columns.extend((0..self.lowest.len()).map(Column::SelfLowest));
        if by_total(self.rules) {
            self.columns.push(Column::SelfTotal);
        }
        self.columns.extend(self.rules.overall_scale().map(|_| Column::SelfOverall));
    }

    /// The column that stands for another one in a computation from self scores alone, or not.
    pub fn column_for(&self, column: Column, own: bool) -> Column {
        if own && self.is_verified { column.of_self() } else { column }
    }

    /// Where a criterion of the office uses the lowest of some groups, they get a column of their own.
    pub(super) fn want_level_of(&mut self, of: &Of) {
        if let LevelOver::Lowest(groups) = self.rules.level_over(&of.groups)
            && groups.len() > 1
            && !self.lowest.contains(&groups)
        {
            self.columns.push(Column::Lowest(self.lowest.len()));
            self.lowest.push(groups);
        }
    }

    /// Where a criterion of the office takes its own schools alone and there are others, a column marks them.
    pub(super) fn want_own(&mut self) {
        if !self.columns.contains(&Column::Own) && self.expected.iter().any(|one| !one.own) {
            self.columns.push(Column::Own);
        }
    }

    /// The groups that are named, by their places.
    pub fn groups(&self, of: &Of) -> Vec<usize> {
        self.rules.groups_among(&of.groups).map(|(i, _)| i).collect()
    }

    /// The column with the level that a computed criterion uses: of all groups the overall level, of one its own, of
    /// some the lowest.
    pub fn level_column(&self, of: &Of) -> Option<Column> {
        let column = match self.rules.level_over(&of.groups) {
            LevelOver::Overall => Column::Overall,
            LevelOver::Lowest(groups) => match groups[..] {
                [group] => Column::Level(group),
                _ => Column::Lowest(self.lowest.iter().position(|known| *known == groups)?),
            },
        };
        self.columns.contains(&column).then_some(column)
    }

    /// The place of a column on the set's sheet.
    pub fn column(&self, column: Column) -> Option<u32> {
        self.columns.iter().position(|known| *known == column).map(|i| i as u32)
    }

    /// First and last row with a school; `None` where there is none.
    pub fn rows(&self) -> Option<(u32, u32)> {
        Some((self.expected.first()?.row, self.expected.last()?.row))
    }

    /// The row below the schools.
    pub fn below(&self) -> u32 {
        SET_HEAD + 1 + self.expected.len().max(1) as u32
    }

    /// The last row of the matrix.
    pub fn last_detail_row(&self) -> u32 {
        DETAIL_HEAD + (self.counts.accepted * DETAIL_ROWS).max(1)
    }

    /// The column of all points on the matrix.
    pub fn detail_total(&self) -> u32 {
        DETAIL_NODES + self.rules.nodes.len() as u32
    }

    /// The level of a school that has none: the lowest.
    pub fn lowest_level(&self) -> Level {
        Level::LOWEST
    }

    /// The levels that its schools can have, from the lowest.
    pub fn levels(&self) -> Vec<Level> {
        self.rules.overall_scale().map_or_else(Vec::new, |scale| scale.levels.iter().map(|range| range.level).collect())
    }
}

/// Whether the overall level follows from the sum of all groups.
pub fn by_total(rules: &RuleSet) -> bool {
    matches!(rules.overall.rule, OverallRule::ByTotal(_))
}
