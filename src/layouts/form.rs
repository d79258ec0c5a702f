//! The one description of the form: sheets, columns, blocks, and which cell holds what. Serves writer and reader.

use crate::codes::Level;
use crate::grid::CellRef;
use crate::rules::{Basis, Node, NodeKind, OverallRule, RuleSet, Scale, UnmetRule, figures};
use crate::text::fold;

/// The version of the form; raised whenever a cell changes its place or meaning.
pub const VERSION: &str = "1";
/// The sheet that explains.
pub const GUIDANCE_SHEET: &str = "Hướng dẫn";
/// The sheet in front of a form that goes back: what to correct.
pub const CORRECTION_SHEET: &str = "Cần sửa";
/// The sheet that is filled in.
pub const TABLE_SHEET: &str = "Phiếu tự đánh giá";
/// The hidden sheet.
pub const HIDDEN_SHEET: &str = "_phieu";

/// What the first line of the form says.
pub const TITLE: &str = "PHIẾU TỰ ĐÁNH GIÁ";
/// What a form says whose content is not from the annex.
pub const TRIAL: &str = "PHIẾU THỬ: chưa đối chiếu phụ lục";
/// The answer to a mandatory condition that is met.
pub const MET: &str = "Đạt";
/// The answer to a mandatory condition that is not met.
pub const UNMET: &str = "Chưa đạt";
/// In the place of a level while cells that it rests on are blank or out of range.
pub const UNRANKED: &str = "chưa xếp";
/// What stands in the maximum's cell of a mandatory condition.
pub const MANDATORY: &str = "Bắt buộc";
/// What stands in the note's cell of an item that no person fills.
pub const COMPUTED: &str = "do phần mềm tính";

/// Rows of the title block, from 0.
pub const TITLE_ROW: u32 = 0;
/// The set's title.
pub const SET_ROW: u32 = 1;
/// The set's decision.
pub const DECISION_ROW: u32 = 2;
/// [`TRIAL`], where it applies.
pub const TRIAL_ROW: u32 = 3;
/// First row of the block on the respondent.
pub const BLOCK_ROW: u32 = 4;
/// The table's header row.
pub const HEADER_ROW: u32 = BLOCK_ROW + 5;
/// The row of the set's first node; the others follow without a gap.
pub const FIRST_ROW: u32 = HEADER_ROW + 1;

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The node's code.
    Code,
    /// The node's title.
    Title,
    /// Its maximum.
    Max,
    /// The self score; Đạt or Chưa đạt for a mandatory condition.
    Score,
    /// How many, of ratios and counts.
    Part,
    /// Out of how many, of ratios.
    Whole,
    /// A document's number, a link.
    Evidence,
    /// Remarks; the level of groups and criteria.
    Note,
}

impl Column {
    /// All of them, from the left.
    pub const ALL: [Column; 8] = [
        Column::Code,
        Column::Title,
        Column::Max,
        Column::Score,
        Column::Part,
        Column::Whole,
        Column::Evidence,
        Column::Note,
    ];

    /// Its place, from 0.
    pub fn index(self) -> u32 {
        self as u32
    }

    /// Its header.
    pub fn title(self) -> &'static str {
        match self {
            Column::Code => "Mã",
            Column::Title => "Nội dung",
            Column::Max => "Điểm tối đa",
            Column::Score => "Điểm tự đánh giá",
            Column::Part => "Số đạt",
            Column::Whole => "Tổng số",
            Column::Evidence => "Minh chứng",
            Column::Note => "Ghi chú",
        }
    }

    /// Its word in the names of cells: `diem_1_3_1`.
    pub fn key(self) -> &'static str {
        match self {
            Column::Code => "ma",
            Column::Title => "noi_dung",
            Column::Max => "toi_da",
            Column::Score => "diem",
            Column::Part => "so_dat",
            Column::Whole => "tong_so",
            Column::Evidence => "minh_chung",
            Column::Note => "ghi_chu",
        }
    }

    /// Its width, in digits of the standard font.
    pub fn width(self) -> f64 {
        match self {
            Column::Code => 12.0,
            Column::Title => 52.0,
            Column::Max => 9.0,
            Column::Score => 11.0,
            Column::Part | Column::Whole => 9.0,
            Column::Evidence => 30.0,
            Column::Note => 23.0,
        }
    }
}

