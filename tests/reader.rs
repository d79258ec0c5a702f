//! The reader stage on real workbooks and on hostile bytes, through worker processes as a run uses them.
#![allow(clippy::unwrap_used)]

mod reader_files;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use cds::finding::{Finding, code};
use cds::grid::{CellRef, Grid, Value};
use cds::reader::{Content, Format, Job, Limits, OtherKind, Pool, PoolError, Reading, Workbook};
use reader_files::{Zip, cyclic_xls, sheet, workbook};

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_cds"))
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reader").join(name)
}

/// Reads files in workers, by their place in the list.
fn read_with(paths: &[PathBuf], limits: Limits, threads: usize) -> Vec<Reading> {
    let jobs: Vec<Job> = paths.iter().cloned().enumerate().map(|(id, path)| Job { id, path }).collect();
    let done = Mutex::new(BTreeMap::new());
    let pool = Pool { program: program(), limits, threads, stop: None };
    pool.read_all(&jobs, |id, reading| assert!(done.lock().unwrap().insert(id, reading).is_none(), "{id} came twice"))
        .unwrap();
    let done = done.into_inner().unwrap();
    assert_eq!(done.len(), paths.len());
    done.into_values().collect()
}

fn read(path: &Path) -> Reading {
    read_with(&[path.to_owned()], Limits::default(), 1).remove(0)
}

/// Reads bytes as a file of any name.
fn read_bytes(bytes: &[u8]) -> Reading {
    read_bytes_with(bytes, Limits::default())
}

fn read_bytes_with(bytes: &[u8], limits: Limits) -> Reading {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("phieu.xlsx");
    std::fs::write(&path, bytes).unwrap();
    read_with(&[path], limits, 1).remove(0)
}

