//! `Phân công`: who is in charge of which of the office's criteria.

use super::{Written, title};
use crate::codes::ItemCode;
use crate::grid::CellRef;
use crate::report::page::Page;
use crate::report::plan::{Plan, Sheet};

const HEAD: u32 = 3;
const COLUMNS: [&str; 4] = ["Mã", "Tiêu chí", "Chủ trì", "Phối hợp, thực hiện"];

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let duties = &plan.outcome.office.duties;
    page.widths([8.0, 56.0, 28.0, 48.0])?;
    title(plan, Sheet::Duties, page, &["Sửa phân công ở phần [[phan_cong]] của tệp co-quan.toml.".to_owned()])?;
    // The office's groups and criteria, and whatever else somebody is in charge of.
    let office = plan.office.as_ref().map(|office| office.rules);
    let above_items = office.into_iter().flat_map(|rules| rules.nodes.iter().filter(|node| node.code.depth() <= 2));
    let mut codes: Vec<ItemCode> = above_items.map(|node| node.code).collect();
    codes.extend(duties.iter().map(|duty| duty.code));
    codes.sort_unstable();
    codes.dedup();
    let headers: Vec<_> = COLUMNS.iter().map(|text| ((*text).to_owned(), &look.head)).collect();
    page.table("phan_cong", CellRef::new(HEAD, 0), &headers, codes.len() as u32)?;
    for (row, code) in (HEAD + 1..).zip(&codes) {
        let node = office.and_then(|rules| rules.node(*code));
        let is_group = node.is_some_and(|node| node.parent.is_none());
        let text = if is_group { &look.text_bold } else { &look.text };
        let duty = duties.iter().find(|duty| duty.code == *code);
        page.text(CellRef::new(row, 0), &code.to_string(), text)?;
        page.text(CellRef::new(row, 1), node.map_or("(không có trong bộ chỉ số)", |node| &node.title), text)?;
        page.text(CellRef::new(row, 2), duty.map_or("", |duty| &duty.lead), text)?;
        page.text(CellRef::new(row, 3), duty.map_or("", |duty| &duty.support), text)?;
    }
    if codes.is_empty() {
        page.text(CellRef::new(HEAD + 1, 0), "(chưa ghi phân công)", &look.text)?;
    }
    let last = HEAD + codes.len().max(1) as u32;
    page.set_up(true, CellRef::new(last, 3), Some(HEAD), 0)
}
