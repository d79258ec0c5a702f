//! A school's code at the start of a file's name: "80100012 Hoa Sen.xlsx". The only way by which a file that says
//! nothing itself is somebody's.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::school::{School, SchoolCode};

/// The roster's codes, found at the start of names in the time that one name takes.
#[derive(Debug)]
pub struct CodesAtStart<'s> {
    whole: HashMap<String, &'s SchoolCode>,
    /// By the code without leading zeros; `None` for several schools.
    bare: HashMap<String, Option<&'s SchoolCode>>,
    /// Of the longest code, in bytes.
    longest: usize,
}

impl<'s> CodesAtStart<'s> {
    /// The codes of these schools.
    pub fn of(schools: &'s [School]) -> CodesAtStart<'s> {
        let mut codes = CodesAtStart { whole: HashMap::new(), bare: HashMap::new(), longest: 0 };
        for code in schools.iter().map(|school| &school.code) {
            let whole = code.0.to_uppercase();
            codes.longest = codes.longest.max(whole.len());
            codes.whole.entry(whole).or_insert(code);
            codes.bare.entry(code.bare()).and_modify(|other| *other = None).or_insert(Some(code));
        }
        codes
    }

    /// The school whose code begins the name of this file (folders before it do not matter), with no letter or digit
    /// right after it. The longest code wins; one without its leading zeros matches where no other code is alike.
    pub fn find(&self, file: &str) -> Option<&'s SchoolCode> {
        let name: String = file.rsplit(['/', '\\']).next()?.nfc().collect::<String>().to_uppercase();
        let name = name.trim_start();
        let mut ends: Vec<usize> = Vec::new();
        let mut last_counts = false;
        for (at, c) in name.char_indices().chain([(name.len(), '\0')]) {
            if at > self.longest {
                break;
            }
            if last_counts && !c.is_alphanumeric() {
                ends.push(at);
            }
            last_counts = c.is_alphanumeric();
        }
        let starts = || ends.iter().rev().map(|&end| &name[..end]);
        let whole = starts().find_map(|start| self.whole.get(start).copied());
        whole.or_else(|| starts().find_map(|start| self.bare.get(start.trim_start_matches('0')).copied().flatten()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schools(codes: &[&str]) -> Vec<School> {
        let school = |code: &&str| School {
            code: SchoolCode((*code).to_owned()),
            name: String::new(),
            kinds: Vec::new(),
            unit: String::new(),
            email: String::new(),
            phone: String::new(),
            contact: String::new(),
            former_codes: Vec::new(),
            state: String::new(),
            row: 1,
        };
        codes.iter().map(school).collect()
    }

    #[test]
    fn a_code_begins_a_name() {
        let schools = schools(&["80100012", "801", "0801", "09123", "LA-01", "LA-01-B"]);
        let codes = CodesAtStart::of(&schools);
        let found = |file: &str| codes.find(file).map(|code| code.0.as_str());
        for file in ["nop/x/80100012.xlsx", "80100012 Hoa Sen.pdf", "80100012_ký.pdf", " 80100012-a.zip", "80100012"] {
            assert_eq!(found(file), Some("80100012"), "{file}");
        }
        assert_eq!(found("801000123.xlsx"), None);
        assert_eq!(found("80100012a.xlsx"), None);
        assert_eq!(found("Ký 80100012.pdf"), None);
        assert_eq!(found("80100012/quyet dinh.pdf"), None);
        assert_eq!(found("801.pdf"), Some("801"));
        assert_eq!(found("0801.pdf"), Some("0801"));
        assert_eq!(found("00801.pdf"), None);
        assert_eq!(found("9123 ký.pdf"), Some("09123"));
        assert_eq!(found("la-01-b.pdf"), Some("LA-01-B"));
        assert_eq!(found("la-01-c.pdf"), Some("LA-01"));
        assert_eq!(found(""), None);
        assert_eq!(CodesAtStart::of(&[]).find("801.pdf"), None);
    }
}
