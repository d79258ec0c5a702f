//! `Phân công`: who is in charge of which of the office's criteria.

use super::{Written, set_up, title};
use crate::codes::ItemCode;
use crate::grid::CellRef;
use crate::report::Page;
use crate::report::plan::{Plan, Sheet};
use crate::views::duties::helpers;
use crate::writers::xlsx::Columns;

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let duties = &plan.outcome.office.duties;
    // The office's groups and criteria, and whatever else somebody is in charge of.
    let office = plan.office.as_ref().map(|office| office.rules);
    let above_items = office.into_iter().flat_map(|rules| rules.nodes.iter().filter(|node| node.code.depth() <= 2));
    let mut codes: Vec<ItemCode> = above_items.map(|node| node.code).collect();
    codes.extend(duties.iter().map(|duty| duty.code));
    codes.sort_unstable();
    codes.dedup();
    let node = |code: ItemCode| office.and_then(|rules| rules.node(code));
    let duty = |code: ItemCode| duties.iter().find(|duty| duty.code == code);
    let own = |code: ItemCode, text: String| {
        if node(code).is_some_and(|node| node.parent.is_none()) { look.text_bold(text) } else { look.text(text) }
    };
    let title_of = |code| node(code).map_or("(không có trong bộ chỉ số)", |node| &node.title).to_owned();
    let columns = Columns::of(&codes)
        .with("Mã", 8.0, |code, _| own(*code, code.to_string()))
        .with("Tiêu chí", 56.0, |code, _| own(*code, title_of(*code)))
        .with("Chủ trì", 28.0, |code, _| own(*code, duty(*code).map_or(String::new(), |duty| duty.lead.clone())))
        .with("Phối hợp, thực hiện", 48.0, |code, _| {
            own(*code, duty(*code).map_or(String::new(), |duty| duty.support.clone()))
        });
    page.columns(&columns)?;
    let note = helpers(plan.outcome).map(str::to_owned);
    let head = title(plan, Sheet::Duties, page, note.as_slice())?;
    let last = page.list(("phan_cong", head), &columns, &codes, "(chưa ghi phân công)")?;
    set_up(page, CellRef::new(last, 3), Some(head), 0)
}
