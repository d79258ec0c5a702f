//! What holds for every sheet of every workbook that a run writes: nothing clipped, headers repeated and frozen, filters,
//! names, alternative texts, rules of colours that do not cross, functions that every program knows.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use cds::{operations, report};
use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, Format, Formula, Workbook};

use crate::office::Office;
use crate::{copied, outcomes};

/// Sheets of several tables, in which none is repeated or frozen for the others, or the last one alone is repeated.
const SEVERAL: [&str; 4] = ["Tiêu chí cơ quan", "Điển hình", "Đối chiếu điểm", "Quy tắc"];
/// After Nghị định 30/2020 it bears no number at its foot.
const SIGNED: &str = "Báo cáo";

/// A row as high as Excel lets one be shows what it can; the cell holds the rest.
const HIGHEST: f64 = 400.0;

/// A rectangle of cells, from 1, its last row and column with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Area {
    top: u32,
    left: u32,
    bottom: u32,
    right: u32,
}

impl Area {
    /// `B5:D20`, `$B$5`.
    fn of(text: &str) -> Area {
        let (from, to) = text.split_once(':').unwrap_or((text, text));
        let ((top, left), (bottom, right)) = (place(from), place(to));
        Area { top, left, bottom, right }
    }

    fn meets(&self, other: &Area) -> bool {
        self.top <= other.bottom && other.top <= self.bottom && self.left <= other.right && other.left <= self.right
    }
}

/// Row and column.
fn place(cell: &str) -> (u32, u32) {
    let letters = cell.bytes().filter(u8::is_ascii_uppercase);
    let col = letters.fold(0, |number, letter| number * 26 + u32::from(letter - b'A') + 1);
    let row: String = cell.chars().filter(char::is_ascii_digit).collect();
    (row.parse().unwrap_or(0), col)
}

pub fn attribute<'t>(element: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = element.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

/// The opening tags of a name, each from its first attribute on.
pub fn tags<'t>(xml: &'t str, name: &str) -> impl Iterator<Item = &'t str> {
    let open = format!("<{name}");
    let mut rest = xml;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find(&open)? + open.len();
            rest = &rest[at..];
            let tag = &rest[..rest.find('>')?];
            if tag.starts_with([' ', '/']) || tag.is_empty() {
                return Some(tag);
            }
        }
    })
}

fn plain(xml: &str) -> String {
    let mut text = String::new();
    for part in xml.split("<t").skip(1).filter_map(|rest| rest.split_once('>')) {
        text.push_str(part.1.split("</t>").next().unwrap_or_default());
    }
    unescaped(&text)
}

fn unescaped(text: &str) -> String {
    let mut text = text.to_owned();
    for (code, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")] {
        text = text.replace(code, sign);
    }
    text
}

/// A workbook taken apart.
pub struct Parts {
    pub parts: BTreeMap<String, String>,
}

impl Parts {
    pub fn of(bytes: &[u8]) -> Parts {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for i in 0..zip.len() {
            let mut file = zip.by_index(i).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            let name = file.name().unwrap().into_owned();
            parts.insert(name, String::from_utf8_lossy(&bytes).into_owned());
        }
        Parts { parts }
    }

    pub fn part(&self, name: &str) -> &str {
        self.parts.get(name).map_or("", String::as_str)
    }

    /// Names of the sheets in order, and whether each is seen.
    pub fn sheets(&self) -> Vec<(String, bool)> {
        let of = |tag| {
            (unescaped(attribute(tag, "name").unwrap()), attribute(tag, "state").is_none_or(|state| state == "visible"))
        };
        tags(self.part("xl/workbook.xml"), "sheet").map(of).collect()
    }

    pub fn sheet(&self, index: usize) -> &str {
        self.part(&format!("xl/worksheets/sheet{}.xml", index + 1))
    }

    /// Filters and named tables of a sheet.
    pub fn tables(&self, index: usize) -> Vec<String> {
        let rels = self.part(&format!("xl/worksheets/_rels/sheet{}.xml.rels", index + 1));
        let targets = tags(rels, "Relationship").filter_map(|tag| attribute(tag, "Target"));
        let tables = targets.filter_map(|target| target.rsplit_once("tables/"));
        let mut refs: Vec<String> = tables
            .filter_map(|(_, file)| {
                let table = self.part(&format!("xl/tables/{file}"));
                tags(table, "table").next().and_then(|tag| attribute(tag, "ref")).map(str::to_owned)
            })
            .collect();
        refs.extend(tags(self.sheet(index), "autoFilter").filter_map(|tag| attribute(tag, "ref")).map(str::to_owned));
        refs.sort();
        refs.dedup();
        refs
    }

