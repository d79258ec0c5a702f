//! Tints and notes: those that follow what is typed (missing, out of range), and the marks of findings.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, ConditionalFormatFormula, Format, Formula, Worksheet, XlsxError};

use super::{Answers, Mark, Spot, col};
use crate::finding::Severity;
use crate::grid::CellRef;
use crate::layouts::form::{self as layout, Column, Layout};
use crate::rules::{Node, NodeKind};
use crate::text;
use crate::writers::xlsx::colour;

/// The marked cells: the heaviest weight, and the text of the note.
pub(super) type Marks = BTreeMap<CellRef, (Severity, String)>;

/// Every marked cell with its tint and its note: several marks on one cell are one note.
pub(super) fn marks(layout: Layout, answers: Option<&Answers>) -> Marks {
    let mut found = Marks::new();
    for Mark { at, severity, text } in answers.map_or(&[][..], |answers| &answers.marks) {
        let cell = match at {
            Spot::Field(field) => Some(field.value_cells().0),
            Spot::Item(code, column) => layout.set().index_of(*code).map(|index| layout.cell(index, *column)),
        };
        let Some(cell) = cell else { continue };
        let (heaviest, note) = found.entry(cell).or_insert((*severity, String::new()));
        *heaviest = (*heaviest).min(*severity);
        let gap = if note.is_empty() { "" } else { "\n" };
        *note = format!("{note}{gap}{}", text::cell_text(text));
    }
    found
}

/// Tints that follow what is typed: missing, out of range.
pub(super) fn alarms(sheet: &mut Worksheet, layout: Layout) -> Result<(), XlsxError> {
    let missing = Format::new().set_background_color(Color::RGB(colour::MISSING));
    let wrong = Format::new()
        .set_bold()
        .set_font_color(Color::RGB(colour::ALARM))
        .set_background_color(Color::RGB(colour::WRONG));
    let nodes = &layout.set().nodes;
    let class = |node: &Node| match node.kind {
        _ if !layout.is_input(node, Column::Score) => None,
        NodeKind::Ratio | NodeKind::Count | NodeKind::YesNo | NodeKind::Mandatory => Some(node.kind),
        _ => Some(NodeKind::Points),
    };
    let mut from = 0;
    for run in nodes.chunk_by(|a, b| class(a) == class(b)) {
        let (first, last) = (from, from + run.len() - 1);
        from += run.len();
        let Some(kind) = class(&run[0]) else { continue };
        let mut add = |column: Column, rule: String, format: &Format| {
            let (top, bottom) = (layout.cell(first, column), layout.cell(last, column));
            let rule = ConditionalFormatFormula::new().set_rule(Formula::new(rule)).set_format(format);
            sheet.add_conditional_format(top.row, col(top.col), bottom.row, col(bottom.col), &rule).map(|_| ())
        };
        let address = |column: Column| layout.cell(first, column).to_string();
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
