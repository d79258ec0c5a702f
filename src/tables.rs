//! The CSV tables of a run, for other programs: columns and words are kept for ever. Sees the outcome and nothing else.

use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use serde_json::json;

use crate::outcome::Outcome;
use crate::writers::csv::Table;

mod diem;
mod gui_lai_truong;
mod loi;
mod minh_chung;
mod nop;
mod truong;

/// A column: its name for ever, of which kind its values are, and what it holds, in Vietnamese. One is only ever added at the
/// end.
pub type Column = (&'static str, Kind, &'static str);

/// Of which kind the values of a column are. Any may be blank: not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words and codes, whose leading zeros count.
    Text,
    /// A whole number.
    Whole,
    /// Points, with at most two decimals.
    Number,
    /// The office's local time: `2025-05-31T08:00:00`.
    Time,
    /// 1 is yes, 0 no.
    Flag,
}

/// The last column of every table.
const UNIT: Column =
    ("ma_don_vi", Kind::Text, "Mã đơn vị đã gửi kết quả của trường về cơ quan này; trống: trường của chính cơ quan.");

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
        let names: Vec<&str> = self.columns.iter().map(|(name, ..)| *name).collect();
        table.head(&names)?;
        (self.rows)(outcome, &mut table)?;
        table.finish()
    }
}

/// The file that describes the tables to other programs, as a Frictionless Data Package has it.
pub const DESCRIPTION: &str = "datapackage.json";

/// Writes [`FILES`] and [`DESCRIPTION`] into a folder.
pub fn write(outcome: &Outcome, dir: &Path) -> io::Result<()> {
    fs::write(dir.join(DESCRIPTION), describe())?;
    FILES.par_iter().try_for_each(|file| file.write(outcome, Table::create(&dir.join(file.name))?))
}

fn describe() -> String {
    let field = |(name, kind, about): &Column| {
        let mut field = json!({ "name": name, "type": kind.name(), "description": about });
        if *kind == Kind::Flag {
            (field["trueValues"], field["falseValues"]) = (json!(["1"]), json!(["0"]));
        }
        field
    };
    let table = |file: &File| {
        let fields: Vec<_> = file.columns.iter().map(field).collect();
        json!({
            "name": file.name.trim_end_matches(".csv"),
            "path": file.name,
            "profile": "tabular-data-resource",
            "description": format!("Mỗi dòng là {}.", file.row),
            "encoding": "utf-8",
            "schema": { "fields": fields, "missingValues": [""] },
        })
    };
    let tables: Vec<_> = FILES.iter().map(table).collect();
    let package = json!({ "name": "cds", "profile": "tabular-data-package", "resources": tables });
    format!("{package:#}\n")
}

impl Kind {
    /// What the description calls it.
    fn name(self) -> &'static str {
        match self {
            Kind::Text => "string",
            Kind::Whole => "integer",
            Kind::Number => "number",
            Kind::Time => "datetime",
            Kind::Flag => "boolean",
        }
    }
}

/// Writes the list of the counted returns' and the office's own evidence, [`EVIDENCE`], into a folder.
pub fn write_evidence(outcome: &Outcome, dir: &Path) -> io::Result<()> {
    EVIDENCE.write(outcome, Table::for_outsiders(&dir.join(EVIDENCE.name))?)
}
