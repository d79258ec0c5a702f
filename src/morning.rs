//! `MO-KET-QUA-MOI-NHAT.html`: the page of the morning, whole in one file, from a template that escapes what it is given.
//! It leads to the newest run on Windows and Linux alike, where no link of the file system would survive copying and
//! shares. It forwards nowhere by itself, because a browser would download a copy of the workbook, which people then edit.

use std::io;

use minijinja::value::Serde;
use minijinja::{Value, context};
use serde::Serialize;

use crate::layouts::form::UNRANKED;
use crate::views::corrections::FOLDER;
use crate::views::figures::{Counts, OfficeStand};
use crate::views::morning::Morning;
use crate::writers::html;

const TEMPLATE: &str = include_str!("../templates/buoi-sang/trang.html");
const STYLE: [&str; 2] =
    [include_str!("../templates/cong-khai/trang.css"), include_str!("../templates/buoi-sang/trang.css")];
const SCRIPT: &str = include_str!("../templates/buoi-sang/trang.js");

/// What a run may hold and people may want to open, in the order in which they want it.
const SHOWN: [(&str, &str); 6] = [
    ("tong-hop.xlsx", "Báo cáo tổng hợp"),
    ("dieu-hanh.xlsx", "Việc hôm nay, dùng trong cơ quan"),
    (FOLDER, "Phiếu phản hồi gửi lại các trường"),
    ("gui-lai-truong.csv", "Danh sách phiếu phản hồi để trộn thư"),
    ("loi.csv", "Lỗi, cảnh báo"),
    ("nhat-ky.txt", "Nhật ký"),
];

/// A run that left no report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// When: "1/6/2025, 02:00".
    pub at: String,
    /// Why, and what to do, a line each.
    pub lines: Vec<String>,
}

/// A result to show, and where it is.
pub struct Shown<'a> {
    /// What it says.
    pub morning: &'a Morning,
    /// The run's folder as seen from the page, with `/`: `ket-qua/2025-06-01T0200`.
    pub folder: &'a str,
    /// Whether the run has a file or folder of this name.
    pub has: &'a dyn Fn(&str) -> bool,
}

#[derive(Serialize)]
struct Link {
    href: String,
    title: &'static str,
    name: &'static str,
}

/// The page: of the newest result, of a failure, or of both.
///
/// # Errors
/// A fault of the template.
pub fn page(shown: Option<&Shown>, failure: Option<&Failure>) -> io::Result<String> {
    let folder = shown.map_or("", |shown| shown.folder);
    let there = |shown: &Shown| -> Vec<Link> {
        let there = SHOWN.iter().filter(|(name, _)| (shown.has)(name));
        let link =
            |&(name, title): &(&'static str, &'static str)| Link { href: format!("{folder}/{name}"), title, name };
        there.map(link).collect()
    };
    let title = match shown {
        Some(shown) => format!("Kết quả mới nhất, năm học {}", shown.morning.year),
        None => "Kết quả mới nhất".to_owned(),
    };
    let context = context! {
        kieu => STYLE.concat(),
        ma => SCRIPT,
        tieu_de => title,
        su_co => Value::from(Serde(failure)),
        sang => Value::from(Serde(shown.map(|shown| shown.morning))),
        so_lieu => shown.map(|shown| figures(shown.morning)),
        lien_ket => Value::from(Serde(shown.map(there).unwrap_or_default())),
        thu_muc => folder.replace('/', "\\"),
        thu_muc_phieu => format!("{folder}/{FOLDER}"),
    };
    html::fill(&[("trang", TEMPLATE)], context)
}

/// The tiles: what they count, and how many.
fn figures(morning: &Morning) -> Vec<[String; 2]> {
    let Counts { owed, accepted, not_valid, missing, late, .. } = morning.headline.counts;
    let counts = [
        ("Phiếu phải nộp", owed),
        ("Được tính", accepted),
        ("Chưa hợp lệ", not_valid),
        ("Chưa nộp", missing),
        ("Nộp trễ", late),
    ];
    let mut figures: Vec<[String; 2]> = counts.map(|(label, n)| [label.to_owned(), n.to_string()]).into();
    if let Some(OfficeStand { points, most, level, .. }) = &morning.headline.office {
        figures.push(["Điểm của cơ quan".to_owned(), format!("{points}/{most}")]);
        let level = level.map_or_else(|| UNRANKED.to_owned(), |level| level.to_string());
        figures.push(["Mức của cơ quan".to_owned(), level]);
    }
    figures
}
