//! What lies on the cells of a worksheet: text boxes and pictures of its drawing, check boxes of its older one.

use super::xml::{Element, Next, Walk};
use crate::grid::{CellRef, Drawn, DrawnKind, MAX_COLS, MAX_ROWS};
use crate::reader::excel::build::Sheet;

/// English Metric Units of a usual row and column, for drawings that only tell their size.
const ROW: u64 = 190_500;
const COLUMN: u64 = 609_600;

/// One anchored thing.
#[derive(Default)]
struct Anchored {
    from: [u32; 2],
    to: Option<[u32; 2]>,
    size: [u64; 2],
    kind: Option<DrawnKind>,
    text: String,
    is_hidden: bool,
}

/// Adds what a drawing holds.
pub(super) fn see(part: &[u8], sheet: &mut Sheet) {
    let mut walk = Walk::of(part);
    let mut thing: Option<Anchored> = None;
    while let Some(next) = walk.next() {
        match (next, &mut thing) {
            (Next::Start(e), _) if e.name().ends_with("Anchor") => thing = Some(Anchored::default()),
            (Next::End(e), Some(_)) if e.name().ends_with("Anchor") => {
                if let Some(drawn) = thing.take().and_then(Anchored::drawn) {
                    sheet.draw(drawn);
                }
            }
            // The same again for older programs.
            (Next::Start(e), _) if e.name() == "Fallback" => walk.skip(),
            (Next::Start(e), Some(thing)) => match e.name() {
                "from" => thing.from = corner(&mut walk, "from"),
                "to" => thing.to = Some(corner(&mut walk, "to")),
                "ext" => {
                    if let (Some(cx), Some(cy)) = (e.number("cx"), e.number("cy")) {
                        thing.size = [cx, cy];
                    }
                }
                "cNvPr" => thing.is_hidden |= e.is("hidden"),
                "pic" => thing.kind = Some(DrawnKind::Picture),
                "sp" => thing.kind = thing.kind.or(Some(DrawnKind::TextBox)),
                "p" if !thing.text.is_empty() => thing.text.push('\n'),
                "t" => thing.text.push_str(&walk.text()),
                _ => {}
            },
            _ => {}
        }
    }
}

impl Anchored {
    /// `None` for what shows nothing that could be read.
    fn drawn(self) -> Option<Drawn> {
        let kind = self.kind.filter(|_| !self.is_hidden)?;
        let text = self.text.trim().to_owned();
        // An arrow, a frame, a line to sign on.
        if kind == DrawnKind::TextBox && !text.chars().any(char::is_alphanumeric) {
            return None;
        }
        let [row, col] = self.from;
        let [height, width] = [self.size[1] / ROW, self.size[0] / COLUMN].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        let [last_row, last_col] = self.to.unwrap_or([row.saturating_add(height), col.saturating_add(width)]);
        Some(Drawn { kind, from: cell(row, col), to: cell(last_row.max(row), last_col.max(col)), text })
    }
}

fn cell(row: u32, col: u32) -> CellRef {
    CellRef::new(row.min(MAX_ROWS - 1), col.min(MAX_COLS - 1))
}

/// Row and column of a corner.
fn corner(walk: &mut Walk<'_>, holder: &str) -> [u32; 2] {
    let mut place = [0, 0];
    while let Some(next) = walk.next() {
        match next {
            Next::Start(e) if e.name() == "row" => place[0] = walk.text().trim().parse().unwrap_or_default(),
            Next::Start(e) if e.name() == "col" => place[1] = walk.text().trim().parse().unwrap_or_default(),
            Next::End(e) if e.name() == holder => break,
            _ => {}
        }
    }
    place
}

/// Adds the check boxes and buttons of an older drawing, in which programs keep controls to this day.
pub(super) fn see_old(part: &[u8], sheet: &mut Sheet) {
    let mut walk = Walk::of(part);
    let mut shape = Shape::default();
    while let Some(next) = walk.next() {
        match next {
            Next::Start(e) => match e.name() {
                "shape" => shape = Shape::default(),
                "textbox" => shape.text = walk_text(&mut walk),
                "ClientData" => shape.kind = kind(&e),
                "Anchor" => shape.anchor = walk.text(),
                "Checked" => shape.is_checked = !matches!(walk.text().trim(), "" | "0"),
                "FmlaLink" => shape.linked = walk.text(),
                _ => {}
            },
            Next::End(e) if e.name() == "shape" => {
                if let Some(drawn) = std::mem::take(&mut shape).drawn() {
                    sheet.draw(drawn);
                }
            }
            _ => {}
        }
    }
}

/// The text of a box, which may hold elements that never end.
fn walk_text(walk: &mut Walk<'_>) -> String {
    let mut text = String::new();
    while let Some(next) = walk.next() {
        match next {
            Next::Text(piece) => text.push_str(&piece),
            Next::End(e) if e.name() == "textbox" => break,
            _ => {}
        }
    }
    text
}

fn kind(e: &Element<'_>) -> Option<DrawnKind> {
    match e.get("ObjectType")?.as_str() {
        "Checkbox" | "Radio" | "Drop" | "List" | "Spin" | "Scroll" => Some(DrawnKind::CheckBox),
        "Edit" | "EditBox" => Some(DrawnKind::TextBox),
        _ => None,
    }
}

#[derive(Default)]
struct Shape {
    kind: Option<DrawnKind>,
    anchor: String,
    text: String,
    is_checked: bool,
    linked: String,
}

impl Shape {
    fn drawn(self) -> Option<Drawn> {
        let kind = self.kind?;
        // Column, row, and how far into them, of both corners.
        let mut numbers = self.anchor.split(',').map(|number| number.trim().parse::<u32>().unwrap_or_default());
        let [left, _, top, _, right, _, bottom] = std::array::from_fn(|_| numbers.next().unwrap_or_default());
        let (from, to) = (cell(top, left), cell(bottom.max(top), right.max(left)));
        // Its answer goes into a cell beneath it, and is read there.
        let place = self.linked.rsplit('!').next().unwrap_or_default().parse::<CellRef>();
        let is_beneath = |at: CellRef| (from.row..=to.row).contains(&at.row) && (from.col..=to.col).contains(&at.col);
        if place.is_ok_and(is_beneath) {
            return None;
        }
        let mark = if self.is_checked { "☑" } else { "☐" };
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = if kind == DrawnKind::CheckBox { format!("{mark} {text}").trim().to_owned() } else { text };
        Some(Drawn { kind, from, to, text })
    }
}
