//! The README and the guide say what is true: their commands run, their tables are those of the program.
//!
//! `CDS_WRITE=1 cargo test --test all readme::` writes the tables anew, between `<!-- made: NAME -->` and `<!-- end -->`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::copied::copy;
use crate::formulas;
use cds::cli::Exit;
use cds::finding::{self, Entry, Finding, Lang};
use cds::rules::{Formula, NodeKind, Origin, keys, load};
use cds::tables;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap()
}

/// The text with the part of this name replaced.
fn with_part(text: &str, name: &str, part: &str) -> String {
    let (start, end) = (format!("<!-- made: {name} -->"), "<!-- end -->");
    let (before, rest) = text.split_once(&start).unwrap_or_else(|| panic!("no {start}"));
    let (_, after) = rest.split_once(end).unwrap();
    format!("{before}{start}\n\n{part}\n{end}{after}")
}

fn exits(lang: Lang) -> String {
    let title = match lang {
        Lang::Vi => "| mã | nghĩa |",
        Lang::En => "| code | meaning |",
    };
    let rows = Exit::ALL.iter().map(|exit| format!("| {} | {} |\n", exit.number(), exit.meaning(lang)));
    format!("{title}\n|---|---|\n{}", rows.collect::<String>())
}

fn findings(lang: Lang) -> String {
    let title = match lang {
        Lang::Vi => "| mã | mức | ví dụ | cách sửa |",
        Lang::En => "| code | weight | example | what to do |",
    };
    let row = |entry: &Entry| {
        let example = entry.example.iter().fold(Finding::new(entry.code), |f, (name, value)| f.with(name, value));
        let cell = |text: String| text.replace('|', "\\|");
        let (message, advice) = (cell(example.message(lang)), cell(example.advice(lang)));
        format!("| {} | {} | {message} | {advice} |\n", entry.code, entry.severity.label(lang))
    };
    format!("{title}\n|---|---|---|---|\n{}", finding::all().map(row).collect::<String>())
}

/// A cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn keys_of(table: &keys::Table) -> String {
    let row =
        |key: &keys::Key| format!("| `{}` | {} | {} | {} |\n", key.name, key.needed, cell(key.value), cell(key.about));
    let rows: String = table.keys.iter().map(row).collect();
    let basis = if table.with_basis { "\nVà các khóa của căn cứ (bảng cuối).\n" } else { "" };
    format!("### {}\n\n| khóa | cần có | giá trị | nghĩa |\n|---|---|---|---|\n{rows}{basis}\n", table.heading)
}

fn rule_keys() -> String {
    keys::TABLES.iter().chain([&keys::BASIS]).map(keys_of).collect()
}

fn kinds() -> String {
    let rows = keys::KINDS.iter().map(|(kind, about)| format!("| `{}` | {about} |\n", kind.name()));
    format!("| kind | nghĩa |\n|---|---|\n{}", rows.collect::<String>())
}

fn formulas() -> String {
    let one = |(name, lines): &(&str, &str)| {
        let computed = formulas::example(lines);
        let (formula, vi) = (&computed.formula, Lang::Vi);
        let what = match formula.is_computed() {
            false => String::new(),
            true => format!(
                "Tử số: {}. Mẫu số: {}. Điểm: {}.\n\n",
                formula.numerator_words(vi),
                computed.denominator.words(vi),
                formula.points_words(vi)
            ),
        };
        format!("### `{name}`\n\nỞ ví dụ dưới: {}.\n\n{what}```toml\n{lines}```\n\n", formula.words(vi))
    };
    Formula::EXAMPLES.iter().map(one).collect()
}

fn csv_files() -> String {
    let one = |file: &tables::File| {
        let rows = file.columns.iter().map(|(name, about)| format!("| `{name}` | {} |\n", cell(about)));
        let rows: String = rows.collect();
        format!("## {}\n\nMỗi dòng là {}.\n\n| cột | nghĩa |\n|---|---|\n{rows}\n", file.name, file.row)
    };
    tables::FILES.iter().chain([&tables::EVIDENCE]).map(one).collect()
}

#[test]
fn the_rule_file_of_its_description_loads_and_names_every_table() {
    let text = read("docs/quy-tac.md");
    let example = text.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let loaded = load(example, Origin::File("quy-tac/vi-du.toml".to_owned()));
    assert!(loaded.as_ref().is_ok_and(|loaded| loaded.warnings.is_empty()), "{loaded:?}");
    for table in keys::TABLES.iter().filter(|table| table.heading.starts_with('[')) {
        let head = table.heading.split("TÊN").next().unwrap().trim_end_matches(']');
        assert!(example.contains(head) || head.contains("computed"), "{head}");
    }
    let known: Vec<&str> = keys::KINDS.iter().map(|(kind, _)| kind.name()).collect();
    assert!(NodeKind::NAMES.iter().all(|(name, _)| known.contains(name)));
}

