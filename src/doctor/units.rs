//! What units have handed over so far: how many, and what is odd in it.

use super::{Mark, Remark};
use crate::folder::OfficeFolder;
use crate::outcome::UnitStanding;
use crate::reader::Pool;
use crate::run::{Inputs, units_seen};

/// So many findings are told one by one.
const TOLD: usize = 10;

pub(super) fn look(folder: &OfficeFolder, inputs: &Inputs, pool: &Pool, remarks: &mut Vec<Remark>) {
    // What the disk refuses is told by those who look at the folder itself.
    let Ok((units, mut findings)) = units_seen(folder, inputs, pool) else { return };
    if units.is_empty() && findings.is_empty() {
        return;
    }
    let count = |standing| units.iter().filter(|unit| unit.standing == standing).count();
    let (all, counted) = (units.len(), count(UnitStanding::Counted));
    let (wrong, missing) = (count(UnitStanding::NotValid), count(UnitStanding::Missing));
    remarks.push(Remark::new(
        Mark::Fine,
        format!("Đơn vị: {counted}/{all} đã gửi kết quả được tính, {wrong} phải sửa, {missing} chưa gửi."),
        format!("Units: {counted} of {all} results count, {wrong} must be corrected, {missing} are missing."),
    ));
    findings.sort_by(|a, b| (a.severity, &a.place, a.code).cmp(&(b.severity, &b.place, b.code)));
    remarks.extend(findings.iter().take(TOLD).map(Remark::of_finding));
    let more = findings.len().saturating_sub(TOLD);
    if more > 0 {
        remarks.push(Remark::new(
            Mark::Look,
            format!("Còn {more} điều khác về kết quả các đơn vị: xem sau lần chạy."),
            format!("{more} more remarks about what units handed over: see them after a run."),
        ));
    }
}
