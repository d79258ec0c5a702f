//! A letter in WordprocessingML by the layout of NĐ 30/2020: page, fonts, heads, tables. What is written in it stands in
//! `letters.rs`.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Twentieths of a point in a millimetre.
const MM: f64 = 1440.0 / 25.4;

/// A4 with margins of 20 mm above, below and right, 30 mm left.
const PAGE: (u32, u32) = (11_906, 16_838);
/// What is left of its width for text, in twentieths of a point.
pub const WIDTH: u32 = PAGE.0 - 1_701 - 1_134;

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// How a paragraph looks; sizes in points.
#[derive(Clone, Copy)]
pub struct Style {
    pub size: u32,
    pub bold: bool,
    pub italic: bool,
    pub align: &'static str,
    /// Indent of the first line, in millimetres.
    pub first: f64,
    /// Room above and below, in points.
    pub above: u32,
    pub below: u32,
    /// A line under the text, by how much of the width stays free on each side, in millimetres.
    pub rule: Option<f64>,
    /// Stays on the page of the next paragraph.
    pub with_next: bool,
}

/// The body of a letter: size 14, justified, first line 12,7 mm.
pub const BODY: Style = Style {
    size: 14,
    bold: false,
    italic: false,
    align: "both",
    first: 12.7,
    above: 0,
    below: 6,
    rule: None,
    with_next: false,
};
pub const CENTRE: Style = Style { align: "center", first: 0.0, below: 0, ..BODY };
pub const CELL: Style = Style { size: 12, align: "left", first: 0.0, below: 0, ..BODY };
pub const CELL_CENTRE: Style = Style { align: "center", ..CELL };
pub const HEADING: Style = Style { bold: true, align: "left", with_next: true, ..BODY };

impl Style {
    pub const fn bold(self) -> Style {
        Style { bold: true, ..self }
    }
    pub const fn italic(self) -> Style {
        Style { italic: true, ..self }
    }
    pub const fn size(self, size: u32) -> Style {
        Style { size, ..self }
    }
    /// With what follows on one page.
    pub const fn with_next(self) -> Style {
        Style { with_next: true, ..self }
    }
    pub const fn rule(self, free: f64) -> Style {
        Style { rule: Some(free), ..self }
    }
    pub const fn room(self, above: u32, below: u32) -> Style {
        Style { above, below, ..self }
    }

    fn run(self) -> String {
        let mut run = String::from("<w:rPr>");
        if self.bold {
            run.push_str("<w:b/><w:bCs/>");
        }
        if self.italic {
            run.push_str("<w:i/><w:iCs/>");
        }
        let _ = write!(run, "<w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/></w:rPr>", self.size * 2);
        run
    }

    fn paragraph(self) -> String {
        let mut out = String::from("<w:pPr>");
        if self.with_next {
            out.push_str("<w:keepNext/>");
        }
        if self.rule.is_some() {
            out.push_str("<w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"000000\"/></w:pBdr>");
        }
        let _ = write!(out, "<w:spacing w:before=\"{}\" w:after=\"{}\"/>", self.above * 20, self.below * 20);
        if let Some(free) = self.rule {
            let free = (free * MM).round();
            let _ = write!(out, "<w:ind w:left=\"{free}\" w:right=\"{free}\"/>");
        } else if self.first > 0.0 {
            let _ = write!(out, "<w:ind w:firstLine=\"{}\"/>", (self.first * MM).round());
        }
        let _ = write!(out, "<w:jc w:val=\"{}\"/>{}</w:pPr>", self.align, self.run());
        out
    }
}

/// A paragraph; `**bold**` within it is bold.
pub fn p(style: Style, text: &str) -> String {
    let mut out = format!("<w:p>{}", style.paragraph());
    for (i, piece) in text.split("**").enumerate().filter(|(_, piece)| !piece.is_empty()) {
        let style = Style { bold: style.bold || i % 2 == 1, ..style };
        let _ = write!(out, "<w:r>{}<w:t xml:space=\"preserve\">{}</w:t></w:r>", style.run(), escape(piece));
    }
    out + "</w:p>"
}

/// An empty line that carries a short rule.
pub fn rule(free: f64) -> String {
    p(CENTRE.size(2).rule(free), "")
}