    /// What a name of the workbook means on a sheet.
    pub fn named(&self, name: &str, index: usize) -> Option<String> {
        let book = self.part("xl/workbook.xml");
        let all = book.split("<definedName").skip(1);
        let is_it = |rest: &&str| {
            attribute(rest, "name") == Some(name) && attribute(rest, "localSheetId") == Some(&index.to_string())
        };
        let value = all.filter(is_it).filter_map(|rest| rest.split_once('>')?.1.split('<').next()).next();
        value.map(str::to_owned)
    }
}

/// How a format writes: letters in points, whether it wraps, stands upright, and its fill.
#[derive(Debug, Clone, Default)]
pub struct Written {
    pub size: f64,
    pub wraps: bool,
    pub upright: bool,
    pub fill: String,
}

pub fn formats(parts: &Parts) -> Vec<Written> {
    let styles = parts.part("xl/styles.xml");
    let section = |name: &str| -> &str {
        let from = styles.find(&format!("<{name} ")).unwrap();
        &styles[from..from + styles[from..].find(&format!("</{name}>")).unwrap()]
    };
    let font = |font: &str| tags(font, "sz").next().and_then(|tag| attribute(tag, "val")?.parse::<f64>().ok());
    let fonts: Vec<f64> = section("fonts").split("<font>").skip(1).map(|one| font(one).unwrap_or(11.0)).collect();
    let fill = |fill: &str| {
        let rgb = tags(fill, "fgColor").next().and_then(|tag| attribute(tag, "rgb"));
        let is_plain = fill.contains("patternType=\"solid\"");
        rgb.filter(|_| is_plain).map_or(String::new(), |rgb| rgb[rgb.len() - 6..].to_owned())
    };
    let fills: Vec<String> = section("fills").split("<fill>").skip(1).map(fill).collect();
    let format = |xf: &str| {
        let xf = format!(" {xf}");
        let index = |name: &str| attribute(&xf, name).and_then(|text| text.parse::<usize>().ok()).unwrap_or(0);
        Written {
            size: fonts.get(index("fontId")).copied().unwrap_or(11.0),
            wraps: xf.contains("wrapText=\"1\"") || xf.contains("wrapText=\"true\""),
            upright: attribute(&xf, "textRotation").is_some_and(|turn| turn != "0"),
            fill: fills.get(index("fillId")).cloned().unwrap_or_default(),
        }
    };
    section("cellXfs").split("<xf ").skip(1).map(format).collect()
}

/// What is wrong with a workbook, by sheet.
fn faults(bytes: &[u8]) -> Vec<String> {
    let parts = Parts::of(bytes);
    let formats = formats(&parts);
    let shared: Vec<String> = parts.part("xl/sharedStrings.xml").split("<si>").skip(1).map(plain).collect();
    let mut faults = Vec::new();
    for (index, (name, is_seen)) in parts.sheets().into_iter().enumerate() {
        if !is_seen {
            continue;
        }
        let mut say = |what: String| faults.push(format!("{name}: {what}"));
        let xml = parts.sheet(index);
        let merged: Vec<Area> = tags(xml, "mergeCell").filter_map(|tag| attribute(tag, "ref")).map(Area::of).collect();
        clipped(xml, &formats, &shared, &merged).into_iter().for_each(&mut say);
        // Rules of colours cover the same cells or none in common.
        let rules = tags(xml, "conditionalFormatting").filter_map(|tag| attribute(tag, "sqref"));
        let areas: Vec<Area> = rules.flat_map(|areas| areas.split(' ')).map(Area::of).collect();
        for (i, area) in areas.iter().enumerate() {
            if let Some(other) = areas[..i].iter().find(|other| *other != area && area.meets(other)) {
                say(format!("rules of colours cross: {area:?}, {other:?}"));
            }
        }
        let tables = parts.tables(index);
        if let [table] = &tables[..]
            && !SEVERAL.contains(&name.as_str())
        {
            one_table(&parts, index, &Area::of(table), &shared, &merged).into_iter().for_each(&mut say);
        }
        if !xml.contains("&amp;P") && name != SIGNED {
            say("no page numbers".to_owned());
        }
        if attribute_of_first_cell(xml).is_none() {
            say("no title in A1".to_owned());
        }
        if tags(xml, "f").count() > 0 && (xml.contains("_xlfn") || xml.contains("_xlws")) {
            say("a function that Excel 2010 has not".to_owned());
        }
    }
    for (name, xml) in parts.parts.iter().filter(|(name, _)| name.starts_with("xl/drawings/drawing")) {
        let untold = tags(xml, "xdr:cNvPr").filter(|tag| attribute(tag, "descr").is_none_or(str::is_empty)).count();
        if untold > 0 {
            faults.push(format!("{name}: {untold} without alternative text"));
        }
    }
    faults
}

