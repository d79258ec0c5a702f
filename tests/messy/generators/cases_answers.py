"""Codes and titles of rows, scores as people type them, who the school is, old encodings, rules of an office's own."""
import unicodedata
from form import GENERAL, HERE, HEADERS, KINDS, NAMES, PRESCHOOL, Office, RuleSet, letter

OWN = RuleSet(HERE / "rules/thu-nghiem-2025.toml")
KINDS[OWN.id], NAMES["TTHT"] = ["TTHT"], "Trung tâm HTCĐ"
codes, scores, identity, legacy, own = (Office(n, s) for n, s in [("codes", 300), ("scores", 400), ("identity", 500), ("legacy", 600), ("own-rules", 700)])


def offices():
    return [("codes", codes.cases, None), ("scores", scores.cases, None), ("identity", identity.cases, None),
            ("legacy", legacy.cases, None), ("own-rules", own.cases, HERE / "rules")]


# -- codes and titles

@codes.case("ma la so", "codes of two numbers stored as numbers", "exceljs")
def _(f):
    f.plain(values={"code": lambda n: float(n.code) if n.depth <= 2 else n.code})


@codes.case("ma thanh ngay", "codes that became dates: taken by their titles, with a note", "libreoffice:xlsx")
def _(f):
    def code(n):
        if n.code in ("1.3", "1.4", "2.3"):
            a, b = n.code.split(".")
            return {"v": 45658 + [0, 31, 59, 90][int(b) - 1] + int(a) - 1, "fmt": "d-mmm"}
        return n.code
    ws, t = f.plain(values={"code": code})
    f.find("3xx", "note", t.at("1.4", "code"), "CDS318")


@codes.case("ma nhieu cach", "codes as people write them", "sheetjs:xls")
def _(f):
    ways = [lambda c: c + ".", lambda c: c.replace(".", ","), lambda c: " " + c.replace(".", ". "), lambda c: f"Tiêu chí {c}",
            lambda c: ("I" if c[0] == "1" else "II") + c[1:], lambda c: f"({c})", lambda c: f"Mục {c}:", lambda c: c.translate(str.maketrans("123456789", "１２３４５６７８９"))]
    order = {n.code: i for i, n in enumerate(f.rules.nodes)}
    f.plain(values={"code": lambda n: ways[order[n.code] % len(ways)](n.code)})


@codes.case("stt chay", "running numbers 1 to 33 instead of codes", "sheetjs:xlsx")
def _(f):
    order = {n.code: i + 1 for i, n in enumerate(f.rules.nodes)}
    f.plain(values={"code": lambda n: order[n.code]}, headers={"code": "STT"})


@codes.case("stt chay va ma trong ten", "running numbers, and codes at the start of titles", "openpyxl")
def _(f):
    order = {n.code: i + 1 for i, n in enumerate(f.rules.nodes)}
    f.plain(values={"code": lambda n: order[n.code], "title": lambda n: f"{n.code}. {n.title}"}, headers={"code": "STT"})


@codes.case("mot cot", "code and title in one column", "libreoffice:ods", rules=PRESCHOOL)
def _(f):
    f.plain(keys=["title", "max", "self", "evidence"], values={"title": lambda n: f"{n.code} {n.title}"})


@codes.case("khong ma", "no codes at all", "rust")
def _(f):
    f.plain(keys=["title", "max", "self", "evidence"])


@codes.case("khong ma ten tat", "no codes, long titles cut off, the case changed: taken with notes", "openpyxl")
def _(f):
    f.plain(keys=["title", "max", "self", "evidence"], values={"title": lambda n: n.title.split(" (")[0].upper() if "(" in n.title else n.title.upper()})
    f.find("3xx", "note", code="CDS308")


@codes.case("khong ma sai chinh ta", "no codes, misspelt titles", "exceljs", rules=PRESCHOOL)
def _(f):
    f.plain(keys=["title", "max", "self", "evidence"], values={"title": lambda n: n.title.replace("phần", "phân").replace("quản", "quãn").replace("tr", "tr ", 1)
                                                               if n.depth == 3 else n.title})
    f.find("3xx", "note", code="CDS308")


