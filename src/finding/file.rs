//! 1xx: files that cannot be read, or not as they are.

super::catalogue::entries! {
    101 NOT_A_WORKBOOK Error
        vi "Đây không phải bảng tính, chưa đọc được." => "Gửi lại phiếu dạng Excel (.xlsx)."
        en "This is not a spreadsheet; not read." => "Send the form again as an Excel file (.xlsx)."
        eg {}
}
