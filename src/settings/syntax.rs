//! What is no TOML, in the words of somebody who never heard of TOML, with the line as it should be where that is plain.

/// The quotes that word processors and phones put in place of `"`.
const CURLY: &[char] = &['“', '”', '„', '‟', '‘', '’', '«', '»', '″'];

/// Explains an error of the TOML parser at this line, in Vietnamese and in English.
pub(super) fn explain(line: &str, message: &str) -> (String, String) {
    if let Some(quote) = outside_quotes(line).find(|c| CURLY.contains(c)) {
        return (
            format!("dùng dấu nháy cong {quote}; gõ lại bằng dấu nháy thẳng \""),
            format!("curly quote {quote}; type straight quotes \" instead"),
        );
    }
    let (key, value) =
        line.split_once('=').map_or(("", ""), |(key, value)| (key.trim(), without_comment(value).trim()));
    if is_number_with_comma(value) {
        return ("số lẻ viết bằng dấu chấm, ví dụ 7.5".to_owned(), "a decimal takes a point, as in 7.5".to_owned());
    }
    if let Some((why, instead)) = mended(key, value, message) {
        let (vi, en) = why.words();
        return (format!("{vi}; viết: {instead}"), format!("{en}; write: {instead}"));
    }
    (format!("sai cú pháp: {}", translate(message)), format!("syntax: {message}"))
}

/// What is wrong with a line that can be mended for whoever wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    Unquoted,
    Backslash,
    QuotesInside,
}

impl Why {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Why::Unquoted => ("chữ phải đặt trong dấu nháy thẳng \"", "text takes straight quotes \""),
            Why::Backslash => BACKSLASH,
            Why::QuotesInside => {
                ("chữ có dấu nháy \" bên trong thì đặt giữa hai dấu '", "text that holds \" stands between two '")
            }
        }
    }
}

/// Why a path of Windows is not taken as it is typed.
pub(super) const BACKSLASH: (&str, &str) =
    (r#"đường dẫn trong dấu nháy " dùng dấu /, không dùng \"#, r#"a path in " takes / in place of \"#);

/// The line as it should be, where that is plain.
fn mended(key: &str, value: &str, message: &str) -> Option<(Why, String)> {
    let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.\"'".contains(&b));
    if !is_key || value.is_empty() {
        return None;
    }
    let Some(inside) = value.strip_prefix('"') else {
        // A day that no calendar has is no text that lacks its quotes.
        let is_text = message.starts_with("string values must be quoted")
            || (message.starts_with("invalid date") && !message.contains("between"))
            || message.starts_with("unexpected leading zero");
        let is_other = value.starts_with(['[', '{']) || value.contains(['"', '\'']);
        return (is_text && !is_other).then(|| (Why::Unquoted, format!("{key} = \"{}\"", slashes(value))));
    };
    let inside = inside.strip_suffix('"')?;
    if inside.contains('\\') && !inside.contains('"') {
        return Some((Why::Backslash, format!("{key} = \"{}\"", slashes(inside))));
    }
    // Two texts in a row are no text with quotes inside: `"a" "b"`.
    let is_one = inside.contains('"') && !inside.contains("\" \"") && !inside.contains(['\'', '\\']);
    let fits = is_one && message.starts_with("unexpected key or value");
    fits.then(|| (Why::QuotesInside, format!("{key} = '{inside}'")))
}

/// `D:\du-lieu` and `D:\\du-lieu` as `D:/du-lieu`.
pub(super) fn slashes(path: &str) -> String {
    path.replace(r"\\", "/").replace('\\', "/")
}

/// The characters that stand neither in straight quotes nor in a comment.
fn outside_quotes(line: &str) -> impl Iterator<Item = char> {
    let mut open: Option<char> = None;
    let mut comment = false;
    line.chars().filter(move |&c| {
        match (open, c) {
            (None, '#') => comment = true,
            (None, '"' | '\'') => open = Some(c),
            (Some(quote), c) if c == quote => open = None,
            _ => {}
        }
        !comment && open.is_none()
    })
}

/// The value alone: a `#` outside quotes begins a comment.
fn without_comment(value: &str) -> &str {
    let mut open: Option<char> = None;
    for (at, c) in value.char_indices() {
        match (open, c) {
            (None, '#') => return &value[..at],
            (None, '"' | '\'') => open = Some(c),
            (Some(quote), c) if c == quote => open = None,
            _ => {}
        }
    }
    value
}

fn is_number_with_comma(number: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    number.split_once(',').is_some_and(|(whole, rest)| digits(whole) && digits(rest))
}

