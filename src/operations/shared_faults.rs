//! The sheet `Lỗi nhiều trường mắc`: the same finding at the same item in several schools; a talk to all beats many calls.

use std::collections::BTreeMap;

use super::page::{self, Line, Page};
use super::titled;
use crate::finding::Lang;
use crate::outcome::Outcome;
use crate::school::SchoolCode;
use crate::views::faults::{Shared, shared};
use crate::views::words::listed;
use crate::writers::xlsx::{Columns, Written};

/// The sheet's name.
pub const NAME: &str = "Lỗi nhiều trường mắc";
/// From so many schools on.
const SEVERAL: usize = 2;
/// Schools that are named.
const NAMED: usize = 12;

pub(super) fn write(outcome: &Outcome, page: &mut Page) -> Written {
    let look = page.look;
    let shared = shared(outcome, SEVERAL);
    let names: BTreeMap<&SchoolCode, &str> =
        outcome.schools.iter().map(|school| (&school.code, school.name.as_str())).collect();
    let schools = |one: &Shared| {
        let names: Vec<&str> = one.schools.iter().map(|code| names.get(code).copied().unwrap_or(&code.0)).collect();
        listed(&names, NAMED)
    };
    let item = |one: &Shared| match &one.item {
        Some(item) => item.clone(),
        None => format!("Cả phiếu. Ví dụ: {}", one.example.message(Lang::Vi)),
    };
    let columns = Columns::of(&shared)
        .with("Mã lỗi", 11.0, |one, _| look.mid(one.example.code.to_string()))
        .with("Mức", 13.0, |one, _| look.mid(one.example.severity.label(Lang::Vi)))
        .with("Bộ chỉ số", 16.0, |one, _| look.text(one.set))
        .with("Nội dung", 34.0, |one, _| look.text(item(one)))
        .with("Số trường", 10.0, |one, _| look.number(one.schools.len()))
        .with("Trên số phiếu đã nộp", 12.0, |one, _| look.number(one.came))
        .with("Tỉ lệ", 9.0, |one, row| look.share(format!("IF(F{row}=0,0,E{row}/F{row})"), one.share()))
        .with("Các trường", 50.0, |one, _| look.text(schools(one)))
        .with("Cách sửa", 44.0, |one, _| look.text(one.example.advice(Lang::Vi)));
    let holds =
        "Cùng một lỗi ở cùng một nội dung tại nhiều trường: nên hướng dẫn chung một lần. Nhiều trường nhất ở trên.";
    let lines = [Line::Text(holds.to_owned())];
    page::write(page, &titled(outcome, NAME), &lines, &columns, &shared, "Không có lỗi nào lặp lại ở nhiều trường.")
}
