/**
 * Time of a training step of five losses on everything that may train them, in one run: `npm run bench:losses`. Writes
 * LOSSES.md beside this file. Threads are pinned: to so many cores, and where a library asks, to so many threads.
 *
 * Options: `--losses`, `--widths` and `--batches` choose some, as in `--widths 128,1024`; `--rounds 15`, `--threads 1`; `--without
 * compiled,onnx` leaves contenders out. `BOTTLENECK_ONNX` names a Python that has torch, onnx, onnxscript and
 * onnxruntime-training.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { hasRelaxedSimd } from "../../core/train/executors/wasm/kernels";
import { measureLoss, type Row } from "./losses/contenders";
import { LOSSES } from "./losses/specs";
import { TURN_MS } from "./turns";

const FLAG = "--experimental-wasm-relaxed-simd";
const PINNED = "BOTTLENECK_BENCH_PINNED";

const { values: options } = parseArgs({
  options: {
    losses: { type: "string", default: Object.keys(LOSSES).join(",") },
    widths: { type: "string", default: "128,1024" },
    batches: { type: "string", default: "128,512" },
    rounds: { type: "string", default: "7" },
    threads: { type: "string", default: "1" },
    without: { type: "string", default: "" },
  },
});
const numbers = (text: string): number[] => text.split(",").map(Number);
const threads = Number(options.threads);

const lineOf = ({ loss, width, batch, who, least, median, ratio }: Row): string =>
  `| ${loss} | ${width} | ${batch} | ${who} | ${least.toFixed(2)} | ${median.toFixed(2)} | ${ratio.toFixed(2)} |`;

/** The least, the median and the largest ratio of each contender. */
function summaryOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.map(({ who }) => who))].map((who) => {
    const ratios = rows.flatMap((row) => (row.who === who ? [row.ratio] : [])).sort((a, b) => a - b);
    const middle = ratios[ratios.length >> 1]!;
    return `| ${who} | ${[ratios[0]!, middle, ratios.at(-1)!].map((x) => x.toFixed(2)).join(" | ")} |`;
  });
}

async function main(): Promise<void> {
  const load = loadavg()[0]!;
  const rows: Row[] = [];
  const notes = new Set<string>();
  const left = new Set(options.without.split(","));
  for (const loss of options.losses.split(","))
    for (const width of numbers(options.widths))
      for (const batch of numbers(options.batches)) {
        const setting = { loss, width, batch, threads, rounds: Number(options.rounds), without: left };
        const found = await measureLoss(setting, (note) => notes.add(note));
        for (const row of found) console.log(lineOf(row));
        rows.push(...found);
      }
  const text = `# A training step of five losses

Written by \`npm run bench:losses\` on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]!.model.trim()}, ${cpus().length} cores,
Node ${process.versions.node}; everything on ${threads === 1 ? "one core and one thread" : `${threads} cores and threads`}. Load average of the machine ${load.toFixed(1)} before and
${loadavg()[0]!.toFixed(1)} after: on a machine that others use too, the least times say more than the medians.

One step is forward, backward and Adam from one batch and one set of draws, two 28 x 28 views or one, perceptrons with two hidden
layers of this width. PyTorch carries out the exported file; \`compiled\` is \`torch.compile\` with fused Adam, ONNX Runtime its
training of the same graph with AdamW. The executors are handed a batch, run and give the loss, as in a preview. Contenders
take turns of ${TURN_MS} ms for ${options.rounds} rounds; a ratio is the median over rounds of the time over that of PyTorch eager in the
same round. First losses agree within 1e-3.

| who | least ratio | middle ratio | largest ratio |
|---|---|---|---|
${summaryOf(rows).join("\n")}
${notes.size === 0 ? "" : `\n${[...notes].map((note) => `- ${note}`).join("\n")}\n`}
| loss | width | batch | who | least ms | median ms | ratio |
|---|---|---|---|---|---|---|
${rows.map(lineOf).join("\n")}
`;
  writeFileSync(join(dirname(fileURLToPath(import.meta.url)), "LOSSES.md"), text);
}

if (process.env[PINNED] === undefined) {
  const flags = hasRelaxedSimd() ? [] : [FLAG];
  const cores = Array.from({ length: threads }, (_, i) => i).join(",");
  const command = [process.execPath, ...flags, ...process.execArgv, ...process.argv.slice(1)];
  const { status } = spawnSync("taskset", ["-c", cores, ...command], {
    stdio: "inherit",
    env: { ...process.env, [PINNED]: cores },
  });
  process.exitCode = status ?? 1;
} else void main();
