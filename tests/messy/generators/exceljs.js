// Cells to workbooks with exceljs (npm package `exceljs`); jobs come as JSON on standard input. Called by make.py.
const ExcelJS = require("exceljs");
const jobs = JSON.parse(require("fs").readFileSync(0, "utf8"));
(async () => {
  for (const { path, sheets } of jobs) {
    const book = new ExcelJS.Workbook();
    for (const s of sheets) {
      const ws = book.addWorksheet(s.name, { state: s.hidden ? "hidden" : "visible" });
      for (const c of s.cells) {
        const cell = ws.getCell(c.r, c.c);
        cell.value = c.f ? { formula: c.f.replace(/^=/, ""), result: c.v } : c.v;
        if (c.fmt) cell.numFmt = c.fmt;
      }
      for (const [r1, c1, r2, c2] of s.merges) ws.mergeCells(r1, c1, r2, c2);
      for (const r of s.hidden_rows) ws.getRow(r).hidden = true;
      for (const c of s.hidden_cols) ws.getColumn(c).hidden = true;
    }
    await book.xlsx.writeFile(path);
  }
})();
