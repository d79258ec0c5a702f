//! `Lỗi, cảnh báo`: every finding, the heavier first; a summary and what many schools have in common stand above.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_xlsxwriter::{ConditionalFormatText, ConditionalFormatTextRule};

use super::{Written, set_up, title};
use crate::codes::ItemCode;
use crate::finding::{Code, EXPLAINED, Finding, Lang, Opinion, Severity};
use crate::grid::CellRef;
use crate::outcome::{Outcome, Status};
use crate::report::Page;
use crate::report::formula::quoted;
use crate::report::plan::{Plan, Sheet};
use crate::school::SchoolCode;

const COLUMNS: [&str; 12] = [
    "Mức",
    "Mã lỗi",
    "Mã trường",
    "Tên trường",
    "Bộ chỉ số",
    "Nội dung",
    "Vấn đề",
    "Cách sửa",
    "Tệp",
    "Trang tính",
    "Ô",
    "Số chỗ",
];
const COUNT: u32 = 11;
/// Lines on what many schools have in common.
const MOST_COMMON: usize = 10;
/// Fewer schools than this are not many.
const MANY: usize = 3;

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let outcome = plan.outcome;
    page.widths([11.0, 8.5, 10.5, 23.0, 14.0, 9.0, 48.0, 36.0, 44.0, 16.0, 9.0, 6.5])?;
    let row = title(plan, Sheet::Findings, page, &[])? + 1;
    let rows = grouped(&outcome.findings);
    let common = common(outcome);
    let labels = labels(outcome);
    let head = row + labels.len() as u32 + common.len() as u32 + if common.is_empty() { 2 } else { 4 };
    let last = head + rows.len().max(1) as u32;

    page.heads(CellRef::new(row, 0), &["Mức", "Số chỗ"])?;
    for (i, &label) in (1..).zip(&labels) {
        let column = |col: u32| {
            let letters = CellRef::column_letters(col);
            format!("{letters}{}:{letters}{}", head + 2, last + 1)
        };
        let count = outcome.findings.iter().filter(|finding| finding.label(Lang::Vi) == label).count();
        page.text(CellRef::new(row + i, 0), label, &look.mid)?;
        let text = format!("SUMIF({},{},{})", column(0), quoted(label), column(COUNT));
        page.formula(CellRef::new(row + i, 1), &text, count, &look.int)?;
    }
    if !common.is_empty() {
        let from = row + labels.len() as u32 + 2;
        let text = "Nhiều trường mắc ở cùng một nội dung: nên xem lại phiếu hoặc hướng dẫn";
        page.line(CellRef::new(from, 0), text, &look.section)?;
        for (row, line) in (from + 1..).zip(&common) {
            page.line(CellRef::new(row, 0), line, &look.note)?;
        }
    }
    let headers: Vec<_> = COLUMNS.iter().map(|text| ((*text).to_owned(), &look.head)).collect();
    page.table("loi_canh_bao", CellRef::new(head, 0), &headers, rows.len() as u32)?;
    let names: HashMap<&SchoolCode, &str> =
        outcome.schools.iter().map(|school| (&school.code, school.name.as_str())).collect();
    for (row, group) in (head + 1..).zip(&rows) {
        line(plan, &names, group, row, page)?;
    }
    if rows.is_empty() {
        page.text(CellRef::new(head + 1, 0), "(không có gì phải sửa hay cần xem lại)", &look.text)?;
    }
    for (severity, format) in [(Severity::Error, &look.tint.error), (Severity::Warning, &look.tint.warning)] {
        let rule = ConditionalFormatText::new()
            .set_rule(ConditionalFormatTextRule::Contains(severity.label(Lang::Vi).to_owned()))
            .set_format(format);
        page.ws.add_conditional_format(head + 1, 0, last, 0, &rule)?;
    }
    set_up(page, CellRef::new(last, COLUMNS.len() as u32 - 1), Some(head), 0)
}

/// The words for the weight of a finding, the heavier first; that something is explained only where anything is.
fn labels(outcome: &Outcome) -> Vec<&'static str> {
    let explained = outcome.findings.iter().any(Finding::is_explained).then_some(EXPLAINED.0);
    let [error, warning, note] =
        [Severity::Error, Severity::Warning, Severity::Note].map(|severity| severity.label(Lang::Vi));
    [Some(error), Some(warning), explained, Some(note)].into_iter().flatten().collect()
}

/// Findings of one return that say the same, at one or more places.
struct Group<'a> {
    findings: Vec<&'a Finding>,
}

impl Group<'_> {
    /// The message; of several items it counts them instead of naming one.
    fn message(&self) -> String {
        let first = self.findings[0].for_outsiders();
        let message = match self.items().len() < 2 || !first.values.contains_key("title") {
            true => first.message(Lang::Vi),
            false => {
                let several = format!("{} nội dung", self.items().len());
                first.clone().into_owned().with("title", several).message(Lang::Vi)
            }
        };
        match first.opinion {
            Some(_) => format!("{message} {}", first.opinion(Lang::Vi)),
            None => message,
        }
    }

    fn items(&self) -> Vec<ItemCode> {
        let mut items: Vec<ItemCode> = self.findings.iter().filter_map(|finding| finding.item).collect();
        items.dedup();
        items
    }

    fn cells(&self) -> Vec<CellRef> {
        self.findings.iter().filter_map(|finding| finding.place.cell).collect()
    }
}

