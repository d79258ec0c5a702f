//! The roster (`danh-sach-truong.xlsx` or `.csv`) as a grid to the schools that must return. Opens no file.

mod kinds;
mod list;
mod rows;

use crate::finding::Found;
use crate::grid::Grid;
use crate::rules::RuleBook;
use crate::school::School;
use crate::settings::Mistake;
use crate::table::{Header, find_header, words};

pub use kinds::{KindCell, Kinds, shorten_kind_words};
pub use list::{COLUMNS, Listed, Open, read_list};
pub(crate) use rows::{header_findings, plain_text};

/// The file's name in the office folder, without its extension.
pub const STEM: &str = "danh-sach-truong";

/// The columns that a roster must have, with the title to give them.
const NEEDED: [(&str, &str); 4] = [
    ("ma_truong", "Mã trường"),
    ("ten_truong", "Tên trường"),
    ("cap_hoc", "Cấp học"),
    ("don_vi_quan_ly", "Đơn vị quản lý"),
];

/// The sheet of a workbook that holds the roster: the first visible one with its header, else the first one.
pub fn sheet_of(grids: &[Grid]) -> Option<&Grid> {
    let visible = grids.iter().filter(|grid| !grid.hidden);
    visible.clone().find(|grid| header_of(grid, NEEDED.len()).is_some()).or(visible.clone().next()).or(grids.first())
}

/// Reads the roster; `file` is its name in the office folder. Schools are in the order of the rows; closed ones are
/// among them ([`School::is_open`]). Of two rows with one code the first counts.
///
/// # Errors
/// When it cannot serve at all: no header, a column missing, no school, or more rows than could be read.
pub fn read(grid: &Grid, file: &str, book: &RuleBook) -> Result<Found<Vec<School>>, Vec<Mistake>> {
    let Some(header) = header_of(grid, NEEDED.len()) else { return Err(vec![no_header(grid, file)]) };
    if grid.truncated {
        return Err(vec![Mistake::whole(
            file,
            "danh sách quá lớn, chưa đọc hết; xóa các dòng, cột và trang tính thừa rồi lưu lại",
            "too large, not read to its end; remove superfluous rows, columns and sheets, save again",
        )]);
    }
    let found = rows::read(grid, file, &header, book);
    if found.value.is_empty() {
        let mut mistake = Mistake::whole(
            file,
            "danh sách chưa có trường nào; ghi mỗi trường một dòng dưới dòng tiêu đề",
            "lists no school; enter each school on a row below the header",
        );
        mistake.line = header.last_row + 1;
        return Err(vec![mistake]);
    }
    Ok(found)
}

/// The topmost header with at least so many of the needed columns.
fn header_of(grid: &Grid, least: usize) -> Option<Header> {
    let has = |header: &Header| NEEDED.iter().filter(|(key, _)| header.column(key).is_some()).count();
    find_header(grid, words().columns("roster"), |header| has(header) >= least)
}

