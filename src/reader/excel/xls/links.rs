//! The address in a record of a link: of the web, of a file, a place in the workbook.

use crate::reader::package::{u16_at, u32_at};

/// Kinds of addresses, by the first part of their class.
const WEB: u32 = 0x79EA_C9E0;
const FILE: u32 = 0x0000_0303;
/// Characters of an address.
const MOST: usize = 8_192;

/// The address in what follows the cells of a link; `None` where it has none that is understood.
pub(super) fn address(data: &[u8]) -> Option<String> {
    const HAS_TARGET: u32 = 0x01;
    const HAS_PLACE: u32 = 0x08;
    const HAS_TEXT: u32 = 0x10;
    const HAS_FRAME: u32 = 0x80;
    const IS_PLAIN: u32 = 0x100;
    // Its own class stands before.
    let flags = u32_at(data, 20)?;
    let mut at = 24;
    for has in [HAS_TEXT, HAS_FRAME] {
        if flags & has != 0 {
            text(data, &mut at)?;
        }
    }
    let target = match flags & (HAS_TARGET | IS_PLAIN) {
        HAS_TARGET => target(data, &mut at)?,
        0 | IS_PLAIN => String::new(),
        _ => text(data, &mut at)?,
    };
    let place = if flags & HAS_PLACE != 0 { text(data, &mut at) } else { None };
    let place = place.filter(|place| !place.is_empty()).map(|place| format!("#{place}")).unwrap_or_default();
    Some(target + &place).filter(|address| !address.is_empty())
}

/// A text behind its length in characters.
fn text(data: &[u8], at: &mut usize) -> Option<String> {
    let len = u32_at(data, *at)? as usize;
    let from = *at + 4;
    *at = from.checked_add(len.checked_mul(2)?)?;
    (*at <= data.len()).then(|| units(data, from, len))
}

/// Characters of two bytes, up to the first that is none.
fn units(data: &[u8], from: usize, len: usize) -> String {
    let units = (0..len.min(MOST)).map_while(|n| u16_at(data, from + 2 * n)).take_while(|unit| *unit != 0);
    String::from_utf16_lossy(&units.collect::<Vec<_>>())
}

fn target(data: &[u8], at: &mut usize) -> Option<String> {
    let class = u32_at(data, *at)?;
    let from = at.checked_add(16)?;
    match class {
        WEB => {
            let bytes = u32_at(data, from)? as usize;
            *at = (from + 4).checked_add(bytes)?;
            Some(units(data, from + 4, bytes / 2))
        }
        FILE => {
            let up = usize::from(u16_at(data, from)?).min(100);
            let len = u32_at(data, from + 2)? as usize;
            let short = data.get(from + 6..(from + 6).checked_add(len)?)?;
            let behind = from + 6 + len + 24;
            let bytes = u32_at(data, behind)? as usize;
            *at = behind.checked_add(4)?.checked_add(bytes)?;
            let long = (bytes > 6).then(|| units(data, behind + 10, (bytes - 6) / 2));
            let short = || short.iter().take_while(|byte| **byte != 0).map(|byte| char::from(*byte)).collect();
            Some("../".repeat(up) + &long.unwrap_or_else(short).replace('\\', "/"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
    }

    fn long(text: &str) -> Vec<u8> {
        let len = text.encode_utf16().count() as u32 + 1;
        [&len.to_le_bytes()[..], &wide(text)].concat()
    }

    fn link(flags: u32, rest: &[&[u8]]) -> Vec<u8> {
        [&[0; 16][..], &[2, 0, 0, 0], &flags.to_le_bytes(), &rest.concat()].concat()
    }

    fn class(first: u32) -> Vec<u8> {
        [&first.to_le_bytes()[..], &[0; 12]].concat()
    }

    #[test]
    fn addresses_of_each_kind() {
        let url = wide("https://a.vn/mc?id=1");
        let web = link(0x1B, &[&long("Xem"), &class(WEB), &(url.len() as u32).to_le_bytes(), &url, &long("trang 2")]);
        assert_eq!(address(&web).as_deref(), Some("https://a.vn/mc?id=1#trang 2"));
        let path = wide("minh chứng\\a.pdf");
        let path = &path[..path.len() - 2];
        let unicode = (path.len() as u32 + 6).to_le_bytes();
        let bytes = (path.len() as u32).to_le_bytes();
        let file = [&class(FILE)[..], &[1, 0], &[6, 0, 0, 0], b"A.PDF\0", &[0; 24], &unicode, &bytes, &[3, 0], path];
        assert_eq!(address(&link(1, &[&file.concat()])).as_deref(), Some("../minh chứng/a.pdf"));
        let short = [&class(FILE)[..], &[0, 0], &[6, 0, 0, 0], b"A.PDF\0", &[0; 24], &[0; 4]];
        assert_eq!(address(&link(1, &[&short.concat()])).as_deref(), Some("A.PDF"));
        assert_eq!(address(&link(8, &[&long("Phiếu!A1")])).as_deref(), Some("#Phiếu!A1"));
        assert_eq!(address(&link(1, &[&class(7), &[0; 40]])), None);
        assert_eq!(address(&link(0, &[])), None);
        for end in 0..web.len() {
            let _ = address(&web[..end]);
        }
        let lying = link(0x1, &[&class(WEB), &[0xFF; 8]]);
        let _ = address(&lying);
    }
}
