//! `nop.csv`: a file seen in `nop/`, a member of a .zip, a return of a file that holds several.

use std::io;

use super::{Column, Kind, Table, UNIT};
use crate::outcome::Outcome;

pub(super) const COLUMNS: [Column; 11] = [
    ("tep", Kind::Text, "Tệp, tính từ thư mục của cơ quan; trong .zip là `nop/x.zip/tên`."),
    ("kich_thuoc", Kind::Whole, "Số byte."),
    ("sua_luc", Kind::Time, "Thời điểm sửa của tệp."),
    ("ma_kiem_tra", Kind::Text, "Mã kiểm tra nội dung."),
    ("dinh_dang", Kind::Text, "Định dạng: xlsx, xls, ods, ..."),
    ("phan_mem", Kind::Text, "Phần mềm đã ghi tệp, như tệp nói."),
    ("ma_truong", Kind::Text, "Trường của tệp, nếu biết."),
    (
        "ket_qua",
        Kind::Text,
        "`tinh` (được tính), `thay_the` (đã có bản mới hơn), `trung` (trùng nội dung), `khong_dung` (để riêng theo sổ nhận), `chua_hop_le`, `khong_doc_duoc`, `ban_ky` (bản ký), `khac`, `bo_qua` (tệp rác), `dang_ghi` (đang được chép), `da_mo` (đã mở, các tệp bên trong kể tiếp, không cộng).",
    ),
    ("trang_tinh", Kind::Text, "Trang tính, khi tệp có nhiều phiếu."),
    ("sau_chot", Kind::Text, "Mốc đã chốt mà tệp đến sau."),
    UNIT,
];

pub(super) fn rows(outcome: &Outcome, table: &mut Table) -> io::Result<()> {
    let units = outcome.unit_codes();
    for file in &outcome.files {
        table.text(&file.file);
        table.shown(file.size);
        table.known(file.modified);
        table.text(&file.fingerprint);
        table.text(&file.format);
        table.text(&file.software);
        table.text(file.school.as_ref().map_or("", |code| &code.0));
        table.plain(file.disposition.key());
        table.text(&file.sheet);
        table.known(file.came_after);
        table.text(file.school.as_ref().and_then(|code| units.get(code.0.as_str())).unwrap_or(&""));
        table.end()?;
    }
    Ok(())
}
