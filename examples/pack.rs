//! Makes the folder that is handed out, which works where it is unpacked; and the notes of a release.
//!
//! ```sh
//! cargo run --example pack -- target/release/cds FOLDER
//! cargo run --example pack -- --notes 0.1.0
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool of the command line")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use cds::text::Lang;
use clap_complete::{Shell, generate_to};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html};
use serde_json::Value;

/// Whatever goes wrong ends the packing.
pub type Done<T> = Result<T, Box<dyn std::error::Error>>;

/// The page that is opened first.
pub const FIRST: &str = "DOC-TOI.html";
/// Licences of what is in the program.
pub const NOTICES: &str = "THIRD-PARTY.txt";

const VERSION: &str = env!("CARGO_PKG_VERSION");
const FIRST_TEXT: &str = include_str!("../templates/package/DOC-TOI.html");
/// The system that this was built on, which is that of the program unless its name says Windows.
const TARGET: &str = env!("CDS_TARGET");

#[allow(dead_code, reason = "the tests take the parts")]
fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match &words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--notes", version] => fs::read_to_string(root().join("CHANGELOG.md"))
            .map_err(Into::into)
            .and_then(|text| {
                notes(&text, version).ok_or_else(|| format!("CHANGELOG.md has no section {version}").into())
            })
            .map(|notes| println!("{notes}")),
        [program, folder] => pack(Path::new(program), Path::new(folder)),
        _ => Err("pack PROGRAM FOLDER, or pack --notes VERSION".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Puts all of it into a folder that is not there yet.
pub fn pack(program: &Path, folder: &Path) -> Done<()> {
    fs::create_dir(folder)?;
    let name = program.file_name().ok_or("no program")?;
    fs::copy(program, folder.join(name))?;
    let is_windows = program.extension().is_some_and(|ending| ending == "exe");
    let first = FIRST_TEXT.replace("{version}", VERSION).replace("{program}", &name.to_string_lossy());
    write(&folder.join(FIRST), &first)?;
    fs::copy(root().join("LICENSE"), folder.join("LICENSE"))?;
    sample(&root().join("samples"), &folder.join("samples"))?;
    publish(&root().join("CHANGELOG.md"), folder)?;
    let docs = folder.join("docs");
    fs::create_dir(&docs)?;
    for entry in fs::read_dir(root().join("docs"))? {
        publish(&entry?.path(), &docs)?;
    }
    let target = if is_windows && !TARGET.contains("windows") { "x86_64-pc-windows-gnu" } else { TARGET };
    write(&folder.join(NOTICES), &notices(&libraries(target)?)?)?;
    if !is_windows {
        completions(&folder.join("completions"))?;
        manual(&cds::cli::command(Lang::Vi), &folder.join("man/vi/man1"), Lang::Vi)?;
        manual(&cds::cli::command(Lang::En), &folder.join("man/man1"), Lang::En)?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Done<()> {
    Ok(fs::write(path, text)?)
}

/// A document into a folder: Markdown as a page, anything else as it is.
fn publish(path: &Path, folder: &Path) -> Done<()> {
    let to = folder.join(path.file_name().unwrap_or_default());
    match path.extension().is_some_and(|ending| ending == "md") {
        true => write(&to.with_extension("html"), &page(&fs::read_to_string(path)?)),
        false => fs::copy(path, to).map(drop).map_err(Into::into),
    }
}

/// The sample offices, without what runs of them left.
fn sample(from: &Path, to: &Path) -> Done<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_left = name == "ket-qua" || name.starts_with('.') || name.starts_with("MO-KET-QUA");
        match entry.file_type()?.is_dir() {
            _ if is_left => {}
            true => sample(&entry.path(), &to.join(name))?,
            false => drop(fs::copy(entry.path(), to.join(name))?),
        }
    }
    Ok(())
}

/// Completions for the usual shells, a file for each.
pub fn completions(folder: &Path) -> Done<()> {
    fs::create_dir_all(folder)?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        generate_to(shell, &mut cds::cli::command(Lang::Vi), "cds", folder)?;
    }
    Ok(())
}

/// A page of the manual for a command and for each below it.
pub fn manual(command: &clap::Command, folder: &Path, lang: Lang) -> Done<()> {
    fs::create_dir_all(folder)?;
    let name = command.get_bin_name().unwrap_or(command.get_name()).replace(' ', "-");
    let mut text = Vec::new();
    clap_mangen::Man::new(command.clone().name(name.clone())).render(&mut text)?;
    fs::write(folder.join(format!("{name}.1")), headings(String::from_utf8(text)?, lang))?;
    let mut below = command.get_subcommands().filter(|command| !command.is_hide_set());
    below.try_for_each(|command| manual(command, folder, lang))
}

