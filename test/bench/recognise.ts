/**
 * Milliseconds to recognise a loss: every method, also of more views, every example, losses one change away from a method,
 * and one of many streams that is like none. `node --import tsx test/bench/recognise.ts` writes RECOGNITION.md beside this file.
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { catalogue } from "../../core/catalogue/index";
import { analyse } from "../../core/theory/analyse";
import type { DerivedLoss } from "../../core/theory/derivation/loss";
import { methodAt, recognise } from "../../core/theory/recognition/recognise";
import { changes } from "../theory/rewriting/changes";
import { Random } from "../theory/rewriting/random";
import { putTogether, takenApart } from "../theory/rewriting/written";

const LIMIT = 5;
const ROUNDS = 15;

const lossesOf = (text: string): DerivedLoss[] =>
  analyse(text).specs.flatMap(({ derived, valid }) => (derived && valid ? [derived] : []));

const examples = new URL("../../examples/", import.meta.url);
const written = readdirSync(examples)
  .filter((name) => name.endsWith(".bottleneck"))
  .map((name) => readFileSync(new URL(name, examples), "utf8"));

const random = new Random(1);
const changed = catalogue().flatMap(({ text }) =>
  Object.values(changes).flatMap((change) => {
    const other = change(takenApart(text), random);
    return other ? [putTogether(other)] : [];
  }),
);

const many = Array.from({ length: 8 }, (_, i) => i);
const crowd = `spec A {
${many.map((i) => `  modality X${i} : vector(8)\n  latent Z${i} : gaussian(2) from X${i}\n  latent W${i} : gaussian(2) from X${i}`).join("\n")}
${many.map((i) => `  compress I(X${i}; Z${i}, W${i})\n  keep I(X${i}; Z${i}, W${i})`).join("\n")}
${many.flatMap((i) => many.slice(0, i).map((j) => `  keep I(Z${i}; Z${j}) by infonce`)).join("\n")}
}
`;

/** The median time of one call, in milliseconds of processor time: other programs of the machine do not count. */
function milliseconds(loss: DerivedLoss): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    recognise(loss);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return times.sort((a, b) => a - b)[ROUNDS >> 1]!;
}

const groups: [name: string, texts: string[]][] = [
  ["methods", catalogue().map(({ text }) => text)],
  ["examples", written],
  ["one change away", changed],
  ["8 views with private codes", [crowd]],
];

/** Methods of any number of views, at more than their files have. */
const grown = [3, 4].map((views) => ({
  name: `methods of ${views} views`,
  losses: catalogue().flatMap((entry) =>
    entry.views.length > 0 && entry.views.length < views
      ? methodAt(entry, views).map(({ derived }) => derived)
      : [],
  ),
}));

const losses = [...groups.map(([name, texts]) => ({ name, losses: texts.flatMap(lossesOf) })), ...grown];
for (const { losses: all } of losses) for (const loss of all) recognise(loss);

const rows = losses.map(({ name, losses: all }) => {
  const times = all.map(milliseconds).sort((a, b) => a - b);
  const most = times.at(-1)!;
  if (most > LIMIT) process.exitCode = 1;
  return `| ${name} | ${all.length} | ${times[times.length >> 1]!.toFixed(2)} | ${most.toFixed(2)} |`;
});
const page = `# Speed of recognition

Written by \`node --import tsx test/bench/recognise.ts\` on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]!.model.trim()}, ${cpus().length} cores,
Node ${process.versions.node}, load average of the machine ${loadavg()[0]!.toFixed(1)}. Milliseconds of processor time for one call, the
median of ${ROUNDS}; the catalogue has been read (once, about 0.1 s), and methods at more views than their files have are made
when a loss of so many streams is first seen.

| losses | how many | median, ms | most, ms |
|---|---|---|---|
${rows.join("\n")}

The command fails when any takes more than ${LIMIT} ms.
`;
console.log(page);
writeFileSync(new URL("RECOGNITION.md", import.meta.url), page);
