//! The one table of what can be said. `cds explain`, the README's table and the tests are made from it.

use super::{Code, Severity};

/// All that is fixed about a finding: its number, weight and wording. `{name}` stands for a value.
#[derive(Debug)]
pub struct Entry {
    /// Stable; never used for anything else.
    pub code: Code,
    /// The weight that it has unless a rule says otherwise.
    pub severity: Severity,
    /// What is wrong, in Vietnamese.
    pub vi: &'static str,
    /// What to do, in Vietnamese.
    pub vi_advice: &'static str,
    /// What is wrong, in English.
    pub en: &'static str,
    /// What to do, in English.
    pub en_advice: &'static str,
    /// Values that make an example of it.
    pub example: &'static [(&'static str, &'static str)],
}

/// Declares the entries of one hundred: a constant for each code, and `ENTRIES`.
macro_rules! entries {
    ($( $number:literal $name:ident $severity:ident
        vi $vi:literal => $vi_advice:literal
        en $en:literal => $en_advice:literal
        eg { $( $key:ident : $value:literal ),* $(,)? } )*) => {
        $( #[doc = $en] pub const $name: super::Code = super::Code($number); )*
        pub(super) const ENTRIES: &[super::Entry] = &[ $( super::Entry {
            code: $name,
            severity: super::Severity::$severity,
            vi: $vi,
            vi_advice: $vi_advice,
            en: $en,
            en_advice: $en_advice,
            example: &[ $( (stringify!($key), $value) ),* ],
        } ),* ];
    };
}
pub(super) use entries;

/// Codes that once were: never to be used again.
#[cfg(test)]
const RETIRED: &[u16] = &[];

/// Every entry, by code.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    [
        super::file::ENTRIES,
        super::identity::ENTRIES,
        super::layout::ENTRIES,
        super::value::ENTRIES,
        super::completeness::ENTRIES,
        super::consistency::ENTRIES,
        super::rules::ENTRIES,
        super::dossier::ENTRIES,
        super::office::ENTRIES,
        super::recognised::ENTRIES,
        super::units::ENTRIES,
    ]
    .into_iter()
    .flatten()
}

/// The entry with this code.
pub(super) fn find(code: Code) -> Option<&'static Entry> {
    all().find(|entry| entry.code == code)
}

/// The entry of a code. A [`Code`] is made from the catalogue's constants or parsed against it, so it has one.
pub fn entry(code: Code) -> &'static Entry {
    match find(code) {
        Some(entry) => entry,
        None => unreachable!("{code} is not in the catalogue"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Finding, Lang};
    use super::*;

    #[test]
    fn codes_are_unique_ordered_in_range_and_never_reused() {
        let codes: Vec<u16> = all().map(|entry| entry.code.0).collect();
        assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
        assert!(codes.iter().all(|code| (100..1000).contains(code) && !RETIRED.contains(code)));
    }

    #[test]
    fn every_message_is_whole_in_both_languages_and_its_example_fills_it() {
        for entry in all() {
            let mut finding = Finding::new(entry.code);
            for (name, value) in entry.example {
                finding = finding.with(name, value);
                let used = [entry.vi, entry.vi_advice, entry.en, entry.en_advice];
                assert!(used.iter().any(|text| text.contains(&format!("{{{name}}}"))), "{}: {name}", entry.code);
            }
            for template in [entry.vi, entry.vi_advice, entry.en, entry.en_advice] {
                assert!(!template.is_empty(), "{}", entry.code);
                for name in template.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
                    assert!(entry.example.iter().any(|(key, _)| *key == name), "{}: {name}", entry.code);
                }
            }
            for lang in [Lang::Vi, Lang::En] {
                assert!(finding.message(lang).ends_with(['.', '?']), "{}", finding.message(lang));
                assert!(finding.advice(lang).ends_with('.'), "{}", finding.advice(lang));
            }
        }
    }
}
