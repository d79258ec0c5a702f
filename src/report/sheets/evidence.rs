//! `Minh chứng`: the evidence that schools wrote down, by criterion, then school.

use rust_xlsxwriter::Format;

use super::{Written, set_up};
use crate::grid::CellRef;
use crate::outcome::ScoredNode;
use crate::outcome::Source;
use crate::report::Page;
use crate::report::look::Look;
use crate::report::plan::{Plan, Sheet};
use crate::rules::{Node, RuleSet};
use crate::text::Masked;
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

/// One piece of evidence.
struct Line<'a> {
    rules: &'a RuleSet,
    node: usize,
    code: &'a str,
    name: &'a str,
    /// How many lines the name takes.
    name_lines: u32,
    score: &'a ScoredNode,
    source: Option<&'a Source>,
}

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    page.widths([62.0, 11.0, 28.0, 9.5, 69.0, 9.0])?;
    // Each name is measured once for all its lines.
    let names: Vec<u32> = plan.outcome.schools.iter().map(|school| page.lines_of(NAME, &school.name)).collect();
    let usual = usual_lines(plan, page);
    page.usual_lines(usual, HEAD)?;
    let all = lines(plan, &names).count();
    let shown = all.min(MOST);
    let remark = format!(
        "Có {all} minh chứng, trang này ghi {shown}; tệp của trường ở trang Tình hình nộp. Số điện thoại, thư điện tử, đường dẫn máy trong sổ này đã được ẩn."
    );
    super::title(plan, Sheet::Evidence, page, &[remark])?;
    let headers: Vec<_> = COLUMNS.iter().map(|text| ((*text).to_owned(), &look.head)).collect();
    page.table("minh_chung", CellRef::new(HEAD, 0), &headers, shown as u32)?;
    let mut title = (None, String::new());
    for (row, line) in (HEAD + 1..).zip(lines(plan, &names).take(MOST)) {
        // The title is made once for all schools.
        if title.0 != Some((line.rules.id.0.as_str(), line.node)) {
            title = (Some((line.rules.id.0.as_str(), line.node)), title_of(line.rules, &line.rules.nodes[line.node]));
        }
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

fn lines<'a>(plan: &'a Plan<'_>, names: &'a [u32]) -> impl Iterator<Item = Line<'a>> {
    let schools = plan.sets.iter().flat_map(move |set| {
        (0..set.rules.nodes.len()).flat_map(move |node| {
            set.expected.iter().filter_map(move |expected| {
                let score = expected.scored?.0.nodes.get(node)?;
                let school = plan.outcome.school_of(expected.expected);
                let (code, name) = (school.code.0.as_str(), school.name.as_str());
                let name_lines = names.get(expected.expected.school).copied().unwrap_or(1);
                let source = expected.expected.source.as_ref();
                Some(Line { rules: set.rules, node, code, name, name_lines, score, source })
            })
        })
    });
    let office = plan.office.iter().flat_map(move |office| {
        office.result.scored.nodes.iter().take(office.rules.nodes.len()).enumerate().map(move |(node, score)| Line {
            rules: office.rules,
            node,
            code: "",
            name: &plan.outcome.office.name,
            name_lines: 1,
            score,
            source: office.result.source.as_ref(),
        })
    });
    schools.chain(office).filter(|line| !line.score.evidence.is_empty())
}

fn write_line(
    plan: &Plan<'_>,
    line: &Line<'_>,
    (title, linked): (&str, bool),
    row: u32,
    page: &mut Page<'_>,
) -> Written {
    let look = page.look;
    let at = |col: u32| CellRef::new(row, col);
    let score = line.score;
    let evidence = Masked::of(&score.evidence);
    page.room(row, line.name_lines, &[(TITLE, title), (EVIDENCE, &evidence)])?;
    page.line(at(TITLE), title, &look.text)?;
    page.line(at(1), line.code, &look.mid)?;
    page.line(at(NAME), line.name, &look.text)?;
    match line.rules.nodes[line.node].max {
        Some(_) => page.points(at(3), score.counted, &look.points)?,
        None => page.line(at(3), met(score.met), &look.points)?,
    }
    page.line(at(EVIDENCE), &evidence, &look.text)?;
    let Some((cell, source)) = score.cell.zip(line.source) else { return page.blank(at(CELL), &look.mid) };
    if !linked {
        return page.line(at(CELL), &cell.to_string(), &look.mid);
    }
    let sheet = score.sheet.as_ref().unwrap_or(&source.sheet);
    page.link(at(CELL), &plan.file(&source.file, Some((sheet, cell))), &cell.to_string(), &look.link_mid)
}
