"""Forms of other programs: no code column, the criterion's code before each title, titles in short or in other words,
groups in Roman numerals, sums as words, dashes for maxima. What is not sure there is an error, never a wrong figure."""
import unicodedata
import form
from form import GENERAL, PRESCHOOL, Office, RuleSet, letter

OWN = RuleSet(form.HERE / "rules/thu-nghiem-2025.toml")
form.KINDS[OWN.id], form.NAMES["TTHT"] = ["TTHT"], "Trung tâm HTCĐ"
programs = Office("programs", 900)


def offices():
    return [("programs", programs.cases, form.HERE / "rules")]


ROMAN = ["", "I", "II", "III", "IV", "V"]
SHORT = {  # as such programs print them
    "1.1": "Có ban hành kế hoạch tổ chức dạy học trực tuyến", "1.2": "Có ban hành quy chế tổ chức dạy học trực tuyến",
    "1.3.1": "Có triển khai phần mềm dạy học trực tuyến trực tiếp", "1.3.2": "Phần mềm LMS - Giao bài cho HS tự học",
    "1.3.3": "Phần mềm LMS - Giải đáp câu hỏi của HS", "1.3.4": "Phần mềm LMS - Kiểm tra, đánh giá thường xuyên",
    "1.3.5": "Phần mềm LMS - Phụ huynh theo dõi việc học tập", "1.4": "Số lượng học liệu được số hóa",
    "1.5.1": "Kiểm tra trên phòng máy tính (phần mềm)", "1.5.2": "Phần mềm kiểm tra nối với hệ thống nhà trường",
    "1.6.1": "Tỉ lệ GV có tài khoản bồi dưỡng", "1.6.2": "Tỉ lệ GV khai thác phần mềm đổi mới PP",
    "1.6.3": "Tỉ lệ GV xây dựng được học liệu số", "1.7.1": "Phòng học có trình chiếu, Internet",
    "1.7.2": "Đáp ứng dạy môn Tin học", "1.7.3": "Có phòng studio",
    "2.3.1": "Có quy chế sử dụng hệ thống", "2.3.2": "Có phân hệ quản lý HS", "2.3.3": "Có sổ điểm, học bạ điện tử",
    "2.3.4": "Có phân hệ đội ngũ", "2.3.5": "Có phân hệ CSVC", "2.3.6": "Có phân hệ y tế", "2.3.7": "Có phân hệ kế toán",
    "2.3.8": "Trao đổi dữ liệu định kỳ với CSDL ngành",
    "2.4.1": "App kết nối gia đình, nhà trường", "2.4.2": "Tuyển sinh đầu cấp", "2.4.3": "Thu phí không dùng tiền mặt"}
OTHER_WORDS = {  # nothing in common with the titles of the set
    "2.4.1": "Nhắn tin cho bố mẹ các em qua điện thoại", "2.4.2": "Nhận đơn vào lớp 6 trên mạng",
    "2.4.3": "Đóng góp bằng chuyển khoản ngân hàng"}
PRE_SHORT = {
    "1.1": "Có kế hoạch ứng dụng CNTT trong chăm sóc, giáo dục trẻ", "1.2": "Có quy định quản lý phần mềm, học liệu số",
    "1.3.1": "Có kho học liệu dùng chung", "1.3.2": "Số học liệu được duyệt", "1.3.3": "Chia sẻ học liệu cho cha mẹ",
    "1.4.1": "Phần mềm - Dinh dưỡng, khẩu phần", "1.4.2": "Phần mềm - Sức khỏe, tăng trưởng",
    "1.4.3": "Phần mềm - Đánh giá trẻ", "1.5.1": "Tỉ lệ GV có tài khoản bồi dưỡng",
    "1.5.2": "Tỉ lệ GV khai thác phần mềm", "1.5.3": "Tỉ lệ GV làm học liệu số",
    "1.6.1": "Tỉ lệ phòng, lớp có trình chiếu", "1.6.2": "Thiết bị cho trẻ làm quen", "1.6.3": "Có camera an toàn",
    "2.1": "Có bộ phận chỉ đạo", "2.2": "Có kế hoạch CNTT hằng năm",
    "2.3.1": "Quy chế sử dụng phần mềm", "2.3.2": "Phân hệ trẻ em", "2.3.3": "Phân hệ đội ngũ",
    "2.3.4": "Phân hệ CSVC", "2.3.5": "Phân hệ tài chính", "2.3.6": "Phân hệ y tế", "2.3.7": "Trao đổi với CSDL ngành",
    "2.4.1": "App kết nối gia đình", "2.4.2": "Tuyển sinh", "2.4.3": "Thu phí không tiền mặt"}


