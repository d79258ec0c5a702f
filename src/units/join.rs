//! What units handed over becomes schools of the outcome, as the office's own are.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::choose::Known;
use super::managers;
use super::package::{Sealed, listed as shown};
use super::plain_name;
use super::roster::Listed;
use crate::codes::SetId;
use crate::finding::{Code, Finding, Place, code};
use crate::outcome::{
    Disposition, ExpectedReturn, FilledBy, SeenFile, Status, Timing, Unit, UnitStanding, Verification,
};
use crate::rules::RuleBook;
use crate::school::School;

/// What the office has itself.
pub struct Own<'a> {
    /// Its roster.
    pub schools: &'a [School],
    /// For each school of it the unit that manages it, by [`managed`].
    pub managed: &'a [Option<usize>],
    /// The rules.
    pub book: &'a RuleBook,
    /// Schools, by their places in the roster, of which something came to the office itself.
    pub returned: &'a HashSet<usize>,
    /// The last day for units.
    pub deadline: Option<Date>,
    /// The name of the office.
    pub name: &'a str,
}

/// What joins the outcome.
#[derive(Debug, Default)]
pub struct Joined {
    /// The units.
    pub units: Vec<Unit>,
    /// Schools that the office's roster does not have: they come behind it.
    pub schools: Vec<School>,
    /// Their returns, and those of the roster's schools that units manage.
    pub expected: Vec<ExpectedReturn>,
    /// Verified scores of theirs.
    pub verifications: Vec<Verification>,
    /// Their counted returns.
    pub files: Vec<SeenFile>,
    /// What is to be said of units and of their schools.
    pub findings: Vec<Finding>,
    /// Schools of the roster that units report: nothing is expected of them directly.
    pub left_to_units: HashSet<usize>,
    /// Schools of the roster that somebody else reports too: what came to the office itself does not count.
    pub barred: HashSet<usize>,
}

/// For each school the unit that manages it, by its code or name in `don_vi_quan_ly`.
pub fn managed<'a>(schools: &[School], units: impl Iterator<Item = &'a Listed>) -> Vec<Option<usize>> {
    let units: Vec<&Listed> = units.collect();
    let by_name: HashMap<String, usize> =
        units.iter().enumerate().rev().map(|(at, unit)| (plain_name(&unit.name), at)).collect();
    let mut known: HashMap<&str, Option<usize>> = HashMap::new();
    let find = |text: &str| {
        let by_code = || units.iter().position(|unit| unit.has_code(text));
        by_name.get(&plain_name(text)).copied().or_else(by_code)
    };
    let mut managed = Vec::with_capacity(schools.len());
    for school in schools {
        let unit = match school.unit.as_str() {
            "" => None,
            text => *known.entry(text).or_insert_with(|| find(text)),
        };
        managed.push(unit);
    }
    managed
}

/// The name of a file of a package, among all others.
pub(super) fn within(package: &Arc<str>, file: &str) -> Arc<str> {
    format!("{package}/{file}").into()
}

/// Puts together what the units handed over.
pub fn join(units: Vec<Known>, own: &Own) -> Joined {
    let mut join = Join {
        own,
        by_code: by_code(own.schools),
        fresh: HashMap::new(),
        claims: BTreeMap::new(),
        strangers: BTreeMap::new(),
        joined: Joined::default(),
    };
    let known: Vec<(Listed, UnitStanding, Option<Sealed>)> = units
        .into_iter()
        .map(|unit| {
            let package = unit.package;
            let late = package.as_ref().zip(own.deadline).map(|(package, day)| package.sealed_at.date() > day);
            join.joined.units.push(Unit {
                code: unit.listed.code.as_str().into(),
                name: unit.listed.name.clone(),
                above: unit.listed.above.clone(),
                email: unit.listed.email.clone(),
                phone: unit.listed.phone.clone(),
                contact: unit.listed.contact.clone(),
                standing: unit.standing,
                package,
                late,
                schools: Vec::new(),
            });
            (unit.listed, unit.standing, unit.counted)
        })
        .collect();
    let mut of_units: Vec<Vec<usize>> = vec![Vec::new(); known.len()];
    for (school, unit) in own.managed.iter().enumerate() {
        if let Some(unit) = unit.filter(|_| own.schools[school].is_open()) {
            of_units[unit].push(school);
            if !own.returned.contains(&school) {
                join.joined.left_to_units.insert(school);
            }
        }
    }
    for (at, (listed, _, sealed)) in known.iter().enumerate() {
        if let Some(sealed) = sealed {
            join.claim(at, listed, sealed, of_units[at].is_empty());
        }
    }
    let twice = join.twice(&known);
    let mine = join.owned(known.len());
    for ((at, (listed, standing, sealed)), mine) in known.into_iter().enumerate().zip(mine) {
        join.tell_unit(at, &listed, standing, of_units[at].len());
        join.joined.units[at].schools = of_units[at].clone();
        join.schools_of(at, &listed, (sealed, mine), &of_units[at], &twice);
    }
    join.joined
}

