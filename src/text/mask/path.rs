//! Paths of machines: of Windows, of a network's shares, of Unix.

use super::{Sign, Span, is_word, stands};

/// The folders at the root of Unix machines in which people's files lie.
const ROOTS: [&str; 15] = [
    "home", "users", "root", "mnt", "media", "tmp", "var", "opt", "etc", "usr", "srv", "run", "volumes", "private",
    "storage",
];

pub(super) fn find(signs: &[Sign]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < signs.len() {
        match head(signs, at) {
            Some(body) => {
                let end = end(signs, body).max(body);
                found.push(at..end);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Where what follows the beginning of a path is, if one begins here.
fn head(signs: &[Sign], at: usize) -> Option<usize> {
    let is = |i: usize, wanted: &[char]| signs.get(i).is_some_and(|sign| wanted.contains(&sign.c));
    let before = at.checked_sub(1).and_then(|i| signs.get(i));
    if ["file://", "smb://"].iter().any(|scheme| stands(signs, at, scheme)) {
        return Some(at + 6);
    }
    if is_word(before) {
        return None;
    }
    if signs[at].c.is_ascii_alphabetic() && is(at + 1, &[':']) && is(at + 2, &['\\', '/']) {
        return Some(at + 3);
    }
    if is(at, &['\\']) && is(at + 1, &['\\']) && is_word(signs.get(at + 2)) && before.is_none_or(|sign| sign.c != '\\')
    {
        return Some(at + 2);
    }
    // Not within an address; "..//home/hoa" is one path put behind another.
    let is_behind = |sign: &Sign| match sign.c {
        '/' => at < 2 || is_word(signs.get(at - 2)) || matches!(signs[at - 2].c, ':' | '/'),
        c => matches!(c, '\\' | ':' | '.' | '~' | ')' | ']'),
    };
    if before.is_some_and(is_behind) {
        return None;
    }
    if is(at, &['~']) && is(at + 1, &['/', '\\']) && is_word(signs.get(at + 2)) {
        return Some(at + 2);
    }
    let root = ROOTS.iter().find(|root| stands(signs, at + 1, root) && is(at + 1 + root.len(), &['/']));
    root.filter(|_| is(at, &['/'])).map(|root| at + 2 + root.len())
}

/// Where a path ends. Names of folders hold spaces and commas, so it goes on as long as there are strokes; the last name
/// ends with what tells its format.
fn end(signs: &[Sign], body: usize) -> usize {
    let is_stroke = |i: usize| signs.get(i).is_some_and(|sign| matches!(sign.c, '\\' | '/'));
    let is_hard = |c: char| matches!(c, '\n' | '\r' | '\t' | ';' | '"' | '<' | '>' | '|' | '*' | '“' | '”');
    let goes_on = |from: usize| {
        let rest = signs[from..].iter().take_while(|sign| !is_hard(sign.c));
        rest.take(200).any(|sign| sign.c == '\\')
    };
    let (mut at, mut part, mut space) = (body, body, None);
    while let Some(sign) = signs.get(at) {
        let is_last = signs.get(at + 1).is_none_or(|next| next.c.is_whitespace());
        match sign.c {
            c if is_hard(c) => break,
            ',' | ')' | ']' | '?' | '!' if is_last && !goes_on(at) => break,
            '/' if space.is_some() && signs[at - 1].c.is_ascii_digit() => {
                // "… và QĐ 12/QĐ-UBND": the number of a document follows.
                return space.unwrap_or(at);
            }
            _ if is_stroke(at) => (part, space) = (at + 1, None),
            c if c.is_whitespace() => {
                if is_file(&signs[part..at]) {
                    break;
                }
                space = space.or(Some(at));
            }
            _ => {}
        }
        at += 1;
    }
    while at > body && matches!(signs[at - 1].c, '.' | ',' | ':' | ' ' | '\u{A0}') {
        at -= 1;
    }
    at
}

/// Whether a name ends with a format: `QĐ 12.pdf`, also before a comma.
fn is_file(name: &[Sign]) -> bool {
    let text: String = name.iter().map(|sign| sign.c).collect();
    let text = text.trim_end_matches([',', ')', ']', '.', ':']);
    text.rsplit_once('.').is_some_and(|(stem, format)| {
        let is_format = (2..=5).contains(&format.len()) && format.bytes().all(|byte| byte.is_ascii_alphanumeric());
        !stem.is_empty() && is_format && format.bytes().any(|byte| byte.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    use super::super::Masked;

    #[test]
    fn paths_are_found() {
        for text in [
            "C:\\Users\\Hoa\\Desktop\\a.xlsx",
            "d:/Hoa/minh chung/QĐ 12.pdf",
            "D:\\Hồ sơ, minh chứng\\năm (2025)\\QĐ 12.pdf",
            "C:\\Users\\Nguyễn Thị Hoa",
            "\\\\MAY-CHU\\chung\\Hoa\\a.docx",
            "file:///C:/Users/Hoa/a.xlsx",
            "file://may-chu/chung/a.xlsx",
            "/home/hoa/a.xlsx",
            "/Users/hoa/Minh chứng/a.xlsx",
            "~/Documents/a.xlsx",
            "smb://may-chu/chung",
            "C：＼Users＼Hoa",
        ] {
            assert_eq!(&*Masked::of(text), "[đường dẫn máy]", "{text}");
            let quoted = format!("ở “{text}”, ngày 3/5/2025");
            assert_eq!(&*Masked::of(&quoted), "ở “[đường dẫn máy]”, ngày 3/5/2025", "{text}");
        }
        assert_eq!(&*Masked::of("D:\\a.pdf, QĐ 12/QĐ-UBND"), "[đường dẫn máy], QĐ 12/QĐ-UBND");
        assert_eq!(&*Masked::of("D:\\a và QĐ 12/QĐ-UBND"), "[đường dẫn máy] và QĐ 12/QĐ-UBND");
        assert_eq!(&*Masked::of("(xem D:\\a.pdf)"), "(xem [đường dẫn máy])");
        assert_eq!(&*Masked::of("D:\\a\\b.pdf và E:\\c.pdf"), "[đường dẫn máy] và [đường dẫn máy]");
    }

    #[test]
    fn paths_are_found_behind_others() {
        assert_eq!(&*Masked::of("../\\\\may\\hoa"), "../[đường dẫn máy]");
        assert_eq!(&*Masked::of("..//home/hoa"), "../[đường dẫn máy]");
    }

    #[test]
    fn what_is_no_path_stays() {
        for text in [
            "https://home/a/b",
            "Mục a:b",
            "https://x.vn/home/tin",
            "http://x.vn:8080/users/a",
            "12/QĐ-UBND",
            "QĐ 12\\QĐ-UBND",
            "A:B, tỉ lệ 3:/4",
            "nop/a.xlsx",
            "/ tháng",
            "và/hoặc",
        ] {
            assert_eq!(&*Masked::of(text), text);
        }
    }
}
