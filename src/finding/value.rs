//! 4xx: a value that is there but cannot be taken as it is.

super::catalogue::entries! {
    401 NOT_A_NUMBER Error
        vi "{title}: điểm “{value}” không phải là số." => "Nhập số từ 0 đến {max}."
        en "{title}: the score “{value}” is not a number." => "Enter a number from 0 to {max}."
        eg { title: "1.3.1 Kho học liệu số", value: "tốt", max: "6" }
    402 ABOVE_MAX Error
        vi "{title}: điểm {value} vượt tối đa {max}, tạm chưa tính." => "Nhập từ 0 đến {max}."
        en "{title}: {value} exceeds the maximum {max}; not counted yet." => "Enter 0 to {max}."
        eg { title: "1.3.1 Kho học liệu số", value: "7", max: "6" }
    403 BELOW_ZERO Error
        vi "{title}: điểm {value} nhỏ hơn 0, tạm chưa tính." => "Nhập từ 0 đến {max}."
        en "{title}: {value} is below 0; not counted yet." => "Enter 0 to {max}."
        eg { title: "1.3.1 Kho học liệu số", value: "-1", max: "6" }
    404 FINER_THAN_STEP Warning
        vi "{title}: điểm {value} lẻ hơn bước {step}; vẫn tính {taken}." => "Xem lại điểm; thường chấm theo bước {step}."
        en "{title}: {value} is finer than the step {step}; {taken} is counted." => "Check the score; steps of {step} are usual."
        eg { title: "1.3.1 Kho học liệu số", value: "5,3", step: "0,5", taken: "5,3" }
    405 DATE_FOR_SCORE Error
        vi "{title}: ô điểm đang là ngày {value}; có phải {meaning}?" => "Đổi ô sang dạng Số, gõ lại điểm."
        en "{title}: the score is a date, {value}; is {meaning} meant?" => "Format the cell as Number, type the score again."
        eg { title: "1.3.1 Kho học liệu số", value: "7/5", meaning: "7,5 hay 5,7" }
    406 AMBIGUOUS_NUMBER Error
        vi "{title}: điểm “{value}” có thể hiểu nhiều cách." => "Gõ lại điểm, chỉ một số từ 0 đến {max}."
        en "{title}: the score “{value}” can be read in several ways." => "Type the score again, one number from 0 to {max}."
        eg { title: "1.3.1 Kho học liệu số", value: "5-6", max: "6" }
    407 FRACTION_OF_OTHER_MAX Error
        vi "{title}: “{value}” không phải điểm trên {max}." => "Nhập một số từ 0 đến {max}; số đạt và tổng số ghi ở cột riêng."
        en "{title}: “{value}” is not points out of {max}." => "Enter one number from 0 to {max}; amounts go to their own columns."
        eg { title: "1.6.1 Tỉ lệ giáo viên", value: "12/15", max: "7" }
    408 PERCENT_FOR_SCORE Error
        vi "{title}: ô điểm ghi tỉ lệ {value}." => "Ghi tỉ lệ ở cột “Số đạt”; ô điểm nhập từ 0 đến {max}."
        en "{title}: the score cell holds a percentage, {value}." => "Put the percentage under “Số đạt”; enter 0 to {max} as the score."
        eg { title: "1.6.1 Tỉ lệ giáo viên", value: "80%", max: "7" }
    409 WORD_FOR_ZERO Warning
        vi "{title}: điểm ghi “{value}”; hiểu là 0 điểm." => "Ghi số 0 nếu đúng là chưa làm."
        en "{title}: the score says “{value}”; taken as 0." => "Write 0 if it is not done."
        eg { title: "1.3.1 Kho học liệu số", value: "chưa" }
    410 YES_NO_UNREADABLE Error
        vi "{title}: “{value}” không rõ là có hay không." => "Ghi Có hoặc Không."
        en "{title}: “{value}” is neither yes nor no." => "Write Có or Không."
        eg { title: "1.7.3 Có phòng studio", value: "đang làm" }
    411 YES_NO_IN_BETWEEN Error
        vi "{title}: chỉ có 0 hoặc {max} điểm, không có {value}." => "Ghi Có ({max} điểm) hoặc Không (0 điểm)."
        en "{title}: only 0 or {max} points, not {value}." => "Write Có ({max} points) or Không (0)."
        eg { title: "1.7.3 Có phòng studio", max: "5", value: "2,5" }
    412 ONE_FOR_YES Note
        vi "{title}: số 1 được hiểu là Có, {max} điểm." => "Ghi Có hoặc {max} để khỏi nhầm."
        en "{title}: 1 was taken as yes, {max} points." => "Write Có or {max} to avoid doubt."
        eg { title: "1.7.3 Có phòng studio", max: "5" }
    413 MANDATORY_UNREADABLE Error
        vi "{title}: “{value}” không rõ là đạt hay chưa đạt." => "Ghi Đạt hoặc Chưa đạt."
        en "{title}: “{value}” is neither met nor not met." => "Write Đạt or Chưa đạt."
        eg { title: "1.1 Ban hành kế hoạch", value: "đang trình" }
    414 ANSWER_WITH_REMARK Note
        vi "{title}: “{value}” được hiểu là {meaning}." => "Không cần làm gì nếu hiểu đúng; lần sau ghi lời giải thích ở cột Ghi chú."
        en "{title}: “{value}” was taken as {meaning}." => "Nothing to do if that is right; write remarks under Ghi chú next time."
        eg { title: "1.7.3 Có phòng studio", value: "Có, đã ban hành QĐ 12", meaning: "Có" }
    421 AMOUNT_UNREADABLE Error
        vi "{title}: số đạt, tổng số “{value}” không đọc được." => "Nhập hai số, hoặc một tỉ lệ như 80%."
        en "{title}: the amount “{value}” cannot be read." => "Enter two numbers, or a share such as 80%."
        eg { title: "1.6.1 Tỉ lệ giáo viên", value: "gần hết" }
    422 SHARE_OUT_OF_RANGE Error
        vi "{title}: số đạt {value} nằm ngoài giới hạn: tỉ lệ từ 0% đến 100%, số lượng không nhỏ hơn 0." => "Xem lại số đạt và tổng số."
        en "{title}: the amount {value} is out of range: a share is 0% to 100%, a count is not below 0." => "Check the amounts."
        eg { title: "1.6.1 Tỉ lệ giáo viên", value: "120%" }
    423 PART_ABOVE_WHOLE Error
        vi "{title}: số đạt {value} lớn hơn tổng số {whole}." => "Xem lại số đạt và tổng số."
        en "{title}: {value} reached out of {whole}." => "Check the amounts."
        eg { title: "1.6.1 Tỉ lệ giáo viên", value: "15", whole: "12" }
    424 BAND_DIFFERS Error
        vi "{title}: {amount} thì được {points} điểm, phiếu ghi {value}." => "Sửa điểm thành {points}, hoặc sửa số đạt, tổng số."
        en "{title}: {amount} earns {points} points; the form says {value}." => "Correct the score to {points}, or the amounts."
        eg { title: "1.6.1 Tỉ lệ giáo viên", amount: "80%", points: "7", value: "5" }
    425 FILLED_BY_BAND Note
        vi "{title}: chưa ghi điểm; {amount} thì được {points} điểm, đã lấy số này." => "Không cần làm gì nếu đúng."
        en "{title}: no score; {amount} earns {points} points, which were taken." => "Nothing to do if that is right."
        eg { title: "1.6.1 Tỉ lệ giáo viên", amount: "80%", points: "7" }
    426 WHOLE_IS_ZERO Error
        vi "{title}: tổng số là 0, không tính được tỉ lệ." => "Nhập tổng số lớn hơn 0."
        en "{title}: the whole is 0; there is no share." => "Enter a whole above 0."
        eg { title: "1.6.1 Tỉ lệ giáo viên" }
    430 TIME_FOR_SCORE Error
        vi "{title}: ô điểm đang là giờ {value}; có phải {meaning}?" => "Đổi ô sang dạng Số, gõ lại điểm."
        en "{title}: the score is a time, {value}; is {meaning} meant?" => "Format the cell as Number, type the score again."
        eg { title: "1.3.1 Kho học liệu số", value: "7:05", meaning: "7,5 hay 7,05" }
    431 RAISED_FIGURE Error
        vi "{title}: điểm “{value}” có chữ số nằm cao hoặc thấp hơn dòng; là {meaning}?" => "Gõ lại điểm bằng chữ thường; chú thích ghi ở cột Ghi chú."
        en "{title}: the score “{value}” has a raised or lowered figure; is it {meaning}?" => "Type the score again on the line; put notes under Ghi chú."
        eg { title: "1.3.1 Kho học liệu số", value: "1²", meaning: "12 hay 1" }
    432 ALL_RAISED Warning
        vi "{title}: cả ô điểm “{value}” để chữ nằm cao hoặc thấp hơn dòng; vẫn được đọc." => "Bỏ kiểu chỉ số trên, chỉ số dưới ở ô này."
        en "{title}: all of the score “{value}” is raised or lowered; it was read." => "Remove superscript or subscript from the cell."
        eg { title: "1.3.1 Kho học liệu số", value: "5" }
    433 PARTLY_CROSSED_OUT Note
        vi "{title}: phần gạch ngang “{out}” không được đọc; lấy “{value}”." => "Không cần làm gì nếu hiểu đúng; lần sau xóa hẳn phần đã gạch."
        en "{title}: the crossed-out part “{out}” was not read; “{value}” was taken." => "Nothing to do if that is right; delete what is crossed out next time."
        eg { title: "1.3.1 Kho học liệu số", out: "1", value: "4" }
    434 ALL_CROSSED_OUT Warning
        vi "{title}: “{out}” bị gạch ngang cả ô; coi như chưa ghi." => "Gõ lại nếu vẫn dùng; nếu không thì xóa hẳn."
        en "{title}: “{out}” is crossed out; taken as blank." => "Type it again if it is meant; else delete it."
        eg { title: "1.3.1 Kho học liệu số", out: "7,5" }
    435 SHOWN_DIFFERS Error
        vi "{title}: ô điểm hiện “{shown}” nhưng giá trị bên trong là {value}; tạm chưa tính." => "Đổi ô sang dạng Số thường, gõ lại điểm."
        en "{title}: the cell shows “{shown}” and holds {value}; not counted yet." => "Format the cell as a plain Number, type the score again."
        eg { title: "1.3.1 Kho học liệu số", shown: "5%", value: "5" }
    436 SCORE_WITH_REMARK Warning
        vi "{title}: điểm có kèm lời ghi “{remark}”; vẫn tính {taken}." => "Chỉ ghi số đã đạt ở ô điểm; lời giải thích ghi ở cột Ghi chú."
        en "{title}: the score bears a remark, “{remark}”; {taken} is counted." => "Leave the number alone in the score cell; remarks go under Ghi chú."
        eg { title: "1.3.1 Kho học liệu số", remark: "dự kiến", taken: "10" }
    437 EVIDENCE_CROSSED_OUT Note
        vi "{title}: minh chứng có phần gạch ngang “{out}”; vẫn được giữ." => "Xóa hẳn phần đã gạch nếu không còn dùng."
        en "{title}: part of the evidence is crossed out, “{out}”; it was kept." => "Delete what is crossed out if it no longer holds."
        eg { title: "1.3.1 Kho học liệu số", out: "QĐ 10/QĐ-TH" }
}
