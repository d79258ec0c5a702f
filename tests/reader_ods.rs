//! OpenDocument workbooks: names by namespace under any prefix, values before texts, texts as they are shown.
#![allow(clippy::unwrap_used)]

use std::io::Read;

use crate::reader_files::*;
use cds::finding::code;
use cds::grid::{Grid, Value};
use cds::reader::Reading;

fn grids(reading: &Reading) -> &[Grid] {
    &book(reading).grids
}

/// The content of a workbook of the fixtures.
fn content(name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(fixture(name)).unwrap()).unwrap();
    let mut content = String::new();
    zip.by_name("content.xml").unwrap().read_to_string(&mut content).unwrap();
    content
}

/// A document whose names of one prefix bear another; none at all where it is empty, which attributes cannot do.
fn renamed(content: &str, prefix: &str, element: &str, attribute: &str) -> String {
    let colon = |name: &str| if name.is_empty() { String::new() } else { format!("{name}:") };
    content
        .replace(&format!("<{prefix}:"), &format!("<{}", colon(element)))
        .replace(&format!("</{prefix}:"), &format!("</{}", colon(element)))
        .replace(&format!(" {prefix}:"), &format!(" {attribute}:"))
}

#[test]
fn a_prefix_is_whatever_the_file_makes_it() {
    for name in ["lo.ods", "sheetjs.ods", "wild-15.ods"] {
        let plain = content(name);
        let want = read_bytes(&ods_of(&plain).bytes());
        assert!(grids(&want)[0].cells().len() > 8, "{name}");
        let root = |declared: &str, content: &str| content.replacen("xmlns:", &format!("{declared} xmlns:"), 1);
        let table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
        let text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
        let other = |content: &str, prefix: &str, new: &str| {
            renamed(&content.replace(&format!("xmlns:{prefix}="), &format!("xmlns:{new}=")), prefix, new, new)
        };
        let three = ["office", "table", "text"];
        let all = three.iter().fold(plain.clone(), |content, prefix| other(&content, prefix, &format!("n{prefix}")));
        // Each of the usual prefixes stands for another of the usual namespaces.
        let swapped =
            [("office", "x1"), ("table", "x2"), ("text", "x3"), ("x1", "table"), ("x2", "text"), ("x3", "office")]
                .iter()
                .fold(plain.clone(), |content, (from, to)| other(&content, from, to));
        let unprefixed = root(&format!(r#"xmlns="{table}""#), &renamed(&plain, "table", "", "table"));
        let text_unprefixed = root(&format!(r#"xmlns="{text}""#), &renamed(&plain, "text", "", "text"));
        let twice = root(&format!(r#"xmlns:b="{table}""#), &renamed(&plain, "table", "b", "table"));
        let attributes_only = root(&format!(r#"xmlns:b="{table}""#), &renamed(&plain, "table", "table", "b"));
        // Declared where it is used, anew in each row and with another meaning around it.
        let nearby = other(&plain, "text", "gần")
            .replace("xmlns:gần=", "xmlns:xa=")
            .replace("<gần:p>", &format!(r#"<gần:p xmlns:gần="{text}">"#));
        let rebound = root(r#"xmlns:b="urn:khác""#, &renamed(&plain, "table", "b", "table"))
            .replace("<b:table ", &format!(r#"<b:table xmlns:b="{table}" "#));
        let rebound = rebound.replace("<b:calculation-settings", "<c").replace("</b:calculation-settings", "</c");
        for (what, content) in [
            ("all other", all),
            ("swapped", swapped),
            ("tables without", unprefixed),
            ("texts without", text_unprefixed),
            ("twice", twice),
            ("attributes alone", attributes_only),
            ("nearby", nearby),
            ("rebound", rebound),
        ] {
            assert_ne!(content, plain, "{name} {what}");
            let reading = read_bytes(&ods_of(&content).bytes());
            assert_eq!(grids(&reading), grids(&want), "{name}: {what}");
        }
    }
}

#[test]
fn names_of_other_namespaces_mean_nothing() {
    let row = r#"<table:table-row xmlns:x="urn:khác" x:number-rows-repeated="7">
        <table:table-cell office:value-type="float" office:value="7.5" x:value="9" value="8" x:value-type="string"><x:p>9</x:p><text:p>7,5</text:p></table:table-cell>
        <x:table-cell><text:p>không phải ô</text:p></x:table-cell>
        <table:table-cell x:number-columns-repeated="3" number-columns-repeated="4" office:value-type="string"><text:p>a<x:s x:c="9"/></text:p></table:table-cell>
        <table:table-cell office:value-type="string"><text:p>b</text:p></table:table-cell>
        </table:table-row><table:table-row><table:table-cell office:value-type="float" office:value="2"/></table:table-row>"#;
    let reading = read_bytes(&ods(row).bytes());
    let grid = &grids(&reading)[0];
    assert_eq!(at(grid, "A1"), Some(&Value::Number(7.5)));
    assert_eq!(at(grid, "B1"), Some(&text("a")));
    assert_eq!(at(grid, "C1"), Some(&text("b")));
    assert_eq!(at(grid, "A2"), Some(&Value::Number(2.0)));
    assert_eq!(grid.cells().len(), 4);

    let of_nobody = r#"<office:document-content xmlns:office="o" xmlns:table="t"><office:body><table:table table:name="Phiếu"/></office:body></office:document-content>"#;
    assert_eq!(codes(&read_bytes(&ods_of(of_nobody).bytes())), [code::NO_WORKSHEET.0]);
}

#[test]
fn what_is_stored_goes_before_what_is_shown() {
    let cell = |attributes: &str, shown: &str| {
        format!("<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>")
    };
    let kind = |kind: &str, value: &str, shown: &str| cell(&format!(r#"office:value-type="{kind}" {value}"#), shown);
    let row = [
        kind("float", r#"office:value="5.67""#, "6"),
        kind("currency", r#"office:value="12" office:currency="VND""#, "12 ₫"),
        kind("percentage", r#"office:value="0.075""#, "8%"),
        kind("boolean", r#"office:boolean-value="true""#, "ĐÚNG"),
        kind("boolean", r#"office:boolean-value="false""#, "SAI"),
        kind("string", r#"office:string-value="thật""#, "hiện"),
        kind("date", r#"office:date-value="2025-05-07""#, "7/5"),
        kind("date", r#"office:date-value="2025-05-07T12:00:00""#, "7/5"),
        // What is not stored is at least shown.
        kind("float", "", "6,5"),
        kind("float", r#"office:value="sáu""#, "6"),
        cell("", "không kiểu"),
        cell(r#"table:formula="of:=A1""#, "9"),
        cell(r#"office:value-type="float" office:value="1E1""#, ""),
    ];
    let reading = read_bytes(&ods(&format!("<table:table-row>{}</table:table-row>", row.concat())).bytes());
    let grid = &grids(&reading)[0];
    let want = [
        ("A1", Value::Number(5.67)),
        ("B1", Value::Number(12.0)),
        ("C1", text("7.5%")),
        ("D1", Value::Bool(true)),
        ("E1", Value::Bool(false)),
        ("F1", text("thật")),
        ("I1", text("6,5")),
        ("J1", text("sáu")),
        ("K1", text("không kiểu")),
        ("L1", Value::Uncomputed),
        ("M1", Value::Number(10.0)),
    ];
    for (cell, value) in &want {
        assert_eq!(at(grid, cell), Some(value), "{cell}");
    }
    for (cell, serial) in [("G1", 45_784.0), ("H1", 45_784.5)] {
        assert!(
            matches!(at(grid, cell), Some(Value::Date(date)) if date.serial == serial),
            "{cell}: {:?}",
            at(grid, cell)
        );
    }
}

#[test]
fn texts_are_read_as_they_are_shown() {
    let cell = |inside: &str| format!(r#"<table:table-cell office:value-type="string">{inside}</table:table-cell>"#);
    let row = [
        cell(
            "<text:p>QĐ<text:s/>số<text:s text:c=\"3\"/>12<text:tab/>a<text:line-break/>b</text:p><text:p>c &amp; &#273;</text:p>",
        ),
        cell("\n  <text:p>\n    Có <text:span>kế\n   hoạch</text:span>\n  </text:p>\n"),
        cell(
            "<office:annotation><text:p>ghi chú</text:p></office:annotation><text:p>7<text:span>,</text:span>5</text:p>",
        ),
        cell("<draw:frame><draw:text-box><text:p>hình</text:p></draw:text-box></draw:frame><text:p>chữ</text:p>"),
        cell(
            "<table:table><table:table-row><table:table-cell><text:p>trong</text:p></table:table-cell></table:table-row></table:table><text:p>ngoài</text:p>",
        ),
        cell("<text:p><![CDATA[a & <b>]]></text:p>"),
        cell("<text:p><text:a>liên kết</text:a></text:p>"),
        cell("<text:p/>"),
        cell("<text:p>cuối</text:p>"),
    ];
    let reading = read_bytes(&ods(&format!("<table:table-row>\n{}</table:table-row>", row.join("\n"))).bytes());
    let grid = &grids(&reading)[0];
    let want = ["QĐ số   12\ta\nb\nc & đ", "Có kế hoạch ", "7,5", "chữ", "ngoài", "a & <b>", "liên kết", "", "cuối"];
    for (col, want) in ('A'..).zip(want) {
        let got = at(grid, &format!("{col}1"));
        assert_eq!(got, (!want.is_empty()).then(|| text(want)).as_ref(), "{col}1");
    }
}

#[test]
fn repeated_and_covered_cells_keep_every_column_in_its_place() {
    let rows = r#"<table:table-header-rows><table:table-row table:number-rows-repeated="2">
        <table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="3"/>
        <table:table-cell table:number-columns-repeated="3"/>
        <table:table-cell office:value-type="string"><text:p>F</text:p></table:table-cell></table:table-row></table:table-header-rows>
        <table:table-row-group><table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row><table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="2" office:value-type="string"><text:p>gộp</text:p></table:table-cell>
        <table:covered-table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="float" office:value="4"/></table:table-row></table:table-row-group>"#;
    let reading = read_bytes(&ods(rows).bytes());
    let grid = &grids(&reading)[0];
    let cells: Vec<String> = grid.cells().iter().map(|(at, _)| at.to_string()).collect();
    assert_eq!(cells, ["A1", "B1", "F1", "A2", "B2", "F2", "A6", "D6"]);
    assert_eq!(at(grid, "D6"), Some(&Value::Number(4.0)));
    assert_eq!(grid.merges, [("A6".parse().unwrap(), "C7".parse().unwrap())]);
}

#[test]
fn a_long_text_that_repeats_costs_what_is_kept_of_it() {
    let long = "ă".repeat(40_000);
    let row = format!(
        r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>{long}</text:p></table:table-cell></table:table-row>"#
    );
    let reading = read_bytes(&ods(&row).bytes());
    let grid = &grids(&reading)[0];
    assert!(grid.truncated && grid.cells().len() > 30, "{}", grid.cells().len());
    assert_eq!(book(&reading).findings[0].code, code::LONG_TEXT_CUT);
}

#[test]
fn tables_that_are_no_sheets_are_passed_over() {
    let cell = r#"<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>"#;
    let table = |name: &str| format!(r#"<table:table table:name="{name}">{cell}</table:table>"#);
    let inside = format!(
        "<table:tracked-changes>{}</table:tracked-changes>{}<table:dde-links><table:dde-link>{}</table:dde-link></table:dde-links>",
        table("cũ"),
        table("Phiếu"),
        table("nơi khác")
    );
    let content = format!(
        "<office:document-content{ODF}><office:body><office:spreadsheet>{inside}</office:spreadsheet></office:body></office:document-content>"
    );
    let reading = read_bytes(&ods_of(&content).bytes());
    let names: Vec<&str> = grids(&reading).iter().map(|grid| grid.name.as_str()).collect();
    assert_eq!(names, ["Phiếu"]);
}
