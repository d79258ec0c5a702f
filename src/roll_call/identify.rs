//! Whose return it is: by the visible code, else by the visible name, else by the form's hidden sheet.

mod written_number;

use std::collections::HashMap;

use rayon::prelude::*;

use super::whose::Whose;
use super::{Arrival, Arrived, Filled};
use crate::finding::{Finding, Place, code};
use crate::form::{Identity, Said};
use crate::intake::CodesAtStart;
use crate::roster::shorten_kind_words;
use crate::school::{School, SchoolCode};
use crate::text;

/// The roster, ready to be asked.
pub struct Roster<'r> {
    /// Its schools.
    pub schools: &'r [School],
    by_code: HashMap<String, usize>,
    by_bare_code: HashMap<String, Vec<usize>>,
    by_former_code: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    /// The name of each for comparison.
    keys: Vec<String>,
    at_start: CodesAtStart<'r>,
}

/// Who it is, as far as can be told, and whether that stands.
pub struct Identified {
    /// Whose it is, as far as that is one school.
    pub whose: Whose,
    /// 2xx, without a file.
    pub findings: Vec<Finding>,
}

/// What the roster says of one arrival.
pub struct Known {
    /// The school whose code stands at the start of its name.
    pub named: Option<usize>,
    /// Who each of its returns is.
    pub returns: Vec<Identified>,
}

/// A written name with its form for comparison.
struct Name<'i> {
    said: &'i Said,
    key: String,
    spelling: Vec<String>,
}

impl<'i> Name<'i> {
    fn of(said: &'i Said) -> Name<'i> {
        Name { said, key: name_key(&said.text), spelling: text::spelling(&said.text) }
    }
}

/// How a written code had to be read to be one of the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Read {
    AsIs,
    /// Without leading zeros.
    WithoutZeros,
    /// Without the marks of a number.
    Mended,
}

/// Names as different as this are told even where the code decides; names as like as this may be meant for each other.
const SAME_NAME: f64 = 0.9;
/// A name or code less alike than this is no suggestion.
const SUGGESTION: f64 = 0.5;
/// More schools than this are no suggestion.
const SUGGESTIONS: usize = 5;

impl<'r> Roster<'r> {
    /// Indexes the roster.
    pub fn new(schools: &'r [School]) -> Roster<'r> {
        let mut roster = Roster {
            schools,
            by_code: HashMap::new(),
            by_bare_code: HashMap::new(),
            by_former_code: HashMap::new(),
            by_name: HashMap::new(),
            keys: schools.par_iter().map(|school| name_key(&school.name)).collect(),
            at_start: CodesAtStart::of(schools),
        };
        for (i, school) in schools.iter().enumerate() {
            roster.by_code.entry(school.code.0.to_uppercase()).or_insert(i);
            roster.by_bare_code.entry(school.code.bare()).or_default().push(i);
            roster.by_name.entry(roster.keys[i].clone()).or_default().push(i);
            for former in &school.former_codes {
                roster.by_former_code.entry(former.bare()).or_default().push(i);
            }
        }
        roster
    }

    /// What it says of each arrival; none depends on another.
    pub fn know(&self, arrivals: &[Arrival]) -> Vec<Known> {
        let know = |arrival: &Arrival| {
            let identify = |filled: &Filled| self.identify(&filled.identity, &arrival.file);
            let returns = match &arrival.content {
                Arrived::Returns(returns) => returns.iter().map(identify).collect(),
                _ => Vec::new(),
            };
            Known { named: self.code_at_start(&arrival.file), returns }
        };
        arrivals.par_iter().map(know).collect()
    }

    /// The school whose code stands at the start of a file's name.
    fn code_at_start(&self, file: &str) -> Option<usize> {
        self.at_start.find(file).and_then(|code| self.by_code.get(&code.0.to_uppercase()).copied())
    }

    /// The school with a code, and how that had to be read.
    fn with_code(&self, written: &str) -> Option<(usize, Read)> {
        let code = SchoolCode(written.split_whitespace().collect::<String>().to_uppercase());
        if let Some(&school) = self.by_code.get(&code.0) {
            return Some((school, Read::AsIs));
        }
        if let Some(only) = self.with_bare(&code) {
            return Some((only, Read::WithoutZeros));
        }
        let plain = SchoolCode(written_number::digits(&code.0)?);
        let school = self.by_code.get(&plain.0).copied().or_else(|| self.with_bare(&plain))?;
        Some((school, Read::Mended))
    }

    fn with_bare(&self, code: &SchoolCode) -> Option<usize> {
        match self.by_bare_code.get(&code.bare()).map(Vec::as_slice) {
            Some([only]) if !code.bare().is_empty() => Some(*only),
            _ => None,
        }
    }

    /// The only school that had this code before.
    fn with_former_code(&self, written: &str) -> Option<usize> {
        let only = |code: &str| match self.by_former_code.get(&SchoolCode(code.to_owned()).bare()).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ => None,
        };
        only(written).or_else(|| only(&written_number::digits(written)?))
    }

