//! `gui-lai-truong.csv`: for a mail merge, a school and set to which something is to be said. The only table with
//! e-mail addresses and telephone numbers.

use std::io;

use super::{Column, Kind, Table, UNIT};
use crate::finding::Severity;
use crate::outcome::{Outcome, Status};
use crate::views::Correction;
use crate::views::corrections::{FOLDER, sentence};
use crate::views::deadline::{last_day, written};

pub(super) const COLUMNS: [Column; 9] = [
    ("ma_truong", Kind::Text, "Mã trường."),
    ("ten_truong", Kind::Text, "Tên trường."),
    ("email", Kind::Text, "E-mail của trường."),
    ("dien_thoai", Kind::Text, "Điện thoại của trường."),
    ("tep", Kind::Text, "Phiếu sửa gửi kèm, tính từ thư mục của lần chạy; trống khi không có."),
    ("so_loi", Kind::Whole, "Số lỗi phải sửa."),
    ("so_canh_bao", Kind::Whole, "Số điều cần xem lại."),
    ("tom_tat", Kind::Text, "Một câu để gửi trường."),
    UNIT,
];

pub(super) fn rows(outcome: &Outcome, table: &mut Table) -> io::Result<()> {
    for correction in outcome.corrections() {
        let school = correction.school;
        table.text(&school.code.0);
        table.text(&school.name);
        table.text(&school.email);
        table.text(&school.phone);
        table.text(&correction.file.as_ref().map(|file| format!("{FOLDER}/{file}")).unwrap_or_default());
        table.shown(correction.expected.errors);
        table.shown(correction.expected.warnings);
        table.text(&summary(outcome, &correction));
        table.text("");
        table.end()?;
    }
    Ok(())
}

/// One polite line.
fn summary(outcome: &Outcome, correction: &Correction) -> String {
    let office = &outcome.office;
    let (errors, warnings) = (correction.count(Severity::Error), correction.count(Severity::Warning));
    let what = match (errors, warnings) {
        (errors, 0) => format!("{errors} lỗi phải sửa"),
        (0, warnings) => format!("{warnings} điều cần xem lại"),
        (errors, warnings) => format!("{errors} lỗi phải sửa và {warnings} điều cần xem lại"),
    };
    let set = &correction.set.short;
    let day = last_day(outcome, correction.expected);
    let when = day.map_or("sớm".to_owned(), |day| format!("chậm nhất ngày {}", written(day)));
    let year = &office.year;
    let told: String = correction.told().map(|finding| format!(" {}", sentence(finding))).collect();
    let thanks = format!("{told} Xin cảm ơn.");
    match correction.expected.status {
        Status::Missing => {
            format!(
                "Đến nay chưa nhận được phiếu tự đánh giá ({set}, năm học {year}) của trường; kính mong trường gửi {when}.{thanks}"
            )
        }
        Status::Accepted if correction.file.is_none() => {
            format!("Đã nhận phiếu ({set}) của trường; phiếu được tính.{thanks}")
        }
        Status::Accepted => {
            format!(
                "Đã nhận phiếu ({set}) của trường, còn {what}; kính mong trường xem tệp kèm theo, sửa và gửi lại {when}.{thanks}"
            )
        }
        Status::NotValid if correction.is_blank() => {
            let causes: Vec<String> = correction.causes().into_iter().map(sentence).collect();
            let slip = correction.slip().map_or(String::new(), |slip| format!(" {slip}"));
            format!(
                "Phiếu ({set}) trường gửi chưa dùng được. {}{slip} Kính mong trường xem tệp kèm theo và gửi lại {when}.{thanks}",
                causes.join(" ")
            )
        }
        Status::NotValid => {
            format!(
                "Phiếu ({set}) của trường chưa tính được, có {what}; kính mong trường xem tệp kèm theo, sửa và gửi lại {when}.{thanks}"
            )
        }
    }
}
