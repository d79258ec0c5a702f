//! The pass over a worksheet: cells whose looks carry meaning, links, hidden rows and columns, filters.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::Looks;
use super::links::{Address, of_formula};
use super::strings::{Runs, runs, together};
use super::styles::CellLook;
use super::xml::{Element, Next, Walk};
use crate::grid::{CellRef, Fact, MAX_COLS, MAX_ROWS, Value};
use crate::reader::excel::build::Sheet;
use crate::reader::excel::rich::{Look, under};
use crate::reader::format_code::Worded;
use crate::reader::repack::Around;

/// Cells of one link, at most.
const LINKED: usize = 1_000;

/// What a cell's part says beside its value.
#[derive(Default)]
pub(in crate::reader::excel) struct Cell<'l> {
    pub look: Look,
    pub words: Option<&'l Rc<Worded>>,
    pub runs: Option<Cow<'l, Runs>>,
    /// The number as stored, where it is one.
    pub number: Option<f64>,
    pub link: Option<Address>,
}

impl Cell<'_> {
    fn is_odd(&self) -> bool {
        self.look != Look::PLAIN || self.words.is_some() || self.runs.is_some() || self.link.is_some()
    }
}

/// Adds what a worksheet's part says to its values.
pub(super) fn see(part: &[u8], looks: &Looks, around: &Around<'_>, sheet: &mut Sheet) {
    let mut walk = Walk::of(part);
    let mut odd: BTreeMap<CellRef, Cell<'_>> = BTreeMap::new();
    let (mut row, mut col) = (0, 0);
    let mut filters = Filters::default();
    let mut is_filtered = false;
    while let Some(next) = walk.next() {
        match next {
            Next::Start(e) => match e.name() {
                "row" => {
                    row = e.number::<u32>("r").and_then(|number| number.checked_sub(1)).unwrap_or(row);
                    col = 0;
                    if e.is("hidden") || e.number("ht").is_some_and(|height: f64| height <= 0.0) {
                        sheet.hide_rows(row, row);
                    }
                }
                "c" => {
                    let at = e.get("r").and_then(|place| place.parse().ok()).unwrap_or(CellRef::new(row, col));
                    col = at.col.saturating_add(1);
                    let cell = cell(&mut walk, &e, looks);
                    // Of a cell that is there twice, the later one counts.
                    if cell.is_odd() {
                        odd.insert(at, cell);
                    } else if !odd.is_empty() {
                        odd.remove(&at);
                    }
                }
                "col" if e.is("hidden") || e.number("width").is_some_and(|width: f64| width <= 0.0) => {
                    if let (Some(first), Some(last)) = (e.number::<u32>("min"), e.number::<u32>("max")) {
                        sheet.hide_cols(first.saturating_sub(1), last.saturating_sub(1));
                    }
                }
                "sheetPr" => is_filtered = e.is("filterMode"),
                "hyperlink" => link(&e, around, sheet),
                name => filters.begin(name, &e),
            },
            Next::End(e) => match e.name() {
                "row" => row = row.saturating_add(1).min(MAX_ROWS),
                name => filters.end(name, is_filtered, sheet),
            },
            Next::Text(_) => {}
        }
    }
    for table in &around.tables {
        let mut walk = Walk::of(table);
        while let Some(next) = walk.next() {
            match next {
                Next::Start(e) => filters.begin(e.name(), &e),
                Next::End(e) => filters.end(e.name(), false, sheet),
                Next::Text(_) => {}
            }
        }
    }
    apply(odd, sheet);
}

/// The cell that has just begun, up to its end.
fn cell<'l>(walk: &mut Walk<'_>, e: &Element<'_>, looks: &'l Looks) -> Cell<'l> {
    let format = e.number::<usize>("s").unwrap_or_default();
    let mut cell = Cell::default();
    if let Some(CellLook { look, words }) = looks.formats.get(format).and_then(Option::as_ref) {
        (cell.look, cell.words) = (*look, words.as_ref());
    }
    let kind = e.get("t");
    while let Some(next) = walk.next() {
        match next {
            Next::Start(e) => match e.name() {
                "v" => {
                    let value = walk.text();
                    match kind.as_deref() {
                        None | Some("n") => cell.number = value.trim().parse().ok(),
                        Some("s") if !looks.strings.is_empty() => {
                            let place = value.trim().parse().ok();
                            cell.runs = place.and_then(|place: usize| looks.strings.get(&place)).map(Cow::Borrowed);
                        }
                        _ => {}
                    }
                }
                "is" => {
                    let runs = runs(walk, "is");
                    let has_looks = runs.iter().any(|(_, look)| look.is_some_and(|look| look != Look::PLAIN));
                    if has_looks || cell.look != Look::PLAIN {
                        cell.runs = Some(Cow::Owned(runs));
                    }
                }
                "f" => cell.link = of_formula(&walk.text()),
                _ => walk.skip(),
            },
            Next::End(e) if e.name() == "c" => break,
            _ => {}
        }
    }
    cell
}

