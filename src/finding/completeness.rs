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
}
