//! Random rule sets and answers, held against a second scorer that is written from the documents: every figure of every
//! school and of the office. More universes by hand:
//!
//! ```text
//! CDS_UNIVERSES=2000 cargo test --test all differential::        from seed 1; CDS_SEED=1234 begins there
//! ```

mod answers;
mod scorer;
mod universe;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use cds::aggregate::{Owed, aggregate};
use cds::check::check;
use cds::codes::SetId;
use cds::form::FormReader;
use cds::form_writer::{Filling, write};
use cds::grid::{Grid, Value};
use cds::outcome::Status;
use cds::points::Points;
use cds::reader::Limits;
use cds::rules::{RuleBook, book};
use cds::run::{self, Options};
use cds::score::{Given, Scored, score};

use crate::offices::sheet;
use crate::outcomes::Dice;
use answers::{Answer, answers};
use universe::{Kind, Set, Universe};

/// A school of a universe: its place among the sets is that of its kind.
struct Filled {
    set: usize,
    code: String,
    name: String,
    /// `None`: nothing was returned.
    returned: Option<(Vec<Answer>, Grid)>,
}

/// How many universes, and the first one's seed.
fn asked(suite: u64) -> (u64, u64) {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    (number("CDS_UNIVERSES").unwrap_or(suite), number("CDS_SEED").unwrap_or(1))
}

fn school(dice: &mut Dice, universe: &Universe, n: usize) -> Filled {
    let set = dice.roll(universe.sets.len() as u64) as usize;
    let (code, name) = (format!("905{:05}", n + 1), format!("Trường Sen {}", n + 1));
    let returned = (dice.roll(5) > 0).then(|| answers(dice, &universe.sets[set], Some((&code, &name))));
    Filled { set, code, name, returned }
}

fn schools(dice: &mut Dice, universe: &Universe, least: usize) -> Vec<Filled> {
    let many = least + dice.roll(7) as usize;
    (0..many).map(|n| school(dice, universe, n)).collect()
}

/// What the second scorer makes of all of them, and of the office.
fn expected(
    universe: &Universe,
    schools: &[Filled],
    own: Option<&[Answer]>,
) -> (Vec<Option<scorer::Scored>>, scorer::Scored) {
    let none = BTreeMap::new();
    let each: Vec<Option<scorer::Scored>> = schools
        .iter()
        .map(|one| Some(scorer::score(&universe.sets[one.set], &one.returned.as_ref()?.0, &none)))
        .collect();
    let owed: Vec<(usize, Option<scorer::Scored>)> =
        schools.iter().zip(&each).map(|(one, scored)| (one.set, scored.clone())).collect();
    let mut points = BTreeMap::new();
    for node in &universe.office.nodes {
        if let Kind::Computed(computed) = &node.kind
            && computed.formula != universe::Formula::Manual
        {
            points.insert(node.code.clone(), scorer::compute(node, computed, &universe.sets, &owed));
        }
    }
    let blank = vec![Answer::default(); universe.office.nodes.len()];
    let office = scorer::score(&universe.office, own.unwrap_or(&blank), &points);
    // A form without any score is a form that is not filled: what it says of conditions is passed over.
    let typed = universe.office.nodes.iter().any(universe::Node::is_scored);
    let mut office = if office.answered || !typed { office } else { scorer::score(&universe.office, &blank, &points) };
    // Without a form what it asks for, and what that belongs to, is of no level.
    let asked = |node: &&universe::Node| node.is_scored() || node.kind == Kind::Condition;
    let asked: Vec<String> = universe.office.nodes.iter().filter(asked).map(|node| format!("{}.", node.code)).collect();
    if own.is_none() && !asked.is_empty() {
        office.level = None;
        let open = office
            .nodes
            .iter_mut()
            .filter(|(code, _)| asked.iter().any(|asked| asked.starts_with(&format!("{code}."))));
        open.for_each(|(_, node)| node.level = None);
    }
    (each, office)
}

fn differences(who: &str, set: &Set, got: &Scored, want: &scorer::Scored) -> Vec<String> {
    let mut wrong = Vec::new();
    let hundredths = Points::as_hundredths;
    for (node, got) in set.nodes.iter().zip(&got.nodes) {
        let got = scorer::Result {
            claimed: got.claimed.map(hundredths),
            counted: got.counted.as_hundredths(),
            met: got.met,
            level: got.level.map(|level| level.0),
        };
        let want = &want.nodes[&node.code];
        if got != *want {
            wrong.push(format!("{who} {}: {got:?}, by the documents {want:?}", node.code));
        }
    }
    let ends = (got.total.as_hundredths(), got.level.map(|level| level.0));
    if ends != (want.total, want.level) {
        wrong.push(format!("{who} total and level: {ends:?}, by the documents {:?}", (want.total, want.level)));
    }
    wrong
}

