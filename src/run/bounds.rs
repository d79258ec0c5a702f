//! How much one file, or one member of an archive, may bring into a run, which keeps all of it until its reports are
//! written. How much that is stands in [`Limits`]; what is left out is counted and said.

use std::sync::{Arc, Mutex, PoisonError};

use arcstr::ArcStr;

use super::part::{Part, Shared, look};
use crate::check::CheckedAnswer;
use crate::finding::{Finding, Severity, code};
use crate::form::{Hidden, Identity, Said};
use crate::reader::Limits;
use crate::roll_call::{Arrived, Filled};
use crate::text::{MAX_CELL_TEXT, SharedTexts, cut};

/// Characters of a name, a date or a score: what is longer is none.
const NAME: usize = 200;
/// Different names or codes of one respondent.
const NAMES: usize = 20;

/// Leaves of a file what it may bring.
pub fn hold(part: &mut Part, limits: &Limits) {
    if let Arrived::Returns(returns) = &mut part.content {
        let sent = returns.len();
        if sent > limits.sheets {
            returns.truncate(limits.sheets);
            let said = Finding::new(code::TOO_MANY_RETURNS).with("value", sent).with("limit", limits.sheets);
            part.findings.push(said);
        }
        returns.iter_mut().for_each(shorten_names);
    }
    shorten_texts(part, limits.kept_text);
    let findings = findings_of(part).into_iter().flatten();
    findings.flat_map(|finding| finding.values.values_mut()).for_each(shorten);
    shorten_findings(part, limits.findings);
}

fn shorten(text: &mut String) {
    // No text of fewer bytes has more characters.
    if text.len() > NAME {
        *text = cut(text, NAME);
    }
}

fn shorten_shared(text: &mut ArcStr, limit: usize) -> bool {
    let is_long = text.len() > limit && text.encode_utf16().count() > limit;
    if is_long {
        *text = cut(text, limit).into();
    }
    is_long
}

fn shorten_names(filled: &mut Filled) {
    let Identity { codes, names, kind, year, filled_by, hidden } = &mut filled.identity;
    codes.truncate(NAMES);
    names.truncate(NAMES);
    let said = codes.iter_mut().chain(names).chain(kind).chain(year);
    said.for_each(|Said { text, .. }| shorten(text));
    let Hidden { version, set, rules, school, year } = hidden;
    for by in [filled_by, &mut filled.checked.filled_by] {
        [&mut by.preparer, &mut by.head, &mut by.date].into_iter().for_each(shorten);
    }
    [version, set, rules, school, year].into_iter().for_each(shorten);
    for answer in &mut filled.checked.answers {
        shorten_shared(&mut answer.written, NAME);
        shorten_shared(&mut answer.amount, NAME);
    }
}

fn returns_of(content: &mut Arrived) -> &mut [Filled] {
    match content {
        Arrived::Returns(returns) => returns,
        _ => &mut [],
    }
}

const ELLIPSIS: char = '…';

/// Evidence and notes: none longer than a cell can hold, and all together of no more bytes than `most`, the marks of
/// cuts aside. The longest are cut, all to the same length, so that what is short stays whole.
fn shorten_texts(part: &mut Part, most: usize) {
    let answers = returns_of(&mut part.content).iter_mut().flat_map(|filled| &mut filled.checked.answers);
    let mut texts: Vec<&mut ArcStr> = answers.flat_map(|answer| [&mut answer.evidence, &mut answer.note]).collect();
    let mut number: usize = texts.iter_mut().map(|text| usize::from(shorten_shared(text, MAX_CELL_TEXT))).sum();
    let body = |text: &str| text.strip_suffix(ELLIPSIS).unwrap_or(text).len();
    let longest = longest_of(texts.iter().map(|text| body(text)).collect(), most);
    for text in texts.into_iter().filter(|text| body(text) > longest) {
        let end = (0..=longest).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
        *text = format!("{}{ELLIPSIS}", &text[..end]).into();
        number += 1;
    }
    if number > 0 {
        part.findings.retain(|finding| finding.code != code::EVIDENCE_CUT);
        part.findings.push(Finding::new(code::EVIDENCE_CUT).with("value", number).with("limit", most / 1024));
    }
}

