//! An office's own list of schools, in whatever shape, to the rows of a roster. What it does not say stays blank and is
//! named; nothing is guessed but the kind that stands in a school's name.

use std::sync::Arc;

use super::kinds::Kinds;
use super::rows::{code_of, phone_of, plain_text};
use crate::grid::{CellRef, Grid, Value};
use crate::rules::RuleBook;
use crate::settings::Mistake;
use crate::table::{Header, find_header, words};
use crate::text;

/// The columns of a roster in their order, as the template titles them.
pub const COLUMNS: [(&str, &str); 9] = [
    ("ma_truong", "Mã trường"),
    ("ten_truong", "Tên trường"),
    ("cap_hoc", "Cấp học"),
    ("don_vi_quan_ly", "Đơn vị quản lý"),
    ("email", "Email"),
    ("dien_thoai", "Điện thoại"),
    ("nguoi_lien_he", "Người liên hệ"),
    ("ma_cu", "Mã cũ"),
    ("tinh_trang", "Tình trạng"),
];

/// How units that manage schools begin, folded; a row or a sheet of that name holds for the schools under it.
const UNITS: [&str; 6] = ["xa ", "phuong ", "thi tran ", "dac khu ", "quan ", "huyen "];

/// What a list came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// Each school's cells, in the order of [`COLUMNS`].
    pub rows: Vec<[String; COLUMNS.len()]>,
    /// What each column was taken for: its title in the list, that in the roster.
    pub taken: Vec<(String, &'static str)>,
    /// Titles of columns that a roster has no place for.
    pub unused: Vec<String>,
    /// How many kinds were taken from the school's name, from a heading or from the sheet's name.
    pub kinds_inferred: usize,
    /// What could not be placed.
    pub open: Vec<Open>,
}

/// A row of the list that is not whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The sheet.
    pub sheet: Arc<str>,
    /// From 1, as a spreadsheet program shows it.
    pub row: u32,
    /// What stands there: the school's name, or all of the row.
    pub text: String,
    /// Titles of the roster's columns that are blank; empty for a row that is no school and was left out.
    pub missing: Vec<&'static str>,
}

/// Reads every visible sheet that has a header with the names of schools.
///
/// # Errors
/// When no sheet has one, or no school is under it.
pub fn read_list(grids: &[Grid], file: &str, book: &RuleBook) -> Result<Listed, Vec<Mistake>> {
    let mut listed = Listed::default();
    let kinds = Kinds::of(book);
    for grid in grids.iter().filter(|grid| !grid.hidden) {
        let Some(header) = find_header(grid, words().columns("roster"), names_schools) else { continue };
        listed.take_columns(&header);
        let mut sheet = Sheet {
            grid,
            name: grid.name.as_str().into(),
            header: &header,
            kinds: &kinds,
            kind: kinds.read(&grid.name).kinds.into_iter().map(|kind| kind.0).next(),
            unit: unit(&grid.name).unwrap_or_default(),
        };
        let rows = grid.rows().map(|(row, _)| row).filter(|row| *row > header.last_row);
        rows.for_each(|row| sheet.read_row(row, &mut listed));
    }
    if listed.rows.is_empty() {
        return Err(vec![Mistake::whole(
            file,
            "không thấy danh sách trường; cần dòng tiêu đề có cột “Tên trường” và cột khác như “Mã trường”, “Cấp học”, “Xã”",
            "no list of schools; a header row with “Tên trường” and another column as “Mã trường”, “Cấp học”, “Xã” is needed",
        )]);
    }
    Ok(listed)
}

/// A header that has the names of schools, and one more column that we know.
fn names_schools(header: &Header) -> bool {
    let known = COLUMNS.iter().filter(|(key, _)| header.column(key).is_some()).count();
    header.column("ten_truong").is_some() && known >= 2
}

/// The text, if it is the name of a unit: "Xã An Bình", "II. Phường Tân An".
fn unit(text: &str) -> Option<String> {
    let name = without_number(text);
    let folded = text::fold(name);
    UNITS.iter().any(|start| folded.starts_with(start)).then(|| text::clean(name))
}

/// A heading without the number before it: "II. ", "3) ", "a. ".
fn without_number(text: &str) -> &str {
    let Some((number, rest)) = text.trim().split_once(['.', ')', '-', '/']) else { return text };
    let is_number = number.len() <= 4 && number.trim().chars().all(|c| c.is_ascii_digit() || "IVXabcdABCD".contains(c));
    if is_number && !rest.trim().is_empty() { rest.trim() } else { text }
}

