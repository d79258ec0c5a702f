//! What the office still owes itself: its own criteria without points or evidence, by who is in charge.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::deadline::written;
use super::dossier::is_claimed;
use crate::office::Duty;
use crate::outcome::{Outcome, State};
use crate::rules::Node;

/// Where nobody is in charge.
const NOBODY: &str = "Chưa phân công";

/// What one person in charge has still to do.
#[derive(Debug, PartialEq)]
pub struct OwnWork<'a> {
    /// Who is in charge, as the office has written it.
    pub lead: &'a str,
    /// What has no answer yet.
    pub open: Vec<&'a Node>,
    /// What has points, or is said to be met, and names no evidence.
    pub bare: Vec<&'a Node>,
    /// The day by which it is needed: that of the approval, else that of the report.
    pub due: Option<Date>,
}

/// What `(*)` says beside a name in the list of who is in charge; `None` where it stands nowhere.
pub fn helpers(outcome: &Outcome) -> Option<&'static str> {
    let is_marked = |duty: &Duty| duty.lead.contains("(*)") || duty.support.contains("(*)");
    let marked = outcome.office.duties.iter().any(is_marked);
    marked.then_some("(*) Chuyên viên phụ trách công nghệ thông tin giúp việc, tổng hợp số liệu và minh chứng.")
}

/// By who is in charge, in the order of the first criterion of each; those who owe nothing are left out.
pub fn own_works(outcome: &Outcome) -> Vec<OwnWork<'_>> {
    let own = outcome.offices.as_ref().and_then(|own| Some((own, outcome.book.get(&own.set)?)));
    let due = outcome.office.deadlines.approval.or(outcome.office.deadlines.report);
    let mut works: Vec<OwnWork> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (node, score) in own.iter().flat_map(|(own, set)| set.nodes.iter().zip(&own.scored.nodes)) {
        let is_open = matches!(score.state, State::Missing | State::Void) && score.verified.is_none();
        let is_bare = score.evidence.is_empty() && is_claimed(node, score);
        if !node.is_asked() || !(is_open || is_bare) {
            continue;
        }
        let duties = outcome.office.duties.iter().filter(|duty| node.code.is_within(duty.code));
        let lead = duties.max_by_key(|duty| duty.code.depth()).map_or("", |duty| duty.lead.trim());
        let lead = if lead.is_empty() { NOBODY } else { lead };
        let place = *places.entry(lead).or_insert(works.len());
        if place == works.len() {
            works.push(OwnWork { lead, open: Vec::new(), bare: Vec::new(), due });
        }
        let list = if is_open { &mut works[place].open } else { &mut works[place].bare };
        list.push(node);
    }
    works
}

impl OwnWork<'_> {
    /// The work in a few words.
    pub fn label(&self) -> String {
        let parts = [("chưa có điểm", &self.open), ("chưa có minh chứng", &self.bare)];
        let parts = parts.into_iter().filter(|(_, nodes)| !nodes.is_empty());
        let parts: Vec<String> = parts.map(|(what, nodes)| format!("{} mục {what}", nodes.len())).collect();
        format!("Tiêu chí của cơ quan: {}", parts.join(", "))
    }

    /// The message to who is in charge.
    pub fn message(&self, outcome: &Outcome) -> String {
        let named = |nodes: &[&Node]| {
            nodes.iter().map(|node| format!("{} {}", node.code, node.title)).collect::<Vec<_>>().join("; ")
        };
        let mut parts = vec![format!("Kính gửi {}.", if self.lead == NOBODY { "Tổ tự đánh giá" } else { self.lead })];
        if !self.open.is_empty() {
            parts.push(format!("Phiếu của cơ quan chưa có điểm ở: {}.", named(&self.open)));
        }
        if !self.bare.is_empty() {
            parts.push(format!("Chưa ghi minh chứng ở: {}.", named(&self.bare)));
        }
        parts.push(match self.due {
            Some(due) if due < outcome.at.date() => format!(
                "Hạn ngày {} đã qua; đề nghị ghi vào phieu-co-quan.xlsx trong thời gian sớm nhất.",
                written(due)
            ),
            Some(due) => format!("Đề nghị ghi vào phieu-co-quan.xlsx trước khi phê duyệt, ngày {}.", written(due)),
            None => "Đề nghị ghi vào phieu-co-quan.xlsx trong thời gian sớm nhất.".to_owned(),
        });
        parts.join(" ")
    }
}