/// A table without lines, for what stands side by side: cells of paragraphs and their widths in hundredths.
pub fn side_by_side(cells: &[(u32, String)]) -> String {
    let mut out = String::from(
        "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>",
    );
    for (share, _) in cells {
        let _ = write!(out, "<w:gridCol w:w=\"{}\"/>", WIDTH * share / 100);
    }
    out.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>");
    for (share, paragraphs) in cells {
        let _ = write!(
            out,
            "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>{paragraphs}</w:tc>",
            WIDTH * share / 100
        );
    }
    out + "</w:tr></w:tbl>"
}

/// A table with lines: head (which every page repeats), shares of the width in hundredths, and the cells of each row.
pub fn table(columns: &[(&str, u32)], rows: &[&[&str]]) -> String {
    let mut out = String::from("<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>");
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ = write!(out, "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
    }
    out.push_str("</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"70\" w:type=\"dxa\"/><w:right w:w=\"70\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>");
    for (_, share) in columns {
        let _ = write!(out, "<w:gridCol w:w=\"{}\"/>", WIDTH * share / 100);
    }
    out.push_str("</w:tblGrid>");
    let heads: Vec<&str> = columns.iter().map(|(head, _)| *head).collect();
    row(&mut out, columns, &heads, true);
    for cells in rows {
        row(&mut out, columns, cells, false);
    }
    out + "</w:tbl>"
}

fn row(out: &mut String, columns: &[(&str, u32)], cells: &[&str], head: bool) {
    out.push_str(if head {
        "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    } else {
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
    });
    for (text, (_, share)) in cells.iter().zip(columns) {
        let narrow = *share <= 12;
        let style = match (head, narrow) {
            (true, _) => CELL_CENTRE.bold(),
            (false, true) => CELL_CENTRE,
            (false, false) => CELL,
        };
        let _ = write!(
            out,
            "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>{}</w:tc>",
            WIDTH * share / 100,
            p(style.room(1, 1), text)
        );
    }
    out.push_str("</w:tr>");
}

/// What follows begins a new page with page numbers of its own: an appendix.
pub fn new_section() -> String {
    format!("<w:p><w:pPr>{}</w:pPr></w:p>", section())
}

fn section() -> String {
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId2\"/><w:headerReference w:type=\"first\" r:id=\"rId3\"/><w:type w:val=\"nextPage\"/><w:pgSz w:w=\"{}\" w:h=\"{}\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/><w:pgNumType w:start=\"1\"/><w:titlePg/></w:sectPr>",
        PAGE.0, PAGE.1
    )
}

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The whole file: its title for the properties, and its body.
pub fn docx(title: &str, body: &str) -> Vec<u8> {
    let word = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let page = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"{kind}.document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"{kind}.styles+xml\"/><Override PartName=\"/word/header1.xml\" ContentType=\"{kind}.header+xml\"/><Override PartName=\"/word/header2.xml\" ContentType=\"{kind}.header+xml\"/><Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{word}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
            ),
        ),
        (
            "docProps/core.xml",
            format!(
                "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:language>vi-VN</dc:language></cp:coreProperties>",
                escape(title)
            ),
        ),
        (
            "word/_rels/document.xml.rels",
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{word}/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId2\" Type=\"{word}/header\" Target=\"header1.xml\"/><Relationship Id=\"rId3\" Type=\"{word}/header\" Target=\"header2.xml\"/></Relationships>"
            ),
        ),
        (
            "word/styles.xml",
            format!(
                "<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/><w:lang w:val=\"vi-VN\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"0\" w:line=\"252\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style></w:styles>"
            ),
        ),
        (
            "word/header1.xml",
            format!("<w:hdr {NAMESPACES}><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{page}</w:p></w:hdr>"),
        ),
        ("word/header2.xml", format!("<w:hdr {NAMESPACES}><w:p/></w:hdr>")),
        ("word/document.xml", format!("<w:document {NAMESPACES}><w:body>{body}{}</w:body></w:document>", section())),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, text) in parts {
        zip.start_file(name, options).unwrap();
        zip.write_all(HEAD.as_bytes()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
