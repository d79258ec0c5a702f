//! Every figure of a set with its key, value and basis.
//!
//! A figure is a value that decides points or levels, and that can be held against the annex by itself:
//!
//! | key | value |
//! |---|---|
//! | `overall`, `unmet`, `step` | the rule, or the points |
//! | `scales.group 2 from`, `scales.group 2 to` | the limit between two levels, named by the level that includes it |
//! | `1.1 mandatory` | that the condition stands there |
//! | `1.6.1 max` | points; stands for the node's title and kind as well |
//! | `1.6.1 bands 50%`, `1.4 bands 20` | the points from this share or count on |
//! | `2.2 formula`, `2.2 weights 3`, `2.2 level`, `2.2 denominator`, `2.2 scope` | the rule, its parameters |
//!
//! Titles are part of `max` or `mandatory`; names of levels are no figures, nor is what a file leaves out (bands that
//! are not known, no step). A fixed end of a scale (`from = 0`, `to = 100`) is none either.

use std::collections::BTreeMap;

use super::{Authority, Basis, Denominator, LevelRange, Node, NodeKind, OverallRule, RuleSet, Scale, Scope, UnmetRule};
use crate::finding::Lang;
use crate::points::{Points, Share};
use crate::text;

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it is, as in `doi-chieu-phu-luc.xlsx`.
    pub key: String,
    /// Of the node, or what the table is about, in Vietnamese.
    pub title: String,
    /// As people read it, with a decimal comma.
    pub value: String,
    /// How sure it is, and whence: its own confirmation if there is one.
    pub authority: Authority,
}

impl Figure {
    /// What it is, in words for people.
    pub fn kind(&self) -> String {
        let (table, rest) = self.key.split_once(' ').unwrap_or((&self.key, ""));
        let (what, of) = rest.split_once(' ').unwrap_or((rest, ""));
        match (table, what, of) {
            ("overall", ..) => "Cách lấy mức chung".to_owned(),
            ("unmet", ..) => "Khi chưa đạt điều kiện bắt buộc".to_owned(),
            ("step", ..) => "Bước điểm".to_owned(),
            (_, level, "from") => format!("Điểm thấp nhất của mức {level}"),
            (_, level, "to") => format!("Điểm cao nhất của mức {level}"),
            (_, "mandatory", _) => "Có điều kiện bắt buộc này".to_owned(),
            (_, "max", _) => "Điểm tối đa".to_owned(),
            (_, "bands", from) => format!("Điểm khi đạt từ {from}"),
            (_, "formula", _) => "Cách tính".to_owned(),
            (_, "weights", level) => format!("Hệ số của mức {level}"),
            (_, "level", _) => "Mức phải đạt".to_owned(),
            (_, "denominator", _) => "Chia cho".to_owned(),
            (_, "scope", _) => "Tính trên".to_owned(),
            _ => "Giá trị".to_owned(),
        }
    }

    /// Which one it is of its set, in words for people.
    pub fn named(&self) -> String {
        let kind = self.kind();
        match self.key.split_once(' ') {
            Some((scale, _)) if scale.starts_with("scales.") => format!("{kind}, {}", self.title.to_lowercase()),
            Some((code, _)) => format!("{code}: {}", kind.to_lowercase()),
            None => kind,
        }
    }

    /// Its value as people read it: rules that are chosen by name stand in words.
    pub fn shown(&self) -> &str {
        match self.word(|(name, _)| *name == self.value) {
            Some((_, shown)) => shown,
            None if self.value.starts_with("by-total") => BY_TOTAL,
            None => &self.value,
        }
    }

    /// The value that people mean by what they wrote: a word of [`Figure::shown`], or the value itself.
    pub fn meant(&self, typed: &str) -> String {
        let folded = text::fold(typed);
        if self.value.starts_with("by-total") && folded == text::fold(BY_TOTAL) {
            return self.value.clone();
        }
        let known = self.word(|(_, shown)| text::fold(shown) == folded);
        known.map_or_else(|| typed.to_owned(), |(name, _)| (*name).to_owned())
    }

    fn word(&self, is_it: impl Fn(&(&str, &str)) -> bool) -> Option<&'static (&'static str, &'static str)> {
        let what = self.key.rsplit(' ').next().unwrap_or_default();
        let named = ["overall", "unmet", "formula", "denominator", "scope"].contains(&what);
        WORDS.iter().find(|word| named && is_it(word))
    }
}

/// Rules that are chosen by name, in words.
static WORDS: [(&str, &str); 11] = [
    ("lowest-group", "mức thấp nhất trong các nhóm"),
    ("hold-level-1", "giữ mức độ của nhóm ở mức thấp nhất"),
    ("not-accepted", "phiếu chưa được tính"),
    ("level-share", "tỉ lệ trường theo mức, có trọng số"),
    ("mean-score", "trung bình tỉ lệ điểm của các trường"),
    ("reach-level", "tỉ lệ trường đạt mức"),
    ("manual", "cơ quan tự chấm"),
    ("expected", Denominator::Expected.words(Lang::Vi)),
    ("returned", Denominator::Returned.words(Lang::Vi)),
    ("all", Scope::All.words(Lang::Vi)),
    ("own", Scope::Own.words(Lang::Vi)),
];
const BY_TOTAL: &str = "theo tổng điểm các nhóm";

