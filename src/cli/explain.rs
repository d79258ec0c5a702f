//! `cds explain CODE`: what a finding means and what to do.

use super::words::both;
use super::{Exit, help, print};
use crate::finding::{Code, Finding, Lang, entry};

#[derive(Debug, clap::Args)]
#[command(after_long_help = help::more("", &EXAMPLES, &ENDS))]
pub struct Args {
    #[arg(value_name = both!("MÃ", "CODE"), help = both!("Mã, ví dụ CDS402 hay 402", "The code, as CDS402 or 402"))]
    code: String,
}

const EXAMPLES: [(&str, &str); 2] = [
    ("cds explain CDS402", both!("CDS402 nghĩa là gì, sửa thế nào.", "What CDS402 means and what to do.")),
    ("cds explain 235 --lang en", both!("Một mã khác, bằng tiếng Anh.", "Another code, in English.")),
];

const ENDS: [(Exit, &str); 2] = [
    (Exit::Done, both!("đã giải thích", "explained")),
    (Exit::Unusable, both!("không có mã đó", "there is no such code")),
];

pub fn main(args: &Args, lang: Lang) -> Exit {
    match args.code.parse::<Code>() {
        Ok(code) => {
            print::line(text(code, lang));
            Exit::Done
        }
        Err(_) => {
            print::error(match lang {
                Lang::Vi => format!("Không có mã {}. Mã có dạng CDS và ba chữ số, ví dụ CDS402.", args.code),
                Lang::En => format!("There is no code {}. A code is CDS and three digits, such as CDS402.", args.code),
            });
            Exit::Unusable
        }
    }
}

/// The entry with its example filled in.
fn text(code: Code, lang: Lang) -> String {
    let entry = entry(code);
    let example = entry.example.iter().fold(Finding::new(code), |finding, (name, value)| finding.with(name, value));
    let (weight, what) = match lang {
        Lang::Vi => ("Mức", "Ví dụ"),
        Lang::En => ("Weight", "Example"),
    };
    format!(
        "{code}\n{weight}: {}\n{what}: {}\n    → {}",
        entry.severity.label(lang),
        example.message(lang),
        example.advice(lang)
    )
}
