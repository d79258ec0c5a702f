//! What goes to people outside the office holds no telephone number, no e-mail address, no path of a machine, and no reason
//! typed in the receipts: every text of every input is given each of them, and every file of what is handed over is
//! searched, down to the parts of its workbooks.

#![allow(clippy::unwrap_used)] // The builders below are tests too.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use cds::outcome::Outcome;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::copied;
use crate::offices::{TestOffice, cell_at, edit, sheet};

/// Private matter in the shapes in which it comes, and what is left of it in a text when all that parts digits is gone.
const MATTERS: [(&str, &str); 12] = [
    ("0977345688", "977345688"),
    ("0977 345 688", "977345688"),
    ("0977.345.688", "977345688"),
    ("0977\u{A0}345\u{A0}688", "977345688"),
    ("+84 977 345 688", "977345688"),
    ("０９７７３４５６８８", "977345688"),
    ("(0272) 3.977.688", "3977688"),
    ("hoa.bimat@thcs.edu.vn", "bimat"),
    ("https://drive.example/x?authuser=bimat%40thcs.edu.vn", "bimat"),
    ("C:\\Users\\bimat\\qđ.pdf", "bimat"),
    ("\\\\may-chu\\bimat\\qđ.pdf", "bimat"),
    ("/home/bimat/qđ.pdf", "bimat"),
];
const REASON: &str = "vìhiềmkhích";

/// The text with nothing between digits, in plain forms.
fn bare(text: &str) -> String {
    text.nfkc()
        .filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')' | '+' | '\u{200B}'))
        .collect::<String>()
        .to_lowercase()
}

/// All texts of a file, of a package those of its parts, by name.
fn texts(name: &str, bytes: &[u8]) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::from([(name.to_owned(), name.to_owned())]);
    if !bytes.starts_with(b"PK") {
        texts.insert(format!("{name} (nội dung)"), String::from_utf8_lossy(bytes).into_owned());
        return texts;
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        let name = format!("{name} > {}", part.name().unwrap());
        assert!(!content.starts_with(b"PK"), "{name}");
        texts.insert(name, String::from_utf8_lossy(&content).into_owned());
    }
    texts
}

/// Where one of these stands, in any file below a folder but in the returns as they were received.
fn leaks(folder: &Path, needles: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, bytes) in copied::tree(folder) {
        let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        let is_return = name.starts_with("phieu/");
        for (place, text) in texts(&name, if is_return { b"" } else { &bytes }) {
            let text = bare(&text);
            for needle in needles.iter().filter(|needle| text.contains(**needle)) {
                let at = text.find(*needle).unwrap();
                let around: String = text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
                found.push(format!("{place}: …{around}{needle}"));
            }
        }
    }
    found
}

