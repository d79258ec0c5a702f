//! The sheet that is filled in: title, block on the respondent, table, page set-up.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, IgnoreError, ProtectionOptions, Worksheet, XlsxError};

use super::formulas::Formulas;
use super::tints::{self, Marks};
use super::{Filling, col, entry, foot};
use crate::grid::CellRef;
use crate::layouts::form::{self as layout, Column, Field, Layout};
use crate::rules::{Node, NodeKind};
use crate::text;
use crate::writers::xlsx::{self, colour};

pub(super) fn write(sheet: &mut Worksheet, layout: Layout, filling: &Filling) -> Result<(), XlsxError> {
    sheet.set_name(layout::TABLE_SHEET)?;
    let form = Form { layout, filling, marks: tints::marks(layout, filling.answers) };
    for column in Column::ALL {
        sheet.set_column_width(col(column.index()), column.width())?;
    }
    form.title(sheet)?;
    form.block(sheet)?;
    form.table(sheet)?;
    let last = foot::write(sheet, layout, filling)?;
    if form.results_would_part() {
        sheet.set_page_breaks(&[layout.result_heading_row()])?;
    }
    tints::alarms(sheet, layout)?;
    tints::notes(sheet, &form.marks)?;
    page(sheet, layout, filling, last)
}

struct Form<'a> {
    layout: Layout<'a>,
    filling: &'a Filling<'a>,
    marks: Marks,
}

