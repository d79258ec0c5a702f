//! The office's own workbook, as it is read back.

#![allow(clippy::unwrap_used, clippy::panic)]

use crate::outcomes;

use std::io::{Cursor, Read};

use calamine::{Data, Range, Reader, Xlsx};
use cds::codes::SetId;
use cds::finding::code;
use cds::operations::{self, Earlier};
use cds::outcome::{Outcome, Status};
use cds::points::Points;
use cds::report;
use cds::rules::NodeKind;

fn since(previous: Option<&Outcome>) -> Earlier<'_> {
    Earlier { previous, ..Earlier::default() }
}

fn workbook(outcome: &Outcome, previous: Option<&Outcome>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(operations::to_bytes(outcome, since(previous)).unwrap())).unwrap()
}

fn sheet(outcome: &Outcome, name: &str) -> Range<Data> {
    workbook(outcome, None).worksheet_range(name).unwrap()
}

/// The rows below the header row that begins so.
fn rows(range: &Range<Data>, first_head: &str) -> Vec<Vec<Data>> {
    let rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
    let head = rows.iter().position(|row| row[0] == *first_head).unwrap();
    rows[head + 1..].iter().take_while(|row| row[0] != Data::Empty).cloned().collect()
}

fn number(cell: &Data) -> f64 {
    match cell {
        Data::Float(number) => *number,
        other => panic!("not a number: {other:?}"),
    }
}

fn general() -> SetId {
    SetId("qd-4725-2022".to_owned())
}

#[test]
fn sheets_stand_in_order_and_the_comparison_only_with_a_previous_run() {
    let outcome = outcomes::outcome(outcomes::book(), 24, 1);
    let names = [
        "Việc hôm nay",
        "Lỗi nhiều trường mắc",
        "Cách mức kế tiếp",
        "Nội dung mất điểm",
        "Tăng điểm cơ quan",
        "Đáng xem lại",
    ];
    assert_eq!(workbook(&outcome, None).sheet_names(), names);
    assert_eq!(workbook(&outcome, Some(&outcome)).sheet_names()[6], "So với lần trước");
}

#[test]
fn the_same_outcome_gives_the_same_bytes() {
    let outcome = outcomes::outcome(outcomes::book(), 24, 1);
    assert_eq!(
        operations::to_bytes(&outcome, since(None)).unwrap(),
        operations::to_bytes(&outcome, since(None)).unwrap()
    );
}

#[test]
fn a_workbook_that_goes_to_disk_row_by_row_says_the_same() {
    let short = outcomes::outcome(outcomes::book(), 36, 1);
    let missing = short.expected.iter().find(|expected| expected.status == Status::Missing).unwrap();
    let mut long = short.clone();
    long.expected.extend(std::iter::repeat_n(missing.clone(), 1_000));
    // As a run writes it: long sheets lie beside it until they are whole.
    let written = |outcome: &Outcome| {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("dieu-hanh.xlsx");
        operations::write(outcome, since(None), &path).unwrap();
        std::fs::read(path).unwrap()
    };
    let mut of_long = Xlsx::new(Cursor::new(written(&long))).unwrap();
    for name in ["Cách mức kế tiếp", "Nội dung mất điểm", "Tăng điểm cơ quan", "Đáng xem lại"] {
        let (said, want) = (of_long.worksheet_range(name).unwrap(), sheet(&short, name));
        assert!(want.height() > 4, "{name}");
        assert_eq!(said, want, "{name}");
    }
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| written(&long))
    };
    assert!(on(1) == on(4), "the threads show in the file");
    let is_long = |outcome: &Outcome| {
        let bytes = written(outcome);
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut doubtful = String::new();
        zip.by_name("xl/worksheets/sheet6.xml").unwrap().read_to_string(&mut doubtful).unwrap();
        doubtful.contains("inlineStr")
    };
    assert_eq!((is_long(&short), is_long(&long)), (false, true));
}