/// How long the longest may be for all together to have at most so many bytes.
fn longest_of(mut lengths: Vec<usize>, most: usize) -> usize {
    if lengths.iter().sum::<usize>() <= most {
        return usize::MAX;
    }
    lengths.sort_unstable();
    let mut left = most;
    for (at, length) in lengths.iter().enumerate() {
        let share = left / (lengths.len() - at);
        if *length > share {
            return share;
        }
        left -= length;
    }
    usize::MAX
}

/// The findings of a part, the file's own before those of its returns.
fn findings_of(part: &mut Part) -> Vec<&mut Vec<Finding>> {
    let of_returns = returns_of(&mut part.content).iter_mut().map(|filled| &mut filled.checked.findings);
    std::iter::once(&mut part.findings).chain(of_returns).collect()
}

/// At most so many findings, the heavier first, and one that counts the rest. What is said here stays.
fn shorten_findings(part: &mut Part, most: usize) {
    if part.said() <= most {
        return;
    }
    let counted = part.findings.iter().position(|finding| finding.code == code::MORE_FINDINGS);
    let counted = counted.map(|at| part.findings.remove(at));
    let mut heaviest = counted.as_ref().map_or(Severity::Note, |finding| finding.severity);
    let mut rest: usize = counted.and_then(|finding| finding.values.get("value")?.parse().ok()).unwrap_or(0);
    let mut room = most;
    let mut lists = findings_of(part);
    for severity in Severity::ALL {
        for list in &mut lists {
            list.retain(|finding| {
                if finding.severity != severity || [code::EVIDENCE_CUT, code::TOO_MANY_RETURNS].contains(&finding.code)
                {
                    return true;
                }
                let kept = room > 0;
                room = room.saturating_sub(1);
                if !kept {
                    rest += 1;
                    heaviest = heaviest.min(severity);
                }
                kept
            });
        }
    }
    if rest > 0 {
        let said = Finding::new(code::MORE_FINDINGS).with("value", rest).with("limit", most);
        part.findings.push(said.weighing(heaviest));
    }
}

/// What an ordinary return may bring without taking room from any other, in bytes.
const ORDINARY: usize = 64 << 10;
/// Bytes that all files of a run may bring beyond that: where it is more, those that bring the most are reduced.
const TOGETHER: usize = 64 << 20;
/// What a finding takes with its values, in bytes.
const FINDING: usize = 1 << 10;
/// After so many halvings nothing is left to reduce.
const STEPS: u32 = 16;

/// Everything that came so far. What is large in it is halved as often as there is too much of it in all; whatever the
/// order in which it comes, the same is left in the end, and what is ordinary stays whole.
pub struct Together<'l> {
    limits: &'l Limits,
    texts: SharedTexts,
    room: Mutex<Room>,
}

#[derive(Default)]
struct Room {
    /// How often was halved.
    step: u32,
    large: Vec<Shared>,
    /// What they bring beyond what is ordinary.
    beyond: usize,
}