impl Form<'_> {
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
        let office = self.layout.set().is_offices();
        let label = xlsx::base().set_bold().set_align(FormatAlign::VerticalCenter);
        let mut rows: BTreeMap<u32, u32> = BTreeMap::new();
        for field in Field::ALL {
            let Some(text) = field.label(office) else { continue };
            let labels = field.label_cells();
            let label = label.clone().set_indent(u8::from(labels.0.col > 0));
            span(sheet, labels, &format!("{text}:"), &label)?;
            let known = known(field, self.filling, self.layout);
            let given = || self.filling.answers.and_then(|answers| answers.fields.get(&field)).cloned();
            let value = known.clone().or_else(given).unwrap_or_default();
            let format =
                xlsx::base().set_align(FormatAlign::VerticalCenter).set_align(FormatAlign::Left).set_num_format("@");
            let format = format.set_border_bottom(FormatBorder::Dotted).set_text_wrap();
            let cells = field.value_cells();
            let format = match known {
                Some(_) => format,
                None => format.set_unlocked().set_background_color(Color::RGB(colour::INPUT)),
            };
            span(sheet, cells, &text::cell_text(&value), &self.tinted(cells.0, format))?;
            let width: f64 = Column::ALL[cells.0.col as usize..=cells.1.col as usize].iter().map(|c| c.width()).sum();
            let needed = rows.entry(cells.0.row).or_insert(1);
            *needed = xlsx::lines(&text::cell_text(&value), width, false).max(*needed);
            if field == Field::Code {
                sheet.ignore_error(cells.0.row, col(cells.0.col), IgnoreError::NumberStoredAsText)?;
            }
        }
        rows.into_iter().try_for_each(|(row, lines)| xlsx::set_lines(sheet, row, lines))
    }

    fn table(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for column in Column::ALL {
            sheet.write_string_with_format(layout::HEADER_ROW, col(column.index()), column.title(), &xlsx::header())?;
        }
        sheet.set_row_height(layout::HEADER_ROW, 36)?;
        let formulas = Formulas::new(self.layout, self.filling.answers);
        for (index, node) in self.layout.set().nodes.iter().enumerate() {
            for column in Column::ALL {
                self.cell(sheet, &formulas, index, node, column)?;
            }
            xlsx::set_lines(sheet, layout::FIRST_ROW + index as u32, self.lines(index))?;
        }
        let (first, last) = (layout::FIRST_ROW, self.layout.end_row().max(layout::FIRST_ROW + 1) - 1);
        sheet.ignore_error_range(first, 0, last, 0, IgnoreError::NumberStoredAsText)?;
        // Sums of some rows beside other numbers are meant so: no green corners.
        let score = col(Column::Score.index());
        sheet.ignore_error_range(first, score, last, score, IgnoreError::FormulaOmitsCells)?;
        Ok(())
    }

    fn cell(
        &self,
        sheet: &mut Worksheet,
        formulas: &Formulas,
        index: usize,
        node: &Node,
        column: Column,
    ) -> Result<(), XlsxError> {
        let at = self.layout.cell(index, column);
        let (row, at_col) = (at.row, col(at.col));
        let format = self.tinted(at, self.format(node, column));
        let format = &format;
        let answer = self.filling.answers.and_then(|answers| answers.items.get(&node.code));
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
            Column::Score if !node.is_leaf() => {
                sheet.write_formula_with_format(row, at_col, formulas.sum(index), format)?
            }
            Column::Note if !node.is_leaf() => match self.layout.set().scale_of(index) {
                Some(scale) => {
                    sheet.write_formula_with_format(row, at_col, formulas.level_text(index, scale), format)?
                }
                None => sheet.write_blank(row, at_col, format)?,
            },
            Column::Note if node.is_computed() => {
                sheet.write_string_with_format(row, at_col, layout::COMPUTED, format)?
            }
            Column::Score | Column::Part | Column::Whole => {
                let value = answer.and_then(|answer| match column {
                    Column::Score => answer.score.as_ref(),
                    Column::Part => answer.part.as_ref(),
                    _ => answer.whole.as_ref(),
                });
                match value.and_then(entry::typed) {
                    Some(entry::Typed::Number(number)) => {
                        sheet.write_number_with_format(row, at_col, number, format)?
                    }
                    Some(entry::Typed::Text(text)) => sheet.write_string_with_format(row, at_col, text, format)?,
                    Some(entry::Typed::Bool(is)) => sheet.write_boolean_with_format(row, at_col, is, format)?,
                    None => sheet.write_blank(row, at_col, format)?,
                }
            }
            Column::Evidence | Column::Note => {
                let text =
                    answer.map_or("", |answer| if column == Column::Note { &answer.note } else { &answer.evidence });
                match text::cell_text(text) {
                    text if text.is_empty() => sheet.write_blank(row, at_col, format)?,
                    text => sheet.write_string_with_format(row, at_col, text, format)?,
                }
            }
        };
        if self.layout.is_input(node, column) {
            let validation = entry::validation(self.layout.set(), node, column, at)?;
            sheet.add_data_validation(row, at_col, row, at_col, &validation)?;
        }
        Ok(())
    }

    /// Whether the results and the places to sign would stand on two printed pages. An estimate: programs differ a little
    /// in the height of a line.
    fn results_would_part(&self) -> bool {
        const LINE: f64 = 16.5;
        const HEADER: f64 = 36.0;
        /// Title, block on the respondent, header row.
        const ABOVE: f64 = 193.0;
        /// A page's inner height over its inner width.
        const SHAPE: f64 = 502.0 / 770.0;
        /// A digit's width, in points.
        const DIGIT: f64 = 6.94;
        let room = Column::ALL.iter().map(|column| column.width()).sum::<f64>() * DIGIT * SHAPE;
        let mut used = ABOVE;
        for index in 0..self.layout.set().nodes.len() {
            let height = match self.lines(index) {
                1 => LINE,
                lines => f64::from(lines) * LINE + 3.0,
            };
            used = if used + height > room { HEADER + height } else { used + height };
        }
        // A blank row, the heading, the lines, a blank row, two rows at the places to sign.
        used + (self.layout.results().len() + 5) as f64 * LINE > room
    }

    /// How many lines of text a node's row takes.
    fn lines(&self, index: usize) -> u32 {
        let node = &self.layout.set().nodes[index];
        let answer = self.filling.answers.and_then(|answers| answers.items.get(&node.code));
        let note = || answer.filter(|_| node.is_leaf()).map(|answer| answer.note.clone());
        let level = self.layout.set().scale_of(index).filter(|_| !node.is_leaf()).map(|scale| {
            let texts = scale.levels.iter().map(|range| layout::level_text(scale, range.level));
            texts.max_by_key(|text| text.chars().count()).unwrap_or_default()
        });
        let note = level.or_else(note);
        let texts = [
            (Column::Title, Some(&node.title)),
            (Column::Evidence, answer.map(|answer| &answer.evidence)),
            (Column::Note, note.as_ref()),
        ];
        let lines = texts.into_iter().filter_map(|(column, text)| {
            let indent = if column == Column::Title { 1.5 * f64::from(indent(node)) } else { 0.0 };
            Some(xlsx::lines(&text::cell_text(text?), column.width() - indent, !node.is_leaf()))
        });
        let lines = lines.max().unwrap_or(1);
        let empty = self.layout.is_input(node, Column::Evidence) && answer.is_none_or(|one| one.evidence.is_empty());
        // A row with a height of its own does not grow with what is typed: room for a line more.
        if lines > 1 && empty { lines + 1 } else { lines }
    }

    fn format(&self, node: &Node, column: Column) -> Format {
        let depth = node.code.depth();
        let mut format = xlsx::cell();
        format = match column {
            Column::Title => format.set_indent(indent(node)),
            Column::Code => format.set_num_format("@").set_align(FormatAlign::Left),
            Column::Evidence | Column::Note => format.set_align(FormatAlign::Left),
            Column::Max | Column::Score | Column::Part | Column::Whole => format.set_align(FormatAlign::Center),
        };
        if !node.is_leaf() {
            format = format.set_bold().set_background_color(Color::RGB(if depth == 1 {
                colour::GROUP
            } else {
                colour::CRITERION
            }));
        } else if self.layout.is_input(node, column) {
            format = format.set_unlocked().set_background_color(Color::RGB(colour::INPUT));
        } else if !matches!(column, Column::Code | Column::Title | Column::Max) {
            format = format.set_background_color(Color::RGB(colour::IDLE));
        }
        if node.is_computed() && column == Column::Note {
            format = format.set_italic();
        }
        // Text cells keep what is typed: a document's number is no date.
        if matches!(column, Column::Evidence | Column::Note) && node.is_leaf() {
            format = format.set_num_format("@");
        }
        format
    }

    fn tinted(&self, at: CellRef, format: Format) -> Format {
        match self.marks.get(&at) {
            Some((severity, _)) => format.set_background_color(Color::RGB(xlsx::tint(*severity))),
            None => format,
        }
    }
}

