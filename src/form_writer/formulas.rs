//! The form's live formulas: sums, levels, counts. What a spreadsheet program will compute of them stands in `results`.
//!
//! No `TEXT()`, whose result depends on the program's language; sums are rounded before they meet a threshold.

use std::sync::Arc;

use super::counts::Counts;
use super::{everything, under};
use crate::codes::Level;
use crate::layouts::form::{self as layout, Column, Layout, ResultLine, UNRANKED};
use crate::rules::{Held, NodeKind, OverallRule, Scale, all_met, lowest_formula};
use crate::writers::xlsx::{nested, quoted};

/// What stands where a level would, until the program has computed what it rests on.
pub(super) const PENDING: &str = "có sau khi phần mềm tính";
/// The same in the narrow column of numbers.
pub(super) const PENDING_NUMBER: &str = "chờ";
/// What the line of open cells says where there are none, and where there are some.
pub(super) const COMPLETE: [&str; 2] =
    ["Đã điền đủ.", "Còn ô chưa điền (nền vàng) hoặc chưa đúng (nền đỏ) ở cột điểm."];
/// What the line of mandatory conditions says where all are met, and where one is not.
pub(super) const CLEAR: [&str; 2] =
    ["Đủ điều kiện bắt buộc.", "Phiếu chưa được tính: còn điều kiện bắt buộc chưa đạt."];
/// Excel takes texts of 255 characters in a formula.
const MAX_NAME: usize = 120;

/// Longer than this, a simpler formula stands in the place of one: Excel takes 8,192 characters.
const MAX_FORMULA: usize = 7_500;
/// The same of what a level's formula holds several times.
const MAX_WITHIN: usize = MAX_FORMULA / 7;

/// The formulas of a set's form. They are the same in all forms in which reviewers have settled nothing and the program
/// has refused nothing: putting them together costs more than all that is a form's own.
#[derive(Debug)]
pub(super) struct Formulas {
    /// By node: its sum and its level in words, where it has them.
    pub nodes: Vec<[Option<Arc<str>>; 2]>,
    /// By line of the result block: its number and what it says in words.
    pub lines: Vec<[Option<Arc<str>>; 2]>,
    /// Whether the count of open cells is one of blank cells alone.
    pub counts_blank: bool,
    /// By node: whether its level waits for its own open cells alone, not for those of the whole form.
    pub waits_for_own: Vec<bool>,
}

impl Formulas {
    /// Of a form in which these cells count.
    pub fn new(layout: Layout, counts: &Counts) -> Formulas {
        let writer = Writer { layout, counts, asked: counts.asked(&everything(layout)) };
        let nodes = &layout.set().nodes;
        let levels = |index: usize| {
            let scale = layout.set().scale_of(index)?;
            Some(writer.level_text(index, scale))
        };
        let of_node = |index: usize| match nodes[index].is_leaf() {
            true => [None, None],
            false => [Some(writer.sum_of(&nodes[index].children)), levels(index)],
        };
        let shared = |texts: [Option<String>; 2]| texts.map(|text| text.map(Arc::from));
        let of_line = |(_, line)| shared([writer.result_number(line), writer.result_text(line)]);
        Formulas {
            nodes: (0..nodes.len()).map(|index| shared(of_node(index))).collect(),
            lines: layout.results().into_iter().map(of_line).collect(),
            counts_blank: writer.count_of_blank().is_some(),
            waits_for_own: (0..nodes.len()).map(|index| writer.own_count(&under(layout, index)).is_some()).collect(),
        }
    }
}

/// Puts formulas together.
struct Writer<'a> {
    layout: Layout<'a>,
    counts: &'a Counts<'a>,
    /// All cells that people are asked for.
    asked: Vec<usize>,
}