fn rules(universe: &Universe) -> RuleBook {
    match book(universe.files()) {
        Ok(assembled) => assembled.book,
        Err(mistakes) => panic!("{mistakes:#?}"),
    }
}

fn one_return(reader: &FormReader<'_>, book: &RuleBook, id: &str, grid: &Grid, given: &Given) -> (Scored, bool) {
    let found = reader.read(std::slice::from_ref(grid));
    let [returned] = &found.value[..] else {
        panic!(
            "{:?}\n{:#?}",
            found.findings,
            grid.cells().iter().map(|(at, value)| format!("{at} {value:?}")).collect::<Vec<_>>()
        )
    };
    let set = book.get(&SetId(id.to_owned())).unwrap();
    assert_eq!(returned.set, set.id);
    let checked = check(returned, set);
    (score(set, &checked, given), checked.valid)
}

/// A universe by the stages alone: tables to returns, answers, points, levels, criteria.
fn by_stages(seed: u64) -> Vec<String> {
    let mut dice = Dice::new(seed);
    let universe = Universe::new(&mut dice);
    let schools = schools(&mut dice, &universe, 0);
    let (own, grid) = answers(&mut dice, &universe.office, None);
    let (each, office) = expected(&universe, &schools, Some(&own));
    let book = rules(&universe);
    let reader = FormReader::new(&book, "2024-2025");
    let mut wrong = Vec::new();
    let mut results: Vec<Option<Scored>> = Vec::new();
    for (one, want) in schools.iter().zip(&each) {
        let set = &universe.sets[one.set];
        let result =
            one.returned.as_ref().map(|(_, grid)| one_return(&reader, &book, &set.id, grid, &Given::default()));
        if let Some(((scored, valid), want)) = result.as_ref().zip(want.as_ref()) {
            if *valid != want.counts {
                wrong.push(format!("{} counts: {valid}, by the documents {}", one.code, want.counts));
            }
            if *valid {
                wrong.extend(differences(&one.code, set, scored, want));
            }
        }
        results.push(result.filter(|(_, valid)| *valid).map(|(scored, _)| scored));
    }
    let set = book.of_office().unwrap();
    let ids: Vec<SetId> = schools.iter().map(|one| SetId(universe.sets[one.set].id.clone())).collect();
    let owed: Vec<Owed> =
        ids.iter().zip(&results).map(|(set, scored)| Owed { set, own: true, scored: scored.as_ref() }).collect();
    let computed = aggregate(&book, set, &owed);
    let points = computed.iter().filter_map(|one| Some((set.index_of(one.code)?, one.points))).collect();
    let given = Given { computed: points, ..Given::default() };
    let (scored, _) = one_return(&reader, &book, &universe.office.id, &grid, &given);
    wrong.extend(differences("office", &universe.office, &scored, &office));
    wrong
}

/// A universe by the whole program: an office folder with workbooks, a run, its tables, its report.
fn by_a_run(seed: u64) -> Vec<String> {
    let mut dice = Dice::new(seed);
    let universe = Universe::new(&mut dice);
    // An empty roster is no roster.
    let schools = schools(&mut dice, &universe, 1);
    let own = (dice.roll(4) > 0).then(|| answers(&mut dice, &universe.office, None));
    let (each, office) = expected(&universe, &schools, own.as_ref().map(|(answers, _)| &answers[..]));
    let folder = tempfile::tempdir().unwrap();
    lay_out(folder.path(), &universe, &schools, own.as_ref().map(|(_, grid)| grid));
    let done = run_once(folder.path());
    let outcome = &done.outcome;
    let mut wrong: Vec<String> = outcome.ledger.faults();
    let report = fs::read(done.path.join("tong-hop.xlsx")).unwrap();
    for (one, want) in schools.iter().zip(&each) {
        let set = &universe.sets[one.set];
        let got = outcome.expected.iter().find(|got| outcome.school_of(got).code.0 == one.code).unwrap();
        let status = match want {
            None => Status::Missing,
            Some(want) if want.counts => Status::Accepted,
            Some(_) => Status::NotValid,
        };
        if got.status != status {
            wrong.push(format!("{} is {:?}, by the documents {status:?}", one.code, got.status));
            continue;
        }
        let row = BTreeMap::from([("Mã trường", one.code.clone())]);
        let shown = |title: &str| cell(&report, &set.short, &row, title);
        if let (Some(got), Some(want)) = (&got.scored, want) {
            wrong.extend(differences(&one.code, set, got, want));
            same(
                &mut wrong,
                &format!("{} in the report", one.code),
                shown("Tổng điểm"),
                Some(want.total as f64 / 100.0),
            );
            if let Some(level) = want.level {
                same(
                    &mut wrong,
                    &format!("{} level in the report", one.code),
                    shown("Mức độ chung"),
                    Some(level.into()),
                );
            }
        }
    }
    let result = outcome.offices.as_ref().unwrap();
    wrong.extend(differences("office", &universe.office, &result.scored, &office));
    for node in universe.office.nodes.iter().filter(|node| node.kind != Kind::Condition) {
        let row = BTreeMap::from([("Mã", node.code.clone())]);
        let shown = |title: &str| cell(&report, "Tiêu chí cơ quan", &row, title);
        let want = &office.nodes[&node.code];
        same(
            &mut wrong,
            &format!("office {} in the report", node.code),
            shown("Được tính"),
            Some(want.counted as f64 / 100.0),
        );
        same(
            &mut wrong,
            &format!("office {} level in the report", node.code),
            shown("Mức độ"),
            want.level.map(f64::from),
        );
    }
    for set in &outcome.book.sets {
        let blank = Filling { school: None, office: Some(&outcome.office), answers: None, created: outcome.at };
        write(set, &blank).unwrap();
    }
    wrong
}

