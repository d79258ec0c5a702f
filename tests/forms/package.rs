//! A workbook as the package of XML parts that it is, for what calamine does not show: locks, fills, page set-up.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use cds::grid::CellRef;

/// The parts by name.
pub struct Package(BTreeMap<String, String>);

impl Package {
    pub fn open(bytes: &[u8]) -> Package {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let mut text = Vec::new();
            file.read_to_end(&mut text).unwrap();
            let name = file.name().unwrap().into_owned();
            parts.insert(name, String::from_utf8_lossy(&text).into_owned());
        }
        Package(parts)
    }

    pub fn part(&self, name: &str) -> &str {
        &self.0[name]
    }

    /// The cells of a sheet (counting from 1) that a locked sheet leaves open, by row, then column.
    pub fn open_cells(&self, sheet: usize) -> Vec<CellRef> {
        let open: Vec<bool> = self.formats().iter().map(|xf| xf.contains(r#"locked="0""#)).collect();
        let mut found: Vec<CellRef> =
            self.cells(sheet).into_iter().filter(|(_, style)| open[*style]).map(|(cell, _)| cell).collect();
        found.sort();
        found
    }

    /// The background colour of a cell, `FFRRGGBB`.
    pub fn fill(&self, sheet: usize, cell: CellRef) -> String {
        let style = self.cells(sheet).into_iter().find(|(at, _)| *at == cell).unwrap().1;
        let formats = self.formats();
        let fill: usize = attribute(formats[style], "fillId").parse().unwrap();
        let fills = between(self.part("xl/styles.xml"), "<fills", "</fills>");
        let fill = fills.split("<fill>").nth(fill + 1).unwrap();
        attribute(fill.split("<fgColor").nth(1).unwrap(), "rgb").to_owned()
    }

    fn formats(&self) -> Vec<&str> {
        between(self.part("xl/styles.xml"), "<cellXfs", "</cellXfs>").split("<xf ").skip(1).collect()
    }

    fn cells(&self, sheet: usize) -> Vec<(CellRef, usize)> {
        let cells = self.part(&format!("xl/worksheets/sheet{sheet}.xml")).split("<c ").skip(1);
        cells
            .map(|cell| {
                let tag = cell.split('>').next().unwrap();
                let style = if tag.contains("s=\"") { attribute(tag, " s").parse().unwrap() } else { 0 };
                (attribute(tag, "r").parse().unwrap(), style)
            })
            .collect()
    }
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    text.split(from).nth(1).unwrap().split(to).next().unwrap()
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    tag.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap()
}