def criterion(code):
    return code if code.count(".") < 2 else ".".join(code.split(".")[:2])


def printed(f, titles=None, order=None, skip=(), more=(), codes=True, max=True, sums=True, mark=lambda n: "", wrong=0):
    """The printed form; `more` are rows of the program's own: (before which item, code, title, max, score)."""
    titles = titles or SHORT
    ws = f.sheet("Sheet1")
    ws.put(1, 1, f.name.upper()), ws.put(2, 1, "PHIẾU ĐÁNH GIÁ MỨC ĐỘ CHUYỂN ĐỔI SỐ")
    ws.put(3, 1, "Mã trường"), ws.put(3, 2, f.code), ws.put(4, 1, "Năm học"), ws.put(4, 2, "2024-2025")
    for i, head in enumerate(["Tiêu chí", "Điểm\nTối đa", "Tự\nĐánh giá", "Hồ sơ / Minh chứng"]):
        if max or i != 1:
            ws.put(5, 1 + i, head)
    row, rows, total = 6, {}, 0

    def line(code, title, most, score):
        nonlocal row
        ws.put(row, 1, f"{code}. {title}" if codes and code else title)
        if max:
            ws.put(row, 2, most)
        ws.put(row, 3, score), ws.put(row, 4, "Xem hồ sơ")
        row += 1

    for top in [n for n in f.rules.nodes if n.depth == 1 and n.kind == "group"]:
        ws.put(row, 1, f"{ROMAN[int(top.code)]}. {top.title.upper()} TRONG NHÀ TRƯỜNG")
        row += 1
        leaves = [n for n in f.rules.leaves if n.code.split(".")[0] == top.code and n.code not in skip]
        total = 0
        for n in sorted(leaves, key=lambda n: (order or {}).get(n.code, n.code)):
            for before, code, title, most, score in more:
                if before == n.code:
                    line(code, title, most, score)
            rows[n.code] = row
            if n.kind == "mandatory":
                line(criterion(n.code), titles.get(n.code, n.title), "-", f.value(n, "self"))
            else:
                line(criterion(n.code), mark(n) + titles.get(n.code, n.title), n.max, f.scores[n.code])
                total += f.scores[n.code]
        if sums:
            ws.put(row, 1, f"Cộng điểm Nhóm {ROMAN[int(top.code)]}:"), ws.put(row, 3, f"{total + wrong:g} / {top.max} điểm")
            rows[f"sum {top.code}"] = row
            row += 1
    ws.put(row, 1, "KẾT LUẬN MỨC ĐỘ ĐÁP ỨNG: MỨC 2 (Cơ bản)")
    return rows


def open_rows(f, rows, codes, col=1):
    """Rows that are not sure: an error at each, and their items count nothing."""
    for code in codes:
        f.find("3xx", "error", f"{letter(col)}{rows[code]}", "CDS342")
        f.scores[code] = 0


@programs.case("phieu in", "the printed form, titles in short")
def _(f):
    printed(f)


@programs.case("phieu in mam non", "the printed form of the preschool set", "libreoffice:xlsx", rules=PRESCHOOL)
def _(f):
    printed(f, PRE_SHORT)


@programs.case("phieu in tong sai", "the sums as words are held against the items", "libreoffice:ods")
def _(f):
    rows = printed(f, wrong=1)
    f.find("6xx", "warning", f"C{rows['sum 1']}"), f.find("6xx", "warning", f"C{rows['sum 2']}")


@programs.case("loi khac han", "titles in quite other words: by order and maximum", "libreoffice:xls")
def _(f):
    rows = printed(f, {**SHORT, **OTHER_WORDS})
    f.find("3xx", "note", f"A{rows['2.4.2']}", "CDS341")


@programs.case("loi khac han doi cho", "in other words and in another order: the maxima do not agree, an error at each")
def _(f):
    rows = printed(f, {**SHORT, **OTHER_WORDS}, order={"2.4.2": "2.4.1", "2.4.1": "2.4.2"})
    open_rows(f, rows, OTHER_WORDS)


