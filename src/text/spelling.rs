//! How a name is spelt, accents included: what is left to tell apart names that are equal once folded.

use unicode_normalization::UnicodeNormalization;

use super::confused::meant;
use super::fold;
use super::legacy::TONES;

/// The words of a name in small letters with their accents; where in the word the tone stands ("hòa", "hoà") does not
/// matter, nor do letters that fonts confuse.
pub fn spelling(text: &str) -> Vec<String> {
    let composed: String = text.nfkc().flat_map(char::to_lowercase).map(meant).collect();
    let words = composed.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let tone_last = |word: &str| {
        let (tones, letters): (String, String) = word.nfd().partition(|c| TONES.contains(c));
        letters.nfc().chain(tones.chars()).collect()
    };
    words.map(tone_last).collect()
}

/// Whether two names, equal once folded and shortened, are spelt alike as far as both have the same words: from the end,
/// since the words for the kind of school come first.
pub fn spelt_alike(a: &[String], b: &[String]) -> bool {
    let pairs = a.iter().rev().zip(b.iter().rev());
    pairs.take_while(|(a, b)| fold(a) == fold(b)).all(|(a, b)| a == b)
}

/// Whether two texts may be one name: equal once folded, and spelt alike where both have accents.
pub fn may_be_one_name(a: &str, b: &str) -> bool {
    fold(a) == fold(b) && (a.is_ascii() || b.is_ascii() || spelling(a) == spelling(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_accents_may_be_either() {
        assert!(may_be_one_name("TH Bình Hòa", "TH BINH HOA") && may_be_one_name("TH Bình Hòa", "TH BÌNH HOÀ"));
        assert!(!may_be_one_name("TH Bình Hòa", "TH Bình Hoa") && !may_be_one_name("TH Bình Hoa", "TH Bình Hưng"));
    }

    #[test]
    fn accents_count_and_their_place_does_not() {
        let alike = |a: &str, b: &str| spelt_alike(&spelling(a), &spelling(b));
        assert!(alike("Trường Tiểu học Bình Hòa", "TH BÌNH HOÀ"));
        assert!(alike("Trường THCS Ðông Hòa", "Trung học cơ sở Đông Ho\u{300}a"));
        assert!(alike("Trƣờng Phƣớc Lƣơng", "Trường Phước Lương"));
        assert!(!alike("Trường Tiểu học Bình Hòa", "Trường Tiểu học Bình Hoa"));
        assert!(!alike("Trường Tiểu học Bình Hòa", "TRUONG TIEU HOC BINH HOA"));
    }
}
