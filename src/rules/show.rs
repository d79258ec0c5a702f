//! Rule sets as text for a terminal: the list, one tree, a check. Prints nothing.

use std::fmt::Write;

use super::{Basis, Figure, Node, Origin, RuleBook, RuleSet, Tally, figures};
use crate::finding::Lang;
use crate::settings::Mistake;

/// What `cds rules list` shows: a block for each set.
pub fn list_text(book: &RuleBook, lang: Lang) -> String {
    let mut out = String::new();
    for set in &book.sets {
        let kinds: Vec<&str> = set.kinds.iter().map(|kind| kind.0.as_str()).collect();
        let rows = [
            (say(lang, "Văn bản", "Decision"), set.decision.clone()),
            (say(lang, "Áp dụng cho", "Kinds"), kinds.join(", ")),
            (say(lang, "Số dòng", "Nodes"), set.nodes.len().to_string()),
            (say(lang, "Giá trị", "Figures"), tally_text(&Tally::of([set]), lang)),
            (say(lang, "Tệp", "File"), origin_text(&set.origin, lang)),
        ];
        let _ = writeln!(out, "{}  {}", set.id, set.short);
        for (label, value) in rows {
            let _ = writeln!(out, "  {label:<12} {value}");
        }
    }
    out
}

/// What `cds rules show ID` shows: the tree with maximum, kind and basis.
pub fn set_text(set: &RuleSet, lang: Lang) -> String {
    let mut out = format!("{}  {}\n{}\n\n", set.id, set.title, set.decision);
    for figure in figures(set).iter().filter(|figure| !figure.key.starts_with(|c: char| c.is_ascii_digit())) {
        let _ = writeln!(out, "{:<28} {:<16} {}", figure.key, figure.value, basis_label(figure.authority.basis, lang));
    }
    for (name, scale) in &set.scales {
        let names: Vec<String> = scale.levels.iter().map(|range| format!("{} {}", range.level, range.name)).collect();
        let _ = writeln!(out, "{:<28} {}", format!("scales.{name}"), names.join("; "));
    }
    out.push('\n');
    for node in &set.nodes {
        let _ = writeln!(out, "{}", node_line(set, node, lang));
    }
    out
}

fn node_line(set: &RuleSet, node: &Node, lang: Lang) -> String {
    let indent = "  ".repeat(node.code.depth() - 1);
    let max = node.max.map_or("-".to_owned(), |max| max.to_string());
    let key = if node.max.is_some() { "max" } else { "mandatory" };
    let authority = set.authority(&format!("{} {key}", node.code), &node.authority);
    let scale = node.scale.as_ref().map(|name| format!(" [{name}]")).unwrap_or_default();
    let kind = node.kind.name();
    let basis = basis_label(authority.basis, lang);
    format!("{:<12} {max:>6}  {kind:<9}  {basis:<13}  {indent}{}{scale}", node.code, node.title)
}

/// What `cds rules check` shows: mistakes and what does not add up, each with its line, then the figures that are not
/// official. `sets`: those that could be read.
pub fn check_text(mistakes: &[Mistake], sets: &[&RuleSet], lang: Lang) -> String {
    let mut out = String::new();
    let (errors, odd): (Vec<_>, Vec<_>) = mistakes.iter().partition(|mistake| mistake.is_error);
    for mistake in errors.iter().chain(&odd) {
        let _ = writeln!(out, "{}", mistake.display(lang));
    }
    for set in sets {
        let open: Vec<Figure> =
            figures(set).into_iter().filter(|figure| figure.authority.basis != Basis::Official).collect();
        let tally = tally_text(&Tally::of([*set]), lang);
        let heading = say(lang, "giá trị chưa đối chiếu phụ lục", "figures unchecked against the annex");
        let _ = writeln!(out, "\n{}: {} {heading} ({tally})", set.id, open.len());
        for figure in open {
            let source = &figure.authority.source;
            let basis = basis_label(figure.authority.basis, lang);
            let line = format!("  {:<28} {:<14} {basis:<13}  {source}", figure.key, figure.value);
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
    let verdict = match (lang, errors.len(), odd.len()) {
        (Lang::Vi, 0, 0) => "Không có lỗi quy tắc.".to_owned(),
        (Lang::En, 0, 0) => "No mistakes in the rules.".to_owned(),
        (Lang::Vi, errors, odd) => format!("{errors} lỗi phải sửa, {odd} điều cần xem lại."),
        (Lang::En, errors, odd) => format!("{errors} errors, {odd} warnings."),
    };
    let _ = writeln!(out, "\n{verdict}");
    out.trim_start_matches('\n').to_owned()
}

/// How many figures stand on each basis: `0 chính thức, 40 có nguồn, 6 suy ra, 2 tạm đặt`.
pub fn tally_text(tally: &Tally, lang: Lang) -> String {
    let part = |basis: Basis| format!("{} {}", tally.count(basis), basis_label(basis, lang));
    Basis::ALL.map(part).join(", ")
}

/// How sure a figure is, in a word.
pub fn basis_label(basis: Basis, lang: Lang) -> &'static str {
    match (lang, basis) {
        (Lang::Vi, Basis::Official) => "chính thức",
        (Lang::Vi, Basis::Sourced) => "có nguồn",
        (Lang::Vi, Basis::Inferred) => "suy ra",
        (Lang::Vi, Basis::Provisional) => "tạm đặt",
        (Lang::En, Basis::Official) => "official",
        (Lang::En, Basis::Sourced) => "sourced",
        (Lang::En, Basis::Inferred) => "inferred",
        (Lang::En, Basis::Provisional) => "provisional",
    }
}

fn origin_text(origin: &Origin, lang: Lang) -> String {
    match origin {
        Origin::Embedded(name) => format!("{name} ({})", say(lang, "có sẵn trong chương trình", "inside the program")),
        Origin::File(name) => name.clone(),
    }
}

fn say(lang: Lang, vi: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}
