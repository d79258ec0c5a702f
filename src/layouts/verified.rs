//! The table of verified scores: its columns, for the writer of the template and for the reader.

/// The file of the template in a run's folder.
pub const TEMPLATE: &str = "mau-tham-dinh.xlsx";
/// The sheet with the table.
pub const SHEET: &str = "Thẩm định";

/// A column: its key in `templates/words.toml`, its title, its width.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// As in `[columns.verified]`.
    pub key: &'static str,
    /// What people read.
    pub title: &'static str,
    /// In digits of the standard font.
    pub width: f64,
    /// Whether reviewers type into it.
    pub input: bool,
}

const fn column(key: &'static str, title: &'static str, width: f64, input: bool) -> Column {
    Column { key, title, width, input }
}

/// All of them, from the left.
pub const COLUMNS: [Column; 16] = [
    column("ma_truong", "Mã trường", 11.0, false),
    column("ten_truong", "Tên trường", 21.0, false),
    column("bo_chi_so", "Bộ chỉ số", 12.0, false),
    column("ma", "Mã nội dung", 8.0, false),
    column("noi_dung", "Nội dung", 34.0, false),
    column("diem_toi_da", "Điểm tối đa", 8.0, false),
    column("tu_danh_gia", "Điểm tự đánh giá", 10.0, false),
    column("tham_dinh", "Điểm thẩm định", 10.0, true),
    column("hinh_thuc", "Hình thức thẩm định", 12.0, true),
    column("ngay", "Ngày thẩm định", 11.5, true),
    column("so_bien_ban", "Số biên bản", 11.0, true),
    column("nguoi_tham_dinh", "Người thẩm định", 16.0, true),
    column("ly_do", "Lý do", 22.0, true),
    column("y_kien_truong", "Ý kiến của trường", 17.0, true),
    column("vi_sao", "Vì sao nên xem", 27.0, false),
    column("ma_phieu", "Mã phiếu", 21.0, false),
];

/// The place of a column by its key.
pub fn index(key: &str) -> u16 {
    COLUMNS.iter().position(|column| column.key == key).unwrap_or(COLUMNS.len()) as u16
}
