//! `Minh chứng`: the evidence that schools wrote down, by criterion, then school.

use super::{Written, set_up};
use crate::grid::CellRef;
use crate::report::Page;
use crate::report::plan::{Plan, Sheet};
use crate::text::Masked;
use crate::views::evidence::{Evidence, by_item, rows};
use crate::views::words::met;

const HEAD: u32 = 4;
const COLUMNS: [&str; 7] =
    ["Mã nội dung", "Nội dung", "Mã trường", "Tên trường", "Được tính", "Minh chứng", "Ô trong tệp"];
const TITLE: u32 = 1;
const NAME: u32 = 3;
const EVIDENCE: u32 = 5;
const CELL: u32 = 6;
/// Lines that each lead into the school's file: beyond, none does, and the file stands in `Tình hình nộp`.
const MAX_LINKED: usize = 8_000;

pub(super) fn write(plan: &Plan<'_>, index: usize, page: &mut Page<'_>) -> Written {
    let look = page.look;
    page.widths([22.0, 42.0, 11.0, 28.0, 9.5, 69.0, 9.0])?;
    // Each name is measured once for all its lines.
    let names: Vec<u32> = plan.outcome.schools.iter().map(|school| page.lines_of(NAME, &school.name, false)).collect();
    let own_lines = page.lines_of(NAME, &plan.outcome.office.name, false);
    // Most lines are one: the title stands beside the first school alone.
    page.usual_lines(1, HEAD)?;
    let part = &plan.evidence[index];
    let (all, shown) = (rows(&plan.evidence), part.rows);
    let remarks = [
        format!(
            "Có {all} minh chứng, trang này ghi {shown}; tệp của trường ở trang Tình hình nộp. Số điện thoại, thư điện tử, đường dẫn máy trong sổ này đã được ẩn."
        ),
        "Tên nội dung ghi một lần, ở dòng đầu. Khi in cả sổ, bảng này không in: muốn in thì bôi đen phần cần in rồi chọn in vùng đã chọn.".to_owned(),
    ];
    super::title(plan, Sheet::Evidence(index), page, &remarks)?;
    let name = if index == 0 { "minh_chung".to_owned() } else { format!("minh_chung_{}", index + 1) };
    let headers: Vec<_> = COLUMNS.iter().map(|text| ((*text).to_owned(), &look.head)).collect();
    page.table(&name, CellRef::new(HEAD, 0), &headers, shown as u32)?;
    let mut item = None;
    let mut code = String::new();
    for (row, line) in (HEAD + 1..).zip(by_item(plan.outcome).filter(|line| part.holds(line))) {
        let node = line.node();
        let is_first = item != Some((&line.set.id, line.index));
        if is_first {
            item = Some((&line.set.id, line.index));
            // With the set, whose codes are those of other sets as well.
            code = format!("{}: {}", line.set.short, node.code);
        }
        let title = if is_first { node.title.as_str() } else { "" };
        let name_lines = line.school.map_or(Some(&own_lines), |(at, _)| names.get(at)).copied().unwrap_or(1);
        let evidence = Masked::of(&line.score.evidence);
        page.room(row, name_lines, &[(TITLE, title), (EVIDENCE, &evidence)])?;
        write_line(plan, &line, (&code, title, &evidence), shown <= MAX_LINKED, row, page)?;
    }
    if shown == 0 {
        page.text(CellRef::new(HEAD + 1, 0), "(chưa có minh chứng nào)", &look.text)?;
    }
    let last = COLUMNS.len() as u32 - 1;
    set_up(page, CellRef::new(HEAD + shown.max(1) as u32, last), Some(HEAD), 0)?;
    // Hundreds of pages that nobody asked for: what it holds is printed, the list on demand.
    page.ws.set_print_area(0, 0, HEAD - 1, last as u16)?;
    Ok(())
}

fn write_line(
    plan: &Plan<'_>,
    line: &Evidence<'_>,
    (code, title, evidence): (&str, &str, &Masked),
    linked: bool,
    row: u32,
    page: &mut Page<'_>,
) -> Written {
    let look = page.look;
    let at = |col: u32| CellRef::new(row, col);
    let score = line.score;
    page.line(at(0), code, &look.text)?;
    match title {
        "" => page.blank(at(TITLE), &look.text)?,
        title => page.line(at(TITLE), title, &look.text)?,
    }
    page.line(at(2), line.code(), &look.mid)?;
    page.line(at(NAME), line.name, &look.text)?;
    match line.node().max {
        Some(_) => page.points(at(4), score.counted, &look.points)?,
        None => page.line(at(4), met(score.met), &look.points)?,
    }
    page.masked_line(at(EVIDENCE), evidence, &look.text)?;
    let Some((cell, source)) = score.cell.zip(line.source) else { return page.blank(at(CELL), &look.mid) };
    if !linked {
        return page.line(at(CELL), &cell.to_string(), &look.mid);
    }
    let sheet = score.sheet.as_ref().unwrap_or(&source.sheet);
    page.link(at(CELL), &plan.file(&source.file, Some((sheet, cell))), &cell.to_string(), &look.link_mid)
}
