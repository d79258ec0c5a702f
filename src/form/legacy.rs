//! Sheets whose text is in an encoding before Unicode, made readable before anything is looked for in them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::finding::{Finding, Place, code};
use crate::grid::{CellRef, Fact, Grid, Value};
use crate::text::legacy::{Legacy, has_high_latin, is_modern, recognise};

/// The grids in Unicode, with a note for each sheet that was not; `None` if all were.
pub fn to_unicode(grids: &[Grid]) -> Option<(Vec<Grid>, Vec<Finding>)> {
    let mut notes = Vec::new();
    let converted: Vec<Option<Grid>> = grids.iter().map(|grid| convert(grid, &mut notes)).collect();
    if notes.is_empty() {
        return None;
    }
    Some((converted.into_iter().zip(grids).map(|(new, old)| new.unwrap_or_else(|| old.clone())).collect(), notes))
}

fn texts(grid: &Grid) -> impl Iterator<Item = (CellRef, &str)> {
    grid.cells().iter().filter_map(|(at, value)| match value {
        Value::Text(text) => Some((*at, text.as_str())),
        _ => None,
    })
}

fn convert(grid: &Grid, notes: &mut Vec<Finding>) -> Option<Grid> {
    let sure: BTreeMap<CellRef, Legacy> = texts(grid).filter_map(|(at, text)| Some((at, recognise(text)?))).collect();
    let (first, encoding) = sure.iter().next().map(|(at, encoding)| (*at, *encoding))?;
    // "Cã" is "Có" on a sheet that is all in TCVN3; beside Unicode text it stays what it is.
    let modern = grid.cells().iter().any(|(_, value)| matches!(value, Value::Text(text) if is_modern(text)));
    let whole = (!modern && sure.values().all(|other| *other == encoding)).then_some(encoding);
    let of_cell = |at: CellRef| sure.get(&at).copied().or(whole);
    let cells = grid.cells().iter().map(|(at, value)| match (value, of_cell(*at)) {
        (Value::Text(text), Some(encoding)) if has_high_latin(text) => (*at, Value::Text(encoding.decode(text))),
        _ => (*at, value.clone()),
    });
    let facts = grid.facts().iter().map(|(at, fact)| (*at, in_unicode(fact, of_cell(*at)))).collect();
    let sheet: Arc<str> = grid.name.as_str().into();
    notes.push(Finding::new(code::LEGACY_TEXT).with("value", encoding.name()).at(Place::default().at(&sheet, first)));
    Some(grid.with_cells(cells.collect()).with_facts(facts))
}

/// What is to be seen at a cell, in the encoding that its words are surely in, else that of the cell.
fn in_unicode(fact: &Fact, of_cell: Option<Legacy>) -> Fact {
    let unicode = |text: &String| match recognise(text).or(of_cell) {
        Some(encoding) if has_high_latin(text) => encoding.decode(text),
        _ => text.clone(),
    };
    match fact {
        Fact::Raised { level, without } => Fact::Raised { level: unicode(level), without: unicode(without) },
        Fact::CrossedOut { out, whole } => Fact::CrossedOut { out: unicode(out), whole: unicode(whole) },
        Fact::Shown(text) => Fact::Shown(unicode(text)),
        Fact::Link(_) => fact.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_could_be_either_follows_its_sheet() {
        let old = Grid::from_rows("S", [["§iÓm tù ®¸nh gi¸", "Cã"]]);
        let (new, notes) = to_unicode(&[old]).unwrap();
        assert_eq!(new[0].get(CellRef::new(0, 1)), Some(&Value::Text("Có".to_owned())));
        assert_eq!(notes[0].values["value"], "TCVN3");
        let mixed = Grid::from_rows("S", [["§iÓm tù ®¸nh gi¸", "Cã", "Điểm"]]);
        let (new, _) = to_unicode(&[mixed]).unwrap();
        assert_eq!(new[0].get(CellRef::new(0, 1)), Some(&Value::Text("Cã".to_owned())));
        assert!(to_unicode(&[Grid::from_rows("S", [["Trường", "Cã"]])]).is_none());
    }

    #[test]
    fn what_is_seen_is_converted_with_the_cells() {
        let facts = [
            Fact::Shown("7,5 ®iÓm".to_owned()),
            Fact::CrossedOut { out: "KÕ ho¹ch sè 12".to_owned(), whole: "KÕ ho¹ch sè 12 vµ 13".to_owned() },
            Fact::Link("C:\\Hå s¬.pdf".to_owned()),
        ];
        let facts: Vec<(CellRef, Fact)> = (2..).zip(facts).map(|(row, fact)| (CellRef::new(row, 0), fact)).collect();
        let old = Grid::from_rows("S", [["§iÓm tù ®¸nh gi¸", "Cã"]]).with_facts(facts.clone());
        let (new, _) = to_unicode(&[old]).unwrap();
        let seen: Vec<&Fact> = new[0].facts().iter().map(|(_, fact)| fact).collect();
        assert_eq!(*seen[0], Fact::Shown("7,5 điểm".to_owned()));
        let whole = "Kế hoạch số 12 và 13".to_owned();
        assert_eq!(*seen[1], Fact::CrossedOut { out: "Kế hoạch số 12".to_owned(), whole });
        assert_eq!(*seen[2], facts[2].1);
    }
}
