//! Which package is whose, and which of several counts: the newest, whatever the files are called.

use std::collections::HashMap;
use std::sync::Arc;

use super::package::{Refused, Sealed};
use super::plain_name;
use super::roster::Listed;
use crate::finding::{Finding, Place, code};
use crate::milestone::Seal;
use crate::outcome::{Package, UnitStanding};
use crate::text::{nearest, one_line};

/// A name less like any of the roster is no suggestion.
const SUGGESTION: f64 = 0.5;

/// A unit with what it handed over.
#[derive(Debug)]
pub struct Known {
    /// As the roster of units has it; without one, as it calls itself.
    pub listed: Listed,
    /// What became of what it handed over.
    pub standing: UnitStanding,
    /// What counts.
    pub counted: Option<Sealed>,
    /// The same in short, else the newest that does not count, as far as it could be read.
    pub package: Option<Package>,
}

/// Gives each unit its package. `roster` is `None` for an office without one: then the units are those that sent something.
pub fn choose(
    roster: Option<Vec<Listed>>,
    sealed: Vec<Sealed>,
    refused: Vec<Refused>,
    findings: &mut Vec<Finding>,
) -> Vec<Known> {
    let mut units = Units { is_closed: roster.is_some(), listed: roster.unwrap_or_default(), by_key: HashMap::new() };
    units.index();
    let mut of_unit: HashMap<usize, Vec<Sealed>> = HashMap::new();
    let mut wrong: HashMap<usize, Vec<Refused>> = HashMap::new();
    let mut sealed = sealed;
    sealed.sort_by(|a, b| a.file.cmp(&b.file));
    for one in sealed {
        let office = &one.outcome.office;
        match units.find(&office.code, &office.name) {
            Some(unit) => of_unit.entry(unit).or_default().push(one),
            None => {
                let known = units.listed.iter().map(|unit| unit.name.as_str());
                let near = nearest(&office.name, known, SUGGESTION).unwrap_or("–");
                let said = Finding::new(code::UNIT_UNKNOWN).with("unit", one_line(&office.name)).with("nearest", near);
                findings.push(said.at(Place::file(one.file.clone())));
            }
        }
    }
    let mut refused = refused;
    refused.sort_by(|a, b| a.file.cmp(&b.file));
    for mut one in refused {
        let name = one.seal.as_ref().map(|seal| one_line(&seal.office).into_owned()).unwrap_or_default();
        let unit = if name.is_empty() { None } else { units.find(&one.code, &name) };
        if let Some(unit) = unit {
            let code: Arc<str> = units.listed[unit].code.as_str().into();
            one.findings.iter_mut().for_each(|finding| finding.unit = Some(code.clone()));
        }
        findings.append(&mut one.findings);
        if let Some(unit) = unit {
            wrong.entry(unit).or_default().push(one);
        }
    }
    let mut known: Vec<Known> = Vec::with_capacity(units.listed.len());
    for (at, listed) in units.listed.into_iter().enumerate() {
        let sent = of_unit.remove(&at).unwrap_or_default();
        let newest_wrong =
            wrong.remove(&at).unwrap_or_default().into_iter().filter_map(|one| Some((one.file, one.seal?)));
        let newest_wrong = newest_wrong.max_by(|(a, x), (b, y)| (x.sealed_at, a).cmp(&(y.sealed_at, b)));
        let (counted, doubted) = newest(&listed, sent, findings);
        let package = counted.as_ref().map(|one| short(&one.file, &one.seal)).or(doubted);
        let package = package.or_else(|| newest_wrong.map(|(file, seal)| short(&file, &seal)));
        let standing = match (&counted, &package) {
            (Some(_), _) => UnitStanding::Counted,
            (None, Some(_)) => UnitStanding::NotValid,
            (None, None) => UnitStanding::Missing,
        };
        known.push(Known { listed, standing, counted, package });
    }
    if !units.is_closed {
        known.sort_by_cached_key(|unit| (plain_name(&unit.listed.name), unit.listed.code.clone()));
    }
    known
}