impl Writer<'_> {
    /// What a level over these waits for, how many cells are open; `None` where nothing is asked. The count of the whole
    /// form serves where the formula would be long.
    fn waiting(&self, among: &[usize]) -> Option<String> {
        match self.counts.asked(among).is_empty() {
            true => None,
            false => self.own_count(among).or_else(|| self.result_cell(ResultLine::Unanswered)),
        }
    }

    /// How many cells among these are open, where that is not said of the whole form already.
    fn own_count(&self, among: &[usize]) -> Option<String> {
        let asked = self.counts.asked(among);
        let own = (asked.len() < self.asked.len()).then(|| format!("({})", self.count_formula(&asked)));
        own.filter(|text| text.len() < MAX_WITHIN)
    }

    /// How many cells of the whole form are open.
    fn unanswered(&self) -> String {
        match self.asked.is_empty() {
            true => "0".to_owned(),
            false => self.count_of_blank().unwrap_or_else(|| self.count_formula(&self.asked)),
        }
    }

    /// How many are blank, where the formula of those that are open would be too long.
    fn count_of_blank(&self) -> Option<String> {
        let blank = || self.runs(&self.asked).iter().map(|run| format!("COUNTBLANK({run})")).collect::<Vec<_>>();
        let is_long = !self.asked.is_empty() && self.count_formula(&self.asked).len() >= MAX_FORMULA;
        is_long.then(|| nested("SUM", &blank()))
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

    /// "Mức 2: đáp ứng cơ bản" of a group or criterion with a scale.
    fn level_text(&self, index: usize, scale: &Scale) -> String {
        let show = |level: Level| short(&layout::level_text(scale, level));
        let score = self.layout.cell(index, Column::Score).to_string();
        let under = under(self.layout, index);
        let level = scale.level_formula(&score, &self.held(&under), |level| quoted(&show(level)));
        let known = self.once_known(&under, level, PENDING);
        self.unless_open(&under, known, open_text)
    }

    /// The number (or finding) of a line of the result block, where it has one.
    fn result_number(&self, line: ResultLine) -> Option<String> {
        let number = |level: Level| level.to_string();
        let level = |among: &[usize], formula: String| {
            self.unless_open(among, self.once_known(among, formula, PENDING_NUMBER), |_| quoted(UNRANKED))
        };
        Some(match line {
            ResultLine::Barred => return None,
            ResultLine::Unanswered => self.unanswered(),
            ResultLine::Group(index) => {
                let scale = self.layout.set().scale_of(index)?;
                let score = self.layout.cell(index, Column::Score).to_string();
                let under = under(self.layout, index);
                level(&under, scale.level_formula(&score, &self.held(&under), number))
            }
            ResultLine::Total => self.sum_of(&self.tops()),
            ResultLine::Overall => {
                let everything = everything(self.layout);
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
                level(&everything, formula)
            }
        })
    }

    /// What a line of the result block says in words.
    fn result_text(&self, line: ResultLine) -> Option<String> {
        let choice = |condition: &str, [yes, no]: [&str; 2]| format!("IF({condition},{},{})", quoted(yes), quoted(no));
        Some(match line {
            ResultLine::Unanswered => choice(&format!("{}=0", self.result_cell(line)?), COMPLETE),
            ResultLine::Barred => {
                let mandatory = self.conditions(&everything(self.layout));
                choice(&all_met(&mandatory, layout::MET)?, CLEAR)
            }
            ResultLine::Total => return None,
            ResultLine::Group(index) => {
                let scale = self.layout.set().scale_of(index)?;
                self.name_of(&self.result_cell(line)?, scale, &under(self.layout, index))
            }
            ResultLine::Overall => {
                let scale = self.layout.set().overall_scale()?;
                self.name_of(&self.result_cell(line)?, scale, &everything(self.layout))
            }
        })
    }

    /// The name of the level whose number stands in a cell.
    fn name_of(&self, cell: &str, scale: &Scale, below: &[usize]) -> String {
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
        match self.waiting(below) {
            Some(open) => {
                format!("IF({cell}={},\"còn \"&{open}&\" ô chưa điền hoặc chưa đúng\",{formula})", quoted(UNRANKED))
            }
            None => formula,
        }
    }

    /// A formula that stands where every cell among these is filled in as it should be; else what `otherwise` makes of
    /// the formula of their number.
    fn unless_open(&self, among: &[usize], formula: String, otherwise: impl Fn(&str) -> String) -> String {
        match self.waiting(among) {
            Some(open) => format!("IF({open}>0,{},{formula})", otherwise(&open)),
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
        let nodes = &self.layout.set().nodes;
        let computed: Vec<usize> = below.iter().copied().filter(|&index| nodes[index].is_computed()).collect();
        (!computed.is_empty()).then(|| format!("{}={}", nested("COUNT", &self.runs(&computed)), computed.len()))
    }

    /// The cells of the mandatory conditions among these.
    fn conditions(&self, among: &[usize]) -> Vec<String> {
        let nodes = &self.layout.set().nodes;
        let mandatory = among.iter().filter(|&&index| nodes[index].kind == NodeKind::Mandatory);
        mandatory.map(|&index| self.layout.cell(index, Column::Score).to_string()).collect()
    }

    /// The sum of these.
    fn sum_of(&self, children: &[usize]) -> String {
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
        if parts.is_empty() { "0".to_owned() } else { format!("ROUND({},2)", nested("SUM", &parts)) }
    }

    fn tops(&self) -> Vec<usize> {
        self.layout.set().tops().map(|(index, _)| index).collect()
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

/// "chưa xếp, còn 3 ô" from the formula of the number.
fn open_text(open: &str) -> String {
    format!("\"{UNRANKED}, còn \"&{open}&\" ô\"")
}

pub(super) fn short(name: &str) -> String {
    crate::text::cut(&crate::text::clean(name), MAX_NAME)
}