fn attribute_of_first_cell(xml: &str) -> Option<&str> {
    tags(xml, "c").find(|tag| attribute(tag, "r") == Some("A1"))
}

/// What a sheet with one table owes its reader.
fn one_table(parts: &Parts, index: usize, table: &Area, shared: &[String], merged: &[Area]) -> Vec<String> {
    let mut faults = Vec::new();
    let xml = parts.sheet(index);
    let repeated = parts.named("_xlnm.Print_Titles", index).unwrap_or_default();
    if !repeated.contains(&format!("${0}:${0}", table.top)) {
        faults.push(format!("the header in row {} is not repeated: {repeated:?}", table.top));
    }
    let frozen = tags(xml, "pane").next().and_then(|tag| attribute(tag, "ySplit")?.parse::<u32>().ok());
    if frozen != Some(table.top) {
        faults.push(format!("the header in row {} is not frozen: {frozen:?}", table.top));
    }
    if merged.iter().any(|area| area.meets(table)) {
        faults.push("merged cells in the table".to_owned());
    }
    let mut heads = BTreeSet::new();
    for (tag, body) in cells(xml) {
        let (row, col) = place(attribute(tag, "r").unwrap());
        if row == table.top && (table.left..=table.right).contains(&col) {
            heads.insert(text_of(tag, body, shared));
        }
    }
    heads.remove("");
    if heads.len() as u32 != table.right - table.left + 1 {
        faults.push(format!("{} headers over {} columns", heads.len(), table.right - table.left + 1));
    }
    faults
}

/// Each cell's tag and what stands in it.
fn cells(xml: &str) -> impl Iterator<Item = (&str, &str)> {
    let data = &xml[xml.find("<sheetData").unwrap_or(0)..];
    data.split("<c ").skip(1).map(|cell| {
        let end = cell.find('>').unwrap();
        let body = if cell[..end].ends_with('/') { "" } else { cell[end + 1..].split("</c>").next().unwrap() };
        // The tag as if it had been found by its name.
        (&data[cell.as_ptr() as usize - data.as_ptr() as usize - 1..][..=end], body)
    })
}

fn text_of(tag: &str, body: &str, shared: &[String]) -> String {
    let value = || body.split("<v>").nth(1).and_then(|rest| rest.split("</v>").next()).unwrap_or_default();
    match attribute(tag, "t") {
        Some("s") => shared[value().parse::<usize>().unwrap()].clone(),
        Some("inlineStr") => plain(body),
        Some("str") => value().to_owned(),
        _ => String::new(),
    }
}

/// Texts that wrap and have less room than they surely need.
fn clipped(xml: &str, formats: &[Written], shared: &[String], merged: &[Area]) -> Vec<String> {
    let mut widths: BTreeMap<u32, f64> = BTreeMap::new();
    for tag in tags(xml, "col") {
        let number = |name: &str| attribute(tag, name).unwrap().parse::<f64>().unwrap();
        for col in number("min") as u32..=(number("max") as u32).min(400) {
            // Characters of the workbook's own letters, of some nine pixels.
            widths.insert(col, number("width") * 9.0 * 0.75);
        }
    }
    let usual = tags(xml, "sheetFormatPr").next().and_then(|tag| attribute(tag, "defaultRowHeight")?.parse().ok());
    let mut heights: BTreeMap<u32, f64> = BTreeMap::new();
    for tag in tags(xml, "row") {
        if let Some(height) = attribute(tag, "ht").and_then(|height| height.parse().ok()) {
            heights.insert(attribute(tag, "r").unwrap().parse().unwrap(), height);
        }
    }
    let is_hidden = |tag: &&str| attribute(tag, "hidden") == Some("1");
    let hidden = tags(xml, "col").filter(is_hidden).filter_map(|tag| attribute(tag, "min"));
    let hidden: Vec<u32> = hidden.map(|col| col.parse().unwrap()).collect();
    let mut faults = Vec::new();
    for (tag, body) in cells(xml) {
        let at = attribute(tag, "r").unwrap();
        let (row, col) = place(at);
        let format = attribute(tag, "s").and_then(|s| formats.get(s.parse::<usize>().ok()?)).cloned();
        let format = format.unwrap_or_default();
        let block = merged.iter().find(|area| (area.top, area.left) == (row, col));
        let height: f64 = match block {
            Some(block) => {
                (block.top..=block.bottom).map(|row| heights.get(&row).copied().or(usual).unwrap_or(16.5)).sum()
            }
            None => heights.get(&row).copied().or(usual).unwrap_or(16.5),
        };
        if !format.wraps || format.upright || height >= HIGHEST || hidden.contains(&col) {
            continue;
        }
        let right = block.map_or(col, |block| block.right);
        let width: f64 = (col..=right).map(|col| widths.get(&col).copied().unwrap_or(60.0)).sum();
        let text = text_of(tag, body, shared);
        // Letters of Times New Roman are some two fifths of their height wide; this errs on the narrow side.
        let lines: f64 =
            text.lines().map(|line| (line.chars().count() as f64 * format.size * 0.40 / width).ceil().max(1.0)).sum();
        let needed = lines * format.size * 1.1;
        if lines > 1.0 && needed > height * 1.1 {
            faults.push(format!(
                "{at} is clipped: {lines} lines in {height} points: {}",
                text.chars().take(60).collect::<String>()
            ));
        }
    }
    faults
}

