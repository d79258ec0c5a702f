//! `Minh chứng`: the evidence that schools wrote down, by criterion, then school.

use rust_xlsxwriter::Format;

use super::{Written, set_up};
use crate::grid::CellRef;
use crate::report::Page;
use crate::report::look::Look;
use crate::report::plan::{Plan, Sheet};
use crate::rules::{Node, RuleSet};
use crate::text::Masked;
use crate::views::evidence::{Evidence, by_item};
use crate::views::words::met;
use crate::writers::xlsx;

const HEAD: u32 = 3;
const COLUMNS: [&str; 6] = ["Nội dung", "Mã trường", "Tên trường", "Được tính", "Minh chứng", "Ô trong tệp"];
const TITLE: u32 = 0;
const NAME: u32 = 2;
const EVIDENCE: u32 = 4;
const CELL: u32 = 5;
/// Lines that each lead into the school's file: beyond, none does, and the file stands in `Tình hình nộp`.
const MAX_LINKED: usize = 8_000;
/// A sheet has a little more than a million rows.
const MOST: usize = 1_000_000;

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    page.widths([62.0, 11.0, 28.0, 9.5, 69.0, 9.0])?;
    // Each name is measured once for all its lines.
    let names: Vec<u32> = plan.outcome.schools.iter().map(|school| page.lines_of(NAME, &school.name)).collect();
    let usual = usual_lines(plan, page);
    page.usual_lines(usual, HEAD)?;
    let all = by_item(plan.outcome).count();
    let shown = all.min(MOST);
    let remark = format!(
        "Có {all} minh chứng, trang này ghi {shown}; tệp của trường ở trang Tình hình nộp. Số điện thoại, thư điện tử, đường dẫn máy trong sổ này đã được ẩn."
    );
    super::title(plan, Sheet::Evidence, page, &[remark])?;
    let headers: Vec<_> = COLUMNS.iter().map(|text| ((*text).to_owned(), &look.head)).collect();
    page.table("minh_chung", CellRef::new(HEAD, 0), &headers, shown as u32)?;
    let mut title = (None, String::new());
    for (row, line) in (HEAD + 1..).zip(by_item(plan.outcome).take(MOST)) {
        // The title is made once for all schools.
        let item = Some((&line.set.id, line.index));
        if title.0 != item {
            title = (item, title_of(line.set, line.node()));
        }
        let name_lines = line.school.and_then(|(at, _)| names.get(at)).copied().unwrap_or(1);
        page.room(row, name_lines, &[(TITLE, &title.1), (EVIDENCE, &Masked::of(&line.score.evidence))])?;
        write_line(plan, &line, (&title.1, shown <= MAX_LINKED), row, page)?;
    }
    if shown == 0 {
        page.text(CellRef::new(HEAD + 1, 0), "(chưa có minh chứng nào)", &look.text)?;
    }
    set_up(page, CellRef::new(HEAD + shown.max(1) as u32, COLUMNS.len() as u32 - 1), Some(HEAD), 0)
}

/// Every format of the sheet.
pub fn formats(look: &Look) -> Vec<Format> {
    [&look.title, &look.note, &look.head, &look.text, &look.mid, &look.points, &look.link_mid].map(Format::clone).into()
}

/// How many lines most titles take.
fn usual_lines(plan: &Plan<'_>, page: &mut Page<'_>) -> u32 {
    let office = plan.office.iter().map(|office| office.rules);
    let leaves = plan.sets.iter().map(|set| set.rules).chain(office).flat_map(|rules| {
        let leaves = rules.nodes.iter().filter(|node| node.is_leaf());
        leaves.map(move |node| title_of(rules, node))
    });
    xlsx::usual_lines(leaves.map(|title| page.lines_of(TITLE, &title)))
}

/// With the set, whose codes are those of other sets as well.
fn title_of(rules: &RuleSet, node: &Node) -> String {
    format!("{}: {} {}", rules.short, node.code, node.title)
}

fn write_line(
    plan: &Plan<'_>,
    line: &Evidence<'_>,
    (title, linked): (&str, bool),
    row: u32,
    page: &mut Page<'_>,
) -> Written {
    let look = page.look;
    let at = |col: u32| CellRef::new(row, col);
    let score = line.score;
    page.line(at(TITLE), title, &look.text)?;
    page.line(at(1), line.code(), &look.mid)?;
    page.line(at(NAME), line.name, &look.text)?;
    match line.node().max {
        Some(_) => page.points(at(3), score.counted, &look.points)?,
        None => page.line(at(3), met(score.met), &look.points)?,
    }
    page.line(at(EVIDENCE), &score.evidence, &look.text)?;
    let Some((cell, source)) = score.cell.zip(line.source) else { return page.blank(at(CELL), &look.mid) };
    if !linked {
        return page.line(at(CELL), &cell.to_string(), &look.mid);
    }
    let sheet = score.sheet.as_ref().unwrap_or(&source.sheet);
    page.link(at(CELL), &plan.file(&source.file, Some((sheet, cell))), &cell.to_string(), &look.link_mid)
}
