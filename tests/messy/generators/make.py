#!/usr/bin/env python3
"""Writes every messy form of tests/messy/ with what a person reads in it.

    python3 tests/messy/generators/make.py [OFFICE ...]

Needs Python 3.11 with openpyxl, LibreOffice (`soffice`), and Node with the packages `xlsx` (SheetJS) and `exceljs`,
found through NODE_PATH. The forms themselves are in cases_*.py, as cells; here each goes to the program that it names:
openpyxl, exceljs, sheetjs:xlsx|xls|xlsb|ods|biff5, libreoffice:xlsx|xls|ods (what openpyxl wrote, opened and saved), html:doc|xls, or
rust (its cells are kept as JSON, and tests/messy.rs writes them with rust_xlsxwriter).
"""
import csv, html, importlib, json, pathlib, re, shutil, struct, subprocess, sys, tempfile, unicodedata
import openpyxl
from openpyxl.utils import get_column_letter
import form

HERE = form.HERE
SUFFIX = {"openpyxl": "xlsx", "exceljs": "xlsx", "rust": "xlsx", "biff5": "xls"}


def write_openpyxl(model, path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for s in model:
        ws = book.create_sheet(s["name"])
        for c in s["cells"]:
            cell = ws.cell(c["r"], c["c"])
            cell.value = c["f"] if "f" in c else c.get("v")
            if "f" not in c and isinstance(c.get("v"), str):
                cell.data_type = "e" if c["v"].startswith("#") and c["v"].endswith(("!", "?", "A")) else "s"
            if "fmt" in c:
                cell.number_format = c["fmt"]
        for r1, c1, r2, c2 in s["merges"]:
            ws.merge_cells(start_row=r1, start_column=c1, end_row=r2, end_column=c2)
        for r in s["hidden_rows"]:
            ws.row_dimensions[r].hidden = True
        for c in s["hidden_cols"]:
            ws.column_dimensions[get_column_letter(c)].hidden = True
        ws.sheet_state = "hidden" if s["hidden"] else "visible"
    book.active = next(i for i, s in enumerate(model) if not s["hidden"])
    book.save(path)


def write_html(model, path):
    """What programs export as .doc and .xls: lines of text, then a table; merged cells span."""
    out = ["<html xmlns:o='urn:schemas-microsoft-com:office:office' xmlns:w='urn:schemas-microsoft-com:office:word'>",
           "<head><meta charset='utf-8'><title>Phiếu</title><style>td { border: 1px solid }</style></head><body>"]
    for s in model:
        rows, spans, covered = {}, {}, set()
        for c in s["cells"]:
            rows.setdefault(c["r"], {})[c["c"]] = c.get("v")
        for r1, c1, r2, c2 in s["merges"]:
            spans[r1, c1] = f" rowspan={r2 - r1 + 1} colspan={c2 - c1 + 1}"
            covered |= {(r, c) for r in range(r1, r2 + 1) for c in range(c1, c2 + 1)} - {(r1, c1)}
        text = lambda v: "" if v is None else html.escape(f"{v:g}" if isinstance(v, float) else str(v)).replace("\n", "<br>")
        header = next(r for r in sorted(rows) if len(rows[r]) > 2)
        out += [f"<p align=center><b>{': '.join(text(v).rstrip(':') for _, v in sorted(rows[r].items()))}</b></p>" for r in sorted(rows) if r < header]
        out.append("<table border=1>")
        for r in range(header, max(rows) + 1):
            cells = [(c, rows.get(r, {}).get(c)) for c in range(1, max(rows[header]) + 1) if (r, c) not in covered]
            out.append(f"<tr>{''.join(f'<td{spans.get((r, c), str())}>{text(v)}&nbsp;</td>' for c, v in cells)}</tr>")
        out.append("</table>")
    path.write_text("\n".join(out) + "</body></html>", encoding="utf-8")


def convert(jobs):
    """LibreOffice: each format in one go; same results, a tenth of the time."""
    for kind in sorted({kind for _, _, kind in jobs}):
        with tempfile.TemporaryDirectory() as work:
            work = pathlib.Path(work)
            (work / "in").mkdir()
            mine = [(model, path) for model, path, k in jobs if k == kind]
            for i, (model, _) in enumerate(mine):
                write_openpyxl(model, work / "in" / f"{i}.xlsx")
            inputs = [str(work / "in" / f"{i}.xlsx") for i in range(len(mine))]
            subprocess.run(["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to",
                            kind, "--outdir", str(work / "out"), *inputs], check=True, capture_output=True, timeout=300)
            for i, (_, path) in enumerate(mine):
                shutil.copyfile(work / "out" / f"{i}.{kind}", path)


def node(script, jobs):
    if jobs:
        text = json.dumps([{"path": str(path), "kind": kind, "sheets": model} for model, path, kind in jobs])
        subprocess.run(["node", str(HERE / script)], input=text, text=True, check=True)


TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text):
    """Letters and tones apart, as the code page has them."""
    def apart(c):
        marks = unicodedata.normalize("NFD", c)
        return unicodedata.normalize("NFC", "".join(m for m in marks if m not in TONES)) + "".join(m for m in marks if m in TONES)
    return "".join(map(apart, unicodedata.normalize("NFC", text)))


