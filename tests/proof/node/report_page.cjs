// Opens report pages in Chromium as people do - desktop, phone, paper; light and dark - and says what went wrong:
//   node report_page.cjs CHROMIUM PAGE.html...   prints JSON: one entry per page and way of looking at it
// The first page and that of a client are looked at in every way, the others in light colours only.
const fs = require("fs");
const path = require("path");
const { pathToFileURL } = require("url");
const puppeteer = require("puppeteer-core");

const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const A4_WIDTH = 718; // 190 mm in pixels of CSS
const PATIENCE = 180000;
const VIEWS = [
  { name: "desktop light", width: 1280, scheme: "light", media: "screen" },
  { name: "desktop dark", width: 1280, scheme: "dark", media: "screen" },
  { name: "phone light", width: 360, scheme: "light", media: "screen" },
  { name: "phone dark", width: 360, scheme: "dark", media: "screen" },
  { name: "paper", width: A4_WIDTH, scheme: "light", media: "print" },
  { name: "paper of a dark screen", width: A4_WIDTH, scheme: "dark", media: "print" },
];

async function look(browser, file, view) {
  const address = pathToFileURL(path.resolve(file)).href;
  const seen = { page: path.basename(file), view: view.name, requests: [], console: [], dialogs: [] };
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on("console", (message) => seen.console.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => seen.console.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    seen.dialogs.push(dialog.message());
    dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== address && !request.url().startsWith("data:")) seen.requests.push(request.url());
  });
  await page.setBypassCSP(true); // for axe alone: the page has no script
  await page.setViewport({ width: view.width, height: 900 });
  const features = [{ name: "prefers-color-scheme", value: view.scheme }];
  await (await page.createCDPSession()).send("Emulation.setEmulatedMedia", { media: view.media, features });
  await page.goto(address, { waitUntil: "load", timeout: PATIENCE });
  seen.folded = await widths(page);
  if (view.name === "paper") seen.sheets = await countSheets(page);
  await page.evaluate(() => document.querySelectorAll("details").forEach((part) => { part.open = true; }));
  seen.unfolded = await widths(page);
  seen.background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.addScriptTag({ content: AXE });
  const result = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  seen.axe = result.violations.map(({ id, nodes }) => ({ id, count: nodes.length, first: nodes[0].html.slice(0, 200) }));
  await page.close();
  return seen;
}

function widths(page) {
  return page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: window.innerWidth,
    height: document.documentElement.scrollHeight,
  }));
}

async function countSheets(page) {
  const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
  return (pdf.match(/\/Type\s*\/Page\b(?!s)/g) || []).length;
}

async function main([chromium, ...files]) {
  const args = ["--no-sandbox", "--disable-gpu"];
  const browser = await puppeteer.launch({ executablePath: chromium, args, headless: true, protocolTimeout: PATIENCE });
  const seen = [];
  for (const [number, file] of files.entries()) {
    const views = number && path.basename(file) !== "client.html" ? VIEWS.filter((view) => view.scheme === "light") : VIEWS;
    for (const view of views) seen.push(await look(browser, file, view));
  }
  await browser.close();
  process.stdout.write(JSON.stringify(seen));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