@codes.case("ten tat co ma", "codes with much shortened titles", "sheetjs:ods")
def _(f):
    f.plain(values={"title": lambda n: " ".join(n.title.split()[:3])})
    ws = f.sheets[0]
    ws.put(3, 4, "Theo Quyết định số 4725/QĐ-BGDĐT")


@codes.case("danh so a b c", "items lettered a, b, c below their criterion", "openpyxl", rules=PRESCHOOL)
def _(f):
    f.plain(values={"code": lambda n: "abcdefghi"[int(n.code[-1]) - 1] + ")" if n.depth == 3 else n.code})


@codes.case("hai dong cung diem", "an item twice with the same score", "sheetjs:xlsx")
def _(f):
    again = f.rules.node("1.4")
    f.plain(nodes=[m for n in f.rules.nodes for m in ([n, again] if n.code == "1.4" else [n])])


@codes.case("hai dong khac diem", "an item twice with different scores: an error", "rust")
def _(f):
    ws, t = f.plain()
    row = t.last + 1
    f.scores["1.4"] = 0
    ws.put(t.rows["1.4"], 4, 3), ws.put(row, 1, "1.4"), ws.put(row, 2, f.rules.node("1.4").title), ws.put(row, 4, 7), ws.put(row, 6, "x")
    f.find("3xx", "error", f"D{t.rows['1.4']}", "CDS310")


@codes.case("them 239", "a ninth line under 2.3: not counted, and said", "exceljs")
def _(f):
    extra = type(f.rules.nodes[0])(code="2.3.9", title="Phân hệ quản lý thư viện", max=10, kind="points")
    at = [n.code for n in f.rules.nodes].index("2.3.8") + 1
    nodes = f.rules.nodes[:at] + [extra] + f.rules.nodes[at:]
    ws, t = f.plain(nodes=nodes, values={"self": lambda n: 10 if n is extra else f.value(n, "self")})
    f.find("3xx", "warning", t.at("2.3.9"), "CDS312")


@codes.case("them dong khong ma", "a line of the school's own, without code, between the rows: not counted, and said", "openpyxl")
def _(f):
    extra = type(f.rules.nodes[0])(code="", title="Sáng kiến riêng của nhà trường", max=5, kind="points")
    nodes = f.rules.nodes[:12] + [extra] + f.rules.nodes[12:]
    ws, t = f.plain(nodes=nodes, values={"self": lambda n: 5 if n is extra else f.value(n, "self"), "code": lambda n: n.code or None})
    f.find("3xx", "warning", t.at(""), "CDS312")


@codes.case("ma va ten khac nhau", "a code of one item with the title of another: an error at the cell", "libreoffice:xls")
def _(f):
    ws, t = f.plain(values={"title": lambda n: f.rules.node("1.7.2").title if n.code == "1.3.4" else n.title})
    f.scores["1.3.4"] = 0
    f.find("3xx", "error", t.at("1.3.4", "code"), "CDS309")


@codes.case("cong nhom", "a sum line after each group, none of them the grand total", "openpyxl")
def _(f):
    sums = f.sums()
    nodes = []
    for n in f.rules.nodes:
        if n.code == "2":
            nodes.append(type(n)(code="t1", title="Tổng cộng", kind="x"))
        nodes.append(n)
    nodes.append(type(n)(code="t2", title="Tổng cộng", kind="x"))
    f.plain(nodes=nodes, values={"code": lambda n: None if n.code in ("t1", "t2") else n.code,
                                 "self": lambda n: sums["1"] if n.code == "t1" else sums["2"] if n.code == "t2" else f.value(n, "self")})


# -- scores

def vi(x):
    return f"{x:g}".replace(".", ",")


@scores.case("cach viet diem", "scores in every spelling", "openpyxl")
def _(f):
    ways = [lambda x, m: vi(x), lambda x, m: f"{x:g}", lambda x, m: f" {vi(x)} đ", lambda x, m: f"{x:g}/{m}", lambda x, m: f"{vi(x)} điểm",
            lambda x, m: vi(x).translate(str.maketrans("0123456789,", "０１２３４５６７８９，")), lambda x, m: f"\u00a0{vi(x)}\u00a0", lambda x, m: f"'{vi(x)}",
            lambda x, m: f"Điểm: {vi(x)}", lambda x, m: f"{vi(x)} (đã làm)", lambda x, m: f"{x:.2f}", lambda x, m: f"{vi(x)} / {m} điểm"]
    order = {n.code: i for i, n in enumerate(f.rules.items)}
    f.plain(values={"self": lambda n: ways[order[n.code] % len(ways)](f.scores[n.code], n.max) if n.code in order and n.kind != "yes-no" else f.value(n, "self")})


