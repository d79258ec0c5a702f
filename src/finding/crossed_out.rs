//! Says of a sheet what on it is crossed out and was not read: a return's table, or what the office keeps.

use super::{Finding, Place, code};
use crate::grid::{CellRef, Grid};
use crate::text::{clean, cut};

/// Cells that are named in full; of more, that there are more.
const NAMED: usize = 12;

/// The finding, with the first of these cells and their texts; `None` if there are none.
pub fn crossed_out<'t>(mut cells: impl Iterator<Item = (CellRef, &'t str)>) -> Option<(Finding, CellRef)> {
    let (first, text) = cells.next()?;
    let mut names = vec![first.to_string()];
    names.extend(cells.by_ref().take(NAMED - 1).map(|(at, _)| at.to_string()));
    if cells.next().is_some() {
        names.push("…".to_owned());
    }
    let finding = Finding::new(code::CROSSED_OUT).with("cells", names.join(", ")).with("value", cut(&clean(text), 60));
    Some((finding, first))
}

/// What is crossed out on the sheets of a file that the office keeps: nobody else would miss a row of it.
pub fn crossed_out_of(file: &str, grids: &[Grid]) -> Vec<Finding> {
    let of = |grid: &Grid| {
        let (finding, cell) = crossed_out(grid.crossed_out())?;
        let place = Place { file: Some(file.into()), ..Place::default() }.at(&grid.name.as_str().into(), cell);
        Some(finding.weighing(super::Severity::Warning).at(place))
    };
    grids.iter().filter_map(of).collect()
}
