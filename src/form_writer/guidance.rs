//! The sheet that explains: how to fill, whom to ask, until when, what is mandatory, the levels, common findings.

use rust_xlsxwriter::{Color, Format, FormatAlign, ProtectionOptions, Worksheet, XlsxError};

use super::Filling;
use crate::finding::{Code, Finding, Lang, code, entry};
use crate::layouts::form::{self as layout, Layout};
use crate::rules::{NodeKind, OverallRule, RuleSet, Scale, UnmetRule};
use crate::text;
use crate::writers::xlsx::{self, colour};

/// Columns: a short word, and what is to be said.
pub(super) const WIDTHS: [f64; 2] = [22.0, 82.0];

/// So many lines can still be read when they are made to fit on one page.
const LINES_ON_A_PAGE: u32 = 70;

pub(super) fn blank(sheet: &mut Worksheet, layout: Layout, filling: &Filling) -> Result<(), XlsxError> {
    sheet.set_name(layout::GUIDANCE_SHEET)?;
    let mut page = Page { sheet, row: 0, lines: 0 };
    for (col, width) in (0..).zip(WIDTHS) {
        page.sheet.set_column_width(col, width)?;
    }
    let set = layout.set();
    page.heading("HƯỚNG DẪN ĐIỀN PHIẾU TỰ ĐÁNH GIÁ", 16.0)?;
    page.line("Bộ chỉ số", &format!("{} ({}).", set.title, set.decision))?;
    if layout::is_trial(set) {
        page.alarm("Lưu ý", &format!("{}. Nội dung và điểm trong phiếu còn có thể thay đổi.", layout::TRIAL))?;
    }
    debug_assert_eq!(page.row, deadline_row(set));
    page.line(if set.is_offices() { "Hạn phê duyệt" } else { "Hạn nộp" }, &deadline(set, filling))?;
    page.line(if set.is_offices() { "Nơi hỏi" } else { "Nơi hỏi, nơi nộp" }, &contact(set, filling))?;

    page.section("Cách điền")?;
    for (number, text) in (1..).zip(steps(layout)) {
        page.line(&format!("Bước {number}"), &text)?;
    }

    let mandatory: Vec<_> = set.nodes.iter().filter(|node| node.kind == NodeKind::Mandatory).collect();
    if !mandatory.is_empty() {
        page.section("Điều kiện bắt buộc")?;
        page.line("", consequence(set))?;
        for node in mandatory {
            page.line(&node.code.to_string(), &node.title)?;
        }
    }

    page.section("Mức độ")?;
    page.line("", &overall(layout))?;
    for (whose, scale) in scales(layout) {
        page.strong(&whose)?;
        for range in &scale.levels {
            page.line(&layout::level_text(scale, range.level), &format!("{}.", sentence(&bounds(scale, range.level))))?;
        }
    }

    page.section("Những điều phần mềm hay báo, và cách sửa")?;
    for code in common(set) {
        let (message, advice) = wording(code);
        page.line(&code.to_string(), &format!("{message} → {advice}"))?;
    }
    let (last, lines) = (page.row, page.lines);
    xlsx::set_page(sheet, xlsx::Paper::Portrait, &set.short);
    if lines <= LINES_ON_A_PAGE {
        sheet.set_print_fit_to_pages(1, 1);
    }
    sheet.set_print_area(0, 0, last.max(1) - 1, 1)?;
    sheet.set_screen_gridlines(false);
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    });
    Ok(())
}

/// Where it says by when the form is due: below the heading, the set and the warning of a trial.
pub(super) fn deadline_row(set: &RuleSet) -> u32 {
    if layout::is_trial(set) { 3 } else { 2 }
}

/// The office's own form is due when its head approves it, not when schools return theirs.
fn deadline(set: &RuleSet, filling: &Filling) -> String {
    let deadlines = filling.office.map(|office| &office.deadlines);
    let day = deadlines.and_then(|known| if set.is_offices() { known.approval } else { known.returns });
    match (day, set.is_offices()) {
        (Some(day), false) if day < filling.created.date() => {
            format!("Hạn nộp {}/{}/{} đã qua; xin gửi sớm.", day.day(), day.month(), day.year())
        }
        (Some(day), _) => format!("Hết ngày {}/{}/{}.", day.day(), day.month(), day.year()),
        (None, false) => "Theo thông báo của cơ quan quản lý.".to_owned(),
        (None, true) => "Theo kế hoạch của cơ quan.".to_owned(),
    }
}

fn contact(set: &RuleSet, filling: &Filling) -> String {
    let Some(office) = filling.office else {
        let who = if set.is_offices() {
            "Tổ tự đánh giá của cơ quan."
        } else {
            "Cơ quan quản lý đã gửi phiếu này."
        };
        return who.to_owned();
    };
    let person = [&office.preparer.name, &office.preparer.position];
    let person: Vec<&str> = person.into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    let place = match person.is_empty() {
        true => format!("{}.", office.name),
        false => format!("{} ({}).", office.name, person.join(", ")),
    };
    match office.contact.trim_end_matches('.') {
        contact if contact.is_empty() || set.is_offices() => place,
        contact => format!("{place} Liên hệ: {contact}."),
    }
}

