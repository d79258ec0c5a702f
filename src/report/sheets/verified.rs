//! `Thẩm định`: self beside verified, where the office has recorded a verified score.

use std::collections::HashMap;

use super::{Written, set_up, title};
use crate::codes::ItemCode;
use crate::grid::CellRef;
use crate::outcome::{Scored, ScoredNode, State};
use crate::outcome::{Source, Standing, Verification};
use crate::points::Points;
use crate::report::Page;
use crate::report::plan::{Plan, Sheet};
use crate::report::words;
use crate::rules::{NodeKind, RuleSet};

const HEAD: u32 = 4;
const COLUMNS: [&str; 17] = [
    "Mã trường",
    "Tên trường",
    "Bộ chỉ số",
    "Mã",
    "Nội dung",
    "Điểm tối đa",
    "Tự đánh giá",
    "Thẩm định",
    "Chênh lệch",
    "Hình thức",
    "Ngày",
    "Số biên bản",
    "Người thẩm định",
    "Lý do",
    "Được dùng",
    "Tệp của trường",
    "Ô",
];
const CLAIMED: u32 = 6;
const VERIFIED: u32 = 7;

/// Verified scores as reviewers recorded them, by school, set and item.
type Recorded<'a> = HashMap<(&'a str, &'a str, ItemCode), Vec<&'a Verification>>;

/// A verified score: one that counts, or one that was recorded and does not.
struct Line<'a> {
    code: &'a str,
    name: &'a str,
    rules: &'a RuleSet,
    node: usize,
    /// The item's score, where a return counts.
    score: Option<&'a ScoredNode>,
    source: Option<&'a Source>,
    /// What the reviewer recorded; `None` where only the score is known.
    recorded: Option<&'a Verification>,
}

impl Line<'_> {
    fn points(&self) -> Points {
        let counted = self.score.and_then(|score| score.verified);
        self.recorded.map(|recorded| recorded.points).or(counted).unwrap_or_default()
    }

    fn counts(&self) -> bool {
        self.recorded.is_none_or(|recorded| recorded.standing == Standing::Counts)
    }
}

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    page.widths([11.5, 23.0, 13.0, 7.5, 31.0, 8.0, 8.5, 8.5, 9.0, 9.5, 11.5, 14.0, 17.0, 26.0, 15.0, 25.0, 7.0])?;
    let remarks = [
        "Chênh lệch: thẩm định trừ tự đánh giá hợp lệ; câu trả lời chưa hợp lệ hoặc chưa có tính là 0.".to_owned(),
        "Được dùng: “Có” là điểm thẩm định thay điểm tự đánh giá; “Không” là điểm tự đánh giá vẫn được tính, kèm lý do."
            .to_owned(),
    ];
    title(plan, Sheet::Verified, page, &remarks)?;
    let recorded = recorded(plan);
    let count = lines(plan, &recorded).count() as u32;
    let headers: Vec<_> = COLUMNS.iter().map(|text| ((*text).to_owned(), &look.head)).collect();
    page.table("tham_dinh", CellRef::new(HEAD, 0), &headers, count)?;
    for (row, line) in (HEAD + 1..).zip(lines(plan, &recorded)) {
        write_line(plan, &line, row, page)?;
    }
    if count == 0 {
        page.text(CellRef::new(HEAD + 1, 0), "(chưa có điểm thẩm định)", &look.text)?;
    }
    set_up(page, CellRef::new(HEAD + count.max(1), COLUMNS.len() as u32 - 1), Some(HEAD), 2)
}

fn recorded<'a>(plan: &Plan<'a>) -> Recorded<'a> {
    let mut recorded = Recorded::new();
    for one in &plan.outcome.verifications {
        recorded.entry((&*one.school.0, &*one.set.0, one.item)).or_default().push(one);
    }
    recorded
}