    fn shown(&self, school: usize) -> String {
        format!("{} {}", self.schools[school].code, self.schools[school].name)
    }

    fn nearest_codes(&self, code: &str, name: Option<&Name>) -> String {
        if let Some(range) = written_number::shortened(code) {
            let fits = |school: &School| school.code.0.parse::<f64>().is_ok_and(|code| range.contains(&code));
            let fitting: Vec<usize> = (0..self.schools.len()).filter(|&i| fits(&self.schools[i])).collect();
            if (1..=SUGGESTIONS).contains(&fitting.len()) {
                return shown_list(fitting.into_iter().map(|school| self.shown(school)));
            }
        }
        let by_name = name.and_then(|name| self.nearest_name(&name.key));
        let codes = self.schools.iter().map(|school| school.code.0.as_str());
        let by_code = text::nearest(code, codes, SUGGESTION).and_then(|near| self.with_code(near)).map(|near| near.0);
        let mut near: Vec<usize> = by_code.into_iter().chain(by_name).collect();
        near.dedup();
        shown_list(near.into_iter().map(|school| self.shown(school)))
    }

    fn nearest_name(&self, key: &str) -> Option<usize> {
        let scored = self.keys.iter().enumerate().map(|(i, other)| (text::likeness(key, other), i));
        let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        (best.0 >= SUGGESTION).then_some(best.1)
    }

    /// Finds the school of a return.
    fn identify(&self, identity: &Identity, file: &str) -> Identified {
        let mut findings = Vec::new();
        let whose = self.resolve(identity, file, &mut findings);
        if let Some(school) = whose.school.filter(|_| whose.valid) {
            self.compare_with_form(identity, school, &mut findings);
        }
        Identified { whose, findings }
    }

    fn resolve(&self, identity: &Identity, file: &str, findings: &mut Vec<Finding>) -> Whose {
        let name = self.likely_name(identity);
        match (&identity.codes[..], name) {
            ([first, second, ..], _) if !self.are_one(&identity.codes) => {
                let finding = Finding::new(code::TWO_CODES).with("value", &first.text).with("other", &second.text);
                findings.push(finding.at(place(first)));
                let known: Vec<usize> = identity.codes.iter().filter_map(|said| self.known(&said.text)).collect();
                Whose::doubtful(if known.is_empty() { self.code_at_start(file).into_iter().collect() } else { known })
            }
            ([said, ..], name) => self.by_written_code(said, name.as_ref(), identity, file, findings),
            ([], Some(name)) => self.by_written_name(&name, identity, file, findings),
            ([], None) => {
                if let Some(school) = self.hidden(identity) {
                    findings.push(Finding::new(code::KNOWN_BY_HIDDEN).with("school", self.shown(school)));
                    return Whose::certain(school);
                }
                findings.push(Finding::new(code::NO_IDENTITY));
                Whose::doubtful(self.code_at_start(file).into_iter().collect())
            }
        }
    }