#[test]
fn each_school_with_something_to_do_has_one_row_and_one_message_missing_ones_first() {
    let outcome = outcomes::outcome(outcomes::book(), 36, 1);
    let mut rows = rows(&sheet(&outcome, "Việc hôm nay"), "Thứ tự");
    // Who is in charge of the office's own criteria is no school.
    rows.retain(|row| row[1] != Data::Empty);
    let missing: Vec<_> = outcome.expected.iter().filter(|expected| expected.status == Status::Missing).collect();
    assert!(!missing.is_empty());
    let works = |expected: &cds::outcome::ExpectedReturn| match expected.signed_copies.is_empty() {
        true => "Chưa nộp",
        false => "Mới có bản ký, chưa có phiếu",
    };
    for (row, expected) in rows.iter().zip(&missing) {
        let school = outcome.school_of(expected);
        assert_eq!(
            (&row[1], &row[3]),
            (&Data::String(school.code.0.clone()), &Data::String(works(expected).to_owned()))
        );
        assert_eq!((&row[9], &row[10]), (&Data::String(school.phone.clone()), &Data::String(school.email.clone())));
    }
    let mut codes: Vec<String> = rows.iter().map(|row| row[1].to_string()).collect();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), rows.len());
    for row in &rows {
        // The run is of 2 June, the deadline was 31 May: no day that has passed is named as one to come.
        assert_eq!(row[6], Data::Empty);
        let message = row[11].to_string();
        assert!(message.starts_with(&format!("Kính gửi {}. ", row[2])), "{message}");
        assert!(message.ends_with("Trân trọng cảm ơn!") && message.chars().count() < 700, "{message}");
        assert!(!message.contains('\n'));
    }
    let first = rows.iter().find(|row| row[3] == "Chưa nộp").unwrap();
    assert_eq!(
        first[11].to_string(),
        format!("Kính gửi {}. Đến ngày 2/6/2025", first[2])
            + ", Phòng Giáo dục và Đào tạo huyện Cần Giuộc chưa nhận được phiếu tự đánh giá mức độ chuyển đổi số năm \
               học 2024-2025 của nhà trường. Hạn nộp (31/5/2025) đã qua; kính đề nghị nhà trường gửi phiếu trong thời \
               gian sớm nhất. Trân trọng cảm ơn!"
    );
}

#[test]
fn a_school_with_errors_is_told_which_file_to_correct() {
    let outcome = outcomes::outcome(outcomes::book(), 36, 1);
    let rows = rows(&sheet(&outcome, "Việc hôm nay"), "Thứ tự");
    let corrections = outcome.corrections();
    let invalid = corrections.iter().find(|one| one.expected.status == Status::NotValid).unwrap();
    let row = rows.iter().find(|row| row[1] == *invalid.school.code.0.as_str()).unwrap();
    assert!(row[11].to_string().contains(invalid.file.as_ref().unwrap()), "{}", row[11]);
    assert!(row[11].to_string().contains("chưa được tính"));
}

#[test]
fn a_file_that_the_office_could_not_read_is_not_the_schools_to_mend() {
    let mut outcome = outcomes::outcome(outcomes::book(), 36, 1);
    let invalid = outcome.corrections().into_iter().find(|one| one.expected.status == Status::NotValid).unwrap();
    let (code, set) = (invalid.school.code.clone(), invalid.expected.set.clone());
    for finding in outcome.findings.iter_mut().filter(|finding| finding.school.as_ref() == Some(&code)) {
        finding.code = code::NO_PERMISSION;
    }
    assert!(!outcome.corrections().iter().any(|one| one.school.code == code && one.expected.set == set));
    let rows = rows(&sheet(&outcome, "Việc hôm nay"), "Thứ tự");
    let row = rows.iter().find(|row| row[1] == *code.0.as_str()).unwrap();
    assert_eq!(row[3], *"Cơ quan chưa đọc được tệp");
    assert!(!row[11].to_string().contains("Kính gửi"), "{}", row[11]);
}

#[test]
fn a_fault_of_many_schools_is_counted_once_with_its_share() {
    let outcome = outcomes::outcome(outcomes::book(), 60, 2);
    let rows = rows(&sheet(&outcome, "Lỗi nhiều trường mắc"), "Mã lỗi");
    assert!(rows.len() > 3);
    let counts: Vec<f64> = rows.iter().map(|row| number(&row[4])).collect();
    assert!(counts.is_sorted_by(|a, b| a >= b) && counts.iter().all(|count| *count >= 2.0));
    for row in &rows {
        assert!((number(&row[6]) - number(&row[4]) / number(&row[5])).abs() < 1e-12);
    }
    let first = &rows[0];
    let (code, title) = (first[0].to_string(), first[3].to_string());
    let same = outcome.findings.iter().filter(|finding| {
        let item = finding.item.map_or(String::new(), |item| item.to_string());
        let set = finding.set.as_ref().and_then(|set| outcome.book.get(set));
        finding.code.to_string() == code
            && title.starts_with(&format!("{item} "))
            && set.is_some_and(|set| first[2] == *set.short.as_str())
    });
    let mut schools: Vec<_> = same.map(|finding| &finding.school).collect();
    schools.sort();
    schools.dedup();
    assert_eq!(schools.len() as f64, counts[0]);
}

