//! `Thẩm định`: self beside verified, where the office has recorded a verified score.

use super::{Written, title};
use crate::grid::CellRef;
use crate::outcome::Source;
use crate::points::Points;
use crate::report::page::Page;
use crate::report::plan::{Plan, Sheet};
use crate::rules::RuleSet;
use crate::score::{Scored, State};

const HEAD: u32 = 3;
const COLUMNS: [&str; 11] = [
    "Mã trường",
    "Tên trường",
    "Bộ chỉ số",
    "Mã",
    "Nội dung",
    "Điểm tối đa",
    "Tự đánh giá",
    "Thẩm định",
    "Chênh lệch",
    "Tệp của trường",
    "Ô",
];
const CLAIMED: u32 = 6;
const VERIFIED: u32 = 7;

/// A verified score.
struct Line<'a> {
    code: &'a str,
    name: &'a str,
    rules: &'a RuleSet,
    scored: &'a Scored,
    node: usize,
    source: Option<&'a Source>,
}

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    page.widths([11.5, 28.0, 16.0, 8.0, 46.0, 8.0, 9.0, 9.0, 9.0, 34.0, 7.0])?;
    let remark = "Chênh lệch: thẩm định trừ tự đánh giá hợp lệ; câu trả lời chưa hợp lệ hoặc chưa có tính là 0.";
    title(plan, Sheet::Verified, page, &[remark.to_owned()])?;
    let count = lines(plan).count() as u32;
    let headers: Vec<_> = COLUMNS.iter().map(|text| ((*text).to_owned(), &look.head)).collect();
    page.table("tham_dinh", CellRef::new(HEAD, 0), &headers, count)?;
    for (row, line) in (HEAD + 1..).zip(lines(plan)) {
        write_line(&line, row, page)?;
    }
    if count == 0 {
        page.text(CellRef::new(HEAD + 1, 0), "(chưa có điểm thẩm định)", &look.text)?;
    }
    page.set_up(true, CellRef::new(HEAD + count.max(1), COLUMNS.len() as u32 - 1), Some(HEAD), 2)
}

fn lines<'a>(plan: &'a Plan<'_>) -> impl Iterator<Item = Line<'a>> {
    let schools = plan.sets.iter().flat_map(move |set| {
        set.dues.iter().filter_map(move |due| {
            let school = plan.outcome.school_of(due.due);
            let (scored, _) = due.scored?;
            Some((school.code.0.as_str(), school.name.as_str(), set.rules, scored, due.due.source.as_ref()))
        })
    });
    let office = plan.office.iter().map(move |office| {
        let name = plan.outcome.office.name.as_str();
        ("", name, office.rules, &office.result.scored, office.result.source.as_ref())
    });
    schools.chain(office).flat_map(|(code, name, rules, scored, source)| {
        let leaves = (0..rules.nodes.len()).filter(move |&i| {
            rules.nodes[i].is_leaf() && scored.nodes.get(i).is_some_and(|score| score.verified.is_some())
        });
        leaves.map(move |node| Line { code, name, rules, scored, node, source })
    })
}

fn write_line(line: &Line<'_>, row: u32, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let at = |col: u32| CellRef::new(row, col);
    let node = &line.rules.nodes[line.node];
    let score = &line.scored.nodes[line.node];
    page.text(at(0), line.code, &look.mid)?;
    page.text(at(1), line.name, &look.text)?;
    page.text(at(2), &line.rules.short, &look.text)?;
    page.text(at(3), &node.code.to_string(), &look.text)?;
    page.text(at(4), &node.title, &look.text)?;
    page.points(at(5), node.max.unwrap_or_default(), &look.points)?;
    let is_void = score.state == State::Void;
    match score.claimed {
        Some(claimed) => page.points(at(CLAIMED), claimed, if is_void { &look.void_claim } else { &look.points })?,
        None => page.blank(at(CLAIMED), &look.points)?,
    }
    let verified = score.verified.unwrap_or_default();
    page.points(at(VERIFIED), verified, &look.points)?;
    let valid = score.counted_self();
    let own = if valid == Points::ZERO { "0".to_owned() } else { at(CLAIMED).to_string() };
    page.formula(at(8), &format!("ROUND({}-{own},2)", at(VERIFIED)), verified - valid, &look.points_bold)?;
    let (file, sheet) = line.source.map_or(("", ""), |source| (&*source.file, &*source.sheet));
    let sheet = score.sheet.as_deref().unwrap_or(sheet);
    page.link_file(at(9), file, score.cell.map(|cell| (sheet, cell)), file, &look.link)?;
    page.text(at(10), &score.cell.map(|cell| cell.to_string()).unwrap_or_default(), &look.mid)
}
