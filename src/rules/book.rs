//! The sets in force: those inside the program, and those of `quy-tac/` that add to them or stand for them.

use std::collections::BTreeMap;

use super::audit::of_set;
use super::load::{load_bytes, warning};
use super::{Loaded, Origin, RuleBook, RuleSet, annex, load};
use crate::codes::SetId;
use crate::finding::{Finding, Lang, Severity, code};
use crate::grid::Grid;
use crate::settings::Mistake;
use crate::text;

mod follow;

/// The rule files inside the program, by name.
pub const EMBEDDED: [(&str, &str); 3] = [
    ("qd-3276-2024.toml", include_str!("../../templates/rules/qd-3276-2024.toml")),
    ("qd-3806-2024.toml", include_str!("../../templates/rules/qd-3806-2024.toml")),
    ("qd-4725-2022.toml", include_str!("../../templates/rules/qd-4725-2022.toml")),
];

/// The sets in force, with what is to be said about them.
#[derive(Debug, Clone)]
pub struct Assembled {
    /// The sets.
    pub book: RuleBook,
    /// 7xx: what does not add up, what was replaced. Without the figures that are not official, which may still be
    /// confirmed one by one.
    pub findings: Vec<Finding>,
    /// The same as lines for people who edit the files.
    pub warnings: Vec<Mistake>,
    /// The files that the sets come from, in the order of the sets.
    pub used: Vec<Origin>,
    /// The lines of each set's nodes and tables in its file, in the order of the sets.
    lines: Vec<BTreeMap<String, u32>>,
}

impl Assembled {
    /// Makes the figures of a filled workbook official. What was found between the files stays true; what each set says
    /// of itself is asked again. `file`: the workbook's name in the office folder.
    pub fn confirm(&mut self, grids: &[Grid], file: &str) {
        let (findings, warnings) = self.audits();
        self.findings.retain(|finding| !findings.contains(finding));
        self.warnings.retain(|warning| !warnings.contains(warning));
        let said = annex::confirm_all(&mut self.book, grids, file);
        self.say(said);
        let (findings, warnings) = self.audits();
        self.findings.extend(findings);
        self.warnings.extend(warnings);
    }

    /// Adds what is to be said of a workbook with figures; what the program only notes needs no line for those who
    /// edit.
    pub fn say(&mut self, said: Vec<Finding>) {
        let to_mend = said.iter().filter(|finding| finding.severity != Severity::Note);
        self.warnings.extend(to_mend.map(|finding| Mistake {
            file: finding.place.to_string(),
            line: 0,
            column: 0,
            key: String::new(),
            vi: format!("{} {}", finding.message(Lang::Vi), finding.advice(Lang::Vi)),
            en: format!("{} {}", finding.message(Lang::En), finding.advice(Lang::En)),
            is_error: false,
        }));
        self.findings.extend(said);
    }

    /// What each set says of itself, as findings and as lines.
    fn audits(&self) -> (Vec<Finding>, Vec<Mistake>) {
        let (mut findings, mut warnings) = (Vec::new(), Vec::new());
        for (set, lines) in self.book.sets.iter().zip(&self.lines) {
            let found = super::audit(set);
            warnings.extend(found.iter().map(|finding| warning(set, lines, finding)));
            findings.extend(found);
        }
        (findings, warnings)
    }
}

/// Puts the sets together. `office_files`: the files of `quy-tac/` with their names relative to the office folder;
/// those that are no `.toml` are left alone.
///
/// # Errors
/// All that is wrong in any of the files, and all that is wrong between them.
pub fn book(office_files: Vec<(String, Vec<u8>)>) -> Result<Assembled, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let mut loaded: Vec<Loaded> = Vec::new();
    for (name, text) in EMBEDDED {
        take(load(text, Origin::Embedded(name.to_owned())), &mut loaded, &mut mistakes);
    }
    let embedded = loaded.len();
    let mut files: Vec<_> = office_files.into_iter().filter(|(name, _)| is_rule_file(name)).collect();
    files.sort();
    for (name, bytes) in files {
        take(load_bytes(&name, &bytes), &mut loaded, &mut mistakes);
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let office = loaded.split_off(embedded);
    let mut between = Between { findings: Vec::new(), mistakes };
    let (mut kept, removed) = between.replace(loaded, office);
    between.check_kinds(&kept);
    between.check_shorts(&kept);
    if between.mistakes.is_empty() {
        follow::formulas(&mut kept, &removed, &mut between);
    }
    if !between.mistakes.is_empty() {
        return Err(between.mistakes);
    }
    Ok(between.assemble(kept))
}

