//! 8xx, from 860: what the superior office recognised, as typed in `cong-nhan.xlsx`; rows that part a roster.

super::catalogue::entries! {
    860 RECOGNISED_NO_TABLE Error
        vi "Không thấy bảng kết quả công nhận ở đây; chưa dùng phần này." => "Chép mau-cong-nhan.xlsx của lần chạy mới nhất thành cong-nhan.xlsx rồi điền; giữ nguyên dòng tiêu đề."
        en "No table of recognised results here; this part is not used." => "Copy the newest run's mau-cong-nhan.xlsx to cong-nhan.xlsx and fill it; keep the header row."
        eg {}
    861 RECOGNISED_ITEM_UNKNOWN Error
        vi "Bộ chỉ số của cơ quan không có mã “{value}”; gần nhất: {nearest}. Chưa dùng dòng này." => "Sửa mã, hoặc chép lại từ mẫu."
        en "The office's indicator set has no “{value}”; nearest: {nearest}. The row is not used." => "Correct the code, or copy it from the template."
        eg { value: "1.9.9", nearest: "1.1.9" }
    862 RECOGNISED_ITEM_TWICE Error
        vi "Mã {value} có ở hai dòng; đang lấy dòng trên." => "Giữ một dòng cho mỗi mã."
        en "{value} is on two rows; the upper one counts." => "Keep one row for each code."
        eg { value: "1.1" }
    863 RECOGNISED_POINTS_UNREADABLE Error
        vi "{title}: điểm công nhận “{value}” không phải là số; chưa dùng." => "Ghi điểm là một số, ví dụ 7,5; chưa được nêu thì để trống."
        en "{title}: the recognised score “{value}” is no number; not used." => "Enter a number, as 7,5; leave it blank if none is named."
        eg { title: "1.1 Hạ tầng số", value: "bảy" }
    864 RECOGNISED_POINTS_OUT_OF_RANGE Error
        vi "{title}: điểm công nhận {value} không nằm trong khoảng 0 đến {max}; chưa dùng." => "Xem lại quyết định, ghi từ 0 đến {max}."
        en "{title}: the recognised score {value} is not within 0 to {max}; not used." => "Check the decision, enter 0 to {max}."
        eg { title: "1.1 Hạ tầng số", value: "17", max: "15" }
    865 RECOGNISED_LEVEL_UNREADABLE Error
        vi "{title}: không rõ mức công nhận “{value}”; chưa dùng." => "Ghi số của mức: {known}."
        en "{title}: the recognised level “{value}” is not understood; not used." => "Enter the number of the level: {known}."
        eg { title: "Tổng", value: "khá", known: "1, 2, 3" }
    866 RECOGNISED_SCHOOL_UNKNOWN Error
        vi "Không có trường mã “{value}” trong danh sách; gần nhất: {nearest}. Chưa dùng dòng này." => "Sửa mã trường."
        en "No school “{value}” in the roster; nearest: {nearest}. The row is not used." => "Correct the code."
        eg { value: "8010012", nearest: "80100012 Trường TH Ánh Dương" }
    867 RECOGNISED_SCHOOL_TWICE Error
        vi "Trường mã {value} có ở hai dòng cho cùng bộ chỉ số; đang lấy dòng trên." => "Giữ một dòng."
        en "School {value} is on two rows for one indicator set; the upper one counts." => "Keep one row."
        eg { value: "80100012" }
    868 RECOGNISED_SET_UNKNOWN Error
        vi "Trường mã {code} không phải nộp phiếu theo bộ chỉ số “{value}”, hoặc chưa ghi là bộ nào; chưa dùng dòng này." => "Ghi một trong: {known}."
        en "School {code} owes no return of the indicator set “{value}”, or it is not said which; the row is not used." => "Enter one of: {known}."
        eg { code: "80100012", value: "MN", known: "Phổ thông" }
    869 RECOGNISED_WITHOUT_CODE Error
        vi "Dòng {row} có kết quả công nhận nhưng chưa ghi mã; chưa dùng dòng này." => "Ghi mã ở cột đầu, hoặc xóa dòng."
        en "Row {row} has a recognised result and no code; it is not used." => "Enter the code in the first column, or remove the row."
        eg { row: "14" }
    870 RECOGNISED_DECISION_INCOMPLETE Warning
        vi "Trang Quyết định còn thiếu: {missing}." => "Ghi số, ngày và cơ quan ban hành quyết định công nhận."
        en "The sheet Quyết định lacks: {missing}." => "Enter number and date of the recognising decision, and the office that issued it."
        eg { missing: "số, ngày" }
    871 RECOGNISED_DATE_UNREADABLE Error
        vi "Không đọc được ngày “{value}” của quyết định; coi như chưa ghi." => "Ghi ngày dạng 31/7/2025."
        en "The decision's date “{value}” cannot be read; taken as blank." => "Enter it as 31/7/2025."
        eg { value: "31/7" }
    872 RECOGNISED_DECISION_TWICE Warning
        vi "Trang Quyết định có hơn một dòng; đang lấy dòng đầu." => "Giữ một dòng: quyết định đang có hiệu lực."
        en "The sheet Quyết định has more than one row; the first counts." => "Keep one row: the decision in force."
        eg {}
    873 RECOGNISED_TOTAL_DIFFERS Warning
        vi "{title}: điểm công nhận ghi {value}, cộng các mục bên dưới được {sum}; giữ số đã ghi." => "Xem lại quyết định công nhận."
        en "{title}: the recognised score says {value}, what is below adds up to {sum}; what is typed is kept." => "Check the recognising decision."
        eg { title: "Tổng", value: "82", sum: "79,5" }
    874 RECOGNISED_LEVEL_NOT_OF_POINTS Warning
        vi "{title}: ghi mức công nhận {value}, còn {points} điểm là mức {level}; giữ mức đã ghi." => "Xem lại quyết định công nhận; nếu đúng thì ghi vì sao ở cột Lý do."
        en "{title}: the recognised level says {value}, {points} points are level {level}; what is typed is kept." => "Check the recognising decision; if it is right, say why under Lý do."
        eg { title: "Tổng", value: "3", points: "68", level: "2" }
    875 RECOGNISED_NO_REASON Warning
        vi "{title}: công nhận {value}, kết quả được tính là {own}; chưa ghi lý do." => "Ghi vì sao khác ở cột Lý do."
        en "{title}: {value} recognised, {own} counted; no reason is given." => "Say why it differs under Lý do."
        eg { title: "1.1 Hạ tầng số", value: "12", own: "14" }
    876 RECOGNISED_NOTHING Warning
        vi "cong-nhan.xlsx chưa ghi kết quả công nhận nào." => "Điền các cột nền vàng, hoặc bỏ tệp này khi chưa có quyết định công nhận."
        en "cong-nhan.xlsx holds no recognised result yet." => "Fill the yellow columns, or remove the file while there is no decision."
        eg {}
    877 RECOGNISED_FIGURES_CHANGED Note
        vi "{title}: cột Điểm được tính của tệp ghi {value}, lần chạy này tính {own}; mẫu được chép từ lần chạy khác." => "Không cần làm gì nếu quyết định công nhận dựa trên kết quả đã gửi; muốn khớp thì điền vào mẫu của lần chạy này."
        en "{title}: the file's counted score says {value}, this run counts {own}; the template is from another run." => "Nothing to do if the decision rests on what was handed over; else fill this run's template."
        eg { title: "1.1 Hạ tầng số", value: "14", own: "13,5" }
    878 RECOGNISED_WITHOUT_RETURN Warning
        vi "Trường mã {code} được công nhận mức {value} nhưng lần chạy này không có phiếu nào của trường được tính." => "Xem lại mã trường trong quyết định, hoặc phiếu của trường."
        en "School {code} is recognised at level {value}; no return of it counts in this run." => "Check the code in the decision, or the school's return."
        eg { code: "80100012", value: "2" }
    880 ROSTER_BLOCK_ROWS Note
        vi "Bỏ qua {count} dòng chia khối, cụm trong danh sách trường (dòng {rows})." => "Không cần làm gì; nếu một dòng là trường thì ghi mã trường và cấp học."
        en "{count} rows that part the roster into blocks are skipped (rows {rows})." => "Nothing to do; if one of them is a school, enter its code and kind."
        eg { count: "2", rows: "5, 19" }
}
