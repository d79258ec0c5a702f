//! The form's live formulas, each with the result that a spreadsheet program will compute: sums, levels, counts.
//!
//! No `TEXT()`, whose result depends on the program's language; sums are rounded before they meet a threshold.

use rust_xlsxwriter::Formula;

use super::{Answers, entry};
use crate::codes::Level;
use crate::layouts::form::{self as layout, Column, Layout, ResultLine};
use crate::points::{Points, Share};
use crate::rules::{Held, Node, NodeKind, OverallRule, Scale, all_met, lowest_formula};
use crate::writers::xlsx::{nested, quoted};

/// What stands where a level would, until the program has computed what it rests on.
const PENDING: &str = "có sau khi phần mềm tính";
/// The same in the narrow column of numbers.
const PENDING_NUMBER: &str = "chờ";
/// Excel takes texts of 255 characters in a formula.
const MAX_NAME: usize = 120;

/// The formulas of one form and their results.
pub(super) struct Formulas<'a> {
    layout: Layout<'a>,
    /// By node: the score typed, or the sum below.
    points: Vec<Points>,
    /// By node: whether its cell for the score holds anything.
    answered: Vec<bool>,
    /// By node: whether it is a mandatory condition that is met.
    met: Vec<bool>,
}

impl<'a> Formulas<'a> {
    /// With these values in the form.
    pub(super) fn new(layout: Layout<'a>, answers: Option<&Answers>) -> Formulas<'a> {
        let nodes = &layout.set().nodes;
        let mut exact = vec![Share::ZERO; nodes.len()];
        let mut answered = vec![false; nodes.len()];
        let mut met = vec![false; nodes.len()];
        for (index, node) in nodes.iter().enumerate().filter(|(_, node)| node.is_leaf()) {
            let score = answers.and_then(|answers| answers.items.get(&node.code)).and_then(|item| item.score.as_ref());
            match score.and_then(entry::typed) {
                Some(entry::Typed::Number(number)) => exact[index] = Share::from_f64(number).unwrap_or(Share::ZERO),
                Some(entry::Typed::Text(text)) => met[index] = text.to_lowercase() == layout::MET.to_lowercase(),
                Some(entry::Typed::Bool(_)) => {}
                None => continue,
            }
            answered[index] = true;
        }
        // A parent stands before its children: from the last to the first, every sum is ready when it is needed.
        for (index, node) in nodes.iter().enumerate().rev().filter(|(_, node)| !node.is_leaf()) {
            let children = node.children.iter().filter(|&&child| nodes[child].kind != NodeKind::Mandatory);
            exact[index] =
                children.fold(Share::ZERO, |sum, &child| sum.plus(rounded_if_sum(&nodes[child], exact[child])));
        }
        let points = exact.into_iter().map(|share| share.of(Points::whole(1))).collect();
        Formulas { layout, points, answered, met }
    }

    /// The sum of a group or criterion.
    pub(super) fn sum(&self, index: usize) -> Formula {
        self.sum_of(&self.layout.set().nodes[index].children).set_result(self.points[index].plain())
    }

    /// "Mức 2: đáp ứng cơ bản" of a group or criterion with a scale.
    pub(super) fn level_text(&self, index: usize, scale: &Scale) -> Formula {
        let show = |level: Level| short(&layout::level_text(scale, level));
        let score = self.layout.cell(index, Column::Score).to_string();
        let formula = self.level(&score, scale, &self.under(index), |level| quoted(&show(level)), PENDING);
        let result = self.node_level(index, scale).map_or(PENDING.to_owned(), show);
        Formula::new(formula).set_result(result)
    }

    /// The number (or finding) of a line of the result block, where it has one.
    pub(super) fn result_number(&self, line: ResultLine) -> Option<Formula> {
        let number = |level: Level| level.to_string();
        let shown = |level: Option<Level>| level.map_or(PENDING_NUMBER.to_owned(), number);
        Some(match line {
            ResultLine::Barred => return None,
            ResultLine::Unanswered => {
                let asked: Vec<usize> = self.asked().collect();
                let blank = asked.iter().filter(|&&index| !self.answered[index]).count();
                let counts: Vec<String> = self.runs(&asked).iter().map(|run| format!("COUNTBLANK({run})")).collect();
                Formula::new(added(&counts)).set_result(blank.to_string())
            }
            ResultLine::Group(index) => {
                let scale = self.layout.set().scale_of(index)?;
                let score = self.layout.cell(index, Column::Score).to_string();
                let formula = self.level(&score, scale, &self.under(index), number, PENDING_NUMBER);
                Formula::new(formula).set_result(shown(self.node_level(index, scale)))
            }
            ResultLine::Total => self.sum_of(&self.tops()).set_result(self.total().plain()),
            ResultLine::Overall => {
                let formula = match &self.layout.set().overall.rule {
                    OverallRule::ByTotal(_) => {
                        let total = self.result_cell(ResultLine::Total)?;
                        let scale = self.layout.set().overall_scale()?;
                        self.level(&total, scale, &self.everything(), number, PENDING_NUMBER)
                    }
                    OverallRule::LowestGroup => {
                        let groups = self.layout.levelled_tops();
                        let cells: Vec<String> =
                            groups.iter().filter_map(|&group| self.result_cell(ResultLine::Group(group))).collect();
                        let lowest = lowest_formula(&cells, &self.held(&self.tops()));
                        self.once_known(&self.everything(), lowest, PENDING_NUMBER)
                    }
                };
                Formula::new(formula).set_result(shown(self.overall_level()))
            }
        })
    }

    /// What a line of the result block says in words.
    pub(super) fn result_text(&self, line: ResultLine) -> Option<Formula> {
        const COMPLETE: &str = "Đã điền đủ.";
        const INCOMPLETE: &str = "Còn ô chưa điền: các ô nền vàng ở cột điểm.";
        const CLEAR: &str = "Đủ điều kiện bắt buộc.";
        const BARRED: &str = "Phiếu chưa được tính: còn điều kiện bắt buộc chưa đạt.";
        let choice = |condition: &str, yes: &str, no: &str, is: bool| {
            let formula = format!("IF({condition},{},{})", quoted(yes), quoted(no));
            Formula::new(formula).set_result(if is { yes } else { no })
        };
        Some(match line {
            ResultLine::Unanswered => {
                let complete = self.asked().all(|index| self.answered[index]);
                choice(&format!("{}=0", self.result_cell(line)?), COMPLETE, INCOMPLETE, complete)
            }
            ResultLine::Barred => {
                let mandatory = self.mandatory(&self.everything());
                let test = all_met(&self.conditions(&mandatory), layout::MET)?;
                choice(&test, CLEAR, BARRED, mandatory.iter().all(|&index| self.met[index]))
            }
            ResultLine::Total => return None,
            ResultLine::Group(index) => {
                let scale = self.layout.set().scale_of(index)?;
                self.name_of(&self.result_cell(line)?, scale, &self.under(index), self.node_level(index, scale))
            }
            ResultLine::Overall => {
                let scale = self.layout.set().overall_scale()?;
                self.name_of(&self.result_cell(line)?, scale, &self.everything(), self.overall_level())
            }
        })
    }

    /// The name of the level whose number stands in a cell.
    fn name_of(&self, cell: &str, scale: &Scale, below: &[usize], level: Option<Level>) -> Formula {
        let name = |level: Level| short(scale.name_of(level));
        let pending = self.guard(below).is_some();
        let (last, lower) = match scale.levels.split_last() {
            Some((highest, lower)) if !pending => (quoted(&name(highest.level)), lower),
            _ => (quoted(PENDING), &scale.levels[..]),
        };
        let formula = lower
            .iter()
            .rev()
            .fold(last, |rest, range| format!("IF({cell}={},{},{rest})", range.level, quoted(&name(range.level))));
        Formula::new(formula).set_result(level.map_or(PENDING.to_owned(), name))
    }

    fn overall_level(&self) -> Option<Level> {
        let everything = self.everything();
        if !self.computed(&everything).iter().all(|&index| self.answered[index]) {
            return None;
        }
        match &self.layout.set().overall.rule {
            OverallRule::ByTotal(_) => {
                let scale = self.layout.set().overall_scale()?;
                Some(self.level_at(self.total(), scale, &self.mandatory(&everything)))
            }
            OverallRule::LowestGroup => {
                let of = |index: usize| self.node_level(index, self.layout.set().scale_of(index)?);
                if self.mandatory(&self.tops()).iter().any(|&index| !self.met[index]) {
                    return Some(Level::LOWEST);
                }
                self.layout.levelled_tops().into_iter().filter_map(of).min()
            }
        }
    }

    fn node_level(&self, index: usize, scale: &Scale) -> Option<Level> {
        let below = self.under(index);
        let known = self.computed(&below).iter().all(|&index| self.answered[index]);
        known.then(|| self.level_at(self.points[index], scale, &self.mandatory(&below)))
    }

    fn level_at(&self, points: Points, scale: &Scale, mandatory: &[usize]) -> Level {
        let held = mandatory.iter().any(|&index| !self.met[index]);
        if held { Level::LOWEST } else { scale.level_of(points) }
    }

    /// The level at the points in a cell: held at 1 by a mandatory condition below, unknown while a computed item is.
    fn level(
        &self,
        score: &str,
        scale: &Scale,
        below: &[usize],
        show: impl Fn(Level) -> String,
        pending: &str,
    ) -> String {
        self.once_known(below, scale.level_formula(score, &self.held(below), show), pending)
    }

    /// The mandatory conditions among these, which hold a level where one is not met.
    fn held(&self, among: &[usize]) -> Held {
        Held::unless_met(&self.conditions(among), layout::MET)
    }

    /// A formula that waits for the computed items among these.
    fn once_known(&self, among: &[usize], formula: String, pending: &str) -> String {
        match self.guard(among) {
            Some(known) => format!("IF({known},{formula},{})", quoted(pending)),
            None => formula,
        }
    }

    /// Whether every computed item among these has its points.
    fn guard(&self, below: &[usize]) -> Option<String> {
        let computed = self.computed(below);
        (!computed.is_empty()).then(|| format!("{}={}", nested("COUNT", &self.runs(&computed)), computed.len()))
    }

    /// The cells of the mandatory conditions among these.
    fn conditions(&self, among: &[usize]) -> Vec<String> {
        self.mandatory(among).iter().map(|&index| self.layout.cell(index, Column::Score).to_string()).collect()
    }

    fn total(&self) -> Points {
        let sum = self.tops().iter().fold(Share::ZERO, |sum, &top| sum.plus(exact(self.points[top])));
        sum.of(Points::whole(1))
    }

    fn sum_of(&self, children: &[usize]) -> Formula {
        let scored: Vec<usize> = children
            .iter()
            .copied()
            .filter(|&child| self.layout.set().nodes[child].kind != NodeKind::Mandatory)
            .collect();
        let runs = self.runs(&scored);
        if runs.is_empty() { Formula::new("0") } else { Formula::new(format!("ROUND({},2)", nested("SUM", &runs))) }
    }

    fn tops(&self) -> Vec<usize> {
        self.layout.set().tops().map(|(index, _)| index).collect()
    }

    fn everything(&self) -> Vec<usize> {
        (0..self.layout.set().nodes.len()).collect()
    }

    /// A node and everything below it.
    fn under(&self, index: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut open = vec![index];
        while let Some(next) = open.pop() {
            found.push(next);
            open.extend(&self.layout.set().nodes[next].children);
        }
        found.sort_unstable();
        found
    }

    fn mandatory(&self, among: &[usize]) -> Vec<usize> {
        let nodes = &self.layout.set().nodes;
        among.iter().copied().filter(|&index| nodes[index].kind == NodeKind::Mandatory).collect()
    }

    fn computed(&self, among: &[usize]) -> Vec<usize> {
        let nodes = &self.layout.set().nodes;
        among.iter().copied().filter(|&index| nodes[index].is_computed()).collect()
    }

    /// The nodes whose score people type in.
    fn asked(&self) -> impl Iterator<Item = usize> + '_ {
        let nodes = self.layout.set().nodes.iter().enumerate();
        nodes.filter(|(_, node)| self.layout.is_input(node, Column::Score)).map(|(index, _)| index)
    }

