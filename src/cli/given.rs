//! The words after `cds`, before they are parsed: a folder alone is run, workbooks alone are checked, and a path that
//! PowerShell has spoiled is mended.

use std::ffi::{OsStr, OsString};
use std::path::Path;

/// The words with what they leave out, and whether no command was named.
#[derive(Debug, PartialEq, Eq)]
pub struct Given {
    /// The program's name and all words, as the parser takes them.
    pub words: Vec<OsString>,
    /// Whether somebody dropped a folder or a file on the program, or named no command on the command line.
    pub is_implied: bool,
}

/// Puts in the command that a path stands for. `is_command` knows the names of commands.
pub fn understood(given: impl IntoIterator<Item = OsString>, is_command: impl Fn(&str) -> bool) -> Given {
    let mut words: Vec<OsString> = given.into_iter().flat_map(without_stray_quote).collect();
    let implied = first_word(&words).and_then(|at| {
        let word = &words[at];
        let path = Path::new(word);
        match word.to_str() {
            Some(word) if is_command(word) => None,
            _ if path.is_dir() => Some((at, "run")),
            _ if path.is_file() => Some((at, "check")),
            _ => None,
        }
    });
    if let Some((at, command)) = implied {
        words.insert(at, command.into());
    }
    Given { words, is_implied: implied.is_some() }
}

/// Whether there is nothing but, perhaps, a language.
pub fn is_nothing(words: &[OsString]) -> bool {
    let options = words.iter().skip(1).filter(|word| starts_with(word, "-"));
    first_word(words).is_none() && options.into_iter().all(|word| starts_with(word, "--lang"))
}

/// Where the first word stands that is neither an option nor the language.
fn first_word(words: &[OsString]) -> Option<usize> {
    let is_language = |at: usize| words[at - 1] == "--lang";
    (1..words.len()).find(|&at| !starts_with(&words[at], "-") && !is_language(at))
}

fn starts_with(word: &OsStr, start: &str) -> bool {
    word.as_encoded_bytes().starts_with(start.as_bytes())
}

/// PowerShell completes `D:\Chuyển đổi số\` to `"D:\Chuyển đổi số\"`, whose last quote Windows takes for a part of the
/// path, and with it all that follows: `D:\Chuyển đổi số" --json` is one word.
fn without_stray_quote(word: OsString) -> Vec<OsString> {
    let Some((path, rest)) = word.to_str().and_then(|text| text.split_once('"')) else { return vec![word] };
    let is_path = path.contains(['\\', '/', ':']) || Path::new(path).exists();
    if path.is_empty() || rest.contains('"') || !is_path || Path::new(&word).exists() {
        return vec![word];
    }
    std::iter::once(path).chain(rest.split_whitespace()).map(OsString::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[&str]) -> (Vec<String>, bool) {
        let given = words.iter().map(OsString::from);
        let Given { words, is_implied } = understood(given, |word| ["run", "check", "src"].contains(&word));
        (words.into_iter().map(|word| word.into_string().unwrap()).collect(), is_implied)
    }

    #[test]
    fn a_folder_is_run_and_a_file_is_checked() {
        for (words, want) in [
            (&["cds", "tests"][..], "cds run tests"),
            (&["cds", "--lang", "en", "tests", "--json"], "cds --lang en run tests --json"),
            (&["cds", "--lang=en", "tests/"], "cds --lang=en run tests/"),
            (&["cds", "Cargo.toml", "README.md"], "cds check Cargo.toml README.md"),
        ] {
            assert_eq!(of(words), (want.split(' ').map(str::to_owned).collect(), true));
        }
    }

    #[test]
    fn a_command_comes_before_a_folder_of_its_name_and_what_is_neither_stays() {
        for words in
            [&["cds"][..], &["cds", "src"], &["cds", "rum"], &["cds", "run", "tests"], &["cds", "--lang", "tests"]]
        {
            let same = words.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(of(words), (same, false));
        }
    }

    #[test]
    fn the_quote_that_powershell_leaves_is_taken_away() {
        let mended = |word: &str| -> Vec<String> {
            without_stray_quote(word.into()).into_iter().map(|word| word.into_string().unwrap()).collect()
        };
        assert_eq!(mended("D:\\Chuyển đổi số\""), ["D:\\Chuyển đổi số"]);
        assert_eq!(mended("D:\\Chuyển đổi số\" --json --quiet"), ["D:\\Chuyển đổi số", "--json", "--quiet"]);
        assert_eq!(mended("src\""), ["src"]);
        for text in ["Phòng \"A\"", "\"", "Phòng 5\"", "a\\b", "--ten=\"", "D:\\a\" \"b"] {
            assert_eq!(mended(text), [text]);
        }
    }

    #[test]
    fn nothing_is_nothing_but_a_language() {
        let nothing = |words: &[&str]| is_nothing(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert!(nothing(&["cds"]) && nothing(&["cds", "--lang", "en"]) && nothing(&["cds", "--lang=vi"]));
        assert!(!nothing(&["cds", "-h"]) && !nothing(&["cds", "--version"]) && !nothing(&["cds", "run"]));
    }
}
