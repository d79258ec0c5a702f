//! How workbooks print: measured from the set-up of each sheet, as a program scales it to the paper.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use cds::outcome::Outcome;
use cds::report;

use crate::office::Office;
use crate::outcomes;

/// No letter may be printed smaller, in points.
const LEAST: f64 = 8.0;

/// A sheet as it prints.
#[derive(Debug)]
struct Printed {
    name: String,
    /// Of its nominal size.
    scale: f64,
    /// Sizes of the letters in it, in points.
    sizes: BTreeSet<u32>,
    xml: String,
}

impl Printed {
    fn smallest(&self) -> f64 {
        self.sizes.first().map_or(f64::INFINITY, |size| f64::from(*size) * self.scale)
    }
}

fn attribute<'t>(element: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = element.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

fn element<'t>(xml: &'t str, name: &str) -> Option<&'t str> {
    let from = &xml[xml.find(&format!("<{name} "))?..];
    Some(&from[..from.find('>')?])
}

fn number(text: Option<&str>) -> f64 {
    text.unwrap().parse().unwrap()
}

/// Every sheet of a workbook that people see.
fn printed(bytes: Vec<u8>) -> Vec<Printed> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let styles = part("xl/styles.xml");
    let fonts = &styles[styles.find("<fonts").unwrap()..styles.find("</fonts>").unwrap()];
    let fonts = fonts.split("<font>").skip(1).map(|font| number(attribute(font, "val")) as u32);
    let fonts: Vec<u32> = fonts.collect();
    let formats = &styles[styles.find("<cellXfs").unwrap()..styles.find("</cellXfs>").unwrap()];
    let formats =
        formats.split("<xf ").skip(1).map(|format| number(attribute(&format!(" {format}"), "fontId")) as usize);
    let formats: Vec<u32> = formats.map(|font| fonts[font]).collect();
    let book = part("xl/workbook.xml");
    let mut sheets = Vec::new();
    for (i, sheet) in book.split("<sheet ").skip(1).enumerate() {
        let sheet = format!(" {sheet}");
        if attribute(&sheet, "state").is_some() {
            continue;
        }
        let xml = part(&format!("xl/worksheets/sheet{}.xml", i + 1));
        let area = format!("<definedName name=\"_xlnm.Print_Area\" localSheetId=\"{i}\"");
        let area = book.find(&area).map(|at| book[at..].split(['>', '<']).nth(2).unwrap());
        let last = area.map_or(0, |area| column(area.rsplit('$').nth(1).unwrap()));
        let mut widths = vec![80.0; last];
        for col in xml.split("<col ").skip(1) {
            let col = format!(" {col}");
            let (from, to) = (number(attribute(&col, "min")) as usize, number(attribute(&col, "max")) as usize);
            let width = (number(attribute(&col, "width")) * 9.0).round();
            (from..=to.min(last)).for_each(|col| widths[col - 1] = width);
        }
        let setup = element(&xml, "pageSetup").unwrap_or_default();
        let (short, long) = if attribute(setup, "paperSize") == Some("8") { (297.0, 420.0) } else { (210.0, 297.0) };
        let paper = if attribute(setup, "orientation") == Some("landscape") { long } else { short };
        let margins = element(&xml, "pageMargins").unwrap();
        let margins = number(attribute(margins, "left")) + number(attribute(margins, "right"));
        let side_by_side = if xml.contains("<pageSetUpPr fitToPage=\"1\"/>") {
            attribute(setup, "fitToWidth").map_or(1.0, |pages| pages.parse().unwrap())
        } else {
            f64::INFINITY
        };
        let width: f64 = widths.iter().sum::<f64>() * 0.75;
        // Without a print area a sheet of texts of one column is meant.
        let scale = ((paper / 25.4 - margins) * 72.0 * side_by_side / width.max(1.0)).min(1.0);
        let cells = xml.split("<c r=").skip(1).filter_map(|cell| attribute(&cell[..cell.find('>').unwrap()], "s"));
        let sizes = cells.map(|format| formats[format.parse::<usize>().unwrap()]).collect();
        let name = attribute(&sheet, "name").unwrap().to_owned();
        sheets.push(Printed { name, scale, sizes, xml });
    }
    sheets
}

