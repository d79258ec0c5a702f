// Cells to workbooks with SheetJS (npm package `xlsx`); jobs come as JSON on standard input. Called by make.py.
const XLSX = require("xlsx");
const jobs = JSON.parse(require("fs").readFileSync(0, "utf8"));
for (const { path, kind, sheets } of jobs) {
  const book = XLSX.utils.book_new();
  for (const s of sheets) {
    const ws = {};
    let rows = 0, cols = 0;
    for (const c of s.cells) {
      const cell = typeof c.v === "number" ? { t: "n", v: c.v } : typeof c.v === "boolean" ? { t: "b", v: c.v } : { t: "s", v: c.v ?? "" };
      if (c.fmt) cell.z = c.fmt;
      if (c.f) cell.f = c.f.replace(/^=/, "");
      ws[XLSX.utils.encode_cell({ r: c.r - 1, c: c.c - 1 })] = cell;
      rows = Math.max(rows, c.r - 1);
      cols = Math.max(cols, c.c - 1);
    }
    ws["!ref"] = XLSX.utils.encode_range({ s: { r: 0, c: 0 }, e: { r: rows, c: cols } });
    ws["!merges"] = s.merges.map(([r1, c1, r2, c2]) => ({ s: { r: r1 - 1, c: c1 - 1 }, e: { r: r2 - 1, c: c2 - 1 } }));
    if (s.hidden_rows.length) {
      ws["!rows"] = [];
      for (const r of s.hidden_rows) ws["!rows"][r - 1] = { hidden: true };
    }
    XLSX.utils.book_append_sheet(book, ws, s.name);
  }
  book.Workbook = { Sheets: sheets.map((s) => ({ Hidden: s.hidden ? 1 : 0 })) };
  XLSX.writeFile(book, path, { bookType: kind === "xls" ? "biff8" : kind, compression: true });
}
