"""Where tables stand, how headers look, which column is the score."""
from form import GENERAL, HEADERS, PRESCHOOL, Office

layouts, columns = Office("layouts", 100), Office("columns", 200)


def offices():
    return [("layouts", layouts.cases, None), ("columns", columns.cases, None)]


@layouts.case("chen dong cot", "rows and columns inserted, one column and one row hidden", "exceljs")
def _(f):
    ws = f.sheet()
    row = f.block(ws, row=3, col=4)
    t = f.table(ws, row=row + 2, col=3, keys=["x", "code", "title", "y", "max", "z", "self", "evidence"],
                headers={"x": "Phụ trách", "y": "Yêu cầu", "z": "Đơn vị tính"},
                values={"x": lambda n: "Tổ CNTT", "y": lambda n: "theo phụ lục", "z": lambda n: "điểm"},
                gap=lambda n: 1 if n.kind == "criterion" else 0)
    ws.hidden_cols.append(t.cols["y"]), ws.hidden_rows.append(t.rows["1.3.3"])


@layouts.case("doi cho cot", "columns moved: the score first, the code last", "sheetjs:xlsx")
def _(f):
    f.plain(keys=["self", "evidence", "max", "title", "code"])


@layouts.case("trang khac truoc", "other sheets before, the sheet renamed, the table far down and right", "libreoffice:ods")
def _(f):
    ws = f.sheet("Kế hoạch")
    ws.put(2, 2, "Kế hoạch chuyển đổi số năm 2025"), ws.put(5, 2, "STT"), ws.put(5, 3, "Nội dung công việc"), ws.put(5, 4, "Kinh phí")
    for i in range(1, 9):
        ws.put(5 + i, 2, i), ws.put(5 + i, 3, f"Việc {i}"), ws.put(5 + i, 4, 1.5 * i)
    f.sheet("Trang trống")
    ws = f.sheet("Sheet3 (2)")
    row = f.block(ws, row=20, col=9)
    f.table(ws, row=row, col=8)


def two_levels(f, merged, first=("max", "self", "verified")):
    ws = f.sheet()
    row = f.block(ws)
    keys = ["code", "title", *first, "evidence"]
    names = {"max": "Tối đa", "self": "Tự đánh giá", "verified": "Thẩm định"}
    t = f.table(ws, row=row, keys=keys, headers={k: names.get(k, HEADERS[k]) for k in keys}, header_rows=1,
                values={"verified": lambda n: max(0, f.scores[n.code] - 0.5) if n.code in f.scores else None})
    for key in ["code", "title", "evidence"]:
        ws.put(row - 1, t.cols[key], ws.get(row, t.cols[key])), ws.put(row, t.cols[key])
        if merged:
            ws.merge(row - 1, t.cols[key], row, t.cols[key])
    ws.put(row - 1, t.cols[first[0]], "Điểm")
    if merged:
        ws.merge(row - 1, t.cols[first[0]], row - 1, t.cols[first[-1]])
    return ws, t


@layouts.case("hai tang gop o", "a header of two levels, merged", "libreoffice:xls")
def _(f):
    two_levels(f, True)


@layouts.case("hai tang khong gop", "a header of two levels, not merged; the title above is merged", "rust")
def _(f):
    ws, t = two_levels(f, False)
    ws.merge(1, 1, 1, 6)


@layouts.case("hai tang doi cho", "two levels, verified before self", "sheetjs:xlsb")
def _(f):
    two_levels(f, True, ("max", "verified", "self"))


@layouts.case("ten nhom gop", "titles of groups and criteria merged across all columns", "exceljs", rules=PRESCHOOL)
def _(f):
    whole = lambda n: n.kind in ("group", "criterion")
    ws, t = f.plain(values={"title": lambda n: None if whole(n) else n.title, "max": lambda n: None if whole(n) else n.max,
                            "code": lambda n: f"{n.code}. {n.title.upper()}" if whole(n) else n.code})
    for n in f.rules.nodes:
        if whole(n):
            ws.merge(t.rows[n.code], 1, t.rows[n.code], 6)


@layouts.case("lap tieu de", "the header repeats at each printed page", "openpyxl")
def _(f):
    ws = f.sheet()
    row = f.block(ws)
    half = len(f.rules.nodes) // 2
    t = f.table(ws, row=row, nodes=f.rules.nodes[:half])
    f.table(ws, row=t.last + 3, nodes=f.rules.nodes[half:])


