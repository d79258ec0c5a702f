//! The sheet that is filled in, blank: title, block on the respondent, table, page set-up.

use rust_xlsxwriter::{Color, Format, FormatAlign, IgnoreError, ProtectionOptions, Worksheet, XlsxError};

use super::{col, entry, foot, own, tints};
use crate::grid::CellRef;
use crate::layouts::form::{self as layout, Column, Field, Layout};
use crate::rules::{Node, NodeKind};
use crate::text;
use crate::writers::xlsx::{self, colour};

/// The sheet without what is a school's own.
pub(super) fn blank(sheet: &mut Worksheet, layout: Layout) -> Result<(), XlsxError> {
    sheet.set_name(layout::TABLE_SHEET)?;
    let form = Blank { layout };
    for column in Column::ALL {
        sheet.set_column_width(col(column.index()), column.width())?;
    }
    form.title(sheet)?;
    form.block(sheet)?;
    form.table(sheet)?;
    let last = foot::blank(sheet, layout)?;
    tints::alarms(sheet, layout)?;
    page(sheet, layout, last)
}

struct Blank<'a> {
    layout: Layout<'a>,
}

impl Blank<'_> {
    fn title(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let set = self.layout.set();
        let centred =
            xlsx::base().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter).set_text_wrap();
        let trial = layout::is_trial(set);
        let lines = [
            (layout::TITLE_ROW, layout::TITLE.to_owned(), centred.clone().set_bold().set_font_size(16), 26.0),
            (layout::SET_ROW, set.title.clone(), centred.clone().set_bold(), 20.0),
            (layout::DECISION_ROW, format!("Theo {}", set.decision), centred.clone().set_italic(), 19.0),
            (
                layout::TRIAL_ROW,
                if trial { layout::TRIAL.to_owned() } else { String::new() },
                centred.set_bold().set_font_color(Color::RGB(colour::ALARM)),
                if trial { 20.0 } else { 6.0 },
            ),
        ];
        for (row, text, format, height) in lines {
            let text = text::cell_text(&text);
            sheet.merge_range(row, 0, row, col(Column::Note.index()), &text, &format)?;
            // Merged cells do not grow by themselves; about 130 characters stand on a line.
            sheet.set_row_height(row, height * (1 + text.chars().count() / 130) as f64)?;
        }
        sheet.set_row_height(layout::HEADER_ROW - 1, 6)?;
        Ok(())
    }

    fn block(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let label = xlsx::base().set_bold().set_align(FormatAlign::VerticalCenter);
        for field in Field::ALL {
            let Some(text) = field.label(self.layout.set().is_offices()) else { continue };
            let labels = field.label_cells();
            let label = label.clone().set_indent(u8::from(labels.0.col > 0));
            span(sheet, labels, &format!("{text}:"), &label)?;
            let (first, last) = field.value_cells();
            span(sheet, (first, last), "", &own::field_format(false))?;
            if field == Field::Code {
                sheet.ignore_error(first.row, col(first.col), IgnoreError::NumberStoredAsText)?;
            }
        }
        Ok(())
    }

    fn table(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for column in Column::ALL {
            sheet.write_string_with_format(layout::HEADER_ROW, col(column.index()), column.title(), &xlsx::header())?;
        }
        sheet.set_row_height(layout::HEADER_ROW, 36)?;
        for (index, node) in self.layout.set().nodes.iter().enumerate() {
            for column in Column::ALL {
                self.cell(sheet, index, node, column)?;
            }
        }
        let (first, last) = (layout::FIRST_ROW, self.layout.end_row().max(layout::FIRST_ROW + 1) - 1);
        sheet.ignore_error_range(first, 0, last, 0, IgnoreError::NumberStoredAsText)?;
        // Sums of some rows beside other numbers are meant so: no green corners.
        let score = col(Column::Score.index());
        sheet.ignore_error_range(first, score, last, score, IgnoreError::FormulaOmitsCells)?;
        Ok(())
    }

    fn cell(&self, sheet: &mut Worksheet, index: usize, node: &Node, column: Column) -> Result<(), XlsxError> {
        let at = self.layout.cell(index, column);
        let (row, at_col) = (at.row, col(at.col));
        let format = &own::Class::of(self.layout, node, column).format();
        match column {
            Column::Code => sheet.write_string_with_format(row, at_col, node.code.to_string(), format)?,
            Column::Title => sheet.write_string_with_format(row, at_col, text::cell_text(&node.title), format)?,
            Column::Max => match node.max {
                Some(max) => sheet.write_number_with_format(row, at_col, max.to_f64(), format)?,
                None if node.kind == NodeKind::Mandatory => {
                    sheet.write_string_with_format(row, at_col, layout::MANDATORY, format)?
                }
                None => sheet.write_blank(row, at_col, format)?,
            },
            Column::Note if node.is_computed() => {
                sheet.write_string_with_format(row, at_col, layout::COMPUTED, format)?
            }
            _ => sheet.write_blank(row, at_col, format)?,
        };
        if self.layout.is_input(node, column) {
            let validation = entry::validation(self.layout.set(), node, column, at)?;
            sheet.add_data_validation(row, at_col, row, at_col, &validation)?;
        }
        Ok(())
    }
}

fn page(sheet: &mut Worksheet, layout: Layout, last: u32) -> Result<(), XlsxError> {
    xlsx::set_page(sheet, xlsx::Paper::Landscape, &layout.set().short);
    if layout::is_trial(layout.set()) {
        xlsx::set_page_head(sheet, layout::TRIAL);
    }
    sheet.set_print_area(0, 0, last, col(Column::Note.index()))?;
    sheet.set_repeat_rows(layout::HEADER_ROW, layout::HEADER_ROW)?;
    sheet.set_freeze_panes(layout::FIRST_ROW, col(Column::Max.index()))?;
    sheet.set_zoom(85).set_screen_gridlines(false).set_tab_color(Color::RGB(colour::HEADER));
    let first = layout.set().nodes.iter().position(|node| layout.is_input(node, Column::Score));
    let start = layout.cell(first.unwrap_or(0), Column::Score);
    sheet.set_selection(start.row, col(start.col), start.row, col(start.col))?;
    sheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    });
    Ok(())
}

/// A text over the cells of one row, merged where they are more than one.
fn span(
    sheet: &mut Worksheet,
    (first, last): (CellRef, CellRef),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if first == last {
        match text {
            "" => sheet.write_blank(first.row, col(first.col), format)?,
            text => sheet.write_string_with_format(first.row, col(first.col), text, format)?,
        };
    } else {
        sheet.merge_range(first.row, col(first.col), last.row, col(last.col), text, format)?;
    }
    Ok(())
}
