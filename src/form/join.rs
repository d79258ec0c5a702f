//! Tables to returns: a table without a block of its own finds its respondent, and tables of one respondent and set become
//! one return.

use super::set_index::SetIndex;
use super::{Identity, Return, Said, hidden, identity, replies};
use crate::finding::{Finding, Place, code};
use crate::grid::Grid;
use crate::layouts::form as layout;
use crate::rules::RuleSet;
use crate::text;

/// One table of one set.
pub struct Segment {
    /// The table alone as a return.
    pub returned: Return,
    /// Its set, by the place in the book.
    pub set: usize,
    /// Whether any item has an answer, or it must not vanish for another reason.
    pub filled: bool,
    /// Nodes with a row.
    pub nodes: Vec<usize>,
    /// It bears no self scores: a list of criteria, a blank annex. The finding says which.
    pub scoreless: bool,
}

/// A table without a school block of its own belongs to the one before it, else to what the other sheets say.
pub fn fill_identities(segments: &mut [Segment], visible: &[&Grid]) {
    // What our own sheets explain is about any form: their examples name other years.
    let ours = |grid: &Grid| {
        [layout::GUIDANCE_SHEET, layout::CORRECTION_SHEET].contains(&grid.name.as_str())
            || replies::is_first_sheet(grid)
    };
    let covers = visible.iter().filter(|grid| !ours(grid) && !segments.iter().any(|s| *s.returned.sheet == *grid.name));
    let mut elsewhere = Identity::default();
    for grid in covers {
        complete(&mut elsewhere, identity::read(grid, 0..u32::MAX, &[]));
    }
    let mut previous = elsewhere.clone();
    let single = segments.iter().filter(|s| !s.returned.identity.is_anonymous()).count() == 1;
    let only = segments.iter().find(|s| !s.returned.identity.is_anonymous()).map(|s| s.returned.identity.clone());
    for segment in segments.iter_mut() {
        if segment.returned.identity.is_anonymous() {
            let known = match &only {
                Some(only) if single => only.clone(),
                _ => previous.clone(),
            };
            complete(&mut segment.returned.identity, known);
        } else if single {
            complete(&mut segment.returned.identity, elsewhere.clone());
        }
        previous = segment.returned.identity.clone();
    }
}

/// Adds the tables of hidden sheets where they hold what no visible one does; where they hold the same, that they are
/// there is said.
pub fn add_hidden(visible: &mut Vec<Segment>, hidden: Vec<Segment>) {
    let none_visible = visible.is_empty();
    for mut segment in hidden {
        let sheet = segment.returned.sheet.clone();
        if none_visible {
            segment.returned.findings.push(hidden::say_sheet(code::HIDDEN_SHEET_READ, &sheet));
            visible.push(segment);
            continue;
        }
        if !segment.filled || segment.scoreless {
            continue;
        }
        let is_there =
            |node: &usize| visible.iter().any(|other| other.set == segment.set && other.nodes.contains(node));
        let is_same = |other: &Segment| {
            segment.returned.identity.is_anonymous() || segment.returned.identity.is_same(&other.returned.identity)
        };
        let owner = visible.iter().position(|other| other.set == segment.set && is_same(other));
        let note = match owner {
            Some(_) if !segment.nodes.iter().any(is_there) => {
                segment.returned.findings.push(hidden::say_sheet(code::HIDDEN_SHEET_READ, &sheet));
                visible.push(segment);
                continue;
            }
            _ => hidden::say_sheet(code::HIDDEN_SHEET_PASSED, &sheet),
        };
        if let Some(first) = visible.get_mut(owner.unwrap_or_default()) {
            first.returned.findings.push(note);
        }
    }
}

/// Puts tables of one respondent and set together. Where two answer the same item differently, neither is taken.
pub fn join(segments: Vec<Segment>, indexes: &[SetIndex]) -> Vec<Return> {
    let any_filled = segments.iter().any(|segment| segment.filled);
    let segments = without_lists(segments);
    let mut returns: Vec<(usize, Return)> = Vec::new();
    for segment in segments.into_iter().filter(|segment| segment.filled || !any_filled) {
        let same = returns
            .iter_mut()
            .find(|(set, known)| *set == segment.set && known.identity.is_same(&segment.returned.identity));
        match same {
            Some((set, known)) => add(known, segment.returned, indexes[*set].set),
            None => returns.push((segment.set, segment.returned)),
        }
    }
    returns.into_iter().map(|(_, returned)| returned).collect()
}

/// Leaves out lists of criteria and blank annexes beside the filled table of the same respondent. One that holds items
/// which no filled table has stays: its scores are missing.
fn without_lists(segments: Vec<Segment>) -> Vec<Segment> {
    let is_list = |segment: &Segment| {
        let beside = segments.iter().filter(|other| {
            other.filled
                && !other.scoreless
                && other.set == segment.set
                && other.returned.identity.is_same(&segment.returned.identity)
        });
        let nodes: Vec<usize> = beside.flat_map(|other| other.nodes.iter().copied()).collect();
        segment.scoreless && segment.nodes.iter().all(|node| nodes.contains(node))
    };
    let kept: Vec<bool> = segments.iter().map(|segment| !is_list(segment)).collect();
    segments.into_iter().zip(kept).filter_map(|(segment, kept)| kept.then_some(segment)).collect()
}

/// Adds another table to a return.
fn add(known: &mut Return, table: Return, set: &RuleSet) {
    let mut differs = None;
    for ((answer, other), node) in known.answers.iter_mut().zip(table.answers).zip(&set.nodes) {
        if answer.row.is_none() || (!answer.is_filled() && other.is_filled()) {
            let blocked = answer.blocked || other.blocked;
            *answer = other;
            answer.blocked = blocked && answer.row.is_none();
        } else if node.is_leaf() && other.is_filled() && !answer.says_the_same(&other) {
            differs = differs.or(other.row);
        }
    }
    if let Some(row) = differs {
        let place = Place::default().at(&row.sheet, row.score_cell);
        known.findings.push(Finding::new(code::SEVERAL_TABLES).at(place));
    }
    known.grand_total = None;
    known.sums.extend(table.sums);
    known.has_evidence |= table.has_evidence;
    known.has_amounts |= table.has_amounts;
    known.foreign += table.foreign;
    known.findings.extend(table.findings);
}

impl Identity {
    /// Neither code nor name.
    pub fn is_anonymous(&self) -> bool {
        self.codes.is_empty() && self.names.is_empty()
    }

    /// Whether two tables are of one respondent: by code, else by name.
    pub(super) fn is_same(&self, other: &Identity) -> bool {
        let share =
            |a: &[Said], b: &[Said]| a.iter().any(|a| b.iter().any(|b| text::may_be_one_name(&a.text, &b.text)));
        match (self.codes.is_empty() || other.codes.is_empty(), self.names.is_empty() || other.names.is_empty()) {
            (false, _) => share(&self.codes, &other.codes),
            (true, false) => share(&self.names, &other.names),
            (true, true) => true,
        }
    }
}

/// Adds what another block says, conflicts included.
pub fn complete(known: &mut Identity, other: Identity) {
    other.codes.into_iter().for_each(|said| identity::add(&mut known.codes, said));
    // A name below the table is a signature or a stamp as often as another school.
    if known.names.is_empty() {
        known.names = other.names;
    }
    known.kind = known.kind.take().or(other.kind);
    known.year = known.year.take().or(other.year);
    known.filled_by.complete(other.filled_by);
}
