//! `Tiêu chí cơ quan`: the office's own nodes, and the numbers behind each criterion that is computed from schools.

mod lines;

use lines::lines;

use super::{Written, set_up, title};
use crate::grid::CellRef;
use crate::outcome::State;
use crate::report::Page;
use crate::report::plan::{
    Line, OFFICE_COUNTED, OFFICE_HEAD, OFFICE_LEVEL, OFFICE_MAX, OFFICE_SELF, OFFICE_VERIFIED, OfficePlan, Plan, Sheet,
    by_total,
};
use crate::report::{formula, words};
use crate::rules::{Held, NodeKind, lowest_formula};

const COLUMNS: [&str; 11] = [
    "Mã",
    "Nội dung",
    "Cách chấm",
    "Điểm tối đa",
    "Tự đánh giá",
    "Thẩm định",
    "Được tính",
    "Mức độ",
    "Chủ trì",
    "Minh chứng",
    "Ô trong phiếu",
];

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    page.widths([7.0, 44.0, 21.0, 8.5, 8.5, 8.5, 8.5, 8.5, 18.0, 26.0, 10.0])?;
    let Some(office) = &plan.office else {
        let remark = "Không có bộ chỉ số của cơ quan trong các quy tắc đang dùng.".to_owned();
        title(plan, Sheet::Office, page, &[remark])?;
        return set_up(page, CellRef::new(2, COLUMNS.len() as u32 - 1), None, 0);
    };
    let source = match &office.result.source {
        Some(source) => format!("Phiếu của cơ quan: {}, trang {}.", source.file, source.sheet),
        None => "Chưa có phiếu của cơ quan (phieu-co-quan.xlsx): các tiêu chí cơ quan tự chấm chưa có điểm.".to_owned(),
    };
    title(plan, Sheet::Office, page, &[format!("{} ({}).", office.rules.title, office.rules.decision), source])?;
    let headers: Vec<_> = COLUMNS.iter().map(|text| ((*text).to_owned(), &look.head)).collect();
    page.table("tieu_chi_co_quan", CellRef::new(OFFICE_HEAD, 0), &headers, office.rules.nodes.len() as u32)?;
    for node in 0..office.rules.nodes.len() {
        row(plan, office, node, page)?;
    }
    total(office, page)?;
    lines(plan, office, page)?;
    set_up(page, CellRef::new(office.last_row(), COLUMNS.len() as u32 - 1), None, 0)?;
    // The lower table starts on a page of its own; no header is repeated, it would stand above that table too.
    page.ws.set_page_breaks(&[office.lines_head() - 1])?.set_freeze_panes(OFFICE_HEAD + 1, 2)?;
    Ok(())
}

fn row(plan: &Plan<'_>, office: &OfficePlan<'_>, i: usize, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let node = &office.rules.nodes[i];
    let Some(score) = office.result.scored.nodes.get(i) else { return Ok(()) };
    let row = office.row(i);
    let at = |col: u32| CellRef::new(row, col);
    let is_sum = !node.is_leaf();
    let (text, points) = if is_sum { (&look.text_bold, &look.fixed_bold) } else { (&look.text, &look.fixed) };
    page.text(at(0), &node.code.to_string(), text)?;
    page.text(at(1), &node.title, text)?;
    page.text(at(2), words::kind(node), text)?;
    if node.kind == NodeKind::Mandatory {
        for col in OFFICE_MAX..OFFICE_LEVEL {
            page.blank(at(col), &look.fixed)?;
        }
        page.text(at(OFFICE_LEVEL), words::met(score.met), &look.mid)?;
    } else {
        match node.max {
            Some(max) => page.points(at(OFFICE_MAX), max, points)?,
            None => page.blank(at(OFFICE_MAX), points)?,
        }
        if is_sum {
            for (col, sum) in [(OFFICE_SELF, score.claimed.unwrap_or_default()), (OFFICE_COUNTED, score.counted)] {
                page.formula(at(col), &formula::rounded_sum(&below(office, i, col)), sum, points)?;
            }
            match score.verified {
                Some(_) => page.formula(at(OFFICE_VERIFIED), &at(OFFICE_COUNTED).to_string(), score.counted, points)?,
                None => page.blank(at(OFFICE_VERIFIED), points)?,
            }
        } else {
            leaf(office, i, page)?;
        }
        level(office, i, page)?;
    }
    let lead = plan.outcome.office.duties.iter().find(|duty| duty.code == node.code);
    page.text(at(8), lead.map_or("", |duty| &duty.lead), text)?;
    page.text(at(9), &score.evidence, text)?;
    let cell = score.cell.filter(|_| node.is_leaf());
    match (&office.result.source, cell, office.computed(i)) {
        (Some(source), Some(cell), None) => {
            let sheet = score.sheet.as_deref().unwrap_or(&source.sheet);
            page.link(at(10), &plan.file(&source.file, Some((sheet, cell))), &cell.to_string(), &look.link)
        }
        (_, _, Some(computed)) => {
            let tab = plan.tab(Sheet::Office);
            let below = computed.cell(Line::Points).unwrap_or(at(0));
            page.link(at(10), &tab.target(below), "ở dưới", &look.link)
        }
        _ => page.blank(at(10), text),
    }
}

