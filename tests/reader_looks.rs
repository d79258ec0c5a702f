//! What a person sees in a workbook beside its values: looks of texts, formats that change what is read, links, what is
//! hidden, what lies on the cells. Read alike with and without calamine, and in each of the formats.
#![allow(clippy::unwrap_used)]

use crate::reader_files::*;
use cds::grid::{CellRef, DrawnKind, Fact, Grid, Time, Value};
use cds::reader::Limits;

/// The first grid, read in each of the ways that there are.
#[track_caller]
fn grid(package: &Package) -> Grid {
    let bytes = package.bytes();
    let grid = book(&read_bytes(&bytes)).grids[0].clone();
    for limits in [Limits { direct: false, ..Limits::default() }, Limits { repack: false, ..Limits::default() }] {
        assert_eq!(book(&read_bytes_with(&bytes, limits)).grids[0], grid);
    }
    grid
}

fn facts(grid: &Grid, at: &str) -> Vec<Fact> {
    grid.facts_at(at.parse().unwrap()).cloned().collect()
}

fn raised(level: &str, without: &str) -> Fact {
    Fact::Raised { level: level.to_owned(), without: without.to_owned() }
}

fn crossed_out(out: &str, whole: &str) -> Fact {
    Fact::CrossedOut { out: out.to_owned(), whole: whole.to_owned() }
}

fn shown(text: &str) -> Fact {
    Fact::Shown(text.to_owned())
}

fn link(address: &str) -> Fact {
    Fact::Link(address.to_owned())
}

const UP: &str = r#"<rPr><vertAlign val="superscript"/></rPr>"#;
const DOWN: &str = r#"<rPr><b/><vertAlign val="subscript"/></rPr>"#;
const OUT: &str = r#"<rPr><strike/><rFont val="Times New Roman"/></rPr>"#;
const NOT_OUT: &str = r#"<rPr><strike val="0"/></rPr>"#;

/// What is drawn on a sheet, over which cells, with its text.
fn drawn(grid: &Grid) -> Vec<(DrawnKind, String, &str)> {
    grid.drawn.iter().map(|drawn| (drawn.kind, format!("{}:{}", drawn.from, drawn.to), &*drawn.text)).collect()
}

