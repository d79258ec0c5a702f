//! Grids to returns: each table with its rows, columns and school block; tables of one return put together.

use std::sync::Arc;

use super::columns::{Columns, Scores};
use super::identity::Taken;
use super::locate::{self, Table};
use super::rows::{self, Matched, RawRow, SetIndex, Votes};
use super::{Answer, Identity, Located, Return, Row, Said, identity};
use crate::finding::{Code, Finding, Found, Place, code};
use crate::grid::{CellRef, Grid, Value};
use crate::rules::{NodeKind, RuleBook, RuleSet};
use crate::table::words;
use crate::text;

/// Reads returns by the sets of a rule book.
pub struct FormReader<'r> {
    indexes: Vec<SetIndex<'r>>,
    decisions: Vec<String>,
    year: String,
}

/// One table of one set.
struct Segment {
    sheet: Arc<str>,
    set: usize,
    identity: Identity,
    answers: Vec<Answer>,
    grand_total: Option<Located>,
    has_evidence: bool,
    has_amounts: bool,
    foreign: u32,
    findings: Vec<Finding>,
    filled: bool,
    /// Nodes with a row.
    nodes: Vec<usize>,
    /// It bears no self scores: a list of criteria, a blank annex. The finding says which.
    scoreless: bool,
}

impl<'r> FormReader<'r> {
    /// For the sets of this book, and this school year.
    pub fn new(book: &'r RuleBook, year: &str) -> FormReader<'r> {
        FormReader {
            indexes: book.sets.iter().map(SetIndex::new).collect(),
            decisions: book.sets.iter().map(|set| decision_number(&set.decision)).collect(),
            year: year.to_owned(),
        }
    }

    /// Every return in a workbook. Without any, the findings say why.
    pub fn read(&self, grids: &[Grid]) -> Found<Vec<Return>> {
        let hidden = identity::hidden(grids);
        let visible: Vec<&Grid> = grids.iter().filter(|grid| !grid.hidden).collect();
        let mut findings = Vec::new();
        let mut segments = self.segments(&visible, &hidden.set, &mut findings);
        if segments.is_empty() {
            // Some programs hide every sheet but an empty one.
            let concealed: Vec<&Grid> = grids.iter().filter(|grid| grid.hidden).collect();
            segments = self.segments(&concealed, &hidden.set, &mut Vec::new());
        }
        if segments.is_empty() {
            if findings.is_empty() {
                findings.push(Finding::new(code::NO_TABLE));
            }
            return Found { value: Vec::new(), findings };
        }
        self.fill_identities(&mut segments, &visible);
        let mut returns = self.join(segments);
        for returned in &mut returns {
            returned.identity.hidden = hidden.clone();
        }
        Found { value: returns, findings: Vec::new() }
    }

    fn segments(&self, grids: &[&Grid], hidden_set: &str, findings: &mut Vec<Finding>) -> Vec<Segment> {
        let mut segments = Vec::new();
        for grid in grids {
            let mut before = 0;
            let tables = locate::tables(grid);
            let mut taken: Vec<Taken> = Vec::new();
            let first_of_sheet = segments.len();
            let known = |folded: &str| self.indexes.iter().any(|index| index.knows(folded));
            for table in &tables {
                let raw = rows::raw_rows(grid, table, &known);
                let Some(set) = self.set_of(grid, &raw, hidden_set) else {
                    if raw.iter().filter(|row| row.coded).count() >= 3 {
                        let place = Place::default().at(&sheet_name(grid), header_cell(table));
                        findings.push(Finding::new(code::UNKNOWN_SET).at(place));
                    }
                    continue;
                };
                let index = &self.indexes[set];
                let matched = rows::match_rows(index, &raw);
                let last = matched.rows.values().flatten().max().copied().unwrap_or(table.header.last_row);
                taken.push(Taken { rows: table.header.first_row..last + 1, table });
                let own = identity::read(grid, before..last + 1, &taken);
                before = last + 1;
                segments.push(self.segment(grid, table, set, matched, own));
            }
            // What stands below the last table, or beside it, belongs to the first respondent of the sheet.
            if let Some(first) = segments.get_mut(first_of_sheet) {
                let rest = identity::read(grid, before..u32::MAX, &taken);
                complete(&mut first.identity, rest);
            }
        }
        segments
    }

    /// The set of a table: by the titles of its rows, else by the decision that the sheet names, else by the form.
    fn set_of(&self, grid: &Grid, rows: &[RawRow], hidden_set: &str) -> Option<usize> {
        let votes: Vec<Votes> = self.indexes.iter().map(|index| index.votes(rows)).collect();
        let most = votes.iter().map(|votes| votes.titled).max()?;
        let best: Vec<usize> = (0..votes.len()).filter(|&set| votes[set].titled == most).collect();
        if most >= 2
            && let [only] = best[..]
        {
            return Some(only);
        }
        let coded: Vec<usize> = (0..votes.len()).filter(|&set| votes[set].coded >= 3).collect();
        let open = if most >= 2 { best } else { coded };
        // Shortened and misspelt titles speak for a set that is well ahead of the others.
        let mut by_likeness: Vec<(usize, usize)> = open.iter().map(|&set| (votes[set].alike, set)).collect();
        by_likeness.sort_unstable_by(|a, b| b.cmp(a));
        if let [(alike, set), rest @ ..] = &by_likeness[..]
            && *alike >= 3
            && rest.first().is_none_or(|(next, _)| *alike >= next * 2)
        {
            return Some(*set);
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

    fn segment(&self, grid: &Grid, table: &Table, set: usize, matched: Matched, mut own: Identity) -> Segment {
        let sheet = sheet_name(grid);
        let index = &self.indexes[set];
        let place = |cell: CellRef| Place::default().at(&sheet, cell);
        let scores = Scores { grid, table, index, rows: &matched.rows, year: &self.year };
        let mut findings: Vec<Finding> = Vec::new();
        let mut segment = Segment {
            sheet: sheet.clone(),
            set,
            identity: Identity::default(),
            answers: vec![Answer::default(); index.set.nodes.len()],
            grand_total: None,
            has_evidence: false,
            has_amounts: false,
            foreign: 0,
            findings: Vec::new(),
            filled: false,
            nodes: matched.rows.keys().copied().collect(),
            scoreless: false,
        };
        match scores.columns() {
            // The first cause only: without a score column nothing else is said.
            Err(why) => {
                let (finding, cell) = *why;
                segment.scoreless = [code::NO_SCORE_COLUMN, code::BLANK_ANNEX].contains(&finding.code);
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
                segment.has_evidence = columns.evidence.is_some();
                segment.has_amounts = columns.part.is_some() || columns.whole.is_some() || columns.share.is_some();
                self.answers(grid, &columns, &matched, &mut segment, &mut findings);
            }
        }
        if grid.truncated {
            findings.push(Finding::new(code::SHEET_CUT).at(Place { sheet: Some(sheet.clone()), ..Place::default() }));
        }
        segment.identity = own;
        segment.findings = findings;
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
        let sheet = segment.sheet.clone();
        let set = self.indexes[segment.set].set;
        for (node, answer) in segment.answers.iter_mut().enumerate() {
            let Some(rows) = matched.rows.get(&node) else {
                answer.blocked = matched.blocked.contains(&node);
                continue;
            };
            let read: Vec<Answer> = rows.iter().map(|row| read_row(grid, columns, &sheet, *row, set, node)).collect();
            let filled: Vec<&Answer> = read.iter().filter(|answer| answer.is_filled()).collect();
            if let Some(chosen) = filled.first().copied().or(read.first()) {
                *answer = chosen.clone();
            }
            let differs = filled.windows(2).any(|pair| !pair[0].says_the_same(pair[1]));
            if differs && set.nodes[node].is_leaf() {
                let cells: Vec<String> =
                    filled.iter().filter_map(|a| Some(a.row.as_ref()?.score_cell.to_string())).collect();
                let cell =
                    answer.row.as_ref().map(|row| row.score_cell).unwrap_or(CellRef::new(rows[0], columns.score));
                let title = super::label(set.nodes[node].code, &set.nodes[node].title);
                let finding = Finding::new(code::ITEM_TWICE).with("title", title).with("others", cells.join(", "));
                findings.push(finding.on(set.nodes[node].code).at(Place::default().at(&sheet, cell)));
                answer.blocked = true;
            }
            segment.filled |= answer.is_filled() && set.nodes[node].is_leaf();
        }
        for (row, code) in &matched.foreign {
            let cell = CellRef::new(*row, columns.score);
            if grid.get(cell).is_some_and(|value| identity::show(value).chars().any(|c| c.is_ascii_digit())) {
                segment.foreign += 1;
                let place = Place::default().at(&sheet, cell);
                findings.push(Finding::new(code::EXTRA_ITEM).with("value", code).at(place));
            }
        }
        // Several totals are those of groups.
        if let [row] = matched.totals[..] {
            let cell = CellRef::new(row, columns.score);
            let value = grid.get(cell).cloned();
            segment.grand_total = value.map(|value| Located { sheet: sheet.clone(), cell, value });
        }
    }

    /// A table without a school block of its own belongs to the one before it, else to what the other sheets say.
    fn fill_identities(&self, segments: &mut [Segment], visible: &[&Grid]) {
        let covers = visible.iter().filter(|grid| !segments.iter().any(|s| *s.sheet == *grid.name));
        let mut elsewhere = Identity::default();
        for grid in covers {
            complete(&mut elsewhere, identity::read(grid, 0..u32::MAX, &[]));
        }
        let mut previous = elsewhere.clone();
        let single = segments.iter().filter(|s| !s.identity.is_anonymous()).count() == 1;
        let only = segments.iter().find(|s| !s.identity.is_anonymous()).map(|s| s.identity.clone());
        for segment in segments.iter_mut() {
            if segment.identity.is_anonymous() {
                let known = match &only {
                    Some(only) if single => only.clone(),
                    _ => previous.clone(),
                };
                complete(&mut segment.identity, known);
            } else if single {
                complete(&mut segment.identity, elsewhere.clone());
            }
            previous = segment.identity.clone();
        }
    }

    /// Puts tables of one respondent and set together. Where two answer the same item differently, neither is taken.
    fn join(&self, segments: Vec<Segment>) -> Vec<Return> {
        let any_filled = segments.iter().any(|segment| segment.filled);
        let segments = without_lists(segments);
        let mut returns: Vec<(usize, Return)> = Vec::new();
        for segment in segments.into_iter().filter(|segment| segment.filled || !any_filled) {
            let same = returns
                .iter_mut()
                .find(|(set, known)| *set == segment.set && known.identity.is_same(&segment.identity));
            match same {
                Some((set, known)) => add(known, segment, self.indexes[*set].set),
                None => returns.push((segment.set, self.begin(segment))),
            }
        }
        returns.into_iter().map(|(_, returned)| returned).collect()
    }

    fn begin(&self, segment: Segment) -> Return {
        Return {
            sheet: segment.sheet,
            set: self.indexes[segment.set].set.id.clone(),
            identity: segment.identity,
            answers: segment.answers,
            grand_total: segment.grand_total,
            has_evidence: segment.has_evidence,
            has_amounts: segment.has_amounts,
            foreign: segment.foreign,
            findings: segment.findings,
        }
    }
}

/// Leaves out lists of criteria and blank annexes beside the filled table of the same respondent. One that holds items
/// which no filled table has stays: its scores are missing.
fn without_lists(segments: Vec<Segment>) -> Vec<Segment> {
    let is_list = |segment: &Segment| {
        let beside = segments.iter().filter(|other| {
            other.filled && !other.scoreless && other.set == segment.set && other.identity.is_same(&segment.identity)
        });
        let nodes: Vec<usize> = beside.flat_map(|other| other.nodes.iter().copied()).collect();
        segment.scoreless && segment.nodes.iter().all(|node| nodes.contains(node))
    };
    let kept: Vec<bool> = segments.iter().map(|segment| !is_list(segment)).collect();
    segments.into_iter().zip(kept).filter_map(|(segment, kept)| kept.then_some(segment)).collect()
}

/// Adds another table to a return.
fn add(known: &mut Return, segment: Segment, set: &RuleSet) {
    let mut differs = None;
    for ((answer, other), node) in known.answers.iter_mut().zip(segment.answers).zip(&set.nodes) {
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
    known.has_evidence |= segment.has_evidence;
    known.has_amounts |= segment.has_amounts;
    known.foreign += segment.foreign;
    known.findings.extend(segment.findings);
}

fn read_row(grid: &Grid, columns: &Columns, sheet: &Arc<str>, row: u32, set: &RuleSet, node: usize) -> Answer {
    let at = |col: u32| CellRef::new(row, col);
    let cell = |col: Option<u32>| col.and_then(|col| Some((at(col), present(grid.get(at(col))?)?)));
    let level = cell(columns.level);
    let mut score_cell = at(columns.score);
    let mut score = grid.get(score_cell).and_then(present);
    // The annex has mandatory conditions answered under "Mức độ".
    if score.is_none()
        && set.nodes[node].kind == NodeKind::Mandatory
        && let Some((cell, value)) = &level
    {
        score_cell = *cell;
        score = Some(value.clone());
    }
    let has_marks = matches!(set.nodes[node].kind, NodeKind::Mandatory | NodeKind::YesNo);
    let marks = columns.marks.filter(|_| has_marks).map(|(yes, no)| (cell(Some(yes)), cell(Some(no))));
    if let Some((cell, value)) = marks.and_then(|marks| marked(marks, score.as_ref())) {
        score_cell = cell;
        score = Some(value);
    }
    let evidence = columns.evidence.map(at);
    Answer {
        row: Some(Row { sheet: sheet.clone(), score_cell }),
        score,
        part: cell(columns.part),
        whole: cell(columns.whole),
        share: cell(columns.share),
        level,
        max: cell(columns.max),
        evidence: evidence.and_then(|cell| grid.get(cell)).map(identity::show).unwrap_or_default(),
        evidence_cell: evidence,
        blocked: false,
    }
}

type Cell = Option<(CellRef, Value)>;

/// The answer that the marks of two columns "Có" and "Không" give, at the cell marked; both marked say nothing that could
/// be taken, and neither do they beside a score that says otherwise.
fn marked((yes, no): (Cell, Cell), score: Option<&Value>) -> Cell {
    // "0" or "Không" under "Có" is no mark.
    let is_mark = |cell: &Cell| {
        let shown = cell.as_ref().map(|(_, value)| identity::show(value)).unwrap_or_default();
        !shown.is_empty() && shown != "0" && shown != "-" && words().answers.exact(&text::fold(&shown)) != Some("no")
    };
    let only_marks = |cell: Cell| if is_mark(&cell) { cell } else { None };
    let (yes, no) = (only_marks(yes), only_marks(no));
    let says = |answer: &str| Value::Text(answer.to_owned());
    let (cell, answer) = match (yes, no) {
        (None, None) => return None,
        (Some((cell, first)), Some((_, second))) => {
            return Some((cell, says(&format!("{} / {}", identity::show(&first), identity::show(&second)))));
        }
        (Some((cell, _)), None) => (cell, "Có"),
        (None, Some((cell, _))) => (cell, "Không"),
    };
    match score {
        None => Some((cell, says(answer))),
        Some(score) => {
            let shown = identity::show(score);
            let agrees =
                (answer == "Không") == (shown == "0" || words().answers.exact(&text::fold(&shown)) == Some("no"));
            (!agrees).then(|| (cell, says(&format!("{answer} / {shown}"))))
        }
    }
}

/// A text of blanks is a blank cell.
fn present(value: &Value) -> Option<Value> {
    match value {
        Value::Text(text) if text::clean(text).is_empty() => None,
        value => Some(value.clone()),
    }
}

impl Answer {
    fn is_filled(&self) -> bool {
        self.score.is_some() || self.part.is_some() || self.whole.is_some() || self.share.is_some()
    }

    fn says_the_same(&self, other: &Answer) -> bool {
        let amount = |cell: &Option<(CellRef, Value)>| cell.as_ref().map(|(_, value)| identity::show(value));
        self.score.as_ref().map(identity::show) == other.score.as_ref().map(identity::show)
            && amount(&self.part) == amount(&other.part)
            && amount(&self.whole) == amount(&other.whole)
            && amount(&self.share) == amount(&other.share)
    }
}

impl Identity {
    /// Neither code nor name.
    pub fn is_anonymous(&self) -> bool {
        self.codes.is_empty() && self.names.is_empty()
    }

    /// Whether two tables are of one respondent: by code, else by name.
    fn is_same(&self, other: &Identity) -> bool {
        let share =
            |a: &[Said], b: &[Said]| a.iter().any(|a| b.iter().any(|b| text::fold(&a.text) == text::fold(&b.text)));
        match (self.codes.is_empty() || other.codes.is_empty(), self.names.is_empty() || other.names.is_empty()) {
            (false, _) => share(&self.codes, &other.codes),
            (true, false) => share(&self.names, &other.names),
            (true, true) => true,
        }
    }
}

/// Adds what another block says, conflicts included.
fn complete(known: &mut Identity, other: Identity) {
    other.codes.into_iter().for_each(|said| identity::add(&mut known.codes, said));
    // A name below the table is a signature or a stamp as often as another school.
    if known.names.is_empty() {
        known.names = other.names;
    }
    known.kind = known.kind.take().or(other.kind);
    known.year = known.year.take().or(other.year);
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
    [code::NO_SCORE_COLUMN, code::TWO_SCORE_COLUMNS, code::BLANK_ANNEX, code::SEVERAL_TABLES].contains(&code)
}
