//! Formats of the consolidated workbook, each built once.

use std::borrow::Cow;

use jiff::civil::{Date, DateTime, Time};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::codes::Level;
use crate::finding::Severity;
use crate::points::Points;
use crate::writers::xlsx::{Cached, Cell, Formats, Leading, Styled, base, colour, tint};

/// All formats.
pub struct Look {
    /// Of cells without a format.
    pub base: Format,
    /// A1.
    pub title: Format,
    /// A2 and remarks.
    pub note: Format,
    /// A heading inside a sheet.
    pub section: Format,
    /// Header of a table.
    pub head: Format,
    /// Header that stands upright.
    pub head_up: Format,
    /// Text of a table.
    pub text: Format,
    /// Centred text of a table.
    pub mid: Format,
    /// Bold text of a table.
    pub text_bold: Format,
    /// A whole number.
    pub int: Format,
    /// A whole number of a sum.
    pub int_bold: Format,
    /// Points as they are: 7; 7,5.
    pub points: Format,
    /// Points of a sum.
    pub points_bold: Format,
    /// Points with two decimals.
    pub fixed: Format,
    /// Points with two decimals of a sum.
    pub fixed_bold: Format,
    /// A claimed score beside the counted one.
    pub claimed: Format,
    /// A score that does not count until corrected: `0*`.
    pub void: Format,
    /// A claim that does not count until corrected.
    pub void_claim: Format,
    /// No answer: `–`.
    pub missing: Format,
    /// A score that the office has verified: `7°`.
    pub verified: Format,
    /// `Mức 2`.
    pub level: Format,
    /// `Mức 2` of a total.
    pub level_bold: Format,
    /// `66,7%`.
    pub share: Format,
    /// Date and time.
    pub time: Format,
    /// Date.
    pub day: Format,
    /// Centred text of a row of sums.
    pub mid_bold: Format,
    /// Text that leads somewhere.
    pub link: Format,
    /// Centred text that leads somewhere.
    pub link_mid: Format,
    /// Small centred text: cell addresses.
    pub small: Format,
    /// Small text that leads somewhere.
    pub small_link: Format,
    /// Formats of the signed page.
    pub letter: Letter,
    /// Formats of rules that colour cells.
    pub tint: Tint,
}

/// Formats of the signed page, after Nghị định 30/2020/NĐ-CP.
pub struct Letter {
    /// The office above: 12 capitals.
    pub above: Format,
    /// The office, the national name: 12 bold capitals.
    pub capitals: Format,
    /// The national motto: 13 bold.
    pub motto: Format,
    /// The short line under a name.
    pub rule: Format,
    /// Number and sign: 13.
    pub number: Format,
    /// Place and date: 13 italic.
    pub place: Format,
    /// Title: 14 bold.
    pub title: Format,
    /// Subtitle: 13 bold.
    pub subtitle: Format,
    /// The draft notice.
    pub draft: Format,
    /// Running text: 13.
    pub text: Format,
    /// Bold running text: 13.
    pub heading: Format,
    /// Header of a table: 12 bold.
    pub head: Format,
    /// Text of a table: 12.
    pub cell: Format,
    /// Bold text of a table.
    pub cell_bold: Format,
    /// Points of a table.
    pub points: Format,
    /// Points of a group.
    pub points_bold: Format,
    /// A whole number of a table.
    pub int: Format,
    /// `Mức 2`.
    pub level: Format,
    /// "Nơi nhận": 12 bold italic.
    pub to: Format,
    /// Its list: 11.
    pub to_list: Format,
    /// The signer's position: 13 bold capitals.
    pub signer: Format,
    /// "(Ký, ghi rõ họ tên)".
    pub hint: Format,
    /// The signer's name: 13 bold.
    pub name: Format,
}

/// Formats of conditional rules: tints and weight, readable in grey.
pub struct Tint {
    /// To be mended.
    pub error: Format,
    /// To be looked at.
    pub warning: Format,
}

/// Text that leads somewhere.
const LINK: u32 = 0x05_4A_91;
/// The lowest and the highest level, those between lie between, the higher the darker: in charts and tables alike. Far
/// enough apart in grey.
const LEVELS: [u32; 2] = [0xD6_E4_F0, 0x1F_3A_5F];

/// The colour of a level, by its place among all levels of the workbook.
pub fn shade(level: usize, levels: usize) -> u32 {
    let steps = levels.saturating_sub(1).max(1) as u32;
    let at = (level as u32).min(steps);
    let [low, high] = LEVELS;
    let mixed = |shift: u32| {
        let (from, to) = (low >> shift & 0xFF, high >> shift & 0xFF);
        (from * (steps - at) + to * at) / steps
    };
    mixed(16) << 16 | mixed(8) << 8 | mixed(0)
}

