//! Rule files: ours, an office's own, and broken ones.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use cds::codes::Level;
use cds::finding::{Lang, Severity, code};
use cds::points::{Points, Share};
use cds::rules::{
    Authority, Basis, EMBEDDED, Formula, Loaded, NodeKind, Origin, RuleSet, Tally, audit, book, check_text, confirm,
    draft, figures, list_text, load, set_text,
};
use cds::school::SchoolKind;
use cds::settings::Mistake;

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules").join(name);
    std::fs::read_to_string(path).unwrap()
}

fn load_text(name: &str, text: &str) -> Result<Loaded, Vec<Mistake>> {
    load(text, Origin::File(name.to_owned()))
}

fn embedded(id: &str) -> RuleSet {
    let (name, text) = EMBEDDED.iter().find(|(name, _)| name.starts_with(id)).unwrap();
    load(text, Origin::Embedded((*name).to_owned())).unwrap().set
}

fn shown(mistakes: &[Mistake], lang: Lang) -> String {
    mistakes.iter().map(|mistake| mistake.display(lang) + "\n").collect()
}

/// An embedded file, changed the way an office would.
fn changed(id: &str, edits: &[(&str, &str)]) -> String {
    let mut text = EMBEDDED.iter().find(|(name, _)| name.starts_with(id)).unwrap().1.to_owned();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text
}

fn in_folder(name: &str, text: &str) -> (String, Vec<u8>) {
    (format!("quy-tac/{name}"), text.as_bytes().to_vec())
}

fn official() -> Authority {
    let text = str::to_owned;
    Authority {
        basis: Basis::Official,
        source: String::new(),
        clause: text("Phụ lục I"),
        checked_by: text("Lê Thị B"),
        checked_on: text("12/3/2026"),
    }
}

#[test]
fn the_embedded_sets_are_whole_and_claim_nothing_official() {
    let assembled = book(Vec::new()).unwrap();
    let ids: Vec<&str> = assembled.book.sets.iter().map(|set| set.id.0.as_str()).collect();
    assert_eq!(ids, ["qd-3276-2024", "qd-4725-2022", "qd-3806-2024"]);
    let nodes: Vec<usize> = assembled.book.sets.iter().map(|set| set.nodes.len()).collect();
    assert_eq!(nodes, [34, 37, 20]);
    assert_eq!(Tally::of(&assembled.book.sets).count(Basis::Official), 0);
    let preschool = &assembled.book.sets[0];
    let tally = Tally::of([preschool]);
    assert_eq!(tally.count(Basis::Provisional), tally.not_official());

    let general = assembled.book.for_kind(&SchoolKind("TH&THCS".to_owned())).unwrap();
    let online = general.node("1.3".parse().unwrap()).unwrap();
    let scale = &general.scales[online.scale.as_ref().unwrap()];
    for (points, level) in [(9, 1), (10, 2), (20, 2), (21, 3)] {
        assert_eq!(scale.level_of(Points::whole(points)), Level(level), "{points}");
    }
    for (hundredths, level) in [(4999, 1), (5000, 2), (7500, 2), (7501, 3)] {
        assert_eq!(general.overall_scale().unwrap().level_of(Points::hundredths(hundredths)), Level(level));
    }
    let office = assembled.book.of_office().unwrap();
    let computed = office.node("2.2".parse().unwrap()).unwrap().computed.clone().unwrap();
    let Formula::LevelShare(weights) = computed.formula else { panic!("{computed:?}") };
    assert_eq!(weights[&Level(2)], Share::new(1, 2).unwrap());
    assert!(!office.has_mandatory());
}

#[test]
fn the_only_thing_that_does_not_add_up_is_the_known_hole() {
    let assembled = book(Vec::new()).unwrap();
    let said: Vec<String> = assembled.findings.iter().map(|finding| finding.message(Lang::Vi)).collect();
    assert_eq!(
        said,
        ["2.3 Triển khai phần mềm quản trị nhà trường: tối đa 70 điểm nhưng các mục bên dưới cộng được 60, lệch 10."]
    );
    let general = embedded("qd-4725");
    assert_eq!(general.attainable(general.index_of("2".parse().unwrap()).unwrap()), Points::whole(90));
    assert!(assembled.warnings[0].line > 200 && !assembled.warnings[0].is_error);
}

