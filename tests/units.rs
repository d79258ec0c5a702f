//! A Department's run over what its units handed over: real packages, made by freezing the units' own runs, and what
//! becomes of them on the way.

#![allow(clippy::unwrap_used)] // The builders below are tests too.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use cds::finding::{Code, Lang, Severity, code};
use cds::milestone::{Fingerprint, Seal};
use cds::outcome::{Outcome, Status, UnitStanding};
use cds::rules::Formula;

use crate::copied::files;
use crate::office::{Office, Ran};

const LONG_AN: &str = "UBND xã Long An";
const LONG_HAU: &str = "UBND xã Long Hậu";
const SEAL: &str = "CHOT-gui-so.json";
const RESULT: &str = "ket-qua.json";

/// The files of a package by their names in it.
type Package = Vec<(String, Vec<u8>)>;

/// Two schools, one with an error; `change` may add to the unit.
fn long_an(change: impl FnOnce(Office) -> Office) -> Package {
    let office = Office::new()
        .named(LONG_AN)
        .school("80100001", "Trường THCS Bình Minh", "THCS")
        .school("80100002", "Trường TH Hoa Sen", "TH")
        .returned("th0977345688.xlsx", "80100002", |form| {
            form.number("1.3.1", 99.0);
        })
        .returned("a.xlsx", "80100001", |_| {})
        .own_form(|_| {});
    let office = change(office);
    let ran = office.run();
    office.handed_over(&ran)
}

fn long_hau() -> Package {
    let office = Office::new()
        .named(LONG_HAU)
        .school("80200001", "Trường TH Long Hậu", "TH")
        .school("80200002", "Trường TH Long Thới", "TH")
        .returned("b.xlsx", "80200001", |form| {
            form.all(0.5);
        });
    let ran = office.run();
    office.handed_over(&ran)
}

/// A Department with a school of its own and these units' packages.
fn department(packages: &[(&str, &Package)]) -> Office {
    let office = Office::new().named("Sở GDĐT").school("80900001", "Trường THCS Chuyên", "THCS").returned(
        "chuyen.xlsx",
        "80900001",
        |_| {},
    );
    with(office, packages)
}

fn with(office: Office, packages: &[(&str, &Package)]) -> Office {
    packages.iter().fold(office, |office, (name, package)| match name.ends_with(".zip") {
        true => office.file(&format!("don-vi/{name}"), zipped(package, "gui-so/")),
        false => {
            package.iter().fold(office, |office, (file, bytes)| office.file(&format!("don-vi/{name}/{file}"), bytes))
        }
    })
}

