//! 9xx: what units hand over, and how it joins.

super::catalogue::entries! {
    901 UNIT_NO_SEAL Error
        vi "Ở đây không có kết quả đã chốt để gửi (thiếu CHOT-gui-so.json); chưa tính." => "Đề nghị đơn vị gửi lại cả thư mục gui-so của kết quả đã chốt, hoặc tệp .zip của thư mục đó."
        en "No result that was frozen for sending is here (no CHOT-gui-so.json); not counted." => "Have the unit send the whole folder gui-so of its frozen result again, or a .zip of it."
        eg {}
    902 UNIT_FILE_UNREADABLE Error
        vi "Không mở được tệp này ({why}); chưa tính." => "Chép lại tệp, hoặc giải nén thành thư mục trong don-vi rồi bỏ tệp .zip; không được thì đề nghị đơn vị gửi lại thư mục gui-so, không nén."
        en "This file cannot be opened ({why}); not counted." => "Copy it again, or unpack it as a folder in don-vi and remove the .zip; if that does not help, have the unit send its folder gui-so again, not packed."
        eg { why: "tệp bị cắt cụt" }
    903 UNIT_SEAL_BROKEN Error
        vi "Kết quả của {unit} đã bị sửa: mã chốt {value} không đúng với nội dung; chưa tính." => "Đề nghị đơn vị gửi lại thư mục gui-so như khi chốt; đối chiếu mã chốt trên trang Báo cáo đã ký."
        en "The result of {unit} was changed: its seal {value} does not fit; not counted." => "Have the unit send the folder gui-so as it was frozen; compare the seal on the signed page."
        eg { unit: "UBND xã Long An", value: "7KQ2-M4XD-90" }
    904 UNIT_PACKAGE_ALTERED Error
        vi "Kết quả của {unit} không còn như khi chốt (đã sửa: {changed}; thiếu: {missing}); chưa tính." => "Đề nghị đơn vị gửi lại cả thư mục gui-so, không sửa, không bớt tệp nào."
        en "The result of {unit} is not as it was frozen (changed: {changed}; missing: {missing}); not counted." => "Have the unit send the whole folder gui-so again, with nothing changed or left out."
        eg { unit: "UBND xã Long An", changed: "–", missing: "phieu/80100012.xlsx" }
    905 UNIT_PACKAGE_ADDED Warning
        vi "Trong kết quả của {unit} có tệp không thuộc lúc chốt: {value}; không dùng các tệp này." => "Hỏi đơn vị vì sao có các tệp này."
        en "In the result of {unit} are files that were not there when it was frozen: {value}; they are not used." => "Ask the unit why they are there."
        eg { unit: "UBND xã Long An", value: "phieu/80100099.xlsx" }
    906 UNIT_OTHER_VERSION Error
        vi "Kết quả của {unit} do phiên bản khác của chương trình ghi ({value}); chưa tính." => "Dùng cùng một phiên bản: đơn vị tổng hợp và chốt lại bằng phiên bản của cơ quan này, hoặc cơ quan này cập nhật chương trình."
        en "The result of {unit} was written by another version of the program ({value}); not counted." => "Use one version: the unit runs and freezes again with this office's, or this office updates."
        eg { unit: "UBND xã Long An", value: "cds 0.1.0" }
    907 UNIT_RESULT_DAMAGED Error
        vi "Kết quả của {unit} bị hỏng: “{why}”; chưa tính." => "Đề nghị đơn vị tổng hợp, chốt và gửi lại."
        en "The result of {unit} is damaged: {why}; not counted." => "Have the unit run, freeze and send again."
        eg { unit: "UBND xã Long An", why: "tệp kết quả đã bị sửa hoặc bị hỏng (dues 3: no school 99)" }
    908 UNIT_RESULT_CONTRADICTS Error
        vi "Kết quả của {unit} tự mâu thuẫn: {value}; chưa tính." => "Đề nghị đơn vị tổng hợp, chốt và gửi lại."
        en "The result of {unit} contradicts itself: {value}; not counted." => "Have the unit run, freeze and send again."
        eg { unit: "UBND xã Long An", value: "80100012: tổng không bằng các điểm thành phần" }
    909 UNIT_OTHER_YEAR Error
        vi "Kết quả của {unit} là của năm học {value}, không phải {year}; chưa tính." => "Đề nghị đơn vị gửi kết quả của năm học {year}, hoặc sửa năm học trong co-quan.toml (nam_hoc)."
        en "The result of {unit} is of {value}, not of {year}; not counted." => "Have the unit send the result of {year}, or correct nam_hoc in co-quan.toml."
        eg { unit: "UBND xã Long An", value: "2023-2024", year: "2024-2025" }
    910 UNIT_OTHER_RULES Error
        vi "{unit} chấm theo quy tắc khác ({count} chỗ): {value}; chưa tính." => "Thống nhất một bộ quy tắc: chép quy-tac và doi-chieu-phu-luc của cơ quan này cho đơn vị, tổng hợp và chốt lại."
        en "{unit} scored by other rules ({count} figures): {value}; not counted." => "Agree on one set of rules: give the unit this office's quy-tac and doi-chieu-phu-luc, run and freeze again."
        eg { unit: "UBND xã Long An", count: "1", value: "qd-4725-2022, 1.3.1: điểm tối đa 12 ở đây, 10 ở đơn vị" }
    911 UNIT_DRAFT Error
        vi "Kết quả của {unit} còn theo số liệu tạm, trong khi cơ quan này đã đối chiếu phụ lục; chưa tính." => "Gửi doi-chieu-phu-luc.xlsx đã đối chiếu cho đơn vị, tổng hợp và chốt lại."
        en "The result of {unit} still rests on provisional figures, this office's are official; not counted." => "Give the unit the checked doi-chieu-phu-luc.xlsx, run and freeze again."
        eg { unit: "UBND xã Long An" }
    912 UNIT_UNKNOWN Error
        vi "Không có đơn vị “{unit}” trong danh sách đơn vị; gần nhất: {nearest}; chưa tính." => "Thêm đơn vị vào danh-sach-don-vi, hoặc sửa tên, mã cho khớp (cột ma_don_vi)."
        en "The roster of units has no “{unit}”; nearest: {nearest}; not counted." => "Add the unit to danh-sach-don-vi, or correct its name or code (ma_don_vi)."
        eg { unit: "UBND xã Long An", nearest: "UBND xã Long Ân" }
    913 UNIT_MISSING Warning
        vi "{unit} chưa gửi kết quả ({count} trường)." => "Nhắc đơn vị chốt kết quả và gửi thư mục gui-so."
        en "{unit} has handed over nothing ({count} schools)." => "Remind the unit to freeze its result and send the folder gui-so."
        eg { unit: "UBND xã Long An", count: "12" }
    914 UNIT_LATE Warning
        vi "{unit} chốt kết quả ngày {value}, sau hạn {deadline}." => "Ghi nhận nộp trễ, hoặc sửa hạn của đơn vị trong co-quan.toml nếu đã gia hạn (don_vi_gui trong mục [han])."
        en "{unit} froze its result on {value}, after the deadline {deadline}." => "Record it as late, or correct don_vi_gui under [han] in co-quan.toml if it was extended."
        eg { unit: "UBND xã Long An", value: "12/06/2025", deadline: "10/06/2025" }
    915 UNIT_SUPERSEDED Note
        vi "{unit} đã gửi kết quả mới hơn ({value}); không dùng kết quả này." => "Không cần làm gì."
        en "{unit} has sent a newer result ({value}); this one is not used." => "Nothing to do."
        eg { unit: "UBND xã Long An", value: "don-vi/long-an-2.zip" }
    916 UNIT_TWO_AT_ONCE Error
        vi "{unit} có hai kết quả khác nhau chốt cùng lúc: {value}; chưa tính kết quả nào." => "Hỏi đơn vị kết quả nào đúng, xóa kết quả kia khỏi don-vi."
        en "{unit} has two different results frozen at one time: {value}; neither counts." => "Ask the unit which is right, remove the other from don-vi."
        eg { unit: "UBND xã Long An", value: "don-vi/a.zip, don-vi/b.zip" }
    917 UNIT_SENT_TWICE Note
        vi "{unit} đã gửi đúng kết quả này ở {value}; chỉ tính một lần." => "Không cần làm gì; có thể xóa một bản."
        en "{unit} has sent the very same result as {value}; it counts once." => "Nothing to do; one of them can be removed."
        eg { unit: "UBND xã Long An", value: "don-vi/a.zip" }
    921 SCHOOL_REPORTED_TWICE Error
        vi "Trường {value} có trong kết quả của {unit} và {other}; chưa tính trường này." => "Xác định trường thuộc ai; đơn vị kia bỏ trường khỏi danh sách rồi chốt lại."
        en "School {value} is reported by {unit} and {other}; it does not count." => "Settle whose the school is; the other removes it from its roster and freezes again."
        eg { value: "80100012", unit: "UBND xã Long An", other: "UBND xã Long Hậu" }
    922 SCHOOL_NOT_OF_UNIT Error
        vi "{unit} gửi kết quả của {count} trường không thuộc đơn vị này theo danh sách: {value}; chưa tính các trường này." => "Sửa đơn vị quản lý trong danh-sach-truong (cột don_vi_quan_ly), hoặc đề nghị đơn vị bỏ các trường này."
        en "{unit} reports {count} schools that the roster does not have under it: {value}; they do not count." => "Correct don_vi_quan_ly in danh-sach-truong, or have the unit remove them."
        eg { unit: "UBND xã Long An", count: "1", value: "80100012" }
    923 SCHOOLS_NOT_REPORTED Warning
        vi "{unit} chưa báo cáo {count} trường có trong danh sách của cơ quan này: {value}." => "Đề nghị đơn vị bổ sung các trường này, hoặc sửa danh-sach-truong."
        en "{unit} does not report {count} schools of this office's roster: {value}." => "Have the unit add them, or correct danh-sach-truong."
        eg { unit: "UBND xã Long An", count: "1", value: "80100012" }
    924 SCHOOLS_BY_UNIT Note
        vi "Danh sách của cơ quan này không có trường nào của {unit}; lấy {count} trường theo danh sách của đơn vị." => "Ghi các trường của đơn vị vào danh-sach-truong nếu muốn đối chiếu."
        en "This office's roster has no school of {unit}; the {count} schools of the unit's own roster are taken." => "Enter the unit's schools in danh-sach-truong to have them compared."
        eg { unit: "UBND xã Long An", count: "12" }
    925 SCHOOL_KIND_OF_DEPARTMENT Warning
        vi "{unit} báo cáo {count} trường loại {kind} ({value}) mà theo {source} thì cơ quan này quản lý; vẫn tính." => "Xác định ai quản lý; nếu là cơ quan này thì đơn vị bỏ trường khỏi danh sách, trường nộp thẳng về đây."
        en "{unit} reports {count} schools of kind {kind} ({value}), which this office manages by {source}; they count." => "Settle who manages them; if it is this office, the unit removes them and the schools return here."
        eg { unit: "UBND xã Long An", count: "1", kind: "THPT", value: "80100012", source: "Thông tư 45/2026/TT-BGDĐT" }
    931 RETURN_DIFFERS_FROM_SEALED Warning
        vi "{title}: phiếu ghi {value}, kết quả {unit} đã chốt ghi {sealed}; đang tính theo kết quả đã chốt." => "Đề nghị đơn vị xem lại ô này."
        en "{title}: the return has {value}, the result that {unit} froze has {sealed}; the frozen one counts." => "Have the unit check this cell."
        eg { title: "1.3.1 Có kho học liệu", value: "8", sealed: "10", unit: "UBND xã Long An" }
    932 RETURNS_DIFFER_IN_MANY Warning
        vi "{title}: phiếu và kết quả đã chốt khác nhau ở {count} trường của {units} đơn vị, ví dụ {value}; đang tính theo kết quả đã chốt." => "Xem các đơn vị có dùng cùng phiên bản chương trình không."
        en "{title}: returns and frozen results differ at {count} schools of {units} units, as {value}; the frozen ones count." => "Check whether the units use one version of the program."
        eg { title: "1.3.1 Có kho học liệu", count: "12", units: "4", value: "80100012" }
    933 RETURN_NOT_RETRACED Warning
        vi "Không đọc lại được phiếu này để đối chiếu với kết quả {unit} đã chốt; đang tính theo kết quả đã chốt." => "Mở tệp xem; không mở được thì đề nghị đơn vị gửi lại."
        en "This return cannot be read again to be held against the result that {unit} froze; the frozen one counts." => "Open it; if that fails, have the unit send it again."
        eg { unit: "UBND xã Long An" }
    941 UNITS_NO_TABLE Error
        vi "Không thấy bảng đơn vị: cần dòng tiêu đề có cột tên đơn vị và cột khác như mã đơn vị; chưa dùng danh sách này." => "Ghi ở danh-sach-don-vi tiêu đề các cột: mã đơn vị, tên đơn vị, cấp trên, mã cũ, e-mail, điện thoại, người liên hệ (ma_don_vi, ten_don_vi, cap_tren, ma_cu, email, dien_thoai, nguoi_lien_he)."
        en "No table of units: a header row with ten_don_vi (“Tên đơn vị”) and another column as ma_don_vi is needed; the list is not used." => "Title the columns: ma_don_vi, ten_don_vi, cap_tren, ma_cu, email, dien_thoai, nguoi_lien_he."
        eg {}
    942 UNITS_TWICE Error
        vi "Đơn vị “{value}” có ở dòng {first} và {row} của danh sách đơn vị; đang lấy dòng {first}." => "Giữ một dòng, hoặc sửa tên, mã của dòng sai."
        en "Unit “{value}” is on rows {first} and {row} of the roster of units; row {first} is used." => "Keep one row, or correct the wrong one."
        eg { value: "UBND xã Long An", first: "3", row: "8" }
    943 UNITS_NO_NAME Warning
        vi "Dòng {row} của danh sách đơn vị chưa ghi tên đơn vị; chưa dùng dòng này." => "Ghi tên đơn vị."
        en "Row {row} of the roster of units names no unit; it is not used." => "Enter the unit's name."
        eg { row: "5" }
}