/// Gives the odd cells what is left of their values, and says what is to be seen.
pub(in crate::reader::excel) fn apply(odd: BTreeMap<CellRef, Cell<'_>>, sheet: &mut Sheet) {
    let said: Vec<(CellRef, String)> = odd
        .iter()
        .filter_map(|(at, cell)| match cell.link.as_ref()? {
            Address::Said(address) => Some((*at, address.clone())),
            Address::In(other) => match sheet.value(*other)? {
                Value::Text(address) => Some((*at, address.clone())),
                _ => None,
            },
        })
        .collect();
    for (at, address) in said {
        sheet.see(at.row, at.col, Fact::Link(address));
    }
    let mut odd = odd;
    sheet.revise(|at, value| {
        let cell = odd.remove(&at)?;
        revised(&cell, value)
    });
}

/// What is left of a value, and what is to be seen; `None` where nothing is.
fn revised(cell: &Cell<'_>, value: &Value) -> Option<(Option<Value>, Vec<Fact>)> {
    if let (Some(runs), Value::Text(_)) = (&cell.runs, value) {
        let (text, facts) = together(runs, cell.look).finish();
        if facts.is_empty() {
            return None;
        }
        return Some(((!text.is_empty()).then_some(Value::Text(text)), facts));
    }
    let words = cell.words.and_then(|words| match (value, cell.number) {
        (Value::Number(number), _) => words.number(*number).map(|shown| (value.clone(), Some(shown))),
        // A share is the text that it shows.
        (Value::Text(_), Some(number)) => words.number(number).map(|shown| (Value::Text(shown), None)),
        (Value::Text(text), None) => words.text(text).map(|shown| (Value::Text(shown), None)),
        _ => None,
    });
    if words.is_none() && cell.look == Look::PLAIN {
        return None;
    }
    let (value, shown) = words.unwrap_or_else(|| (value.clone(), None));
    let (left, mut facts) = under(value, cell.look);
    if left.is_some() {
        facts.extend(shown.map(Fact::Shown));
    }
    Some((left, facts))
}

/// Says where a link leads, at each of its cells.
fn link(e: &Element<'_>, around: &Around<'_>, sheet: &mut Sheet) {
    let Some(range) = e.get("ref") else { return };
    let Some((from, to)) = range_of(&range) else { return };
    let target = e.get("id").and_then(|id| around.links.get(&id).cloned());
    let place = e.get("location").filter(|place| !place.is_empty()).map(|place| format!("#{place}"));
    let address = target.unwrap_or_default() + &place.unwrap_or_default();
    if address.is_empty() {
        return;
    }
    let cells = (from.row..=to.row).flat_map(|row| (from.col..=to.col).map(move |col| (row, col)));
    for (row, col) in cells.take(LINKED) {
        sheet.see(row, col, Fact::Link(address.clone()));
    }
}

/// `A1:B2` or `A1`, dollars allowed.
fn range_of(text: &str) -> Option<(CellRef, CellRef)> {
    let (from, to) = text.split_once(':').unwrap_or((text, text));
    let (from, to): (CellRef, CellRef) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
    (from.row <= to.row && from.col <= to.col && to.col < MAX_COLS).then_some((from, to))
}

/// The filters of a sheet and of its tables.
#[derive(Default)]
struct Filters {
    range: Option<(CellRef, CellRef)>,
    in_column: bool,
    is_active: bool,
}

impl Filters {
    fn begin(&mut self, name: &str, e: &Element<'_>) {
        match name {
            "autoFilter" => {
                let range = e.get("ref").and_then(|range| range_of(&range));
                *self = Filters { range, ..Filters::default() };
            }
            "filterColumn" => self.in_column = self.range.is_some(),
            // What is left after filtering: values, a condition, a colour, the first ten.
            _ if self.in_column => self.is_active = true,
            _ => {}
        }
    }

    fn end(&mut self, name: &str, is_filtered: bool, sheet: &mut Sheet) {
        match name {
            "filterColumn" => self.in_column = false,
            "autoFilter" => {
                if let Some((from, to)) = self.range.take().filter(|_| self.is_active || is_filtered) {
                    sheet.filter_rows(from.row.saturating_add(1), to.row);
                }
            }
            _ => {}
        }
    }
}
