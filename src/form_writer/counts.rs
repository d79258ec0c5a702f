//! Whether an answer counts, told by the form's own cells: as the program judges it, so that the sums and levels of a form
//! say what the program says of it.

use std::collections::BTreeSet;

use super::entry::{self, Typed};
use super::formulas::short;
use super::{Answer, Answers};
use crate::codes::ItemCode;
use crate::layouts::form::{self as layout, Column, Layout};
use crate::points::Share;
use crate::rules::{Band, Node, NodeKind};
use crate::writers::xlsx::quoted;

/// How the cells of a row tell whether its score counts; rows that tell it alike are told in one go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A number from 0 to the maximum.
    Range,
    /// Nothing or the maximum.
    AllOrNothing,
    /// As [`Class::Range`], with an amount that may be impossible.
    Ratio,
    /// Points that follow from the amount, or cells that the program has refused as they stand: told by itself.
    Single,
    /// One of two words; it has no points.
    Mandatory,
}

/// What is known of the rows of a form beside what stands in them.
pub(super) struct Counts<'a> {
    layout: Layout<'a>,
    answers: Option<&'a Answers>,
    /// By node.
    scores: Vec<Score>,
}

/// What is known of the cell for a node's score.
#[derive(Debug, Default)]
struct Score {
    /// Whether it holds anything.
    is_there: bool,
    /// Whether people type it in and nobody has settled it.
    is_asked: bool,
    /// Whether it would count by the rule of its class, though the program does not count it.
    is_refused: bool,
    /// The exact points of a score that counts.
    points: Option<Share>,
    /// Of a mandatory condition: whether it is met.
    met: Option<bool>,
}

