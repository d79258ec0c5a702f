//! The roster of units (`danh-sach-don-vi.xlsx` or `.csv`) as a grid to the units that are expected.

use std::collections::HashMap;
use std::sync::Arc;

use super::plain_name;
use crate::finding::{Finding, Found, Place, code};
use crate::grid::{CellRef, Grid};
use crate::roster::{header_findings, plain_text};
use crate::table::{Header, find_header, words};
use crate::text;

/// A unit of the roster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// `ma_don_vi`; its name where it has none.
    pub code: String,
    /// `ten_don_vi`
    pub name: String,
    /// `cap_tren`: what it is under.
    pub above: String,
    /// `ma_cu`: codes that it bore before.
    pub former_codes: Vec<String>,
    /// `email`
    pub email: String,
    /// `dien_thoai`
    pub phone: String,
    /// `nguoi_lien_he`
    pub contact: String,
    /// Where its name stands.
    pub place: Place,
}

impl Listed {
    /// Whether a code is this unit's, now or before; leading zeros that a spreadsheet program took do not matter.
    pub fn has_code(&self, code: &str) -> bool {
        let bare = |code: &str| code.trim().trim_start_matches('0').to_uppercase();
        let mut own = std::iter::once(&self.code).chain(&self.former_codes);
        !bare(code).is_empty() && own.any(|known| bare(known) == bare(code))
    }
}

/// The sheet that holds the roster: the first visible one with its header, else the first one.
pub fn sheet_of(grids: &[Grid]) -> Option<&Grid> {
    let visible = grids.iter().filter(|grid| !grid.hidden);
    visible.clone().find(|grid| header_of(grid).is_some()).or(visible.clone().next()).or(grids.first())
}

fn header_of(grid: &Grid) -> Option<Header> {
    let has = |header: &Header| {
        let known = header.columns.iter().filter(|column| column.key.is_some()).count();
        header.column("ten_don_vi").is_some() && known > 1
    };
    find_header(grid, words().columns("units"), has)
}

/// Reads it; `file` is its name in the office folder. Of two rows for one unit the first counts.
pub fn read(grid: &Grid, file: &str) -> Found<Vec<Listed>> {
    let Some(header) = header_of(grid) else {
        return Found { value: Vec::new(), findings: vec![Finding::new(code::UNITS_NO_TABLE).at(Place::file(file))] };
    };
    let sheet: Arc<str> = grid.name.as_str().into();
    let mut findings = header_findings(&header, &grid.name, file);
    let mut units: Vec<Listed> = Vec::new();
    let mut first: HashMap<String, u32> = HashMap::new();
    for row in grid.rows().map(|(row, _)| row).filter(|row| *row > header.last_row) {
        let cell = |key: &str| header.column(key).map(|column| CellRef::new(row, column.col));
        let text = |key: &str| cell(key).and_then(|at| grid.get(at)).map(plain_text).unwrap_or_default();
        let (name, code) = (text::mended(&text("ten_don_vi")).into_owned(), text("ma_don_vi"));
        let place = cell("ten_don_vi").map(|at| Place::file(file).at(&sheet, at)).unwrap_or_default();
        if name.is_empty() {
            if !code.is_empty() && code.chars().any(|c| c.is_ascii_digit()) {
                findings.push(Finding::new(code::UNITS_NO_NAME).with("row", row + 1).at(place));
            }
            continue;
        }
        // A row of column numbers, a total or a signature names no unit.
        if name.len() <= 2 || words().totals.exact(&text::fold(&name)).is_some() {
            continue;
        }
        let code = if code.is_empty() { name.clone() } else { code };
        let keys = [format!("c {}", code.trim_start_matches('0').to_uppercase()), format!("n {}", plain_name(&name))];
        if let Some(known) = keys.iter().find_map(|key| first.get(key)) {
            let said = Finding::new(code::UNITS_TWICE).with("value", &name).with("first", known + 1);
            findings.push(said.with("row", row + 1).at(place));
            continue;
        }
        first.extend(keys.into_iter().map(|key| (key, row)));
        let former = text("ma_cu");
        let former_codes =
            former.split([',', ';', ' ', '\n']).filter(|code| !code.is_empty()).map(str::to_owned).collect();
        units.push(Listed {
            code,
            name,
            above: text("cap_tren"),
            former_codes,
            email: text("email"),
            phone: text("dien_thoai"),
            contact: text("nguoi_lien_he"),
            place,
        });
    }
    Found { value: units, findings }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;

    fn said(found: &Found<Vec<Listed>>) -> Vec<Code> {
        found.findings.iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn reads_units_below_a_title_and_tells_rows_that_cannot_serve() {
        let rows = [
            vec!["DANH SÁCH ĐƠN VỊ"],
            vec!["Mã đơn vị", "Tên đơn vị", "Cụm", "Mã cũ", "E-mail"],
            vec!["0271", "UBND xã Long An", "Cần Giuộc", "801; 802", "a@b.vn"],
            vec!["272", "UBND xã Long Hậu"],
            vec!["273", ""],
            vec!["271", "Xã Tân Kim"],
            vec!["", "Xã Long Hậu"],
            vec!["", "Phường Tân An"],
        ];
        let found = read(&Grid::from_rows("DS", rows), "danh-sach-don-vi.xlsx");
        assert_eq!(said(&found), [code::UNITS_NO_NAME, code::UNITS_TWICE, code::UNITS_TWICE]);
        let names: Vec<(&str, &str)> = found.value.iter().map(|u| (u.code.as_str(), u.name.as_str())).collect();
        let want = [("0271", "UBND xã Long An"), ("272", "UBND xã Long Hậu"), ("Phường Tân An", "Phường Tân An")];
        assert_eq!(names, want);
        let first = &found.value[0];
        assert_eq!((first.above.as_str(), first.former_codes.len()), ("Cần Giuộc", 2));
        assert!(first.has_code("271") && first.has_code("802") && !first.has_code(""));
    }

    #[test]
    fn a_list_without_a_header_is_told() {
        assert_eq!(said(&read(&Grid::from_rows("DS", [["a", "b"]]), "x.csv")), [code::UNITS_NO_TABLE]);
    }
}
