//! The words by which tables, columns, labels and answers are recognised (`templates/words.toml`), and how a text is held
//! against them.

use std::collections::{BTreeMap, HashMap};
use std::sync::{OnceLock, PoisonError, RwLock};

use memchr::memchr;
use serde::Deserialize;

use crate::text;

/// `templates/words.toml`: every key with its words.
#[derive(Debug, Deserialize)]
pub(super) struct WordFile {
    pub(super) columns: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    states: BTreeMap<String, Vec<String>>,
    review_kinds: BTreeMap<String, Vec<String>>,
    labels: BTreeMap<String, Vec<String>>,
    names: BTreeMap<String, Vec<String>>,
    answers: BTreeMap<String, Vec<String>>,
    remarks: BTreeMap<String, Vec<String>>,
    totals: BTreeMap<String, Vec<String>>,
    prefixes: BTreeMap<String, Vec<String>>,
    kind_names: BTreeMap<String, String>,
    kind_words: BTreeMap<String, Vec<String>>,
    kind_beside: BTreeMap<String, Vec<String>>,
    blocks: BTreeMap<String, Vec<String>>,
    shortened: BTreeMap<String, Vec<String>>,
}

/// Keys, each with the folded phrases that mean it.
#[derive(Debug, Default)]
pub struct Vocabulary {
    phrases: Vec<(String, String)>,
    by_phrase: HashMap<String, usize>,
    /// Bytes of the longest phrase.
    longest: usize,
    /// First letters of the phrases.
    begins: Vec<[u8; 8]>,
    /// What texts were recognised as, by a phrase of their key: returns of one form have most of their texts in common.
    recognised: RwLock<HashMap<String, Option<(usize, Likeness)>>>,
}

/// So many texts are remembered at most.
const REMEMBERED: usize = 4096;

/// All the words by which things are recognised.
#[derive(Debug)]
pub struct Words {
    columns: BTreeMap<String, Vocabulary>,
    /// States of a school in the roster: keys `closed`, `working`.
    pub states: Vocabulary,
    /// Ways in which a score was verified: keys `ho_so`, `tai_truong`, `dinh_chinh`.
    pub review_kinds: Vocabulary,
    /// Labels of the school block.
    pub labels: Vocabulary,
    /// Words with which the name of a school begins.
    pub names: Vocabulary,
    /// Answers in words: keys `yes`, `no`, `zero`.
    pub answers: Vocabulary,
    /// Marks that fold to nothing: `(key, mark)`, keys `yes_marks`, `no_marks`.
    pub marks: Vec<(String, String)>,
    /// Words in a remark behind an answer that leave it open: keys `doubt`, `after_yes`, `after_no`.
    pub remarks: Vocabulary,
    /// Total rows.
    pub totals: Vocabulary,
    /// Words before the code of a row.
    pub prefixes: Vocabulary,
    /// Words for kinds of school within names; the key is what they stand for.
    pub kind_words: Vocabulary,
    /// Words beside the kind in its cell that say nothing of the kind.
    pub kind_beside: Vocabulary,
    /// Words with which a row begins that parts a roster and is no school.
    pub blocks: Vocabulary,
    /// Kinds of school as the roster has them, with their names for people.
    pub kind_names: BTreeMap<String, String>,
    /// Words in short within titles; the key is what they stand for, its words parted by `_`.
    pub shortened: Vocabulary,
}

/// The words of `templates/words.toml`, read once.
pub fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let file: WordFile = match toml::from_str(include_str!("../../templates/words.toml")) {
            Ok(file) => file,
            Err(error) => unreachable!("templates/words.toml is part of the program and tested: {error}"),
        };
        let marks = file.answers.iter().filter(|(key, _)| key.ends_with("_marks"));
        Words {
            columns: file.columns.iter().map(|(name, keys)| (name.clone(), Vocabulary::new(keys))).collect(),
            states: Vocabulary::new(&file.states),
            review_kinds: Vocabulary::new(&file.review_kinds),
            labels: Vocabulary::new(&file.labels),
            names: Vocabulary::new(&file.names),
            marks: marks.flat_map(|(k, marks)| marks.iter().map(move |m| (k.clone(), m.clone()))).collect(),
            answers: Vocabulary::new(&file.answers),
            remarks: Vocabulary::new(&file.remarks),
            totals: Vocabulary::new(&file.totals),
            prefixes: Vocabulary::new(&file.prefixes),
            kind_words: Vocabulary::new(&file.kind_words),
            kind_beside: Vocabulary::new(&file.kind_beside),
            blocks: Vocabulary::new(&file.blocks),
            kind_names: file.kind_names,
            shortened: Vocabulary::new(&file.shortened),
        }
    })
}

