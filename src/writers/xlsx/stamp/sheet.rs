//! A worksheet of the blank, taken apart so that ink can be put between its cells: what stands before the cells, the
//! cells row by row, and the elements behind them.

use std::collections::BTreeMap;

use super::ink::{Cell, Ink, Link, Value, address};
use super::package::Common;
use super::strings::Strings;
use crate::writers::xlsx::worksheet::{Apart, place};
use crate::writers::xlsx::xml::{self, digits, escaped};
use crate::writers::xlsx::{pixels_of, shown_height};

/// The pixels of a digit of the workbook's font, and what a column has beside its digits.
const DIGIT: f64 = 9.0;
/// Pixels of a column whose width is not told.
const COLUMN: u32 = 80;

/// A row of the blank.
#[derive(Debug, Clone, Default)]
struct Row {
    /// In points, as written.
    height: Option<String>,
    /// What else its tag says.
    more: String,
    /// Column, and the cell from behind its address.
    cells: Vec<(u16, String)>,
}

/// A worksheet of the blank.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// Bytes of its text.
    size: usize,
    /// Before the element `dimension`, and from behind it to the first row.
    front: (String, String),
    rows: BTreeMap<u32, Row>,
    /// The elements behind the cells, with their places.
    behind: Vec<(usize, String)>,
    /// Those between merged cells and links, which ink leaves alone, where there are any.
    pub untouched: Option<Common>,
    /// Widths of the columns that have one, in pixels; nothing of hidden ones.
    widths: BTreeMap<u16, u32>,
    /// Height of a row that has none of its own, in pixels.
    row_height: u32,
}

impl Sheet {
    /// Takes a worksheet apart; `None` where it is not as the library writes one.
    pub fn of(text: &str) -> Option<Sheet> {
        let Apart { front, middle, rows, behind, .. } = Apart::of(text)?;
        let untouched: String = between(&behind).map(|(_, text)| text.as_str()).collect();
        Some(Sheet {
            size: text.len(),
            front: (front.to_owned(), format!("{middle}<sheetData>")),
            rows: rows_of(rows)?,
            behind,
            untouched: (!untouched.is_empty()).then(|| Common::of(&untouched)),
            widths: widths(middle)?,
            row_height: points_to_pixels(xml::attribute(middle, "defaultRowHeight").unwrap_or("15")),
        })
    }

    /// Takes the looks off: the styles of the cells of the first row from a column on, which the sheet loses. A cell that
    /// looks like any other is not written at all.
    pub fn take_styles_from(&mut self, first: u16) -> Vec<u32> {
        let mut styles = Vec::new();
        let Some(row) = self.rows.get_mut(&0) else { return styles };
        let from = row.cells.iter().position(|(col, _)| *col >= first).unwrap_or(row.cells.len());
        for (col, cell) in row.cells.drain(from..) {
            let place = usize::from(col - first);
            styles.resize(place + 1, 0);
            styles[place] = xml::attribute(&cell, "s").and_then(|style| style.parse().ok()).unwrap_or(0);
        }
        if row.cells.is_empty() && row.height.is_none() && row.more.is_empty() {
            self.rows.remove(&0);
        }
        styles
    }

    /// The sheet without ink.
    pub fn plain(&self) -> String {
        let [front, back] = self.with(&Ink::default(), &[], &mut Strings::behind(0), false);
        let untouched: String = between(&self.behind).map(|(_, text)| text.as_str()).collect();
        format!("{front}{untouched}{back}")
    }

    /// The sheet with ink on it, before and behind what it leaves alone. `styles` are the numbers of the looks; `draws` adds the link
    /// to the notes' drawing.
    pub fn with(&self, ink: &Ink, styles: &[u32], strings: &mut Strings, draws: bool) -> [String; 2] {
        let mut out = String::with_capacity(self.size + 16 * 1024);
        out.push_str(&self.front.0);
        let mut cells: Vec<&Cell> = ink.cells.iter().collect();
        // Of cells that are written twice the last one counts.
        cells.sort_by_key(|cell| cell.at);
        self.dimension(&cells, &mut out);
        out.push_str(&self.front.1);
        let mut heights: Vec<(u32, f64)> = ink.heights.clone();
        heights.sort_by_key(|(row, _)| *row);
        self.rows(&cells, &heights, styles, strings, &mut out);
        out.push_str("</sheetData>");
        self.merged(ink, &mut out);
        let mut back = String::new();
        self.back(ink, draws, &mut back);
        [out, back]
    }

    fn dimension(&self, own: &[&Cell], out: &mut String) {
        let blank = self.rows.iter().filter_map(|(row, of)| {
            let (first, last) = (of.cells.first()?.0, of.cells.last()?.0);
            Some([(*row, first), (*row, last)])
        });
        let all = blank.flatten().chain(own.iter().map(|cell| cell.at));
        let bounds = all.fold(None, |bounds: Option<[(u32, u16); 2]>, (row, col)| {
            let [first, last] = bounds.unwrap_or([(row, col); 2]);
            Some([(first.0.min(row), first.1.min(col)), (last.0.max(row), last.1.max(col))])
        });
        out.push_str("<dimension ref=\"");
        let [first, last] = bounds.unwrap_or_default();
        out.push_str(address(first).as_str());
        if first != last {
            out.push(':');
            out.push_str(address(last).as_str());
        }
        out.push_str("\"/>");
    }

