//! The reader stage on real workbooks, and on packages laid out in every way.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use crate::reader_files::*;
use cds::finding::{Finding, code};
use cds::grid::{Fact, Time, Value};
use cds::reader::{Content, Format, Limits, OtherKind};

// Workbooks of other programs.

#[test]
fn the_same_form_reads_the_same_from_every_format() {
    for (name, format) in [
        ("sheetjs.xlsx", Format::Xlsx),
        ("lo.xlsx", Format::Xlsx),
        ("sheetjs-97.xls", Format::Xls8),
        ("lo.xls", Format::Xls8),
        ("sheetjs-95.xls", Format::Xls5),
        ("sheetjs.xlsb", Format::Xlsb),
        ("sheetjs.ods", Format::Ods),
        ("lo.ods", Format::Ods),
    ] {
        let reading = read(&fixture(name));
        let book = book(&reading);
        assert_eq!(book.format, format, "{name}");
        assert_eq!(reading.fingerprint.len(), 64, "{name}");
        let grid = &book.grids[0];
        assert!(!grid.hidden, "{name}");
        assert_eq!(at(grid, "A2"), Some(&text("1.3.1")), "{name}");
        assert_eq!(at(grid, "C2"), Some(&Value::Number(7.5)), "{name}");
        // LibreOffice made a formula of it, whose value is the number 1.
        let yes = if name == "lo.ods" { Value::Number(1.0) } else { Value::Bool(true) };
        assert_eq!(at(grid, "C3"), Some(&yes), "{name}");
        assert_eq!(at(grid, "C4"), Some(&Value::Number(15.0)), "{name}");
        assert_eq!(at(grid, "D2"), None, "{name}");
        if format != Format::Xls5 {
            assert_eq!(grid.name, "Phiếu tự đánh giá", "{name}");
            assert_eq!(at(grid, "B2"), Some(&text("Có kế hoạch chuyển đổi số")), "{name}");
        }
        match at(grid, "B4") {
            Some(Value::Date(date)) => assert_eq!((date.year, date.month, date.day), (2025, 5, 7), "{name}"),
            other => panic!("{name}: {other:?}"),
        }
        let merged = [("A1".parse().unwrap(), "B1".parse().unwrap())];
        assert!(matches!(format, Format::Xls5 | Format::Xlsb) || grid.merges == merged, "{name}: {:?}", grid.merges);
        assert_eq!(at(&book.grids[1], "A1"), Some(&text("qd-4725-2022")), "{name}");
        assert!(book.grids[1].hidden || name == "sheetjs.ods", "{name}");
    }
}

#[test]
fn hidden_sheets_are_read_and_chart_sheets_are_not() {
    let reading = read(&fixture("openpyxl.xlsx"));
    let book = book(&reading);
    let sheets: Vec<(&str, bool)> = book.grids.iter().map(|grid| (grid.name.as_str(), grid.hidden)).collect();
    assert_eq!(sheets, [("Phiếu", false), ("an", true)]);
    assert!(book.software.as_deref().is_some_and(|software| software.contains("Excel")), "{:?}", book.software);
    assert_eq!(book.findings, []);
}

#[test]
fn values_keep_what_they_are() {
    let reading = read(&fixture("openpyxl.xlsx"));
    let grid = &book(&reading).grids[0];
    assert_eq!(at(grid, "B1"), Some(&Value::Number(7.5)), "quoted letters in the format");
    assert_eq!(at(grid, "B2"), Some(&Value::Number(7.5)), "letters of a date in a format of numbers");
    assert!(matches!(at(grid, "B3"), Some(Value::Date(date)) if date.serial == 45_784.0), "{:?}", at(grid, "B3"));
    assert_eq!(at(grid, "B4"), Some(&Value::Uncomputed));
    assert_eq!(at(grid, "B5"), Some(&Value::Bool(true)));
    assert_eq!(at(grid, "B6"), Some(&Value::Error("#REF!".into())));
    assert_eq!(at(grid, "B7"), Some(&Value::Time(Time { days: 0.5, is_length: true })));
    assert_eq!(at(grid, "D1"), Some(&text("gộp")));
    assert_eq!(grid.merges, [("D1".parse().unwrap(), "E2".parse().unwrap())]);
}