impl<'a> Counts<'a> {
    pub(super) fn new(layout: Layout<'a>, answers: Option<&'a Answers>) -> Counts<'a> {
        let mut counts = Counts { layout, answers, scores: Vec::new() };
        counts.scores = layout.set().nodes.iter().map(|node| counts.score(node)).collect();
        counts
    }

    /// Whether all cells are asked for and count as on a form without answers.
    pub(super) fn are_as_on_a_blank(&self) -> bool {
        let is_settled = self.answers.is_some_and(|answers| !answers.settled.is_empty());
        !is_settled && self.scores.iter().all(|score| !score.is_refused)
    }

    fn score(&self, node: &Node) -> Score {
        let is = |among: fn(&Answers) -> &BTreeSet<ItemCode>| {
            self.answers.is_some_and(|answers| among(answers).contains(&node.code))
        };
        let is_asked = self.layout.is_input(node, Column::Score) && !is(|answers| &answers.settled);
        let answer = self.answers.and_then(|answers| answers.items.get(&node.code));
        let typed = answer.and_then(|answer| entry::typed(answer.score.as_ref()?));
        let points = answer.zip(typed.as_ref()).and_then(|(answer, typed)| points(node, answer, typed));
        let is_refused = points.is_some() && is(|answers| &answers.void);
        let met = match &typed {
            Some(Typed::Text(text)) if text.to_lowercase() == layout::MET.to_lowercase() => Some(true),
            Some(Typed::Text(text)) if text.to_lowercase() == layout::UNMET.to_lowercase() => Some(false),
            _ => None,
        };
        Score { is_there: typed.is_some(), is_asked, is_refused, points: points.filter(|_| !is_refused), met }
    }

    fn answer(&self, index: usize) -> Option<&'a Answer> {
        self.answers?.items.get(&self.layout.set().nodes[index].code)
    }

    /// The exact points of a score that counts; `None` where nothing does.
    pub(super) fn points(&self, index: usize) -> Option<Share> {
        self.scores[index].points
    }

    /// Whether a mandatory condition is met; `None` where it has no answer.
    pub(super) fn met(&self, index: usize) -> Option<bool> {
        self.scores[index].met
    }

    /// Whether its cell for the score holds anything.
    pub(super) fn is_there(&self, index: usize) -> bool {
        self.scores[index].is_there
    }

    /// The nodes among these whose score people type in and that nobody has settled.
    pub(super) fn asked(&self, among: &[usize]) -> Vec<usize> {
        among.iter().copied().filter(|&index| self.scores[index].is_asked).collect()
    }

    /// How many cells that people are asked for are blank or out of range among these.
    pub(super) fn open(&self, among: &[usize]) -> usize {
        let is_filled = |index: usize| match self.layout.set().nodes[index].kind {
            NodeKind::Mandatory => self.scores[index].met.is_some(),
            _ => self.scores[index].points.is_some(),
        };
        among.iter().filter(|&&index| self.scores[index].is_asked && !is_filled(index)).count()
    }

    pub(super) fn class(&self, index: usize) -> Class {
        let node = &self.layout.set().nodes[index];
        match node.kind {
            NodeKind::Mandatory => Class::Mandatory,
            _ if self.scores[index].is_refused || !node.bands.is_empty() => Class::Single,
            NodeKind::YesNo => Class::AllOrNothing,
            NodeKind::Ratio => Class::Ratio,
            _ => Class::Range,
        }
    }

    /// The points that count of neighbouring rows of one class, as a formula.
    pub(super) fn sum_of(&self, class: Class, first: usize, last: usize) -> String {
        let score = self.range(first, last, Column::Score);
        match class {
            Class::Single => format!("IF({},{score},0)", self.single(first)),
            _ if first == last => format!("IF({},{score},0)", self.one(class, first)),
            _ => format!("SUMPRODUCT({},{score})", self.several(class, first, last)),
        }
    }

    /// How many of neighbouring rows of one class are filled in as they should be, as a formula.
    pub(super) fn count_of(&self, class: Class, first: usize, last: usize) -> String {
        let score = self.range(first, last, Column::Score);
        match class {
            Class::Mandatory => {
                let count = |word: &str| format!("COUNTIF({score},\"{word}\")");
                format!("{}+{}", count(layout::MET), count(layout::UNMET))
            }
            Class::Single => format!("IF({},1,0)", self.single(first)),
            _ if first == last => format!("IF({},1,0)", self.one(class, first)),
            _ => format!("SUMPRODUCT({}*1)", self.several(class, first, last)),
        }
    }

    /// Rows are told in one go where they stand below each other and are of one class, by itself where it must be.
    pub(super) fn runs(&self, nodes: &[usize]) -> Vec<(Class, usize, usize)> {
        let mut runs: Vec<(Class, usize, usize)> = Vec::new();
        for &node in nodes {
            let class = self.class(node);
            match runs.last_mut() {
                Some((known, _, last)) if *known == class && class != Class::Single && *last + 1 == node => {
                    *last = node
                }
                _ => runs.push((class, node, node)),
            }
        }
        runs
    }

    fn range(&self, first: usize, last: usize, column: Column) -> String {
        let cell = |index: usize| self.layout.cell(index, column).to_string();
        if first == last { cell(first) } else { format!("{}:{}", cell(first), cell(last)) }
    }

    /// A condition that yields 1 or 0 for each of several rows. No text makes an error of it.
    fn several(&self, class: Class, first: usize, last: usize) -> String {
        let of = |column: Column| self.range(first, last, column);
        let (d, c) = (of(Column::Score), of(Column::Max));
        let in_range = format!("ISNUMBER({d})*({d}>=0)*({d}<={c})");
        match class {
            Class::AllOrNothing => format!("ISNUMBER({d})*(({d}=0)+({d}={c})>0)"),
            Class::Ratio => {
                let (e, f) = (of(Column::Part), of(Column::Whole));
                format!("{in_range}*(1-ISNUMBER({e})*ISNUMBER({f})*(({e}<0)+({f}<=0)+({e}>{f})>0))")
            }
            _ => in_range,
        }
    }

    /// A condition on one row.
    fn one(&self, class: Class, index: usize) -> String {
        let of = |column: Column| self.layout.cell(index, column).to_string();
        let (d, c) = (of(Column::Score), of(Column::Max));
        match class {
            Class::AllOrNothing => format!("AND(ISNUMBER({d}),OR({d}=0,{d}={c}))"),
            Class::Ratio => format!("AND(ISNUMBER({d}),{d}>=0,{d}<={c},{})", self.possible(index)),
            _ => format!("AND(ISNUMBER({d}),{d}>=0,{d}<={c})"),
        }
    }

    fn possible(&self, index: usize) -> String {
        let of = |column: Column| self.layout.cell(index, column).to_string();
        let (e, f) = (of(Column::Part), of(Column::Whole));
        format!("NOT(AND(ISNUMBER({e}),ISNUMBER({f}),OR({e}<0,{f}<=0,{e}>{f})))")
    }

    /// The condition on a row whose points follow from its amount, or that the program has refused as it stands.
    fn single(&self, index: usize) -> String {
        let node = &self.layout.set().nodes[index];
        let of = |column: Column| self.layout.cell(index, column).to_string();
        let (d, e, f) = (of(Column::Score), of(Column::Part), of(Column::Whole));
        let class = match node.kind {
            NodeKind::YesNo => Class::AllOrNothing,
            NodeKind::Ratio => Class::Ratio,
            _ => Class::Range,
        };
        let mut conditions = vec![self.one(class, index)];
        if !node.bands.is_empty() {
            let (known, numerator, denominator) = match node.kind {
                NodeKind::Ratio => (format!("AND(ISNUMBER({e}),ISNUMBER({f}))"), e.clone(), f.clone()),
                _ => (format!("ISNUMBER({e})"), e.clone(), "1".to_owned()),
            };
            conditions.push(format!("IF({known},{d}={},TRUE)", Band::formula(&node.bands, &numerator, &denominator)));
        }
        if self.scores[index].is_refused {
            let answer = self.answer(index);
            let value = |column: Column, value: Option<&crate::grid::Value>| {
                let text = match value.and_then(entry::typed) {
                    Some(Typed::Number(number)) => number.to_string(),
                    Some(Typed::Text(text)) => quoted(&short(&text)),
                    Some(Typed::Bool(is)) => is.to_string().to_uppercase(),
                    None => "\"\"".to_owned(),
                };
                format!("{}={text}", of(column))
            };
            let mut same = vec![value(Column::Score, answer.and_then(|answer| answer.score.as_ref()))];
            if node.kind.has_amount() {
                same.push(value(Column::Part, answer.and_then(|answer| answer.part.as_ref())));
                same.push(value(Column::Whole, answer.and_then(|answer| answer.whole.as_ref())));
            }
            conditions.push(format!("NOT(AND({}))", same.join(",")));
        }
        match &conditions[..] {
            [only] => only.clone(),
            all => format!("AND({})", all.join(",")),
        }
    }
}

