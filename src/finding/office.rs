//! 8xx: the office's own folder, settings, roster, receipts and form.

super::catalogue::entries! {
    801 OFFICE_FORM_MISSING Warning
        vi "Chưa có phiếu của cơ quan (phieu-co-quan.xlsx); các tiêu chí cơ quan tự chấm chưa có điểm." => "Điền phiếu của cơ quan, đặt vào thư mục."
        en "The office's own form (phieu-co-quan.xlsx) is missing; the criteria that it scores itself have no points." => "Fill the office's form and put it into the folder."
        eg {}
    802 NO_DEADLINE Note
        vi "co-quan.toml chưa ghi hạn nộp phiếu; chưa xét trường nào nộp trễ." => "Ghi hạn nộp phiếu vào co-quan.toml (nop_phieu trong mục [han])."
        en "co-quan.toml states no deadline for returns; no school is called late." => "Set nop_phieu under [han] in co-quan.toml."
        eg {}
    803 DEADLINE_OUTSIDE_YEAR Warning
        vi "Một hạn trong co-quan.toml ({name}) là {value}, không thuộc năm học {year}." => "Xem lại các hạn và năm học trong co-quan.toml (mục [han], nam_hoc)."
        en "Deadline {name} is {value}, which is not within the school year {year}." => "Check [han] and nam_hoc in co-quan.toml."
        eg { name: "nop_phieu", value: "31/05/2024", year: "2024-2025" }
    804 DUTY_OF_NO_CRITERION Warning
        vi "Bảng phân công có mã {value}, không có trong bộ chỉ số của cơ quan." => "Sửa mã ở phần phân công của co-quan.toml (mục phan_cong)."
        en "The duties name {value}, which the office's indicator set does not have." => "Correct the code under [[phan_cong]] in co-quan.toml."
        eg { value: "1.9" }
    805 OFFICE_FORM_NOT_OURS Error
        vi "Tệp này không phải phiếu tự đánh giá của cơ quan; chưa tính." => "Điền phiếu của cơ quan (lệnh cds forms tạo ra), đặt đúng tên phieu-co-quan.xlsx."
        en "This file is not the office's own form; it is not counted." => "Fill the office's form (made by cds forms) and name it phieu-co-quan.xlsx."
        eg {}
    806 NO_SCHOOL_TO_COMPUTE Warning
        vi "{title}: không có trường nào để tính; tạm tính 0 điểm." => "Xem lại danh sách trường, hoặc chờ các trường nộp phiếu."
        en "{title}: no school to compute it from; 0 points." => "Check the roster, or wait for the schools' returns."
        eg { title: "2.2 Kết quả chuyển đổi số của các cơ sở giáo dục mầm non" }
    807 EVIDENCE_IN_PARTS Note
        vi "Các trường ghi {count} minh chứng, quá mức {limit} dòng của một trang; trang Minh chứng chia làm {parts} phần theo đơn vị." => "Không cần làm gì; trang Mục lục ghi phần nào của đơn vị nào."
        en "The schools' evidence takes {count} rows, above the {limit} of one sheet; the sheet Minh chứng is in {parts} parts, by units." => "Nothing to do; the sheet Mục lục tells which part is whose."
        eg { count: "1016000", limit: "250000", parts: "5" }
    811 ROSTER_CODE_TWICE Error
        vi "Mã {value} có ở dòng {first} và {row} của danh sách; đang lấy dòng {first}." => "Giữ một dòng, hoặc sửa mã của dòng sai."
        en "Code {value} is on rows {first} and {row} of the roster; row {first} counts." => "Keep one row, or correct the wrong code."
        eg { value: "80100012", first: "14", row: "31" }
    812 ROSTER_NO_CODE Error
        vi "Dòng {row} của danh sách chưa có mã trường{name}; chưa tính trường này." => "Ghi mã trường."
        en "Row {row} of the roster has no school code{name}; this school is left out." => "Enter the school's code."
        eg { row: "14", name: " (Trường TH Ánh Dương)" }
    813 ROSTER_CODE_UNREADABLE Error
        vi "Dòng {row} của danh sách: không đọc được mã trường “{value}”; chưa tính trường này." => "Đổi ô sang dạng Văn bản, gõ lại mã trường."
        en "Row {row} of the roster: the code “{value}” cannot be read; this school is left out." => "Format the cell as Text, type the code again."
        eg { row: "14", value: "8.0100001E+7,5" }
    814 ROSTER_NO_NAME Warning
        vi "Trường mã {value} chưa có tên trong danh sách." => "Ghi tên trường."
        en "School {value} has no name in the roster." => "Enter the school's name."
        eg { value: "80100012" }
    815 ROSTER_NO_KIND Error
        vi "Trường mã {value} chưa ghi cấp học; chưa biết trường phải nộp phiếu nào." => "Ghi cấp học: {known}."
        en "School {value} has no kind; which form it owes is not known." => "Enter its kind: {known}."
        eg { value: "80100012", known: "MN, TH, THCS" }
    816 ROSTER_KIND_UNKNOWN Error
        vi "Không có cấp học “{value}”; gần nhất: {nearest}. Chưa biết trường phải nộp phiếu nào cho cấp này." => "Sửa cấp học, dùng một trong các cấp: {known}."
        en "No kind of school “{value}”; nearest: {nearest}. Which form is owed for it is not known." => "Correct the kind to one of: {known}."
        eg { value: "THC", nearest: "THCS", known: "MN, TH, THCS" }
    817 ROSTER_CLOSED Note
        vi "Tình trạng trong danh sách là “{value}”; trường không phải nộp phiếu." => "Không cần làm gì."
        en "The roster's state is “{value}”; the school owes no return." => "Nothing to do."
        eg { value: "Sáp nhập từ 01/7/2025" }
    818 ROSTER_STATE_UNKNOWN Warning
        vi "Không rõ tình trạng “{value}”; vẫn coi là trường phải nộp phiếu." => "Ghi một trong: giải thể, sáp nhập, tạm dừng, ngừng hoạt động; trường hoạt động bình thường thì để trống."
        en "The state “{value}” is not understood; the school is still expected to return." => "Enter one of: giải thể, sáp nhập, tạm dừng, ngừng hoạt động; leave it blank for a school that works as usual."
        eg { value: "đang xem xét" }
    819 ROSTER_NO_UNIT Warning
        vi "{count} trường chưa ghi đơn vị quản lý (dòng {rows}); báo cáo theo đơn vị sẽ để riêng các trường này." => "Ghi đơn vị quản lý."
        en "{count} schools have no managing unit (rows {rows}); the figures by unit keep them apart." => "Enter the managing unit."
        eg { count: "2", rows: "14, 31" }
    820 ROSTER_CODES_ALIKE Warning
        vi "Mã {value} ở dòng {row} chỉ khác mã ở dòng {first} ở số 0 đầu." => "Xem lại hai mã; nếu là một trường thì giữ một dòng."
        en "Code {value} on row {row} differs from that on row {first} by a leading zero only." => "Check both codes; if they are one school, keep one row."
        eg { value: "0100012", first: "14", row: "31" }
    821 COLUMN_TWICE Warning
        vi "Hai cột “{value}” và “{other}” cùng nghĩa; đang lấy cột “{value}”." => "Giữ một cột, hoặc đổi tiêu đề cột kia."
        en "The columns “{value}” and “{other}” mean the same; “{value}” is used." => "Keep one, or rename the other."
        eg { value: "Mã trường", other: "Mã đơn vị" }
    822 COLUMN_BY_LIKENESS Note
        vi "Cột “{value}” được hiểu là “{key}”." => "Nếu không đúng, ghi tiêu đề cột là “{key}”."
        en "The column “{value}” is taken as {key}." => "If that is wrong, title the right column {key}."
        eg { value: "Tên trường học (đầy đủ)", key: "ten_truong" }
    831 RECEIPTS_NO_TABLE Error
        vi "Không thấy bảng sổ nhận: cần dòng tiêu đề có cột tệp hoặc mã trường; chưa dùng sổ nhận." => "Ghi ở sổ nhận tiêu đề các cột: tệp, ngày nhận, kênh, gia hạn đến, không dùng, lý do, mã trường, bộ chỉ số (tep, ngay_nhan, kenh, gia_han_den, khong_dung, ly_do, ma_truong, bo_chi_so)."
        en "No table of receipts: a header row with the column tep or ma_truong is needed; the receipts are not used." => "Title the columns: tep, ngay_nhan, kenh, gia_han_den, khong_dung, ly_do, ma_truong, bo_chi_so."
        eg {}
    832 RECEIPT_WITHOUT_FILE Warning
        vi "Dòng {row} của sổ nhận chưa ghi tên tệp hay mã trường; chưa dùng dòng này." => "Ghi tên tệp đúng như trong thư mục nop, hoặc mã trường nếu là gia hạn cho cả trường."
        en "Row {row} of the receipts names neither file nor school; it is not used." => "Enter the file's name as it is in the folder nop, or the school's code for an extension of all its returns."
        eg { row: "5" }
    833 RECEIPT_OF_NO_FILE Warning
        vi "Sổ nhận ghi tệp “{value}” nhưng không có tệp này trong thư mục nop; gần nhất: {nearest}." => "Chép tệp vào thư mục nop, hoặc sửa tên tệp trong sổ nhận."
        en "The receipts name “{value}”, which is not in the folder nop; nearest: {nearest}." => "Copy the file into nop, or correct its name in the receipts."
        eg { value: "80100012.xlsx", nearest: "nop/80100012 .xlsx" }
    834 RECEIPT_OF_SEVERAL Warning
        vi "Sổ nhận ghi “{value}” nhưng có nhiều tệp cùng tên: {files}; chưa dùng dòng này." => "Ghi cả thư mục con, ví dụ {first}."
        en "The receipts name “{value}”, but several files are so named: {files}; the row is not used." => "Enter the sub-folder too, as in {first}."
        eg { value: "phieu.xlsx", files: "nop/a/phieu.xlsx, nop/b/phieu.xlsx", first: "nop/a/phieu.xlsx" }
    835 RECEIPT_TWICE Warning
        vi "Tệp {value} có ở dòng {first} và {row} của sổ nhận; đang lấy dòng {row}." => "Giữ một dòng cho mỗi tệp."
        en "File {value} is on rows {first} and {row} of the receipts; row {row} counts." => "Keep one row for each file."
        eg { value: "nop/80100012.xlsx", first: "4", row: "9" }
    836 RECEIPT_DATE_UNREADABLE Warning
        vi "Không đọc được ngày “{value}” ở cột “{key}”; coi như chưa ghi." => "Ghi ngày dạng 31/5/2025, có giờ thì 31/5/2025 14:30."
        en "The date “{value}” in column {key} cannot be read; taken as blank." => "Enter it as 31/5/2025, with a time as 31/5/2025 14:30."
        eg { value: "31/5", key: "ngay_nhan" }
    837 RECEIPT_MARK_UNREADABLE Warning
        vi "Không rõ “{value}” ở cột “{key}”; coi như để trống." => "Ghi x, hoặc để trống."
        en "“{value}” in column {key} is not understood; it counts as blank." => "Enter x, or leave it blank."
        eg { value: "xem lại", key: "khong_dung" }
    838 RECEIPT_WITHOUT_REASON Warning
        vi "Tệp {value} được ghi không dùng nhưng chưa có lý do." => "Ghi lý do vào sổ nhận (cột ly_do)."
        en "File {value} is set aside without a reason." => "Enter the reason in column ly_do."
        eg { value: "nop/80100012.xlsx" }
    841 NOTHING_RETURNED Warning
        vi "Thư mục nop chưa có tệp nào." => "Chép phiếu các trường gửi về vào thư mục nop."
        en "The folder nop holds no file." => "Copy what the schools sent into the folder nop."
        eg {}
    842 LINK_NOT_FOLLOWED Warning
        vi "Đây là liên kết trỏ đi nơi khác, không phải tệp; chưa đọc." => "Chép chính tệp đó vào thư mục nop."
        en "This is a link to somewhere else, not a file; not read." => "Copy the file itself into the folder nop."
        eg {}
    843 FOLDER_UNREADABLE Error
        vi "Không mở được thư mục hoặc tệp này; những gì bên trong chưa được tính." => "Cấp quyền đọc, hoặc chép sang thư mục khác trong nop."
        en "This folder or file cannot be opened; what is in it does not count yet." => "Allow reading, or copy it to another folder in nop."
        eg {}
    844 NOT_A_FILE Warning
        vi "Đây không phải tệp thường (thiết bị hoặc ống dẫn của hệ điều hành); chưa đọc." => "Xóa khỏi thư mục nop, chép tệp phiếu vào thay."
        en "This is no ordinary file (a device or pipe of the operating system); not read." => "Remove it from the folder nop, copy the return there instead."
        eg {}
    845 CLOUD_PLACEHOLDER Warning
        vi "Tệp còn ở trên mạng (đám mây), chưa tải về máy; chưa đọc." => "Mở thư mục bằng ứng dụng đồng bộ, chọn tải về máy, rồi chạy lại."
        en "The file is still in the cloud, not on this computer; not read." => "Have the synchronising program download it, then run again."
        eg {}
    846 NAME_NOT_UNICODE Note
        vi "Tên tệp có ký tự hỏng; tên ở đây chỉ gần đúng." => "Đổi tên tệp nếu cần."
        en "The file's name holds broken characters; it is shown only roughly." => "Rename the file if need be."
        eg {}
    847 STILL_ARRIVING Note
        vi "Tệp còn đang được chép hoặc tải về; để lần chạy sau." => "Không cần làm gì; tệp sẽ được đọc ở lần chạy sau."
        en "The file is still being copied or downloaded; left for the next run." => "Nothing to do; the next run reads it."
        eg {}
    851 LAST_YEAR_NOT_FOUND Warning
        vi "Mục năm trước ghi “{value}” nhưng không thấy kết quả nào ở đó; chưa so với năm trước." => "Ghi thư mục cơ quan của năm trước, hoặc thư mục một lần chạy của năm đó, vào mục năm trước của co-quan.toml (nam_truoc)."
        en "nam_truoc is “{value}”, where there is no result; nothing is compared with last year." => "Name last year's office folder, or the folder of one of its runs, at nam_truoc in co-quan.toml."
        eg { value: "../2023-2024" }
    852 LAST_YEAR_UNREADABLE Warning
        vi "Không đọc được kết quả năm trước ở “{value}” (tệp hỏng, quá lớn, hoặc của phiên bản khác); chưa so với năm trước." => "Chạy lại thư mục năm trước bằng chương trình này, hoặc ghi một lần chạy khác vào mục năm trước của co-quan.toml (nam_truoc)."
        en "Last year's result at “{value}” cannot be read (damaged, too large, or of another version); nothing is compared with last year." => "Run last year's folder again with this program, or name another run at nam_truoc in co-quan.toml."
        eg { value: "../2023-2024" }
    853 LAST_YEAR_OF_OTHER_YEAR Warning
        vi "Kết quả ở “{value}” là của năm học {found}, không phải của năm học ngay trước {year}; chưa so với năm trước." => "Sửa mục năm trước hoặc năm học trong co-quan.toml (nam_truoc, nam_hoc)."
        en "The result at “{value}” is of {found}, which is not the year before {year}; nothing is compared with last year." => "Correct nam_truoc or nam_hoc in co-quan.toml."
        eg { value: "../2023-2024", found: "2024-2025", year: "2024-2025" }
    854 MILESTONE_UNREADABLE Warning
        vi "Không đọc được kết quả đã chốt này; trang Các mốc không có hoặc không so được mốc này." => "Lấy lại thư mục này từ bản sao lưu; không có thì chạy tổng hợp rồi chốt lại."
        en "This frozen result cannot be read; the sheet Các mốc lacks it or cannot compare it." => "Restore the folder from a backup; without one, run again and freeze anew."
        eg {}
    855 MILESTONE_ALTERED Warning
        vi "Kết quả đã chốt này đã bị sửa sau khi chốt; trang Các mốc không so với nó." => "Chạy cds verify để xem tệp nào bị sửa; lấy lại thư mục này từ bản sao lưu."
        en "This frozen result was changed after it was frozen; the sheet Các mốc does not compare with it." => "Run cds verify to see which file was changed; restore the folder from a backup."
        eg {}
}