    /// The school with a code, now or formerly.
    fn known(&self, written: &str) -> Option<usize> {
        self.with_code(written).map(|(school, _)| school).or_else(|| self.with_former_code(written))
    }

    /// The school for which the form was made.
    fn hidden(&self, identity: &Identity) -> Option<usize> {
        let hidden = Some(&identity.hidden.school).filter(|code| !code.is_empty())?;
        self.with_code(hidden).map(|(school, _)| school)
    }

    /// Who may be meant where nothing on the form says it for certain: by the file's name, else by the form as it was
    /// made, and by a name like a school's.
    fn maybe(&self, identity: &Identity, name: Option<&Name>, file: &str) -> Whose {
        let mut schools: Vec<usize> = self.code_at_start(file).or_else(|| self.hidden(identity)).into_iter().collect();
        if let Some(name) = name {
            schools.extend(self.named_alike(&name.key));
        }
        Whose::doubtful(schools)
    }

    /// The schools whose names are most like this one, where they are so like it that they may be meant.
    fn named_alike(&self, key: &str) -> Vec<usize> {
        let mut best = SAME_NAME;
        let mut found = Vec::new();
        for (school, own) in self.keys.iter().enumerate() {
            let likeness = text::likeness_from(key, own, best);
            if likeness >= best && same_marks(key, own) {
                if likeness > best {
                    found.clear();
                }
                best = likeness;
                found.push(school);
            }
        }
        found
    }

