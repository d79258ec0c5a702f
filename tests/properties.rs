//! Laws that hold for any form: what was written is read, wherever it stands; order and threads leave no trace.

#![allow(clippy::unwrap_used)]

use crate::forms::sketch;

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use calamine::{Data, Reader, SheetVisible, Xlsx};
use cds::check::{Checked, check};
use cds::finding::Severity;
use cds::form::FormReader;
use cds::form_writer::{Answer, Answers, Filling, write};
use cds::grid::{CellRef, Grid, Value};
use cds::points::{Points, Share};
use cds::rules::{NodeKind, RuleBook, RuleSet};
use jiff::civil::date;
use proptest::prelude::*;

/// A set of any shape, and numbers from which legal answers are made.
fn sets() -> impl Strategy<Value = (RuleSet, Vec<u32>)> {
    let kinds = ["points", "yes-no", "ratio", "count", "mandatory"];
    let leaf = (0..kinds.len(), 1..200_i64).prop_map(move |(kind, max)| (kinds[kind], Points::hundredths(max * 50)));
    let tree = proptest::collection::vec((1..5_usize, leaf), 1..12);
    (tree, 2..=9_u8, any::<bool>(), proptest::collection::vec(any::<u32>(), 24))
        .prop_map(|(shape, levels, by_total, dice)| (sketch::random(&shape, levels, by_total), dice))
}

/// Legal answers, with the points that each leaf means.
fn answers(set: &RuleSet, dice: &[u32]) -> (Answers, Vec<Option<Points>>) {
    let number = |points: Points| Some(Value::Number(points.to_f64()));
    let mut answers = Answers::default();
    let mut meant = vec![None; set.nodes.len()];
    for (i, node) in set.nodes.iter().enumerate().filter(|(_, node)| node.is_leaf()) {
        let roll = i64::from(dice[i % dice.len()]);
        let max = node.max.unwrap_or_default();
        let mut answer = Answer { evidence: "QĐ 1".to_owned(), ..Answer::default() };
        let points = match node.kind {
            NodeKind::Mandatory => {
                let met = roll % 2 == 0;
                answer.score = Some(Value::Text(if met { "Đạt" } else { "Chưa đạt" }.to_owned()));
                meant[i] = Some(Points::whole(i64::from(met)));
                answers.items.insert(node.code, answer);
                continue;
            }
            NodeKind::YesNo => [Points::ZERO, max][usize::from(roll % 2 == 1)],
            NodeKind::Ratio => {
                let part = roll % 101;
                answer.part = Some(Value::Number(part as f64));
                answer.whole = Some(Value::Number(100.0));
                let by_band = node.points_by_band(Share::new(part.into(), 100).unwrap()).unwrap();
                // A band may give more than the sketch's item bears; then the amount is too small for any.
                if by_band > max {
                    answer.part = Some(Value::Number(1.0));
                }
                if by_band > max { Points::ZERO } else { by_band }
            }
            _ => Points::hundredths(roll % (max.as_hundredths() / 50 + 1) * 50),
        };
        if node.kind == NodeKind::Count {
            answer.part = Some(Value::Number(f64::from(dice[0] % 50)));
        }
        answer.score = number(points);
        meant[i] = Some(points);
        answers.items.insert(node.code, answer);
    }
    (answers, meant)
}

fn written(set: &RuleSet, answers: &Answers) -> Vec<Grid> {
    let filling =
        Filling { school: None, office: None, answers: Some(answers), created: date(2025, 3, 1).at(8, 0, 0, 0) };
    let bytes = write(set, &filling).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let sheets = book.sheets_metadata().to_vec();
    let grid = |sheet: calamine::Sheet| {
        let range = book.worksheet_range(&sheet.name).unwrap();
        let (row, col) = range.start().unwrap_or_default();
        let at = |(r, c, data): (usize, usize, &Data)| {
            let value = match data {
                Data::Float(number) => Value::Number(*number),
                Data::Bool(answer) => Value::Bool(*answer),
                Data::Empty => return None,
                other => Value::Text(other.to_string()),
            };
            Some((CellRef::new(row + r as u32, col + c as u32), value))
        };
        let mut grid = Grid::new(sheet.name, range.used_cells().filter_map(at).collect());
        grid.hidden = sheet.visible != SheetVisible::Visible;
        grid
    };
    sheets.into_iter().map(grid).collect()
}

