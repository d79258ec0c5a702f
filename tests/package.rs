//! The folder that is handed out: it works where it is unpacked, and every link in it leads somewhere.

#[path = "../examples/pack.rs"]
#[allow(dead_code, reason = "its main is not called here")]
mod pack;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::copied::tree;
use pack::{FIRST, NOTICES, libraries, notes, page};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether there is a cargo that tells the libraries. Under Wine there is none: that which built the tests is a program of
/// another system.
fn has_cargo() -> bool {
    cfg!(not(windows)) || std::env::var("CARGO").is_ok_and(|cargo| cargo.ends_with(".exe"))
}

/// What `href` and `src` of a page name.
fn targets(page: &str) -> impl Iterator<Item = &str> {
    let named = |key| page.split(key).skip(1).filter_map(|rest| rest.split('"').next());
    named("href=\"").chain(named("src=\""))
}

/// The path without `..`, unless it leads out of the folder.
fn within(folder: &Path, path: &Path) -> Option<PathBuf> {
    let inner = fs::canonicalize(path).ok()?;
    inner.starts_with(fs::canonicalize(folder).ok()?).then_some(inner)
}

#[test]
fn the_package_runs_where_it_is_unpacked_and_its_links_lead_into_it() {
    if !has_cargo() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("Chuyển đổi số");
    pack::pack(Path::new(env!("CARGO_BIN_EXE_cds")), &folder).unwrap();
    let files = tree(&folder);

    let mut links = 0;
    for (path, bytes) in files.iter().filter(|(path, _)| path.extension().is_some_and(|ending| ending == "html")) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(!text.contains("{program}") && !text.contains("{version}"), "{}", path.display());
        for target in targets(&text).filter(|target| !target.starts_with("http")) {
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let to = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            assert!(within(&folder, &to).is_some(), "{} points to {target}", path.display());
            let has = |id: &str| fs::read_to_string(&to).is_ok_and(|text| text.contains(&format!("id=\"{id}\"")));
            assert!(anchor.is_empty() || has(anchor), "{} points to {target}", path.display());
            links += 1;
        }
    }
    assert!(links > 8, "{links}");
    for file in [FIRST, NOTICES, "LICENSE", "CHANGELOG.html", "docs/huong-dan.html", "docs/phieu.png"] {
        assert!(files.contains_key(&folder.join(file)), "{file}");
    }
    let first = fs::read_to_string(folder.join(FIRST)).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_cds")).file_name().unwrap();
    assert!(first.contains(program.to_str().unwrap()), "the page names the program");
    assert!(first.contains(env!("CARGO_PKG_VERSION")));

    let done = Command::new(folder.join(program)).arg("samples/can-giuoc").current_dir(&folder).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let reports = tree(&folder).into_keys().filter(|path| path.ends_with("tong-hop.xlsx")).count();
    assert_eq!(reports, 1);
    // What the run left does not travel with the next package.
    assert!(!files.keys().any(|path| path.components().any(|part| part.as_os_str() == "ket-qua")));
}

#[test]
fn pages_of_the_manual_and_completions_know_every_command() {
    let dir = tempfile::tempdir().unwrap();
    pack::completions(dir.path()).unwrap();
    for (lang, heading) in [(cds::finding::Lang::Vi, ".SH TÊN"), (cds::finding::Lang::En, ".SH NAME")] {
        let folder = dir.path().join(format!("{lang:?}"));
        let command = cds::cli::command(lang);
        pack::manual(&command, &folder, lang).unwrap();
        for below in command.get_subcommands() {
            let name = below.get_name();
            let page = fs::read_to_string(folder.join(format!("cds-{name}.1"))).unwrap();
            assert!(page.contains(heading), "{name}: {page}");
            for shell in ["cds.bash", "_cds", "cds.fish"] {
                let text = fs::read_to_string(dir.path().join(shell)).unwrap();
                assert!(text.contains(name), "{shell} does not know {name}");
            }
        }
        assert!(folder.join("cds-rules-impact.1").exists());
    }
}

