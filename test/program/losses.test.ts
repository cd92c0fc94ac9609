/** Whole losses, from text to gradient, against finite differences (relative error 1e-6), and their programs' promises. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileEvaluate, compileStep } from "../../core/program/compile";
import { buffersWith, parametersOfObjective } from "../../core/program/parameters";
import { sizeOf, type BufferSpec, type Program } from "../../core/program/program";
import { analyse } from "../../core/theory/analyse";
import type { Objective } from "../../core/theory/derivation/loss";
import { partsOf } from "../../core/theory/objective/part";
import { buildObjective } from "../../core/theory/objective/objective";
import { Absences } from "../../core/train/absences";
import { gradientError, values, type Data } from "./evaluate";
import { assertSound } from "./invariants";

const networks = "network encoder X = mlp(5)\n network decoder X = mlp(5)";
const streams = "modality X : vector(4)\n modality Y : vector(3)";
const two = `${streams}\n latent Zx : gaussian(2) from X\n latent Zy : gaussian(2) from Y\n compress I(X; Zx)\n compress I(Y; Zy)`;

const losses: Record<string, string> = {
  "rate and Gaussian likelihood": `${streams} latent Zx : gaussian(2) from X\n compress I(X; Zx)\n keep I(X; Zx) by gaussian`,
  "Laplace likelihood": `${streams} latent Zx : gaussian(2) from X, Y\n compress I(X, Y; Zx)\n keep I(X; Zx) by laplace\n keep I(Y; Zx) by gaussian`,
  "Bernoulli likelihood": `${streams} latent Zx : gaussian(2) from X\n compress I(X; Zx)\n keep I(Y; Zx) by bernoulli`,
  "Poisson likelihood": `modality X : counts(4)\n latent Zx : gaussian(2) from X\n compress I(X; Zx)\n keep I(X; Zx) by poisson`,
  label: `modality X : vector(4)\n target L : label(3)\n latent Zx : gaussian(2) from X\n compress I(X; Zx)\n keep I(L; Zx) by categorical`,
  "InfoNCE, dot": `${two}\n keep I(Zx; Zy) by infonce\n keep 0.1 * I(X; Zx) by gaussian`,
  "InfoNCE, concat": `${two}\n keep I(Zx; Zy) by infonce(critic = concat)\n network critic Zx, Zy = mlp(6)`,
  MINE: `${two}\n keep I(Zx; Zy) by mine\n keep w * I(Y; Zy) by gaussian\n knob w = 0.3 in 0.1 .. 1\n network critic Zx, Zy = mlp(6)`,
  "product of experts": `${streams} latent Z : gaussian(2) from X, Y by poe\n compress I(X, Y; Z)\n keep I(X; Z) by gaussian\n keep I(Y; Z) by gaussian`,
};

/** Of five rows one lacks X, one Y, and one both. */
const missing = `${streams}\n missing X rate 0.4\n missing Y rate 0.4`;
const alone =
  "latent Zx : gaussian(2) from X\n latent Zy : gaussian(2) from Y\n compress I(X; Zx)\n compress I(Y; Zy)";
const both = (law: string, more: string): string =>
  `${missing}\n latent Z : ${law} from X, Y by ${more}\n compress I(X, Y; Z)\n keep I(X; Z)\n keep I(Y; Z)`;

const partial: Record<string, string> = {
  "one network, zeros and columns": both("gaussian(2)", "concat"),
  "a product of experts": both("gaussian(2)", "poe"),
  "a product of experts and the prior": both("gaussian(2)", "poe(prior)"),
  "the mean of two": both("gaussian(2)", "mean"),
  "a mixture": both("gaussian(2)", "moe"),
  "a mixture of products": both("gaussian(2)", "mopoe"),
  "two codes, InfoNCE": `${missing}\n ${alone}\n keep I(Zx; Zy) by infonce`,
  "two codes, MINE": `${missing}\n ${alone}\n keep I(Zx; Zy) by mine\n network critic Zx, Zy = mlp(6)`,
  "a condition": `${missing}\n latent Zx : gaussian(2) from X\n latent Zy : gaussian(2) from Y\n compress I(X; Zx | Y) by conditional(Zy)\n compress I(Y; Zy)\n keep I(X; Zx, Zy)`,
};

const batch = 5;
const SEED = 3;

function objectiveOf(body: string): Objective {
  const text = `spec S {\n knob beta = 3 in 0.1 .. 100\n ${body}\n ${networks}\n}`;
  const { specs, diagnostics } = analyse(text);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  assert.deepEqual(
    errors.map(({ message }) => message),
    [],
  );
  return buildObjective(specs[0]!.derived!);
}

for (const [title, body] of Object.entries({ ...losses, ...partial }))
  test(`gradient of a loss: ${title}`, async () => {
    const objective = objectiveOf(body);
    const step = compileStep(objective, { batch });
    assertSound(step);
    assertSound(compileEvaluate(objective, { batch }));

    const data = dataOf(objective, step);
    const options = { batch, parts: partsOf(objective, batch) };
    const error = await gradientError(objective.total, options, data, 8);
    assert.ok(error < 1e-6, `relative error ${error}`);
  });

/**
 * The one bound whose gradient is another's: `smile` reports its clipped value and trains by the Jensen-Shannon objective, as
 * its authors do, so its gradient is held against differences of `js`.
 */
test("gradient of a loss: SMILE, against differences of js", async () => {
  for (const clip of ["5", "0.05"]) {
    const objective = objectiveOf(`${two}\n keep I(Zx; Zy) by smile(${clip})`);
    const trained = objectiveOf(`${two}\n keep I(Zx; Zy) by js`);
    const data = dataOf(objective, compileStep(objective, { batch }));
    const found = await gradientError(objective.total, { batch }, data, 8, trained.total);
    assert.ok(found < 1e-6, `t = ${clip}: relative error ${found}`);
    const own = await gradientError(objective.total, { batch }, data, 8);
    assert.ok(own > 1e-3, `t = ${clip}: the gradient of the clipped value, ${own}`);
  }
});

function dataOf(objective: Objective, step: Program): Data {
  const data: Data = {};
  for (const { name, shape } of parametersOfObjective(objective))
    data[name] = values(name, sizeOf(shape), -0.8, 0.8);
  const absences = new Absences(objective, SEED);
  const lacking = absences.at(new Int32Array(batch), "", 0);
  for (const buffer of buffersWith(step, "input")) data[buffer.name!] = valuesOf(buffer, absences, lacking);
  return data;
}

/** Values of an input; of a stream zeros on the rows that lack it. */
function valuesOf(
  { name, input, shape, dtype }: BufferSpec,
  absences: Absences,
  lacking: readonly (readonly string[])[],
): ArrayLike<number> {
  if (input!.kind === "rows") return absences.rowsOf(input!.of, lacking);
  if (input!.kind === "present") return lacking.map((absent) => (absent.includes(input!.of) ? 0 : 1));
  if (dtype === "int32") return [3, 0, 4, 1, 2].filter((row) => row < shape[0]!);
  const found = values(name!, sizeOf(shape), 0.1, 0.9);
  const width = found.length / shape[0]!;
  return found.map((value, i) => (lacking[Math.floor(i / width)]?.includes(name!) ? 0 : value));
}
