//! `Các mốc`: the results that were frozen this year, and each difference from one to the next and to this run, with why.

use std::borrow::Cow;

use rust_xlsxwriter::Format;

use super::{Written, set_up, title};
use crate::finding::Lang;
use crate::grid::CellRef;
use crate::outcome::history::{Difference, Reached, Stand, Trouble};
use crate::report::Page;
use crate::report::formula::quoted;
use crate::report::plan::{Column, OFFICE_COUNTED, OFFICE_LEVEL, Plan, Sheet};
use crate::report::words;
use crate::views::figures;
use crate::views::recognised;
use crate::views::words::met;
use crate::writers::xlsx::Cached;

/// Header row of the list of milestones; its columns have the widths of the table below.
const LIST: u32 = 4;
const LISTED: [&str; 13] = [
    "Mốc",
    "Ngày văn bản",
    "Mức độ cơ quan",
    "Người ký",
    "Mã chốt",
    "Dự thảo",
    "Số, ký hiệu văn bản",
    "Điểm cơ quan",
    "Phiếu được tính",
    "Phiếu phải nộp",
    "Chốt lúc",
    "Lần chạy",
    "Ghi chú",
];
const COLUMNS: [&str; 13] = [
    "Từ mốc",
    "Đến",
    "Mã trường",
    "Trường, cơ quan",
    "Bộ chỉ số",
    "Mã",
    "Nội dung",
    "Điểm trước",
    "Điểm sau",
    "Chênh lệch",
    "Tình trạng trước",
    "Tình trạng sau",
    "Vì sao",
];
const BEFORE: u32 = 7;
const AFTER: u32 = 8;
const WHY: u32 = 12;
const NOW: &str = "Lần chạy này";
const RECOGNISED: &str = "Được công nhận";

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    page.widths([19.5, 19.5, 11.5, 28.0, 16.0, 8.0, 42.0, 9.5, 9.5, 10.5, 18.0, 18.0, 44.0])?;
    let remark = "Kết quả đã chốt không đổi vì những gì đến sau. Tệp đến sau khi chốt có ghi ở trang Tình hình nộp.";
    title(plan, Sheet::Milestones, page, &[remark.to_owned()])?;
    let reached = &plan.outcome.milestones;
    let next = list(plan, page)?;
    let head = next + 1;
    let mut lines: Vec<(String, String, Cow<Difference>, String)> = reached
        .iter()
        .enumerate()
        .flat_map(|(at, one)| {
            let to = reached.get(at + 1).map_or_else(|| NOW.to_owned(), words::milestone);
            one.since.iter().map(move |difference| {
                let why: Vec<String> = difference.why.iter().map(words::why).collect();
                (words::milestone(one), to.clone(), Cow::Borrowed(difference), why.join("\n"))
            })
        })
        .collect();
    let recognised = recognised::lines(plan.outcome);
    lines.extend(
        recognised
            .iter()
            .filter(|line| line.differs())
            .map(|line| (NOW.to_owned(), RECOGNISED.to_owned(), Cow::Owned(of_recognised(plan, line)), line.why())),
    );
    let headers: Vec<_> = COLUMNS.iter().map(|text| ((*text).to_owned(), &look.head)).collect();
    page.table("cac_moc", CellRef::new(head, 0), &headers, lines.len() as u32)?;
    for (row, (from, to, difference, why)) in (head + 1..).zip(&lines) {
        page.text(CellRef::new(row, 0), from, &look.text)?;
        page.text(CellRef::new(row, 1), to, &look.text)?;
        line(plan, difference, why, row, page)?;
    }
    if lines.is_empty() {
        page.text(CellRef::new(head + 1, 0), "(không có gì khác)", &look.text)?;
    }
    let last = head + lines.len().max(1) as u32;
    set_up(page, CellRef::new(last, WHY), Some(head), 0)
}

