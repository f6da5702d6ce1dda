// Opens a workbook with ExcelJS, types values into cells, saves it: node exceljs_fill.cjs IN.xlsx CELLS.json OUT.xlsx
// CELLS.json: [{"sheet": "Budget", "cell": "B7", "kind": "text|number|date|time|empty", "value": ...}, ...]
const fs = require("fs");
const ExcelJS = require("exceljs");

const DAY = 86400000;
const EPOCH = Date.UTC(1899, 11, 30);

function typed({ kind, value }) {
  if (kind === "empty") return null;
  if (kind === "date") return new Date(`${value}T00:00:00Z`);
  if (kind === "time") return new Date(EPOCH + value * DAY);
  return value;
}

async function main([source, cells, target]) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(source);
  for (const entry of JSON.parse(fs.readFileSync(cells, "utf8"))) {
    book.getWorksheet(entry.sheet).getCell(entry.cell).value = typed(entry);
  }
  await book.xlsx.writeFile(target);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
