//! The sheet that is filled in: title, block on the respondent, table, results, places to sign.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, Format, FormatAlign, FormatBorder, Formula, IgnoreError, Note, ObjectMovement,
    ProtectionOptions, Worksheet, XlsxError,
};

use super::{Answers, Filling, Mark, Spot, entry, formulas::Formulas};
use crate::finding::Severity;
use crate::form::layout::{self, Column, Field, Layout, ResultLine};
use crate::grid::CellRef;
use crate::look::{self, colour};
use crate::rules::{Node, NodeKind};

pub(super) fn write(sheet: &mut Worksheet, layout: Layout, filling: &Filling) -> Result<(), XlsxError> {
    sheet.set_name(layout::TABLE_SHEET)?;
    let mut form = Form { layout, filling, marks: marks(layout, filling.answers) };
    for column in Column::ALL {
        sheet.set_column_width(col(column.index()), column.width())?;
    }
    form.title(sheet)?;
    form.block(sheet)?;
    form.table(sheet)?;
    form.results(sheet)?;
    let last = form.signatures(sheet)?;
    form.alarms(sheet)?;
    form.notes(sheet)?;
    page(sheet, layout, filling, last)
}

/// Every marked cell with its tint and its note: several marks on one cell are one note.
fn marks(layout: Layout, answers: Option<&Answers>) -> BTreeMap<CellRef, (Severity, String)> {
    let mut found: BTreeMap<CellRef, (Severity, String)> = BTreeMap::new();
    for Mark { at, severity, text } in answers.map_or(&[][..], |answers| &answers.marks) {
        let cell = match at {
            Spot::Field(field) => Some(field.value_cells().0),
            Spot::Item(code, column) => layout.set().index_of(*code).map(|index| layout.cell(index, *column)),
        };
        let Some(cell) = cell else { continue };
        let (heaviest, note) = found.entry(cell).or_insert((*severity, String::new()));
        *heaviest = (*heaviest).min(*severity);
        let gap = if note.is_empty() { "" } else { "\n" };
        *note = format!("{note}{gap}{}", look::cell_text(text));
    }
    found
}

struct Form<'a> {
    layout: Layout<'a>,
    filling: &'a Filling<'a>,
    marks: BTreeMap<CellRef, (Severity, String)>,
}