    /// Of several names, that of the school whose code stands beside it, else one of the roster, else the first.
    fn likely_name<'i>(&self, identity: &'i Identity) -> Option<Name<'i>> {
        let coded = identity.codes.first().and_then(|said| self.with_code(&said.text)).map(|(school, _)| school);
        let mut names: Vec<Name> = identity.names.iter().map(Name::of).collect();
        let own = coded.and_then(|school| names.iter().position(|name| self.with_name(name).contains(&school)));
        let known = || names.iter().position(|name| !self.with_name(name).is_empty());
        let likely = own.or_else(known).unwrap_or_default();
        (likely < names.len()).then(|| names.swap_remove(likely))
    }

    /// Whether several written codes are one school's, with and without its leading zeros.
    fn are_one(&self, codes: &[Said]) -> bool {
        let schools: Vec<Option<usize>> = codes.iter().map(|said| self.with_code(&said.text).map(|s| s.0)).collect();
        schools[0].is_some() && schools.iter().all(|school| *school == schools[0])
    }

    fn by_written_code(
        &self,
        said: &Said,
        name: Option<&Name>,
        identity: &Identity,
        file: &str,
        findings: &mut Vec<Finding>,
    ) -> Whose {
        let about = |finding: Finding| finding.with("value", &said.text).at(place(said));
        let school = match (self.with_code(&said.text), self.known(&said.text)) {
            (Some((school, read)), _) => {
                let note = match read {
                    Read::AsIs => None,
                    Read::WithoutZeros => Some(code::LEADING_ZERO_LOST),
                    Read::Mended => Some(code::CODE_AS_NUMBER),
                };
                findings.extend(note.map(|note| about(Finding::new(note)).with("school", self.shown(school))));
                school
            }
            (None, Some(school)) => {
                findings.push(about(Finding::new(code::KNOWN_BY_FORMER_CODE)).with("school", self.shown(school)));
                school
            }
            (None, None) => {
                if let [school] = name.map_or_else(Vec::new, |name| self.with_name(name))[..] {
                    let finding = about(Finding::new(code::KNOWN_BY_NAME_NOT_CODE));
                    findings.push(finding.with("school", self.shown(school)));
                    return Whose::certain(school);
                }
                let nearest = self.nearest_codes(&said.text, name);
                findings.push(about(Finding::new(code::UNKNOWN_SCHOOL_CODE)).with("nearest", nearest));
                return self.maybe(identity, name, file);
            }
        };
        name.map_or_else(|| Whose::certain(school), |name| self.agrees(school, said, name, findings))
    }

    /// The code decides over the name, unless the name is another school's, or more like it: then the form is the other
    /// school's as much as it is this one's.
    fn agrees(&self, school: usize, said: &Said, name: &Name, findings: &mut Vec<Finding>) -> Whose {
        let own = &self.schools[school];
        let named = self.with_name(name);
        if named.contains(&school) {
            return Whose::certain(school);
        }
        let alike = || {
            let found = self.named_alike(&name.key);
            if found.contains(&school) { Vec::new() } else { found }
        };
        let (meant, code) = match named.is_empty() {
            true => (alike(), code::NAME_LIKE_OTHER_SCHOOL),
            false => (named, code::CODE_OF_OTHER_SCHOOL),
        };
        if let Some(first) = meant.first() {
            let finding = Finding::new(code)
                .with("value", &said.text)
                .with("nearest", &own.name)
                .with("name", &name.said.text)
                .with("other", self.shown(*first));
            findings.push(finding.at(place(said)));
            return match meant[..] {
                [named] => Whose { school: Some(named), valid: false, others: vec![school] },
                _ => Whose::doubtful([&[school], &meant[..]].concat()),
            };
        }
        if text::likeness(&name.key, &self.keys[school]) < SAME_NAME {
            let finding = Finding::new(code::NAME_DIFFERS)
                .with("value", &name.said.text)
                .with("name", &own.name)
                .with("school", &own.code);
            findings.push(finding.at(place(name.said)));
        }
        Whose::certain(school)
    }

    fn by_written_name(&self, name: &Name, identity: &Identity, file: &str, findings: &mut Vec<Finding>) -> Whose {
        let about = |finding: Finding| finding.with("value", &name.said.text).at(place(name.said));
        match &self.with_name(name)[..] {
            [school] => {
                findings.push(about(Finding::new(code::KNOWN_BY_NAME)).with("school", self.shown(*school)));
                Whose::certain(*school)
            }
            [] => {
                let nearest = shown_list(self.nearest_name(&name.key).map(|school| self.shown(school)).into_iter());
                findings.push(about(Finding::new(code::UNKNOWN_SCHOOL_NAME)).with("nearest", nearest));
                self.maybe(identity, Some(name), file)
            }
            several => {
                let codes = several.iter().map(|&school| self.schools[school].code.to_string());
                let finding = about(Finding::new(code::SEVERAL_SCHOOLS_OF_NAME));
                findings.push(finding.with("nearest", codes.collect::<Vec<_>>().join(", ")));
                let told = self.code_at_start(file).or_else(|| self.hidden(identity));
                match told.filter(|school| several.contains(school)) {
                    Some(school) => Whose::doubtful(vec![school]),
                    None => Whose::doubtful(several.to_vec()),
                }
            }
        }
    }

    /// The schools of this name: of several that are equal once folded, those that are spelt so.
    fn with_name(&self, name: &Name) -> Vec<usize> {
        let alike = self.by_name.get(&name.key).map_or(&[][..], Vec::as_slice);
        let is_spelt =
            |school: &&usize| text::spelt_alike(&text::spelling(&self.schools[**school].name), &name.spelling);
        let spelt: Vec<usize> = match alike {
            [_, _, ..] => alike.iter().filter(is_spelt).copied().collect(),
            _ => Vec::new(),
        };
        if spelt.is_empty() { alike.to_vec() } else { spelt }
    }

    fn compare_with_form(&self, identity: &Identity, school: usize, findings: &mut Vec<Finding>) {
        let hidden = &identity.hidden.school;
        let said = identity.codes.first().or(identity.names.first());
        if let Some(said) = said
            && !hidden.is_empty()
            && self.with_code(hidden).map(|(other, _)| other) != Some(school)
        {
            let finding = Finding::new(code::FORM_OF_OTHER_SCHOOL)
                .with("value", hidden)
                .with("school", &self.schools[school].code);
            findings.push(finding.at(place(said)));
        }
    }
}

fn place(said: &Said) -> Place {
    Place::default().at(&said.sheet, said.cell)
}