impl<'l> Together<'l> {
    /// Nothing yet.
    pub fn new(limits: &'l Limits) -> Together<'l> {
        Together { limits, texts: SharedTexts::default(), room: Mutex::default() }
    }

    /// Takes a part in, which may have to give room to others later on.
    pub fn add(&self, mut part: Part) -> Shared {
        let mut room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
        (1..=room.step).for_each(|step| self.halve(&mut part, step));
        let answers = returns_of(&mut part.content).iter_mut().flat_map(|filled| &mut filled.checked.answers);
        self.texts.share(answers.flat_map(CheckedAnswer::texts));
        let beyond = brings(&mut part);
        let part = Arc::new(Mutex::new(part));
        if beyond > 0 {
            room.beyond += beyond;
            room.large.push(part.clone());
        }
        while room.beyond > TOGETHER && room.step < STEPS {
            room.step += 1;
            let halved = room.large.iter().map(|part| {
                let mut part = look(part);
                self.halve(&mut part, room.step);
                brings(&mut part)
            });
            room.beyond = halved.sum();
        }
        part
    }

    fn halve(&self, part: &mut Part, step: u32) {
        if brings(part) > 0 {
            shorten_texts(part, self.limits.kept_text >> step);
            shorten_findings(part, self.limits.findings >> step);
            part.reduced = true;
        }
    }
}

/// What a part brings beyond what is ordinary.
fn brings(part: &mut Part) -> usize {
    let findings = part.said() * FINDING;
    let answers = returns_of(&mut part.content).iter().flat_map(|filled| &filled.checked.answers);
    let texts: usize = answers.map(|answer| answer.evidence.len() + answer.note.len()).sum();
    (findings + texts).saturating_sub(ORDINARY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Checked;
    use crate::run::assemble::FileFacts;

    /// A return with these lengths of evidence and so many findings.
    fn part(evidence: &[usize], findings: usize) -> Part {
        let book = crate::rules::book(Vec::new()).map(|assembled| assembled.book).unwrap_or_default();
        let mut checked = Checked::unanswered(&book.sets[0]);
        for (answer, length) in checked.answers.iter_mut().zip(evidence) {
            answer.evidence = "ắ".repeat(length / 3).into();
        }
        checked.findings = (0..findings)
            .map(|n| Finding::new(if n % 3 == 2 { code::ABOVE_MAX } else { code::EVIDENCE_MISSING }).with("value", n))
            .collect();
        let returns = Arrived::Returns(vec![Filled { identity: Identity::default(), checked }]);
        Part::without_bytes(returns, FileFacts::default(), Vec::new())
    }

    fn evidence(part: &mut Part) -> Vec<usize> {
        returns_of(&mut part.content)[0].checked.answers.iter().map(|answer| answer.evidence.len()).collect()
    }

    #[test]
    fn the_longest_give_way_to_the_short() {
        assert_eq!(longest_of(vec![5, 5, 5], 15), usize::MAX);
        assert_eq!(longest_of(vec![1, 100, 2, 100], 23), 10);
        assert_eq!(longest_of(vec![9, 9, 9], 10), 3);
        assert_eq!(longest_of(vec![9, 9], 0), 0);
        let limits = Limits { kept_text: 30_000, ..Limits::default() };
        let mut part = part(&[300, 60_000, 90_000, 600], 0);
        hold(&mut part, &limits);
        assert_eq!(evidence(&mut part)[..5], [300, 14_553, 14_553, 600, 0]);
        assert_eq!(part.findings, [Finding::new(code::EVIDENCE_CUT).with("value", 2).with("limit", 29)]);
    }

    #[test]
    fn the_heaviest_findings_stay_and_the_rest_is_counted() {
        let limits = Limits { findings: 20, ..Limits::default() };
        let mut long = part(&[], 45);
        hold(&mut long, &limits);
        let kept = &returns_of(&mut long.content)[0].checked.findings;
        assert_eq!(kept.iter().filter(|finding| finding.code == code::ABOVE_MAX).count(), 15);
        assert_eq!(kept.len(), 20);
        let more = |value, limit| Finding::new(code::MORE_FINDINGS).with("value", value).with("limit", limit);
        assert_eq!(long.findings, [more(25, 20).weighing(Severity::Warning)]);
        shorten_findings(&mut long, 10);
        assert_eq!(long.findings, [more(35, 10).weighing(Severity::Error)]);
    }

    #[test]
    fn whatever_the_order_the_same_is_left() {
        let limits = Limits::default();
        let large = |n: usize| part(&[30_000 + n * 7, 90_000, 90_000, 200, 90_000], 250 + n % 50);
        let sizes: Vec<usize> = (0..160).collect();
        let left = |order: &[usize]| {
            let together = Together::new(&limits);
            let mut shared: Vec<(usize, Shared)> = order.iter().map(|&n| (n, together.add(large(n)))).collect();
            let (beyond, step) = together.room.lock().map(|room| (room.beyond, room.step)).unwrap_or_default();
            assert!(beyond <= TOGETHER && step > 0, "{beyond} {step}");
            shared.sort_by_key(|(n, _)| *n);
            let shown = |part: &Shared| {
                let mut part = look(part);
                (evidence(&mut part), part.findings.clone(), part.said())
            };
            shared.iter().map(|(_, part)| shown(part)).collect::<Vec<_>>()
        };
        let reversed: Vec<usize> = sizes.iter().rev().copied().collect();
        let mixed: Vec<usize> = (0..160).map(|n| n * 37 % 160).collect();
        let first = left(&sizes);
        assert!(first == left(&reversed) && first == left(&mixed));
        // An ordinary return is nobody's room.
        let together = Together::new(&limits);
        let small = together.add(part(&[9_000, 9_000], 40));
        sizes.iter().for_each(|&n| drop(together.add(large(n))));
        assert!(!look(&small).reduced);
        assert_eq!(evidence(&mut look(&small))[..2], [9_000, 9_000]);
    }
}
