/**
 * What measuring costs beside training, and how soon a turned knob shows, in processor time: every example is trained in
 * this process on one thread, once with a hand on its first knob and once without.
 *
 * `node --import tsx test/bench/monitor.ts [EXAMPLE...]` prints the table; with BOTTLENECK_RECORD=1 it is
 * test/bench/MONITOR.md too, row by row.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { basename, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import type { Preparation } from "../../core/train/prepare";
import { Stepper } from "../../core/train/stepper";
import { KnobSchedule } from "../../core/train/schedule";
import { Trainer } from "../../core/train/trainer";
import type { TrainingMessage } from "../../core/train/training";
import { writeFresh } from "../../core/train/weights";
import { prepared } from "../trainer/train";
import { median } from "./turns";

const folder = join(import.meta.dirname, "../../examples");
const SEED = 1;
/** The most share of a training's processor time that measuring takes, and the most milliseconds until a turn shows. */
const SHARE = 0.25;
const SOON = 100;
const TURNS = 5;
const clock = { now: () => performance.now(), defer: () => setImmediate() };

/** Milliseconds of processor time so far. */
function processor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Processor time of the steps alone, the first ones too: kernels are compiled while they run, in a training as here. */
async function stepsAlone(preparation: Preparation): Promise<number> {
  const { programs, spec, length } = preparation;
  const executor = await createWasmExecutor({ threads: 1 });
  const session = await executor.open(programs);
  writeFresh(session, "train", programs.train, preparation.initialWeights(SEED));
  const stepper = new Stepper(preparation, session, SEED);
  const schedule = new KnobSchedule(spec.knobs, length.stepsPerEpoch);
  const start = processor();
  for (let step = 0; step < length.steps; step++) {
    await stepper.take(step, schedule.at(step));
    if (step % 10 === 0) await setImmediate();
  }
  const time = processor() - start;
  session.dispose();
  executor.close();
  return time;
}

interface Cost {
  /** Milliseconds of processor time: of steps alone, of a training up to its last step, and of the measuring at its end. */
  steps: number;
  live: number;
  end: number;
  /** From each turn of a knob to terms and rates that are measured under it. */
  turns: number[];
}

async function trained(
  preparation: Preparation,
  hear: (message: TrainingMessage, trainer: Trainer) => void,
): Promise<void> {
  const executor = await createWasmExecutor({ threads: 1 });
  const session = await executor.open(preparation.programs);
  const trainer: Trainer = new Trainer(preparation, session, "wasm", SEED, clock, (said) =>
    hear(said, trainer),
  );
  await trainer.run();
  await trainer.dispose();
  executor.close();
}

async function costOf(text: string): Promise<Cost> {
  const preparation = prepared(text, SEED);
  const { steps: all } = preparation.length;
  // Samples that a generator makes when they are first read are there, as those of a file would be: making them measures nothing.
  for (const { makeRows } of preparation.data.streams.values()) makeRows?.();
  // JavaScript is compiled by this training: the steps alone and the next training find it alike.
  const knob = preparation.spec.knobs[0];
  const turns: number[] = [];
  let turned: { at: number; step: number; rates: boolean } | undefined;
  let next = Math.floor(all / (TURNS + 2));
  await trained(preparation, (message, trainer) => {
    if (knob === undefined) return;
    if (message.kind === "progress" && turned === undefined && message.step >= next && turns.length < TURNS) {
      trainer.turn(knob.name, turns.length % 2 ? knob.value : knob.value * 1.5);
      turned = { at: processor(), step: message.step, rates: false };
      next += Math.floor(all / (TURNS + 2));
    }
    if (turned !== undefined && message.kind === "rates" && message.step > turned.step) turned.rates = true;
    if (turned?.rates && message.kind === "points" && message.points.some(({ heldOut }) => heldOut)) {
      turns.push(processor() - turned.at);
      turned = undefined;
    }
  });

  const steps = await stepsAlone(preparation);
  const times = { start: 0, last: 0, end: 0 };
  await trained(preparation, (message) => {
    // Opening a session is neither a step nor measuring.
    if (message.kind === "phase" && message.phase === "training") times.start = processor();
    if (message.kind === "points" && message.points.at(-1)!.step === all) times.last = processor();
    if (message.kind === "phase" && message.phase === "finished") times.end = processor();
  });
  return { steps, live: times.last - times.start, end: times.end - times.last, turns };
}

const names = process.argv.slice(2);
const files = readdirSync(folder).filter(
  (file) => names.length === 0 || names.includes(basename(file, ".bottleneck")),
);
const load = (): string => loadavg()[0]!.toFixed(1);
const before = load();
const rows: string[] = [];
const page = (): string => `# What measuring costs

Written by \`node --import tsx test/bench/monitor.ts\` on ${new Date().toISOString().slice(0, 10)}; load average of the machine ${before} before and
${load()} after. Processor time of one thread, after a first training of the same spec. *Measuring* is what a training takes beyond its steps until the last of them,
as a share of the steps; at most ${100 * SHARE} % is wanted. *Turned* is from a turned knob to terms and rates of now: median of ${TURNS} turns, with the
slowest; the median is to be at most ${SOON} ms. *End* is the measuring of the checkpoint after the last step, on all test rows.

| example | steps, s | measuring | turned, ms | within both | end, s |
|---|---|---|---|---|---|
${rows.join("\n")}
`;
function record(): void {
  if (process.env["BOTTLENECK_RECORD"] === "1")
    writeFileSync(join(import.meta.dirname, "MONITOR.md"), page());
}

for (const file of files) {
  const { steps, live, end, turns } = await costOf(readFileSync(join(folder, file), "utf8"));
  const share = (live - steps) / steps;
  const seconds = (time: number): string => (time / 1000).toFixed(1);
  const shown =
    turns.length === 0 ? "no knob" : `${median(turns).toFixed(0)} (${Math.max(...turns).toFixed(0)})`;
  const within = share <= SHARE && (turns.length === 0 || median(turns) <= SOON);
  rows.push(
    `| ${basename(file, ".bottleneck")} | ${seconds(steps)} | ${(100 * share).toFixed(0)} % | ${shown} | ${within ? "yes" : "no"} | ${seconds(end)} |`,
  );
  console.log(rows.at(-1));
  record();
}