fn lines<'a>(plan: &'a Plan<'a>, recorded: &'a Recorded<'a>) -> impl Iterator<Item = Line<'a>> {
    let schools = plan.sets.iter().flat_map(move |set| {
        set.expected.iter().map(move |expected| {
            let school = plan.outcome.school_of(expected.expected);
            let scored = expected.scored.map(|(scored, _)| scored);
            (school.code.0.as_str(), school.name.as_str(), set.rules, scored, expected.expected.source.as_ref())
        })
    });
    let office = plan.office.iter().map(move |office| {
        let name = plan.outcome.office.name.as_str();
        ("", name, office.rules, Some(&office.result.scored), office.result.source.as_ref())
    });
    schools.chain(office).flat_map(move |(code, name, rules, scored, source)| {
        (0..rules.nodes.len()).filter(|&node| rules.nodes[node].is_leaf()).flat_map(move |node| {
            let score = scored.and_then(|scored: &Scored| scored.nodes.get(node));
            let of_item = recorded.get(&(code, &*rules.id.0, rules.nodes[node].code)).map_or(&[][..], Vec::as_slice);
            // What is computed from schools nobody has recorded.
            let own = rules.nodes[node].kind != NodeKind::Computed;
            let only_score = of_item.is_empty() && own && score.is_some_and(|score| score.verified.is_some());
            let known = of_item.iter().map(|one| Some(*one)).chain(only_score.then_some(None));
            known.map(move |recorded| Line { code, name, rules, node, score, source, recorded }).collect::<Vec<_>>()
        })
    })
}

fn write_line(plan: &Plan<'_>, line: &Line<'_>, row: u32, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let at = |col: u32| CellRef::new(row, col);
    let node = &line.rules.nodes[line.node];
    page.text(at(0), line.code, &look.mid)?;
    page.text(at(1), line.name, &look.text)?;
    page.text(at(2), &line.rules.short, &look.text)?;
    page.text(at(3), &node.code.to_string(), &look.text)?;
    page.text(at(4), &node.title, &look.text)?;
    if node.kind == NodeKind::Mandatory {
        return write_condition(plan, line, row, page);
    }
    page.points(at(5), node.max.unwrap_or_default(), &look.points)?;
    let is_void = line.score.is_some_and(|score| score.state == State::Void);
    match line.score.and_then(|score| score.claimed) {
        Some(claimed) => page.points(at(CLAIMED), claimed, if is_void { &look.void_claim } else { &look.points })?,
        None => page.blank(at(CLAIMED), &look.points)?,
    }
    page.points(at(VERIFIED), line.points(), &look.points)?;
    match line.score.filter(|_| line.counts()) {
        Some(score) => {
            let valid = score.counted_self();
            let own = if valid == Points::ZERO { "0".to_owned() } else { at(CLAIMED).to_string() };
            let formula = format!("ROUND({}-{own},2)", at(VERIFIED));
            page.formula(at(8), &formula, line.points() - valid, &look.points_bold)?;
        }
        None => page.blank(at(8), &look.points)?,
    }
    write_review(line, row, page)?;
    write_source(plan, line, row, page)
}

/// Of a mandatory condition: both answers, no points.
fn write_condition(plan: &Plan<'_>, line: &Line<'_>, row: u32, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let at = |col: u32| CellRef::new(row, col);
    page.text(at(5), "bắt buộc", &look.mid)?;
    page.text(at(CLAIMED), line.score.map_or("", |score| words::met(score.own_met())), &look.mid)?;
    page.text(at(VERIFIED), line.recorded.map_or("", |one| words::met(one.met)), &look.mid)?;
    page.blank(at(8), &look.points)?;
    write_review(line, row, page)?;
    write_source(plan, line, row, page)
}

/// Where the school's answer stands.
fn write_source(plan: &Plan<'_>, line: &Line<'_>, row: u32, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let at = |col: u32| CellRef::new(row, col);
    let (file, sheet) = line.source.map_or(("", ""), |source| (&*source.file, &*source.sheet));
    let sheet = line.score.and_then(|score| score.sheet.as_deref()).unwrap_or(sheet);
    let cell = line.score.and_then(|score| score.cell);
    page.text(at(15), file, &look.text)?;
    let leads = plan.file(file, cell.map(|cell| (sheet, cell)));
    page.link(at(16), &leads, &cell.map(|cell| cell.to_string()).unwrap_or_default(), &look.link_mid)
}

/// How, when, by whom and why it was verified, and whether it counts.
fn write_review(line: &Line<'_>, row: u32, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let at = |col: u32| CellRef::new(row, col);
    let said = |of: fn(&Verification) -> &str| line.recorded.map_or("", of);
    page.text(at(9), said(|one| one.kind.label()), &look.mid)?;
    page.cells(at(10), [look.day(line.recorded.and_then(|one| one.date))])?;
    page.text(at(11), said(|one| &one.minutes), &look.text)?;
    page.text(at(12), said(|one| &one.reviewer), &look.text)?;
    page.text(at(13), said(|one| &one.reason), &look.text)?;
    page.text(at(14), line.recorded.map_or(Standing::Counts, |one| one.standing).label(), &look.text)
}