def errors(office, file, about, program, cells, severity="error", range="4xx", keep=None, **kw):
    @office.case(file, about, program, **kw)
    def _(f):
        ws, t = f.plain(values={"self": lambda n: cells[n.code] if n.code in cells else f.value(n, "self")})
        for code in cells:
            f.scores[code] = (keep or {}).get(code, 0)
            f.find(range, severity, t.at(code))


errors(scores, "nhieu cach hieu", "scores with two readings: an error at each cell", "exceljs",
       {"1.3.1": "5-6", "1.3.2": "5 hoặc 6", "1.3.3": "1.000,5", "1.3.4": "tốt", "1.3.5": "5²", "1.4": "khoảng 7", "1.6.1": "12/15", "1.6.2": "80%", "2.3.1": "5..5", "2.3.2": "3 4"})
errors(scores, "chu thay khong", "words for nothing: 0 with a warning", "sheetjs:xlsx",
       {"1.3.1": "-", "1.3.2": "không", "1.3.3": "Chưa", "1.3.4": "không có", "1.4": "chưa làm", "1.5.1": "–"}, "warning")
errors(scores, "de trong", "blank scores: an error at each cell", "rust", {"1.3.1": None, "1.4": "   ", "2.4.3": "…"}, "error", "5xx")
errors(scores, "vuot va am", "above the maximum, below zero", "libreoffice:ods", {"1.3.1": 6.5, "1.4": -1, "2.3.3": "11,5 điểm", "1.5.1": 150})
errors(scores, "le hon buoc", "finer than the step: counted, with a warning", "sheetjs:xlsb", {"1.3.1": 5.25, "1.4": "7,3"}, "warning", "4xx", {"1.3.1": 5.25, "1.4": 7.3})
errors(scores, "loi cong thuc", "error values in score cells", "openpyxl", {"1.3.1": "#REF!", "1.4": "#DIV/0!", "2.3.3": "#N/A"}, "error", "3xx")
errors(scores, "cong thuc chua tinh", "formulas without a result", "openpyxl", {"1.3.1": {"f": "=2+3"}, "2.3.3": {"f": "=SUM(C1:C2)"}}, "error", "3xx")
errors(scores, "ngay thang", "dates where scores should be", "exceljs", {"1.3.1": {"v": 45784, "fmt": "d/m/yyyy"}, "1.4": {"v": 45792, "fmt": "d-mmm"}})
errors(scores, "so o dang ngay", "a small number in a cell formatted as a date is that number", "rust", {"1.4": {"v": 7, "fmt": "dd/mm/yyyy"}}, None, "4xx", {"1.4": 7})
errors(scores, "co khong nua voi", "a yes-no item with half its points", "sheetjs:xls", {"1.7.3": 2.5})
errors(scores, "so 1 la co", "1 in a yes-no item means yes, with a note", "exceljs", {"1.7.3": 1}, "note", "4xx", {"1.7.3": 5})
scores.cases[[c.form.file[3:] for c in scores.cases].index("so o dang ngay")].form.found.clear()


@scores.case("cong thuc co ket qua", "scores are formulas with their results", "exceljs")
def _(f):
    f.plain(values={"self": lambda n: {"f": f"={f.scores[n.code]}/1", "v": f.scores[n.code]} if n.code in f.scores else f.value(n, "self")})


@scores.case("dau va chu", "ticks and words in yes-no and mandatory cells", "sheetjs:xlsx")
def _(f):
    f.scores["1.7.3"] = 5
    cells = {"1.1": "x", "1.2": True, "2.1": 1, "2.2": "✓", "1.7.3": "X"}
    f.plain(values={"self": lambda n: cells.get(n.code, f.value(n, "self"))})


