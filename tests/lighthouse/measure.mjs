// Measures the main pages with Lighthouse's mobile preset, in the system's Chromium, against the server as it is run.
// Prints a line for each page, and whatever is not perfect; ends with 1 if anything is not. Takes the command that
// starts the server: node measure.mjs discussion-guide serve --port 0
import { spawn, execFileSync } from "node:child_process";
import { createInterface } from "node:readline";
import { navigation } from "lighthouse";
import puppeteer from "puppeteer-core";

const PAGES = ["/", "/questions", "/sheet", "/read", "/primer", "/search?q=cost", "/numbers", "/options", "/studies", "/what-if", "/rules", "/about"];
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

function chromium() {
  for (const name of ["chromium", "chromium-browser", "google-chrome", "chromium-headless-shell"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8" }).trim();
    } catch {
      continue;
    }
  }
  throw new Error("There is no Chromium on the PATH");
}

async function serve([command, ...options]) {
  const server = spawn(command, options, { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: server.stdout })) {
    const address = line.match(/http:\/\/\S+/);
    if (address) return { server, address: address[0] };
  }
  throw new Error("The server has not started");
}

// The sheet has no address of its own: it is what the form of the questions is answered with.
async function makeSheet(page, address) {
  await page.goto(`${address}/questions`);
  await page.evaluate(() => document.querySelectorAll("input[value^=dont_know]").forEach((input) => input.click()));
  return () => page.evaluate(() => document.querySelector("form[action='/sheet']").submit());
}

async function measure(browser, address, path, tries = 3) {
  const page = await browser.newPage();
  await page.setBypassCSP(true); // Lighthouse asks for robots.txt from inside the page, which our policy forbids
  const go = path === "/sheet" ? await makeSheet(page, address) : address + path;
  const { lhr } = await navigation(page, go, { flags: { onlyCategories: CATEGORIES, logLevel: "error" } });
  await page.close();
  if (lhr.runtimeError && tries > 1) return measure(browser, address, path, tries - 1); // a busy machine spoils a trace
  return lhr;
}

function report(path, lhr) {
  if (lhr.runtimeError) throw new Error(`${path}: ${lhr.runtimeError.message}`);
  const scores = CATEGORIES.map((name) => Math.round(lhr.categories[name].score * 100));
  // Lighthouse lists the tasks of more than 50 ms: what is longer can be felt.
  const tasks = (lhr.audits["long-tasks"].details?.items ?? []).filter((item) => item.url.includes(".js"));
  const shift = lhr.audits["cumulative-layout-shift"].numericValue;
  const bytes = lhr.audits["total-byte-weight"].numericValue;
  console.log(`${path.padEnd(16)}${scores.map((score) => String(score).padStart(5)).join("")}` +
    `  shift ${shift.toFixed(3)}  long script tasks ${tasks.length}  ${Math.round(bytes / 1000)} kB`);
  const weighed = CATEGORIES.flatMap((name) => lhr.categories[name].auditRefs.filter((audit) => audit.weight > 0));
  for (const { id } of weighed) {
    const { score, title, displayValue, details } = lhr.audits[id];
    if (score === null || score >= 0.9) continue;
    console.log(`    ${id}: ${title} ${displayValue ?? ""}`);
    for (const item of details?.items ?? []) console.log(`        ${item.node?.snippet ?? JSON.stringify(item)}`);
  }
  return scores.every((score) => score === 100) && tasks.length === 0 && shift === 0;
}

const { server, address } = await serve(process.argv.slice(2));
process.on("exit", () => server.kill()); // also after a fault
const browser = await puppeteer.launch({ executablePath: chromium(), args: ["--no-sandbox"] });
console.log(`${"".padEnd(16)}${["perf", "a11y", "best", "seo"].map((name) => name.padStart(5)).join("")}`);
let perfect = true;
for (const path of PAGES) perfect = report(path, await measure(browser, address, path)) && perfect;
await browser.close();
process.exit(perfect ? 0 : 1);