/// The other sets of the shortest circle of replacements that a set stands in.
fn circle<'a>(one: &Loaded, office: &'a [Loaded]) -> Option<Vec<&'a Loaded>> {
    let replaced = |set: &'a Loaded| office.iter().filter(|other| set.set.replaces.contains(&other.set.id));
    let of_one = office.iter().filter(|other| one.set.replaces.contains(&other.set.id));
    let mut paths: Vec<Vec<&Loaded>> = of_one.map(|other| vec![other]).collect();
    let mut seen: Vec<&SetId> = paths.iter().flatten().map(|other| &other.set.id).collect();
    let mut next = 0;
    while let Some(path) = paths.get(next).cloned() {
        next += 1;
        let last = path[path.len() - 1];
        if last.set.replaces.contains(&one.set.id) {
            return Some(path);
        }
        for other in replaced(last) {
            if !seen.contains(&&other.set.id) {
                seen.push(&other.set.id);
                paths.push(path.iter().copied().chain([other]).collect());
            }
        }
    }
    None
}

fn is_rule_file(name: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.to_lowercase().ends_with(".toml") && !file.starts_with(['.', '~'])
}

fn take(result: Result<Loaded, Vec<Mistake>>, loaded: &mut Vec<Loaded>, mistakes: &mut Vec<Mistake>) {
    match result {
        Ok(one) => loaded.push(one),
        Err(wrong) => mistakes.extend(wrong),
    }
}

/// What is found between the files.
struct Between {
    findings: Vec<Finding>,
    mistakes: Vec<Mistake>,
}

/// A set that is no longer in force, and what stands for it.
struct Removed {
    set: RuleSet,
    by: Vec<SetId>,
}

impl Between {
    fn wrong(&mut self, at: &Loaded, key: &str, vi: String, en: String) {
        let line = at.lines.get(key).copied().unwrap_or(0);
        let file = at.set.origin.name().to_owned();
        self.mistakes.push(Mistake { file, line, column: 0, key: key.to_owned(), vi, en, is_error: true });
    }

    /// Leaves out what an office file replaces: by the same id, or by naming it.
    fn replace(&mut self, embedded: Vec<Loaded>, office: Vec<Loaded>) -> (Vec<Loaded>, Vec<Removed>) {
        for (i, one) in office.iter().enumerate() {
            if let Some(first) = office[..i].iter().find(|other| other.set.id == one.set.id) {
                let (id, file) = (&one.set.id, first.set.origin.name());
                self.wrong(
                    one,
                    "set",
                    format!("id “{id}” đã có trong {file}; giữ một tệp"),
                    format!("id “{id}” stands in {file} already; keep one file"),
                );
            }
        }
        let known: Vec<SetId> = embedded.iter().chain(&office).map(|one| one.set.id.clone()).collect();
        for one in &office {
            for id in &one.set.replaces {
                self.check_replaced(one, id, &known);
            }
            self.check_circle(one, &office);
        }
        let mut kept = Vec::new();
        let mut removed = Vec::new();
        for one in embedded {
            let stands_for = |other: &&Loaded| other.set.id == one.set.id || other.set.replaces.contains(&one.set.id);
            let by: Vec<&Loaded> = office.iter().filter(stands_for).collect();
            if by.is_empty() {
                kept.push(one);
                continue;
            }
            for other in &by {
                let file = other.set.origin.name();
                let said = Finding::new(code::SET_REPLACED).with("id", &one.set.id).with("file", file);
                self.findings.push(of_set(&other.set, said));
            }
            let by = by.into_iter().map(|other| other.set.id.clone()).collect();
            removed.push(Removed { set: one.set, by });
        }
        let replacing: Vec<(SetId, Vec<SetId>)> =
            office.iter().map(|one| (one.set.id.clone(), one.set.replaces.clone())).collect();
        for one in office {
            let id = &one.set.id;
            let stands_for = |(other, replaces): &&(SetId, Vec<SetId>)| other != id && replaces.contains(id);
            let by: Vec<SetId> = replacing.iter().filter(stands_for).map(|(other, _)| other.clone()).collect();
            if by.is_empty() {
                kept.push(one);
            } else {
                removed.push(Removed { set: one.set, by });
            }
        }
        (kept, removed)
    }