/// White on dark, black on light.
pub fn ink(shade: u32) -> Color {
    let luma = (shade >> 16 & 0xFF) * 3 + (shade >> 8 & 0xFF) * 6 + (shade & 0xFF);
    if luma < 1_280 { Color::White } else { Color::Black }
}

/// A cell of a level.
pub fn of_level(level: usize, levels: usize) -> Format {
    let shade = shade(level, levels);
    Format::new().set_background_color(shade).set_font_color(ink(shade)).set_bold()
}

fn font(size: f64) -> Format {
    base().set_font_size(size).set_align(FormatAlign::VerticalCenter)
}

fn cell(size: f64) -> Format {
    font(size).set_border(FormatBorder::Thin).set_border_color(colour::LINE)
}

impl Look {
    /// All formats.
    pub fn new() -> Look {
        let text = cell(11.0).set_text_wrap();
        let mid = text.clone().set_align(FormatAlign::Center);
        let bold = text.clone().set_bold().set_background_color(colour::CRITERION);
        let point = cell(11.0).set_align(FormatAlign::Center);
        let point_bold = point.clone().set_bold().set_background_color(colour::CRITERION);
        let head = mid.clone().set_bold().set_background_color(colour::HEADER);
        let link = |format: Format| format.set_font_color(LINK).set_underline(FormatUnderline::Single);
        let small = cell(11.0).set_align(FormatAlign::Center).set_font_color(colour::QUIET);
        Look {
            base: base().set_font_size(11.0),
            title: font(14.0).set_bold(),
            note: font(11.0).set_italic(),
            section: font(12.0).set_bold(),
            head_up: head.clone().set_rotation(90),
            head,
            text_bold: bold,
            int: point.clone().set_num_format("0"),
            int_bold: point_bold.clone().set_num_format("0"),
            points: point.clone(),
            points_bold: point_bold.clone(),
            fixed: point.clone().set_num_format("0.00"),
            fixed_bold: point_bold.clone().set_num_format("0.00"),
            claimed: point.clone().set_italic().set_font_color(colour::QUIET),
            void: point.clone().set_bold().set_num_format("0\"*\"").set_background_color(colour::WRONG),
            void_claim: point.clone().set_italic().set_font_strikethrough(),
            missing: point.clone().set_bold().set_num_format("\"–\"").set_background_color(colour::MISSING),
            verified: point.clone().set_num_format("General\"°\""),
            level: point.clone().set_num_format("\"Mức \"0"),
            level_bold: point_bold.clone().set_num_format("\"Mức \"0"),
            share: point.clone().set_num_format("0.0%"),
            time: mid.clone().set_num_format("dd/mm/yyyy hh:mm"),
            day: mid.clone().set_num_format("dd/mm/yyyy"),
            mid_bold: mid.clone().set_bold(),
            link: link(text.clone()),
            link_mid: link(mid.clone()),
            small_link: link(small.clone()),
            small,
            mid,
            text,
            letter: Letter::new(),
            tint: Tint::new(),
        }
    }
}

impl Look {
    /// Every format of a table; the workbook's own first.
    #[rustfmt::skip]
    pub fn of_tables(&self) -> Vec<&Format> {
        let Look {
            base, title, note, section, head, head_up, text, mid, text_bold, int, int_bold, points, points_bold,
            fixed, fixed_bold, claimed, void, void_claim, missing, verified, level, level_bold, share, time, day,
            mid_bold, link, link_mid, small, small_link,
            letter: _, tint: _,
        } = self;
        vec![
            base, title, note, section, head, head_up, text, mid, text_bold, int, int_bold, points, points_bold,
            fixed, fixed_bold, claimed, void, void_claim, missing, verified, level, level_bold, share, time, day,
            mid_bold, link, link_mid, small, small_link,
        ]
    }
}

impl Formats for Look {
    const LEAVES_OFFICE: bool = true;
    const LEADING: Leading =
        Leading { line: 14.5, more: 1.0, most: 405.0, row: 15.0, wider: 1.0, narrower: 1.15, size: 11.0 };

    fn heads(&self) -> &Format {
        &self.head
    }

    fn texts(&self) -> &Format {
        &self.text
    }

    fn is_bold(&self, format: &Format) -> bool {
        [&self.text_bold, &self.mid_bold].iter().any(|bold| std::ptr::eq(*bold, format))
    }
}

/// Cells of a table.
impl Look {
    /// A text that wraps.
    pub fn text<'c>(&'c self, text: impl Into<Cow<'c, str>>) -> Styled<'c> {
        (Cell::text(text), &self.text)
    }

    /// The same, of a group.
    pub fn text_bold<'c>(&'c self, text: impl Into<Cow<'c, str>>) -> Styled<'c> {
        (Cell::text(text), &self.text_bold)
    }