/// The points of an answer by the rule of its class; `None` where nothing counts.
fn points(node: &Node, answer: &Answer, typed: &Typed) -> Option<Share> {
    let score = as_number(typed)?;
    let max = node.max.unwrap_or_default().share();
    let in_range = score >= Share::ZERO && score <= max;
    let counts = match node.kind {
        NodeKind::YesNo => score == Share::ZERO || score == max,
        NodeKind::Ratio | NodeKind::Count => in_range && amount_fits(node, answer, score),
        _ => in_range,
    };
    counts.then_some(score)
}

fn amount_fits(node: &Node, answer: &Answer, score: Share) -> bool {
    let (part, whole) = (number(answer.part.as_ref()), number(answer.whole.as_ref()));
    let share = match (node.kind, part, whole) {
        (NodeKind::Ratio, Some(part), Some(whole)) => {
            if part < Share::ZERO || whole <= Share::ZERO || part > whole {
                return false;
            }
            Share::new(part.num() * whole.den(), part.den() * whole.num())
        }
        (NodeKind::Count, Some(part), _) => Some(part),
        _ => None,
    };
    match share.and_then(|share| node.points_by_band(share)) {
        Some(points) => points.share() == score,
        None => true,
    }
}

fn number(value: Option<&crate::grid::Value>) -> Option<Share> {
    as_number(&entry::typed(value?)?)
}

fn as_number(typed: &Typed) -> Option<Share> {
    match typed {
        Typed::Number(number) => Share::from_f64(*number),
        _ => None,
    }
}
