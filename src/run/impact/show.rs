//! The impact of a rule file as text for a terminal: what would change, then what cannot be told. Prints nothing.

use super::{Impact, SchoolChange};
use crate::codes::ItemCode;
use crate::compare::stands;
use crate::finding::Lang;
use crate::outcome::Outcome;
use crate::points::Points;
use crate::school::kinds_text;

/// So many items of one school are named.
const ITEMS_NAMED: usize = 6;

impl Impact {
    /// As people read it.
    pub fn text(&self, outcome: &Outcome, lang: Lang) -> String {
        let say = |vi: &str, en: &str| if lang == Lang::Vi { vi.to_owned() } else { en.to_owned() };
        let ids: Vec<&str> = self.replaces.iter().map(|id| id.0.as_str()).collect();
        let (ids, run, changed, scored) = (ids.join(", "), &outcome.run, self.schools.len(), self.scored);
        let levels = self.schools.iter().filter(|one| one.stands.0.level != one.stands.1.level).count();
        let mut lines = vec![say(
            &format!(
                "Thay {ids}, theo kết quả lần chạy {run}: {changed}/{scored} phiếu đổi điểm hoặc mức, {levels} phiếu đổi mức."
            ),
            &format!(
                "In place of {ids}, on the results of run {run}: {changed} of {scored} returns change in points or level, {levels} in level."
            ),
        )];
        lines.push(match &self.office {
            Some((now, then)) => format!("{}: {}", say("Cơ quan", "The office"), stands(*now, *then, lang)),
            None => say("Điểm và mức của cơ quan không đổi.", "The office's points and level do not change."),
        });
        lines.extend(self.schools.iter().map(|change| school(change, outcome, lang)));
        let unknown = self.unknown(lang);
        if !unknown.is_empty() {
            lines.push(format!("\n{}", say("Không nói trước được:", "What cannot be told:")));
            lines.extend(unknown.iter().map(|line| format!("  - {line}")));
        }
        lines.join("\n") + "\n"
    }

    fn unknown(&self, lang: Lang) -> Vec<String> {
        let vi = lang == Lang::Vi;
        let codes = |codes: &[ItemCode]| codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let mut lines = Vec::new();
        if !self.asked_anew.is_empty() {
            let listed = codes(&self.asked_anew);
            lines.push(match vi {
                true => format!("các trường chưa được hỏi: {listed}; ở trên tính là chưa có điểm"),
                false => format!("schools were not asked for {listed}; taken above as without a score"),
            });
        }
        if !self.no_longer_asked.is_empty() {
            let listed = codes(&self.no_longer_asked);
            lines.push(match vi {
                true => format!("điểm đã ghi cho {listed} không còn chỗ trong bộ mới"),
                false => format!("points given for {listed} have no place in the new set"),
            });
        }
        if self.without_return > 0 {
            let n = self.without_return;
            lines.push(match vi {
                true => format!("{n} phiếu chưa nộp hoặc chưa được tính"),
                false => format!("{n} returns are missing or do not count"),
            });
        }
        if !self.new_kinds.is_empty() {
            let listed = kinds_text(&self.new_kinds);
            lines.push(match vi {
                true => format!("trường loại {listed} sẽ phải nộp phiếu này, trước đây không"),
                false => format!("schools of kind {listed} would owe this set and did not before"),
            });
        }
        if !self.lost_kinds.is_empty() {
            let listed = kinds_text(&self.lost_kinds);
            lines.push(match vi {
                true => format!("trường loại {listed} không còn phải nộp phiếu này; ở trên vẫn tính như phải nộp"),
                false => {
                    format!("schools of kind {listed} would not owe this set any more; counted above as if they did")
                }
            });
        }
        lines
    }
}

fn school(change: &SchoolChange, outcome: &Outcome, lang: Lang) -> String {
    let school = &outcome.schools[change.school];
    let who = format!("{} {}", school.code, school.name);
    if change.barred {
        return match lang {
            Lang::Vi => format!("{who}: phiếu sẽ không được tính (điều kiện bắt buộc, hoặc không còn điểm nào)"),
            Lang::En => format!("{who}: the return would not count (a mandatory condition, or no score left)"),
        };
    }
    let points = |points: Option<Points>| {
        points.map_or(String::new(), |points| match lang {
            Lang::Vi => points.to_string(),
            Lang::En => points.plain(),
        })
    };
    let named = change.items.iter().take(ITEMS_NAMED);
    let mut items: Vec<String> =
        named.map(|one| format!("{} {} → {}", one.code, points(one.before.points), points(one.after.points))).collect();
    if change.items.len() > ITEMS_NAMED {
        items.push("...".to_owned());
    }
    let items = if items.is_empty() { String::new() } else { format!(" ({})", items.join("; ")) };
    format!("{who}: {}{items}", stands(change.stands.0, change.stands.1, lang))
}