#[test]
fn figures_off_the_line_and_parts_crossed_out_are_seen_in_shared_and_own_strings() {
    let texts = [
        format!("<r><t>1</t></r><r>{UP}<t>2</t></r>"),
        format!("<r><t>H</t></r><r>{DOWN}<t>2</t></r><r><t>O</t></r>"),
        format!("<r>{OUT}<t>1</t></r><r><t>4</t></r>"),
        format!("<r>{OUT}<t>7,5</t></r>"),
        format!("<r>{NOT_OUT}<t>1</t></r><r><rPr><b/></rPr><t>2</t></r>"),
        format!(
            r#"<r><t xml:space="preserve">Phòng máy 40 m</t></r><r>{UP}<t>2</t></r><r><t xml:space="preserve"> và 02 máy chiếu</t></r>"#
        ),
        "<t>8</t>".to_owned(),
    ];
    let own: String = texts.iter().map(|text| format!(r#"<c t="inlineStr"><is>{text}</is></c>"#)).collect();
    let shared: String = (0..texts.len()).map(|i| format!(r#"<c t="s"><v>{i}</v></c>"#)).collect();
    let strings: String = texts.iter().map(|text| format!("<si>{text}</si>")).collect();
    let package = sheet(&format!("<row>{own}</row><row>{shared}</row>")).strings(&format!("<sst>{strings}</sst>"));
    let grid = grid(&package);
    for row in [1, 2] {
        let cell = |col: &str| format!("{col}{row}");
        assert_eq!(at(&grid, &cell("A")), Some(&text("1²")));
        assert_eq!(facts(&grid, &cell("A")), [raised("12", "1")]);
        assert_eq!(at(&grid, &cell("B")), Some(&text("H₂O")));
        assert_eq!(at(&grid, &cell("C")), Some(&text("4")));
        assert_eq!(facts(&grid, &cell("C")), [crossed_out("1", "14")]);
        assert_eq!(at(&grid, &cell("D")), None);
        assert_eq!(facts(&grid, &cell("D")), [crossed_out("7,5", "7,5")]);
        assert_eq!(at(&grid, &cell("E")), Some(&text("12")));
        assert_eq!(at(&grid, &cell("F")), Some(&text("Phòng máy 40 m² và 02 máy chiếu")));
        assert_eq!(at(&grid, &cell("G")), Some(&text("8")));
        assert!(facts(&grid, &cell("E")).is_empty() && facts(&grid, &cell("G")).is_empty());
    }
}

/// Fonts: plain, crossed out, raised; and the cell formats 0 to 2 of them.
const FONTS: &str = r#"<fonts><font><sz val="13"/><scheme val="minor"/></font><font><strike/><color theme="1"/><scheme val="minor"/></font>
    <font><vertAlign val="superscript"/></font></fonts>"#;

fn styles(formats: &[&str]) -> String {
    let words = |code: &&str| code.replace('&', "&amp;").replace('"', "&quot;");
    let codes: String = (164..)
        .zip(formats)
        .map(|(id, code)| format!(r#"<numFmt numFmtId="{id}" formatCode="{}"/>"#, words(code)))
        .collect();
    let own: String = (164..).zip(formats).map(|(id, _)| format!(r#"<xf numFmtId="{id}" fontId="0"/>"#)).collect();
    format!(
        r#"<styleSheet><numFmts>{codes}</numFmts>{FONTS}<cellStyleXfs><xf fontId="1"/></cellStyleXfs><cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/>{own}</cellXfs></styleSheet>"#
    )
}

#[test]
fn the_style_of_a_cell_is_that_of_its_whole_text_unless_a_piece_says_otherwise() {
    let rows = r#"<row><c s="1"><v>7.5</v></c><c s="1" t="s"><v>0</v></c><c s="1" t="s"><v>1</v></c><c s="1" t="inlineStr"><is><r><rPr><b/></rPr><t>5</t></r></is></c></row>
        <row><c s="2"><v>5</v></c><c s="2" t="s"><v>0</v></c><c s="2" t="s"><v>2</v></c><c s="1"/><c s="1" t="b"><v>1</v></c></row>"#;
    let strings = "<sst><si><t>Đạt</t></si><si><r><t>1</t></r><r><rPr><b/></rPr><t>4</t></r></si><si><r><rPr><b/></rPr><t>6</t></r><r><t>2</t></r></si></sst>";
    let grid = grid(&sheet(rows).strings(strings).styles(&styles(&[])));
    assert_eq!((at(&grid, "A1"), facts(&grid, "A1")), (None, vec![crossed_out("7,5", "7,5")]));
    assert_eq!((at(&grid, "B1"), facts(&grid, "B1")), (None, vec![crossed_out("Đạt", "Đạt")]));
    assert_eq!((at(&grid, "C1"), facts(&grid, "C1")), (Some(&text("4")), vec![crossed_out("1", "14")]));
    assert_eq!((at(&grid, "D1"), facts(&grid, "D1")), (Some(&text("5")), vec![]));
    assert_eq!((at(&grid, "A2"), facts(&grid, "A2")), (Some(&Value::Number(5.0)), vec![raised("5", "")]));
    assert_eq!((at(&grid, "B2"), facts(&grid, "B2")), (Some(&text("Đạt")), vec![]));
    assert_eq!((at(&grid, "C2"), facts(&grid, "C2")), (Some(&text("6²")), vec![raised("62", "6")]));
    assert_eq!((at(&grid, "E2"), facts(&grid, "E2")), (None, vec![crossed_out("TRUE", "TRUE")]));
}

#[test]
fn formats_that_change_what_is_read_are_seen_and_decimals_left_out_are_not() {
    let formats =
        ["0\"%\"", "0.0,", "0\" (dự kiến)\"", "0", "0% \"nháp\"", "h:mm", "[h]:mm", "h:mm AM/PM", "0;0;0;\"Chưa \"@"];
    let values = ["5", "7500", "7", "5.67", "0.8", "0.5", "1.25", "0.25"];
    let cells: String = (3..).zip(values).map(|(s, v)| format!(r#"<c s="{s}"><v>{v}</v></c>"#)).collect();
    let rows = format!(r#"<row>{cells}<c s="11" t="str"><v>đạt</v></c></row>"#);
    let grid = grid(&sheet(&rows).styles(&styles(&formats)));
    let number = |n: f64| Some(Value::Number(n));
    let time = |days: f64, is_length: bool| Some(Value::Time(Time { days, is_length }));
    for (cell, value, fact) in [
        ("A1", number(5.0), Some(shown("5%"))),
        ("B1", number(7500.0), Some(shown("7,5"))),
        ("C1", number(7.0), Some(shown("7 (dự kiến)"))),
        ("D1", number(5.67), None),
        ("E1", Some(text("80% nháp")), None),
        ("F1", time(0.5, false), None),
        ("G1", time(1.25, true), None),
        ("H1", time(0.25, false), None),
        ("I1", Some(text("Chưa đạt")), None),
    ] {
        assert_eq!(at(&grid, cell), value.as_ref(), "{cell}");
        assert_eq!(facts(&grid, cell), Vec::from_iter(fact), "{cell}");
    }
}

#[test]
fn addresses_behind_links_are_seen() {
    let rows = r##"<sheetData><row><c t="str"><f>HYPERLINK("https://a.vn/1","Xem")</f><v>Xem</v></c><c t="str"><f>HYPERLINK(C1)</f><v>x</v></c>
        <c t="inlineStr"><is><t>https://a.vn/2</t></is></c><c><f>HYPERLINK("https://a.vn/"&amp;A1,"x")</f></c></row><row><c r="A2"><v>1</v></c></row></sheetData>
        <hyperlinks><hyperlink ref="A2" r:id="l1" display="x"/><hyperlink ref="B2:C2" r:id="l2" location="'Trang 2'!A1"/><hyperlink ref="D2" location="Phiếu!A1"/>
        <hyperlink ref="E2" r:id="khong"/></hyperlinks>"##;
    let relations = [
        ("l1", "hyperlink", "https://drive.example.vn/a?b=1&amp;c=2", true),
        ("l2", "hyperlink", "minh%20chung.xlsx", true),
    ];
    let grid = grid(&workbook().sheet("Phiếu", rows).relations(&relations));
    for (cell, want) in [
        ("A1", Some("https://a.vn/1")),
        ("B1", Some("https://a.vn/2")),
        ("D1", None),
        ("A2", Some("https://drive.example.vn/a?b=1&c=2")),
        ("B2", Some("minh%20chung.xlsx#'Trang 2'!A1")),
        ("C2", Some("minh%20chung.xlsx#'Trang 2'!A1")),
        ("D2", Some("#Phiếu!A1")),
        ("E2", None),
    ] {
        assert_eq!(facts(&grid, cell), Vec::from_iter(want.map(link)), "{cell}");
    }
}

#[test]
fn hidden_rows_and_columns_are_seen_but_not_those_of_a_filter() {
    let rows: String = (1..=9)
        .map(|row| {
            let looks = match row {
                2 | 8 => r#" hidden="1""#,
                3 => r#" ht="0" customHeight="1""#,
                4 => r#" hidden="true" outlineLevel="1""#,
                5 => r#" collapsed="1" hidden="false""#,
                _ => "",
            };
            format!(r#"<row r="{row}"{looks}><c r="A{row}"><v>1</v></c></row>"#)
        })
        .collect();
    let cols = r#"<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0" customWidth="1"/><col min="6" max="6" width="0.7"/></cols>"#;
    let with = |filter: &str| grid(&workbook().sheet("P", &format!("{cols}<sheetData>{rows}</sheetData>{filter}")));
    let plain = with(r#"<autoFilter ref="A1:B9"/>"#);
    assert_eq!(plain.hidden_rows.runs(), [(1, 3), (7, 7)]);
    assert_eq!(plain.hidden_cols.runs(), [(1, 2), (4, 4)]);
    assert!(plain.is_hidden("B9".parse().unwrap()) && plain.is_hidden("A2".parse().unwrap()));
    assert!(!plain.is_hidden("D9".parse().unwrap()));
    let active = with(
        r#"<autoFilter ref="A6:B9"><filterColumn colId="0"><filters><filter val="1"/></filters></filterColumn></autoFilter>"#,
    );
    assert_eq!(active.hidden_rows.runs(), [(1, 3)]);
    let idle = with(r#"<autoFilter ref="A6:B9"><filterColumn colId="0" hiddenButton="1"/></autoFilter>"#);
    assert_eq!(idle.hidden_rows.runs(), [(1, 3), (7, 7)]);
    let table = r#"<table ref="A1:B9"><autoFilter ref="A1:B9"><filterColumn colId="1"><customFilters><customFilter val="0"/></customFilters></filterColumn></autoFilter></table>"#;
    let body = format!("{cols}<sheetData>{rows}</sheetData><tableParts><tablePart r:id=\"t\"/></tableParts>");
    let package = workbook().sheet("P", &body).relations(&[("t", "table", "../tables/table1.xml", false)]);
    assert!(grid(&package.part("xl/tables/table1.xml", table)).hidden_rows.is_empty());
}

#[test]
fn what_lies_on_the_cells_is_seen() {
    let drawing = r#"<xdr:wsDr xmlns:xdr="d" xmlns:a="a" xmlns:mc="m">
        <xdr:twoCellAnchor><xdr:from><xdr:col>3</xdr:col><xdr:row>9</xdr:row></xdr:from><xdr:to><xdr:col>4</xdr:col><xdr:row>12</xdr:row></xdr:to>
            <xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="TextBox 1"/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>Điểm </a:t></a:r><a:r><a:t>7,5</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor>
        <xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:row>1</xdr:row></xdr:from><xdr:ext cx="1219200" cy="571500"/><xdr:pic/></xdr:oneCellAnchor>
        <xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:row>0</xdr:row></xdr:from><xdr:to><xdr:col>1</xdr:col><xdr:row>1</xdr:row></xdr:to><xdr:cxnSp/></xdr:twoCellAnchor>
        <mc:AlternateContent><mc:Choice><xdr:twoCellAnchor><xdr:from><xdr:row>1</xdr:row></xdr:from><xdr:sp><xdr:cNvPr hidden="1"/><a:t>ẩn</a:t></xdr:sp></xdr:twoCellAnchor></mc:Choice>
            <mc:Fallback><xdr:twoCellAnchor><xdr:pic/></xdr:twoCellAnchor></mc:Fallback></mc:AlternateContent></xdr:wsDr>"#;
    let old = r##"<xml xmlns:v="v" xmlns:x="x"><v:shape id="a"><v:textbox><div>Có<br></div></v:textbox><x:ClientData ObjectType="Checkbox"><x:Anchor>3, 5, 19, 2, 4, 0, 20, 1</x:Anchor><x:Checked>1</x:Checked></x:ClientData></v:shape>
        <v:shape><x:ClientData ObjectType="Checkbox"><x:Anchor>3,0,21,0,4,0,22,0</x:Anchor><x:FmlaLink>Phiếu!$D$22</x:FmlaLink></x:ClientData></v:shape>
        <v:shape><x:ClientData ObjectType="Note"><x:Anchor>1,0,1,0,2,0,2,0</x:Anchor></x:ClientData></v:shape></xml>"##;
    let body = r#"<sheetData><row><c><v>1</v></c></row></sheetData><drawing r:id="d"/><legacyDrawing r:id="v"/>"#;
    let package = workbook()
        .sheet("Phiếu", body)
        .relations(&[
            ("d", "drawing", "../drawings/drawing1.xml", false),
            ("v", "vmlDrawing", "../drawings/vmlDrawing1.vml", false),
        ])
        .part("xl/drawings/drawing1.xml", drawing)
        .part("xl/drawings/vmlDrawing1.vml", old);
    let grid = grid(&package);
    assert_eq!(
        drawn(&grid),
        [
            (DrawnKind::TextBox, "D10:E13".to_owned(), "Điểm 7,5"),
            (DrawnKind::Picture, "A2:C5".to_owned(), ""),
            (DrawnKind::CheckBox, "D20:E21".to_owned(), "☑ Có"),
        ]
    );
}

#[test]
fn what_surrounds_a_sheet_may_be_missing_or_broken() {
    let body = r#"<sheetData><row><c><v>1</v></c></row></sheetData><hyperlinks><hyperlink ref="A1" r:id="d"/></hyperlinks><drawing r:id="d"/>"#;
    for part in ["", "<a", "<xdr:twoCellAnchor><xdr:from>", "<v:shape><x:Anchor>9,9"] {
        let relations = [("d", "drawing", "../drawings/d.xml", false), ("e", "drawing", "../khong.xml", false)];
        let package = workbook().sheet("P", body).relations(&relations).part("xl/drawings/d.xml", part);
        assert_eq!(at(&grid(&package), "A1"), Some(&Value::Number(1.0)), "{part}");
    }
}

#[test]
fn of_a_cell_that_is_there_twice_the_later_one_is_seen() {
    let rows = format!(
        r#"<row r="2"><c r="A2" t="inlineStr"><is><r>{OUT}<t>1</t></r></is></c></row><row r="1"><c r="A1"><v>3</v></c></row><row r="2"><c r="A2"><v>4</v></c></row>"#
    );
    let grid = grid(&sheet(&rows));
    assert_eq!((at(&grid, "A2"), facts(&grid, "A2")), (Some(&Value::Number(4.0)), vec![]));
    assert_eq!(grid.get(CellRef::new(0, 0)), Some(&Value::Number(3.0)));
}

/// Written by xlwt: what the tests above say of an `.xlsx`.
#[test]
fn an_xls_is_seen_alike() {
    let reading = read(&fixture("looks.xls"));
    let grid = &book(&reading).grids[0];
    let number = |n: f64| Some(Value::Number(n));
    let time = |days: f64, is_length: bool| Some(Value::Time(Time { days, is_length }));
    for (cell, value, seen) in [
        ("A1", Some(text("1²")), vec![raised("12", "1")]),
        ("B1", Some(text("H₂O")), vec![raised("H2O", "HO")]),
        ("C1", Some(text("4")), vec![crossed_out("1", "14")]),
        ("D1", None, vec![crossed_out("7,5", "7,5")]),
        ("E1", Some(text("12")), vec![]),
        ("G1", Some(text("8")), vec![]),
        ("A2", None, vec![crossed_out("7,5", "7,5")]),
        ("B2", None, vec![crossed_out("Đạt", "Đạt")]),
        ("C2", Some(text("4")), vec![crossed_out("1", "14")]),
        ("D2", None, vec![crossed_out("TRUE", "TRUE")]),
        ("E2", number(5.0), vec![raised("5", "")]),
        ("F2", Some(text("Đạt")), vec![]),
        ("A3", number(5.0), vec![shown("5%")]),
        ("B3", number(7500.0), vec![shown("7,5")]),
        ("C3", number(7.0), vec![shown("7 (dự kiến)")]),
        ("D3", number(5.67), vec![]),
        ("E3", Some(text("80% nháp")), vec![]),
        ("F3", time(0.5, false), vec![]),
        ("G3", time(1.25, true), vec![]),
        ("H3", Some(text("Chưa đạt")), vec![]),
        ("A4", Some(Value::Uncomputed), vec![link("https://a.vn/1")]),
        ("B4", Some(Value::Uncomputed), vec![link("https://a.vn/2")]),
        ("C4", Some(text("https://a.vn/2")), vec![]),
    ] {
        // What xlwt did not compute is a number to calamine.
        if value != Some(Value::Uncomputed) {
            assert_eq!(at(grid, cell), value.as_ref(), "{cell}");
        }
        assert_eq!(facts(grid, cell), seen, "{cell}");
    }
    assert_eq!(at(grid, "F1"), Some(&text("Phòng máy 40 m² và 02 máy chiếu")));
    assert_eq!(grid.hidden_rows.runs(), [(6, 7), (9, 9)]);
    assert_eq!(grid.hidden_cols.runs(), [(9, 10)]);
    assert!(book(&reading).grids[1..].iter().all(|grid| grid.hidden));
}

const STYLES: &str = r#"<office:automatic-styles xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0">
    <number:number-style style:name="N1"><number:number number:decimal-places="0" number:min-integer-digits="1"/><number:text>%</number:text></number:number-style>
    <number:number-style style:name="N2"><number:number number:decimal-places="1" number:display-factor="1000"/></number:number-style>
    <number:number-style style:name="N3"><number:number/><number:text> (dự kiến)</number:text></number:number-style>
    <number:percentage-style style:name="N4"><number:number/><number:text>% </number:text><number:text>nháp</number:text></number:percentage-style>
    <number:percentage-style style:name="N5"><number:number/><number:text>%</number:text></number:percentage-style>
    <number:number-style style:name="N6"><number:number number:min-integer-digits="2"><number:embedded-text number:position="1">,</number:embedded-text></number:number></number:number-style>
    <number:number-style style:name="N7P0"><number:text>Đạt</number:text></number:number-style>
    <number:number-style style:name="N7"><number:text>Chưa đạt</number:text><style:map style:condition="value()&gt;=5" style:apply-style-name="N7P0"/></number:number-style>
    <number:text-style style:name="N8"><number:text>Chưa </number:text><number:text-content/></number:text-style>
    <number:currency-style style:name="N9"><number:number/><number:text> </number:text><number:currency-symbol>₫</number:currency-symbol></number:currency-style>
    <number:time-style style:name="N10"><number:hours/><number:text>:</number:text><number:minutes/></number:time-style>
    <number:time-style style:name="N11" number:truncate-on-overflow="false"><number:hours/></number:time-style>
    <style:style style:name="out" style:family="table-cell"><style:text-properties style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>
    <style:style style:name="child" style:family="table-cell" style:parent-style-name="out"/>
    <style:style style:name="not" style:family="table-cell" style:parent-style-name="common"><style:text-properties style:text-line-through-style="none"/></style:style>
    <style:style style:name="up" style:family="table-cell"><style:text-properties style:text-position="super 58%"/></style:style>
    <style:style style:name="s-up" style:family="text"><style:text-properties style:text-position="33% 58%"/></style:style>
    <style:style style:name="s-low" style:family="text"><style:text-properties style:text-position="sub 58%"/></style:style>
    <style:style style:name="s-out" style:family="text"><style:text-properties style:text-line-through-type="single"/></style:style>
    <style:style style:name="s-not" style:family="text"><style:text-properties style:text-line-through-style="none"/></style:style>
    FORMATS</office:automatic-styles>"#;

/// A document of these columns and rows, with the styles above and those that stand apart.
fn document(table: &str) -> Grid {
    let formats: String = (1..=11)
        .map(|n| format!(r#"<style:style style:name="f{n}" style:family="table-cell" style:data-style-name="N{n}"/>"#))
        .collect();
    let styles = STYLES.replace("FORMATS", &formats);
    let content = format!(
        r#"<office:document-content{ODF} xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0">{styles}<office:body><office:spreadsheet><table:table table:name="Phiếu">{table}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    let common = format!(
        r#"<office:document-styles{ODF}><office:styles><style:style style:name="common" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style></office:styles>
        <office:automatic-styles><style:style style:name="f3" style:family="table-cell" style:parent-style-name="common"/></office:automatic-styles></office:document-styles>"#
    );
    book(&read_bytes(&ods_of(&content).file("styles.xml", &common).bytes())).grids[0].clone()
}

#[test]
fn the_looks_and_formats_of_an_ods_are_seen_alike() {
    let texts = |style: &str, inside: &str| {
        format!(
            r#"<table:table-cell table:style-name="{style}" office:value-type="string"><text:p>{inside}</text:p></table:table-cell>"#
        )
    };
    let number = |style: &str, kind: &str, value: &str| {
        format!(r#"<table:table-cell table:style-name="{style}" office:value-type="{kind}" office:value="{value}"/>"#)
    };
    let span = |style: &str, inside: &str| format!(r#"<text:span text:style-name="{style}">{inside}</text:span>"#);
    let rows = [
        texts("", &format!("1{}", span("s-up", "2"))),
        texts("", &format!("H{}O", span("s-low", "2"))),
        texts("", &format!("{}4", span("s-out", "1"))),
        texts("", &span("s-out", "7,5")),
        texts("", &format!("1{}", span("khác", "2"))),
        number("child", "float", "7.5"),
        texts("out", "Đạt"),
        texts("out", &format!("1{}", span("s-not", "4"))),
        number("not", "float", "6"),
        number("up", "float", "5"),
        number("common", "float", "6"),
    ];
    let formats = [
        number("f1", "float", "5"),
        number("f2", "float", "7500"),
        number("f3", "float", "7"),
        number("f4", "percentage", "0.8"),
        number("f5", "percentage", "0.8"),
        number("f6", "float", "75"),
        number("f7", "float", "3"),
        texts("f8", "đạt"),
        number("f9", "currency", "7"),
        r#"<table:table-cell table:style-name="f10" office:value-type="time" office:time-value="PT12H00M00S"/>"#
            .to_owned(),
        r#"<table:table-cell table:style-name="f11" office:value-type="time" office:time-value="PT30H00M00S"/>"#
            .to_owned(),
    ];
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let grid = document(&(row(&rows) + &row(&formats)));
    let number = |n: f64| Some(Value::Number(n));
    let time = |days: f64, is_length: bool| Some(Value::Time(Time { days, is_length }));
    for (cell, value, seen) in [
        ("A1", Some(text("1²")), vec![raised("12", "1")]),
        ("B1", Some(text("H₂O")), vec![raised("H2O", "HO")]),
        ("C1", Some(text("4")), vec![crossed_out("1", "14")]),
        ("D1", None, vec![crossed_out("7,5", "7,5")]),
        ("E1", Some(text("12")), vec![]),
        ("F1", None, vec![crossed_out("7,5", "7,5")]),
        ("G1", None, vec![crossed_out("Đạt", "Đạt")]),
        ("H1", Some(text("4")), vec![crossed_out("1", "14")]),
        ("I1", number(6.0), vec![]),
        ("J1", number(5.0), vec![raised("5", "")]),
        ("K1", None, vec![crossed_out("6", "6")]),
        ("A2", number(5.0), vec![shown("5%")]),
        ("B2", number(7500.0), vec![shown("7,5")]),
        ("C2", number(7.0), vec![shown("7 (dự kiến)")]),
        ("D2", Some(text("80% nháp")), vec![]),
        ("E2", Some(text("80%")), vec![]),
        ("F2", number(75.0), vec![shown("7,5")]),
        ("G2", number(3.0), vec![shown("Chưa đạt")]),
        ("H2", Some(text("Chưa đạt")), vec![]),
        ("I2", number(7.0), vec![]),
        ("J2", time(0.5, false), vec![]),
        ("K2", time(1.25, true), vec![]),
    ] {
        assert_eq!(at(&grid, cell), value.as_ref(), "{cell}");
        assert_eq!(facts(&grid, cell), seen, "{cell}");
    }
}

#[test]
fn links_hidden_parts_and_drawings_of_an_ods_are_seen_alike() {
    let table = r#"<office:forms><form:form><form:checkbox form:id="c1" form:label="Có" form:current-state="checked"/>
            <form:checkbox form:id="c2" form:linked-cell="Phiếu.D22"/></form:form></office:forms>
        <table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse" table:number-columns-repeated="2" table:default-cell-style-name="out"/>
        <table:table-column table:default-cell-style-name="out"/>
        <table:table-row><table:table-cell office:value-type="string"><text:p>Xem <text:a xlink:href="https://a.vn/1">đây</text:a>, <text:a xlink:href="../a%20b.pdf">kia</text:a></text:p></table:table-cell>
            <table:table-cell table:formula="of:=HYPERLINK(&quot;https://a.vn/2&quot;;&quot;Xem&quot;)" office:value-type="string" office:string-value="Xem"><text:p>Xem</text:p></table:table-cell>
            <table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="float" office:value="3"/></table:table-row>
        <table:table-row table:visibility="collapse" table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="1"/></table:table-row>
        <table:table-row table:visibility="filter"><table:table-cell office:value-type="float" office:value="1"/></table:table-row>
        <table:table-row><table:table-cell table:formula="of:=HYPERLINK([.B5];&quot;Xem&quot;)" office:value-type="string"><text:p>Xem</text:p></table:table-cell>
            <table:table-cell office:value-type="string"><text:p>https://a.vn/3</text:p></table:table-cell>
            <table:table-cell><draw:frame table:end-cell-address="Phiếu.D8"><draw:text-box><text:p>Điểm <text:span>7,5</text:span></text:p></draw:text-box></draw:frame>
                <draw:frame><draw:image/></draw:frame><draw:frame><draw:object/><draw:image/></draw:frame><draw:control draw:control="c1"/><draw:control draw:control="c2"/></table:table-cell></table:table-row>"#;
    let grid = document(table);
    for (cell, links) in [
        ("A1", vec![link("https://a.vn/1"), link("../a%20b.pdf")]),
        ("B1", vec![link("https://a.vn/2")]),
        ("E1", vec![crossed_out("3", "3")]),
        ("A5", vec![link("https://a.vn/3")]),
    ] {
        assert_eq!(facts(&grid, cell), links, "{cell}");
    }
    assert_eq!((at(&grid, "A1"), at(&grid, "E1")), (Some(&text("Xem đây, kia")), None));
    assert_eq!((grid.hidden_rows.runs(), grid.hidden_cols.runs()), (&[(1, 2)][..], &[(2, 3)][..]));
    assert_eq!(
        drawn(&grid),
        [
            (DrawnKind::TextBox, "C5:D8".to_owned(), "Điểm 7,5"),
            (DrawnKind::Picture, "C5:C5".to_owned(), ""),
            (DrawnKind::CheckBox, "C5:C5".to_owned(), "☑ Có"),
        ]
    );
}

#[test]
fn what_is_crossed_out_over_a_whole_ods_sheet_ends_by_itself() {
    let rows = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:style-name="out" table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>"#;
    let grid = document(rows);
    assert!(grid.cells().is_empty() && grid.facts().len() <= Limits::default().sheet_cells);
}
