//! What a person sees who types something wrong, or asks how to type it: in one language, and on 80 columns.
//!
//! `INSTA_UPDATE=always cargo test --test all usage::` writes the snapshots anew.

use std::fs;
use std::path::{MAIN_SEPARATOR, Path};
use std::process::{Command, Output};

use crate::copied::copy;

/// Every command with those below it.
const COMMANDS: [&[&str]; 20] = [
    &[],
    &["init"],
    &["doctor"],
    &["run"],
    &["check"],
    &["forms"],
    &["compare"],
    &["rules"],
    &["rules", "list"],
    &["rules", "show"],
    &["rules", "check"],
    &["rules", "impact"],
    &["samples"],
    &["schedule"],
    &["finalize"],
    &["documents"],
    &["publish"],
    &["verify"],
    &["explain"],
    &["why"],
];

const LANGS: [&str; 2] = ["vi", "en"];

fn cds(at: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cds")).args(words).current_dir(at).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn help(words: &[&str], flag: &str, lang: &str) -> String {
    let output = cds(Path::new("."), &[words, &[flag, "--lang", lang]].concat());
    assert_eq!(output.status.code(), Some(0), "{words:?}");
    said(&output)
}

/// Wrong usage of every kind that the parser of the command line knows, and of values that it does not.
const WRONG: [&str; 30] = [
    "rum",
    "khong-co-lenh-nay",
    "rules lst",
    "rules",
    "explain",
    "explain CDS999",
    "forms",
    "forms . -o",
    "run . --jsn",
    "run . --xyz",
    "run a b",
    "run khong-co",
    "run . --quiet --verbose",
    "run . --at hôm-nay",
    "run . --at",
    "run . --at 2025-06-01T02:00 --at 2025-06-01T02:00",
    "run . --threads 0",
    "run . --settle 1h",
    "run . --fail-on eror",
    "run . --fail-on gì",
    "run . --json=có",
    "schedule . --at 25:00",
    "schedule . --at 02:00 --for mac",
    "schedule . --at 02:00 --install -o x.xml",
    "finalize . --moc gui-sở",
    "finalize . --moc gui-so --ngay 31/6/2025",
    "check khong-co.xlsx",
    "rules show qd-4725",
    "rules check khong-co.toml",
    "why . 80100001",
];

#[test]
fn wrong_usage_is_answered_in_one_language() {
    let empty = tempfile::tempdir().unwrap();
    for lang in LANGS {
        let mut all = String::new();
        for line in WRONG.into_iter().chain(["--lang fr run ."]) {
            let words: Vec<&str> = line.split(' ').collect();
            let lang = if line.contains("--lang") { vec![] } else { vec!["--lang", lang] };
            // What takes the last word as its value would take the language.
            let output = cds(empty.path(), &[&lang[..], &words].concat());
            assert_eq!(output.status.code(), Some(2), "{line}: {}", said(&output));
            assert!(output.stdout.is_empty(), "{line}: what is wrong goes to standard error");
            let said = said(&output).replace(&format!(".{MAIN_SEPARATOR}"), "./");
            all += &format!("$ cds {line}\n{said}\n");
        }
        insta::assert_snapshot!(format!("wrong-{lang}"), all);
    }
}

#[test]
fn help_is_short_or_long_and_follows_the_language() {
    for lang in LANGS {
        for (name, flag) in [("short", "-h"), ("long", "--help")] {
            let all = COMMANDS.map(|words| format!("$ cds {} {flag}\n{}\n", words.join(" "), help(words, flag, lang)));
            for line in all.iter().flat_map(|text| text.lines()) {
                assert!(line.chars().count() <= 80, "{line}");
                assert!(!line.contains('‖'), "{line}");
            }
            insta::assert_snapshot!(format!("help-{name}-{lang}"), all.concat());
        }
    }
}

#[test]
fn every_command_is_asked_for_help_here() {
    for words in COMMANDS {
        let text = help(words, "-h", "en");
        let Some((_, commands)) = text.split_once("Commands:\n") else { continue };
        for line in commands.lines().take_while(|line| !line.is_empty()) {
            let Some(name) = line.strip_prefix("  ").and_then(|line| line.split(' ').next()) else { continue };
            let whole = [words, &[name]].concat();
            assert!(name.is_empty() || COMMANDS.contains(&&whole[..]), "{whole:?}");
        }
    }
}

/// The examples of the long help: two for each command, the same in both languages, and they do what they say.
#[test]
fn examples_of_the_help_run() {
    let place = tempfile::tempdir().unwrap();
    let office = place.path().join("chuyen-doi-so");
    copy(Path::new("samples/can-giuoc"), &office);
    fs::copy("templates/rules/qd-4725-2022.toml", office.join("bo-moi.toml")).unwrap();
    fs::copy(office.join("nop/80107304-truong-thcs-hoa-lac.xlsx"), office.join("phieu.xlsx")).unwrap();
    fs::copy(office.join("phieu.xlsx"), office.join("nop/phieu.xlsx")).unwrap();
    fs::copy(office.join("danh-sach-truong.xlsx"), office.join("danh-sach.xlsx")).unwrap();
    for time in ["2025-06-01T02:00", "2025-06-02T02:00"] {
        let done = cds(&office, &["run", ".", "--at", time]);
        assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    }
    fs::copy(office.join("ket-qua/2025-06-01T0200/tong-hop.xlsx"), office.join("tong-hop.xlsx")).unwrap();
    for words in COMMANDS {
        let examples = |lang: &str| -> Vec<String> {
            let text = help(words, "--help", lang);
            let (_, rest) = text.split_once(if lang == "vi" { "Ví dụ:" } else { "Examples:" }).unwrap();
            let lines = rest.lines().filter_map(|line| line.strip_prefix("  cds "));
            lines.map(str::to_owned).collect()
        };
        let lines = examples("vi");
        assert_eq!(lines, examples("en"), "{words:?}");
        assert!(lines.len() == 2, "{words:?}: {lines:?}");
        for line in lines {
            let line = line.replace(r"D:\", &format!("{}/", place.path().display())).replace('\\', "/");
            let words: Vec<&str> = line.split(' ').collect();
            let done = cds(&office, &words);
            // 1: something was found, as it is in the sample; 2 of `finalize`: the errors wait for decisions; 2 of
            // `publish`: what was not frozen is not made public.
            let most = if ["finalize", "publish"].contains(&words[0]) { 2 } else { 1 };
            assert!(done.status.code().unwrap() <= most, "cds {line}: {}", said(&done));
            assert!(!said(&done).contains("--help"), "cds {line}: {}", said(&done));
        }
    }
}
