//! A worksheet as the library writes it, taken apart at its cells.

/// What a worksheet consists of.
pub(super) struct Apart<'t> {
    /// Before the element `dimension`.
    pub front: &'t str,
    /// The cells that the sheet takes up, `A1:H36`.
    pub dimension: &'t str,
    /// From behind that element to the cells.
    pub middle: &'t str,
    pub rows: &'t str,
    /// The elements behind the cells, with their places.
    pub behind: Vec<(usize, String)>,
}

impl Apart<'_> {
    /// `None` where it is not as the library writes one.
    pub fn of(text: &str) -> Option<Apart<'_>> {
        let (front, rest) = text.split_once("<dimension ref=\"")?;
        let (dimension, rest) = rest.split_once("\"/>")?;
        let (middle, rows, behind) = match rest.split_once("<sheetData>") {
            Some((middle, rest)) => {
                let (rows, behind) = rest.split_once("</sheetData>")?;
                (middle, rows, behind)
            }
            None => {
                let (middle, behind) = rest.split_once("<sheetData/>")?;
                (middle, "", behind)
            }
        };
        Some(Apart { front, dimension, middle, rows, behind: elements(behind.strip_suffix("</worksheet>")?)? })
    }
}

/// The elements behind the cells in the order that the format asks for: those that are added or changed here, and those
/// between which they stand.
const ORDER: [&str; 20] = [
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "autoFilter",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "ignoredErrors",
    "drawing",
    "legacyDrawing",
    "tableParts",
    "extLst",
];

/// The place of an element among them; `None` of one that is not known.
pub(super) fn place(element: &str) -> Option<usize> {
    ORDER.iter().position(|known| *known == element)
}

/// What stands behind the cells, each element with its place; `None` where one is not known.
fn elements(text: &str) -> Option<Vec<(usize, String)>> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let name: &str = rest.strip_prefix('<')?.split([' ', '>', '/']).next()?;
        let tag = rest.find('>')?;
        let end = match rest[..tag].ends_with('/') {
            true => tag + 1,
            false => {
                let close = format!("</{name}>");
                rest.find(&close)? + close.len()
            }
        };
        found.push((place(name)?, rest[..end].to_owned()));
        rest = &rest[end..];
    }
    Some(found)
}