/// Licences that `deny.toml` allows, which a machine without cargo-deny reads too.
fn allowed() -> Vec<String> {
    let deny: toml::Table = fs::read_to_string(root().join("deny.toml")).unwrap().parse().unwrap();
    let listed = deny["licenses"]["allow"].as_array().unwrap();
    listed.iter().map(|licence| licence.as_str().unwrap().to_owned()).collect()
}

/// Of "A AND (B OR C)" every part that is joined by AND has one that is allowed.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let is_one = |part: &str| {
        let named = part.split(" OR ").flat_map(|one| one.split('/'));
        named.map(|one| one.trim_matches(['(', ')', ' '])).any(|one| allowed.iter().any(|licence| licence == one))
    };
    expression.split(" AND ").all(is_one)
}

#[test]
fn every_library_is_named_with_a_licence_that_is_allowed() {
    if !has_cargo() {
        return;
    }
    let (libraries, allowed) = (libraries(env!("CDS_TARGET")).unwrap(), allowed());
    for library in &libraries {
        assert!(is_allowed(&library.licence, &allowed), "{}: {}", library.name, library.licence);
    }
    assert!(!is_allowed("GPL-3.0-only", &allowed) && !is_allowed("MIT AND GPL-3.0-only", &allowed));
    let names = |start: &str| libraries.iter().any(|library| library.name.starts_with(start));
    for inside in ["calamine ", "rust_xlsxwriter ", "clap ", "libdeflater "] {
        assert!(names(inside), "{inside}");
    }
    for outside in ["proptest ", "insta ", "winresource ", "pulldown-cmark ", "cds "] {
        assert!(!names(outside), "{outside}");
    }
    let text = pack::notices(&libraries).unwrap();
    assert!(text.contains("Permission is hereby granted") && text.contains("Apache License"));
}

#[test]
fn a_release_has_the_notes_of_its_version() {
    let log = "# Changelog\n\n## [Unreleased]\n\n- new\n\n## [1.2.0] - 2025-06-01\n\n### Added\n\n- this\n\n## [1.1.0]\n\n- old\n";
    assert_eq!(notes(log, "1.2.0").as_deref(), Some("### Added\n\n- this"));
    assert_eq!(notes(log, "1.1.0").as_deref(), Some("- old"));
    assert_eq!(notes(log, "1.3.0"), None);
}

#[test]
fn a_document_becomes_a_page() {
    let text = page("# Tên\n\n<!-- made: x -->\n\n| a | b |\n|---|---|\n| [c](d.md) | `<e>` |\n\n[f](https://g.md)\n");
    for part in ["<title>Tên</title>", "<a href=\"d.html\">c</a>", "<code>&lt;e&gt;</code>", "href=\"https://g.md\""] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("made:"));
}

/// All text of the sources below these folders.
fn sources(folders: &[&str]) -> String {
    let files = folders.iter().flat_map(|folder| tree(&root().join(folder)));
    let sources = files.filter(|(path, _)| path.extension().is_some_and(|ending| ending == "rs"));
    sources.map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect()
}

/// Names of the libraries in a table of `Cargo.toml` and in those of single systems.
fn listed(cargo: &toml::Table, table: &str) -> Vec<String> {
    let systems = cargo["target"].as_table().unwrap().values().filter_map(|system| system.as_table());
    let tables = std::iter::once(cargo).chain(systems).filter_map(|of| of.get(table)?.as_table());
    tables.flat_map(|table| table.keys().cloned()).collect()
}

#[test]
fn every_library_that_is_asked_for_is_used() {
    let cargo: toml::Table = fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let build = fs::read_to_string(root().join("build.rs")).unwrap();
    let program = sources(&["src"]);
    let tests = sources(&["src", "tests", "benches", "examples"]);
    for (table, text) in [("dependencies", &program), ("dev-dependencies", &tests), ("build-dependencies", &build)] {
        let names = listed(&cargo, table);
        assert!(!names.is_empty(), "{table}");
        for name in names {
            assert!(text.contains(&format!("{}::", name.replace('-', "_"))), "{name} of {table} is not used");
        }
    }
}
