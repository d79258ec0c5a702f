//! The order of knowing: a module names only modules that `lib.rs` lists before it; an output names the outcome, views and
//! writers, never a stage and never another output.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The headings of `lib.rs`, in the order of knowing.
const LAYERS: [&str; 9] = [
    "WORDS",
    "WRITERS",
    "INPUTS",
    "STAGES",
    "VIEWS",
    "FORM WRITER",
    "OUTPUTS",
    "The stages and outputs in order",
    "AROUND",
];

/// The module that every output may name though it stands among the stages: the waist.
const WAIST: &str = "outcome";

/// A module of `lib.rs` and the heading that it stands under.
struct Map(Vec<(String, &'static str)>);

impl Map {
    fn read() -> Map {
        let text = fs::read_to_string("src/lib.rs").unwrap();
        let mut modules = Vec::new();
        let mut layers = LAYERS.into_iter();
        let mut layer = "";
        for line in text.lines() {
            if let Some(heading) = line.strip_prefix("// ") {
                layer = layers.next().unwrap();
                assert!(heading.starts_with(layer), "{heading} stands where {layer} should");
            }
            let module = line.strip_prefix("pub ").unwrap_or(line).strip_prefix("mod ");
            if let Some(module) = module.and_then(|rest| rest.strip_suffix(';')) {
                modules.push((module.to_owned(), layer));
            }
        }
        assert!(layers.next().is_none(), "each heading stands in lib.rs");
        Map(modules)
    }

    fn rank(&self, module: &str) -> Option<usize> {
        self.0.iter().position(|(known, _)| known == module)
    }

    /// What is wrong with a module that names another.
    fn fault(&self, own: usize, other: usize) -> Option<&'static str> {
        let ((_, layer), (name, others)) = (&self.0[own], &self.0[other]);
        match (*layer, *others) {
            _ if own == other => None,
            _ if other > own => Some("comes later"),
            ("OUTPUTS", "OUTPUTS") => Some("is another output"),
            ("OUTPUTS", "STAGES") if name != WAIST => Some("is a stage"),
            ("VIEWS", "WRITERS") => Some("knows pages"),
            _ => None,
        }
    }
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The modules that a source names with `crate::`, comments left out.
fn named(text: &str) -> BTreeSet<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut named = BTreeSet::new();
    for line in code {
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
            match rest.strip_prefix('{') {
                Some(list) => named.extend(list.split(',').map(|part| word(part.trim()))),
                None => drop(named.insert(word(rest))),
            }
        }
    }
    named
}

#[test]
fn no_module_names_a_later_one_and_no_output_a_stage_or_another_output() {
    let map = Map::read();
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for file in files {
        let inside = file.strip_prefix("src").unwrap();
        let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
        let own = first.trim_end_matches(".rs").to_owned();
        let Some(rank) = map.rank(&own) else {
            assert!(["lib", "main"].contains(&own.as_str()), "{own} is not in lib.rs");
            continue;
        };
        seen.insert(own);
        for other in named(&fs::read_to_string(&file).unwrap()) {
            let fault = map.rank(&other).and_then(|other| map.fault(rank, other));
            faults.extend(fault.map(|fault| format!("{} names {other}, which {fault}", file.display())));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(seen.len(), map.0.len(), "every module of lib.rs has a source");
}

#[test]
fn what_may_not_be_named_is_told() {
    let map = Map::read();
    let fault = |own: &str, other: &str| map.fault(map.rank(own).unwrap(), map.rank(other).unwrap());
    assert_eq!(fault("report", "operations"), Some("is another output"));
    assert_eq!(fault("report", "score"), Some("is a stage"));
    assert_eq!(fault("score", "report"), Some("comes later"));
    assert_eq!(fault("views", "writers"), Some("knows pages"));
    assert_eq!(
        (fault("report", "outcome"), fault("report", "views"), fault("feedback", "form_writer")),
        (None, None, None)
    );
}

#[test]
fn only_the_command_line_prints() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    for file in files.iter().filter(|file| !file.starts_with("src/cli")) {
        let text = fs::read_to_string(file).unwrap();
        for print in ["println!(", "eprintln!(", "print!(", "eprint!(", "dbg!("] {
            assert!(!text.contains(print), "{} prints", file.display());
        }
    }
}
