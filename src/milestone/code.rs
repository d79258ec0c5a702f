//! The short code of a seal: from all that was frozen, so that a seal that was changed does not bear it any more.

use super::{Fingerprint, Seal};
use crate::fingerprint;

/// Digits and capitals that nobody mistakes for each other on paper.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Digits of a code: 50 bits.
const LENGTH: usize = 10;

impl Seal {
    /// The code that belongs to what the seal says. It does not cover the files that bear the code themselves; those
    /// are held to their fingerprints.
    pub fn expected_code(&self) -> String {
        // A run has files: without any it is the seal as it was handed over, which keeps the digest alone.
        let is_handed = self.decided.is_empty() && self.inputs.is_empty() && self.run_files.is_empty();
        let plain = match self.kept {
            Some(_) if !is_handed => Seal { kept: Some(self.digest_of_kept()), ..self.handed_over(Vec::new()) },
            Some(_) | None => self.clone(),
        };
        let plain = Seal { code: String::new(), outputs: Vec::new(), ..plain };
        let text = serde_json::to_vec(&plain).unwrap_or_default();
        let hash = blake3::hash(&text);
        let mut bits = u64::from_be_bytes(hash.as_bytes()[..8].try_into().unwrap_or_default());
        let mut code = String::with_capacity(LENGTH + 2);
        for i in 0..LENGTH {
            if i == 4 || i == 8 {
                code.push('-');
            }
            code.push(char::from(DIGITS[(bits >> 59) as usize]));
            bits <<= 5;
        }
        code
    }

    /// SHA-256 of the lists that stay with the office.
    pub fn digest_of_kept(&self) -> String {
        fingerprint::of(&serde_json::to_vec(&(&self.decided, &self.inputs, &self.run_files)).unwrap_or_default())
    }

    /// The seal as it lies in what is handed over, with the fingerprints of the files there.
    pub fn handed_over(&self, outputs: Vec<Fingerprint>) -> Seal {
        Seal { decided: Vec::new(), inputs: Vec::new(), run_files: Vec::new(), outputs, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use crate::milestone::{Fingerprint, Kind, Seal};

    fn seal() -> Seal {
        Seal {
            schema: 1,
            kind: Kind::Approval,
            code: String::new(),
            run: "2025-06-01T0200".to_owned(),
            run_at: jiff::civil::date(2025, 6, 1).at(2, 0, 0, 0),
            sealed_at: jiff::civil::date(2025, 6, 9).at(9, 0, 0, 0),
            program: "cds 0.1.0".to_owned(),
            office: "Phòng".to_owned(),
            year: "2024-2025".to_owned(),
            number: "12/QĐ".to_owned(),
            date: Some(jiff::civil::date(2025, 6, 9)),
            signer: crate::office::Person::default(),
            total: None,
            level: None,
            owed: 2,
            counted: 1,
            draft: false,
            decided: Vec::new(),
            accepted_all: false,
            rules: Vec::new(),
            inputs: vec![Fingerprint::of("nop/a.xlsx", b"a")],
            run_files: Vec::new(),
            outputs: Vec::new(),
            handed: None,
            kept: None,
        }
    }

    #[test]
    fn the_code_of_what_is_handed_over_is_that_of_the_seal() {
        let run_files = vec![Fingerprint::of("tong-hop.xlsx", b"c")];
        let mut one = Seal { handed: Some(Fingerprint::of("ket-qua.json", b"{}")), run_files, ..seal() };
        one.kept = Some(one.digest_of_kept());
        one.code = one.expected_code();
        let handed = one.handed_over(vec![Fingerprint::of("a", b"b")]);
        assert_eq!((handed.expected_code(), handed.inputs.len()), (one.code.clone(), 0));
        // What stays with the office is covered all the same, and so is what was handed over.
        assert_ne!(Seal { inputs: Vec::new(), ..one.clone() }.expected_code(), one.code);
        assert_ne!(Seal { handed: None, ..handed.clone() }.expected_code(), one.code);
        assert_ne!(Seal { kept: Some(String::new()), ..handed }.expected_code(), one.code);
    }

    #[test]
    fn the_code_covers_what_was_frozen() {
        let one = seal();
        let code = one.expected_code();
        assert_eq!((code.len(), code.matches('-').count()), (12, 2), "{code}");
        let sealed = Seal { code: code.clone(), outputs: vec![Fingerprint::of("a", b"b")], ..one.clone() };
        assert_eq!(sealed.expected_code(), code);
        assert_ne!(Seal { number: "13/QĐ".to_owned(), ..one.clone() }.expected_code(), code);
        assert_ne!(Seal { inputs: Vec::new(), ..one.clone() }.expected_code(), code);
        assert_eq!(sealed.line(), format!("Kết quả đã chốt để phê duyệt, số 12/QĐ, ngày 09/06/2025. Mã chốt: {code}"));
    }

    #[test]
    fn what_came_after_is_what_was_not_seen() {
        let seal = seal();
        assert!(!seal.came_after(&Fingerprint::of("nop/khac.xlsx", b"a").sha256));
        assert!(seal.came_after(&Fingerprint::of("nop/a.xlsx", b"b").sha256));
        assert!(!seal.came_after(""));
    }

    #[test]
    fn a_seal_goes_both_ways() {
        let seal = seal();
        let text = serde_json::to_string(&seal).unwrap();
        assert!(text.contains("\"kind\":\"phe-duyet\""));
        assert_eq!(serde_json::from_str::<Seal>(&text).unwrap(), seal);
        for kind in Kind::ALL {
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.word()));
        }
    }
}
