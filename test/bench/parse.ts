/** Milliseconds to parse, to resolve names and to format 50 and 2,000 lines. Run: `node --import tsx test/bench/parse.ts`. */
import { readFileSync } from "node:fs";
import { formatText } from "../../core/language/formatter";
import { parse } from "../../core/language/parser";
import { symbolsOf } from "../../core/language/symbols";

const text = readFileSync(new URL("../language/files/whole.bottleneck", import.meta.url), "utf8");
const [opening, ...statements] = text
  .slice(text.indexOf("spec Everything"), text.indexOf("/// A second"))
  .trimEnd()
  .split("\n");
const closing = statements.pop();

/** A spec of so many lines, its statements repeated. */
function fileOf(lines: number): string {
  const body = Array.from({ length: lines - 2 }, (_, i) => statements[i % statements.length] ?? "");
  // What is cut off at the end may be a part of a statement: the last group is filled up with whole lines.
  const whole = body.slice(0, body.lastIndexOf(""));
  const filling = body.slice(whole.length).map(() => "  drop link");
  return [opening, ...whole, ...filling, closing, ""].join("\n");
}

/** The median of several runs, after a warm-up. */
function milliseconds(run: () => unknown): number {
  const times: number[] = [];
  for (let i = 0; i < 30; i++) {
    const start = performance.now();
    run();
    if (i >= 9) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[times.length >> 1] ?? NaN;
}

for (const lines of [50, 2000]) {
  const file = fileOf(lines);
  const { tree, diagnostics } = parse(file);
  if (diagnostics.length > 0)
    throw new Error(`The text of ${lines} lines has errors: ${diagnostics[0]?.message}`);
  const times = {
    parse: milliseconds(() => parse(file)),
    symbols: milliseconds(() => symbolsOf(tree)),
    format: milliseconds(() => formatText(file)),
  };
  const told = Object.entries(times).map(([name, time]) => `${name} ${time.toFixed(2)} ms`);
  console.log(`${file.split("\n").length - 1} lines: ${told.join(", ")}`);
}