@programs.case("loi khac han thieu dong", "in other words and one row left out: an error at each, and nothing twice")
def _(f):
    rows = printed(f, {**SHORT, **OTHER_WORDS}, skip=["2.4.2"])
    open_rows(f, rows, ["2.4.1", "2.4.3"])
    f.scores["2.4.2"] = 0


@programs.case("loi khac han them dong", "in other words and one row more: an error at each")
def _(f):
    rows = printed(f, {**SHORT, **OTHER_WORDS}, more=[("2.4.2", "2.4", "Trang mạng của đơn vị", 8, 3)])
    open_rows(f, rows, OTHER_WORDS), f.find("3xx", "error", f"A{rows['2.4.2'] - 1}", "CDS342")


@programs.case("loi khac han khong toi da", "in other words, without maxima: nothing bears witness, an error at each")
def _(f):
    rows = printed(f, {**SHORT, **OTHER_WORDS}, max=False)
    open_rows(f, rows, OTHER_WORDS)


@programs.case("phieu in doi cho", "items of equal maximum in another order: their titles tell", "rust")
def _(f):
    printed(f, order={"1.3.2": "1.3.5", "1.3.5": "1.3.2", "2.3.2": "2.3.7", "2.3.7": "2.3.2"})


@programs.case("phieu in them dong", "a row of the program's own under a criterion: not counted, a warning")
def _(f):
    rows = printed(f, more=[("1.5.2", "1.5", "Chấm trắc nghiệm bằng điện thoại", 4, 3)], sums=False)
    f.find("3xx", "warning", f"C{rows['1.5.2'] - 1}", "CDS312")


@programs.case("phieu in thieu dong", "an item left out of the printed form: missing, the others read")
def _(f):
    printed(f, skip=["2.3.5"], sums=False)
    f.find("3xx", "error", None, "CDS311")
    f.scores["2.3.5"] = 0


@programs.case("khong ma", "the printed form without any code", "libreoffice:ods")
def _(f):
    printed(f, codes=False)


@programs.case("khong ma loi khac han", "without any code, the last criterion in other words: by order and maximum")
def _(f):
    rows = printed(f, {**SHORT, **OTHER_WORDS}, codes=False)
    f.find("3xx", "note", f"A{rows['2.4.1']}", "CDS341")


@programs.case("a b c", "letters before the titles of items")
def _(f):
    printed(f, mark=lambda n: "abcdefgh"[int(n.code.split(".")[2]) - 1] + ") " if n.depth == 3 else "")


@programs.case("ma tieu chi lap lai", "a column with the criterion's code at every item", "libreoffice:xlsx")
def _(f):
    ws = f.sheet()
    row = f.block(ws)
    nodes = [n for n in f.rules.nodes if n.kind != "criterion"]
    f.table(ws, row=row, nodes=nodes, values={"code": lambda n: criterion(n.code), "title": lambda n: SHORT.get(n.code, n.title)})


@programs.case("ma tieu chi gop o", "the criterion's code merged over its items", "rust")
def _(f):
    ws = f.sheet()
    row = f.block(ws)
    nodes = [n for n in f.rules.nodes if n.kind != "criterion"]
    first = {c: next(n.code for n in nodes if criterion(n.code) == c and n.kind != "group") for c in sorted({criterion(n.code) for n in f.rules.leaves})}
    t = f.table(ws, row=row, nodes=nodes, values={"code": lambda n: n.code if n.kind == "group" else criterion(n.code) if first[criterion(n.code)] == n.code else None})
    for c, code in first.items():
        mine = [t.rows[n.code] for n in f.rules.leaves if criterion(n.code) == c]
        if len(mine) > 1:
            ws.merge(mine[0], 1, mine[-1], 1)


@programs.case("dong tieu chi", "headings of criteria between, items in short without codes", "libreoffice:xls")
def _(f):
    ws = f.sheet()
    row = f.block(ws)
    f.table(ws, row=row, keys=["title", "max", "self", "evidence"],
            values={"title": lambda n: f"{n.code}. {n.title}" if n.depth < 3 else "- " + SHORT.get(n.code, n.title)})


