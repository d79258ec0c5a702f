//! Sheets whose text is in an encoding before Unicode, made readable before anything is looked for in them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::finding::{Finding, Place, code};
use crate::grid::{CellRef, Grid, Value};
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
    let cells = grid.cells().iter().map(|(at, value)| match (value, sure.get(at).copied().or(whole)) {
        (Value::Text(text), Some(encoding)) if has_high_latin(text) => (*at, Value::Text(encoding.decode(text))),
        _ => (*at, value.clone()),
    });
    let sheet: Arc<str> = grid.name.as_str().into();
    notes.push(Finding::new(code::LEGACY_TEXT).with("value", encoding.name()).at(Place::default().at(&sheet, first)));
    Some(grid.with_cells(cells.collect()))
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
}