/// The milestones, and below them this run; returns the row after it.
fn list(plan: &Plan<'_>, page: &mut Page<'_>) -> Result<u32, rust_xlsxwriter::XlsxError> {
    let look = page.look;
    page.heads(CellRef::new(LIST, 0), &LISTED)?;
    let reached = &plan.outcome.milestones;
    let mut row = LIST;
    for (at, one) in reached.iter().enumerate() {
        row += 1;
        let cell = |col: u32| CellRef::new(row, col);
        page.text(cell(0), &words::milestone(one), &look.text)?;
        let date = one.date.map(|day| format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()));
        page.text(cell(1), date.as_deref().unwrap_or_default(), &look.mid)?;
        page.cells(cell(2), [look.level(one.level)])?;
        page.text(cell(3), &signer(one), &look.text)?;
        page.text(cell(4), &one.code, &look.mid)?;
        page.text(cell(5), draft(one.draft), &look.mid)?;
        page.text(cell(6), &one.number, &look.text)?;
        page.cells(cell(BEFORE), [look.points(one.total)])?;
        page.count(cell(8), one.counted, &look.int)?;
        page.count(cell(9), one.owed, &look.int)?;
        page.cells(cell(10), [look.time(Some(one.sealed_at))])?;
        page.text(cell(11), &one.run, &look.mid)?;
        page.text(cell(WHY), &note(one, reached.get(at + 1)), &look.text)?;
    }
    row += 1;
    this_run(plan, row, page)?;
    if let Some(recognised) = &plan.outcome.recognised {
        row += 1;
        let cell = |col: u32| CellRef::new(row, col);
        let whole = recognised.item(None);
        let decision = &recognised.decision;
        let date = decision.date.map(|day| format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()));
        page.text(cell(0), RECOGNISED, &look.text)?;
        page.text(cell(1), date.as_deref().unwrap_or_default(), &look.mid)?;
        page.cells(cell(2), [look.level(whole.and_then(|whole| whole.level))])?;
        page.text(cell(3), &decision.office, &look.text)?;
        page.text(cell(6), &decision.number, &look.text)?;
        page.cells(cell(BEFORE), [look.points(whole.and_then(|whole| whole.points))])?;
    }
    Ok(row + 1)
}

/// What stands in this run, beside what was frozen: it leads to the sheets that it is from.
fn this_run(plan: &Plan<'_>, row: u32, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let outcome = plan.outcome;
    let cell = |col: u32| CellRef::new(row, col);
    for col in 0..=WHY {
        page.blank(cell(col), &look.text_bold)?;
    }
    page.text(cell(0), NOW, &look.text_bold)?;
    page.text(cell(5), draft(outcome.is_draft()), &look.mid_bold)?;
    if let Some(office) = &plan.office {
        let scored = &office.result.scored;
        let refer = |col: u32| plan.tab(Sheet::Office).cell(CellRef::new(office.total_row(), col));
        page.formula(cell(BEFORE), &refer(OFFICE_COUNTED), scored.total, &look.points_bold)?;
        if let Some(level) = scored.level {
            page.formula(cell(2), &refer(OFFICE_LEVEL), f64::from(level.0), &look.level_bold)?;
        }
    }
    let sum = |of: &dyn Fn(String) -> String, column: Column| {
        let terms: Vec<String> = (0..plan.sets.len()).filter_map(|set| plan.set_rows(set, column)).map(of).collect();
        if terms.is_empty() { "0".to_owned() } else { terms.join("+") }
    };
    let accepted = sum(&|rows| format!("COUNTIF({rows},{})", quoted(words::accepted())), Column::Status);
    let counts = figures::all(outcome);
    page.formula(cell(8), &accepted, counts.accepted, &look.int_bold)?;
    let owed = sum(&|rows| format!("ROWS({rows})"), Column::Code);
    page.formula(cell(9), &owed, counts.owed, &look.int_bold)?;
    page.text(cell(11), &outcome.run, &look.mid_bold)
}

