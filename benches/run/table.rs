//! What was measured, as one table; `CDS_WRITE=1` puts it into the README.

use std::fs;

use crate::clock::{Cost, median};
use crate::peers::FAIR;

/// The costs of one office.
#[derive(Default)]
pub struct Measured {
    costs: Vec<(&'static str, Vec<Cost>)>,
    /// The most memory of this process, in megabytes.
    pub peak: u64,
}

impl Measured {
    pub fn add(&mut self, name: &'static str, cost: Cost) {
        match self.costs.iter_mut().find(|(known, _)| *known == name) {
            Some((_, costs)) => costs.push(cost),
            None => self.costs.push((name, vec![cost])),
        }
    }

    fn of(&self, name: &str) -> Option<Cost> {
        self.costs.iter().find(|(known, _)| *known == name).map(|(_, costs)| median(costs))
    }

    fn bare(&self) -> Cost {
        self.of("bare loop").unwrap()
    }

    pub fn print(&self) {
        let bare = self.bare();
        println!("{:24}{:>10}{:>8}{:>10}{:>8}", "", "wall ms", "ratio", "cpu ms", "ratio");
        for (name, costs) in &self.costs {
            let cost = median(costs);
            let ms = |seconds: f64| format!("{:.0}", seconds * 1e3);
            let (wall, cpu) = (cost.wall / bare.wall, cost.cpu / bare.cpu);
            println!("{name:24}{:>10}{wall:>8.2}{:>10}{cpu:>8.2}", ms(cost.wall), ms(cost.cpu));
        }
        println!("peak of the parent: {} MB\n", self.peak);
    }
}

/// One line for each office.
#[derive(Default)]
pub struct Table(String);

const HEAD: &str = "| Returns | Forms sent back to | Run, of the bare loop's time | Again, nothing changed | Run, of the page of Python's computing time | Memory |\n|---:|---|---:|---:|---:|---:|\n";
const PART: [&str; 2] = ["<!-- sizes -->\n", "<!-- /sizes -->"];

impl Table {
    pub fn add(&mut self, returns: usize, forms: bool, measured: &Measured) {
        let bare = measured.bare();
        let ratio = |name| measured.of(name).map_or(0.0, |cost| cost.wall / bare.wall);
        let run = measured.of("run").unwrap();
        let fair = measured.of(FAIR).map_or("-".to_owned(), |peer| format!("{:.2} times", run.cpu / peer.cpu));
        let forms = if forms { "every school" } else { "no school" };
        let (first, again, peak) = (ratio("run"), ratio("again"), measured.peak);
        self.0 += &format!("| {returns} | {forms} | {first:.1} times | {again:.1} times | {fair} | {peak} MB |\n");
    }

    pub fn finish(&self) {
        println!("{HEAD}{}", self.0);
        if std::env::var_os("CDS_WRITE").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
            let text = fs::read_to_string(path).unwrap();
            let (before, rest) = text.split_once(PART[0]).unwrap();
            let (_, after) = rest.split_once(PART[1]).unwrap();
            let [open, close] = PART;
            fs::write(path, format!("{before}{open}{HEAD}{}{close}{after}", self.0)).unwrap();
        }
    }
}
