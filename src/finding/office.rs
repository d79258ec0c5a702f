//! 8xx: the office's own folder, roster and form.

super::catalogue::entries! {
    801 OFFICE_FORM_MISSING Warning
        vi "Chưa có phiếu của cơ quan (phieu-co-quan.xlsx); các tiêu chí cơ quan tự chấm chưa có điểm." => "Điền phiếu của cơ quan, đặt vào thư mục."
        en "The office's own form (phieu-co-quan.xlsx) is missing; the criteria that it scores itself have no points." => "Fill the office's form and put it into the folder."
        eg {}
}