#[test]
fn distances_to_the_next_level_follow_the_scale() {
    let outcome = outcomes::outcome(outcomes::book(), 36, 3);
    let mut book = workbook(&outcome, None);
    let range = book.worksheet_range("Cách mức kế tiếp").unwrap();
    let formulas = book.worksheet_formula("Cách mức kế tiếp").unwrap();
    assert!(formulas.used_cells().count() > 100);
    let rows = rows(&range, "Mã trường");
    let general = general();
    let expected = outcome.expected_of(&general).find(|expected| expected.scored.is_some()).unwrap();
    let set = outcome.book.get(&general).unwrap();
    let code = &outcome.school_of(expected).code.0;
    let scored = expected.scored.as_ref().unwrap();
    for (i, node) in set.tops() {
        let result = &scored.nodes[i];
        let row = rows.iter().find(|row| {
            row[0] == *code.as_str()
                && row[2] == *set.short.as_str()
                && row[3] == format!("Nhóm {}", node.code).as_str()
        });
        let row = row.unwrap();
        assert_eq!(number(&row[4]), result.counted.to_f64());
        assert_eq!(number(&row[6]), f64::from(result.level.unwrap().0));
        let scale = &set.scales[node.scale.as_ref().unwrap()];
        if let Data::Float(needed) = row[7] {
            let (needed, _) = Points::from_f64(needed).unwrap();
            assert!(scale.level_of(needed) > result.level.unwrap());
            assert_eq!(number(&row[8]), (needed - result.counted).max(Points::ZERO).to_f64());
        } else {
            assert_eq!(result.level, Some(scale.levels.last().unwrap().level));
        }
    }
}

#[test]
fn the_items_where_most_is_missing_and_what_moves_the_office() {
    let outcome = outcomes::outcome(outcomes::book(), 36, 3);
    let items = rows(&sheet(&outcome, "Nội dung mất điểm"), "Mã");
    assert!(items.len() >= 10);
    for row in &items {
        assert_eq!(number(&row[6]), number(&row[3]) * number(&row[5]));
        assert!((number(&row[7]) - (number(&row[6]) - number(&row[4]))).abs() < 1e-9 && number(&row[7]) > 0.0);
    }
    let criteria = rows(&sheet(&outcome, "Tăng điểm cơ quan"), "Tiêu chí");
    assert!(criteria.iter().any(|row| row[0] == *"2.1") && criteria.iter().any(|row| row[0] == *"2.2"));
    let computed = &outcome.offices.as_ref().unwrap().computed[0];
    let row = &criteria[0];
    assert_eq!(number(&row[2]), computed.points.to_f64());
    let each = number(&row[3]) * number(&row[6]) / number(&row[4]);
    assert!((number(&row[7]) - each).abs() < 1e-12);
    let need = number(&row[9]);
    assert!(need * each >= 1.0 - 1e-6 && (need - 1.0) * each < 1.0, "{need} schools of {each}");
}

#[test]
fn copied_answers_and_evidence_and_full_marks_without_evidence_are_told() {
    let mut outcome = outcomes::outcome(outcomes::book(), 36, 3);
    let set = outcome.book.get(&general()).unwrap().clone();
    let entry: Vec<usize> = (0..outcome.expected.len())
        .filter(|&i| outcome.expected[i].set == set.id && outcome.expected[i].scored.is_some())
        .collect();
    let (first, second, third) = (entry[1], entry[2], entry[3]);
    outcome.expected[second].scored = outcome.expected[first].scored.clone();
    let item = set.nodes.iter().position(|node| node.kind == NodeKind::Points).unwrap();
    for (expected, evidence) in [(first, "Quyết định số 12/QĐ-TH"), (second, "quyết định số 12/qđ-th ")]
    {
        outcome.expected[expected].scored.as_mut().unwrap().nodes[item].evidence = evidence.into();
    }
    let third_node = &mut outcome.expected[third].scored.as_mut().unwrap().nodes[item];
    third_node.claimed = set.nodes[item].max;
    third_node.counted = set.nodes[item].max.unwrap();
    third_node.verified = None;
    third_node.state = cds::score::State::Counted;
    third_node.evidence = "".into();
    let rows = rows(&sheet(&outcome, "Đáng xem lại"), "Mã trường");
    let names: Vec<&str> =
        [first, second, third].map(|i| outcome.school_of(&outcome.expected[i]).name.as_str()).into_iter().collect();
    let told = |sign: &str, name: &str| {
        let row = rows.iter().find(|row| row[3] == *sign && row[1] == *name);
        row.unwrap_or_else(|| panic!("no {sign} of {name}"))[4].to_string()
    };
    for name in &names[..2] {
        let reason = told("Cùng điểm với trường khác", name);
        assert!(reason.contains(names[0]) && reason.contains(names[1]), "{reason}");
    }
    let code = set.nodes[item].code.to_string();
    assert!(told("Cùng minh chứng với trường khác", names[0]).contains(&code));
    assert!(told("Điểm tối đa, không minh chứng", names[2]).contains(&code));
    for row in rows.iter().filter(|row| row[3] == *"Sát ngưỡng mức") {
        assert!(number(&row[8]).abs() <= 2.0);
        assert!((number(&row[6]) - number(&row[7]) - number(&row[8])).abs() < 1e-9);
    }
}

