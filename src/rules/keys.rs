//! Every key of a rule file: what the loader takes and what the description of the format (`docs/quy-tac.md`) says, in one
//! table.

use super::NodeKind;

/// A key of a rule file.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As written.
    pub name: &'static str,
    /// Whether it must be there; in Vietnamese, empty if not.
    pub needed: &'static str,
    /// What it may hold, in Vietnamese.
    pub value: &'static str,
    /// What it means, in Vietnamese.
    pub about: &'static str,
}

const fn key(name: &'static str, needed: &'static str, value: &'static str, about: &'static str) -> Key {
    Key { name, needed, value, about }
}

const ALWAYS: &str = "bắt buộc";

/// The tables of a rule file.
pub(super) const TOP: [Key; 6] = [
    key("set", ALWAYS, "bảng", "Bộ chỉ số: mã, tên, văn bản, áp dụng cho ai."),
    key("overall", ALWAYS, "bảng", "Mức chung của một phiếu lấy từ đâu."),
    key("unmet", "khi bộ có điều kiện bắt buộc", "bảng", "Điều kiện bắt buộc chưa đạt thì sao."),
    key("step", "", "bảng", "Bước điểm; điểm lẻ hơn là điều cần xem lại, vẫn được tính."),
    key("scales", ALWAYS, "các bảng [scales.TÊN]", "Các thang mức; nhóm, tiêu chí chọn thang bằng tên."),
    key("node", ALWAYS, "các bảng [[node]]", "Nhóm, tiêu chí, nội dung, điều kiện, theo thứ tự trên phiếu."),
];

/// `[set]`
pub(super) const SET: [Key; 6] = [
    key("id", ALWAYS, "chữ không dấu, số, - _ .", "Mã của bộ; trùng mã một bộ có sẵn thì thay bộ đó."),
    key("title", ALWAYS, "chữ", "Tên đầy đủ của bộ."),
    key("short", ALWAYS, "chữ, đến 20 ký tự", "Tên ngắn, dùng làm tên trang tính; mỗi bộ một tên khác nhau."),
    key("decision", ALWAYS, "chữ", "Số, ngày của quyết định."),
    key("kinds", ALWAYS, "danh sách", "Các cấp học phải nộp bộ này; [\"CO_QUAN\"] là bộ của chính cơ quan."),
    key("replaces", "", "danh sách mã bộ", "Các bộ mà bộ này thay. Một bộ không thay chính nó, không thay vòng tròn."),
];

/// `[overall]`
pub(super) const OVERALL: [Key; 2] = [
    key("rule", ALWAYS, "lowest-group, by-total", "Mức chung là mức thấp nhất của các nhóm, hay xét theo tổng điểm."),
    key("scale", "khi rule là by-total", "tên một thang mức", "Thang mức của tổng điểm."),
];

/// `[unmet]`
pub(super) const UNMET: [Key; 1] = [key(
    "rule",
    ALWAYS,
    "hold-level-1, not-accepted",
    "Mức của mọi nhóm, tiêu chí ở trên điều kiện và mức chung giữ ở 1; hay phiếu chưa được tính.",
)];

/// `[step]`
pub(super) const STEP: [Key; 1] = [key("value", ALWAYS, "điểm lớn hơn 0", "Bước điểm, ví dụ 0.5.")];

/// `[scales.TÊN]`
pub(super) const SCALE: [Key; 2] = [
    key("levels", ALWAYS, "2 đến 9 mức", "Các mức từ thấp đến cao, không hở, không chồng."),
    key("names", "", "danh sách tên", "Tên các mức, đúng bằng số mức."),
];

/// An entry of `levels`.
pub(super) const LEVEL: [Key; 5] = [
    key("level", ALWAYS, "1 đến 9", "Số của mức: 1, 2, 3..."),
    key("from", "mức 2 trở lên, hoặc above", "điểm", "Từ điểm này, kể cả."),
    key("above", "mức 2 trở lên, hoặc from", "điểm", "Trên điểm này, không kể."),
    key("to", "trừ mức cao nhất, hoặc below", "điểm", "Đến điểm này, kể cả."),
    key("below", "trừ mức cao nhất, hoặc to", "điểm", "Dưới điểm này, không kể."),
];

/// `[[node]]`
pub(super) const NODE: [Key; 6] = [
    key(
        "code",
        ALWAYS,
        "số và dấu chấm, trong dấu nháy",
        "Mã, sâu đến năm cấp; mục cha là mã bỏ phần cuối, đứng trước.",
    ),
    key("title", ALWAYS, "chữ", "Nội dung, như trên phiếu."),
    key("kind", ALWAYS, "xem bảng các loại", "Mục là gì, chấm thế nào."),
    key("max", "trừ mandatory", "điểm, đến hai chữ số thập phân", "Điểm tối đa."),
    key(
        "scale",
        "nhóm, khi rule là lowest-group",
        "tên một thang mức",
        "Thang mức của nhóm, tiêu chí. Nhóm không ghi thì lấy thang tên group nếu có.",
    ),
    key(
        "bands",
        "",
        "danh sách ngưỡng",
        "Điểm theo tỉ lệ (ratio), số lượng (count) hoặc tỉ lệ trường (reach-level); dưới ngưỡng đầu là 0.",
    ),
];

