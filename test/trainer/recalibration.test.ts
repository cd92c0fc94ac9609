/** Contrastive terms with one temperature fitted on held-out rows, against a grid over all temperatures. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileEvaluate } from "../../core/program/compile";
import { analyse } from "../../core/theory/analyse";
import { buildObjective } from "../../core/theory/objective/objective";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { Contrasts, lossToCompare } from "../../core/train/recalibration";
import { RandomStream } from "../../core/random";
import { isPhase, smallSpec, startHost } from "./session";

/** InfoNCE of scores times `scale`, the mean over tables and rows, by the plainest loops. */
function infonce(batches: number[][][][], scale: number): number {
  const rows = batches.flatMap((tables) =>
    tables.flatMap((table) =>
      table.map((scores, i) => {
        const mean = scores.reduce((sum, score) => sum + Math.exp(scale * (score - scores[i]!)), 0);
        return -Math.log(mean / scores.length);
      }),
    ),
  );
  return rows.reduce((sum, value) => sum + value, 0) / rows.length;
}

/** The highest value over a fine grid of multipliers. */
function bestOnGrid(batches: number[][][][]): { scale: number; value: number } {
  let best = { scale: 0, value: 0 };
  for (let log = -9; log <= Math.log(1000); log += 0.002) {
    const scale = Math.exp(log);
    const value = infonce(batches, scale);
    if (value > best.value) best = { scale, value };
  }
  return best;
}

const random = new RandomStream(7, "scores", 0);
const normal = (): number => random.normal();

/** Scores of pairs: what the pair shares shows on the diagonal, times how sure the critic is. */
const scored = (shares: number, sure: number, rows = 12): number[][][] => {
  const table = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: rows }, (_, j) => sure * (normal() + (i === j ? shares : 0))),
  );
  return [table, table.map((_, i) => table.map((row) => row[i]!))];
};

function gathered(batches: number[][][][]): Contrasts {
  const contrasts = new Contrasts();
  for (const tables of batches)
    contrasts.add(
      "a",
      tables.map((table) => Float32Array.from(table.flat())),
      infonce([tables], 1),
    );
  return contrasts;
}

test("one temperature is found as by a grid, whatever the critic's own", () => {
  for (const sure of [0.02, 1, 60])
    for (const shares of [0.5, 2]) {
      const batches = [scored(shares, sure), scored(shares, sure)];
      const contrasts = gathered(batches);
      const { a } = contrasts.at(contrasts.fitted());
      const best = bestOnGrid(batches);
      assert.ok(Math.abs(a!.value - best.value) < 1e-5, `${sure} ${shares}: ${a!.value} ${best.value}`);
      assert.ok(Math.abs(Math.log(a!.scale / best.scale)) < 0.02, `${a!.scale} ${best.scale}`);
      assert.ok(Math.abs(a!.raw - infonce(batches, 1)) < 1e-4);
      assert.ok(a!.low < a!.value && a!.value < a!.high);
    }
});

test("scores that say nothing, the contrary or everything have values at the ends", () => {
  const value = (batches: number[][][][]): number => {
    const contrasts = gathered(batches);
    return contrasts.at(contrasts.fitted())["a"]!.value;
  };
  const against = [scored(-3, 5)];
  assert.ok(Math.abs(value(against)) < 1e-3, `${value(against)}`);
  const flat = [[Array.from({ length: 4 }, () => [1, 1, 1, 1])]];
  assert.equal(value(flat), 0);
  const sure = [scored(1000, 1)];
  assert.ok(Math.abs(value(sure) - Math.log(12)) < 1e-6);
});

test("a critic that is too sure of itself has a negative value, and keeps what its order shows", () => {
  const batches = Array.from({ length: 6 }, () => scored(1.5, 40, 32));
  const contrasts = gathered(batches);
  const { a } = contrasts.at(contrasts.fitted());
  assert.ok(a!.raw < -5 && a!.value > 0.5, JSON.stringify(a));
  const measured = { total: 9, recalibrated: { a: a! } };
  assert.ok(Math.abs(lossToCompare(measured, { a: -32 }) - (9 - 32 * (a!.value - a!.raw))) < 1e-9);
  assert.equal(lossToCompare({ total: 9 }, { a: -32 }), 9);
});

test("of several codes the scores are those that the bound's value is made of", async () => {
  const text = `spec A {
  modality X : vector(4)
  modality Y : vector(4)
  modality V : vector(4)
  latent Z : gaussian(2) from X
  latent W : gaussian(2) from Y
  latent U : gaussian(2) from V
  compress I(X; Z)
  compress I(Y; W)
  compress I(V; U)
  keep TC(Z, W, U) by infonce
  keep I(Z; W) by infonce
  keep I(Z; U) by infonce one-way
}`;
  const objective = buildObjective(analyse(text).specs[0]!.derived!);
  const program = compileEvaluate(objective, { batch: 6 });
  const session = await createReferenceExecutor().open({ evaluate: program });
  for (const { role, name, shape, input } of program.buffers) {
    if (role !== "input" && role !== "parameter") continue;
    const size = shape.reduce((product, length) => product * length, 1);
    const value = (i: number): number =>
      input?.kind === "permutation" ? (i + 1) % size : normal() * (role === "parameter" ? 0.1 : 1);
    session.write(
      "evaluate",
      name!,
      Array.from({ length: size }, (_, i) => value(i)),
    );
  }
  await session.run("evaluate");
  for (const [id, tables] of Object.entries(objective.contrasts)) {
    assert.equal(tables.length, { "keep TC(Z, W, U)": 3, "keep I(Z; W)": 2, "keep I(Z; U)": 1 }[id]);
    const contrasts = new Contrasts();
    const read: Float32Array[] = [];
    for (const i of tables.keys())
      read.push(Float32Array.from(await session.read("evaluate", `contrast.${i}.${id}`)));
    const own = (await session.read("evaluate", `term.${id}`))[0]!;
    contrasts.add(id, read, own);
    const { raw, value } = contrasts.at({})[id]!;
    assert.ok(Math.abs(raw - value) < 1e-5, `${id}: ${raw} ${value}`);
  }
  session.dispose();
});

test("a run has the recalibrated value beside the raw one, of test rows at its end", async () => {
  const host = startHost();
  const few = "samples = 64, validation = 64, test = 96";
  host.open(smallSpec("", { epochs: 40, data: few }).replace("seed = 3", "seed = 3, optimizer = adam(1e-2)"));
  await host.until(isPhase("finished"));
  const told = host
    .of("measurements")
    .flatMap(({ step, measurements }) =>
      measurements.filter(({ id }) => id === "recalibrated").map((one) => ({ step, ...one })),
    );
  const raw = (step: number): number | undefined =>
    host.points().find((point) => point.step === step)?.heldOut?.terms["keep I(Zx; Zy)"];
  const live = told.slice(0, -1);
  assert.ok(live.length > 3);
  for (const { step, value, unit, term } of live) {
    assert.deepEqual([unit, term], ["nats", "keep I(Zx; Zy)"]);
    // The best of all multipliers is at least as good as 1, and as 0.
    assert.ok(value >= raw(step)! - 1e-5 && value >= 0, `${step}: ${value} ${raw(step)}`);
  }
  assert.equal(told.at(-1)!.step, host.of("checkpoint").at(-1)!.step);
  assert.deepEqual(host.refused, []);
  await host.close();
});
