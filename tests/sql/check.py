"""Reads the CSV tables of an office's runs with DuckDB as datapackage.json describes them, and runs the queries of
docs/bang-csv.md over all runs; each figure is held against a count of its own. Ends with 1 where anything differs.

    python3 tests/sql/check.py OFFICE
"""

import collections
import csv
import json
import pathlib
import re
import sys

import duckdb

TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DECIMAL(9,2)", "datetime": "TIMESTAMP", "boolean": "BOOLEAN"}
ROOT = pathlib.Path(__file__).resolve().parents[2]


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def check_types(db, run):
    """Every value of every table is of the kind that the description tells, and none is lost."""
    for table in json.loads((run / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        columns = {field["name"]: TYPES[field["type"]] for field in table["schema"]["fields"]}
        path = run / table["path"]
        read = db.execute(
            "SELECT count(*), count(COLUMNS(*)) FROM read_csv(?, header = true, quote = '\"', columns = ?)",
            [str(path), columns],
        ).fetchone()
        want = rows(path)
        filled = tuple(sum(1 for row in want if row[name] != "") for name in columns)
        assert (want[0].keys() if want else columns.keys()) == columns.keys(), path
        assert read == (len(want), *filled), (path, read, filled)


def check_queries(db, office, runs):
    text = (ROOT / "docs/bang-csv.md").read_text(encoding="utf-8")
    levels, change = re.findall(r"```sql\n(.*?)```", text, re.S)
    want = collections.Counter(
        (run.name, row["bo_chi_so"], int(row["muc_do"]))
        for run in runs
        for row in rows(run / "truong.csv")
        if row["trang_thai"] == "da_nhan" and row["muc_do"]
    )
    found = {(run, of_set, level): count for run, of_set, level, count in db.execute(levels).fetchall()}
    assert found == want and want, (found, want)
    points = [
        {(row["ma_truong"], row["bo_chi_so"], row["ma"]): row["duoc_tinh"] for row in rows(run / "diem.csv")}
        for run in (runs[0], runs[-1])
    ]
    want = sorted(key for key in points[1] if points[0].get(key, points[1][key]) != points[1][key])
    assert sorted(row[:3] for row in db.execute(change).fetchall()) == want and want, want


def main():
    office = pathlib.Path(sys.argv[1]).resolve()
    runs = sorted(path.parent for path in office.glob("ket-qua/*/datapackage.json"))
    assert len(runs) >= 2, runs
    db = duckdb.connect()
    db.execute("SET file_search_path = ?", [str(office)])
    for run in runs:
        check_types(db, run)
    check_queries(db, office, runs)
    print(f"{len(runs)} runs: tables are as described, queries give what is counted")


main()