#[track_caller]
fn book(reading: &Reading) -> &Workbook {
    match &reading.content {
        Content::Workbook(book) => book,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn codes(reading: &Reading) -> Vec<u16> {
    match &reading.content {
        Content::Unreadable(why) => why.iter().map(|finding| finding.code.0).collect(),
        other => panic!("{other:?}"),
    }
}

fn at<'a>(grid: &'a Grid, cell: &str) -> Option<&'a Value> {
    grid.get(cell.parse::<CellRef>().unwrap())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

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
    assert_eq!(at(grid, "B7"), Some(&Value::Number(0.5)), "a length of time is a number");
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

#[test]
fn what_is_no_workbook_is_named() {
    for (name, want) in [
        ("locked.xlsx", code::PASSWORD),
        ("sheetjs-2.xls", code::OLD_WORKBOOK),
        ("sheetjs-4.xls", code::OLD_WORKBOOK),
        ("sheetjs-2003.xls", code::OLD_WORKBOOK),
        ("sheetjs.slk", code::OLD_WORKBOOK),
        ("sheetjs.fods", code::OLD_WORKBOOK),
        ("sheetjs-html.xls", code::HTML_PAGE),
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

// Hostile files: each ends with its finding, the program unharmed.

#[test]
fn broken_files_are_named() {
    let encrypted =
        "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let ods = Zip::new()
        .stored("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        .file("META-INF/manifest.xml", encrypted)
        .file("content.xml", "rubbish");
    let numbers = Zip::new().file("Index/Document.iwa", "x").file("Metadata/Properties.plist", "x");
    let no_part = workbook().without("xl/workbook.xml");
    let no_type = Zip::new().file("[Content_Types].xml", "<Types/>").file("other/part.xml", "<x/>");
    let locked_xls = {
        // The second record of the workbook stream becomes FilePass.
        let mut bytes = std::fs::read(fixture("sheetjs-97.xls")).unwrap();
        let bof = bytes.windows(4).position(|w| w == [0x09, 0x08, 0x10, 0x00]).unwrap();
        bytes[bof + 20..bof + 22].copy_from_slice(&[0x2F, 0]);
        bytes
    };
    for (what, bytes, want) in [
        ("empty", vec![], code::EMPTY_FILE),
        ("one byte", vec![7], code::NOT_A_WORKBOOK),
        ("zeros", vec![0; 20_000], code::NOT_DOWNLOADED),
        ("random", (0..5000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect(), code::NOT_A_WORKBOOK),
        ("cyclic allocation table", cyclic_xls(), code::DAMAGED),
        ("locked .ods", ods.bytes(), code::PASSWORD),
        ("Numbers", numbers.bytes(), code::APPLE_DOCUMENT),
        ("no workbook part", no_part.bytes(), code::DAMAGED),
        ("unknown package", no_type.bytes(), code::NOT_A_WORKBOOK),
        ("no sheet", workbook().bytes(), code::NO_WORKSHEET),
        ("locked .xls", locked_xls, code::PASSWORD),
        ("no entries", Zip::new().bytes(), code::EMPTY_ARCHIVE),
    ] {
        assert_eq!(codes(&read_bytes(&bytes)), [want.0], "{what}");
    }
}

#[test]
fn a_truncated_workbook_is_half_copied_wherever_it_is_cut() {
    let whole = std::fs::read(fixture("openpyxl.xlsx")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> = (1..whole.len())
        .step_by(512)
        .map(|end| {
            let path = folder.path().join(format!("{end:06}.xlsx"));
            std::fs::write(&path, &whole[..end]).unwrap();
            path
        })
        .collect();
    for reading in read_with(&paths, Limits::default(), 2).iter().skip(1) {
        assert_eq!(codes(reading), [code::HALF_COPIED.0]);
    }
}

#[test]
fn far_cells_cost_nothing() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    let reading = read_bytes(&sheet(rows).bytes());
    let grid = &book(&reading).grids[0];
    assert_eq!(grid.cells().len(), 2);
    assert_eq!(at(grid, "XFD1048576"), Some(&Value::Number(2.0)));
}

#[test]
fn numbers_that_are_none_stay_visible() {
    let rows = r#"<row r="1"><c r="A1"><v>nan</v></c><c r="B1"><v>1e400</v></c></row>"#;
    let reading = read_bytes(&sheet(rows).bytes());
    let grid = &book(&reading).grids[0];
    assert!(matches!(at(grid, "A1"), Some(Value::Number(n)) if n.is_nan()));
    assert_eq!(at(grid, "B1"), Some(&Value::Number(f64::INFINITY)));
}

#[test]
fn an_error_that_calamine_does_not_know_is_an_error_at_its_cell() {
    let spill = sheet(r#"<row r="1"><c r="A1" t="e"><v>#SPILL!</v></c></row>"#);
    let both = spill.sheet("Hai", r#"<row r="1"><c r="A1"><v>2</v></c></row>"#);
    let reading = read_bytes(&both.bytes());
    let grids = &book(&reading).grids;
    let names: Vec<&str> = grids.iter().map(|grid| grid.name.as_str()).collect();
    assert_eq!(names, ["Phiếu", "Hai"]);
    assert_eq!(at(&grids[0], "A1"), Some(&Value::Error("#SPILL!".into())));

    let reading = read_bytes_with(&both.bytes(), Limits { repack: false, ..Limits::default() });
    let book = book(&reading);
    assert_eq!(book.grids.len(), 1);
    assert_eq!(book.findings[0].code, code::SHEET_WITH_NEW_ERROR);
    assert_eq!(book.findings[0].place.sheet.as_deref(), Some("Phiếu"));
    assert_eq!(book.findings[0].values["error"], "#SPILL!");
}

#[test]
fn lying_counts_and_missing_strings_harm_nobody() {
    let strings = r#"<sst count="4294967290" uniqueCount="4294967290"><si><t>một</t></si></sst>"#;
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#;
    let reading = read_bytes(&sheet(rows).strings(strings).bytes());
    assert_eq!(at(&book(&reading).grids[0], "A1"), Some(&text("một")));
    let plain = Limits { repack: false, ..Limits::default() };
    assert_eq!(codes(&read_bytes_with(&sheet(rows).strings(strings).bytes(), plain)), [code::STOPPED_MEMORY.0]);
    let rows = r#"<row r="1"><c r="A1" t="s"><v>9</v></c></row>"#;
    let reading = read_bytes(&sheet(rows).strings(r#"<sst count="1"><si><t>một</t></si></sst>"#).bytes());
    assert_eq!(codes(&reading), [code::SHEET_UNREADABLE.0]);
}

#[test]
fn wild_references_are_left_out_and_said() {
    for reference in ["ZZZZZZZ99999999999", "A0", "XFE1", "A1048577", "1", "ZZZZZZZZ1"] {
        let rows = format!(r#"<row r="1"><c r="B1"><v>1</v></c><c r="{reference}"><v>2</v></c></row>"#);
        let reading = read_bytes(&sheet(&rows).bytes());
        let book = book(&reading);
        assert_eq!(book.grids[0].cells().len(), 1, "{reference}");
        assert_eq!(book.findings[0].code, code::CELL_OUT_OF_SHEET, "{reference}");
    }
    let reading = read_bytes(&sheet(r#"<row r="99999999999"><c><v>1</v></c></row>"#).bytes());
    assert_eq!(codes(&reading), [code::SHEET_UNREADABLE.0]);
}

#[test]
fn too_many_cells_too_long_texts_and_too_many_sheets_are_cut_and_said() {
    let limits = Limits { sheet_cells: 3, sheets: 2, ..Limits::default() };
    let row = |n: usize| format!(r#"<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>"#);
    let rows: String = (1..=5).map(row).collect();
    let many = sheet(&rows).sheet("Hai", &row(1)).sheet("Ba", &row(1));
    let reading = read_bytes_with(&many.bytes(), limits);
    let book_ = book(&reading);
    assert!(book_.grids[0].truncated);
    assert_eq!(book_.grids[0].cells().len(), 3);
    assert_eq!(book_.grids.len(), 2);
    assert_eq!(book_.findings[0].code, code::TOO_MANY_SHEETS);

    let long = format!(r#"<row r="1"><c r="B1" t="inlineStr"><is><t>{}</t></is></c></row>"#, "ư".repeat(40_000));
    let reading = read_bytes(&sheet(&long).bytes());
    let book_ = book(&reading);
    assert!(matches!(at(&book_.grids[0], "B1"), Some(Value::Text(text)) if text.chars().count() == 32_767));
    assert_eq!(book_.findings[0].code, code::LONG_TEXT_CUT);
    assert_eq!(book_.findings[0].place.cell, Some("B1".parse().unwrap()));
}

#[test]
fn repeated_cells_of_an_ods_do_not_fill_the_memory() {
    let cell = r#"<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell>"#;
    let row = format!(r#"<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>"#);
    let reading = read_bytes(&reader_files::ods(&row).bytes());
    let grid = &book(&reading).grids[0];
    assert!(grid.truncated);
    assert_eq!(grid.cells().len(), Limits::default().sheet_cells);

    let stray = r#"<table:table-row><table:table-cell office:value-type="float" office:value="7.5"/></table:table-row>
        <table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row><table:table-cell table:number-columns-repeated="16383"/><table:table-cell office:value-type="string"><text:p>a&amp;b</text:p><text:p>c<text:s text:c="2"/>d</text:p></table:table-cell></table:table-row>"#;
    let reading = read_bytes(&reader_files::ods(stray).bytes());
    let grid = &book(&reading).grids[0];
    assert_eq!(grid.cells().len(), 2);
    assert_eq!(at(grid, "XFD1048576"), Some(&text("a&b\nc  d")));
}

#[test]
fn formulas_and_errors_of_an_ods_are_told_apart() {
    let row = r##"<table:table-row>
        <table:table-cell table:formula="of:=1"/>
        <table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>
        <table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""/>
        <table:table-cell office:value-type="percentage" office:value="0.8"><text:p>80%</text:p></table:table-cell>
        <table:table-cell office:value-type="time" office:time-value="PT12H00M00S"/>
        <table:table-cell office:value-type="string"><office:annotation><text:p>ghi chú</text:p></office:annotation><text:p>có</text:p></table:table-cell>
        </table:table-row>"##;
    let reading = read_bytes(&reader_files::ods(row).bytes());
    let grid = &book(&reading).grids[0];
    assert_eq!(at(grid, "A1"), Some(&Value::Uncomputed));
    assert_eq!(at(grid, "B1"), Some(&Value::Error("#DIV/0!".into())));
    assert_eq!(at(grid, "C1"), None);
    assert_eq!(at(grid, "D1"), Some(&Value::Number(0.8)));
    assert_eq!(at(grid, "E1"), Some(&Value::Number(0.5)));
    assert_eq!(at(grid, "F1"), Some(&text("có")));
}

#[test]
fn a_workbook_that_takes_too_long_is_stopped_by_its_computing_time() {
    let limits = Limits { cpu: Duration::from_millis(1), inflated_bytes: 4 << 30, ratio: 2000, ..Limits::default() };
    let reading = read_bytes_with(&endless(), limits);
    assert_eq!(codes(&reading), [code::STOPPED_CPU.0]);
}

#[test]
fn a_workbook_that_does_not_answer_is_stopped_by_the_clock() {
    let limits = Limits { wall: Duration::from_millis(300), inflated_bytes: 4 << 30, ratio: 2000, ..Limits::default() };
    let reading = read_bytes_with(&endless(), limits);
    assert_eq!(codes(&reading), [code::STOPPED_WAITING.0]);
}

/// Blank cells without number: nothing that a cap on cells would stop.
fn endless() -> Vec<u8> {
    let cells = "<c/>".repeat(24 << 20);
    sheet(&format!(r#"<row r="1">{cells}</row>"#)).bytes()
}

#[test]
fn a_worker_out_of_memory_costs_its_file_only() {
    let limits = Limits { address_space: 64 << 20, ratio: 2000, ..Limits::default() };
    let text = "a".repeat(60 << 20);
    let bomb = sheet(&format!(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>"#)).bytes();
    let folder = tempfile::tempdir().unwrap();
    let mut paths = vec![fixture("openpyxl.xlsx"); 20];
    for place in [0, 5, 6, 19] {
        paths[place] = folder.path().join(format!("{place}.xlsx"));
        std::fs::write(&paths[place], &bomb).unwrap();
    }
    let alone = read(&fixture("openpyxl.xlsx"));
    for (place, reading) in read_with(&paths, limits, 2).iter().enumerate() {
        if [0, 5, 6, 19].contains(&place) {
            assert_eq!(codes(reading), [code::STOPPED_MEMORY.0], "{place}");
        } else {
            assert_eq!(*reading, alone, "{place}");
        }
    }
}

#[test]
fn threads_and_neighbours_change_nothing() {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(fixture("")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let one = read_with(&paths, Limits::default(), 1);
    assert_eq!(one, read_with(&paths, Limits::default(), 4));
    paths.reverse();
    let mut reversed = read_with(&paths, Limits::default(), 3);
    reversed.reverse();
    assert_eq!(one, reversed);
    paths.reverse();
    let alone: Vec<Reading> = paths.iter().map(|path| read(path)).collect();
    assert_eq!(one, alone);
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
fn repacking_changes_no_reading() {
    let mut paths = Vec::new();
    workbooks(Path::new(env!("CARGO_MANIFEST_DIR")), &mut paths);
    // Cells in the short form: without repacking calamine passes over them.
    paths.retain(|path| !path.ends_with("sheetjs.xlsb"));
    assert!(paths.len() > 10);
    let repacked = read_with(&paths, Limits::default(), 2);
    let whole = read_with(&paths, Limits { repack: false, ..Limits::default() }, 2);
    for (path, (a, b)) in paths.iter().zip(repacked.iter().zip(&whole)) {
        assert_eq!(a, b, "{}", path.display());
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

// Archives.

fn members(reading: &Reading) -> Vec<(&str, String)> {
    let Content::Archive(archive) = &reading.content else { panic!("{:?}", reading.content) };
    let told = |content: &Content| match content {
        Content::Workbook(book) => format!("{} sheets", book.grids.len()),
        Content::Other(kind) => format!("{kind:?}"),
        Content::Archive(_) => "archive".to_owned(),
        Content::Unreadable(why) => why[0].code.to_string(),
    };
    archive.members.iter().map(|member| (member.name.as_str(), told(&member.reading.content))).collect()
}

#[test]
fn an_archive_of_returns_is_read_member_by_member() {
    let form = std::fs::read(fixture("openpyxl.xlsx")).unwrap();
    let inner = Zip::new().file("x.xlsx", &form).bytes();
    let zip = Zip::new()
        .file("xã Long Trì/", "")
        .file("xã Long Trì/80100001.xlsx", &form)
        .stored("..\\..\\80100002.xls", std::fs::read(fixture("lo.xls")).unwrap())
        .file("/ban ky.pdf", "%PDF-1.4 some pages")
        .file("trong.zip", &inner)
        .file("~$80100001.xlsx", "x")
        .file("__MACOSX/._80100001.xlsx", "x")
        .locked("khoa.xlsx", "xxxxxxxxxxxxxxxx")
        .file("hong.xlsx", &form[..3000]);
    let reading = read_bytes(&zip.bytes());
    let want = [
        ("xã Long Trì/80100001.xlsx", "2 sheets"),
        ("80100002.xls", "2 sheets"),
        ("ban ky.pdf", "Pdf"),
        ("trong.zip", "CDS128"),
        ("~$80100001.xlsx", "Junk"),
        ("__MACOSX/._80100001.xlsx", "Junk"),
        ("khoa.xlsx", "CDS106"),
        ("hong.xlsx", "CDS104"),
    ];
    assert_eq!(members(&reading), want.map(|(name, told)| (name, told.to_owned())));
    let Content::Archive(archive) = &reading.content else { unreachable!() };
    assert_eq!(archive.members[0].modified, Some(jiff::civil::date(2025, 6, 9).at(8, 30, 0, 0)));
    assert_eq!(archive.members[0].reading.fingerprint, read(&fixture("openpyxl.xlsx")).fingerprint);
    assert_eq!(archive.findings, []);
}

#[test]
fn archives_without_returns_locked_or_with_doubles_are_named() {
    assert_eq!(codes(&read_bytes(&Zip::new().file("a/", "").file("Thumbs.db", "x").bytes())), [code::EMPTY_ARCHIVE.0]);
    assert_eq!(codes(&read_bytes(&Zip::new().locked("a.xlsx", "xxxx").bytes())), [code::PASSWORD.0]);
    let doubles = read_bytes(&Zip::new().file("a.txt", "một hai").file("a.txt", "ba").bytes());
    assert_eq!(members(&doubles).len(), 2);
    let Content::Archive(archive) = &doubles.content else { unreachable!() };
    assert_eq!(archive.findings[0].code, code::ARCHIVE_REPEATS_A_NAME);
}

#[test]
fn an_archive_with_too_many_members_is_cut_and_said() {
    let limits = Limits { archive_members: 3, ..Limits::default() };
    let zip = (0..10).fold(Zip::new(), |zip, i| zip.file(&format!("{i}.txt"), "một"));
    let reading = read_bytes_with(&zip.bytes(), limits);
    assert_eq!(members(&reading).len(), 3);
    let Content::Archive(archive) = &reading.content else { unreachable!() };
    assert_eq!(archive.findings[0].code, code::ARCHIVE_CUT);
    assert_eq!(archive.findings[0].values["value"], "10");
}

#[test]
fn bombs_in_an_archive_cost_themselves_only() {
    let form = std::fs::read(fixture("openpyxl.xlsx")).unwrap();
    let zeros = vec![0; 100 << 20];
    let zip = Zip::new().file("a.xlsx", &form).file("bom.xlsx", &zeros).file("b.xlsx", &form);
    let bytes = zip.bytes();
    assert!(bytes.len() < 1 << 20);
    let told: Vec<String> = members(&read_bytes(&bytes)).into_iter().map(|(_, told)| told).collect();
    assert_eq!(told, ["2 sheets", "CDS108", "2 sheets"]);
}

#[test]
fn a_member_that_kills_the_worker_costs_itself_only() {
    let limits = Limits { address_space: 96 << 20, ratio: 5000, ..Limits::default() };
    let form = std::fs::read(fixture("openpyxl.xlsx")).unwrap();
    let text = "a".repeat(60 << 20);
    let bomb = sheet(&format!(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>"#)).bytes();
    let zip = Zip::new().file("a.xlsx", &form).file("bom.xlsx", &bomb).file("b.xlsx", &form);
    let told: Vec<String> = members(&read_bytes_with(&zip.bytes(), limits)).into_iter().map(|(_, told)| told).collect();
    assert_eq!(told, ["2 sheets", "CDS109", "2 sheets"]);
}

// The file system and the workers.

#[test]
fn what_is_not_there_or_no_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(codes(&read(&folder.path().join("khong-co.xlsx"))), [code::FILE_GONE.0]);
    assert_eq!(codes(&read(folder.path())), [code::NOT_A_REGULAR_FILE.0]);
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("ong.xlsx");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert_eq!(codes(&read(&pipe)), [code::NOT_A_REGULAR_FILE.0]);
    assert_eq!(codes(&read(Path::new("/dev/zero"))), [code::NOT_A_REGULAR_FILE.0]);
    let socket = folder.path().join("o-cam");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    assert_eq!(codes(&read(&socket)), [code::NOT_A_REGULAR_FILE.0]);
}

#[test]
fn a_file_too_large_is_not_read_but_a_scan_is_known() {
    let limits = Limits { workbook_bytes: 5000, archive_bytes: 8000, ..Limits::default() };
    let form = std::fs::read(fixture("openpyxl.xlsx")).unwrap();
    assert_eq!(codes(&read_bytes_with(&form, limits.clone())), [code::TOO_LARGE.0]);
    let mut scan = b"%PDF-1.7\n".to_vec();
    scan.resize(100_000, b'x');
    let reading = read_bytes_with(&scan, limits.clone());
    assert_eq!(reading.content, Content::Other(OtherKind::Pdf));
    assert_eq!(reading.fingerprint, read_bytes(&scan).fingerprint);
    scan[0] = b'?';
    assert_eq!(codes(&read_bytes_with(&scan, limits)), [code::TOO_LARGE.0]);
}

#[test]
fn a_program_that_is_no_reader_is_an_error_of_the_run() {
    let jobs = [Job { id: 0, path: fixture("openpyxl.xlsx") }];
    let pool = |program| Pool { program, limits: Limits::default(), threads: 2, stop: None };
    let missing = pool(Path::new("/khong/co/cds")).read_all(&jobs, |_, _| panic!("read"));
    assert!(matches!(missing, Err(PoolError::CannotStart { .. })), "{missing:?}");
    #[cfg(unix)]
    {
        let other = pool(Path::new("/bin/echo")).read_all(&jobs, |_, _| panic!("read"));
        assert!(matches!(other, Err(PoolError::NotAReader { .. })), "{other:?}");
    }
}

#[test]
fn stopping_ends_the_reading() {
    let stop = std::sync::atomic::AtomicBool::new(false);
    let jobs: Vec<Job> = (0..200).map(|id| Job { id, path: fixture("openpyxl.xlsx") }).collect();
    let count = std::sync::atomic::AtomicUsize::new(0);
    let pool = Pool { program: program(), limits: Limits::default(), threads: 2, stop: Some(&stop) };
    let end = pool.read_all(&jobs, |_, _| {
        count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    assert!(matches!(end, Err(PoolError::Stopped)));
    assert!(count.into_inner() < 200);
}