#[test]
fn what_changed_since_the_previous_run_and_nothing_else() {
    let previous = outcomes::outcome(outcomes::book(), 24, 3);
    let mut outcome = previous.clone();
    let expected =
        outcome.expected.iter_mut().find(|expected| expected.set == general() && expected.scored.is_some()).unwrap();
    let (school, set) = (expected.school, expected.set.clone());
    let scored = expected.scored.as_mut().unwrap();
    let rules = previous.book.get(&set).unwrap();
    let item = rules.nodes.iter().position(|node| node.kind == NodeKind::Points).unwrap();
    let was = scored.nodes[item].counted;
    scored.nodes[item].counted = was + Points::hundredths(50);
    let before = scored.total;
    *scored = outcomes::sum_up(rules, scored.nodes.clone());
    assert_eq!(scored.total, before + Points::hundredths(50));
    let range = workbook(&outcome, Some(&previous)).worksheet_range("So với lần trước").unwrap();
    let rows = rows(&range, "So với");
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!((&rows[0][0], &rows[0][1]), (&Data::from("Lần trước"), &Data::from(&*outcome.schools[school].code.0)));
    assert_eq!(number(&rows[0][8]), 0.5);
    let change = format!("{}: {was} → {}", rules.nodes[item].code, was + Points::hundredths(50));
    assert_eq!(rows[0][11], *change.as_str());
}

#[test]
fn odd_rules_and_no_schools_are_no_trouble() {
    for (book, schools) in [(outcomes::odd_book(), 40), (outcomes::book(), 0), (outcomes::book(), 1)] {
        let outcome = outcomes::outcome(book, schools, 5);
        assert_eq!(workbook(&outcome, None).sheet_names().len(), 6);
    }
}

#[test]
fn every_sheet_is_fitted_to_the_width_of_a4_or_a3_with_page_numbers_and_a_repeated_header() {
    let outcome = outcomes::outcome(outcomes::book(), 24, 3);
    let bytes = operations::to_bytes(&outcome, since(Some(&outcome))).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    for number in 1..=7 {
        let xml = part(&format!("xl/worksheets/sheet{number}.xml"));
        let is_known = xml.contains("paperSize=\"9\"") || xml.contains("paperSize=\"8\"");
        assert!(is_known && xml.contains("fitToHeight=\"0\""), "sheet {number}");
        assert!(xml.contains("Trang &amp;P/&amp;N"), "sheet {number}");
    }
    assert_eq!(part("xl/workbook.xml").matches("_xlnm.Print_Titles").count(), 7);
    let core = part("docProps/core.xml");
    assert!(core.contains("Điều hành thu phiếu") && core.contains("Phòng Giáo dục"), "{core}");
}

/// What a program repeats on each printed page stands above every row that follows it: of the last table, or it lies.
#[test]
fn no_table_is_printed_under_the_header_of_another() {
    let outcome = outcomes::outcome(outcomes::book(), 36, 3);
    let workbooks = [operations::to_bytes(&outcome, since(Some(&outcome))), Ok(report::to_bytes(&outcome).unwrap())];
    let mut repeated = 0;
    for bytes in workbooks {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes.unwrap())).unwrap();
        let mut part = |name: &str| {
            let mut text = String::new();
            zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        };
        let book = part("xl/workbook.xml");
        for title in book.split("_xlnm.Print_Titles\" localSheetId=\"").skip(1) {
            let (sheet, rest) = title.split_once('"').unwrap();
            // `Sheet!$8:$8`, or `Sheet!$A:$B,Sheet!$8:$8` where columns are repeated too.
            let range = rest.split('<').next().unwrap().rsplit_once("!$").unwrap().1;
            let row: usize = range.split(':').next().unwrap().parse().unwrap();
            let xml = part(&format!("xl/worksheets/sheet{}.xml", sheet.parse::<usize>().unwrap() + 1));
            let looks = |row: usize| {
                let cell = xml.split_once(&format!("<c r=\"A{row}\" s=\""))?.1;
                cell.split('"').next().map(str::to_owned)
            };
            let rows = xml.matches("<row ").count() + row;
            let below = (row + 1..=rows).find(|below| looks(*below) == looks(row) && looks(row).is_some());
            assert_eq!(below, None, "sheet {sheet} repeats row {row}: {rest:.60}");
            repeated += 1;
        }
    }
    assert!(repeated > 15, "{repeated}");
}