#[test]
fn wild_returns_read() {
    for name in ["wild-10.xlsx", "wild-14.xls", "wild-15.ods"] {
        let reading = read(&fixture(name));
        let cells: usize = book(&reading).grids.iter().map(|grid| grid.cells().len()).sum();
        assert!(cells > 100, "{name}: {cells}");
    }
    let reading = read(&fixture("wild-12.xlsx"));
    assert_eq!(at(&book(&reading).grids[0], "D18"), Some(&Value::Uncomputed));
    assert!(!book(&read(&fixture("wild-10.xlsx"))).grids[0].merges.is_empty());
    assert!(!book(&read(&fixture("wild-14.xls"))).grids[0].cells().is_empty());
}

#[test]
fn binary_workbooks_carry_their_note() {
    let reading = read(&fixture("sheetjs.xlsb"));
    assert_eq!(book(&reading).findings, [Finding::new(code::BINARY_WORKBOOK)]);
}

/// Tables below one another, lines between them, cells that span, fields of a page, looks that carry meaning.
#[test]
fn a_web_page_is_read_like_a_sheet() {
    let reading = read(&fixture("sheetjs-html.xls"));
    let grid = &book(&reading).grids[0];
    assert_eq!((at(grid, "A1"), at(grid, "C1")), (Some(&text("Mã")), Some(&text("Điểm tự đánh giá"))));
    assert_eq!((at(grid, "A2"), at(grid, "C2")), (Some(&text("1.3.1")), Some(&text("7.5"))));
    assert_eq!(book(&reading).findings, [Finding::new(code::TABLE_OF_PAGE)]);

    let page = "<html><head><title>không đọc</title><style>td { x: 1 }</style></head><body>\
        <h2>PHIẾU\n  TỰ ĐÁNH GIÁ</h2><p>Mã trường: <b>80100001</b><br>Năm học 2024-2025</p><script>var a = '<td>';</script>\
        <table><thead><tr><th rowspan=2>Mã<th colspan='2'>Điểm</thead><tr><td>Tối đa<td>Tự chấm</tr>\
        <tr><td>1.1</td><td>10</td><td>1<sup>2</sup></td></tr>\
        <tr style='display: none'><td>1.2<td>10<td><s>4</s> 5</tr>\
        <tr><td>1.2.1<td>10<td style='text-decoration: line-through'>5</tr>\
        <tr style='text-decoration:line-through'><td>1.2.2<td>10<td>5</tr>\
        <tr><td>1.3<td><input type=text value='7,5'><td><input type=checkbox checked> <input type=checkbox></tr>\
        <tr><td>1.4<td><a href='https://a.vn/x?a=1&amp;b=2'>Xem</a><td><select><option>Có<option selected>Không</select></tr>\
        </table>Người lập<table><tr><td>Trong<table><tr><td>lòng</table>sau</table></body>";
    let reading = read_bytes(page.as_bytes());
    let grid = &book(&reading).grids[0];
    let cells: Vec<String> =
        grid.cells().iter().map(|(at, value)| format!("{at}={}", cds::form::show(value))).collect();
    let want = [
        "A1=PHIẾU TỰ ĐÁNH GIÁ",
        "A2=Mã trường: 80100001",
        "A3=Năm học 2024-2025",
        "A4=Mã",
        "B4=Điểm",
        "B5=Tối đa",
        "C5=Tự chấm",
        "A6=1.1",
        "B6=10",
        "C6=1²",
        "A7=1.2",
        "B7=10",
        "C7=5",
        "A8=1.2.1",
        "B8=10",
        "A10=1.3",
        "B10=7,5",
        "C10=x",
        "A11=1.4",
        "B11=Xem",
        "C11=Không",
        "A12=Người lập",
        "A13=Trong",
        "A14=lòng",
        "A15=sau",
    ];
    assert_eq!(cells, want);
    assert_eq!(grid.merges.len(), 2);
    assert!(grid.is_hidden("A7".parse().unwrap()) && !grid.is_hidden("A8".parse().unwrap()));
    let facts: Vec<&Fact> = grid.facts().iter().map(|(_, fact)| fact).collect();
    assert!(facts.contains(&&Fact::Link("https://a.vn/x?a=1&b=2".to_owned())));
    assert_eq!(facts.len(), 7, "{facts:?}");

    for (bytes, format) in [
        (&b"<html><frameset><frame src='sheet001.htm'></frameset></html>"[..], "HTML"),
        (b"MIME-Version: 1.0\r\n", "MHTML"),
    ] {
        let reading = read_bytes(bytes);
        assert_eq!(codes(&reading), [code::HTML_PAGE.0]);
        assert!(matches!(&reading.content, Content::Unreadable(why) if why[0].values["format"] == format));
    }
}

