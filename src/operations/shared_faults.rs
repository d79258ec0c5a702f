//! The sheet `Lỗi nhiều trường mắc`: the same finding at the same item in several schools; a talk to all beats many calls.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::XlsxError;

use super::page::{Cell, Page, listed};
use crate::codes::{ItemCode, SetId};
use crate::finding::{Code, Finding, Lang, Severity, code};
use crate::outcome::{Outcome, Status};
use crate::school::SchoolCode;

/// The sheet's name.
pub const NAME: &str = "Lỗi nhiều trường mắc";

const COLUMNS: [(&str, f64); 9] = [
    ("Mã lỗi", 11.0),
    ("Mức", 13.0),
    ("Bộ chỉ số", 16.0),
    ("Nội dung", 34.0),
    ("Số trường", 10.0),
    ("Trên số phiếu đã nộp", 12.0),
    ("Tỉ lệ", 9.0),
    ("Các trường", 50.0),
    ("Cách sửa", 44.0),
];
/// From so many schools on.
const SEVERAL: usize = 2;
/// Schools that are named.
const NAMED: usize = 12;

type Key<'a> = (Code, Option<&'a SetId>, Option<ItemCode>);

struct Shared<'a> {
    first: &'a Finding,
    schools: BTreeSet<&'a SchoolCode>,
}

pub(super) fn write(outcome: &Outcome, page: &mut Page) -> Result<(), XlsxError> {
    let shared = shared(outcome);
    let names: BTreeMap<&SchoolCode, &str> =
        outcome.schools.iter().map(|school| (&school.code, school.name.as_str())).collect();
    page.title(
        &format!("{NAME}, năm học {}", outcome.office.year),
        "Cùng một lỗi ở cùng một nội dung tại nhiều trường: nên hướng dẫn chung một lần. Nhiều trường nhất ở trên.",
        &[],
    )?;
    page.table(&COLUMNS, shared.len())?;
    for ((code, set, item), one) in &shared {
        let row = page.row + 1;
        let rules = set.and_then(|set| outcome.book.get(set));
        let came = came(outcome, *set);
        let title = item.map(|item| {
            let node = rules.and_then(|rules| rules.node(item));
            node.map_or(item.to_string(), |node| format!("{item} {}", node.title))
        });
        let schools: Vec<&str> = one.schools.iter().map(|code| names.get(code).copied().unwrap_or(&code.0)).collect();
        let share = if came == 0 { 0.0 } else { schools.len() as f64 / came as f64 };
        page.cells(vec![
            Cell::mid(code),
            Cell::mid(one.first.severity.label(Lang::Vi)),
            Cell::text(rules.map_or("", |rules| &rules.short)),
            Cell::text(title.unwrap_or_else(|| format!("Cả phiếu. Ví dụ: {}", one.first.message(Lang::Vi)))),
            schools.len().into(),
            came.into(),
            Cell::Share(format!("IF(F{row}=0,0,E{row}/F{row})"), share),
            Cell::text(listed(&schools, NAMED)),
            Cell::text(one.first.advice(Lang::Vi)),
        ])?;
    }
    if shared.is_empty() {
        page.empty("–")?;
        page.remark("Không có lỗi nào lặp lại ở nhiều trường.")?;
    }
    page.finish()
}

fn shared(outcome: &Outcome) -> Vec<(Key<'_>, Shared<'_>)> {
    let mut groups: BTreeMap<Key, Shared> = BTreeMap::new();
    let told = outcome.findings.iter().filter(|finding| finding.severity != Severity::Note);
    // Whoever has sent nothing stands in the list of the day.
    for finding in told.filter(|finding| finding.code != code::MISSING) {
        let Some(school) = &finding.school else { continue };
        let group = groups.entry((finding.code, finding.set.as_ref(), finding.item));
        group.or_insert_with(|| Shared { first: finding, schools: BTreeSet::new() }).schools.insert(school);
    }
    let mut shared: Vec<_> = groups.into_iter().filter(|(_, group)| group.schools.len() >= SEVERAL).collect();
    shared.sort_by_key(|(_, group)| (Reverse(group.schools.len()), group.first.severity));
    shared
}

/// Returns of a set that came; of all sets where none is named.
fn came(outcome: &Outcome, set: Option<&SetId>) -> usize {
    let expected = outcome.expected.iter().filter(|expected| expected.status != Status::Missing);
    match set {
        Some(set) => expected.filter(|expected| expected.set == *set).count(),
        None => expected.map(|expected| expected.school).collect::<BTreeSet<_>>().len(),
    }
}
