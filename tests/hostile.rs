//! What must not bring a run down: beside hostile files the others are processed as without them, and nothing outside
//! the run's folder changes.

#![allow(clippy::unwrap_used)]

#[allow(unused_imports)]
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::office::{Office, Ran};
use crate::reader_files::Zip;
use cds::finding::{Severity, code};

const CODES: [&str; 2] = ["80100001", "80100002"];

fn office() -> Office {
    Office::new()
        .school(CODES[0], "Trường THCS Bình Minh", "THCS")
        .school(CODES[1], "Trường TH Hoa Sen", "TH")
        .returned("a.xlsx", CODES[0], |form| {
            form.number("1.3.1", 99.0);
        })
        .returned("b.xlsx", CODES[1], |_| {})
}

/// What a run says of the two clean schools.
fn of_clean(ran: &Ran) -> String {
    let results: Vec<_> =
        CODES.iter().map(|code| (ran.expected(code), ran.of("nop/a.xlsx"), ran.of("nop/b.xlsx"))).collect();
    format!("{results:?}")
}

/// Every file of the office folder outside of its runs, with its content.
fn outside(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let kind = fs::symlink_metadata(&path).unwrap().file_type();
        if kind.is_dir() && name != "ket-qua" {
            found.extend(outside(&path).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else if kind.is_file() && !name.starts_with(".cds") && !name.starts_with("MO-KET-QUA") {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}

/// Deterministic noise.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    (0..length).map(|_| next()).collect()
}

#[test]
fn cut_and_random_files_cost_only_themselves() {
    let clean = of_clean(&office().run());
    let mut office = office();
    let whole = fs::read(office.path().join("nop/a.xlsx")).unwrap();
    let mut names = vec!["nop/mot-byte.xlsx".to_owned(), "nop/rong.xlsx".to_owned()];
    office = office.file(&names[0], b"P").file(&names[1], b"");
    for at in (512..whole.len()).step_by(512) {
        let name = format!("nop/cat-{at}.xlsx");
        office = office.file(&name, &whole[..at]);
        names.push(name);
    }
    for seed in 0..12 {
        let name = format!("nop/ngau-nhien-{seed}.{}", ["xlsx", "xls", "ods", "zip"][seed as usize % 4]);
        let mut bytes = noise(seed + 1, 3000);
        match seed % 3 {
            1 => bytes[..4].copy_from_slice(b"PK\x03\x04"),
            2 => bytes[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
            _ => {}
        }
        office = office.file(&name, bytes);
        names.push(name);
    }
    let before = outside(office.path());
    let ran = office.run();
    assert_eq!(of_clean(&ran), clean);
    assert!(outside(office.path()).eq(&{
        let mut same = before;
        same.extend(
            ["co-quan.toml", "danh-sach-truong.csv"]
                .map(|name| (name.to_owned(), fs::read(office.path().join(name)).unwrap())),
        );
        same
    }));
    for name in names {
        assert_eq!(ran.dispositions(&name), ["khong_doc_duoc"], "{name}");
        assert!(ran.of(&name).iter().any(|finding| finding.severity == Severity::Error), "{name}");
    }
}

#[test]
fn hostile_packages_cost_only_themselves() {
    let clean = of_clean(&office().run());
    let nested = Zip::new().file("trong.zip", Zip::new().file("a.txt", "x").bytes()).bytes();
    let climbing = Zip::new().file("../../ra-ngoai.xlsx", "x").file("/etc/passwd", "x").file("C:\\a.xlsx", "x").bytes();
    let bomb = Zip::new().file("xl/workbook.xml", vec![b' '; 40 << 20]).file("[Content_Types].xml", "<a/>").bytes();
    let many = (0..3000).fold(Zip::new(), |zip, n| zip.stored(&format!("{n}.xlsx"), "x")).bytes();
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>";
    let entities = Zip::new()
        .file("xl/workbook.xml", laughs)
        .file("_rels/.rels", laughs)
        .file("[Content_Types].xml", laughs)
        .bytes();
    let ran = office()
        .file("nop/long.zip", nested)
        .file("nop/leo.zip", climbing)
        .file("nop/bom.xlsx", bomb)
        .file("nop/nhieu.zip", many)
        .file("nop/thuc-the.xlsx", entities)
        .file("nop/trong.zip", Zip::new().bytes())
        .run();
    assert_eq!(of_clean(&ran), clean);
    for name in ["nop/bom.xlsx", "nop/thuc-the.xlsx", "nop/trong.zip"] {
        assert_eq!(ran.dispositions(name), ["khong_doc_duoc"], "{name}: {:?}", ran.of(name));
    }
    for name in ["nop/long.zip", "nop/leo.zip", "nop/nhieu.zip", "nop/bom.xlsx", "nop/thuc-the.xlsx", "nop/trong.zip"] {
        let about = ran.outcome.findings.iter().filter(|finding| {
            finding.place.file.as_deref().is_some_and(|file| file == name || file.starts_with(&format!("{name}/")))
        });
        assert!(about.count() > 0, "{name}");
    }
}

#[test]
fn texts_that_would_run_are_inert_everywhere() {
    let ran = {
        let office = Office::new().school("80100001", "=HYPERLINK(\"http://x\")&<script>", "THCS");
        let office = office.returned("a.xlsx", "80100001", |form| {
            form.text("1.3.1", "=1+1").text("1.3.2", "@x").text("1.3.3", "-2+3").text("1.3.4", "\u{202E}5\u{200B}");
        });
        let ran = office.run();
        let table = fs::read_to_string(ran.path.join("truong.csv")).unwrap();
        assert!(table.contains("'=HYPERLINK"), "{table}");
        let findings = fs::read_to_string(ran.path.join("loi.csv")).unwrap();
        for field in findings.split(['\n', ',']) {
            assert!(!field.trim_start_matches('"').starts_with(['=', '@']), "{field}");
        }
        ran
    };
    assert_eq!(ran.counted("80100001", "1.3.1"), 0.0);
}

/// The parts of a package, each changed.
fn edited(package: &[u8], change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(package)).unwrap();
    let mut made = Zip::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        let name = part.name().unwrap().into_owned();
        made = made.file(&name, change(&text));
    }
    made.bytes()
}

#[test]
fn numbers_that_are_none_are_errors_at_their_cells() {
    let none = ["NaN", "nan", "INF", "-INF", "1e400", "-1e400", "Infinity"];
    let items = ["1.3.1", "1.3.2", "1.3.3", "1.3.4", "1.3.5", "1.4", "1.5.1"];
    let stand_in = |at: usize| 1.01 + at as f64 / 100.0;
    let office = office().returned("so.xlsx", CODES[0], |form| {
        items.iter().enumerate().for_each(|(at, item)| _ = form.number(item, stand_in(at)));
    });
    let path = office.path().join("nop/so.xlsx");
    let broken = edited(&fs::read(&path).unwrap(), |part| {
        let mut part = part.to_owned();
        for (at, text) in none.iter().enumerate() {
            part = part.replace(&format!("<v>{}</v>", stand_in(at)), &format!("<v>{text}</v>"));
        }
        part
    });
    let ran = office.file("nop/so.xlsx", broken).run();
    let told: Vec<&str> = ran
        .of("nop/so.xlsx")
        .into_iter()
        .filter(|finding| finding.code == code::ERROR_VALUE && finding.place.cell.is_some())
        .filter_map(|finding| items.iter().find(|item| finding.item.is_some_and(|code| code.to_string() == **item)))
        .copied()
        .collect();
    assert_eq!(told, items);
    for item in items {
        assert_eq!(ran.counted(CODES[0], item), 0.0, "{item}");
    }
}

#[test]
fn a_number_that_is_none_in_an_xls_is_an_error_at_its_cell() {
    let mut bytes = include_bytes!("messy/scores/25 so co chu xls 95.xls").to_vec();
    let seven_and_a_half = 7.5_f64.to_le_bytes();
    let at = bytes.windows(8).position(|window| window == seven_and_a_half).unwrap();
    bytes[at..at + 8].copy_from_slice(&f64::NAN.to_le_bytes());
    let ran = Office::new().school("80100425", "Trường thử", "TH&THCS").file("nop/a.xls", bytes).run();
    let finding = ran.finding(code::ERROR_VALUE, "nop/a.xls");
    assert!(finding.place.cell.is_some());
    assert_eq!(ran.counted("80100425", &finding.item.unwrap().to_string()), 0.0);
}

#[cfg(unix)]
#[test]
fn odd_things_in_the_folder_are_never_opened() {
    let clean = of_clean(&office().run());
    let office = office();
    let nop = office.path().join("nop");
    std::os::unix::fs::symlink(&nop, nop.join("vong")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", nop.join("ngoai.xlsx")).unwrap();
    std::process::Command::new("mkfifo").arg(nop.join("ong.xlsx")).status().unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(nop.join("o-cam.xlsx")).unwrap();
    fs::write(nop.join(std::ffi::OsStr::new(&"x".repeat(250))), b"x").unwrap();
    fs::write(nop.join(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"\xFF\xFE.xlsx")), b"x").unwrap();
    fs::write(nop.join("A.XLSX"), b"x").unwrap();
    let ran = office.run();
    assert_eq!(of_clean(&ran), clean);
    for name in ["nop/vong", "nop/ngoai.xlsx", "nop/ong.xlsx", "nop/o-cam.xlsx"] {
        assert!(!ran.of(name).is_empty(), "{name}: {:?}", ran.outcome.files);
    }
}

/// Names of files command neither terminal nor log nor table, and forge no lines.
#[cfg(unix)]
#[test]
fn commands_in_names_of_files_are_marks() {
    use std::os::unix::ffi::OsStrExt;
    let office = office();
    let name = "new\nline \u{1b}[31m \u{9b}2J \u{202e}xslx.\r.xlsx";
    fs::write(office.path().join("nop").join(name), "x").unwrap();
    fs::create_dir(office.path().join("nop").join("th\u{1b}]0;a\u{7}")).unwrap();
    fs::write(
        office.path().join("nop").join("th\u{1b}]0;a\u{7}").join(std::ffi::OsStr::from_bytes(b"\xff\x1b.xlsx")),
        "x",
    )
    .unwrap();
    fs::create_dir(office.path().join("tham-dinh")).unwrap();
    fs::write(office.path().join("tham-dinh/\u{1b}[1m.xlsx"), "x").unwrap();
    let output = office.command(&["-v"]);
    let run = office.path().join("ket-qua/2025-06-01T0200");
    let mut texts = vec![("out".to_owned(), output.stdout), ("err".to_owned(), output.stderr)];
    for file in ["nhat-ky.txt", "loi.csv", "nop.csv", "truong.csv"] {
        texts.push((file.to_owned(), fs::read(run.join(file)).unwrap()));
    }
    for (name, bytes) in texts {
        let text = String::from_utf8(bytes).unwrap();
        let bad = |c: char| (c.is_control() && !matches!(c, '\n' | '\r')) || c == '\u{202E}';
        assert_eq!(text.chars().filter(|c| bad(*c)).collect::<String>(), "", "{name}: {text}");
        assert!(!text.lines().any(|line| line.starts_with("line ")), "{name}: {text}");
        assert!(name == "out" || name == "truong.csv" || text.contains("new\u{FFFD}line"), "{name}: {text}");
    }
    // What is shown otherwise than it is called is frozen all the same.
    let valid = office.path().join("nop/c\u{1b}.xlsx");
    fs::rename(office.path().join("nop/b.xlsx"), valid).unwrap();
    let ran = office.run();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_cds"));
    let output = command.arg("finalize").arg(&ran.path).args(["--moc", "gui-so", "--accept-open"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}
