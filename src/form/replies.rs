//! What a school answered on the first sheet of a form that was sent back to it: each answer with what it is about, as the
//! hidden columns say. Knows no finding.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::identity::show;
use crate::grid::{CellRef, Grid, Value};
use crate::layouts::form::CORRECTION_SHEET;
use crate::layouts::opinions::{Key, NUMBER, OPINION};
use crate::text;

/// A row of the first sheet. All as text, nothing is judged yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The finding's code; empty where the row does not say what it is about.
    pub code: String,
    /// The item.
    pub item: String,
    /// What the school had entered when it was asked.
    pub value: String,
    /// The school that was asked.
    pub school: String,
    /// The set.
    pub set: String,
    /// What the school says; empty where it says nothing.
    pub text: String,
    /// Where it says so.
    pub sheet: Arc<str>,
    /// Where it says so.
    pub cell: CellRef,
}

/// A longer answer is a pasted document.
const LONGEST: usize = 2_000;

impl Reply {
    /// Whether it was longer than it is kept.
    pub fn is_cut(&self) -> bool {
        self.text.ends_with('…') && self.text.encode_utf16().count() == LONGEST
    }
}

/// Where the columns are.
struct Columns {
    head: u32,
    opinion: u32,
    number: Option<u32>,
    keys: [Option<u32>; Key::ALL.len()],
}

impl Columns {
    fn of(grid: &Grid) -> Option<Columns> {
        let is_key =
            |value: &Value| matches!(value, Value::Text(text) if Key::ALL.iter().any(|key| text == key.title()));
        let is = |value: &Value, title: &str| text::fold(&show(value)) == text::fold(title);
        let by_key = grid.cells().iter().find(|(_, value)| is_key(value));
        // Somebody may have deleted the hidden columns, and renamed the sheet; a list of the school's own may have such a
        // title too.
        let by_name = || match grid.name == CORRECTION_SHEET {
            true => grid.cells().iter().find(|(_, value)| is(value, OPINION)),
            false => grid.cells().iter().find(|(at, value)| {
                matches!(value, Value::Text(text) if text == OPINION)
                    && grid.row(at.row).iter().any(|(_, value)| matches!(value, Value::Text(text) if text == NUMBER))
            }),
        };
        let head = by_key.or_else(by_name)?.0.row;
        let on_head = |title: &str| grid.row(head).iter().find(|(_, value)| is(value, title)).map(|(at, _)| at.col);
        let keys = Key::ALL.map(|key| on_head(key.title()));
        Some(Columns { head, opinion: on_head(OPINION)?, number: on_head(NUMBER), keys })
    }

    fn has_keys(&self) -> bool {
        self.keys.iter().flatten().count() >= 2
    }

    fn key(&self, key: Key) -> Option<u32> {
        Key::ALL.iter().position(|known| *known == key).and_then(|at| self.keys[at])
    }
}

/// Whether this is the first sheet of a form that went back, whatever it is called now.
pub fn is_first_sheet(grid: &Grid) -> bool {
    Columns::of(grid).is_some_and(|columns| columns.has_keys())
}

/// Every row of such sheets, the blank ones too: that nothing is said any more is an answer.
pub fn read(grids: &[Grid]) -> Vec<Reply> {
    let mut replies = Vec::new();
    for grid in grids {
        if let Some(columns) = Columns::of(grid) {
            rows(grid, &columns, &mut replies);
        }
    }
    replies
}

fn rows(grid: &Grid, columns: &Columns, replies: &mut Vec<Reply>) {
    let at = |row: u32, col: Option<u32>| {
        let value = col.and_then(|col| grid.get(CellRef::new(row, col)));
        value.map(|value| text::clean(&show(value))).unwrap_or_default()
    };
    let below: Vec<u32> = grid.rows().map(|(row, _)| row).filter(|row| *row > columns.head).collect();
    // What is shown is what was answered: rows may have been sorted without the hidden columns.
    let mut by_number: HashMap<String, u32> = HashMap::new();
    for &row in &below {
        let number = at(row, columns.key(Key::Number));
        if !number.is_empty() {
            by_number.entry(number).or_insert(row);
        }
    }
    let sheet: Arc<str> = grid.name.as_str().into();
    for row in below {
        let of = by_number.get(&at(row, columns.number)).copied().unwrap_or(row);
        let key = |key: Key| at(of, columns.key(key));
        let reply = Reply {
            code: key(Key::Code),
            item: key(Key::Item),
            value: key(Key::Value),
            school: key(Key::School),
            set: key(Key::Set),
            text: text::cut(&at(row, Some(columns.opinion)), LONGEST),
            sheet: sheet.clone(),
            cell: CellRef::new(row, columns.opinion),
        };
        if !reply.text.is_empty() || !reply.code.is_empty() {
            replies.push(reply);
        }
    }
}
