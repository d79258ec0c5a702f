//! Looks of a score that bear on what it means: raised figures, parts crossed out, words that the format adds.

use super::item::Item;
use super::score_text::{self, Score};
use crate::finding::code;
use crate::grid::{CellRef, Fact};
use crate::points::{Points, Share};
use crate::rules::NodeKind;

impl Item<'_> {
    /// The score as a person reads it, and what is to be said of how it looks.
    pub(super) fn score(&mut self) -> Score {
        let score = score_text::read(self.answer.score.as_ref(), self.max());
        let Some(cell) = self.answer.row.as_ref().map(|row| row.score_cell) else { return score };
        let answer = self.answer;
        let mut read = score;
        for (_, fact) in answer.seen.iter().filter(|(at, _)| *at == cell) {
            match fact {
                Fact::CrossedOut { out, .. } => {
                    let is_left = answer.score.is_some();
                    let code = if is_left { code::PARTLY_CROSSED_OUT } else { code::ALL_CROSSED_OUT };
                    let finding = self.finding(code).with("out", out);
                    self.findings.push(finding);
                }
                Fact::Raised { without, .. } if without.is_empty() => self.say(code::ALL_RAISED),
                Fact::Raised { level, without } if read == Score::Ambiguous => {
                    read = Score::Raised(format!("{} hay {}", level.trim(), without.trim()));
                }
                Fact::Shown(shown) => read = self.shown(read, shown),
                Fact::Raised { .. } | Fact::Link(_) => {}
            }
        }
        let remark = answer.score.as_ref().and_then(score_text::remark);
        if let (Score::Points(points), Some(remark)) = (&read, remark) {
            self.say_remark(remark, *points);
        }
        read
    }

    /// What a cell is taken for whose format shows this; an answer only where stored and shown mean the same.
    fn shown(&mut self, stored: Score, shown: &str) -> Score {
        let read = score_text::read_shown(shown, self.max());
        match (&stored, &read) {
            (Score::Points(stored), Score::Points(read)) if stored == read => {
                if let Some(remark) = score_text::remark_in(shown) {
                    self.say_remark(remark, *read);
                }
            }
            (Score::Points(points), Score::Blank | Score::Nothing) if *points == Share::ZERO => {}
            (Score::Points(points), Score::Word(yes) | Score::Remarked(yes))
                if self.answers_yes_or_no() && self.means(*points) == Some(*yes) =>
            {
                return read;
            }
            _ => return Score::ShownOtherwise(shown.to_owned()),
        }
        stored
    }

    fn answers_yes_or_no(&self) -> bool {
        matches!(self.node.kind, NodeKind::Mandatory | NodeKind::YesNo)
    }

    /// The yes or no that a number is.
    fn means(&self, points: Share) -> Option<bool> {
        match points {
            points if points == Share::ZERO => Some(false),
            points if points == Share::ONE => Some(true),
            points => (self.node.kind == NodeKind::YesNo && points == self.max().share()).then_some(true),
        }
    }

    fn say_remark(&mut self, remark: &str, points: Share) {
        let taken: Points = points.rounded().0;
        let finding = self.finding(code::SCORE_WITH_REMARK).with("remark", remark).with("taken", taken);
        self.findings.push(finding);
    }

    /// Says which parts of the cells beside the score are crossed out.
    pub(super) fn say_crossed_out_beside(&mut self) {
        let answer = self.answer;
        let score = answer.row.as_ref().map(|row| row.score_cell);
        for (at, fact) in answer.seen.iter().filter(|(at, _)| Some(*at) != score) {
            let Fact::CrossedOut { out, .. } = fact else { continue };
            let is_evidence = answer.evidence_cell == Some(*at);
            let left = [&answer.part, &answer.whole, &answer.share].into_iter().flatten().find(|cell| cell.0 == *at);
            let code = match left {
                _ if is_evidence => code::EVIDENCE_CROSSED_OUT,
                Some(_) => code::PARTLY_CROSSED_OUT,
                None => code::ALL_CROSSED_OUT,
            };
            let value = left.map(|cell| score_text::shown(Some(&cell.1)).into_owned()).unwrap_or_default();
            self.say_at(*at, code, out, &value);
        }
    }

    fn say_at(&mut self, at: CellRef, code: crate::finding::Code, out: &str, value: &str) {
        let place = self.place(Some(at));
        let finding = self.finding(code).at(place).with("out", out).with("value", value);
        self.findings.push(finding);
    }
}