fn line(plan: &Plan<'_>, difference: &Difference, why: &str, row: u32, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let at = |col: u32| CellRef::new(row, col);
    let set = plan.outcome.book.get(&difference.set);
    let of_whole = difference.item.is_none();
    let text: &Format = if of_whole { &look.text_bold } else { &look.text };
    page.text(at(2), difference.school.as_ref().map_or("", |code| &code.0), &look.mid)?;
    page.text(at(3), &difference.name, text)?;
    page.text(at(4), set.map_or(difference.set.0.as_str(), |set| &set.short), &look.text)?;
    page.text(at(5), &difference.item.map(|item| item.to_string()).unwrap_or_default(), &look.text)?;
    let title = difference.item.map(|item| set.and_then(|set| set.node(item)).map_or("", |node| &node.title));
    page.text(at(6), title.unwrap_or("Cả phiếu"), text)?;
    page.cells(at(BEFORE), [look.points(difference.before.points)])?;
    page.cells(at(AFTER), [look.points(difference.after.points)])?;
    let known = |stand: Stand| stand.points.unwrap_or_default();
    match (difference.before.points, difference.after.points) {
        (None, None) => page.blank(at(9), &look.points)?,
        _ => {
            let formula = format!("ROUND(N({})-N({}),2)", at(AFTER), at(BEFORE));
            page.formula(
                at(9),
                &formula,
                Cached::from(known(difference.after) - known(difference.before)),
                &look.points,
            )?;
        }
    }
    page.text(at(10), &stand(difference.before, difference), &look.mid)?;
    page.text(at(11), &stand(difference.after, difference), &look.mid)?;
    page.text(at(WHY), why, &look.text)
}

/// What was recognised otherwise than it counts.
fn of_recognised(plan: &Plan<'_>, line: &recognised::Line<'_>) -> Difference {
    let stand = |points, level| Stand { points, level, ..Stand::default() };
    // Where the decision names points alone, or a level alone, the other stays as it counts.
    let after = stand(line.recognised.or(line.counted), line.recognised_level.or(line.level));
    Difference {
        school: line.school.map(|school| school.code.clone()),
        name: line.school.map_or(&plan.outcome.office.name, |school| &school.name).clone(),
        set: line.set.clone(),
        item: line.node.map(|node| node.code),
        before: stand(line.counted, line.level),
        after,
        why: Vec::new(),
    }
}

/// `Đã nhận, mức 2`; of a condition whether it is met.
fn stand(stand: Stand, of: &Difference) -> String {
    let status = match stand.status {
        Some(status) => status.label(Lang::Vi),
        // Of a return that one side owes and the other does not; what was recognised tells of no return.
        None if of.before.status.or(of.after.status).is_some() => "Không phải nộp",
        None => "",
    };
    let met = if of.before.met.is_some() || of.after.met.is_some() { met(stand.met) } else { "" };
    let level = stand.level.map(|level| format!("Mức {level}")).unwrap_or_default();
    let known = [status, met, level.as_str()];
    known.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ")
}

fn signer(reached: &Reached) -> String {
    let signer = &reached.signer;
    let known = [signer.position.as_str(), signer.name.as_str()];
    known.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Whether some figure is not official.
fn draft(draft: bool) -> &'static str {
    if draft { "Có" } else { "Không" }
}

/// What the table below does not tell.
fn note(one: &Reached, next: Option<&Reached>) -> String {
    if let Some(trouble) = one.trouble {
        return match trouble {
            Trouble::Altered => "Kết quả hoặc mã chốt đã bị sửa sau khi chốt, không so được. Dùng cds verify để xem.",
            Trouble::Unreadable => "Không đọc được kết quả đã chốt, không so được. Dùng cds verify để xem.",
            Trouble::TooLarge => "Kết quả đã chốt quá lớn để so ở đây. Dùng cds compare.",
        }
        .to_owned();
    }
    if next.is_some_and(|next| next.trouble.is_some()) {
        return "Không so được với mốc sau.".to_owned();
    }
    match (one.since.is_empty(), one.more) {
        (true, _) => format!("Không có gì khác đến {}.", if next.is_some() { "mốc sau" } else { "lần chạy này" }),
        (false, 0) => String::new(),
        (false, more) => format!("Còn {more} điểm khác không liệt kê. Dùng cds compare để xem."),
    }
}