    /// The rows of the blank and of the ink, in order.
    fn rows(&self, own: &[&Cell], heights: &[(u32, f64)], styles: &[u32], strings: &mut Strings, out: &mut String) {
        let none = Row::default();
        let mut blank = self.rows.iter().peekable();
        let (mut own, mut heights) = (own, heights);
        loop {
            let next = [
                blank.peek().map(|(row, _)| **row),
                own.first().map(|cell| cell.at.0),
                heights.first().map(|(row, _)| *row),
            ];
            let Some(row) = next.into_iter().flatten().min() else { break };
            let of = blank.next_if(|(known, _)| **known == row).map_or(&none, |(_, of)| of);
            let end = own.iter().position(|cell| cell.at.0 != row).unwrap_or(own.len());
            let (here, rest) = own.split_at(end);
            own = rest;
            let mut height = None;
            while let Some(((_, points), rest)) = heights.split_first().filter(|((of, _), _)| *of == row) {
                height = Some(*points);
                heights = rest;
            }
            of.write(row, here, height, styles, strings, out);
        }
    }

    /// From the cells to those that are merged.
    fn merged(&self, ink: &Ink, out: &mut String) {
        let merged = place("mergeCells");
        let is_before = |at: usize| Some(at) < merged || (Some(at) == merged && ink.spans.is_empty());
        self.behind.iter().filter(|(at, _)| is_before(*at)).for_each(|(_, text)| out.push_str(text));
        if !ink.spans.is_empty() {
            let known = self.behind.iter().find(|(at, _)| Some(*at) == merged);
            let list = known.and_then(|(_, text)| xml::inner(text)).unwrap_or_default();
            out.push_str("<mergeCells count=\"");
            digits(out, (list.matches("<mergeCell ").count() + ink.spans.len()) as u64);
            out.push_str("\">");
            out.push_str(list);
            for &(row, first, last) in &ink.spans {
                out.push_str("<mergeCell ref=\"");
                out.push_str(address((row, first)).as_str());
                out.push(':');
                out.push_str(address((row, last)).as_str());
                out.push_str("\"/>");
            }
            out.push_str("</mergeCells>");
        }
    }

    /// From the links to the end.
    fn back(&self, ink: &Ink, draws: bool, out: &mut String) {
        let mut own: Vec<(usize, String)> = Vec::new();
        let mut add = |element: &str, text: String| own.extend(place(element).map(|at| (at, text)));
        if !ink.links.is_empty() {
            let mut links = ink.links.clone();
            links.sort();
            let mut list = "<hyperlinks>".to_owned();
            for Link { at, to, text } in &links {
                list.push_str("<hyperlink ref=\"");
                list.push_str(address(*at).as_str());
                list.push_str("\" location=\"");
                escaped(&mut list, to, true);
                list.push_str("\" display=\"");
                escaped(&mut list, text, true);
                list.push_str("\"/>");
            }
            add("hyperlinks", list + "</hyperlinks>");
        }
        if let Some(row) = ink.break_before {
            let list = format!(
                "<rowBreaks count=\"1\" manualBreakCount=\"1\"><brk id=\"{row}\" max=\"16383\" man=\"1\"/></rowBreaks>"
            );
            add("rowBreaks", list);
        }
        if draws {
            add("legacyDrawing", format!("<legacyDrawing r:id=\"{}\"/>", super::notes::DRAWING_ID));
        }
        let from = place("hyperlinks");
        let known = self.behind.iter().filter(|(at, _)| Some(*at) >= from);
        let mut all: Vec<(usize, &str)> = known.map(|(at, text)| (*at, text.as_str())).collect();
        all.extend(own.iter().map(|(at, text)| (*at, text.as_str())));
        all.sort_by_key(|(at, _)| *at);
        for (at, text) in all {
            match (&ink.foot, Some(at) == place("headerFooter")) {
                (Some(foot), true) => with_foot(text, foot, out),
                _ => out.push_str(text),
            }
        }
        out.push_str("</worksheet>");
    }

    /// Width of a column, in pixels.
    pub fn width(&self, col: u16) -> u32 {
        self.widths.get(&col).copied().unwrap_or(COLUMN)
    }

    /// Height of a row with the ink's heights, in pixels.
    pub fn height(&self, row: u32, ink: &BTreeMap<u32, f64>) -> u32 {
        if let Some(points) = ink.get(&row) {
            return pixels_of(*points);
        }
        let own = self.rows.get(&row).and_then(|of| of.height.as_deref());
        own.map_or(self.row_height, points_to_pixels)
    }
}

