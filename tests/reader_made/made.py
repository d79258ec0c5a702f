"""Writes openpyxl.xlsx and far.xlsx of tests/reader (pip install openpyxl).

LibreOffice made the others of it: `soffice --headless --convert-to xls:"MS Excel 97" far.xlsx` is far.xls; lo.xls, lo.ods
and lo.xlsx are sheetjs.xlsx converted the same way. xlsx-populate (npm) wrote locked.xlsx, with the password `bimat`.
The wild-* files are returns as they come.
"""
import datetime
import openpyxl

book = openpyxl.Workbook()
form = book.active
form.title = "Phiếu"
form["A1"] = "Mã"
form["B1"], form["B1"].number_format = 7.5, '0.0 "điểm"'
form["B2"], form["B2"].number_format = 7.5, "0.0 điểm"
form["B3"] = datetime.date(2025, 5, 7)
form["B4"] = "=B1+1"
form["B5"] = True
form["B6"] = "#REF!"
form["B6"].data_type = "e"
form["B7"], form["B7"].number_format = 0.5, "[h]:mm"
form.merge_cells("D1:E2")
form["D1"] = "gộp"
hidden = book.create_sheet("an")
hidden.sheet_state = "veryHidden"
hidden["C3"] = "x"
book.create_chartsheet("Biểu đồ")
book.save("openpyxl.xlsx")

far = openpyxl.Workbook()
form = far.active
form.title = "Phiếu"
for row in range(1, 30):
    for col in range(1, 9):
        form.cell(row, col, row * col / 2)
form["C5"], form["D5"], form["IV65536"], form["Q40000"], form["R40000"] = "=1/0", "chữ", "x", "=A1*2", 5
far.create_sheet("Hai")["B2"] = 2
far.save("far.xlsx")
