#!/usr/bin/env bash
# The table of costs with what users write instead: their libraries go into a Python of their own, then all is measured.
set -euo pipefail
cd "$(dirname "$0")/.."
home=${CDS_PEERS:-target/peers}
if [ ! -x "$home/bin/python" ]; then
    python3 -m venv "$home"
    "$home/bin/pip" install -q python-calamine fastexcel polars openpyxl pandas xlsxwriter
fi
CDS_BENCH_PYTHON=$PWD/$home/bin/python exec cargo bench --bench run
