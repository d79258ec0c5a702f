//! What lies in `don-vi/`: packages found whatever they are called and however they were packed, each opened, and the one
//! of each unit that counts. What cannot serve is a finding, never an end.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;

use rayon::prelude::*;

use super::inputs::{read_one, why_not};
use super::{Inputs, RunError};
use crate::finding::{Finding, Lang, Place, code};
use crate::fingerprint;
use crate::folder::{OfficeFolder, PACKAGES};
use crate::grid::Grid;
use crate::intake::{self, NameClass, SeenPath};
use crate::milestone::{Kind, OUTCOME};
use crate::outcome::{LARGEST_BESIDE, Unit, handed};
use crate::reader::{Content, Limits, Pool, each_member, member_names, too_large};
use crate::roll_call::{Arrival, Arrived, RollCall};
use crate::rules::RuleBook;
use crate::text::SharedTexts;
use crate::units::{
    self, Again, Files, Joined, Known, Listed, Ours, Own, PACKAGE_SEAL, Refused, Retraced, Sealed, agree,
};

/// Bytes of a seal that are read.
const LARGEST_SEAL: u64 = 8 << 20;

/// What units handed over, before the returns in it are read again.
#[derive(Default)]
pub(super) struct Handed {
    known: Vec<Known>,
    findings: Vec<Finding>,
    /// The files with the returns of what counts.
    returns: Vec<Returns>,
}

/// Files with returns of one package, or of all packages of an archive.
struct Returns {
    /// The places of their units in [`Handed::known`].
    units: Vec<usize>,
    files: Vec<SeenPath>,
}

/// So many returns are held at a time while they are held against what was frozen.
const AT_A_TIME: usize = 1_000;

/// Finds and opens all of it.
pub(super) fn look(folder: &OfficeFolder, inputs: &Inputs, pool: &Pool) -> Result<Handed, RunError> {
    let mut handed = Handed::default();
    let roster = roster(folder, pool, &mut handed.findings)?;
    let path = folder.packages();
    if roster.is_none() && !path.exists() {
        return Ok(handed);
    }
    let found = intake::find(&path, PACKAGES);
    handed.findings.extend(found.findings.into_iter().filter(|finding| finding.code != code::NOTHING_RETURNED));
    let candidates: Vec<SeenPath> = found.value.into_iter().filter(|seen| seen.class == NameClass::Candidate).collect();
    let packages = packages(&candidates, &pool.limits, &mut handed.findings);
    let ours = Ours { year: &inputs.office.year, book: &inputs.book };
    let texts = SharedTexts::default();
    let opened: Vec<Opened> = packages
        .par_iter()
        .map(|package| {
            let mut findings = Vec::new();
            let files = match &package.from {
                Origin::Folder(seen) => in_folder(&package.shown, seen),
                Origin::Archive(seen, inner) => in_archive(&package.shown, seen, inner, &pool.limits),
            };
            let opened = units::open(&files, &mut findings).and_then(|sealed| match agree(&sealed, &ours) {
                None => Ok(sealed.bare(&texts)),
                Some(why) => Err(Box::new(Refused {
                    file: sealed.file.clone(),
                    code: sealed.outcome.office.code.clone(),
                    seal: Some(sealed.seal),
                    findings: vec![why],
                })),
            });
            (opened, findings)
        })
        .collect();
    let (mut sealed, mut refused) = (Vec::new(), Vec::new());
    for (opened, findings) in opened {
        handed.findings.extend(findings);
        match opened {
            Ok(one) => sealed.push(one),
            Err(one) => refused.push(*one),
        }
    }
    handed.known = units::choose(roster, sealed, refused, &mut handed.findings);
    let counted = handed.known.iter().enumerate();
    let counted: HashMap<&str, usize> =
        counted.filter_map(|(at, unit)| Some((&*unit.counted.as_ref()?.file, at))).collect();
    let mut archives: HashMap<&str, usize> = HashMap::new();
    for package in &packages {
        let Some(unit) = counted.get(package.shown.as_str()).copied() else { continue };
        let files = match &package.from {
            Origin::Archive(seen, _) => match archives.get(&*seen.file) {
                Some(at) => {
                    handed.returns[*at].units.push(unit);
                    continue;
                }
                None => {
                    archives.insert(&seen.file, handed.returns.len());
                    vec![(*seen).clone()]
                }
            },
            Origin::Folder(seen) => {
                let below = format!("{}/{}/", package.shown, handed::FOLDER);
                seen.iter().filter(|one| one.file.starts_with(&below)).map(|one| (*one).clone()).collect()
            }
        };
        handed.returns.push(Returns { units: vec![unit], files });
    }
    Ok(handed)
}

