//! An office of so many schools, each of which has returned its form: half as written here, a quarter saved again by
//! openpyxl and a quarter by LibreOffice where these are at hand. Always the same answers; made once for each size.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cds::form_writer::{Answer, Answers, Filling, write};
use cds::grid::Value;
use cds::layouts::form::{self as layout, Field};
use cds::layouts::names::file_stem;
use cds::office::Office;
use cds::points::Points;
use cds::rules::{NodeKind, RuleBook, RuleSet};
use cds::school::{School, SchoolCode};
use rayon::prelude::*;

/// Changes with what is made.
const VERSION: u32 = 3;

pub struct Made {
    pub root: PathBuf,
    pub files: Vec<PathBuf>,
    /// Who saved them.
    pub how: String,
}

pub fn of(returns: usize) -> Made {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{returns}-v{VERSION}"));
    let how = root.join("how");
    if !how.exists() {
        let _ = fs::remove_dir_all(&root);
        let said = make(&root, returns);
        fs::write(&how, said).unwrap();
    }
    let mut files: Vec<PathBuf> =
        fs::read_dir(root.join(cds::folder::RETURNS)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), returns);
    Made { root, files, how: fs::read_to_string(how).unwrap() }
}

fn make(root: &Path, returns: usize) -> String {
    let folder = root.join(cds::folder::RETURNS);
    fs::create_dir_all(&folder).unwrap();
    let office =
        Office { name: "Phòng GDĐT huyện Thử".to_owned(), year: "2024-2025".to_owned(), ..Office::default() };
    fs::write(root.join("co-quan.toml"), format!("ten = \"{}\"\nnam_hoc = \"{}\"\n", office.name, office.year))
        .unwrap();
    let book = cds::rules::book(Vec::new()).unwrap().book;
    let schools: Vec<School> = (0..returns).map(|n| school(n, &book)).collect();
    let mut roster = "ma_truong,ten_truong,cap_hoc,don_vi_quan_ly\n".to_owned();
    for school in &schools {
        roster += &format!("{},{},{},{}\n", school.code.0, school.name, school.kinds[0].0, school.unit);
    }
    fs::write(root.join("danh-sach-truong.csv"), roster).unwrap();
    let files: Vec<PathBuf> = schools
        .par_iter()
        .enumerate()
        .map(|(n, school)| {
            let set = book.for_kind(&school.kinds[0]).unwrap();
            let answers = answers(set, n % 10 == 0, &mut Dice::new(n as u64));
            let created = jiff::civil::date(2025, 3, 1).at(8, 0, 0, 0);
            let filling = Filling { school: Some(school), office: Some(&office), answers: Some(&answers), created };
            let path = folder.join(format!("{}.xlsx", file_stem(&school.code, &school.name)));
            fs::write(&path, write(set, &filling).unwrap()).unwrap();
            path
        })
        .collect();
    let every_fourth = |from: usize| files.iter().skip(from).step_by(4).collect::<Vec<_>>();
    let openpyxl = save_again_by_openpyxl(&every_fourth(1));
    let libreoffice = save_again_by_libreoffice(root, &every_fourth(3));
    let word = |done, name| if done { format!("a quarter by {name}") } else { format!("none by {name}") };
    format!("{}, {}, the rest as written", word(openpyxl, "openpyxl"), word(libreoffice, "LibreOffice"))
}

fn school(n: usize, book: &RuleBook) -> School {
    let sets: Vec<&RuleSet> = book.of_schools().collect();
    let set = sets[n % sets.len()];
    School {
        code: SchoolCode(format!("{:08}", 79_000_000 + n)),
        name: format!("Trường {} số {n}", ["Hoa Sen", "Bình Minh", "Phước Lại", "Nguyễn Trãi"][n % 4]),
        kinds: vec![set.kinds[n / 2 % set.kinds.len()].clone()],
        unit: format!("Xã {}", n / 40),
        email: String::new(),
        phone: String::new(),
        contact: String::new(),
        former_codes: Vec::new(),
        state: String::new(),
        row: n as u32 + 2,
    }
}

/// Answers as people give them: points in half steps with commas, counts, a line of evidence for each or, in hasty ones,
/// for most: schools of which nothing is to be said get no workbook back.
fn answers(set: &RuleSet, is_hasty: bool, dice: &mut Dice) -> Answers {
    let mut answers = Answers::default();
    for node in set.nodes.iter().filter(|node| node.is_leaf()) {
        let mut answer = Answer::default();
        let max = node.max.map_or(0, Points::as_hundredths);
        match node.kind {
            NodeKind::Mandatory => answer.score = Some(Value::Text(layout::MET.to_owned())),
            NodeKind::YesNo => {
                answer.score = Some(Value::Number(if dice.roll(4) > 0 { max as f64 / 100.0 } else { 0.0 }));
            }
            NodeKind::Ratio | NodeKind::Count => {
                let whole = 20 + dice.roll(60);
                answer.part = Some(Value::Number((whole - dice.roll(whole / 2)) as f64));
                answer.whole = Some(Value::Number(whole as f64));
                answer.score = Some(Value::Text(Points::hundredths(max * 3 / 4 / 50 * 50).plain().replace('.', ",")));
            }
            _ => {
                let points = Points::hundredths((dice.roll(max as u64 / 50 + 1) * 50) as i64);
                answer.score = Some(Value::Text(points.plain().replace('.', ",")));
            }
        }
        if !is_hasty || dice.roll(5) > 0 {
            answer.evidence = format!("Kế hoạch số {}/KH-TrTH ngày 5/9/2024, mục {}", dice.roll(200), node.code);
        }
        answers.items.insert(node.code, answer);
    }
    answers.fields.insert(Field::Head, "Nguyễn Thị Minh Khai".to_owned());
    answers
}

fn save_again_by_openpyxl(files: &[&PathBuf]) -> bool {
    const SAVE: &str = "import sys, openpyxl\nfor f in open(sys.argv[1], encoding='utf-8').read().split('\\n'):\n    b = openpyxl.load_workbook(f); b.save(f)";
    let list = tempfile::NamedTempFile::new().unwrap();
    let names: Vec<&str> = files.iter().map(|path| path.to_str().unwrap()).collect();
    fs::write(list.path(), names.join("\n")).unwrap();
    let quiet = || Stdio::null();
    let status = Command::new("python3").args(["-c", SAVE]).arg(list.path()).stderr(quiet()).stdout(quiet()).status();
    status.is_ok_and(|status| status.success())
}

fn save_again_by_libreoffice(root: &Path, files: &[&PathBuf]) -> bool {
    let out = root.join("again");
    let profile = format!("-env:UserInstallation=file://{}", root.join("profile").display());
    for some in files.chunks(100) {
        let mut command = Command::new("soffice");
        command.args([&profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]);
        command.arg(&out).args(some).stdout(Stdio::null()).stderr(Stdio::null());
        if !command.status().is_ok_and(|status| status.success()) {
            return false;
        }
        for path in some {
            fs::rename(out.join(path.file_name().unwrap()), path).unwrap();
        }
    }
    true
}

/// Numbers that look random and never change.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % below.max(1)
    }
}
