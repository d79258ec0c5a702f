//! `cds compare RUN RUN`: what changed from one run to another.

use std::path::PathBuf;

use super::{Exit, outcome, print};
use crate::compare;
use crate::finding::Lang;
use crate::views::changes::compare as changes;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Lần chạy trước: thư mục trong ket-qua/, hoặc tệp ket-qua.json của nó; năm trước cũng được.
    before: PathBuf,
    /// Lần chạy sau.
    after: PathBuf,
}

pub fn main(args: &Args, lang: Lang) -> Exit {
    let read = |path| outcome::read(path, lang);
    match (read(&args.before), read(&args.after)) {
        (Ok(before), Ok(after)) => {
            print::line(compare::text(&changes(&before, &after), lang));
            Exit::Done
        }
        (Err(exit), _) | (_, Err(exit)) => exit,
    }
}