/// One row for the same fault, message and advice in one return. Findings come by weight, then school, then place.
fn grouped(findings: &[Finding]) -> Vec<Group<'_>> {
    type Key<'a> = (Code, Option<&'a str>, Option<&'a str>, Vec<(&'a str, &'a str)>, bool, Option<&'a Opinion>);
    let mut groups: Vec<Group<'_>> = Vec::new();
    for run in findings.chunk_by(|a, b| a.severity == b.severity && a.school == b.school && a.set == b.set) {
        let mut known: HashMap<Key<'_>, usize> = HashMap::new();
        for finding in run {
            // The item's title may differ; every other value is part of what is said.
            let values: Vec<(&str, &str)> = finding
                .values
                .iter()
                .filter(|(name, _)| finding.item.is_none() || *name != "title")
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            let place = &finding.place;
            let key = (
                finding.code,
                place.file.as_deref(),
                place.sheet.as_deref(),
                values,
                finding.item.is_some(),
                finding.opinion.as_ref(),
            );
            match known.get(&key) {
                Some(&group) => groups[group].findings.push(finding),
                None => {
                    known.insert(key, groups.len());
                    groups.push(Group { findings: vec![finding] });
                }
            }
        }
    }
    groups
}

/// `41/68 trường: …` for each fault that many schools have at the same item.
fn common(outcome: &Outcome) -> Vec<String> {
    type Fault<'a> = (Severity, Code, ItemCode, Option<&'a str>);
    let mut faults: BTreeMap<Fault<'_>, (BTreeSet<&SchoolCode>, &Finding)> = BTreeMap::new();
    for finding in &outcome.findings {
        let (Some(item), Some(school)) = (finding.item, finding.school.as_ref()) else { continue };
        if finding.severity == Severity::Note {
            continue;
        }
        let set = finding.set.as_ref().map(|set| set.0.as_str());
        let key = (finding.severity, finding.code, item, set);
        faults.entry(key).or_insert_with(|| (BTreeSet::new(), finding)).0.insert(school);
    }
    let mut lines: Vec<(usize, String)> = Vec::new();
    for ((severity, code, item, set), (schools, example)) in faults {
        let of_set = |expected: &&crate::outcome::ExpectedReturn| set.is_none_or(|set| expected.set.0 == set);
        let returned =
            outcome.expected.iter().filter(of_set).filter(|expected| expected.status != Status::Missing).count();
        if schools.len() < MANY || schools.len() * 10 < returned {
            continue;
        }
        let short = set.and_then(|id| outcome.book.sets.iter().find(|set| set.id.0 == id)).map_or("", |set| &set.short);
        lines.push((
            schools.len(),
            format!(
                "{}/{returned} trường ({short}) ở {item}, {code}, {}. Ví dụ: {}",
                schools.len(),
                severity.label(Lang::Vi).to_lowercase(),
                example.message(Lang::Vi)
            ),
        ));
    }
    lines.sort_by_key(|(schools, _)| std::cmp::Reverse(*schools));
    let rest = lines.len().saturating_sub(MOST_COMMON);
    let mut lines: Vec<String> = lines.into_iter().take(MOST_COMMON).map(|(_, line)| line).collect();
    if rest > 0 {
        lines.push(format!("… và {rest} nội dung khác."));
    }
    lines
}

fn line(
    plan: &Plan<'_>,
    names: &HashMap<&SchoolCode, &str>,
    group: &Group<'_>,
    row: u32,
    page: &mut Page<'_>,
) -> Written {
    let look = page.look;
    let finding = group.findings[0];
    let at = |col: u32| CellRef::new(row, col);
    let join = |texts: Vec<String>| texts.join(", ");
    page.text(at(0), finding.label(Lang::Vi), &look.mid)?;
    page.text(at(1), &finding.code.to_string(), &look.mid)?;
    page.text(at(2), finding.school.as_ref().map_or("", |code| &code.0), &look.mid)?;
    let name = finding.school.as_ref().and_then(|code| names.get(code)).copied().unwrap_or_default();
    page.text(at(3), name, &look.text)?;
    let short = |id: &crate::codes::SetId| plan.outcome.book.short(id).to_owned();
    page.text(at(4), &finding.set.as_ref().map(short).unwrap_or_default(), &look.text)?;
    page.text(at(5), &join(group.items().iter().map(ToString::to_string).collect()), &look.mid)?;
    page.text(at(6), &group.message(), &look.text)?;
    page.text(at(7), &finding.advice(Lang::Vi), &look.text)?;
    let (file, sheet) = (finding.place.file.as_deref().unwrap_or(""), finding.place.sheet.as_deref().unwrap_or(""));
    // Only a file of the office folder can be opened; a member of a .zip cannot.
    let first = finding.place.cell.map(|cell| (sheet, cell));
    page.link(at(8), &plan.file(file, first), file, &look.link)?;
    page.text(at(9), sheet, &look.text)?;
    page.text(at(10), &join(group.cells().iter().map(ToString::to_string).collect()), &look.mid)?;
    page.count(at(COUNT), group.findings.len() as u32, &look.int)
}