    /// A short text, centred.
    pub fn mid<'c>(&'c self, text: impl Into<Cow<'c, str>>) -> Styled<'c> {
        (Cell::text(text), &self.mid)
    }

    /// A small text on one line.
    pub fn small<'c>(&'c self, text: impl Into<Cow<'c, str>>) -> Styled<'c> {
        (Cell::Line(text.into()), &self.small)
    }

    /// A text that leads somewhere, if `target` is not empty.
    pub fn link<'c>(&'c self, target: String, text: impl Into<Cow<'c, str>>) -> Styled<'c> {
        (Cell::Link(target, text.into()), &self.link)
    }

    /// What leads to a file whose name stands beside it: the sheet, which is short. LibreOffice shows the beginning alone of a
    /// link that is longer than its cell.
    pub fn opens<'c>(&'c self, target: String, sheet: &'c str) -> Styled<'c> {
        self.link(target.clone(), if sheet.is_empty() && !target.is_empty() { "mở tệp" } else { sheet })
    }

    /// A whole number.
    pub fn int(&self, number: impl Into<Cached>) -> Styled<'_> {
        (Cell::number(number), &self.int)
    }

    /// Points; blank where there are none.
    pub fn points(&self, points: Option<Points>) -> Styled<'_> {
        (points.map_or(Cell::Blank, |points| Cell::Number(points.to_f64())), &self.points)
    }

    /// A level; blank where there is none.
    pub fn level(&self, level: Option<Level>) -> Styled<'_> {
        (level.map_or(Cell::Blank, |level| Cell::Number(f64::from(level.0))), &self.level)
    }

    /// A date and time, a day alone where no time of it is known; blank where not known.
    pub fn time(&self, time: Option<DateTime>) -> Styled<'_> {
        match time.filter(|time| time.time() == Time::midnight()) {
            Some(day) => self.day(Some(day.date())),
            None => (Cell::time(time), &self.time),
        }
    }

    /// A date; blank where not known.
    pub fn day(&self, day: Option<Date>) -> Styled<'_> {
        (Cell::day(day), &self.day)
    }
}

impl Letter {
    fn new() -> Letter {
        let centre = |size: f64| font(size).set_align(FormatAlign::Center).set_text_wrap();
        let table = |size: f64| cell(size).set_text_wrap();
        let mid = table(12.0).set_align(FormatAlign::Center);
        Letter {
            above: centre(12.0),
            capitals: centre(12.0).set_bold(),
            motto: centre(13.0).set_bold(),
            rule: font(9.0).set_align(FormatAlign::Center).set_align(FormatAlign::Top),
            number: centre(13.0),
            place: centre(13.0).set_italic(),
            title: centre(14.0).set_bold(),
            subtitle: centre(13.0).set_bold(),
            draft: centre(12.0).set_bold().set_border(FormatBorder::Thin),
            text: font(13.0).set_text_wrap(),
            heading: font(13.0).set_bold().set_text_wrap(),
            head: mid.clone().set_bold().set_background_color(colour::IDLE),
            cell: table(12.0),
            cell_bold: table(12.0).set_bold(),
            points: mid.clone(),
            points_bold: mid.clone().set_bold(),
            int: mid.clone().set_num_format("0"),
            level: mid.clone().set_num_format("\"Mức \"0").set_bold(),
            to: font(12.0).set_bold().set_italic(),
            to_list: font(11.0).set_text_wrap().set_align(FormatAlign::Top),
            signer: centre(13.0).set_bold(),
            hint: centre(12.0).set_italic(),
            name: centre(13.0).set_bold(),
        }
    }
}

impl Tint {
    fn new() -> Tint {
        let fill = |rgb: u32| Format::new().set_background_color(rgb);
        Tint { error: fill(tint(Severity::Error)).set_bold(), warning: fill(tint(Severity::Warning)) }
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Worksheet;

    use super::*;
    use crate::grid::CellRef;
    use crate::report::Page;

    #[test]
    fn a_row_has_room_for_bold_letters() {
        let look = Look::new();
        let text = "Điểm: điểm tối đa × tỉ lệ, làm tròn 2 chữ số";
        let room = |width: u32, format: &Format| {
            let mut sheet = Worksheet::new();
            let mut page = Page::new(&mut sheet, &look, None);
            page.widths([f64::from(width)]).expect("a width");
            page.text(CellRef::new(3, 0), text, format).expect("a text");
            page.lines_here()
        };
        let both: Vec<(u32, u32)> = (20..60).map(|at| (room(at, &look.text), room(at, &look.text_bold))).collect();
        assert!(both.iter().all(|(plain, bold)| bold >= plain));
        assert!(both.iter().any(|(plain, bold)| bold > plain));
    }
}