/// Why there is no header: which columns are missing of the one that comes nearest.
fn no_header(grid: &Grid, file: &str) -> Mistake {
    let near = (2..NEEDED.len()).rev().find_map(|least| header_of(grid, least));
    let missing = |(key, _): &&(&str, &str)| near.as_ref().is_none_or(|header| header.column(key).is_none());
    let titles: Vec<String> = NEEDED.iter().filter(missing).map(|(key, title)| format!("{key} (“{title}”)")).collect();
    let titles = titles.join(", ");
    let mut mistake = match &near {
        Some(_) => Mistake::whole(
            file,
            format!("dòng tiêu đề thiếu cột: {titles}; thêm cột rồi lưu lại"),
            format!("the header row lacks: {titles}; add what is missing and save"),
        ),
        None => Mistake::whole(
            file,
            format!("không thấy dòng tiêu đề của danh sách; cần các cột: {titles}"),
            format!("no header row; these columns are needed: {titles}"),
        ),
    };
    mistake.line = near.map_or(0, |header| header.last_row + 1);
    mistake
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Code, Lang, code};
    use crate::grid::{CellRef, Value};

    const HEADER: [&str; 5] = ["ma_truong", "ten_truong", "cap_hoc", "don_vi_quan_ly", "tinh_trang"];

    fn grid(rows: &[[&str; 5]]) -> Grid {
        Grid::from_rows("DS", std::iter::once(&HEADER).chain(rows))
    }

    fn read_it(grid: &Grid) -> Found<Vec<School>> {
        read(grid, "danh-sach-truong.xlsx", &kinds::tests::book()).unwrap()
    }

    /// Codes of findings with their cells.
    fn said(found: &Found<Vec<School>>) -> Vec<(Code, String)> {
        found.findings.iter().map(|f| (f.code, f.place.cell.map(|at| at.to_string()).unwrap_or_default())).collect()
    }

    fn codes(found: &Found<Vec<School>>) -> Vec<&str> {
        found.value.iter().map(|school| school.code.0.as_str()).collect()
    }

    #[test]
    fn reads_a_roster_below_its_title_with_codes_typed_as_numbers() {
        let rows = [
            vec!["DANH SÁCH TRƯỜNG"],
            vec![""],
            vec!["STT", "Mã trường", "Tên trường", "Cấp học", "Đơn vị quản lý", "Email", "Mã cũ", "Điện thoại"],
            vec!["(1)", "(2)", "(3)", "(4)", "(5)"],
            vec!["1", "", " Trường TH  Hoa Sen", "Tiểu học", "Xã A", "a@b.vn", "0801; 0802"],
            vec![""],
            vec!["2", "'0100012", "MN Ban Mai", "MN, TH", "Xã B"],
            vec!["", "Tổng cộng", "", "", ""],
            vec!["", "", "Người lập", "", ""],
        ];
        let plain = Grid::from_rows("DS", rows);
        let phone = (CellRef::new(4, 7), Value::Number(912_345_678.0));
        let typed = [(CellRef::new(4, 1), Value::Number(80_100_001.0)), phone];
        let grid = Grid::new("DS", plain.cells().iter().cloned().chain(typed).collect());
        let found = read_it(&grid);
        assert_eq!(said(&found), []);
        assert_eq!(codes(&found), ["80100001", "0100012"]);
        let school = &found.value[0];
        assert_eq!((school.name.as_str(), school.unit.as_str(), school.row), ("Trường TH Hoa Sen", "Xã A", 5));
        assert_eq!((school.email.as_str(), school.phone.as_str()), ("a@b.vn", "0912345678"));
        assert_eq!(school.former_codes.iter().map(|code| code.0.as_str()).collect::<Vec<_>>(), ["0801", "0802"]);
        assert_eq!(found.value[1].kinds.len(), 2);
    }

    #[test]
    fn two_rows_with_one_code_are_told_and_the_first_counts() {
        let found = read_it(&grid(&[
            ["801", "TH A", "TH", "X", ""],
            ["802", "TH B", "TH", "X", ""],
            ["801", "TH C", "TH", "X", ""],
            ["0802", "TH D", "TH", "X", ""],
        ]));
        assert_eq!(codes(&found), ["801", "802", "0802"]);
        let want = [(code::ROSTER_CODE_TWICE, "A4".to_owned()), (code::ROSTER_CODES_ALIKE, "A5".to_owned())];
        assert_eq!(said(&found), want);
        let message = found.findings[0].message(Lang::Vi);
        assert_eq!(message, "Mã 801 có ở dòng 2 và 4 của danh sách; đang lấy dòng 2.");
    }

    #[test]
    fn what_is_missing_in_a_row_is_told_at_its_cell() {
        let found = read_it(&grid(&[
            ["", "TH A", "TH", "X", ""],
            ["802", "", "TH", "X", ""],
            ["803", "TH C", "", "X", ""],
            ["804", "TH D", "Đại học", "X", ""],
            ["805", "TH E", "TH", "", ""],
            ["8,01E+07", "TH F", "TH", "X", ""],
            ["807", "TH G", "TH", "", ""],
        ]));
        let want = [
            (code::ROSTER_NO_CODE, "A2"),
            (code::ROSTER_NO_NAME, "B3"),
            (code::ROSTER_NO_KIND, "C4"),
            (code::ROSTER_KIND_UNKNOWN, "C5"),
            (code::ROSTER_CODE_UNREADABLE, "A7"),
            (code::ROSTER_NO_UNIT, "D6"),
        ];
        assert_eq!(said(&found), want.map(|(code, cell)| (code, cell.to_owned())));
        assert_eq!(codes(&found), ["802", "803", "804", "805", "807"]);
        assert!(found.value[1].kinds.is_empty() && found.value[2].kinds.is_empty());
        assert_eq!(found.findings[5].values["rows"], "6, 8");
    }

    #[test]
    fn a_closed_school_is_kept_and_owes_nothing() {
        let found = read_it(&grid(&[
            ["801", "TH A", "TH", "X", "Đang hoạt động"],
            ["802", "TH B", "TH", "X", "Sáp nhập vào TH A từ 01/7/2025"],
            ["803", "TH C", "", "X", "Giải thể"],
            ["804", "TH D", "TH", "X", "đang xem xét"],
        ]));
        let open: Vec<bool> = found.value.iter().map(School::is_open).collect();
        assert_eq!(open, [true, false, false, true]);
        let want = [(code::ROSTER_CLOSED, "E3"), (code::ROSTER_CLOSED, "E4"), (code::ROSTER_STATE_UNKNOWN, "E5")];
        assert_eq!(said(&found), want.map(|(code, cell)| (code, cell.to_owned())));
    }

    #[test]
    fn rows_that_part_the_roster_into_blocks_are_skipped_with_a_note() {
        let rows = [
            ["STT", "Mã trường", "Tên trường", "Cấp học", "Xã/Thị trấn"],
            ["I", "", "KHỐI MẦM NON", "", ""],
            ["1", "801", "MN Ban Mai", "Mầm non", "Xã A"],
            ["", "KHỐI GDNN-GDTX", "", "", ""],
            ["2", "802", "TT GDNN-GDTX Cần Giuộc", "GDNN-GDTX", "Thị trấn B"],
            ["3", "", "Khối gì đó mà có cấp", "TH", ""],
        ];
        let found = read_it(&Grid::from_rows("DS", rows));
        assert_eq!(codes(&found), ["801", "802"]);
        let said = said(&found);
        assert!(said.contains(&(code::ROSTER_BLOCK_ROWS, "B2".to_owned())), "{said:?}");
        assert!(said.iter().any(|(kind, _)| *kind == code::ROSTER_NO_CODE), "{said:?}");
        let note = found.findings.iter().find(|finding| finding.code == code::ROSTER_BLOCK_ROWS).unwrap();
        assert_eq!((note.values["count"].as_str(), note.values["rows"].as_str()), ("2", "2, 4"));
        assert_eq!(found.value[1].unit, "Thị trấn B");
    }

    #[test]
    fn a_unit_that_is_merged_over_many_rows_holds_for_each() {
        let mut grid =
            grid(&[["801", "TH A", "TH", "Xã A", ""], ["802", "TH B", "TH", "", ""], ["803", "TH C", "TH", "", ""]]);
        grid.merges.push((CellRef::new(1, 3), CellRef::new(2, 3)));
        let found = read_it(&grid);
        let units: Vec<&str> = found.value.iter().map(|school| school.unit.as_str()).collect();
        assert_eq!(units, ["Xã A", "Xã A", ""]);
    }

    #[test]
    fn columns_that_mean_the_same_or_are_guessed_are_told() {
        let rows =
            [["Mã trường", "Mã đơn vị", "Tên trường học (đầy đủ)", "Cấp học", "Xã"], ["801", "9", "TH A", "TH", "X"]];
        let found = read_it(&Grid::from_rows("DS", rows));
        let want = [(code::COLUMN_TWICE, "B1".to_owned()), (code::COLUMN_BY_LIKENESS, "C1".to_owned())];
        assert_eq!(said(&found), want);
        assert_eq!(codes(&found), ["801"]);
    }

    #[test]
    fn a_roster_that_cannot_serve_says_why() {
        let wrong = |rows: &[Vec<&str>]| {
            let grid = Grid::from_rows("DS", rows);
            read(&grid, "danh-sach-truong.csv", &kinds::tests::book()).unwrap_err()[0].display(Lang::En)
        };
        let missing = wrong(&[vec!["Danh sách"], vec!["Mã trường", "Tên trường", "Xã"], vec!["801", "TH A", "X"]]);
        assert_eq!(
            missing,
            "danh-sach-truong.csv:2: error: the header row lacks: cap_hoc (“Cấp học”); add what is missing and save"
        );
        assert!(wrong(&[vec!["801", "TH A"]]).contains("no header row"));
        assert!(wrong(&[HEADER.to_vec()]).contains("lists no school"));
        let mut cut = grid(&[["801", "TH A", "TH", "X", ""]]);
        cut.truncated = true;
        assert!(read(&cut, "danh-sach-truong.xlsx", &kinds::tests::book()).unwrap_err()[0].en.contains("too large"));
    }

    #[test]
    fn the_sheet_with_the_header_is_taken() {
        let other = Grid::from_rows("Ghi chú", [["Danh sách"]]);
        let grids = [other.clone(), grid(&[])];
        assert_eq!(sheet_of(&grids).map(|grid| grid.name.as_str()), Some("DS"));
        assert_eq!(sheet_of(&[other]).map(|grid| grid.name.as_str()), Some("Ghi chú"));
        assert!(sheet_of(&[]).is_none());
    }
}