fn read(set: &RuleSet, grids: &[Grid]) -> Checked {
    let book = RuleBook { sets: vec![set.clone()] };
    let found = FormReader::new(&book, "2024-2025").read(grids);
    assert_eq!(found.value.len(), 1, "{:?}", found.findings);
    check(&found.value[0], set)
}

/// What each node's answer means.
fn means(checked: &Checked) -> Vec<Option<Points>> {
    let met = |met: bool| Points::whole(i64::from(met));
    checked.answers.iter().map(|answer| answer.claimed.or(answer.met.map(met))).collect()
}

/// The grid with something put in before a row and before a column.
fn inserted(grid: &Grid, row: u32, col: u32, filled: bool) -> Grid {
    let moved = |at: CellRef| CellRef::new(at.row + u32::from(at.row >= row), at.col + u32::from(at.col >= col));
    let mut cells: Vec<_> = grid.cells().iter().map(|(at, value)| (moved(*at), value.clone())).collect();
    if filled {
        let rows: Vec<u32> = grid.rows().map(|(row, _)| moved(CellRef::new(row, 0)).row).collect();
        cells.extend(rows.into_iter().skip(8).map(|row| (CellRef::new(row, col), Value::Text("tổ CNTT".to_owned()))));
    }
    let mut new = Grid::new(grid.name.clone(), cells);
    new.hidden = grid.hidden;
    new
}

proptest! {
    #[test]
    fn what_was_written_is_read((set, dice) in sets()) {
        let (answers, meant) = answers(&set, &dice);
        let checked = read(&set, &written(&set, &answers));
        prop_assert_eq!(means(&checked), meant);
        let errors: Vec<_> = checked.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        prop_assert!(errors.is_empty(), "{:?}", errors);
        prop_assert!(checked.valid);
    }

    #[test]
    fn where_it_stands_changes_nothing(
        (set, dice) in sets(),
        row in 0..60_u32,
        col in 0..9_u32,
        filled in any::<bool>(),
        turn in 0..4_usize,
    ) {
        let (answers, meant) = answers(&set, &dice);
        let mut grids: Vec<Grid> = written(&set, &answers).iter().map(|grid| inserted(grid, row, col, filled)).collect();
        grids.insert(0, Grid::from_rows("Kế hoạch", [["STT", "Nội dung công việc", "Kinh phí"], ["1", "Mua máy", "15"]]));
        let turn = turn % grids.len();
        grids.rotate_left(turn);
        prop_assert_eq!(means(&read(&set, &grids)), meant);
    }
}

/// The files of a run that are the same on every machine.
const PURE: [&str; 5] = ["truong.csv", "diem.csv", "loi.csv", "nop.csv", "ket-qua.json"];

#[test]
fn order_and_threads_leave_no_trace() {
    let wild = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wild");
    let mut names: Vec<String> = fs::read_dir(&wild)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(|c: char| c.is_ascii_digit() || c == '~'))
        .collect();
    names.sort();
    let mut results: Vec<Vec<Vec<u8>>> = Vec::new();
    for threads in ["1", "3"] {
        let office = tempfile::tempdir().unwrap();
        let returned = office.path().join("nop");
        fs::create_dir(&returned).unwrap();
        fs::write(office.path().join("co-quan.toml"), "ten = \"Phòng\"\nnam_hoc = \"2024-2025\"\n").unwrap();
        fs::copy(wild.join("danh-sach-truong.csv"), office.path().join("danh-sach-truong.csv")).unwrap();
        for name in &names {
            fs::copy(wild.join(name), returned.join(name)).unwrap();
            let file = fs::File::options().write(true).open(returned.join(name)).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_745_000_000)).unwrap();
        }
        let run = ["run", "--at", "2025-06-01T02:00", "--threads", threads];
        let done = Command::new(env!("CARGO_BIN_EXE_cds")).args(run).arg(office.path()).output().unwrap();
        assert!(matches!(done.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&done.stderr));
        let runs: Vec<_> =
            fs::read_dir(office.path().join("ket-qua")).unwrap().map(|entry| entry.unwrap().path()).collect();
        let run = runs.iter().find(|run| run.is_dir()).unwrap();
        results.push(PURE.iter().map(|name| fs::read(run.join(name)).unwrap()).collect());
        names.reverse();
    }
    for (name, (one, other)) in PURE.iter().zip(results[0].iter().zip(&results[1])) {
        assert!(one == other, "{name} differs");
        assert!(one.len() > 500, "{name} says little");
    }
}
