//! 1xx: files that cannot be read, or not as they are.

super::catalogue::entries! {
    101 NOT_A_WORKBOOK Error
        vi "Đây không phải bảng tính, chưa đọc được." => "Gửi lại phiếu dạng Excel (.xlsx)."
        en "This is not a spreadsheet; not read." => "Send the form again as an Excel file (.xlsx)."
        eg {}
    102 EMPTY_FILE Error
        vi "Tệp rỗng, không có nội dung." => "Gửi lại phiếu; trước khi gửi mở thử xem có nội dung."
        en "The file is empty." => "Send the form again; open it before sending."
        eg {}
    103 NOT_DOWNLOADED Error
        vi "Tệp chỉ có vỏ, nội dung chưa tải hoặc chưa chép về máy." => "Mở tệp trên máy gửi, lưu lại, chép hoặc tải lại."
        en "The file is a shell; its content was never downloaded or copied." => "Open it on the sender's computer, save, copy or download again."
        eg {}
    104 HALF_COPIED Error
        vi "Tệp bị cắt cụt, chép hoặc tải chưa xong." => "Chép hoặc tải lại tệp này, hoặc gửi lại."
        en "The file is cut short; copying or downloading did not finish." => "Copy or download it again, or send it again."
        eg {}
    105 DAMAGED Error
        vi "Tệp bị hỏng, chưa đọc được." => "Mở bằng Excel, chọn Lưu thành dạng .xlsx, gửi lại."
        en "The file is damaged; not read." => "Open it in Excel, save as .xlsx, send again."
        eg {}
    106 PASSWORD Error
        vi "Tệp có mật khẩu, chưa đọc được." => "Bỏ mật khẩu, lưu, gửi lại."
        en "Password-protected; not read." => "Remove the password, save, send again."
        eg {}
    107 TOO_LARGE Error
        vi "Tệp lớn {size} MB, quá mức {limit} MB, chưa đọc." => "Bỏ ảnh và tệp đính trong phiếu, chỉ để bảng, gửi lại; tệp .zip thì giải nén thành thư mục."
        en "The file has {size} MB, above the limit of {limit} MB; not read." => "Remove pictures and attachments from the form, send again; unpack a .zip as a folder."
        eg { size: "412", limit: "64" }
    108 INFLATES_TOO_FAR Error
        vi "Nội dung tệp bung ra quá lớn, ngừng đọc." => "Chép bảng sang một tệp Excel mới, lưu, gửi lại."
        en "The content unpacks to far too much; reading was stopped." => "Copy the table into a new Excel file, save, send that."
        eg {}
    109 STOPPED_MEMORY Error
        vi "Ngừng đọc tệp này: cần quá nhiều bộ nhớ." => "Chép bảng sang một tệp Excel mới, lưu, gửi lại."
        en "Reader stopped: the file takes too much memory." => "Copy the table into a new Excel file, save, send that."
        eg {}
    110 STOPPED_CPU Error
        vi "Ngừng đọc tệp này: xử lý quá lâu." => "Chép bảng sang một tệp Excel mới, lưu, gửi lại."
        en "Reader stopped: the file takes too much computing time." => "Copy the table into a new Excel file, save, send that."
        eg {}
    111 STOPPED_WAITING Error
        vi "Ngừng đọc tệp này: chờ quá lâu không thấy nội dung." => "Xem lại ổ đĩa hoặc thư mục mạng, rồi chạy lại."
        en "Reader stopped: no answer for too long." => "Check the disk or the network folder, then run again."
        eg {}
    112 STOPPED_CRASH Error
        vi "Ngừng đọc tệp này: cấu trúc tệp bất thường." => "Mở bằng Excel, chọn Lưu thành dạng .xlsx, gửi lại."
        en "Reader stopped: the file's structure is abnormal." => "Open it in Excel, save as .xlsx, send again."
        eg {}
    113 NO_PERMISSION Error
        vi "Không có quyền mở tệp này." => "Cấp quyền đọc cho tệp, hoặc chép lại vào thư mục nộp."
        en "No permission to open this file." => "Allow reading it, or copy it into the folder again."
        eg {}
    114 FILE_IN_USE Error
        vi "Tệp đang được chương trình khác giữ, chưa mở được." => "Đóng tệp ở chương trình khác, rồi chạy lại."
        en "Another program holds the file; not opened." => "Close it there, then run again."
        eg {}
    115 FILE_GONE Error
        vi "Tệp không còn ở đó khi đọc đến." => "Chép lại tệp vào thư mục nộp, rồi chạy lại."
        en "The file was gone when its turn came." => "Copy it into the folder again, then run again."
        eg {}
    116 CHANGED_WHILE_READ Error
        vi "Tệp đang thay đổi trong lúc đọc." => "Chờ chép hoặc lưu xong, rồi chạy lại."
        en "The file changed while it was read." => "Wait until it is copied or saved, then run again."
        eg {}
    117 NOT_A_REGULAR_FILE Error
        vi "Mục này không phải tệp thường, không mở." => "Xóa khỏi thư mục nộp, hoặc thay bằng tệp phiếu."
        en "Not an ordinary file; not opened." => "Remove it from the folder, or put the form itself there."
        eg {}
    118 READ_FAILED Error
        vi "Đọc tệp bị lỗi từ ổ đĩa hoặc mạng: “{reason}”." => "Chép tệp vào máy này, rồi chạy lại."
        en "Reading failed, disk or network: {reason}." => "Copy the file to this computer, then run again."
        eg { reason: "Input/output error" }
    119 HTML_PAGE Error
        vi "Đây là trang web ({format}) mang tên như văn bản hay bảng tính, chưa đọc được bảng tự đánh giá nào." => "Mở bằng Word hay Excel, chép bảng vào phiếu Excel đã gửi kèm, gửi lại."
        en "A web page ({format}) named like a document or a spreadsheet, without a self-assessment table that can be read." => "Open it in Word or Excel, copy the table into the Excel form as sent out, send again."
        eg { format: "MHTML" }
    120 TEXT_TABLE Error
        vi "Đây là tệp chữ (CSV hoặc văn bản thuần), chưa đọc." => "Mở bằng Excel, chọn Lưu thành dạng .xlsx, gửi lại."
        en "A text file (CSV or plain text); not read." => "Open it in Excel, save as .xlsx, send again."
        eg {}
    121 OLD_WORKBOOK Error
        vi "Bảng tính dạng cũ hoặc ít dùng ({format}), chưa đọc." => "Mở bằng Excel, chọn Lưu thành dạng .xlsx, gửi lại."
        en "A spreadsheet in an old or rare format ({format}); not read." => "Open it in Excel, save as .xlsx, send again."
        eg { format: "Excel 4.0" }
    122 APPLE_DOCUMENT Error
        vi "Tệp của Apple (Numbers, Pages hoặc Keynote), chưa đọc." => "Trong Numbers chọn Xuất sang Excel, gửi tệp .xlsx."
        en "An Apple document (Numbers, Pages or Keynote); not read." => "In Numbers choose Export to Excel, send the .xlsx."
        eg {}
    123 WORD_DOCUMENT Error
        vi "Đây là văn bản Word, không phải phiếu Excel." => "Điền phiếu Excel (.xlsx) đã gửi kèm, gửi lại."
        en "A Word document, not an Excel form." => "Fill the Excel form (.xlsx) as sent out, send again."
        eg {}
    124 SLIDES Error
        vi "Đây là tệp trình chiếu, không phải phiếu Excel." => "Điền phiếu Excel (.xlsx) đã gửi kèm, gửi lại."
        en "A presentation, not an Excel form." => "Fill the Excel form (.xlsx) as sent out, send again."
        eg {}
    125 PDF_DOCUMENT Error
        vi "Đây là tệp PDF, không phải phiếu Excel." => "Gửi thêm phiếu dạng Excel (.xlsx); bản PDF vẫn được giữ."
        en "A PDF, not an Excel form." => "Send the Excel form (.xlsx) as well; the PDF is kept."
        eg {}
    126 PICTURE Error
        vi "Đây là ảnh hoặc phim, không phải phiếu Excel." => "Gửi thêm phiếu dạng Excel (.xlsx); ảnh vẫn được giữ."
        en "A picture or film, not an Excel form." => "Send the Excel form (.xlsx) as well; the picture is kept."
        eg {}
    127 OTHER_ARCHIVE Error
        vi "Tệp nén dạng {format}, chưa mở được." => "Giải nén, gửi các phiếu Excel, hoặc nén lại dạng .zip."
        en "An archive of type {format}; not opened." => "Unpack it and send the Excel forms, or pack them as .zip."
        eg { format: "RAR" }
    128 NESTED_ARCHIVE Error
        vi "Tệp nén nằm trong tệp nén, chưa mở." => "Giải nén ra một lần, gửi các phiếu Excel."
        en "An archive inside an archive; not opened." => "Unpack once, send the Excel forms."
        eg {}
    129 EMPTY_ARCHIVE Error
        vi "Tệp nén không có phiếu nào bên trong." => "Nén lại kèm các phiếu, hoặc gửi thẳng tệp .xlsx."
        en "The archive holds no form." => "Pack it again with the forms, or send the .xlsx itself."
        eg {}
    130 ARCHIVE_CUT Error
        vi "Tệp nén có {value} mục, chỉ đọc {limit} mục đầu." => "Chia thành nhiều tệp nén nhỏ hơn, gửi lại."
        en "The archive has {value} entries; only the first {limit} were read." => "Split it into smaller archives, send again."
        eg { value: "5200", limit: "2000" }
    131 ARCHIVE_REPEATS_A_NAME Warning
        vi "Trong tệp nén có nhiều mục cùng tên “{value}”." => "Đổi tên cho khác nhau, nén lại, nếu thiếu phiếu nào."
        en "The archive holds several entries named “{value}”." => "Give them different names and pack again if one is missing."
        eg { value: "phieu.xlsx" }
    132 ARCHIVE_GIVEN_UP Error
        vi "Tệp nén có nhiều mục hỏng, mục này không đọc nữa." => "Gửi riêng tệp này, không nén."
        en "Too many entries of this archive broke the reader; this one was left." => "Send this file by itself, not packed."
        eg {}
    133 NO_WORKSHEET Error
        vi "Bảng tính không có trang tính nào." => "Điền phiếu đã gửi kèm, lưu dạng .xlsx, gửi lại."
        en "The workbook has no worksheet." => "Fill the form as sent out, save as .xlsx, send again."
        eg {}
    134 SHEET_UNREADABLE Warning
        vi "Không đọc được trang “{value}”; các trang khác vẫn đọc." => "Mở bằng Excel, chọn Lưu thành dạng .xlsx, gửi lại."
        en "Sheet “{value}” could not be read; the others were." => "Open it in Excel, save as .xlsx, send again."
        eg { value: "Sheet2" }
    135 SHEET_WITH_NEW_ERROR Warning
        vi "Không đọc được trang “{value}” vì có ô lỗi {error}." => "Sửa hoặc xóa công thức ở ô lỗi {error}, lưu, gửi lại."
        en "Sheet “{value}” could not be read: a cell shows {error}." => "Mend or delete the formula that shows {error}, save, send again."
        eg { value: "Phiếu", error: "#SPILL!" }
    136 TOO_MANY_SHEETS Warning
        vi "Tệp có {value} trang tính, chỉ đọc {limit} trang đầu." => "Chỉ để lại các trang của phiếu, lưu, gửi lại."
        en "The workbook has {value} sheets; only the first {limit} were read." => "Keep the form's sheets only, save, send again."
        eg { value: "300", limit: "100" }
    137 LONG_TEXT_CUT Warning
        vi "Có ô chữ dài quá mức Excel cho phép, phần sau bị bỏ." => "Rút ngắn chữ trong ô, lưu, gửi lại."
        en "A text is longer than Excel allows; its end was left out." => "Shorten it, save, send again."
        eg {}
    138 WORKBOOK_REFUSED Error
        vi "Tệp có trang đặc biệt (macro, biểu đồ cũ) nên chưa đọc được." => "Mở bằng Excel, chọn Lưu thành dạng .xlsx (không macro), gửi lại."
        en "A special sheet (macro, old chart) keeps this file from being read." => "Open it in Excel, save as .xlsx (no macros), send again."
        eg {}
    139 BINARY_WORKBOOK Note
        vi "Tệp dạng .xlsb: chữ gạch ngang, chỉ số trên, dòng cột ẩn, địa chỉ liên kết không thấy được; ô có công thức lỗi hiện như ô trống." => "Lưu lại dạng .xlsx, gửi lại, nếu phiếu có những thứ ấy."
        en "An .xlsb file: crossed-out and raised text, hidden rows and columns, addresses of links are not seen; a formula that shows an error reads as blank." => "Save it as .xlsx and send again if the form has any of these."
        eg {}
    140 CELL_OUT_OF_SHEET Warning
        vi "Trang “{value}” có ô nằm ngoài phạm vi trang tính, đã bỏ qua." => "Mở bằng Excel, chọn Lưu thành dạng .xlsx, gửi lại."
        en "Sheet “{value}” names cells that no sheet has; they were left out." => "Open it in Excel, save as .xlsx, send again."
        eg { value: "Sheet1" }
    150 PACKED_OTHERWISE Error
        vi "Tệp nén kiểu {format}, chưa mở được." => "Nén lại bằng kiểu .zip thường (Deflate); nếu là phiếu Excel, mở ra, lưu lại."
        en "Packed with {format}; not opened." => "Pack it again as an ordinary .zip (Deflate); open and save an Excel form once more."
        eg { format: "LZMA" }
    151 EVIDENCE_CUT Note
        vi "{value} ô minh chứng, ghi chú quá dài, phần sau bị bỏ: mỗi ô giữ nhiều nhất 32767 chữ, cả tệp {limit} KB." => "Ghi gọn: số văn bản, đường dẫn; tài liệu để ở nơi khác."
        en "{value} texts of evidence and notes were cut: at most 32767 characters of each and {limit} KB of a file are kept." => "Keep them short: numbers of documents, links; leave the documents elsewhere."
        eg { value: "12", limit: "256" }
    152 MORE_FINDINGS Note
        vi "Còn {value} điều nữa về tệp này, không liệt kê; chỉ nêu {limit} điều, nặng trước." => "Sửa các điều đã nêu, gửi lại."
        en "{value} more findings about this file are not listed; {limit} are, the heaviest first." => "Mend what is listed, send again."
        eg { value: "1200", limit: "300" }
    153 TOO_MANY_RETURNS Error
        vi "Tệp có {value} phiếu, chỉ đọc {limit} phiếu đầu." => "Chia thành nhiều tệp, mỗi trường một tệp, gửi lại."
        en "The file holds {value} returns; only the first {limit} were read." => "Split it, one file for each school, send again."
        eg { value: "180", limit: "100" }
}