@programs.case("bo khac", "an own rule set, the criterion's code before the titles", "openpyxl", rules=OWN)
def _(f):
    f.scores["1.11"], f.scores["1.12"] = 6, 4
    ws = f.sheet()
    row = f.block(ws)
    short = {"2.2.1": "Kế hoạch dịch vụ", "2.2.2": "Học phí không tiền mặt"}
    amounts = {"1.11": "100%", "1.12": 20, "3": "50%"}
    nodes = [n for n in f.rules.nodes if n.kind != "criterion"]
    f.table(ws, row=row, nodes=nodes, keys=["title", "max", "self", "part", "evidence"],
            values={"title": lambda n: f"{n.code if n.depth < 3 else n.code[:3]}. {short.get(n.code, n.title)}",
                    "part": lambda n: amounts.get(n.code)})
    ws.put(1, 5, "Quyết định số 77/QĐ-UBND ngày 15/01/2025")


@programs.case("trang web doc", "the printed form as a web page named .doc", "html:doc")
def _(f):
    printed(f)
    f.find("3xx", "note", None, "CDS344")


@programs.case("trang web xls", "a form with codes as a web page named .xls, titles of groups merged", "html:xls", rules=PRESCHOOL)
def _(f):
    ws, t = f.plain(keys=["code", "title", "max", "self", "evidence"])
    for n in f.rules.nodes:
        if n.kind == "group":
            ws.put(t.rows[n.code], 3), ws.put(t.rows[n.code], 4), ws.merge(t.rows[n.code], 2, t.rows[n.code], 5)


@programs.case("trang web thieu dong", "a web page with a row that is not sure: an error at its cell", "html:doc")
def _(f):
    rows = printed(f, {**SHORT, **OTHER_WORDS}, skip=["2.4.2"])
    f.scores["2.4.2"] = 0
    for code in ["2.4.1", "2.4.3"]:
        f.find("3xx", "error", f"A{rows[code]}", "CDS342")
        f.scores[code] = 0


@programs.case("tieu de viet tat", "headers in short", "libreoffice:ods")
def _(f):
    f.plain(keys=["code", "title", "max", "self", "part", "whole", "evidence", "note"],
            headers={"code": "MS", "title": "ND", "max": "Đ.TĐ", "self": "Đ.TĐG", "part": "SL", "whole": "TS", "evidence": "HSMC", "note": "GC"},
            values={"part": lambda n: 9 if n.kind == "ratio" else None, "whole": lambda n: 10 if n.kind == "ratio" else None})


@programs.case("td la tham dinh", "Điểm TĐ is the verified score where it does not repeat the maxima", "openpyxl")
def _(f):
    f.plain(keys=["code", "title", "max", "self", "verified", "evidence"], headers={"self": "TĐG", "verified": "Điểm TĐ", "evidence": "MC"},
            values={"verified": lambda n: max(0, f.scores[n.code] - 1) if n.code in f.scores else None})


@programs.case("danh gia la chu", "a column of words under Đánh giá is no score; the one beside it is", "openpyxl")
def _(f):
    f.plain(keys=["code", "title", "level", "max", "self", "evidence"], headers={"level": "Đánh giá", "self": "Điểm"},
            values={"level": lambda n: "Nhà trường đã triển khai đầy đủ theo kế hoạch" if n.depth == 3 else None})


@programs.case("tu danh gia la chu", "words under Tự đánh giá, the points under Điểm: a warning names the column", "openpyxl")
def _(f):
    ws, t = f.plain(keys=["code", "title", "max", "level", "self", "evidence"], headers={"level": "Tự đánh giá", "self": "Điểm"},
            values={"level": lambda n: "Nhà trường đã triển khai đầy đủ theo kế hoạch" if n.depth == 3 else None})
    f.find("3xx", "warning", f"{letter(t.cols['self'])}{t.header}", "CDS319")


@programs.case("chi co chu", "words alone under Tự đánh giá: one error", "openpyxl")
def _(f):
    ws, t = f.plain(keys=["code", "title", "max", "self", "evidence"], headers={"self": "Tự đánh giá"},
            values={"self": lambda n: "Đã triển khai đầy đủ theo kế hoạch của trường" if n.depth == 3 else None})
    f.find("3xx", "error", f"D{t.header}", "CDS340"), f.invalid()


