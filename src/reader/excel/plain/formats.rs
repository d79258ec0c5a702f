//! What the formats of cells make of a number: a date, or nothing special.

use std::collections::HashMap;

use super::scan::{Inside, Scan, decoded};
use crate::reader::format_code::{is_of_numbers, is_of_shares};

/// What a number in a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shows {
    Number,
    /// A hundred times the number, with a per cent sign.
    Share,
    Date,
    /// Not to be told here.
    Unsure,
}

/// What each of the workbook's cell formats shows, in order.
pub(super) fn read(part: &str) -> Option<Vec<Shows>> {
    let mut own: HashMap<&str, Shows> = HashMap::new();
    if let Some(mut scan) = Scan::find(part, "<numFmts")
        && scan.leave()?
    {
        loop {
            match scan.tag()? {
                "numFmt" => {
                    let [id, code] = attributes(&mut scan, ["numFmtId", "formatCode"])?;
                    if let (Some(id), Some(code)) = (id, code) {
                        own.insert(id, by_code(&decoded(code)?));
                    }
                }
                "/numFmts" => break,
                _ => return None,
            }
        }
    }
    let mut shows = Vec::new();
    let mut scan = Scan::find(part, "<cellXfs")?;
    if !scan.leave()? {
        return Some(shows);
    }
    loop {
        match scan.tag()? {
            "xf" => {
                let mut start = scan;
                let has_content = scan.leave()?;
                let [id] = if has_content {
                    scan.skip_past("</xf>")?;
                    first_attributes(&mut start, ["numFmtId"])?.0
                } else {
                    attributes(&mut start, ["numFmtId"])?
                };
                shows.push(id.map_or(Shows::Number, |id| own.get(id).copied().unwrap_or_else(|| by_number(id))));
            }
            "/cellXfs" => return Some(shows),
            _ => return None,
        }
    }
}

/// The attributes of these names, of an element without content.
fn attributes<'a, const N: usize>(scan: &mut Scan<'a>, names: [&str; N]) -> Option<[Option<&'a str>; N]> {
    let (found, has_content) = first_attributes(scan, names)?;
    (!has_content).then_some(found)
}

fn first_attributes<'a, const N: usize>(scan: &mut Scan<'a>, names: [&str; N]) -> Option<([Option<&'a str>; N], bool)> {
    let mut found = [None; N];
    loop {
        match scan.inside()? {
            Inside::Attribute(name, value) => {
                if let Some(at) = names.iter().position(|wanted| *wanted == name) {
                    found[at] = Some(value);
                }
            }
            Inside::Open => return Some((found, true)),
            Inside::Empty => return Some((found, false)),
        }
    }
}

/// The formats that every workbook has.
fn by_number(id: &str) -> Shows {
    match id.parse::<u16>() {
        Ok(9 | 10) if !id.starts_with(['0', '+']) => Shows::Share,
        Ok(14..=22 | 27..=36 | 45 | 47 | 50..=58) if !id.starts_with(['0', '+']) => Shows::Date,
        Ok(_) => Shows::Number,
        Err(_) => Shows::Unsure,
    }
}

/// A workbook's own format. Lengths of time are numbers.
fn by_code(code: &str) -> Shows {
    let Some((letters, is_length)) = first_section(code) else { return Shows::Unsure };
    let is_date = letters.contains(DATES);
    // The letters of "AM/PM" and their like are calamine's to judge.
    if letters.contains(['a', 'A']) && (is_date || letters.contains(['p', 'P', '/'])) {
        return Shows::Unsure;
    }
    match is_date && !is_length && !is_of_numbers(code) {
        true => Shows::Date,
        false if is_of_shares(code) => Shows::Share,
        false => Shows::Number,
    }
}

const DATES: [char; 10] = ['d', 'm', 'h', 'y', 's', 'D', 'M', 'H', 'Y', 'S'];

/// What of a format's first section is not literal, and whether it begins with a length of time.
fn first_section(code: &str) -> Option<(String, bool)> {
    let mut letters = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => break,
            '\\' | '_' | '*' => drop(chars.next()),
            '"' => while chars.next().is_some_and(|c| c != '"') {},
            '[' => {
                let (inner, rest) = chars.as_str().split_once(']').filter(|(inner, _)| !inner.contains('['))?;
                if is_length_of_time(inner) && !letters.contains(DATES) {
                    return Some((letters, true));
                }
                chars = rest.chars();
            }
            ']' => return None,
            c => letters.push(c),
        }
    }
    Some((letters, false))
}

/// `h`, `mm`: what counts on beyond a day or an hour. Colours, conditions and languages are no such thing.
fn is_length_of_time(inner: &str) -> bool {
    let mut letters = inner.chars().map(|c| c.to_ascii_lowercase());
    letters.next().is_some_and(|first| matches!(first, 'h' | 'm' | 's') && letters.all(|c| c == first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_from_numbers() {
        let part = r#"<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="0.0 &quot;điểm&quot;"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy"/></numFmts>
            <fonts/><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="164" s="1"><alignment/></xf>
            <xf numFmtId="165"/><xf numFmtId="14"></xf><xf/></cellXfs></styleSheet>"#;
        use Shows::{Date, Number};
        assert_eq!(read(part).unwrap(), [Number, Number, Date, Date, Number]);
        assert_eq!(read("<x:styleSheet><x:cellXfs/></x:styleSheet>"), None);
    }

    #[test]
    fn formats_of_a_workbooks_own() {
        for (code, want) in [
            ("#,##0.0", Shows::Number),
            ("0.0 điểm", Shows::Number),
            ("@", Shows::Number),
            ("[$-42A]d/m/yyyy;@", Shows::Date),
            ("dd\\-mm\\-yy", Shows::Date),
            ("\"ngày\" d", Shows::Date),
            ("\"ngày\"", Shows::Number),
            ("[h]:mm", Shows::Number),
            ("[Magenta]d/m", Shows::Date),
            ("d [h]", Shows::Date),
            ("General \"điểm\"", Shows::Number),
            ("[Red]0.0 d", Shows::Number),
            ("h:mm AM/PM", Shows::Unsure),
        ] {
            assert_eq!(by_code(code), want, "{code}");
        }
        assert_eq!((by_number("46"), by_number("014"), by_number("x")), (Shows::Number, Shows::Number, Shows::Unsure));
    }
}