#[test]
fn an_offices_set_of_another_shape_loads_and_adds_up() {
    let loaded = load_text("quy-tac/lang-nghe.toml", &file("lang-nghe.toml")).unwrap();
    assert_eq!(loaded.warnings, []);
    let set = loaded.set;
    let codes: Vec<String> = set.nodes.iter().map(|node| node.code.to_string()).collect();
    let order = ["1", "1.1", "1.1.1", "1.1.1.1", "1.1.1.1.1", "1.1.1.1.2", "1.10", "3", "2"];
    assert_eq!(codes, order);
    for (index, node) in set.nodes.iter().enumerate() {
        assert!(node.parent.is_none_or(|parent| parent < index && set.nodes[parent].children.contains(&index)));
    }
    let ratio = set.node("1.1.1.1.1".parse().unwrap()).unwrap();
    for (num, den, points) in [(1, 3, 5), (332, 1000, 0), (1, 2, 10), (1, 1, 15)] {
        assert_eq!(ratio.points_by_band(Share::new(num, den).unwrap()), Some(Points::whole(points)), "{num}/{den}");
    }
    assert_eq!(set.overall_scale().unwrap().level_of(Points::hundredths(5050)), Level(2));
    assert_eq!(set.scales["training"].name_of(Level(2)), "mức 2");
    let keys: Vec<String> = figures(&set).into_iter().map(|figure| figure.key).collect();
    for key in ["scales.whole 1 to", "scales.whole 4 from", "3 bands 20", "1.1.1.1.1 bands 33,3%", "step", "2 max"] {
        assert!(keys.iter().any(|known| known == key), "{key}: {keys:?}");
    }
    assert!(!keys.iter().any(|key| key == "unmet"));

    let assembled = book(vec![in_folder("lang-nghe.toml", &file("lang-nghe.toml"))]).unwrap();
    assert_eq!(assembled.book.for_kind(&SchoolKind("TC".to_owned())).unwrap().id.0, "lang-nghe-2026");
    assert_eq!(assembled.used.len(), 4);
}

#[test]
fn every_mistake_is_told_at_once() {
    let broken = load_text("quy-tac/hong.toml", &file("hong.toml")).unwrap_err();
    insta::assert_snapshot!("broken_vi", shown(&broken, Lang::Vi));
    insta::assert_snapshot!("broken_en", shown(&broken, Lang::En));
    let tree = load_text("quy-tac/khong-cay.toml", &file("khong-cay.toml")).unwrap_err();
    insta::assert_snapshot!("tree_vi", shown(&tree, Lang::Vi));
}