/// A line of the block on the respondent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The school's code.
    Code,
    /// The school's or the office's name.
    Name,
    /// The school's kinds.
    Kind,
    /// Who manages the school.
    Unit,
    /// The school year.
    Year,
    /// Who filled the form.
    Preparer,
    /// The head.
    Head,
    /// When it was filled.
    Date,
}

impl Field {
    /// All of them, row by row.
    pub const ALL: [Field; 8] =
        [Field::Code, Field::Unit, Field::Name, Field::Year, Field::Kind, Field::Preparer, Field::Date, Field::Head];

    /// What stands before it; `None` where the form has no such line.
    pub fn label(self, office: bool) -> Option<&'static str> {
        Some(match (self, office) {
            (Field::Code | Field::Kind, true) => return None,
            (Field::Code, false) => "Mã trường",
            (Field::Kind, false) => "Cấp học",
            (Field::Name, false) => "Tên trường",
            (Field::Name, true) => "Cơ quan",
            (Field::Unit, false) => "Đơn vị quản lý",
            (Field::Unit, true) => "Cơ quan cấp trên",
            (Field::Year, _) => "Năm học",
            (Field::Preparer, _) => "Người lập",
            (Field::Head, _) => "Thủ trưởng",
            (Field::Date, _) => "Ngày",
        })
    }

    /// The name of its cell: `ten_truong`.
    pub fn key(self) -> &'static str {
        match self {
            Field::Code => "ma_truong",
            Field::Name => "ten_truong",
            Field::Kind => "cap_hoc",
            Field::Unit => "don_vi_quan_ly",
            Field::Year => "nam_hoc",
            Field::Preparer => "nguoi_lap",
            Field::Head => "thu_truong",
            Field::Date => "ngay",
        }
    }

    /// Whether it stands in the right half of the block.
    fn is_right(self) -> bool {
        matches!(self, Field::Unit | Field::Year | Field::Preparer | Field::Head)
    }

    fn row(self) -> u32 {
        BLOCK_ROW
            + match self {
                Field::Code | Field::Unit => 0,
                Field::Name | Field::Year => 1,
                Field::Kind | Field::Preparer => 2,
                Field::Date | Field::Head => 3,
            }
    }

    /// The cells of its label: first and last, one row.
    pub fn label_cells(self) -> (CellRef, CellRef) {
        let (from, to) = if self.is_right() { (Column::Max, Column::Score) } else { (Column::Code, Column::Code) };
        (CellRef::new(self.row(), from.index()), CellRef::new(self.row(), to.index()))
    }

    /// The cells of its value: first and last, one row.
    pub fn value_cells(self) -> (CellRef, CellRef) {
        let (from, to) = if self.is_right() { (Column::Part, Column::Note) } else { (Column::Title, Column::Title) };
        (CellRef::new(self.row(), from.index()), CellRef::new(self.row(), to.index()))
    }
}

/// A line of the hidden sheet: a key in column A, its value in column B.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// [`VERSION`] of the form.
    Version,
    /// The set's id.
    Set,
    /// The fingerprint of the rule file.
    Rules,
    /// The code of the school for which the form was made.
    School,
    /// The school year for which it was made.
    Year,
}

impl Hidden {
    /// All of them, from the first row.
    pub const ALL: [Hidden; 5] = [Hidden::Version, Hidden::Set, Hidden::Rules, Hidden::School, Hidden::Year];

    /// The text in column A.
    pub fn key(self) -> &'static str {
        match self {
            Hidden::Version => "phien_ban_phieu",
            Hidden::Set => "bo_chi_so",
            Hidden::Rules => "ma_kiem_tra_quy_tac",
            Hidden::School => "ma_truong",
            Hidden::Year => "nam_hoc",
        }
    }
}

/// A line of the result block under the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultLine {
    /// How many scores and mandatory conditions have no answer yet.
    Unanswered,
    /// Whether a mandatory condition bars the return.
    Barred,
    /// The level of a group, by its place in the set.
    Group(usize),
    /// The sum of all groups.
    Total,
    /// The level of the respondent.
    Overall,
}

/// Where everything stands in the form of one set.
#[derive(Debug, Clone, Copy)]
pub struct Layout<'a> {
    set: &'a RuleSet,
}

