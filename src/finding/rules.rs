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
        vi "{title}: cao nhất {max} điểm, không bao giờ tới mức {level} của thang {scale} (ngưỡng {value})." => "Xem lại điểm tối đa hoặc thang mức."
        en "{title}: with at most {max} points level {level} of scale {scale} (from {value}) is out of reach." => "Check the maximum or the scale."
        eg { title: "1 Lãnh đạo, chỉ đạo", max: "60", level: "3", scale: "group", value: "75" }
    704 BANDS_BELOW_MAX Warning
        vi "{title}: ngưỡng cao nhất được {value} điểm, dưới tối đa {max}." => "Xem lại điểm tối đa hoặc các ngưỡng (bands)."
        en "{title}: the highest band gives {value} points, below the maximum {max}." => "Check the maximum or the bands."
        eg { title: "1.6.1 Tỉ lệ giáo viên", value: "6", max: "7" }
    705 BANDS_FALL Warning
        vi "{title}: từ {from} được {value} điểm, không hơn ngưỡng thấp hơn." => "Xem lại các ngưỡng (bands)."
        en "{title}: from {from} on {value} points, no more than the band below." => "Check the bands."
        eg { title: "1.6.1 Tỉ lệ giáo viên", from: "80%", value: "3" }
    706 SOURCE_MISSING Warning
        vi "{key}: ghi là có nguồn (sourced) nhưng không nêu nguồn." => "Ghi nguồn ở source, hoặc ghi basis là provisional."
        en "{key}: said to be sourced, without a source." => "Name it in source, or make the basis provisional."
        eg { key: "scales.group" }
    707 WEIGHT_MISSING Warning
        vi "{title}: mức {level} của bộ {of} không có hệ số; tính là 0." => "Bổ sung hệ số (weights) cho mức này."
        en "{title}: level {level} of {of} has no weight; 0 is taken." => "Add it to weights."
        eg { title: "2.2 Kết quả của trường mầm non", level: "4", of: "mam-non-2026" }
    708 WEIGHT_WITHOUT_LEVEL Warning
        vi "{title}: bộ {of} không có mức {level}." => "Xem lại công thức trong tệp quy tắc của cơ quan."
        en "{title}: {of} has no level {level}." => "Check the formula in the office's rule file."
        eg { title: "2.2 Kết quả của trường mầm non", level: "3", of: "mam-non-2026" }
    709 SCALE_UNUSED Note
        vi "Thang mức {key} không được dùng ở đâu." => "Bỏ thang mức này, hoặc ghi scale ở mục cần dùng."
        en "{key} is used nowhere." => "Remove it, or name it as scale where it belongs."
        eg { key: "scales.online-teaching" }
    710 GROUP_SCALES_DIFFER Warning
        vi "Các nhóm có thang mức khác số mức hoặc khác tên; tên mức chung lấy theo thang {scale}." => "Xem lại scale của các nhóm."
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
        vi "Không có bộ chỉ số của cơ quan (kinds = [\"CO_QUAN\"]); các tiêu chí cơ quan không được chấm." => "Thêm bộ của cơ quan vào quy-tac, hoặc sửa replaces."
        en "There is no set of the office (kinds = [\"CO_QUAN\"]); its criteria are not assessed." => "Add it to quy-tac, or correct replaces."
        eg {}
    714 NO_POINTS Warning
        vi "{title}: điểm tối đa là 0." => "Xem lại điểm tối đa."
        en "{title}: the maximum is 0." => "Check the maximum."
        eg { title: "1.4 Học liệu" }
    715 STEP_MISFIT Warning
        vi "{title}: tối đa {max} điểm không chia hết cho bước {step}." => "Xem lại điểm tối đa hoặc bước điểm (step)."
        en "{title}: the maximum {max} is no multiple of the step {step}." => "Check the maximum or the step."
        eg { title: "1.4 Học liệu", max: "6,25", step: "0,5" }
}
