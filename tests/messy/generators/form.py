"""A filled form as plain cells, whatever program writes it, with what a person reads in it."""
import json, pathlib, random, string, tomllib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
KINDS = {"qd-4725-2022": ["TH", "THCS", "TH&THCS"], "qd-3276-2024": ["MN", "MG"]}
NAMES = {"TH": "Trường Tiểu học", "THCS": "Trường THCS", "TH&THCS": "Trường TH&THCS", "MN": "Trường Mầm non",
         "MG": "Trường Mẫu giáo", "THPT": "Trường THPT"}
WORDS = ["Hoa Sen", "Ánh Dương", "Bình Minh", "Lê Lợi", "Tân Mai", "Long Phú", "Sông Xanh", "Mỹ Thuận", "Đông Hòa",
         "Vành Khuyên", "Sơn Ca", "Măng Non", "Tuổi Thơ", "Hướng Dương", "Nguyễn Huệ", "Phước Lý", "Thạnh Đức"]
HEADERS = {"code": "Mã", "title": "Nội dung", "max": "Điểm tối đa", "self": "Điểm tự đánh giá", "part": "Số đạt",
           "whole": "Tổng số", "evidence": "Minh chứng", "note": "Ghi chú", "level": "Mức độ",
           "component": "Điểm thành phần", "verified": "Điểm thẩm định"}


def letter(col):
    text = ""
    while col:
        col, rest = divmod(col - 1, 26)
        text = string.ascii_uppercase[rest] + text
    return text


class Node(dict):
    __getattr__ = dict.get

    @property
    def depth(self):
        return self["code"].count(".") + 1


class RuleSet:
    def __init__(self, path):
        data = tomllib.loads(pathlib.Path(path).read_text(encoding="utf-8"))
        self.id, self.data = data["set"]["id"], data
        self.nodes = [Node(n) for n in data["node"]]
        self.leaves = [n for n in self.nodes if n.kind not in ("group", "criterion", "computed")]
        self.items = [n for n in self.leaves if n.kind != "mandatory"]
        self.mandatory = [n for n in self.nodes if n.kind == "mandatory"]

    def node(self, code):
        return next(n for n in self.nodes if n.code == code)

    def level(self, scale, points):
        def at(x):
            return float(str(x).replace(",", "."))
        for level in self.data["scales"][scale]["levels"]:
            low = "from" not in level or points >= at(level["from"])
            low = low and ("above" not in level or points > at(level["above"]))
            high = "below" not in level or points < at(level["below"])
            high = high and ("to" not in level or points <= at(level["to"]))
            if low and high:
                return level["level"]


class Sheet:
    def __init__(self, name, hidden=False):
        self.name, self.hidden = name, hidden
        self.cells, self.merges, self.hidden_rows, self.hidden_cols = {}, [], [], []

    def put(self, row, col, v=None, fmt=None, f=None):
        """A value, its number format, its formula; a formula without a value has no result."""
        if v is None and f is None:
            self.cells.pop((row, col), None)
        else:
            self.cells[(row, col)] = {key: x for key, x in (("v", v), ("fmt", fmt), ("f", f)) if x is not None}

    def get(self, row, col):
        return self.cells.get((row, col), {}).get("v")

    def merge(self, r1, c1, r2, c2):
        self.merges.append((r1, c1, r2, c2))

    def model(self):
        cells = [{"r": r, "c": c, **v} for (r, c), v in sorted(self.cells.items())]
        return {"name": self.name, "hidden": self.hidden, "cells": cells, "merges": self.merges,
                "hidden_rows": self.hidden_rows, "hidden_cols": self.hidden_cols}


class Table:
    """Where the rows and columns of a written table are."""
    def __init__(self, rows, cols, header, last):
        self.rows, self.cols, self.header, self.last = rows, cols, header, last

    def at(self, code, key="self"):
        return f"{letter(self.cols[key])}{self.rows[code]}"