fn finalize(run: &Path, moc: &str, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
    command
        .arg("finalize")
        .arg(run)
        .args(["--moc", moc, "--accept-open"])
        .args(more)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A workbook with a text of its shared strings, or of another part, replaced everywhere.
fn replaced(book: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..old.len() {
        let mut entry = old.by_index(i).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        if name == part {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(from), "{part} has no {from}");
            bytes = text.replace(from, to).into_bytes();
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(&bytes).unwrap();
    }
    new.finish().unwrap().into_inner()
}

const STRINGS: &str = "xl/sharedStrings.xml";

/// A return in which every text that a school may type holds this.
fn telling(office: &TestOffice, school: usize, matter: &str) -> Vec<u8> {
    let m = xml(matter);
    let form = office.form(school, &[("1.3.1", matter), ("1.3.2", &format!("9 ({matter})"))]);
    let form = replaced(&form, STRINGS, "QĐ số 12/QĐ-THHS", &format!("QĐ 12; {m}"));
    let form = replaced(&form, "docProps/app.xml", "Microsoft Excel", &format!("Excel {m}"));
    let form =
        replaced(&form, "xl/workbook.xml", "name=\"Phiếu tự đánh giá\"", &format!("name=\"P {}\"", sheet_name(&m)));
    replaced(&form, "xl/workbook.xml", "'Phiếu tự đánh giá'", &format!("'P {}'", sheet_name(&m)))
}

/// No file and no sheet can be called so.
fn is_path(text: &str) -> bool {
    text.contains('\\') || text.starts_with('/')
}

/// What a sheet can be called.
fn sheet_name(text: &str) -> String {
    if is_path(text) {
        return "trang".to_owned();
    }
    text.replace(['\\', '/', '?', ':', '[', ']', '*'], "-").chars().take(26).collect()
}

fn file_name(text: &str) -> String {
    if is_path(text) {
        return "tệp".to_owned();
    }
    text.replace(['\\', '/', '?', ':'], "-")
}

/// An office in which all that people type holds this matter.
fn office_of(matter: &str) -> TestOffice {
    let quoted = matter.replace('\\', "\\\\");
    let office = TestOffice::new();
    let text = |key: &str| format!("{key} = \"X {quoted}\"\n");
    let mut settings = format!("ten = \"Phòng {quoted}\"\nnam_hoc = \"2024-2025\"\nnam_truoc = \"../{quoted}\"\n");
    for key in ["co_quan_cap_tren", "noi_gui", "dia_danh", "so_hieu", "phu_luc_cua", "lien_he"] {
        settings += &text(key);
    }
    settings += &format!("noi_nhan = [\"Sở {quoted}\", \"Lưu\"]\n");
    for key in ["nguoi_ky", "nguoi_lap"] {
        settings += &format!("{key} = {{ chuc_vu = \"Trưởng {quoted}\", ho_ten = \"A {quoted}\" }}\n");
    }
    settings += &format!("[[phan_cong]]\nma = \"1.1\"\nchu_tri = \"A {quoted}\"\nphoi_hop = \"B {quoted}\"\n");
    fs::write(office.path("co-quan.toml"), settings).unwrap();
    let field = matter.replace('"', "\"\"");
    let mut roster =
        "ma_truong,ten_truong,cap_hoc,don_vi_quan_ly,email,dien_thoai,nguoi_lien_he,ma_cu,tinh_trang\n".to_owned();
    for (code, name, kind) in crate::offices::SCHOOLS {
        roster +=
            &format!("{code},\"{name} {field}\",{kind},\"Xã {field}\",\"{field}\",\"{field}\",\"Cô {field}\",,\n");
    }
    roster += &format!("{field},Trường lạ {field},Lạ {field},Xã {field},{field},,,{field},đóng {field}\n");
    fs::write(office.path("danh-sach-truong.csv"), roster).unwrap();
    let rules = include_str!("../templates/rules/qd-4725-2022.toml");
    let rules = rules
        .replace("decision = \"", &format!("decision = \"{quoted} "))
        .replace("source = \"", &format!("source = \"{quoted} "))
        .replace("đáp ứng cơ bản", &format!("đáp ứng {quoted}"))
        .replace(
            "[set]\nid = \"qd-4725-2022\"\ntitle = \"",
            &format!("[set]\nid = \"qd-4725-2022\"\ntitle = \"{quoted} "),
        );
    fs::create_dir(office.path("quy-tac")).unwrap();
    fs::write(office.path("quy-tac/qd-4725-2022.toml"), rules).unwrap();
    let name = file_name(matter);
    office.put(&format!("nop/{name}/80100001 {name}.xlsx"), &telling(&office, 0, matter), 5);
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(format!("cụm {name}/{name}.xlsx"), zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(&telling(&office, 1, matter)).unwrap();
    office.put(&format!("nop/{name}.zip"), &archive.finish().unwrap().into_inner(), 5);
    office.put(&format!("nop/80100001 {name}.pdf"), b"%PDF-1.4", 5);
    office.put(&format!("nop/80100003 {name}.xlsx"), &office.form(2, &[]), 5);
    office.put(&format!("nop/hỏng {name}.xlsx"), b"PK", 5);
    let receipts = format!(
        "tep,ngay_nhan,kenh,gia_han_den,khong_dung,ly_do\n\"80100003 {name}.xlsx\",7/5/2025,\"Zalo {field}\",,x,\"{REASON} {field}\"\n\
         \"không có {name}.xlsx\",\"{field}\",\"{field}\",\"{field}\",\"{field}\",\"{REASON}\"\n"
    );
    fs::write(office.path("so-nhan.csv"), receipts).unwrap();
    office
}

/// Fills what a run offers: verified scores, figures of the annex.
fn reviewed(office: &TestOffice, run: &Path, matter: &str) {
    let m = xml(matter);
    let template = fs::read(run.join("mau-tham-dinh.xlsx")).unwrap();
    let rows = sheet(&template, "Thẩm định");
    let mut cells: Vec<(String, &str)> = Vec::new();
    let texts = ["Số biên bản", "Người thẩm định", "Lý do"].map(|title| (title, m.as_str()));
    for (item, score) in [("1.3.1", "1"), ("1.3.2", m.as_str())] {
        let keys = ["80100001", item];
        cells.push((cell_at(&rows, &keys, "Điểm thẩm định"), score));
        cells.push((cell_at(&rows, &keys, "Hình thức thẩm định"), "Tại trường"));
        cells.push((cell_at(&rows, &keys, "Ngày thẩm định"), "12/5/2025"));
        cells.extend(texts.iter().map(|(title, text)| (cell_at(&rows, &keys, title), *text)));
    }
    office.put(&format!("tham-dinh/{}.xlsx", file_name(matter)), &edit(&template, "Thẩm định", &cells), 12);
    let template = fs::read(run.join("mau-doi-chieu-phu-luc.xlsx")).unwrap();
    let rows = sheet(&template, "Đối chiếu");
    let at = |key: &str, title: &str| cell_at(&rows, &[crate::offices::SET, key], title);
    let mut cells = Vec::new();
    for (key, value) in [("1.3.1 max", m.as_str()), ("step", "0.5")] {
        cells.push((at(key, "Theo phụ lục"), value));
        cells.push((at(key, "Điều khoản"), m.as_str()));
        cells.push((at(key, "Người đối chiếu"), m.as_str()));
        cells.push((at(key, "Ngày đối chiếu"), "12/5/2025"));
    }
    office.put("doi-chieu-phu-luc.xlsx", &edit(&template, "Đối chiếu", &cells), 12);
}

#[test]
fn nothing_private_is_in_any_file_that_is_handed_over() {
    // One of each kind: the next test has every shape.
    for (matter, needle) in [MATTERS[3], MATTERS[5], MATTERS[7], MATTERS[8], MATTERS[9]] {
        let office = office_of(matter);
        let run = office.run("2025-05-10T08:00").path;
        reviewed(&office, &run, matter);
        let own = office.form(0, &[]);
        office.put("phieu-co-quan.xlsx", &replaced(&own, STRINGS, "QĐ số 12/QĐ-THHS", &xml(matter)), 12);
        let run = office.run("2025-05-13T08:00").path;
        // The office's own tables keep it: so does the test see it where it is.
        for file in ["loi.csv", "gui-lai-truong.csv", "ket-qua.json"] {
            let text = bare(&fs::read_to_string(run.join(file)).unwrap());
            assert!(text.contains(needle), "{matter}: {file} lost it");
        }
        assert!(fs::read_to_string(run.join("loi.csv")).unwrap().contains(REASON));
        // The report of a run is handed on as well.
        let report = texts("tong-hop.xlsx", &fs::read(run.join("tong-hop.xlsx")).unwrap());
        let seen = |text: &String| bare(text).contains(needle) || bare(text).contains(REASON);
        let found: Vec<&String> = report.iter().filter(|(_, text)| seen(text)).map(|(name, _)| name).collect();
        assert_eq!(found, Vec::<&String>::new(), "{matter}");
        for moc in ["phe-duyet", "gui-so"] {
            let output =
                finalize(&run, moc, &["--so", &format!("15/BC {matter}"), "--nguoi-ky", &format!("A {matter}")]);
            let said =
                format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            assert_eq!(output.status.code(), Some(0), "{said}");
            let name = run.file_name().unwrap().to_str().unwrap();
            let folder = office.path(&format!("ket-qua/{name}-{moc}/{moc}"));
            assert_eq!(leaks(&folder, &[needle, REASON]), Vec::<String>::new(), "{matter}");
            let copies: Vec<_> = copied::tree(&folder.join("phieu")).into_keys().collect();
            assert_eq!(copies.len(), 2, "{copies:?}");
        }
    }
}

/// Appends to every text of a value but those of some keys, the next matter to each.
fn filled(value: &mut Value, key: &str, matters: &mut dyn Iterator<Item = &str>, but: &[String]) {
    match value {
        Value::String(text) if !but.iter().any(|known| known == key) => {
            text.push_str(&format!(" {}", matters.next().unwrap()));
        }
        Value::Array(all) => all.iter_mut().for_each(|one| filled(one, key, matters, but)),
        Value::Object(all) => all.iter_mut().for_each(|(key, one)| filled(one, key, matters, but)),
        _ => {}
    }
}

fn keys(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| keys(one, found)),
        Value::Object(all) => {
            for (key, one) in all {
                if !found.contains(key) {
                    found.push(key.clone());
                }
                keys(one, found);
            }
        }
        _ => {}
    }
}

