//! How alike two titles are by the words that tell the items at hand apart: shortened and paraphrased titles keep those.

use std::collections::HashMap;

use crate::table::words;

/// What a word counts that no title has.
const UNKNOWN: f64 = 0.5;

/// Titles and rows of one place of a form, as sets of words.
pub struct TitleWords {
    rows: Vec<Vec<String>>,
    items: Vec<Vec<String>>,
    /// A word that many rows or many titles have says little.
    weights: HashMap<String, f64>,
}

impl TitleWords {
    /// Of these rows and the titles that they may be, all folded; `beside` are titles that they are not, but which have
    /// words in common with them.
    pub fn new<'t>(
        rows: impl Iterator<Item = &'t str>,
        items: impl Iterator<Item = &'t str>,
        beside: impl Iterator<Item = &'t str>,
    ) -> TitleWords {
        let rows: Vec<Vec<String>> = rows.map(bag).collect();
        let items: Vec<Vec<String>> = items.map(bag).collect();
        let beside: Vec<Vec<String>> = beside.map(bag).collect();
        let mut in_titles: HashMap<&String, usize> = HashMap::new();
        let mut in_rows: HashMap<&String, usize> = HashMap::new();
        items.iter().chain(&beside).flatten().for_each(|word| *in_titles.entry(word).or_default() += 1);
        rows.iter().flatten().for_each(|word| *in_rows.entry(word).or_default() += 1);
        let count = |word: &String, of_titles: usize| of_titles.max(in_rows.get(word).copied().unwrap_or_default());
        let weights =
            in_titles.iter().map(|(word, titles)| ((*word).clone(), 1.0 / count(word, *titles) as f64)).collect();
        TitleWords { rows, items, weights }
    }

    /// From 0 (nothing in common) to 1 (one has every word of the other).
    pub fn alike(&self, row: usize, item: usize) -> f64 {
        let weight = |word: &String| self.weights.get(word).copied().unwrap_or(UNKNOWN);
        let all = |words: &[String]| words.iter().map(weight).sum::<f64>();
        let (row, item) = (&self.rows[row], &self.items[item]);
        let common: f64 = row.iter().filter(|word| item.contains(word)).map(weight).sum();
        let least = all(row).min(all(item));
        if least > 0.0 { common / least } else { 0.0 }
    }
}

/// The words of a folded title, each once, those in short written out.
fn bag(folded: &str) -> Vec<String> {
    let mut bag: Vec<String> = folded
        .split(' ')
        .flat_map(|word| words().shortened.exact(word).unwrap_or(word).split('_'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    bag.sort_unstable();
    bag.dedup();
    bag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_say_little_and_short_ones_are_written_out() {
        let items = [
            "lms giao vien giao bai cho hoc sinh tu hoc",
            "lms giao vien giai dap cau hoi cua hoc sinh",
            "trao doi du lieu dinh ky voi co so du lieu nganh",
        ];
        let rows = ["phan mem lms gv giai dap thac mac", "lms cho hoc sinh", "trao doi du lieu voi csdl nganh"];
        let words = TitleWords::new(rows.into_iter(), items.into_iter(), std::iter::empty());
        assert!(words.alike(0, 1) > 0.5 && words.alike(0, 0) < 0.3, "{} {}", words.alike(0, 1), words.alike(0, 0));
        assert!(words.alike(2, 2) > 0.99 && words.alike(2, 0) < 0.01);
    }
}
