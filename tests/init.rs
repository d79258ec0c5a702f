//! `cds init`: a folder that explains itself, adds and never overwrites, and leads to a first run.

#![allow(clippy::unwrap_used)] // The builders below are tests too.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use cds::finding::code;
use cds::office::{FILE, Office};

fn cds(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cds")).args(arguments).output().unwrap()
}

fn init(folder: &Path, more: &[&str]) -> Output {
    cds(&[&["init", folder.to_str().unwrap()], more].concat())
}

fn run(folder: &Path) -> Output {
    cds(&["run", folder.to_str().unwrap(), "--at", "2025-06-01T02:00"])
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn office_of(folder: &Path) -> cds::finding::Found<Office> {
    Office::read(&fs::read(folder.join(FILE)).unwrap(), FILE).unwrap()
}

const ROSTER: &str = "ma_truong,ten_truong,cap_hoc,don_vi_quan_ly\n80100001,Trường TH A,TH,Xã A\n";

#[test]
fn a_new_folder_holds_all_that_an_office_needs() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("Chuyển đổi số 2025");
    let output = init(&folder, &["--ten", "Phòng \"A\" & B", "--nam-hoc", "2024-2025"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(
        names(&folder),
        [
            "CHAY-TONG-HOP.cmd",
            "DOC-TOI.txt",
            "chay-tong-hop.desktop",
            "chay-tong-hop.sh",
            "co-quan.toml",
            "danh-sach-truong.xlsx",
            "nop",
            "phieu-co-quan.xlsx",
            "quy-tac",
            "so-nhan.xlsx",
            "tham-dinh",
        ]
    );
    let office = office_of(&folder).value;
    assert_eq!((office.name.as_str(), office.year.as_str()), ("Phòng \"A\" & B", "2024-2025"));
    for text in ["DOC-TOI.txt", "co-quan.toml", "quy-tac/DOC-TOI.txt"] {
        let bytes = fs::read(folder.join(text)).unwrap();
        assert!(bytes.starts_with("\u{FEFF}".as_bytes()), "{text}: Notepad");
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.replace("\r\n", "").contains('\n'));
    }
    // Everything that DOC-TOI.txt names is there, or will be.
    let read_me = fs::read_to_string(folder.join("DOC-TOI.txt")).unwrap();
    for name in names(&folder).iter().filter(|name| *name != "DOC-TOI.txt") {
        assert!(read_me.contains(name.as_str()), "{name}");
    }
}

#[test]
fn the_first_run_says_what_to_do_and_the_filled_tables_are_read() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    init(folder, &["--nam-hoc", "2024-2025"]);
    let output = run(folder);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("danh-sach-truong.xlsx:1"), "{}", said(&output));
    assert!(said(&output).contains("chưa có trường nào; ghi mỗi trường một dòng"), "{}", said(&output));
    // The same headers, filled.
    fs::remove_file(folder.join("danh-sach-truong.xlsx")).unwrap();
    let mut csv = header(&folder.join("so-nhan.xlsx"));
    let receipts = ["Tệp", "Ngày nhận", "Kênh", "Gia hạn đến", "Không dùng", "Lý do", "Mã trường", "Bộ chỉ số"];
    let opinions = ["Mã lỗi", "Mã nội dung", "Không chấp nhận"];
    assert_eq!(csv, [&receipts[..], &opinions].concat());
    let other = place.path().join("mau");
    init(&other, &[]);
    csv = header(&other.join("danh-sach-truong.xlsx"));
    let row = "80100001,Trường TH A,TH,Xã A,a@example.vn,0272,Lan,801,";
    fs::write(folder.join("danh-sach-truong.csv"), format!("{}\n{row}\n", csv.join(","))).unwrap();
    fs::remove_dir_all(&other).unwrap();
    let output = run(folder);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let result = fs::read(folder.join("ket-qua/2025-06-01T0200/ket-qua.json")).unwrap();
    let outcome = cds::outcome::Outcome::read_json(&result).unwrap();
    let school = &outcome.schools[0];
    assert_eq!(
        (school.email.as_str(), school.contact.as_str(), school.former_codes[0].0.as_str()),
        ("a@example.vn", "Lan", "801")
    );
    let odd = [code::OFFICE_FORM_NOT_OURS, code::RECEIPTS_NO_TABLE, code::COLUMN_BY_LIKENESS, code::COLUMN_TWICE];
    assert!(outcome.findings.iter().all(|finding| !odd.contains(&finding.code)), "{:?}", outcome.findings);
}