#[test]
fn notepad_files_are_taken() {
    let crlf = file("lang-nghe.toml").replace('\n', "\r\n");
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(crlf.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let plain = book(vec![in_folder("a.toml", &file("lang-nghe.toml"))]).unwrap();
    let notepad = book(vec![("quy-tac/a.toml".to_owned(), utf16)]).unwrap();
    assert_eq!(plain.book, notepad.book);
    let wrong = book(vec![("quy-tac/a.toml".to_owned(), b"PK\x03\x04\0\0".to_vec())]).unwrap_err();
    assert!(wrong[0].display(Lang::Vi).starts_with("quy-tac/a.toml: lỗi: không phải tệp văn bản"));
    // What is no rule file is left alone.
    let others = vec![("quy-tac/doc.txt".to_owned(), b"?".to_vec()), ("quy-tac/.a.toml".to_owned(), b"?".to_vec())];
    assert_eq!(book(others).unwrap().book.sets.len(), 3);
}

#[test]
fn a_set_with_the_same_id_or_named_in_replaces_stands_for_the_embedded_one() {
    let same = changed("qd-4725", &[("max = 30\nscale", "max = 30.5\nscale")]);
    let assembled = book(vec![in_folder("4725.toml", &same)]).unwrap();
    assert_eq!(assembled.book.sets.len(), 3);
    let set = &assembled.book.sets[1];
    assert_eq!(set.origin, Origin::File("quy-tac/4725.toml".to_owned()));
    let sums: Vec<_> = assembled.findings.iter().filter(|finding| finding.code == code::MAX_NOT_SUM).collect();
    assert_eq!(sums.len(), 3, "{sums:?}");
    assert_eq!(sums[0].place.file.as_deref(), Some("quy-tac/4725.toml"));

    // Another shape: three groups, and the office's formula follows to those that it names.
    let text = file("lang-nghe.toml")
        .replace("kinds = [\"TT_NN\", \"TC\"]", "kinds = [\"MN\"]\nreplaces = [\"qd-3276-2024\"]");
    let without = shown(&book(vec![in_folder("mn.toml", &text)]).unwrap_err(), Lang::Vi);
    assert!(without.contains("of: nhóm 2 của bộ “lang-nghe-2026” không có thang mức; thêm vào quy-tac"), "{without}");
    let text = text.replace("title = \"Quản trị\"", "title = \"Quản trị\"\nscale = \"training\"");
    let assembled = book(vec![in_folder("mn.toml", &text)]).unwrap();
    let office = assembled.book.of_office().unwrap();
    let of = &office.node("2.2".parse().unwrap()).unwrap().computed.as_ref().unwrap().of;
    assert_eq!(of[0].set.0, "lang-nghe-2026");
    assert_eq!(of[0].groups, ["1".parse().unwrap(), "2".parse().unwrap()]);
    let codes: Vec<u16> = assembled.findings.iter().map(|finding| finding.code.0).collect();
    for expected in [code::FORMULA_FOLLOWS, code::WEIGHT_WITHOUT_LEVEL, code::SET_REPLACED] {
        assert!(codes.contains(&expected.0), "{codes:?}");
    }
    assert!(assembled.book.for_kind(&SchoolKind("MG".to_owned())).is_none());
}

#[test]
fn what_is_wrong_between_files_names_both() {
    let lang_nghe = file("lang-nghe.toml");
    let two = book(vec![in_folder("a.toml", &lang_nghe), in_folder("b.toml", &lang_nghe)]).unwrap_err();
    let two = shown(&two, Lang::Vi);
    assert!(two.contains("quy-tac/b.toml:2:") && two.contains("đã có trong quy-tac/a.toml"), "{two}");

    let kind = lang_nghe.replace("\"TC\"", "\"THPT\"");
    let kind = shown(&book(vec![in_folder("a.toml", &kind)]).unwrap_err(), Lang::Vi);
    assert!(kind.contains("quy-tac/a.toml:2: lỗi: set: cấp học THPT đã thuộc bộ “qd-4725-2022”"), "{kind}");

    let unknown = lang_nghe.replace("kinds =", "replaces = [\"qd-3276-2042\"]\nkinds =");
    let unknown = shown(&book(vec![in_folder("a.toml", &unknown)]).unwrap_err(), Lang::En);
    assert!(unknown.contains("did you mean “qd-3276-2024”?"), "{unknown}");

    let office = changed("qd-3806", &[("qd-4725-2022", "qd-4725-2002"), ("[\"1\", \"2\"]", "[\"1\", \"7\"]")]);
    let office = shown(&book(vec![in_folder("cq.toml", &office)]).unwrap_err(), Lang::Vi);
    assert!(office.contains("không có bộ “qd-4725-2002”; có phải “qd-4725-2022”?"), "{office}");
    assert!(office.contains("không có nhóm 7"), "{office}");

    let levels = changed("qd-3806", &[("3 = 1 }", "3 = 1, 4 = 1 }")]);
    let levels = shown(&book(vec![in_folder("cq.toml", &levels)]).unwrap_err(), Lang::Vi);
    assert!(levels.contains("2.1: bộ “qd-4725-2022” không có mức 4"), "{levels}");
}

/// An office set with two computed items, in words of `set: groups`, over sets `a` (two groups, three levels) and `b` (two
/// levels), which belong to kinds that nobody else has.
fn with_office_of(first: &str, second: &str, edits: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    let school = |id: &str, scale: &str| {
        let [basis, scale] = ["basis = \"provisional\"", &format!("[scales.group]\nlevels = [{scale}]")];
        let group = |n: u8| {
            format!(
                "[[node]]\ncode = \"{n}\"\ntitle = \"Nhóm {n}\"\nkind = \"group\"\nmax = 10\n{basis}\n\
                 [[node]]\ncode = \"{n}.1\"\ntitle = \"Mục {n}\"\nkind = \"points\"\nmax = 10\n{basis}\n"
            )
        };
        format!(
            "[set]\nid = \"{id}\"\ntitle = \"Bộ {id}\"\nshort = \"{id}\"\ndecision = \"QĐ\"\nkinds = [\"K{id}\"]\n\
             [overall]\nrule = \"lowest-group\"\n{basis}\n{scale}\n{basis}\n{}{}",
            group(1),
            group(2)
        )
    };
    let three = school("a", "{ level = 1, below = 5 }, { level = 2, from = 5, to = 7 }, { level = 3, above = 7 }");
    let two = school("b", "{ level = 1, below = 5 }, { level = 2, from = 5 }");
    let mut office = changed("qd-3806", &[]);
    for (from, to) in [
        ("of = [{ set = \"qd-4725-2022\", groups = [\"1\"] }]", format!("of = [{first}]")),
        ("of = [{ set = \"qd-3276-2024\", groups = [\"1\", \"2\"] }]", format!("of = [{second}]")),
    ] {
        assert!(office.contains(from), "{office}");
        office = office.replacen(from, &to, 1);
    }
    for (from, to) in edits {
        assert!(office.contains(from), "{from}");
        office = office.replacen(from, to, 1);
    }
    vec![in_folder("a.toml", &three), in_folder("b.toml", &two), in_folder("cq.toml", &office)]
}

#[test]
fn levels_without_weights_and_weights_without_levels_are_told_for_all_sets_of_a_formula() {
    let [a, b] = ["{ set = \"a\", groups = [\"1\"] }", "{ set = \"b\", groups = [\"1\", \"2\"] }"];
    let said = |files| -> Vec<(u16, Severity)> {
        let found = book(files).unwrap().findings.into_iter();
        let about = found.filter(|finding| finding.code.0 > 702 && finding.item.is_some());
        about.map(|finding| (finding.code.0, finding.severity)).collect()
    };
    // The third level is one of `a` alone.
    let files = with_office_of(&format!("{a}, {b}"), b, &[]);
    let wrong = shown(&book(files).unwrap_err(), Lang::Vi);
    assert!(wrong.contains("2.2: bộ “b” không có mức 3") && !wrong.contains("2.1"), "{wrong}");
    assert_eq!(said(with_office_of(&format!("{a}, {b}"), a, &[])), [(732, Severity::Note)]);
    // A level of `a` weighs nothing.
    assert_eq!(said(with_office_of(&format!("{a}, {b}"), a, &[(", 3 = 1 }", " }")])), [(707, Severity::Warning)]);
    // A level that only some can reach is more than a note.
    let reach = ("formula = \"level-share\"", "formula = \"reach-level\"\nlevel = 3");
    let weights = ("weights = { 1 = 0, 2 = 0.5, 3 = 1 }\n", "");
    assert_eq!(said(with_office_of(&format!("{a}, {b}"), a, &[reach, weights])), [(708, Severity::Warning)]);
    let nowhere = shown(&book(with_office_of(b, a, &[reach, weights])).unwrap_err(), Lang::Vi);
    assert!(nowhere.contains("2.1: bộ “b” không có mức 3"), "{nowhere}");
}

#[test]
fn a_formula_names_each_set_once_and_groups_that_are_there() {
    let a = "{ set = \"a\", groups = [\"1\"] }";
    let twice = with_office_of(&format!("{a}, {{ set = \"a\", groups = [\"2\"] }}"), a, &[]);
    let twice = shown(&book(twice).unwrap_err(), Lang::Vi);
    assert!(twice.contains("quy-tac/cq.toml:") && twice.contains("bộ “a” đã có trong of"), "{twice}");
    // Two parts that a third set stands for: the same groups count once, others are a mistake.
    let third = |groups: &str| {
        let b = format!("{{ set = \"b\", groups = [{groups}] }}");
        let mut files = with_office_of(&format!("{a}, {b}"), "{ set = \"c\", groups = [\"1\"] }", &[]);
        let text = String::from_utf8(files[0].1.clone()).unwrap();
        let text = text
            .replace("id = \"a\"", "id = \"c\"\nreplaces = [\"a\", \"b\"]")
            .replace("short = \"a\"", "short = \"c\"");
        files.push(in_folder("c.toml", &text));
        book(files)
    };
    let merged = third("\"1\"").unwrap();
    let of = &merged.book.of_office().unwrap().node("2.1".parse().unwrap()).unwrap().computed.as_ref().unwrap().of;
    assert_eq!(of.iter().map(|of| of.set.0.as_str()).collect::<Vec<_>>(), ["c"]);
    let apart = shown(&third("\"2\"").unwrap_err(), Lang::Vi);
    assert!(apart.contains("2.1: of: hai phần cùng tính từ bộ “c” mà khác nhóm"), "{apart}");
}

#[test]
fn a_parent_behind_its_child_and_a_set_that_replaces_itself_are_mistakes() {
    let after =
        file("lang-nghe.toml").replace("code = \"1.1\"", "code = \"0\"").replace("code = \"1.1.1\"", "code = \"1.1\"");
    let after = after.replace("code = \"0\"", "code = \"1.1.1\"");
    let after = shown(&load_text("quy-tac/a.toml", &after).unwrap_err(), Lang::Vi);
    assert_eq!(
        after,
        "quy-tac/a.toml:55:8: lỗi: node[3].code: 1.1.1 đứng trước mục cha 1.1 (dòng 62); ghi mục cha trước\n"
    );
    let itself = changed("qd-3276", &[("kinds =", "replaces = [\"qd-3276-2024\"]\nkinds =")]);
    let itself = shown(&load_text("quy-tac/a.toml", &itself).unwrap_err(), Lang::Vi);
    assert!(itself.contains("quy-tac/a.toml:") && itself.contains("bộ này thay chính nó"), "{itself}");
    // Of four in a row, none in a circle.
    let plain = file("lang-nghe.toml");
    let chain = |n: u8| {
        let replaces = if n == 0 { String::new() } else { format!("replaces = [\"l{}\"]\n", n - 1) };
        let text = plain.replace("id = \"lang-nghe-2026\"", &format!("id = \"l{n}\"\n{replaces}"));
        in_folder(&format!("{n}.toml"), &text)
    };
    let assembled = book((0..12).map(chain).collect()).unwrap();
    let there: Vec<&str> = assembled.book.sets.iter().map(|set| set.id.0.as_str()).collect();
    assert_eq!(there, ["l11", "qd-3276-2024", "qd-4725-2022", "qd-3806-2024"]);
}

#[test]
fn a_figure_is_confirmed_or_replaced_by_its_key() {
    let mut set = embedded("qd-4725");
    let before = Tally::of([&set]).not_official();
    confirm(&mut set, "1.6.1 max", None, official()).unwrap();
    confirm(&mut set, "scales.group 2 to", Some("80"), official()).unwrap();
    confirm(&mut set, "2.3 max", Some("60"), official()).unwrap();
    confirm(&mut set, "unmet", Some("not-accepted"), official()).unwrap();
    confirm(&mut set, "1.1 mandatory", Some("có"), official()).unwrap();
    assert_eq!(Tally::of([&set]).not_official(), before - 5);
    assert_eq!(set.scales["group"].level_of(Points::whole(80)), Level(2));
    assert_eq!(set.scales["group"].level_of(Points::hundredths(8050)), Level(3));
    // 2.3 adds up now, its group no longer does.
    let sums: Vec<String> = audit(&set).iter().map(|finding| finding.message(Lang::En)).collect();
    assert_eq!(sums.len(), 1, "{sums:?}");
    assert!(sums[0].starts_with("2 Chuyển đổi số trong quản trị") && sums[0].contains("10 apart"), "{sums:?}");
    let figure = figures(&set).into_iter().find(|figure| figure.key == "1.6.1 max").unwrap();
    assert_eq!(figure.authority, official());
    let neighbour = figures(&set).into_iter().find(|figure| figure.key == "1.6.2 max").unwrap();
    assert_eq!(neighbour.authority.basis, Basis::Sourced);
}

#[test]
fn what_cannot_be_confirmed_says_why_and_changes_nothing() {
    let mut set = embedded("qd-4725");
    let before = set.clone();
    for (key, value, expected) in [
        ("1.6.1 mx", None, "did you mean “1.6.1 max”?"),
        ("1.6.1 max", Some("bảy"), "cannot be"),
        ("1.6.1 max", Some("-1"), "cannot be"),
        ("scales.group 2 to", Some("40"), "out of order"),
        ("overall", Some("by-total"), "only a rule file"),
        ("1.1 mandatory", Some("không"), "only a rule file"),
        ("step", Some("0"), "cannot be"),
    ] {
        let refusal = confirm(&mut set, key, value, official()).unwrap_err();
        assert!(refusal.message(Lang::En).contains(expected), "{key}: {refusal:?}");
    }
    assert_eq!(set, before);

    let mut office = embedded("qd-3806");
    confirm(&mut office, "2.2 weights 2", Some("0,6"), official()).unwrap();
    confirm(&mut office, "2.1 denominator", Some("returned"), official()).unwrap();
    let weights = figures(&office).into_iter().find(|figure| figure.key == "2.2 weights 2").unwrap();
    assert_eq!((weights.value.as_str(), weights.authority.basis), ("0,6", Basis::Official));
}

#[test]
fn every_shipped_figure_can_be_confirmed_as_it_stands_and_then_nothing_is_a_draft() {
    for id in ["qd-3276", "qd-3806", "qd-4725"] {
        let mut set = embedded(id);
        let before = set.clone();
        assert!(draft(&set).is_some());
        let all = figures(&set);
        let unique: std::collections::BTreeSet<&str> = all.iter().map(|figure| figure.key.as_str()).collect();
        assert_eq!(unique.len(), all.len());
        assert_eq!(
            set.nodes.iter().filter(|node| node.kind != NodeKind::Mandatory).count(),
            all.iter().filter(|figure| figure.key.ends_with(" max")).count()
        );
        for figure in &all {
            confirm(&mut set, &figure.key, Some(&figure.value), official()).unwrap();
        }
        assert_eq!(draft(&set), None);
        assert_eq!(set.nodes, before.nodes);
        let json = serde_json::to_string(&set).unwrap();
        assert_eq!(serde_json::from_str::<RuleSet>(&json).unwrap(), set);
    }
}

#[test]
fn the_texts_for_the_terminal() {
    let assembled = book(vec![in_folder("lang-nghe.toml", &file("lang-nghe.toml"))]).unwrap();
    insta::assert_snapshot!("list_vi", list_text(&assembled.book, Lang::Vi));
    insta::assert_snapshot!("show_vi", set_text(&assembled.book.sets[0], Lang::Vi));
    let office = assembled.book.of_office().unwrap();
    insta::assert_snapshot!("check_vi", check_text(&assembled.warnings, &[office], Lang::Vi));
    assert!(check_text(&[], &[office], Lang::En).contains("2.2 weights 3"));
}

#[test]
fn no_cut_or_missing_line_brings_the_loader_down() {
    for (name, text) in EMBEDDED.into_iter().chain([("hong.toml", file("hong.toml").as_str())]) {
        let lines: Vec<&str> = text.lines().collect();
        for gone in (0..lines.len()).step_by(3) {
            let rest: Vec<&str> = lines.iter().enumerate().filter(|(i, _)| *i != gone).map(|(_, line)| *line).collect();
            if let Err(mistakes) = load_text(name, &rest.join("\n")) {
                assert!(mistakes.iter().any(|mistake| mistake.is_error), "{name} without line {}", gone + 1);
                assert!(mistakes.iter().all(|mistake| (1..=lines.len() as u32 + 1).contains(&mistake.line)));
            }
        }
        for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)).step_by(311) {
            if let Err(mistakes) = load_text(name, &text[..end]) {
                assert!(!mistakes.is_empty());
            }
        }
    }
}

