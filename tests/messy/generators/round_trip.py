#!/usr/bin/env python3
"""Forms of `cds forms`, filled, opened and saved by other programs: tests/messy/round-trip/.

    python3 tests/messy/generators/round_trip.py path/to/cds

Needs what make.py needs. Each school's form is made by the program itself, filled with openpyxl (or by SheetJS), and saved
by the program that its case names.
"""
import csv, json, pathlib, shutil, subprocess, sys, tempfile
import openpyxl
from form import GENERAL, HERE, PRESCHOOL, Form

SAVED = [("openpyxl", "xlsx", GENERAL), ("libreoffice", "xlsx", GENERAL), ("libreoffice", "ods", PRESCHOOL), ("libreoffice", "xls", GENERAL),
         ("sheetjs", "xlsx", PRESCHOOL), ("sheetjs", "xls", GENERAL), ("sheetjs", "xlsb", PRESCHOOL), ("sheetjs", "ods", PRESCHOOL)]
SHEET, FIRST_ROW, SCORE, EVIDENCE = "Phiếu tự đánh giá", 11, 4, 7
OUT = HERE.parent / "round-trip"


def answers(f):
    """Row, column and value of each cell that a school fills."""
    for i, node in enumerate(f.rules.nodes):
        if node.kind not in ("group", "criterion"):
            yield FIRST_ROW + i, SCORE, f.value(node, "self")
            yield FIRST_ROW + i, EVIDENCE, f"QĐ số {i}/QĐ"
        if node.kind == "ratio":
            yield FIRST_ROW + i, SCORE + 1, 12
            yield FIRST_ROW + i, SCORE + 2, 15


def main(cds):
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    forms = []
    for number, (program, kind, rules) in enumerate(SAVED, 801):
        f = Form(number, f"{number - 800:02} {program}.{kind}", f"a form of cds, saved by {program} as .{kind}", rules)
        forms.append((f, program, kind))
    with open(OUT / "danh-sach-truong.csv", "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["ma_truong", "ten_truong", "cap_hoc", "don_vi_quan_ly"])
        rows.writerows([f.code, f.name, f.kind, "Xã An Bình"] for f, _, _ in forms)
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        shutil.copy(OUT / "danh-sach-truong.csv", work)
        (work / "co-quan.toml").write_text('ten = "Phòng GDĐT thử nghiệm"\nnam_hoc = "2024-2025"\n', encoding="utf-8")
        subprocess.run([cds, "forms", str(work), "-o", str(work / "phieu")], check=True)
        for f, program, kind in forms:
            blank = next((work / "phieu").glob(f"{f.code}-*.xlsx"))
            if program == "sheetjs":
                job = {"from": str(blank), "to": str(OUT / f.file), "kind": kind, "sheet": SHEET, "cells": list(answers(f))}
                subprocess.run(["node", str(HERE / "round_trip.js")], input=json.dumps(job), text=True, check=True)
                continue
            book = openpyxl.load_workbook(blank)
            for row, col, value in answers(f):
                book[SHEET].cell(row, col).value = value
            filled = OUT / f.file if program == "openpyxl" else work / f"{f.code}.xlsx"
            book.save(filled)
            if program == "libreoffice":
                subprocess.run(["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", kind, "--outdir",
                                str(work / "out"), str(filled)], check=True, capture_output=True, timeout=300)
                shutil.copyfile(work / "out" / f"{f.code}.{kind}", OUT / f.file)
    lines = [json.dumps(f.expected(), ensure_ascii=False) for f, _, _ in forms]
    (OUT / "expected.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


main(sys.argv[1])