    fn result_cell(&self, line: ResultLine) -> Option<String> {
        let row = self.layout.result_row(line)?;
        Some(crate::grid::CellRef::new(row, Column::Score.index()).to_string())
    }

    /// The score cells of these nodes (rising), as few ranges as can be: `D12:D14`, `D17`.
    fn runs(&self, nodes: &[usize]) -> Vec<String> {
        let cell = |index: usize| self.layout.cell(index, Column::Score);
        let runs = nodes.chunk_by(|a, b| a + 1 == *b);
        runs.map(|run| match run {
            [only] => cell(*only).to_string(),
            _ => format!("{}:{}", cell(run[0]), cell(run[run.len() - 1])),
        })
        .collect()
    }
}

/// A sum's cell holds rounded points, an item's what was typed.
fn rounded_if_sum(node: &Node, value: Share) -> Share {
    if node.is_leaf() { value } else { exact(value.of(Points::whole(1))) }
}

fn exact(points: Points) -> Share {
    Share::new(points.as_hundredths().into(), 100).unwrap_or(Share::ZERO)
}

fn added(terms: &[String]) -> String {
    if terms.is_empty() { "0".to_owned() } else { terms.join("+") }
}

fn short(name: &str) -> String {
    crate::text::cut(&crate::text::clean(name), MAX_NAME)
}
