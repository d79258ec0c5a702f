//! The fictional schools of the sample office, and how far each is with its digital transformation.

use cds::school::{School, SchoolCode, SchoolKind};

/// Code, name, kind as the roster has it, unit, how far it is in percent, state.
type Row = (&'static str, &'static str, &'static str, &'static str, i64, &'static str);

const AN: &str = "Xã Phước An";
const BINH: &str = "Xã Long Bình";
const KHANH: &str = "Xã Mỹ Khánh";
const THUAN: &str = "Xã Tân Thuận";
const LAC: &str = "Thị trấn Hòa Lạc";
const SO: &str = "Sở GDĐT";

/// The roster's rows.
pub const ROWS: &[Row] = &[
    ("80107101", "Trường Mầm non Hoa Sen", "MN", LAC, 72, ""),
    ("80107102", "Trường Mầm non Hoa Mai", "MN", AN, 58, ""),
    ("80107103", "Trường Mầm non Hướng Dương", "MN", BINH, 94, ""),
    ("80107104", "Trường Mầm non Ban Mai", "MN", KHANH, 66, ""),
    ("80107105", "Trường Mầm non Sao Mai", "MN", THUAN, 43, ""),
    ("80107106", "Trường Mầm non Tuổi Thơ", "MN", LAC, 62, ""),
    ("80107107", "Trường Mầm non Vành Khuyên", "MN", BINH, 55, ""),
    ("80107108", "Trường Mầm non Bông Hồng", "MN", KHANH, 50, ""),
    ("80107109", "Trường Mẫu giáo Tuổi Ngọc", "MG", AN, 57, ""),
    ("80107110", "Trường Mẫu giáo Sơn Ca", "MG", THUAN, 61, ""),
    ("80107111", "Trường Mẫu giáo Họa Mi", "MG", BINH, 65, ""),
    ("80107112", "Trường Mầm non Măng Non", "MN", AN, 47, ""),
    ("80107113", "Trường Mẫu giáo Hoa Cúc", "MG", KHANH, 0, "Sáp nhập vào Trường Mầm non Ban Mai"),
    ("08010701", "Trường Mầm non Thiên Thần Nhỏ", "MN", LAC, 59, ""),
    ("08010702", "Trường Mầm non - Tiểu học Hy Vọng", "MN, TH", LAC, 70, ""),
    ("80107201", "Trường Tiểu học Phước An 1", "TH", AN, 71, ""),
    ("80107202", "Trường Tiểu học Phước An 2", "TH", AN, 64, ""),
    ("80107203", "Trường Tiểu học Long Bình", "TH", BINH, 62, ""),
    ("80107204", "Trường Tiểu học Mỹ Khánh A", "TH", KHANH, 95, ""),
    ("80107205", "Trường Tiểu học Mỹ Khánh B", "TH", KHANH, 45, ""),
    ("80107206", "Trường Tiểu học Hòa Lạc 1", "TH", LAC, 68, ""),
    ("80107207", "Trường Tiểu học Hòa Lạc 2", "TH", LAC, 60, ""),
    ("80107208", "Trường Tiểu học Tân Thuận", "TH", THUAN, 52, ""),
    ("80107209", "Trường Tiểu học Bình Minh", "TH", THUAN, 63, ""),
    ("80107210", "Trường Tiểu học Rạch Dừa", "TH", BINH, 57, ""),
    ("80107211", "Trường Tiểu học Gò Đình", "TH", AN, 51, ""),
    ("80107212", "Trường Tiểu học Cầu Tre", "TH", KHANH, 66, ""),
    ("80107213", "Trường Tiểu học Bàu Sen", "TH", THUAN, 61, ""),
    ("80107301", "Trường THCS Phước An", "THCS", AN, 70, ""),
    ("80107302", "Trường THCS Long Bình", "THCS", BINH, 63, ""),
    ("80107303", "Trường THCS Mỹ Khánh", "THCS", KHANH, 69, ""),
    ("80107304", "Trường THCS Hòa Lạc", "THCS", LAC, 76, ""),
    ("80107305", "Trường THCS Tân Thuận", "THCS", THUAN, 58, ""),
    ("80107306", "Trường THCS Rạch Dừa", "THCS", BINH, 54, ""),
    ("80107307", "Trường TH&THCS Bình Tây", "TH&THCS", BINH, 58, ""),
    ("80107308", "Trường TH&THCS Đồng Xuân", "TH&THCS", THUAN, 49, ""),
    ("80107309", "Trường THCS Bàu Sen", "THCS", THUAN, 67, ""),
    ("80107310", "Trường THCS Cây Dừa", "THCS", KHANH, 56, ""),
    ("80107401", "Trường THPT Hòa Lạc", "THPT", SO, 80, ""),
    ("80107402", "Trường THPT Long Bình", "THPT", SO, 73, ""),
    ("80107403", "Trường THCS&THPT Tân Thuận", "THCS&THPT", SO, 65, ""),
    ("80107501", "Trung tâm GDTX Hòa Lạc", "GDTX", SO, 60, ""),
];

/// The row of a school.
pub fn row(code: &str) -> &'static Row {
    ROWS.iter().find(|row| row.0 == code).unwrap()
}

/// A school as the roster has it; the kind that owes a set of this one.
pub fn school(code: &str) -> School {
    let &(code, name, kinds, unit, _, state) = row(code);
    School {
        code: SchoolCode(code.to_owned()),
        name: name.to_owned(),
        kinds: kinds.split(", ").map(|kind| SchoolKind(kind.to_owned())).collect(),
        unit: unit.to_owned(),
        email: email(code),
        phone: phone(code),
        contact: String::new(),
        former_codes: Vec::new(),
        state: state.to_owned(),
        row: 2,
    }
}

/// Under a domain that can never be anybody's.
pub fn email(code: &str) -> String {
    format!("truong{code}@mau.example")
}

/// A number that rings nowhere.
pub fn phone(code: &str) -> String {
    format!("0000 {} {}", &code[2..5], &code[5..])
}