fn same(wrong: &mut Vec<String>, what: &str, shown: Option<f64>, want: Option<f64>) {
    if shown != want {
        wrong.push(format!("{what}: {shown:?}, by the documents {want:?}"));
    }
}

/// The number under a title in the row of a sheet that holds these texts under theirs.
fn cell(workbook: &[u8], name: &str, row: &BTreeMap<&str, String>, title: &str) -> Option<f64> {
    let rows = sheet(workbook, name);
    let head = rows.iter().position(|cells| row.keys().all(|key| cells.iter().any(|cell| cell == key)))?;
    let col = |title: &str| rows[head].iter().position(|cell| cell == title);
    let found = rows[head + 1..]
        .iter()
        .find(|cells| row.iter().all(|(key, text)| col(key).is_some_and(|col| cells[col] == *text)))?;
    found[col(title)?].parse().ok()
}

fn lay_out(folder: &Path, universe: &Universe, schools: &[Filled], own: Option<&Grid>) {
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        let then = UNIX_EPOCH + Duration::from_secs(1_746_000_000);
        fs::File::options().write(true).open(&path).unwrap().set_modified(then).unwrap();
    };
    put("co-quan.toml", "ten = \"Phòng GDĐT thử nghiệm\"\nnam_hoc = \"2024-2025\"\n".as_bytes());
    let mut roster = "ma_truong,ten_truong,cap_hoc,don_vi_quan_ly\n".to_owned();
    for one in schools {
        let kind = universe.sets[one.set].kind.as_deref().unwrap();
        roster += &format!("{},{},{kind},Xã 1\n", one.code, one.name);
        if let Some((_, grid)) = &one.returned {
            put(&format!("nop/{}.xlsx", one.code), &workbook(grid));
        }
    }
    put("danh-sach-truong.csv", roster.as_bytes());
    fs::create_dir_all(folder.join("nop")).unwrap();
    universe.files().iter().for_each(|(name, bytes)| put(name, bytes));
    own.into_iter().for_each(|grid| put("phieu-co-quan.xlsx", &workbook(grid)));
}

fn workbook(grid: &Grid) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name(&grid.name).unwrap();
    for (at, value) in grid.cells() {
        let col = at.col as u16;
        match value {
            Value::Number(number) => sheet.write_number(at.row, col, *number).unwrap(),
            Value::Text(text) => sheet.write_string(at.row, col, text).unwrap(),
            other => panic!("{other:?}"),
        };
    }
    book.save_to_buffer().unwrap()
}

fn run_once(folder: &Path) -> run::Done {
    let options = Options {
        at: jiff::civil::date(2025, 6, 1).at(2, 0, 0, 0),
        reader: Path::new(env!("CARGO_BIN_EXE_cds")),
        threads: 2,
        limits: Limits::default(),
        settle: Duration::ZERO,
        per_unit: false,
        stop: None,
    };
    match run::run(folder, &options, &|_| {}) {
        Ok(done) => done,
        Err(error) => panic!("{error:?}"),
    }
}

fn hold(suite: u64, law: fn(u64) -> Vec<String>) {
    let (many, first) = asked(suite);
    let mut broken = 0;
    let mut said = String::new();
    for seed in first..first + many {
        let wrong = std::panic::catch_unwind(|| law(seed)).unwrap_or_else(|why| {
            let told =
                why.downcast_ref::<String>().cloned().or_else(|| why.downcast_ref::<&str>().map(|s| (*s).to_owned()));
            vec![format!("stopped: {}", told.unwrap_or_default())]
        });
        if !wrong.is_empty() {
            broken += 1;
            if broken <= 10 {
                said += &format!("universe {seed}:\n  {}\n", wrong[..wrong.len().min(12)].join("\n  "));
            }
        }
    }
    assert_eq!(broken, 0, "of {many} universes\n{said}");
}

#[test]
fn every_figure_is_that_of_the_documents() {
    hold(44, by_stages);
}

#[test]
fn a_whole_run_and_its_report_are_those_of_the_documents() {
    hold(6, by_a_run);
}
