//! Messages to schools, ready to paste into Zalo or an e-mail: polite, short, one for each school.

use super::{Task, Work};
use crate::office::Office;
use crate::outcome::Outcome;
use crate::views::deadline::written;

/// In place of a message where the school has nothing to do.
const UNREAD: &str =
    "(Chưa cần nhắn trường: máy của cơ quan chưa đọc được tệp, xem trang “Lỗi, cảnh báo” của tong-hop.xlsx.)";

/// The same where the day of what came is to be looked at.
const DATED: &str = "(Chưa cần nhắn trường: cơ quan xem lại ngày nhận của tệp trong sổ nhận, đồng hồ của máy.)";

/// The whole message to one school.
pub fn to_school(outcome: &Outcome, task: &Task) -> String {
    let office = &outcome.office;
    if task.is_for_office() {
        let is_unread = task.works.iter().any(|work| matches!(work, Work::Unread { .. }));
        return if is_unread { UNREAD } else { DATED }.to_owned();
    }
    let mut parts = vec![format!("Kính gửi {}.", task.school.name)];
    parts.extend(task.works.iter().filter_map(|work| about(outcome, work, task.works.len() > 1)));
    if task.works.iter().any(Work::asks) {
        parts.push(request(outcome, task));
        if !office.contact.is_empty() {
            parts.push(format!("Cần hỗ trợ, xin liên hệ {}.", office.contact));
        }
    }
    parts.push("Trân trọng cảm ơn!".to_owned());
    parts.join(" ")
}

fn about(outcome: &Outcome, work: &Work, several: bool) -> Option<String> {
    let Office { name, year, .. } = &outcome.office;
    let of = |set: &str| if several { format!(" ({set})") } else { String::new() };
    Some(match work {
        Work::Missing { signed, set } if !signed.is_empty() => format!(
            "{name} đã nhận bản ký ({}) nhưng chưa nhận được tệp bảng tính (Excel) của phiếu tự đánh giá mức độ chuyển đổi \
             số năm học {year}{} của nhà trường; không chấm được từ bản ký.",
            signed.join(", "),
            of(set)
        ),
        Work::Missing { set, .. } => format!(
            "Đến ngày {}, {name} chưa nhận được phiếu tự đánh giá mức độ chuyển đổi số năm học {year}{} của nhà trường.",
            written(outcome.at.date()),
            of(set)
        ),
        Work::Correct { set, why, file, .. } if !why.is_empty() => {
            let with = match file {
                Some(file) => {
                    format!(" Phải điền lại thì xin dùng tệp gửi kèm “{file}”.")
                }
                None => String::new(),
            };
            format!(
                "Phiếu tự đánh giá mức độ chuyển đổi số năm học {year}{} của nhà trường chưa được tính. {why}{with}",
                of(set)
            )
        }
        Work::Correct { set, counts, errors, file, .. } => {
            let state = if *counts { "đã được tính" } else { "chưa được tính" };
            let with = match file {
                Some(file) => {
                    format!(" Các chỗ cần sửa đã đánh dấu trong tệp gửi kèm “{file}”: xin sửa ngay trong tệp này.")
                }
                None => String::new(),
            };
            format!(
                "Phiếu tự đánh giá mức độ chuyển đổi số năm học {year}{} của nhà trường {state}, còn {errors} chỗ phải \
                 sửa.{with}",
                of(set)
            )
        }
        Work::Late { set } => format!(
            "{name} đã nhận được phiếu tự đánh giá mức độ chuyển đổi số năm học {year}{} của nhà trường sau hạn; mong \
             nhà trường gửi đúng hạn ở lần sau.",
            of(set)
        ),
        Work::Told { text, .. } => text.clone(),
        Work::Unread { .. } | Work::Dated { .. } => return None,
    })
}

/// By when, as far as a day is set; one that has passed is only said of what is missing.
fn request(outcome: &Outcome, task: &Task) -> String {
    let passed = outcome.office.deadlines.returns.filter(|last| *last < outcome.at.date());
    let missing = task.works.iter().any(|work| matches!(work, Work::Missing { .. }));
    match (task.last_day, passed.filter(|_| missing)) {
        (Some(last), _) => format!("Kính đề nghị nhà trường gửi phiếu chậm nhất ngày {}.", written(last)),
        (None, Some(passed)) => {
            let passed = written(passed);
            format!("Hạn nộp ({passed}) đã qua; kính đề nghị nhà trường gửi phiếu trong thời gian sớm nhất.")
        }
        (None, None) => "Kính đề nghị nhà trường gửi phiếu trong thời gian sớm nhất.".to_owned(),
    }
}