fn steps(layout: Layout) -> Vec<String> {
    let set = layout.set();
    let has = |kind: NodeKind| set.nodes.iter().any(|node| node.kind == kind);
    let mut steps = vec![
        format!(
            "Mở trang “{}”. Chỉ điền vào ô nền vàng; các ô khác tự tính hoặc đã có sẵn. Điền đủ phần đầu phiếu.",
            layout::TABLE_SHEET
        ),
        "Ghi điểm từng nội dung ở cột “Điểm tự đánh giá”: một số từ 0 đến điểm tối đa. Chưa làm thì ghi 0, không để trống. \
         Dòng in đậm tự cộng."
            .to_owned(),
    ];
    if has(NodeKind::YesNo) {
        steps.push("Nội dung có hoặc không: chọn điểm tối đa nếu có, 0 nếu không.".to_owned());
    }
    if has(NodeKind::Mandatory) {
        steps.push(format!("Điều kiện bắt buộc: chọn {} hoặc {}.", layout::MET, layout::UNMET));
    }
    if has(NodeKind::Ratio) {
        steps.push("Nội dung tính theo tỉ lệ: ghi cả “Số đạt” và “Tổng số”, ví dụ 12 và 15.".to_owned());
    }
    if has(NodeKind::Count) {
        steps.push("Nội dung tính theo số lượng: ghi số lượng ở cột “Số đạt”.".to_owned());
    }
    if set.nodes.iter().any(|node| node.is_computed()) {
        steps.push(format!("Dòng ghi “{}”: để nguyên.", layout::COMPUTED));
    }
    steps.extend([
        "Cột “Minh chứng”: ghi số, ngày của văn bản, tên tệp, hoặc đường dẫn đã mở quyền xem cho cơ quan quản lý.".to_owned(),
        "Ô đổi sang nền vàng đậm là còn thiếu; ô nền đỏ, chữ đậm là giá trị chưa đúng. Xem dòng “chưa điền” ở cuối phiếu.".to_owned(),
        match set.is_offices() {
            true => "Giữ nguyên dòng tiêu đề, cột “Mã” và thứ tự các dòng; lưu tệp dạng Excel (.xlsx), giữ nguyên tên tệp.",
            false => {
                "Giữ nguyên dòng tiêu đề, cột “Mã” và thứ tự các dòng. Lưu tệp dạng Excel (.xlsx) rồi gửi lại; không cần \
                 đổi tên tệp."
            }
        }
        .to_owned(),
    ]);
    steps
}

fn consequence(set: &RuleSet) -> &'static str {
    match set.unmet.rule {
        UnmetRule::HoldLevel1 => {
            "Các điều kiện sau không có điểm nhưng phải đạt; còn một điều kiện chưa đạt thì mức độ của nhóm giữ ở mức 1."
        }
        UnmetRule::NotAccepted => {
            "Các điều kiện sau không có điểm nhưng phải đạt; còn một điều kiện chưa đạt thì phiếu chưa được tính."
        }
    }
}

fn overall(layout: Layout) -> String {
    match layout.set().overall.rule {
        OverallRule::LowestGroup => {
            "Mỗi nhóm có mức độ riêng theo điểm của nhóm; mức độ chung là mức thấp nhất trong các nhóm.".to_owned()
        }
        OverallRule::ByTotal(_) => "Mức độ chung theo tổng điểm của các nhóm.".to_owned(),
    }
}

/// The scales in use, each with whose it is, in the order of the form.
fn scales(layout: Layout<'_>) -> Vec<(String, &Scale)> {
    let mut found: Vec<(Vec<String>, &Scale)> = Vec::new();
    if let OverallRule::ByTotal(name) = &layout.set().overall.rule {
        found.extend(layout.set().scales.get(name).map(|scale| (vec!["toàn phiếu".to_owned()], scale)));
    }
    for (index, node) in layout.set().nodes.iter().enumerate() {
        let Some(scale) = layout.set().scale_of(index) else { continue };
        let whose = if node.kind == NodeKind::Group { "nhóm" } else { "tiêu chí" };
        let whose = format!("{whose} {}", node.code);
        match found.iter_mut().find(|(_, known)| std::ptr::eq(*known, scale)) {
            Some((owners, _)) => owners.push(whose),
            None => found.push((vec![whose], scale)),
        }
    }
    found.into_iter().map(|(owners, scale)| (format!("Theo điểm của {}:", owners.join(", ")), scale)).collect()
}

