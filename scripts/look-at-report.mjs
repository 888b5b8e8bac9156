// Opens report.html in headless Chromium as its readers do, takes pictures of it, and checks it with axe-core.
//
//   npm install --no-save playwright-core axe-core && node scripts/look-at-report.mjs target/gate/report.html [FOLDER]
//
// Chromium is the system's (`apt-get install chromium`), or the one that CHROMIUM names. Pictures are written to
// FOLDER, if it is given. Fails if axe-core finds anything, if the browser reports an error, if the page asks for
// anything, or if it is wider than its window.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// As if from the folder where it is called, so that the packages may be installed anywhere.
const require = createRequire(path.resolve("here.js"));
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [file, folder] = process.argv.slice(2);
if (!file) throw new Error("call it as: node scripts/look-at-report.mjs report.html [FOLDER FOR PICTURES]");
const page_url = pathToFileURL(path.resolve(file)).href;

const readers = {
  desktop: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 375, height: 740 }, hasTouch: true },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  "dark-phone": { viewport: { width: 375, height: 740 }, colorScheme: "dark" },
  "without-script": { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false },
};

let wrong = 0;
const say = (reader, what) => { wrong += 1; console.log(`${reader}: ${what}`); };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
try {
  for (const [reader, options] of Object.entries(readers)) {
    const context = await browser.newContext({ ...options, bypassCSP: false });
    const page = await context.newPage();
    page.on("console", (message) => { if (message.type() === "error") say(reader, message.text()); });
    page.on("pageerror", (error) => say(reader, error.message));
    page.on("request", (request) => { if (request.url() !== page_url) say(reader, `asks for ${request.url()}`); });
    await page.goto(page_url);
    if (folder) await page.screenshot({ path: path.join(folder, `${reader}.png`) });
    if (options.javaScriptEnabled !== false) await look(reader, page);
    if (folder && reader === "desktop") await print(page);
    await context.close();
  }
} finally {
  await browser.close();
}
console.log(wrong === 0 ? "Nothing is wrong with the page." : `${wrong} things are wrong with the page.`);
process.exitCode = wrong === 0 ? 0 : 1;

/** What axe-core finds, with everything unfolded, so that nothing is hidden from it; and whether the page fits. */
async function look(reader, page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((it) => { it.open = true; }));
  // The filters hide groups of criteria, and must hide nothing else.
  const hidden = await page.evaluate(() =>
    [...document.querySelectorAll("main > section, main > #criteria")].filter((it) => it.hidden).map((it) => it.id));
  if (hidden.length > 0) say(reader, `hidden: ${hidden.join(", ")}`);
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => window.axe.run(document));
  for (const { id, help, nodes } of violations) {
    say(reader, `${id}: ${help} (${nodes.length} times, first ${nodes[0].html.slice(0, 200)})`);
  }
  const [wide, window_width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  if (wide > window_width) say(reader, `the page is ${wide} wide in a window of ${window_width}`);
  console.log(`${reader}: axe-core made ${passes.length} checks that pass`);
  if (folder) await page.screenshot({ path: path.join(folder, `${reader}-unfolded.png`), clip: { x: 0, y: 0, width: window_width, height: 5000 }, fullPage: true });
}

/** As it is printed: what is unfolded without touching it. */
async function print(page) {
  await page.reload();
  await page.pdf({ path: path.join(folder, "print.pdf"), format: "A4", margin: { top: "15mm", bottom: "15mm", left: "12mm", right: "12mm" } });
}
