//! 7xx: figures that are not official, rules that do not add up.

super::catalogue::entries! {
    701 NOT_OFFICIAL Warning
        vi "{value} giá trị chưa đối chiếu phụ lục; kết quả là dự thảo." => "Điền doi-chieu-phu-luc.xlsx."
        en "{value} figures unchecked against the annex; the result is a draft." => "Fill doi-chieu-phu-luc.xlsx."
        eg { value: "12" }
}