/// Places of the roster by code, without leading zeros, former codes behind.
fn by_code(schools: &[School]) -> HashMap<String, usize> {
    let mut places = HashMap::new();
    for (at, school) in schools.iter().enumerate() {
        places.entry(school.code.bare()).or_insert(at);
    }
    for (at, school) in schools.iter().enumerate() {
        for code in &school.former_codes {
            places.entry(code.bare()).or_insert(at);
        }
    }
    places
}

struct Join<'a> {
    own: &'a Own<'a>,
    by_code: HashMap<String, usize>,
    /// Schools that the roster does not have, by code: their places behind it.
    fresh: HashMap<String, usize>,
    /// Who reports each school, by its place: the unit and the place in its result.
    claims: BTreeMap<usize, Vec<(usize, usize)>>,
    /// Schools that units report though the roster has them elsewhere, by unit: codes.
    strangers: BTreeMap<usize, Vec<String>>,
    joined: Joined,
}

impl Join<'_> {
    /// Which schools of the outcome a unit's result speaks of.
    fn claim(&mut self, unit: usize, listed: &Listed, sealed: &Sealed, by_package: bool) {
        let outcome = &sealed.outcome;
        let owed: HashSet<usize> = outcome.expected.iter().map(|expected| expected.school).collect();
        let mut taken = 0;
        for (at, school) in outcome.schools.iter().enumerate().filter(|(at, _)| owed.contains(at)) {
            let former = || school.former_codes.iter().find_map(|code| self.by_code.get(&code.bare()));
            let place = self.by_code.get(&school.code.bare()).or_else(former).copied();
            let place = match place {
                Some(place) => place,
                None if by_package => {
                    taken += 1;
                    let next = self.own.schools.len() + self.joined.schools.len();
                    let place = *self.fresh.entry(school.code.bare()).or_insert(next);
                    if place == next {
                        self.joined.schools.push(School { unit: listed.name.clone(), ..school.clone() });
                    }
                    place
                }
                None => {
                    self.strangers.entry(unit).or_default().push(school.code.to_string());
                    continue;
                }
            };
            if self.own.managed.get(place).is_some_and(|managed| *managed != Some(unit)) {
                self.strangers.entry(unit).or_default().push(school.code.to_string());
            }
            self.claims.entry(place).or_default().push((unit, at));
        }
        if taken > 0 {
            let said = Finding::new(code::SCHOOLS_BY_UNIT).with("unit", &listed.name).with("count", taken);
            self.say(unit, said);
        }
    }

    /// Schools that more than one reports; said at each.
    fn twice(&mut self, known: &[(Listed, UnitStanding, Option<Sealed>)]) -> HashSet<usize> {
        let mut twice = HashSet::new();
        let own = self.own;
        let mut said = Vec::new();
        for (&place, claims) in &self.claims {
            let to_office = own.returned.contains(&place);
            if claims.len() + usize::from(to_office) < 2 {
                continue;
            }
            twice.insert(place);
            let school = self.school(place).code.clone();
            let names: Vec<&str> = claims
                .iter()
                .map(|(unit, _)| known[*unit].0.name.as_str())
                .chain(to_office.then_some(own.name))
                .collect();
            let one = |name: &str| {
                let others: Vec<&str> = names.iter().copied().filter(|other| *other != name).collect();
                let other = if others.is_empty() { name.to_owned() } else { others.join(", ") };
                let said = Finding::new(code::SCHOOL_REPORTED_TWICE).with("value", &school).with("unit", name);
                said.with("other", other).of(&school)
            };
            said.extend(claims.iter().map(|(unit, _)| (Some(*unit), one(&known[*unit].0.name))));
            if to_office {
                said.push((None, one(own.name)));
                self.joined.barred.insert(place);
            }
        }
        for (unit, finding) in said {
            match unit {
                Some(unit) => self.say(unit, finding),
                None => self.joined.findings.push(finding),
            }
        }
        twice
    }

    fn school(&self, place: usize) -> &School {
        let own = self.own.schools;
        own.get(place).unwrap_or_else(|| &self.joined.schools[place - own.len()])
    }

    /// Says something of a unit, at what it handed over.
    fn say(&mut self, unit: usize, mut finding: Finding) {
        let of = &self.joined.units[unit];
        finding.unit = Some(of.code.clone());
        if finding.place == Place::default()
            && let Some(package) = &of.package
        {
            finding.place = Place::file(package.file.clone());
        }
        self.joined.findings.push(finding);
    }

    /// What is to be said of a unit as a whole.
    fn tell_unit(&mut self, unit: usize, listed: &Listed, standing: UnitStanding, schools: usize) {
        let of = |code: Code| Finding::new(code).with("unit", &listed.name);
        if standing == UnitStanding::Missing {
            self.say(unit, of(code::UNIT_MISSING).with("count", schools).at(listed.place.clone()));
        }
        let late = self.joined.units[unit].late == Some(true);
        let sealed_at = self.joined.units[unit].package.as_ref().map(|package| package.sealed_at);
        if let (true, Some(at), Some(deadline)) = (late, sealed_at, self.own.deadline) {
            let day = |date: Date| date.strftime("%d/%m/%Y").to_string();
            self.say(unit, of(code::UNIT_LATE).with("value", day(at.date())).with("deadline", day(deadline)));
        }
        if let Some(codes) = self.strangers.remove(&unit) {
            self.say(unit, of(code::SCHOOL_NOT_OF_UNIT).with("count", codes.len()).with("value", shown(&codes)));
        }
    }

    /// For each unit the schools that are its own, by place, with the places in its result: of the roster those under it,
    /// else those that no other brought before.
    fn owned(&self, units: usize) -> Vec<BTreeMap<usize, usize>> {
        let mut owned = vec![BTreeMap::new(); units];
        for (place, claims) in &self.claims {
            let owner = match self.own.managed.get(*place) {
                Some(managed) => *managed,
                None => claims.first().map(|(first, _)| *first),
            };
            if let Some((unit, at)) = claims.iter().find(|(unit, _)| Some(*unit) == owner) {
                owned[*unit].insert(*place, *at);
            }
        }
        owned
    }

    /// The returns of a unit's schools. `mine`: those of [`Join::owned`].
    fn schools_of(
        &mut self,
        unit: usize,
        listed: &Listed,
        (mut sealed, mut mine): (Option<Sealed>, BTreeMap<usize, usize>),
        rows: &[usize],
        twice: &HashSet<usize>,
    ) {
        let first_fresh = self.own.schools.len();
        let fresh: Vec<usize> = mine.keys().copied().filter(|place| *place >= first_fresh).collect();
        self.joined.units[unit].schools.extend(&fresh);
        let mut silent: Vec<String> = Vec::new();
        for place in rows.iter().copied().filter(|place| self.joined.left_to_units.contains(place)) {
            if sealed.is_some() && !mine.contains_key(&place) {
                silent.push(self.own.schools[place].code.to_string());
            }
            let school = &self.own.schools[place];
            let owed =
                self.own.book.of_schools().filter(|set| school.kinds.iter().any(|kind| set.kinds.contains(kind)));
            for set in owed {
                let there = sealed.as_mut().zip(mine.get(&place)).and_then(|(sealed, at)| {
                    let all = &mut sealed.outcome.expected;
                    let found = all.iter().position(|expected| expected.school == *at && expected.set == set.id)?;
                    Some((&sealed.file, all.remove(found)))
                });
                let one = match there {
                    Some((package, expected)) => moved(package, expected, place, twice.contains(&place)),
                    None => missing(place, set.id.clone()),
                };
                self.joined.expected.push(one);
            }
        }
        if !silent.is_empty() {
            let said = Finding::new(code::SCHOOLS_NOT_REPORTED).with("unit", &listed.name).with("count", silent.len());
            self.say(unit, said.with("value", shown(&silent)));
        }
        let Some(mut sealed) = sealed else { return };
        self.tell_kinds(unit, listed, &mine);
        let by_place: HashMap<usize, usize> = fresh.iter().map(|place| (mine[place], *place)).collect();
        for expected in std::mem::take(&mut sealed.outcome.expected) {
            if let Some(place) = by_place.get(&expected.school) {
                self.joined.expected.push(moved(&sealed.file, expected, *place, twice.contains(place)));
            }
        }
        mine.retain(|place, _| !self.own.returned.contains(place));
        self.take_along(unit, sealed, &mine, twice);
    }

    /// Schools of a kind that the office manages itself.
    fn tell_kinds(&mut self, unit: usize, listed: &Listed, mine: &BTreeMap<usize, usize>) {
        let mut kinds: BTreeMap<(String, &'static str), Vec<String>> = BTreeMap::new();
        for place in mine.keys() {
            let school = self.school(*place);
            if let Some((kind, source)) = managers::of_department(school) {
                kinds.entry((kind.to_owned(), source)).or_default().push(school.code.to_string());
            }
        }
        for ((kind, source), codes) in kinds {
            let said = Finding::new(code::SCHOOL_KIND_OF_DEPARTMENT).with("unit", &listed.name).with("kind", kind);
            let said = said.with("count", codes.len()).with("value", shown(&codes)).with("source", source);
            self.say(unit, said);
        }
    }

    /// What is known of the schools that were taken: findings, verified scores, files.
    fn take_along(&mut self, unit: usize, sealed: Sealed, mine: &BTreeMap<usize, usize>, twice: &HashSet<usize>) {
        let Sealed { file: package, outcome, .. } = sealed;
        let codes: HashMap<&str, crate::school::SchoolCode> = mine
            .iter()
            .map(|(place, at)| (outcome.schools[*at].code.0.as_str(), self.school(*place).code.clone()))
            .collect();
        let counted: HashSet<&str> = mine
            .iter()
            .filter(|(place, _)| !twice.contains(*place))
            .map(|(_, at)| outcome.schools[*at].code.0.as_str())
            .collect();
        let of = self.joined.units[unit].code.clone();
        let move_place = |place: &mut Place| {
            if let Some(file) = &mut place.file {
                *file = within(&package, file);
            }
        };
        for mut finding in outcome.findings {
            let Some(code) = finding.school.as_ref().and_then(|school| codes.get(school.0.as_str())) else { continue };
            finding.school = Some(code.clone());
            finding.unit = Some(of.clone());
            move_place(&mut finding.place);
            self.joined.findings.push(finding);
        }
        for mut one in outcome.verifications {
            let Some(code) = codes.get(one.school.0.as_str()) else { continue };
            one.school = code.clone();
            move_place(&mut one.place);
            self.joined.verifications.push(one);
        }
        for file in outcome.files.into_iter().filter(|file| file.disposition == Disposition::Counted) {
            let Some(school) = file.school.as_ref().filter(|school| counted.contains(school.0.as_str())) else {
                continue;
            };
            let place = within(&package, &file.file);
            let school = codes.get(school.0.as_str()).cloned();
            self.joined.files.push(SeenFile { file: place, school, came_after: None, ..file });
        }
    }
}

/// A return of a unit's school in this outcome. One that somebody else reports as well does not count.
fn moved(package: &Arc<str>, mut moved: ExpectedReturn, school: usize, twice: bool) -> ExpectedReturn {
    moved.school = school;
    if let Some(source) = &mut moved.source {
        source.file = within(package, &source.file);
    }
    moved.signed_copies.iter_mut().for_each(|file| *file = within(package, file));
    (moved.errors, moved.warnings) = (0, 0);
    if twice {
        moved.status = Status::NotValid;
        moved.pending = moved.scored.take().or(moved.pending);
    }
    moved
}

fn missing(school: usize, set: SetId) -> ExpectedReturn {
    ExpectedReturn {
        school,
        set,
        status: Status::Missing,
        source: None,
        scored: None,
        pending: None,
        late: None,
        timing: Timing::default(),
        returns: 0,
        filled_by: FilledBy::default(),
        signed_copies: Vec::new(),
        errors: 0,
        warnings: 0,
    }
}
