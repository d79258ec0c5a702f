//! `danh-muc-minh-chung.xlsx`: the numbered list of the dossier of evidence, by criterion, with links to the files. It goes
//! with the report, so every text comes into it through the mask.

use std::path::Path;

use rust_xlsxwriter::{Color, Format, FormatAlign};

use crate::folder::EVIDENCE;
use crate::grid::CellRef;
use crate::outcome::{Outcome, Proof};
use crate::text::Masked;
use crate::views::dossier::{Line, lines};
use crate::writers::xlsx::{
    self, Cell, Columns, Document, Formats, Leading, Page, Styled, WorkbookError, Written, colour, encoded,
};

const SHEET: &str = "Danh mục minh chứng";
const HEAD: u32 = 2;

/// Where the list lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lies {
    /// In a run, two folders below the office folder.
    InRun,
    /// Among the files, in what is handed over.
    AmongFiles,
}

struct Look {
    title: Format,
    quiet: Format,
    text: Format,
    mid: Format,
    size: Format,
    day: Format,
    link: Format,
    head: Format,
}

impl Formats for Look {
    const LEAVES_OFFICE: bool = true;
    const LEADING: Leading = Leading::STANDARD;

    fn heads(&self) -> &Format {
        &self.head
    }

    fn texts(&self) -> &Format {
        &self.text
    }
}

impl Look {
    fn new() -> Look {
        let text = xlsx::cell().set_align(FormatAlign::Top);
        let mid = text.clone().set_align(FormatAlign::Center);
        Look {
            title: xlsx::base().set_bold().set_font_size(16),
            quiet: xlsx::base().set_font_color(Color::RGB(colour::QUIET)),
            size: mid.clone().set_num_format("#,##0"),
            day: mid.clone().set_num_format("dd/mm/yyyy"),
            link: text.clone().set_font_color(Color::RGB(colour::LINK)),
            head: xlsx::header(),
            text,
            mid,
        }
    }

    fn text<'c>(&'c self, text: &'c str) -> Styled<'c> {
        (Cell::text(text), &self.text)
    }
}

/// Writes the list; nothing where the office keeps no dossier.
///
/// # Errors
/// [`WorkbookError`]: what could not be written.
pub fn write(outcome: &Outcome, lies: Lies, path: &Path) -> Result<(), WorkbookError> {
    if outcome.dossier.is_none() {
        return Ok(());
    }
    let mut workbook = xlsx::workbook()?;
    let title = format!("{SHEET}, năm học {}", outcome.office.year);
    let properties = Document {
        title: &title,
        subject: "Hồ sơ minh chứng của cơ quan",
        office: &outcome.office.name,
        comment: &format!("{}; lần chạy {}", outcome.program, outcome.run),
        created: outcome.at,
    };
    workbook.set_properties(&properties.properties());
    let look = Look::new();
    let sheet = workbook.add_worksheet().set_name(SHEET)?;
    fill(outcome, &title, lies, &mut Page::new(sheet, &look, false))?;
    Ok(workbook.save(path)?)
}

fn fill(outcome: &Outcome, title: &str, lies: Lies, page: &mut Page<Look>) -> Written {
    let look = page.look;
    let lines: Vec<Line> = lines(outcome);
    let columns = Columns::of(&lines)
        .with("TT", 6.0, |_, at| (Cell::number(at - HEAD - 1), &look.mid))
        .with("Mã", 9.0, |line, _| match line.code {
            Some(code) => (Cell::text(code.to_string()), &look.mid),
            None => (Cell::text("–"), &look.mid),
        })
        .with("Nội dung", 44.0, |line, _| look.text(line.code.map_or("Chưa thuộc mục nào", |_| line.title)))
        .with("Minh chứng ghi trong phiếu", 36.0, |line, _| look.text(line.written))
        .with("Tệp", 40.0, move |line, _| match line.proof {
            Some(proof) => (link(proof, lies), &look.link),
            None => look.text("(chưa có tệp)"),
        })
        .with("Kích thước (byte)", 14.0, |line, _| {
            (line.proof.map_or(Cell::Blank, |proof| Cell::Number(proof.size as f64)), &look.size)
        })
        .with("Ngày sửa", 12.0, |line, _| {
            let modified = line.proof.and_then(|proof| proof.modified);
            (Cell::day(modified.map(|time| time.date())), &look.day)
        })
        .with("SHA-256", 36.0, |line, _| look.text(line.proof.map_or("", |proof| &proof.sha256)));
    page.columns(&columns)?;
    page.line(CellRef::new(0, 0), title, &look.title)?;
    let about = format!("{}; lần chạy {}.", outcome.office.name, outcome.run);
    page.line(CellRef::new(1, 0), &about, &look.quiet)?;
    let last = page.list(("minh_chung", HEAD), &columns, &lines, "–")?;
    page.set_up(SHEET, CellRef::new(last, columns.last()), Some(HEAD), 0)
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
