//! Bytes of a text file to text: UTF-8 with or without a byte order mark, and the UTF-16 that Windows Notepad writes.
//! Line ends stay as they are.

use std::fmt;

use crate::text::Lang;

/// Why bytes are not text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotText {
    /// From this byte on it is no UTF-8.
    NotUtf8 {
        /// Counting from 0.
        at: usize,
        /// Counting from 1.
        line: usize,
    },
    /// It claims to be UTF-16 and breaks off in the middle of a character.
    BrokenUtf16,
    /// It holds NUL characters, which no text does: a workbook, a picture, or UTF-16 without its mark.
    Binary,
}

impl NotText {
    /// What is wrong and what to do, in words.
    pub fn message(self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Vi, NotText::NotUtf8 { line, .. }) => {
                format!("dòng {line} có ký tự không phải UTF-8; mở bằng Notepad, chọn Lưu thành với mã hóa UTF-8")
            }
            (Lang::En, NotText::NotUtf8 { line, .. }) => {
                format!("line {line} is not UTF-8; open it in Notepad, save as with encoding UTF-8")
            }
            (Lang::Vi, NotText::BrokenUtf16) => {
                "tệp UTF-16 bị cắt dở; mở bằng Notepad, chọn Lưu thành với mã hóa UTF-8".to_owned()
            }
            (Lang::En, NotText::BrokenUtf16) => {
                "broken UTF-16; open it in Notepad, save as with encoding UTF-8".to_owned()
            }
            (Lang::Vi, NotText::Binary) => {
                "không phải tệp văn bản; nếu là tệp Notepad, chọn Lưu thành với mã hóa UTF-8".to_owned()
            }
            (Lang::En, NotText::Binary) => "not a text file; from Notepad, save as with encoding UTF-8".to_owned(),
        }
    }
}

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for NotText {}

/// The text of a file, without its byte order mark.
///
/// # Errors
/// When the bytes are neither UTF-8 nor UTF-16 with a byte order mark, or hold NUL characters.
pub fn decode(bytes: &[u8]) -> Result<String, NotText> {
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest)?,
        _ => utf8(bytes)?,
    };
    if text.contains('\0') { Err(NotText::Binary) } else { Ok(text) }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, NotText> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(NotText::BrokenUtf16);
    }
    let units = pairs.iter().map(|&pair| unit(pair));
    char::decode_utf16(units).collect::<Result<String, _>>().map_err(|_| NotText::BrokenUtf16)
}

fn utf8(bytes: &[u8]) -> Result<String, NotText> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) if bytes.contains(&0) => Err(NotText::Binary),
        Err(error) => {
            let at = error.valid_up_to();
            let line = bytes[..at].iter().filter(|&&b| b == b'\n').count() + 1;
            Err(NotText::NotUtf8 { at, line })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_notepad_writes() {
        let text = "ten = \"Phòng\"\r\n";
        let le: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let be: Vec<u8> = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let bom: Vec<u8> = [0xEF, 0xBB, 0xBF].into_iter().chain(text.bytes()).collect();
        for bytes in [text.as_bytes(), &le, &be, &bom] {
            assert_eq!(decode(bytes).as_deref(), Ok(text));
        }
        assert_eq!(decode(b"").as_deref(), Ok(""));
    }

    #[test]
    fn says_what_is_no_text() {
        assert_eq!(decode(b"a\nb\xE1"), Err(NotText::NotUtf8 { at: 3, line: 2 }));
        assert_eq!(decode(&[0xFF, 0xFE, 0x41]), Err(NotText::BrokenUtf16));
        assert_eq!(decode(&[0xFF, 0xFE, 0x00, 0xD8]), Err(NotText::BrokenUtf16));
        assert_eq!(decode(b"PK\x03\x04\x00\xFF"), Err(NotText::Binary));
        assert_eq!(decode(b"t\0e\0n\0"), Err(NotText::Binary));
    }
}