/// The parser's words, by how they begin, and what they come to.
const WORDS: &[(&str, &str)] = &[
    ("string values must be quoted", "chữ phải đặt trong dấu nháy thẳng \""),
    ("duplicate key", "khóa hoặc bảng này đã có ở trên; giữ một chỗ"),
    ("invalid multi-line basic string", "chữ nhiều dòng thiếu ba dấu nháy \"\"\" ở cuối"),
    ("invalid multi-line literal string", "chữ nhiều dòng thiếu ba dấu nháy ''' ở cuối"),
    ("invalid basic string", "chữ thiếu dấu nháy \" ở cuối"),
    ("invalid literal string", "chữ thiếu dấu nháy ' ở cuối"),
    ("missing opening quote", "thiếu dấu nháy \" ở đầu"),
    ("key with no value", "thiếu dấu = và giá trị"),
    ("missing assignment between key-value pairs", "thiếu dấu ="),
    ("missing value", "thiếu giá trị sau dấu ="),
    ("missing escaped value", "dấu \\ trong dấu nháy \" phải viết hai lần; trong đường dẫn dùng dấu /"),
    ("too few unicode value digits", "dấu \\ trong dấu nháy \" phải viết hai lần; trong đường dẫn dùng dấu /"),
    ("missing key", "thiếu tên khóa"),
    ("missing comma", "thiếu dấu phẩy"),
    ("extra", "thừa dấu"),
    ("unclosed array table", "thiếu dấu ]] ở cuối"),
    ("unclosed inline table", "thiếu dấu } ở cuối"),
    ("unclosed", "thiếu dấu ] ở cuối"),
    ("invalid unquoted key", "tên khóa chỉ gồm chữ không dấu, số, dấu - và _"),
    ("unquoted keys cannot be empty", "thiếu tên khóa"),
    ("keys cannot be multi-line", "tên khóa phải nằm trên một dòng"),
    ("unexpected leading zero", "số không viết 0 ở đầu; nếu là mã thì đặt trong dấu nháy \""),
    ("unexpected key or value", "thừa chữ sau giá trị; mỗi khóa một dòng"),
    ("unexpected `=`", "thừa dấu ="),
    ("unexpected sign", "thừa dấu + hoặc -"),
    ("redundant", "thừa dấu hoặc số 0 ở đầu số"),
    ("`_` may only go between digits", "dấu _ chỉ đứng giữa các chữ số"),
    ("invalid date, expected day between", "lịch không có ngày này"),
    ("invalid date, expected month between", "lịch không có tháng này; viết năm-tháng-ngày, ví dụ 2025-05-31"),
    ("invalid date", "không phải ngày; viết năm-tháng-ngày, ví dụ 2025-05-31"),
    ("invalid time", "không phải giờ; viết giờ:phút:giây, ví dụ 14:30:00"),
    ("invalid comment character", "có ký tự lạ trong ghi chú sau dấu #"),
    ("carriage return", "chỗ xuống dòng bị hỏng; mở tệp bằng Notepad rồi lưu lại"),
    ("cannot recurse further", "lồng quá sâu"),
];

fn translate(message: &str) -> &'static str {
    let known = WORDS.iter().find(|(start, _)| message.starts_with(start));
    known.map_or("không hiểu dòng này; mỗi dòng viết: khóa = \"giá trị\"", |(_, vi)| vi)
}

#[cfg(test)]
mod tests {
    use super::super::{Settings, Source};
    use super::*;

    #[test]
    fn names_curly_quotes_and_commas() {
        assert!(explain("ten = “Phòng”", "x").0.contains('“'));
        assert!(explain("max = 7,5", "x").0.contains("7.5"));
        // A curly quote inside straight quotes is text.
        assert!(explain("ten = \"“Phòng”\" x", "unexpected key or value").0.contains("thừa chữ"));
    }

    /// The first mistake of a file of this text.
    fn said(text: &str) -> Option<(String, String)> {
        let source = Source::new("x", text);
        Settings::of(&source).finish().into_iter().next().map(|mistake| (mistake.vi, mistake.en))
    }

    #[test]
    fn says_what_to_write_instead() {
        for (text, instead) in [
            ("nam_hoc = 2024-2025", r#"nam_hoc = "2024-2025""#),
            ("nam_hoc = 2024 - 2025  # năm nay", r#"nam_hoc = "2024 - 2025""#),
            ("ten = Phòng GDĐT", r#"ten = "Phòng GDĐT""#),
            ("nop_phieu = 31/5/2025", r#"nop_phieu = "31/5/2025""#),
            ("nop_phieu = 31-5-2025", r#"nop_phieu = "31-5-2025""#),
            ("lien_he = 0912345678", r#"lien_he = "0912345678""#),
            (r"nam_truoc = D:\du-lieu", r#"nam_truoc = "D:/du-lieu""#),
            (r#"nam_truoc = "D:\du-lieu""#, r#"nam_truoc = "D:/du-lieu""#),
            (r#"nam_truoc = "D:\Users\\x"  # cũ"#, r#"nam_truoc = "D:/Users/x""#),
            (r#"ten = "Phòng "A"""#, r#"ten = 'Phòng "A"'"#),
        ] {
            let (vi, en) = said(text).unwrap();
            assert!(vi.ends_with(&format!("viết: {instead}")), "{text}: {vi}");
            assert!(en.ends_with(&format!("write: {instead}")), "{text}: {en}");
            assert_eq!(said(instead), None, "{instead}");
        }
    }

    #[test]
    fn nothing_english_is_said_in_vietnamese() {
        let wrong = [
            "ten : \"x\"",
            "ten = \"x",
            "x = \"\"\"a\nb",
            "x = '''a\nb",
            "chay = { x = 5",
            "[han\n",
            "[[a]\n",
            "tên = 1",
            "a = 1\na = 2",
            "a = [1 2]",
            "a = [1",
            "a.b",
            "= 5",
            "a = \"b\" \"c\"",
            "a = 2025-06-31",
            "a = 2025-13-01",
            "a = 25:00:00",
            "a = 1__0",
            "a = ++1",
            "a = [1,,2]",
            "a = {b = 1,, c = 2}",
            "a = 5 = 6",
            "a = [\"\\q\"]",
            "]",
            "a = 0xZZ",
            "a = 1e",
            "a = .5",
            "a = nann",
            "\"\"\"a\"\"\" = 1",
            "a = 1\rb = 2",
            "a = \u{1}",
            "# \u{1}",
            "a = @",
        ];
        let english = ["expected", "invalid", "missing", "must", "cannot", "found", "extra", "unclosed"];
        for text in wrong {
            let (vi, _) = said(text).unwrap_or_else(|| panic!("{text:?} is read"));
            assert!(english.iter().all(|word| !vi.contains(word)), "{text}: {vi}");
        }
    }
}