/// A page that spans and nests without end costs no more than the limits.
#[test]
fn a_hostile_page_is_bounded() {
    let spans =
        "<table>".to_owned() + &"<tr>".repeat(50) + &"<td rowspan=65534 colspan=1000>a".repeat(20_000) + "</table>";
    let nested = "<table><tr><td>a".repeat(50_000) + &"<s><span>".repeat(50_000);
    let rows = "<table>".to_owned() + &"<tr><td>x<td>y".repeat(300_000);
    for page in [spans, nested, rows] {
        let limits = Limits { sheet_cells: 10_000, file_cells: 10_000, ..Limits::default() };
        let reading = read_bytes_with(page.as_bytes(), limits);
        assert!(book(&reading).grids[0].cells().len() <= 10_000);
    }
}

#[test]
fn what_is_no_workbook_is_named() {
    for (name, want) in [
        ("locked.xlsx", code::PASSWORD),
        ("sheetjs-2.xls", code::OLD_WORKBOOK),
        ("sheetjs-4.xls", code::OLD_WORKBOOK),
        ("sheetjs-2003.xls", code::OLD_WORKBOOK),
        ("sheetjs.slk", code::OLD_WORKBOOK),
        ("sheetjs.fods", code::OLD_WORKBOOK),
        ("sheetjs.csv", code::TEXT_TABLE),
        ("wild-23.xlsx", code::HALF_COPIED),
    ] {
        assert_eq!(codes(&read(&fixture(name))), [want.0], "{name}");
    }
}

#[test]
fn evidence_is_told_from_returns_and_has_a_fingerprint() {
    let word = Zip::new().file("[Content_Types].xml", "<Types/>").file("word/document.xml", "<w/>").bytes();
    let slides = Zip::new().file("[Content_Types].xml", "<Types/>").file("ppt/presentation.xml", "<p/>").bytes();
    let letter =
        Zip::new().stored("mimetype", "application/vnd.oasis.opendocument.text").file("content.xml", "<x/>").bytes();
    for (bytes, want) in [
        (&b"%PDF-1.7\n%stuff"[..], OtherKind::Pdf),
        (b"\x89PNG\r\n\x1A\nstuff", OtherKind::Picture),
        (&word, OtherKind::Word),
        (&slides, OtherKind::Slides),
        (&letter, OtherKind::Word),
    ] {
        let reading = read_bytes(bytes);
        assert_eq!(reading.content, Content::Other(want));
        assert_eq!((reading.size, reading.fingerprint.len()), (bytes.len() as u64, 64));
    }
}

/// Every workbook of the repository, below a folder.
fn workbooks(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().to_lowercase();
        if path.is_dir() && name != "target" && !name.starts_with('.') {
            workbooks(&path, found);
        } else if [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"].iter().any(|end| name.ends_with(end)) {
            found.push(path);
        }
    }
}

