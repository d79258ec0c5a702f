//! `loi.csv`: a finding.

use std::io;

use super::{Column, Kind, Table, UNIT};
use crate::finding::Lang;
use crate::outcome::Outcome;

pub(super) const COLUMNS: [Column; 12] = [
    ("ma_loi", Kind::Text, "Mã, như CDS402; `cds explain CDS402` giải thích."),
    ("muc", Kind::Text, "`phai_sua`, `can_xem_lai`, `de_biet`."),
    ("ma_truong", Kind::Text, "Mã trường, nếu biết."),
    ("tep", Kind::Text, "Tệp."),
    ("trang_tinh", Kind::Text, "Trang tính."),
    ("o", Kind::Text, "Ô."),
    ("ma", Kind::Text, "Mục liên quan."),
    ("gia_tri", Kind::Text, "Giá trị có vấn đề."),
    ("thong_bao", Kind::Text, "Điều phát hiện, bằng lời."),
    ("cach_sua", Kind::Text, "Cách sửa."),
    UNIT,
    (
        "y_kien_truong",
        Kind::Text,
        "Ý kiến trường ghi thay cho sửa: đã giải trình thì `muc` là `de_biet`; chưa được chấp nhận, hoặc số liệu đã khác, thì `muc` như cũ.",
    ),
];

pub(super) fn rows(outcome: &Outcome, table: &mut Table) -> io::Result<()> {
    for finding in &outcome.findings {
        table.shown(finding.code);
        table.plain(finding.severity.key());
        table.text(finding.school.as_ref().map_or("", |code| &code.0));
        table.text(finding.place.file.as_deref().unwrap_or_default());
        table.text(finding.place.sheet.as_deref().unwrap_or_default());
        table.known(finding.place.cell);
        table.known(finding.item);
        table.text(finding.values.get("value").map_or("", String::as_str));
        table.text(&finding.message(Lang::Vi));
        table.text(&finding.advice(Lang::Vi));
        table.text(finding.unit.as_deref().unwrap_or_default());
        table.text(finding.opinion.as_ref().map_or("", |opinion| &opinion.text));
        table.end()?;
    }
    Ok(())
}
