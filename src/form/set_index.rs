//! A set as forms are held against it: its codes, its titles, and how alike other titles are to them.

use std::collections::HashMap;

use super::label;
use super::raw::RawRow;
use crate::codes::ItemCode;
use crate::rules::RuleSet;
use crate::table::contains_words;
use crate::text;

/// Titles less alike than this are not taken for one another.
pub(super) const LEAST_LIKENESS: f64 = 0.8;
/// A title of which the end is left out.
const CUT_OFF: f64 = 0.97;
/// A title with words added.
const ADDED_TO: f64 = 0.9;
/// By so much the best title must surpass the next.
pub(super) const MARGIN: f64 = 0.06;
/// Below this, two titles have nothing to do with each other; how little does not matter.
pub(super) const LEAST_LIKELY: f64 = 0.6;
/// Rows of a table whose titles are compared with all of a set: no form has as many.
const MOST_ROWS: usize = 1_000;

/// A set with its titles folded once.
pub struct SetIndex<'r> {
    /// The set.
    pub set: &'r RuleSet,
    titles: Vec<String>,
    by_title: HashMap<String, Vec<usize>>,
    pub(super) by_code: HashMap<ItemCode, usize>,
}

impl<'r> SetIndex<'r> {
    /// Folds the titles of a set.
    pub fn new(set: &'r RuleSet) -> SetIndex<'r> {
        let titles: Vec<String> = set.nodes.iter().map(|node| text::fold(&node.title)).collect();
        let mut by_title: HashMap<String, Vec<usize>> = HashMap::new();
        for (node, title) in titles.iter().enumerate() {
            by_title.entry(title.clone()).or_default().push(node);
        }
        let by_code = set.nodes.iter().enumerate().map(|(i, node)| (node.code, i)).collect();
        SetIndex { set, titles, by_title, by_code }
    }

    pub(super) fn with_title(&self, folded: &str) -> &[usize] {
        self.by_title.get(folded).map_or(&[], Vec::as_slice)
    }

    /// A node as messages name it.
    pub fn label(&self, node: usize) -> String {
        label(self.set.nodes[node].code, &self.set.nodes[node].title)
    }

    /// Whether this folded text is a title of the set.
    pub(super) fn knows(&self, folded: &str) -> bool {
        self.by_title.contains_key(folded)
    }

    /// How many rows of a table bear an exact title of this set.
    pub fn titled(&self, rows: &[RawRow]) -> usize {
        rows.iter().filter(|row| self.knows(&row.folded)).count()
    }

    /// How many rows bear a code of this set.
    pub fn coded(&self, rows: &[RawRow]) -> usize {
        rows.iter().filter(|row| row.code.codes.iter().any(|code| self.by_code.contains_key(code))).count()
    }

    /// How many rows bear a code of this set with a title that is like its own, or like that of an item below it.
    pub fn alike_rows(&self, rows: &[RawRow]) -> usize {
        let is_alike = |row: &&RawRow| {
            let nodes = row.code.codes.iter().filter_map(|code| self.by_code.get(code).copied());
            let mut all = nodes.flat_map(|node| [node].into_iter().chain(self.leaves_below(node)));
            all.any(|node| self.alike(&row.folded, node) >= LEAST_LIKENESS)
        };
        rows.iter().filter(is_alike).count()
    }

    /// How many of the first rows bear a title that is like one of the set's.
    pub fn alike_titles(&self, rows: &[RawRow]) -> usize {
        let is_alike = |folded: &str| (0..self.titles.len()).any(|node| self.alike(folded, node) >= LEAST_LIKENESS);
        rows.iter().take(MOST_ROWS).filter(|row| row.folded.len() >= 8 && is_alike(&row.folded)).count()
    }

    /// The title of a node, folded.
    pub fn folded_title(&self, node: usize) -> &str {
        &self.titles[node]
    }

    /// The items and conditions below a node, in the set's order.
    pub(super) fn leaves_below(&self, node: usize) -> Vec<usize> {
        let nodes = &self.set.nodes;
        let is_below = |mut at: usize| {
            while let Some(parent) = nodes[at].parent {
                if parent == node {
                    return true;
                }
                at = parent;
            }
            false
        };
        (node + 1..nodes.len()).filter(|&at| nodes[at].is_leaf() && is_below(at)).collect()
    }

    /// Whether a row bears the title of a node, or one like it, rather than that of an item below.
    pub(super) fn is_titled(&self, row: &RawRow, node: usize) -> bool {
        let own = self.alike(&row.folded, node);
        own >= LEAST_LIKENESS && self.leaves_below(node).into_iter().all(|item| self.alike(&row.folded, item) <= own)
    }

    /// How alike a title and a node's are. One that only leaves out or adds words ("... (đã được phê duyệt)") is as
    /// good as alike.
    pub fn alike(&self, folded: &str, node: usize) -> f64 {
        let title = &self.titles[node];
        let (short, long) =
            if folded.len() < title.len() { (folded, title.as_str()) } else { (title.as_str(), folded) };
        if short.len() >= 12 && long.starts_with(short) && contains_words(long, short) {
            return if short == folded { CUT_OFF } else { ADDED_TO };
        }
        // Lengths that differ too much cannot be alike enough; say so without the comparison.
        if short.len() * 10 < long.len() * 7 {
            return 0.0;
        }
        text::likeness_from(folded, title, LEAST_LIKELY)
    }
}
