//! One answer of a return held against its item: what it means, and what is to be said of it.

use arcstr::ArcStr;

use super::amount::{self, Amount};
use super::score_text::{self, Score, shown};
use super::{CheckedAnswer, State};
use crate::finding::{Code, Finding, Place, Severity, code};
use crate::form::{Answer, Return, label};
use crate::grid::{CellRef, Value};
use crate::points::{Points, Share};
use crate::rules::{Node, NodeKind, RuleSet, UnmetRule};

/// One row of a return with its node.
pub(super) struct Item<'a> {
    pub set: &'a RuleSet,
    pub node: &'a Node,
    pub answer: &'a Answer,
    pub returned: &'a Return,
    pub findings: &'a mut Vec<Finding>,
}

impl Item<'_> {
    fn blank(&self) -> CheckedAnswer {
        let mut checked = CheckedAnswer::none(&self.returned.sheet);
        if let Some(row) = &self.answer.row {
            checked.cell = Some(row.score_cell);
            checked.sheet = row.sheet.clone();
        }
        checked.is_text = matches!(self.answer.score, Some(Value::Text(_)));
        let (part, whole) = amount::cells(self.answer);
        checked.amount = amount::written(part, whole).into();
        checked.evidence = self.answer.evidence.as_str().into();
        checked.note = self.answer.note.as_str().into();
        checked
    }

    pub fn sum(&self) -> CheckedAnswer {
        CheckedAnswer { state: State::Sum, cell: None, note: ArcStr::new(), ..self.blank() }
    }

    pub(super) fn place(&self, cell: Option<CellRef>) -> Place {
        let sheet = self.answer.row.as_ref().map_or(&self.returned.sheet, |row| &row.sheet);
        Place { sheet: Some(sheet.clone()), cell, ..Place::default() }
    }

    pub(super) fn finding(&self, code: Code) -> Finding {
        let cell = self.answer.row.as_ref().map(|row| row.score_cell);
        Finding::new(code)
            .on(self.node.code)
            .at(self.place(cell))
            .with("title", label(self.node.code, &self.node.title))
            .with("value", shown(self.answer.score.as_ref()))
            .with("max", self.max())
    }

    pub(super) fn say(&mut self, code: Code) {
        let finding = self.finding(code);
        self.findings.push(finding);
    }

    fn say_taken(&mut self, meaning: &str) {
        let finding = self.finding(code::ANSWER_WITH_REMARK).with("meaning", meaning);
        self.findings.push(finding);
    }

    pub(super) fn max(&self) -> Points {
        self.node.max.unwrap_or_default()
    }

    /// Whether there is a row to judge; if not, that is said here unless the layout has said it.
    fn is_there(&mut self) -> bool {
        if self.answer.row.is_none() && !self.answer.blocked {
            self.say(code::ITEM_ROW_MISSING);
        }
        self.answer.row.is_some() && !self.answer.blocked
    }

    pub fn mandatory(&mut self) -> CheckedAnswer {
        let mut checked = self.blank();
        if !self.is_there() {
            return checked;
        }
        let bars = self.set.unmet.rule == UnmetRule::NotAccepted;
        let score = self.score();
        self.say_crossed_out_beside();
        match mandatory_answer(&score) {
            Mandatory::Answered(met, remarked) => {
                if remarked {
                    self.say_taken(if met { "Đạt" } else { "Chưa đạt" });
                }
                checked.met = Some(met);
                checked.state = State::Counted;
                if !met {
                    self.say(if bars { code::MANDATORY_BARS } else { code::MANDATORY_NOT_MET });
                }
            }
            Mandatory::Blank => {
                self.say(if bars { code::MANDATORY_UNANSWERED_BARS } else { code::MANDATORY_UNANSWERED })
            }
            Mandatory::Broken => _ = self.unreadable(score, code::MANDATORY_UNREADABLE),
        }
        checked
    }

    pub fn scored(&mut self) -> CheckedAnswer {
        let mut checked = self.blank();
        if !self.is_there() {
            return checked;
        }
        let score = self.score();
        self.say_crossed_out_beside();
        (checked.claimed, checked.state) = match self.node.kind {
            NodeKind::YesNo => self.yes_no(score),
            _ => self.points(score),
        };
        if self.node.kind.has_amount() {
            self.amount(&mut checked);
        } else if checked.claimed.is_none() && self.answer.score.is_none() {
            self.say(code::SCORE_MISSING);
        }
        self.evidence(&checked);
        checked
    }

    fn points(&mut self, score: Score) -> (Option<Points>, State) {
        match score {
            Score::Blank => (None, State::Missing),
            Score::Points(typed) => self.in_range(typed),
            Score::Nothing | Score::Word(false) | Score::Remarked(false) => {
                self.say(code::WORD_FOR_ZERO);
                (Some(Points::ZERO), State::Counted)
            }
            Score::Word(true) | Score::Remarked(true) => {
                self.say(code::NOT_A_NUMBER);
                (None, State::Missing)
            }
            other => self.unreadable(other, code::NOT_A_NUMBER),
        }
    }

    fn yes_no(&mut self, score: Score) -> (Option<Points>, State) {
        let max = self.max();
        match score {
            Score::Blank => (None, State::Missing),
            Score::Word(answer) => (Some(if answer { max } else { Points::ZERO }), State::Counted),
            Score::Remarked(answer) => {
                self.say_taken(if answer { "Có" } else { "Không" });
                (Some(if answer { max } else { Points::ZERO }), State::Counted)
            }
            Score::Nothing => {
                self.say(code::WORD_FOR_ZERO);
                (Some(Points::ZERO), State::Counted)
            }
            Score::Points(typed) if typed == Share::ZERO || typed == max.share() => self.in_range(typed),
            Score::Points(typed) if typed == Share::ONE => {
                self.say(code::ONE_FOR_YES);
                (Some(max), State::Counted)
            }
            Score::Points(typed) if typed > Share::ZERO && typed < max.share() => {
                self.say(code::YES_NO_IN_BETWEEN);
                (Some(typed.rounded().0), State::Void)
            }
            Score::Points(typed) => self.in_range(typed),
            other => self.unreadable(other, code::YES_NO_UNREADABLE),
        }
    }

    /// Held against 0 and the maximum as typed, rounded afterwards.
    fn in_range(&mut self, typed: Share) -> (Option<Points>, State) {
        let (points, exact) = typed.rounded();
        if typed < Share::ZERO {
            self.say(code::BELOW_ZERO);
            return (Some(points), State::Void);
        }
        if typed > self.max().share() {
            self.say(code::ABOVE_MAX);
            return (Some(points), State::Void);
        }
        if self.node.kind == NodeKind::YesNo {
            return (Some(points), State::Counted);
        }
        if !exact || !points.is_multiple_of(self.set.step.value) {
            let finding = self.finding(code::FINER_THAN_STEP).with("step", self.set.step.value).with("taken", points);
            self.findings.push(finding);
        }
        (Some(points), State::Counted)
    }

    /// There is something that cannot be taken: it claims nothing.
    fn unreadable(&mut self, score: Score, no_number: Code) -> (Option<Points>, State) {
        let finding = match score {
            Score::Raised(meaning) => self.finding(code::RAISED_FIGURE).with("meaning", meaning),
            Score::ShownOtherwise(shown) => self.finding(code::SHOWN_DIFFERS).with("shown", shown),
            Score::Error(error) => self.finding(code::ERROR_VALUE).with("value", error),
            Score::Uncomputed => self.finding(code::UNCOMPUTED_FORMULA),
            // Of a condition there is no number to say more of.
            _ if self.node.kind == NodeKind::Mandatory => self.finding(no_number),
            Score::Fraction => self.finding(code::FRACTION_OF_OTHER_MAX),
            Score::Percent => self.finding(code::PERCENT_FOR_SCORE),
            Score::Date(date) => self.finding(code::DATE_FOR_SCORE).with("meaning", score_text::date_as_scores(date)),
            Score::Time(time) => self.finding(code::TIME_FOR_SCORE).with("meaning", score_text::time_as_scores(time)),
            Score::Ambiguous => self.finding(code::AMBIGUOUS_NUMBER),
            _ => self.finding(no_number),
        };
        self.findings.push(finding);
        (None, State::Missing)
    }

    /// Checks Số đạt and Tổng số; where bands are known, the points follow from them.
    fn amount(&mut self, checked: &mut CheckedAnswer) {
        let (part, whole) = amount::cells(self.answer);
        let amount = match self.node.kind {
            NodeKind::Count => amount::count(self.answer.part.as_ref(), self.answer.whole.as_ref()),
            _ if part.is_some() && part == self.answer.share.as_ref() => amount::share(part),
            _ => amount::ratio(part, whole),
        };
        let cell = part.or(whole).map(|cell| cell.0);
        let readable = self.answer.score.is_none() || checked.claimed.is_some();
        let mut faulty = |item: &mut Self, code: Code, severity: Severity| {
            let place = item.place(cell);
            let whole = shown(item.answer.whole.as_ref().map(|cell| &cell.1));
            let value = match code {
                code::PART_ABOVE_WHOLE => shown(item.answer.part.as_ref().map(|cell| &cell.1)),
                _ => (&*checked.amount).into(),
            };
            let finding = item.finding(code).with("value", value).with("whole", whole).at(place);
            item.findings.push(finding.weighing(severity));
            if severity == Severity::Error && checked.state == State::Counted {
                checked.state = State::Void;
            }
        };
        match amount {
            Amount::Known(share) => return self.by_band(share, checked),
            Amount::NoWhole => faulty(self, code::WHOLE_IS_ZERO, Severity::Error),
            Amount::PartAboveWhole => faulty(self, code::PART_ABOVE_WHOLE, Severity::Error),
            Amount::OutOfRange => faulty(self, code::SHARE_OUT_OF_RANGE, Severity::Error),
            // Where the points do not follow from it, an amount that cannot be read changes nothing.
            Amount::Unreadable if self.node.bands.is_empty() => {
                faulty(self, code::AMOUNT_UNREADABLE, Severity::Warning)
            }
            Amount::Unreadable => faulty(self, code::AMOUNT_UNREADABLE, Severity::Error),
            Amount::Blank if checked.claimed.is_some() && self.returned.has_amounts => {
                let finding = self.finding(code::AMOUNT_MISSING);
                self.findings.push(finding);
            }
            Amount::Blank => {}
        }
        if checked.claimed.is_none() && readable && self.answer.score.is_none() {
            self.say(code::SCORE_MISSING);
        }
    }

    fn by_band(&mut self, share: Share, checked: &mut CheckedAnswer) {
        let Some(points) = self.node.points_by_band(share) else {
            if checked.claimed.is_none() && self.answer.score.is_none() {
                self.say(code::SCORE_MISSING);
            }
            return;
        };
        let amount = checked.amount.to_string();
        match checked.claimed {
            None if self.answer.score.is_none() => {
                checked.claimed = Some(points);
                checked.state = State::Counted;
                let finding = self.finding(code::FILLED_BY_BAND).with("amount", amount).with("points", points);
                self.findings.push(finding);
            }
            Some(claimed) if claimed != points && checked.state == State::Counted => {
                checked.state = State::Void;
                let finding = self.finding(code::BAND_DIFFERS).with("amount", amount).with("points", points);
                self.findings.push(finding);
            }
            _ => {}
        }
    }

    fn evidence(&mut self, checked: &CheckedAnswer) {
        let Some(cell) = self.answer.evidence_cell else { return };
        let place = self.place(Some(cell));
        let claims = checked.claimed.is_some_and(|points| points > Points::ZERO);
        if claims && checked.state == State::Counted && !self.answer.evidence.chars().any(char::is_alphanumeric) {
            let finding = self.finding(code::EVIDENCE_MISSING).at(place).with("value", "");
            self.findings.push(finding);
        } else if let Some(link) = malformed_link(&self.answer.evidence) {
            let finding = self.finding(code::EVIDENCE_LINK_MALFORMED).at(place).with("value", link);
            self.findings.push(finding);
        }
    }
}

