// Holds HTML pages that cds writes against WCAG 2.2 AA at the widths of a phone and a screen: `node check.mjs PAGE...`.
// Also: nothing is asked of any other place, the page is as wide as the window, all that can be used can be reached by
// keyboard, a table of schools sorts, filters and prints whole, and is whole where no script runs, and messages are
// copied as they stand.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import path from "node:path";
import { chromium } from "playwright-core";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDTHS = [360, 1440];
const PROGRAM = process.env.CHROMIUM ?? "/usr/bin/chromium";

const pages = process.argv.slice(2);
if (pages.length === 0) {
  console.error("node check.mjs PAGE...");
  process.exit(2);
}

const wrong = [];
const browser = await chromium.launch({ executablePath: PROGRAM, args: ["--no-sandbox"] });
for (const file of pages) {
  for (const width of WIDTHS) {
    await held(file, width);
  }
  await withoutScripts(file);
}
await browser.close();
wrong.forEach((line) => console.error(line));
console.log(`${pages.length} pages at ${WIDTHS.join(" and ")} px: ${wrong.length === 0 ? "nothing wrong" : `${wrong.length} wrong`}`);
process.exit(wrong.length === 0 ? 0 : 1);

async function held(file, width) {
  const say = (what) => wrong.push(`${file} at ${width} px: ${what}`);
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) say(`asks for ${request.url()}`);
  });
  page.on("pageerror", (error) => say(`its script fails: ${error.message}`));
  await page.goto(pathToFileURL(path.resolve(file)).href);
  await page.addScriptTag({ path: AXE });
  const found = await page.evaluate((tags) => window.axe.run({ runOnly: tags }), RULES);
  for (const { id, help, nodes } of found.violations) say(`${id}: ${help}: ${nodes.map((node) => node.html).slice(0, 3).join(" ")}`);
  const facts = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    wide: document.documentElement.scrollWidth,
    usable: document.querySelectorAll("a[href], button, input, select, summary, textarea").length,
    hidden: document.querySelectorAll("[hidden] :is(a[href], button, input, select, summary, textarea)").length,
  }));
  if (facts.lang !== "vi") say(`its language is ${facts.lang}`);
  if (facts.wide > width) say(`it is ${facts.wide} px wide`);
  if ((await reached(page, 2 * facts.usable + 20)) < facts.usable - facts.hidden) say("not all of it can be reached by keyboard");
  if (await page.locator("#bang").count()) await table(page, say);
  if (await page.locator("button[data-tin]").count()) await copies(page, say);
  await page.close();
}

/** The first message is copied as it stands: what is pasted is the same. */
async function copies(page, say) {
  const button = page.locator("button[data-tin]").first();
  const message = await page.locator(`#${await button.getAttribute("data-tin")}`).textContent();
  await button.click();
  await page.waitForFunction(() => document.getElementById("dem").textContent !== "");
  const search = page.locator("#ten");
  await search.focus();
  await page.keyboard.press("Control+V");
  const plain = (text) => text.replace(/\s+/g, " ").trim();
  if (plain(await search.inputValue()) !== plain(message)) say("a message that is copied is not what is pasted");
}

/** How many things that can be used the tab key comes to. */
async function reached(page, most) {
  await page.evaluate(() => { window.reached = new Set(); document.body.focus(); });
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press("Tab");
    await page.evaluate(() => {
      if (document.activeElement.matches("a[href], button, input, select, summary, textarea")) window.reached.add(document.activeElement);
    });
  }
  return page.evaluate(() => window.reached.size);
}

/** The table of schools: sorted, filtered and printed. */
async function table(page, say) {
  const shown = () => page.locator("#bang tbody tr:visible").evaluateAll((rows) => rows.map((row) => row.cells[1].textContent));
  const all = await shown();
  const name = all[all.length - 1];
  const plain = name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  await page.locator("#tim").fill(plain);
  if (!(await shown()).includes(name)) say(`“${plain}” does not find ${name}`);
  await page.locator("#tim").fill("không có trường nào như thế");
  if ((await shown()).length !== 0) say("the search does not filter");
  await page.locator("#tim").fill("");
  const head = page.locator("#bang thead th").nth(1);
  await head.locator("button").focus();
  await page.keyboard.press("Enter");
  const sorted = [...all].sort((a, b) => a.localeCompare(b, "vi"));
  if (JSON.stringify(await shown()) !== JSON.stringify(sorted)) say("it is not sorted by name");
  if ((await head.getAttribute("aria-sort")) !== "ascending") say("it does not say how it is sorted");
  await page.emulateMedia({ media: "print" });
  if (await page.locator("#loc").isVisible()) say("the form is printed");
  if ((await shown()).length !== all.length) say("not all rows are printed");
  await page.emulateMedia({ media: null });
}

async function withoutScripts(file) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(pathToFileURL(path.resolve(file)).href);
  const text = await page.locator("body").innerText();
  if (text.trim().length < 100) wrong.push(`${file} without scripts: it is empty`);
  if ((await page.locator("#bang").count()) && (await page.locator("#bang tbody tr:visible").count()) === 0) {
    wrong.push(`${file} without scripts: no school is shown`);
  }
  await context.close();
}
