// Opens a form with SheetJS (npm package `xlsx`), fills it and saves it; the job comes as JSON on standard input. Called by
// round_trip.py.
const XLSX = require("xlsx");
const job = JSON.parse(require("fs").readFileSync(0, "utf8"));
const book = XLSX.readFile(job.from, { cellStyles: true, cellNF: true });
const ws = book.Sheets[job.sheet];
for (const [row, col, v] of job.cells) {
  ws[XLSX.utils.encode_cell({ r: row - 1, c: col - 1 })] = typeof v === "number" ? { t: "n", v } : { t: "s", v };
}
XLSX.writeFile(book, job.to, { bookType: job.kind === "xls" ? "biff8" : job.kind, compression: true });
