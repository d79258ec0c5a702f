//! The sheet `Cần sửa`: the verdict, then what to correct, where and how, then the points so far.
//!
//! Nothing on it may look like a table of scores or like another school: what is sent back is read like any return.

use rust_xlsxwriter::{Color, FormatAlign, FormatUnderline, Workbook, XlsxError};

use super::marks;
use super::opinions;
use crate::codes::Level;
use crate::finding::{Finding, Lang, Place, Severity};
use crate::form_writer::{Answers, standing};
use crate::layouts::form::{self as layout, TABLE_SHEET};
use crate::layouts::opinions::{NUMBER, OPINION};
use crate::outcome::Scored;
use crate::outcome::{Outcome, Status};
use crate::points::Points;
use crate::rules::{NodeKind, RuleSet, Scale};
use crate::text;
use crate::views::Correction;
use crate::views::deadline::{last_day, written};
use crate::writers::xlsx::stamp::{Ink, Look, Looks, Value};
use crate::writers::xlsx::{self, colour};

/// Titles and widths of the columns.
const COLUMNS: [(&str, f64); 7] = [
    (NUMBER, 6.0),
    ("Việc", 12.0),
    ("Điều cần sửa", 42.0),
    ("Cách sửa", 34.0),
    ("Ô trong phiếu này", 11.0),
    ("Chỗ trong tệp đã nộp", 18.0),
    (OPINION, 28.0),
];
const LAST_COLUMN: u16 = COLUMNS.len() as u16 - 1;

/// How the cells of the sheet look.
pub(super) struct FirstLooks {
    title: Look,
    strong: Look,
    alarm: Look,
    line: Look,
    header: Look,
    cell: Look,
    centred: Look,
    linked: Look,
    /// By severity.
    labels: [(Severity, Look); 3],
    opinions: opinions::Looks,
}