#[test]
fn made_parts_are_those_of_the_program() {
    for (file, parts) in [
        ("README.md", vec![("exit codes", exits(Lang::En))]),
        ("docs/findings.md", vec![("findings", findings(Lang::En))]),
        ("docs/quy-tac.md", vec![("keys", rule_keys()), ("kinds", kinds()), ("formulas", formulas())]),
        ("docs/bang-csv.md", vec![("files", csv_files())]),
        ("docs/huong-dan.md", vec![("exit codes", exits(Lang::Vi)), ("findings", findings(Lang::Vi))]),
    ] {
        let old = read(file);
        let new = parts.iter().fold(old.clone(), |text, (name, part)| with_part(&text, name, part));
        if std::env::var_os("CDS_WRITE").is_some() {
            fs::write(root().join(file), &new).unwrap();
        } else {
            assert!(old == new, "{file} has drifted: CDS_WRITE=1 cargo test --test all readme::");
        }
    }
}

#[test]
fn links_and_pictures_are_there() {
    for file in [
        "README.md",
        "docs/findings.md",
        "docs/huong-dan.md",
        "docs/ket-qua-json.md",
        "docs/quy-tac.md",
        "docs/bang-csv.md",
        "CHANGELOG.md",
    ] {
        let text = read(file);
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.starts_with("http") && !target.starts_with('#')) {
            let path = root().join(file).parent().unwrap().join(target.split('#').next().unwrap());
            assert!(path.exists(), "{file} points to {target}");
            let size = fs::metadata(&path).unwrap().len();
            assert!(!target.ends_with(".png") || size < 150_000, "{target} has {size} bytes");
        }
    }
}

/// Lines of the README's shell blocks.
fn commands(text: &str) -> Vec<&str> {
    let blocks = text.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.flat_map(str::lines).filter(|line| !line.trim().is_empty() && !line.starts_with('#')).collect()
}

#[test]
fn the_two_commands_are_those_of_ci() {
    let (readme, ci) = (read("README.md"), read(".ci/run"));
    for command in ["cargo run --release -- run samples/can-giuoc", "cargo test"] {
        assert!(commands(&readme).contains(&command), "{command}");
        assert!(ci.contains(command), "{command}");
    }
}

#[test]
fn every_command_of_the_program_runs() {
    let dir = tempfile::tempdir().unwrap();
    copy(&root().join("samples"), &dir.path().join("samples"));
    let readme = read("README.md");
    let run: Vec<&str> = commands(&readme).into_iter().filter_map(|line| line.strip_prefix("cds ")).collect();
    assert!(run.len() >= 5, "{run:?}");
    for line in run {
        let words = line.split('#').next().unwrap().split_whitespace();
        let done = Command::new(env!("CARGO_BIN_EXE_cds")).args(words).current_dir(dir.path()).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(matches!(done.status.code(), Some(0 | 1)), "cds {line}: {:?} {said}", done.status.code());
        assert!(!done.stdout.is_empty(), "cds {line} says nothing");
    }
}

/// Commands in the running text, with the names of the guide's own folders: they cannot be run, but be asked for help.
#[test]
fn every_command_named_in_a_text_has_its_options() {
    let mut asked = 0;
    for file in ["README.md", "docs/huong-dan.md", "docs/findings.md", "templates/init/DOC-TOI.txt"] {
        let text = read(file);
        let quoted = text.split('`').skip(1).step_by(2).filter_map(|words| words.strip_prefix("cds "));
        let lines = text.lines().filter_map(|line| line.split_once(": ")?.1.trim().strip_prefix("cds "));
        for command in quoted.chain(lines) {
            let words: Vec<&str> = command.split_whitespace().collect();
            let subs: Vec<&str> = match &words[..] {
                ["rules", sub, ..] => vec!["rules", sub],
                [sub, ..] => vec![sub],
                [] => continue,
            };
            let help = Command::new(env!("CARGO_BIN_EXE_cds")).args(subs).arg("--help").output().unwrap();
            let said = String::from_utf8_lossy(&help.stdout).into_owned();
            assert!(help.status.success(), "{file}: cds {command}");
            for english in ["Usage", "Options:", "Print help", "possible values", "default:"] {
                assert!(!said.contains(english), "cds {command} --help: {english}");
            }
            let known: Vec<&str> = said.split_whitespace().collect();
            for word in words.iter().map(|word| word.trim_end_matches([',', ';', '.'])) {
                assert!(!word.starts_with("--") || known.contains(&word), "{file}: {command}: {word}");
            }
            asked += 1;
        }
    }
    assert!(asked > 20, "{asked}");
}
