//! What a school may answer to a finding instead of a correction: the column of the first sheet of a form that goes back,
//! and the hidden columns that say what each answer is about.

/// The column that schools fill.
pub const OPINION: &str = "Ý kiến của trường";
/// The column of the running numbers, which people see.
pub const NUMBER: &str = "Thứ tự";
/// So many letters are an answer.
pub const LEAST_LETTERS: usize = 3;

/// A hidden column: what the row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The row's running number, as in the visible column: it tells rows that were sorted without the hidden columns.
    Number,
    /// The finding's code.
    Code,
    /// The item; empty for the whole form.
    Item,
    /// The cell of the form; empty for the whole form.
    Cell,
    /// What the school had entered.
    Value,
    /// The school's code.
    School,
    /// The set.
    Set,
}

impl Key {
    /// From the left.
    pub const ALL: [Key; 7] = [Key::Number, Key::Code, Key::Item, Key::Cell, Key::Value, Key::School, Key::Set];

    /// What stands above it. Nothing that a table of scores may have.
    pub fn title(self) -> &'static str {
        match self {
            Key::Number => "cds_thu_tu",
            Key::Code => "cds_ma_loi",
            Key::Item => "cds_ma",
            Key::Cell => "cds_o",
            Key::Value => "cds_gia_tri",
            Key::School => "cds_ma_truong",
            Key::Set => "cds_bo_chi_so",
        }
    }
}