@layouts.case("dong so cot", "a row of column numbers under the header", "libreoffice:xlsx")
def _(f):
    ws = f.sheet()
    row = f.block(ws)
    f.table(ws, row=row, header_rows=2)
    for i in range(6):
        ws.put(row + 1, 1 + i, f"({i + 1})")


@layouts.case("dong so cot so", "column numbers as numbers, letters for the first two", "openpyxl")
def _(f):
    ws = f.sheet()
    row = f.block(ws)
    f.table(ws, row=row, header_rows=2)
    for i, text in enumerate(["A", "B", 1, 2, 3, 4]):
        ws.put(row + 1, 1 + i, text)


@layouts.case("tong chu ky", "a total row, signatures, remarks with codes, stray marks far away", "sheetjs:ods")
def _(f):
    ws, t = f.plain()
    row = t.last + 1
    ws.put(row, 2, "Tổng cộng"), ws.put(row, 3, 200), ws.put(row, 4, sum(f.scores.values()))
    ws.put(row + 2, 2, "Nhận xét: 1.3.1 làm tốt; 1.4 cần thêm 5 học liệu")
    ws.put(row + 3, 2, "1.7.2. Thiếu 7 máy tính so với yêu cầu")
    ws.put(row + 5, 2, "NGƯỜI LẬP"), ws.put(row + 5, 5, "HIỆU TRƯỞNG")
    ws.put(row + 6, 5, "(Ký, ghi rõ họ tên, đóng dấu)"), ws.put(row + 9, 5, "Nguyễn Văn A")
    ws.put(row + 300, 2, "1.3.1"), ws.put(row + 300, 4, 1), ws.put(2, 60, "x"), ws.put(t.rows["1.3.2"], 40, 99)


@layouts.case("nhom hai trang", "group 1 and group 2 on two sheets", "exceljs")
def _(f):
    for group in ("1", "2"):
        ws = f.sheet(f"Nhóm {group}")
        row = f.block(ws, code=group == "1", name=group == "1", year="2024-2025" if group == "1" else None)
        f.table(ws, row=row, nodes=[n for n in f.rules.nodes if n.code.split(".")[0] == group])


@layouts.case("mau trang kem", "a blank form beside the filled one", "libreoffice:ods")
def _(f):
    ws = f.sheet("Mẫu")
    f.block(ws, code=False, name=False)
    f.table(ws, values={"self": lambda n: None, "evidence": lambda n: None})
    ws = f.sheet("Bài làm")
    row = f.block(ws)
    f.table(ws, row=row)


@layouts.case("phu luc kem", "the printed annex and a list of criteria beside the filled form", "openpyxl")
def _(f):
    ws = f.sheet("Hướng dẫn chấm")
    f.table(ws, row=3, keys=["code", "title", "max", "note"], headers={"note": "Cách chấm"}, values={"note": lambda n: "theo minh chứng"})
    ws = f.sheet("Phụ lục")
    f.table(ws, row=3, keys=["code", "title", "max", "component", "level"], headers={"code": "STT", "title": "Tiêu chí"})
    ws = f.sheet("Tự chấm")
    row = f.block(ws)
    f.table(ws, row=row)


@layouts.case("nhap va chinh", "a draft sheet and a final one with the same scores", "sheetjs:xlsx")
def _(f):
    for name in ("Nháp", "Chính thức"):
        ws = f.sheet(name)
        row = f.block(ws)
        f.table(ws, row=row)


@layouts.case("nhap khac chinh", "a draft sheet and a final one with different scores: an error", "rust")
def _(f):
    for name in ("Nháp", "Chính thức"):
        ws = f.sheet(name)
        row = f.block(ws)
        t = f.table(ws, row=row, values={"self": lambda n: 1 if n.code == "1.3.1" and name == "Nháp" else f.value(n, "self")})
    f.scores["1.3.1"] = 2
    ws.put(t.rows["1.3.1"], 4, 2)
    f.find("3xx", "error", t.at("1.3.1"), "CDS315"), f.invalid()