/// The number of a column, from 1.
fn column(letters: &str) -> usize {
    letters.bytes().fold(0, |number, letter| number * 26 + usize::from(letter - b'A') + 1)
}

fn signed(outcome: &Outcome) -> Printed {
    printed(report::to_bytes(outcome).unwrap()).into_iter().find(|sheet| sheet.name == "Báo cáo").unwrap()
}

/// Height of the rows that stand in the sheet, in points.
fn tall(sheet: &Printed) -> f64 {
    let rows = sheet.xml.split("<row ").skip(1).map(|row| format!(" {row}"));
    rows.map(|row| attribute(&row[..row.find('>').unwrap()], "ht").map_or(16.5, |height| height.parse().unwrap())).sum()
}

#[test]
fn no_letter_of_a_sheet_that_a_run_writes_is_too_small_to_read() {
    let office = Office::new()
        .school("80100001", "Trường THCS Bình Minh", "THCS")
        .school("80100002", "Trường Mầm non Hoa Sen", "MN")
        .school("80100003", "Trường Tiểu học và Trung học cơ sở Nguyễn Thị Minh Khai", "TH, THCS")
        .file("minh-chung/1.1.1/a.pdf", "a")
        .returned("a.xlsx", "80100001", |form| {
            form.number("1.3.1", 99.0);
        })
        .returned("b.xlsx", "80100002", |_| {})
        .own_form(|_| {});
    let ran = office.run();
    let mut seen = BTreeMap::new();
    look(&ran.path, &mut seen);
    look(&ran.path.join("gui-lai-truong"), &mut seen);
    assert!(seen.len() >= 7, "{seen:?}");
    for outcome in [outcomes::outcome(outcomes::odd_book(), 40, 3), outcomes::outcome(outcomes::book(), 40, 3)] {
        seen.insert(format!("{} sets", outcome.book.sets.len()), printed(report::to_bytes(&outcome).unwrap()));
    }
    for (file, sheets) in &seen {
        for sheet in sheets {
            assert!(
                sheet.smallest() >= LEAST,
                "{file}, {}: {:?} points at {:.2} of their size",
                sheet.name,
                sheet.sizes,
                sheet.scale
            );
        }
    }
}

fn look(folder: &Path, seen: &mut BTreeMap<String, Vec<Printed>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "xlsx") {
            seen.insert(path.file_name().unwrap().to_str().unwrap().to_owned(), printed(fs::read(&path).unwrap()));
        }
    }
}

#[test]
fn the_signed_page_prints_at_its_size_on_one_page_or_two() {
    for (book, schools) in [(outcomes::book(), 12), (outcomes::odd_book(), 40), (outcomes::book(), 0)] {
        let mut outcome = outcomes::outcome(book, schools, 1);
        let page = signed(&outcome);
        assert!(page.scale >= 0.95, "{:.3}", page.scale);
        let setup = element(&page.xml, "pageSetup").unwrap();
        assert_eq!(attribute(setup, "fitToHeight"), Some("0"), "nothing is made smaller to fit: {setup}");
        // What fits on a page is not parted.
        let parted = page.xml.matches("<brk ").count();
        assert!(parted <= usize::from(tall(&page) > 728.0), "{} points", tall(&page));
        // A longer one is parted above the schools, or where the page is full.
        let set = outcome.offices.as_ref().unwrap().set.clone();
        let office = outcome.book.sets.iter_mut().find(|one| one.id == set).unwrap();
        office.nodes.iter_mut().for_each(|node| node.title = "Tiêu chí dài, nhiều chữ ".repeat(2));
        let long = signed(&outcome);
        assert!(long.scale >= 0.95 && long.xml.matches("<brk ").count() <= 1);
    }
}
