//! Rows that say where they stand but not which item they are: by title, by the words that tell items apart, and where
//! exactly as many rows as items are left, by their order with the maximum as witness. Anything less sure stays open.

use super::raw::{RawRow, Stated};
use super::set_index::{LEAST_LIKENESS, MARGIN, SetIndex};
use super::title_words::TitleWords;

/// How a row was placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// By its title, or the words of it.
    ByTitle,
    /// By its place among the others.
    ByOrder,
}

/// Rows and the items that they may be.
pub struct Within<'a, 'r> {
    pub index: &'a SetIndex<'r>,
    /// In the order of the sheet.
    pub rows: Vec<&'a RawRow<'a>>,
    /// Items without a row, in the order of the set.
    pub open: Vec<usize>,
    /// Rows of the same place that are known, with their items.
    pub known: Vec<(u32, usize)>,
    found: Vec<(usize, usize, Placed)>,
}

/// Titles less alike than this by their words are not taken for one another.
const LEAST_IN_COMMON: f64 = 0.6;
/// By so much the best must surpass the next, among the items and among the rows.
const CLEAR: f64 = 0.2;

impl<'a, 'r> Within<'a, 'r> {
    /// Nothing is placed yet.
    pub fn new(
        index: &'a SetIndex<'r>,
        rows: Vec<&'a RawRow<'a>>,
        open: Vec<usize>,
        known: Vec<(u32, usize)>,
    ) -> Within<'a, 'r> {
        Within { index, rows, open, known, found: Vec::new() }
    }

    /// The rows that are surely one item, each with it; what is left of rows and items stays in `self`.
    pub fn place(&mut self, by_order: bool) -> Vec<(&'a RawRow<'a>, usize, Placed)> {
        let index = self.index;
        let alike = self.matrix(|row, item| index.alike(&row.folded, item));
        self.take_clear(&alike, LEAST_LIKENESS, MARGIN);
        let words = self.words();
        while self.take_clear(&words, LEAST_IN_COMMON, CLEAR) {}
        if by_order && self.is_in_order(&words) {
            let rows: Vec<usize> = self.left_rows().collect();
            let items: Vec<usize> = self.left_items().collect();
            self.found.extend(rows.into_iter().zip(items).map(|(row, item)| (row, item, Placed::ByOrder)));
        }
        let placed = self.found.iter().map(|&(row, item, how)| (self.rows[row], self.open[item], how)).collect();
        let (rows, items): (Vec<usize>, Vec<usize>) = (self.left_rows().collect(), self.left_items().collect());
        self.rows = rows.into_iter().map(|row| self.rows[row]).collect();
        self.open = items.into_iter().map(|item| self.open[item]).collect();
        self.found.clear();
        placed
    }

    fn matrix(&self, alike: impl Fn(&RawRow, usize) -> f64) -> Vec<Vec<f64>> {
        let of_row = |row: &&RawRow| self.open.iter().map(|&item| alike(row, item)).collect();
        self.rows.iter().map(of_row).collect()
    }

    fn words(&self) -> Vec<Vec<f64>> {
        let title = |node: &usize| self.index.folded_title(*node);
        let rows = self.rows.iter().map(|row| &*row.folded);
        let words = TitleWords::new(rows, self.open.iter().map(title), self.known.iter().map(|(_, node)| title(node)));
        let of_row = |row: usize| (0..self.open.len()).map(|item| words.alike(row, item)).collect();
        (0..self.rows.len()).map(of_row).collect()
    }

    fn left_rows(&self) -> impl Iterator<Item = usize> + use<'_, 'a, 'r> {
        (0..self.rows.len()).filter(|row| !self.found.iter().any(|(known, ..)| known == row))
    }

    fn left_items(&self) -> impl Iterator<Item = usize> + use<'_, 'a, 'r> {
        (0..self.open.len()).filter(|item| !self.found.iter().any(|(_, known, _)| known == item))
    }

    /// Takes each pair of row and item that are most alike to one another, well before the next. Whether there was one.
    fn take_clear(&mut self, alike: &[Vec<f64>], least: f64, margin: f64) -> bool {
        let (rows, items): (Vec<usize>, Vec<usize>) = (self.left_rows().collect(), self.left_items().collect());
        let is_clear = |row: usize, item: usize| {
            let own = alike[row][item];
            let others = items.iter().filter(|&&other| other != item).map(|&other| alike[row][other]);
            let rivals = rows.iter().filter(|&&other| other != row).map(|&other| alike[other][item]);
            own >= least && others.chain(rivals).all(|other| own - other >= margin)
        };
        let clear: Vec<(usize, usize)> = rows
            .iter()
            .flat_map(|&row| items.iter().map(move |&item| (row, item)))
            .filter(|&(row, item)| is_clear(row, item))
            .collect();
        let any = !clear.is_empty();
        self.found.extend(clear.into_iter().map(|(row, item)| (row, item, Placed::ByTitle)));
        any
    }

    /// Whether the order tells the rest: as many rows as items, every maximum as the item's, nothing that is known out of
    /// order, and no row's words speaking for another item.
    fn is_in_order(&self, words: &[Vec<f64>]) -> bool {
        let rows: Vec<usize> = self.left_rows().collect();
        let items: Vec<usize> = self.left_items().collect();
        if rows.len() != items.len() || rows.is_empty() {
            return false;
        }
        let fits = |(&row, &item): (&usize, &usize)| {
            let node = &self.index.set.nodes[self.open[item]];
            let own = words[row][item];
            self.rows[row].max.is_of(node.max) && items.iter().all(|&other| words[row][other] <= own + CLEAR / 2.0)
        };
        let here = self.found.iter().map(|&(row, item, _)| (self.rows[row].row, self.open[item]));
        let rest = rows.iter().zip(&items).map(|(&row, &item)| (self.rows[row].row, self.open[item]));
        let mut all: Vec<(u32, usize)> = self.known.iter().copied().chain(here).chain(rest).collect();
        all.sort_unstable();
        rows.iter().zip(&items).all(fits) && all.is_sorted_by_key(|(_, node)| *node)
    }
}

impl Stated {
    /// Whether this is the maximum of an item; a mandatory condition has none and a dash instead.
    fn is_of(&self, max: Option<crate::points::Points>) -> bool {
        match (self, max) {
            (Stated::Points(points), Some(max)) => *points == max,
            (Stated::Dash, None) => true,
            _ => false,
        }
    }
}