@scores.case("chu khong", "no in words: a mandatory condition not met, 0 points for the yes-no item", "libreoffice:xls")
def _(f):
    f.scores["1.7.3"] = 0
    f.mandatory["2.1"] = False
    cells = {"1.1": "Đã ban hành (QĐ số 12/QĐ-THCS)", "1.2": "Đã có", "2.1": "Chưa đạt", "2.2": "đạt.", "1.7.3": "Không"}
    ws, t = f.plain(values={"self": lambda n: cells.get(n.code, f.value(n, "self"))})
    f.find("5xx", "warning", t.at("2.1"), "CDS504")


@scores.case("dieu kien khong ro", "a mandatory condition that is being worked on: an error at the cell", "rust")
def _(f):
    f.mandatory["1.2"] = None
    ws, t = f.plain(values={"self": lambda n: "đang trình ký" if n.code == "1.2" else f.value(n, "self")})
    f.find("4xx", "error", t.at("1.2"), "CDS413")


@scores.case("chi diem tieu chi", "only criteria are scored", "openpyxl")
def _(f):
    sums = f.sums()
    f.plain(values={"self": lambda n: sums[n.code] if n.kind in ("criterion", "group") else None})
    f.find("3xx", "error", code="CDS306"), f.invalid()


@scores.case("chua dien", "nothing is filled in", "sheetjs:ods")
def _(f):
    f.plain(values={"self": lambda n: None, "evidence": lambda n: None})
    f.find("5xx", "error", code="CDS508"), f.invalid()


@scores.case("ti le", "amounts of ratio items: two cells, a fraction, a share; more than the whole is an error", "libreoffice:xlsx")
def _(f):
    part = {"1.6.1": 12, "1.6.2": "12/15", "1.6.3": "80%", "1.7.1": 20}
    ws, t = f.plain(keys=["code", "title", "max", "self", "part", "whole", "evidence"],
                    values={"part": lambda n: part.get(n.code), "whole": lambda n: 15 if n.code in ("1.6.1", "1.7.1") else None})
    f.scores["1.7.1"] = 0
    f.find("4xx", "error", t.at("1.7.1", "part"), "CDS423")


for kind, program in ("xlsx", "openpyxl"), ("xls", "libreoffice:xls"), ("xls 95", "sheetjs:biff5"), ("xlsb", "sheetjs:xlsb"):
    errors(scores, f"phan tram o diem {kind}", "0.8 and 1 in score cells that show 80% and 100%: errors at the cells", program,
           {"1.4": {"v": 0.8, "fmt": "0%"}, "1.3.1": {"v": 1, "fmt": "0.00%"}, "1.7.3": {"v": 1, "fmt": "0%"}})
    errors(scores, f"so co chu {kind}", "numbers whose format has letters of dates in it: the numbers", program,
           {"1.4": {"v": 7.5, "fmt": "0.0 \\đ\\i\\ể\\m;0.0 điểm"}, "1.3.1": {"v": 5, "fmt": "0.0 đ"}}, None, "4xx", {"1.4": 7.5, "1.3.1": 5})
    scores.cases[-1].form.found.clear()


@scores.case("loi them sau co khong", "answers with remarks: taken where they leave no doubt, with notes", "openpyxl")
def _(f):
    f.scores["1.7.3"] = 5
    cells = {"1.1": "Đạt, QĐ số 12/QĐ-TH ngày 05/9/2024", "1.2": "Đã ban hành (QĐ 12/2024)", "2.1": "Có: kế hoạch số 5", "1.7.3": "Có, đã ban hành QĐ 12"}
    ws, t = f.plain(values={"self": lambda n: cells.get(n.code, f.value(n, "self"))})
    for code in "1.1", "2.1", "1.7.3":
        f.find("4xx", "note", t.at(code), "CDS414")


@scores.case("loi them sau khong", "a no with a remark: no points, the condition not met", "libreoffice:xls")
def _(f):
    f.scores["1.7.3"] = f.scores["1.4"] = 0
    f.mandatory["2.1"] = False
    cells = {"2.1": "Chưa đạt; trình trong quý 2", "1.7.3": "Không, đang xây dựng", "1.4": "Chưa, đang xây dựng"}
    ws, t = f.plain(values={"self": lambda n: cells.get(n.code, f.value(n, "self"))})
    f.find("5xx", "warning", t.at("2.1"), "CDS504"), f.find("4xx", "note", t.at("2.1"), "CDS414")
    f.find("4xx", "note", t.at("1.7.3"), "CDS414"), f.find("4xx", "warning", t.at("1.4"), "CDS409")


