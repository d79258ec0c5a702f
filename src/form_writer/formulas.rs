//! The form's live formulas, each with the result that a spreadsheet program will compute: sums, levels, counts.
//!
//! No `TEXT()`, whose result depends on the program's language; sums are rounded before they meet a threshold.

use super::Answers;
use super::counts::Counts;
use crate::codes::Level;
use crate::layouts::form::{self as layout, Column, Layout, ResultLine, UNRANKED};
use crate::points::{Points, Share};
use crate::rules::{Held, Node, NodeKind, OverallRule, Scale, all_met, lowest_formula};
use crate::writers::xlsx::stamp::Formula;
use crate::writers::xlsx::{nested, quoted};

/// What stands where a level would, until the program has computed what it rests on.
const PENDING: &str = "có sau khi phần mềm tính";
/// The same in the narrow column of numbers.
const PENDING_NUMBER: &str = "chờ";
/// Excel takes texts of 255 characters in a formula.
const MAX_NAME: usize = 120;

/// Longer than this, a simpler formula stands in the place of one: Excel takes 8,192 characters.
const MAX_FORMULA: usize = 7_500;
/// The same of what a level's formula holds several times.
const MAX_WITHIN: usize = MAX_FORMULA / 7;

/// The formulas of one form and their results.
pub(super) struct Formulas<'a> {
    layout: Layout<'a>,
    counts: Counts<'a>,
    /// By node: the score that counts, or the sum below.
    points: Vec<Points>,
}

