//! The tabs: their order, and names that every program takes.

use std::collections::HashSet;

use super::SetPlan;
use crate::grid::CellRef;
use crate::text::Masked;

/// Excel's limit for the name of a sheet, in UTF-16 units.
const MAX_NAME: usize = 31;

/// Which sheet. A number is a place in [`Plan::sets`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// `Báo cáo`
    Signed,
    /// `Mục lục`
    Contents,
    /// `Tổng quan`
    Overview,
    /// `Tiêu chí cơ quan`
    Office,
    /// `<set>`
    Set(usize),
    /// `Chi tiết <set>`
    Detail(usize),
    /// `Đơn vị`, where units handed over their results.
    Units,
    /// `Điển hình`
    Best,
    /// `Tình hình nộp`
    Returns,
    /// `Lỗi, cảnh báo`
    Findings,
    /// `Đối chiếu điểm`
    Ledger,
    /// `Thẩm định`
    Verified,
    /// `Công nhận`, where something was recognised.
    Recognised,
    /// `Các mốc`, where one was reached.
    Milestones,
    /// `Minh chứng`; a place in [`Plan::evidence`](super::Plan::evidence), for offices with more of it than one sheet takes.
    Evidence(usize),
    /// `Phân công`
    Duties,
    /// `Quy tắc`
    Rules,
    /// `Tệp nguồn`
    Files,
}

/// A sheet's tab.
#[derive(Debug, Clone)]
pub struct Tab {
    /// Which one.
    pub sheet: Sheet,
    /// Its name.
    pub name: String,
    /// Its name as it stands in a formula.
    pub quoted: String,
}

impl Tab {
    /// A cell of it, as a link leads there.
    pub fn target(&self, at: CellRef) -> String {
        format!("internal:{}!{at}", self.quoted)
    }

    /// A cell of it, from another sheet.
    pub fn cell(&self, at: CellRef) -> String {
        format!("{}!{at}", self.quoted)
    }

    /// Rows of one of its columns, from another sheet.
    pub fn rows(&self, col: u32, first: u32, last: u32) -> String {
        let letters = CellRef::column_letters(col);
        format!("{}!${letters}${}:${letters}${}", self.quoted, first + 1, last + 1)
    }
}

/// `without`: sheets for which there is nothing; `evidence`: how many sheets it takes.
pub(super) fn tabs(sets: &[SetPlan<'_>], without: &[Sheet], evidence: usize) -> Vec<Tab> {
    let before = [
        (Sheet::Signed, "Báo cáo"),
        (Sheet::Contents, "Mục lục"),
        (Sheet::Overview, "Tổng quan"),
        (Sheet::Office, "Tiêu chí cơ quan"),
    ];
    let after = [
        (Sheet::Units, "Đơn vị"),
        (Sheet::Best, "Điển hình"),
        (Sheet::Returns, "Tình hình nộp"),
        (Sheet::Findings, "Lỗi, cảnh báo"),
        (Sheet::Ledger, "Đối chiếu điểm"),
        (Sheet::Verified, "Thẩm định"),
        (Sheet::Recognised, "Công nhận"),
        (Sheet::Milestones, "Các mốc"),
        (Sheet::Evidence(0), "Minh chứng"),
        (Sheet::Duties, "Phân công"),
        (Sheet::Rules, "Quy tắc"),
        (Sheet::Files, "Tệp nguồn"),
    ];
    // Excel keeps "History" for itself.
    let mut taken: HashSet<String> = HashSet::from(["history".to_owned()]);
    taken.extend(before.iter().chain(&after).map(|(_, name)| name.to_lowercase()));
    let fixed = |(sheet, name): &(Sheet, &str)| tab(*sheet, (*name).to_owned());
    let mut tabs: Vec<Tab> = before.iter().map(fixed).collect();
    for (i, set) in sets.iter().enumerate() {
        tabs.push(tab(Sheet::Set(i), unique(&set.rules.short, &mut taken)));
    }
    for (i, set) in sets.iter().enumerate() {
        tabs.push(tab(Sheet::Detail(i), unique(&format!("Chi tiết {}", set.rules.short), &mut taken)));
    }
    let is_there = |(sheet, _): &&(Sheet, &str)| !without.contains(sheet);
    for one in after.iter().filter(is_there) {
        tabs.push(fixed(one));
        if one.0 == Sheet::Evidence(0) {
            let more = (1..evidence)
                .map(|part| tab(Sheet::Evidence(part), unique(&format!("{} {}", one.1, part + 1), &mut taken)));
            tabs.extend(more);
        }
    }
    tabs
}

fn tab(sheet: Sheet, name: String) -> Tab {
    let quoted = format!("'{}'", name.replace('\'', "''"));
    Tab { sheet, name, quoted }
}

/// A name that Excel takes and no other sheet bears. Excel compares without case.
fn unique(wanted: &str, taken: &mut HashSet<String>) -> String {
    let mut clean = String::new();
    for c in Masked::of(wanted).chars() {
        match c {
            '[' | ']' | ':' | '*' | '?' | '/' | '\\' => clean.push('-'),
            // A capital before a bracket would look like a function to the library.
            '(' if clean.ends_with(|before: char| before.is_ascii_uppercase() || before.is_ascii_digit()) => {
                clean.push_str(" (");
            }
            '"' => clean.push('”'),
            c if c.is_control() => clean.push(' '),
            c => clean.push(c),
        }
    }
    let clean = clean.trim_matches(['\'', ' ']);
    let clean = if clean.is_empty() { "Bộ chỉ số" } else { clean };
    for n in 1.. {
        let tail = if n == 1 { String::new() } else { format!(" ({n})") };
        let head = cut_name(clean, MAX_NAME - tail.len());
        let name = format!("{}{tail}", head.trim_end_matches(['\'', ' ']));
        if taken.insert(name.to_lowercase()) {
            return name;
        }
    }
    unreachable!("some number is free")
}

/// At most so many UTF-16 units, without an ellipsis.
fn cut_name(name: &str, most: usize) -> String {
    let mut room = most;
    name.chars()
        .take_while(|c| {
            let fits = c.len_utf16() <= room;
            room = room.saturating_sub(c.len_utf16());
            fits
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_valid_and_unique() {
        let mut taken = HashSet::from(["báo cáo".to_owned()]);
        assert_eq!(unique("Phổ thông, GDTX", &mut taken), "Phổ thông, GDTX");
        assert_eq!(unique("PHỔ THÔNG, GDTX", &mut taken), "PHỔ THÔNG, GDTX (2)");
        assert_eq!(unique("Báo cáo", &mut taken), "Báo cáo (2)");
        assert_eq!(unique("'a/b[1]'", &mut taken), "a-b-1-");
        assert_eq!(unique("SORT(1)", &mut taken), "SORT (1)");
        assert_eq!(unique("", &mut taken), "Bộ chỉ số");
        let long = unique(&"ẩ".repeat(40), &mut taken);
        assert_eq!(long.encode_utf16().count(), 31);
        assert_eq!(unique(&"ẩ".repeat(40), &mut taken).encode_utf16().count(), 31);
        assert_eq!(tab(Sheet::Best, "a'b".to_owned()).quoted, "'a''b'");
    }
}