/// The sheet without what is a school's own.
pub(super) fn blank(workbook: &mut Workbook, looks: &mut Looks) -> Result<FirstLooks, XlsxError> {
    let sheet = workbook.add_worksheet().set_name(layout::CORRECTION_SHEET)?;
    for (col, (_, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(col, width)?;
    }
    xlsx::set_page(sheet, xlsx::Paper::Landscape, "");
    sheet.set_print_area(0, 0, 0, LAST_COLUMN)?.set_repeat_rows(0, 0)?;
    opinions::hide_keys(sheet, LAST_COLUMN + 1)?;
    sheet.set_screen_gridlines(false).set_zoom(85).set_tab_color(Color::RGB(colour::ALARM));
    let line = xlsx::base().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    let strong = line.clone().set_bold();
    let centred = xlsx::cell().set_align(FormatAlign::Center);
    let label = |severity| centred.clone().set_bold().set_background_color(Color::RGB(xlsx::tint(severity)));
    let linked = centred.clone().set_font_color(Color::RGB(colour::LINK)).set_underline(FormatUnderline::Single);
    Ok(FirstLooks {
        title: looks.of(&strong.clone().set_font_size(16)),
        alarm: looks.of(&strong.clone().set_font_color(Color::RGB(colour::ALARM))),
        strong: looks.of(&strong),
        line: looks.of(&line),
        header: looks.of(&xlsx::header()),
        cell: looks.of(&xlsx::cell()),
        centred: looks.of(&centred),
        linked: looks.of(&linked),
        labels: [Severity::Error, Severity::Warning, Severity::Note]
            .map(|severity| (severity, looks.of(&label(severity)))),
        opinions: opinions::looks(looks),
    })
}

/// What stands on it.
pub(super) fn ink(outcome: &Outcome, correction: &Correction, answers: &Answers, looks: &FirstLooks) -> Ink {
    let mut page = Page { ink: Ink::default(), looks, row: 0 };
    page.line("PHIẾU TỰ ĐÁNH GIÁ: NHỮNG ĐIỀU CẦN SỬA", looks.title);
    page.line(
        &format!("{} ({}), {}", correction.school.name, correction.school.code, correction.set.short),
        looks.strong,
    );
    let is_alarm = correction.count(Severity::Error) > 0;
    page.line(&verdict(correction), if is_alarm { looks.alarm } else { looks.strong });
    for line in what_came(correction).into_iter().chain(points(correction, answers)) {
        page.line(&line, looks.line);
    }
    page.line(&request(outcome, correction), looks.line);
    let is_listed = |finding: &&Finding| finding.severity != Severity::Note || finding.is_explained();
    let listed: Vec<&Finding> = correction.findings.iter().copied().filter(is_listed).collect();
    if listed.iter().any(|finding| opinions::is_open(finding)) {
        page.line(&opinions::request(), looks.line);
    }
    page.row += 1;
    let head = page.row;
    page.table(correction, &listed);
    page.ink.foot(&format!("{} {}", correction.school.code, correction.school.name));
    page.ink.print(page.row - 1, LAST_COLUMN, head);
    page.ink
}

/// Whether the return counts, and what does not.
fn verdict(correction: &Correction) -> String {
    let (errors, warnings) = (correction.count(Severity::Error), correction.count(Severity::Warning));
    let look = match warnings {
        0 => String::new(),
        more => format!("; {more} điều cần xem lại"),
    };
    match correction.expected.status {
        Status::Accepted if errors > 0 => {
            let here = correction.expected.source.as_ref().map(|source| &source.file);
            let void = correction.findings.iter().filter(|finding| finding.severity == Severity::Error);
            let void = void.filter(|finding| finding.place.file.as_ref() == here).count();
            let mut parts = Vec::new();
            if void > 0 {
                parts.push(format!("{void} chỗ có lỗi tạm tính 0 điểm cho đến khi sửa"));
            }
            if errors > void {
                parts.push(format!("{} lỗi ở tệp gửi thêm, tệp đó chưa dùng được", errors - void));
            }
            format!("Phiếu được tính, nhưng {}{look}.", parts.join("; "))
        }
        Status::Accepted => format!("Phiếu được tính; có {warnings} điều cần xem lại."),
        Status::NotValid | Status::Missing => format!("Phiếu CHƯA được tính: {errors} lỗi phải sửa{look}."),
    }
}

/// Of a return that cannot be used: what came, why it is not used, and what can be mended in it.
fn what_came(correction: &Correction) -> Vec<String> {
    if !correction.is_blank() {
        return Vec::new();
    }
    let came = correction.came().map(|came| format!("Trường đã gửi: {came}."));
    let why =
        correction.causes().into_iter().map(|cause| format!("Vì sao chưa dùng được: {}", cause.message(Lang::Vi)));
    came.into_iter().chain(why).chain(correction.slip()).collect()
}

/// The points and levels of the return as it is, one line for each group: what the form itself says of its cells, and
/// what counts where the office has verified something.
fn points(correction: &Correction, answers: &Answers) -> Vec<String> {
    let (set, expected) = (correction.set, correction.expected);
    let standing = standing(set, answers);
    match (&expected.scored, &expected.pending) {
        (Some(scored), _) => lines(set, scored, &standing, "Đang tính"),
        (None, Some(pending)) if pending.total > Points::ZERO => {
            lines(set, pending, &standing, "Nếu phiếu được tính như hiện nay")
        }
        _ => Vec::new(),
    }
}

fn lines(set: &RuleSet, scored: &Scored, standing: &[(Points, usize)], so_far: &str) -> Vec<String> {
    let level = |scale: Option<&Scale>, level: Option<Level>, open: usize| match (scale.zip(level), open) {
        (None, _) => String::new(),
        (Some((scale, level)), 0) => format!("; {}", layout::level_text(scale, level)),
        (Some((scale, level)), open) => {
            format!("; {}, còn {open} ô (tạm xếp {})", layout::UNRANKED, layout::level_text(scale, level))
        }
    };
    let of_form = |points: Points, counted: Points| match points == counted {
        true => String::new(),
        false => format!(" (tự đánh giá {points}; tính cả điểm thẩm định)"),
    };
    let mut lines = Vec::new();
    let (mut total, mut open) = (Points::ZERO, 0);
    for (index, node) in set.tops() {
        let (points, cells) = standing[index];
        (total, open) = (total + points, open + cells);
        if node.kind == NodeKind::Mandatory {
            continue;
        }
        let result = &scored.nodes[index];
        let max = node.max.unwrap_or_default();
        let held =
            if result.held { " (giữ ở mức này vì còn điều kiện bắt buộc chưa đạt)" } else { "" };
        let level = level(set.scale_of(index), result.level, cells);
        let own = of_form(points, result.counted);
        let (code, title, counted) = (node.code, &node.title, result.counted);
        lines.push(format!("{so_far}: nhóm {code} {title} được {counted}/{max}{own}{level}{held}."));
    }
    if let Some(scale) = set.overall_scale()
        && scored.level.is_some()
    {
        let own = of_form(total, scored.total);
        lines.push(format!("{so_far}: tổng {}{own}{}.", scored.total, level(Some(scale), scored.level, open)));
    }
    lines
}

/// By when this workbook is to come back.
pub(super) fn due(outcome: &Outcome, correction: &Correction) -> String {
    match last_day(outcome, correction.expected) {
        Some(day) => format!("Hết ngày {}.", written(day)),
        None => "Xin gửi sớm.".to_owned(),
    }
}

/// What to do with this workbook.
pub(super) fn request(outcome: &Outcome, correction: &Correction) -> String {
    let office = &outcome.office;
    let when = match last_day(outcome, correction.expected) {
        Some(day) => format!("chậm nhất ngày {}", written(day)),
        None => "sớm".to_owned(),
    };
    let ask = if office.contact.is_empty() {
        String::new()
    } else {
        format!(" Cần hỏi xin liên hệ {}.", office.contact)
    };
    let form = match correction.is_blank() {
        true => {
            let instead =
                if correction.slip().is_some() { "Nếu không phải ghi nhầm: điền" } else { "Điền" };
            format!(
                "{instead} trang “{TABLE_SHEET}” của tệp này (mới có sẵn phần đầu phiếu, các ô điểm để trống), điền xong lưu lại"
            )
        }
        false => format!(
            "Số liệu của trường đã có sẵn ở trang “{TABLE_SHEET}”; các ô cần sửa được tô màu và có ghi chú. Bấm vào ô ở cột \
             “{}” để đến chỗ cần sửa, sửa xong lưu lại",
            COLUMNS[4].0
        ),
    };
    format!("{form} và gửi chính tệp này về {} {when}.{ask} Xin cảm ơn.", office.name)
}

struct Page<'a> {
    ink: Ink,
    looks: &'a FirstLooks,
    row: u32,
}