fn below(office: &OfficePlan<'_>, i: usize, col: u32) -> Vec<CellRef> {
    let scored = office.rules.nodes[i].children.iter().filter(|&&c| office.rules.nodes[c].kind != NodeKind::Mandatory);
    scored.map(|&child| CellRef::new(office.row(child), col)).collect()
}

fn leaf(office: &OfficePlan<'_>, i: usize, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let score = &office.result.scored.nodes[i];
    let at = |col: u32| CellRef::new(office.row(i), col);
    let computed = office.computed(i).and_then(|computed| computed.cell(Line::Points));
    let of_self = office.computed(i).and_then(|computed| computed.self_cell(Line::Points));
    match (score.claimed, of_self) {
        (Some(claimed), Some(cell)) => page.formula(at(OFFICE_SELF), &cell.to_string(), claimed, &look.fixed)?,
        (Some(claimed), None) if score.state == State::Void => {
            page.points(at(OFFICE_SELF), claimed, &look.void_claim)?;
        }
        (Some(claimed), None) => page.points(at(OFFICE_SELF), claimed, &look.fixed)?,
        (None, _) => page.blank(at(OFFICE_SELF), &look.fixed)?,
    }
    match (score.verified, computed) {
        (Some(verified), Some(cell)) => page.formula(at(OFFICE_VERIFIED), &cell.to_string(), verified, &look.fixed)?,
        (Some(verified), None) => page.points(at(OFFICE_VERIFIED), verified, &look.fixed)?,
        (None, _) => page.blank(at(OFFICE_VERIFIED), &look.fixed)?,
    }
    let (counted, verified, own) = (at(OFFICE_COUNTED), at(OFFICE_VERIFIED), at(OFFICE_SELF));
    match (score.verified, computed, score.state) {
        (Some(_), _, _) => page.formula(counted, &verified.to_string(), score.counted, &look.fixed),
        (None, Some(cell), _) => page.formula(counted, &cell.to_string(), score.counted, &look.fixed),
        (None, None, State::Void) => page.points(counted, score.counted, &look.void),
        (None, None, State::Missing) => page.points(counted, score.counted, &look.missing),
        (None, None, _) => page.formula(counted, &own.to_string(), score.counted, &look.fixed),
    }
}

fn level(office: &OfficePlan<'_>, i: usize, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let row = office.row(i);
    let at = CellRef::new(row, OFFICE_LEVEL);
    let format = if office.rules.nodes[i].is_leaf() { &look.level } else { &look.level_bold };
    let (Some(scale), Some(level)) = (office.rules.scale_of(i), office.result.scored.nodes[i].level) else {
        return page.blank(at, format);
    };
    let counted = CellRef::new(row, OFFICE_COUNTED).to_string();
    let held = held(office, &office.rules.conditions_of(Some(i)));
    let text = scale.level_formula(&counted, &held, |level| level.to_string());
    page.formula(at, &text, f64::from(level.0), format)
}

/// What holds a level: conditions of the table that are not met.
fn held(office: &OfficePlan<'_>, conditions: &[usize]) -> Held {
    let cell = |&c: &usize| CellRef::new(office.row(c), OFFICE_LEVEL).to_string();
    Held::unless_met(&conditions.iter().map(cell).collect::<Vec<_>>(), words::MET)
}

fn total(office: &OfficePlan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let row = office.total_row();
    let at = |col: u32| CellRef::new(row, col);
    for col in [0, 2, OFFICE_VERIFIED, 8, 9, 10] {
        page.blank(at(col), &look.text_bold)?;
    }
    page.text(at(1), "Tổng điểm của cơ quan", &look.text_bold)?;
    let tops: Vec<usize> = office.rules.groups().map(|(i, _)| i).collect();
    let cells = |col: u32| -> Vec<CellRef> { tops.iter().map(|&top| CellRef::new(office.row(top), col)).collect() };
    let scored = &office.result.scored;
    let (most, claimed) = (office.rules.most(), scored.claimed(office.rules));
    for (col, sum) in [(OFFICE_MAX, most), (OFFICE_SELF, claimed), (OFFICE_COUNTED, scored.total)] {
        page.formula(at(col), &formula::rounded_sum(&cells(col)), sum, &look.fixed_bold)?;
    }
    let Some(level) = scored.level else { return page.blank(at(OFFICE_LEVEL), &look.level_bold) };
    let text = match office.rules.overall_scale() {
        Some(scale) if by_total(office.rules) => {
            let held = held(office, &office.rules.conditions_of(None));
            scale.level_formula(&at(OFFICE_COUNTED).to_string(), &held, |level| level.to_string())
        }
        _ => {
            let levels = tops.iter().filter(|&&top| office.rules.scale_of(top).is_some());
            let cells = levels.map(|&top| CellRef::new(office.row(top), OFFICE_LEVEL).to_string());
            lowest_formula(&cells.collect::<Vec<_>>(), &held(office, &office.rules.conditions_alone()))
        }
    };
    page.formula(at(OFFICE_LEVEL), &text, f64::from(level.0), &look.level_bold)
}
