//! 2xx: whose return it is, for which set and year, and which of several counts.

super::catalogue::entries! {
    201 UNKNOWN_SCHOOL_CODE Error
        vi "Không có trường mã {value} trong danh sách; gần nhất: {nearest}." => "Sửa mã trường cho đúng danh sách, gửi lại."
        en "No school with code {value} in the roster; nearest: {nearest}." => "Correct the school's code to that of the roster, send again."
        eg { value: "8010012", nearest: "80100012 Trường TH Ánh Dương" }
    202 UNKNOWN_SCHOOL_NAME Error
        vi "Phiếu không có mã trường, và không có trường tên “{value}” trong danh sách; gần nhất: {nearest}." => "Ghi mã trường vào phiếu, gửi lại."
        en "The return has no code, and no school of the roster is named “{value}”; nearest: {nearest}." => "Write the school's code on the form, send again."
        eg { value: "Trường TH Ánh Sáng", nearest: "80100012 Trường TH Ánh Dương" }
    203 SEVERAL_SCHOOLS_OF_NAME Error
        vi "Phiếu không có mã trường; nhiều trường cùng tên “{value}”: {nearest}." => "Ghi mã trường vào phiếu, gửi lại."
        en "The return has no code; several schools are named “{value}”: {nearest}." => "Write the school's code on the form, send again."
        eg { value: "Trường TH Ánh Dương", nearest: "80100012, 80100044" }
    204 NO_IDENTITY Error
        vi "Không thấy mã trường hay tên trường trên phiếu." => "Ghi mã trường và tên trường ở đầu phiếu, gửi lại."
        en "No school code and no school name on the form." => "Write the school's code and name at the top of the form, send again."
        eg {}
    205 CODE_OF_OTHER_SCHOOL Error
        vi "Mã {value} là của {nearest}, nhưng tên trên phiếu là “{name}”, tên một trường khác trong danh sách." => "Sửa mã trường hoặc tên trường cho khớp nhau, gửi lại."
        en "Code {value} is that of {nearest}, but the name on the form, “{name}”, is another school's." => "Make the code and the name agree, send again."
        eg { value: "80100012", nearest: "Trường TH Ánh Dương", name: "Trường TH Hoa Sen" }
    206 NAME_DIFFERS Warning
        vi "Tên trên phiếu “{value}” khác tên trong danh sách “{name}”; lấy theo mã {school}." => "Xem lại tên trường, mã trường trên phiếu."
        en "The name on the form, “{value}”, differs from the roster's, “{name}”; code {school} decides." => "Check the name and the code on the form."
        eg { value: "Trường TH Ánh Duong A", name: "Trường TH Ánh Dương", school: "80100012" }
    207 TWO_CODES Error
        vi "Phiếu ghi hai mã trường khác nhau: {value} và {other}." => "Chỉ để một mã trường, gửi lại."
        en "Two different school codes on the form: {value} and {other}." => "Leave one code, send again."
        eg { value: "80100012", other: "80100013" }
    208 LEADING_ZERO_LOST Note
        vi "Mã {value} thiếu số 0 ở đầu; hiểu là {school}." => "Nhập mã trường ở ô dạng Văn bản để giữ số 0."
        en "Code {value} has lost its leading zero; taken as {school}." => "Type the code in a cell formatted as Text to keep the zero."
        eg { value: "8010012", school: "08010012" }
    209 KNOWN_BY_NAME Note
        vi "Phiếu không có mã trường; nhận ra theo tên: {school}." => "Lần sau ghi mã trường vào phiếu."
        en "No code on the form; recognised by name: {school}." => "Write the school's code next time."
        eg { school: "80100012 Trường TH Ánh Dương" }
    210 KNOWN_BY_HIDDEN Note
        vi "Phiếu không ghi mã trường, tên trường; lấy mã {school} của phiếu đã phát." => "Ghi mã trường và tên trường ở đầu phiếu."
        en "No code or name on the form; code {school} of the form as sent out was used." => "Write the school's code and name at the top of the form."
        eg { school: "80100012" }
    211 KNOWN_BY_FORMER_CODE Note
        vi "Mã {value} là mã cũ; hiểu là {school}." => "Lần sau ghi mã mới."
        en "Code {value} is a former one; taken as {school}." => "Write the new code next time."
        eg { value: "80100001", school: "80100012" }
    212 FORM_OF_OTHER_SCHOOL Note
        vi "Phiếu phát cho mã {value}, nay ghi mã {school}; lấy theo mã ghi trên phiếu." => "Không cần làm gì nếu mã trên phiếu đúng."
        en "The form was made for code {value} but bears {school}; what it bears decides." => "Nothing to do if the code on the form is right."
        eg { value: "80100013", school: "80100012" }
    213 KNOWN_BY_NAME_NOT_CODE Warning
        vi "Không có trường mã {value} trong danh sách; nhận ra theo tên: {school}." => "Sửa mã trường trên phiếu."
        en "No school with code {value} in the roster; recognised by name: {school}." => "Correct the code on the form."
        eg { value: "8010012", school: "80100012 Trường TH Ánh Dương" }
    214 CODE_AS_NUMBER Note
        vi "Mã {value} đã bị ghi như một con số; hiểu là {school}." => "Lần sau nhập mã trường ở ô dạng Văn bản."
        en "Code {value} was stored as a number; taken as {school}." => "Type the code in a cell formatted as Text next time."
        eg { value: "80100012.0", school: "80100012 Trường TH Ánh Dương" }
    221 WRONG_SET Error
        vi "Trường {kind} nhưng dùng phiếu {value}; trường này phải dùng phiếu {expected}." => "Điền phiếu {expected}, gửi lại."
        en "A school of kind {kind} on the form {value}; it must use {expected}." => "Fill the form {expected}, send again."
        eg { kind: "MN", value: "Phổ thông, GDTX", expected: "Mầm non" }
    222 WRONG_YEAR Error
        vi "Phiếu của năm học {value}, đang tổng hợp năm học {expected}." => "Điền phiếu của năm học {expected}, gửi lại."
        en "A form of school year {value}; this is the assessment of {expected}." => "Fill the form of {expected}, send again."
        eg { value: "2023-2024", expected: "2024-2025" }
    223 NO_YEAR Warning
        vi "Phiếu không ghi năm học; coi là năm học {expected}." => "Ghi năm học vào phiếu."
        en "No school year on the form; taken as {expected}." => "Write the school year on the form."
        eg { expected: "2024-2025" }
    224 OLD_FORM Note
        vi "Phiếu theo mẫu bản {value}, mẫu hiện nay là bản {expected}." => "Lần sau dùng mẫu phiếu mới."
        en "The form is of version {value}; the present one is {expected}." => "Use the new form next time."
        eg { value: "1", expected: "2" }
    225 OTHER_RULES Note
        vi "Phiếu được tạo từ bản quy tắc khác bản đang dùng; tính theo bản đang dùng." => "Không cần làm gì; xem các lỗi khác của phiếu nếu có."
        en "The form was made from another version of the rules; those in use apply." => "Nothing to do; see the return's other findings, if any."
        eg {}
    231 SUPERSEDED Note
        vi "Trường đã gửi bản khác mới hơn ({newer}); bản này không tính." => "Không cần làm gì nếu bản mới là bản đúng."
        en "The school sent a newer return ({newer}); this one does not count." => "Nothing to do if the newer one is right."
        eg { newer: "nop/ban cuoi.xlsx" }
    232 DUPLICATE Note
        vi "Nội dung giống hệt {other}; chỉ tính một lần." => "Không cần làm gì."
        en "The same content as {other}; counted once." => "Nothing to do."
        eg { other: "nop/a.xlsx" }
    233 NEWER_NOT_VALID Warning
        vi "Bản mới hơn {newer} chưa hợp lệ; đang tính bản này." => "Sửa bản mới theo phiếu phản hồi, gửi lại."
        en "The newer {newer} is not valid; this one counts." => "Correct the newer one as its findings say, send again."
        eg { newer: "nop/ban cuoi.xlsx" }
    234 SET_ASIDE Note
        vi "Sổ nhận ghi không dùng tệp này: {reason}." => "Không cần làm gì."
        en "The list of receipts sets this file aside: {reason}." => "Nothing to do."
        eg { reason: "gửi nhầm" }
    235 MISSING Warning
        vi "Chưa nhận được phiếu {value}." => "Gửi phiếu tự đánh giá."
        en "No return received for {value}." => "Send the self-assessment."
        eg { value: "Mầm non" }
    236 LATE Warning
        vi "Nộp trễ: lúc {value}, hạn là {deadline}." => "Trường không phải sửa gì; đã cho gia hạn thì cơ quan ghi vào sổ nhận."
        en "Received {value}, after the deadline {deadline}." => "Nothing to correct; the office enters an extension, if it granted one, in the list of receipts."
        eg { value: "02/06/2025", deadline: "31/05/2025" }
    238 SAME_TIME Note
        vi "Có nhiều bản cùng thời điểm; chọn theo tên tệp, bản này không tính: đang tính {newer}." => "Ghi ngày nhận vào sổ nhận nếu bản khác mới đúng."
        en "Several returns bear the same time; chosen by file name, this one does not count: {newer} does." => "Enter the dates in the list of receipts if another one is right."
        eg { newer: "nop/ban 2.xlsx" }
    239 NO_LONGER_ASSESSED Warning
        vi "Danh sách ghi trường này {value}, nhưng trường có gửi phiếu; phiếu không tính." => "Sửa cột tình trạng trong danh sách nếu trường vẫn phải nộp."
        en "The roster says “{value}” of this school, but it sent a return; it does not count." => "Correct the roster if the school must report."
        eg { value: "giải thể" }
    240 CODE_ON_OTHERS_RETURN Warning
        vi "Có phiếu ghi mã {value} của trường nhưng mang tên “{name}”; chưa dùng cho trường nào." => "Nếu là phiếu của trường thì sửa tên trường trên phiếu rồi gửi lại; nếu không phải thì trường không phải làm gì với phiếu này."
        en "A return bears the school's code {value} but the name “{name}”; it is used for no school." => "If it is the school's own, correct the name on it and send it again; if not, there is nothing to do about it."
        eg { value: "80100012", name: "Trường TH Hoa Sen" }
    241 MAY_BE_OF_SEVERAL Warning
        vi "Có phiếu ghi “{value}”, có thể là của trường mà cũng có thể của {others}; chưa dùng cho trường nào." => "Nếu là phiếu của trường thì chỉ ghi mã {school} và đúng tên trường trên phiếu rồi gửi lại; nếu không phải thì trường không phải làm gì với phiếu này."
        en "A return says “{value}”: it may be the school's or that of {others}; it is used for no school." => "If it is the school's own, leave code {school} alone and the school's name on it and send it again; if not, there is nothing to do about it."
        eg { value: "Trường TH Ánh Dương", others: "Trường TH Ánh Dương", school: "80100012" }
    242 NAME_LIKE_OTHER_SCHOOL Error
        vi "Mã {value} là của {nearest}, nhưng tên trên phiếu “{name}” giống tên {other} hơn; chưa dùng cho trường nào." => "Sửa mã trường hoặc tên trường cho khớp nhau, gửi lại."
        en "Code {value} is that of {nearest}, but the name on the form, “{name}”, is more like {other}; it is used for no school." => "Make the code and the name agree, send again."
        eg { value: "80100012", nearest: "Trường TH Ánh Dương", name: "Trường TH Hoa Senn", other: "80100044 Trường TH Hoa Sen" }
    243 SAME_AS_LAST_YEAR Warning
        vi "Mọi điểm trong phiếu giống hệt năm học {year} (tổng {value}); vẫn tính." => "Xem lại có phải gửi nhầm phiếu năm trước không; nếu đúng là không thay đổi thì nêu ý kiến."
        en "Every answer is as it was in {year} (total {value}); it counts all the same." => "Check that it is not last year's form; if nothing has changed, say so."
        eg { year: "2023-2024", value: "152,5" }
    244 RESUBMITTED_LATE Warning
        vi "Gửi lại trễ: lúc {value}, hạn gửi lại là {deadline}; lần nộp đầu vẫn xét theo hạn nộp." => "Trường không phải sửa gì; đã cho gia hạn thì cơ quan ghi vào sổ nhận."
        en "Sent again {value}, after the deadline for corrections {deadline}; whether it was on time goes by the first return." => "Nothing to correct; the office enters an extension, if it granted one, in the list of receipts."
        eg { value: "12/06/2025", deadline: "07/06/2025" }
    248 REFUSAL_WITHOUT_SCHOOL Warning
        vi "Dòng {row} của sổ nhận nói về ý kiến của trường ({value}) nhưng không ghi trường nào; chưa dùng dòng này." => "Ghi mã trường vào sổ nhận (cột ma_truong)."
        en "Row {row} of the receipts is about a school's opinion ({value}) and names no school; it is not used." => "Enter ma_truong."
        eg { row: "7", value: "CDS502" }
    249 REFUSAL_UNMARKED Warning
        vi "Dòng {row} của sổ nhận ghi mã lỗi {value} của {school} nhưng không đánh dấu là không chấp nhận; ý kiến của trường vẫn được chấp nhận." => "Ghi x ở cột không chấp nhận của sổ nhận (khong_chap_nhan), hoặc xóa dòng."
        en "Row {row} of the receipts names {value} of {school} without a mark in khong_chap_nhan; what the school says is still accepted." => "Enter x in khong_chap_nhan, or remove the row."
        eg { row: "7", value: "CDS502", school: "80100012 Trường TH Ánh Dương" }
    250 RECEIPT_SCHOOL_UNKNOWN Warning
        vi "Sổ nhận ghi mã trường “{value}” không có trong danh sách; gần nhất: {nearest}; chưa dùng dòng này." => "Sửa mã trường trong sổ nhận."
        en "The receipts name school “{value}”, which is not in the roster; nearest: {nearest}; the row is not used." => "Correct the school's code in the receipts."
        eg { value: "8010012", nearest: "80100012 Trường TH Ánh Dương" }
    251 RECEIPT_SET_UNKNOWN Warning
        vi "Sổ nhận ghi bộ chỉ số “{value}” cho {school}; trường này nộp: {known}; chưa dùng dòng này." => "Ghi một trong các bộ chỉ số đó, hoặc để trống cột bộ chỉ số của sổ nhận (bo_chi_so)."
        en "The receipts name the set “{value}” for {school}, which owes: {known}; the row is not used." => "Enter one of these, or leave bo_chi_so blank."
        eg { value: "Mầm non 2", school: "80100012 Trường TH Ánh Dương", known: "Phổ thông, GDTX" }
    252 RECEIPT_SCHOOL_TWICE Warning
        vi "{value} có ở dòng {first} và {row} của sổ nhận; đang lấy dòng {row}." => "Giữ một dòng cho mỗi trường và bộ chỉ số."
        en "School {value} is on rows {first} and {row} of the receipts; row {row} counts." => "Keep one row for each school and set."
        eg { value: "80100012 Trường TH Ánh Dương", first: "4", row: "9" }
    253 RECEIPT_NEEDS_FILE Warning
        vi "Dòng {row} của sổ nhận ghi cột “{key}” cho cả trường ({value}); cột này chỉ dùng cho một tệp, chưa dùng." => "Ghi tên tệp ở cột tep, hoặc xóa ô này."
        en "Row {row} of the receipts gives {key} for school {value} as a whole; it holds for a file alone and is not used." => "Name the file in column tep, or clear the cell."
        eg { row: "5", key: "ngay_nhan", value: "80100012" }
    254 RECEIPT_GRANTS_NOTHING Warning
        vi "Dòng {row} của sổ nhận ghi {value} nhưng không ghi gì cho trường." => "Ghi ngày gia hạn, kênh nhận hoặc lý do vào sổ nhận (gia_han_den, kenh, ly_do), hoặc xóa dòng."
        en "Row {row} of the receipts names school {value} and says nothing of it." => "Enter gia_han_den, kenh or ly_do, or remove the row."
        eg { row: "5", value: "80100012" }
    255 EXTENSION_IS_NONE Warning
        vi "Gia hạn đến {value} không sau hạn nộp {deadline}; vẫn lấy hạn nộp." => "Xem lại ngày gia hạn trong sổ nhận (cột gia_han_den)."
        en "The extension to {value} is not after the deadline {deadline}, which applies." => "Check gia_han_den."
        eg { value: "20/05/2025", deadline: "31/05/2025" }
    256 RECEIPT_OWES_NOTHING Warning
        vi "Sổ nhận ghi {value} nhưng trường này không phải nộp phiếu; chưa dùng dòng này." => "Xem lại mã trường, hoặc tình trạng và cấp học trong danh sách."
        en "The receipts name school {value}, which owes no return; the row is not used." => "Check the code, or state and kind in the roster."
        eg { value: "80100012 Trường TH Ánh Dương" }
    257 AGAIN_BEFORE_DEADLINE Warning
        vi "Hạn gửi lại {value} sớm hơn hạn nộp {deadline}." => "Xem lại hạn gửi lại và hạn nộp trong co-quan.toml (nop_lai, nop_phieu)."
        en "The deadline for corrections, {value}, is before that for returns, {deadline}." => "Check nop_lai and nop_phieu under [han] in co-quan.toml."
        eg { value: "20/05/2025", deadline: "31/05/2025" }
    258 REFUSAL_OF_NO_OPINION Warning
        vi "Dòng {row} của sổ nhận không chấp nhận ý kiến về {value} {item} của {school}, nhưng trường không có ý kiến nào như vậy." => "Chép mã trường, mã lỗi, mã nội dung từ trang “Giải trình” của dieu-hanh.xlsx, hoặc xóa dòng."
        en "Row {row} of the receipts does not accept what {school} says to {value} {item}; it says nothing of the kind." => "Copy school, code and item from sheet “Giải trình” of dieu-hanh.xlsx, or remove the row."
        eg { row: "7", value: "CDS502", item: "1.3.1", school: "80100012 Trường TH Ánh Dương" }
    259 REFUSAL_OF_NO_CODE Warning
        vi "Dòng {row} của sổ nhận: “{value}” không phải là mã lỗi; chưa dùng dòng này." => "Ghi mã như CDS502 ở cột mã lỗi của sổ nhận (ma_loi), như ở trang “Giải trình” của dieu-hanh.xlsx."
        en "Row {row} of the receipts: “{value}” is not the code of a finding; the row is not used." => "Enter a code such as CDS502 in ma_loi, as on sheet “Giải trình” of dieu-hanh.xlsx."
        eg { row: "7", value: "502b" }
    260 DATED_AFTER_RUN Warning
        vi "Tệp ghi ngày {value}, sau ngày chạy {run}; nộp sớm, trễ và bản nào mới hơn đang xét theo ngày đó." => "Ghi ngày nhận đúng vào sổ nhận; xem lại đồng hồ của máy nếu nhiều tệp cùng như vậy."
        en "The file is dated {value}, after the day of the run, {run}; what is late and what is newer is judged by that day." => "Enter the day it came in the receipts; check the machine's clock if many files are so."
        eg { value: "12/07/2025", run: "05/06/2025" }
}
