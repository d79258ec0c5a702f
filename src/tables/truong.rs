//! `truong.csv`: a school of the roster and a set that it owes.

use std::io;

use super::Table;
use crate::outcome::Outcome;

pub(super) fn rows(outcome: &Outcome, table: &mut Table) -> io::Result<()> {
    table.head(&[
        "ma_truong",
        "ten_truong",
        "cap_hoc",
        "don_vi_quan_ly",
        "bo_chi_so",
        "trang_thai",
        "muc_do",
        "so_loi",
        "so_canh_bao",
        "tep",
        "trang_tinh",
        "nop_luc",
        "nop_tre",
        "nop_lan_dau",
    ])?;
    for expected in &outcome.expected {
        let school = outcome.school_of(expected);
        let kinds: Vec<&str> = school.kinds.iter().map(|kind| kind.0.as_str()).collect();
        table.text(&school.code.0);
        table.text(&school.name);
        table.text(&kinds.join(", "));
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
        table.end()?;
    }
    Ok(())
}
