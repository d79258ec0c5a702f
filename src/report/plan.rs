//! Every address of the workbook, fixed before the first cell is written: a formula asks the plan, never another sheet.

use std::collections::HashSet;

use crate::codes::{Level, SetId};
use crate::grid::CellRef;
use crate::outcome::{ComputedResult, Due, OfficeResult, Outcome, Status};
use crate::rules::{
    Basis, Computed, Denominator, Figure, Formula, NodeKind, Of, OverallRule, RuleSet, Scale, Tally, UnmetRule, figures,
};
use crate::score::Scored;

/// Rows beyond which a sheet goes to disk row by row.
const LONG: u32 = 3_000;
/// Excel's limit for the name of a sheet, in UTF-16 units.
const MAX_NAME: usize = 31;

/// Which sheet. A number is a place in [`Plan::sets`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// `Báo cáo`
    Signed,
    /// `Mục lục`
    Contents,
    /// `Tổng quan`
    Overview,
    /// `Tiêu chí cơ quan`
    Office,
    /// `<set>`
    Set(usize),
    /// `Chi tiết <set>`
    Detail(usize),
    /// `Điển hình`
    Best,
    /// `Tình hình nộp`
    Returns,
    /// `Lỗi, cảnh báo`
    Findings,
    /// `Đối chiếu điểm`
    Ledger,
    /// `Thẩm định`
    Verified,
    /// `Minh chứng`
    Evidence,
    /// `Phân công`
    Duties,
    /// `Quy tắc`
    Rules,
    /// `Tệp nguồn`
    Files,
}

/// A sheet's tab.
#[derive(Debug, Clone)]
pub struct Tab {
    /// Which one.
    pub sheet: Sheet,
    /// Its name.
    pub name: String,
    /// Its name as it stands in a formula.
    pub quoted: String,
}

impl Tab {
    /// A cell of it, from another sheet.
    pub fn cell(&self, at: CellRef) -> String {
        format!("{}!{at}", self.quoted)
    }

    /// Rows of one of its columns, from another sheet.
    pub fn rows(&self, col: u32, first: u32, last: u32) -> String {
        let letters = CellRef::column_letters(col);
        format!("{}!${letters}${}:${letters}${}", self.quoted, first + 1, last + 1)
    }
}

/// All addresses.
pub struct Plan<'a> {
    /// What the workbook is made from.
    pub outcome: &'a Outcome,
    /// The tabs, in order.
    pub tabs: Vec<Tab>,
    /// The sets that schools owe.
    pub sets: Vec<SetPlan<'a>>,
    /// The office's own criteria.
    pub office: Option<OfficePlan<'a>>,
    /// Every figure, in the order of `Quy tắc`.
    pub figures: Vec<(&'a RuleSet, Figure)>,
    tally: Tally,
}

/// `Quy tắc`: the header row of the table of figures.
pub const FIGURES_HEAD: u32 = 4;
/// `Quy tắc`: the column of the basis.
pub const FIGURES_BASIS: u32 = 4;
/// `Tệp nguồn`: the header row.
pub const FILES_HEAD: u32 = 3;
/// `Tệp nguồn`: the column that says what became of a file.
pub const FILES_FATE: u32 = 2;

