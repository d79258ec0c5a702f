//! A `.zip` of returns, one level deep: each member is read like a file. Names are only shown, never used as paths.

use super::limits::Limits;
use super::package::{Budget, Entry, Package, Trouble};
use super::protocol::{Answer, Label};
use super::sniff::sniff_head;
use super::source::{self, Answers};
use super::{Content, EachMember, OtherKind, Reading};
use crate::finding::{Code, Finding, code};
use crate::fingerprint;

/// How many members may break out of their bounds before the rest is left.
pub(super) const STRIKES: usize = 5;

/// Reads the members from number `from` on.
pub(super) fn read(bytes: &[u8], package: &Package<'_>, from: usize, limits: &Limits, answers: Answers<'_>) {
    let entries: Vec<&Entry> = package.entries.iter().filter(|entry| !entry.is_folder()).collect();
    let size = bytes.len() as u64;
    let fingerprint = fingerprint::of(bytes);
    if entries.iter().all(|entry| is_junk(&entry.name)) {
        let empty = Content::Unreadable(vec![Finding::new(code::EMPTY_ARCHIVE)]);
        return answers(Answer::Whole(Reading { size, fingerprint, content: empty }));
    }
    // Where none can be had, the reason of the first is that of the archive.
    let mut troubles = entries.iter().filter(|entry| !is_junk(&entry.name)).map(|entry| entry.trouble());
    if let Some(Some(trouble)) = troubles.next()
        && troubles.all(|other| other.is_some())
    {
        let closed = Content::Unreadable(vec![trouble.finding()]);
        return answers(Answer::Whole(Reading { size, fingerprint, content: closed }));
    }
    let read = &entries[..entries.len().min(limits.archive_members)];
    let mut findings = Vec::new();
    if entries.len() > read.len() || package.total > package.entries.len() as u64 {
        let many = package.total.max(entries.len() as u64);
        findings.push(Finding::new(code::ARCHIVE_CUT).with("value", many).with("limit", read.len()));
    }
    let members: Vec<Label> = read.iter().map(|e| Label { name: shown(&e.name), modified: e.modified }).collect();
    if let Some(name) = repeated(&members) {
        findings.push(Finding::new(code::ARCHIVE_REPEATS_A_NAME).with("value", name));
    }
    answers(Answer::Opened { size, fingerprint, members, findings });

    let mut budget = Budget::new(limits);
    let mut strikes = 0;
    for entry in read.iter().skip(from) {
        let reading = if strikes >= STRIKES {
            Reading::unreadable(0, Finding::new(code::ARCHIVE_GIVEN_UP))
        } else {
            member(package, entry, limits, &mut budget)
        };
        if matches!(&reading.content, Content::Unreadable(why) if why.iter().any(|f| f.code == code::INFLATES_TOO_FAR))
        {
            strikes += 1;
        }
        answers(Answer::Member(reading));
    }
}

fn member(package: &Package<'_>, entry: &Entry, limits: &Limits, budget: &mut Budget) -> Reading {
    if is_junk(&entry.name) {
        return Reading { size: entry.size, fingerprint: String::new(), content: Content::Other(OtherKind::Junk) };
    }
    match package.inflate_checked(entry, limits.workbook_bytes, budget) {
        Ok(bytes) => source::read_member(&bytes, limits),
        Err(trouble) => {
            // A scan that is too large to be unpacked is still somebody's scan.
            if let (Trouble::TooFar, Some(kind)) = (trouble, sniff_head(&package.head(entry))) {
                return Reading { size: entry.size, fingerprint: String::new(), content: Content::Other(kind) };
            }
            Reading::unreadable(entry.size, trouble.finding())
        }
    }
}

/// The bytes of the member of this name with this fingerprint, as the archive holds them.
pub(super) fn member_bytes(bytes: &[u8], name: &str, known: &str, limits: &Limits) -> Option<Vec<u8>> {
    let package = Package::open(bytes, limits.archive_members).ok()?;
    let entries = package.entries.iter().filter(|entry| !entry.is_folder() && shown(&entry.name) == name);
    let mut budget = Budget::new(limits);
    entries.filter_map(|entry| package.inflate_checked(entry, limits.workbook_bytes, &mut budget).ok()).find_map(
        |found| {
            let found = found.to_vec();
            fingerprint::is_of(known, &found).then_some(found)
        },
    )
}

/// The files of an archive, in its order.
fn files<'p>(package: &'p Package<'_>) -> impl Iterator<Item = &'p Entry> {
    package.entries.iter().filter(|entry| !entry.is_folder() && !is_junk(&entry.name))
}

/// Their names.
pub(super) fn member_names(bytes: &[u8], limits: &Limits) -> Result<Vec<String>, Code> {
    let package = Package::open(bytes, limits.archive_members).map_err(Trouble::code)?;
    Ok(files(&package).map(|entry| shown(&entry.name)).collect())
}

/// Every file of the archive with its bytes, or why there are none.
pub(super) fn each_member(bytes: &[u8], limits: &Limits, each: &mut EachMember) -> Result<(), Code> {
    let package = Package::open(bytes, limits.archive_members).map_err(Trouble::code)?;
    let mut budget = Budget::new(limits);
    for entry in files(&package) {
        match package.inflate_checked(entry, limits.workbook_bytes, &mut budget) {
            Ok(bytes) => each(&shown(&entry.name), Ok(&bytes)),
            Err(trouble) => each(&shown(&entry.name), Err(trouble.code())),
        }
    }
    Ok(())
}

/// What systems and office programs leave in folders.
pub(super) fn is_junk(name: &str) -> bool {
    let mut folders = name.split(['/', '\\']);
    let file = folders.next_back().unwrap_or_default();
    let known = ["thumbs.db", ".ds_store", "desktop.ini", "ehthumbs.db"];
    folders.any(|folder| folder == "__MACOSX")
        || known.iter().any(|junk| file.eq_ignore_ascii_case(junk))
        || file.starts_with("~$")
        || file.starts_with("._")
        || file.starts_with(".~lock.")
}

/// Characters of a name that are shown.
const SHOWN: usize = 200;

/// A name as people may see it: one kind of stroke, no drive, no way up, nothing invisible.
fn shown(name: &str) -> String {
    let parts = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    let clean: Vec<String> = parts.map(crate::text::clean).filter(|part| !part.is_empty()).collect();
    let joined = clean.join("/");
    if joined.is_empty() { "?".to_owned() } else { joined.chars().take(SHOWN).collect() }
}

fn repeated(members: &[Label]) -> Option<String> {
    let mut names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
    names.sort_unstable();
    names.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_only_shown() {
        assert_eq!(shown("../../etc/passwd"), "etc/passwd");
        assert_eq!(shown("C:\\nop\\a.xlsx"), "C:/nop/a.xlsx");
        assert_eq!(shown("/a\0b.xlsx"), "a b.xlsx");
        assert_eq!(shown("../"), "?");
        assert_eq!(shown(&"a".repeat(5000)).len(), SHOWN);
    }

    #[test]
    fn junk_is_known_by_name() {
        for name in ["__MACOSX/._a.xlsx", "x/Thumbs.db", "~$a.xlsx", ".DS_Store", "a\\desktop.ini"] {
            assert!(is_junk(name), "{name}");
        }
        assert!(!is_junk("a/phieu~$.xlsx"));
    }
}