impl Handed {
    /// How many files with returns there are.
    pub fn files(&self) -> usize {
        self.returns.iter().map(|one| one.files.len()).sum()
    }

    /// Reads the returns of what counts again and holds it against them, by and by: no more of them than some hundred
    /// are held beside all the rest.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn retrace(
        &mut self,
        book: &RuleBook,
        mut read: impl FnMut(&[SeenPath]) -> Result<Vec<Arrival>, RunError>,
    ) -> Result<(), RunError> {
        let mut retraced = Retraced::default();
        let mut left = &self.returns[..];
        while !left.is_empty() {
            let mut returns = 0;
            let full = left.iter().position(|one| {
                let sealed = one.units.iter().filter_map(|unit| self.known[*unit].counted.as_ref());
                returns += sealed.map(|sealed| sealed.outcome.expected.len()).sum::<usize>();
                returns >= AT_A_TIME
            });
            let (now, later) = left.split_at(full.map_or(left.len(), |last| last + 1));
            left = later;
            let files: Vec<SeenPath> = now.iter().flat_map(|one| &one.files).cloned().collect();
            let arrivals = read(&files)?;
            let mut again: Again = HashMap::new();
            for arrival in &arrivals {
                if let Arrived::Returns(returns) = &arrival.content {
                    again.entry(arrival.file.clone()).or_default().extend(returns.iter().map(|filled| &filled.checked));
                }
            }
            now.iter().flat_map(|one| &one.units).for_each(|unit| retraced.hold(&self.known[*unit], book, &again));
        }
        self.findings.extend(retraced.into_findings(book));
        Ok(())
    }

    /// Puts it together with the office's own.
    pub fn join(self, inputs: &Inputs, roll: &mut RollCall) -> Joined {
        let Handed { known, mut findings, .. } = self;
        if known.is_empty() {
            return Joined { findings, ..Joined::default() };
        }
        let managed = units::managed(&inputs.schools, known.iter().map(|unit| &unit.listed));
        let came = |entry: &&crate::roll_call::RollEntry| entry.counted.is_some() || entry.not_valid.is_some();
        let returned: HashSet<usize> = roll.entries.iter().filter(came).map(|entry| entry.school).collect();
        let own = Own {
            schools: &inputs.schools,
            managed: &managed,
            book: &inputs.book,
            returned: &returned,
            deadline: inputs.office.deadlines.units,
            name: &inputs.office.name,
        };
        let mut joined = units::join(known, &own);
        let left = &joined.left_to_units;
        let codes: HashSet<&str> = left.iter().map(|school| inputs.schools[*school].code.0.as_str()).collect();
        roll.entries.retain(|entry| !left.contains(&entry.school));
        roll.findings.retain(|finding| {
            let of_unit = finding.school.as_ref().is_some_and(|school| codes.contains(school.0.as_str()));
            finding.code != code::MISSING || !of_unit
        });
        joined.findings.append(&mut findings);
        joined
    }
}

/// What units handed over, as far as it can be told without reading a return: how each unit stands, and what is odd.
///
/// # Errors
/// [`RunError`]: what the disk or the readers refuse.
pub fn units_seen(folder: &OfficeFolder, inputs: &Inputs, pool: &Pool) -> Result<(Vec<Unit>, Vec<Finding>), RunError> {
    let Handed { known, mut findings, .. } = look(folder, inputs, pool)?;
    let managed = units::managed(&inputs.schools, known.iter().map(|unit| &unit.listed));
    let own = Own {
        schools: &inputs.schools,
        managed: &managed,
        book: &inputs.book,
        returned: &HashSet::new(),
        deadline: inputs.office.deadlines.units,
        name: &inputs.office.name,
    };
    let joined = units::join(known, &own);
    findings.extend(joined.findings.into_iter().filter(|finding| finding.code.0 >= 900));
    Ok((joined.units, findings))
}