@scores.case("loi them khong ro", "answers with remarks that speak against them: errors at the cells", "exceljs")
def _(f):
    f.mandatory["1.1"] = f.mandatory["2.1"] = None
    f.scores["1.7.3"] = 0
    cells = {"1.1": "Có, nhưng chưa ban hành", "2.1": "Đạt (chưa đầy đủ)", "1.7.3": "Có, 2,5 điểm"}
    ws, t = f.plain(values={"self": lambda n: cells.get(n.code, f.value(n, "self"))})
    for code in cells:
        f.find("4xx", "error", t.at(code))


@scores.case("don vi sau diem", "units behind the scores", "sheetjs:xls")
def _(f):
    units = [" điểm", "đ", " đ.", "điểm", " ĐIỂM"]
    order = {n.code: i for i, n in enumerate(f.rules.items)}
    f.plain(values={"self": lambda n: vi(f.scores[n.code]) + units[order[n.code] % 5] if n.code in order and n.kind != "yes-no" else f.value(n, "self")})


# -- identity

@identity.case("mot o", "several labels in one cell", "openpyxl")
def _(f):
    ws = f.sheet()
    ws.put(1, 1, "PHIẾU TỰ ĐÁNH GIÁ NĂM HỌC 2024-2025")
    ws.put(2, 1, f"Tên trường: {f.name}     Mã trường: {f.code}     Cấp học: {f.kind}")
    f.table(ws, row=4)


@identity.case("dong cham", "values written on lines of dots", "exceljs")
def _(f):
    ws = f.sheet()
    ws.put(1, 1, "Năm học: ......2024 - 2025......"), ws.put(2, 1, f"Tên trường: ……{f.name}……"), ws.put(3, 1, f"Mã trường:.....{f.code}........")
    f.table(ws, row=5)


