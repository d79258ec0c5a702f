//! 7xx: figures that are not official, rules that do not add up.

super::catalogue::entries! {
    701 NOT_OFFICIAL Warning
        vi "{set}: {value} giá trị chưa đối chiếu phụ lục ({sourced} có nguồn, {inferred} suy ra, {provisional} tạm đặt); kết quả là dự thảo." => "Điền doi-chieu-phu-luc.xlsx."
        en "{set}: {value} figures unchecked against the annex ({sourced} sourced, {inferred} inferred, {provisional} provisional); the result is a draft." => "Fill doi-chieu-phu-luc.xlsx."
        eg { set: "Phổ thông, GDTX", value: "12", sourced: "9", inferred: "1", provisional: "2" }
    702 MAX_NOT_SUM Warning
        vi "{title}: tối đa {max} điểm nhưng các mục bên dưới cộng được {sum}, lệch {difference}." => "Đối chiếu phụ lục, bổ sung hoặc sửa mục còn thiếu trong tệp quy tắc."
        en "{title}: the maximum is {max} but what is below adds to {sum}, {difference} apart." => "Check the annex; add or correct the item in the rule file."
        eg { title: "2.3 Triển khai phần mềm quản trị", max: "70", sum: "60", difference: "10" }
    703 LEVEL_OUT_OF_REACH Warning
        vi "{title}: cao nhất {max} điểm, không bao giờ tới mức {level} (ngưỡng {value})." => "Xem lại điểm tối đa hoặc thang mức."
        en "{title}: with at most {max} points level {level} of scale {scale} (from {value}) is out of reach." => "Check the maximum or the scale."
        eg { title: "1 Lãnh đạo, chỉ đạo", max: "60", level: "3", scale: "group", value: "75" }
    704 BANDS_BELOW_MAX Warning
        vi "{title}: ngưỡng cao nhất được {value} điểm, dưới tối đa {max}." => "Xem lại điểm tối đa hoặc các ngưỡng trong tệp quy tắc (bands)."
        en "{title}: the highest band gives {value} points, below the maximum {max}." => "Check the maximum or the bands."
        eg { title: "1.6.1 Tỉ lệ giáo viên", value: "6", max: "7" }
    705 BANDS_FALL Warning
        vi "{title}: từ {from} được {value} điểm, không hơn ngưỡng thấp hơn." => "Xem lại các ngưỡng trong tệp quy tắc (bands)."
        en "{title}: from {from} on {value} points, no more than the band below." => "Check the bands."
        eg { title: "1.6.1 Tỉ lệ giáo viên", from: "80%", value: "3" }
    706 SOURCE_MISSING Warning
        vi "Tệp quy tắc ghi một giá trị là có nguồn nhưng không nêu nguồn ({key})." => "Ghi nguồn vào tệp quy tắc (source), hoặc ghi căn cứ là tạm đặt (basis = \"provisional\")."
        en "{key}: said to be sourced, without a source." => "Name it in source, or make the basis provisional."
        eg { key: "scales.group" }
    707 WEIGHT_MISSING Warning
        vi "{title}: mức {level} của bộ {of} không có hệ số; tính là 0." => "Bổ sung hệ số của mức này vào tệp quy tắc (weights)."
        en "{title}: level {level} of {of} has no weight; 0 is taken." => "Add it to weights."
        eg { title: "2.2 Kết quả của trường mầm non", level: "4", of: "mam-non-2026" }
    708 WEIGHT_WITHOUT_LEVEL Warning
        vi "{title}: bộ {of} không có mức {level}." => "Xem lại công thức trong tệp quy tắc của cơ quan."
        en "{title}: {of} has no level {level}." => "Check the formula in the office's rule file."
        eg { title: "2.2 Kết quả của trường mầm non", level: "3", of: "mam-non-2026" }
    709 SCALE_UNUSED Note
        vi "Thang mức “{key}” trong tệp quy tắc không được dùng ở đâu." => "Bỏ thang mức này, hoặc ghi tên nó ở mục cần dùng trong tệp quy tắc (scale)."
        en "{key} is used nowhere." => "Remove it, or name it as scale where it belongs."
        eg { key: "scales.online-teaching" }
    710 GROUP_SCALES_DIFFER Warning
        vi "Các nhóm có thang mức khác số mức hoặc khác tên; tên mức chung lấy theo thang “{scale}”." => "Xem lại thang mức của các nhóm trong tệp quy tắc (scale)."
        en "The groups have scales of different levels or names; the overall level takes its name from {scale}." => "Check the scales of the groups."
        eg { scale: "group" }
    711 SET_REPLACED Note
        vi "Bộ {id} của chương trình được thay bằng {file}." => "Không cần làm gì nếu đúng."
        en "The set {id} of the program is replaced by {file}." => "Nothing to do if that is right."
        eg { id: "qd-3276-2024", file: "quy-tac/mam-non.toml" }
    712 FORMULA_FOLLOWS Note
        vi "{title}: bộ {id} đã được thay, nay tính từ bộ {of}." => "Không cần làm gì nếu đúng."
        en "{title}: {id} is replaced; computed from {of} now." => "Nothing to do if that is right."
        eg { title: "2.2 Kết quả của trường mầm non", id: "qd-3276-2024", of: "mam-non-2026" }
    713 NO_OFFICE_SET Warning
        vi "Không có bộ chỉ số của cơ quan; các tiêu chí cơ quan không được chấm." => "Thêm bộ của cơ quan vào thư mục quy-tac (kinds = [\"CO_QUAN\"]), hoặc xem lại bộ nào thay bộ nào trong tệp quy tắc (replaces)."
        en "There is no set of the office (kinds = [\"CO_QUAN\"]); its criteria are not assessed." => "Add it to quy-tac, or correct replaces."
        eg {}
    714 NO_POINTS Warning
        vi "{title}: điểm tối đa là 0." => "Xem lại điểm tối đa."
        en "{title}: the maximum is 0." => "Check the maximum."
        eg { title: "1.4 Học liệu" }
    715 STEP_MISFIT Warning
        vi "{title}: tối đa {max} điểm không chia hết cho bước {step}." => "Xem lại điểm tối đa hoặc bước điểm trong tệp quy tắc (step)."
        en "{title}: the maximum {max} is no multiple of the step {step}." => "Check the maximum or the step."
        eg { title: "1.4 Học liệu", max: "6,25", step: "0,5" }
    721 ANNEX_NO_TABLE Error
        vi "Không thấy bảng với các cột “Bộ chỉ số”, “Khóa”, “Theo phụ lục”; chưa dùng tệp đối chiếu." => "Chép mau-doi-chieu-phu-luc.xlsx của lần chạy mới nhất thành doi-chieu-phu-luc.xlsx rồi điền."
        en "No table with the columns “Bộ chỉ số”, “Khóa”, “Theo phụ lục”; the file is not used." => "Copy the newest run's mau-doi-chieu-phu-luc.xlsx to doi-chieu-phu-luc.xlsx and fill it."
        eg {}
    722 ANNEX_SET_UNKNOWN Warning
        vi "Không có bộ chỉ số “{value}”; gần nhất: {nearest}; bỏ qua dòng này." => "Sửa mã bộ chỉ số."
        en "There is no set “{value}”; nearest: {nearest}; the row is passed over." => "Correct the set's id."
        eg { value: "qd-4752-2022", nearest: "qd-4725-2022" }
    723 ANNEX_KEY_UNKNOWN Warning
        vi "Bộ {set} không có giá trị “{key}”; gần nhất: “{nearest}”; bỏ qua dòng này." => "Chép lại dòng này từ mau-doi-chieu-phu-luc.xlsx, cả cột “Khóa” ẩn ở cuối bảng."
        en "{set} has no figure “{key}”; nearest: {nearest}; the row is passed over." => "Correct the key as in mau-doi-chieu-phu-luc.xlsx."
        eg { set: "qd-4725-2022", key: "1.6.1 mx", nearest: "1.6.1 max" }
    724 ANNEX_VALUE_REFUSED Warning
        vi "{what} ({set}): “{value}” không dùng được cho giá trị này; giữ {stands}." => "Ghi lại đúng như phụ lục, ví dụ {stands}."
        en "{key} ({set}): “{value}” cannot be this figure; {stands} stays." => "Enter it as in the annex, for example {stands}."
        eg { set: "qd-4725-2022", key: "1.6.1 max", what: "1.6.1: điểm tối đa", value: "bảy", stands: "7" }
    725 ANNEX_OUT_OF_ORDER Warning
        vi "{what} ({set}): “{value}” làm các mức hoặc các ngưỡng sai thứ tự; giữ {stands}." => "Xem lại các giá trị liên quan của cùng thang mức hoặc cùng nội dung."
        en "{key} ({set}): “{value}” puts levels or bands out of order; {stands} stays." => "Check the related figures of the same scale or item."
        eg { set: "qd-4725-2022", key: "scales.group 2 to", what: "Điểm cao nhất của mức 2, thang mức của 1, 2", value: "45", stands: "75" }
    726 ANNEX_NEEDS_RULE_FILE Warning
        vi "{what} ({set}): đang là “{stands}”, không đổi thành “{value}” ở đây được." => "Nhờ người phụ trách phần mềm sửa trong tệp quy tắc (quy-tac)."
        en "{key} ({set}): “{stands}” stands; it cannot be changed to “{value}” here." => "Have the rule file (quy-tac) changed."
        eg { set: "qd-4725-2022", key: "overall", what: "Cách lấy mức chung", value: "tổng điểm", stands: "mức thấp nhất trong các nhóm" }
    727 ANNEX_INCOMPLETE Warning
        vi "{what} ({set}): thiếu {missing}; chưa coi là đã đối chiếu." => "Ghi đủ giá trị theo phụ lục, điều khoản, người đối chiếu, ngày."
        en "{key} ({set}): {missing} missing; not taken as checked." => "Enter value, clause, person and date."
        eg { set: "qd-4725-2022", key: "1.6.1 max", what: "1.6.1: điểm tối đa", missing: "“Điều khoản”, “Ngày đối chiếu”" }
    728 ANNEX_STALE Warning
        vi "{what} ({set}): khi đối chiếu là {value}, nay quy tắc là {stands}; chưa coi là đã đối chiếu." => "Đối chiếu lại, ghi giá trị vào cột “Theo phụ lục”."
        en "{key} ({set}): {value} was checked, the rules now say {stands}; not taken as checked." => "Check again and enter the value under “Theo phụ lục”."
        eg { set: "qd-4725-2022", key: "1.6.1 max", what: "1.6.1: điểm tối đa", value: "6", stands: "7" }
    729 ANNEX_TWICE Warning
        vi "{what} ({set}): ghi hai giá trị khác nhau ở dòng {first} và {row}; chưa dùng giá trị nào." => "Giữ một dòng."
        en "{key} ({set}): two values, on rows {first} and {row}; neither is used." => "Keep one row."
        eg { set: "qd-4725-2022", key: "1.6.1 max", what: "1.6.1: điểm tối đa", first: "12", row: "40" }
    730 ANNEX_REPLACED Note
        vi "{what} ({set}): thay {stands} bằng {value} theo phụ lục ({clause}, {person})." => "Không cần làm gì nếu đúng."
        en "{key} ({set}): {stands} is replaced by {value} from the annex ({clause}, {person})." => "Nothing to do if that is right."
        eg { set: "qd-4725-2022", key: "1.6.1 max", what: "1.6.1: điểm tối đa", stands: "7", value: "6", clause: "Phụ lục, mục 1.6", person: "Trần Thị B" }
    731 ANNEX_FILE_OPEN Warning
        vi "Tệp đối chiếu phụ lục đang mở trong Excel; đã đọc bản lưu gần nhất." => "Lưu, đóng tệp rồi chạy lại."
        en "The file is open in Excel; what was saved last was read." => "Save and close it, then run again."
        eg {}
    732 WEIGHT_FOR_OTHER_SETS Note
        vi "{title}: bộ {of} không có mức {level}; hệ số của mức này chỉ dùng cho bộ khác của công thức." => "Không cần làm gì nếu đúng."
        en "{title}: {of} has no level {level}; its weight serves other sets of the formula only." => "Nothing to do if that is right."
        eg { title: "2.2 Kết quả của trường mầm non", level: "4", of: "mam-non-2026" }
}
