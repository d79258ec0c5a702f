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
        let rows = file.columns.iter().map(|(name, _, about)| format!("| `{name}` | {} |\n", cell(about)));
        let rows: String = rows.collect();
        format!("## {}\n\nMỗi dòng là {}.\n\n| cột | nghĩa |\n|---|---|\n{rows}\n", file.name, file.row)
    };
    tables::FILES.iter().chain([&tables::EVIDENCE]).map(one).collect()
}

/// What a run of the sample office prints, with its command.
fn a_run(lang: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    let office = dir.path().join("samples/can-giuoc");
    copy(&root().join("samples/can-giuoc"), &office);
    // Without receipts the times of files count, and a checkout has times of its own.
    let day = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_747_699_200);
    for path in crate::copied::tree(&office.join("nop")).into_keys() {
        fs::File::options().write(true).open(path).unwrap().set_modified(day).unwrap();
    }
    let words = ["run", "samples/can-giuoc", "--at", "2025-06-05T02:00", "--lang", lang];
    let done = Command::new(env!("CARGO_BIN_EXE_cds")).args(words).current_dir(dir.path()).output().unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    let base = fs::canonicalize(dir.path()).unwrap();
    let bases = [base.as_path(), dir.path()].map(|base| format!("{}{}", base.display(), std::path::MAIN_SEPARATOR));
    let said = bases.iter().fold(said, |said, base| said.replace(base, "")).replace('\\', "/");
    format!("```text\n$ cds {}\n{}```\n", words[..4].join(" "), said)
}

/// What two texts in different languages have in common: options, commands, files and links.
fn facts(text: &str) -> std::collections::BTreeSet<String> {
    let quoted = text.split('`').skip(1).step_by(2).filter(|quoted| !quoted.contains('\n'));
    let is_fact = |word: &&str| word.starts_with('-') || word.contains(['/', '.', '_']);
    let commands = text.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    let typed =
        commands.flat_map(str::lines).filter_map(|line| line.split('#').next()).map(|line| line.trim().to_owned());
    let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let links = links.filter(|link| !link.starts_with("README") && *link != "docs/huong-dan.md");
    let words = quoted.flat_map(str::split_whitespace).filter(is_fact);
    words.chain(links).map(str::to_owned).chain(typed).collect()
}

#[test]
fn both_readmes_tell_the_same() {
    let (en, vi) = (read("README.md"), read("README.vi.md"));
    let (en, vi) = (facts(&en), facts(&vi));
    assert!(en.len() > 40, "{en:?}");
    assert_eq!(en.difference(&vi).collect::<Vec<_>>(), [""; 0], "README.vi.md does not tell of it");
    assert_eq!(vi.difference(&en).collect::<Vec<_>>(), [""; 0], "README.md does not tell of it");
    let headings = |file: &str| read(file).lines().filter(|line| line.starts_with('#')).count();
    assert_eq!(headings("README.md"), headings("README.vi.md"));
}

/// The numbers in the rows of a text's tables, whatever parts their digits.
fn numbers(text: &str) -> Vec<String> {
    let rows = text.lines().filter(|line| line.starts_with("| ") && line.contains(" MB |"));
    let cells = rows.flat_map(|row| row.split('|').map(|cell| cell.chars().filter(char::is_ascii_digit).collect()));
    cells.filter(|digits: &String| !digits.is_empty()).collect()
}