/// The roster of units; `None` without one, or with one that cannot be read, of which is said why.
fn roster(folder: &OfficeFolder, pool: &Pool, findings: &mut Vec<Finding>) -> Result<Option<Vec<Listed>>, RunError> {
    let Some(input) = folder.units()? else { return Ok(None) };
    let at = |finding: Finding| finding.at(Place::file(input.name.as_str()));
    let grids = if input.is_csv() {
        let bytes = fs::read(&input.path)
            .map_err(|source| crate::folder::FolderError::CannotRead { path: input.path.clone(), source })?;
        Grid::from_csv(&input.name, &bytes).map(|grid| vec![grid]).map_err(|_| Finding::new(code::UNITS_NO_TABLE))
    } else {
        match read_one(&input.path, &super::inputs::for_own(pool))?.content {
            Content::Workbook(workbook) => Ok(workbook.grids),
            content => Err(why_not(content)),
        }
    };
    let grids = match grids {
        Ok(grids) => grids,
        Err(why) => {
            findings.push(at(why));
            return Ok(None);
        }
    };
    let Some(grid) = units::sheet_of(&grids) else {
        findings.push(at(Finding::new(code::UNITS_NO_TABLE)));
        return Ok(None);
    };
    let units = units::read(grid, &input.name).collect_into(findings);
    Ok(Some(units).filter(|units| !units.is_empty()))
}

/// A package that was opened, and what is odd in it.
type Opened = (Result<Sealed, Box<Refused>>, Vec<Finding>);

/// The folders of the packages in an archive, or why it cannot be opened.
type Inner = Result<Vec<String>, Box<Finding>>;

/// A package as it lies there.
struct Found<'a> {
    /// As people see it.
    shown: String,
    from: Origin<'a>,
}

enum Origin<'a> {
    /// The files below its folder.
    Folder(Vec<&'a SeenPath>),
    /// An archive, and the folder in it, with a stroke at its end; empty for the whole.
    Archive(&'a SeenPath, String),
}

/// Every package, and what is none.
fn packages<'a>(seen: &'a [SeenPath], limits: &Limits, findings: &mut Vec<Finding>) -> Vec<Found<'a>> {
    let names: Vec<&str> = seen.iter().map(|one| &*one.file).collect();
    let folders = seals(&names);
    let mut packages: Vec<Found> = Vec::new();
    let mut within: Vec<Vec<&SeenPath>> = folders.iter().map(|_| Vec::new()).collect();
    let mut loose: Vec<&SeenPath> = Vec::new();
    let places: HashMap<&str, usize> = folders.iter().enumerate().map(|(at, folder)| (folder.as_str(), at)).collect();
    for one in seen {
        // The innermost folder with a seal that it lies in.
        let mut ends = one.file.rmatch_indices('/').map(|(at, _)| at + 1).chain([0]);
        match ends.find_map(|end| places.get(&one.file[..end]).copied()) {
            Some(at) => within[at].push(one),
            None => loose.push(one),
        }
    }
    for (folder, files) in folders.iter().zip(within) {
        packages.push(Found { shown: folder.trim_end_matches('/').to_owned(), from: Origin::Folder(files) });
    }
    let opened: Vec<(&SeenPath, Inner)> = loose.into_par_iter().map(|one| (one, seals_in(one, limits))).collect();
    // What belongs to no package is told once for each name in `don-vi/`: of a folder that was half copied, not of all
    // of its files.
    let mut without: BTreeMap<String, Option<Finding>> = BTreeMap::new();
    for (one, inner) in opened {
        match inner {
            Ok(inner) if !inner.is_empty() => packages.extend(inner.into_iter().map(|inner| {
                let shown = format!("{}/{inner}", one.file);
                Found { shown: shown.trim_end_matches('/').to_owned(), from: Origin::Archive(one, inner) }
            })),
            other => {
                let top: Vec<&str> = one.file.splitn(3, '/').take(2).collect();
                let why = without.entry(top.join("/")).or_default();
                if let (None, Err(finding)) = (&why, other) {
                    *why = Some(*finding);
                }
            }
        }
    }
    for (top, why) in without {
        let has_package = packages.iter().any(|one| one.shown == top || one.shown.starts_with(&format!("{top}/")));
        if !has_package {
            let said = why.unwrap_or_else(|| Finding::new(code::UNIT_NO_SEAL));
            findings.push(said.at(Place::file(top)));
        }
    }
    packages
}