@layouts.case("nhap an", "the draft is hidden: only what is visible counts", "openpyxl")
def _(f):
    ws = f.sheet("Nháp", hidden=True)
    f.table(ws, row=f.block(ws), values={"self": lambda n: 0 if n.code in f.scores else None})
    ws = f.sheet("Chính thức")
    f.table(ws, row=f.block(ws))


@layouts.case("hai truong hai trang", "two schools on two sheets", "libreoffice:xlsx")
def _(f):
    g = type(f)(170, "trường thứ hai", "the second school of two sheets", GENERAL)
    for one in (f, g):
        one.sheets = f.sheets
        ws = one.sheet(one.name.replace("&", " và ")[:31])
        one.table(ws, row=one.block(ws))
    f.others.append(g)


@layouts.case("hai truong mot trang", "two schools on one sheet, each table with its block", "exceljs", rules=PRESCHOOL)
def _(f):
    g = type(f)(171, "trường thứ hai", "the second school of one sheet", PRESCHOOL)
    ws = f.sheet()
    t = f.table(ws, row=f.block(ws))
    g.sheets = f.sheets
    g.table(ws, row=g.block(ws, row=t.last + 4))
    f.others.append(g)


@layouts.case("khoi ben phai", "the school block stands right of the table, beside its rows", "sheetjs:xlsx")
def _(f):
    ws = f.sheet()
    ws.put(1, 1, "PHIẾU TỰ ĐÁNH GIÁ"), ws.put(2, 1, "Năm học 2024-2025")
    t = f.table(ws, row=4)
    for i, (label, value) in enumerate([("Mã trường:", f.code), ("Tên trường:", f.name)]):
        ws.put(8 + i, 9, label), ws.put(8 + i, 10, value)


@layouts.case("khoi duoi bang", "the school block stands under the table", "openpyxl")
def _(f):
    ws = f.sheet()
    t = f.table(ws, row=2)
    f.block(ws, row=t.last + 3)


@layouts.case("trang bia", "a cover sheet names school and year", "libreoffice:xls")
def _(f):
    ws = f.sheet("Bìa")
    f.block(ws, row=5, col=3)
    f.table(f.sheet("Phiếu"), row=1)


@layouts.case("tieu chi gop doc", "criteria in a column of their own, merged down beside their items", "openpyxl", rules=PRESCHOOL)
def _(f):
    ws = f.sheet()
    row = f.block(ws)
    for c, text in enumerate(["STT", "Tiêu chí", "Chỉ báo", "Điểm tối đa", "Tự chấm", "Minh chứng"], 1):
        ws.put(row, c, text)
    number = 0
    for n in f.rules.nodes:
        if n.kind == "group":
            row += 1
            ws.put(row, 1, "I" if n.code == "1" else "II"), ws.put(row, 2, n.title)
        elif n.kind == "criterion":
            pending = n
        else:
            row += 1
            number += 1
            ws.put(row, 1, number), ws.put(row, 4, n.max), ws.put(row, 5, f.value(n, "self")), ws.put(row, 6, "có")
            if n.kind == "mandatory":
                ws.put(row, 2, f"{n.code} {n.title}")
            else:
                ws.put(row, 3, f"{n.code} {n.title}")
                if pending:
                    ws.put(row, 2, f"{pending.code} {pending.title}")
                    count = sum(x.code.startswith(pending.code + ".") for x in f.rules.items)
                    ws.merge(row, 2, row + count - 1, 2)
                    pending = None


@layouts.case("dong thieu", "two rows left out: an error for each", "rust")
def _(f):
    f.plain(nodes=[n for n in f.rules.nodes if n.code not in ("1.3.4", "2.4.1")])
    f.scores["1.3.4"] = f.scores["2.4.1"] = 0
    f.find("3xx", "error", code="CDS311")


def merged_scores(f, at):
    """The header of the scores reaches over two columns; `at` says under which one a score stands."""
    ws = f.sheet()
    row = f.block(ws)
    keys = ["code", "title", "max", "self", "x", "evidence"]
    t = f.table(ws, row=row, keys=keys, headers={"x": None}, values={"self": lambda n: at(n)[0], "x": lambda n: at(n)[1]})
    ws.merge(row, t.cols["self"], row, t.cols["x"])
    return t


@layouts.case("diem o thu hai", "the header of the scores is merged over two columns, the scores stand in the second", "openpyxl")
def _(f):
    merged_scores(f, lambda n: (None, f.value(n, "self")))