@programs.case("hai cot doi cho", "the maxima under the title of scores and the scores under that of maxima: an error names both", "openpyxl")
def _(f):
    ws, t = f.plain(headers={"max": "Điểm tự đánh giá", "self": "Điểm tối đa"})
    f.find("3xx", "error", f"C{t.header}", "CDS303"), f.invalid()


@programs.case("so ngoai bang", "a score typed outside of the table: missing where it belongs, and named where it is", "openpyxl")
def _(f):
    ws, t = f.plain()
    f.find("5xx", "error", t.at("1.3.2"), "CDS501"), f.find("3xx", "warning", f"K{t.rows['1.3.2']}", "CDS343")
    ws.put(t.rows["1.3.2"], 11, ws.get(t.rows["1.3.2"], t.cols["self"])), ws.put(t.rows["1.3.2"], t.cols["self"])
    f.scores["1.3.2"] = 0


@programs.case("n diem", "scores with their unit beside words of headers", "libreoffice:xls")
def _(f):
    f.plain(values={"title": lambda n: "Nội dung" if n.depth == 3 and n.code.startswith("1.3") else n.title,
                    "self": lambda n: f"{f.scores[n.code]:g} điểm" if n.code in f.scores else f.value(n, "self")})


@programs.case("trung binh", "means of several people's forms count as stored, and no message has more digits than people see", "openpyxl")
def _(f):
    ws, t = f.plain(values={"self": lambda n: {"v": 17 / 3, "fmt": "0"} if n.code == "1.3.1" else 5.600000000000001 if n.code == "1.3.2" else f.value(n, "self")})
    f.scores["1.3.1"], f.scores["1.3.2"] = 5.67, 5.6
    f.find("4xx", "warning", t.at("1.3.1"), "CDS404"), f.find("4xx", "warning", t.at("1.3.2"), "CDS404")
    f.extra["must_not_show"] = ["5,600000", "5,6666"]


@programs.case("ma go sai", "a code that the set does not have, with a title in other words, where one item is left: an error, once", "openpyxl")
def _(f):
    ws, t = f.plain(values={"code": lambda n: "2.4.7" if n.code == "2.4.2" else n.code,
                            "title": lambda n: "Nhận đơn trên mạng" if n.code == "2.4.2" else n.title})
    f.find("3xx", "error", t.at("2.4.2", "code"), "CDS342")
    f.scores["2.4.2"] = 0


@programs.case("tc la ten", "titles under TC, no other title", "openpyxl")
def _(f):
    f.plain(keys=["number", "title", "max", "self", "evidence"], headers={"number": "STT", "title": "TC", "max": "Điểm TĐ", "self": "Điểm TĐG", "evidence": "MC"},
            values={"number": lambda n: f.rules.nodes.index(n) + 1})


@programs.case("tc la ma", "codes under TC beside running numbers", "libreoffice:xls")
def _(f):
    f.plain(keys=["number", "code", "title", "max", "self", "evidence"], headers={"number": "TT", "code": "TC", "title": "ND"},
            values={"number": lambda n: f.rules.nodes.index(n) + 1, "title": lambda n: SHORT.get(n.code, n.title)})


@programs.case("chu eth", "Ð for Đ and ƣ for ư in headers, labels, titles, answers and the name", "openpyxl")
def _(f):
    odd = lambda text: text.translate(str.maketrans("Đđưƣ", "Ððƣƣ")) if isinstance(text, str) else text
    ws, t = f.plain(keys=["title", "max", "self", "evidence"], values={"title": lambda n: n.title, "evidence": lambda n: f"QĐ số 12/QĐ-{n.code}" if n.depth == 3 else None})
    for at, cell in ws.cells.items():
        cell["v"] = odd(cell["v"])
    f.extra["must_show"], f.extra["must_not_show"] = ["QÐ số 12/QÐ-1.3.1"], ["Qé"]


@programs.case("chu eth nfd", "the same decomposed, and no code: the school by its name", "libreoffice:ods")
def _(f):
    odd = lambda text: unicodedata.normalize("NFD", text.translate(str.maketrans("Đđưƣ", "Ððƣƣ"))) if isinstance(text, str) else text
    ws = f.sheet()
    row = f.block(ws, code=False)
    f.table(ws, row=row, keys=["code", "title", "max", "self", "evidence"])
    for at, cell in ws.cells.items():
        cell["v"] = odd(cell["v"])
