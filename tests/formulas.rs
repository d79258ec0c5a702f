//! Every formula of computed criteria, taken through all that is made of one: the rule file, its figures, words, audit,
//! the annex sheet, the report, `cds why`. Recalculation of the report: `recalculation.rs`.

use std::collections::BTreeSet;
use std::fs;

use cds::finding::Lang;
use cds::points::{Points, Share};
use cds::rules::{
    Authority, Basis, Computed, Counts, Formula, Origin, RuleSet, audit, book, confirm, figures, load, set_text,
};

use crate::offices::{cell_at, sheet};
use crate::outcomes;

/// The shipped set of the office with this formula at 2.1.
fn office_with(lines: &str) -> String {
    let name = "qd-3806-2024.toml";
    let text = cds::rules::EMBEDDED.iter().find(|(file, _)| *file == name).unwrap().1;
    let at = text.find("code = \"2.1\"").unwrap();
    let end = at + text[at..].find("[[node]]").unwrap();
    let node = format!(
        "code = \"2.1\"\ntitle = \"Kết quả\"\nkind = \"computed\"\nmax = 25\n{lines}basis = \"provisional\"\n\n"
    );
    format!("{}{node}{}", &text[..at], &text[end..])
}

fn set_with(lines: &str) -> RuleSet {
    match load(&office_with(lines), Origin::File("quy-tac/cq.toml".to_owned())) {
        Ok(loaded) => loaded.set,
        Err(mistakes) => panic!("{mistakes:#?}"),
    }
}

/// The formula of an example, as the loader reads it.
pub fn example(lines: &str) -> Computed {
    set_with(lines).node("2.1".parse().unwrap()).unwrap().computed.clone().unwrap()
}

#[test]
fn every_formula_has_an_example_that_loads_as_itself_and_comes_back_from_json() {
    let mut kinds = BTreeSet::new();
    for (name, lines) in Formula::EXAMPLES {
        let set = set_with(lines);
        let computed = example(lines);
        assert_eq!(computed.formula.name(), name);
        assert_eq!(computed.of.is_empty(), !computed.formula.is_computed(), "{name}");
        let json = serde_json::to_string(&set).unwrap();
        assert_eq!(serde_json::from_str::<RuleSet>(&json).unwrap(), set);
        // A formula that nobody has written an example of is one that the compiler names here.
        kinds.insert(match computed.formula {
            Formula::LevelShare(_) => 0,
            Formula::MeanScore => 1,
            Formula::ReachLevel { .. } => 2,
            Formula::Manual => 3,
        });
        let assembled = book(vec![("quy-tac/cq.toml".to_owned(), office_with(lines).into_bytes())]).unwrap();
        let odd = assembled.findings.iter().filter(|finding| finding.item == "2.1".parse().ok());
        let odd: Vec<String> = odd.map(|finding| finding.message(Lang::Vi)).collect();
        // The example of bands gives 10 of 25 at most.
        assert_eq!(odd.len(), usize::from(!computed.formula.bands().is_empty()), "{name}: {odd:?}");
    }
    assert_eq!(kinds.len(), Formula::EXAMPLES.len());
}

#[test]
fn every_formula_has_words_of_its_own_in_both_languages() {
    for lang in [Lang::Vi, Lang::En] {
        let words: BTreeSet<String> =
            Formula::EXAMPLES.iter().map(|(_, lines)| example(lines).formula.words(lang)).collect();
        assert_eq!(words.len(), Formula::EXAMPLES.len(), "{words:?}");
        for (name, lines) in Formula::EXAMPLES {
            let formula = example(lines).formula;
            for text in [formula.numerator_words(lang), formula.points_words(lang)] {
                assert!(text.chars().count() > 3, "{name}: {text}");
            }
        }
    }
}

