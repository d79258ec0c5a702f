//! Telephone numbers as they are written in Vietnam: of ten or eleven digits with a 0 before them, with +84, parted by
//! spaces, dots and strokes; and shorter ones behind a word that says what they are. Dates, codes, sums and scores are
//! none.

use super::{Sign, Span};
use crate::text::fold;

/// Digits side by side: signs `from..to`.
type Group = Span;

/// Groups of a number at most.
const MOST_GROUPS: usize = 6;
/// Signs between two groups of a number at most: `) - `.
const WIDEST_GAP: usize = 3;
/// A word of so many letters and digits with more digits than the number is somebody's identifier, as those in links.
const IDENTIFIER: usize = 20;

pub(super) fn find(signs: &[Sign]) -> Vec<Span> {
    let groups = groups(signs);
    let mut found = Vec::new();
    let mut at = 0;
    while at < groups.len() {
        match number(signs, &groups, at) {
            Some((span, count)) => {
                found.push(span);
                at += count;
            }
            // Of a date, none of its parts begins a number.
            None => at += if is_date(signs, &groups, at) { 3 } else { 1 },
        }
    }
    found
}

fn groups(signs: &[Sign]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, sign) in signs.iter().enumerate() {
        match groups.last_mut() {
            _ if !sign.c.is_ascii_digit() => {}
            Some(last) if last.end == at => last.end += 1,
            _ => groups.push(at..at + 1),
        }
    }
    groups
}

fn digits(signs: &[Sign], group: &Group) -> String {
    signs[group.clone()].iter().map(|sign| sign.c).collect()
}

/// The number that begins with this group, and of how many groups it is.
fn number(signs: &[Sign], groups: &[Group], at: usize) -> Option<(Span, usize)> {
    let first = groups.get(at)?;
    if is_date(signs, groups, at) || is_in_identifier(signs, first) {
        return None;
    }
    let joined = |i: usize| i == at || joins(signs, groups[i - 1].end..groups[i].start);
    let together = (at..groups.len()).take(MOST_GROUPS).take_while(|i| joined(*i)).count();
    let parts: Vec<String> = groups[at..at + together].iter().map(|group| digits(signs, group)).collect();
    let plus = first.start.checked_sub(1).filter(|before| signs[*before].c == '+');
    for count in 1..=together {
        let parts = &parts[..count];
        let end = groups[at + count - 1].end;
        let is_number = is_national(parts)
            || is_international(parts, plus.is_some())
            || (count == 1 && is_without_zero(signs, first, &parts[0]));
        if is_number {
            return Some((begin(signs, plus.unwrap_or(first.start), end)..end, count));
        }
    }
    // The longest that a word before it may mean.
    let tight = |i: usize| i == 0 || groups[at + i].start - groups[at + i - 1].end == 1;
    let close = (0..together).take_while(|i| tight(*i)).count();
    let count = (1..=close).rev().find(|count| is_short(&parts[..*count]))?;
    if !is_named(signs, first.start) {
        return None;
    }
    let end = groups[at + count - 1].end;
    Some((begin(signs, first.start, end)..end, count))
}

/// With the bracket before it whose other half is within.
fn begin(signs: &[Sign], start: usize, end: usize) -> usize {
    let opens = start.checked_sub(1).filter(|before| signs[*before].c == '(');
    opens.filter(|_| signs[start..end].iter().any(|sign| sign.c == ')')).unwrap_or(start)
}

fn joins(signs: &[Sign], gap: Span) -> bool {
    let is_joint =
        |c: char| c.is_whitespace() || matches!(c, '.' | '-' | '–' | '—' | '‑' | '‐' | '(' | ')' | '_' | '\'' | '·');
    gap.len() <= WIDEST_GAP && signs[gap].iter().all(|sign| is_joint(sign.c))
}

/// `0912 345 678`, `(0272) 3 888 999`, `02438695144`.
fn is_national(parts: &[String]) -> bool {
    let whole = parts.concat();
    let is_parted = match parts {
        [_] => true,
        // "0 912 345 678"; "0.912345678" is a fraction.
        [zero, rest @ ..] if zero == "0" => rest.len() >= 2 && rest.iter().all(|part| part.len() >= 3),
        // "072 3 888 999": one digit alone only behind the area.
        [area, rest @ ..] => {
            let alone = rest.iter().enumerate().filter(|(_, part)| part.len() == 1);
            area.len() >= 2 && alone.clone().count() <= 1 && alone.into_iter().all(|(i, _)| i == 0 && area.len() >= 3)
        }
        [] => false,
    };
    is_parted && is_subscriber(&whole) && !counts_up(parts)
}

