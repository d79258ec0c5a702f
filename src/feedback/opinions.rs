//! The column of the first sheet in which a school may answer instead of correcting, and the hidden columns beside it.

use rust_xlsxwriter::{Color, Format, FormatAlign, Worksheet, XlsxError};

use super::marks;
use crate::finding::{Finding, Lang, Severity};
use crate::layouts::opinions::{Key, OPINION};
use crate::text;
use crate::views::Correction;
use crate::views::opinions::{can_be_explained, value_of};
use crate::writers::xlsx::stamp::{self, Ink, Look, Value};
use crate::writers::xlsx::{self, colour};

/// Whether the school may answer to it, or has.
pub(super) fn is_open(finding: &Finding) -> bool {
    can_be_explained(finding) || finding.is_explained()
}

/// What the column is for.
pub(super) fn request() -> String {
    format!(
        "Điều nào ghi “{}” mà trường đã kiểm tra, thấy đúng: ghi lý do vào cột “{OPINION}” ở dòng đó, không cần sửa số liệu. \
         Dòng “{}” thì phải sửa.",
        Severity::Warning.label(Lang::Vi),
        Severity::Error.label(Lang::Vi)
    )
}

/// What is found, and why an earlier answer does not hold.
pub(super) fn message(finding: &Finding) -> String {
    match &finding.opinion {
        Some(_) if !finding.is_explained() => format!("{} {}", finding.message(Lang::Vi), finding.opinion(Lang::Vi)),
        _ => finding.message(Lang::Vi),
    }
}

/// How the cells of the columns look.
pub(super) struct Looks {
    open: Look,
    idle: Look,
    title: Look,
    key: Look,
}

/// Their looks among the others.
pub(super) fn looks(looks: &mut stamp::Looks) -> Looks {
    let answer = xlsx::cell().set_align(FormatAlign::Left).set_num_format("@");
    let mut tinted = |tint| looks.of(&answer.clone().set_background_color(Color::RGB(tint)));
    Looks {
        open: tinted(colour::INPUT),
        idle: tinted(colour::IDLE),
        title: looks.of(&xlsx::base()),
        key: looks.of(&Format::new().set_num_format("@")),
    }
}

/// The answer that stands in the column already.
pub(super) fn answer(finding: &Finding) -> String {
    let held = finding.opinion.as_ref().filter(|_| finding.is_explained());
    text::cell_text(held.map_or("", |opinion| &opinion.text))
}

impl Looks {
    /// The answer at its column, and the hidden cells behind it.
    pub fn row(
        &self,
        ink: &mut Ink,
        row: u32,
        number: u32,
        correction: &Correction,
        finding: &Finding,
        (answer, at): (String, u16),
    ) {
        ink.put(row, at, Value::text(answer), if is_open(finding) { self.open } else { self.idle });
        for (col, key) in (at + 1..).zip(Key::ALL) {
            let value = match key {
                Key::Number => number.to_string(),
                Key::Code => finding.code.to_string(),
                Key::Item => finding.item.map(|item| item.to_string()).unwrap_or_default(),
                Key::Cell => marks::cell(correction, finding).map(|at| at.to_string()).unwrap_or_default(),
                Key::Value => value_of(finding, correction.set, correction.expected.of_newest()),
                Key::School => correction.school.code.0.clone(),
                Key::Set => correction.set.id.0.clone(),
            };
            ink.put(row, col, Value::text(text::cell_text(&value)), self.key);
        }
    }

    /// The titles of the hidden columns.
    pub fn key_titles(&self, ink: &mut Ink, row: u32, first: u16) {
        for (col, key) in (first..).zip(Key::ALL) {
            ink.put(row, col, Value::text(key.title()), self.title);
        }
    }
}

/// Hides the columns that say what each answer is about.
pub(super) fn hide_keys(sheet: &mut Worksheet, first: u16) -> Result<(), XlsxError> {
    for (col, _) in (first..).zip(Key::ALL) {
        sheet.set_column_hidden(col)?;
    }
    Ok(())
}
