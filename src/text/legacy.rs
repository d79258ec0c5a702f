//! Text in TCVN3 (ABC) and VNI, the encodings before Unicode: it comes as Latin letters and signs that only an old font
//! shows as Vietnamese. Recognised by what it becomes: Vietnamese syllables, where before there were none.

use unicode_normalization::UnicodeNormalization;

/// An encoding before Unicode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Legacy {
    /// TCVN 5712:1993, with fonts such as .VnTime.
    Tcvn3,
    /// VNI, with fonts such as VNI-Times.
    Vni,
}

impl Legacy {
    /// As people call it.
    pub fn name(self) -> &'static str {
        match self {
            Legacy::Tcvn3 => "TCVN3",
            Legacy::Vni => "VNI",
        }
    }

    /// The text that this is in Unicode; what the encoding does not have stays, and so do addresses.
    pub fn decode(self, text: &str) -> String {
        let word = |word: &str| match self {
            _ if is_address(word) => word.to_owned(),
            Legacy::Tcvn3 => word.split_inclusive(|c: char| c.is_ascii_punctuation()).map(tcvn3).collect(),
            Legacy::Vni => vni(word),
        };
        text.split_inclusive(char::is_whitespace).map(word).collect()
    }
}

/// The encoding of a text that is surely a legacy one: signs that Vietnamese does not have become Vietnamese syllables,
/// and it has none of the letters that only Unicode has.
pub fn recognise(text: &str) -> Option<Legacy> {
    if !has_foreign(text) || is_modern(text) {
        return None;
    }
    let sound = |encoding: Legacy| {
        let (good, bad) = syllables(&encoding.decode(text));
        (good > 0 && bad * 4 <= good).then_some((good, std::cmp::Reverse(bad), encoding))
    };
    let (before, _) = syllables(text);
    let best = [Legacy::Vni, Legacy::Tcvn3].into_iter().filter_map(sound).max_by_key(|(good, bad, _)| (*good, *bad))?;
    (best.0 > before).then_some(best.2)
}

/// Whether a text holds letters that only Unicode has; such a text is no legacy one.
pub fn is_modern(text: &str) -> bool {
    text.chars().any(|c| c > '\u{FF}' && c.is_alphabetic())
}

/// Whether a text holds anything that a legacy encoding would change.
pub fn has_high_latin(text: &str) -> bool {
    text.chars().any(|c| ('\u{A1}'..='\u{FF}').contains(&c))
}

/// Whether a word is a link or an e-mail address.
fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains('@') || word.starts_with("www.")
}

/// Whether a text has any of the upper half of Latin-1 that no Vietnamese text has. Every text of every return is asked: by
/// the first bytes of these letters.
fn has_foreign(text: &str) -> bool {
    // ÀÁÂÃ ÈÉÊ ÌÍ Ð ÒÓÔÕ ÙÚ Ý, the small ones 0x20 behind. Ð stands for Đ ("QÐ 12") more often than for é.
    let is_vietnamese = |byte: u8| matches!(byte & 0x1F, 0x00..=0x03 | 0x08..=0x0A | 0x0C | 0x0D | 0x10 | 0x12..=0x15 | 0x19 | 0x1A | 0x1D);
    let bytes = text.as_bytes();
    memchr::memchr2_iter(0xC2, 0xC3, bytes).any(|at| match (bytes[at], bytes.get(at + 1)) {
        (0xC2, Some(second)) => *second > 0xA0,
        (_, Some(second)) => !is_vietnamese(*second),
        (_, None) => false,
    })
}

/// How many words with accents are Vietnamese syllables, and how many are not.
fn syllables(text: &str) -> (usize, usize) {
    let mut counts = (0, 0);
    // A single letter proves nothing: "Ø 12" is a diameter; nor does one beside a number: "5µm".
    let counts_for =
        |word: &&str| !word.is_ascii() && word.chars().nth(1).is_some() && !word.contains(char::is_numeric);
    let words = text.split_whitespace().filter(|word| !is_address(word));
    for word in words.flat_map(|word| word.split(|c: char| !c.is_alphanumeric())).filter(counts_for) {
        match is_syllable(word) {
            true => counts.0 += 1,
            false => counts.1 += 1,
        }
    }
    counts
}