/// The texts of the first row of the first sheet.
fn header(path: &Path) -> Vec<String> {
    let reading = cds::reader::read_here(path, &cds::reader::Limits::default());
    let cds::reader::Content::Workbook(workbook) = reading.content else { panic!("{reading:?}") };
    assert_eq!(workbook.grids.len(), 2);
    assert!(workbook.grids[0].cells().iter().all(|(at, _)| at.row == 0), "no example where the run reads");
    let texts = workbook.grids[0].cells().iter().map(|(_, value)| match value {
        cds::grid::Value::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    });
    texts.collect()
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    fs::create_dir(folder.join("Nop")).unwrap();
    fs::write(folder.join("danh-sach-truong.csv"), ROSTER).unwrap();
    fs::write(folder.join("SO-NHAN.csv"), "tep,ly_do\n").unwrap();
    fs::write(folder.join("DOC-TOI.txt"), "của tôi").unwrap();
    fs::write(folder.join("anh.jpg"), "ảnh").unwrap();
    let output = init(folder, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("giữ nguyên: danh-sach-truong.csv, SO-NHAN.csv, DOC-TOI.txt"), "{}", said(&output));
    assert!(!folder.join("danh-sach-truong.xlsx").exists() && !folder.join("so-nhan.xlsx").exists());
    assert_eq!(fs::read_to_string(folder.join("DOC-TOI.txt")).unwrap(), "của tôi");
    let before: Vec<_> = names(folder);
    let bytes = fs::read(folder.join("phieu-co-quan.xlsx")).unwrap();
    let again = init(folder, &["--ten", "Khác"]);
    assert!(said(&again).contains("không thêm gì"), "{}", said(&again));
    assert_eq!(names(folder), before);
    assert_eq!(fs::read(folder.join("phieu-co-quan.xlsx")).unwrap(), bytes);
    assert_eq!(run(folder).status.code(), Some(0));
}

