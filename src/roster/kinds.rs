//! What stands under `cap_hoc` to the kinds of the rule book: "Tiểu học", "TH và THCS", "MN; TH".

use std::sync::OnceLock;

use memchr::memmem::Finder;

use crate::codes::SetId;
use crate::rules::RuleBook;
use crate::school::SchoolKind;
use crate::table::words;
use crate::text;

/// A folded text with the words for kinds of school in their short form and "trường" and "và" gone: the names of a
/// school that differ only in these become equal ("truong tieu hoc hoa sen" is "th hoa sen").
pub fn shorten_kind_words(folded: &str) -> String {
    let mut padded = format!(" {folded} ");
    for phrase in phrases() {
        // One replacement can bring the next phrase about: "truong truong".
        while phrase.long.find(padded.as_bytes()).is_some() {
            padded = padded.replace(&phrase.text, &phrase.short);
        }
    }
    padded.trim().to_owned()
}

/// A phrase for a kind of school, between spaces, and what stands for it.
struct Phrase {
    long: Finder<'static>,
    text: String,
    short: String,
}

/// The phrases that are longer than what stands for them, the longest first.
fn phrases() -> &'static [Phrase] {
    static PHRASES: OnceLock<Vec<Phrase>> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let mut known: Vec<(&str, &str)> = words().kind_words.phrases().filter(|(key, phrase)| key != phrase).collect();
        known.sort_by_key(|(_, phrase)| std::cmp::Reverse(phrase.len()));
        let phrase = |(key, phrase): (&str, &str)| {
            let text = format!(" {phrase} ");
            let short = if key == "ignored" { " ".to_owned() } else { format!(" {key} ") };
            Phrase { long: Finder::new(&text).into_owned(), text, short }
        };
        known.into_iter().map(phrase).collect()
    })
}

/// The kinds of school that the rule book knows, and how people write them.
#[derive(Debug)]
pub struct Kinds<'b> {
    /// Kind, its folded short form, its set; in the book's order.
    known: Vec<(&'b SchoolKind, String, &'b SetId)>,
}

/// What stands in one cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KindCell {
    /// The kinds, each once.
    pub kinds: Vec<SchoolKind>,
    /// Parts that are no kind, as written.
    pub unknown: Vec<String>,
}

impl<'b> Kinds<'b> {
    /// The kinds of the sets that schools owe.
    pub fn of(book: &'b RuleBook) -> Kinds<'b> {
        let kinds = book.of_schools().flat_map(|set| set.kinds.iter().map(move |kind| (kind, &set.id)));
        Kinds { known: kinds.map(|(kind, set)| (kind, shorten_kind_words(&text::fold(&kind.0)), set)).collect() }
    }

    /// All of them for people to read: `MN, TH, TH&THCS`.
    pub fn listed(&self) -> String {
        let kinds: Vec<&str> = self.known.iter().map(|(kind, ..)| kind.0.as_str()).collect();
        kinds.join(", ")
    }

    /// The kind most like this word, empty if none is.
    pub fn nearest(&self, word: &str) -> &str {
        let word = shorten_kind_words(&text::fold(word));
        let scored = self.known.iter().map(|(kind, short, _)| (text::likeness(&word, short), *kind));
        // The first of equally like ones.
        let best = scored.rev().max_by(|a, b| a.0.total_cmp(&b.0));
        best.filter(|(likeness, _)| *likeness > 0.3).map_or("", |(_, kind)| &kind.0)
    }

    /// The kind with which the name of a school begins: "Trường Tiểu học và THCS Hoa Sen" is `TH&THCS`.
    pub fn of_name(&self, name: &str) -> Option<&'b SchoolKind> {
        let short = shorten_kind_words(&text::fold(name));
        let begins =
            |known: &str| short.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        let fitting = self.known.iter().filter(|(_, known, _)| !known.is_empty() && begins(known));
        fitting.max_by_key(|(_, known, _)| known.len()).map(|(kind, ..)| *kind)
    }

    /// Reads a cell. "TH và THCS" is the one kind `TH&THCS` where the book has it; "MN và TH" are two. A list by comma
    /// or semicolon is several kinds if they owe different sets.
    pub fn read(&self, cell: &str) -> KindCell {
        let parts: Vec<&str> = cell.split([',', ';', '\n', '\r']).filter(|part| !text::fold(part).is_empty()).collect();
        let listed: Vec<_> = parts.iter().filter_map(|part| self.one(part)).collect();
        let whole = self.one(cell);
        let several_sets = listed.len() == parts.len() && listed.iter().any(|(_, set)| *set != listed[0].1);
        let mut read = KindCell::default();
        match whole {
            Some((kind, _)) if !several_sets => read.add(kind),
            _ => parts.iter().for_each(|part| self.read_part(part, &mut read)),
        }
        read
    }

    fn read_part(&self, part: &str, read: &mut KindCell) {
        if let Some((kind, _)) = self.one(part) {
            return read.add(kind);
        }
        let pieces = pieces(part);
        let known: Vec<_> = pieces.iter().filter_map(|piece| self.one(piece)).collect();
        if pieces.len() > 1 && known.len() == pieces.len() {
            known.into_iter().for_each(|(kind, _)| read.add(kind));
        } else {
            read.unknown.push(text::clean(part));
        }
    }