    fn check_replaced(&mut self, one: &Loaded, id: &SetId, known: &[SetId]) {
        if !known.contains(id) {
            let nearest = text::nearest(&id.0, known.iter().map(|known| known.0.as_str()), 0.5);
            let (vi, en) = match nearest {
                Some(nearest) => (format!("; có phải “{nearest}”?"), format!("; did you mean “{nearest}”?")),
                None => (String::new(), String::new()),
            };
            self.wrong(
                one,
                "set",
                format!("replaces: không có bộ “{id}”{vi}"),
                format!("replaces: there is no set “{id}”{en}"),
            );
        }
    }

    /// A set that replaces others which in the end replace it: none of them would be in force.
    fn check_circle(&mut self, one: &Loaded, office: &[Loaded]) {
        let Some(circle) = circle(one, office) else { return };
        let others: Vec<String> =
            circle.iter().map(|other| format!("“{}” ({})", other.set.id, other.set.origin.name())).collect();
        self.wrong(
            one,
            "set",
            format!("replaces: bộ này và {} thay nhau thành vòng tròn", others.join(", ")),
            format!("replaces: the set and {} replace each other in a circle", others.join(", ")),
        );
    }

    /// At most one set for each kind of school.
    fn check_kinds(&mut self, kept: &[Loaded]) {
        for (i, one) in kept.iter().enumerate() {
            for first in &kept[..i] {
                let shared: Vec<&str> = one
                    .set
                    .kinds
                    .iter()
                    .filter(|kind| first.set.kinds.contains(kind))
                    .map(|kind| kind.0.as_str())
                    .collect();
                if shared.is_empty() {
                    continue;
                }
                let (shared, file, id) = (shared.join(", "), first.set.origin.name(), &first.set.id);
                self.wrong(
                    one,
                    "set",
                    format!(
                        "cấp học {shared} đã thuộc bộ “{id}” ({file}); nếu thay bộ đó thì ghi replaces = [\"{id}\"]"
                    ),
                    format!("{shared} belongs to “{id}” ({file}) already; to stand for it, say replaces = [\"{id}\"]"),
                );
            }
        }
    }

    /// The short names are names of sheets.
    fn check_shorts(&mut self, kept: &[Loaded]) {
        for (i, one) in kept.iter().enumerate() {
            let same = |first: &&Loaded| first.set.short.to_lowercase() == one.set.short.to_lowercase();
            if let Some(first) = kept[..i].iter().find(same) {
                let (short, file) = (&one.set.short, first.set.origin.name());
                self.wrong(
                    one,
                    "set",
                    format!("short “{short}” trùng với {file}; tên trang tính phải khác nhau"),
                    format!("short “{short}” is that of {file}; names of sheets must differ"),
                );
            }
        }
    }

    fn assemble(self, mut kept: Vec<Loaded>) -> Assembled {
        kept.sort_by(|a, b| (a.set.is_offices(), &a.set.id).cmp(&(b.set.is_offices(), &b.set.id)));
        let by_id: BTreeMap<&SetId, &Loaded> = kept.iter().map(|one| (&one.set.id, one)).collect();
        let mut warnings: Vec<Mistake> = kept.iter().flat_map(|one| one.warnings.clone()).collect();
        for finding in &self.findings {
            if let Some(one) = finding.set.as_ref().and_then(|id| by_id.get(id)) {
                warnings.push(warning(&one.set, &one.lines, finding));
            }
        }
        let mut findings: Vec<Finding> = kept.iter().flat_map(|one| super::audit(&one.set)).collect();
        findings.extend(self.findings);
        if !kept.iter().any(|one| one.set.is_offices()) {
            findings.push(Finding::new(code::NO_OFFICE_SET));
        }
        let used = kept.iter().map(|one| one.set.origin.clone()).collect();
        let (sets, lines) = kept.into_iter().map(|one| (one.set, one.lines)).unzip();
        Assembled { book: RuleBook { sets }, findings, warnings, used, lines }
    }
}