impl<'a> Plan<'a> {
    /// Fixes every address.
    pub fn new(outcome: &'a Outcome) -> Plan<'a> {
        let office_set = outcome.offices.as_ref().and_then(|office| Some((office, outcome.book.get(&office.set)?)));
        let mut sets: Vec<SetPlan<'a>> = outcome.book.of_schools().map(|rules| SetPlan::new(outcome, rules)).collect();
        if let Some((_, rules)) = office_set {
            for of in rules.nodes.iter().filter_map(|node| node.computed.as_ref()).flat_map(|computed| &computed.of) {
                if let Some(set) = sets.iter_mut().find(|set| set.rules.id == of.set) {
                    set.want_level_of(of);
                }
            }
        }
        let office = office_set.map(|(result, rules)| OfficePlan::new(result, rules));
        let tabs = tabs(&sets);
        let of_set = |set: &'a RuleSet| figures(set).into_iter().map(move |figure| (set, figure));
        let figures = outcome.book.sets.iter().flat_map(of_set).collect();
        Plan { outcome, tabs, sets, office, figures, tally: Tally::of(&outcome.book.sets) }
    }

    /// The tab of a sheet that the plan has.
    pub fn tab(&self, sheet: Sheet) -> &Tab {
        match self.tabs.iter().find(|tab| tab.sheet == sheet) {
            Some(tab) => tab,
            None => unreachable!("the plan has a tab for each sheet"),
        }
    }

    /// The place of a set in [`Plan::sets`].
    pub fn set_index(&self, id: &SetId) -> Option<usize> {
        self.sets.iter().position(|set| set.rules.id == *id)
    }

    /// Whether the sheet has so many rows that it must not be held in memory.
    pub fn is_long(&self, sheet: Sheet) -> bool {
        let outcome = self.outcome;
        let dues = outcome.dues.len() as u32;
        match sheet {
            Sheet::Set(i) => self.sets[i].dues.len() as u32 > LONG,
            Sheet::Detail(i) => self.sets[i].last_detail_row() > LONG,
            Sheet::Returns | Sheet::Ledger => dues > LONG,
            Sheet::Verified | Sheet::Evidence => dues > LONG / 20,
            Sheet::Findings => outcome.findings.len() as u32 > LONG,
            Sheet::Files => outcome.files.len() as u32 > LONG,
            Sheet::Rules => self.figures.len() as u32 > LONG,
            Sheet::Signed | Sheet::Contents | Sheet::Overview | Sheet::Office | Sheet::Best | Sheet::Duties => false,
        }
    }

    /// The rows of a column of a set's sheet; `None` where no school owes it.
    pub fn set_rows(&self, set: usize, column: Column) -> Option<String> {
        let plan = &self.sets[set];
        let (first, last) = plan.rows()?;
        Some(self.tab(Sheet::Set(set)).rows(plan.column(column)?, first, last))
    }

    /// How many figures stand on a basis.
    pub fn figures_on(&self, basis: Basis) -> u32 {
        self.tally.count(basis) as u32
    }

    /// The same as a formula, by the basis's word.
    pub fn figures_count(&self, basis: &str) -> String {
        let rows = self.figures.len().max(1) as u32;
        let range = self.tab(Sheet::Rules).rows(FIGURES_BASIS, FIGURES_HEAD + 1, FIGURES_HEAD + rows);
        format!("COUNTIF({range},{})", super::formula::quoted(basis))
    }

    /// The column of `Tệp nguồn` that says what became of a file.
    pub fn fates(&self) -> String {
        let rows = self.outcome.files.len().max(1) as u32;
        self.tab(Sheet::Files).rows(FILES_FATE, FILES_HEAD + 1, FILES_HEAD + rows)
    }
}

fn tabs(sets: &[SetPlan<'_>]) -> Vec<Tab> {
    let before = [
        (Sheet::Signed, "Báo cáo"),
        (Sheet::Contents, "Mục lục"),
        (Sheet::Overview, "Tổng quan"),
        (Sheet::Office, "Tiêu chí cơ quan"),
    ];
    let after = [
        (Sheet::Best, "Điển hình"),
        (Sheet::Returns, "Tình hình nộp"),
        (Sheet::Findings, "Lỗi, cảnh báo"),
        (Sheet::Ledger, "Đối chiếu điểm"),
        (Sheet::Verified, "Thẩm định"),
        (Sheet::Evidence, "Minh chứng"),
        (Sheet::Duties, "Phân công"),
        (Sheet::Rules, "Quy tắc"),
        (Sheet::Files, "Tệp nguồn"),
    ];
    // Excel keeps "History" for itself.
    let mut taken: HashSet<String> = HashSet::from(["history".to_owned()]);
    taken.extend(before.iter().chain(&after).map(|(_, name)| name.to_lowercase()));
    let fixed = |(sheet, name): &(Sheet, &str)| tab(*sheet, (*name).to_owned());
    let mut tabs: Vec<Tab> = before.iter().map(fixed).collect();
    for (i, set) in sets.iter().enumerate() {
        tabs.push(tab(Sheet::Set(i), unique(&set.rules.short, &mut taken)));
    }
    for (i, set) in sets.iter().enumerate() {
        tabs.push(tab(Sheet::Detail(i), unique(&format!("Chi tiết {}", set.rules.short), &mut taken)));
    }
    tabs.extend(after.iter().map(fixed));
    tabs
}

fn tab(sheet: Sheet, name: String) -> Tab {
    let quoted = format!("'{}'", name.replace('\'', "''"));
    Tab { sheet, name, quoted }
}

/// A name that Excel takes and no other sheet bears. Excel compares without case.
fn unique(wanted: &str, taken: &mut HashSet<String>) -> String {
    let mut clean = String::new();
    for c in wanted.chars() {
        match c {
            '[' | ']' | ':' | '*' | '?' | '/' | '\\' => clean.push('-'),
            // A capital before a bracket would look like a function to the library.
            '(' if clean.ends_with(|before: char| before.is_ascii_uppercase() || before.is_ascii_digit()) => {
                clean.push_str(" (");
            }
            '"' => clean.push('”'),
            c if c.is_control() => clean.push(' '),
            c => clean.push(c),
        }
    }
    let clean = clean.trim_matches(['\'', ' ']);
    let clean = if clean.is_empty() { "Bộ chỉ số" } else { clean };
    for n in 1.. {
        let tail = if n == 1 { String::new() } else { format!(" ({n})") };
        let head = cut_name(clean, MAX_NAME - tail.len());
        let name = format!("{}{tail}", head.trim_end_matches(['\'', ' ']));
        if taken.insert(name.to_lowercase()) {
            return name;
        }
    }
    unreachable!("some number is free")
}

/// At most so many UTF-16 units, without an ellipsis.
fn cut_name(name: &str, most: usize) -> String {
    let mut room = most;
    name.chars()
        .take_while(|c| {
            let fits = c.len_utf16() <= room;
            room = room.saturating_sub(c.len_utf16());
            fits
        })
        .collect()
}

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
}

/// One set's two sheets: a row per school, and the matrix of items.
pub struct SetPlan<'a> {
    /// The set.
    pub rules: &'a RuleSet,
    /// Who owes it, in roster order: its rows.
    pub dues: Vec<DuePlan<'a>>,
    /// The columns of its sheet, in order.
    pub columns: Vec<Column>,
    /// Groups whose lowest level an office criterion uses, beside single groups and all of them.
    pub lowest: Vec<Vec<usize>>,
}

