//! A run's result by the path of its folder, of its `ket-qua.json`, or of the office folder, whose newest run is meant.

use std::path::Path;

use super::{Exit, print, words};
use crate::finding::Lang;
use crate::folder::{read_file, run_meant};
use crate::milestone::Milestone;
use crate::outcome::{FILE, LARGEST, Outcome};

/// Reads it; says why not.
pub fn read(run: &Path, lang: Lang) -> Result<Outcome, Exit> {
    let run = run_meant(run);
    let path = if run.is_dir() { run.join(FILE) } else { run };
    let refuse = |why: String| {
        print::error(match lang {
            Lang::Vi => {
                format!("Không đọc được {}: {why}. Chỉ ra thư mục của một lần chạy trong ket-qua/.", path.display())
            }
            Lang::En => format!("Cannot read {}: {why}. Name the folder of a run in ket-qua/.", path.display()),
        });
        Exit::Unusable
    };
    Outcome::read_file(&path, LARGEST).map_err(|error| refuse(error.message(lang)))
}

/// Reads what leaves the office: a frozen result must be as it was frozen. The milestone, if it is one.
pub fn read_as_frozen(result: &Path, lang: Lang) -> Result<(Outcome, Option<Milestone>), Exit> {
    let result = &run_meant(result);
    let outcome = read(result, lang)?;
    let milestone = Milestone::of(result);
    let is_altered = |milestone: &Milestone| !read_file(&result.join(FILE)).is_ok_and(|bytes| milestone.holds(&bytes));
    if milestone.as_ref().is_some_and(is_altered) {
        let (result, cds) = (result.display(), words::program());
        print::error(match lang {
            Lang::Vi => format!("{result} đã bị sửa sau khi chốt nên không dùng được; xem {cds} verify \"{result}\"."),
            Lang::En => {
                format!("{result} was changed after the freezing and is not used; see {cds} verify \"{result}\".")
            }
        });
        return Err(Exit::Unusable);
    }
    Ok((outcome, milestone))
}
