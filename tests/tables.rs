//! The CSV tables, to the column.

#![allow(clippy::unwrap_used)]

use crate::outcomes;

use std::fs;

use cds::finding::{Finding, Place, code};
use cds::outcome::Outcome;
use cds::tables;

fn table(outcome: &Outcome, name: &str) -> (String, Vec<csv::StringRecord>) {
    let dir = tempfile::tempdir().unwrap();
    tables::write(outcome, dir.path()).unwrap();
    let text = fs::read_to_string(dir.path().join(name)).unwrap();
    let bare = text.strip_prefix('\u{FEFF}').expect("a byte order mark").to_owned();
    let rows = csv::ReaderBuilder::new().has_headers(false).from_reader(bare.as_bytes()).into_records();
    let rows = rows.collect::<Result<_, _>>().unwrap();
    (bare, rows)
}

#[test]
fn columns_are_kept_for_ever() {
    let outcome = outcomes::outcome(outcomes::book(), 12, 1);
    for (name, columns) in [
        (
            "truong.csv",
            "ma_truong,ten_truong,cap_hoc,don_vi_quan_ly,bo_chi_so,trang_thai,muc_do,so_loi,so_canh_bao,tep,trang_tinh,nop_luc,nop_tre,nop_lan_dau,ma_don_vi",
        ),
        (
            "diem.csv",
            "ma_truong,bo_chi_so,ma,loai,diem_toi_da,tu_danh_gia,tham_dinh,duoc_tinh,muc_do,dat,tep,trang_tinh,o,ma_don_vi",
        ),
        ("loi.csv", "ma_loi,muc,ma_truong,tep,trang_tinh,o,ma,gia_tri,thong_bao,cach_sua,ma_don_vi,y_kien_truong"),
        (
            "nop.csv",
            "tep,kich_thuoc,sua_luc,ma_kiem_tra,dinh_dang,phan_mem,ma_truong,ket_qua,trang_tinh,sau_chot,ma_don_vi",
        ),
    ] {
        let (text, rows) = table(&outcome, name);
        assert_eq!(text.split("\r\n").next(), Some(columns), "{name}");
        assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains('\n'), "{name}");
        assert!(rows.len() > 10, "{name}");
    }
}

#[test]
fn the_description_beside_them_has_every_table_with_its_columns_and_their_kinds() {
    let outcome = outcomes::outcome(outcomes::book(), 12, 1);
    let dir = tempfile::tempdir().unwrap();
    tables::write(&outcome, dir.path()).unwrap();
    let described: serde_json::Value =
        serde_json::from_slice(&fs::read(dir.path().join(tables::DESCRIPTION)).unwrap()).unwrap();
    let resources = described["resources"].as_array().unwrap();
    assert_eq!(resources.len(), tables::FILES.len());
    for resource in resources {
        let name = resource["path"].as_str().unwrap();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let (_, rows) = table(&outcome, name);
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(rows[0].iter().collect::<Vec<_>>(), names, "{name}");
        for row in &rows[1..] {
            for (field, value) in fields.iter().zip(row).filter(|(_, value)| !value.is_empty()) {
                let is_so = match field["type"].as_str().unwrap() {
                    "string" => true,
                    "integer" => value.parse::<u64>().is_ok(),
                    "number" => value.parse::<f64>().is_ok(),
                    "datetime" => value.parse::<jiff::civil::DateTime>().is_ok(),
                    "boolean" => ["0", "1"].contains(&value),
                    other => panic!("{other}"),
                };
                assert!(is_so, "{name}: {field}: {value}");
            }
        }
    }
}

#[test]
fn a_school_has_a_row_for_each_set_that_it_owes() {
    let outcome = outcomes::outcome(outcomes::book(), 12, 1);
    let (_, rows) = table(&outcome, "truong.csv");
    assert_eq!(rows.len() - 1, outcome.expected.len());
    for (row, expected) in rows.iter().skip(1).zip(&outcome.expected) {
        assert_eq!(&row[0], outcome.school_of(expected).code.0);
        assert_eq!(&row[5], expected.status.key());
        let level = expected.scored.as_ref().and_then(|scored| scored.level);
        assert_eq!(&row[6], level.map_or(String::new(), |level| level.to_string()));
        assert_eq!(&row[12], expected.late.map_or("", |late| if late { "1" } else { "0" }));
    }
}

#[test]
fn points_have_a_decimal_point_and_what_is_not_known_is_empty() {
    let outcome = outcomes::outcome(outcomes::book(), 12, 1);
    let (_, rows) = table(&outcome, "diem.csv");
    let scored: usize =
        outcome.expected.iter().filter_map(|expected| Some(expected.scored.as_ref()?.nodes.len())).sum();
    let office = outcome.offices.as_ref().unwrap().scored.nodes.len();
    assert_eq!(rows.len() - 1, scored + office);
    let mandatory = rows.iter().find(|row| &row[3] == "bat_buoc").unwrap();
    assert!(mandatory[4].is_empty() && mandatory[7].is_empty() && !mandatory[12].is_empty());
    let group = rows.iter().find(|row| &row[3] == "nhom").unwrap();
    assert!(group[12].is_empty() && !group[7].is_empty() && !group[8].is_empty());
    assert!(rows.iter().skip(1).any(|row| row[7].contains('.')));
    assert!(rows.iter().skip(1).all(|row| !row[7].contains(',')));
    assert!(rows.iter().any(|row| row[0].is_empty() && &row[2] == "2.1"));
}

#[test]
fn no_text_from_outside_starts_a_formula() {
    let mut outcome = outcomes::outcome(outcomes::book(), 12, 1);
    outcome.schools[0].name = "=HYPERLINK(\"http://x\")".to_owned();
    outcome.findings.clear();
    for value in
        ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "x;=cmd|' /c'!A1;y", "＝1+1", "a\u{7}\u{1b}[31m", "7,5", "a\"b,\nc"]
    {
        let place = Place::file(format!("nop/{value}.xlsx"));
        outcome.findings.push(Finding::new(code::ABOVE_MAX).at(place).with("value", value));
    }
    let (_, rows) = table(&outcome, "loi.csv");
    let values: Vec<&str> = rows.iter().skip(1).map(|row| &row[7]).collect();
    let marked = "a\u{FFFD}\u{FFFD}[31m";
    let inert = ["'=1+1", "'+1", "'-1", "'@x", "'\t'=1", "'\r'=1", "x;'=cmd|' /c'!A1;y", "'＝1+1", marked];
    assert_eq!(values[..9], inert);
    assert_eq!(values[9..], ["7,5", "a\"b,\nc"]);
    let (_, rows) = table(&outcome, "truong.csv");
    assert_eq!(&rows[1][1], "'=HYPERLINK(\"http://x\")");
}

#[test]
fn findings_and_files_have_a_row_each() {
    let outcome = outcomes::outcome(outcomes::book(), 24, 5);
    let (_, rows) = table(&outcome, "loi.csv");
    assert_eq!(rows.len() - 1, outcome.findings.len());
    for (row, finding) in rows.iter().skip(1).zip(&outcome.findings) {
        assert_eq!(&row[0], finding.code.to_string());
        assert_eq!(&row[1], finding.severity.key());
    }
    let (_, rows) = table(&outcome, "nop.csv");
    assert_eq!(rows.len() - 1, outcome.files.len());
    let counted = rows.iter().filter(|row| &row[7] == "tinh").count() as u32;
    assert_eq!(counted, outcome.ledger.files[&cds::outcome::Disposition::Counted]);
}
