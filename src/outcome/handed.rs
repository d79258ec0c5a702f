//! Under which name each counted return lies in what is handed over, beside the report: the school's, whatever it was
//! called when it came, so that names are safe, alike, and hold nothing private.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Outcome;
use crate::layouts::names;
use crate::school::School;
use crate::text::Masked;

/// The folder of the counted returns, in what is handed over.
pub const FOLDER: &str = "phieu";

/// Endings of workbooks that stay: a program that opens `.xlsm` opens no `.xlsm` that is called `.xlsx`.
const ENDINGS: [&str; 5] = ["xlsx", "xlsm", "xls", "xlsb", "ods"];

impl Outcome {
    /// The counted returns and the office's own form: each file, by the name that people see, with its place in what is
    /// handed over. A file with several returns is there once, as that of the first.
    pub fn handed_over(&self) -> BTreeMap<&str, String> {
        let mut taken = BTreeSet::from([names::OFFICE_FILE.to_owned()]);
        let mut handed = BTreeMap::new();
        let mut owed: HashMap<usize, usize> = HashMap::new();
        self.expected.iter().for_each(|expected| *owed.entry(expected.school).or_default() += 1);
        let counted = self.expected.iter().filter(|expected| expected.scored.is_some());
        for expected in counted {
            let (Some(source), Some(set)) = (&expected.source, self.book.get(&expected.set)) else { continue };
            if handed.contains_key(&*source.file) {
                continue;
            }
            let school = self.school_of(expected);
            let several = owed.get(&expected.school).is_some_and(|sets| *sets > 1);
            let school = School { name: Masked::of(&school.name).to_string(), ..school.clone() };
            let name = names::name_for(&school, set, several, &mut taken);
            let stem = name.strip_suffix(".xlsx").unwrap_or(&name);
            handed.insert(&*source.file, format!("{FOLDER}/{stem}.{}", self.ending(&source.file)));
        }
        if let Some(source) = self.offices.as_ref().and_then(|office| office.source.as_ref()) {
            let stem = names::OFFICE_FILE.strip_suffix(".xlsx").unwrap_or(names::OFFICE_FILE);
            handed.insert(&*source.file, format!("{FOLDER}/{stem}.{}", self.ending(&source.file)));
        }
        handed
    }

    /// The ending of a file where it is that of a workbook, else that of its content.
    fn ending(&self, file: &str) -> String {
        let told = file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        told.filter(|ending| ENDINGS.contains(&ending.as_str())).unwrap_or_else(|| {
            let format = self.files.iter().find(|seen| *seen.file == *file).map(|seen| seen.format.as_str());
            format.filter(|format| ENDINGS.contains(format)).unwrap_or("xlsx").to_owned()
        })
    }
}
