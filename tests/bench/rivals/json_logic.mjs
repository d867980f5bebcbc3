// json-logic-engine on the rules of the guide: reads the rules and the data from a file, prints whether all results are
// as expected, and then, for each line that it reads, the milliseconds of processor time for one set of answers.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { LogicEngine } from "json-logic-engine";

const { rules, data, expected } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const judge = new LogicEngine().build(rules);
const equal = data.every((each, place) => judge(each).map(Boolean).join() === expected[place].join());
console.log(equal ? "equal" : "different");
for await (const _ of createInterface({ input: process.stdin })) {
  const begun = process.cpuUsage();
  for (const each of data) judge(each);
  const { user, system } = process.cpuUsage(begun);
  console.log((user + system) / 1000 / data.length);
}
