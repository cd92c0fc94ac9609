/**
 * Processor time to analyse losses of many views and long chains of `extends`, each size beside the one before.
 * `node --import tsx test/bench/views.ts` writes VIEWS.md beside this file.
 */
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { analyse } from "../../core/theory/analyse";

const ROUNDS = 5;

/** A mixture over the subsets of so many inputs, each of which is reconstructed. */
function mixture(count: number): string {
  const views = Array.from({ length: count }, (_, i) => `X${i}`);
  return `spec A {
${views.map((name) => `  modality ${name} : vector(4)`).join("\n")}
  latent Z : gaussian(2) from ${views.join(", ")} by mopoe
  compress I(${views.join(", ")}; Z)
${views.map((name) => `  keep I(${name}; Z)`).join("\n")}
}
`;
}

/** So many specs that each extend the one before. */
const chain = (count: number): string =>
  `spec A0 {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
${Array.from({ length: count }, (_, i) => `spec A${i + 1} extends A${i} { }\n`).join("")}`;

interface Times {
  terms: number;
  analysed: number;
  recognised: number;
}

function once(text: string): Times {
  const start = process.cpuUsage();
  const [spec] = analyse(text).specs;
  const analysed = process.cpuUsage(start);
  void spec!.recognised;
  const all = process.cpuUsage(start);
  const milliseconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000;
  return {
    terms: spec!.derived?.terms.length ?? 0,
    analysed: milliseconds(analysed),
    recognised: milliseconds(all) - milliseconds(analysed),
  };
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;

function row(name: string, text: string): string {
  const rounds = Array.from({ length: ROUNDS }, () => once(text));
  const [analysed, recognised] = [
    median(rounds.map((each) => each.analysed)),
    median(rounds.map((each) => each.recognised)),
  ];
  return `| ${name} | ${rounds[0]!.terms} | ${analysed.toFixed(1)} | ${recognised.toFixed(1)} |`;
}

once(mixture(4));
const rows = [
  ...[2, 3, 4, 5, 6, 7, 8, 9, 60].map((count) => row(`\`mopoe\` of ${count} views`, mixture(count))),
  ...[75, 150, 300, 600].map((count) => row(`${count} specs, each extending the one before`, chain(count))),
];
const page = `# Speed with many views and long chains

Written by \`node --import tsx test/bench/views.ts\` on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]!.model.trim()}, ${cpus().length} cores,
Node ${process.versions.node}, load average of the machine ${loadavg()[0]!.toFixed(1)}. Milliseconds of processor time, the median of ${ROUNDS}, after
the catalogue has been read. Terms are those of the first spec: 0 where the loss is refused for having too many.

| text | terms | analysis, ms | recognition, ms |
|---|---|---|---|
${rows.join("\n")}
`;
console.log(page);
writeFileSync(new URL("VIEWS.md", import.meta.url), page);
