//! The tables of recognised results: their columns, for the writer of the template and for the reader.

/// The file of the template in a run's folder.
pub const TEMPLATE: &str = "mau-cong-nhan.xlsx";
/// The row that stands for the whole set.
pub const TOTAL: &str = "tong";

/// A sheet with a table.
#[derive(Debug)]
pub struct Table {
    /// The name of the sheet.
    pub sheet: &'static str,
    /// Columns from the left: key in `templates/words.toml`, title, width, whether people type into it.
    pub columns: &'static [(&'static str, &'static str, f64, bool)],
}

/// What was decided for the office.
pub const OFFICE: Table = Table {
    sheet: "Cơ quan",
    columns: &[
        ("ma", "Mã", 8.0, false),
        ("noi_dung", "Nội dung", 48.0, false),
        ("tu_danh_gia", "Điểm tự đánh giá", 11.0, false),
        ("duoc_tinh", "Điểm được tính", 11.0, false),
        ("diem_cong_nhan", "Điểm công nhận", 11.0, true),
        ("muc_cong_nhan", "Mức công nhận", 11.0, true),
        ("ly_do", "Lý do", 40.0, true),
    ],
};

/// What was decided for schools.
pub const SCHOOLS: Table = Table {
    sheet: "Trường",
    columns: &[
        ("ma_truong", "Mã trường", 12.0, false),
        ("ten_truong", "Tên trường", 36.0, false),
        ("bo_chi_so", "Bộ chỉ số", 16.0, false),
        ("muc_do", "Mức độ", 11.0, false),
        ("muc_cong_nhan", "Mức công nhận", 11.0, true),
    ],
};

/// By which decision.
pub const DECISION: Table = Table {
    sheet: "Quyết định",
    columns: &[
        ("so", "Số, ký hiệu", 24.0, true),
        ("ngay", "Ngày", 14.0, true),
        ("co_quan", "Cơ quan công nhận", 48.0, true),
    ],
};
