//! `cds doctor`: each thing that is missing or odd is told with what to do, and the exit code sums it up.

#![allow(clippy::unwrap_used)] // The builders below are tests too.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::office::Office;

fn doctor(folder: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
    command.arg("doctor").arg(folder).args(["--at", "2025-05-27T08:00"]).args(more).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// An office with nothing to complain of, that has run.
fn sound() -> Office {
    let settings = "[han]\nnop_phieu = \"31/5/2025\"\ngui_so = \"19/6/2025\"\n";
    let office = Office::new().settings(settings).school("80100001", "Trường THCS Bình Minh", "THCS");
    let office = office.returned("a.xlsx", "80100001", |_| {}).own_form(|_| {});
    office.run();
    office
}

#[test]
fn a_sound_office_is_well() {
    let office = sound();
    let before = tree(office.path());
    let output = doctor(office.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let text = said(&output);
    assert!(text.starts_with("Mọi thứ ổn.\n"), "{text}");
    assert!(text.contains("Còn 4 ngày đến hạn nộp phiếu 31/05/2025"), "{text}");
    assert!(text.contains("Danh sách: 1 trường phải nộp"), "{text}");
    assert!(text.lines().count() <= 40, "one page: {text}");
    assert_eq!(tree(office.path()), before, "nothing is left behind");
    let english = said(&doctor(office.path(), &["--lang", "en"]));
    assert!(english.starts_with("All is well.\n") && english.contains("4 days until"), "{english}");
}

#[test]
fn last_years_result_that_is_not_there_is_told_before_the_run() {
    let office = sound();
    let settings = office.path().join("co-quan.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, format!("nam_truoc = \"../khong-co\"\n{text}")).unwrap();
    let output = doctor(office.path(), &[]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("co-quan.toml: Mục năm trước ghi “../khong-co”"), "{text}");
    assert!(text.contains("Ghi thư mục cơ quan của năm trước"), "{text}");
}

fn tree(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            names.push(path.display().to_string());
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    names.sort();
    names
}

#[test]
fn what_stops_a_run_is_two() {
    let place = tempfile::tempdir().unwrap();
    let absent = doctor(&place.path().join("khong-co"), &[]);
    assert_eq!(absent.status.code(), Some(2));
    let empty = doctor(place.path(), &[]);
    assert_eq!(empty.status.code(), Some(2));
    let text = said(&empty);
    assert!(
        text.starts_with("CHƯA CHẠY ĐƯỢC") && text.contains("thiếu co-quan.toml") && text.contains("cds init"),
        "{text}"
    );
    let office = sound();
    fs::write(office.path().join("co-quan.toml"), "ten = \"A\"\nnam_hok = \"2024-2025\"\n").unwrap();
    let text = said(&doctor(office.path(), &[]));
    assert!(text.contains("co-quan.toml:2") && text.contains("nam_hoc"), "{text}");
    fs::write(office.path().join("danh-sach-truong.xlsx"), "").unwrap();
    let text = said(&doctor(office.path(), &[]));
    assert!(text.contains("Có cả danh-sach-truong.xlsx và danh-sach-truong.csv"), "{text}");
}

#[test]
fn what_somebody_should_look_at_is_one() {
    let office = sound();
    let path = office.path();
    fs::write(path.join("so-nhan.csv"), "tep,ngay_nhan\nkhong-co.xlsx,30/5/2025\n").unwrap();
    fs::write(path.join("nop/.b.xlsx.icloud"), "").unwrap();
    fs::remove_file(path.join("phieu-co-quan.xlsx")).unwrap();
    fs::create_dir(path.join("ket-qua/.2025-06-02T0200.partial")).unwrap();
    let settings = "ten = \"Phòng Giáo dục và Đào tạo\"\nnam_hoc = \"2022-2023\"\n[han]\nnop_phieu = \"20/5/2025\"\n";
    fs::write(path.join("co-quan.toml"), settings).unwrap();
    let roster = "ma_truong,ten_truong,cap_hoc,don_vi_quan_ly\n1,A,THCS,X\n2,B,Đại học,X\n";
    fs::write(path.join("danh-sach-truong.csv"), roster).unwrap();
    let output = doctor(path, &[]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.starts_with("Chạy được; nên xem"), "{text}");
    for told in [
        "còn tên mẫu",
        "Năm học 2022-2023 đã qua lâu",
        "Hạn nộp phiếu 20/05/2025 đã qua 7 ngày",
        "(nop_phieu) là 20/05/2025",
        "khong-co.xlsx",
        ".b.xlsx.icloud",
        "Chưa có phiếu của cơ quan",
        "1 lần chạy bị ngắt giữa chừng",
        "1 trường chưa có cấp học",
        "2/2 trường chưa có email",
        "Lần chạy mới nhất: 2025-06-01T0200",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(path.join("ket-qua/.2025-06-02T0200.partial").exists(), "a doctor changes nothing");
}

#[test]
fn another_run_at_work_is_told() {
    let office = sound();
    let lock = fs::File::options().write(true).open(office.path().join(".cds.lock")).unwrap();
    lock.lock().unwrap();
    let output = doctor(office.path(), &[]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("Một lần chạy khác đang làm việc"), "{}", said(&output));
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let office = sound();
    let results = office.path().join("ket-qua");
    fs::set_permissions(&results, fs::Permissions::from_mode(0o555)).unwrap();
    let writable = fs::File::create(results.join("x")).is_ok();
    let output = doctor(office.path(), &[]);
    fs::set_permissions(&results, fs::Permissions::from_mode(0o755)).unwrap();
    // The superuser writes everywhere: then there is nothing to tell.
    let want = if writable { 0 } else { 2 };
    assert_eq!(output.status.code(), Some(want), "{}", said(&output));
    assert_eq!(said(&output).contains("Không ghi được"), !writable);
}

#[test]
fn a_path_that_excel_cannot_open_and_a_synced_folder_are_told() {
    let place = tempfile::tempdir().unwrap();
    let deep = place.path().join("OneDrive - Phòng GDĐT").join("Chuyển đổi số ".repeat(10).trim());
    fs::create_dir_all(&deep).unwrap();
    let office = sound();
    for name in ["co-quan.toml", "danh-sach-truong.csv"] {
        fs::copy(office.path().join(name), deep.join(name)).unwrap();
    }
    let output = doctor(&deep, &[]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    for told in ["Đường dẫn quá dài", "Excel chỉ mở được đến 218", "do OneDrive đồng bộ"] {
        assert!(said(&output).contains(told), "{told}: {}", said(&output));
    }
    let near = doctor(office.path(), &[]);
    assert!(!said(&near).contains("Đường dẫn quá dài") && !said(&near).contains("đồng bộ"), "{}", said(&near));
}
