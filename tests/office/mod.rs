//! An office folder built step by step, run, and asked: tests read like the sentence they prove.

#![allow(dead_code, clippy::unwrap_used)] // each test file uses its own part

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, UNIX_EPOCH};

use cds::codes::ItemCode;
use cds::finding::{Code, Finding, Severity};
use cds::form_writer::{Answer, Answers, Filling, write};
use cds::grid::Value;
use cds::layouts::form::MET;
use cds::outcome::{ExpectedReturn, Outcome, Status};
use cds::rules::{NodeKind, RuleBook, RuleSet};
use cds::school::{School, SchoolCode, SchoolKind};
use jiff::civil::date;

use crate::copied::files;

/// An office folder in a temporary place.
pub struct Office {
    folder: tempfile::TempDir,
    roster: Vec<School>,
    settings: String,
    files: u64,
}

/// The rules that the program has in itself.
pub fn book() -> RuleBook {
    cds::rules::book(Vec::new()).unwrap().book
}

impl Office {
    pub fn new() -> Office {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("nop")).unwrap();
        let settings = "ten = \"Phòng GDĐT thử nghiệm\"\nnam_hoc = \"2024-2025\"\n".to_owned();
        Office { folder, roster: Vec::new(), settings, files: 0 }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Adds lines to co-quan.toml.
    pub fn settings(mut self, lines: &str) -> Office {
        self.settings.push_str(lines);
        self
    }

    /// Another name than that of the tests' office.
    pub fn named(mut self, name: &str) -> Office {
        self.settings = self.settings.replacen("Phòng GDĐT thử nghiệm", name, 1);
        self
    }

    /// The last school is under this unit.
    pub fn under(mut self, unit: &str) -> Office {
        self.roster.last_mut().unwrap().unit = unit.to_owned();
        self
    }

    /// A school of the roster.
    pub fn school(mut self, code: &str, name: &str, kinds: &str) -> Office {
        self.roster.push(School {
            code: SchoolCode(code.to_owned()),
            name: name.to_owned(),
            kinds: kinds.split(", ").map(|kind| SchoolKind(kind.to_owned())).collect(),
            unit: "Xã An Bình".to_owned(),
            email: format!("{code}@example.vn"),
            phone: String::new(),
            contact: String::new(),
            former_codes: Vec::new(),
            state: String::new(),
            row: self.roster.len() as u32 + 2,
        });
        self
    }

    /// What stands as e-mail address of the school that was added last.
    pub fn email(mut self, email: &str) -> Office {
        self.roster.last_mut().unwrap().email = email.to_owned();
        self
    }

    /// A file of the office folder, as it is.
    pub fn file(mut self, name: &str, bytes: impl AsRef<[u8]>) -> Office {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        self.files += 1;
        // One day after the other, in the order of the calls.
        let time = UNIX_EPOCH + Duration::from_secs(1_746_000_000 + self.files * 86_400);
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        self
    }

    /// A return of this school to the set that its kind owes, all items answered by `score`.
    pub fn returned(self, name: &str, code: &str, change: impl FnOnce(&mut Filled)) -> Office {
        let book = book();
        let school = self.roster.iter().find(|school| school.code.0 == code).unwrap().clone();
        let set = book.for_kind(&school.kinds[0]).unwrap();
        let bytes = form(set, Some(&school), change);
        self.file(&format!("nop/{name}"), bytes)
    }

    /// The office's own form, all items answered with half their points.
    pub fn own_form(self, change: impl FnOnce(&mut Filled)) -> Office {
        let bytes = form(book().of_office().unwrap(), None, change);
        self.file("phieu-co-quan.xlsx", bytes)
    }

    fn lay_out(&self) {
        fs::write(self.path().join("co-quan.toml"), &self.settings).unwrap();
        let mut roster = "ma_truong,ten_truong,cap_hoc,don_vi_quan_ly,email\n".to_owned();
        for school in &self.roster {
            let kinds: Vec<&str> = school.kinds.iter().map(|kind| kind.0.as_str()).collect();
            let kinds = kinds.join(", ");
            roster +=
                &format!("{},\"{}\",\"{kinds}\",{},\"{}\"\n", school.code, school.name, school.unit, school.email);
        }
        fs::write(self.path().join("danh-sach-truong.csv"), roster).unwrap();
    }

    /// Runs `cds run` on it with these arguments.
    pub fn command(&self, arguments: &[&str]) -> Output {
        self.lay_out();
        let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
        command.arg("run").arg(self.path()).args(["--at", "2025-06-01T02:00"]).args(arguments);
        command.output().unwrap()
    }

    /// What it hands over to the office above it once this run is frozen, by the names of the files.
    pub fn handed_over(&self, ran: &Ran) -> Vec<(String, Vec<u8>)> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
        command.arg("finalize").arg(&ran.path).args(["--moc", "gui-so", "--accept-open"]).stdin(Stdio::null());
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        files(&self.path().join("ket-qua/2025-06-01T0200-gui-so/gui-so"))
    }

    /// Runs it, and reads what it left. Every run of the tests must add up.
    pub fn run(&self) -> Ran {
        let output = self.command(&[]);
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(0), "{said}");
        let mut runs: Vec<PathBuf> = fs::read_dir(self.path().join("ket-qua"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| !path.file_name().unwrap().to_string_lossy().starts_with('.'))
            .collect();
        runs.sort();
        let path = runs.pop().unwrap();
        let outcome = Outcome::read_json(&fs::read(path.join("ket-qua.json")).unwrap()).unwrap();
        assert_eq!(outcome.ledger.faults(), Vec::<String>::new());
        Ran { outcome, path, said }
    }
}

