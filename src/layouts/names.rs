//! How the files of forms are named. Safe on Windows and in e-mail, and no two of a batch alike.

use std::collections::BTreeSet;

use crate::rules::RuleSet;
use crate::school::{School, SchoolCode};
use crate::text::fold;

/// The file of the office's own form.
pub const OFFICE_FILE: &str = "phieu-co-quan.xlsx";

/// The file of a set's blank form.
pub fn blank_name(set: &RuleSet) -> String {
    format!("{}.xlsx", slug(&set.id.0, MAX_SLUG))
}

/// `<mã>-<slug>`: how the file of a school is named, without its ending. Safe on Windows and in e-mail: ASCII letters,
/// digits and `-` alone, of bounded length, never a device's name.
pub fn file_stem(code: &SchoolCode, name: &str) -> String {
    let name = slug(name, MAX_SLUG);
    let name = if name.is_empty() { "truong".to_owned() } else { name };
    // A code keeps its capitals and dots: a file is told to be a school's by the code at its start.
    let code: String = code.0.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect();
    let code: String = code.trim_matches(['-', '.']).chars().take(MAX_CODE).collect();
    if code.is_empty() { format!("truong-{name}") } else { format!("{code}-{name}") }
}

const MAX_SLUG: usize = 60;
const MAX_CODE: usize = 30;

/// Folded words joined by `-`, ASCII alone, at most `limit` long.
fn slug(text: &str, limit: usize) -> String {
    let folded = fold(text);
    let ascii: String = folded.chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').collect();
    let mut slug = String::new();
    for word in ascii.split(' ').filter(|word| !word.is_empty()) {
        let gap = usize::from(!slug.is_empty());
        let room = limit.saturating_sub(slug.len() + gap);
        if room < word.len() && gap == 1 {
            break;
        }
        slug.push_str(if gap == 1 { "-" } else { "" });
        slug.push_str(&word[..word.len().min(room)]);
    }
    slug
}

/// The name of a school's form that no other file of this batch has; it names the set where the school owes `several`.
pub fn name_for(school: &School, set: &RuleSet, several: bool, taken: &mut BTreeSet<String>) -> String {
    unique(stem_for(school, set, several), taken)
}

/// The name of a form that goes back: `<mã>-<slug>-sua-<n>.xlsx`, with the set's short name where the school owes
/// `several`. `n` is at least as high as `returns`, and such that no file in `taken` has this name: copied beside what
/// came, it overwrites nothing.
pub fn correction_name(
    school: &School,
    set: &RuleSet,
    several: bool,
    returns: u32,
    taken: &mut BTreeSet<String>,
) -> String {
    let stem = stem_for(school, set, several);
    let mut number = returns.max(1);
    loop {
        let name = format!("{stem}-sua-{number}.xlsx");
        if taken.insert(name.to_lowercase()) {
            return name;
        }
        number += 1;
    }
}

fn stem_for(school: &School, set: &RuleSet, several: bool) -> String {
    let stem = file_stem(&school.code, &school.name);
    let short = match slug(&set.short, MAX_SLUG) {
        short if short.is_empty() => slug(&set.id.0, MAX_SLUG),
        short => short,
    };
    if several { format!("{stem}-{short}") } else { stem }
}

/// A name that no other file of this batch has, whatever its capitals.
pub fn unique(stem: String, taken: &mut BTreeSet<String>) -> String {
    let mut name = format!("{stem}.xlsx");
    let mut number = 2;
    while !taken.insert(name.to_lowercase()) {
        name = format!("{stem}-{number}.xlsx");
        number += 1;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(code: &str, name: &str) -> String {
        file_stem(&SchoolCode(code.to_owned()), name)
    }

    #[test]
    fn names_are_safe_everywhere() {
        assert_eq!(stem("08010012", "Trường TH&THCS Đức Hòa"), "08010012-truong-th-thcs-duc-hoa");
        assert_eq!(stem("TH.01", "..\\..\\etc/passwd"), "TH.01-etc-passwd");
        assert_eq!(stem("CON", "."), "CON-truong");
        assert_eq!(stem("../..", "CON"), "truong-con");
        assert_eq!(stem("1", "\u{202E}学校 مدرسة"), "1-truong");
        let long = stem(&"9".repeat(500), &"trường ".repeat(200));
        assert!(long.len() <= MAX_CODE + 1 + MAX_SLUG && !long.ends_with('-'), "{long}");
        assert_eq!(slug(&"x".repeat(100), 60).len(), 60);
    }

    #[test]
    fn two_schools_never_share_a_file() {
        let mut taken = BTreeSet::new();
        assert_eq!(unique("a-b".to_owned(), &mut taken), "a-b.xlsx");
        assert_eq!(unique("A-b".to_owned(), &mut taken), "A-b-2.xlsx");
        assert_eq!(unique("a-b".to_owned(), &mut taken), "a-b-3.xlsx");
    }
}
