//! The CSV tables of a run, for other programs: columns and words are kept for ever. Sees the outcome and nothing else.

use std::io;
use std::path::Path;

use rayon::prelude::*;

use crate::outcome::Outcome;
use crate::writers::csv::Table;

mod diem;
mod gui_lai_truong;
mod loi;
mod minh_chung;
mod nop;
mod truong;

/// A column: its name for ever, and what it holds, in Vietnamese. One is only ever added at the end.
pub type Column = (&'static str, &'static str);

/// The last column of every table.
const UNIT: Column =
    ("ma_don_vi", "Mã đơn vị đã gửi kết quả của trường về cơ quan này; trống: trường của chính cơ quan.");

/// A table, as `docs/bang-csv.md` describes it.
pub struct File {
    /// Its name in the folder.
    pub name: &'static str,
    /// What a row is, in Vietnamese.
    pub row: &'static str,
    /// From the left.
    pub columns: &'static [Column],
    rows: fn(&Outcome, &mut Table) -> io::Result<()>,
}

/// The tables of every run.
pub const FILES: [File; 5] = [
    File {
        name: "truong.csv",
        row: "một trường trong danh sách x một bộ mà trường phải nộp",
        columns: &truong::COLUMNS,
        rows: truong::rows,
    },
    File {
        name: "diem.csv",
        row: "một trường có phiếu được tính (hoặc cơ quan, `ma_truong` trống) x một mục của bộ, theo thứ tự của bộ",
        columns: &diem::COLUMNS,
        rows: diem::rows,
    },
    File { name: "loi.csv", row: "một điều phát hiện", columns: &loi::COLUMNS, rows: loi::rows },
    File {
        name: "nop.csv",
        row: "một tệp trong `nop/`, một tệp bên trong .zip, một phiếu của tệp có nhiều phiếu",
        columns: &nop::COLUMNS,
        rows: nop::rows,
    },
    File {
        name: "gui-lai-truong.csv",
        row: "một trường và bộ mà cơ quan cần báo lại, để trộn thư; bảng duy nhất có e-mail, điện thoại",
        columns: &gui_lai_truong::COLUMNS,
        rows: gui_lai_truong::rows,
    },
];

/// The evidence that a frozen result hands on.
pub const EVIDENCE: File = File {
    name: "minh-chung.csv",
    row: "một minh chứng của mục được tính, trong kết quả đã chốt",
    columns: &minh_chung::COLUMNS,
    rows: minh_chung::rows,
};

impl File {
    fn write(&self, outcome: &Outcome, mut table: Table) -> io::Result<()> {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        table.head(&names)?;
        (self.rows)(outcome, &mut table)?;
        table.finish()
    }
}

/// Writes [`FILES`] into a folder.
pub fn write(outcome: &Outcome, dir: &Path) -> io::Result<()> {
    FILES.par_iter().try_for_each(|file| file.write(outcome, Table::create(&dir.join(file.name))?))
}

/// Writes the list of the counted returns' and the office's own evidence, [`EVIDENCE`], into a folder.
pub fn write_evidence(outcome: &Outcome, dir: &Path) -> io::Result<()> {
    EVIDENCE.write(outcome, Table::for_outsiders(&dir.join(EVIDENCE.name))?)
}
