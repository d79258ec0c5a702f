//! Grids to returns: each table with its set, rows, columns and school block.

use std::ops::Range;
use std::sync::Arc;

use super::answer::read_row;
use super::columns::{Columns, Scores};
use super::identity::Taken;
use super::join::{self, Segment, complete};
use super::legacy;
use super::locate::{self, Table};
use super::raw::{RawRow, Stated, Titles, raw_rows};
use super::rows::{self, Matched};
use super::set_index::SetIndex;
use super::{Answer, Identity, Located, Return, Said, drawn, hidden, identity, outside, replies, seen};
use crate::finding::{Code, Finding, Found, Place, code};
use crate::grid::{CellRef, Grid, Value};
use crate::rules::RuleBook;
use crate::text;

/// Reads returns by the sets of a rule book.
pub struct FormReader<'r> {
    indexes: Vec<SetIndex<'r>>,
    titles: Titles<'r>,
    decisions: Vec<String>,
    year: String,
}

impl<'r> FormReader<'r> {
    /// For the sets of this book, and this school year.
    pub fn new(book: &'r RuleBook, year: &str) -> FormReader<'r> {
        FormReader {
            indexes: book.sets.iter().map(SetIndex::new).collect(),
            titles: Titles::of(&book.sets),
            decisions: book.sets.iter().map(|set| decision_number(&set.decision)).collect(),
            year: year.to_owned(),
        }
    }

    /// Every return in a workbook. Without any, the findings say why.
    pub fn read(&self, grids: &[Grid]) -> Found<Vec<Return>> {
        match legacy::to_unicode(grids) {
            None => self.read_unicode(grids),
            Some((grids, notes)) => {
                let mut found = self.read_unicode(&grids);
                match found.value.first_mut() {
                    Some(first) => first.findings.extend(notes),
                    None => found.findings.extend(notes),
                }
                found
            }
        }
    }

    fn read_unicode(&self, grids: &[Grid]) -> Found<Vec<Return>> {
        let hidden = identity::hidden(grids);
        let visible: Vec<&Grid> = grids.iter().filter(|grid| !grid.hidden).collect();
        let mut findings = Vec::new();
        let mut segments = self.segments(&visible, &hidden.set, &mut findings);
        let concealed: Vec<&Grid> = grids.iter().filter(|grid| grid.hidden).collect();
        // Some programs hide every sheet but an empty one.
        join::add_hidden(&mut segments, self.segments(&concealed, &hidden.set, &mut Vec::new()));
        if segments.is_empty() {
            if findings.is_empty() {
                findings.push(Finding::new(code::NO_TABLE));
            }
            return Found { value: Vec::new(), findings };
        }
        join::fill_identities(&mut segments, &visible);
        let mut returns = join::join(segments, &self.indexes);
        let drawn = drawn::over_answers(&grids.iter().collect::<Vec<_>>(), &returns);
        if let Some(first) = returns.first_mut() {
            first.findings.extend(drawn);
        }
        let replies = replies::read(grids);
        for returned in &mut returns {
            returned.identity.hidden = hidden.clone();
            returned.replies = replies.clone();
        }
        Found { value: returns, findings: Vec::new() }
    }

    fn segments(&self, grids: &[&Grid], hidden_set: &str, findings: &mut Vec<Finding>) -> Vec<Segment> {
        let mut segments = Vec::new();
        // The list of what to correct names items and values, and is no table of scores.
        for grid in grids.iter().filter(|grid| !replies::is_first_sheet(grid)) {
            let mut tables = locate::tables(grid);
            if let Some(col) = locate::split(&tables) {
                let [left, right] = grid.split_at(col);
                segments.extend(self.segments(&[&left, &right], hidden_set, findings));
                continue;
            }
            let mut before = 0;
            let mut taken: Vec<Taken> = Vec::new();
            let first_of_sheet = segments.len();
            let passed_columns: Vec<_> =
                tables.iter_mut().map(|table| hidden::pass_over_columns(grid, &mut table.header)).collect();
            let shown = hidden::shown(grid);
            let identity_of = |rows: Range<u32>, taken: &[Taken]| {
                let all = identity::read(grid, rows.clone(), taken);
                match &shown {
                    Some(shown) => hidden::identity(identity::read(shown, rows, taken), all),
                    None => all,
                }
            };
            for (table, mut notes) in tables.iter().zip(passed_columns) {
                let mut raw = raw_rows(grid, table, &self.titles);
                let Some(set) = self.set_of(grid, &raw, hidden_set) else {
                    if raw.iter().filter(|row| row.coded || row.max != Stated::Nothing).count() >= 3 {
                        let place = Place::default().at(&sheet_name(grid), header_cell(table));
                        findings.push(Finding::new(code::UNKNOWN_SET).at(place));
                    }
                    continue;
                };
                let index = &self.indexes[set];
                let mut matched = rows::match_rows(index, &raw);
                let passed = hidden::passed_rows(grid, &matched);
                if !passed.is_empty() {
                    raw.retain(|row| !passed.contains(&row.row));
                    matched = rows::match_rows(index, &raw);
                    notes.extend(hidden::say_passed_rows(&passed, table.header.columns.first().map_or(0, |c| c.col)));
                }
                let last = matched.rows.iter().flatten().max().copied().unwrap_or(table.header.last_row);
                taken.push(Taken { rows: table.header.first_row..last + 1, table });
                let own = identity_of(before..last + 1, &taken);
                before = last + 1;
                segments.push(self.segment(grid, table, set, matched, own, notes));
            }
            // What stands below the last table, or beside it, belongs to the first respondent of the sheet.
            if let Some(first) = segments.get_mut(first_of_sheet) {
                let rest = identity_of(before..u32::MAX, &taken);
                complete(&mut first.returned.identity, rest);
            }
        }
        segments
    }

    /// The set of a table: by the titles of its rows, else by the decision that the sheet names, else by the form.
    fn set_of(&self, grid: &Grid, rows: &[RawRow], hidden_set: &str) -> Option<usize> {
        let titled: Vec<usize> = self.indexes.iter().map(|index| index.titled(rows)).collect();
        let most = titled.iter().copied().max()?;
        let best: Vec<usize> = (0..titled.len()).filter(|&set| titled[set] == most).collect();
        if most >= 2
            && let [only] = best[..]
        {
            return Some(only);
        }
        let coded: Vec<usize> = (0..titled.len()).filter(|&set| self.indexes[set].coded(rows) >= 3).collect();
        let uncoded = coded.is_empty();
        let bare = most < 2 && uncoded;
        let open: Vec<usize> = match most >= 2 {
            true => best,
            false if bare => (0..titled.len()).collect(),
            false => coded,
        };
        // Shortened and misspelt titles speak for a set that is well ahead of the others.
        let alike = |set: usize| match uncoded {
            true => self.indexes[set].alike_titles(rows),
            false => self.indexes[set].alike_rows(rows),
        };
        let mut by_likeness: Vec<(usize, usize)> = open.iter().map(|&set| (alike(set), set)).collect();
        by_likeness.sort_unstable_by(|a, b| b.cmp(a));
        if let [(alike, set), rest @ ..] = &by_likeness[..]
            && *alike >= 3
            && rest.first().is_none_or(|(next, _)| *alike >= next * 2)
        {
            return Some(*set);
        }
        // What has neither codes nor titles of any set is no form for being named on its sheet.
        if bare {
            return None;
        }
        let sheet_says = |set: &usize| {
            let (number, title) = (&self.decisions[*set], text::fold(&self.indexes[*set].set.title));
            let says = |folded: &str| {
                (!number.is_empty() && number_in(folded, number)) || (title.len() >= 12 && folded.contains(&title))
            };
            grid.cells().iter().any(|(_, value)| matches!(value, Value::Text(text) if says(&text::fold(text))))
        };
        let named: Vec<usize> = open.iter().copied().filter(sheet_says).collect();
        if let [only] = named[..] {
            return Some(only);
        }
        let by_form = |set: &usize| self.indexes[*set].set.id.0 == hidden_set;
        open.iter().copied().find(by_form).or(match open[..] {
            [only] => Some(only),
            _ => None,
        })
    }

    fn segment(
        &self,
        grid: &Grid,
        table: &Table,
        set: usize,
        matched: Matched,
        mut own: Identity,
        notes: Vec<(Finding, CellRef)>,
    ) -> Segment {
        let sheet = sheet_name(grid);
        let index = &self.indexes[set];
        let place = |cell: CellRef| Place::default().at(&sheet, cell);
        let scores = Scores { grid, table, index, rows: &matched.rows, year: &self.year };
        let mut findings: Vec<Finding> = Vec::new();
        let mut segment = Segment {
            returned: Return {
                sheet: sheet.clone(),
                set: index.set.id.clone(),
                identity: Identity::default(),
                answers: vec![Answer::default(); index.set.nodes.len()],
                grand_total: None,
                sums: Vec::new(),
                has_evidence: false,
                has_amounts: false,
                foreign: 0,
                replies: Vec::new(),
                findings: Vec::new(),
            },
            set,
            filled: false,
            nodes: (0..matched.rows.len()).filter(|&node| matched.has(node)).collect(),
            scoreless: false,
        };
        match scores.columns() {
            // The first cause only: without a score column nothing else is said.
            Err(why) => {
                let (finding, cell) = *why;
                segment.scoreless =
                    [code::NO_SCORE_COLUMN, code::SCORES_IN_WORDS, code::BLANK_ANNEX].contains(&finding.code);
                findings.push(finding.at(place(cell)));
                // It bears a table, so it must not vanish beside another one.
                segment.filled = true;
            }
            Ok(columns) => {
                let said = columns.findings.iter().chain(&matched.findings);
                findings.extend(said.map(|(finding, cell)| finding.clone().at(place(*cell))));
                // Last year's scores under this year's title are still last year's.
                if let Some(year) = columns.year.as_ref().filter(|year| own.year.is_none() || **year != self.year) {
                    own.year = Some(Said { sheet: sheet.clone(), cell: header_cell(table), text: year.clone() });
                }
                segment.returned.has_evidence = columns.evidence.is_some();
                segment.returned.has_amounts =
                    columns.part.is_some() || columns.whole.is_some() || columns.share.is_some();
                self.answers(grid, &columns, &matched, &mut segment, &mut findings);
                let read = hidden::say_read(grid, &columns, &segment.returned.answers, &table.header);
                let crossed_out = seen::say_crossed_out(grid, table, &segment.returned.answers);
                let said = notes.into_iter().chain(read).chain(crossed_out);
                findings.extend(said.map(|(finding, cell)| finding.at(place(cell))));
                let outside = outside::say(grid, table, &columns, &matched, index);
                findings.extend(outside.map(|(finding, cell)| finding.at(place(cell))));
            }
        }
        if grid.truncated {
            findings.push(Finding::new(code::SHEET_CUT).at(Place { sheet: Some(sheet.clone()), ..Place::default() }));
        }
        segment.returned.identity = own;
        segment.returned.findings = findings;
        segment
    }

    fn answers(
        &self,
        grid: &Grid,
        columns: &Columns,
        matched: &Matched,
        segment: &mut Segment,
        findings: &mut Vec<Finding>,
    ) {
        let sheet = segment.returned.sheet.clone();
        let set = self.indexes[segment.set].set;
        let says = |cell: CellRef| {
            grid.get(cell).is_some_and(|value| identity::show(value).chars().any(char::is_alphanumeric))
        };
        let mut doubtful: Vec<usize> = Vec::new();
        for (row, at, shown, nodes) in &matched.open {
            let cell = CellRef::new(*row, columns.score);
            if says(cell) {
                let labels: Vec<String> = nodes.iter().map(|&node| self.indexes[segment.set].label(node)).collect();
                let finding = Finding::new(code::ROW_OPEN).with("value", shown).with("meaning", labels.join("; "));
                findings.push(finding.at(Place::default().at(&sheet, *at)));
                doubtful.extend(nodes);
            }
        }
        for (node, answer) in segment.returned.answers.iter_mut().enumerate() {
            let rows = &matched.rows[node];
            if rows.is_empty() {
                answer.blocked = matched.blocked.contains(&node) || doubtful.contains(&node);
                continue;
            }
            let mut read: Vec<Answer> =
                rows.iter().map(|row| read_row(grid, columns, &sheet, *row, set, node)).collect();
            let filled: Vec<&Answer> = read.iter().filter(|answer| answer.is_filled()).collect();
            let differs = filled.windows(2).any(|pair| !pair[0].says_the_same(pair[1]));
            let cells: Vec<CellRef> = filled.iter().filter_map(|a| Some(a.row.as_ref()?.score_cell)).collect();
            *answer = read.swap_remove(read.iter().position(Answer::is_filled).unwrap_or_default());
            if differs && set.nodes[node].is_leaf() {
                let others: Vec<String> = cells.iter().map(CellRef::to_string).collect();
                let cell =
                    answer.row.as_ref().map(|row| row.score_cell).unwrap_or(CellRef::new(rows[0], columns.score));
                let title = super::label(set.nodes[node].code, &set.nodes[node].title);
                let finding = Finding::new(code::ITEM_TWICE).with("title", title).with("others", others.join(", "));
                findings.push(finding.on(set.nodes[node].code).at(Place::default().at(&sheet, cell)));
                answer.blocked = true;
            }
            segment.filled |= answer.is_filled() && set.nodes[node].is_leaf();
        }
        for (row, shown) in &matched.foreign {
            let cell = CellRef::new(*row, columns.score);
            if grid.get(cell).is_some_and(|value| identity::show(value).chars().any(|c| c.is_ascii_digit())) {
                segment.returned.foreign += 1;
                let place = Place::default().at(&sheet, cell);
                findings.push(Finding::new(code::EXTRA_ITEM).with("value", shown).at(place));
            }
        }
        let stated = |row: u32| {
            let cell = CellRef::new(row, columns.score);
            let value = grid.get(cell).cloned()?;
            Some(Located { sheet: sheet.clone(), cell, value })
        };
        segment.returned.sums.extend(matched.sums.iter().filter_map(|(row, node)| Some((*node, stated(*row)?))));
        // Several totals are those of groups.
        if let [row] = matched.totals[..] {
            segment.returned.grand_total = stated(row);
        }
    }
}

fn sheet_name(grid: &Grid) -> Arc<str> {
    grid.name.as_str().into()
}

fn header_cell(table: &Table) -> CellRef {
    CellRef::new(table.header.last_row, table.header.columns.first().map_or(0, |column| column.col))
}

/// "4725 qd" in "Quyết định số 4725/QĐ-BGDĐT ngày 30/12/2022": the number that tells decisions apart.
fn decision_number(decision: &str) -> String {
    let folded = text::fold(decision);
    let mut words = folded.split(' ').skip_while(|word| !word.bytes().all(|b| b.is_ascii_digit()));
    words.next().unwrap_or_default().to_owned()
}

fn number_in(folded: &str, number: &str) -> bool {
    folded.contains("quyet dinh") && folded.split(' ').any(|word| word == number)
        || folded.contains(&format!("{number} qd"))
}

/// Whether a finding about the layout means that the whole return does not count.
pub fn bars(code: Code) -> bool {
    const BARRING: [Code; 5] = [
        code::NO_SCORE_COLUMN,
        code::TWO_SCORE_COLUMNS,
        code::BLANK_ANNEX,
        code::SEVERAL_TABLES,
        code::SCORES_IN_WORDS,
    ];
    BARRING.contains(&code)
}
