/**
 * Processor time of an edit inside one of several specs, as the language server spends it: the text read again, what is
 * found told, and the colours and hints of what is in sight. `node --import tsx test/bench/edit.ts` writes EDIT.md beside
 * this file.
 */
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { catalogue } from "../../core/catalogue/index";
import { diagnostics } from "../../services/diagnostics";
import { openDocument, type Document } from "../../services/document";
import { inlayHints } from "../../services/hints";
import { semanticTokens } from "../../services/semantic-tokens";

/** Lines of the file, and what an edit may take at the 95th percentile, in milliseconds. */
const LIMITS: [number, number][] = [
  [200, 5],
  [2000, 16],
];
const EDITS = 400;

const methods = catalogue().filter(({ text }) => text.split("\n").length > 20);

/** Specs of about 25 lines each, every one with a name of its own. */
function textOf(lines: number): string {
  const specs: string[] = [];
  for (let i = 0; specs.join("\n").split("\n").length < lines - 12; i++) {
    const { text, spec } = { spec: `Own${i}`, text: methods[i % methods.length]!.text };
    specs.push(text.replace(/^spec \w+/m, `spec ${spec}`));
  }
  return specs.join("\n");
}

function milliseconds(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

let failed = false;
const rows: string[] = [];
for (const [lines, limit] of LIMITS) {
  const text = textOf(lines);
  const specs = text.match(/^spec /gm)!.length;
  // A digit of a knob or a size in the middle spec is typed over and over.
  const middle = text.indexOf(`spec Own${specs >> 1}`);
  const at = middle + text.slice(middle).search(/\(\d/) + 1;
  let document: Document = openDocument("file:///a.bottleneck", 0, text);
  const times: number[] = [];
  for (let i = 1; i <= EDITS; i++) {
    const edited = text.slice(0, at) + String(2 + (i % 97)) + text.slice(at + 1);
    times.push(
      milliseconds(() => {
        document = openDocument("file:///a.bottleneck", i, edited, {}, document);
        diagnostics(document);
        const range = { start: { line: 0, character: 0 }, end: { line: 60, character: 0 } };
        semanticTokens(document, range);
        inlayHints(document, range);
      }),
    );
  }
  const sorted = times.slice(EDITS / 4).sort((a, b) => a - b);
  const [half, p90, p95] = [0.5, 0.9, 0.95].map((share) => sorted[Math.floor(share * sorted.length)]!);
  failed ||= p95! > limit;
  rows.push(
    `| ${text.split("\n").length} | ${specs} | ${half!.toFixed(1)} | ${p90!.toFixed(1)} | ${p95!.toFixed(1)} | ${limit} |`,
  );
}
const page = `# Time of an edit

Written by \`node --import tsx test/bench/edit.ts\` on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]!.model.trim()}, ${cpus().length} cores,
Node ${process.versions.node}, load average of the machine ${loadavg()[0]!.toFixed(1)}. Milliseconds of processor time of all threads,
collection of garbage and compilation included, of an edit inside the middle spec of a file; ${EDITS} edits, of which the first
quarter is not counted. The limit is that of the 95th percentile.

| lines | specs | median, ms | 90th percentile, ms | 95th percentile, ms | limit, ms |
|---|---|---|---|---|---|
${rows.join("\n")}
`;
console.log(page);
writeFileSync(new URL("EDIT.md", import.meta.url), page);
process.exitCode = failed ? 1 : 0;