/// An entry of `bands`.
pub(super) const BAND: [Key; 2] = [
    key("from", ALWAYS, "\"50%\" hoặc 0.5; với count là số lượng", "Từ tỉ lệ, số lượng này, kể cả; tăng dần."),
    key("points", ALWAYS, "điểm, không quá max", "Số điểm được."),
];

/// What only a computed item has.
pub(super) const COMPUTED: [Key; 6] = [
    key("formula", "khi kind là computed", "xem bảng các công thức", "Công thức."),
    key("of", "trừ manual", "danh sách { set, groups }", "Tính từ phiếu của những bộ nào, nhóm nào; mỗi bộ một lần."),
    key(
        "weights",
        "khi level-share",
        "bảng mức = hệ số từ 0 đến 1",
        "Hệ số của mỗi mức; mức không có hệ số tính là 0, kèm cảnh báo.",
    ),
    key("level", "khi reach-level", "1 đến 9", "Mức phải đạt."),
    key(
        "denominator",
        "trừ manual",
        "expected, returned",
        "Chia cho mọi trường phải nộp (chưa được tính là mức 1, 0 điểm), hay chỉ số phiếu được tính.",
    ),
    key(
        "scope",
        "",
        "all, own",
        "Tính trên cả trường của các đơn vị đã gửi kết quả (all, cũng là khi không ghi), hay chỉ trường của cơ quan (own).",
    ),
];

/// An entry of `of`.
pub(super) const OF: [Key; 2] = [
    key("set", ALWAYS, "mã một bộ", "Bộ chỉ số; bộ đã được thay thì tính từ bộ thay nó."),
    key(
        "groups",
        ALWAYS,
        "danh sách mã nhóm",
        "Đúng những nhóm này. Đủ mọi nhóm: dùng mức chung; vài nhóm: mức thấp nhất của chúng.",
    ),
];

/// Where the figures of a table come from.
pub(super) const AUTHORITY: [Key; 5] = [
    key(
        "basis",
        ALWAYS,
        "official, sourced, inferred, provisional",
        "Căn cứ: đã đối chiếu phụ lục, có nguồn, suy ra, tạm đặt.",
    ),
    key("source", "nên có khi sourced", "chữ", "Nguồn."),
    key("clause", "", "chữ", "Điều, khoản, mục của quyết định."),
    key("checked_by", "khi official", "chữ", "Người đối chiếu với phụ lục."),
    key("checked_on", "khi official", "chữ", "Ngày đối chiếu."),
];

/// Every table with its keys, in the order of a file. The keys of [`Table::with_basis`] belong to it too.
pub const TABLES: [Table; 11] = [
    Table { heading: "Cả tệp", keys: &TOP, with_basis: false },
    Table { heading: "[set]", keys: &SET, with_basis: false },
    Table { heading: "[overall]", keys: &OVERALL, with_basis: true },
    Table { heading: "[unmet]", keys: &UNMET, with_basis: true },
    Table { heading: "[step]", keys: &STEP, with_basis: true },
    Table { heading: "[scales.TÊN]", keys: &SCALE, with_basis: true },
    Table { heading: "Một mức trong levels", keys: &LEVEL, with_basis: false },
    Table { heading: "[[node]]", keys: &NODE, with_basis: true },
    Table { heading: "Một ngưỡng trong bands", keys: &BAND, with_basis: false },
    Table { heading: "[[node]] với kind = \"computed\", thêm", keys: &COMPUTED, with_basis: false },
    Table { heading: "Một bộ trong of", keys: &OF, with_basis: false },
];

/// Where the figures of a table come from, for tables with [`Table::with_basis`].
pub const BASIS: Table = Table { heading: "Căn cứ của một bảng", keys: &AUTHORITY, with_basis: false };

/// A table of a rule file.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// As written.
    pub heading: &'static str,
    /// Its own keys.
    pub keys: &'static [Key],
    /// Whether it holds figures, and so says where they come from.
    pub with_basis: bool,
}

/// What each kind of node is, in Vietnamese.
pub const KINDS: [(NodeKind, &str); 8] = [
    (NodeKind::Group, "Nhóm tiêu chí: cộng điểm các mục bên dưới."),
    (NodeKind::Criterion, "Tiêu chí, hay mục nào chỉ cộng điểm bên dưới."),
    (NodeKind::Points, "Chấm một số điểm từ 0 đến tối đa."),
    (NodeKind::YesNo, "Có thì trọn điểm, không thì 0."),
    (NodeKind::Ratio, "Chấm theo tỉ lệ: Số đạt, Tổng số; có bands thì điểm theo ngưỡng."),
    (NodeKind::Count, "Chấm theo số lượng: Số đạt; có bands thì điểm theo ngưỡng."),
    (NodeKind::Mandatory, "Điều kiện bắt buộc: đạt hay chưa, không có điểm, không phải là nhóm dù ở cấp một."),
    (NodeKind::Computed, "Chỉ trong bộ của cơ quan: chương trình tính từ phiếu các trường theo công thức."),
];

/// The names of keys, as the loader asks for them.
pub(super) fn names(keys: &[Key]) -> Vec<&'static str> {
    keys.iter().map(|key| key.name).collect()
}

/// The same with those that say where figures come from.
pub(super) fn with_basis(keys: &[Key]) -> Vec<&'static str> {
    keys.iter().chain(&AUTHORITY).map(|key| key.name).collect()
}
