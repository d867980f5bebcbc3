// Grades what is at two ports of localhost as MDN's HTTP Observatory grades a site: node grade.mjs HTTP_PORT HTTPS_PORT
// Prints each test and the grade, and ends with 1 if that is not the best.
import { writeFileSync } from "node:fs";

const OBSERVATORY = new URL("node_modules/@mdn/mdn-http-observatory/", import.meta.url);
const part = (path) => import(new URL(path, OBSERVATORY));

// It knows which sites browsers only open with HTTPS. Ours is none of them.
writeFileSync(new URL("conf/hsts-preload.json", OBSERVATORY), "{}");
const { retrieve } = await part("src/retriever/retriever.js");
const { ALL_TESTS } = await part("src/constants.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await part("src/grader/charts.js");
const { getGradeForScore, getScoreModifier } = await part("src/grader/grader.js");

const [httpPort, httpsPort] = process.argv.slice(2).map(Number);
const site = await retrieve("localhost", { httpPort, httpsPort });
if (site.responses.auto?.status !== 200) throw new Error("the site does not answer");

// As in its scanner, which takes no ports: extra credit counts from a score of A on.
let [score, extra] = [100, 0];
for (const test of ALL_TESTS) {
  const { result } = test(site);
  const modifier = getScoreModifier(result);
  if (modifier < 0) score += modifier;
  else extra += modifier;
  console.log(`${String(modifier).padStart(4)}  ${result}`);
}
const { grade, score: final } = getGradeForScore(score >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? score + extra : score);
console.log(`Grade ${grade} (${final})`);
process.exitCode = grade === "A+" ? 0 : 1;
