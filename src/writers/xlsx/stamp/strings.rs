//! The texts of a copy's cells: those of the blank keep their numbers, the ink's own follow.

use std::collections::HashMap;

use crate::writers::xlsx::xml::text_element;

/// The ink's own texts while a copy is made.
pub(super) struct Strings {
    next: u32,
    known: HashMap<String, u32>,
    /// As they stand in the part.
    pub written: String,
}

impl Strings {
    /// Behind so many of the blank.
    pub fn behind(count: u32) -> Strings {
        Strings { next: count, known: HashMap::new(), written: String::with_capacity(8 * 1024) }
    }

    /// The number of a text; each is kept once.
    pub fn number_of(&mut self, text: &str) -> u32 {
        if let Some(number) = self.known.get(text) {
            return *number;
        }
        let number = self.next;
        self.next += 1;
        self.known.insert(text.to_owned(), number);
        self.written.push_str("<si>");
        text_element(&mut self.written, text);
        self.written.push_str("</si>");
        number
    }
}
