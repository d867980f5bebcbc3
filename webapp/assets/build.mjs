// Builds ../static from scss/ and the pinned packages. The result is committed, so a plain install needs no Node.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "sass";
import { prune } from "./prune.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const MAX_BYTES = 48_000; // about 9 kB on the line: the page has to open fast on an old phone

// What must never reach a reader: the content security policy forbids the first,
// the second would tell others who reads or break below a path, the rest belong to a government.
const FORBIDDEN = [/data:/i, /url\(["']?(https?:|\/)/i, /gds[ -]?transport/i, /crown|crest/i, /@import/i];

const compiled = compile(here("scss/style.scss"), {
  style: "compressed",
  charset: false,
  loadPaths: [here("node_modules")],
  quietDeps: true,
});
const css = prune(compiled.css);
const found = FORBIDDEN.filter((pattern) => pattern.test(css));
if (found.length) throw new Error(`style.css holds what it must not: ${found.join(", ")}`);
if (css.length > MAX_BYTES) throw new Error(`style.css has ${css.length} bytes, more than ${MAX_BYTES}`);

mkdirSync(here("../static/fonts"), { recursive: true });
writeFileSync(here("../static/style.css"), css + "\n");

const font = "node_modules/@fontsource/atkinson-hyperlegible";
for (const weight of [400, 700]) {
  const file = `atkinson-hyperlegible-latin-${weight}-normal.woff2`;
  copyFileSync(here(`${font}/files/${file}`), here(`../static/fonts/${file}`));
}
copyFileSync(here(`${font}/LICENSE`), here("../static/fonts/LICENSE.txt"));
console.log(`style.css: ${css.length} bytes`);