/// One school's rows.
pub struct DuePlan<'a> {
    /// What it owes.
    pub due: &'a Due,
    /// Its row on the set's sheet.
    pub row: u32,
    /// Points and levels with the first of its three rows on the matrix; `None` where no return counts.
    pub scored: Option<(&'a Scored, u32)>,
}

/// The header row of a set's sheet.
pub const SET_HEAD: u32 = 4;
/// The header row of the matrix; the row above holds the maxima.
pub const DETAIL_HEAD: u32 = 5;
/// The column of the first node on the matrix.
pub const DETAIL_NODES: u32 = 3;
/// Rows of a school on the matrix: claimed, counted, cells.
pub const DETAIL_ROWS: u32 = 3;

impl<'a> SetPlan<'a> {
    fn new(outcome: &'a Outcome, rules: &'a RuleSet) -> SetPlan<'a> {
        let mut dues = Vec::new();
        let mut matrix = DETAIL_HEAD + 1;
        for (row, due) in (SET_HEAD + 1..).zip(outcome.dues_of(&rules.id)) {
            let counts = due.scored.as_ref().filter(|_| due.status == Status::Accepted);
            let scored = counts.map(|scored| {
                matrix += DETAIL_ROWS;
                (scored, matrix - DETAIL_ROWS)
            });
            dues.push(DuePlan { due, row, scored });
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
        SetPlan { rules, dues, columns, lowest: Vec::new() }
    }