impl Words {
    /// The header words of one kind of table: `return`, `roster`, `receipts`, ...
    pub fn columns(&self, table: &str) -> &Vocabulary {
        match self.columns.get(table) {
            Some(vocabulary) => vocabulary,
            None => unreachable!("[columns.{table}] is in templates/words.toml"),
        }
    }
}

/// How a text was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// One of the known phrases, letter for letter once folded.
    Exact,
    /// It contains a known phrase, or is nearly one.
    Alike,
}

/// Below this likeness a misspelt phrase is not taken for a known one.
const LEAST_LIKENESS: f64 = 0.84;

impl Vocabulary {
    fn new(keys: &BTreeMap<String, Vec<String>>) -> Vocabulary {
        let mut phrases: Vec<(String, String)> = Vec::new();
        let mut by_phrase = HashMap::new();
        for (key, words) in keys {
            // The key itself is a word, so that a header may say `ma_truong`.
            for phrase in words.iter().map(|word| text::fold(word)).chain([text::fold(key)]) {
                if !phrase.is_empty() && !by_phrase.contains_key(&phrase) {
                    by_phrase.insert(phrase.clone(), phrases.len());
                    phrases.push((key.clone(), phrase));
                }
            }
        }
        let longest = phrases.iter().map(|(_, phrase)| phrase.len()).max().unwrap_or_default();
        let mut begins: Vec<[u8; 8]> = phrases.iter().map(|(_, phrase)| text::first_letters(phrase)).collect();
        begins.sort_unstable();
        Vocabulary { phrases, by_phrase, longest, begins, recognised: RwLock::default() }
    }

    /// The keys with their folded phrases.
    pub fn phrases(&self) -> impl Iterator<Item = (&str, &str)> {
        self.phrases.iter().map(|(key, phrase)| (key.as_str(), phrase.as_str()))
    }

    /// Whether a text may fold to a phrase, with years and numbers beside it: most texts need not be folded to know that
    /// they do not.
    pub fn may_hold(&self, text: &str) -> bool {
        /// Bytes of a letter that folds to one byte.
        const LETTER: usize = 3;
        /// Years, numbers of columns and marks beside a phrase.
        const BESIDE: usize = 40;
        if text.len() > self.longest * LETTER + BESIDE {
            return false;
        }
        self.may_begin(text) && self.is_short(text)
    }

    /// Whether a text has no more letters than a phrase may have; where there are digits, words may be beside it.
    fn is_short(&self, text: &str) -> bool {
        let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
        // A code or a number is no phrase.
        (letters > 0 || !text.is_ascii()) && (letters <= self.longest || text::may_hold_digits(text))
    }

    /// Whether a text may fold to one that begins with a phrase, a year or a number before it.
    pub fn may_begin(&self, text: &str) -> bool {
        let letters = text::first_letters(text);
        // "Năm học 2024-2025" and "(1)" may stand before the phrase.
        letters[0].is_ascii_digit() || letters == *b"nam\0\0\0\0\0" || self.begins.binary_search(&letters).is_ok()
    }

    /// The key whose phrase equals this folded text.
    pub fn exact(&self, folded: &str) -> Option<&str> {
        self.by_phrase.get(folded).map(|&at| self.phrases[at].0.as_str())
    }

