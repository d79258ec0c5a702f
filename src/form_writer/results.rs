//! What a spreadsheet program will compute of the form's formulas, with the values that stand in it.

use super::counts::Counts;
use super::formulas::{CLEAR, COMPLETE, Formulas, PENDING, PENDING_NUMBER, short};
use super::{everything, under};
use crate::codes::Level;
use crate::layouts::form::{self as layout, Layout, ResultLine, UNRANKED};
use crate::points::{Points, Share};
use crate::rules::{Node, NodeKind, OverallRule, Scale};

/// What the form says of each node: its points, and how many cells at or below it are blank or out of range.
pub(super) fn standing(layout: Layout, counts: &Counts) -> Vec<(Points, usize)> {
    let points = points(layout, counts).into_iter().enumerate();
    points.map(|(index, points)| (points, counts.open(&under(layout, index)))).collect()
}

/// By node: the score that counts, or the sum below.
fn points(layout: Layout, counts: &Counts) -> Vec<Points> {
    let nodes = &layout.set().nodes;
    let mut exact: Vec<Share> = (0..nodes.len())
        .map(|index| if nodes[index].is_leaf() { counts.points(index) } else { None }.unwrap_or(Share::ZERO))
        .collect();
    // A parent stands before its children: from the last to the first, every sum is ready when it is needed.
    for (index, node) in nodes.iter().enumerate().rev().filter(|(_, node)| !node.is_leaf()) {
        let children = node.children.iter().filter(|&&child| nodes[child].kind != NodeKind::Mandatory);
        exact[index] = children.fold(Share::ZERO, |sum, &child| sum.plus(rounded_if_sum(&nodes[child], exact[child])));
    }
    exact.into_iter().map(|share| share.of(Points::whole(1))).collect()
}

/// The results of the formulas of one form.
pub(super) struct Results<'a> {
    layout: Layout<'a>,
    counts: &'a Counts<'a>,
    formulas: &'a Formulas,
    points: Vec<Points>,
    everything: Vec<usize>,
}

impl<'a> Results<'a> {
    /// With the values that are counted in it.
    pub fn new(layout: Layout<'a>, counts: &'a Counts<'a>, formulas: &'a Formulas) -> Results<'a> {
        Results { layout, counts, formulas, points: points(layout, counts), everything: everything(layout) }
    }

    /// Of the sum of a group or criterion.
    pub fn sum(&self, index: usize) -> String {
        self.points[index].plain()
    }

    /// Of the level in words of a group or criterion with a scale.
    pub fn level_text(&self, index: usize) -> Option<String> {
        let scale = self.layout.set().scale_of(index)?;
        Some(match self.rank(index, scale) {
            Rank::Open(cells) => format!("{UNRANKED}, còn {cells} ô"),
            Rank::Pending => PENDING.to_owned(),
            Rank::At(level) => short(&layout::level_text(scale, level)),
        })
    }

    /// Of the number of a line of the result block, where it has one.
    pub fn number(&self, line: ResultLine) -> Option<String> {
        let shown = |rank: Rank| match rank {
            Rank::Open(_) => UNRANKED.to_owned(),
            Rank::Pending => PENDING_NUMBER.to_owned(),
            Rank::At(level) => level.to_string(),
        };
        Some(match line {
            ResultLine::Barred => return None,
            ResultLine::Unanswered => self.unanswered().to_string(),
            ResultLine::Group(index) => shown(self.rank(index, self.layout.set().scale_of(index)?)),
            ResultLine::Total => self.total().plain(),
            ResultLine::Overall => shown(self.overall_rank()?),
        })
    }

    /// Of what a line of the result block says in words.
    pub fn text(&self, line: ResultLine) -> Option<String> {
        let choice = |[yes, no]: [&str; 2], is: bool| if is { yes } else { no }.to_owned();
        let set = self.layout.set();
        Some(match line {
            ResultLine::Unanswered => choice(COMPLETE, self.unanswered() == 0),
            ResultLine::Barred => choice(CLEAR, self.are_met(&self.everything)),
            ResultLine::Total => return None,
            ResultLine::Group(index) => {
                let scale = set.scale_of(index)?;
                name_of(scale, self.rank(index, scale))
            }
            ResultLine::Overall => name_of(set.overall_scale()?, self.overall_rank()?),
        })
    }

    /// How many cells of the whole form are open, as its formula counts them.
    fn unanswered(&self) -> usize {
        match self.formulas.counts_blank {
            true => {
                let asked = self.counts.asked(&self.everything);
                asked.iter().filter(|&&index| !self.counts.is_there(index)).count()
            }
            false => self.counts.open(&self.everything),
        }
    }

    fn overall_rank(&self) -> Option<Rank> {
        if let Some(rank) = self.unranked(&self.everything, false) {
            return Some(rank);
        }
        let set = self.layout.set();
        let tops = || set.tops().map(|(index, _)| index).collect::<Vec<_>>();
        let level = match &set.overall.rule {
            OverallRule::ByTotal(_) => Some(self.level_at(self.total(), set.overall_scale()?, &self.everything)),
            OverallRule::LowestGroup if !self.are_met(&tops()) => Some(Level::LOWEST),
            OverallRule::LowestGroup => {
                let of = |index: usize| self.rank(index, set.scale_of(index)?).level();
                self.layout.levelled_tops().into_iter().filter_map(of).min()
            }
        };
        level.map(Rank::At)
    }

    fn rank(&self, index: usize, scale: &Scale) -> Rank {
        let under = under(self.layout, index);
        let at = || Rank::At(self.level_at(self.points[index], scale, &under));
        self.unranked(&under, self.formulas.waits_for_own[index]).unwrap_or_else(at)
    }

    /// Why there is no level over these yet, if there is none.
    fn unranked(&self, among: &[usize], waits_for_own: bool) -> Option<Rank> {
        let nodes = &self.layout.set().nodes;
        let open = match waits_for_own {
            true => self.counts.open(among),
            false if self.counts.asked(among).is_empty() => 0,
            false => self.unanswered(),
        };
        let is_pending = |&index: &usize| nodes[index].is_computed() && !self.counts.is_there(index);
        match open {
            0 => among.iter().any(is_pending).then_some(Rank::Pending),
            open => Some(Rank::Open(open)),
        }
    }

    fn level_at(&self, points: Points, scale: &Scale, among: &[usize]) -> Level {
        if self.are_met(among) { scale.level_of(points) } else { Level::LOWEST }
    }

    /// Whether every mandatory condition among these is met.
    fn are_met(&self, among: &[usize]) -> bool {
        let nodes = &self.layout.set().nodes;
        let mut mandatory = among.iter().filter(|&&index| nodes[index].kind == NodeKind::Mandatory);
        mandatory.all(|&index| self.counts.met(index) == Some(true))
    }

    fn total(&self) -> Points {
        let tops = self.layout.set().tops();
        let sum = tops.fold(Share::ZERO, |sum, (top, _)| sum.plus(exact(self.points[top])));
        sum.of(Points::whole(1))
    }
}

fn name_of(scale: &Scale, rank: Rank) -> String {
    match rank {
        Rank::Open(cells) => format!("còn {cells} ô chưa điền hoặc chưa đúng"),
        Rank::Pending => PENDING.to_owned(),
        Rank::At(level) => short(scale.name_of(level)),
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
