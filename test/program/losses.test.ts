/** Whole losses, from text to gradient, against finite differences (relative error 1e-6), and their programs' promises. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileEvaluate, compileStep } from "../../core/program/compile";
import { buffersWith, parametersOfObjective } from "../../core/program/parameters";
import { sizeOf } from "../../core/program/program";
import { analyse } from "../../core/theory/analyse";
import { buildObjective } from "../../core/theory/objective";
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

const batch = 5;

for (const [title, body] of Object.entries(losses))
  test(`gradient of a loss: ${title}`, async () => {
    const text = `spec S {\n knob beta = 3 in 0.1 .. 100\n ${body}\n ${networks}\n}`;
    const { specs, diagnostics } = analyse(text);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    assert.deepEqual(
      errors.map(({ message }) => message),
      [],
    );
    const objective = buildObjective(specs[0]!.derived!);
    const step = compileStep(objective, { batch });
    assertSound(step);
    assertSound(compileEvaluate(objective, { batch }));

    const data: Data = {};
    for (const { name, shape } of parametersOfObjective(objective))
      data[name] = values(name, sizeOf(shape), -0.8, 0.8);
    for (const { name, shape, dtype } of buffersWith(step, "input"))
      data[name!] = dtype === "int32" ? [3, 0, 4, 1, 2] : values(name!, sizeOf(shape), 0.1, 0.9);
    const error = await gradientError(objective.total, batch, data, 8);
    assert.ok(error < 1e-6, `relative error ${error}`);
  });
