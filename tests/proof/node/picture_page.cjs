// Takes pictures of a page in Chromium:
//   node picture_page.cjs CHROMIUM PAGE.html '[{"path", "width", "height", "scheme", "part"}]'
const path = require("path");
const { pathToFileURL } = require("url");
const puppeteer = require("puppeteer-core");

async function main([chromium, file, pictures]) {
  const args = ["--no-sandbox", "--disable-gpu"];
  const browser = await puppeteer.launch({ executablePath: chromium, args, headless: true });
  for (const { path: target, width, height, scheme, part } of JSON.parse(pictures)) {
    const page = await browser.newPage();
    await page.setViewport({ width, height });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(pathToFileURL(path.resolve(file)).href);
    await page.evaluate((id) => id && document.getElementById(id).scrollIntoView({ behavior: "instant" }), part);
    await page.screenshot({ path: target });
    await page.close();
  }
  await browser.close();
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
