//! 3xx: tables, columns and rows that are not as the form has them; cells without a usable value.

super::catalogue::entries! {
    301 NO_TABLE Error
        vi "Không thấy bảng tự đánh giá trong tệp." => "Dùng phiếu đã gửi kèm, giữ nguyên dòng tiêu đề cột, gửi lại."
        en "No self-assessment table in this file." => "Use the form as sent out, keep its header row, send again."
        eg {}
    302 NO_SCORE_COLUMN Error
        vi "Không thấy cột điểm trường tự chấm." => "Ghi tiêu đề cột “Điểm tự đánh giá”, gửi lại."
        en "No column of self scores." => "Title it “Điểm tự đánh giá”, send again."
        eg {}
    303 TWO_SCORE_COLUMNS Error
        vi "Hai cột đều có thể là điểm tự chấm: “{value}” (cột {first}) và “{other}” (cột {second})." => "Chỉ để một cột “Điểm tự đánh giá”, gửi lại."
        en "Two columns could both be the self score: “{value}” ({first}) and “{other}” ({second})." => "Leave one column “Điểm tự đánh giá”, send again."
        eg { value: "Tự đánh giá", first: "D", other: "Tự chấm lần 2", second: "E" }
    304 UNKNOWN_SET Error
        vi "Không nhận ra phiếu này theo bộ chỉ số nào." => "Dùng phiếu đã gửi kèm, gửi lại."
        en "The indicator set of this form was not recognised." => "Use the form as sent out, send again."
        eg {}
    305 BLANK_ANNEX Error
        vi "Cột “{value}” chỉ lặp lại điểm tối đa: đây là phụ lục trắng, chưa tự chấm." => "Thêm cột “Điểm tự đánh giá” và ghi điểm tự chấm, gửi lại."
        en "Column “{value}” only repeats the maxima: a blank annex, not a self-assessment." => "Add a column “Điểm tự đánh giá” with the self scores, send again."
        eg { value: "Điểm thành phần" }
    306 ONLY_CRITERION_SCORES Error
        vi "Chỉ có điểm của tiêu chí, chưa có điểm từng nội dung." => "Ghi điểm từng nội dung (dòng không in đậm), gửi lại."
        en "Only criteria are scored, no items." => "Score each item (the rows that are not bold), send again."
        eg {}
    307 HEADER_BY_LIKENESS Note
        vi "Tiêu đề cột “{value}” được hiểu là “{meaning}”." => "Không cần làm gì nếu hiểu đúng."
        en "Column title “{value}” was taken as “{meaning}”." => "Nothing to do if that is right."
        eg { value: "Tự đánh gía", meaning: "Điểm tự đánh giá" }
    308 ROW_BY_LIKENESS Note
        vi "Dòng “{value}” được hiểu là {meaning}." => "Không cần làm gì nếu hiểu đúng."
        en "Row “{value}” was taken as {meaning}." => "Nothing to do if that is right."
        eg { value: "Kho học liệu số", meaning: "1.3.1 Kho học liệu số dùng chung" }
    309 AMBIGUOUS_ROW Error
        vi "Mã “{value}” có thể là {meaning}; chưa tính dòng này." => "Ghi lại mã ở ô dạng Văn bản, gửi lại."
        en "Code “{value}” could be {meaning}; the row is not counted yet." => "Type the code again in a cell formatted as Text, send again."
        eg { value: "1,1", meaning: "1.1 hoặc 1.10" }
    310 ITEM_TWICE Error
        vi "{title}: có ở nhiều dòng với điểm khác nhau ({others}); chưa tính." => "Chỉ để một dòng cho mỗi mã, gửi lại."
        en "{title}: on several rows with different scores ({others}); not counted yet." => "Leave one row for each code, send again."
        eg { title: "1.3.1 Kho học liệu số", others: "D18, D40" }
    311 ITEM_ROW_MISSING Error
        vi "Phiếu không có dòng {title}; chưa tính được." => "Thêm lại dòng này với mã của nó và ghi điểm; chưa làm thì ghi 0."
        en "The form has no row {title}; it is not counted." => "Put the row back with its code and score it; 0 if not done."
        eg { title: "1.3.1 Kho học liệu số dùng chung" }
    312 EXTRA_ITEM Warning
        vi "Bộ chỉ số không có {value}; điểm dòng này không được tính." => "Xem lại mã dòng; nếu phụ lục có nội dung này, báo phòng GDĐT bổ sung quy tắc."
        en "The set has no {value}; its points are not counted." => "Check the row's code; if the annex has this item, tell the office to add it to the rules."
        eg { value: "2.3.9" }
    313 UNCOMPUTED_FORMULA Error
        vi "{title}: ô điểm là công thức chưa có kết quả." => "Mở tệp bằng Excel, lưu lại, gửi lại; hoặc gõ thẳng điểm."
        en "{title}: the score is a formula without a result." => "Open the file in Excel, save and send it again; or type the score."
        eg { title: "1.3.1 Kho học liệu số dùng chung" }
    314 ERROR_VALUE Error
        vi "{title}: ô điểm báo lỗi {value}." => "Xóa công thức hỏng, gõ thẳng điểm."
        en "{title}: the score cell shows {value}." => "Remove the broken formula, type the score."
        eg { title: "1.3.1 Kho học liệu số dùng chung", value: "#REF!" }
    315 SEVERAL_TABLES Error
        vi "Trang tính có nhiều bảng tự đánh giá của cùng một bộ chỉ số với điểm khác nhau; chưa tính bảng nào." => "Chỉ để một bảng, gửi lại."
        en "Several tables of the same set with different scores on the sheet; none counts." => "Leave one table, send again."
        eg {}
    316 LEGACY_TEXT Note
        vi "Chữ trong phiếu theo bảng mã cũ {value}; đã chuyển sang Unicode." => "Lần sau dùng phông Unicode (Times New Roman)."
        en "Text in the old encoding {value}; converted to Unicode." => "Use a Unicode font (Times New Roman) next time."
        eg { value: "TCVN3" }
    317 SHEET_CUT Warning
        vi "Trang tính có quá nhiều ô có dữ liệu; chỉ đọc phần đầu." => "Xóa dữ liệu thừa ngoài bảng, gửi lại."
        en "The sheet holds too many cells; only its first part was read." => "Delete what does not belong to the table, send again."
        eg {}
    318 CODE_AS_DATE Note
        vi "Mã dòng đã bị đổi thành ngày ({value}); hiểu là {meaning}." => "Không cần làm gì nếu hiểu đúng; lần sau nhập mã ở ô dạng Văn bản."
        en "The row's code became a date ({value}); taken as {meaning}." => "Nothing to do if that is right; type codes in cells formatted as Text."
        eg { value: "01/03/2025", meaning: "1.3" }
    319 HEADER_UNCERTAIN Warning
        vi "Phiếu không có cột tự đánh giá rõ ràng; lấy cột “{value}” làm điểm tự chấm." => "Ghi tiêu đề cột “Điểm tự đánh giá” để khỏi nhầm."
        en "No column says self-assessment; “{value}” was taken as the self score." => "Title the column “Điểm tự đánh giá” to avoid doubt."
        eg { value: "Điểm thành phần" }
    320 TITLE_DIFFERS Warning
        vi "Dòng mã {code} ghi nội dung “{value}”, giống {meaning} hơn; đang tính theo mã." => "Xem lại mã và nội dung của dòng này."
        en "The row coded {code} reads “{value}”, which is more like {meaning}; the code decides." => "Check the row's code and text."
        eg { code: "1.3.1", value: "Chia sẻ học liệu với cha mẹ trẻ", meaning: "1.3.3 Chia sẻ học liệu với cha mẹ trẻ" }
    321 NO_EVIDENCE_COLUMN Warning
        vi "Phiếu không có cột minh chứng." => "Thêm cột “Minh chứng”, ghi số văn bản hoặc đường dẫn."
        en "The form has no column for evidence." => "Add a column “Minh chứng” with document numbers or links."
        eg {}
    330 HIDDEN_COLUMN_PASSED Note
        vi "Cột {column} “{value}” đang ẩn, có cột hiện cùng ý; chỉ đọc cột hiện." => "Xóa cột ẩn nếu không dùng nữa."
        en "Column {column} “{value}” is hidden and a visible one means the same; only that one was read." => "Delete the hidden column if it is not needed."
        eg { column: "D", value: "Điểm tự đánh giá" }
    331 HIDDEN_COLUMN_READ Note
        vi "Cột {column} “{value}” đang ẩn, vẫn được đọc." => "Cho hiện cột này, xem lại các ô trong đó."
        en "Column {column} “{value}” is hidden; it was read." => "Show the column and check its cells."
        eg { column: "D", value: "Điểm tự đánh giá" }
    332 HIDDEN_ROWS_PASSED Note
        vi "Dòng {rows} đang ẩn, có dòng hiện cùng mã; chỉ đọc dòng hiện." => "Xóa dòng ẩn nếu không dùng nữa."
        en "Hidden rows {rows} repeat visible ones; only the visible ones were read." => "Delete the hidden rows if they are not needed."
        eg { rows: "37, 40-42" }
    333 HIDDEN_ROWS_READ Note
        vi "Dòng {rows} đang ẩn, vẫn được đọc." => "Cho hiện các dòng này, xem lại điểm ở đó."
        en "Rows {rows} are hidden; they were read." => "Show the rows and check their scores."
        eg { rows: "37, 40-42" }
    334 HIDDEN_SHEET_PASSED Note
        vi "Trang ẩn “{value}” cũng có bảng tự đánh giá; chỉ đọc trang hiện." => "Xóa trang ẩn nếu không dùng nữa."
        en "Hidden sheet “{value}” holds a table as well; only the visible sheet was read." => "Delete the hidden sheet if it is not needed."
        eg { value: "Phiếu cũ" }
    335 HIDDEN_SHEET_READ Note
        vi "Bảng tự đánh giá nằm ở trang ẩn “{value}”, vẫn được đọc." => "Cho hiện trang này, xem lại các điểm."
        en "The table stands on hidden sheet “{value}”; it was read." => "Show the sheet and check the scores."
        eg { value: "Phiếu" }
    336 CROSSED_OUT Note
        vi "Chữ gạch ngang ở ô {cells} (“{value}”) không được đọc." => "Xóa hẳn phần đã gạch; nếu vẫn dùng thì bỏ gạch ngang."
        en "Crossed-out text in {cells} (“{value}”) was not read." => "Delete what is crossed out, or remove the line through it."
        eg { cells: "A37, B37", value: "2.3.4" }
    337 DRAWN_OVER_ANSWERS Warning
        vi "Trên các ô trả lời có ô đánh dấu: {boxes}, hộp chữ: {texts}, ảnh: {pictures} ({cells}); nội dung trong đó không đọc được." => "Gõ câu trả lời vào chính ô trong bảng, gửi lại nếu thiếu."
        en "Over the answers lie check boxes: {boxes}, text boxes: {texts}, pictures: {pictures} ({cells}); what they say is not read." => "Type the answers into the cells themselves; send again if any is missing."
        eg { boxes: "2", texts: "1", pictures: "0", cells: "D20 “☑ Có”, D21, E12 “Điểm 7,5”" }
    340 SCORES_IN_WORDS Error
        vi "Cột “{value}” ghi chữ ở hầu hết các dòng, không có điểm." => "Ghi điểm bằng số vào cột “Điểm tự đánh giá”, gửi lại; lời thuyết minh để ở cột Ghi chú."
        en "Column “{value}” holds words on most rows, no scores." => "Put the scores as numbers under “Điểm tự đánh giá”, remarks under Ghi chú, send again."
        eg { value: "Tự đánh giá" }
    341 ROW_BY_ORDER Note
        vi "Dòng “{value}” được hiểu là {meaning}, theo thứ tự và điểm tối đa trong tiêu chí." => "Không cần làm gì nếu hiểu đúng; lần sau dùng phiếu đã gửi kèm."
        en "Row “{value}” was taken as {meaning}, by its order and maximum within the criterion." => "Nothing to do if that is right; use the form as sent out next time."
        eg { value: "1.3. Phần mềm LMS - Giao bài", meaning: "1.3.2 LMS/LCMS: giáo viên giao bài cho học sinh tự học" }
    342 ROW_OPEN Error
        vi "Chưa rõ dòng “{value}” là nội dung nào: {meaning}; chưa tính." => "Ghi mã của nội dung vào đầu dòng (như 1.3.2), gửi lại."
        en "It is open which item the row “{value}” is: {meaning}; not counted." => "Write the item's code (such as 1.3.2) at the start of the row, send again."
        eg { value: "1.3. Phần mềm LMS", meaning: "1.3.2 LMS/LCMS: giáo viên giao bài; 1.3.3 LMS/LCMS: giáo viên trả lời" }
    343 VALUE_OUTSIDE Warning
        vi "Ngoài cột điểm có số giống điểm (ô {others}, như “{value}”); không được tính." => "Nếu là điểm, chép vào cột “Điểm tự đánh giá”; nếu không, xóa đi; gửi lại."
        en "Outside the score column there are numbers like scores ({others}, such as “{value}”); not counted." => "If they are scores, put them under “Điểm tự đánh giá”; if not, delete them; send again."
        eg { others: "H18, H19", value: "4,5" }
    344 TABLE_OF_PAGE Note
        vi "Tệp là trang web (HTML) mang tên văn bản hay bảng tính; đã đọc bảng trong đó." => "Không cần làm gì nếu điểm đúng; lần sau điền phiếu Excel đã gửi kèm."
        en "The file is a web page (HTML) named like a document or a spreadsheet; its table was read." => "Nothing to do if the scores are right; fill the Excel form as sent out next time."
        eg {}
}