/// The newest of a unit's results. Two that were frozen at one time and differ leave it in doubt: then none counts.
fn newest(listed: &Listed, mut sent: Vec<Sealed>, findings: &mut Vec<Finding>) -> (Option<Sealed>, Option<Package>) {
    let unit: Arc<str> = listed.code.as_str().into();
    let mut say = |code, file: &Arc<str>, value: String| {
        let mut said = Finding::new(code).with("unit", &listed.name).with("value", value);
        said.unit = Some(unit.clone());
        findings.push(said.at(Place::file(file.clone())));
    };
    sent.sort_by(|a, b| {
        let key = |one: &Sealed| (one.seal.sealed_at, one.seal.run_at, one.seal.code.clone());
        key(a).cmp(&key(b)).then_with(|| b.file.cmp(&a.file))
    });
    // Of the very same result the first by name stays: it is the last here.
    let mut once: Vec<Sealed> = Vec::new();
    for one in sent {
        match once.last() {
            Some(before) if before.seal.code == one.seal.code => {
                say(code::UNIT_SENT_TWICE, &before.file, one.file.to_string());
                once.pop();
            }
            _ => {}
        }
        once.push(one);
    }
    let Some(newest) = once.pop() else { return (None, None) };
    let rivals: Vec<&Sealed> = once
        .iter()
        .filter(|one| (one.seal.sealed_at, one.seal.run_at) == (newest.seal.sealed_at, newest.seal.run_at))
        .collect();
    if !rivals.is_empty() {
        let mut files: Vec<&str> = rivals.iter().map(|one| &*one.file).chain([&*newest.file]).collect();
        files.sort_unstable();
        let all = files.join(", ");
        for file in files {
            say(code::UNIT_TWO_AT_ONCE, &file.into(), all.clone());
        }
        let first = rivals.into_iter().chain([&newest]).min_by(|a, b| a.file.cmp(&b.file));
        return (None, first.map(|one| short(&one.file, &one.seal)));
    }
    for older in &once {
        say(code::UNIT_SUPERSEDED, &older.file, newest.file.to_string());
    }
    (Some(newest), None)
}

fn short(file: &Arc<str>, seal: &Seal) -> Package {
    Package {
        file: file.clone(),
        seal: one_line(&seal.code).into_owned(),
        sealed_at: seal.sealed_at,
        number: one_line(&seal.number).into_owned(),
        date: seal.date,
        total: seal.total.filter(|total| total.as_hundredths().abs() < 1_000_000_000),
        level: seal.level,
        owed: seal.owed,
        counted: seal.counted,
    }
}

/// The units, by code and by name.
struct Units {
    /// Whether only those of the roster are known.
    is_closed: bool,
    listed: Vec<Listed>,
    by_key: HashMap<String, usize>,
}

impl Units {
    fn index(&mut self) {
        for at in 0..self.listed.len() {
            self.add(at);
        }
    }

    fn add(&mut self, at: usize) {
        let unit = &self.listed[at];
        let codes = std::iter::once(&unit.code).chain(&unit.former_codes).map(|code| by_code(code));
        let keys: Vec<String> = codes.chain([by_name(&unit.name)]).collect();
        for key in keys {
            self.by_key.entry(key).or_insert(at);
        }
    }

    /// By the code that it states, else by its name; one that is not known is a new one where no roster closes the list.
    fn find(&mut self, code: &str, name: &str) -> Option<usize> {
        let (code, name) = (one_line(code).into_owned(), one_line(name).into_owned());
        let of_code = (!code.is_empty()).then(|| self.by_key.get(&by_code(&code))).flatten();
        if let Some(at) = of_code.or_else(|| self.by_key.get(&by_name(&name))) {
            return Some(*at);
        }
        if self.is_closed {
            return None;
        }
        let code = if code.is_empty() { name.clone() } else { code };
        self.listed.push(Listed { code, name, ..Listed::default() });
        self.add(self.listed.len() - 1);
        Some(self.listed.len() - 1)
    }
}

fn by_code(code: &str) -> String {
    format!("c {}", code.trim().trim_start_matches('0').to_uppercase())
}

fn by_name(name: &str) -> String {
    format!("n {}", plain_name(name))
}