impl Form<'_> {
    fn title(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let set = self.layout.set();
        let centred =
            look::base().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter).set_text_wrap();
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
            let text = look::cell_text(&text);
            sheet.merge_range(row, 0, row, col(Column::Note.index()), &text, &format)?;
            // Merged cells do not grow by themselves; about 130 characters stand on a line.
            sheet.set_row_height(row, height * (1 + text.chars().count() / 130) as f64)?;
        }
        sheet.set_row_height(layout::HEADER_ROW - 1, 6)?;
        Ok(())
    }

    fn block(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let office = self.layout.set().is_offices();
        let label = look::base().set_bold().set_align(FormatAlign::VerticalCenter);
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
                look::base().set_align(FormatAlign::VerticalCenter).set_align(FormatAlign::Left).set_num_format("@");
            let format = format.set_border_bottom(FormatBorder::Dotted).set_text_wrap();
            let cells = field.value_cells();
            let format = match known {
                Some(_) => format,
                None => format.set_unlocked().set_background_color(Color::RGB(colour::INPUT)),
            };
            span(sheet, cells, &look::cell_text(&value), &self.tinted(cells.0, format))?;
            let width: f64 = Column::ALL[cells.0.col as usize..=cells.1.col as usize].iter().map(|c| c.width()).sum();
            let needed = rows.entry(cells.0.row).or_insert(1);
            *needed = look::lines(&look::cell_text(&value), width, false).max(*needed);
            if field == Field::Code {
                sheet.ignore_error(cells.0.row, col(cells.0.col), IgnoreError::NumberStoredAsText)?;
            }
        }
        rows.into_iter().try_for_each(|(row, lines)| look::set_lines(sheet, row, lines))
    }

    fn table(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for column in Column::ALL {
            sheet.write_string_with_format(layout::HEADER_ROW, col(column.index()), column.title(), &look::header())?;
        }
        sheet.set_row_height(layout::HEADER_ROW, 36)?;
        let formulas = Formulas::new(self.layout, self.filling.answers);
        for (index, node) in self.layout.set().nodes.iter().enumerate() {
            for column in Column::ALL {
                self.cell(sheet, &formulas, index, node, column)?;
            }
            look::set_lines(sheet, layout::FIRST_ROW + index as u32, self.lines(node))?;
        }
        let (first, last) = (layout::FIRST_ROW, self.layout.end_row().max(layout::FIRST_ROW + 1) - 1);
        sheet.ignore_error_range(first, 0, last, 0, IgnoreError::NumberStoredAsText)?;
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
            Column::Title => sheet.write_string_with_format(row, at_col, look::cell_text(&node.title), format)?,
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
            Column::Note if !node.is_leaf() => match self.layout.scale_of(node) {
                Some(scale) => {
                    sheet.write_formula_with_format(row, at_col, formulas.level_text(index, scale), format)?
                }
                None => sheet.write_blank(row, at_col, format)?,
            },
            Column::Note if layout::is_computed(node) => {
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
                match look::cell_text(text) {
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

    /// How many lines of text a node's row takes.
    fn lines(&self, node: &Node) -> u32 {
        let answer = self.filling.answers.and_then(|answers| answers.items.get(&node.code));
        let level = self.layout.scale_of(node).map(|scale| {
            let texts = scale.levels.iter().map(|range| layout::level_text(scale, range.level));
            texts.max_by_key(|text| text.chars().count()).unwrap_or_default()
        });
        let texts = [
            (Column::Title, Some(&node.title)),
            (Column::Evidence, answer.map(|answer| &answer.evidence)),
            (Column::Note, answer.map(|answer| &answer.note).or(level.as_ref())),
        ];
        let lines = texts.into_iter().filter_map(|(column, text)| {
            let indent = if column == Column::Title { 1.5 * f64::from(indent(node)) } else { 0.0 };
            Some(look::lines(&look::cell_text(text?), column.width() - indent, !node.is_leaf()))
        });
        lines.max().unwrap_or(1)
    }

    fn format(&self, node: &Node, column: Column) -> Format {
        let depth = node.code.depth();
        let mut format = look::cell();
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
        if layout::is_computed(node) && column == Column::Note {
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
            Some((severity, _)) => format.set_background_color(Color::RGB(look::tint(*severity))),
            None => format,
        }
    }

    fn results(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let formulas = Formulas::new(self.layout, self.filling.answers);
        let set = self.layout.set();
        let heading = look::header();
        let row = self.layout.result_heading_row();
        let (title, note) = (col(Column::Title.index()), col(Column::Note.index()));
        sheet.merge_range(row, title, row, note, "KẾT QUẢ TỰ ĐÁNH GIÁ (tự tính, không nhập)", &heading)?;
        for (row, line) in self.layout.results() {
            let label = match line {
                ResultLine::Unanswered => "Số ô điểm, ô điều kiện chưa điền".to_owned(),
                ResultLine::Barred => "Điều kiện bắt buộc".to_owned(),
                ResultLine::Group(index) => format!("Mức độ nhóm {}", set.nodes[index].code),
                ResultLine::Total => "Tổng điểm".to_owned(),
                ResultLine::Overall => "Mức độ chung".to_owned(),
            };
            let bold = matches!(line, ResultLine::Total | ResultLine::Overall);
            let left = look::cell().set_align(FormatAlign::Left);
            let middle = look::cell().set_align(FormatAlign::Center);
            let (left, middle) = if bold { (left.set_bold(), middle.set_bold()) } else { (left, middle) };
            sheet.write_string_with_format(row, title, label, &left)?;
            let max = col(Column::Max.index());
            match line {
                ResultLine::Total => {
                    let all = set.tops().filter_map(|(_, node)| node.max).sum::<crate::points::Points>();
                    sheet.write_number_with_format(row, max, all.to_f64(), &middle)?
                }
                _ => sheet.write_blank(row, max, &middle)?,
            };
            let score = col(Column::Score.index());
            match formulas.result_number(line) {
                Some(formula) => sheet.write_formula_with_format(row, score, formula, &middle)?,
                None => sheet.write_blank(row, score, &middle)?,
            };
            let words = col(Column::Part.index());
            sheet.merge_range(row, words, row, note, "", &left)?;
            if let Some(formula) = formulas.result_text(line) {
                sheet.write_formula_with_format(row, words, formula, &left)?;
            }
        }
        Ok(())
    }

    /// Places to sign; the last row of the form.
    fn signatures(&self, sheet: &mut Worksheet) -> Result<u32, XlsxError> {
        let row = self.layout.result_heading_row() + self.layout.results().len() as u32 + 2;
        let bold = look::base().set_bold().set_align(FormatAlign::Center);
        let italic = look::base().set_italic().set_align(FormatAlign::Center);
        let (title, evidence, note) =
            (col(Column::Title.index()), col(Column::Evidence.index()), col(Column::Note.index()));
        sheet.write_string_with_format(row, title, "NGƯỜI LẬP PHIẾU", &bold)?;
        sheet.write_string_with_format(row + 1, title, "(Ký, ghi rõ họ tên)", &italic)?;
        sheet.merge_range(row, evidence, row, note, "THỦ TRƯỞNG ĐƠN VỊ", &bold)?;
        sheet.merge_range(row + 1, evidence, row + 1, note, "(Ký tên, đóng dấu)", &italic)?;
        Ok(row + 5)
    }

    /// Tints that follow what is typed: missing, out of range.
    fn alarms(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let missing = Format::new().set_background_color(Color::RGB(colour::MISSING));
        let wrong = Format::new()
            .set_bold()
            .set_font_color(Color::RGB(colour::ALARM))
            .set_background_color(Color::RGB(colour::WRONG));
        let nodes = &self.layout.set().nodes;
        let class = |node: &Node| match node.kind {
            _ if !self.layout.is_input(node, Column::Score) => None,
            NodeKind::Ratio | NodeKind::Count | NodeKind::YesNo | NodeKind::Mandatory => Some(node.kind),
            _ => Some(NodeKind::Points),
        };
        let mut from = 0;
        for run in nodes.chunk_by(|a, b| class(a) == class(b)) {
            let (first, last) = (from, from + run.len() - 1);
            from += run.len();
            let Some(kind) = class(&run[0]) else { continue };
            let mut add = |column: Column, rule: String, format: &Format| {
                let (top, bottom) = (self.layout.cell(first, column), self.layout.cell(last, column));
                let rule = ConditionalFormatFormula::new().set_rule(Formula::new(rule)).set_format(format);
                sheet.add_conditional_format(top.row, col(top.col), bottom.row, col(bottom.col), &rule).map(|_| ())
            };
            let address = |column: Column| self.layout.cell(first, column).to_string();
            let (d, c) = (address(Column::Score), address(Column::Max));
            let (e, f) = (address(Column::Part), address(Column::Whole));
            let evidence = address(Column::Evidence);
            // A marked cell keeps the tint of its mark until it is mended; blank ones are tinted either way.
            add(Column::Score, format!("LEN(TRIM({d}))=0"), &missing)?;
            let out_of_range = match kind {
                NodeKind::Mandatory => format!("AND({d}<>\"{}\",{d}<>\"{}\")", layout::MET, layout::UNMET),
                NodeKind::YesNo => format!("AND({d}<>0,{d}<>{c})"),
                _ => format!("OR(NOT(ISNUMBER({d})),{d}<0,{d}>{c})"),
            };
            add(Column::Score, format!("AND(LEN(TRIM({d}))>0,{out_of_range})"), &wrong)?;
            if kind == NodeKind::Ratio {
                let amounts_differ = format!("AND(ISNUMBER({e}),ISNUMBER({f}),OR({e}<0,{f}<=0,{e}>{f}))");
                add(Column::Part, amounts_differ.replace(&e, &format!("${e}")).replace(&f, &format!("${f}")), &wrong)?;
                add(Column::Whole, amounts_differ.replace(&e, &format!("${e}")).replace(&f, &format!("${f}")), &wrong)?;
                add(Column::Whole, format!("AND(LEN(TRIM({d}))>0,LEN(TRIM({f}))=0)"), &missing)?;
            }
            if matches!(kind, NodeKind::Ratio | NodeKind::Count) {
                add(Column::Part, format!("AND(LEN(TRIM({d}))>0,LEN(TRIM({e}))=0)"), &missing)?;
            }
            if kind != NodeKind::Mandatory {
                add(Column::Evidence, format!("AND(ISNUMBER({d}),{d}>0,LEN(TRIM({evidence}))=0)"), &missing)?;
            }
        }
        Ok(())
    }

    fn notes(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for (cell, (_, text)) in &self.marks {
            let lines = text.lines().map(|line| 1 + line.chars().count() / 40).sum::<usize>() as u32;
            let note = Note::new(look::cut(text, 2000))
                .add_author_prefix(false)
                .set_author("cds")
                .set_font_name(look::FONT)
                .set_font_size(12)
                .set_width(300)
                .set_height(24 + 20 * lines.min(20))
                .set_object_movement(ObjectMovement::DontMoveOrSizeWithCells);
            sheet.insert_note(cell.row, col(cell.col), &note)?;
        }
        Ok(())
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
    Some(text).filter(|text| !look::cell_text(text).is_empty())
}

fn page(sheet: &mut Worksheet, layout: Layout, filling: &Filling, last: u32) -> Result<(), XlsxError> {
    let foot = match filling.school {
        Some(school) => format!("{} {}", school.code, school.name),
        None => layout.set().short.clone(),
    };
    look::set_page(sheet, look::Page::Landscape, &foot);
    if layout::is_trial(layout.set()) {
        look::set_page_head(sheet, layout::TRIAL);
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

/// The form has eight columns: their numbers fit.
fn col(index: u32) -> u16 {
    index as u16
}