#[test]
fn parts_in_utf_16_and_packages_of_the_wide_kind_read() {
    let wide = |text: &str| {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        [0xFF, 0xFE].into_iter().chain(units).collect::<Vec<u8>>()
    };
    let rows = r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>điểm</t></is></c></row></sheetData></worksheet>"#;
    let package = sheet("").zip().without("xl/worksheets/sheet0.xml").file("xl/worksheets/sheet0.xml", wide(rows));
    let reading = read_bytes(&package.bytes());
    assert_eq!(at(&book(&reading).grids[0], "A1"), Some(&text("điểm")));

    // The end of the directory as zip64 writes it.
    let plain = sheet(r#"<row r="1"><c r="A1"><v>7</v></c></row>"#).bytes();
    let end = plain.len() - 22;
    let field = |at: usize| u32::from_le_bytes(plain[end + at..end + at + 4].try_into().unwrap());
    let count = u64::from(u16::from_le_bytes([plain[end + 10], plain[end + 11]]));
    let mut wide = plain[..end].to_vec();
    wide.extend_from_slice(b"PK\x06\x06");
    wide.extend_from_slice(&44_u64.to_le_bytes());
    wide.extend_from_slice(&[45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for number in [count, count, u64::from(field(12)), u64::from(field(16))] {
        wide.extend_from_slice(&number.to_le_bytes());
    }
    wide.extend_from_slice(b"PK\x06\x07\0\0\0\0");
    wide.extend_from_slice(&(end as u64).to_le_bytes());
    wide.extend_from_slice(&[1, 0, 0, 0]);
    wide.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    wide.extend_from_slice(&[0xFF; 12]);
    wide.extend_from_slice(&[0, 0]);
    assert_eq!(at(&book(&read_bytes(&wide)).grids[0], "A1"), Some(&Value::Number(7.0)));
}

#[test]
fn repacking_changes_no_reading() {
    let mut paths = Vec::new();
    workbooks(Path::new(env!("CARGO_MANIFEST_DIR")), &mut paths);
    // Cells in the short form: without repacking calamine passes over them.
    // A stray mark far away: without repacking the range takes all memory.
    let needs_repacking =
        |path: &PathBuf| path.ends_with("far.xls") || path.extension().is_some_and(|end| end == "xlsb");
    paths.retain(|path| !needs_repacking(path));
    assert!(paths.len() > 10);
    let repacked = read_with(&paths, Limits::default(), 2);
    let whole = read_with(&paths, Limits { repack: false, ..Limits::default() }, 2);
    let by_calamine = read_with(&paths, Limits { direct: false, ..Limits::default() }, 2);
    for (path, ((a, b), c)) in paths.iter().zip(repacked.iter().zip(&whole).zip(&by_calamine)) {
        assert_eq!(a, b, "{}", path.display());
        assert_eq!(a, c, "{}", path.display());
    }
}

#[test]
fn a_package_may_be_laid_out_as_it_likes() {
    // Strings and sheets at paths of their own, a chart sheet, a macro sheet, an odd state, dates since 1904.
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!(r#"<x:Relationship Id="{id}" Type="{office}/{kind}" Target="{target}"/>"#)
    };
    let relations = [
        relation("a", "worksheet", "/trang/mot.xml"),
        relation("b", "chartsheet", "bieu-do.xml"),
        relation("c", "xlMacrosheet", "macro.xml"),
        relation("d", "worksheet", "../trang/hai.xml"),
        relation("e", "sharedStrings", "chu.xml"),
        relation("f", "styles", "kieu.xml"),
    ];
    let main = r#"<x:workbook xmlns:x="m" xmlns:q="r"><x:workbookPr date1904="1"/><x:sheets>
        <x:sheet name="Một &amp; 1" q:id="a"/><x:sheet name="Biểu đồ" q:id="b"/><x:sheet name="Macro" q:id="c"/>
        <x:sheet name="Hai" state="la" q:id="d"/></x:sheets></x:workbook>"#;
    let one = r#"<worksheet><dimension ref="Z9:A1"/><sheetData><row><c t="s"><v>0</v></c><c s="1"><v>44322</v></c></row></sheetData></worksheet>"#;
    let two = r#"<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>2</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:B1"/></x:mergeCells></x:worksheet>"#;
    let zip = Zip::new()
        .file("[Content_Types].xml", "<Types/>")
        .file("_rels/.rels", format!("<Relationships>{}</Relationships>", relation("m", "officeDocument", "so/quyen.xml").replace("x:", "")))
        .file("so/quyen.xml", main)
        .file("so/_rels/quyen.xml.rels", format!("<x:Relationships>{}</x:Relationships>", relations.concat()))
        .file("so/chu.xml", "<sst><si><t>một</t></si></sst>")
        .file("so/kieu.xml", r#"<styleSheet><fonts><font/></fonts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#)
        .file("trang/mot.xml", one)
        .file("trang/hai.xml", two)
        .file("so/bieu-do.xml", "<chartsheet/>")
        .file("so/macro.xml", "<macrosheet/>");
    let reading = read_bytes(&zip.bytes());
    let book = book(&reading);
    let sheets: Vec<(&str, bool)> = book.grids.iter().map(|grid| (grid.name.as_str(), grid.hidden)).collect();
    assert_eq!(sheets, [("Một & 1", false), ("Hai", true)]);
    assert_eq!(at(&book.grids[0], "A1"), Some(&text("một")));
    assert!(
        matches!(at(&book.grids[0], "B1"), Some(Value::Date(date)) if (date.year, date.month, date.day) == (2025, 5, 7))
    );
    assert_eq!(at(&book.grids[1], "A1"), Some(&Value::Number(2.0)));
    assert_eq!(book.grids[1].merges.len(), 1);
    assert_eq!(book.findings, []);
}

#[test]
fn marked_texts_read_like_plain_ones() {
    let rows = r#"<row r="1"><c r="A1"><v><![CDATA[7.5]]></v></c><c r="B1" t="inlineStr"><is><t><![CDATA[a & <b>]]></t></is></c>
        <c r="C1" t="inlineStr"><is><t>x <![CDATA[y]]></t></is></c></row>"#;
    let grid = &book(&read_bytes(&sheet(rows).bytes())).grids[0].clone();
    assert_eq!(at(grid, "A1"), Some(&Value::Number(7.5)));
    assert_eq!(at(grid, "B1"), Some(&text("a & <b>")));
    assert_eq!(at(grid, "C1"), Some(&text("x y")));
    let open = sheet(r#"<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[a</t></is></c></row>"#).bytes();
    assert_eq!(codes(&read_bytes(&open)).len(), 1);
}

#[test]
fn a_part_that_is_there_twice_is_taken_only_where_both_are_alike() {
    let name = "xl/worksheets/sheet0.xml";
    let part = |score: &str| {
        format!(r#"<worksheet><sheetData><row r="1"><c r="A1"><v>{score}</v></c></row></sheetData></worksheet>"#)
    };
    let package = |names: [&str; 2], scores: [&str; 2]| {
        let zip = sheet("").zip().without(name);
        zip.file(names[0], part(scores[0])).file(names[1], part(scores[1])).bytes()
    };
    let alike = read_bytes(&package([name, name], ["7", "7"]));
    assert_eq!(at(&book(&alike).grids[0], "A1"), Some(&Value::Number(7.0)));
    for names in [[name, name], [name, "XL/Worksheets/Sheet0.xml"], ["/xl/worksheets/sheet0.xml", name]] {
        assert_eq!(codes(&read_bytes(&package(names, ["7", "9"]))), [code::DAMAGED.0], "{names:?}");
    }
}