impl Page<'_> {
    /// A text over all columns.
    fn line(&mut self, text: &str, look: Look) {
        let text = text::cell_text(text);
        let width: f64 = COLUMNS.iter().map(|(_, width)| width).sum();
        self.ink.lines(self.row, xlsx::lines(&text, width, false));
        self.ink.span(self.row, (0, LAST_COLUMN), Value::text(text), look);
        self.row += 1;
    }

    fn table(&mut self, correction: &Correction, findings: &[&Finding]) {
        for (col, (title, _)) in (0..).zip(COLUMNS) {
            self.ink.put(self.row, col, Value::text(title), self.looks.header);
        }
        self.looks.opinions.key_titles(&mut self.ink, self.row, LAST_COLUMN + 1);
        self.ink.height(self.row, 36.0);
        self.row += 1;
        for (number, finding) in (1_u32..).zip(findings) {
            self.finding(correction, number, finding);
        }
    }

    fn finding(&mut self, correction: &Correction, number: u32, finding: &Finding) {
        let row = self.row;
        let looks = self.looks;
        let label = looks.labels.iter().find(|(severity, _)| *severity == finding.severity);
        let message = text::cell_text(&opinions::message(finding));
        let advice = text::cell_text(&finding.advice(Lang::Vi));
        let place = text::cell_text(&shown(&finding.place, correction));
        let opinion = opinions::answer(finding);
        let needed = [(&message, 2), (&advice, 3), (&place, 5), (&opinion, 6)];
        let lines = needed.map(|(text, col)| xlsx::lines(text, COLUMNS[col].1, false));
        self.ink.lines(row, lines.into_iter().max().unwrap_or(1));
        self.ink.put(row, 0, Value::Number(number.into()), looks.centred);
        let label = label.map_or(looks.centred, |(_, look)| *look);
        self.ink.put(row, 1, Value::text(finding.label(Lang::Vi)), label);
        self.ink.put(row, 2, Value::text(message), looks.cell);
        self.ink.put(row, 3, Value::text(advice), looks.cell);
        match marks::cell(correction, finding) {
            Some(at) => self.ink.link(row, 4, at.to_string(), format!("'{TABLE_SHEET}'!{at}"), looks.linked),
            None => self.ink.put(row, 4, Value::text("Cả phiếu"), looks.centred),
        }
        self.ink.put(row, 5, Value::text(place), looks.cell);
        looks.opinions.row(&mut self.ink, row, number, correction, finding, (opinion, LAST_COLUMN));
        self.row += 1;
    }
}

/// Sheet and cell; with the bare name of the file where it is not the one whose values stand here.
fn shown(place: &Place, correction: &Correction) -> String {
    let here = correction.expected.source.as_ref().map(|source| &source.file);
    let other = place.file.as_ref().filter(|file| Some(*file) != here || place.sheet.is_none());
    let file = other.and_then(|file| file.rsplit('/').next()).map(std::sync::Arc::from);
    Place { file, ..place.clone() }.to_string()
}
