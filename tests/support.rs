//! `cds doctor --goi-ho-tro`: what a helper gets, and that no word of a school is in it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output};

use crate::office::Office;

/// What must not leave the office.
const SECRETS: [&str; 7] = ["Bình Minh", "80100001", "Hoa Lan", "0912345678", "Lê Thị", "42,5", "mau-la"];

fn office() -> Office {
    let settings = "lien_he = \"Lê Thị Hoa Lan, 0912345678\"\n[han]\nnop_phieu = \"31/5/2025\"\n";
    let office = Office::new().settings(settings).school("80100001", "Trường THCS Bình Minh", "THCS");
    let office = office.returned("Trường Bình Minh mau-la.xlsx", "80100001", |form| {
        form.text("1.1", "42,5");
    });
    office.run();
    office
}

fn pack(office: &Path, to: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
    command.arg("doctor").arg(office).arg("--goi-ho-tro").arg(to).args(more).output().unwrap()
}

fn parts(file: &Path) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(fs::File::open(file).unwrap()).unwrap();
    let count = zip.len();
    let read = |at| {
        let mut part = zip.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        (part.name().unwrap().into_owned(), text)
    };
    (0..count).map(read).collect()
}

#[test]
fn a_helper_gets_codes_and_shapes_and_no_word_of_a_school() {
    let office = office();
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("ho-tro.zip");
    let file = office.path().join("nop/Trường Bình Minh mau-la.xlsx");
    let output = pack(office.path(), &to, &["--tep", file.to_str().unwrap()]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");

    let parts = parts(&to);
    let names = ["co-quan.toml", "ket-qua.txt", "nhat-ky.txt", "phien-ban.txt", "tep.txt"];
    assert_eq!(parts.keys().collect::<Vec<_>>(), names);
    let root = office.path().to_string_lossy().into_owned();
    for (name, text) in &parts {
        assert!(said.contains(&format!("  {name}: ")), "{name} is not said");
        for secret in SECRETS.iter().chain([&root.as_str()]) {
            assert!(!text.contains(secret), "{name} tells {secret}: {text}");
        }
    }
    let has = |name: &str, words: &str| assert!(parts[name].contains(words), "{name}: {words}: {}", parts[name]);
    has("phien-ban.txt", concat!("cds ", env!("CARGO_PKG_VERSION")));
    has("co-quan.toml", "nop_phieu = \"31/5/2025\"");
    has("co-quan.toml", "lien_he = \"Xx Xxx Xxx Xxx, 0000000000\"");
    has("nhat-ky.txt", "đã đọc xxx/Xxxxxx Xxxx Xxxx xxx-xx.xlsx: ");
    has("ket-qua.txt", "file xlsx ");
    has("ket-qua.txt", "CDS");
    has("tep.txt", "sheet Phiếu tự đánh giá");
    has("tep.txt", "text Tên trường");
    has("tep.txt", "text Xxxxxx XXXX Xxxx Xxxx");

    let again = pack(office.path(), &to, &["--lang", "en"]);
    assert_eq!(again.status.code(), Some(4), "a file that is there stays");
    assert!(String::from_utf8_lossy(&again.stderr).contains("Cannot write"));
}

#[test]
fn an_office_that_cannot_run_can_be_packed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("co-quan.toml"), "ten = \"Bình Minh\nnam_hoc = 2024-2025\n").unwrap();
    let to = folder.path().join("ho-tro.zip");
    assert_eq!(pack(folder.path(), &to, &[]).status.code(), Some(0));
    let parts = parts(&to);
    assert_eq!(parts.keys().collect::<Vec<_>>(), ["co-quan.toml", "phien-ban.txt"]);
    assert!(parts["co-quan.toml"].contains("ten = \"Xxxx Xxxx\nnam_hoc = 2024-2025"), "{}", parts["co-quan.toml"]);
}