#[test]
fn every_parameter_is_a_figure_that_can_be_confirmed_and_replaced() {
    let official = || Authority {
        basis: Basis::Official,
        source: String::new(),
        clause: "Phụ lục".to_owned(),
        checked_by: "Lê Thị B".to_owned(),
        checked_on: "12/3/2026".to_owned(),
    };
    for (name, lines) in Formula::EXAMPLES {
        let mut set = set_with(lines);
        let before = set.clone();
        let own: Vec<_> = figures(&set).into_iter().filter(|figure| figure.key.starts_with("2.1 ")).collect();
        let keys: BTreeSet<&str> = own.iter().map(|figure| figure.key.as_str()).collect();
        assert_eq!(keys.len(), own.len());
        let formula = example(lines).formula;
        let parameters = formula.levels().len() + formula.bands().len();
        // The maximum, the formula's name, its parameters, what it divides by.
        assert_eq!(own.len(), 2 + parameters + usize::from(formula.is_computed()), "{name}: {keys:?}");
        for figure in &own {
            confirm(&mut set, &figure.key, Some(&figure.value), official()).unwrap();
        }
        assert_eq!(set.nodes, before.nodes, "{name}");
        for key in keys.iter().filter(|key| key.contains("weights") || key.contains("bands")) {
            let value = match key {
                key if key.contains("weights") => "0,25",
                key if key.contains("80%") => "9",
                _ => "4",
            };
            confirm(&mut set, key, Some(value), official()).unwrap();
            assert!(figures(&set).iter().any(|figure| figure.key == **key && figure.value == value), "{key}");
        }
        assert_eq!(audit(&set).len(), audit(&before).len(), "{name}");
        assert!(set_text(&before, Lang::Vi).contains("computed"), "{name}");
    }
}

#[test]
fn what_one_school_brings_is_what_is_counted() {
    let half = Share::new(1, 2).unwrap();
    for (name, lines) in Formula::EXAMPLES {
        let formula = example(lines).formula;
        let two = cds::codes::Level(2);
        let expected = match formula.counts() {
            Counts::Levels => half,
            Counts::Shares => Share::new(1, 4).unwrap(),
            Counts::Reaching(_) => Share::ONE,
            Counts::Nothing => Share::ZERO,
        };
        assert_eq!(formula.worth(two, Share::new(1, 4).unwrap()), expected, "{name}");
        assert_eq!(formula.points(Share::ONE, 0, Points::whole(10)), Points::ZERO, "{name}");
    }
}

#[test]
fn every_formula_stands_in_the_annex_sheet_the_report_and_why() {
    for (name, lines) in Formula::EXAMPLES {
        let computed = example(lines);
        let book = outcomes::book_with(outcomes::office_set(computed.clone(), example(Formula::EXAMPLES[0].1)));
        let outcome = outcomes::outcome(book, 24, 5);
        let dir = tempfile::tempdir().unwrap();
        cds::templates::write(&outcome, dir.path(), cds::reuse::NOTHING).unwrap();
        let annex = sheet(&fs::read(dir.path().join(cds::rules::annex::TEMPLATE)).unwrap(), cds::rules::annex::SHEET);
        let set = outcome.book.of_office().unwrap();
        for figure in figures(set).iter().filter(|figure| figure.key.starts_with("2.1 ")) {
            let there =
                annex.iter().any(|row| row.contains(&figure.key) && row.iter().any(|cell| cell == figure.shown()));
            assert!(there, "{name}: {}", figure.key);
        }
        let path = dir.path().join("tong-hop.xlsx");
        cds::report::write(&outcome, &path).unwrap();
        let rows = sheet(&fs::read(&path).unwrap(), "Tiêu chí cơ quan");
        let result = outcome.offices.as_ref().unwrap();
        let node = result.scored.nodes.iter().find(|node| node.code == "2.1".parse().unwrap()).unwrap();
        let at: cds::grid::CellRef = cell_at(&rows, &["2.1"], "Được tính").parse().unwrap();
        let shown: f64 = rows[at.row as usize][at.col as usize].parse().unwrap();
        assert_eq!(shown, node.counted.to_f64(), "{name}");
        let said = cds::why::text(&outcome, "co-quan", Some("2.1"), Lang::Vi).unwrap();
        let words = computed.formula.words(Lang::Vi);
        assert_eq!(said.contains(&words), computed.formula.is_computed(), "{name}: {said}");
        let numerator = format!("Tử số: {}", computed.formula.numerator_words(Lang::Vi));
        let below = rows.iter().any(|row| row[0] == "2.1" && row[1] == numerator);
        assert_eq!(below, computed.formula.is_computed(), "{name}: {rows:?}");
    }
}