impl Listed {
    fn take_columns(&mut self, header: &Header) {
        for column in &header.columns {
            let title = text::clean(&column.text);
            let key = column.key.as_ref().map(|(key, _)| key.as_str());
            let used = key.is_some_and(|key| header.column(key).is_some_and(|used| used.col == column.col));
            match COLUMNS.iter().find(|(known, _)| used && Some(*known) == key) {
                Some((_, known)) if !self.taken.iter().any(|(from, _)| *from == title) => {
                    self.taken.push((title, known));
                }
                None if !self.unused.contains(&title) => self.unused.push(title),
                _ => {}
            }
        }
    }
}

/// One sheet of the list, and what its headings so far say of the rows below them.
struct Sheet<'a> {
    grid: &'a Grid,
    name: Arc<str>,
    header: &'a Header,
    kinds: &'a Kinds<'a>,
    kind: Option<String>,
    unit: String,
}

impl Sheet<'_> {
    fn value(&self, row: u32, key: &str) -> Option<&Value> {
        let at = CellRef::new(row, self.header.column(key)?.col);
        let covers = |(top, end): &&(CellRef, CellRef)| top.col == at.col && top.row <= at.row && at.row <= end.row;
        let merged =
            || self.grid.merges.iter().find(covers).map(|(top, _)| *top).filter(|top| top.row > self.header.last_row);
        self.grid.get(at).or_else(|| self.grid.get(merged()?))
    }

    fn text(&self, row: u32, key: &str) -> String {
        self.value(row, key).map(plain_text).map(|text| text::mended(&text).into_owned()).unwrap_or_default()
    }

    fn read_row(&mut self, row: u32, listed: &mut Listed) {
        if self.is_heading(row) {
            return;
        }
        let name = self.text(row, "ten_truong");
        let code = self.value(row, "ma_truong").and_then(|value| code_of(value).ok()).map(|code| code.0);
        let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || "()".contains(c));
        // A row of totals or of column numbers; a school without its name is named below.
        if is_number(&name) && (code.is_none() || !name.is_empty()) {
            return;
        }
        let written = self.kinds.read(&self.text(row, "cap_hoc"));
        let written: Vec<String> = written.kinds.into_iter().map(|kind| kind.0).collect();
        let inferred = || self.kinds.of_name(&name).map(|kind| kind.0.clone()).or_else(|| self.kind.clone());
        let kind = if written.is_empty() { inferred() } else { Some(written.join(", ")) };
        let open = |text: String, missing| Open { sheet: self.name.clone(), row: row + 1, text, missing };
        // A total, a signature or a remark: nothing says that it is a school.
        if code.is_none() && (kind.is_none() || words().totals.exact(&text::fold(&name)).is_some()) {
            listed.open.push(open(self.whole(row), Vec::new()));
            return;
        }
        if written.is_empty() && kind.is_some() {
            listed.kinds_inferred += 1;
        }
        let unit = Some(self.text(row, "don_vi_quan_ly")).filter(|unit| !unit.is_empty());
        let cells = COLUMNS.map(|(key, _)| match key {
            "ma_truong" => code.clone().unwrap_or_default(),
            "ten_truong" => name.clone(),
            "cap_hoc" => kind.clone().unwrap_or_default(),
            "don_vi_quan_ly" => unit.clone().unwrap_or_else(|| self.unit.clone()),
            "dien_thoai" => self.value(row, key).map(phone_of).unwrap_or_default(),
            key => self.text(row, key),
        });
        let blank = |at: usize| cells[at].is_empty().then_some(COLUMNS[at].1);
        let missing: Vec<&'static str> = (0..4).filter_map(blank).collect();
        if !missing.is_empty() {
            listed.open.push(open(name, missing));
        }
        listed.rows.push(cells);
    }

    /// A row with one text that names a kind or a unit: it holds for the rows below.
    fn is_heading(&mut self, row: u32) -> bool {
        let texts: Vec<String> = self.grid.row(row).iter().map(|(_, value)| plain_text(value)).collect();
        let words: Vec<&String> =
            texts.iter().filter(|text| text.chars().filter(|c| c.is_alphabetic()).count() > 3).collect();
        let [heading] = words[..] else { return false };
        if texts.len() > 2 || !self.text(row, "ma_truong").is_empty() && texts.len() > 1 {
            return false;
        }
        if let Some(unit) = unit(heading) {
            self.unit = unit;
            return true;
        }
        // "Trường Mầm non Ban Mai" is a school, "Mầm non" and "I. Bậc mầm non" are headings.
        let name = without_number(heading);
        let name = ["Bậc", "Cấp", "Khối", "Các trường"].iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name);
        let kind = self.kinds.read(name).kinds.into_iter().map(|kind| kind.0).next();
        let is_kind = kind.is_some();
        if is_kind {
            self.kind = kind;
        }
        is_kind
    }

    /// All that stands in a row.
    fn whole(&self, row: u32) -> String {
        let texts = self.grid.row(row).iter().map(|(_, value)| plain_text(value)).filter(|text| !text.is_empty());
        texts.collect::<Vec<_>>().join(" | ")
    }
}

