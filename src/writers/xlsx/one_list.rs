//! A workbook of one list for people outside the office: its title, remarks, one table. Every text comes into it through
//! the mask.

use std::borrow::Cow;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatUnderline, Workbook, XlsxError};

use super::{Cell, Columns, Document, Formats, Leading, Page, Styled, base, cell, colour, header, workbook};
use crate::grid::CellRef;

/// What such a list looks like.
pub struct Plain {
    title: Format,
    quiet: Format,
    text: Format,
    mid: Format,
    head: Format,
    /// Points.
    pub points: Format,
    /// A large number, in thousands.
    pub count: Format,
    /// A date.
    pub day: Format,
    /// A text that leads somewhere.
    pub link: Format,
}

impl Formats for Plain {
    const LEAVES_OFFICE: bool = true;
    const LEADING: Leading = Leading::STANDARD;

    fn heads(&self) -> &Format {
        &self.head
    }

    fn texts(&self) -> &Format {
        &self.text
    }
}

impl Default for Plain {
    fn default() -> Plain {
        let text = cell().set_align(FormatAlign::Top);
        let mid = text.clone().set_align(FormatAlign::Center);
        Plain {
            title: base().set_bold().set_font_size(16),
            quiet: base().set_font_color(Color::RGB(colour::QUIET)),
            points: mid.clone(),
            count: mid.clone().set_num_format("#,##0"),
            day: mid.clone().set_num_format("dd/mm/yyyy"),
            link: text.clone().set_font_color(Color::RGB(colour::LINK)).set_underline(FormatUnderline::Single),
            head: header(),
            text,
            mid,
        }
    }
}

impl Plain {
    /// A text that wraps.
    pub fn text<'c>(&'c self, text: impl Into<Cow<'c, str>>) -> Styled<'c> {
        (Cell::text(text), &self.text)
    }

    /// A short text, centred.
    pub fn mid<'c>(&'c self, text: impl Into<Cow<'c, str>>) -> Styled<'c> {
        (Cell::text(text), &self.mid)
    }

    /// The workbook: the document's title, a row for each remark, the table.
    ///
    /// # Errors
    /// What the library refuses.
    pub fn workbook<'c, R>(
        &self,
        document: &Document,
        name: &str,
        remarks: &[&str],
        columns: &Columns<'c, R>,
        rows: &'c [R],
    ) -> Result<Workbook, XlsxError> {
        let mut workbook = workbook()?;
        workbook.set_properties(&document.properties());
        self.sheet(&mut workbook, (name, document.title), remarks, columns, rows)?;
        Ok(workbook)
    }

    /// One more list of it, on a sheet with its name and title.
    ///
    /// # Errors
    /// What the library refuses.
    pub fn sheet<'c, R>(
        &self,
        workbook: &mut Workbook,
        (name, title): (&str, &str),
        remarks: &[&str],
        columns: &Columns<'c, R>,
        rows: &'c [R],
    ) -> Result<(), XlsxError> {
        let sheet = workbook.add_worksheet().set_name(name)?;
        let mut page = Page::new(sheet, self, None);
        page.columns(columns)?;
        page.line(CellRef::new(0, 0), title, &self.title)?;
        for (row, remark) in (1..).zip(remarks) {
            page.line(CellRef::new(row, 0), remark, &self.quiet)?;
        }
        let head = remarks.len() as u32 + 1;
        let last = page.list(("", head), columns, rows, "–")?;
        page.set_up(name, CellRef::new(last, columns.last()), Some(head), 0)
    }
}
