//! Rows to the nodes of a set: by code, else by exact title, else by the nearest title of the same criterion, else by
//! their order within one criterion. Where two readings are possible the row is blocked and said; nothing is guessed.

use std::collections::BTreeMap;

use super::code;
use super::raw::{RawRow, Stated};
use super::set_index::{LEAST_LIKELY, LEAST_LIKENESS, MARGIN, SetIndex};
use super::within::{Placed, Within};
use crate::codes::ItemCode;
use crate::finding::{Finding, code as codes};
use crate::grid::CellRef;
use crate::table::words;

/// What the rows of a table turned out to be.
#[derive(Debug, Default)]
pub struct Matched {
    /// Rows of each node, by its place in the set; a node may have none or several.
    pub rows: Vec<Vec<u32>>,
    /// Nodes for which a row could be meant that has another reading too.
    pub blocked: Vec<usize>,
    /// Rows that the set does not have, with their code, else their title.
    pub foreign: Vec<(u32, String)>,
    /// Rows of which it is open what they are, with their title and the nodes that they may be.
    pub open: Vec<(u32, CellRef, String, Vec<usize>)>,
    /// Rows of nodes that have one already, far below.
    pub far: Vec<u32>,
    /// Rows that state a total of the whole form.
    pub totals: Vec<u32>,
    /// Rows that state the sum of a node.
    pub sums: Vec<(u32, usize)>,
    /// 3xx, with the cell but without file and sheet.
    pub findings: Vec<(Finding, CellRef)>,
}

impl Matched {
    /// Whether a node has a row.
    pub fn has(&self, node: usize) -> bool {
        !self.rows[node].is_empty()
    }
}

/// After so many rows without one of the set, a row no longer adds to what the table said.
const GAP: u32 = 10;

/// Finds the node of each row.
pub fn match_rows(index: &SetIndex, rows: &[RawRow]) -> Matched {
    let by_code = codes_are_codes(index, rows);
    let matched = Matched { rows: vec![Vec::new(); index.set.nodes.len()], ..Matched::default() };
    let mut state = Matching { index, matched, last: None, untitled: Vec::new(), within: BTreeMap::new() };
    let shared = if by_code { criteria_on_items(index, rows) } else { Vec::new() };
    for row in rows {
        let known: Vec<usize> = match by_code {
            true => row.code.codes.iter().filter_map(|code| index.by_code.get(code).copied()).collect(),
            false => Vec::new(),
        };
        match known[..] {
            [criterion] if shared.contains(&criterion) => state.place_within(row, criterion),
            _ => state.place(row, &known, by_code),
        }
    }
    state.finish()
}

/// Whether the codes are those of the set, not running numbers: where rows bear exact titles, codes agree with them, or
/// are those of the criteria above them.
fn codes_are_codes(index: &SetIndex, rows: &[RawRow]) -> bool {
    let deep = rows.iter().any(|row| row.code.codes.iter().any(|code| code.depth() > 1));
    let tops = index.set.tops().count();
    if !deep && rows.iter().filter(|row| row.coded).count() > tops.max(3) * 2 {
        return false;
    }
    let (mut agree, mut differ) = (0, 0);
    for row in rows.iter().filter(|row| !row.code.codes.is_empty()) {
        let titled = index.with_title(&row.folded);
        if titled.is_empty() {
            continue;
        }
        let code = |node: &usize| index.set.nodes[*node].code;
        if titled.iter().any(|node| row.code.codes.contains(&code(node))) {
            agree += 1;
        } else if !titled
            .iter()
            .any(|node| row.code.codes.iter().any(|above| above.depth() > 1 && is_above(*above, code(node))))
        {
            differ += 1;
        }
    }
    differ <= agree
}

/// Whether a code is that of a group or criterion around another.
fn is_above(above: ItemCode, code: ItemCode) -> bool {
    std::iter::successors(code.parent(), |code| code.parent()).any(|parent| parent == above)
}

