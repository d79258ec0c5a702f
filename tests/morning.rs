//! The page of the morning, what a failed night leaves, and drafts of e-mails.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::office::{Office, Ran};

fn office() -> Office {
    written_to("hieutruong@example.vn")
}

/// With this in the roster as the address of the school that has something to mend.
fn written_to(email: &str) -> Office {
    let office = Office::new().school("80100001", "Trường THCS Bình Minh", "THCS").email(email);
    office.school("80100002", "Trường TH <b>Hoa</b> & 'Sen'", "TH").returned("a.xlsx", "80100001", |form| {
        form.number("1.3.1", 99.0);
    })
}

/// The page, its slashes as a browser shows them.
fn page(office: &Office) -> String {
    fs::read_to_string(office.path().join("MO-KET-QUA-MOI-NHAT.html")).unwrap().replace("&#x2f;", "/")
}

/// Runs what is in the folder now.
fn run(office: &Office) -> Option<i32> {
    let mut run = Command::new(env!("CARGO_BIN_EXE_cds"));
    run.arg("run").arg(office.path()).args(["--at", "2025-06-01T02:00"]).output().unwrap().status.code()
}

#[test]
fn the_page_says_whom_to_chase_and_leads_to_what_is_there() {
    let office = office().settings("[han]\nnop_phieu = 2025-06-07\n");
    let ran = office.run();
    let page = page(&office);
    for said in ["1/2 phiếu được tính", "Còn 6 ngày đến hạn nộp 07/06/2025", "nộp phiếu", "Chưa nộp", "1 chỗ phải sửa"]
    {
        assert!(page.contains(said), "{said}");
    }
    let links: Vec<&str> = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let files: Vec<&&str> = links.iter().filter(|link| link.starts_with("ket-qua/")).collect();
    assert!(files.iter().any(|link| link.contains("gui-lai-truong/80100001")), "{links:?}");
    assert!(files.iter().all(|link| office.path().join(link).exists()), "{links:?}");
    assert!(links.iter().all(|link| link.starts_with("ket-qua/") || link.starts_with('#')), "no request: {links:?}");
    assert_eq!(ran.outcome.run, "2025-06-01T0200");
}

/// The page and the sheet `Việc hôm nay` chase the same people.
#[test]
fn who_is_in_charge_of_the_offices_own_criteria_is_chased_too() {
    let office = office().settings("[han]\nphe_duyet = 2025-06-05\n[[phan_cong]]\nma = \"1\"\nchu_tri = \"Ông Nam\"\n");
    let ran = office.run();
    let page = page(&office);
    let (charge, school) =
        (page.find("Kính gửi Ông Nam. Phiếu của cơ quan chưa có điểm ở"), page.find("Kính gửi Trường"));
    assert!(charge.is_some() && charge < school, "due in four days: {page}");
    assert!(page.contains("Hạn gửi: 5/6/2025, còn 4 ngày"), "{page}");
    let sheet = crate::offices::sheet(&fs::read(ran.path.join("dieu-hanh.xlsx")).unwrap(), "Việc hôm nay");
    let names: Vec<&str> = sheet[5..].iter().map(|row| row[2].as_str()).collect();
    let shown: Vec<usize> = names
        .iter()
        .map(|name| page.find(&name.replace('<', "&lt;").replace('>', "&gt;")[..8.min(name.len())]).unwrap_or(0))
        .collect();
    assert!(names[0] == "Ông Nam" && shown.iter().all(|at| *at > 0), "{names:?} {shown:?}");
}

#[test]
fn names_stay_text() {
    let office = office();
    office.run();
    let page = page(&office);
    assert!(page.contains("Trường TH &lt;b&gt;Hoa&lt;"), "{page}");
    assert!(!page.contains("<b>Hoa"));
}

#[test]
fn the_page_tells_what_changed_since_the_run_before() {
    let office = office();
    office.run();
    assert!(!page(&office).contains("Từ lần chạy"));
    office.run();
    assert!(page(&office).contains("Từ lần chạy 2025-06-01T0200: 0 phiếu mới nộp"));
}

#[test]
fn a_failed_night_stands_on_top_until_a_run_succeeds() {
    let office = office();
    office.run();
    let settings = office.path().join("co-quan.toml");
    let good = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, "ten = \"Phòng\"\nnam_hoc = 2024-2025\n").unwrap();
    assert_eq!(run(&office), Some(2));
    let trace = office.path().join("ket-qua/LOI-LAN-CHAY.txt");
    let told = fs::read_to_string(&trace).unwrap();
    assert!(told.starts_with("Lần chạy 1/6/2025, 02:00 không ra báo cáo."), "{told}");
    assert!(told.contains("co-quan.toml") && told.contains("nam_hoc"), "{told}");
    let failed = page(&office);
    let (top, rest) = failed.split_once("Tình hình").unwrap();
    assert!(top.contains("không ra báo cáo") && top.contains("nam_hoc"), "{top}");
    assert!(rest.contains("1/2 phiếu được tính"), "the figures of the run before");
    fs::write(&settings, good).unwrap();
    office.run();
    assert!(!trace.exists());
    assert!(!page(&office).contains("không ra báo cáo"));
}

