//! The elements that stand behind the cells of a worksheet, in the order that the format asks for.

/// Those that are added or changed here, and those between which they stand.
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
pub(super) fn elements(text: &str) -> Option<Vec<(usize, String)>> {
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