/// A form with its answers.
pub struct Filled {
    set: RuleSet,
    answers: Answers,
}

/// A workbook: every item has its maximum less a half, every condition is met, all with evidence; then `change`.
pub fn form(set: &RuleSet, school: Option<&School>, change: impl FnOnce(&mut Filled)) -> Vec<u8> {
    let mut items = BTreeMap::new();
    for node in set.nodes.iter().filter(|node| node.is_leaf() && node.computed.is_none()) {
        let max = node.max.unwrap_or_default().to_f64();
        let score = match node.kind {
            NodeKind::Mandatory => Value::Text(MET.to_owned()),
            NodeKind::YesNo => Value::Number(max),
            _ => Value::Number(max - 0.5),
        };
        let amount = |n: f64| node.kind.has_amount().then_some(Value::Number(n));
        let evidence = format!("QĐ số {}/QĐ", node.code);
        let answer =
            Answer { score: Some(score), part: amount(9.0), whole: amount(10.0), evidence, note: String::new() };
        items.insert(node.code, answer);
    }
    let mut filled = Filled { set: set.clone(), answers: Answers { items, ..Answers::default() } };
    change(&mut filled);
    let office = cds::office::Office { year: "2024-2025".to_owned(), ..Default::default() };
    let created = date(2025, 1, 1).at(0, 0, 0, 0);
    write(set, &Filling { school, office: Some(&office), answers: Some(&filled.answers), created }).unwrap()
}

impl Filled {
    fn item(&mut self, code: &str) -> &mut Answer {
        let code: ItemCode = code.parse().unwrap();
        assert!(self.set.node(code).is_some(), "{code}");
        self.answers.items.entry(code).or_default()
    }

    /// The score of one item, as typed.
    pub fn text(&mut self, code: &str, score: &str) -> &mut Filled {
        self.item(code).score = Some(Value::Text(score.to_owned()));
        self
    }

    pub fn number(&mut self, code: &str, score: f64) -> &mut Filled {
        self.item(code).score = Some(Value::Number(score));
        self
    }

    pub fn blank(&mut self, code: &str) -> &mut Filled {
        self.item(code).score = None;
        self
    }

    pub fn without_evidence(&mut self, code: &str) -> &mut Filled {
        self.item(code).evidence = String::new();
        self
    }

    /// No answer at all.
    pub fn nothing(&mut self) -> &mut Filled {
        self.answers.items.clear();
        self
    }

    /// Every item with this part of its maximum.
    pub fn all(&mut self, part: f64) -> &mut Filled {
        for node in self.set.nodes.clone().iter().filter(|node| node.kind.is_scored() && node.computed.is_none()) {
            let score = node.max.unwrap_or_default().to_f64() * part;
            let score = if node.kind == NodeKind::YesNo { score.round() } else { (score * 2.0).floor() / 2.0 };
            self.number(&node.code.to_string(), score);
        }
        self
    }
}

/// A run that is done.
pub struct Ran {
    pub outcome: Outcome,
    pub path: PathBuf,
    pub said: String,
}

impl Ran {
    /// The first due of a school.
    pub fn expected(&self, code: &str) -> &ExpectedReturn {
        self.outcome.expected.iter().find(|expected| self.outcome.school_of(expected).code.0 == code).unwrap()
    }

    pub fn status(&self, code: &str) -> Status {
        self.expected(code).status
    }

    pub fn level(&self, code: &str) -> Option<u8> {
        self.expected(code).scored.as_ref().and_then(|scored| scored.level).map(|level| level.0)
    }

    /// The counted points of an item, in a school's return.
    pub fn counted(&self, code: &str, item: &str) -> f64 {
        let scored = self.expected(code).scored.as_ref().unwrap();
        let item: ItemCode = item.parse().unwrap();
        scored.nodes.iter().find(|node| node.code == item).unwrap().counted.to_f64()
    }

    /// Findings about a file.
    pub fn of(&self, file: &str) -> Vec<&Finding> {
        let of_file = |finding: &&Finding| finding.place.file.as_deref() == Some(file);
        self.outcome.findings.iter().filter(of_file).collect()
    }

    /// The one finding with this code about a file.
    pub fn finding(&self, code: Code, file: &str) -> &Finding {
        let found: Vec<&Finding> = self.of(file).into_iter().filter(|finding| finding.code == code).collect();
        assert_eq!(found.len(), 1, "{code} at {file}: {:?}", self.of(file));
        found[0]
    }

    /// Codes of errors and warnings about a file.
    pub fn codes(&self, file: &str) -> Vec<Code> {
        let weighty = |finding: &&Finding| finding.severity != Severity::Note;
        self.of(file).into_iter().filter(weighty).map(|finding| finding.code).collect()
    }

    /// The disposition of each row of a file, as `nop.csv` says it.
    pub fn dispositions(&self, file: &str) -> Vec<&'static str> {
        self.outcome.files.iter().filter(|seen| &*seen.file == file).map(|seen| seen.disposition.key()).collect()
    }
}
