//! 5xx: what should be there and is not.

super::catalogue::entries! {
    501 SCORE_MISSING Error
        vi "{title}: chưa có điểm." => "Nhập điểm; chưa làm thì ghi 0."
        en "{title}: no score." => "Enter it; 0 if not done."
        eg { title: "1.3.1 Kho học liệu số" }
    502 EVIDENCE_MISSING Warning
        vi "{title}: có điểm, chưa ghi minh chứng; điểm vẫn được tính." => "Ghi số văn bản hoặc đường dẫn đã mở quyền xem."
        en "{title}: points without evidence; still counted." => "Give the document's number or a shared link."
        eg { title: "1.3.1 Kho học liệu số" }
    503 MANDATORY_UNANSWERED Error
        vi "{title}: điều kiện bắt buộc chưa trả lời; mức độ của nhóm tạm giữ ở mức 1." => "Ghi Đạt hoặc Chưa đạt."
        en "{title}: the mandatory condition is not answered; the group is held at level 1." => "Write Đạt or Chưa đạt."
        eg { title: "1.1 Ban hành kế hoạch" }
    504 MANDATORY_NOT_MET Warning
        vi "{title}: điều kiện bắt buộc chưa đạt; mức độ của nhóm giữ ở mức 1." => "Xem lại nếu trường đã thực hiện; chưa thì để nguyên."
        en "{title}: the mandatory condition is not met; the group is held at level 1." => "Check whether it has been done; if not, leave it."
        eg { title: "1.1 Ban hành kế hoạch" }
    505 MANDATORY_BARS Error
        vi "{title}: điều kiện bắt buộc chưa đạt; phiếu chưa được tính." => "Thực hiện điều kiện này rồi gửi lại phiếu."
        en "{title}: the mandatory condition is not met; the return does not count." => "Meet the condition, then send again."
        eg { title: "1.1 Ban hành kế hoạch" }
    506 AMOUNT_MISSING Warning
        vi "{title}: chưa ghi số đạt, tổng số; điểm vẫn được tính." => "Ghi số đạt và tổng số."
        en "{title}: no amounts; the points still count." => "Enter the amounts."
        eg { title: "1.6.1 Tỉ lệ giáo viên" }
    507 EVIDENCE_LINK_MALFORMED Warning
        vi "{title}: đường dẫn minh chứng “{value}” không mở được như đã ghi." => "Chép lại đường dẫn đầy đủ, bắt đầu bằng https://."
        en "{title}: the evidence link “{value}” is malformed." => "Copy the whole link, starting with https://."
        eg { title: "1.3.1 Kho học liệu số", value: "https:/drive" }
    508 NOTHING_FILLED Error
        vi "Phiếu chưa điền điểm nào." => "Điền điểm tự đánh giá, gửi lại."
        en "No score is filled in." => "Fill in the self scores, send again."
        eg {}
    509 MANDATORY_UNANSWERED_BARS Error
        vi "{title}: điều kiện bắt buộc chưa trả lời; phiếu chưa được tính." => "Ghi Đạt nếu đã thực hiện, gửi lại phiếu."
        en "{title}: the mandatory condition is not answered; the return does not count." => "Write Đạt if it is met, send again."
        eg { title: "1.1 Ban hành kế hoạch" }
    510 OPINION_TOO_SHORT Warning
        vi "Ý kiến “{value}” quá ngắn, chưa được coi là giải trình." => "Ghi rõ vì sao trường giữ số liệu này, hoặc sửa số liệu."
        en "“{value}” is too short to explain anything." => "Say why the school keeps this figure, or correct it."
        eg { value: "ok" }
    511 OPINION_ON_ERROR Warning
        vi "Trường ghi ý kiến ở {count} dòng phải sửa; lỗi phải sửa không giải trình được, vẫn tạm tính như đang ghi." => "Sửa các ô đó trong phiếu; ý kiến chỉ dùng cho dòng cần xem lại."
        en "The school has answered {count} errors; errors cannot be explained, they count as they stand." => "Correct the cells; only warnings can be explained."
        eg { count: "2" }
    512 OPINION_ON_NOTHING_KNOWN Warning
        vi "Ý kiến “{value}” không rõ là của dòng nào, chưa dùng." => "Ghi lại ở cột “Ý kiến của trường” của tệp mà cơ quan vừa gửi lại; không xóa, không sửa các cột ẩn."
        en "It cannot be told what “{value}” is about; it is not used." => "Enter it again in column “Ý kiến của trường” of the file just sent back; leave the hidden columns alone."
        eg { value: "Trường có phòng máy dùng chung" }
    513 OPINION_OF_OTHER_SCHOOL Warning
        vi "Ý kiến “{value}” nằm trên trang gửi cho trường khác ({school}), chưa dùng." => "Dùng tệp cơ quan gửi lại cho chính trường này."
        en "“{value}” stands on a sheet that was sent to another school ({school}); it is not used." => "Use the file that was sent back to this school."
        eg { value: "Trường có phòng máy dùng chung", school: "80100013" }
    514 OPINION_THE_SAME Note
        vi "Trường ghi cùng một ý kiến “{value}” cho {count} điều." => "Xem từng điều ở trang “Giải trình” của dieu-hanh.xlsx; không chấp nhận thì ghi vào sổ nhận."
        en "The school says the same, “{value}”, to {count} findings." => "Look at each on sheet “Giải trình” of dieu-hanh.xlsx; what is not accepted goes into the receipts."
        eg { value: "Trường đã kiểm tra", count: "12" }
    515 OPINION_NOT_NEEDED Note
        vi "Ý kiến “{value}” ghi cho {code} {item}; phiếu nay không còn điều này." => "Không cần làm gì."
        en "“{value}” was said to {code} {item}, which is no longer found." => "Nothing to do."
        eg { value: "Trường có phòng máy dùng chung", code: "CDS502", item: "1.3.1" }
    516 OPINION_CUT Note
        vi "Ý kiến về {code} {item} dài quá 2000 chữ, phần sau bị bỏ." => "Ghi gọn; tài liệu dài thì để ở minh chứng."
        en "What was said to {code} {item} is longer than 2000 letters; the rest is left out." => "Be short; longer matter belongs to the evidence."
        eg { code: "CDS502", item: "1.3.1" }
}
