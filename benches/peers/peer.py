"""What a user would write instead, on one page: read every return of a folder, check the scores against the blank form's
maxima, sum them, write one sheet. No forms back, no levels, no comparison with anything: less than a run does.

    python3 peer.py calamine|fastexcel|polars|openpyxl|pandas FOLDER OUT.xlsx"""

import pathlib
import sys
import unicodedata

import xlsxwriter

HEADER = "diem tu danh gia"
MAXIMUM = "diem toi da"


def fold(text):
    text = unicodedata.normalize("NFD", str(text).lower().replace("đ", "d"))
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).split())


def calamine(path):
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    return (book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names)


def fastexcel(path):
    import fastexcel as reader

    book = reader.read_excel(path)
    for name in book.sheet_names:
        yield book.load_sheet(name, header_row=None, dtypes="string").to_polars().rows()


def polars(path):
    import polars as pl

    options = {"read_options": {"header_row": None}, "infer_schema_length": 0}
    for frame in pl.read_excel(path, sheet_id=0, raise_if_empty=False, has_header=False, **options).values():
        yield frame.rows()


def openpyxl(path):
    import openpyxl as reader

    book = reader.load_workbook(path, data_only=True, read_only=True)
    return (list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets)


def pandas(path):
    import pandas as pd

    for frame in pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl").values():
        yield frame.astype(object).where(frame.notna(), None).values.tolist()


def number(value):
    if isinstance(value, bool) or value is None:
        return None
    try:
        return float(str(value).strip().replace(",", "."))
    except ValueError:
        return None


def scores(rows):
    """The scores by code, and what is wrong with them."""
    found, wrong, columns = {}, [], None
    for row in rows:
        if columns is None:
            heads = [fold(value) if value is not None else "" for value in row]
            if HEADER in heads:
                columns = heads.index(HEADER), heads.index(MAXIMUM)
            continue
        code = str(row[0] or "").strip()
        if code.count(".") < 1 or not code[0].isdigit():
            continue
        score, most = number(row[columns[0]]), number(row[columns[1]])
        if most is None:
            continue
        if score is None or not 0 <= score <= most:
            wrong.append(f"{code}: {row[columns[0]]}")
        found[code] = score or 0.0
    return found, wrong


def main(mode, folder, out):
    read = globals()[mode]
    returns = {}
    for path in sorted(pathlib.Path(folder).rglob("*.xlsx")):
        for rows in read(str(path)):
            found, wrong = scores(rows)
            if found:
                returns[path.name] = found, wrong
                break
    codes = sorted({code for found, _ in returns.values() for code in found})
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["file", *codes, "total", "to correct"])
    for line, (name, (found, wrong)) in enumerate(returns.items(), 1):
        items = [code for code in found if not any(other.startswith(code + ".") for other in found)]
        total = sum(found[code] for code in items)
        sheet.write_row(line, 0, [name, *(found.get(code) for code in codes), total, "; ".join(wrong)])
    book.close()
    print(f"{len(returns)} returns")


main(*sys.argv[1:])
