//! `loi.csv`: a finding.

use std::io;

use super::Table;
use crate::finding::Lang;
use crate::outcome::Outcome;

pub(super) fn rows(outcome: &Outcome, table: &mut Table) -> io::Result<()> {
    table.head(&["ma_loi", "muc", "ma_truong", "tep", "trang_tinh", "o", "ma", "gia_tri", "thong_bao", "cach_sua"])?;
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
        table.end()?;
    }
    Ok(())
}