/// Each part of a code stands further to the right than the one above.
fn indent(node: &Node) -> u8 {
    node.code.depth().saturating_sub(1) as u8
}

/// What roster and office already know of a line of the block: people do not type it.
fn known(field: Field, filling: &Filling, layout: Layout) -> Option<String> {
    let office = layout.set().is_offices();
    let text = match (field, filling.school, filling.office) {
        (Field::Code, Some(school), _) => school.code.to_string(),
        (Field::Name, Some(school), _) => school.name.clone(),
        (Field::Unit, Some(school), _) => school.unit.clone(),
        (Field::Kind, Some(school), _) => {
            let kinds = school.kinds.iter().filter(|kind| layout.set().kinds.contains(kind));
            kinds.map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        (Field::Name, None, Some(of)) if office => of.name.clone(),
        (Field::Unit, None, Some(of)) if office => of.superior.clone(),
        (Field::Year, _, Some(of)) => of.year.clone(),
        _ => return None,
    };
    Some(text).filter(|text| !text::cell_text(text).is_empty())
}

fn page(sheet: &mut Worksheet, layout: Layout, filling: &Filling, last: u32) -> Result<(), XlsxError> {
    let foot = match filling.school {
        Some(school) => format!("{} {}", school.code, school.name),
        None => layout.set().short.clone(),
    };
    xlsx::set_page(sheet, xlsx::Paper::Landscape, &foot);
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
