//! `cds explain CODE`: what a finding means and what to do.

use super::{Exit, print};
use crate::finding::{Code, Finding, Lang, entry};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Mã, ví dụ CDS402 hay 402.
    code: String,
}

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