/// Longer ones first.
const ONSETS: [&str; 28] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
    "n", "p", "r", "s", "t", "v", "x", "",
];
const RHYMES: &str = "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng \
    eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan \
    oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt \
    ơ ơi ơm ơn ơp ơt u ua uâc uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych \
    uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y ych yêm yên yêng yêt yêu yn \
    ynh yt";

/// Whether a word is spelt as one Vietnamese syllable: an onset, a rhyme, and at most one tone that the rhyme can bear.
pub(super) fn is_syllable(word: &str) -> bool {
    // Capitals inside a word ("TiÓu") are a sign of another encoding.
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    if capitals > 1 && capitals < word.chars().count() || (capitals == 1 && !word.starts_with(char::is_uppercase)) {
        return false;
    }
    let (tones, letters): (Vec<char>, Vec<char>) = word.to_lowercase().nfd().partition(|c| TONES.contains(c));
    let bare: String = letters.into_iter().nfc().collect();
    let stopped = ["c", "ch", "p", "t"].iter().any(|end| bare.ends_with(end));
    let sounds =
        |onset: &&str| bare.strip_prefix(*onset).is_some_and(|rest| RHYMES.split(' ').any(|rhyme| rhyme == rest));
    // A syllable that ends in a stop is sharp or heavy.
    tones.len() <= 1 && (!stopped || matches!(tones[..], ['\u{301}' | '\u{323}'])) && ONSETS.iter().any(sounds)
}

/// Huyền, sắc, ngã, hỏi, nặng.
pub(super) const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// The letters of TCVN3 from 0xA1 on; a blank where it has none.
const TCVN3: &str = "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ";

/// A word without signs within. One whose only odd letter is Ð is Vietnamese with é, or stays.
fn tcvn3(word: &str) -> String {
    let letter = |c: char| {
        let place = u32::from(c).checked_sub(0xA1).and_then(|at| usize::try_from(at).ok());
        place.and_then(|at| TCVN3.chars().nth(at)).filter(|letter| *letter != ' ').unwrap_or(c)
    };
    let decoded: String = word.chars().map(letter).collect();
    let is_doubtful = word.contains('Ð') && word.chars().all(|c| c.is_ascii() || c == 'Ð');
    let as_letters = decoded.trim_matches(|c: char| !c.is_alphabetic());
    if is_doubtful && !is_syllable(as_letters) { word.to_owned() } else { decoded }
}

/// Letters of VNI that are one sign.
const VNI_SINGLE: [(char, char); 14] = [
    ('ñ', 'đ'),
    ('Ñ', 'Đ'),
    ('ô', 'ơ'),
    ('Ô', 'Ơ'),
    ('ö', 'ư'),
    ('Ö', 'Ư'),
    ('æ', 'ỉ'),
    ('Æ', 'Ỉ'),
    ('ó', 'ĩ'),
    ('Ó', 'Ĩ'),
    ('ò', 'ị'),
    ('Ò', 'Ị'),
    ('î', 'ỵ'),
    ('Î', 'Ỵ'),
];
/// Signs of VNI behind a vowel, with the marks that they put on it.
const VNI_MARKS: [(char, &str); 17] = [
    ('ø', "\u{300}"),
    ('ù', "\u{301}"),
    ('û', "\u{309}"),
    ('õ', "\u{303}"),
    ('ï', "\u{323}"),
    ('â', "\u{302}"),
    ('à', "\u{302}\u{300}"),
    ('á', "\u{302}\u{301}"),
    ('å', "\u{302}\u{309}"),
    ('ã', "\u{302}\u{303}"),
    ('ä', "\u{302}\u{323}"),
    ('ê', "\u{306}"),
    ('è', "\u{306}\u{300}"),
    ('é', "\u{306}\u{301}"),
    ('ú', "\u{306}\u{309}"),
    ('ü', "\u{306}\u{303}"),
    ('ë', "\u{306}\u{323}"),
];

