//! What is a respondent's own in its form: the block, the answers, what follows from them, the marks. It goes as ink onto
//! the blank of the set, by which all else is the same in all forms.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::counts::Counts;
use super::formulas::Formulas;
use super::results::Results;
use super::tints::{self, Marks};
use super::{Answer, Filling, col, entry, foot};
use crate::finding::Severity;
use crate::grid::CellRef;
use crate::layouts::form::{self as layout, Column, Field, Layout, ResultLine};
use crate::rules::Node;
use crate::text;
use crate::writers::xlsx::stamp::{Formula, Ink, Look, Looks, Value};
use crate::writers::xlsx::{self, colour};

/// A cell's look by the weight of its mark; without one first.
type Tinted = [Look; 4];

/// The weights of marks, in the order of [`Tinted`].
const WEIGHTS: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

/// What the forms of one set have in common beside the blank: looks, and how high rows are at least.
#[derive(Debug)]
pub(super) struct Own<'a> {
    layout: Layout<'a>,
    /// Of lines of the block: to fill in, known already.
    fields: [Tinted; 2],
    /// By node and column.
    nodes: Vec<[Tinted; Column::ALL.len()]>,
    /// Of the result block, by line.
    results: Vec<(u32, ResultLine, [Look; 2])>,
    /// Of a form in which all cells count as on a blank.
    formulas: Formulas,
    /// Lines of text that a node's row has in every form.
    lines: Vec<u32>,
    /// Of a cell that looks like any other.
    plain: Look,
    /// Of the guidance.
    guidance: Look,
}