#[test]
fn both_readmes_have_the_same_costs() {
    let english = numbers(&read("README.md"));
    assert!(english.len() > 20, "{english:?}");
    assert_eq!(english, numbers(&read("README.vi.md")));
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
        ("README.md", vec![("a run", a_run("en")), ("exit codes", exits(Lang::En))]),
        ("README.vi.md", vec![("a run", a_run("vi")), ("exit codes", exits(Lang::Vi))]),
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
        "README.vi.md",
        "CONTRIBUTING.md",
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

/// Where the guide's `D:\\` is in a test.
fn here(word: &str, folder: &Path) -> String {
    match word.strip_prefix("D:\\") {
        Some(inside) => folder.join(inside.replace('\\', "/")).to_str().unwrap().to_owned(),
        None => word.replace('\\', "/"),
    }
}

/// Every command of the guide is run on a copy of the sample office, in the order in which a year needs them.
#[test]
fn the_guide_can_be_walked() {
    let dir = tempfile::tempdir().unwrap();
    let office = dir.path().join("chuyen-doi-so");
    copy(&root().join("samples"), &dir.path().join("samples"));
    copy(&root().join("samples/can-giuoc"), &office);
    fs::copy(root().join("templates/rules/qd-4725-2022.toml"), dir.path().join("bo-moi.toml")).unwrap();
    let run = |words: &[String], at: &Path| {
        Command::new(env!("CARGO_BIN_EXE_cds")).args(words).current_dir(at).output().unwrap()
    };
    for at in ["2025-06-01T02:00", "2025-06-15T02:00"] {
        run(&["run", office.to_str().unwrap(), "--at", at].map(str::to_owned), dir.path());
    }
    let returned = office.join("nop/80107304-truong-thcs-hoa-lac.xlsx");
    fs::copy(returned, office.join("nop/phieu.xlsx")).unwrap();
    let guide = read("docs/huong-dan.md");
    let commands = guide.split('`').skip(1).step_by(2).filter_map(|words| words.strip_prefix("cds "));
    let mut walked = std::collections::BTreeSet::new();
    for command in commands.filter(|command| command.contains(' ') && !command.contains("...")) {
        let words = command.split_whitespace().filter(|word| *word != "--install");
        let mut words: Vec<String> = words.map(|word| here(word, dir.path())).collect();
        let mut at = dir.path().to_owned();
        match words[0].as_str() {
            // Nobody is there to be asked about each open fault, or whether the run of that day is still meant.
            "finalize" => words.extend(["--accept-open", "--older"].map(str::to_owned)),
            "verify" if words[1] == "tong-hop.xlsx" => at = office.join("ket-qua/2025-06-15T0200-gui-so/gui-so"),
            _ => {}
        }
        let done = run(&words, &at);
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(matches!(done.status.code(), Some(0 | 1)), "cds {command}: {:?} {said}", done.status.code());
        assert!(!done.stdout.is_empty(), "cds {command} says nothing");
        walked.insert(words[0].clone());
    }
    let mut command = cds::cli::command(Lang::Vi);
    command.build();
    let all: Vec<&str> = command.get_subcommands().map(|command| command.get_name()).collect();
    let left: Vec<&str> = all.into_iter().filter(|name| !walked.contains(*name)).collect();
    assert_eq!(left, [""; 0], "the guide has no command of it");
}

/// Names of commands with those below them: "rules list".
fn all_commands() -> Vec<String> {
    let command = cds::cli::command(Lang::En);
    let below = |command: &clap::Command| {
        let inner: Vec<String> =
            command.get_subcommands().map(|inner| format!("{} {}", command.get_name(), inner.get_name())).collect();
        if inner.is_empty() { vec![command.get_name().to_owned()] } else { inner }
    };
    command.get_subcommands().flat_map(below).collect()
}

#[test]
fn each_text_names_every_command_and_the_guide_every_sheet() {
    for file in ["README.md", "README.vi.md", "docs/huong-dan.md"] {
        let text = read(file);
        for name in all_commands() {
            assert!(text.contains(&format!("cds {name}")), "{file} does not name cds {name}");
        }
    }
    let dir = tempfile::tempdir().unwrap();
    copy(&root().join("samples/can-giuoc"), dir.path());
    for at in ["2025-06-01T02:00", "2025-06-02T02:00"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
        assert!(command.arg("run").arg(dir.path()).args(["--at", at]).output().unwrap().status.success());
    }
    let guide = read("docs/huong-dan.md");
    for book in ["tong-hop.xlsx", "dieu-hanh.xlsx"] {
        let path = dir.path().join("ket-qua/2025-06-02T0200").join(book);
        let mut zip = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
        let parts = std::io::read_to_string(zip.by_name("xl/workbook.xml").unwrap()).unwrap();
        let names = parts.split("<sheet name=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for name in names {
            // A set's sheet of details is told once for all sets.
            let told = name.split_once("Chi tiết").map_or(name, |_| "Chi tiết");
            assert!(guide.contains(&format!("**{told}")), "the guide does not tell of {name}");
        }
    }
}

/// Files that are named where people who change the program look.
#[test]
fn files_that_are_named_are_there() {
    let mut named = 0;
    for file in ["README.md", "README.vi.md", "CONTRIBUTING.md"] {
        let text = read(file);
        for word in text.split('`').skip(1).step_by(2).filter(|word| !word.contains([' ', '<', '*'])) {
            let is_one = [".ci/", ".github/", "benches/", "docs/", "examples/", "src/", "templates/", "tests/"]
                .iter()
                .any(|folder| word.starts_with(folder));
            assert!(!is_one || root().join(word).exists(), "{file} names {word}");
            named += usize::from(is_one);
        }
    }
    assert!(named > 20, "{named}");
}

/// Commands in the running text, with the names of the guide's own folders: they cannot be run, but be asked for help.
#[test]
fn every_command_named_in_a_text_has_its_options() {
    let mut asked = 0;
    for file in ["README.md", "README.vi.md", "docs/huong-dan.md", "docs/findings.md", "templates/init/DOC-TOI.txt"] {
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