/// How many figures stand on each basis.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<Basis, usize>);

impl Tally {
    /// Of the figures of these sets.
    pub fn of<'a>(sets: impl IntoIterator<Item = &'a RuleSet>) -> Tally {
        let mut counts = BTreeMap::new();
        for figure in sets.into_iter().flat_map(figures) {
            *counts.entry(figure.authority.basis).or_insert(0) += 1;
        }
        Tally(counts)
    }

    /// With this basis.
    pub fn count(&self, basis: Basis) -> usize {
        self.0.get(&basis).copied().unwrap_or(0)
    }

    /// All that are not official: what makes a result a draft.
    pub fn not_official(&self) -> usize {
        self.0.iter().filter(|(basis, _)| **basis != Basis::Official).map(|(_, count)| count).sum()
    }
}

/// All figures of a set, in the order of its file.
pub fn figures(set: &RuleSet) -> Vec<Figure> {
    let mut list = List { set, figures: Vec::new() };
    list.push("overall".to_owned(), "Mức chung", overall_value(&set.overall.rule), &set.overall.authority);
    if set.has_mandatory() {
        let value = unmet_name(set.unmet.rule).to_owned();
        list.push("unmet".to_owned(), "Chưa đạt điều kiện bắt buộc", value, &set.unmet.authority);
    }
    if set.step.value > Points::ZERO {
        list.push("step".to_owned(), "Bước điểm", set.step.value.to_string(), &set.step.authority);
    }
    for (name, scale) in &set.scales {
        for limit in limits(name, scale) {
            let title = scale_title(set, name);
            list.push(limit.key, &title, limit.at.to_string(), &scale.authority);
        }
    }
    for node in &set.nodes {
        list.node(node);
    }
    list.figures
}

/// What a scale is of, without its name in the rule file.
fn scale_title(set: &RuleSet, name: &str) -> String {
    let of = |node: &&Node| node.scale.as_deref() == Some(name);
    let codes: Vec<String> = set.nodes.iter().filter(of).map(|node| node.code.to_string()).collect();
    match &set.overall.rule {
        OverallRule::ByTotal(total) if total == name => "Thang mức của tổng điểm".to_owned(),
        _ if codes.is_empty() => "Thang mức không dùng ở đâu".to_owned(),
        _ => format!("Thang mức của {}", codes.join(", ")),
    }
}

struct List<'a> {
    set: &'a RuleSet,
    figures: Vec<Figure>,
}

impl List<'_> {
    fn push(&mut self, key: String, title: &str, value: String, table: &Authority) {
        let authority = self.set.authority(&key, table).clone();
        self.figures.push(Figure { key, title: title.to_owned(), value, authority });
    }

    fn node(&mut self, node: &Node) {
        let (code, title, table) = (node.code, node.title.as_str(), &node.authority);
        match node.max {
            Some(max) => self.push(format!("{code} max"), title, max.to_string(), table),
            None => self.push(format!("{code} mandatory"), title, "có".to_owned(), table),
        }
        if let Some(computed) = &node.computed {
            self.push(format!("{code} formula"), title, computed.formula.name().to_owned(), table);
            for (key, value) in computed.formula.parameters() {
                self.push(format!("{code} {key}"), title, value, table);
            }
        }
        for band in node.all_bands() {
            let key = format!("{code} bands {}", start(node.kind, band.from));
            self.push(key, title, band.points.to_string(), table);
        }
        // Nothing is divided where the points are typed in.
        if let Some(computed) = node.computed.as_ref().filter(|_| node.is_computed()) {
            self.push(format!("{code} denominator"), title, computed.denominator.name().to_owned(), table);
            // Where nothing is said of it, every school is taken in.
            if !computed.scope.is_all() {
                self.push(format!("{code} scope"), title, computed.scope.name().to_owned(), table);
            }
        }
    }
}

/// Where a band begins, as in a key: `50%`, `20`.
pub(super) fn start(kind: NodeKind, from: Share) -> String {
    if kind == NodeKind::Count { from.to_string() } else { from.percent() }
}

pub(super) fn unmet_name(rule: UnmetRule) -> &'static str {
    super::load::UNMET_RULES.iter().find(|(_, known)| *known == rule).map_or("", |(name, _)| name)
}

pub(super) fn overall_value(rule: &OverallRule) -> String {
    match rule {
        OverallRule::LowestGroup => "lowest-group".to_owned(),
        OverallRule::ByTotal(scale) => format!("by-total {scale}"),
    }
}

/// The limit between a level and the next one above.
pub(super) struct Limit {
    pub key: String,
    pub at: Points,
    /// The place of the level below it in [`Scale::levels`].
    pub below: usize,
}

/// The limits between the levels of a scale, from the lowest.
pub(super) fn limits(name: &str, scale: &Scale) -> Vec<Limit> {
    let joint = |(below, pair): (usize, &[LevelRange])| {
        let upper = pair[0].upper?;
        let (range, end) = if upper.included { (&pair[0], "to") } else { (&pair[1], "from") };
        Some(Limit { key: format!("scales.{name} {} {end}", range.level), at: upper.at, below })
    };
    scale.levels.windows(2).enumerate().filter_map(joint).collect()
}
