//! Rows to the nodes of a set: by code, else by exact title, else by the nearest title of the same criterion.
//! Where two readings are possible the row is blocked and said; nothing is guessed.

use std::collections::HashMap;

use super::label;
use super::raw::RawRow;
use crate::codes::ItemCode;
use crate::finding::{Finding, code as codes};
use crate::grid::CellRef;
use crate::rules::RuleSet;
use crate::table::{contains_words, words};
use crate::text;

/// A set with its titles folded once.
pub struct SetIndex<'r> {
    /// The set.
    pub set: &'r RuleSet,
    titles: Vec<String>,
    by_title: HashMap<String, Vec<usize>>,
    by_code: HashMap<ItemCode, usize>,
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

    fn with_title(&self, folded: &str) -> &[usize] {
        self.by_title.get(folded).map_or(&[], Vec::as_slice)
    }

    fn label(&self, node: usize) -> String {
        label(self.set.nodes[node].code, &self.set.nodes[node].title)
    }

    /// Whether this folded text is a title of the set.
    fn knows(&self, folded: &str) -> bool {
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

    /// How many rows bear a code of this set with a title that is like its own.
    pub fn alike_rows(&self, rows: &[RawRow]) -> usize {
        let is_alike = |row: &&RawRow| {
            let mut nodes = row.code.codes.iter().filter_map(|code| self.by_code.get(code));
            nodes.any(|&node| self.alike(&row.folded, node) >= LEAST_LIKENESS)
        };
        rows.iter().filter(is_alike).count()
    }

    /// How alike a title and a node's are. One that only leaves out or adds words ("... (đã được phê duyệt)") is as
    /// good as alike.
    fn alike(&self, folded: &str, node: usize) -> f64 {
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

/// Below this, two titles have nothing to do with each other; how little does not matter.
const LEAST_LIKELY: f64 = 0.6;

/// What the rows of a table turned out to be.
#[derive(Debug, Default)]
pub struct Matched {
    /// Rows of each node, by its place in the set; a node may have none or several.
    pub rows: Vec<Vec<u32>>,
    /// Nodes for which a row could be meant that has another reading too.
    pub blocked: Vec<usize>,
    /// Rows that the set does not have, with their code, else their title.
    pub foreign: Vec<(u32, String)>,
    /// Rows that state a total of the whole form.
    pub totals: Vec<u32>,
    /// 3xx, with the cell but without file and sheet.
    pub findings: Vec<(Finding, CellRef)>,
}

impl Matched {
    /// Whether a node has a row.
    pub fn has(&self, node: usize) -> bool {
        !self.rows[node].is_empty()
    }
}

/// Titles less alike than this are not taken for one another.
const LEAST_LIKENESS: f64 = 0.8;
/// A title of which the end is left out.
const CUT_OFF: f64 = 0.97;
/// A title with words added.
const ADDED_TO: f64 = 0.9;
/// By so much the best title must surpass the next.
const MARGIN: f64 = 0.06;
/// After so many rows without one of the set, a row no longer adds to what the table said.
const GAP: u32 = 10;

/// Finds the node of each row.
pub fn match_rows(index: &SetIndex, rows: &[RawRow]) -> Matched {
    let by_code = codes_are_codes(index, rows);
    let matched = Matched { rows: vec![Vec::new(); index.set.nodes.len()], ..Matched::default() };
    let mut state = Matching { index, matched, last: None, untitled: Vec::new() };
    for row in rows {
        let known: Vec<usize> = match by_code {
            true => row.code.codes.iter().filter_map(|code| index.by_code.get(code).copied()).collect(),
            false => Vec::new(),
        };
        state.place(row, &known, by_code);
    }
    let end = state.last.map_or(0, |(_, row)| row);
    let within = state.untitled.into_iter().filter(|(row, _)| *row < end);
    state.matched.foreign.extend(within);
    state.matched
}

/// Whether the codes are those of the set, not running numbers: where rows bear exact titles, codes agree with them.
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
        match titled.iter().any(|&node| row.code.codes.contains(&index.set.nodes[node].code)) {
            true => agree += 1,
            false => differ += 1,
        }
    }
    differ <= agree
}

struct Matching<'i, 'r> {
    index: &'i SetIndex<'r>,
    matched: Matched,
    /// The last node placed and its row.
    last: Option<(usize, u32)>,
    /// Rows without a known code or title, after the first node.
    untitled: Vec<(u32, String)>,
}

/// "Cộng tiêu chí 1.3", "Tổng điểm nhóm 1"
fn is_sum(folded: &str) -> bool {
    ["tong", "cong"].iter().any(|word| folded.split(' ').next() == Some(word))
}

impl Matching<'_, '_> {
    fn place(&mut self, row: &RawRow, known: &[usize], by_code: bool) {
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

    fn put(&mut self, row: &RawRow, node: usize) {
        let gap = self.last.is_some_and(|(_, last)| row.row > last + GAP);
        if gap && self.matched.has(node) {
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
    fn place_unknown(&mut self, row: &RawRow, by_code: bool) {
        if words().totals.exact(&row.folded).is_some() && row.code.codes.is_empty() {
            self.matched.totals.push(row.row);
            return;
        }
        if let Some(node) = self.nearest(row) {
            self.say(codes::ROW_BY_LIKENESS, row, node, &row.title);
            self.put(row, node);
            return;
        }
        if self.last.is_none() {
            return;
        }
        match row.code.codes.first() {
            Some(code) if by_code && row.coded => self.matched.foreign.push((row.row, code.to_string())),
            // A sum line or a remark bears no points of its own; a line that ends the table is not of it.
            _ if !is_sum(&row.folded) => self.untitled.push((row.row, row.title.to_string())),
            _ => {}
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
