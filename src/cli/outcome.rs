//! A run's result by the path of its folder or of its `ket-qua.json`.

use std::path::Path;

use super::{Exit, print};
use crate::finding::Lang;
use crate::outcome::{FILE, LARGEST, Outcome};

/// Reads it; says why not.
pub fn read(run: &Path, lang: Lang) -> Result<Outcome, Exit> {
    let path = if run.is_dir() { run.join(FILE) } else { run.to_owned() };
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