    /// Where a criterion of the office uses the lowest of some groups, they get a column of their own.
    fn want_level_of(&mut self, of: &Of) {
        if self.level_column(of).is_none() {
            let groups = self.groups(of);
            if !groups.is_empty() {
                self.columns.push(Column::Lowest(self.lowest.len()));
                self.lowest.push(groups);
            }
        }
    }

    /// The groups that are named, by their places.
    pub fn groups(&self, of: &Of) -> Vec<usize> {
        self.rules.tops().filter(|(_, node)| of.groups.contains(&node.code)).map(|(i, _)| i).collect()
    }

    /// The column with the level that a computed criterion uses: of all groups the overall level, of one its own, of
    /// some the lowest.
    pub fn level_column(&self, of: &Of) -> Option<Column> {
        let groups = self.groups(of);
        let column = if groups.len() == self.rules.tops().count() {
            Column::Overall
        } else if let [group] = groups[..] {
            Column::Level(group)
        } else {
            Column::Lowest(self.lowest.iter().position(|known| *known == groups)?)
        };
        self.columns.contains(&column).then_some(column)
    }

    /// The place of a column on the set's sheet.
    pub fn column(&self, column: Column) -> Option<u32> {
        self.columns.iter().position(|known| *known == column).map(|i| i as u32)
    }

    /// First and last row with a school; `None` where there is none.
    pub fn rows(&self) -> Option<(u32, u32)> {
        Some((self.dues.first()?.row, self.dues.last()?.row))
    }

    /// The row below the schools.
    pub fn below(&self) -> u32 {
        SET_HEAD + 1 + self.dues.len().max(1) as u32
    }

    /// The last row of the matrix.
    pub fn last_detail_row(&self) -> u32 {
        let rows = self.dues.iter().filter(|due| due.scored.is_some()).count() as u32 * DETAIL_ROWS;
        DETAIL_HEAD + rows.max(1)
    }

    /// The column of all points on the matrix.
    pub fn detail_total(&self) -> u32 {
        DETAIL_NODES + self.rules.nodes.len() as u32
    }

    /// The scale that gives a node its level.
    pub fn scale(&self, node: usize) -> Option<&'a Scale> {
        scale(self.rules, node)
    }

    /// The level of a school that has none: the lowest.
    pub fn lowest_level(&self) -> Level {
        self.rules.overall_scale().map_or(Level::LOWEST, Scale::lowest)
    }

    /// How many returns count.
    pub fn returned(&self) -> u32 {
        self.dues.iter().filter(|due| due.due.status == Status::Accepted).count() as u32
    }

    /// The levels that its schools can have, from the lowest.
    pub fn levels(&self) -> Vec<Level> {
        self.rules.overall_scale().map_or_else(Vec::new, |scale| scale.levels.iter().map(|range| range.level).collect())
    }

    /// How many schools have this overall level.
    pub fn at_level(&self, level: Level) -> u32 {
        let scored = self.dues.iter().filter_map(|due| due.scored);
        scored.filter(|(scored, _)| scored.level == Some(level)).count() as u32
    }
}

/// The scale that gives a node of a set its level.
pub fn scale(rules: &RuleSet, node: usize) -> Option<&Scale> {
    rules.scales.get(rules.nodes[node].scale.as_ref()?)
}

/// The mandatory conditions of a set that hold an overall level which follows from the sum of all groups.
pub fn all_conditions(rules: &RuleSet) -> Vec<usize> {
    if rules.unmet.rule != UnmetRule::HoldLevel1 {
        return Vec::new();
    }
    let nodes = rules.nodes.iter().enumerate();
    nodes.filter(|(_, node)| node.kind == NodeKind::Mandatory).map(|(i, _)| i).collect()
}