/// Criteria whose code opens the titles of their items, which have no codes of their own: two rows or more bear it, or one
/// does in a form where others do so.
fn criteria_on_items(index: &SetIndex, rows: &[RawRow]) -> Vec<usize> {
    let nodes = &index.set.nodes;
    let mut coded_below: Vec<usize> = Vec::new();
    let mut bearing: BTreeMap<usize, Vec<&RawRow>> = BTreeMap::new();
    for row in rows {
        let mut codes = row.code.codes.iter().filter_map(|code| index.by_code.get(code).copied());
        let (first, second) = (codes.next(), codes.next());
        let Some(node) = first else { continue };
        for node in first.into_iter().chain(second).chain(codes) {
            coded_below.extend(std::iter::successors(nodes[node].parent, |&node| nodes[node].parent));
        }
        if second.is_none() && !nodes[node].is_leaf() && nodes[node].code.depth() > 1 {
            bearing.entry(node).or_default().push(row);
        }
    }
    // Of most forms nothing is left: their items have codes.
    bearing.retain(|node, _| !coded_below.contains(node));
    bearing.retain(|node, rows| {
        rows.retain(|row| !is_sum(&row.folded) && !index.is_titled(row, *node));
        !rows.is_empty()
    });
    if bearing.values().any(|rows| rows.len() > 1) { bearing.into_keys().collect() } else { Vec::new() }
}

/// A row without a known code or title; whether it has a code that the set does not.
type Loose<'i> = (&'i RawRow<'i>, bool);
/// The nodes of the rows above and below that are known.
type Gap = (Option<usize>, Option<usize>);

struct Matching<'i, 'r> {
    index: &'i SetIndex<'r>,
    matched: Matched,
    /// The last node placed and its row.
    last: Option<(usize, u32)>,
    /// Rows without a known code or title; whether they have a code that the set does not.
    untitled: Vec<Loose<'i>>,
    /// Rows that bear the code of their criterion alone, by that.
    within: BTreeMap<usize, Vec<&'i RawRow<'i>>>,
}

/// "Cộng tiêu chí 1.3", "Tổng điểm nhóm 1": a line that bears no points of its own.
fn is_sum(folded: &str) -> bool {
    ["tong", "cong"].iter().any(|word| folded.split(' ').next() == Some(word))
}