fn zipped(package: &Package, folder: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in package {
        zip.start_file(format!("{folder}{name}"), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn file<'a>(package: &'a mut Package, name: &str) -> &'a mut Vec<u8> {
    &mut package.iter_mut().find(|(known, _)| known == name).unwrap().1
}

/// The package with its seal made anew over what it holds now: what somebody does who knows the program.
fn sealed_again(mut package: Package, change: impl FnOnce(&mut Seal)) -> Package {
    let mut seal: Seal = serde_json::from_slice(file(&mut package, SEAL)).unwrap();
    change(&mut seal);
    seal.handed = Some(Fingerprint::of(RESULT, file(&mut package, RESULT)));
    seal.outputs =
        package.iter().filter(|(name, _)| name != SEAL).map(|(name, bytes)| Fingerprint::of(name, bytes)).collect();
    seal.code = seal.expected_code();
    *file(&mut package, SEAL) = serde_json::to_vec(&seal).unwrap();
    package
}

/// The package with its result edited, and sealed again.
fn edited(mut package: Package, change: impl FnOnce(&mut serde_json::Value)) -> Package {
    let mut result = serde_json::from_slice(file(&mut package, RESULT)).unwrap();
    change(&mut result);
    *file(&mut package, RESULT) = serde_json::to_vec(&result).unwrap();
    sealed_again(package, |_| {})
}

/// What is said of units: code, and the file that it is about.
fn said(ran: &Ran) -> Vec<(Code, String)> {
    let of_units = ran.outcome.findings.iter().filter(|finding| finding.code.0 >= 900);
    let mut said: Vec<(Code, String)> =
        of_units.map(|f| (f.code, f.place.file.as_deref().unwrap_or_default().to_owned())).collect();
    said.sort();
    said.dedup();
    said
}

fn codes(ran: &Ran) -> Vec<Code> {
    let mut codes: Vec<Code> = said(ran).into_iter().map(|(code, _)| code).collect();
    codes.dedup();
    codes
}

fn standing(outcome: &Outcome) -> Vec<(&str, UnitStanding, usize)> {
    outcome.units.iter().map(|unit| (unit.name.as_str(), unit.standing, unit.schools.len())).collect()
}

/// The points of each school, as the run counts them.
fn totals(outcome: &Outcome) -> Vec<(String, Status, Option<cds::points::Points>)> {
    let of = |expected: &cds::outcome::ExpectedReturn| {
        let total = expected.scored.as_ref().map(|scored| scored.total);
        (outcome.school_of(expected).code.0.clone(), expected.status, total)
    };
    outcome.expected.iter().map(of).collect()
}

#[test]
fn what_units_handed_over_joins_the_outcome_as_the_offices_own_schools_do() {
    let (an, hau) = (long_an(|office| office), long_hau());
    let office = department(&[("xã long an (Zalo)", &an), ("2.zip", &hau)]);
    let ran = office.run();
    let outcome = &ran.outcome;
    assert_eq!(standing(outcome), [(LONG_AN, UnitStanding::Counted, 2), (LONG_HAU, UnitStanding::Counted, 2)]);
    assert_eq!(codes(&ran), [code::SCHOOLS_BY_UNIT], "{:?}", said(&ran));
    let known = totals(outcome);
    let schools: Vec<(&str, Status)> = known.iter().map(|(code, status, _)| (code.as_str(), *status)).collect();
    let (yes, no) = (Status::Accepted, Status::Missing);
    assert_eq!(schools, [("80900001", yes), ("80100001", yes), ("80100002", yes), ("80200001", yes), ("80200002", no)]);
    // Places begin with what the unit handed over, and the file is there.
    let sources: Vec<&str> = outcome.expected.iter().filter_map(|one| Some(&*one.source.as_ref()?.file)).collect();
    assert_eq!(sources[1], "don-vi/xã long an (Zalo)/phieu/80100001-truong-thcs-binh-minh.xlsx");
    assert_eq!(sources[3], "don-vi/2.zip/gui-so/phieu/80200001-truong-th-long-hau.xlsx");
    let above = outcome.findings.iter().find(|finding| finding.code == code::ABOVE_MAX).unwrap();
    let place = (above.place.file.as_deref(), above.unit.as_deref());
    assert_eq!(place, (Some("don-vi/xã long an (Zalo)/phieu/80100002-truong-th-hoa-sen.xlsx"), Some(LONG_AN)));
    // The office's computed criteria are over all schools.
    let computed = &outcome.offices.as_ref().unwrap().computed;
    assert!(computed.iter().any(|one| one.expected == 5 && one.returned == 4), "{computed:?}");
    // The tables name the unit in their last column; of the office's own it is empty.
    let table = fs::read_to_string(ran.path.join("truong.csv")).unwrap();
    let ends: Vec<&str> = table.lines().map(|line| line.rsplit_once(',').unwrap().1).collect();
    assert_eq!(ends, ["ma_don_vi", "", LONG_AN, LONG_AN, LONG_HAU, LONG_HAU]);
    // Nobody writes to schools of units, and what is frozen from here holds their returns too.
    let back = fs::read_to_string(ran.path.join("gui-lai-truong.csv")).unwrap();
    assert!(!back.contains("8010000") && !back.contains("8020000"), "{back}");
}

/// A Department whose criterion 2.1 is computed by these lines of a rule file from its own schools alone; for 2.2 nothing is
/// said of it.
pub fn of_own_schools_alone(lines: &str) -> Office {
    let rules = include_str!("../templates/rules/qd-3806-2024.toml").replace("\r\n", "\n");
    let (before, rest) = rules.split_once("code = \"2.1\"\n").unwrap();
    let (head, rest) = rest.split_once("formula = ").unwrap();
    let (_, after) = rest.split_once("basis = ").unwrap();
    let own = format!("{before}code = \"2.1\"\n{head}{lines}scope = \"own\"\nbasis = {after}");
    let with_rules = |office: Office| office.file("quy-tac/qd-3806-2024.toml", own.as_bytes());
    with_rules(department(&[("a.zip", &long_an(with_rules)), ("b.zip", &long_hau())]))
}

#[test]
fn a_criterion_may_take_the_offices_own_schools_alone() {
    let office = of_own_schools_alone(Formula::EXAMPLES[0].1).own_form(|_| {});
    let ran = office.run();
    let counted = ran.outcome.units.iter().filter(|unit| unit.standing == UnitStanding::Counted).count();
    // Of the units one has the same rule file, the other none: only who has units is concerned.
    assert_eq!(counted, 2, "{:?}", said(&ran));
    let computed = &ran.outcome.offices.as_ref().unwrap().computed;
    let of = |code: &str| {
        let one = computed.iter().find(|one| one.code.to_string() == code).unwrap();
        (one.expected, one.returned, one.denominator)
    };
    assert_eq!(of("2.1"), (1, 1, 1));
    let plain = department(&[("a.zip", &long_an(|office| office)), ("b.zip", &long_hau())]).run();
    let all =
        plain.outcome.offices.as_ref().unwrap().computed.iter().find(|one| one.code.to_string() == "2.1").unwrap();
    assert_eq!((all.expected, all.returned), (5, 4));
    // The signed workbook counts the same rows, and says which.
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(ran.path.join("tong-hop.xlsx")).unwrap();
    let lines = calamine::Reader::worksheet_range(&mut book, "Tiêu chí cơ quan").unwrap();
    let own = lines
        .rows()
        .find(|row| {
            row[0] == calamine::Data::String("2.1".to_owned())
                && row[1] == calamine::Data::String("Số trường phải nộp phiếu".to_owned())
        })
        .unwrap();
    assert!(
        own[2].to_string().ends_with(", chỉ trường của cơ quan") && own[4] == calamine::Data::Float(1.0),
        "{own:?}"
    );
    let why =
        Command::new(env!("CARGO_BIN_EXE_cds")).arg("why").arg(&ran.path).args(["co-quan", "2.1"]).output().unwrap();
    let why = String::from_utf8_lossy(&why.stdout).into_owned();
    assert!(why.contains("Tính trên: chỉ trường của cơ quan"), "{why}");
}

#[test]
fn what_is_handed_over_holds_nothing_private_and_is_bound_to_the_seal_on_paper() {
    let mut package = long_an(|office| office.settings("lien_he = \"0977345688\"\n"));
    let names: Vec<String> = package.iter().map(|(name, _)| name.clone()).collect();
    for name in names.iter().filter(|name| !name.starts_with("phieu/")) {
        let text = String::from_utf8_lossy(file(&mut package, name)).into_owned();
        assert!(!text.contains("0977345688") && !text.contains("@example.vn"), "{name}");
    }
    let seal: Seal = serde_json::from_slice(file(&mut package, SEAL)).unwrap();
    assert_eq!(seal.code, seal.expected_code());
    assert!(seal.handed.as_ref().unwrap().is_of(file(&mut package, RESULT)));
    let outcome = Outcome::read_json(file(&mut package, RESULT)).unwrap();
    for source in outcome.expected.iter().filter_map(|expected| expected.source.as_ref()) {
        assert!(names.iter().any(|name| **name == *source.file), "{}", source.file);
    }
}

#[test]
fn results_are_the_same_whatever_the_packages_are_called_and_packed_in_and_on_any_number_of_threads() {
    let (an, hau) = (long_an(|office| office), long_hau());
    let one = department(&[("a.zip", &an), ("b.zip", &hau)]);
    let first = one.run();
    for threads in ["1", "2", "8"] {
        let output = one.command(&["--threads", threads]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let mut runs: Vec<PathBuf> = fs::read_dir(one.path().join("ket-qua"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join(RESULT).is_file())
        .collect();
    runs.sort();
    assert_eq!(runs.len(), 4);
    for run in &runs {
        for name in ["truong.csv", "diem.csv", "loi.csv", "nop.csv"] {
            assert_eq!(fs::read(run.join(name)).unwrap(), fs::read(runs[0].join(name)).unwrap(), "{name}");
        }
    }
    let other = department(&[("z", &an), ("y", &hau)]).run();
    assert_eq!(totals(&other.outcome), totals(&first.outcome));
    assert_eq!(standing(&other.outcome), standing(&first.outcome));
}

#[test]
fn a_whole_frozen_result_or_a_folder_in_folders_is_found_as_well() {
    let hau = long_hau();
    let mut whole: Package = hau.iter().map(|(name, bytes)| (format!("gui-so/{name}"), bytes.clone())).collect();
    whole.push((SEAL.to_owned(), file(&mut hau.clone(), SEAL).clone()));
    whole.push((RESULT.to_owned(), b"{}".to_vec()));
    let ran = department(&[("tải về/2025-06-01T0200-gui-so", &whole)]).run();
    assert_eq!(standing(&ran.outcome), [(LONG_HAU, UnitStanding::Counted, 2)]);
    assert_eq!(codes(&ran), [code::SCHOOLS_BY_UNIT], "{:?}", said(&ran));
}

#[test]
fn the_roster_says_which_schools_are_expected_of_a_unit_and_which_units() {
    let units = "ma_don_vi,ten_don_vi,cap_tren\n0271,UBND xã Long An,Cần Giuộc\n272,UBND xã Long Hậu,Cần Giuộc\n";
    let office = Office::new()
        .named("Sở GDĐT")
        .school("80100001", "Trường THCS Bình Minh", "THCS")
        .under("Xã Long An")
        .school("80100009", "Trường TH Mới", "TH")
        .under("271")
        .school("80200001", "Trường TH Long Hậu", "TH")
        .under("xã Long Hậu")
        .settings("[han]\ndon_vi_gui = 2025-06-10\n")
        .file("danh-sach-don-vi.csv", units);
    let an = long_an(|office| office);
    let ran = with(office, &[("la.zip", &an)]).run();
    let want = [(LONG_AN, UnitStanding::Counted, 2), (LONG_HAU, UnitStanding::Missing, 1)];
    assert_eq!(standing(&ran.outcome), want);
    let want = [code::UNIT_MISSING, code::UNIT_LATE, code::SCHOOL_NOT_OF_UNIT, code::SCHOOLS_NOT_REPORTED];
    assert_eq!(codes(&ran), want, "{:?}", said(&ran));
    let known: Vec<(String, Status)> =
        totals(&ran.outcome).into_iter().map(|(code, status, _)| (code, status)).collect();
    let missing = |code: &str| (code.to_owned(), Status::Missing);
    assert_eq!(known, [("80100001".to_owned(), Status::Accepted), missing("80100009"), missing("80200001")]);
    // Nobody is asked twice: the unit is told, not each of its schools.
    assert!(!ran.outcome.findings.iter().any(|finding| finding.code == code::MISSING && finding.unit.is_none()));
    let unit = &ran.outcome.units[0];
    assert_eq!((&*unit.code, unit.above.as_str(), unit.late), ("0271", "Cần Giuộc", Some(true)));
}

#[test]
fn a_unit_that_the_roster_does_not_have_is_told_with_the_nearest() {
    let office =
        department(&[("a.zip", &long_hau())]).file("danh-sach-don-vi.csv", "ma_don_vi,ten_don_vi\n1,Xã Long Hẫu\n");
    let ran = office.run();
    assert_eq!(codes(&ran), [code::UNIT_UNKNOWN, code::UNIT_MISSING]);
    let broken = department(&[]).file("danh-sach-don-vi.csv", "a,b\n1,2\n").run();
    assert_eq!(codes(&broken), [code::UNITS_NO_TABLE]);
    let rows = "ma_don_vi,ten_don_vi\n1,Xã A\n1,Xã B\n3,\n";
    let twice = department(&[]).file("danh-sach-don-vi.csv", rows).run();
    assert_eq!(codes(&twice), [code::UNIT_MISSING, code::UNITS_TWICE, code::UNITS_NO_NAME]);
}

#[test]
fn what_was_changed_on_the_way_does_not_count_and_all_others_go_on() {
    let (an, hau) = (long_an(|office| office), long_hau());
    let without: Package = an.iter().filter(|(name, _)| !name.starts_with("phieu/801")).cloned().collect();
    let half: Package = an.iter().filter(|(name, _)| name.as_str() < "ket-qua.json").cloned().collect();
    let no_seal: Package = an.iter().filter(|(name, _)| name != SEAL).cloned().collect();
    let mut touched = an.clone();
    let text = String::from_utf8(file(&mut touched, RESULT).clone()).unwrap();
    *file(&mut touched, RESULT) = text.replace("Hoa Sen", "Hoa Sem").into_bytes();
    let mut seal = an.clone();
    let text = String::from_utf8(file(&mut seal, SEAL).clone()).unwrap();
    *file(&mut seal, SEAL) = text.replace(LONG_AN, "UBND xã Long Am").into_bytes();
    let mut nonsense = an.clone();
    *file(&mut nonsense, SEAL) = b"{}".to_vec();
    let cases: [(&Package, Code); 6] = [
        (&without, code::UNIT_PACKAGE_ALTERED),
        (&half, code::UNIT_PACKAGE_ALTERED),
        (&no_seal, code::UNIT_NO_SEAL),
        (&touched, code::UNIT_PACKAGE_ALTERED),
        (&seal, code::UNIT_SEAL_BROKEN),
        (&nonsense, code::UNIT_SEAL_BROKEN),
    ];
    for (at, (package, want)) in cases.into_iter().enumerate() {
        let ran = department(&[("hỏng", package), ("b.zip", &hau)]).run();
        assert!(said(&ran).contains(&(want, "don-vi/hỏng".to_owned())), "{at}: {:?}", said(&ran));
        let hau = ran.outcome.units.iter().find(|unit| unit.name == LONG_HAU).unwrap();
        assert_eq!((hau.standing, hau.schools.len()), (UnitStanding::Counted, 2), "{at}");
        let counted = ran.outcome.expected.iter().filter(|one| one.status == Status::Accepted).count();
        assert_eq!(counted, 2, "{at}");
        let errors = ran.outcome.findings.iter().filter(|one| one.code == want);
        assert!(errors.clone().all(|one| one.severity == Severity::Error) && errors.count() == 1, "{at}");
    }
    // More than was sealed harms nothing, and is told.
    let mut more = an.clone();
    more.push(("phieu/80199999.xlsx".to_owned(), b"PK".to_vec()));
    let ran = department(&[("thêm.zip", &more)]).run();
    assert_eq!(codes(&ran), [code::UNIT_PACKAGE_ADDED, code::SCHOOLS_BY_UNIT]);
}

#[test]
fn a_result_that_somebody_sealed_again_must_still_be_one() {
    let an = long_an(|office| office);
    let deep = "[".repeat(100_000);
    let mut hostile = an.clone();
    *file(&mut hostile, RESULT) = format!("{{\"schema\":1,\"program\":{deep}").into_bytes();
    let mut huge = an.clone();
    *file(&mut huge, RESULT) = vec![b' '; 70 << 20];
    let cases: [(Package, Code); 8] = [
        (sealed_again(hostile, |_| {}), code::UNIT_RESULT_DAMAGED),
        (sealed_again(huge, |_| {}), code::UNIT_RESULT_DAMAGED),
        (edited(an.clone(), |result| result["schema"] = 99.into()), code::UNIT_OTHER_VERSION),
        (sealed_again(an.clone(), |seal| seal.schema = 99), code::UNIT_OTHER_VERSION),
        (edited(an.clone(), |result| result["dues"][0]["school"] = 77.into()), code::UNIT_RESULT_DAMAGED),
        // More points than the answers bring.
        (
            edited(an.clone(), |result| {
                let total = result["dues"][1]["scored"]["nodes"][0]["counted"].clone();
                result["dues"][0]["scored"]["total"] = total;
            }),
            code::UNIT_RESULT_CONTRADICTS,
        ),
        (edited(an.clone(), |result| result["office"]["year"] = "2023-2024".into()), code::UNIT_RESULT_CONTRADICTS),
        (
            sealed_again(edited(an.clone(), |result| result["office"]["year"] = "2023-2024".into()), |seal| {
                seal.year = "2023-2024".to_owned();
            }),
            code::UNIT_OTHER_YEAR,
        ),
    ];
    for (at, (package, want)) in cases.into_iter().enumerate() {
        let ran = department(&[("x", &package)]).run();
        assert_eq!(codes(&ran)[0], want, "{at}: {:?}", said(&ran));
        assert_eq!(ran.outcome.expected.len(), 1, "{at}");
        assert!(ran.outcome.units.iter().all(|unit| unit.standing == UnitStanding::NotValid), "{at}");
    }
}

#[test]
fn a_unit_that_scored_by_other_rules_is_told_each_figure_with_both_values() {
    let book = cds::rules::book(Vec::new()).unwrap().book;
    let set = book.sets.iter().find(|set| set.id.0 == "qd-4725-2022").unwrap();
    let node = set.nodes.iter().find(|node| node.is_leaf() && node.max.is_some() && node.bands.is_empty()).unwrap();
    let an = long_an(|office| office);
    let changed = edited(an, |result| {
        for one in result["book"]["sets"].as_array_mut().unwrap() {
            if one["id"] == "qd-4725-2022" {
                for known in one["nodes"].as_array_mut().unwrap() {
                    if known["code"] == node.code.to_string() {
                        known["max"] = serde_json::to_value(cds::points::Points::whole(99)).unwrap();
                    }
                }
            }
        }
    });
    let ran = department(&[("x.zip", &changed)]).run();
    assert_eq!(codes(&ran), [code::UNIT_OTHER_RULES], "{:?}", said(&ran));
    let told =
        &ran.outcome.findings.iter().find(|finding| finding.code == code::UNIT_OTHER_RULES).unwrap().values["value"];
    assert!(told.contains(&format!("{}: điểm tối đa", node.code)) && told.contains("99 ở đơn vị"), "{told}");
}

#[test]
fn of_several_results_of_a_unit_the_newest_counts_and_two_at_once_leave_it_in_doubt() {
    let first = long_hau();
    let at = |package: &Package, hour: i8, number: &str| {
        let number = number.to_owned();
        sealed_again(package.clone(), |seal| {
            seal.sealed_at = jiff::civil::date(2025, 6, 9).at(hour, 0, 0, 0);
            seal.number = number;
        })
    };
    let (old, new, other) = (at(&first, 8, "1"), at(&first, 9, "2"), at(&first, 9, "3"));
    let ran = department(&[("cũ.zip", &new), ("mới.zip", &old), ("ba", &new)]).run();
    assert_eq!(standing(&ran.outcome), [(LONG_HAU, UnitStanding::Counted, 2)]);
    assert_eq!(codes(&ran), [code::UNIT_SUPERSEDED, code::UNIT_SENT_TWICE, code::SCHOOLS_BY_UNIT]);
    assert_eq!(ran.outcome.units[0].package.as_ref().unwrap().number, "2");
    let ran = department(&[("a.zip", &new), ("b.zip", &other), ("c.zip", &old)]).run();
    assert_eq!(standing(&ran.outcome), [(LONG_HAU, UnitStanding::NotValid, 0)]);
    assert!(codes(&ran).contains(&code::UNIT_TWO_AT_ONCE), "{:?}", said(&ran));
}

#[test]
fn a_school_that_two_report_counts_for_neither() {
    let (an, hau) = (long_an(|office| office.school("80200001", "Trường TH Long Hậu", "TH")), long_hau());
    let ran = department(&[("a.zip", &an), ("b.zip", &hau)]).run();
    let twice: Vec<_> = ran.outcome.findings.iter().filter(|one| one.code == code::SCHOOL_REPORTED_TWICE).collect();
    let units: Vec<Option<&str>> = twice.iter().map(|one| one.unit.as_deref()).collect();
    assert_eq!(units, [Some(LONG_AN), Some(LONG_HAU)]);
    let of = totals(&ran.outcome).into_iter().find(|(code, ..)| code == "80200001").unwrap();
    assert!(of.1 != Status::Accepted && of.2.is_none());
    // A unit and `nop/`.
    let own = department(&[("b.zip", &hau)]).school("80200001", "Trường TH Long Hậu", "TH").under("Sở").returned(
        "hau.xlsx",
        "80200001",
        |_| {},
    );
    let ran = own.run();
    let of = totals(&ran.outcome).into_iter().find(|(code, ..)| code == "80200001").unwrap();
    assert_eq!((of.1, of.2), (Status::NotValid, None));
    let twice: Vec<_> = ran.outcome.findings.iter().filter(|one| one.code == code::SCHOOL_REPORTED_TWICE).collect();
    assert_eq!(twice.len(), 2);
    assert_eq!(ran.outcome.ledger.faults(), [] as [String; 0]);
}

#[test]
fn returns_are_read_again_and_what_differs_from_the_sealed_result_is_told_at_the_cell() {
    let an = long_an(|office| office);
    let other = long_an(|office| {
        office.returned("a.xlsx", "80100001", |form| {
            form.number("1.3.1", 0.0);
        })
    });
    // The return of another day in place of the one that was counted, everything sealed again.
    let name = "phieu/80100001-truong-thcs-binh-minh.xlsx";
    let mut swapped = an.clone();
    *file(&mut swapped, name) = file(&mut other.clone(), name).clone();
    let swapped = sealed_again(swapped, |_| {});
    let ran = department(&[("a.zip", &swapped)]).run();
    let found: Vec<_> =
        ran.outcome.findings.iter().filter(|one| one.code == code::RETURN_DIFFERS_FROM_SEALED).collect();
    assert_eq!(found.len(), 1, "{:?}", said(&ran));
    assert_eq!(found[0].item.unwrap().to_string(), "1.3.1");
    assert_eq!((found[0].unit.as_deref(), found[0].values["value"].as_str()), (Some(LONG_AN), "0"));
    assert!(found[0].place.cell.is_some() && found[0].place.file.as_deref().unwrap().ends_with(name));
    // The sealed one counts.
    let right = department(&[("a.zip", &an)]).run();
    assert_eq!(totals(&ran.outcome), totals(&right.outcome));
    let mut broken = an.clone();
    *file(&mut broken, name) = b"PK\x03\x04".to_vec();
    let ran = department(&[("a.zip", &sealed_again(broken, |_| {}))]).run();
    assert!(codes(&ran).contains(&code::RETURN_NOT_RETRACED), "{:?}", said(&ran));
}

#[test]
fn what_differs_alike_in_many_units_is_told_once() {
    let an = long_an(|office| office);
    let units: Vec<Package> = (1..=3)
        .map(|n| {
            let name = format!("UBND xã Số {n}");
            let mut package = edited(an.clone(), |result| {
                result["office"]["name"] = name.clone().into();
                let text = result.to_string().replace("801000", &format!("80{n}000"));
                *result = serde_json::from_str(&text).unwrap();
            });
            let known: Vec<(String, Vec<u8>)> = package
                .iter()
                .map(|(file, bytes)| (file.replace("801000", &format!("80{n}000")), bytes.clone()))
                .collect();
            package = known;
            sealed_again(package, |seal| seal.office = name)
        })
        .collect();
    let other = long_an(|office| {
        office.returned("a.xlsx", "80100001", |form| {
            form.number("1.3.1", 0.0);
        })
    });
    let swapped: Vec<Package> = units
        .into_iter()
        .map(|mut unit| {
            let name = unit.iter().map(|(name, _)| name.clone()).find(|name| name.contains("thcs-binh-minh")).unwrap();
            *file(&mut unit, &name) = file(&mut other.clone(), "phieu/80100001-truong-thcs-binh-minh.xlsx").clone();
            sealed_again(unit, |_| {})
        })
        .collect();
    let ran = department(&[("1.zip", &swapped[0]), ("2.zip", &swapped[1]), ("3.zip", &swapped[2])]).run();
    let told: Vec<_> = ran.outcome.findings.iter().filter(|one| one.code == code::RETURNS_DIFFER_IN_MANY).collect();
    assert_eq!(told.len(), 1, "{:?}", said(&ran));
    assert_eq!((told[0].values["count"].as_str(), told[0].values["units"].as_str()), ("3", "3"));
    assert!(!codes(&ran).contains(&code::RETURN_DIFFERS_FROM_SEALED));
}

#[test]
fn five_hundred_files_that_are_no_packages_are_each_told() {
    let mut office = department(&[("a.zip", &long_hau())]);
    for n in 0..500 {
        office = match n % 3 {
            0 => office.file(&format!("don-vi/{n}.zip"), b"PK\x03\x04 cut"),
            1 => office.file(&format!("don-vi/{n}/tong-hop.xlsx"), b"PK"),
            _ => office.file(&format!("don-vi/{n}.txt"), b"nothing"),
        };
    }
    let ran = office.run();
    let count = |wanted: Code| said(&ran).iter().filter(|(code, _)| *code == wanted).count();
    assert_eq!((count(code::UNIT_FILE_UNREADABLE), count(code::UNIT_NO_SEAL)), (167, 333));
    assert_eq!(standing(&ran.outcome), [(LONG_HAU, UnitStanding::Counted, 2)]);
}

#[test]
fn a_package_too_large_to_open_is_to_be_unpacked() {
    let office = department(&[("a.zip", &long_hau())]);
    let large = std::fs::File::create(office.path().join("don-vi/lon.zip")).unwrap();
    large.set_len(193 << 20).unwrap();
    let ran = office.run();
    let told = ran.finding(code::UNIT_FILE_UNREADABLE, "don-vi/lon.zip");
    assert!(told.values["why"].contains("193 MB, quá mức 192 MB"), "{told:?}");
    assert!(told.advice(Lang::Vi).contains("giải nén"));
}

#[test]
fn a_result_on_provisional_figures_does_not_count_beside_official_ones() {
    let mut package = long_hau();
    let seal: Seal = serde_json::from_slice(file(&mut package, SEAL)).unwrap();
    let outcome = Outcome::read_json(file(&mut package, RESULT)).unwrap();
    assert!(outcome.is_draft());
    let sealed = cds::units::Sealed { file: "don-vi/x".into(), seal, outcome };
    let mut book = cds::rules::book(Vec::new()).unwrap().book;
    let ours = |book: &cds::rules::RuleBook| {
        cds::units::agree(&sealed, &cds::units::Ours { year: "2024-2025", book }).map(|finding| finding.code)
    };
    assert_eq!(ours(&book), None);
    for set in &mut book.sets {
        let nodes = set.nodes.iter_mut().map(|node| &mut node.authority);
        let scales = set.scales.values_mut().map(|scale| &mut scale.authority);
        let whole = [&mut set.overall.authority, &mut set.unmet.authority, &mut set.step.authority];
        nodes.chain(scales).chain(whole).for_each(|authority| authority.basis = cds::rules::Basis::Official);
    }
    assert_eq!(ours(&book), Some(code::UNIT_DRAFT));
}

#[test]
fn a_kind_that_the_department_manages_itself_is_told_and_counts_and_doctor_says_how_units_stand() {
    let an = long_an(|office| {
        office.school("80100005", "Trường THPT Rạch Kiến", "THPT").returned("c.xlsx", "80100005", |_| {})
    });
    let office = department(&[("a.zip", &an)]);
    let ran = office.run();
    assert_eq!(codes(&ran), [code::SCHOOLS_BY_UNIT, code::SCHOOL_KIND_OF_DEPARTMENT], "{:?}", said(&ran));
    let counted = ran.outcome.expected.iter().filter(|one| one.status == Status::Accepted).count();
    assert_eq!(counted, 4);
    let output = Command::new(env!("CARGO_BIN_EXE_cds")).arg("doctor").arg(office.path()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("Đơn vị: 1/1 đã gửi kết quả được tính") && text.contains("THPT"), "{text}");
}

#[test]
fn each_unit_gets_a_workbook_of_what_it_must_correct_and_a_row_of_the_report() {
    let office = department(&[("a.zip", &long_an(|office| office)), ("b.zip", &long_hau())]);
    let ran = office.run();
    let names: Vec<String> = files(&ran.path.join("gui-lai-don-vi")).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["don-vi-ubnd-xa-long-an.xlsx", "don-vi-ubnd-xa-long-hau.xlsx"]);
    let cells = |path: &Path, sheet: &str| -> Vec<Vec<String>> {
        use calamine::Reader;
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
        let range = book.worksheet_range(sheet).unwrap();
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    };
    let told = cells(&ran.path.join("gui-lai-don-vi").join(&names[0]), "Cần sửa");
    assert!(told.iter().any(|row| row[1] == "CDS402" && row[2] == "80100002" && row[0] == "Phải sửa"), "{told:?}");
    let rows = cells(&ran.path.join("tong-hop.xlsx"), "Đơn vị");
    let row = rows.iter().find(|row| row[1] == LONG_AN).unwrap();
    assert_eq!((row[3].as_str(), &row[4..9]), ("Đã tính", &["2", "2", "2", "0", "0"].map(str::to_owned)[..]));
    let seal = &ran.outcome.units[0].package.as_ref().unwrap().seal;
    assert!(row.contains(seal), "{row:?}");
    let whole = rows.iter().find(|row| row[1] == "Toàn bộ").unwrap();
    assert_eq!(&whole[4..9], &["5", "5", "4", "0", "1"].map(str::to_owned)[..]);
}

#[test]
fn where_it_is_asked_for_each_unit_gets_the_results_of_its_schools() {
    let missing = "ma,ten_don_vi\nA,UBND xã Long An\nB,UBND xã Long Hậu\nC,UBND xã Long Sơn\n";
    let packages = [("a.zip", &long_an(|office| office)), ("b.zip", &long_hau())];
    let office = department(&packages).file("danh-sach-don-vi.csv", missing);
    let output = office.command(&["--per-unit"]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    let folder = fs::read_dir(office.path().join("ket-qua")).unwrap().map(|entry| entry.unwrap().path());
    let folder = folder.filter(|path| path.is_dir()).last().unwrap().join("gui-lai-don-vi");
    let names: Vec<String> = files(&folder).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["A-ubnd-xa-long-an.xlsx", "B-ubnd-xa-long-hau.xlsx", "C-ubnd-xa-long-son.xlsx"]);
    let rows = |name: &str| -> Vec<Vec<String>> {
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.join(name)).unwrap();
        let range = calamine::Reader::worksheet_range(&mut book, "Các trường").unwrap();
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    };
    let told = rows(&names[0]);
    assert!(told[1][0].contains("2 trường; 2 phiếu phải nộp, 2 được tính, 0 phải sửa, 0 chưa nộp."), "{told:?}");
    let schools: Vec<_> = told[4..].iter().map(|row| (row[0].as_str(), row[4].as_str())).collect();
    assert_eq!(schools, [("80100001", "Đã nhận"), ("80100002", "Đã nhận")]);
    let result = fs::read(folder.join("../ket-qua.json")).unwrap();
    let outcome = Outcome::read_json(&result).unwrap();
    let total = outcome.expected[1].scored.as_ref().unwrap().total;
    assert_eq!(told[4][5], total.to_f64().to_string());
    assert_eq!(rows(&names[2])[2][0], "Mã trường", "a unit that handed over nothing has a head and no row");
}

#[test]
fn a_department_freezes_and_hands_over_what_it_consolidated() {
    let office = department(&[("a.zip", &long_an(|office| office)), ("b", &long_hau())]);
    let ran = office.run();
    let package = office.handed_over(&ran);
    let names: Vec<&str> =
        package.iter().map(|(name, _)| name.as_str()).filter(|name| name.starts_with("phieu/")).collect();
    assert_eq!(names.len(), 4, "{names:?}");
    // The country reads what a province hands over as it reads what a commune does.
    let country = Office::new().named("Bộ").school("1", "Trường Một", "TH");
    let ran = with(country, &[("tinh.zip", &package)]).run();
    assert_eq!(standing(&ran.outcome), [("Sở GDĐT", UnitStanding::Counted, 5)]);
    assert_eq!(codes(&ran), [code::SCHOOLS_BY_UNIT], "{:?}", said(&ran));
}