impl<'a> Layout<'a> {
    /// The form of this set.
    pub fn of(set: &'a RuleSet) -> Layout<'a> {
        Layout { set }
    }

    /// The set.
    pub fn set(&self) -> &'a RuleSet {
        self.set
    }

    /// The cell of a node, by its place in the set.
    pub fn cell(&self, node: usize, column: Column) -> CellRef {
        CellRef::new(FIRST_ROW + node as u32, column.index())
    }

    /// The row after the last node's.
    pub fn end_row(&self) -> u32 {
        FIRST_ROW + self.set.nodes.len() as u32
    }

    /// The row of the result block's heading.
    pub fn result_heading_row(&self) -> u32 {
        self.end_row() + 1
    }

    /// The lines of the result block, each with its row.
    pub fn results(&self) -> Vec<(u32, ResultLine)> {
        let mut lines = vec![ResultLine::Unanswered];
        let has_mandatory = self.set.nodes.iter().any(|node| node.kind == NodeKind::Mandatory);
        if has_mandatory && self.set.unmet.rule == UnmetRule::NotAccepted {
            lines.push(ResultLine::Barred);
        }
        lines.extend(self.levelled_tops().into_iter().map(ResultLine::Group));
        match self.set.overall.rule {
            OverallRule::ByTotal(_) => lines.extend([ResultLine::Total, ResultLine::Overall]),
            OverallRule::LowestGroup if self.levelled_tops().is_empty() => {}
            OverallRule::LowestGroup => lines.push(ResultLine::Overall),
        }
        (self.result_heading_row() + 1..).zip(lines).collect()
    }

    /// The row of one line of the result block.
    pub fn result_row(&self, line: ResultLine) -> Option<u32> {
        self.results().into_iter().find(|(_, known)| *known == line).map(|(row, _)| row)
    }

    /// The groups that have a level of their own.
    pub fn levelled_tops(&self) -> Vec<usize> {
        self.set.groups().filter(|(index, _)| self.set.scale_of(*index).is_some()).map(|(index, _)| index).collect()
    }

    /// Whether people type into this cell.
    pub fn is_input(&self, node: &Node, column: Column) -> bool {
        match column {
            Column::Score | Column::Evidence | Column::Note => node.is_asked(),
            Column::Part => node.kind.has_amount(),
            Column::Whole => node.kind == NodeKind::Ratio,
            Column::Code | Column::Title | Column::Max => false,
        }
    }

    /// The name of an input cell: `diem_1_3_1`.
    pub fn name(&self, node: &Node, column: Column) -> String {
        let numbers: Vec<String> = node.code.parts().iter().map(u16::to_string).collect();
        format!("{}_{}", column.key(), numbers.join("_"))
    }
}

/// "Mức 2: đáp ứng cơ bản"; "Mức 2" alone where the name says no more.
pub fn level_text(scale: &Scale, level: Level) -> String {
    let number = format!("Mức {level}");
    match scale.name_of(level) {
        name if name.is_empty() || fold(name) == fold(&number) => number,
        name => format!("{number}: {name}"),
    }
}

/// Whether any of the set's content, its nodes and scales, is provisional: then its form is a trial. How a condition or
/// the groups decide a level, and the step of scores, change nothing of what is asked.
pub fn is_trial(set: &RuleSet) -> bool {
    const NOT_ASKED: [&str; 3] = ["overall", "unmet", "step"];
    let mut figures = figures(set).into_iter();
    figures.any(|figure| figure.authority.basis == Basis::Provisional && !NOT_ASKED.contains(&figure.key.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_things_share_a_cell() {
        let mut taken = std::collections::BTreeSet::new();
        for field in Field::ALL {
            for (first, last) in [field.label_cells(), field.value_cells()] {
                assert_eq!(first.row, last.row);
                assert!((BLOCK_ROW..HEADER_ROW).contains(&first.row));
                assert!((first.col..=last.col).all(|col| taken.insert((first.row, col))), "{field:?}");
            }
        }
    }

    #[test]
    fn columns_and_keys_are_told_apart() {
        assert!(Column::ALL.iter().enumerate().all(|(index, column)| column.index() == index as u32));
        let keys: std::collections::BTreeSet<&str> =
            Column::ALL.iter().map(|column| column.key()).chain(Field::ALL.iter().map(|field| field.key())).collect();
        assert_eq!(keys.len(), 16);
    }
}