#[cfg(test)]
mod tests {
    use super::super::kinds::tests::book;
    use super::*;

    fn listed(rows: &[&[&str]]) -> Listed {
        read_list(&[Grid::from_rows("DS", rows)], "x.xlsx", &book()).unwrap()
    }

    fn short(listed: &Listed) -> Vec<String> {
        listed.rows.iter().map(|cells| cells[..4].join(" / ")).collect()
    }

    #[test]
    fn a_list_grouped_by_unit_whose_kinds_stand_in_the_names() {
        let listed = listed(&[
            &["UBND TỈNH", "", "", ""],
            &["DANH SÁCH CÁC TRƯỜNG", "", "", ""],
            &["STT", "Mã CSGD", "Tên đơn vị", "Hiệu trưởng", "Số lớp"],
            &["(1)", "(2)", "(3)", "(4)", "(5)"],
            &["", "I. Xã An Bình"],
            &["1", "80100001", "Trường Tiểu học và Trung học cơ sở Hoa Sen", "Cô Lan", "12"],
            &["2", "80100002", "Trường MN Ban Mai", "", "8"],
            &["", "II. Phường Tân An"],
            &["1", "", "Trường Mầm non Hoa Mai", "", "8"],
            &["2", "80100004", "Trường Chuyên biệt", "", "8"],
            &["", "", "Tổng cộng", "", "36"],
            &["", "", "Người lập biểu"],
        ]);
        assert_eq!(
            short(&listed),
            [
                "80100001 / Trường Tiểu học và Trung học cơ sở Hoa Sen / TH&THCS / Xã An Bình",
                "80100002 / Trường MN Ban Mai / MN / Xã An Bình",
                " / Trường Mầm non Hoa Mai / MN / Phường Tân An",
                "80100004 / Trường Chuyên biệt /  / Phường Tân An",
            ]
        );
        assert_eq!(listed.rows[0][6], "Cô Lan");
        assert_eq!(listed.kinds_inferred, 3);
        let taken: Vec<&str> = listed.taken.iter().map(|(title, _)| title.as_str()).collect();
        assert_eq!(taken, ["Mã CSGD", "Tên đơn vị", "Hiệu trưởng"]);
        assert_eq!(listed.unused, ["STT", "Số lớp"]);
        let open: Vec<_> = listed.open.iter().map(|open| (open.row, open.text.as_str(), &open.missing[..])).collect();
        assert_eq!(
            open,
            [
                (9, "Trường Mầm non Hoa Mai", &["Mã trường"][..]),
                (10, "Trường Chuyên biệt", &["Cấp học"]),
                (11, "Tổng cộng | 36", &[]),
                (12, "Người lập biểu", &[]),
            ]
        );
    }

    #[test]
    fn a_kind_may_be_the_name_of_the_sheet_or_a_heading() {
        let rows = [["Tên trường", "Mã trường", "Xã"], ["Hoa Mai", "801", "Xã A"]];
        let other = [["Tên trường", "Mã trường", "Xã"], ["B. Khối Tiểu học", "", ""], ["Hoa Sen", "802", "Xã A"]];
        let grids =
            [Grid::from_rows("Mầm non", rows), Grid::from_rows("Khác", other), Grid::from_rows("Ghi chú", [["x"]])];
        let listed = read_list(&grids, "x.xlsx", &book()).unwrap();
        assert_eq!(short(&listed), ["801 / Hoa Mai / MN / Xã A", "802 / Hoa Sen / TH / Xã A"]);
        assert!(listed.open.is_empty(), "{listed:?}");
    }

    #[test]
    fn a_telephone_of_somebody_is_a_telephone_and_a_school_without_a_name_is_told() {
        let listed = listed(&[
            &["Mã định danh", "Tên đơn vị", "Cấp", "SĐT hiệu trưởng", "Thuộc xã/phường"],
            &["801", "Hoa Mai", "MN", "0912345671", "Xã A"],
            &["802", "", "TH", "", "Xã A"],
            &["", "", "", "", ""],
        ]);
        assert_eq!((listed.rows[0][5].as_str(), listed.rows[0][6].as_str()), ("0912345671", ""));
        assert_eq!(listed.open.iter().map(|open| &open.missing[..]).collect::<Vec<_>>(), [&["Tên trường"][..]]);
    }

    #[test]
    fn what_is_no_list_is_refused() {
        let refused = |rows: &[&[&str]]| read_list(&[Grid::from_rows("DS", rows)], "x.xlsx", &book()).unwrap_err();
        assert!(refused(&[&["Trường A"], &["Trường B"]])[0].vi.contains("không thấy danh sách trường"));
        assert!(refused(&[&["Mã trường", "Tên trường"]])[0].vi.contains("không thấy danh sách trường"));
    }
}