/// Every text of a result, whatever it is: what a later version adds is among them.
#[test]
fn no_text_of_a_result_gets_into_the_report_unmasked() {
    let office = office_of("A");
    let run = office.run("2025-05-10T08:00").path;
    reviewed(&office, &run, "B");
    let run = office.run("2025-05-13T08:00").path;
    let plain: Value = serde_json::from_slice(&fs::read(run.join("ket-qua.json")).unwrap()).unwrap();
    let mut all = Vec::new();
    keys(&plain, &mut all);
    // Which are no free texts: dates, codes, words of ours.
    let mut fixed: Vec<String> = Vec::new();
    for key in &all {
        let others: Vec<String> = all.iter().filter(|other| *other != key).cloned().collect();
        let mut one = plain.clone();
        filled(&mut one, key, &mut std::iter::repeat("x"), &others);
        if Outcome::read_json(&serde_json::to_vec(&one).unwrap()).is_err() {
            fixed.push(key.clone());
        }
    }
    // References from one part of the result to another.
    fixed.extend(["school", "set", "id"].map(str::to_owned));
    assert!(all.len() - fixed.len() > 40, "{fixed:?}");
    let needles: Vec<&str> = MATTERS.iter().map(|(_, needle)| *needle).collect();
    for round in 0..4 {
        // Another one for each text in each round.
        let mut matters = MATTERS.iter().map(|(matter, _)| *matter).cycle().skip(round * 5);
        let mut value = plain.clone();
        filled(&mut value, "", &mut matters, &fixed);
        let mut outcome = Outcome::read_json(&serde_json::to_vec(&value).unwrap()).unwrap();
        outcome.seal = Some(format!("Mã chốt {}", matters.next().unwrap()));
        let place = tempfile::tempdir().unwrap();
        cds::report::write(&outcome, &place.path().join("tong-hop.xlsx")).unwrap();
        cds::tables::write_evidence(&outcome, place.path()).unwrap();
        assert_eq!(leaks(place.path(), &needles), Vec::<String>::new());
    }
}
