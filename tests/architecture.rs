//! The order of knowing: a module names only modules that `lib.rs` lists before it; no output names another output.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Modules that make what people read; each knows the outcome and what lies before it.
const OUTPUTS: &str = "// OUTPUTS";

struct Map {
    modules: Vec<String>,
    outputs: Vec<String>,
}

fn map() -> Map {
    let text = fs::read_to_string("src/lib.rs").unwrap();
    let mut map = Map { modules: Vec::new(), outputs: Vec::new() };
    let mut in_outputs = false;
    for line in text.lines() {
        if line.starts_with("// ") {
            in_outputs = line.starts_with(OUTPUTS);
        }
        if let Some(module) = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')) {
            map.modules.push(module.to_owned());
            if in_outputs {
                map.outputs.push(module.to_owned());
            }
        }
    }
    map
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
fn no_module_names_a_later_one_and_no_output_another() {
    let map = map();
    let rank = |module: &str| map.modules.iter().position(|known| known == module);
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for file in files {
        let inside = file.strip_prefix("src").unwrap();
        let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
        let own = first.trim_end_matches(".rs").to_owned();
        let Some(own_rank) = rank(&own) else {
            assert!(["lib", "main"].contains(&own.as_str()), "{own} is not in lib.rs");
            continue;
        };
        seen.insert(own.clone());
        for other in named(&fs::read_to_string(&file).unwrap()) {
            let Some(other_rank) = rank(&other) else { continue };
            if other_rank > own_rank {
                faults.push(format!("{} names {other}, which comes later", file.display()));
            }
            if other != own && map.outputs.contains(&own) && map.outputs.contains(&other) {
                faults.push(format!("{} names another output, {other}", file.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(seen.len(), map.modules.len(), "every module of lib.rs has a source");
    assert!(map.outputs.len() >= 2);
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