#[test]
fn the_failure_stands_alone_where_no_result_can_be_read() {
    let office = office();
    let ran = office.run();
    fs::write(ran.path.join("ket-qua.json"), "{").unwrap();
    fs::write(office.path().join("co-quan.toml"), "ten = 5\n").unwrap();
    assert_eq!(run(&office), Some(2));
    let failed = page(&office);
    assert!(failed.contains("không ra báo cáo") && failed.contains("Chưa có kết quả nào đọc được"), "{failed}");
    assert!(!failed.contains("Tình hình"));
}

#[test]
fn a_folder_of_no_office_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut run = Command::new(env!("CARGO_BIN_EXE_cds"));
    assert_eq!(run.arg("run").arg(folder.path()).output().unwrap().status.code(), Some(2));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn doctor_tells_of_the_failed_run() {
    let office = office();
    office.run();
    fs::write(
        office.path().join("ket-qua/LOI-LAN-CHAY.txt"),
        "Lần chạy 1/6/2025, 02:00 không ra báo cáo.\n\nHết chỗ.\n",
    )
    .unwrap();
    let mut doctor = Command::new(env!("CARGO_BIN_EXE_cds"));
    let output = doctor.arg("doctor").arg(office.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("không ra báo cáo. Hết chỗ."), "{said}");
}

/// The drafts of a run.
fn drafts(ran: &Ran) -> Vec<PathBuf> {
    let paths = fs::read_dir(ran.path.join("gui-lai-truong")).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "eml")).collect()
}

/// The values of a draft's head, and its parts.
fn draft(text: &str) -> (Vec<(&str, String)>, Vec<&str>) {
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let head = head.replace("\r\n\t", " ").replace("\r\n ", " ");
    let names = ["X-Unsent", "To", "Subject", "Content-Type"];
    let value = |name: &str| {
        let line = head.lines().find(|line| line.starts_with(&format!("{name}:")));
        line.map(|line| line[name.len() + 1..].trim().to_owned())
    };
    let head = names.iter().filter_map(|name| Some((*name, value(name)?))).collect();
    let parts = body.split("\r\n--cds_").collect();
    (head, parts)
}

#[test]
fn drafts_of_e_mails_hold_the_message_and_the_form() {
    let office = office().settings("[chay]\nthu_nhap = true\n");
    let ran = office.run();
    let drafts = drafts(&ran);
    let [path] = &drafts[..] else { panic!("one school has something to mend: {drafts:?}") };
    let form = fs::read(path.with_extension("xlsx")).unwrap();
    let text = fs::read_to_string(path).unwrap();
    let (head, parts) = draft(&text);
    assert_eq!(head[0], ("X-Unsent", "1".to_owned()));
    assert!(head[1].1.contains("<hieutruong@example.vn>"), "{head:?}");
    assert!(parts.iter().any(|part| part.contains("text/plain")), "{parts:?}");
    let attached = parts.iter().find(|part| part.contains("spreadsheetml")).unwrap();
    let (_, packed) = attached.split_once("\r\n\r\n").unwrap();
    assert_eq!(from_base64(packed), form);
    let again = office.run();
    let name = path.file_name().unwrap();
    assert!(fs::exists(again.path.join("gui-lai-truong").join(name)).unwrap());
}

#[test]
fn nothing_of_an_address_gets_into_a_draft_s_head() {
    let odd = "a@b.vn\r\nBcc: x@y.vn; khong-co; c@d..vn @e.vn";
    let office = written_to(odd).settings("[chay]\nthu_nhap = true\n");
    let ran = office.run();
    let drafts = drafts(&ran);
    assert_eq!(drafts.len(), 1);
    let text = fs::read_to_string(&drafts[0]).unwrap();
    assert!(text.contains("<a@b.vn>") && !text.to_lowercase().contains("\nbcc:"), "{text}");
}

fn from_base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bits = 0_u32;
    let mut held = 0;
    let mut bytes = Vec::new();
    for letter in text.bytes().filter(|letter| LETTERS.contains(letter)) {
        let value = LETTERS.iter().position(|known| *known == letter).unwrap();
        bits = (bits << 6) | u32::try_from(value).unwrap();
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).unwrap());
        }
    }
    bytes
}
