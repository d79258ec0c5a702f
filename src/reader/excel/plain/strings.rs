//! Texts: the shared strings of a workbook, and those that stand in a cell.

use std::borrow::Cow;

use super::scan::{Inside, Scan, decoded};

/// The shared strings, in order.
pub(super) fn read(part: &str) -> Option<Vec<Cow<'_, str>>> {
    let mut scan = Scan::find(part, "<sst")?;
    let mut strings = Vec::new();
    if !scan.leave()? {
        return Some(strings);
    }
    loop {
        match scan.tag()? {
            "si" => strings.push(if scan.leave()? { string(&mut scan, "si")? } else { Cow::Borrowed("") }),
            "/sst" => return Some(strings),
            _ => return None,
        }
    }
}

/// One string, up to the end of the element that holds it: its pieces put together, whatever their looks.
pub(super) fn string<'a>(scan: &mut Scan<'a>, holder: &str) -> Option<Cow<'a, str>> {
    let mut whole: Cow<'a, str> = Cow::Borrowed("");
    loop {
        match scan.tag()? {
            "t" => {
                let piece = piece(scan)?;
                if whole.is_empty() {
                    whole = piece;
                } else {
                    whole.to_mut().push_str(&piece);
                }
            }
            "r" => drop(scan.leave()?),
            "/r" => scan.leave().map(drop)?,
            "rPr" => {
                if scan.leave()? {
                    scan.skip_past("</rPr>")?;
                }
            }
            "phoneticPr" if !scan.leave()? => {}
            end if end.strip_prefix('/') == Some(holder) => {
                scan.leave()?;
                return Some(whole);
            }
            // Among them readings of Japanese, which are no part of the text.
            _ => return None,
        }
    }
}

fn piece<'a>(scan: &mut Scan<'a>) -> Option<Cow<'a, str>> {
    let mut keeps_space = false;
    loop {
        match scan.inside()? {
            Inside::Attribute("xml:space", value) => keeps_space = value == "preserve",
            Inside::Attribute(..) => {}
            Inside::Empty => return Some(Cow::Borrowed("")),
            Inside::Open => break,
        }
    }
    let text = decoded(scan.text()?)?;
    scan.close("t")?;
    const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];
    Some(match text {
        _ if keeps_space => text,
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(SPACE)),
        Cow::Owned(text) => Cow::Owned(text.trim_matches(SPACE).to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn strings_are_put_together_from_their_pieces() {
        let part = r#"<?xml version="1.0"?><sst count="9"><si><t> một </t></si><si/><si><t xml:space="preserve"> hai </t></si>
            <si><r><rPr><b/></rPr><t>ba</t></r><r><t xml:space="preserve"> &amp; bốn</t></r></si><si><t/></si></sst>"#;
        assert_eq!(read(part).unwrap(), ["một", "", " hai ", "ba & bốn", ""]);
        assert_eq!(read("<sst/>").unwrap().len(), 0);
    }

    #[test]
    fn what_is_unusual_is_left_to_others() {
        for odd in [
            "<sst>",
            "<sst><si><t>a</si></sst>",
            "<sst><si>a</si></sst>",
            "<sst><si><rPh><t>a</t></rPh></si></sst>",
            "<sst><!-- --></sst>",
            "<sst><si><t><![CDATA[a]]></t></si></sst>",
            "<x:sst></x:sst>",
        ] {
            assert!(read(odd).is_none(), "{odd}");
        }
    }
}