#[test]
fn every_workbook_of_a_run_keeps_the_rules_of_the_page() {
    let office = Office::new()
        .school("80100001", "Trường THCS Bình Minh", "THCS")
        .school("80100002", "Trường Mầm non Hoa Sen", "MN")
        .school("80100003", "Trường Tiểu học và Trung học cơ sở Nguyễn Thị Minh Khai", "TH, THCS")
        .settings("han = { nop_phieu = 2025-05-20 }\n")
        .file("minh-chung/1.1.1/a.pdf", "a")
        .returned(
            "Xã Bình Hòa, xã An Phú/Trường THCS Bình Minh gửi lần thứ hai, bản đã sửa.xlsx",
            "80100001",
            |form| {
                form.number("1.3.1", 99.0).text("1.6.1", "bảy điểm rưỡi").blank("1.3.2");
            },
        )
        .returned("b.xlsx", "80100002", |_| {})
        .own_form(|_| {});
    let ran = office.run();
    let mut seen: Vec<(String, Vec<u8>)> = copied::tree(&ran.path)
        .into_iter()
        .filter(|(path, _)| path.extension().is_some_and(|ending| ending == "xlsx"))
        .map(|(path, bytes)| (path.file_name().unwrap().to_string_lossy().into_owned(), bytes))
        .collect();
    assert!(seen.len() >= 7, "{}", seen.len());
    for (book, schools, seed) in [(outcomes::odd_book(), 40, 3), (outcomes::book(), 60, 4), (outcomes::book(), 0, 1)] {
        let mut outcome = outcomes::outcome(book, schools, seed);
        if let Some(school) = outcome.schools.first_mut() {
            school.name = "Trường ".to_owned() + &"tên rất dài ".repeat(12);
        }
        seen.push((format!("report of {schools}"), report::to_bytes(&outcome).unwrap()));
        let own = operations::to_bytes(&outcome, operations::Earlier::default()).unwrap();
        seen.push((format!("own of {schools}"), own));
    }
    let faults: Vec<String> = seen
        .iter()
        .flat_map(|(name, bytes)| faults(bytes).into_iter().map(move |what| format!("{name}: {what}")))
        .collect();
    assert!(faults.is_empty(), "{}\n{:#?}", faults.len(), &faults[..faults.len().min(60)]);
}

#[test]
fn what_breaks_the_rules_of_the_page_is_seen() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let wrapped = Format::new().set_text_wrap();
    sheet.write_string(2, 0, "Mã").unwrap();
    sheet.write_string(2, 1, "Mã").unwrap();
    sheet.write_string_with_format(3, 0, "rất nhiều chữ ".repeat(20), &wrapped).unwrap();
    sheet.set_row_height(3, 15).unwrap();
    sheet.autofilter(2, 0, 5, 1).unwrap();
    let rule = |value: i32| {
        let rule = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo(value));
        rule.set_format(Format::new().set_bold())
    };
    sheet.add_conditional_format(3, 0, 5, 0, &rule(1)).unwrap();
    sheet.add_conditional_format(4, 0, 9, 0, &rule(2)).unwrap();
    sheet.write_formula(6, 0, Formula::new("=_xlfn.XLOOKUP(1,A1:A2,B1:B2)")).unwrap();
    let faults = faults(&workbook.save_to_buffer().unwrap()).join("\n");
    for what in ["clipped", "cross", "not repeated", "not frozen", "1 headers over 2", "page numbers", "in A1", "2010"]
    {
        assert!(faults.contains(what), "{what}: {faults}");
    }
}