def fits_1252(model):
    try:
        return [c["v"].encode("cp1252") for s in model for c in s["cells"] if isinstance(c.get("v"), str)] is not None
    except UnicodeEncodeError:
        return False


def excel_95(model):
    """The texts as Excel 95 can hold them."""
    if fits_1252(model):
        return model
    text = lambda v: windows_1258(v) if isinstance(v, str) else v
    return [{**s, "name": "Phieu", "cells": [{**c, "v": text(c["v"])} if "v" in c else c for c in s["cells"]]} for s in model]


def put_texts(model, path):
    """SheetJS writes a line for each letter beyond ASCII: the letters are put in their places, byte for byte."""
    book = bytearray(path.read_bytes())
    page = 1252 if fits_1252(model) else 1258
    at, sheet, texts = book.index(b"\x09\x08\x08\x00\x00\x05\x05\x00"), -1, {}
    for i, s in enumerate(model):
        texts.update({(i, c["r"] - 1, c["c"] - 1): c["v"].encode(f"cp{page}") for c in s["cells"] if isinstance(c.get("v"), str)})
    while sheet < len(model):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == 0x42:
            struct.pack_into("<H", book, at + 4, page)
        if kind == 0x204:
            row, col, _, size = struct.unpack_from("<HHHH", book, at + 4)
            text = texts.pop((sheet, row, col))
            assert len(text) == size, (text, size)
            book[at + 12:at + 12 + size] = text
        sheet += kind == 0x0A
        at += 4 + length
    assert not texts, texts
    path.write_bytes(book)


def write_office(office, cases, rules_dir=None):
    out = HERE.parent / office
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    later = {"libreoffice": [], "sheetjs": [], "exceljs": []}
    expected, roster, kept = [], {}, []
    for made in cases:
        f, program = made.form, made.program
        name, _, kind = program.partition(":")
        suffix = SUFFIX.get(kind) or SUFFIX.get(name) or kind
        f.file = f"{f.file}.{suffix}"
        model = [s.model() for s in f.sheets]
        path = out / f.file
        if name == "openpyxl":
            write_openpyxl(model, path)
        elif name == "html":
            write_html(model, path)
        elif name == "rust":
            kept.append({"file": f.file, "sheets": model})
        else:
            later[name].append((excel_95(model) if kind == "biff5" else model, path, kind or "xlsx"))
        for one in [f, *f.others]:
            one.file = f.file
            case = one.expected()
            case["about"] += f" [{program}]"
            expected.append(case)
            if one.roster_code:
                roster[one.roster_code] = (one.roster_name, one.kind, one.former)
        for other in made.roster:
            roster.setdefault(other[0], other[1:])
    convert(later["libreoffice"])
    node("sheetjs.js", later["sheetjs"])
    for model, path, kind in later["sheetjs"]:
        if kind == "biff5":
            put_texts(model, path)
    node("exceljs.js", later["exceljs"])
    with open(out / "danh-sach-truong.csv", "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["ma_truong", "ten_truong", "cap_hoc", "don_vi_quan_ly", "ma_cu"])
        rows.writerows([code, name, kind, "Xã An Bình", former] for code, (name, kind, former) in roster.items())
    lines = [json.dumps(case, ensure_ascii=False) for case in expected]
    (out / "expected.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    if kept:
        (out / "rust").mkdir()
        for one in kept:
            (out / "rust" / (one["file"] + ".json")).write_text(json.dumps(one["sheets"], ensure_ascii=False), encoding="utf-8")
    if rules_dir:
        shutil.copytree(rules_dir, out / "quy-tac")


def main():
    wanted = sys.argv[1:]
    for path in sorted(HERE.glob("cases_*.py")):
        module = importlib.import_module(path.stem)
        for office, cases, rules in module.offices():
            if not wanted or office in wanted:
                write_office(office, cases, rules)
                print(office, len(cases))


main()
