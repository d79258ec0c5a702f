//! Which file a name in the receipts means: people leave out folders and endings, and write letters otherwise.

use std::collections::HashMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::text;

/// How alike a file must be to be proposed.
const LIKENESS: f64 = 0.6;

/// The names of all files, by how people may write them.
pub(super) struct Names {
    files: Vec<Arc<str>>,
    exact: HashMap<String, Vec<usize>>,
    plain: HashMap<String, Vec<usize>>,
    bare: HashMap<String, Vec<usize>>,
    /// Without its ending, which Windows hides.
    stem: HashMap<String, Vec<usize>>,
}

impl Names {
    pub(super) fn of<'f>(files: impl IntoIterator<Item = &'f Arc<str>>) -> Names {
        let files: Vec<Arc<str>> = files.into_iter().cloned().collect();
        let (exact, plainly, bare, stem) = Default::default();
        let mut names = Names { files, exact, plain: plainly, bare, stem };
        for (at, file) in names.files.iter().enumerate() {
            // A bare name first, then from nop/, then from the office folder.
            let short = file.split_once('/').map_or(&**file, |(_, short)| short);
            let mut ways = vec![&**file, short];
            ways.dedup();
            for way in ways {
                names.exact.entry(way.to_owned()).or_default().push(at);
                names.plain.entry(plain(way)).or_default().push(at);
            }
            let bare = file.rsplit('/').next().unwrap_or_default();
            names.bare.entry(plain(bare)).or_default().push(at);
            let stem = bare.rsplit_once('.').map_or(bare, |(stem, _)| stem);
            names.stem.entry(plain(stem)).or_default().push(at);
        }
        names
    }

    /// The files that a name may mean; several only if it cannot be told.
    pub(super) fn find(&self, name: &str) -> Vec<Arc<str>> {
        let name = name.trim().replace('\\', "/");
        let name = name.trim_start_matches("./").trim_start_matches('/');
        let plainly = plain(name);
        let found = self.exact.get(name).or_else(|| self.plain.get(&plainly));
        let found = found.or_else(|| self.bare.get(&plainly)).or_else(|| self.stem.get(&plainly));
        found.map(|at| at.iter().map(|&at| self.files[at].clone()).collect()).unwrap_or_default()
    }

    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        let name = text::fold(name);
        let bare = |file: &str| text::fold(file.rsplit('/').next().unwrap_or_default());
        let scored = self.files.iter().map(|file| (text::likeness(&name, &bare(file)), &**file));
        let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))?;
        (best.0 >= LIKENESS).then_some(best.1)
    }
}

fn plain(name: &str) -> String {
    text::clean(&name.nfc().collect::<String>()).to_lowercase()
}