fn shown_list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    if items.is_empty() { "—".to_owned() } else { items.join("; ") }
}

/// Whether two names have the same numbers and single letters: "Tân Lập A" and "Tân Lập B" are no slip of the pen.
fn same_marks(a: &str, b: &str) -> bool {
    let marks = |name: &str| -> Vec<String> {
        let is_mark = |word: &&str| word.len() == 1 || word.bytes().any(|byte| byte.is_ascii_digit());
        name.split(' ').filter(is_mark).map(str::to_owned).collect()
    };
    marks(a) == marks(b)
}

/// A school's name for comparison: folded, kind words in their short form, "Trường" left out.
fn name_key(name: &str) -> String {
    shorten_kind_words(&text::fold(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;
    use crate::grid::CellRef;
    use crate::school::SchoolKind;

    fn school(code: &str, name: &str, former: &[&str]) -> School {
        School {
            code: SchoolCode(code.to_owned()),
            name: name.to_owned(),
            kinds: vec![SchoolKind("TH".to_owned())],
            unit: String::new(),
            email: String::new(),
            phone: String::new(),
            contact: String::new(),
            former_codes: former.iter().map(|code| SchoolCode((*code).to_owned())).collect(),
            state: String::new(),
            row: 1,
        }
    }

    fn said(text: &str) -> Said {
        Said { sheet: "S".into(), cell: CellRef::new(0, 0), text: text.to_owned() }
    }

    fn identify(codes: &[&str], names: &[&str], hidden: &str, file: &str) -> (Option<usize>, bool, Vec<Code>) {
        let schools = [
            school("08010001", "Trường Tiểu học Ánh Dương", &[]),
            school("80100002", "Trường TH&THCS Hoa Sen", &["777"]),
            school("80100003", "Trường TH Hoa Sen", &[]),
        ];
        let mut identity = Identity { codes: codes.iter().map(|c| said(c)).collect(), ..Identity::default() };
        identity.names = names.iter().map(|n| said(n)).collect();
        identity.hidden.school = hidden.to_owned();
        let found = Roster::new(&schools).identify(&identity, file);
        (found.whose.school, found.whose.valid, found.findings.iter().map(|f| f.code).collect())
    }

    #[test]
    fn the_code_decides() {
        assert_eq!(identify(&["80100002"], &["TH và THCS HOA SEN"], "", ""), (Some(1), true, vec![]));
        let renamed = identify(&["80100002"], &["Trường THCS Bông Lúa"], "", "");
        assert_eq!(renamed, (Some(1), true, vec![code::NAME_DIFFERS]));
        let other = identify(&["80100002"], &["Tiểu học Ánh Dương"], "", "");
        assert_eq!(other, (Some(0), false, vec![code::CODE_OF_OTHER_SCHOOL]), "the name is that of the other school");
        assert_eq!(identify(&["777"], &[], "", ""), (Some(1), true, vec![code::KNOWN_BY_FORMER_CODE]));
        assert_eq!(identify(&["8010001"], &[], "", ""), (Some(0), true, vec![code::LEADING_ZERO_LOST]));
        assert!(identify(&["8010001", "08010001"], &[], "", "").1);
        assert_eq!(identify(&["80100002", "80100003"], &[], "", ""), (None, false, vec![code::TWO_CODES]));
    }

    #[test]
    fn without_a_code_the_name_does_if_it_is_one_schools() {
        assert_eq!(identify(&[], &["TRƯỜNG TIỂU HỌC HOA SEN"], "", ""), (Some(2), true, vec![code::KNOWN_BY_NAME]));
        assert_eq!(identify(&[], &["TH Ánh Sao"], "", ""), (None, false, vec![code::UNKNOWN_SCHOOL_NAME]));
        assert_eq!(identify(&["99"], &["TH Hoa Sen"], "", ""), (Some(2), true, vec![code::KNOWN_BY_NAME_NOT_CODE]));
        assert_eq!(identify(&["99"], &["TH Hoa"], "", ""), (None, false, vec![code::UNKNOWN_SCHOOL_CODE]));
    }

    #[test]
    fn names_that_differ_in_accents_alone_are_told_apart() {
        let schools = [school("1", "Trường Tiểu học Bình Hòa", &[]), school("2", "Trường Tiểu học Bình Hoa", &[])];
        let of = |codes: &[&str], name: &str| {
            let identity = Identity {
                codes: codes.iter().map(|c| said(c)).collect(),
                names: vec![said(name)],
                ..Identity::default()
            };
            let found = Roster::new(&schools).identify(&identity, "");
            (found.whose.school, found.whose.valid, found.findings.iter().map(|f| f.code).collect::<Vec<_>>())
        };
        assert_eq!(of(&[], "TRƯỜNG TIỂU HỌC BÌNH HOÀ"), (Some(0), true, vec![code::KNOWN_BY_NAME]));
        assert_eq!(of(&[], "TH Bình Hoa"), (Some(1), true, vec![code::KNOWN_BY_NAME]));
        assert_eq!(of(&[], "TH BINH HOA"), (None, false, vec![code::SEVERAL_SCHOOLS_OF_NAME]));
        assert_eq!(of(&["1"], "TH BINH HOA"), (Some(0), true, vec![]));
        assert_eq!(of(&["1"], "Tiểu học Bình Hoa"), (Some(1), false, vec![code::CODE_OF_OTHER_SCHOOL]));
        assert_eq!(of(&["7"], "Tiểu học Bình Hoa"), (Some(1), true, vec![code::KNOWN_BY_NAME_NOT_CODE]));
    }

    #[test]
    fn a_code_that_became_a_number_is_read_as_far_as_that_is_sure() {
        for written in ["80100002.0", "80100002,00", "8.0100002E+07", "8,0100002e7", "80.100.002", "80 100 002.0"] {
            let found = identify(&[written], &[], "", "");
            assert_eq!((found.0, found.1), (Some(1), true), "{written}");
        }
        assert_eq!(identify(&["80100002.0"], &[], "", "").2, [code::CODE_AS_NUMBER]);
        assert_eq!(identify(&["8010001.0"], &[], "", ""), (Some(0), true, vec![code::CODE_AS_NUMBER]));
        for unsure in ["8,01E+07", "80100002.5", "8.010.0002", "801000020"] {
            assert_eq!(identify(&[unsure], &[], "", ""), (None, false, vec![code::UNKNOWN_SCHOOL_CODE]), "{unsure}");
        }
        let named = identify(&["8,01E+07"], &["TH Hoa Sen"], "", "");
        assert_eq!(named, (Some(2), true, vec![code::KNOWN_BY_NAME_NOT_CODE]));
    }

    #[test]
    fn the_hidden_sheet_helps_only_where_nothing_is_visible() {
        assert_eq!(identify(&[], &[], "80100003", ""), (Some(2), true, vec![code::KNOWN_BY_HIDDEN]));
        let copied = identify(&["80100002"], &[], "80100003", "");
        assert_eq!(copied, (Some(1), true, vec![code::FORM_OF_OTHER_SCHOOL]));
        assert_eq!(identify(&[], &[], "", "80100003 phieu.xlsx"), (Some(2), false, vec![code::NO_IDENTITY]));
        assert_eq!(identify(&[], &[], "", "801000031.xlsx"), (None, false, vec![code::NO_IDENTITY]));
    }

    #[test]
    fn kind_words_are_equal_in_names() {
        for (a, b) in [
            ("Trường Tiểu học Hoa Sen", "TH Hoa Sen"),
            ("TRƯỜNG TRUNG HỌC CƠ SỞ LÊ LỢI", "THCS Lê Lợi"),
            ("Trường Tiểu học và Trung học cơ sở A", "TH&THCS A"),
            ("Mầm non Tuổi Thơ", "Trường MN Tuổi Thơ"),
        ] {
            assert_eq!(name_key(a), name_key(b));
        }
        assert_ne!(name_key("TH Hoa Sen"), name_key("THCS Hoa Sen"));
    }
}
