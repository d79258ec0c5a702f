//! The page and the bare table, from templates that escape what they are given.

use std::io;

use minijinja::value::Serde;
use minijinja::{Value, context};

use super::data::{Cell, Column};
use crate::views::published::Published;
use crate::writers::html;

const PAGE: (&str, &str) = ("trang", include_str!("../../templates/cong-khai/trang.html"));
const TABLE: (&str, &str) = ("bang", include_str!("../../templates/cong-khai/bang.html"));
const STYLE: &str = include_str!("../../templates/cong-khai/trang.css");
const SCRIPT: &str = include_str!("../../templates/cong-khai/trang.js");

/// The page, whole in one file.
pub(super) fn page(published: &Published, columns: &[Column], rows: &[Vec<Cell>]) -> io::Result<String> {
    render(&[PAGE, TABLE], published, columns, rows)
}

/// The table alone, to paste into a portal's editor.
pub(super) fn table(published: &Published, columns: &[Column], rows: &[Vec<Cell>]) -> io::Result<String> {
    render(&[TABLE], published, columns, rows)
}

fn render(
    templates: &[(&str, &str)],
    published: &Published,
    columns: &[Column],
    rows: &[Vec<Cell>],
) -> io::Result<String> {
    let heads: Vec<_> =
        columns.iter().map(|column| context! { ten => column.heading.as_str(), so => column.is_number() }).collect();
    let shown: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(Cell::shown).collect()).collect();
    let of_office = published.ket_qua_co_quan.iter().flat_map(|office| &office.diem);
    let of_office: Vec<_> = of_office
        .map(|line| [line.ma.clone(), line.ten.to_string(), line.toi_da.to_string(), line.diem.to_string()])
        .collect();
    let data = Value::from(Serde(published));
    let context = context! {
        kieu => STYLE,
        ma => SCRIPT,
        tieu_de => published.title(),
        can_cu => published.ground(),
        cong_khai => data,
        don_vi => Value::from(Serde(published.units())),
        muc => Value::from(Serde(published.levels())),
        cot => heads,
        dong => shown,
        co_quan => Value::from(Serde(&published.ket_qua_co_quan)),
        diem_co_quan => of_office,
        trong_trang => templates.len() > 1,
    };
    html::fill(templates, context)
}
