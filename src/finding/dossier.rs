//! 76x: the dossier of evidence of the office's own criteria.

super::catalogue::entries! {
    760 ITEM_WITHOUT_PROOF Warning
        vi "{title}: phiếu của cơ quan có điểm hoặc ghi Đạt nhưng minh-chung không có tệp nào." => "Đặt tệp minh chứng vào minh-chung/{code} ...; không cần tệp thì bỏ qua."
        en "{title}: the office claims points or a condition met, but minh-chung holds no file for it." => "Put the evidence into minh-chung/{code} ...; nothing to do where no file is needed."
        eg { title: "1.1.1 Kế hoạch năm", code: "1.1.1" }
    761 PROOF_OF_NO_ITEM Warning
        vi "Tệp minh chứng không nằm dưới mục nào của bộ chỉ số cơ quan." => "Chuyển vào thư mục có tên bắt đầu bằng mã của mục, ví dụ minh-chung/1.1.1 Kế hoạch."
        en "This evidence stands under no item of the office's set." => "Move it into a folder whose name begins with the item's code, as minh-chung/1.1.1 Kế hoạch."
        eg {}
    762 PROOF_UNREADABLE Warning
        vi "Không đọc được tệp minh chứng này; danh mục không có mã kiểm tra của nó." => "Đóng tệp nếu đang mở, kiểm tra quyền đọc, rồi chạy lại."
        en "This evidence cannot be read; the list has no fingerprint of it." => "Close it where it is open, check that it may be read, run again."
        eg {}
}
