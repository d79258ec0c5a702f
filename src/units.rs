//! What units hand over: sealed results of offices below, each held against its seal, this office's rules and the returns
//! that lie in it, and joined to the outcome. Pure: knows bytes and outcomes, opens no file.
//!
//! ```text
//! roster of units ──┐
//! package (seal, fingerprints, result) ──► agree (year, rules, draft) ──► choose (one a unit) ──► join ──► retrace
//! ```

mod agree;
mod choose;
mod join;
mod managers;
mod package;
mod retrace;
mod roster;

pub use agree::{Ours, agree};
pub use choose::{Known, choose};
pub use join::{Joined, Own, join, managed};
pub(crate) use managers::is_of_department;
pub use package::{Files, PACKAGE_SEAL, Refused, Sealed, open};
pub use retrace::{Again, Retraced};
pub use roster::{Listed, read, sheet_of};

use crate::text;

/// Words for what kind of body a unit is, which its name bears or not.
const BODIES: [&[&str]; 4] =
    [&["uy", "ban", "nhan", "dan"], &["uy", "ban"], &["ubnd"], &["phong", "van", "hoa", "xa", "hoi"]];

/// A name as it is compared: without case, punctuation and the words for what kind of body it is ("UBND xã Long An" is
/// "Xã Long An"). Accents count: Tân Thành is not Tân Thạnh.
pub(crate) fn plain_name(name: &str) -> String {
    let words = text::spelling(name);
    let folded: Vec<String> = words.iter().map(|word| text::fold(word)).collect();
    let starts = |body: &&&[&str]| {
        folded.len() > body.len() && folded.iter().map(String::as_str).zip(body.iter().copied()).all(|(a, b)| a == b)
    };
    let own = BODIES.iter().find(starts).map_or(0, |body| body.len());
    words[own..].join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_unit_is_one_with_or_without_the_word_for_its_body() {
        let same = ["UBND xã Long An", "Xã Long An", "Ủy ban nhân dân xã Long An", "xã  LONG AN"];
        for name in same {
            assert_eq!(super::plain_name(name), super::plain_name("Xã Long An"), "{name}");
        }
        assert_ne!(super::plain_name("Phường Long An"), super::plain_name("Xã Long An"));
        assert_ne!(super::plain_name("Xã Tân Thành"), super::plain_name("Xã Tân Thạnh"));
        assert_eq!(super::plain_name("Xã Bình Hoà"), super::plain_name("Xã Bình Hòa"));
    }
}
