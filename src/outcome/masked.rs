//! The outcome as it is handed over: every text through the mask, files where they lie in what is handed over, and nothing
//! that is the office's own.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Ledger, Outcome};
use crate::school::SchoolCode;
use crate::text::Masked;

/// What is no text for people: codes that tell one from another, and fingerprints.
const NOT_TEXTS: [&str; 8] = ["code", "school", "former_codes", "fingerprint", "sha256", "blake3", "run", "kinds"];

impl Outcome {
    /// The outcome for whoever it is handed over to. The counted returns are named as they lie beside it.
    ///
    /// # Errors
    /// Never for what a run made: a masked text is a text.
    pub fn for_recipients(&self) -> serde_json::Result<Outcome> {
        let places = self.handed_over();
        let move_to = |file: &mut std::sync::Arc<str>| {
            if let Some(place) = places.get(&**file) {
                *file = place.as_str().into();
            }
        };
        let mut office = masked(&self.office)?;
        office.contact.clear();
        office.last_year.clear();
        // Schools that owe nothing are nobody's concern above, and their codes may be anything.
        let owing: BTreeSet<usize> = self.expected.iter().map(|expected| expected.school).collect();
        let new: HashMap<usize, usize> = owing.iter().enumerate().map(|(to, from)| (*from, to)).collect();
        let codes: HashSet<&SchoolCode> = owing.iter().map(|at| &self.schools[*at].code).collect();
        let schools = owing.iter().map(|at| {
            let mut school = masked(&self.schools[*at])?;
            school.email.clear();
            school.phone.clear();
            school.contact.clear();
            Ok(school)
        });
        let expected = self.expected.iter().map(|expected| {
            let mut expected = expected.clone();
            expected.school = new.get(&expected.school).copied().unwrap_or_default();
            expected.source.iter_mut().for_each(|source| move_to(&mut source.file));
            expected.timing.granted.reason.clear();
            masked(&expected)
        });
        let told = self.findings.iter().filter(|one| one.school.as_ref().is_none_or(|school| codes.contains(school)));
        let findings = told.map(|finding| {
            let mut finding = finding.for_outsiders().into_owned();
            finding.place.file.iter_mut().for_each(move_to);
            masked(&finding)
        });
        let files = self.files.iter().map(|file| {
            let mut file = file.clone();
            file.school = file.school.filter(|school| codes.contains(school));
            move_to(&mut file.file);
            masked(&file)
        });
        let units = self.units.iter().map(|unit| {
            let mut unit = masked(unit)?;
            unit.code = Masked::of(&unit.code).to_string().into();
            unit.schools = unit.schools.iter().filter_map(|school| new.get(school).copied()).collect();
            unit.email.clear();
            unit.phone.clear();
            unit.contact.clear();
            Ok(unit)
        });
        let verified = self.verifications.iter().filter(|one| codes.contains(&one.school));
        let mut offices = self.offices.clone();
        offices.iter_mut().filter_map(|office| office.source.as_mut()).for_each(|source| move_to(&mut source.file));
        let mut outcome = Outcome {
            schema: self.schema,
            program: self.program.clone(),
            fingerprints: self.fingerprints,
            run: self.run.clone(),
            at: self.at,
            office,
            book: masked(&self.book)?,
            schools: schools.collect::<serde_json::Result<_>>()?,
            expected: expected.collect::<serde_json::Result<_>>()?,
            offices: masked(&offices)?,
            verifications: verified.map(masked).collect::<serde_json::Result<_>>()?,
            units: units.collect::<serde_json::Result<_>>()?,
            recognised: masked(&self.recognised)?,
            files: files.collect::<serde_json::Result<_>>()?,
            findings: findings.collect::<serde_json::Result<_>>()?,
            ledger: Ledger::default(),
            last_year: masked(&self.last_year)?,
            milestones: masked(&self.milestones)?,
            // Evidence goes as files, with a list of its own.
            dossier: None,
            seal: None,
        };
        // By the units' names as they are now.
        outcome.ledger =
            Ledger::of(&outcome.book, &outcome.schools, &outcome.expected, outcome.offices.as_ref(), &outcome.files);
        Ok(outcome)
    }
}

/// The same with all of its texts masked, whatever fields it has or will have.
fn masked<T: Serialize + DeserializeOwned>(value: &T) -> serde_json::Result<T> {
    let mut json = serde_json::to_value(value)?;
    mask(&mut json);
    serde_json::from_value(json)
}

fn mask(value: &mut Value) {
    match value {
        Value::String(text) => {
            let masked = Masked::of(text);
            if masked.is_changed() && !is_time(text) {
                *text = masked.to_string();
            }
        }
        Value::Array(list) => list.iter_mut().for_each(mask),
        Value::Object(fields) => {
            let texts = fields.iter_mut().filter(|(name, _)| !NOT_TEXTS.contains(&name.as_str()));
            texts.for_each(|(_, value)| mask(value));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn is_time(text: &str) -> bool {
    text.parse::<jiff::civil::DateTime>().is_ok() || text.parse::<jiff::civil::Date>().is_ok()
}
