//! Equal texts kept once: what schools write of evidence is often the same.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use arcstr::ArcStr;

/// Texts, each kept once however often it was written.
#[derive(Debug, Default)]
pub struct SharedTexts(Mutex<HashSet<ArcStr>>);

impl SharedTexts {
    /// Puts the text that is known in the place of each equal one.
    pub fn share<'t>(&self, texts: impl IntoIterator<Item = &'t mut ArcStr>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // An empty one takes no memory as it is.
        for text in texts.into_iter().filter(|text| !text.is_empty()) {
            match known.get(text.as_str()) {
                Some(same) => *text = same.clone(),
                None => {
                    known.insert(text.clone());
                }
            }
        }
    }
}
