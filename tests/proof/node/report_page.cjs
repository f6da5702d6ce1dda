// Opens report pages in Chromium as people do - desktop, phone, paper; light and dark - and says what went wrong:
//   node report_page.cjs CHROMIUM PAGE.html...   prints JSON: one entry per page and way of looking at it
// The first page and that of a client are looked at in every way, the others on light screens only.
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
  { name: "paper of a dark screen", width: A4_WIDTH, scheme: "dark", media: "print", likePaper: true }, // white as well
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
  Object.assign(seen, await page.evaluate(covered));
  if (view.name === "paper" && seen.page === "client.html") seen.sheets = await countSheets(page);
  await page.evaluate(() => document.querySelectorAll("details").forEach((part) => { part.open = true; }));
  seen.unfolded = await widths(page);
  seen.background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  if (!view.likePaper) {
    await page.addScriptTag({ content: AXE });
    const result = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    seen.axe = result.violations.map(({ id, nodes }) => ({ id, count: nodes.length, first: nodes[0].html.slice(0, 200) }));
  }
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

// Texts that cover each other, and what scrolls sideways without a shadow at its edge. Runs in the page.
function covered() {
  const boxes = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || element.closest(".hidden, .skip, title, desc") || !element.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const edge = (element.closest(".scroll") || document.body).getBoundingClientRect();
    for (const box of range.getClientRects()) {
      const [left, right] = [Math.max(box.left, edge.left), Math.min(box.right, edge.right)];
      if (right - left > 1) boxes.push({ element, left, right, top: box.top + 2, bottom: box.bottom - 2, text: texts.currentNode.data.trim() });
    }
  }
  boxes.sort((one, other) => one.top - other.top);
  const overlaps = [];
  boxes.forEach((one, place) => {
    for (const other of boxes.slice(place + 1)) {
      if (other.top >= one.bottom) break;
      const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const height = Math.min(one.bottom, other.bottom) - other.top;
      if (one.element !== other.element && width > 2 && height > 2) overlaps.push([one.text, other.text]);
    }
  });
  const cut = [...document.querySelectorAll(".scroll")].filter((part) => part.scrollWidth > part.clientWidth + 1 && part.checkVisibility());
  return { overlaps, cut: cut.filter((part) => getComputedStyle(part).backgroundImage === "none").length };
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
    const views = number && path.basename(file) !== "client.html" ? VIEWS.filter((view) => view.scheme === "light" && view.media === "screen") : VIEWS;
    for (const view of views) seen.push(await look(browser, file, view));
  }
  await browser.close();
  process.stdout.write(JSON.stringify(seen));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