/// Whether these digits, with the 0 before them, are a number that somebody may have: mobile ones, fixed ones, and those
/// of before 2017 and 2018, which still stand on letter heads.
fn is_subscriber(whole: &str) -> bool {
    let digit = |i: usize| whole.as_bytes().get(i).copied().unwrap_or_default();
    match (digit(0), digit(1), whole.len()) {
        (b'0', b'3' | b'5' | b'7' | b'8' | b'9', 10) | (b'0', b'2', 11) => true,
        (b'0', b'1', 11) => matches!(digit(2), b'2' | b'6' | b'8' | b'9'),
        (b'0', b'2' | b'6', 10) => matches!(digit(3), b'3' | b'6'),
        (b'0', b'4', 10) => (b'2'..=b'7').contains(&digit(2)),
        _ => false,
    }
}

/// Pairs that count up, as classes or months do: 03 04 05 06 07.
fn counts_up(parts: &[String]) -> bool {
    let numbers: Vec<u32> = parts.iter().filter(|part| part.len() == 2).filter_map(|part| part.parse().ok()).collect();
    parts.len() > 2 && numbers.len() == parts.len() && numbers.windows(2).all(|pair| pair[0] + 1 == pair[1])
}

/// `+84 912 345 678`, `(+84) 0912345678`, `0084912345678`, `84912345678`.
fn is_international(parts: &[String], plus: bool) -> bool {
    let whole = parts.concat();
    let (rest, is_sure) = match whole.strip_prefix("0084") {
        Some(rest) => (rest, true),
        None => match whole.strip_prefix("84") {
            Some(rest) => (rest, plus),
            None => return false,
        },
    };
    let national = if rest.starts_with('0') { rest.to_owned() } else { format!("0{rest}") };
    let is_shaped = is_sure || parts.len() == 1 || parts.first().is_some_and(|part| part == "84");
    let is_parted = parts.iter().skip(2).all(|part| part.len() > 1);
    is_shaped
        && is_parted
        && is_subscriber(&national)
        && (is_sure || !matches!(national.as_bytes().get(1), Some(b'0' | b'1' | b'4' | b'6')))
}

/// `912345678`: a spreadsheet program takes the number for one and drops its 0. Not in links, nor where it is a sum.
fn is_without_zero(signs: &[Sign], group: &Group, digits: &str) -> bool {
    if digits.len() != 9 || !is_subscriber(&format!("0{digits}")) {
        return false;
    }
    let before = group.start.checked_sub(1).and_then(|at| signs.get(at)).map_or(' ', |sign| sign.c);
    let behind: String = signs[group.end..].iter().take(8).map(|sign| sign.c).collect();
    let money = fold(&behind);
    let is_money = ["d", "dong", "vnd", "usd", "trieu", "byte"].contains(&money.split(' ').next().unwrap_or_default());
    let goes_on = behind.starts_with(char::is_alphanumeric)
        || behind.starts_with([',', '.']) && behind.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    !is_money
        && !goes_on
        && !before.is_alphanumeric()
        && !matches!(before, '/' | '=' | ',' | '.' | '-' | '_' | '#' | '$')
}

/// A number without its area, where a word says that it is one: `3 888 999`, `1900.1234`.
fn is_short(parts: &[String]) -> bool {
    let whole = parts.concat();
    let is_code = parts.len() == 1 && whole.len() == 8 && !whole.starts_with(['1', '2', '3', '6']);
    (7..=12).contains(&whole.len()) && !is_code
}

/// Whether the words before say that a telephone number follows.
fn is_named(signs: &[Sign], start: usize) -> bool {
    const NAMES: [&str; 13] =
        ["dt", "sdt", "dtdd", "dd", "tel", "phone", "mobile", "zalo", "viber", "fax", "hotline", "thoai", "dong"];
    const BETWEEN: [&str; 8] = ["so", "la", "may", "ban", "ca", "nhan", "cq", "nr"];
    const LOOKED_AT: usize = 32;
    let before: String = signs[start.saturating_sub(LOOKED_AT)..start].iter().map(|sign| sign.c).collect();
    let folded = fold(&before);
    let mut words = folded.rsplit(' ').skip_while(|word| BETWEEN.contains(word));
    match (words.next(), words.next()) {
        (Some("thoai"), first) => first == Some("dien"),
        (Some("dong"), first) => first == Some("di"),
        (Some(word), _) => NAMES.contains(&word),
        (None, _) => false,
    }
}

