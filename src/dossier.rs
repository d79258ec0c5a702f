//! `danh-muc-minh-chung.xlsx`: the numbered list of the dossier of evidence, by criterion, with links to the files. It goes
//! with the report, so every text comes into it through the mask.

use std::path::Path;

use crate::folder::EVIDENCE;
use crate::outcome::{Outcome, Proof};
use crate::text::Masked;
use crate::views::dossier::{Line, lines};
use crate::writers::xlsx::{Cell, Columns, Document, Plain, WorkbookError, encoded};

const SHEET: &str = "Danh mục minh chứng";
/// The row of the header, below the title and one remark.
const HEAD: u32 = 2;

/// Where the list lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lies {
    /// In a run, two folders below the office folder.
    InRun,
    /// Among the files, in what is handed over.
    AmongFiles,
}

/// Writes the list; nothing where the office keeps no dossier.
///
/// # Errors
/// [`WorkbookError`]: what could not be written.
pub fn write(outcome: &Outcome, lies: Lies, path: &Path) -> Result<(), WorkbookError> {
    if outcome.dossier.is_none() {
        return Ok(());
    }
    let look = Plain::default();
    let lines: Vec<Line> = lines(outcome);
    let columns = Columns::of(&lines)
        .with("TT", 6.0, |_, at| look.mid((at - HEAD - 1).to_string()))
        .with("Mã", 9.0, |line, _| look.mid(line.code.map_or_else(|| "–".to_owned(), |code| code.to_string())))
        .with("Nội dung", 44.0, |line, _| look.text(line.code.map_or("Chưa thuộc mục nào", |_| line.title)))
        .with("Minh chứng ghi trong phiếu", 36.0, |line, _| look.text(line.written))
        .with("Tệp", 40.0, |line, _| match line.proof {
            Some(proof) => (link(proof, lies), &look.link),
            None => look.text("(chưa có tệp)"),
        })
        .with("Kích thước (byte)", 14.0, |line, _| {
            (line.proof.map_or(Cell::Blank, |proof| Cell::Number(proof.size as f64)), &look.count)
        })
        .with("Ngày sửa", 12.0, |line, _| {
            let modified = line.proof.and_then(|proof| proof.modified);
            (Cell::day(modified.map(|time| time.date())), &look.day)
        })
        .with("SHA-256", 36.0, |line, _| look.text(line.proof.map_or("", |proof| &proof.sha256)));
    let document = Document {
        title: &format!("{SHEET}, năm học {}", outcome.office.year),
        subject: "Hồ sơ minh chứng của cơ quan",
        office: &outcome.office.name,
        comment: &format!("{}; lần chạy {}", outcome.program, outcome.run),
        created: outcome.at,
    };
    let about = format!("{}; lần chạy {}.", outcome.office.name, outcome.run);
    Ok(look.workbook(&document, SHEET, &[&about], &columns, &lines)?.save(path)?)
}

/// A file by its name within the dossier; no link where the mask hides a part of the name.
fn link(proof: &Proof, lies: Lies) -> Cell<'_> {
    let within = proof.file.strip_prefix(EVIDENCE).unwrap_or(&proof.file).trim_start_matches('/');
    let (up, file) = match lies {
        Lies::InRun => ("../../", &*proof.file),
        Lies::AmongFiles => ("", within),
    };
    let target = encoded(file).filter(|_| !Masked::of(within).is_changed());
    Cell::Link(target.map(|path| format!("file:///{up}{path}")).unwrap_or_default(), within.into())
}
