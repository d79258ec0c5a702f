//! `truong.csv`: a school of the roster and a set that it owes.

use std::io;

use super::{Column, Kind, Table, UNIT};
use crate::outcome::Outcome;
use crate::school::kinds_text;

pub(super) const COLUMNS: [Column; 15] = [
    ("ma_truong", Kind::Text, "Mã trường."),
    ("ten_truong", Kind::Text, "Tên trường, như trong danh sách."),
    ("cap_hoc", Kind::Text, "Các cấp học, cách nhau bằng dấu phẩy."),
    ("don_vi_quan_ly", Kind::Text, "Đơn vị quản lý."),
    ("bo_chi_so", Kind::Text, "Mã bộ chỉ số."),
    ("trang_thai", Kind::Text, "`da_nhan` (được tính), `chua_hop_le` (đã nộp, phải sửa mới được tính), `chua_nop`."),
    ("muc_do", Kind::Whole, "Mức chung: 1, 2, ...; trống khi phiếu chưa được tính hoặc bộ không có thang mức."),
    ("so_loi", Kind::Whole, "Số dòng `phai_sua` của trường và bộ này trong `loi.csv`."),
    ("so_canh_bao", Kind::Whole, "Số dòng `can_xem_lai`, như trên."),
    ("tep", Kind::Text, "Tệp của phiếu, tính từ thư mục của cơ quan."),
    ("trang_tinh", Kind::Text, "Trang tính của phiếu."),
    ("nop_luc", Kind::Time, "Phiếu đang tính nộp lúc nào."),
    ("nop_tre", Kind::Flag, "1: trễ, 0: đúng hạn; trống khi không có hạn."),
    ("nop_lan_dau", Kind::Time, "Trường nộp lần đầu lúc nào."),
    UNIT,
];

pub(super) fn rows(outcome: &Outcome, table: &mut Table) -> io::Result<()> {
    let units = outcome.units_of_schools();
    for expected in &outcome.expected {
        let school = outcome.school_of(expected);
        table.text(&school.code.0);
        table.text(&school.name);
        table.text(&kinds_text(&school.kinds));
        table.text(&school.unit);
        table.text(&expected.set.0);
        table.plain(expected.status.key());
        table.known(expected.scored.as_ref().and_then(|scored| scored.level));
        table.shown(expected.errors);
        table.shown(expected.warnings);
        let source = expected.source.as_ref();
        table.text(source.map_or("", |source| &source.file));
        table.text(source.map_or("", |source| &source.sheet));
        table.known(source.and_then(|source| source.received));
        table.known(expected.late.map(u8::from));
        table.known(expected.timing.first);
        table.text(units.get(&expected.school).map_or("", |unit| &unit.code));
        table.end()?;
    }
    Ok(())
}
