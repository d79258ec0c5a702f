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
        vi "{title}: kết quả thẩm định {value} ghi cho bản trước của phiếu, phiếu đã thay đổi từ đó; chưa dùng." => "Thẩm định lại theo mau-tham-dinh.xlsx của lần chạy mới nhất."
        en "{title}: the verified result {value} is of an earlier version of the return, which has changed since; not used." => "Verify again from the newest run's mau-tham-dinh.xlsx."
        eg { title: "1.3.1 Kho học liệu số", value: "5" }
    612 VERIFIED_DISAGREE Warning
        vi "{title}: hai kết quả thẩm định khác nhau, {value} và {other} ({place}); chưa dùng kết quả nào." => "Thống nhất một kết quả, xóa dòng còn lại."
        en "{title}: two verified results differ, {value} and {other} ({place}); neither is used." => "Agree on one, remove the other row."
        eg { title: "1.3.1 Kho học liệu số", value: "5", other: "4", place: "tham-dinh/b.xlsx > Thẩm định > H12" }
    613 VERIFIED_SCHOOL_UNKNOWN Warning
        vi "Điểm thẩm định cho trường mã “{value}” không có trong danh sách; gần nhất: {nearest}." => "Sửa mã trường."
        en "A verified score of school “{value}”, which is not in the roster; nearest: {nearest}." => "Correct the school's code."
        eg { value: "8010012", nearest: "80100012 TH Ánh Dương" }
    614 VERIFIED_ITEM_UNKNOWN Warning
        vi "Điểm thẩm định cho “{value}”: {school} không có nội dung này để thẩm định." => "Sửa bộ chỉ số và mã nội dung; dòng tổng không có điểm thẩm định."
        en "A verified score of “{value}”: {school} owes nothing of this code that is verified." => "Correct the set and the item's code; sums bear no verified score."
        eg { value: "1.9.9", school: "TH Ánh Dương" }
    615 VERIFIED_NOT_A_NUMBER Warning
        vi "{title}: điểm thẩm định “{value}” không phải là số; chưa dùng." => "Nhập số từ 0 đến {max}."
        en "{title}: the verified score “{value}” is not a number; not used." => "Enter a number from 0 to {max}."
        eg { title: "1.3.1 Kho học liệu số", value: "đạt", max: "6" }
    616 VERIFIED_OUT_OF_RANGE Warning
        vi "{title}: điểm thẩm định {value} ngoài khoảng 0 đến {max}; chưa dùng." => "Nhập số từ 0 đến {max}."
        en "{title}: the verified score {value} is outside 0 to {max}; not used." => "Enter a number from 0 to {max}."
        eg { title: "1.3.1 Kho học liệu số", value: "7", max: "6" }
    617 VERIFIED_NO_REVIEWER Warning
        vi "{title}: kết quả thẩm định {value} không ghi người thẩm định; chưa dùng." => "Ghi họ tên người thẩm định."
        en "{title}: the verified result {value} names no reviewer; not used." => "Enter the reviewer's name."
        eg { title: "1.3.1 Kho học liệu số", value: "5" }
    618 VERIFIED_NO_TABLE Error
        vi "Tệp thẩm định không có bảng với các cột “Mã trường”, “Mã nội dung”, “Điểm thẩm định”, “Người thẩm định”; chưa dùng tệp này." => "Chép mau-tham-dinh.xlsx của lần chạy mới nhất vào tham-dinh rồi điền."
        en "No table with the columns “Mã trường”, “Mã nội dung”, “Điểm thẩm định”, “Người thẩm định” in a file of verified scores; not used." => "Copy the newest run's mau-tham-dinh.xlsx to tham-dinh and fill it."
        eg {}
    619 VERIFIED_NO_RETURN Warning
        vi "{title}: có kết quả thẩm định {value} nhưng trường chưa có phiếu được tính; chưa dùng." => "Chờ trường nộp phiếu hợp lệ rồi thẩm định."
        en "{title}: a verified result {value}, but no return of the school counts; not used." => "Wait for a return that counts, then verify."
        eg { title: "1.3.1 Kho học liệu số", value: "5" }
    620 VERIFIED_NO_REASON Warning
        vi "{title}: kết quả thẩm định {value} khác phiếu ({own}) mà chưa ghi lý do; vẫn dùng." => "Ghi lý do."
        en "{title}: what was verified, {value}, differs from the return ({own}) without a reason; used all the same." => "Give the reason."
        eg { title: "1.3.1 Kho học liệu số", value: "5", own: "6" }
    621 VERIFIED_KIND_UNKNOWN Warning
        vi "{title}: hình thức thẩm định “{value}” không rõ; vẫn dùng điểm." => "Chọn Hồ sơ, Tại trường hoặc Đính chính."
        en "{title}: the kind of review “{value}” is not known; the score is used." => "Choose Hồ sơ, Tại trường or Đính chính."
        eg { title: "1.3.1 Kho học liệu số", value: "qua mạng" }
    622 VERIFIED_DATE_UNREADABLE Warning
        vi "{title}: ngày thẩm định “{value}” không đọc được; vẫn dùng điểm." => "Ghi ngày như 31/5/2025."
        en "{title}: the date of review “{value}” cannot be read; the score is used." => "Enter a date such as 31/5/2025."
        eg { title: "1.3.1 Kho học liệu số", value: "hôm qua" }
    623 VERIFIED_WITHOUT_SCORE Warning
        vi "{title}: có ghi thẩm định nhưng chưa ghi điểm thẩm định." => "Ghi điểm thẩm định, hoặc xóa phần đã ghi ở dòng này."
        en "{title}: a review without a verified score." => "Enter the verified score, or clear the row."
        eg { title: "1.3.1 Kho học liệu số" }
    624 VERIFIED_VERSION_UNKNOWN Note
        vi "{title}: kết quả thẩm định {value} không có mã phiếu, không biết ghi cho bản nào; vẫn dùng." => "Dùng mau-tham-dinh.xlsx để có sẵn mã phiếu."
        en "{title}: the verified result {value} does not say for which version of the return; used all the same." => "Use mau-tham-dinh.xlsx, which says so."
        eg { title: "1.3.1 Kho học liệu số", value: "5" }
    625 VERIFIED_FILE_OPEN Warning
        vi "Tệp đang mở trong Excel; đã đọc bản lưu gần nhất." => "Lưu, đóng tệp rồi chạy lại."
        en "The file is open in Excel; what was saved last was read." => "Save and close it, then run again."
        eg {}
    630 VERIFIED_CONDITION_BARS Error
        vi "{title}: thẩm định là {value}; phiếu chưa được tính." => "Trường thực hiện điều kiện này, gửi lại phiếu để thẩm định lại; hoặc sửa kết quả thẩm định."
        en "{title}: verified as {value}; the return does not count." => "The school meets the condition and sends its return to be verified again; or correct what was recorded."
        eg { title: "1.1 Ban hành kế hoạch", value: "Chưa đạt" }
    631 VERIFIED_CONDITION_NOT_MET Warning
        vi "{title}: trường ghi Đạt, thẩm định là {value}; mức độ của nhóm giữ ở mức 1." => "Không cần làm gì nếu thẩm định đúng."
        en "{title}: the school says Đạt, verified as {value}; the group is held at level 1." => "Nothing to do if what was recorded is right."
        eg { title: "1.1 Ban hành kế hoạch", value: "Chưa đạt" }
    632 SETTLED_BY_VERIFIED Note
        vi "{title}: trường ghi “{value}” ({code}); đã thẩm định là {verified}, dùng kết quả thẩm định." => "Không cần làm gì."
        en "{title}: the school wrote “{value}” ({code}); verified as {verified}, which counts." => "Nothing to do."
        eg { title: "2.4.2 Dịch vụ trực tuyến", value: "tốt", code: "CDS401", verified: "8" }
    633 VERIFIED_CONDITION_UNREADABLE Warning
        vi "{title}: kết quả thẩm định “{value}” không rõ là Đạt hay Chưa đạt; chưa dùng." => "Ghi Đạt hoặc Chưa đạt."
        en "{title}: what was recorded, “{value}”, is neither Đạt nor Chưa đạt; not used." => "Enter Đạt or Chưa đạt."
        eg { title: "1.1 Ban hành kế hoạch", value: "xem lại" }
}