class Form:
    """One workbook and what a person reads in it."""
    def __init__(self, number, file, about, rules, kind=None, name=None, code=None, low=False):
        self.random = random.Random(f"{file}{number}")
        self.rules, self.file, self.about = rules, file, about
        self.kind = kind or KINDS[rules.id][number % len(KINDS[rules.id])]
        prefix = "802" if self.kind in ("MN", "MG") else "801"
        self.code = code or f"{prefix}{number:05d}"
        self.name = name or f"{NAMES[self.kind]} {WORDS[number % len(WORDS)]} {number}"
        self.sheets, self.found, self.valid = [], [], True
        self.extra, self.levels = {}, True
        self.roster_name, self.roster_code, self.former = self.name, self.code, ""
        self.scores = {n.code: self.some(n, low) for n in rules.items}
        self.mandatory = {n.code: True for n in rules.mandatory}

    def some(self, node, low):
        if node.kind == "yes-no":
            return self.random.choice([0, node.max])
        if node.bands:
            return max(b["points"] for b in node.bands)
        least = 0 if low else int(node.max)
        return self.random.randint(least, int(node.max * 2)) / 2

    # -- writing
    def sheet(self, name="Phiếu tự đánh giá", hidden=False):
        self.sheets.append(Sheet(name, hidden))
        return self.sheets[-1]

    def block(self, ws, row=1, col=1, code=True, name=True, year="2024-2025", title=True):
        if title:
            ws.put(row, col, "PHIẾU TỰ ĐÁNH GIÁ MỨC ĐỘ CHUYỂN ĐỔI SỐ")
            row += 1
        if year:
            ws.put(row, col, f"Năm học {year}")
            row += 1
        if name:
            ws.put(row, col, "Tên trường:"), ws.put(row, col + 1, self.name)
            row += 1
        if code:
            ws.put(row, col, "Mã trường:"), ws.put(row, col + 1, self.code)
            row += 1
        return row + 1

    def value(self, node, key):
        if key == "code":
            return node.code
        if key == "title":
            return node.title
        if key in ("max", "component"):
            return node.max
        if key == "self":
            if node.kind == "mandatory":
                return "Đạt" if self.mandatory[node.code] else "Chưa đạt"
            return self.scores.get(node.code)
        if key == "evidence" and node.kind not in ("group", "criterion"):
            return f"QĐ số {self.random.randint(1, 99)}/QĐ-{node.code}"
        return None

    def table(self, ws, row=6, col=1, keys=("code", "title", "max", "self", "evidence", "note"), headers=None,
              values=None, nodes=None, header_rows=1, gap=None):
        """Writes a table; `values` maps a key to a function of the node. Returns where things are."""
        headers, values = {**HEADERS, **(headers or {})}, values or {}
        cols = {key: col + i for i, key in enumerate(keys)}
        for key, at in cols.items():
            if headers.get(key):
                ws.put(row, at, headers[key])
        at, rows = row + header_rows, {}
        for node in nodes or self.rules.nodes:
            if gap:
                at += gap(node)
            rows[node.code] = at
            for key, c in cols.items():
                value = values[key](node) if key in values else self.value(node, key)
                if isinstance(value, dict):
                    ws.put(at, c, **value)
                elif value is not None:
                    ws.put(at, c, value)
            at += 1
        return Table(rows, cols, row, at - 1)

    def plain(self, **kw):
        ws = self.sheet()
        row = self.block(ws)
        return ws, self.table(ws, row=row, **kw)

    # -- what a person reads
    def find(self, range, severity=None, cell=None, code=None):
        want = {"range": range, "severity": severity, "cell": cell, "code": code}
        self.found.append({k: v for k, v in want.items() if v})

    def invalid(self):
        self.valid = False

    def sums(self):
        out = {}
        for n in self.rules.items:
            parts = n.code.split(".")
            for i in range(1, len(parts)):
                up = ".".join(parts[:i])
                out[up] = out.get(up, 0) + self.scores[n.code]
            if len(parts) == 1:
                out[n.code] = self.scores[n.code]
        return out

    def expected(self):
        case = {"file": self.file, "about": self.about, "school_code": self.roster_code, "valid": self.valid,
                "scores": {}, "mandatory": {}, "must_find": self.found, **self.extra}
        if self.valid:
            case["scores"] = self.scores
            case["mandatory"] = {k: v for k, v in self.mandatory.items() if v is not None}
            if self.levels:
                case.update(self.expected_levels())
        return case

    def expected_levels(self):
        sums, levels = self.sums(), {}
        tops = [n for n in self.rules.nodes if n.depth == 1 and n.kind != "mandatory"]
        for n in tops:
            scale = n.scale or ("group" if n.kind == "group" and "group" in self.rules.data["scales"] else None)
            if scale:
                levels[n.code] = self.rules.level(scale, sums[n.code])
                held = any(not met and code.split(".")[0] == n.code for code, met in self.mandatory.items())
                if held and self.rules.data["unmet"]["rule"] == "hold-level-1":
                    levels[n.code] = 1
        overall = self.rules.data["overall"]
        if overall["rule"] == "lowest-group":
            return {"group_levels": levels, "level": min(levels.values())}
        if all(self.mandatory.values()):
            return {"group_levels": levels, "level": self.rules.level(overall["scale"], sum(sums[n.code] for n in tops))}
        return {"group_levels": levels}


class Made:
    def __init__(self, form, program, roster):
        self.form, self.program, self.roster = form, program, roster


class Office:
    """The cases of one folder."""
    def __init__(self, name, start):
        self.name, self.number, self.cases = name, start, []

    def case(self, file, about, program="openpyxl", rules=None, roster=(), **kw):
        def write(function):
            self.number += 1
            f = Form(self.number, f"{len(self.cases) + 1:02} {file}", about, rules or GENERAL, **kw)
            f.others = []
            function(f)
            self.cases.append(Made(f, program, roster))
        return write


GENERAL = RuleSet(ROOT / "templates/rules/qd-4725-2022.toml")
PRESCHOOL = RuleSet(ROOT / "templates/rules/qd-3276-2024.toml")
