//! `co-quan.toml` of a new folder: the commented template, or last year's for the next year.

use jiff::civil::DateTime;
use toml_edit::{DocumentMut, Item, value};

use super::{InitError, Wish};
use crate::folder::{FolderError, OfficeFolder, read_file};
use crate::office::{FILE, Office, TEMPLATE};
use crate::settings::Mistake;
use crate::text;

/// What holds for one report or one year only: it is not carried over.
const OF_ONE_YEAR: [&str; 6] = ["han", "so_hieu", "ngay_bao_cao", "phu_luc_cua", "nam_truoc", "phien_hop"];

/// Likewise within tables of which the rest is carried over.
const OF_ONE_YEAR_WITHIN: [(&str, &[&str]); 2] =
    [("to_tu_danh_gia", &["quyet_dinh"]), ("van_ban", &["bien_ban", "phe_duyet", "cong_nhan", "han_don_doc"])];

/// What stands above the key that names last year's folder.
const LAST_YEAR: &str = "\n# Kết quả năm trước để so sánh; xóa dòng này thì không so.\n";

/// The year of the days that the template shows.
const TEMPLATE_YEAR: &str = "2025";

/// The month in which the next school year is prepared.
const FIRST_MONTH: i8 = 7;

/// The text of the file.
pub(super) fn text(folder: &OfficeFolder, from: Option<&OfficeFolder>, wish: &Wish) -> Result<String, InitError> {
    let (text, year, follows) = match from {
        None => (TEMPLATE.to_owned(), wish.year.map_or_else(|| year_of(wish.at), str::to_owned), false),
        Some(last) => {
            let input = last.settings()?;
            let failed = |source| FolderError::CannotRead { path: input.path.clone(), source };
            let bytes = read_file(&input.path).map_err(failed)?;
            let office = Office::read(&bytes, &input.name).map_err(InitError::Mistakes)?.value;
            let text =
                text::decode(&bytes).map_err(|why| InitError::Mistakes(vec![Mistake::no_text(&input.name, why)]))?;
            let next = next(&office.year);
            let year = wish.year.map_or_else(|| next.clone(), str::to_owned);
            let follows = year == next;
            (text, year, follows)
        }
    };
    let mut document: DocumentMut = (if from.is_none() { of_year(&text, &year) } else { text })
        .replace("\r\n", "\n")
        .parse()
        .map_err(|error: toml_edit::TomlError| InitError::NotMade { name: FILE.to_owned(), source: Box::new(error) })?;
    if from.is_some() {
        for key in OF_ONE_YEAR {
            document.remove(key);
        }
        for (table, keys) in OF_ONE_YEAR_WITHIN {
            if let Some(within) = document.get_mut(table).and_then(Item::as_table_like_mut) {
                keys.iter().for_each(|key| drop(within.remove(key)));
            }
        }
    }
    set(&mut document, "nam_hoc", &year);
    if let Some(name) = wish.name {
        set(&mut document, "ten", name);
    }
    if let Some(path) = from.filter(|_| follows).and_then(|last| last_year(folder, last)) {
        set(&mut document, "nam_truoc", &path);
        if let Some(mut key) = document.key_mut("nam_truoc") {
            key.leaf_decor_mut().set_prefix(LAST_YEAR);
        }
    }
    let mut text = document.to_string();
    if from.is_some() {
        text.push('\n');
        text.push_str(&of_year(deadlines(), &year));
    }
    Ok(for_notepad(&text))
}

/// How the new folder names last year's, if that has a result to be compared with: beside it by its name alone, so that
/// both can be moved together.
fn last_year(folder: &OfficeFolder, last: &OfficeFolder) -> Option<String> {
    let some = |found: usize| (found > 0).then_some(());
    let runs = || last.runs().ok().and_then(|runs| some(runs.len()));
    last.milestone_folders().ok().and_then(|frozen| some(frozen.len())).or_else(runs)?;
    let beside = folder.root().parent().is_some_and(|parent| last.root().parent() == Some(parent));
    let path = match last.root().file_name().filter(|_| beside) {
        Some(name) => format!("../{}", name.to_str()?),
        None => last.root().to_str()?.to_owned(),
    };
    Some(path.replace('\\', "/"))
}

/// Gives a key another value; the comments before it stay.
fn set(document: &mut DocumentMut, key: &str, text: &str) {
    match document.get_mut(key) {
        Some(item) => {
            let decor = item.as_value().map(|old| old.decor().clone());
            *item = value(text);
            if let (Some(new), Some(decor)) = (item.as_value_mut(), decor) {
                *new.decor_mut() = decor;
            }
        }
        None => drop(document.insert(key, value(text))),
    }
}

/// The days that the template shows as examples, in the second half of another school year.
fn of_year(text: &str, year: &str) -> String {
    let Some((_, second)) = year.split_once('-') else { return text.to_owned() };
    let months = ["/3/", "/5/", "/6/", "/7/"].into_iter();
    let text = months.fold(text.to_owned(), |text, month| {
        text.replace(&format!("{month}{TEMPLATE_YEAR}"), &format!("{month}{second}"))
    });
    text.replace(&format!("{TEMPLATE_YEAR}-05-"), &format!("{second}-05-"))
}

/// The template's part on deadlines, all of it commented out.
fn deadlines() -> &'static str {
    let start = TEMPLATE.find("# Các hạn trong năm").unwrap_or(TEMPLATE.len());
    let part = &TEMPLATE[start..];
    part.find("\n\n").map_or(part, |end| &part[..=end])
}

/// The school year of a day: the next one from July on.
pub fn year_of(at: DateTime) -> String {
    let first = if at.month() >= FIRST_MONTH { at.year() } else { at.year() - 1 };
    format!("{first}-{}", first + 1)
}

/// "2024-2025" to "2025-2026".
fn next(year: &str) -> String {
    let second = year.split_once('-').and_then(|(_, second)| second.parse::<u16>().ok());
    second.map_or_else(|| year.to_owned(), |second| format!("{second}-{}", second + 1))
}

/// As Notepad of every Windows shows it: a byte order mark, and CRLF.
pub(super) fn for_notepad(text: &str) -> String {
    format!("\u{FEFF}{}", text.replace("\r\n", "\n").replace('\n', "\r\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_follow_each_other() {
        let day = |year, month| jiff::civil::date(year, month, 1).at(0, 0, 0, 0);
        assert_eq!(year_of(day(2025, 6)), "2024-2025");
        assert_eq!(year_of(day(2025, 7)), "2025-2026");
        assert_eq!(next("2024-2025"), "2025-2026");
    }

    #[test]
    fn the_deadlines_are_all_of_the_template() {
        let part = deadlines();
        for key in ["[han]", "nop_phieu", "tham_dinh", "phe_duyet", "gui_so"] {
            assert!(part.contains(&format!("\n#{key}")), "{key}");
        }
        assert!(part.lines().all(|line| line.starts_with('#')));
    }
}
