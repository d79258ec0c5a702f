//! What is no TOML, in the words of somebody who never heard of TOML.

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
    let value = line.split_once('=').map_or("", |(_, value)| value.trim());
    if is_number_with_comma(value) {
        return ("số lẻ viết bằng dấu chấm, ví dụ 7.5".to_owned(), "a decimal takes a point, as in 7.5".to_owned());
    }
    (format!("sai cú pháp: {}", translate(message)), format!("syntax: {message}"))
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

fn is_number_with_comma(value: &str) -> bool {
    let number = value.split('#').next().unwrap_or_default().trim();
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    number.split_once(',').is_some_and(|(whole, rest)| digits(whole) && digits(rest))
}

/// The parser's words, by how they begin, and what they come to.
const WORDS: &[(&str, &str)] = &[
    ("string values must be quoted", "chữ phải đặt trong dấu nháy thẳng \""),
    ("duplicate key", "khóa hoặc bảng này đã có ở trên; giữ một chỗ"),
    ("invalid basic string", "chữ thiếu dấu nháy \" ở cuối"),
    ("invalid literal string", "chữ thiếu dấu nháy ' ở cuối"),
    ("missing opening quote", "thiếu dấu nháy \" ở đầu"),
    ("key with no value", "thiếu dấu = và giá trị"),
    ("missing assignment between key-value pairs", "thiếu dấu ="),
    ("missing value", "thiếu giá trị sau dấu ="),
    ("extra", "thừa dấu"),
    ("missing comma", "thiếu dấu phẩy"),
    ("unclosed array table", "thiếu dấu ]] ở cuối"),
    ("unclosed inline table", "thiếu dấu } ở cuối"),
    ("unclosed", "thiếu dấu ] ở cuối"),
    ("invalid unquoted key", "tên khóa chỉ gồm chữ không dấu, số, dấu - và _"),
    ("unquoted keys cannot be empty", "thiếu tên khóa"),
    ("unexpected leading zero", "số không viết 0 ở đầu; nếu là mã thì đặt trong dấu nháy \""),
    ("unexpected key or value", "thừa chữ sau giá trị; mỗi khóa một dòng"),
    ("cannot recurse further", "lồng quá sâu"),
];

fn translate(message: &str) -> String {
    let known = WORDS.iter().find(|(start, _)| message.starts_with(start));
    known.map_or_else(|| message.to_owned(), |(_, vi)| (*vi).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_curly_quotes_and_commas() {
        assert!(explain("ten = “Phòng”", "x").0.contains('“'));
        assert!(explain("max = 7,5", "x").0.contains("7.5"));
        // A curly quote inside straight quotes is text.
        assert!(explain("ten = \"“Phòng”\" x", "unexpected key or value").0.contains("thừa chữ"));
    }
}
