//! `nop.csv`: a file seen in `nop/`, a member of a .zip, a return of a file that holds several.

use std::io;

use super::Table;
use crate::outcome::Outcome;

pub(super) fn rows(outcome: &Outcome, table: &mut Table) -> io::Result<()> {
    table.head(&[
        "tep",
        "kich_thuoc",
        "sua_luc",
        "ma_kiem_tra",
        "dinh_dang",
        "phan_mem",
        "ma_truong",
        "ket_qua",
        "trang_tinh",
        "sau_chot",
    ])?;
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
        table.end()?;
    }
    Ok(())
}