@layouts.case("diem o mot trong hai", "merged over two columns: some scores in the first with a unit beside them, some in the second", "libreoffice:xls")
def _(f):
    merged_scores(f, lambda n: (f.value(n, "self"), "điểm") if n.code < "1.5" else (None, f.value(n, "self")))


@layouts.case("diem o ca hai", "merged over two columns: two different scores in one row are an error at the cell", "sheetjs:xlsx")
def _(f):
    t = merged_scores(f, lambda n: (f.value(n, "self"), "６" if n.code == "1.3.1" else f.value(n, "self") if n.code == "1.4" else None))
    f.sheets[0].put(t.rows["1.3.1"], t.cols["self"], 5)
    f.scores["1.3.1"] = 0
    f.find("4xx", "error", t.at("1.3.1"), "CDS406")


@layouts.case("hai truong canh nhau", "two schools side by side on one sheet, each table with its block", "exceljs")
def _(f):
    g = type(f)(172, "trường bên phải", "the school on the right", GENERAL, kind="THCS")
    ws = f.sheet()
    f.table(ws, row=f.block(ws))
    g.sheets = f.sheets
    g.table(ws, row=g.block(ws, col=9), col=9)
    f.others.append(g)


@layouts.case("hai truong canh nhau nhu nhau", "two schools side by side with the same scores", "libreoffice:ods", rules=PRESCHOOL)
def _(f):
    g = type(f)(173, "trường bên phải", "the school on the right", PRESCHOOL)
    g.scores, g.mandatory = f.scores, f.mandatory
    ws = f.sheet()
    f.table(ws, row=f.block(ws))
    g.sheets = f.sheets
    g.table(ws, row=g.block(ws, col=8), col=8)
    f.others.append(g)


@layouts.case("hai nhom canh nhau", "group 1 on the left, group 2 on the right", "openpyxl")
def _(f):
    ws = f.sheet()
    row = f.block(ws)
    for col, group in (1, "1"), (8, "2"):
        f.table(ws, row=row, col=col, nodes=[n for n in f.rules.nodes if n.code.split(".")[0] == group])


@layouts.case("hai bang canh nhau khac diem", "two tables of one school side by side with different scores: an error", "openpyxl")
def _(f):
    ws = f.sheet()
    row = f.block(ws)
    f.table(ws, row=row)
    f.table(ws, row=row, col=8, values={"self": lambda n: 0 if n.code in f.scores else f.value(n, "self")})
    f.find("3xx", "error", code="CDS315"), f.invalid()


@layouts.case("nhap va chinh cach viet khac", "a draft and a final sheet with the same scores, written otherwise", "exceljs")
def _(f):
    ws, t = f.plain(values={"self": lambda n: f"\u00a0'{f.scores[n.code]:.2f}".replace(".", ",") if n.code in f.scores else f.value(n, "self")})
    ws = f.sheet("Chính thức")
    f.table(ws, row=f.block(ws))


# -- which column is the score

@columns.case("tu cham tham dinh", "self and verified side by side", "exceljs")
def _(f):
    f.plain(keys=["code", "title", "max", "self", "verified", "evidence"], values={"verified": lambda n: 1 if n.code in f.scores else None},
            headers={"self": "Trường tự chấm", "verified": "Phòng GD&ĐT chấm"})


@columns.case("tham dinh tu cham", "verified before self", "sheetjs:xls")
def _(f):
    f.plain(keys=["code", "title", "max", "verified", "self", "evidence"], values={"verified": lambda n: 1 if n.code in f.scores else None},
            headers={"self": "Tự đánh giá", "verified": "Kết quả thẩm định"})


@columns.case("to tham dinh", "a verified column with an odd title that holds the word for assessment", "openpyxl")
def _(f):
    f.plain(keys=["code", "title", "max", "verified", "self", "evidence"], values={"verified": lambda n: 1 if n.code in f.scores else None},
            headers={"self": "Điểm tự đánh giá của nhà trường", "verified": "Điểm đánh giá của tổ thẩm định cấp xã"})


@columns.case("to danh gia", "the team's column is one letter away from self-assessment", "openpyxl")
def _(f):
    f.plain(keys=["code", "title", "max", "verified", "self", "evidence"], values={"verified": lambda n: 1 if n.code in f.scores else None},
            headers={"self": "Tự đánh giá", "verified": "Tổ đánh giá"})


