//! One package: a milestone's `gui-so` as it came, held against its seal, its result read. Nothing in it is trusted.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::finding::{Finding, Place, code};
use crate::milestone::{Kind, OUTCOME, SCHEMA, Seal};
use crate::outcome::{Disposition, Ledger, Outcome, ResultError};
use crate::rules::RuleBook;
use crate::text::{Lang, Masked, SharedTexts, one_line};

/// The seal in a package: what tells that it is one.
pub const PACKAGE_SEAL: &str = "CHOT-gui-so.json";

/// So many names are told in one finding.
const NAMED: usize = 5;

/// The files of a package as they came.
#[derive(Debug, Default)]
pub struct Files {
    /// The package itself, as people see it: `don-vi/xa-long-an.zip`, a folder within it too.
    pub shown: String,
    /// The bytes of [`PACKAGE_SEAL`].
    pub seal: Vec<u8>,
    /// The bytes of `ket-qua.json`, if it is there.
    pub result: Option<Vec<u8>>,
    /// SHA-256 of every file of the package, by its name in it with `/`; empty for one that could not be read.
    pub prints: BTreeMap<String, String>,
}

/// A package whose seal holds.
#[derive(Debug)]
pub struct Sealed {
    /// The package, as people see it.
    pub file: Arc<str>,
    /// Its seal.
    pub seal: Seal,
    /// Its result. Files in it are named as they lie in the package.
    pub outcome: Outcome,
}

impl Sealed {
    /// Leaves what joins other results: thousands of packages are held beside each other.
    pub fn bare(mut self, texts: &SharedTexts) -> Sealed {
        let outcome = &mut self.outcome;
        outcome.tighten(texts);
        outcome.findings.retain(|finding| finding.school.is_some());
        outcome.files.retain(|file| file.disposition == Disposition::Counted);
        (outcome.book, outcome.ledger) = (RuleBook::default(), Ledger::default());
        (outcome.units, outcome.milestones) = (Vec::new(), Vec::new());
        (outcome.offices, outcome.recognised, outcome.last_year, outcome.dossier) = (None, None, None, None);
        self.seal.outputs = Vec::new();
        self
    }
}

/// A package that does not count.
#[derive(Debug)]
pub struct Refused {
    /// The package, as people see it.
    pub file: Arc<str>,
    /// Its seal, if it can be read; it may say anything.
    pub seal: Option<Seal>,
    /// The code that the office states, if the result could be read.
    pub code: String,
    /// Why.
    pub findings: Vec<Finding>,
}

