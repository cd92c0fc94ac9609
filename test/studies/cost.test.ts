/** What a design costs, and narrower designs that keep the same, or do not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { usedCodes, widthsToTry } from "../../core/studies/cost/codes";
import { designCost } from "../../core/studies/cost/design";
import { cost } from "../../core/studies/cost/index";
import { narrowerOf } from "../../core/studies/cost/narrower";
import type { CostAnswer } from "../../core/studies/cost/words";
import { runStudy, type Trainers } from "../../core/studies/engine";
import type { Trained } from "../../core/studies/job";
import { memoryStore } from "../../core/studies/store";
import { homeHere, subjectOf, trainersHere } from "./here";

/** A code of eight numbers for a target of one. */
const WIDE = `spec Wide {
  data "planted-factors" { samples = 1000, validation = 200, test = 1000, seed = 1 }
  modality X : vector(64)
  target shared_1 : scalar
  latent Z : gaussian(8) from X
  knob beta = 8 in 1 .. 64 log
  compress I(X; Z)
  keep I(shared_1; Z) by gaussian(learned)
  network encoder X = linear
  network decoder shared_1 = linear
  train { steps = 300, batch = 64, optimizer = adam(1e-2), seed = 1 }
}`;

const { derived } = subjectOf(WIDE);

/** Both studies of it share their trainings. */
const store = memoryStore();

async function costs(given: Record<string, string>): Promise<CostAnswer> {
  const subject = subjectOf(WIDE);
  return runStudy(cost, subject, cost.read(given, subject), homeHere(withTorch(trainersHere()), store));
}

/** What PyTorch would take: the median of these three. */
const TIMES = [9, 7, 5];

/** Trainers here, and a PyTorch that says what it takes, or why it takes nothing. */
function withTorch(trainers: Trainers, refused?: string): Trainers {
  let timed = 0;
  return {
    ...trainers,
    async train(job, watcher, signal) {
      if (job.executor === undefined) return trainers.train(job, watcher, signal);
      assert.deepEqual([job.executor, job.overrides.steps], ["torch", 100]);
      if (refused !== undefined) return watcher.leg(0, { refused });
      const millisecondsPerStep = TIMES[timed++ % TIMES.length]!;
      watcher.leg(0, { ...trained([], 0), millisecondsPerStep, executor: "PyTorch 9" });
    },
  };
}

test("where PyTorch is missing, the time of the export is not known, and what to do is said", async () => {
  const subject = subjectOf(WIDE);
  const reason = "no Python is named: name one";
  const home = homeHere(withTorch(trainersHere(), reason), store);
  const answer = await runStudy(cost, subject, cost.read({ seeds: "3" }, subject), home);
  const { exported, parts } = answer.design;
  assert.deepEqual(exported, { millisecondsPerStep: null, by: null, reason });
  assert.deepEqual(
    parts.map(({ exportedMilliseconds }) => exportedMilliseconds),
    parts.map(() => null),
  );
  assert.match(cost.sentence(answer), /; its export was not timed, because no Python is named: name one\. /);
  const { columns, rows } = cost.table(answer);
  const at = columns.findIndex(({ name }) => name === "export");
  assert.equal(rows[parts.length]![at], "cannot tell");
});

test("a wide code uses few coordinates, and a training with so many keeps the factor", async () => {
  const answer = await costs({ watts: "20", seeds: "3" });
  const { design, codes, tried } = answer;
  // 64 numbers to 8 means and 8 variances: once forward, and the gradient of the weight.
  assert.deepEqual(design.parts[0], {
    part: "encoder.Z",
    parameters: 64 * 16 + 16,
    multiplyAdds: 2 * 64 * 64 * 16,
    // Each weight with its two moments.
    bytes: 4 * 3 * (64 * 16 + 16),
    milliseconds: (design.millisecondsPerStep * 2 * 64 * 64 * 16) / design.multiplyAdds!,
    exportedMilliseconds: (7 * 2 * 64 * 64 * 16) / design.multiplyAdds!,
  });
  assert.deepEqual(design.exported, { millisecondsPerStep: 7, by: "PyTorch 9", reason: null });
  assert.equal(design.steps, 300);
  assert.ok(design.millisecondsPerStep > 0);
  assert.equal(design.joules, (20 * 300 * design.millisecondsPerStep) / 1000);
  const [{ used, size } = { used: 0, size: 0 }] = codes;
  assert.ok(used >= 1 && used <= 4 && size === 8, `${used} of ${size}`);
  const last = tried.at(-1)!;
  assert.equal(last.verdict, "same");
  assert.ok(last.cost!.parameters < design.parameters && last.cost!.multiplyAdds! < design.multiplyAdds!);
  assert.match(
    cost.sentence(answer),
    /`Z` uses \d of 8 coordinates\. With \d coordinates? in `Z` it keeps the same: every known factor.* fewer multiply-adds; a training of it takes about [\d.,]+ J in place of [\d.,]+\.$/,
  );
  assert.match(cost.sentence(answer), /; a step of its export takes 7\.00 ms by PyTorch 9\. /);
  const { columns, rows } = cost.table(answer);
  assert.equal(rows.length, design.parts.length + 1 + tried.length);
  for (const row of rows) assert.equal(row.length, columns.length);
  // Bars from 0 to what each part takes, of the design and of the narrower one.
  const [parameters, multiplyAdds] = cost.pictures!(answer);
  assert.deepEqual(parameters!.y.names, ["encoder.Z", "decoder.shared_1", "likelihood.shared_1"]);
  assert.deepEqual(multiplyAdds!.y.names, ["encoder.Z", "decoder.shared_1"]);
  const bars = (at: number): number[] => parameters!.series[at]!.points.map(({ x }) => x);
  assert.equal(parameters!.x.title, "thousand parameters");
  assert.deepEqual(bars(0).slice(0, 2), [0, (64 * 16 + 16) / 1000]);
  assert.deepEqual(bars(1).slice(0, 2), [0, last.cost!.parts[0]!.parameters / 1000]);
  assert.equal(parameters!.series[1]!.name, `with Z ${last.widths["Z"]} wide`);
});

