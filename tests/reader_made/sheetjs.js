// Writes the sheetjs* files of tests/reader: one small form in every format that SheetJS knows.
// npm install xlsx && node sheetjs.js
const X = require('xlsx');
const book = X.utils.book_new();
const form = X.utils.aoa_to_sheet([
  ['Mã', 'Nội dung', 'Điểm tự đánh giá'],
  ['1.3.1', 'Có kế hoạch chuyển đổi số', 7.5],
  ['1.3.2', 'Đường truyền', true],
  ['Ngày', new Date(Date.UTC(2025, 4, 7)), null],
], { cellDates: true });
form['C4'] = { t: 'n', f: 'C2*2', v: 15 };
form['!merges'] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 1 } }];
X.utils.book_append_sheet(book, form, 'Phiếu tự đánh giá');
X.utils.book_append_sheet(book, X.utils.aoa_to_sheet([['qd-4725-2022']]), '_meta');
book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 2 }] };
const kinds = {
  xlsx: '.xlsx', xlsb: '.xlsb', biff8: '-97.xls', biff5: '-95.xls', biff4: '-4.xls', biff2: '-2.xls', ods: '.ods',
  fods: '.fods', xlml: '-2003.xls', sylk: '.slk', html: '-html.xls', csv: '.csv',
};
for (const [bookType, end] of Object.entries(kinds)) X.writeFile(book, 'sheetjs' + end, { bookType, cellDates: false });
