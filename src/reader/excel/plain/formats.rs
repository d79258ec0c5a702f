//! What the formats of cells make of a number: a date, or nothing special.

use std::collections::HashMap;

use super::scan::{Inside, Scan, decoded};
use crate::reader::format_code::{Shows, built_in, shows};

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
                        own.insert(id, shows(&decoded(code)?));
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
    match id.parse() {
        Ok(number) if !id.starts_with(['0', '+']) => built_in(number),
        Ok(_) => Shows::Number,
        Err(_) => Shows::Unsure,
    }
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
    fn formats_by_number() {
        assert_eq!((by_number("46"), by_number("014"), by_number("x")), (Shows::Length, Shows::Number, Shows::Unsure));
    }
}