    /// The key that this folded text means: by an equal phrase, else by the phrases of two or more words that it
    /// contains, else by a phrase that is spelt nearly so.
    pub fn recognise(&self, folded: &str) -> Option<(&str, Likeness)> {
        if let Some(key) = self.exact(folded) {
            return Some((key, Likeness::Exact));
        }
        let by_phrase = |(at, likeness): (usize, Likeness)| (self.phrases[at].0.as_str(), likeness);
        if let Some(known) = self.recognised.read().unwrap_or_else(PoisonError::into_inner).get(folded) {
            return known.map(by_phrase);
        }
        let found = self.recognise_anew(folded);
        let mut recognised = self.recognised.write().unwrap_or_else(PoisonError::into_inner);
        // What all forms have is soon there again; names of schools are met in one of them alone.
        if recognised.len() >= REMEMBERED {
            recognised.clear();
        }
        let at = |key| self.phrases.iter().position(|(known, _)| known == key);
        recognised.insert(folded.to_owned(), found.and_then(|(key, likeness)| Some((at(key)?, likeness))));
        found
    }

    fn recognise_anew(&self, folded: &str) -> Option<(&str, Likeness)> {
        if let Some(key) = self.contained(folded) {
            return Some((key, Likeness::Alike));
        }
        if folded.len() < 6 {
            return None;
        }
        let scored = self.phrases().filter_map(|(key, phrase)| {
            let likeness = text::likeness_from(folded, phrase, LEAST_LIKENESS);
            (likeness >= LEAST_LIKENESS && keeps_short_words(folded, phrase)).then_some((likeness, key))
        });
        scored.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, key)| (key, Likeness::Alike))
    }

    /// By the phrase that the text begins with, if that says what the column is of ("Mức độ tự đánh giá" is a level);
    /// else who else has assessed or when; else the longest phrase.
    fn contained(&self, folded: &str) -> Option<&str> {
        let contained = self.phrases().filter(|(_, phrase)| contains_words(folded, phrase));
        let (mut first, mut longest, mut other) = (None, None, None);
        for (key, phrase) in contained {
            if LEADING.contains(&key) && phrase.len() > 4 && folded.starts_with(phrase) {
                first = longer(first, (key, phrase));
            }
            // "Đánh giá" within a long text is about something else.
            let is_vague = key == "generic" && folded.split(' ').count() > GENERIC_WORDS;
            if phrase.contains(' ') && !is_vague {
                longest = longer(longest, (key, phrase));
                if OTHERS.contains(&key) {
                    other = longer(other, (key, phrase));
                }
            }
        }
        let is_score = longest.is_some_and(|(key, _)| SCORES.contains(&key));
        let other = other.filter(|_| is_score);
        first.or(other).or(longest).map(|(key, _)| key)
    }
}

/// Keys of columns that may hold a score.
pub const SCORES: [&str; 4] = ["self", "component", "generic", "verified"];
/// A longer title than this is not that of a score for having the word in it.
const GENERIC_WORDS: usize = 6;
/// Keys of columns that are what their title begins with, whatever follows.
const LEADING: [&str; 4] = ["title", "max", "level", "evidence"];
/// Keys of scores that are not the school's own of this year.
const OTHERS: [&str; 2] = ["verified", "other_year"];

fn longer<'a>(best: Option<(&'a str, &'a str)>, next: (&'a str, &'a str)) -> Option<(&'a str, &'a str)> {
    Some(best.filter(|best| best.1.len() >= next.1.len()).unwrap_or(next))
}

/// Whether a misspelt text has the short words of a phrase as they are: "tổ đánh giá" is not a misspelt "tự đánh giá".
fn keeps_short_words(folded: &str, phrase: &str) -> bool {
    let words: Vec<&str> = folded.split(' ').collect();
    phrase.split(' ').filter(|word| word.len() <= 2).all(|word| words.contains(&word))
}

/// Whether a folded text contains a folded phrase as whole words.
pub fn contains_words(folded: &str, phrase: &str) -> bool {
    // From word to word: to set a searcher up costs more than all of this.
    let mut rest = folded.as_bytes();
    while rest.len() >= phrase.len() {
        if rest.strip_prefix(phrase.as_bytes()).is_some_and(|after| after.first().is_none_or(|b| *b == b' ')) {
            return true;
        }
        match memchr(b' ', rest) {
            Some(end) => rest = &rest[end + 1..],
            None => return false,
        }
    }
    false
}