enum Mandatory {
    /// Whether met, and whether a remark followed.
    Answered(bool, bool),
    Blank,
    Broken,
}

fn mandatory_answer(score: &Score) -> Mandatory {
    match score {
        Score::Blank => Mandatory::Blank,
        Score::Word(met) => Mandatory::Answered(*met, false),
        Score::Remarked(met) => Mandatory::Answered(*met, true),
        Score::Points(typed) if *typed == Share::ZERO => Mandatory::Answered(false, false),
        Score::Points(typed) if *typed == Share::ONE => Mandatory::Answered(true, false),
        _ => Mandatory::Broken,
    }
}

/// A word that wants to be a link and is none.
fn malformed_link(evidence: &str) -> Option<&str> {
    let begins = |word: &str, start: &str| word.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start));
    let looks_like_one =
        |word: &&str| (begins(word, "http") && word.contains('/')) || begins(word, "www.") || word.contains("://");
    let is_one = |word: &str| {
        let lower = word.to_lowercase();
        let rest = lower
            .strip_prefix("https://")
            .or(lower.strip_prefix("http://"))
            .or(lower.starts_with("www.").then_some(&lower));
        rest.is_some_and(|rest| {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
        })
    };
    evidence.split_whitespace().filter(looks_like_one).find(|word| !is_one(word.trim_end_matches([',', ';', '.', ')'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_told_from_what_wants_to_be_one() {
        for fine in ["QĐ số 12/QĐ-1.1", "https://drive.example.vn/a", "Xem http://a.vn.", "www.a.vn", "httpd", ""] {
            assert_eq!(malformed_link(fine), None, "{fine}");
        }
        for wrong in ["https:/drive.vn", "http//a.vn", "https://", "htps://a.vn"] {
            assert_eq!(malformed_link(wrong), Some(wrong));
        }
    }
}
