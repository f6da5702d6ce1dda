// Opens a workbook with SheetJS, types values into cells, saves it: node sheetjs_fill.cjs IN.xlsx CELLS.json OUT.xlsx
// CELLS.json: [{"sheet": "Budget", "cell": "B7", "kind": "text|number|date|time|empty", "value": ...}, ...]
const fs = require("fs");
const XLSX = require("xlsx");

const DAY = 86400000;
const EPOCH = Date.UTC(1899, 11, 30);

function typed({ kind, value }, old) {
  if (kind === "text") return { t: "s", v: value };
  if (kind === "date") return { t: "n", v: (Date.parse(`${value}T00:00:00Z`) - EPOCH) / DAY, z: "yyyy-mm-dd" };
  if (kind === "time") return { t: "n", v: value, z: "hh:mm" };
  return { t: "n", v: value, z: old && old.z };
}

const [source, cells, target] = process.argv.slice(2);
const book = XLSX.readFile(source, { cellFormula: true, cellStyles: true, cellNF: true, sheetStubs: true });
for (const entry of JSON.parse(fs.readFileSync(cells, "utf8"))) {
  const sheet = book.Sheets[entry.sheet];
  if (entry.kind === "empty") delete sheet[entry.cell];
  else sheet[entry.cell] = typed(entry, sheet[entry.cell]);
}
XLSX.writeFile(book, target, { bookSST: true });