/// "từ 50 đến 75 điểm", "trên 75 điểm".
fn bounds(scale: &Scale, level: crate::codes::Level) -> String {
    let Some(range) = scale.levels.iter().find(|range| range.level == level) else { return String::new() };
    let lower = range.lower.map(|bound| format!("{} {}", if bound.included { "từ" } else { "trên" }, bound.at));
    let upper = range.upper.map(|bound| match (bound.included, range.lower.is_some()) {
        (true, true) => format!("đến {}", bound.at),
        (true, false) => format!("không quá {}", bound.at),
        (false, _) => format!("dưới {}", bound.at),
    });
    let parts: Vec<String> = lower.into_iter().chain(upper).collect();
    if parts.is_empty() { "mọi điểm".to_owned() } else { format!("{} điểm", parts.join(" ")) }
}

/// What schools meet most often, of what can happen with this set.
fn common(set: &RuleSet) -> Vec<Code> {
    let has = |kind: NodeKind| set.nodes.iter().any(|node| node.kind == kind);
    let bands = set.nodes.iter().any(|node| !node.bands.is_empty());
    let unmet = match set.unmet.rule {
        UnmetRule::HoldLevel1 => code::MANDATORY_NOT_MET,
        UnmetRule::NotAccepted => code::MANDATORY_BARS,
    };
    let schools = !set.is_offices();
    let listed = [
        (schools, code::UNKNOWN_SCHOOL_CODE),
        (true, code::WRONG_YEAR),
        (true, code::NO_SCORE_COLUMN),
        (true, code::ONLY_CRITERION_SCORES),
        (true, code::NOT_A_NUMBER),
        (true, code::ABOVE_MAX),
        (true, code::DATE_FOR_SCORE),
        (has(NodeKind::Ratio), code::PERCENT_FOR_SCORE),
        (has(NodeKind::YesNo), code::YES_NO_IN_BETWEEN),
        (has(NodeKind::Ratio), code::PART_ABOVE_WHOLE),
        (bands, code::BAND_DIFFERS),
        (true, code::SCORE_MISSING),
        (true, code::EVIDENCE_MISSING),
        (has(NodeKind::Mandatory), code::MANDATORY_UNANSWERED),
        (has(NodeKind::Mandatory), unmet),
        (has(NodeKind::Ratio), code::AMOUNT_MISSING),
    ];
    listed.into_iter().filter(|(applies, _)| *applies).map(|(_, code)| code).collect()
}

/// The catalogue's own words with its example's values, without the title of a row.
fn wording(code: Code) -> (String, String) {
    let mut finding = Finding::new(code);
    let mut title = String::new();
    for (name, value) in entry(code).example {
        finding = finding.with(name, value);
        if *name == "title" {
            title = format!("{value}: ");
        }
    }
    let message = finding.message(Lang::Vi);
    let message = message.strip_prefix(&title).unwrap_or(&message);
    (sentence(message), finding.advice(Lang::Vi))
}

/// With a capital at its start.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

struct Page<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    /// Lines of text so far.
    lines: u32,
}

impl Page<'_> {
    fn heading(&mut self, text: &str, size: f64) -> Result<(), XlsxError> {
        let format = xlsx::base().set_bold().set_font_size(size);
        self.sheet.write_string_with_format(self.row, 0, text, &format)?;
        self.row += 1;
        Ok(())
    }

    fn section(&mut self, text: &str) -> Result<(), XlsxError> {
        let format = xlsx::base().set_bold().set_background_color(Color::RGB(colour::HEADER));
        self.row += 1;
        self.sheet.write_string_with_format(self.row, 0, text, &format)?;
        self.sheet.write_blank(self.row, 1, &format)?;
        self.row += 1;
        Ok(())
    }

    fn strong(&mut self, text: &str) -> Result<(), XlsxError> {
        self.put("", text, &wrapped().set_bold())
    }

    fn line(&mut self, word: &str, text: &str) -> Result<(), XlsxError> {
        self.put(word, text, &wrapped())
    }

    fn alarm(&mut self, word: &str, text: &str) -> Result<(), XlsxError> {
        self.put(word, text, &wrapped().set_bold().set_font_color(Color::RGB(colour::ALARM)))
    }

    fn put(&mut self, word: &str, text: &str, format: &Format) -> Result<(), XlsxError> {
        if !word.is_empty() {
            self.sheet.write_string_with_format(self.row, 0, text::cell_text(word), &wrapped().set_bold())?;
        }
        let text = text::cell_text(text);
        let lines = xlsx::lines(&text, WIDTHS[1], false).max(xlsx::lines(word, WIDTHS[0], true));
        self.sheet.write_string_with_format(self.row, 1, text, format)?;
        xlsx::set_lines(self.sheet, self.row, lines)?;
        self.lines += lines;
        self.row += 1;
        Ok(())
    }
}

pub(super) fn wrapped() -> Format {
    xlsx::base().set_text_wrap().set_align(FormatAlign::Top)
}