#[test]
fn the_next_year_starts_from_the_last() {
    let place = tempfile::tempdir().unwrap();
    let last = place.path().join("2025");
    let new = place.path().join("2026");
    fs::create_dir_all(last.join("quy-tac")).unwrap();
    let settings = "# Lời của tôi\nten = \"Phòng A\"  # tên\nnam_hoc = \"2024-2025\"\nso_hieu = \"15/BC\"\n\
                    ngay_bao_cao = \"15/6/2025\"\nlien_he = \"Cô Lan\"\n[han]\nnop_phieu = \"31/5/2025\"\n\
                    [nguoi_ky]\nchuc_vu = \"Trưởng phòng\"\n[[phan_cong]]\nma = \"1.1\"\nchu_tri = \"Trưởng phòng\"\n\
                    [[phien_hop]]\nngay = \"3/6/2025\"\n[van_ban]\nphe_duyet = \"9/QĐ\"\n";
    fs::write(last.join("co-quan.toml"), settings.replace('\n', "\r\n")).unwrap();
    fs::write(last.join("danh-sach-truong.csv"), ROSTER).unwrap();
    fs::write(last.join("so-nhan.csv"), "tep,ly_do\na.xlsx,x\n").unwrap();
    fs::create_dir(last.join("mau-van-ban")).unwrap();
    fs::write(last.join("mau-van-ban/bao-cao-ket-qua.docx"), "lời văn của cơ quan").unwrap();
    let rules = fs::read("tests/rules/lang-nghe.toml").unwrap();
    fs::write(last.join("quy-tac/lang-nghe.toml"), &rules).unwrap();
    let output = init(&new, &["--from", last.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let found = office_of(&new);
    let office = &found.value;
    assert_eq!((office.name.as_str(), office.year.as_str()), ("Phòng A", "2025-2026"));
    assert_eq!((office.contact.as_str(), office.signer.position.as_str()), ("Cô Lan", "Trưởng phòng"));
    assert_eq!((office.deadlines.returns, office.report_date, office.number.as_str()), (None, None, ""));
    assert_eq!(office.duties.len(), 1);
    let text = fs::read_to_string(new.join("co-quan.toml")).unwrap();
    assert!(!text.contains("3/6/2025") && !text.contains("9/QĐ"), "sessions and numbers are of one year: {text}");
    let own = fs::read_to_string(new.join("mau-van-ban/bao-cao-ket-qua.docx")).unwrap();
    assert_eq!(own, "lời văn của cơ quan");
    assert!(text.contains("# Lời của tôi") && text.contains("# tên"), "comments stay: {text}");
    assert!(text.contains("#nop_phieu = \"31/5/2026\""), "how to write the deadlines: {text}");
    assert_eq!(fs::read_to_string(new.join("danh-sach-truong.csv")).unwrap(), ROSTER);
    assert_eq!(fs::read(new.join("quy-tac/lang-nghe.toml")).unwrap(), rules);
    assert!(new.join("so-nhan.xlsx").exists() && !new.join("so-nhan.csv").exists(), "receipts are of one year");
    assert_eq!(fs::read_to_string(last.join("co-quan.toml")).unwrap(), settings.replace('\n', "\r\n"));
    assert_eq!(run(&new).status.code(), Some(0), "{}", said(&run(&new)));
    assert_eq!(office.last_year, "", "last year has no result");

    // With a result the new folder names last year's, and not the year before that.
    assert_eq!(run(&last).status.code(), Some(0));
    fs::write(last.join("co-quan.toml"), format!("nam_truoc = \"../2024\"\n{settings}")).unwrap();
    let next = place.path().join("2026 b");
    init(&next, &["--from", last.to_str().unwrap()]);
    assert_eq!(office_of(&next).value.last_year, "../2025");
    let text = fs::read_to_string(next.join("co-quan.toml")).unwrap();
    assert!(text.contains("\r\n# Kết quả năm trước để so sánh"), "{text}");
    let elsewhere = place.path().join("khac/2026");
    init(&elsewhere, &["--from", last.to_str().unwrap()]);
    assert_eq!(Path::new(&office_of(&elsewhere).value.last_year), last);
    let skipped = place.path().join("2027");
    init(&skipped, &["--from", last.to_str().unwrap(), "--nam-hoc", "2026-2027"]);
    assert_eq!(office_of(&skipped).value.last_year, "");
}

#[test]
fn the_days_shown_as_examples_are_of_the_folders_year() {
    let place = tempfile::tempdir().unwrap();
    init(place.path(), &["--nam-hoc", "2026-2027"]);
    let path = place.path().join("co-quan.toml");
    let text = fs::read_to_string(&path).unwrap();
    let of_template: Vec<&str> = text.lines().filter(|line| line.contains("ngày") && line.contains("/2025")).collect();
    assert!(of_template.is_empty(), "{of_template:?}");
    let used = ["[han]", "nop_phieu", "tham_dinh", "phe_duyet", "gui_so"];
    fs::write(&path, used.iter().fold(text, |text, key| text.replacen(&format!("#{key}"), key, 1))).unwrap();
    let found = office_of(place.path());
    assert_eq!(found.value.deadlines.all().len(), 4);
    assert_eq!(found.value.deadlines.returns, Some(jiff::civil::date(2027, 5, 31)));
    assert!(found.findings.is_empty(), "{:?}", found.findings);
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_written() {
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name);
    let refused = |output: Output, why: &str| {
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains(why), "{}", said(&output));
    };
    refused(init(&path("moi"), &["--nam-hoc", "2024-2026"]), "hai năm liền nhau");
    refused(init(&path("moi"), &["--from", path("khong-co").to_str().unwrap()]), "khong-co");
    assert!(!path("moi").exists());
    fs::write(path("tep"), "").unwrap();
    let output = init(&path("tep"), &[]);
    assert_eq!(output.status.code(), Some(4), "{}", said(&output));
    init(&path("cu"), &[]);
    fs::write(path("cu/danh-sach-truong.csv"), ROSTER).unwrap();
    fs::remove_file(path("cu/danh-sach-truong.xlsx")).unwrap();
    refused(init(&path("cu"), &["--from", path("cu").to_str().unwrap()]), "chính là thư mục năm trước");
}

#[cfg(unix)]
#[test]
fn the_file_to_double_click_runs_and_opens_the_newest_result() {
    use std::os::unix::fs::PermissionsExt;
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("Thư mục của cô Lan's (1)");
    init(&folder, &["--nam-hoc", "2024-2025"]);
    let opened = place.path().join("opened");
    let bin = place.path().join("bin");
    fs::create_dir(&bin).unwrap();
    fs::write(bin.join("xdg-open"), format!("#!/bin/sh\nprintf %s \"$1\" > '{}'\n", opened.display())).unwrap();
    fs::set_permissions(bin.join("xdg-open"), fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", bin.display());
    let start = |program: &Path, arguments: &[&str]| {
        Command::new(program).args(arguments).env("PATH", &path).current_dir("/").output().unwrap()
    };
    let script = folder.join("chay-tong-hop.sh");
    let output = start(&script, &[]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("chưa có trường nào") && said(&output).contains("Chưa có kết quả mới"));
    assert!(!opened.exists());
    fs::remove_file(folder.join("danh-sach-truong.xlsx")).unwrap();
    fs::write(folder.join("danh-sach-truong.csv"), ROSTER).unwrap();
    let output = start(&script, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let page = folder.join("MO-KET-QUA-MOI-NHAT.html");
    assert_eq!(fs::read_to_string(&opened).unwrap(), page.to_str().unwrap());
    // As a file manager starts it: the Exec line, unquoted as the desktop entry specification says.
    fs::remove_file(&opened).unwrap();
    let desktop = folder.join("chay-tong-hop.desktop");
    let entry = fs::read_to_string(&desktop).unwrap();
    let exec = entry.lines().find_map(|line| line.strip_prefix("Exec=")).unwrap().replace("\\\\", "\\");
    let script = exec.strip_prefix("sh -c \"").unwrap().strip_suffix("\" %k").unwrap();
    let script = script.replace("\\\"", "\"").replace("\\$", "$");
    let output = start(Path::new("/bin/sh"), &["-c", &script, desktop.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(opened.exists());
}

#[test]
fn the_next_three_steps_have_the_real_paths_and_doctor_goes_on_from_there() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("Năm nay");
    let output = init(&folder, &["--ten", "Phòng A", "--nam-hoc", "2024-2025"]);
    let path = |name: &str| folder.join(name).display().to_string();
    for told in [path("danh-sach-truong.xlsx"), path("co-quan.toml"), format!("cds forms \"{}\"", folder.display())] {
        assert!(said(&output).contains(&told), "{told}: {}", said(&output));
    }
    let doctor = || said(&cds(&["doctor", folder.to_str().unwrap()]));
    assert!(doctor().contains("» Việc tiếp theo. Sửa các điều đánh dấu ✗"), "{}", doctor());
    fs::remove_file(folder.join("danh-sach-truong.xlsx")).unwrap();
    fs::write(folder.join("danh-sach-truong.csv"), ROSTER).unwrap();
    assert!(doctor().contains("» Việc tiếp theo. Phát phiếu: cds forms"), "{}", doctor());
    let forms = folder.join("phieu");
    cds(&["forms", folder.to_str().unwrap(), "-o", forms.to_str().unwrap()]);
    assert!(doctor().contains("» Việc tiếp theo. Gửi mỗi trường phiếu của mình"), "{}", doctor());
    let form = names(&forms).into_iter().find(|name| name.starts_with("80100001")).unwrap();
    fs::copy(forms.join(&form), folder.join("nop").join(&form)).unwrap();
    assert!(doctor().contains("» Việc tiếp theo. Tổng hợp: cds run"), "{}", doctor());
    run(&folder);
    assert!(doctor().contains("» Việc tiếp theo. Gửi lại 1 phiếu phải sửa"), "{}", doctor());
    let result = folder.join("ket-qua/2025-06-01T0200");
    for (moc, next) in [("phe-duyet", "Gửi Sở: cds finalize"), ("gui-so", "Khi Sở công nhận: cds finalize")] {
        let frozen = cds(&["finalize", result.to_str().unwrap(), "--moc", moc, "--accept-open"]);
        assert_eq!(frozen.status.code(), Some(0), "{}", said(&frozen));
        assert!(doctor().contains(&format!("» Việc tiếp theo. {next}")), "{}", doctor());
    }
}

#[cfg(unix)]
#[test]
fn what_is_not_given_is_asked_on_a_terminal() {
    use crate::terminal::Terminal;
    let place = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::cds(place.path(), &["init"]);
    terminal.answer("Tên thư mục mới [chuyen-doi-so-", "Năm nay");
    terminal.answer("Tên cơ quan", "Phòng GDĐT thử");
    terminal.answer("Năm học [", "2024-2025");
    let (screen, code) = terminal.end();
    assert_eq!(code, 0, "{screen}");
    let office = office_of(&place.path().join("Năm nay")).value;
    assert_eq!((office.name.as_str(), office.year.as_str()), ("Phòng GDĐT thử", "2024-2025"));
    // What is there is not asked for again.
    let (screen, code) = Terminal::cds(place.path(), &["init", "Năm nay"]).end();
    assert!(code == 0 && screen.contains("không thêm gì"), "{screen}");
    // Nobody to be asked: wrong usage.
    let output = Command::new(env!("CARGO_BIN_EXE_cds")).arg("init").current_dir(place.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("Còn thiếu tên thư mục"), "{}", said(&output));
}

/// The program of an unpacked folder is no command by its name alone.
#[cfg(unix)]
#[test]
fn what_is_told_on_a_terminal_works_where_it_is_typed() {
    use crate::terminal::Terminal;
    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join("Gói mới")).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_cds"), place.path().join("Gói mới/cds")).unwrap();
    let on_terminal = |words: &[&str]| Terminal::of("Gói mới/cds", place.path(), words).end();
    let (screen, code) = on_terminal(&["init", "Năm nay", "--ten", "Phòng A", "--nam-hoc", "2024-2025"]);
    assert_eq!(code, 0, "{screen}");
    let folder = place.path().join("Năm nay");
    fs::remove_file(folder.join("danh-sach-truong.xlsx")).unwrap();
    fs::write(folder.join("danh-sach-truong.csv"), ROSTER).unwrap();
    let (next, _) = on_terminal(&["doctor", "Năm nay"]);
    assert!(next.contains("Phát phiếu: 'Gói mới/cds' forms"), "{next}");
    let typed: Vec<&str> = screen.lines().filter_map(|line| Some(&line[line.find("'Gói mới/cds'")?..])).collect();
    assert_eq!(typed.len(), 2, "{screen}");
    for line in typed {
        let done = Command::new("sh").args(["-c", line]).current_dir(place.path()).output().unwrap();
        assert!(done.status.code() < Some(2), "{line}: {}", said(&done));
    }
    assert!(folder.join("phieu").exists(), "the forms are made");
    let (screen, _) = on_terminal(&["rum"]);
    assert!(screen.contains("Có phải: 'Gói mới/cds' run?"), "{screen}");
}

#[test]
fn the_roster_is_made_of_the_offices_own_list() {
    let place = tempfile::tempdir().unwrap();
    let list = place.path().join("danh sách 2025.xlsx");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let rows: [&[&str]; 7] = [
        &["", "", "DANH SÁCH TRƯỜNG", ""],
        &["TT", "Tên đơn vị", "Mã CSGD", "SĐT hiệu trưởng", "Số lớp"],
        &["", "Xã An Bình"],
        &["1", "Trường Tiểu học Hoa Sen", "080100001", "0912345678", "12"],
        &["2", "Trường MN Ban Mai", "", "", "8"],
        &["", "Tổng cộng", "", "", "20"],
        &["", "", "", "Người lập", ""],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, *text).unwrap();
        }
    }
    workbook.save(&list).unwrap();
    let folder = place.path().join("co quan");
    let output = init(&folder, &["--nam-hoc", "2024-2025", "--from-list", list.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    for told in [
        "Danh sách trường: 2 trường. Lấy cột: “Tên đơn vị” → Tên trường; “Mã CSGD” → Mã trường",
        "Không dùng cột: TT, ",
        "Cấp học của 2 trường lấy từ tên trường",
        "! Sheet1, dòng 5, Trường MN Ban Mai: thiếu Mã trường.",
        "! Sheet1, dòng 6, “Tổng cộng | 20”: không phải trường, không lấy.",
        "Xem lại danh sách trường",
    ] {
        assert!(said(&output).contains(told), "{told}: {}", said(&output));
    }
    assert_eq!(run(&folder).status.code(), Some(0), "{}", said(&run(&folder)));
    let result = fs::read(folder.join("ket-qua/2025-06-01T0200/ket-qua.json")).unwrap();
    let outcome = cds::outcome::Outcome::read_json(&result).unwrap();
    let schools: Vec<_> =
        outcome.schools.iter().map(|s| (s.code.0.as_str(), s.kinds[0].0.as_str(), s.unit.as_str())).collect();
    assert_eq!(schools, [("080100001", "TH", "Xã An Bình")]);
    assert!(outcome.findings.iter().any(|finding| finding.code == code::ROSTER_NO_CODE), "the other is asked for");

    let again = init(&folder, &["--from-list", list.to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(2));
    assert!(said(&again).contains("không ghi đè"), "{}", said(&again));
    let absent = init(&place.path().join("x"), &["--from-list", "khong-co.xlsx"]);
    assert_eq!(absent.status.code(), Some(2));
    assert!(!place.path().join("x").exists() && said(&absent).contains("không thấy tệp"), "{}", said(&absent));
}

#[test]
fn the_roster_offers_kinds_with_their_names() {
    let place = tempfile::tempdir().unwrap();
    init(place.path(), &[]);
    let bytes = fs::read(place.path().join("danh-sach-truong.xlsx")).unwrap();
    let parts = crate::packages::parts(&bytes).unwrap();
    let sheet = String::from_utf8_lossy(&parts["xl/worksheets/sheet1.xml"]);
    assert!(sheet.contains("MN,MG"), "a list to pick from");
    assert!(sheet.contains("TH: Tiểu học") && sheet.contains("GDTX: Giáo dục thường xuyên"), "with names");
}