impl<'a> Own<'a> {
    /// With its looks among these.
    pub fn new(layout: Layout<'a>, looks: &mut Looks) -> Own<'a> {
        let nodes = &layout.set().nodes;
        let mut classes: HashMap<Class, Tinted> = HashMap::new();
        let mut look = |node: &Node, column: Column| {
            let class = Class::of(layout, node, column);
            *classes.entry(class).or_insert_with(|| tinted(looks, &class.format()))
        };
        let nodes: Vec<_> = nodes.iter().map(|node| Column::ALL.map(|column| look(node, column))).collect();
        let results = layout.results().into_iter();
        Own {
            layout,
            fields: [false, true].map(|is_known| tinted(looks, &field_format(is_known))),
            nodes,
            results: results
                .map(|(row, line)| (row, line, foot::formats(line).map(|format| looks.of(&format))))
                .collect(),
            formulas: Formulas::new(layout, &Counts::new(layout, None)),
            lines: (0..layout.set().nodes.len()).map(|index| fixed_lines(layout, index)).collect(),
            plain: looks.of(&xlsx::base()),
            guidance: looks.of(&super::guidance::wrapped()),
        }
    }

    /// The ink of the table's sheet.
    pub fn table(&self, filling: &Filling) -> Ink {
        let mut ink = Ink::default();
        let marks = tints::marks(self.layout, filling.answers);
        self.block(filling, &marks, &mut ink);
        self.nodes(filling, &marks, &mut ink);
        marks.iter().for_each(|(at, (_, text))| ink.note(at.row, col(at.col), text));
        let foot = match filling.school {
            Some(school) => format!("{} {}", school.code, school.name),
            None => self.layout.set().short.clone(),
        };
        ink.foot(&foot);
        ink
    }

    /// The ink of the guidance: until when this one form is due.
    pub fn guidance(&self, filling: &Filling) -> Ink {
        let mut ink = Ink::default();
        if let Some(due) = filling.answers.and_then(|answers| answers.due.as_ref()) {
            let text = text::cell_text(due);
            let row = super::guidance::deadline_row(self.layout.set());
            ink.lines(row, xlsx::lines(&text, super::guidance::WIDTHS[1], false));
            ink.put(row, 1, Value::text(text), self.guidance);
        }
        ink
    }

    /// The ink of the hidden sheet.
    pub fn hidden(&self, filling: &Filling) -> Ink {
        let mut ink = Ink::default();
        if let (Some(school), Some(row)) = (filling.school, super::hidden_row(layout::Hidden::School)) {
            ink.put(row, 1, Value::text(text::cell_text(&school.code.to_string())), self.plain);
        }
        ink
    }

    fn block(&self, filling: &Filling, marks: &Marks, ink: &mut Ink) {
        let mut rows: BTreeMap<u32, u32> = BTreeMap::new();
        for field in Field::ALL {
            if field.label(self.layout.set().is_offices()).is_none() {
                continue;
            }
            let known = known(field, filling, self.layout);
            let look = of_mark(marks, field.value_cells().0, &self.fields[usize::from(known.is_some())]);
            let given = || filling.answers.and_then(|answers| answers.fields.get(&field)).cloned();
            let value = text::cell_text(&known.or_else(given).unwrap_or_default());
            let (first, last) = field.value_cells();
            let width: f64 = Column::ALL[first.col as usize..=last.col as usize].iter().map(|c| c.width()).sum();
            let needed = rows.entry(first.row).or_insert(1);
            *needed = xlsx::lines(&value, width, false).max(*needed);
            ink.across(first.row, (col(first.col), col(last.col)), Value::text(value), look);
        }
        rows.into_iter().for_each(|(row, lines)| ink.lines(row, lines));
    }

    fn nodes(&self, filling: &Filling, marks: &Marks, ink: &mut Ink) {
        let counts = Counts::new(self.layout, filling.answers);
        let other = (!counts.are_as_on_a_blank()).then(|| Formulas::new(self.layout, &counts));
        let formulas = other.as_ref().unwrap_or(&self.formulas);
        let results = Results::new(self.layout, &counts, formulas);
        let live = |text: &Option<Arc<str>>, result: Option<String>| {
            Some(Value::Formula(Formula::new(text.clone()?).set_result(result?)))
        };
        let mut heights = Vec::with_capacity(self.nodes.len());
        for (index, node) in self.layout.set().nodes.iter().enumerate() {
            let answer = filling.answers.and_then(|answers| answers.items.get(&node.code));
            for column in Column::ALL {
                let at = self.layout.cell(index, column);
                let value = match column {
                    Column::Score if !node.is_leaf() => live(&formulas.nodes[index][0], Some(results.sum(index))),
                    Column::Note if !node.is_leaf() => live(&formulas.nodes[index][1], results.level_text(index)),
                    // What the blank says itself bears no marks.
                    Column::Code | Column::Title | Column::Max => continue,
                    Column::Note if node.is_computed() => continue,
                    _ => answer.and_then(|answer| value_of(answer, column)),
                };
                let value = value.or_else(|| marks.contains_key(&at).then_some(Value::Blank));
                if let Some(value) = value {
                    let look = of_mark(marks, at, &self.nodes[index][column.index() as usize]);
                    ink.put(at.row, col(at.col), value, look);
                }
            }
            let lines = self.lines(index, node, answer);
            ink.lines(layout::FIRST_ROW + index as u32, lines);
            heights.push(lines);
        }
        for ((row, line, [words, numbers]), [number, text]) in self.results.iter().zip(&formulas.lines) {
            if let Some(formula) = live(number, results.number(*line)) {
                ink.put(*row, col(Column::Score.index()), formula, *numbers);
            }
            if let Some(formula) = live(text, results.text(*line)) {
                ink.put(*row, col(Column::Part.index()), formula, *words);
            }
        }
        if results_would_part(self.layout, &heights) {
            ink.break_before(self.layout.result_heading_row());
        }
    }

    /// How many lines of text a node's row takes.
    fn lines(&self, index: usize, node: &Node, answer: Option<&Answer>) -> u32 {
        let mut lines = self.lines[index];
        if let Some(answer) = answer {
            let note = if node.is_leaf() { answer.note.as_str() } else { "" };
            for (column, text) in [(Column::Evidence, answer.evidence.as_str()), (Column::Note, note)] {
                if !text.is_empty() {
                    lines = lines.max(xlsx::lines(&text::cell_text(text), column.width(), !node.is_leaf()));
                }
            }
        }
        let empty = self.layout.is_input(node, Column::Evidence) && answer.is_none_or(|one| one.evidence.is_empty());
        // A row with a height of its own does not grow with what is typed: room for a line more.
        if lines > 1 && empty { lines + 1 } else { lines }
    }
}

/// What an answer puts into a column; `None` for nothing.
fn value_of(answer: &Answer, column: Column) -> Option<Value> {
    let typed = match column {
        Column::Score => answer.score.as_ref(),
        Column::Part => answer.part.as_ref(),
        Column::Whole => answer.whole.as_ref(),
        Column::Evidence | Column::Note => {
            let text = if column == Column::Note { &answer.note } else { &answer.evidence };
            return Some(Value::text(text::cell_text(text))).filter(|value| *value != Value::Blank);
        }
        Column::Code | Column::Title | Column::Max => None,
    };
    Some(match entry::typed(typed?)? {
        entry::Typed::Number(number) => Value::Number(number),
        entry::Typed::Text(text) => Value::text(text),
        entry::Typed::Bool(is) => Value::Bool(is),
    })
}

/// Lines of text that a node's row has in every form: its title, and the longest name of a level.
fn fixed_lines(layout: Layout, index: usize) -> u32 {
    let node = &layout.set().nodes[index];
    let level = layout.set().scale_of(index).filter(|_| !node.is_leaf()).and_then(|scale| {
        let texts = scale.levels.iter().map(|range| layout::level_text(scale, range.level));
        texts.max_by_key(|text| text.chars().count())
    });
    let title = (Column::Title.width() - 1.5 * f64::from(indent(node)), node.title.as_str());
    let texts = [Some(title), level.as_ref().map(|text| (Column::Note.width(), text.as_str()))];
    let lines = texts.into_iter().flatten();
    let lines = lines.map(|(width, text)| xlsx::lines(&text::cell_text(text), width, !node.is_leaf()));
    lines.max().unwrap_or(1)
}

/// Whether the results and the places to sign would stand on two printed pages. An estimate: programs differ a little in
/// the height of a line.
fn results_would_part(layout: Layout, lines: &[u32]) -> bool {
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
    for lines in lines {
        let height = match lines {
            1 => LINE,
            lines => f64::from(*lines) * LINE + 3.0,
        };
        used = if used + height > room { HEADER + height } else { used + height };
    }
    // A blank row, the heading, the lines, a blank row, two rows at the places to sign.
    used + (layout.results().len() + 5) as f64 * LINE > room
}

/// What decides how a cell of the table looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Class {
    column: Column,
    depth: usize,
    indent: u8,
    is_leaf: bool,
    is_input: bool,
    is_computed: bool,
}