fn vni(text: &str) -> String {
    let mut out: Vec<char> = Vec::new();
    let mut vowel = false;
    for c in text.chars() {
        let lower = c.to_lowercase().next().unwrap_or(c);
        if let Some((_, marks)) = VNI_MARKS.iter().find(|(sign, _)| vowel && *sign == lower) {
            out.extend(marks.chars());
            vowel = false;
            continue;
        }
        let letter = VNI_SINGLE.iter().find(|(sign, _)| *sign == c).map_or(c, |(_, letter)| *letter);
        vowel = "aeouyơưAEOUYƠƯ".contains(letter);
        out.push(letter);
    }
    out.into_iter().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_text_becomes_what_its_font_showed() {
        for (text, encoding, want) in [
            ("Tr\u{AD}êng TiÓu häc Hoa Sen", Legacy::Tcvn3, "Trường Tiểu học Hoa Sen"),
            ("§iÓm tù ®¸nh gi¸", Legacy::Tcvn3, "Điểm tự đánh giá"),
            ("Kh«ng", Legacy::Tcvn3, "Không"),
            ("PhiÕu tù ®¸nh gi¸ n¨m häc 2024-2025", Legacy::Tcvn3, "Phiếu tự đánh giá năm học 2024-2025"),
            ("Tröôøng Tieåu hoïc Hoa Sen", Legacy::Vni, "Trường Tiểu học Hoa Sen"),
            ("Ñieåm töï ñaùnh giaù", Legacy::Vni, "Điểm tự đánh giá"),
            ("TRÖÔØNG THCS LEÂ LÔÏI", Legacy::Vni, "TRƯỜNG THCS LÊ LỢI"),
            ("Minh chöùng", Legacy::Vni, "Minh chứng"),
        ] {
            assert_eq!(recognise(text), Some(encoding), "{text}");
            assert_eq!(encoding.decode(text), want);
        }
        let beside = "KÐo co, Q§ 12/QÐ-TH https://a.vn/hä";
        assert_eq!(Legacy::Tcvn3.decode(beside), "Kéo co, QĐ 12/QÐ-TH https://a.vn/hä");
    }

    #[test]
    fn other_text_is_left_alone() {
        for text in [
            "Trường Tiểu học Hoa Sen",
            "Tru\u{31B}o\u{31B}\u{300}ng",
            "Kế hoạch số 12/KH § 3 «mới»",
            "25 °C ± 2",
            "Ø 12",
            "Café René",
            "Có",
            "80100001",
            "Cã",
            "QÐ 12/QÐ-1.1",
            "NÐ 30/2020/NÐ-CP",
            "Ðạt",
            "Ðông Hoà",
            "Lọc 5µm",
            "https://a.vn/hä/tù",
            "QÐ 12 «mới»",
        ] {
            assert_eq!(recognise(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_vietnamese_is_not_foreign() {
        let foreign = |c: char| has_foreign(&format!("a{c}b"));
        let vietnamese: String = ('\u{A1}'..='\u{FF}').filter(|c| !foreign(*c)).collect();
        assert_eq!(vietnamese, "ÀÁÂÃÈÉÊÌÍÐÒÓÔÕÙÚÝàáâãèéêìíðòóôõùúý");
        assert!(!('\0'..='\u{A0}').chain('\u{100}'..='\u{FFFF}').any(foreign));
    }

    #[test]
    fn syllables_are_told_from_heaps_of_letters() {
        for word in ["trường", "Quyết", "giữ", "gì", "NGHIÊNG", "đội", "quốc", "uỷ", "khuya", "được", "Yên", "quý"]
        {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["TiÓu", "häc", "quyêt", "đướnđ", "trưướng", "xqế", "qé"] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