/// Holds a package against its seal and reads its result; what is odd and does no harm goes to `findings`.
pub fn open(files: &Files, findings: &mut Vec<Finding>) -> Result<Sealed, Box<Refused>> {
    let file: Arc<str> = files.shown.as_str().into();
    let place = || Place::file(file.clone());
    let refused = |seal: Option<&Seal>, finding: Finding| {
        let findings = vec![finding.at(place())];
        Box::new(Refused { file: file.clone(), seal: seal.cloned(), code: String::new(), findings })
    };
    let name = files.shown.as_str();
    let Ok(seal) = serde_json::from_slice::<Seal>(&files.seal) else {
        let broken = Finding::new(code::UNIT_SEAL_BROKEN).with("unit", name).with("value", "–");
        return Err(refused(None, broken));
    };
    let unit = one_line(&seal.office).into_owned();
    let said = |code| Finding::new(code).with("unit", &unit);
    if seal.schema != SCHEMA {
        return Err(refused(Some(&seal), said(code::UNIT_OTHER_VERSION).with("value", one_line(&seal.program))));
    }
    if seal.kind != Kind::Report || seal.kept.is_none() || seal.code != seal.expected_code() {
        let code = one_line(&seal.code).into_owned();
        return Err(refused(Some(&seal), said(code::UNIT_SEAL_BROKEN).with("value", code)));
    }
    let mut changed: Vec<String> = Vec::new();
    let mut missing: Vec<String> = Vec::new();
    for output in &seal.outputs {
        match files.prints.get(&output.file) {
            Some(print) if !print.is_empty() && print == output.known() => {}
            Some(_) => changed.push(one_line(&output.file).into_owned()),
            None => missing.push(one_line(&output.file).into_owned()),
        }
    }
    // The code covers the result, the list of files does not: a list that leaves it out hides nothing.
    let handed = seal.handed.as_ref().map(|handed| handed.known());
    let result = files.prints.get(OUTCOME).map(String::as_str);
    match (handed, result) {
        (Some(handed), Some(result)) if handed == result => {}
        (_, None) if !missing.iter().any(|name| name == OUTCOME) => missing.push(OUTCOME.to_owned()),
        (_, Some(_)) if !changed.iter().any(|name| name == OUTCOME) => changed.push(OUTCOME.to_owned()),
        _ => {}
    }
    if !changed.is_empty() || !missing.is_empty() {
        let altered =
            said(code::UNIT_PACKAGE_ALTERED).with("changed", listed(&changed)).with("missing", listed(&missing));
        return Err(refused(Some(&seal), altered));
    }
    let outcome = match Outcome::read_json(files.result.as_deref().unwrap_or_default()) {
        Ok(outcome) => outcome,
        Err(ResultError::OtherSchema { .. }) => {
            return Err(refused(Some(&seal), said(code::UNIT_OTHER_VERSION).with("value", one_line(&seal.program))));
        }
        Err(why) => {
            let why = one_line(&why.message(Lang::Vi)).chars().take(200).collect::<String>();
            return Err(refused(Some(&seal), said(code::UNIT_RESULT_DAMAGED).with("why", why)));
        }
    };
    if let Some(what) = contradiction(&seal, &outcome) {
        let mut refused = refused(Some(&seal), said(code::UNIT_RESULT_CONTRADICTS).with("value", what));
        refused.code.clone_from(&outcome.office.code);
        return Err(refused);
    }
    let known = |name: &str| seal.outputs.iter().any(|output| output.file == name) || name == PACKAGE_SEAL;
    let added: Vec<String> =
        files.prints.keys().filter(|name| !known(name)).map(|name| one_line(name).into_owned()).collect();
    if !added.is_empty() {
        findings.push(said(code::UNIT_PACKAGE_ADDED).with("value", listed(&added)).at(place()));
    }
    Ok(Sealed { file, seal, outcome })
}

/// What of a result cannot be, though it is well formed: other figures than the seal's, or than its own answers bring.
fn contradiction(seal: &Seal, outcome: &Outcome) -> Option<String> {
    let office = outcome.offices.as_ref().map(|office| &office.scored);
    // A name may have been masked in the result.
    let masked = Masked::of(&seal.office);
    let names = [seal.office.as_str(), &*masked];
    let same = names.contains(&outcome.office.name.as_str())
        && (&seal.year, &seal.run) == (&outcome.office.year, &outcome.run)
        && seal.total == office.map(|scored| scored.total)
        && seal.level == office.and_then(|scored| scored.level)
        && seal.owed as usize == outcome.expected.len();
    if !same {
        return Some("khác với mã chốt".to_owned());
    }
    let whole = |expected: &crate::outcome::ExpectedReturn| {
        let set = outcome.book.get(&expected.set)?;
        let fits = expected.scored.as_ref().is_none_or(|scored| scored.adds_up(set))
            && (expected.scored.is_some() == (expected.status == crate::outcome::Status::Accepted));
        (!fits).then(|| outcome.school_of(expected).code.to_string())
    };
    let school = outcome.expected.iter().find_map(whole)?;
    Some(format!("{}: tổng hoặc mức không đúng với điểm từng mục", one_line(&school)))
}

/// Some names, as one text.
pub(super) fn listed(names: &[String]) -> String {
    let mut text = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    match names.len() {
        0 => text.push('–'),
        many if many > NAMED => text.push_str(&format!(", ... ({many})")),
        _ => {}
    }
    text
}