/// The mandatory conditions below a node, where they hold its level.
pub fn conditions(rules: &RuleSet, node: usize) -> Vec<usize> {
    if rules.unmet.rule != UnmetRule::HoldLevel1 {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut open = rules.nodes[node].children.clone();
    while let Some(i) = open.pop() {
        if rules.nodes[i].kind == NodeKind::Mandatory {
            found.push(i);
        }
        open.extend(&rules.nodes[i].children);
    }
    found.sort_unstable();
    found
}

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

/// One computed criterion's lines.
pub struct ComputedPlan<'a> {
    /// Its node.
    pub node: usize,
    /// The rule.
    pub rule: &'a Computed,
    /// The numbers.
    pub result: &'a ComputedResult,
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
    Reached,
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
    fn new(result: &'a OfficeResult, rules: &'a RuleSet) -> OfficePlan<'a> {
        let mut row = OFFICE_HEAD + rules.nodes.len() as u32 + 5;
        let mut computed = Vec::new();
        for (node, rule) in rules.nodes.iter().enumerate().filter_map(|(i, node)| Some((i, node.computed.as_ref()?))) {
            let numbers = result.computed.iter().find(|known| known.code == rules.nodes[node].code);
            let Some(numbers) = numbers.filter(|_| rule.formula != Formula::Manual) else { continue };
            let lines = lines(rule, numbers);
            let first_row = row;
            row += lines.len() as u32;
            computed.push(ComputedPlan { node, rule, result: numbers, first_row, lines });
        }
        OfficePlan { rules, result, computed }
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
        let i = self.lines.iter().position(|known| *known == line)?;
        Some(CellRef::new(self.first_row + i as u32, LINE_VALUE))
    }
}

fn lines(rule: &Computed, result: &ComputedResult) -> Vec<Line> {
    let sets = 0..rule.of.len();
    let mut lines: Vec<Line> = sets.clone().flat_map(|i| [Line::Expected(i), Line::Returned(i)]).collect();
    match &rule.formula {
        Formula::LevelShare(weights) => {
            let mut levels: Vec<Level> = weights.keys().chain(result.by_level.keys()).copied().collect();
            levels.push(Level::LOWEST);
            levels.sort_unstable();
            levels.dedup();
            lines.extend(levels.into_iter().map(Line::Level));
        }
        Formula::MeanScore => lines.extend(sets.map(Line::Shares)),
        Formula::ReachLevel { .. } => lines.push(Line::Reached),
        Formula::Manual => {}
    }
    lines.extend([Line::Numerator, Line::Denominator, Line::Share, Line::Points]);
    lines
}

impl ComputedPlan<'_> {
    /// Whether schools without a return that counts stand at the lowest level.
    pub fn counts_missing(&self) -> bool {
        self.rule.denominator == Denominator::Expected
    }
}

/// Whether the overall level follows from the sum of all groups.
pub fn by_total(rules: &RuleSet) -> bool {
    matches!(rules.overall.rule, OverallRule::ByTotal(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_valid_and_unique() {
        let mut taken = HashSet::from(["báo cáo".to_owned()]);
        assert_eq!(unique("Phổ thông, GDTX", &mut taken), "Phổ thông, GDTX");
        assert_eq!(unique("PHỔ THÔNG, GDTX", &mut taken), "PHỔ THÔNG, GDTX (2)");
        assert_eq!(unique("Báo cáo", &mut taken), "Báo cáo (2)");
        assert_eq!(unique("'a/b[1]'", &mut taken), "a-b-1-");
        assert_eq!(unique("SORT(1)", &mut taken), "SORT (1)");
        assert_eq!(unique("", &mut taken), "Bộ chỉ số");
        let long = unique(&"ẩ".repeat(40), &mut taken);
        assert_eq!(long.encode_utf16().count(), 31);
        assert_eq!(unique(&"ẩ".repeat(40), &mut taken).encode_utf16().count(), 31);
        assert_eq!(tab(Sheet::Best, "a'b".to_owned()).quoted, "'a''b'");
    }
}