impl<'i> Matching<'i, '_> {
    fn place(&mut self, row: &'i RawRow<'i>, known: &[usize], by_code: bool) {
        let titled = self.index.with_title(&row.folded);
        match (known, titled) {
            ([], []) => self.place_unknown(row, by_code),
            ([], [node]) => self.put(row, *node),
            ([], several) => match self.in_sequence(several) {
                Some(node) => self.put(row, node),
                None => self.block(row, several),
            },
            ([node], []) => {
                self.doubt_title(row, *node);
                self.put(row, *node);
            }
            ([node], titles) if titles.contains(node) => self.put(row, *node),
            // The code of the criterion beside its first item: merged cells, or a form that gives items no codes.
            ([node], [item]) if self.index.leaves_below(*node).contains(item) => self.put(row, *item),
            ([node], titles) => {
                let both: Vec<usize> = [*node].into_iter().chain(titles.iter().copied()).collect();
                self.block(row, &both);
            }
            (several, titles) => {
                let agreeing: Vec<usize> = several.iter().copied().filter(|node| titles.contains(node)).collect();
                let chosen = match agreeing[..] {
                    [node] => Some(node),
                    _ => self.most_alike(row, several).or_else(|| self.in_sequence(several)),
                };
                match chosen {
                    Some(node) => self.put(row, node),
                    None => self.block(row, several),
                }
            }
        }
    }

    /// A row that bears the code of its criterion: the criterion itself, or one of the items in it.
    fn place_within(&mut self, row: &'i RawRow<'i>, criterion: usize) {
        let items = self.index.leaves_below(criterion);
        let titled: Vec<usize> =
            self.index.with_title(&row.folded).iter().copied().filter(|node| items.contains(node)).collect();
        match titled[..] {
            [item] => self.put(row, item),
            _ if is_sum(&row.folded) => self.add_sum(row),
            _ if self.index.is_titled(row, criterion) => self.put(row, criterion),
            _ => {
                self.within.entry(criterion).or_default().push(row);
                self.last = Some((criterion, row.row));
            }
        }
    }

    /// The row of a sum, with its node where it names one: "Cộng điểm Nhóm I:".
    fn add_sum(&mut self, row: &RawRow) {
        let starts = row.title.match_indices(' ').map(|(at, _)| at + 1);
        let named = starts.filter_map(|at| {
            let read = code::read_text(&row.title[at..]);
            let ends = !read.rest.contains(char::is_alphanumeric);
            let node = read.codes.iter().find_map(|code| self.index.by_code.get(code).copied());
            node.filter(|&node| ends && !self.index.set.nodes[node].is_leaf())
        });
        let node = named.into_iter().next();
        self.matched.sums.extend(node.map(|node| (row.row, node)));
    }

    /// Places what could not be placed row by row, and tells what stays open.
    fn finish(mut self) -> Matched {
        for (criterion, rows) in std::mem::take(&mut self.within) {
            let items = self.index.leaves_below(criterion);
            self.place_among(rows, items, true);
        }
        let untitled = std::mem::take(&mut self.untitled);
        if untitled.is_empty() {
            return self.matched;
        }
        let mut gaps: BTreeMap<Gap, Vec<Loose>> = BTreeMap::new();
        let placed = self.placed();
        for (row, is_coded) in untitled {
            let after = placed.partition_point(|(known, _)| *known < row.row);
            let before = after.checked_sub(1).map(|at| placed[at].1);
            gaps.entry((before, placed.get(after).map(|next| next.1))).or_default().push((row, is_coded));
        }
        for ((before, after), rows) in gaps {
            self.place_between(before, after, rows);
        }
        self.matched
    }

    /// Every row with its node, from the top.
    fn placed(&self) -> Vec<(u32, usize)> {
        let rows =
            self.matched.rows.iter().enumerate().flat_map(|(node, rows)| rows.iter().map(move |row| (*row, node)));
        let mut placed: Vec<(u32, usize)> = rows.collect();
        placed.sort_unstable();
        placed
    }

    /// Rows without a code of the set between two that are known, where the set has items between these: in one criterion,
    /// those that have a maximum may be these. A code that the set does not have says that a row is none of them, or that
    /// it is mistyped.
    fn place_between(&mut self, before: Option<usize>, after: Option<usize>, rows: Vec<Loose<'i>>) {
        let nodes = &self.index.set.nodes;
        let (from, to) = (before.map_or(0, |node| node + 1), after.unwrap_or(nodes.len()));
        let open: Vec<usize> =
            (from..to.max(from)).filter(|&node| nodes[node].is_leaf() && !self.matched.has(node)).collect();
        let one = open.first().is_some_and(|first| open.iter().all(|node| nodes[*node].parent == nodes[*first].parent));
        let (coded, uncoded): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(_, is_coded)| *is_coded);
        let (rows, remarks): (Vec<_>, Vec<_>) = uncoded.into_iter().partition(|(row, _)| row.max != Stated::Nothing);
        let only = |rows: Vec<Loose<'i>>| rows.into_iter().map(|(row, _)| row).collect::<Vec<_>>();
        if !open.is_empty() {
            self.place_among(only(rows), open.clone(), one);
        } else if before.is_some() && after.is_some() {
            self.leave(only(rows), &[]);
        }
        let left: Vec<usize> = open.into_iter().filter(|node| !self.matched.has(*node)).collect();
        // What stands above or below the table is none of it.
        if before.is_some() && after.is_some() {
            self.leave(only(remarks), &left);
        }
        for (row, _) in coded {
            let above = row.code.codes.first().and_then(|code| code.parent());
            let near: Vec<usize> = left.iter().copied().filter(|&node| nodes[node].code.parent() == above).collect();
            self.leave(vec![row], &near);
        }
    }

    fn place_among(&mut self, rows: Vec<&'i RawRow<'i>>, items: Vec<usize>, by_order: bool) {
        let open: Vec<usize> = items.iter().copied().filter(|node| !self.matched.has(*node)).collect();
        let known = self.placed().into_iter().filter(|(_, node)| items.contains(node)).collect();
        let mut within = Within::new(self.index, rows, open, known);
        for (row, node, how) in within.place(by_order) {
            let code = match how {
                Placed::ByTitle => codes::ROW_BY_LIKENESS,
                Placed::ByOrder => codes::ROW_BY_ORDER,
            };
            self.say(code, row, node, &row.title);
            self.matched.rows[node].push(row.row);
        }
        let (rows, open) = (std::mem::take(&mut within.rows), std::mem::take(&mut within.open));
        self.leave(rows, &open);
    }

    /// Rows that nothing places: some of these items, where there are any, else what the set does not have.
    fn leave(&mut self, rows: Vec<&RawRow>, items: &[usize]) {
        for row in rows {
            let code = if row.coded { shown_code(row) } else { String::new() };
            match items {
                [] if row.coded => self.matched.foreign.push((row.row, code)),
                [] => self.matched.foreign.push((row.row, row.title.to_string())),
                _ => {
                    let shown = format!("{code} {}", row.title).trim().to_owned();
                    self.matched.open.push((row.row, row.at, shown, items.to_vec()));
                }
            }
        }
    }

    fn put(&mut self, row: &RawRow, node: usize) {
        let gap = self.last.is_some_and(|(_, last)| row.row > last + GAP);
        if gap && self.matched.has(node) {
            if self.index.set.nodes[node].kind.is_scored() {
                self.matched.far.push(row.row);
            }
            return;
        }
        if let Some(date) = &row.code.date {
            self.say(codes::CODE_AS_DATE, row, node, date);
        }
        self.matched.rows[node].push(row.row);
        self.last = Some((node, row.row));
    }

    fn say(&mut self, code: crate::finding::Code, row: &RawRow, node: usize, value: &str) {
        let finding = Finding::new(code).with("value", value).with("meaning", self.index.label(node));
        self.matched.findings.push((finding.on(self.index.set.nodes[node].code), row.at));
    }

    fn block(&mut self, row: &RawRow, nodes: &[usize]) {
        let meanings: Vec<String> = nodes.iter().map(|&node| self.index.label(node)).collect();
        let shown = match row.coded {
            true if !row.title.is_empty() => format!("{} {}", shown_code(row), row.title),
            true => shown_code(row),
            false => row.title.to_string(),
        };
        let finding = Finding::new(codes::AMBIGUOUS_ROW).with("value", shown).with("meaning", meanings.join(" / "));
        self.matched.findings.push((finding, row.at));
        self.matched.blocked.extend(nodes);
    }

    /// The only one of these that has not been placed and comes after the last row's node.
    fn in_sequence(&self, nodes: &[usize]) -> Option<usize> {
        let after = |node: &usize| self.last.is_none_or(|(last, _)| *node > last);
        let next = self.last.map_or(0, |(last, _)| last + 1);
        if nodes.contains(&next) {
            return Some(next);
        }
        let mut open = nodes.iter().copied().filter(|node| !self.matched.has(*node)).filter(after);
        let first = open.next()?;
        open.next().is_none().then_some(first)
    }

    fn most_alike(&self, row: &RawRow, nodes: &[usize]) -> Option<usize> {
        if row.folded.is_empty() {
            return None;
        }
        let mut scored: Vec<(f64, usize)> =
            nodes.iter().map(|&node| (self.index.alike(&row.folded, node), node)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let clear = scored.get(1).is_none_or(|second| scored[0].0 - second.0 >= MARGIN);
        (scored.first()?.0 >= LEAST_LIKENESS && clear).then(|| scored[0].1)
    }

    /// A row whose code is known but whose text is clearly another node's.
    fn doubt_title(&mut self, row: &RawRow, node: usize) {
        if row.folded.len() < 12 || self.index.alike(&row.folded, node) >= LEAST_LIKELY {
            return;
        }
        let others: Vec<usize> = (0..self.index.set.nodes.len()).filter(|other| *other != node).collect();
        if let Some(other) = self.most_alike(row, &others) {
            let finding = Finding::new(codes::TITLE_DIFFERS)
                .with("code", self.index.set.nodes[node].code)
                .with("value", &row.title)
                .with("meaning", self.index.label(other));
            self.matched.findings.push((finding.on(self.index.set.nodes[node].code), row.at));
        }
    }

    /// Neither code nor title is of the set: a total, a misspelt title, a line that the set does not have, or no row at all.
    fn place_unknown(&mut self, row: &'i RawRow<'i>, by_code: bool) {
        if words().totals.exact(&row.folded).is_some() && row.code.codes.is_empty() {
            self.matched.totals.push(row.row);
            return;
        }
        if let Some(node) = self.nearest(row) {
            self.say(codes::ROW_BY_LIKENESS, row, node, &row.title);
            self.put(row, node);
            return;
        }
        if is_sum(&row.folded) {
            return self.add_sum(row);
        }
        if self.last.is_some() || row.max != Stated::Nothing {
            self.untitled.push((row, by_code && row.coded));
        }
    }

    /// The node not yet placed whose title is most like the row's; those of the criterion at hand come first.
    fn nearest(&self, row: &RawRow) -> Option<usize> {
        if row.folded.len() < 8 {
            return None;
        }
        let open = |node: &usize| !self.matched.has(*node);
        let nodes = &self.index.set.nodes;
        let near: Vec<usize> = match self.last {
            Some((last, _)) => (0..nodes.len())
                .filter(|&n| nodes[n].parent == nodes[last].parent || nodes[n].parent == Some(last))
                .filter(open)
                .collect(),
            None => Vec::new(),
        };
        let all: Vec<usize> = (0..nodes.len()).filter(open).collect();
        self.most_alike(row, &near).or_else(|| self.most_alike(row, &all))
    }
}

fn shown_code(row: &RawRow) -> String {
    match &row.code.date {
        Some(date) => date.clone(),
        None => row.code.codes.first().map(ItemCode::to_string).unwrap_or_default(),
    }
}
