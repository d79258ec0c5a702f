//! The two parts that hold notes: their texts, and the drawing that says where each is shown.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::ink::{AUTHOR, Ink, NOTE_SIZE, NOTE_WIDTH, Noted, address};
use super::sheet::Sheet;
use crate::writers::xlsx::FONT;
use crate::writers::xlsx::xml::text_element;

/// The sheet's link to the drawing.
pub(super) const DRAWING_ID: &str = "rId1";
/// Names of the parts.
pub(super) const TEXTS: &str = "xl/comments1.xml";
pub(super) const DRAWING: &str = "xl/drawings/vmlDrawing1.vml";

/// What the content types of the package say of both.
pub(super) const DEFAULT_TYPE: &str =
    r#"<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>"#;
pub(super) const TEXTS_TYPE: &str = r#"<Override PartName="/xl/comments1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/>"#;

/// The links of the sheet that has notes.
pub(super) const LINKS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing\" \
    Target=\"../drawings/vmlDrawing1.vml\"/>\
    <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" \
    Target=\"../comments1.xml\"/></Relationships>";

/// Where a note begins, from the left of the column behind its cell and from the top of the row above, in pixels.
const OFFSET: (u32, u32) = (15, 10);

/// Notes in the order of their cells; of two on one cell the last one counts.
fn sorted(ink: &Ink) -> Vec<&Noted> {
    let by_cell: BTreeMap<(u32, u16), &Noted> = ink.notes.iter().map(|note| (note.at, note)).collect();
    by_cell.into_values().collect()
}

/// The part with the texts.
pub(super) fn texts(ink: &Ink) -> String {
    let mut out = String::with_capacity(8 * 1024);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    out.push_str("<comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><authors>");
    // The first one is nobody's, as the library has it.
    out.push_str("<author>Author</author><author>");
    out.push_str(AUTHOR);
    out.push_str("</author></authors><commentList>");
    let looks = format!(
        "\" authorId=\"1\"><text><r><rPr><sz val=\"{NOTE_SIZE}\"/><color indexed=\"81\"/><rFont val=\"{FONT}\"/>\
         <family val=\"2\"/></rPr>"
    );
    for note in sorted(ink) {
        out.push_str("<comment ref=\"");
        out.push_str(address(note.at).as_str());
        out.push_str(&looks);
        text_element(&mut out, &note.text);
        out.push_str("</r></text></comment>");
    }
    out.push_str("</commentList></comments>");
    out
}

/// The part with the drawing.
pub(super) fn drawing(sheet: &Sheet, ink: &Ink) -> String {
    let mut out = String::with_capacity(32 * 1024);
    out.push_str(
        "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\">\
         <o:idmap v:ext=\"edit\" data=\"1\"/></o:shapelayout><v:shapetype id=\"_x0000_t202\" \
         coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/>\
         <v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>",
    );
    let heights: BTreeMap<u32, f64> = ink.heights.iter().copied().collect();
    for (number, note) in (1..).zip(sorted(ink)) {
        shape(sheet, &heights, number, note, &mut out);
    }
    out.push_str("</xml>");
    out
}

/// A box in cells: a cell and how far within, in pixels.
struct Corner {
    cell: (u32, u16),
    within: (u32, u32),
}

fn shape(sheet: &Sheet, heights: &BTreeMap<u32, f64>, number: u32, note: &Noted, out: &mut String) {
    let (row, col) = note.at;
    let (top, y) = if row == 0 { (0, 2) } else { (row - 1, OFFSET.1) };
    let from = Corner { cell: (top, col + 1), within: (OFFSET.0, y) };
    let left: u32 = (0..=col).map(|col| sheet.width(col)).sum::<u32>() + OFFSET.0;
    let above: u32 = (0..top).map(|row| sheet.height(row, heights)).sum::<u32>() + y;
    let from = moved(sheet, heights, &from, (0, 0));
    let to = moved(sheet, heights, &from, (NOTE_WIDTH, note.height));
    let points = |pixels: u32| f64::from(pixels) * 72.0 / 96.0;
    // A string takes all that is written into it.
    let _ = write!(
        out,
        "<v:shape id=\"_x0000_s{}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:{}pt;margin-top:{}pt;\
         width:{}pt;height:{}pt;z-index:{number};visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">\
         <v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path \
         o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div>\
         </v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>\
         <x:Anchor>{}, {}, {}, {}, {}, {}, {}, {}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>\
         <x:Column>{col}</x:Column></x:ClientData></v:shape>",
        1024 + number,
        points(left),
        points(above),
        points(NOTE_WIDTH),
        points(note.height),
        from.cell.1,
        from.within.0,
        from.cell.0,
        from.within.1,
        to.cell.1,
        to.within.0,
        to.cell.0,
        to.within.1,
    );
}

/// A corner so many pixels further to the right and below.
fn moved(sheet: &Sheet, heights: &BTreeMap<u32, f64>, from: &Corner, by: (u32, u32)) -> Corner {
    let (mut row, mut col) = from.cell;
    let (mut x, mut y) = (from.within.0 + by.0, from.within.1 + by.1);
    while x >= sheet.width(col) {
        x -= sheet.width(col);
        col += 1;
    }
    while y >= sheet.height(row, heights) {
        y -= sheet.height(row, heights);
        row += 1;
    }
    Corner { cell: (row, col), within: (x, y) }
}