@identity.case("tieu ngu", "only a letterhead in capitals names the school", "sheetjs:xls", kind="TH")
def _(f):
    ws = f.sheet()
    ws.put(1, 1, "UBND XÃ AN BÌNH"), ws.put(2, 1, f.name.upper()), ws.put(1, 4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    ws.put(4, 1, "PHIẾU TỰ ĐÁNH GIÁ"), ws.put(5, 1, "Năm học 2024-2025")
    f.table(ws, row=7)
    f.find("2xx", "note", code="CDS209")


@identity.case("mat so 0", "the code is a number that has lost its leading zero", "libreoffice:xlsx", code="08010504")
def _(f):
    ws = f.sheet()
    row = f.block(ws, code=False)
    ws.put(row - 1, 1, "Mã trường"), ws.put(row - 1, 2, 8010504)
    f.table(ws, row=row + 1)
    f.find("2xx", "note", code="CDS208")


@identity.case("hai ma", "two different codes", "rust")
def _(f):
    ws, t = f.plain()
    ws.put(t.last + 3, 2, "Mã đơn vị: 80199999")
    f.find("2xx", "error", code="CDS207"), f.invalid()


OTHER = ("80199001", "Trường Tiểu học Khác", "TH", "")


@identity.case("ten truong khac", "the name is exactly another school's", "sheetjs:xlsx", roster=[OTHER])
def _(f):
    f.name = OTHER[1]
    f.plain()
    f.find("2xx", "error", code="CDS205"), f.invalid()


@identity.case("ten khac", "the name is not the roster's, nor another's: the code decides", "openpyxl", kind="TH")
def _(f):
    f.name = "Trường Tiểu học Đổi Tên Rồi"
    f.plain()
    f.find("2xx", "warning", code="CDS206")


@identity.case("ma cu", "a former code", "exceljs")
def _(f):
    f.former, f.code = "70100777", "70100777"
    f.plain()
    f.find("2xx", "note", code="CDS211")


@identity.case("ma sai ten dung", "an unknown code, a name of the roster", "rust")
def _(f):
    f.code = "12345"
    f.plain()
    f.find("2xx", "warning", code="CDS213")


@identity.case("phieu chep", "a colleague's form: the hidden sheet says another school", "openpyxl", roster=[OTHER])
def _(f):
    f.plain()
    ws = f.sheet("_phieu", hidden=True)
    for i, (key, value) in enumerate([("phien_ban_phieu", "1"), ("bo_chi_so", f.rules.id), ("ma_kiem_tra_quy_tac", "x"), ("ma_truong", OTHER[0]), ("nam_hoc", "2023-2024")], 1):
        ws.put(i, 1, key), ws.put(i, 2, value)
    f.find("2xx", "note", code="CDS212")


@identity.case("sai nam", "a form of last year", "sheetjs:ods")
def _(f):
    ws = f.sheet()
    f.table(ws, row=f.block(ws, year="2023-2024"))
    f.find("2xx", "error", code="CDS222"), f.invalid()


@identity.case("khong nam", "no school year: a warning", "libreoffice:xls")
def _(f):
    ws = f.sheet()
    f.table(ws, row=f.block(ws, year=None))
    f.find("2xx", "warning", code="CDS223")


@identity.case("nham bo", "a preschool on the general form", "exceljs", kind="MN")
def _(f):
    f.plain()
    f.find("2xx", "error", code="CDS221"), f.invalid()


@identity.case("nam o ben", "the school year stands beside its label", "openpyxl")
def _(f):
    ws = f.sheet()
    row = f.block(ws, year=None)
    ws.put(row, 1, "Năm học:"), ws.put(row, 2, "2024–2025")
    f.table(ws, row=row + 2)


@identity.case("ma va ten", "code and name behind one label", "rust")
def _(f):
    ws = f.sheet()
    row = f.block(ws, code=False, name=False)
    ws.put(row, 1, f"Mã trường: {f.code} - {f.name}")
    f.table(ws, row=row + 2)


@identity.case("bang ngang", "the block is a small table: labels above, values below", "sheetjs:xlsb")
def _(f):
    ws = f.sheet()
    row = f.block(ws, code=False, name=False)
    for c, (label, value) in enumerate([("Mã trường", f.code), ("Tên trường", f.name), ("Cấp học", f.kind)], 1):
        ws.put(row, c, label), ws.put(row + 1, c, value)
    f.table(ws, row=row + 3)


@identity.case("nhac nam truoc", "last year is mentioned in a sentence, another code is the budget's", "openpyxl")
def _(f):
    ws = f.sheet()
    ws.put(1, 1, "Mã đơn vị QHNS: 1112223"), ws.put(2, 1, "Căn cứ kết quả năm học 2023-2024 của trường và hướng dẫn của Phòng;")
    row = f.block(ws, row=3)
    ws.put(row, 5, "Đơn vị tính: điểm")
    f.table(ws, row=row + 1)


@identity.case("ten day du", "no code; the kind of school written out", "libreoffice:ods", kind="TH&THCS")
def _(f):
    f.name = f.name.replace("TH&THCS", "Tiểu học và Trung học cơ sở")
    ws = f.sheet()
    f.table(ws, row=f.block(ws, code=False))
    f.find("2xx", "note", code="CDS209")


@identity.case("ma co dau cach", "the code in groups of digits", "exceljs")
def _(f):
    f.code = f"{f.code[:3]} {f.code[3:6]} {f.code[6:]}"
    f.plain()


# -- old encodings

TCVN3 = {c: chr(i + 0xA1) for i, c in enumerate(
    "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ") if c != " "}
TONES = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
CIRCUMFLEX = {"": "â", "\u0300": "à", "\u0301": "á", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
BREVE = {"": "ê", "\u0300": "è", "\u0301": "é", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
SINGLE = {"ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}


def tcvn3(text):
    low = "".join(c if c in TCVN3 or not c.isalpha() or c.isascii() else c.lower() for c in text)
    return "".join(TCVN3.get(c, c) for c in low)


def vni_letter(c):
    low = c.lower()
    if low in SINGLE:
        out = SINGLE[low]
    else:
        parts = unicodedata.normalize("NFD", low)
        base, marks = parts[0], parts[1:]
        tone = next((m for m in marks if m in TONES), "")
        if "\u031b" in marks:
            out = {"o": "ô", "u": "ö"}[base] + TONES.get(tone, "")
        elif "\u0302" in marks:
            out = base + CIRCUMFLEX[tone]
        elif "\u0306" in marks:
            out = base + BREVE[tone]
        else:
            out = base + TONES.get(tone, "")
    return out.upper() if c != low else out


def vni(text):
    return "".join(c if c.isascii() or not c.isalpha() else vni_letter(c) for c in text)


def encode(f, how, only=lambda v: True):
    for ws in f.sheets:
        for cell in ws.cells.values():
            if isinstance(cell.get("v"), str) and only(cell["v"]):
                cell["v"] = how(cell["v"])


@legacy.case("tcvn3", "the whole form in TCVN3", "openpyxl")
def _(f):
    ws = f.sheet()
    f.table(ws, row=f.block(ws, code=False), values={"self": lambda n: "Có" if n.kind == "mandatory" else f.value(n, "self")})
    encode(f, tcvn3)
    f.find("3xx", "note", code="CDS316"), f.find("2xx", "note", code="CDS209")


@legacy.case("vni", "the whole form in VNI", "libreoffice:xls", rules=PRESCHOOL)
def _(f):
    ws = f.sheet()
    f.table(ws, row=f.block(ws, code=False))
    encode(f, vni)
    f.find("3xx", "note", code="CDS316"), f.find("2xx", "note", code="CDS209")


@legacy.case("ten tcvn3", "only the school's name and the titles of items in TCVN3", "sheetjs:xlsx")
def _(f):
    titles = [n.title for n in f.rules.items]
    ws = f.sheet()
    f.table(ws, row=f.block(ws, code=False), keys=["title", "max", "self", "evidence"])
    encode(f, tcvn3, lambda v: v == f.name or v in titles)
    f.find("3xx", "note", code="CDS316")


@legacy.case("tieu de vni", "only the headers in VNI", "exceljs")
def _(f):
    ws, t = f.plain()
    encode(f, vni, lambda v: v in HEADERS.values())
    f.find("3xx", "note", code="CDS316")


@legacy.case("nfd", "decomposed Unicode, no codes", "rust")
def _(f):
    ws = f.sheet()
    f.table(ws, row=f.block(ws, code=False), keys=["title", "max", "self", "evidence"])
    encode(f, lambda v: unicodedata.normalize("NFD", v))


@legacy.case("tcvn3 excel 95", "the whole form in TCVN3, as Excel 95 wrote it", "sheetjs:biff5")
def _(f):
    ws = f.sheet("Phieu")
    f.table(ws, row=f.block(ws))
    encode(f, tcvn3)
    f.find("3xx", "note", code="CDS316")


@legacy.case("vni excel 95", "the whole form in VNI, as Excel 95 wrote it, two sheets", "sheetjs:biff5", rules=PRESCHOOL)
def _(f):
    f.sheet("Bia").put(1, 1, "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO")
    ws = f.sheet("Phieu")
    f.table(ws, row=f.block(ws))
    encode(f, vni)
    f.find("3xx", "note", code="CDS316")


# -- an office's own rules

def amounts(part, whole):
    keys = ["code", "title", "max", "self", "part", "whole", "evidence"]
    return {"keys": keys, "values": {"part": lambda n: part.get(n.code), "whole": lambda n: whole.get(n.code)}}


@own.case("hai o", "two cells and a count; the points follow from the bands", "exceljs", rules=OWN)
def _(f):
    f.scores["1.11"], f.scores["1.12"] = 4, 4
    f.plain(**amounts({"1.11": 12, "1.12": 25, "3": "80%"}, {"1.11": 15}))


@own.case("dien theo nguong", "blank claims are filled by the bands, with notes", "rust", rules=OWN)
def _(f):
    f.scores["1.11"], f.scores["1.12"] = 2, 2
    kw = amounts({"1.11": "60%", "1.12": "7 học liệu", "3": 0.5}, {})
    kw["values"]["self"] = lambda n: None if n.code in ("1.11", "1.12") else f.value(n, "self")
    ws, t = f.plain(**kw)
    f.find("4xx", "note", t.at("1.11"), "CDS425"), f.find("4xx", "note", t.at("1.12"), "CDS425")


@own.case("khac nguong", "a claim that the bands do not give: an error at the claim", "libreoffice:xlsx", rules=OWN)
def _(f):
    kw = amounts({"1.11": "12/15", "1.12": 3, "3": "40%"}, {})
    kw["values"]["self"] = lambda n: 6 if n.code == "1.11" else 0 if n.code == "1.12" else f.value(n, "self")
    ws, t = f.plain(**kw)
    f.scores["1.11"], f.scores["1.12"] = 0, 0
    f.find("4xx", "error", t.at("1.11"), "CDS424")


@own.case("phan tram", "percentages in cells formatted so: 0.8 and 1", "openpyxl", rules=OWN)
def _(f):
    f.scores["1.11"], f.scores["1.12"] = 6, 2
    f.plain(**amounts({"1.11": {"v": 1, "fmt": "0%"}, "1.12": 5, "3": {"v": 0.8, "fmt": "0%"}}, {}))


@own.case("phan tram ods", "percentages in cells formatted so, OpenDocument", "libreoffice:ods", rules=OWN)
def _(f):
    f.scores["1.11"], f.scores["1.12"] = 6, 2
    f.plain(**amounts({"1.11": {"v": 1, "fmt": "0%"}, "1.12": 5, "3": {"v": 0.755, "fmt": "0.0%"}}, {}))


@own.case("ti le khong ro", "12 of an unknown whole: an error at the amount", "sheetjs:xlsx", rules=OWN)
def _(f):
    f.scores["1.12"] = 4
    ws, t = f.plain(**amounts({"1.11": 12, "1.12": 20, "3": "50%"}, {}))
    f.scores["1.11"] = 0
    f.find("4xx", "error", t.at("1.11", "part"), "CDS421")


@own.case("ma 110 la so", "1.10 stored as the number 1.1", "exceljs", rules=OWN)
def _(f):
    f.scores["1.11"], f.scores["1.12"] = 6, 4
    kw = amounts({"1.11": "100%", "1.12": 20, "3": "50%"}, {})
    kw["values"]["code"] = lambda n: float(n.code) if n.depth <= 2 else n.code
    f.plain(**kw)


@own.case("ma 110 khong ten", "1.10 stored as 1.1, without titles: known by the order of the rows", "sheetjs:xls", rules=OWN)
def _(f):
    f.scores["1.11"], f.scores["1.12"] = 6, 4
    kw = amounts({"1.11": "100%", "1.12": 20, "3": "50%"}, {})
    kw["keys"] = ["code", "max", "self", "part", "whole", "evidence"]
    kw["values"]["code"] = lambda n: float(n.code) if n.depth <= 2 else n.code
    ws, t = f.plain(**kw)
    ws.put(1, 5, "Quyết định số 77/QĐ-UBND ngày 15/01/2025")


@own.case("ten trung", "no codes; two criteria hold items of equal title", "openpyxl", rules=OWN)
def _(f):
    f.scores["1.11"], f.scores["1.12"] = 4, 4
    kw = amounts({"1.11": "80%", "1.12": 20, "3": "50%"}, {})
    kw["keys"] = ["title", "max", "self", "part", "whole", "evidence"]
    f.plain(**kw)


@own.case("khong duoc tinh", "a mandatory condition not met bars the return", "rust", rules=OWN)
def _(f):
    f.scores["1.11"], f.scores["1.12"] = 4, 4
    f.mandatory["1.13"] = False
    ws, t = f.plain(**amounts({"1.11": "80%", "1.12": 20, "3": "50%"}, {}))
    f.find("5xx", "error", t.at("1.13"), "CDS505"), f.invalid()


for kind, program in ("xls", "libreoffice:xls"), ("xls 95", "sheetjs:biff5"), ("xlsb", "sheetjs:xlsb"):
    @own.case(f"phan tram {kind}", f"percentages in cells formatted so, .{kind}", program, rules=OWN)
    def _(f):
        f.scores["1.11"], f.scores["1.12"] = 6, 2
        f.plain(**amounts({"1.11": {"v": 1, "fmt": "0%"}, "1.12": 5, "3": {"v": 0.755, "fmt": "0.0%"}}, {}))