impl Class {
    pub fn of(layout: Layout, node: &Node, column: Column) -> Class {
        Class {
            column,
            depth: node.code.depth(),
            indent: indent(node),
            is_leaf: node.is_leaf(),
            is_input: layout.is_input(node, column),
            is_computed: node.is_computed(),
        }
    }

    pub fn format(self) -> Format {
        let mut format = xlsx::cell();
        format = match self.column {
            Column::Title => format.set_indent(self.indent),
            Column::Code => format.set_num_format("@").set_align(FormatAlign::Left),
            Column::Evidence | Column::Note => format.set_align(FormatAlign::Left),
            Column::Max | Column::Score | Column::Part | Column::Whole => format.set_align(FormatAlign::Center),
        };
        if !self.is_leaf {
            format = format.set_bold().set_background_color(Color::RGB(if self.depth == 1 {
                colour::GROUP
            } else {
                colour::CRITERION
            }));
        } else if self.is_input {
            format = format.set_unlocked().set_background_color(Color::RGB(colour::INPUT));
        } else if !matches!(self.column, Column::Code | Column::Title | Column::Max) {
            format = format.set_background_color(Color::RGB(colour::IDLE));
        }
        if self.is_computed && self.column == Column::Note {
            format = format.set_italic();
        }
        // Text cells keep what is typed: a document's number is no date.
        if matches!(self.column, Column::Evidence | Column::Note) && self.is_leaf {
            format = format.set_num_format("@");
        }
        format
    }
}

/// The format of the value of a line of the block: what is known already is not typed.
pub(super) fn field_format(is_known: bool) -> Format {
    let format = xlsx::base().set_align(FormatAlign::VerticalCenter).set_align(FormatAlign::Left).set_num_format("@");
    let format = format.set_border_bottom(FormatBorder::Dotted).set_text_wrap();
    if is_known { format } else { format.set_unlocked().set_background_color(Color::RGB(colour::INPUT)) }
}

fn tinted(looks: &mut Looks, format: &Format) -> Tinted {
    let [error, warning, note] = WEIGHTS.map(|severity| {
        let format = format.clone().set_background_color(Color::RGB(xlsx::tint(severity)));
        looks.of(&format)
    });
    [looks.of(format), error, warning, note]
}

fn of_mark(marks: &Marks, at: CellRef, tinted: &Tinted) -> Look {
    let weight = marks.get(&at).and_then(|(severity, _)| WEIGHTS.iter().position(|known| known == severity));
    tinted[weight.map_or(0, |weight| weight + 1)]
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
