//! What the schools sent: each file as its maker would have left it.

use cds::form_writer::{Answers, Filling, write};
use cds::office::Office;
use cds::rules::{RuleBook, RuleSet};
use cds::samples::answers::{self, item, typed, without_evidence};
use cds::samples::returns::OWN_COLUMNS;
use cds::samples::sheet::{Col, Instead, Sheet};
use cds::school::School;
use jiff::civil::{DateTime, date};

use super::package::{archive, pdf, uncomputed};
use super::schools::{row, school};

/// When the office made its forms.
pub const MADE: DateTime = date(2025, 4, 1).at(8, 0, 0, 0);

/// The columns of the annex with the school's own one.
const ANNEX: &[(Col, &str)] = OWN_COLUMNS[0];

/// Makes the returns of the sample office.
pub struct Maker<'a> {
    pub book: &'a RuleBook,
    pub office: &'a Office,
}

impl Maker<'_> {
    fn set(&self, id: &str) -> &RuleSet {
        self.book.sets.iter().find(|set| set.id.0 == id).unwrap()
    }

    fn general(&self) -> &RuleSet {
        self.set("qd-4725-2022")
    }

    fn preschool(&self) -> &RuleSet {
        self.set("qd-3276-2024")
    }

    /// The office's form, filled: `change` is what this school did otherwise.
    fn filled(&self, set: &RuleSet, code: &str, change: impl FnOnce(&mut Answers)) -> Vec<u8> {
        self.form(set, &school(code), self.office, code, change)
    }

    fn form(
        &self,
        set: &RuleSet,
        school: &School,
        office: &Office,
        code: &str,
        change: impl FnOnce(&mut Answers),
    ) -> Vec<u8> {
        let mut answers = answers::of(set, code, row(code).4);
        change(&mut answers);
        let filling = Filling { school: Some(school), office: Some(office), answers: Some(&answers), created: MADE };
        write(set, &filling).unwrap()
    }

    fn preschool_form(&self, code: &str, change: impl FnOnce(&mut Answers)) -> Vec<u8> {
        self.filled(self.preschool(), code, change)
    }

    fn general_form(&self, code: &str, change: impl FnOnce(&mut Answers)) -> Vec<u8> {
        self.filled(self.general(), code, change)
    }

    /// A table of the school's own making.
    fn own(
        &self,
        set: &RuleSet,
        code: &str,
        change: impl FnOnce(&mut Answers),
        look: impl FnOnce(&mut Sheet),
    ) -> Vec<u8> {
        let mut answers = answers::of(set, code, row(code).4);
        change(&mut answers);
        let school = school(code);
        let mut sheet = Sheet {
            set,
            school: &school,
            answers: &answers,
            name: "Sheet1",
            year: "2024-2025",
            columns: ANNEX,
            over: None,
            at: (6, 0),
            code: true,
            without: &[],
            instead: &[],
            totals: &[],
            commas: false,
        };
        look(&mut sheet);
        sheet.bytes().unwrap()
    }

    /// The office's own return.
    pub fn own_form(&self) -> Vec<u8> {
        let set = self.book.of_office().unwrap();
        let mut answers = answers::of(set, "cơ quan", 78);
        typed(&mut answers, &[("1.2.2", "2,5"), ("1.1.3", "4")]);
        without_evidence(&mut answers, &["1.4.1"]);
        write(set, &Filling { school: None, office: Some(self.office), answers: Some(&answers), created: MADE })
            .unwrap()
    }

    /// Every file in `nop/`, but those that other programs saved.
    pub fn files(&self) -> Vec<(&'static str, Vec<u8>)> {
        let mut files = self.preschools();
        files.extend(self.generals());
        files.extend(self.beside());
        files
    }

    fn preschools(&self) -> Vec<(&'static str, Vec<u8>)> {
        let as_it_is = |_: &mut Answers| {};
        // Excel has made a number of the code.
        let bare = School { code: cds::school::SchoolCode("8010701".to_owned()), ..school("08010701") };
        vec![
            ("80107101-truong-mam-non-hoa-sen.xlsx", self.preschool_form("80107101", as_it_is)),
            (
                "80107102 MN Hoa Mai.xlsx",
                self.preschool_form("80107102", |answers| {
                    typed(answers, &[("1.3.1", "6,5 đ"), ("1.3.2", "5.5/10"), ("1.4.3", "4 điểm"), ("1.6.3", "Có")]);
                    typed(answers, &[("2.3.6", "chưa"), ("2.4.3", "-")]);
                    without_evidence(answers, &["2.3.6", "2.4.3"]);
                }),
            ),
            ("80107103-truong-mam-non-huong-duong.xlsx", self.preschool_form("80107103", as_it_is)),
            (
                "Ban Mai/80107104 phiếu tự đánh giá.xlsx",
                self.preschool_form("80107104", |answers| typed(answers, &[("2.3.5", ""), ("1.4.1", "8")])),
            ),
            (
                "Ban Mai/80107104 phiếu tự đánh giá (bản cuối).xlsx",
                self.preschool_form("80107104", |answers| typed(answers, &[("1.4.1", "8,5")])),
            ),
            (
                "MN Sao Mai nộp.xlsx",
                self.preschool_form("80107105", |answers| {
                    typed(answers, &[("1.1", "x"), ("1.2", "Có"), ("2.1", "đạt"), ("2.2", ""), ("1.6.2", "")]);
                }),
            ),
            (
                "80107106-truong-mam-non-tuoi-tho.xlsx",
                self.preschool_form("80107106", |answers| {
                    typed(answers, &[("1.2", "Chưa đạt")]);
                    without_evidence(answers, &["1.2"]);
                }),
            ),
            // A preschool on the form of general schools.
            ("80107108 Bông Hồng.xlsx", self.own(self.general(), "80107108", as_it_is, |sheet| sheet.name = "Phiếu")),
            (
                "MG Tuổi Ngọc.xlsx",
                self.own(self.preschool(), "80107109", as_it_is, |sheet| {
                    sheet.code = false;
                    sheet.name = "Tự đánh giá";
                    sheet.commas = true;
                    sheet.columns = OWN_COLUMNS[1];
                }),
            ),
            (
                "80107110-truong-mau-giao-son-ca.xlsx",
                self.preschool_form("80107110", |answers| {
                    item(answers, "1.5.1").part = None;
                    item(answers, "1.5.1").whole = None;
                }),
            ),
            (
                "truong mam non thien than nho.xlsx",
                self.form(self.preschool(), &bare, self.office, "08010701", |answers| {
                    typed(answers, &[("1.3.3", "5,25")]);
                }),
            ),
            ("08010702-hy-vong-mam-non.xlsx", self.preschool_form("08010702", as_it_is)),
            ("08010702-hy-vong-tieu-hoc.xlsx", self.general_form("08010702", as_it_is)),
            (
                "Xã Phước An, Long Bình.zip",
                archive(&[
                    ("80107111-truong-mau-giao-hoa-mi.xlsx", self.preschool_form("80107111", as_it_is)),
                    (
                        "80107112-truong-mam-non-mang-non.xlsx",
                        self.preschool_form("80107112", |answers| {
                            typed(answers, &[("2.4.2", "không"), ("1.3.1", "12")]);
                        }),
                    ),
                    ("80107202-truong-tieu-hoc-phuoc-an-2.xlsx", self.general_form("80107202", as_it_is)),
                ]),
            ),
        ]
    }

    fn generals(&self) -> Vec<(&'static str, Vec<u8>)> {
        let as_it_is = |_: &mut Answers| {};
        let general = self.general();
        let half = self.general_form("80107210", as_it_is);
        let twice = self.general_form("80107211", |answers| typed(answers, &[("2.4.1", "4,5")]));
        let year_before = Office { year: "2023-2024".to_owned(), ..self.office.clone() };
        let stranger = School {
            code: cds::school::SchoolCode("80107291".to_owned()),
            name: "Trường Tiểu học Phước Long".to_owned(),
            ..school("80107201")
        };
        vec![
            (
                "80107201 TH Phước An 1.xlsx",
                self.own(general, "80107201", as_it_is, |sheet| {
                    sheet.commas = true;
                    sheet.name = "Phụ lục";
                }),
            ),
            (
                "TH Long Bình - CĐS.xlsx",
                self.own(general, "80107203", as_it_is, |sheet| {
                    sheet.at = (7, 1);
                    sheet.over = Some(("Điểm", 2, 4));
                    sheet.columns = &[
                        (Col::Code, "STT"),
                        (Col::Title, "Nội dung"),
                        (Col::Max, "Tối đa"),
                        (Col::Score, "Tự đánh giá"),
                        (Col::Verified, "Thẩm định"),
                        (Col::Evidence, "Minh chứng"),
                    ];
                    sheet.instead = &[("1.4", Instead::Sum("3+2.5", 5.5))];
                }),
            ),
            (
                "80107204-truong-tieu-hoc-my-khanh-a.xlsx",
                self.general_form("80107204", |answers| {
                    typed(answers, &[("1.7.3", "1")]);
                }),
            ),
            (
                "80107205-truong-tieu-hoc-my-khanh-b.xlsx",
                self.general_form("80107205", |answers| {
                    typed(answers, &[("1.2", "Chưa đạt"), ("1.3.5", "chưa có"), ("2.3.7", "chưa làm")]);
                    without_evidence(answers, &["1.3.5", "2.3.7", "1.3.1", "1.3.2"]);
                }),
            ),
            (
                "80107207 Hòa Lạc 2.xlsx",
                self.general_form("80107207", |answers| {
                    typed(answers, &[("1.1", "✓"), ("1.2", "✓"), ("2.1", "x"), ("2.2", "X"), ("1.7.3", "Không")]);
                    typed(answers, &[("1.3.2", "4,5 điểm"), ("2.3.3", "6,5đ"), ("2.3.8", "tốt")]);
                    without_evidence(answers, &["1.7.3"]);
                }),
            ),
            (
                "80107209 tu danh gia.xlsx",
                self.own(general, "80107209", as_it_is, |sheet| {
                    sheet.totals = &[("1", 68.0), ("1.5", 14.5), ("2", 61.5)];
                    sheet.columns = OWN_COLUMNS[2];
                }),
            ),
            ("80107210-truong-tieu-hoc-rach-dua.xlsx", half[..half.len() * 3 / 5].to_vec()),
            ("80107211 Gò Đình.xlsx", twice.clone()),
            ("80107211 Gò Đình (1).xlsx", twice),
            (
                "80107212 Cau Tre.xlsx",
                self.own(general, "80107212", as_it_is, |sheet| {
                    sheet.instead = &[("1.3.4", Instead::Date(4, 5)), ("2.3.1", Instead::Date(3, 5))];
                }),
            ),
            (
                "80107213-truong-tieu-hoc-bau-sen.xlsx",
                self.general_form("80107213", |answers| {
                    item(answers, "1.6.2").part = Some(cds::grid::Value::Number(55.0));
                    item(answers, "1.6.3").evidence = "https:/hoso mau".to_owned();
                }),
            ),
            ("80107213 Bàu Sen bản cuối.xlsx", Vec::new()),
            (
                "80107301_THCS_PhuocAn.xlsx",
                self.own(general, "80107301", as_it_is, |sheet| {
                    sheet.at = (5, 2);
                    sheet.columns = &[
                        (Col::Score, "Điểm đạt"),
                        (Col::Max, "Thang điểm"),
                        (Col::Code, "Mã tiêu chí"),
                        (Col::Title, "Nội dung đánh giá"),
                        (Col::Part, "Số đạt"),
                        (Col::Whole, "Tổng số"),
                        (Col::Evidence, "Hồ sơ"),
                    ];
                }),
            ),
            (
                "80107303 THCS Mỹ Khánh.xlsx",
                uncomputed(&self.own(general, "80107303", as_it_is, |sheet| {
                    sheet.instead = &[("1.3.1", Instead::Sum("2+2.5", 0.0)), ("2.4.2", Instead::Sum("4*2", 0.0))];
                })),
            ),
            (
                "80107304-truong-thcs-hoa-lac.xlsx",
                self.general_form("80107304", |answers| {
                    typed(answers, &[("1.3.1", "7"), ("2.3.4", "8,5"), ("1.6.1", "80%")]);
                    without_evidence(answers, &["1.3.3", "1.3.4", "2.4.1"]);
                }),
            ),
            // Saved with a password by the school.
            ("80107305 THCS Tan Thuan.xlsx", include_bytes!("../reader/locked.xlsx").to_vec()),
            (
                "80107306 Rạch Dừa.xlsx",
                self.own(general, "80107306", as_it_is, |sheet| sheet.without = &["1.7.2", "2.3.6", "2.3.7"]),
            ),
            // Renamed, not converted.
            (
                "80107307-th-thcs-binh-tay.xls",
                self.general_form("80107307", |answers| {
                    typed(answers, &[("2.4.3", "5-6"), ("1.4", "4.5")]);
                }),
            ),
            ("80107308 Đồng Xuân.xls", page("80107308").into_bytes()),
            (
                "80107309-truong-thcs-bau-sen.xlsx",
                self.general_form("80107309", |answers| {
                    typed(answers, &[("1.3.3", "4,3")]);
                }),
            ),
            ("80107309 nháp.xlsx", self.general_form("80107309", |answers| typed(answers, &[("1.3.3", "6")]))),
            ("80107401-truong-thpt-hoa-lac.xlsx", self.general_form("80107401", as_it_is)),
            ("80107402-truong-thpt-long-binh.xlsx", self.general_form("80107402", as_it_is)),
            ("80107403 phieu.xlsx", self.form(general, &school("80107403"), &year_before, "80107403", as_it_is)),
            (
                "80107501-trung-tam-gdtx-hoa-lac.xlsx",
                self.general_form("80107501", |answers| {
                    typed(answers, &[("1.5.2", ""), ("2.3.6", ""), ("2.4.1", "")]);
                }),
            ),
            ("Tiểu học Phước Long.xlsx", self.form(general, &stranger, self.office, "80107201", as_it_is)),
        ]
    }

    /// What lies beside returns.
    fn beside(&self) -> Vec<(&'static str, Vec<u8>)> {
        vec![
            ("80107101 Hoa Sen ký.pdf", pdf("80107101 - ban ky, dong dau")),
            ("80107401_ban_ky.pdf", pdf("80107401 - ban ky, dong dau")),
            ("80107501.pdf", pdf("80107501 - ban ky, dong dau")),
            ("Kế hoạch chuyển đổi số MN Hoa Mai.pdf", pdf("Ke hoach chuyen doi so nam hoc 2024-2025")),
            ("Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 thumbnails".to_vec()),
            ("~$80107205-truong-tieu-hoc-my-khanh-b.xlsx", lock_file()),
        ]
    }

    /// What is saved as .xls and .ods by another program: the name, and the workbook that it was made from.
    pub fn to_convert(&self) -> Vec<(&'static str, Vec<u8>)> {
        let as_it_is = |_: &mut Answers| {};
        vec![
            (
                "80107302 THCS Long Bình.xls",
                self.own(self.general(), "80107302", as_it_is, |sheet| sheet.totals = &[("1.6", 12.0)]),
            ),
            ("80107206 Hoa Lac 1.ods", self.own(self.general(), "80107206", as_it_is, |sheet| sheet.at = (8, 0))),
        ]
    }
}

/// What a web system calls an export to Excel.
fn page(code: &str) -> String {
    let (code, name, ..) = *row(code);
    format!(
        "<html><head><meta charset=\"utf-8\"></head><body><table border=\"1\"><tr><td colspan=\"4\">{name} ({code})\
         </td></tr><tr><th>STT</th><th>Tiêu chí</th><th>Điểm tối đa</th><th>Tự đánh giá</th></tr><tr><td>1.3.1</td>\
         <td>Phần mềm dạy học trực tuyến trực tiếp</td><td>6</td><td>4</td></tr></table></body></html>\n"
    )
}

/// What Excel leaves beside a workbook that is open.
fn lock_file() -> Vec<u8> {
    let mut bytes = vec![4];
    bytes.extend_from_slice(b"Thuy");
    bytes.resize(165, b' ');
    bytes
}