impl<'a> Formulas<'a> {
    /// With these values in the form.
    pub(super) fn new(layout: Layout<'a>, answers: Option<&'a Answers>) -> Formulas<'a> {
        let nodes = &layout.set().nodes;
        let counts = Counts::new(layout, answers);
        let mut exact: Vec<Share> = (0..nodes.len())
            .map(|index| if nodes[index].is_leaf() { counts.points(index) } else { None }.unwrap_or(Share::ZERO))
            .collect();
        // A parent stands before its children: from the last to the first, every sum is ready when it is needed.
        for (index, node) in nodes.iter().enumerate().rev().filter(|(_, node)| !node.is_leaf()) {
            let children = node.children.iter().filter(|&&child| nodes[child].kind != NodeKind::Mandatory);
            exact[index] =
                children.fold(Share::ZERO, |sum, &child| sum.plus(rounded_if_sum(&nodes[child], exact[child])));
        }
        let points = exact.into_iter().map(|share| share.of(Points::whole(1))).collect();
        Formulas { layout, counts, points }
    }

    /// What the form says of each node: its points, and how many cells at or below it are blank or out of range.
    pub(super) fn standing(&self) -> Vec<(Points, usize)> {
        let open = |index: usize| self.open(&self.under(index));
        (0..self.points.len()).map(|index| (self.points[index], open(index))).collect()
    }

    /// How many cells among these are blank or out of range.
    fn open(&self, among: &[usize]) -> usize {
        let asked = self.counts.asked(among.iter().copied());
        asked.into_iter().filter(|&index| !self.counts.is_filled(index)).count()
    }

    /// What a level over these waits for: how many cells are open, as a formula and its result; `None` where nothing is
    /// asked. The count of the whole form serves where the formula would be long.
    fn waiting(&self, among: &[usize]) -> Option<(String, usize)> {
        let asked = self.counts.asked(among.iter().copied());
        let whole = self.counts.asked(self.everything());
        if asked.is_empty() {
            return None;
        }
        let own = (asked.len() < whole.len()).then(|| format!("({})", self.count_formula(&asked)));
        match own.filter(|text| text.len() < MAX_WITHIN) {
            Some(own) => Some((own, self.open(among))),
            None => Some((self.result_cell(ResultLine::Unanswered)?, self.unanswered(&whole).1)),
        }
    }

    /// How many cells of the whole form are open, as a formula and its result. Where the formula would be too long, blank
    /// cells alone are counted.
    fn unanswered(&self, asked: &[usize]) -> (String, usize) {
        let exact = self.count_formula(asked);
        if asked.is_empty() {
            ("0".to_owned(), 0)
        } else if exact.len() < MAX_FORMULA {
            (exact, self.open(asked))
        } else {
            let blank: Vec<String> = self.runs(asked).iter().map(|run| format!("COUNTBLANK({run})")).collect();
            (nested("SUM", &blank), asked.iter().filter(|&&index| !self.counts.is_there(index)).count())
        }
    }

    fn count_formula(&self, asked: &[usize]) -> String {
        let filled: Vec<String> = self
            .counts
            .runs(asked)
            .into_iter()
            .map(|(class, first, last)| self.counts.count_of(class, first, last))
            .collect();
        format!("{}-{}", asked.len(), nested("SUM", &filled))
    }

    /// The sum of a group or criterion.
    pub(super) fn sum(&self, index: usize) -> Formula {
        self.sum_of(&self.layout.set().nodes[index].children).set_result(self.points[index].plain())
    }

    /// "Mức 2: đáp ứng cơ bản" of a group or criterion with a scale.
    pub(super) fn level_text(&self, index: usize, scale: &Scale) -> Formula {
        let show = |level: Level| short(&layout::level_text(scale, level));
        let score = self.layout.cell(index, Column::Score).to_string();
        let under = self.under(index);
        let level = scale.level_formula(&score, &self.held(&under), |level| quoted(&show(level)));
        let known = self.once_known(&under, level, PENDING);
        Formula::new(self.unless_open(&under, known, open_text)).set_result(match self.rank(index, scale) {
            Rank::Open(cells) => format!("{UNRANKED}, còn {cells} ô"),
            Rank::Pending => PENDING.to_owned(),
            Rank::At(level) => show(level),
        })
    }

    /// The number (or finding) of a line of the result block, where it has one.
    pub(super) fn result_number(&self, line: ResultLine) -> Option<Formula> {
        let number = |level: Level| level.to_string();
        let shown = |rank: Rank| match rank {
            Rank::Open(_) => UNRANKED.to_owned(),
            Rank::Pending => PENDING_NUMBER.to_owned(),
            Rank::At(level) => number(level),
        };
        let level = |among: &[usize], formula: String| {
            self.unless_open(among, self.once_known(among, formula, PENDING_NUMBER), |_| quoted(UNRANKED))
        };
        Some(match line {
            ResultLine::Barred => return None,
            ResultLine::Unanswered => {
                let (formula, open) = self.unanswered(&self.counts.asked(self.everything()));
                Formula::new(formula).set_result(open.to_string())
            }
            ResultLine::Group(index) => {
                let scale = self.layout.set().scale_of(index)?;
                let score = self.layout.cell(index, Column::Score).to_string();
                let under = self.under(index);
                let formula = scale.level_formula(&score, &self.held(&under), number);
                Formula::new(level(&under, formula)).set_result(shown(self.rank(index, scale)))
            }
            ResultLine::Total => self.sum_of(&self.tops()).set_result(self.total().plain()),
            ResultLine::Overall => {
                let everything = self.everything();
                let formula = match &self.layout.set().overall.rule {
                    OverallRule::ByTotal(_) => {
                        let total = self.result_cell(ResultLine::Total)?;
                        let scale = self.layout.set().overall_scale()?;
                        scale.level_formula(&total, &self.held(&everything), number)
                    }
                    OverallRule::LowestGroup => {
                        let groups = self.layout.levelled_tops();
                        let cells: Vec<String> =
                            groups.iter().filter_map(|&group| self.result_cell(ResultLine::Group(group))).collect();
                        lowest_formula(&cells, &self.held(&self.tops()))
                    }
                };
                Formula::new(level(&everything, formula)).set_result(shown(self.overall_rank()?))
            }
        })
    }

    /// What a line of the result block says in words.
    pub(super) fn result_text(&self, line: ResultLine) -> Option<Formula> {
        const COMPLETE: &str = "Đã điền đủ.";
        const INCOMPLETE: &str = "Còn ô chưa điền (nền vàng) hoặc chưa đúng (nền đỏ) ở cột điểm.";
        const CLEAR: &str = "Đủ điều kiện bắt buộc.";
        const BARRED: &str = "Phiếu chưa được tính: còn điều kiện bắt buộc chưa đạt.";
        let choice = |condition: &str, yes: &str, no: &str, is: bool| {
            let formula = format!("IF({condition},{},{})", quoted(yes), quoted(no));
            Formula::new(formula).set_result(if is { yes } else { no })
        };
        Some(match line {
            ResultLine::Unanswered => {
                let complete = self.unanswered(&self.counts.asked(self.everything())).1 == 0;
                choice(&format!("{}=0", self.result_cell(line)?), COMPLETE, INCOMPLETE, complete)
            }
            ResultLine::Barred => {
                let mandatory = self.mandatory(&self.everything());
                let test = all_met(&self.conditions(&mandatory), layout::MET)?;
                choice(&test, CLEAR, BARRED, mandatory.iter().all(|&index| self.is_met(index)))
            }
            ResultLine::Total => return None,
            ResultLine::Group(index) => {
                let scale = self.layout.set().scale_of(index)?;
                self.name_of(&self.result_cell(line)?, scale, &self.under(index), self.rank(index, scale))
            }
            ResultLine::Overall => {
                let scale = self.layout.set().overall_scale()?;
                self.name_of(&self.result_cell(line)?, scale, &self.everything(), self.overall_rank()?)
            }
        })
    }

    /// The name of the level whose number stands in a cell.
    fn name_of(&self, cell: &str, scale: &Scale, below: &[usize], rank: Rank) -> Formula {
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
        let formula = match self.waiting(below) {
            Some((open, _)) => {
                format!("IF({cell}={},\"còn \"&{open}&\" ô chưa điền hoặc chưa đúng\",{formula})", quoted(UNRANKED))
            }
            None => formula,
        };
        Formula::new(formula).set_result(match rank {
            Rank::Open(cells) => format!("còn {cells} ô chưa điền hoặc chưa đúng"),
            Rank::Pending => PENDING.to_owned(),
            Rank::At(level) => name(level),
        })
    }

    fn overall_rank(&self) -> Option<Rank> {
        let everything = self.everything();
        if let Some(rank) = self.unranked(&everything) {
            return Some(rank);
        }
        let set = self.layout.set();
        let level = match &set.overall.rule {
            OverallRule::ByTotal(_) => {
                Some(self.level_at(self.total(), set.overall_scale()?, &self.mandatory(&everything)))
            }
            OverallRule::LowestGroup if self.mandatory(&self.tops()).iter().any(|&index| !self.is_met(index)) => {
                Some(Level::LOWEST)
            }
            OverallRule::LowestGroup => {
                let of = |index: usize| self.rank(index, set.scale_of(index)?).level();
                self.layout.levelled_tops().into_iter().filter_map(of).min()
            }
        };
        level.map(Rank::At)
    }

    fn rank(&self, index: usize, scale: &Scale) -> Rank {
        let under = self.under(index);
        let at = || Rank::At(self.level_at(self.points[index], scale, &self.mandatory(&under)));
        self.unranked(&under).unwrap_or_else(at)
    }

    /// Why there is no level over these yet, if there is none.
    fn unranked(&self, among: &[usize]) -> Option<Rank> {
        match self.waiting(among).map_or(0, |(_, open)| open) {
            0 => self.computed(among).iter().any(|&index| !self.counts.is_there(index)).then_some(Rank::Pending),
            open => Some(Rank::Open(open)),
        }
    }

    fn is_met(&self, index: usize) -> bool {
        self.counts.met(index) == Some(true)
    }

    fn level_at(&self, points: Points, scale: &Scale, mandatory: &[usize]) -> Level {
        let held = mandatory.iter().any(|&index| !self.is_met(index));
        if held { Level::LOWEST } else { scale.level_of(points) }
    }

    /// A formula that stands where every cell among these is filled in as it should be; else what `otherwise` makes of
    /// the formula of their number.
    fn unless_open(&self, among: &[usize], formula: String, otherwise: impl Fn(&str) -> String) -> String {
        match self.waiting(among) {
            Some((open, _)) => format!("IF({open}>0,{},{formula})", otherwise(&open)),
            None => formula,
        }
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
        let nodes = &self.layout.set().nodes;
        let scored = children.iter().copied().filter(|&child| nodes[child].kind != NodeKind::Mandatory);
        let (leaves, sums): (Vec<usize>, Vec<usize>) = scored.partition(|&child| nodes[child].is_leaf());
        let counted = self.counts.runs(&leaves).into_iter();
        let mut parts: Vec<String> =
            counted.map(|(class, first, last)| self.counts.sum_of(class, first, last)).collect();
        if parts.iter().map(String::len).sum::<usize>() > MAX_FORMULA {
            parts = self.runs(&leaves);
        }
        parts.extend(self.runs(&sums));
        if parts.is_empty() { Formula::new("0") } else { Formula::new(format!("ROUND({},2)", nested("SUM", &parts))) }
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

/// Where a level stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rank {
    /// So many cells that it rests on are blank or out of range.
    Open(usize),
    /// The program has not yet computed what it rests on.
    Pending,
    /// The level.
    At(Level),
}

impl Rank {
    fn level(self) -> Option<Level> {
        match self {
            Rank::At(level) => Some(level),
            Rank::Open(_) | Rank::Pending => None,
        }
    }
}

/// "chưa xếp, còn 3 ô" from the formula of the number.
fn open_text(open: &str) -> String {
    format!("\"{UNRANKED}, còn \"&{open}&\" ô\"")
}

pub(super) fn short(name: &str) -> String {
    crate::text::cut(&crate::text::clean(name), MAX_NAME)
}
