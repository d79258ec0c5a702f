//! 6xx: figures that do not agree with each other.

super::catalogue::entries! {
    601 GROUP_TOTAL_DIFFERS Warning
        vi "{title}: trường ghi tổng {value}, cộng lại được {points}; đang lấy {points}." => "Kiểm tra các điểm trong nhóm."
        en "{title}: total stated {value}, items add to {points}; {points} used." => "Check the group's scores."
        eg { title: "1 Chuyển đổi số trong dạy, học", value: "82", points: "79,5" }
    602 CRITERION_SUM_DIFFERS Warning
        vi "{title}: trường ghi {value}, các nội dung cộng lại được {points}; đang lấy {points}." => "Kiểm tra các điểm trong tiêu chí."
        en "{title}: {value} stated, items add to {points}; {points} used." => "Check the criterion's scores."
        eg { title: "1.3 Triển khai phần mềm dạy học", value: "20", points: "18,5" }
    603 LEVEL_DIFFERS Warning
        vi "{title}: trường ghi mức {value}, tính ra mức {level}; đang lấy mức {level}." => "Kiểm tra điểm và điều kiện bắt buộc."
        en "{title}: level {value} stated, level {level} computed and used." => "Check the scores and mandatory conditions."
        eg { title: "1 Chuyển đổi số trong dạy, học", value: "3", level: "2" }
    604 GRAND_TOTAL_DIFFERS Warning
        vi "Tổng điểm trường ghi {value}, cộng lại được {points}; đang lấy {points}." => "Kiểm tra các điểm trong phiếu."
        en "Grand total stated {value}, items add to {points}; {points} used." => "Check the form's scores."
        eg { value: "150", points: "148,5" }
    605 MAX_DIFFERS Warning
        vi "{title}: phiếu ghi điểm tối đa {value}, quy tắc là {max}; tính theo {max}." => "Dùng phiếu đúng bộ chỉ số đang áp dụng."
        en "{title}: the form says maximum {value}, the rules {max}; {max} applies." => "Use the form of the set in force."
        eg { title: "1.3.1 Kho học liệu số", value: "10", max: "6" }
    611 VERIFIED_RETURN_CHANGED Warning
        vi "Điểm thẩm định ghi cho bản khác của phiếu; phiếu đã thay đổi từ đó." => "Thẩm định lại theo phiếu hiện nay."
        en "The verified scores were given for another version of the return; it has changed since." => "Verify again against the present return."
        eg {}
}
