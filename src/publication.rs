//! What is made public: a page for the portal, a table to paste into its editor, the same as data, and the list to type
//! levels from into the sector database. Sees nothing but what the view of published results holds.

mod data;
mod page;

use std::io;
use std::path::Path;

use crate::views::published::Published;

/// The files, by name.
pub const PAGE: &str = "cong-khai.html";
const TABLE: &str = "bang-dan.html";
const CSV: &str = "cong-khai.csv";
const JSON: &str = "cong-khai.json";
const XLSX: &str = "cong-khai.xlsx";
const TYPING_LIST: &str = "nhap-csdl.xlsx";

/// Writes all of them into a folder that is there.
///
/// # Errors
/// When a file cannot be written.
pub fn write(published: &Published, dir: &Path) -> io::Result<()> {
    let columns = data::columns(published);
    let rows = data::rows(published, &columns);
    std::fs::write(dir.join(PAGE), page::page(published, &columns, &rows)?)?;
    std::fs::write(dir.join(TABLE), page::table(published, &columns, &rows)?)?;
    std::fs::write(dir.join(JSON), serde_json::to_vec_pretty(published)?)?;
    data::csv(published, &columns, &rows, &dir.join(CSV))?;
    data::xlsx(published, &columns, &rows, &dir.join(XLSX)).map_err(io::Error::other)?;
    data::typing_list(published, &dir.join(TYPING_LIST)).map_err(io::Error::other)
}