/// The folders, each with a stroke at its end, that hold a seal. A frozen result that came as a whole holds the folder
/// that was to be sent: then that one is the package.
fn seals(names: &[&str]) -> Vec<String> {
    let folder = |name: &&str| {
        let (folder, file) = name.rsplit_once('/').map_or(("", *name), |(folder, file)| (folder, file));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        file.eq_ignore_ascii_case(PACKAGE_SEAL).then_some(folder)
    };
    let found: BTreeSet<String> = names.iter().filter_map(folder).collect();
    let inner = |outer: &String| format!("{outer}{}/", Kind::Report.folder());
    found.iter().filter(|folder| !found.contains(&inner(folder))).cloned().collect()
}

/// The packages in a file, if it is an archive.
fn seals_in(seen: &SeenPath, limits: &Limits) -> Inner {
    let unreadable =
        |why: Finding| Box::new(Finding::new(code::UNIT_FILE_UNREADABLE).with("why", why.message(Lang::Vi)));
    let is_zip = seen.file.to_lowercase().ends_with(".zip");
    let bytes = match bytes_of(seen, limits.archive_bytes) {
        Some(bytes) => bytes,
        None if !is_zip => return Ok(Vec::new()),
        None if seen.size > limits.archive_bytes => return Err(unreadable(too_large(seen.size, limits.archive_bytes))),
        None => return Err(unreadable(Finding::new(code::READ_FAILED))),
    };
    if !is_zip && !bytes.starts_with(b"PK") {
        return Ok(Vec::new());
    }
    match member_names(&bytes, limits) {
        Ok(names) => Ok(seals(&names.iter().map(String::as_str).collect::<Vec<_>>())),
        Err(why) if is_zip => Err(unreadable(Finding::new(why))),
        Err(_) => Ok(Vec::new()),
    }
}

fn bytes_of(seen: &SeenPath, most: u64) -> Option<Vec<u8>> {
    // Looked at before it is opened: opening a pipe waits for somebody to write into it.
    let found = fs::symlink_metadata(&seen.path).ok()?;
    if !found.is_file() || found.len() > most {
        return None;
    }
    fs::read(&seen.path).ok()
}

fn in_folder(shown: &str, seen: &[&SeenPath]) -> Files {
    let mut files = Files { shown: shown.to_owned(), ..Files::default() };
    for one in seen {
        let name = one.file.get(shown.len() + 1..).unwrap_or_default().to_owned();
        files.take(&name, || bytes_of(one, LARGEST_SEAL.max(LARGEST_BESIDE)));
        files.prints.insert(name, intake::fingerprint(one).unwrap_or_default());
    }
    files
}

fn in_archive(shown: &str, seen: &SeenPath, inner: &str, limits: &Limits) -> Files {
    let mut files = Files { shown: shown.to_owned(), ..Files::default() };
    let Some(bytes) = bytes_of(seen, limits.archive_bytes) else { return files };
    // That it can be opened was seen before.
    let _: Result<(), _> = each_member(&bytes, limits, &mut |name, member| {
        let Some(name) = name.strip_prefix(inner) else { return };
        let print = member.map(fingerprint::of).unwrap_or_default();
        files.take(name, || member.ok().map(<[u8]>::to_vec));
        files.prints.insert(name.to_owned(), print);
    });
    files
}

impl Files {
    /// Keeps the bytes of the two files that are read.
    fn take(&mut self, name: &str, bytes: impl FnOnce() -> Option<Vec<u8>>) {
        if name.eq_ignore_ascii_case(PACKAGE_SEAL) {
            self.seal = bytes().filter(|bytes| bytes.len() as u64 <= LARGEST_SEAL).unwrap_or_default();
        } else if name == OUTCOME {
            self.result = bytes().filter(|bytes| bytes.len() as u64 <= LARGEST_BESIDE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_result_that_came_as_a_whole_is_the_folder_that_was_to_be_sent() {
        let names = ["a/CHOT-gui-so.json", "a/gui-so/chot-gui-so.json", "a/gui-so/ket-qua.json", "b/x.xlsx"];
        assert_eq!(seals(&names), ["a/gui-so/"]);
        assert_eq!(seals(&["CHOT-gui-so.json", "ket-qua.json"]), [""]);
        assert_eq!(seals(&["CHOT-gui-so.json.txt"]), [] as [&str; 0]);
    }
}
