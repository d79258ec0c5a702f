//! `cds compare RUN RUN`: what changed from one run to another.

use std::path::PathBuf;

use super::words::both;
use super::{Exit, help, outcome, print};
use crate::compare;
use crate::finding::Lang;
use crate::views::changes::Comparison;

#[derive(Debug, clap::Args)]
#[command(after_long_help = help::more("", &EXAMPLES, &ENDS))]
pub struct Args {
    #[arg(value_name = both!("LẦN-TRƯỚC", "BEFORE"), help = both!(
        "Lần chạy trước: thư mục trong ket-qua/, hoặc tệp ket-qua.json của nó; năm trước cũng được",
        "The earlier run: its folder in ket-qua/, or its ket-qua.json; last year's too"
    ))]
    before: PathBuf,
    #[arg(value_name = both!("LẦN-SAU", "AFTER"), help = both!("Lần chạy sau", "The later run"))]
    after: PathBuf,
}

const EXAMPLES: [(&str, &str); 2] = [
    (
        r"cds compare ket-qua\2025-06-01T0200 ket-qua\2025-06-02T0200",
        both!("Từ hôm trước đến hôm sau có gì mới.", "What is new from one day to the next."),
    ),
    (
        r"cds compare ket-qua\2025-06-01T0200 ket-qua\2025-06-02T0200 --lang en",
        both!("Như trên, bằng tiếng Anh.", "The same in English."),
    ),
];

const ENDS: [(Exit, &str); 2] = [
    (Exit::Done, both!("đã in điều thay đổi", "what changed is printed")),
    (Exit::Unusable, both!("không đọc được một trong hai kết quả", "one of the two results cannot be read")),
];

pub fn main(args: &Args, lang: Lang) -> Exit {
    let read = |path| outcome::read(path, lang);
    match (read(&args.before), read(&args.after)) {
        (Ok(before), Ok(after)) => {
            print::line(compare::text(&Comparison::of(&before, &after), lang));
            Exit::Done
        }
        (Err(exit), _) | (_, Err(exit)) => exit,
    }
}