/// `01.06.2025`, `1-6-2025`, `05 09 2024`.
fn is_date(signs: &[Sign], groups: &[Group], at: usize) -> bool {
    let Some([day, month, year]) = groups.get(at..at + 3) else { return false };
    let number = |group: &Group| digits(signs, group).parse::<u32>().unwrap_or(u32::MAX);
    let is_near = day.end + 1 == month.start && month.end + 1 == year.start;
    let parted = |at: usize| matches!(signs[at].c, '.' | '-' | ' ' | '/' | '_');
    is_near
        && parted(day.end)
        && parted(month.end)
        && day.len() <= 2
        && month.len() <= 2
        && year.len() == 4
        && (1..=31).contains(&number(day))
        && (1..=12).contains(&number(month))
        && (1900..2100).contains(&number(year))
}

fn is_in_identifier(signs: &[Sign], group: &Group) -> bool {
    let is_word = |sign: &&Sign| sign.c.is_ascii_alphanumeric();
    let before = signs[..group.start].iter().rev().take_while(is_word).count();
    let behind = signs[group.end..].iter().take_while(is_word).count();
    let word = &signs[group.start - before..group.end + behind];
    let digits = word.iter().filter(|sign| sign.c.is_ascii_digit()).count();
    word.len() >= IDENTIFIER && digits > group.len()
}

#[cfg(test)]
mod tests {
    use super::super::Masked;

    #[test]
    fn numbers_are_found_in_every_shape() {
        for text in [
            "0912345678",
            "0912 345 678",
            "0912.345.678",
            "0912-345-678",
            "091 234 5678",
            "09 12 34 56 78",
            "0912 34 56 78",
            "0 912 345 678",
            "0912\u{A0}345\u{A0}678",
            "0912\u{202F}345\u{2009}678",
            "0912\n345678",
            "0912_345_678",
            "０９１２３４５６７８",
            "０９１２．３４５．６７８",
            "091\u{200B}2345678",
            "+84912345678",
            "+84 912 345 678",
            "+84 9 1234 5678",
            "+84.912.345.678",
            "(+84) 912 345 678",
            "(+84)0912345678",
            "+84(0)912345678",
            "＋84912345678",
            "0084 912 345 678",
            "84912345678",
            "84 912 345 678",
            "912345678",
            "02723888999",
            "0272 3888 999",
            "(0272) 3.888.999",
            "0272-3-888-999",
            "072 3 888 999",
            "024 3869 5144",
            "01234567890",
        ] {
            let masked = Masked::of(text);
            let left = masked.replace("[số điện thoại]", "");
            assert!(left.is_empty(), "{text:?}: {masked}");
            let sentence = format!("Liên hệ cô Hoa: {text}, lớp 5 ngày 1/6/2025 QĐ 12");
            let masked = Masked::of(&sentence);
            assert!(masked.contains("[số điện thoại]"), "{sentence}: {masked}");
            assert!(masked.ends_with(", lớp 5 ngày 1/6/2025 QĐ 12"), "{sentence}: {masked}");
        }
    }

    #[test]
    fn numbers_stick_to_words_and_to_each_other() {
        let masked = |text: &str| Masked::of(text).replace("[số điện thoại]", "#");
        assert_eq!(masked("SĐT0912345678Hoa"), "SĐT#Hoa");
        assert_eq!(masked("0912345678-0987654321"), "#-#");
        assert_eq!(masked("0912 345 678 0987 654 321"), "# #");
        assert_eq!(masked("80107304_0912345678_Hoa.xlsx"), "80107304_#_Hoa.xlsx");
        assert_eq!(masked("ngày 05.09.2024 0912345678"), "ngày 05.09.2024 #");
        assert_eq!(masked("https://zalo.me/0912345678"), "https://zalo.me/#");
        assert_eq!(masked("ĐT: 3 888 999"), "ĐT: #");
        assert_eq!(masked("Điện thoại bàn số 3888999."), "Điện thoại bàn số #.");
        assert_eq!(masked("hotline 1900 1234"), "hotline #");
        assert_eq!(masked("Điểm 912345678 vượt tối đa 6"), "Điểm # vượt tối đa 6");
        assert_eq!(masked("nhóm Zalo 80107304"), "nhóm Zalo 80107304");
        assert_eq!(masked("ĐT ngày 05.09.2024"), "ĐT ngày 05.09.2024");
    }
}
