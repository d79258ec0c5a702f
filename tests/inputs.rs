//! What the office keeps beside the returns: the roster and receipts as files, and what lies in `nop/`.

#![allow(clippy::unwrap_used)] // The builders below are tests too.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use cds::finding::{Code, Finding, Lang, code};
use cds::grid::{CellRef, Grid, Value};
use cds::intake::{self, NameClass};
use cds::receipts::{self, Receipts};
use cds::rules::RuleBook;

/// Codes with the cells or files that they are at.
fn said(findings: &[Finding]) -> Vec<(Code, String)> {
    let at = |finding: &Finding| match (&finding.place.cell, &finding.place.file) {
        (Some(cell), _) => cell.to_string(),
        (None, file) => file.as_deref().unwrap_or_default().to_owned(),
    };
    findings.iter().map(|finding| (finding.code, at(finding))).collect()
}

#[test]
fn a_roster_that_notepad_saved_reads_like_any_other() {
    let csv = "sep=;\r\nMã trường;Tên trường;Cấp học;Xã\r\n=\"0801\";Trường \"\"A\"\";TH;X\r\n802;\"TH B;\r\ncơ sở 2\";TH;X\r\n";
    let bytes: Vec<u8> = [0xFF, 0xFE].into_iter().chain(csv.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let grid = Grid::from_csv("danh-sach-truong", &bytes).unwrap();
    let found = cds::roster::read(&grid, "danh-sach-truong.csv", &RuleBook::default()).unwrap();
    let schools: Vec<_> = found.value.iter().map(|s| (s.code.0.as_str(), s.name.as_str(), s.row)).collect();
    assert_eq!(schools, [("0801", "Trường \"\"A\"\"", 2), ("802", "TH B; cơ sở 2", 3)]);
    // No set is in force, so there is no kind that a school can be of.
    assert_eq!(
        said(&found.findings),
        [(code::ROSTER_KIND_UNKNOWN, "C2".to_owned()), (code::ROSTER_KIND_UNKNOWN, "C3".to_owned())]
    );
}

/// A whole city: more cells than any return may have.
#[test]
fn a_roster_of_a_whole_city_is_read() {
    const SCHOOLS: u32 = 23_000;
    let office = tempfile::tempdir().unwrap();
    fs::write(office.path().join("co-quan.toml"), "ten = \"Sở\"\nnam_hoc = \"2024-2025\"\n").unwrap();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let heads =
        ["ma_truong", "ten_truong", "cap_hoc", "don_vi_quan_ly", "email", "dien_thoai", "nguoi_lien_he", "ma_cu"];
    for (col, head) in (0..).zip(heads) {
        sheet.write(0, col, head).unwrap();
    }
    sheet.write(0, 8, "tinh_trang").unwrap();
    for row in 1..=SCHOOLS {
        let code = (79_000_000 + row).to_string();
        let cells =
            [&code, &format!("Trường số {row}"), "TH", "Phường 1", "a@b.vn", "0901", "An", &row.to_string(), "x"];
        for (col, cell) in (0..).zip(cells) {
            sheet.write(row, col, cell).unwrap();
        }
    }
    workbook.save(office.path().join("danh-sach-truong.xlsx")).unwrap();
    let folder = cds::folder::OfficeFolder::open(office.path()).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_cds"));
    let pool = cds::reader::Pool { program, limits: cds::reader::Limits::default(), threads: 1, stop: None };
    let inputs = cds::run::Inputs::read(&folder, &pool).unwrap();
    assert_eq!(inputs.schools.len(), SCHOOLS as usize);
    assert_eq!(inputs.schools.last().unwrap().former_codes[0].0, SCHOOLS.to_string());
}

mod receipts_of_files {
    use super::*;

    const HEADER: &str = "Tên tệp;Ngày nhận;Kênh;Gia hạn đến;Không dùng;Lý do\r\n";

    fn read(rows: &str) -> (Receipts, Vec<Finding>) {
        let grid = Grid::from_csv("so-nhan", format!("{HEADER}{rows}").as_bytes()).unwrap();
        let mut findings = Vec::new();
        let receipts = receipts::read(&grid, "so-nhan.csv").collect_into(&mut findings);
        (receipts, findings)
    }

    fn files(names: &[&str]) -> Vec<Arc<str>> {
        names.iter().map(|name| Arc::from(*name)).collect()
    }

    #[test]
    fn rows_are_read_with_what_people_type() {
        let (receipts, findings) =
            read("nop/a.xlsx;1/6/2025 14:30;Zalo;5/6/2025;;\r\nb.xlsx;;E-mail;;x;gửi nhầm\r\n;;;;;\r\n");
        assert_eq!(said(&findings), []);
        let [a, b] = receipts.all() else { panic!("{receipts:?}") };
        assert_eq!(a.received.unwrap().to_string(), "2025-06-01T14:30:00");
        assert_eq!(a.extended_to.unwrap().to_string(), "2025-06-05");
        assert_eq!((a.channel.as_str(), a.set_aside), ("Zalo", false));
        assert_eq!((b.received, b.set_aside, b.reason.as_str()), (None, true, "gửi nhầm"));
    }

    #[test]
    fn what_cannot_be_read_is_told_at_its_cell() {
        let (receipts, findings) =
            read("a.xlsx;hôm qua;;31/6/2025;;\r\nb.xlsx;;;;có;\r\nc.xlsx;;;;xem lại;\r\n;1/6/2025;;;;\r\n");
        let want = [
            (code::RECEIPT_DATE_UNREADABLE, "B2"),
            (code::RECEIPT_DATE_UNREADABLE, "D2"),
            (code::RECEIPT_WITHOUT_REASON, "E3"),
            (code::RECEIPT_MARK_UNREADABLE, "E4"),
            (code::RECEIPT_WITHOUT_FILE, "A5"),
        ];
        assert_eq!(said(&findings), want.map(|(code, cell)| (code, cell.to_owned())));
        let marks: Vec<bool> = receipts.all().iter().map(|receipt| receipt.set_aside).collect();
        assert_eq!(marks, [false, true, false]);
    }

    #[test]
    fn date_cells_and_logical_marks_are_taken() {
        let date = Value::Date(cds::grid::Date { serial: 45_809.25, year: 2025, month: 6, day: 1 });
        let mut cells = Grid::from_rows("S", [["tep", "ngay_nhan", "khong_dung", "ly_do"], ["a.xlsx", "", "", "cũ"]])
            .cells()
            .to_vec();
        cells.extend([(CellRef::new(1, 1), date), (CellRef::new(1, 2), Value::Bool(true))]);
        let receipts = receipts::read(&Grid::new("S", cells), "so-nhan.xlsx").value;
        assert_eq!(receipts.all()[0].received.unwrap().to_string(), "2025-06-01T06:00:00");
        assert!(receipts.all()[0].set_aside);
    }

    #[test]
    fn a_receipt_finds_its_file_by_path_or_by_a_name_that_one_file_has() {
        let rows = "nop/a.xlsx;1/6/2025\r\nxa b\\C.XLSX;2/6/2025\r\nTr\u{01B0}\u{1EDD}ng D.xlsx;3/6/2025\r\nz.zip;4/6/2025\r\ne;5/6/2025\r\n";
        let (mut receipts, findings) = read(rows);
        assert_eq!(said(&findings), []);
        let nfd = "nop/x/Tru\u{031B}o\u{031B}\u{0300}ng D.xlsx";
        let files = files(&["nop/a.xlsx", "nop/xa b/c.xlsx", nfd, "nop/z.zip", "nop/z.zip/m.xlsx", "nop/y/e.xlsx"]);
        assert_eq!(said(&receipts.assign(&files)), []);
        let day = |file: &str| receipts.receipt_for(file).map(|receipt| receipt.received.unwrap().day());
        let days: Vec<Option<i8>> = files.iter().map(|file| day(file)).collect();
        assert_eq!(days, [Some(1), Some(2), Some(3), Some(4), Some(4), Some(5)]);
        assert_eq!(day("nop/khac.xlsx"), None);
    }

    #[test]
    fn names_that_mean_no_file_or_several_or_one_twice_are_told() {
        let (mut receipts, _) =
            read("phieu.xlsx;1/6/2025\r\nkhong co.xlsx;1/6/2025\r\nnop/c.xlsx;1/6/2025\r\nc.xlsx;2/6/2025\r\n");
        let files = files(&["nop/a/phieu.xlsx", "nop/b/phieu.xlsx", "nop/c.xlsx"]);
        let findings = receipts.assign(&files);
        let want = [
            (code::RECEIPT_OF_SEVERAL, "A2".to_owned()),
            (code::RECEIPT_OF_NO_FILE, "A3".to_owned()),
            (code::RECEIPT_TWICE, "A5".to_owned()),
        ];
        assert_eq!(said(&findings), want);
        assert!(findings[0].message(Lang::Vi).contains("nop/a/phieu.xlsx, nop/b/phieu.xlsx"));
        assert!(findings[2].message(Lang::Vi).contains("dòng 4 và 5"));
        assert_eq!(receipts.receipt_for("nop/c.xlsx").unwrap().received.unwrap().day(), 2);
        assert_eq!(receipts.receipt_for("nop/a/phieu.xlsx"), None);
    }

    #[test]
    fn files_that_differ_in_case_only_are_told_apart_by_how_they_are_written() {
        let (mut receipts, _) = read("A.xlsx;1/6/2025\r\na.xlsx;2/6/2025\r\n");
        let files = files(&["nop/A.xlsx", "nop/a.xlsx"]);
        assert_eq!(said(&receipts.assign(&files)), []);
        assert_eq!(receipts.receipt_for("nop/a.xlsx").unwrap().received.unwrap().day(), 2);
    }

    #[test]
    fn a_table_without_the_columns_is_an_error_and_the_run_goes_on() {
        let found = receipts::read(&Grid::from_rows("S", [["Tệp"], ["a.xlsx"]]), "so-nhan.xlsx");
        assert_eq!(said(&found.findings), [(code::RECEIPTS_NO_TABLE, "so-nhan.xlsx".to_owned())]);
        assert!(found.value.all().is_empty());
    }
}

mod what_lies_in_nop {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("nop")).unwrap();
        for file in files {
            let path = folder.path().join("nop").join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        folder
    }

    type Names = Vec<(String, NameClass)>;

    /// Names with their classes, and findings.
    fn found(folder: &Path) -> (Names, Vec<(Code, String)>) {
        let found = intake::find(&folder.join("nop"), "nop");
        let names = found.value.iter().map(|seen| (seen.file.to_string(), seen.class)).collect();
        (names, said(&found.findings))
    }

    #[test]
    fn sub_folders_are_walked_and_junk_is_told_by_name() {
        let folder = folder(&["b.xlsx", "a/x/c.pdf", "a.xlsx", "~$b.xlsx", "a/Thumbs.db", ".d.xlsx.icloud"]);
        let (names, findings) = found(folder.path());
        let want = [
            ("nop/.d.xlsx.icloud", NameClass::Junk),
            ("nop/a.xlsx", NameClass::Candidate),
            ("nop/a/Thumbs.db", NameClass::Junk),
            ("nop/a/x/c.pdf", NameClass::Candidate),
            ("nop/b.xlsx", NameClass::Candidate),
            ("nop/~$b.xlsx", NameClass::Junk),
        ];
        assert_eq!(names, want.map(|(name, class)| (name.to_owned(), class)));
        assert_eq!(findings, [(code::CLOUD_PLACEHOLDER, "nop/.d.xlsx.icloud".to_owned())]);
    }

    #[test]
    fn sizes_and_times_are_the_files_own_at_the_offices_time() {
        let folder = folder(&["a.xlsx"]);
        let path = folder.path().join("nop/a.xlsx");
        let at = |nanos: u64| UNIX_EPOCH + Duration::from_secs(1_748_710_800) + Duration::from_nanos(nanos);
        File::options().write(true).open(&path).unwrap().set_modified(at(900_000_000)).unwrap();
        let found = intake::find(&folder.path().join("nop"), "nop").value;
        assert_eq!(found[0].size, 6);
        // 31 May, 17:00 UTC.
        assert_eq!(found[0].modified.unwrap().to_string(), "2025-06-01T00:00:00");
        assert!(!intake::has_changed(&found[0]));
        File::options().write(true).open(&path).unwrap().set_modified(at(2_000_000_000)).unwrap();
        assert!(intake::has_changed(&found[0]));
        fs::remove_file(&path).unwrap();
        assert!(intake::has_changed(&found[0]));
    }

    #[test]
    fn an_empty_folder_is_said_whether_it_is_there_or_not() {
        let nothing = [(code::NOTHING_RETURNED, "nop".to_owned())];
        let empty = folder(&["Thumbs.db"]);
        assert_eq!(found(empty.path()).1, nothing);
        fs::remove_dir_all(empty.path().join("nop")).unwrap();
        assert_eq!(found(empty.path()), (Vec::new(), nothing.to_vec()));
    }

    #[test]
    fn a_folder_that_cannot_be_opened_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("nop"), "a file").unwrap();
        assert_eq!(found(folder.path()).1, [(code::FOLDER_UNREADABLE, "nop".to_owned())]);
    }

    #[cfg(unix)]
    #[test]
    fn links_pipes_and_sockets_are_never_opened() {
        use std::os::unix::{fs::symlink, net::UnixListener};

        let folder = folder(&["a.xlsx"]);
        let nop = folder.path().join("nop");
        fs::write(folder.path().join("outside.xlsx"), "x").unwrap();
        symlink("..", nop.join("loop")).unwrap();
        symlink("../outside.xlsx", nop.join("out.xlsx")).unwrap();
        symlink("nowhere", nop.join("broken.xlsx")).unwrap();
        let _socket = UnixListener::bind(nop.join("socket")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(nop.join("pipe.xlsx")).status().unwrap();
        assert!(made.success());
        let (names, findings) = found(folder.path());
        let open: Vec<&str> =
            names.iter().filter(|(_, class)| *class == NameClass::Candidate).map(|(name, _)| name.as_str()).collect();
        assert_eq!((open, names.len()), (vec!["nop/a.xlsx"], 6));
        let want = [
            (code::LINK_NOT_FOLLOWED, "nop/broken.xlsx"),
            (code::LINK_NOT_FOLLOWED, "nop/loop"),
            (code::LINK_NOT_FOLLOWED, "nop/out.xlsx"),
            (code::NOT_A_FILE, "nop/pipe.xlsx"),
            (code::NOT_A_FILE, "nop/socket"),
        ];
        assert_eq!(findings, want.map(|(code, file)| (code, file.to_owned())));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn odd_names_are_kept_apart() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;

        let folder = folder(&["A.xlsx", "a.xlsx", "\u{1EBF}.xlsx", "e\u{0302}\u{0301}.xlsx"]);
        for bytes in [b"\xFF.xlsx", b"\xFE.xlsx"] {
            fs::write(folder.path().join("nop").join(OsStr::from_bytes(bytes)), "x").unwrap();
        }
        let (names, findings) = found(folder.path());
        assert_eq!(names.len(), 6);
        let distinct: std::collections::BTreeSet<&String> = names.iter().map(|(name, _)| name).collect();
        assert_eq!(distinct.len(), 6);
        assert_eq!(findings.iter().filter(|(code, _)| *code == code::NAME_NOT_UNICODE).count(), 2);
    }

    #[test]
    fn long_paths_are_reached() {
        let deep = format!("{}a.xlsx", "mot thu muc con co ten kha dai/".repeat(20));
        let folder = folder(&[&deep]);
        let (names, findings) = found(folder.path());
        assert_eq!(names, [(format!("nop/{deep}"), NameClass::Candidate)]);
        assert_eq!(findings, []);
    }
}