impl Row {
    fn write(
        &self,
        row: u32,
        own: &[&Cell],
        height: Option<f64>,
        styles: &[u32],
        strings: &mut Strings,
        out: &mut String,
    ) {
        out.push_str("<row r=\"");
        digits(out, u64::from(row) + 1);
        out.push('"');
        out.push_str(&self.more);
        let height = height.map(|points| shown_height(points).to_string()).or(self.height.clone());
        if let Some(height) = height {
            out.push_str(" ht=\"");
            out.push_str(&height);
            out.push_str("\" customHeight=\"1\"");
        }
        out.push('>');
        let mut own = own.iter().peekable();
        let mut blank = self.cells.iter().peekable();
        loop {
            let (one, other) = (own.peek().map(|cell| cell.at.1), blank.peek().map(|(col, _)| *col));
            let Some(col) = [one, other].into_iter().flatten().min() else { break };
            out.push_str("<c r=\"");
            out.push_str(address((row, col)).as_str());
            out.push('"');
            let under = blank.next_if(|(of, _)| *of == col);
            let mut over = None;
            while let Some(cell) = own.next_if(|cell| cell.at.1 == col) {
                over = Some(cell);
            }
            match (over, under) {
                (Some(cell), _) => put(cell, styles, strings, out),
                (None, Some((_, text))) => out.push_str(text),
                (None, None) => {}
            }
        }
        out.push_str("</row>");
    }
}

/// A cell from behind its address.
fn put(cell: &Cell, styles: &[u32], strings: &mut Strings, out: &mut String) {
    out.push_str(" s=\"");
    digits(out, styles.get(usize::from(cell.look.0)).copied().unwrap_or(0).into());
    match &cell.value {
        Value::Blank => out.push_str("\"/>"),
        Value::Text(text) => {
            out.push_str("\" t=\"s\"><v>");
            digits(out, strings.number_of(text).into());
            out.push_str("</v></c>");
        }
        Value::Number(number) => {
            out.push_str("\"><v>");
            xml::number(out, *number);
            out.push_str("</v></c>");
        }
        Value::Bool(is) => {
            out.push_str("\" t=\"b\"><v>");
            out.push(if *is { '1' } else { '0' });
            out.push_str("</v></c>");
        }
        Value::Formula(formula) => {
            out.push_str(if formula.result.parse::<f64>().is_ok() { "\"><f>" } else { "\" t=\"str\"><f>" });
            escaped(out, &formula.text, false);
            out.push_str("</f><v>");
            escaped(out, &formula.result, false);
            out.push_str("</v></c>");
        }
    }
}

/// The elements between merged cells and links.
fn between(behind: &[(usize, String)]) -> impl Iterator<Item = &(usize, String)> {
    let (merged, links) = (place("mergeCells"), place("hyperlinks"));
    behind.iter().filter(move |(at, _)| Some(*at) > merged && Some(*at) < links)
}

fn with_foot(element: &str, foot: &str, out: &mut String) {
    let parts = element.split_once("<oddFooter>").zip(element.split_once("</oddFooter>"));
    let Some(((before, _), (_, after))) = parts else { return out.push_str(element) };
    out.push_str(before);
    out.push_str("<oddFooter>");
    escaped(out, foot, false);
    out.push_str("</oddFooter>");
    out.push_str(after);
}

fn rows_of(text: &str) -> Option<BTreeMap<u32, Row>> {
    let mut rows = BTreeMap::new();
    for row in text.split("<row ").skip(1) {
        let (tag, cells) = row.split_once('>')?;
        let number: u32 = xml::attribute(tag, "r")?.parse().ok()?;
        let mut of = Row { height: xml::attribute(tag, "ht").map(str::to_owned), ..Row::default() };
        let said = tag.trim_end_matches('/').split("\" ").filter_map(|one| one.split_once('='));
        for (name, value) in said.filter(|(name, _)| !["r", "spans", "ht", "customHeight"].contains(name)) {
            of.more += &format!(" {name}=\"{}\"", value.trim_matches('"'));
        }
        for cell in cells.split("<c r=\"").skip(1) {
            let (at, cell) = cell.split_once('"')?;
            let at: crate::grid::CellRef = at.parse().ok()?;
            let cell = cell.strip_suffix("</row>").unwrap_or(cell);
            of.cells.push((u16::try_from(at.col).ok()?, cell.to_owned()));
        }
        rows.insert(number.checked_sub(1)?, of);
    }
    Some(rows)
}

/// Widths of columns in pixels; a hidden one has none.
fn widths(text: &str) -> Option<BTreeMap<u16, u32>> {
    let mut widths = BTreeMap::new();
    for col in text.split("<col ").skip(1) {
        let tag = col.split('>').next()?;
        let number = |name| xml::attribute(tag, name)?.parse::<u16>().ok();
        let width: f64 = xml::attribute(tag, "width")?.parse().ok()?;
        let is_hidden = xml::attribute(tag, "hidden") == Some("1");
        let pixels = if is_hidden { 0 } else { (width * DIGIT).round() as u32 };
        widths.extend((number("min")?..=number("max")?).map(|col| (col.saturating_sub(1), pixels)));
    }
    Some(widths)
}

fn points_to_pixels(points: &str) -> u32 {
    points.parse().map_or(20, pixels_of)
}