const trained = (rates: number[], score: number): Trained => ({
  ...{ key: "", steps: 10, checkpoint: 10, heldOut: { total: 0, terms: {} }, terms: [] },
  ...{ rates: { Z: rates }, verdicts: [], findings: [], leftBehind: [], sentence: "" },
  ...{ parameters: 0, rows: 100, seconds: 1, millisecondsPerStep: 1 },
  measurements: [
    { id: "r2", code: "Z", factor: "shared_1", value: score, low: score, high: score, unit: "R2" },
  ],
});

test("coordinates count from the threshold on, and the most of any training counts", () => {
  const rates = (used: number): number[] => Array.from({ length: 8 }, (_, i) => (i < used ? 0.05 : 0.049));
  const runs = [2, 3].map((used) => trained(rates(used), 0.9));
  assert.deepEqual(usedCodes(derived.spec, runs, 0.05), [{ name: "Z", size: 8, used: 3 }]);
  // A rate of the whole code says nothing of its coordinates.
  assert.deepEqual(usedCodes(derived.spec, [trained([3], 0.9)], 0.05), []);
});

test("widths are tried from the narrowest on: powers of two, or what is used where that is narrower", () => {
  const widths = (...codes: [string, number, number][]): unknown =>
    widthsToTry(codes.map(([name, used, size]) => ({ name, used, size })));
  assert.deepEqual(widths(["Z", 5, 32]), [{ Z: 8 }, { Z: 16 }]);
  assert.deepEqual(widths(["Z", 3, 4]), [{ Z: 3 }]);
  assert.deepEqual(widths(["Z", 0, 2], ["W", 4, 4]), [{ Z: 1 }]);
  assert.deepEqual(widths(["Z", 4, 4]), []);
});

test("a narrower design that loses a factor is worse, and one that scatters is not certain", () => {
  const runs = (...scores: number[]): Trained[] => scores.map((score) => trained([1], score));
  const watched = [{ factor: "shared_1", measure: "R²", expects: "kept", codes: ["Z"], chance: 0 }] as const;
  const verdict = (...after: number[]): string =>
    narrowerOf(
      { Z: 4 },
      { text: WIDE, derived },
      { outcomes: runs(...after), timed: runs(0) },
      runs(0.9, 0.91, 0.89),
      watched,
      { compared: 1, watts: 10 },
    ).verdict;
  assert.equal(verdict(0.9, 0.89, 0.9), "same");
  assert.equal(verdict(0.7, 0.71, 0.7), "worse");
  assert.equal(verdict(0.9, 0.8, 0.95), "not certain");
});

test("what a module of one's own costs cannot be counted, which is said with its name", () => {
  const text = WIDE.replace("encoder X = linear", 'encoder X = torch("mine.Encoder")');
  const own = subjectOf(text).derived;
  const runs = [1, 2, 3].map(() => ({ ...trained([1], 0.9), parameters: 1234 }));
  const design = designCost(own, runs, runs, 10);
  assert.deepEqual(
    [design.parameters, design.multiplyAdds, design.bytes, design.uncounted, design.parts],
    [1234, null, null, ["mine.Encoder"], []],
  );
  const answer: CostAnswer = {
    ...{ name: "Wide", watts: 10, threshold: 0.05, design, codes: [], tried: [] },
    reason: "every code uses its whole width",
  };
  assert.match(
    cost.sentence(answer),
    /1,234 parameters; a step on 64 samples takes multiply-adds that cannot be counted \(`mine\.Encoder` is a module of your own\) and 1\.00 ms/,
  );
  assert.deepEqual(cost.table(answer).rows[0]!.slice(0, 4), [
    "whole design",
    1234,
    "cannot tell",
    "cannot tell",
  ]);
});