    /// The kind that the whole text names.
    fn one(&self, text: &str) -> Option<(&'b SchoolKind, &'b SetId)> {
        let short = shorten_kind_words(&without_beside(&text::fold(text)));
        let found = self.known.iter().find(|(_, known, _)| *known == short && !short.is_empty());
        found.map(|(kind, _, set)| (*kind, *set))
    }
}

impl KindCell {
    fn add(&mut self, kind: &SchoolKind) {
        if !self.kinds.contains(kind) {
            self.kinds.push(kind.clone());
        }
    }
}

/// A folded text without the words that say nothing of the kind: "mn tu thuc" is "mn".
fn without_beside(folded: &str) -> String {
    let mut padded = format!(" {folded} ");
    let mut words: Vec<&str> = words().kind_beside.phrases().map(|(_, phrase)| phrase).collect();
    words.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    for phrase in words {
        padded = padded.replace(&format!(" {phrase} "), " ");
    }
    padded.trim().to_owned()
}

/// What "và", "&", "+", "/" and "-" part.
fn pieces(text: &str) -> Vec<String> {
    let signs = text::clean(text).replace(['&', '+', '/', '-', '–'], " và ");
    let mut pieces = vec![String::new()];
    for word in signs.split(' ').filter(|word| !word.is_empty()) {
        match pieces.last_mut() {
            Some(piece) if text::fold(word) != "va" => {
                piece.push(' ');
                piece.push_str(word);
            }
            _ => pieces.push(String::new()),
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::codes::SetId;
    use crate::rules::{Authority, Basis, Origin, Overall, OverallRule, RuleSet, Step, Unmet, UnmetRule};

    /// A book of two sets without criteria.
    pub(crate) fn book() -> RuleBook {
        let authority = || Authority {
            basis: Basis::Official,
            source: String::new(),
            clause: String::new(),
            checked_by: String::new(),
            checked_on: String::new(),
        };
        let set = |id: &str, kinds: &[&str]| RuleSet {
            id: SetId(id.to_owned()),
            title: String::new(),
            short: id.to_owned(),
            decision: String::new(),
            kinds: kinds.iter().map(|kind| SchoolKind((*kind).to_owned())).collect(),
            replaces: Vec::new(),
            confirmed: Default::default(),
            overall: Overall { rule: OverallRule::LowestGroup, authority: authority() },
            unmet: Unmet { rule: UnmetRule::HoldLevel1, authority: authority() },
            step: Step { value: crate::points::Points::hundredths(25), authority: authority() },
            scales: Default::default(),
            nodes: Vec::new(),
            origin: Origin::Embedded(id.to_owned()),
            fingerprint: String::new(),
        };
        let general = set("general", &["TH", "THCS", "TH&THCS", "THPT", "THCS&THPT", "GDTX"]);
        RuleBook { sets: vec![general, set("preschool", &["MN", "MG"]), set("office", &[SchoolKind::OFFICE])] }
    }

    fn read(cell: &str) -> String {
        let book = book();
        let KindCell { kinds, unknown } = Kinds::of(&book).read(cell);
        let kinds: Vec<&str> = kinds.iter().map(|kind| kind.0.as_str()).collect();
        if unknown.is_empty() { kinds.join(" ") } else { format!("{} ? {}", kinds.join(" "), unknown.join(" ")) }
    }

    #[test]
    fn one_kind_however_it_is_written() {
        for cell in ["TH", "th", " Tiểu học ", "Trường Tiểu học", "TIỂU HỌC", "ＴＨ"] {
            assert_eq!(read(cell), "TH", "{cell}");
        }
        for cell in ["TH&THCS", "TH & THCS", "TH và THCS", "TH-THCS", "Tiểu học và Trung học cơ sở", "TH, THCS"]
        {
            assert_eq!(read(cell), "TH&THCS", "{cell}");
        }
        assert_eq!(read("Trung học cơ sở"), "THCS");
        for cell in ["Trung tâm Giáo dục thường xuyên", "GDNN-GDTX", "TT GDNN - GDTX", "GDTX"] {
            assert_eq!(read(cell), "GDTX", "{cell}");
        }
        assert_eq!(read("Mầm non tư thục"), "MN");
        assert_eq!(read("TH (công lập)"), "TH");
        assert_eq!(read("PTDTBT THCS"), "THCS");
        assert_eq!(read("Mầm non"), "MN");
    }

    #[test]
    fn several_kinds() {
        for cell in ["MN, TH", "MN; TH", "MN và TH", "MN\nTH", "Mầm non + Tiểu học", "MN/TH", "MN, TH, MN"] {
            assert_eq!(read(cell), "MN TH", "{cell}");
        }
        assert_eq!(read("MN, TH và THCS"), "MN TH&THCS");
    }

    #[test]
    fn what_is_no_kind_is_kept_as_written() {
        assert_eq!(read("Đại học"), " ? Đại học");
        assert_eq!(read("MN, Nghề"), "MN ? Nghề");
        assert_eq!(read("CO_QUAN"), " ? CO_QUAN");
        assert_eq!(read(" ; "), "");
        let book = book();
        assert_eq!(Kinds::of(&book).nearest("THC"), "THCS");
    }

    #[test]
    fn names_that_differ_in_kind_words_become_equal() {
        let short = |name: &str| shorten_kind_words(&text::fold(name));
        assert_eq!(short("Trường Tiểu học Hoa Sen"), short("TH Hoa Sen"));
        assert_eq!(short("Trường trường Tiểu học và Trung học cơ sở A"), "th thcs a");
    }
}
