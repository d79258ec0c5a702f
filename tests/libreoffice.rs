//! What LibreOffice makes of the workbooks. Ignored, since it needs LibreOffice:
//! `cargo test --test all libreoffice:: -- --ignored`.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use cds::operations::Earlier;

use crate::outcomes;
use crate::page_rules::{Parts, attribute, formats, tags};
use crate::recalculation::{profile, recalculated};

/// So long may a page take at most that somebody waits for.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a reader sees beside the figures: fills of cells with something in them, filters, print areas, rules of colours.
fn seen(path: &Path) -> BTreeMap<String, String> {
    let parts = Parts::of(&fs::read(path).unwrap());
    let formats = formats(&parts);
    let mut seen = BTreeMap::new();
    for (index, (name, is_seen)) in parts.sheets().into_iter().enumerate().filter(|(_, (_, is_seen))| *is_seen) {
        assert!(is_seen);
        let xml = parts.sheet(index);
        for cell in xml.split("<c ").skip(1) {
            let (tag, rest) = cell.split_once('>').unwrap();
            if tag.ends_with('/') || !rest.split("</c>").next().unwrap().contains("<v>") {
                continue;
            }
            let tag = format!(" {tag}");
            let format = attribute(&tag, "s").and_then(|s| formats.get(s.parse::<usize>().ok()?));
            let fill = format.map_or(String::new(), |format| format.fill.clone());
            seen.insert(format!("{name}!{}", attribute(&tag, "r").unwrap()), fill);
        }
        seen.insert(format!("{name}: filters"), parts.tables(index).join(" "));
        let area = parts.named("_xlnm.Print_Area", index).unwrap_or_default();
        seen.insert(format!("{name}: print area"), area.rsplit('!').next().unwrap_or_default().to_owned());
        let mut rules: Vec<&str> =
            tags(xml, "conditionalFormatting").filter_map(|tag| attribute(tag, "sqref")).collect();
        rules.sort_unstable();
        rules.dedup();
        seen.insert(format!("{name}: rules"), format!("{} {}", rules.join(" "), tags(xml, "cfRule").count()));
    }
    seen
}

#[test]
#[ignore = "needs LibreOffice"]
fn a_workbook_saved_again_looks_as_before() {
    let dir = tempfile::tempdir().unwrap();
    for (name, book) in [("three", outcomes::book()), ("five", outcomes::odd_book())] {
        let outcome = outcomes::outcome(book, 40, 5);
        let report = dir.path().join(format!("{name}.xlsx"));
        cds::report::write(&outcome, &report).unwrap();
        let own = dir.path().join(format!("{name} own.xlsx"));
        cds::operations::write(&outcome, Earlier::default(), &own).unwrap();
        for path in [report, own] {
            let (before, after) = (seen(&path), seen(&recalculated(&path, dir.path())));
            assert!(before.len() > 500, "{}", before.len());
            let lost: Vec<String> = before
                .iter()
                .filter(|(place, look)| after.get(*place) != Some(look))
                .map(|(place, look)| format!("{place}: {look:?}, now {:?}", after.get(place)))
                .collect();
            assert!(lost.is_empty(), "{}: {}\n{:#?}", path.display(), lost.len(), &lost[..lost.len().min(30)]);
        }
    }
}

#[test]
#[ignore = "needs LibreOffice"]
fn the_longest_names_and_evidence_are_printed_in_bounded_time() {
    let dir = tempfile::tempdir().unwrap();
    let mut outcome = outcomes::outcome(outcomes::book(), 24, 5);
    for school in outcome.schools.iter_mut().step_by(3) {
        school.name = "Trường có tên dài ".chars().cycle().take(20_000).collect();
        school.unit = "Xã".repeat(4_000);
    }
    let long: arcstr::ArcStr = "Ạ".repeat(32_767).into();
    for scored in outcome.expected.iter_mut().filter_map(|expected| expected.scored.as_mut()) {
        scored.nodes.iter_mut().step_by(4).for_each(|node| node.evidence = long.clone());
    }
    if let Some(office) = &mut outcome.offices {
        office.scored.nodes.iter_mut().for_each(|node| node.evidence = long.clone());
    }
    let paths = ["tong-hop.xlsx", "dieu-hanh.xlsx"].map(|name| dir.path().join(name));
    cds::report::write(&outcome, &paths[0]).unwrap();
    cds::operations::write(&outcome, Earlier::default(), &paths[1]).unwrap();
    for path in &paths {
        let begun = Instant::now();
        let profile = profile(dir.path());
        let mut child = Command::new("soffice")
            .arg(format!("-env:UserInstallation=file://{}", profile.display()))
            .args(["--headless", "--norestore", "--convert-to", "pdf", "--outdir"])
            .args([dir.path(), path])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("LibreOffice is installed (soffice)");
        while child.try_wait().unwrap().is_none() {
            if begun.elapsed() > PATIENCE {
                child.kill().unwrap();
                panic!("{} is not printed in {PATIENCE:?}", path.display());
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        assert!(path.with_extension("pdf").exists(), "{}", path.display());
    }
}
