/**
 * Time of a training step and of its matrix products: the wasm executor against eager PyTorch, on the same machine in
 * the same run. `npm run bench -- 15` (rounds) writes RESULTS.md beside this file.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { hasRelaxedSimd } from "../../core/train/executors/wasm/kernels";
import { SIZES } from "./dvsib";
import { measureProducts } from "./products";
import { measureSteps } from "./steps";
import { startTorch } from "./torch";
import { TURN_MS } from "./turns";

const FLAG = "--experimental-wasm-relaxed-simd";
const THREADS = [1, 2];

async function main(rounds: number): Promise<void> {
  const load = loadavg()[0]!;
  const torches = new Map(THREADS.map((threads) => [threads, startTorch(threads)]));
  const version = await torches.get(1)!.ask<string>({});
  const steps: string[] = [];
  for (const size of SIZES) steps.push(...(await measureSteps(size, torches, rounds)));
  const products = await measureProducts(torches.get(1)!, rounds);
  for (const torch of torches.values()) torch.end();
  const processors = cpus();
  const text = `# Speed of a training step

Written by \`npm run bench -- ${rounds}\` on ${new Date().toISOString().slice(0, 10)}: ${processors[0]!.model.trim()}, ${processors.length} cores,
Node ${process.versions.node}, PyTorch ${version} (eager). Load average of the machine ${load.toFixed(1)} before and ${loadavg()[0]!.toFixed(1)} after.
The contenders take turns of ${TURN_MS} ms; every time is a median of ${rounds} rounds, every ratio the median of the rounds' ratios.
Processor time is given where one thread runs: it does not count waiting for the machine's other programs.

## Steps

DVSIB (two encoders and two decoders, perceptrons or two strided convolutions each, sigmoid, Gaussian likelihood, rates, InfoNCE with a dot critic, Adam), batch 128;
milliseconds a step, with its inputs and noise. Ratios are to PyTorch with as many threads; all first losses agree to 1e-4.
Two threads of PyTorch wait for each other by spinning and get far slower when other programs use the cores: with load, compare
their least times.

| size | who | ms | least to most | ratio | processor ms | ratio |
|---|---|---|---|---|---|---|
${steps.join("\n")}

## Products

GFLOP/s on one thread, by processor time. The peak is that of 128-bit fused multiply-adds on registers alone. The first
three are the large step's own; the square shows what a product too large for the nearer caches costs. All take turns, since
for minutes at a time whatever else the core runs slows all that starts many instructions; the least and most shares say how far.

| product | peak | own | share of the peak | least to most | own without fused multiply-add | PyTorch |
|---|---|---|---|---|---|---|
${products.join("\n")}
`;
  writeFileSync(join(dirname(fileURLToPath(import.meta.url)), "RESULTS.md"), text);
  console.log(text);
}

if (hasRelaxedSimd()) void main(Number(process.argv[2] ?? 15));
else if (process.execArgv.includes(FLAG))
  throw new Error("This engine has no relaxed SIMD, which is what is measured.");
else spawnSync(process.execPath, [FLAG, ...process.execArgv, ...process.argv.slice(1)], { stdio: "inherit" });
