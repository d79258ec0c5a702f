//! An office of so many schools, each of which has returned its form: half as written here, a quarter saved again by
//! openpyxl and a quarter by LibreOffice where these are at hand. What they say is of `cds samples`, with no wild ones; made once for each size.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cds::samples::{Plan, Returned};

/// Changes with what is made.
const VERSION: u32 = 5;

pub struct Made {
    pub root: PathBuf,
    pub files: Vec<PathBuf>,
    /// Who saved them.
    pub how: String,
}

/// With forms, something is to be said of each return; without, of none.
pub fn of(returns: usize, forms: bool) -> Made {
    let kind = if forms { "forms" } else { "clean" };
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{returns}-{kind}-v{VERSION}"));
    let how = root.join("how");
    if !how.exists() {
        let _ = fs::remove_dir_all(&root);
        let said = make(&root, returns, forms);
        fs::write(&how, said).unwrap();
    }
    let mut files: Vec<PathBuf> =
        fs::read_dir(root.join(cds::folder::RETURNS)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), returns);
    Made { root, files, how: fs::read_to_string(how).unwrap() }
}

fn make(root: &Path, returns: usize, forms: bool) -> String {
    let book = cds::rules::book(Vec::new()).unwrap().book;
    let reader = Path::new(env!("CARGO_BIN_EXE_cds"));
    let returned = if forms { Returned::WithoutEvidence } else { Returned::AsTheyShouldBe };
    let plan = Plan { schools: returns, units: 0, seed: 1, returned, reader };
    cds::samples::make(&plan, &book, root).unwrap();
    let folder = root.join(cds::folder::RETURNS);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let every_fourth = |from: usize| files.iter().skip(from).step_by(4).collect::<Vec<_>>();
    let openpyxl = save_again_by_openpyxl(&every_fourth(1));
    let libreoffice = save_again_by_libreoffice(root, &every_fourth(3));
    let word = |done, name| if done { format!("a quarter by {name}") } else { format!("none by {name}") };
    format!("{}, {}, the rest as written", word(openpyxl, "openpyxl"), word(libreoffice, "LibreOffice"))
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
