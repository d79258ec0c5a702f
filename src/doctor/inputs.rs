//! Settings, roster and rules that can be read: what is odd in them.

use super::{Mark, Remark};
use crate::folder::OfficeFolder;
use crate::office::{Office, TEMPLATE};
use crate::outcome::has_proof;
use crate::proofs;
use crate::run::Inputs;

/// So many findings are told one by one.
const TOLD: usize = 10;

pub(super) fn look(folder: &OfficeFolder, inputs: &Inputs, remarks: &mut Vec<Remark>) {
    let schools: Vec<_> = inputs.schools.iter().filter(|school| school.is_open()).collect();
    let (open, closed) = (schools.len(), inputs.schools.len() - schools.len());
    remarks.push(Remark::new(
        Mark::Fine,
        format!(
            "Danh sách: {open} trường phải nộp, {closed} trường không còn phải nộp. Quy tắc: {}.",
            inputs.rules.join(", ")
        ),
        format!("Roster: {open} schools owe returns, {closed} do not any more. Rules: {}.", inputs.rules.join(", ")),
    ));
    let template = Office::read(TEMPLATE.as_bytes(), "").map(|found| found.value.name).unwrap_or_default();
    if inputs.office.name == template {
        remarks.push(
            Remark::new(
                Mark::Look,
                format!("co-quan.toml còn tên mẫu: {template}."),
                format!("co-quan.toml still has the template's name: {template}."),
            )
            .todo("Ghi tên đầy đủ của cơ quan ở mục ten.", "Enter the office's full name at ten."),
        );
    }
    findings(inputs, remarks);
    dossier(folder, inputs, remarks);
    let without_set: Vec<&str> =
        schools.iter().filter(|school| school.kinds.is_empty()).map(|school| school.code.0.as_str()).collect();
    if let Some(first) = without_set.first() {
        let count = without_set.len();
        remarks.push(
            Remark::new(
                Mark::Look,
                format!("{count} trường chưa có cấp học dùng được, sẽ không có phiếu (trường đầu: {first})."),
                format!("{count} schools have no kind that can be used and get no form (the first: {first})."),
            )
            .todo("Sửa cột cap_hoc trong danh sách trường.", "Correct cap_hoc in the roster."),
        );
    }
    let without_email = schools.iter().filter(|school| school.email.is_empty()).count();
    if without_email > 0 {
        remarks.push(Remark::new(
            Mark::Know,
            format!("{without_email}/{open} trường chưa có email: danh sách trộn thư phản hồi sẽ để trống."),
            format!("{without_email} of {open} schools have no e-mail: the mail merge will lack it."),
        ));
    }
    if folder.office_form().is_ok_and(|form| form.is_none()) && inputs.book.of_office().is_some() {
        remarks.push(
            Remark::new(
                Mark::Look,
                "Chưa có phiếu của cơ quan (phieu-co-quan.xlsx).",
                "The office's own form (phieu-co-quan.xlsx) is missing.",
            )
            .todo(
                "Lệnh cds init tạo phiếu trắng; điền rồi để trong thư mục này.",
                "cds init makes a blank one; fill it.",
            ),
        );
    }
}

fn findings(inputs: &Inputs, remarks: &mut Vec<Remark>) {
    // Deadlines have remarks of their own, with the day at hand.
    let told = inputs.findings.iter().filter(|finding| finding.code != crate::finding::code::NO_DEADLINE);
    let mut told: Vec<_> = told.collect();
    told.sort_by_key(|finding| finding.severity);
    remarks.extend(told.iter().take(TOLD).map(|finding| match Remark::of_finding(finding) {
        // About rules that the program has in itself: nothing in this folder is amiss.
        remark if finding.place.file.is_none() => Remark { mark: Mark::Know, ..remark },
        remark => remark,
    }));
    let more = told.len().saturating_sub(TOLD);
    if more > 0 {
        remarks.push(Remark::new(
            Mark::Look,
            format!("Còn {more} điều nữa trong các tệp của cơ quan; chạy tổng hợp rồi xem loi.csv."),
            format!("{more} more in the office's files; run, then see loi.csv."),
        ));
    }
}

/// The dossier of evidence, where there is one: how much lies in it, and what lies where it proves nothing.
fn dossier(folder: &OfficeFolder, inputs: &Inputs, remarks: &mut Vec<Remark>) {
    let found = proofs::look(folder.root(), inputs.book.of_office());
    let Some(proofs) = &found.value else { return };
    let own = inputs.book.of_office().into_iter().flat_map(|set| &set.nodes);
    let bare = own.filter(|node| node.is_asked() && !has_proof(proofs, node.code)).count();
    let count = proofs.len();
    remarks.push(Remark::new(
        Mark::Know,
        format!("Hồ sơ minh chứng: {count} tệp; {bare} mục của cơ quan chưa có tệp nào."),
        format!("Evidence: {count} files; {bare} items of the office have none."),
    ));
    remarks.extend(found.findings.iter().take(TOLD).map(Remark::of_finding));
}
