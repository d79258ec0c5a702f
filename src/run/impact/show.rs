//! The impact of a rule file as text for a terminal: what would change, then what cannot be told. Prints nothing.

use std::fmt::Write;

use super::{Before, Impact, SchoolChange};
use crate::codes::{ItemCode, Level};
use crate::finding::Lang;
use crate::outcome::Outcome;
use crate::points::Points;

/// So many items of one school are named.
const ITEMS_NAMED: usize = 6;

impl Impact {
    /// As people read it.
    pub fn text(&self, outcome: &Outcome, lang: Lang) -> String {
        let vi = lang == Lang::Vi;
        let mut out = String::new();
        let ids: Vec<&str> = self.replaces.iter().map(|id| id.0.as_str()).collect();
        let (ids, run, changed, scored) = (ids.join(", "), &outcome.run, self.schools.len(), self.scored);
        let levels = self.schools.iter().filter(|one| one.total.level.0 != one.total.level.1).count();
        let _ = match vi {
            true => writeln!(
                out,
                "Thay {ids}, theo kết quả lần chạy {run}: {changed}/{scored} phiếu đổi điểm hoặc mức, {levels} phiếu đổi mức."
            ),
            false => writeln!(
                out,
                "In place of {ids}, on the results of run {run}: {changed} of {scored} returns change in points or level, {levels} in level."
            ),
        };
        match &self.office {
            Some(change) => {
                let whose = if vi { "Cơ quan" } else { "The office" };
                let _ = writeln!(out, "{whose}: {}", before(change, lang));
            }
            None => {
                let _ = writeln!(
                    out,
                    "{}",
                    if vi {
                        "Điểm và mức của cơ quan không đổi."
                    } else {
                        "The office's points and level do not change."
                    }
                );
            }
        }
        for change in &self.schools {
            let _ = writeln!(out, "{}", school(change, outcome, lang));
        }
        let unknown = self.unknown(lang);
        if !unknown.is_empty() {
            let _ = writeln!(out, "\n{}", if vi { "Không nói trước được:" } else { "What cannot be told:" });
            unknown.iter().for_each(|line| {
                let _ = writeln!(out, "  - {line}");
            });
        }
        out
    }

    fn unknown(&self, lang: Lang) -> Vec<String> {
        let vi = lang == Lang::Vi;
        let codes = |codes: &[ItemCode]| codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let kinds =
            |kinds: &[crate::school::SchoolKind]| kinds.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
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
            let listed = kinds(&self.new_kinds);
            lines.push(match vi {
                true => format!("trường loại {listed} sẽ phải nộp phiếu này, trước đây không"),
                false => format!("schools of kind {listed} would owe this set and did not before"),
            });
        }
        if !self.lost_kinds.is_empty() {
            let listed = kinds(&self.lost_kinds);
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
    let mut items: Vec<String> = change
        .items
        .iter()
        .take(ITEMS_NAMED)
        .map(|(code, now, then)| format!("{code} {}", arrow(*now, *then, lang)))
        .collect();
    if change.items.len() > ITEMS_NAMED {
        items.push("...".to_owned());
    }
    let items = if items.is_empty() { String::new() } else { format!(" ({})", items.join("; ")) };
    format!("{who}: {}{items}", before(&change.total, lang))
}

fn before(change: &Before, lang: Lang) -> String {
    let (points, level) = match lang {
        Lang::Vi => ("điểm", "mức"),
        Lang::En => ("points", "level"),
    };
    let shown = |level: Option<Level>| level.map_or("–".to_owned(), |level| level.to_string());
    let (now, then) = (shown(change.level.0), shown(change.level.1));
    let levels = if now == then { format!("{level} {now}") } else { format!("{level} {now} → {then}") };
    format!("{points} {}, {levels}", arrow(change.points.0, change.points.1, lang))
}

fn arrow(now: Points, then: Points, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("{now} → {then}"),
        Lang::En => format!("{} → {}", now.plain(), then.plain()),
    }
}
