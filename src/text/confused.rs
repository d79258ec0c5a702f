//! Letters that fonts and converters confuse: they look like a Vietnamese one and are another. Recognising takes them for
//! it everywhere; what is shown is mended only where the word is sure.

use std::borrow::Cow;

use super::legacy::is_syllable;

/// The Vietnamese letter that this one stands for: the Icelandic and African D for Đ, the letter OI for Ư.
pub(super) fn meant(c: char) -> char {
    match c {
        'Ð' | 'Ɖ' => 'Đ',
        'ð' | 'ɖ' => 'đ',
        'Ƣ' => 'Ư',
        'ƣ' => 'ư',
        c => c,
    }
}

/// A name with the letters that were meant, in words that are Vietnamese with them or stand in capitals ("UBND", "GDĐT").
/// Not for evidence, which stays as typed.
pub fn mended(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| meant(c) == c) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphabetic());
        let new: String = word.chars().map(meant).collect();
        let is_sure = new.chars().nth(1).is_some() && (is_syllable(&new) || new.chars().all(char::is_uppercase));
        out.push_str(if is_sure { &new } else { word });
        out.push_str(&part[word.len()..]);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sure_words_are_mended_and_others_stay() {
        for (text, want) in [
            ("Trƣờng Tiểu học Phƣớc Lƣơng", "Trường Tiểu học Phước Lương"),
            ("Trường THCS Ðông Hòa (Ða Kao)", "Trường THCS Đông Hòa (Đa Kao)"),
            ("Phòng GDÐT Ðức Huệ", "Phòng GDĐT Đức Huệ"),
            ("TRƢỜNG ÐOÀN THỊ ÐIỂM", "TRƯỜNG ĐOÀN THỊ ĐIỂM"),
            ("Gísli Guðmundsson", "Gísli Guðmundsson"),
            ("Ð 12", "Ð 12"),
        ] {
            assert_eq!(mended(text), want);
        }
        assert!(matches!(mended("Trường Đông Hòa"), Cow::Borrowed(_)));
    }
}
