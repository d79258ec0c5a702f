//! Why a school, an item or a criterion of the office stands where it does: the whole chain as text for a terminal, from
//! the result down to the cell and the rule. Sees the outcome and nothing else; prints nothing.

mod node;
mod office;
mod rule;
mod school;

use std::cmp::Reverse;

use crate::codes::ItemCode;
use crate::finding::Lang;
use crate::outcome::Outcome;
use crate::rules::RuleSet;
use crate::school::School;
use crate::text::{fold, likeness};

/// The office, where a school's code would stand.
pub const OFFICE: &str = "co-quan";
/// How many near names are told.
const NEAR: usize = 3;

/// Why there is no answer.
#[derive(Debug, PartialEq, Eq)]
pub enum Unknown {
    /// Nobody has this code or name; the nearest are told.
    School(String, Vec<String>),
    /// No set of that school, or of the office, has this item; the nearest are told.
    Item(String, Vec<String>),
    /// The run has no criteria of the office.
    Office,
}

impl Unknown {
    /// In words, with what to try.
    pub fn message(&self, lang: Lang) -> String {
        // Where nothing comes near, nothing is said of what is nearest.
        let nearest = |near: &[String]| match near.is_empty() {
            true => String::new(),
            false => format!("; {}: {}", say(lang, "gần nhất", "nearest"), near.join("; ")),
        };
        match self {
            Unknown::School(asked, near) => say(
                lang,
                &format!("Không có “{asked}” trong các trường của lần chạy này{}. Cơ quan: {OFFICE}.", nearest(near)),
                &format!("There is no school {asked} in this run{}. The office: {OFFICE}.", nearest(near)),
            ),
            Unknown::Item(asked, near) => say(
                lang,
                &format!("Không có nội dung {asked}{}.", nearest(near)),
                &format!("There is no item {asked}{}.", nearest(near)),
            ),
            Unknown::Office => {
                say(lang, "Lần chạy này không có bộ tiêu chí của cơ quan.", "This run has no criteria of the office.")
            }
        }
    }
}

/// The chain behind a school's result, behind one of its items, or behind a criterion of the office. `who`: a school's
/// code or name, or [`OFFICE`]; a code that only the office's criteria have may stand alone.
///
/// # Errors
/// [`Unknown`]: no such school or item.
pub fn text(outcome: &Outcome, who: &str, item: Option<&str>, lang: Lang) -> Result<String, Unknown> {
    if fold(who) == fold(OFFICE) {
        return office::text(outcome, item, lang);
    }
    match find(outcome, who) {
        Some(school) => school::text(outcome, school, item, lang),
        None if item.is_none() && is_offices(outcome, who) => office::text(outcome, Some(who), lang),
        None => {
            let known = |school: &School| format!("{} {}", school.code, school.name);
            // Several that it may be a part of are nearer than any other.
            let parts: Vec<String> = with_part(outcome, who).take(NEAR).map(|at| known(&outcome.schools[at])).collect();
            let near = if parts.is_empty() { nearest(who, outcome.schools.iter().map(known)) } else { parts };
            Err(Unknown::School(who.to_owned(), near))
        }
    }
}

fn is_offices(outcome: &Outcome, code: &str) -> bool {
    let set = outcome.offices.as_ref().and_then(|result| outcome.book.get(&result.set));
    code.parse().is_ok_and(|code: ItemCode| set.is_some_and(|set| set.index_of(code).is_some()))
}

/// By code, also without its leading zeros, or a former one, else by its name, or a part of it, where only one school
/// bears it.
fn find(outcome: &Outcome, who: &str) -> Option<usize> {
    let schools = &outcome.schools;
    let exact = schools.iter().position(|school| school.code.0 == who);
    let bare = who.trim_start_matches('0').to_uppercase();
    let by = |is: &dyn Fn(&School) -> bool| {
        let mut found = schools.iter().enumerate().filter(|(_, school)| is(school)).map(|(i, _)| i);
        let first = found.next();
        first.filter(|_| found.next().is_none())
    };
    let name = fold(who);
    let former = |school: &School| school.former_codes.iter().any(|code| code.0 == who || code.bare() == bare);
    exact
        .or_else(|| by(&|school| school.code.bare() == bare))
        .or_else(|| by(&former))
        .or_else(|| by(&|school| fold(&school.name) == name))
        .or_else(|| {
            let mut parts = with_part(outcome, who);
            parts.next().filter(|_| parts.next().is_none())
        })
}

/// The schools whose name, or code, has this part.
fn with_part<'a>(outcome: &'a Outcome, part: &str) -> impl Iterator<Item = usize> + 'a {
    let part = fold(part);
    let has = move |school: &School| {
        let name = format!(" {} ", fold(&school.name));
        !part.is_empty() && (name.contains(&format!(" {part} ")) || fold(&school.code.0).contains(&part))
    };
    outcome.schools.iter().enumerate().filter(move |(_, school)| has(school)).map(|(at, _)| at)
}

/// The place of an item in a set.
fn item_in(set: &RuleSet, item: &str) -> Option<usize> {
    set.index_of(item.parse().ok()?)
}

fn unknown_item<'a>(item: &str, sets: impl Iterator<Item = &'a RuleSet>) -> Unknown {
    let known = sets.flat_map(|set| &set.nodes).map(|node| format!("{} {}", node.code, node.title));
    Unknown::Item(item.to_owned(), nearest(item, known))
}

/// The nearest by their first word or by the rest: `80100001 Trường ...`.
fn nearest(asked: &str, known: impl Iterator<Item = String>) -> Vec<String> {
    let asked = fold(asked);
    let near = |known: &String| {
        let (code, name) = known.split_once(' ').unwrap_or((known, ""));
        (likeness(&asked, &fold(code)).max(likeness(&asked, &fold(name))) * 1e6) as u64
    };
    let mut all: Vec<(u64, String)> = known.map(|known| (near(&known), known)).collect();
    all.sort_by_key(|(near, _)| Reverse(*near));
    all.truncate(NEAR);
    all.into_iter().map(|(_, known)| known).collect()
}

fn say(lang: Lang, vi: &str, en: &str) -> String {
    match lang {
        Lang::Vi => vi.to_owned(),
        Lang::En => en.to_owned(),
    }
}

/// A condition, and whether it holds.
fn check(lang: Lang, holds: bool, text: &str) -> String {
    let mark = match (lang, holds) {
        (Lang::Vi, true) => "[đúng]",
        (Lang::Vi, false) => "[sai] ",
        (Lang::En, true) => "[true] ",
        (Lang::En, false) => "[false]",
    };
    format!("    {mark} {text}\n")
}