/// The codes that the audit of a changed file raises beside those it raises unchanged.
fn raised(id: &str, edits: &[(&str, &str)]) -> Vec<u16> {
    let loaded = load_text("quy-tac/x.toml", &changed(id, edits)).unwrap();
    assert_eq!(loaded.warnings.len(), audit(&loaded.set).len());
    assert!(loaded.warnings.iter().all(|warning| warning.line > 0 && !warning.is_error), "{:?}", loaded.warnings);
    audit(&loaded.set).iter().map(|finding| finding.code.0).filter(|&code| code != 702).collect()
}

#[test]
fn the_audit_says_each_thing_that_is_odd() {
    let group = "levels = [{ level = 1, below = 50 }, { level = 2, from = 50, to = 75 }, { level = 3, above = 75 }]";
    let steep = "levels = [{ level = 1, below = 50 }, { level = 2, from = 50, to = 100 }, { level = 3, above = 100 }]";
    let ratio = "kind = \"ratio\"\nmax = 7\n";
    let bands = |list: &str| format!("{ratio}bands = [{list}]\n");
    let short = bands("{ from = \"50%\", points = 3 }, { from = \"80%\", points = 6 }");
    let falling = bands("{ from = \"50%\", points = 7 }, { from = \"80%\", points = 3 }");
    let other =
        "[scales.other]\nlevels = [{ level = 1, below = 5 }, { level = 2, from = 5 }]\nbasis = \"provisional\"\n";
    let with_other = format!("{other}\n[scales.group]");
    for (id, edits, expected) in [
        ("qd-4725", vec![(group, steep)], vec![703, 703]),
        ("qd-3806", vec![(group, steep)], vec![703]),
        ("qd-4725", vec![(ratio, short.as_str())], vec![704]),
        ("qd-4725", vec![(ratio, falling.as_str())], vec![705]),
        ("qd-4725", vec![("source = \"lawnet.vn\"\n", "")], vec![706]),
        ("qd-4725", vec![("scale = \"online-teaching\"\n", "")], vec![709]),
        (
            "qd-4725",
            vec![("[scales.group]", &with_other), ("max = 100\n", "max = 100\nscale = \"other\"\n")],
            vec![710],
        ),
        ("qd-4725", vec![("max = 10\n", "max = 0\n")], vec![714]),
        ("qd-4725", vec![("max = 10\n", "max = 10.25\n")], vec![715]),
    ] {
        assert_eq!(raised(id, &edits), expected, "{id} {edits:?}");
    }
}

#[test]
fn a_formula_of_ours_says_which_levels_the_offices_set_does_not_have() {
    let text = changed(
        "qd-3276",
        &[(
            "{ level = 2, from = 50, to = 75 }, { level = 3, above = 75 }]\nnames = [\"chưa đáp ứng\", \"đáp ứng cơ bản\", ",
            "{ level = 2, from = 50 }]\nnames = [\"chưa đáp ứng\", ",
        )],
    );
    let assembled = book(vec![in_folder("mn.toml", &text)]).unwrap();
    let said: Vec<u16> = assembled.findings.iter().map(|finding| finding.code.0).collect();
    assert_eq!(said, [702, 711, 708]);

    let no_office = changed(
        "qd-3276",
        &[("id = \"qd-3276-2024\"", "id = \"khac\"\nreplaces = [\"qd-3276-2024\", \"qd-3806-2024\"]")],
    );
    let assembled = book(vec![in_folder("mn.toml", &no_office)]).unwrap();
    assert!(assembled.book.of_office().is_none());
    assert!(assembled.findings.iter().any(|finding| finding.code == code::NO_OFFICE_SET));
}
