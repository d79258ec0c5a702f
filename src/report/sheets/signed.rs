//! `Báo cáo`: one page to sign, after Nghị định 30/2020/NĐ-CP; a report of its own, or an annex to one.

mod end;
mod head;
mod tables;

use rust_xlsxwriter::Format;

use super::Written;
use crate::codes::Level;
use crate::grid::CellRef;
use crate::report::Page;
use crate::report::plan::Plan;
use crate::views::figures;
use crate::writers::xlsx;

/// The first column of figures.
const FIGURES: u32 = 3;
/// The office's points and its level take so many columns, the last ones: what is left goes to the titles.
const OWN: u32 = 4;
/// Pixels over all columns: between the margins of an A4 page letters are printed at 96% of their size at least.
const PAGE: f64 = 640.0;
/// Of the column of codes.
const CODES: f64 = 50.0;
/// What the name of the state takes on one line.
const STATE: f64 = 425.0;
/// Points from top to bottom between the margins.
const TALL: f64 = 728.0;
/// A row that nobody has set.
const ROW: f64 = 16.5;

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let mut letter = Letter::new(plan, page);
    letter.write()?;
    let last = CellRef::new(letter.row, letter.last);
    let breaks = letter.breaks();
    let ws = &mut page.ws;
    if !breaks.is_empty() {
        ws.set_page_breaks(&breaks)?;
    }
    ws.set_paper_size(9).set_portrait();
    // 20 mm above and below, 30 left, 15 right.
    ws.set_margins(30.0 / 25.4, 15.0 / 25.4, 20.0 / 25.4, 20.0 / 25.4, 0.3, 0.3);
    ws.set_print_fit_to_pages(1, 0);
    ws.set_print_area(0, 0, last.row, last.col as u16)?;
    ws.set_screen_gridlines(false);
    ws.set_active(true);
    Ok(())
}

/// The page as it grows, row by row.
struct Letter<'p, 'w, 's> {
    plan: &'p Plan<'p>,
    page: &'w mut Page<'s>,
    row: u32,
    /// The last column.
    last: u32,
    levels: Vec<Level>,
    /// Widths of the columns, in pixels.
    widths: Vec<f64>,
    /// Heights of the rows that were set, in points.
    heights: Vec<f64>,
    /// Where a part begins that stays together, as a row and in points from the top: a group of the office's table, the
    /// schools with the signatures.
    blocks: Vec<(u32, f64)>,
}

impl<'p, 'w, 's> Letter<'p, 'w, 's> {
    fn new(plan: &'p Plan<'p>, page: &'w mut Page<'s>) -> Letter<'p, 'w, 's> {
        let levels = figures::levels(plan.outcome);
        let narrow = (levels.len() + 2).max(5);
        let last = FIGURES + narrow as u32 - 1;
        let each = (420.0 / narrow as f64).clamp(44.0, 62.0).floor();
        // Where the head of the letter parts: the office to the left, the state to the right.
        let gap = (STATE - each * narrow as f64).max(14.0);
        let text = PAGE - CODES - gap - each * narrow as f64;
        let widths = [CODES, text, gap].into_iter().chain(vec![each; narrow]).collect();
        Letter { plan, page, row: 0, last, levels, widths, heights: Vec::new(), blocks: Vec::new() }
    }

    fn write(&mut self) -> Written {
        for (col, pixels) in (0..).zip(&self.widths) {
            self.page.ws.set_column_width(col, xlsx::characters(*pixels))?;
        }
        let annex = self.plan.outcome.office.annex_to.clone();
        if annex.is_empty() {
            self.letterhead()?
        } else {
            self.annex_head(&annex)?
        }
        self.draft()?;
        self.office()?;
        self.schools()?;
        self.signatures()
    }

    /// A text over the columns `from` to `to` of the current row.
    fn across(&mut self, from: u32, to: u32, text: &str, format: &Format) -> Written {
        let at = CellRef::new(self.row, from);
        if from == to {
            return if text.is_empty() { self.page.blank(at, format) } else { self.page.line(at, text, format) };
        }
        self.page.across(at, to, text, format)
    }

    /// The first column of the office's points.
    fn own(&self) -> u32 {
        self.last + 1 - OWN
    }

    /// Points from the top of the sheet to the current row.
    fn top(&self) -> f64 {
        self.heights.iter().sum::<f64>() + ROW * f64::from(self.row - self.heights.len() as u32)
    }

    fn begin_block(&mut self) {
        self.blocks.push((self.row, self.top()));
    }

    /// Where a page ends: nothing gets smaller to fit, and no part is torn in two that a page can hold.
    fn breaks(&mut self) -> Vec<u32> {
        self.row += 1;
        let mut breaks = Vec::new();
        let ends: Vec<f64> = self.blocks.iter().skip(1).map(|(_, top)| *top).chain([self.top()]).collect();
        let mut from = 0.0;
        for (&(row, top), end) in self.blocks.iter().zip(ends) {
            if end - from > TALL && end - top <= TALL {
                breaks.push(row);
                from = top;
            }
        }
        breaks
    }

    fn height(&mut self, points: f64) -> Written {
        self.heights.push(points);
        self.page.ws.set_row_height(self.row, points)?;
        Ok(())
    }

    /// Makes the row as high as a text of 12 or 13 points needs over the columns `from` to `to`.
    fn room(&mut self, texts: &[(u32, u32, &str)], line: f64) -> Written {
        let lines = texts.iter().map(|(from, to, text)| {
            let pixels: f64 = self.widths[*from as usize..=*to as usize].iter().sum();
            lines(text, pixels)
        });
        let lines = lines.fold(1.0, f64::max);
        self.height(lines * line + 2.0)
    }
}

/// How many lines a text of 12 or 13 points takes over so many pixels, which hold a digit of 13 points in nine. LibreOffice
/// makes columns a sixth narrower than Excel.
fn lines(text: &str, pixels: f64) -> f64 {
    f64::from(xlsx::lines(text, xlsx::characters(pixels * 0.85), false))
}