@columns.case("nam truoc nam nay", "last year and this year, two columns of self scores", "libreoffice:xlsx")
def _(f):
    f.plain(keys=["code", "title", "max", "x", "self", "evidence"], values={"x": lambda n: 0.5 if n.code in f.scores else None},
            headers={"self": "Điểm tự đánh giá năm học 2024-2025", "x": "Điểm tự đánh giá năm học 2023-2024"})


@columns.case("hai tang nam", "two levels: self-assessment over the years", "rust")
def _(f):
    ws = f.sheet()
    row = f.block(ws)
    t = f.table(ws, row=row, keys=["code", "title", "max", "self", "x", "evidence"], headers={"self": "2024-2025", "x": "2023-2024"},
                values={"x": lambda n: 0.5 if n.code in f.scores else None})
    for key in ("code", "title", "max", "evidence"):
        ws.put(row - 1, t.cols[key], ws.get(row, t.cols[key])), ws.put(row, t.cols[key])
        ws.merge(row - 1, t.cols[key], row, t.cols[key])
    ws.put(row - 1, t.cols["self"], "Điểm tự đánh giá"), ws.merge(row - 1, t.cols["self"], row - 1, t.cols["x"])


@columns.case("chi nam", "columns titled by the school year alone", "openpyxl")
def _(f):
    f.plain(keys=["code", "title", "max", "x", "self", "evidence"], values={"x": lambda n: 0.5 if n.code in f.scores else None},
            headers={"self": "Năm học 2024-2025", "x": "Năm học 2023-2024"})


@columns.case("nam truoc ten", "last year's column by its words", "sheetjs:xlsx")
def _(f):
    f.plain(keys=["code", "title", "max", "x", "self", "evidence"], values={"x": lambda n: 0.5 if n.code in f.scores else None},
            headers={"self": "Điểm", "x": "Kết quả năm trước"})


@columns.case("chi diem nam truoc", "the only self score is last year's", "openpyxl")
def _(f):
    f.plain(headers={"self": "Điểm tự đánh giá năm học 2023-2024"})
    f.find("2xx", "error", code="CDS222"), f.invalid()


@columns.case("hai cot tu cham", "two columns could both be the self score: an error that names both", "exceljs")
def _(f):
    ws, t = f.plain(keys=["code", "title", "max", "self", "x", "evidence"], values={"x": lambda n: 0.5 if n.code in f.scores else None},
                    headers={"self": "Tự đánh giá", "x": "Tự chấm"})
    f.find("3xx", "error", f"D{t.header}", "CDS303"), f.invalid()


@columns.case("hai cot mot trong", "two self columns, one of them empty", "openpyxl")
def _(f):
    f.plain(keys=["code", "title", "max", "x", "self", "evidence"], values={"x": lambda n: None},
            headers={"x": "Tự đánh giá", "self": "Điểm tự chấm"})


ANNEX = {"code": "STT", "title": "Tiêu chí", "evidence": "Ghi chú, minh chứng"}


@columns.case("phu luc diem thanh phan", "the annex with component points as the score", "libreoffice:xls")
def _(f):
    f.plain(keys=["code", "title", "max", "component", "level", "evidence"], headers=ANNEX,
            values={"component": lambda n: f.scores.get(n.code), "level": lambda n: "Đạt" if n.kind == "mandatory" else None})


@columns.case("phu luc trang", "a blank annex: its component points repeat the maxima", "openpyxl")
def _(f):
    ws, t = f.plain(keys=["code", "title", "max", "component", "level", "evidence"], headers=ANNEX)
    f.find("3xx", "error", f"D{t.header}", "CDS305"), f.invalid()


@columns.case("phu luc them cot", "the annex with a column that the school added", "sheetjs:xlsx")
def _(f):
    f.plain(keys=["code", "title", "max", "component", "level", "evidence", "self"], headers={**ANNEX, "self": "Trường mình được"})


@columns.case("phu luc them cot trong", "the annex without component points, an added column without title", "rust")
def _(f):
    f.plain(keys=["code", "title", "max", "component", "level", "evidence", "self"], headers={**ANNEX, "self": None}, values={"component": lambda n: None})