/// The headings that the library writes, in the language of the page.
fn headings(page: String, lang: Lang) -> String {
    let words = [
        ("NAME", "TÊN"),
        ("SYNOPSIS", "CÁCH DÙNG"),
        ("DESCRIPTION", "MÔ TẢ"),
        ("OPTIONS", "TÙY CHỌN"),
        ("SUBCOMMANDS", "LỆNH"),
        ("EXTRA", "\"THÊM\""),
        ("VERSION", "\"PHIÊN BẢN\""),
    ];
    match lang {
        Lang::En => page,
        Lang::Vi => {
            let lines =
                page.lines().map(|line| match words.iter().find(|(en, _)| line.strip_prefix(".SH ") == Some(en)) {
                    Some((_, vi)) => format!(".SH {vi}\n"),
                    None => format!("{line}\n"),
                });
            lines.collect()
        }
    }
}

/// Markdown as a page that stands alone. Links to other Markdown lead to their pages.
pub fn page(markdown: &str) -> String {
    let title = markdown.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or("cds");
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    let events =
        events.filter(|event| !matches!(event, Event::Html(_) | Event::InlineHtml(_))).map(|event| match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = match dest_url.strip_suffix(".md") {
                    Some(stem) if !dest_url.starts_with("http") => CowStr::from(format!("{stem}.html")),
                    _ => dest_url,
                };
                Event::Start(Tag::Link { link_type, dest_url, title, id })
            }
            other => other,
        });
    let mut body = String::new();
    html::push_html(&mut body, events);
    let style = "body{font:16px/1.6 \"Segoe UI\",Arial,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222}\
                 h1,h2,h3{color:#1f4e79}code{background:#f2f2f2;padding:.1em .3em}pre code{display:block;padding:.8em}\
                 table{border-collapse:collapse}th,td{border:1px solid #bbb;padding:.3em .6em;text-align:left;vertical-align:top}\
                 th{background:#ddebf7}img{max-width:100%;border:1px solid #ddd}";
    format!(
        "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>{style}</style>\n\
         </head>\n<body>\n{body}</body>\n</html>\n"
    )
}

/// The section of a version in the changelog, without its heading.
pub fn notes(changelog: &str, version: &str) -> Option<String> {
    let heading = format!("## [{version}]");
    let mut lines = changelog.lines().skip_while(|line| !line.starts_with(&heading));
    lines.next()?;
    let section: Vec<&str> = lines.take_while(|line| !line.starts_with("## ")).collect();
    let text = section.join("\n").trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// A library in the program.
#[derive(Debug)]
pub struct Library {
    /// Its name and version.
    pub name: String,
    /// The licences it can be used under, as an SPDX expression.
    pub licence: String,
    repository: String,
    folder: PathBuf,
}

/// Every library that is in the program on this system.
pub fn libraries(target: &str) -> Done<Vec<Library>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", target])
        .current_dir(root())
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let ids = in_the_program(&metadata);
    let of = |package: &Value| {
        let told = |key: &str| package[key].as_str().unwrap_or_default();
        Library {
            name: format!("{} {}", told("name"), told("version")),
            licence: told("license").to_owned(),
            repository: told("repository").to_owned(),
            folder: Path::new(told("manifest_path")).parent().unwrap_or(Path::new(".")).to_owned(),
        }
    };
    let is_in = |package: &&Value| package["id"].as_str().is_some_and(|id| ids.contains(id));
    Ok(array(&metadata["packages"]).iter().filter(is_in).map(of).collect())
}

/// The libraries with their licences and the texts of these, each text once.
pub fn notices(libraries: &[Library]) -> Done<String> {
    let mut texts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut list = String::new();
    for library in libraries {
        list += &format!("{}: {} {}\n", library.name, library.licence, library.repository);
        for text in licence_texts(&library.folder)? {
            texts.entry(text).or_default().push(&library.name);
        }
    }
    let texts = texts.iter().map(|(text, names)| format!("\n{}\n{}\n\n{text}\n", "-".repeat(80), names.join(", ")));
    Ok(format!("cds {VERSION} holds these libraries, each under its licence.\n\n{list}{}", texts.collect::<String>()))
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Ids of the packages that the program is linked from: not those of tests and builds.
fn in_the_program(metadata: &Value) -> BTreeSet<String> {
    let nodes: BTreeMap<&str, &Value> =
        array(&metadata["resolve"]["nodes"]).iter().filter_map(|node| Some((node["id"].as_str()?, node))).collect();
    let root = metadata["resolve"]["root"].as_str().unwrap_or_default();
    let (mut found, mut open) = (BTreeSet::new(), vec![root]);
    while let Some(id) = open.pop() {
        let Some(node) = nodes.get(id) else { continue };
        for dependency in array(&node["deps"]) {
            let is_normal = array(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
            if let Some(id) = dependency["pkg"].as_str().filter(|_| is_normal)
                && found.insert(id.to_owned())
            {
                open.push(id);
            }
        }
    }
    found
}

/// The texts of the licence files of a package.
fn licence_texts(folder: &Path) -> Done<Vec<String>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        let is_one =
            ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"].iter().any(|start| name.starts_with(start));
        if is_one && entry.file_type()?.is_file() {
            files.push(entry.path());
        }
    }
    files.sort();
    let text = |path: &PathBuf| Ok(String::from_utf8_lossy(&fs::read(path)?).replace("\r\n", "\n").trim().to_owned());
    files.iter().map(text).collect()
}