@columns.case("chuan tu cham", "synonyms: TT, Tiêu chí/Nội dung, Điểm chuẩn (1), Điểm đạt (2) *, Hồ sơ", "exceljs")
def _(f):
    f.plain(headers={"code": "TT", "title": "Tiêu chí /\nNội dung", "max": "ĐIỂM CHUẨN\n(1)", "self": "Điểm đạt (2) *", "evidence": "Hồ sơ"})


@columns.case("sai chinh ta", "misspelt headers: taken with a note", "openpyxl")
def _(f):
    f.plain(headers={"self": "Điểm tự đánh gía trường", "max": "Điểm tối đâ"})
    f.find("3xx", "note", code="CDS307")


@columns.case("muc do tu danh gia", "columns whose titles hold the words of the score: level, notes, contents", "openpyxl")
def _(f):
    f.plain(keys=["code", "title", "level", "max", "self", "evidence"],
            headers={"title": "Nội dung tự đánh giá", "level": "Mức độ tự đánh giá", "self": "Điểm", "evidence": "Minh chứng tự đánh giá"},
            values={"level": lambda n: 2 if n.code in f.scores else None})
    f.levels = True


@columns.case("khong cot minh chung", "no column for evidence: a warning", "sheetjs:xls")
def _(f):
    f.plain(keys=["code", "title", "max", "self"])
    f.find("5xx" if False else "3xx", "warning", code="CDS321")


@columns.case("khong cot diem", "no column of scores at all", "rust")
def _(f):
    f.plain(keys=["code", "title", "max", "evidence"])
    f.find("3xx", "error", code="CDS302"), f.invalid()


@columns.case("so luong ti le", "amounts titled Số lượng and Tỉ lệ", "libreoffice:xlsx")
def _(f):
    f.plain(keys=["code", "title", "max", "part", "share", "self", "evidence"], headers={"part": "Số lượng", "share": "Tỉ lệ"},
            values={"part": lambda n: 12 if n.kind == "ratio" else None, "share": lambda n: {"v": 0.8, "fmt": "0%"} if n.kind == "ratio" else None})


@columns.case("cot co khong", "separate columns Có and Không, marked with x", "exceljs", low=True)
def _(f):
    yes = lambda n: n.kind in ("mandatory", "yes-no")
    met = lambda n: f.mandatory.get(n.code, f.scores.get(n.code, 0) > 0)
    f.mandatory["1.2"] = False
    ws, t = f.plain(keys=["code", "title", "max", "yes", "no", "self", "evidence"], headers={"yes": "Có", "no": "Không"},
                    values={"yes": lambda n: "x" if yes(n) and met(n) else None, "no": lambda n: "x" if yes(n) and not met(n) else None,
                            "self": lambda n: None if yes(n) else f.value(n, "self")})
    f.find("5xx", "warning", t.at("1.2", "no"))


@columns.case("cot dat chua dat", "columns Đạt and Chưa đạt; both marked in one row: an error there", "openpyxl")
def _(f):
    ws, t = f.plain(keys=["code", "title", "yes", "no", "max", "self", "evidence"], headers={"yes": "Đạt", "no": "Chưa đạt"},
                    values={"yes": lambda n: "✓" if n.kind == "mandatory" else None, "no": lambda n: None,
                            "self": lambda n: None if n.kind == "mandatory" else f.value(n, "self")})
    ws.put(t.rows["2.1"], t.cols["no"], "✓")
    f.mandatory["2.1"] = None
    f.find("4xx", "error", t.at("2.1", "yes"), "CDS413")


@columns.case("phu luc them cot chu", "the annex with a column that the school added, all numbers stored as texts", "openpyxl")
def _(f):
    text = lambda x: f"\u200e'{x:g}\u00a0".replace(".", ",")
    keys = ["code", "title", "component", "x", "evidence"]
    f.plain(keys=keys, headers={"x": "Của tổ CNTT"}, values={"component": lambda n: text(n.max) if n.max else None,
            "x": lambda n: text(f.scores[n.code]) if n.code in f.scores else f.value(n, "self")})
    f.find("3xx", "warning", code="CDS319")


@columns.case("chi nam khac", "the only column of scores is titled by another year", "openpyxl")
def _(f):
    f.plain(headers={"self": "Năm 2023"})
    f.find("2xx", "error", code="CDS222"), f.invalid()
