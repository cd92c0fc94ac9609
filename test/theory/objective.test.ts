import assert from "node:assert/strict";
import { test } from "node:test";
import { compile } from "../../core/program/compile";
import { catalogue } from "../../core/catalogue/index";
import { analyse } from "../../core/theory/analyse";
import type { DerivedLoss, Objective } from "../../core/theory/derivation/loss";
import { buildObjective } from "../../core/theory/objective/objective";
import { evaluate, noisy } from "./evaluate";
import { two, views } from "./specs";

function objective(text: string): Objective {
  const { specs, diagnostics } = analyse(text);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === "error"),
    [],
  );
  return buildObjective(specs.at(-1)!.derived!);
}

/** Names of what a loss reads: parameters and inputs, with shapes. */
function reads(
  text: string,
  batch = 4,
): { parameters: Record<string, number[]>; inputs: Record<string, number[]> } {
  const { buffers } = compile({ total: objective(text).total }, { batch });
  const of = (role: string): Record<string, number[]> =>
    Object.fromEntries(
      buffers.filter((buffer) => buffer.role === role).map(({ name, shape }) => [name!, shape]),
    );
  return { parameters: of("parameter"), inputs: of("input") };
}

const layers = (name: string, ...widths: number[]): Record<string, number[]> =>
  Object.fromEntries(
    widths.slice(1).flatMap((width, i) => [
      [`${name}.${2 * i}.weight`, [width, widths[i]!]],
      [`${name}.${2 * i}.bias`, [width]],
    ]),
  );

test("parameters and inputs of DVSIB with a critic network", () => {
  const text = `spec A {
    modality X : image(3, 3)
    modality Y : vector(5)
    latent Zx : gaussian(2) from X
    latent Zy : gaussian(4) from Y
    knob beta = 2 in 1 .. 4
    knob w = 0.1
    network encoder X = mlp(7)
    network decoder Y = linear
    network critic Zx, Zy = mlp(6, 3)
    compress I(X; Zx)
    compress I(Y; Zy)
    keep I(Zx; Zy) by mine
    keep w * I(X; Zx)
    keep w * I(Y; Zy)
  }`;
  const { parameters, inputs } = reads(text);
  assert.deepEqual(parameters, {
    ...layers("encoder.Zx", 9, 7, 4),
    ...layers("encoder.Zy", 5, 128, 128, 8),
    ...layers("critic.Zx-Zy", 6, 6, 3, 1),
    ...layers("decoder.X", 2, 128, 128, 9),
    ...layers("decoder.Y", 4, 5),
  });
  assert.deepEqual(inputs, {
    X: [4, 9],
    Y: [4, 5],
    "noise.Zx": [4, 2],
    "noise.Zy": [4, 4],
    "permutation.Zx-Zy": [4],
    "knob.beta": [],
    "knob.w": [],
  });
});

test("experts, subsets, conditions and second decoders have parameters of their own", () => {
  const text = views(
    "compress I(X, Y; Z | L)",
    "compress I(X, Y; W | X) by conditional(W[X])",
    "keep I(X; Z, W)",
    "keep I(X; Z) by gaussian",
    "keep I(X; Z, W) by laplace as second",
    "keep I(L; Z[X])",
    "network encoder Z, W = linear",
    "network decoder X, L = linear",
  ).replace("latent W : gaussian(2) from X, Y", "latent W : gaussian(2) from X, Y by poe");
  const { parameters, inputs } = reads(text);
  assert.deepEqual(
    Object.keys(parameters)
      .filter((name) => name.endsWith(".weight"))
      .sort(),
    [
      "backward.Z-L.0.weight",
      "decoder.L.0.weight",
      "decoder.X-Z.0.weight",
      "decoder.X-second.0.weight",
      "decoder.X.0.weight",
      "encoder.W-X.0.weight",
      "encoder.W-Y.0.weight",
      "encoder.Z.0.weight",
      "encoder.Z[X].0.weight",
    ],
  );
  assert.deepEqual(parameters["encoder.Z.0.weight"], [4, 12]);
  assert.deepEqual(parameters["backward.Z-L.0.weight"], [4, 3]);
  assert.deepEqual(inputs.L, [4, 3]);
  assert.ok("noise.Z[X]" in inputs);
});

test("a learned noise level, prior and temperature start at their plain values", () => {
  const text = views(
    "compress I(X, Y; Z, W)",
    "keep I(X; Z, W) by gaussian(learned)",
    "keep I(Z; W) by infonce(critic = cosine, temperature = learned)",
    "prior Z = learned",
  );
  const { parameters } = reads(text);
  for (const [name, shape] of Object.entries({
    "likelihood.X.logVariance": [],
    "critic.Z-W.logTemperature": [],
    "prior.Z.mean": [2],
    "prior.Z.logVariance": [2],
  })) {
    assert.deepEqual(parameters[name], shape, name);
  }
});

test("a decoder named by what it reads is the same in any order, and reads in its first order", async () => {
  const text = views(
    "compress I(X, Y; Z, W)",
    "keep I(X; Z, W)",
    "keep again: I(X; W, Z)",
    "network decoder X = linear",
  );
  const { parameters } = reads(text);
  assert.ok(!Object.keys(parameters).some((name) => name.startsWith("decoder.X-")));
  const { terms } = objective(text);
  const roots = { first: terms["keep I(X; Z, W)"]!, second: terms.again! };
  const values: Record<string, number[]> = {};
  compile(roots, { batch: 3 }).buffers.forEach(({ name, shape }, i) => {
    if (name !== undefined)
      values[name] = noisy(
        shape.reduce((product, size) => product * size, 1),
        i,
      );
  });
  const { first, second } = await evaluate(roots, 3, values);
  assert.deepEqual(first, second);
});

/** Whether a loss is made of rates against the standard prior and of terms weighed by beta alone. */
const isPlain = ({ spec, terms }: DerivedLoss): boolean =>
  spec.knobs.every(({ name }) => name === "beta") &&
  spec.latents.every(
    ({ prior, given, fusion }) =>
      prior.name === "standard" && given.length === 0 && !["moe", "mopoe"].includes(fusion.name),
  ) &&
  terms.every(
    ({ term, bound }) =>
      term.target === undefined &&
      !term.id.includes("[") &&
      (term.side === "compress" ? bound.id === "kl" : bound.id !== "cca"),
  );

for (const { method, text } of catalogue()) {
  if (!isPlain(analyse(text).specs[0]!.derived!)) continue;
  test(`${method}: the loss is the weighed sum of its terms, and rates add up to the rate terms`, async () => {
    const derived = analyse(text).specs[0]!.derived!;
    const { total, terms, rates, means, reconstructions } = buildObjective(derived);
    const roots = {
      total,
      ...terms,
      ...Object.fromEntries(Object.entries(rates).map(([name, rate]) => [`rate ${name}`, rate])),
    };
    const batch = 4;
    const values: Record<string, number[]> = {};
    compile(roots, { batch }).buffers.forEach(({ role, name, input, shape }, i) => {
      if (role !== "input" && role !== "parameter") return;
      const length = shape.reduce((product, size) => product * size, 1);
      values[name!] =
        input?.kind === "permutation"
          ? [2, 3, 1, 0]
          : name === "knob.beta"
            ? [3]
            : noisy(length, i).map((x) => x / 3);
    });
    const found = await evaluate(roots, batch, values);
    let sum = 0;
    for (const { term } of derived.terms) {
      const value = found[term.id]![0]!;
      assert.ok(Number.isFinite(value) && value !== 0, `${term.id}: ${value}`);
      sum += term.side === "compress" ? value : -("knob.beta" in values ? 3 : 1) * value;
      if (term.side !== "compress") continue;
      const code = /; (\w+)\)/.exec(term.id)![1]!;
      const rate = found[`rate ${code}`]!.reduce((a, b) => a + b);
      assert.ok(Math.abs(rate - value) < 1e-9 * Math.abs(value), `${term.id}: ${value}, coordinates ${rate}`);
    }
    assert.ok(Math.abs(found.total![0]! - sum) < 1e-9 * Math.abs(sum), `${found.total![0]} against ${sum}`);
    assert.deepEqual(
      Object.keys(means),
      derived.spec.latents.map(({ name }) => name),
    );
    for (const expr of Object.values(means)) assert.deepEqual(expr.shape, ["N", 8]);
    for (const [name, expr] of Object.entries(reconstructions)) {
      assert.deepEqual(expr.shape, ["N", derived.spec.streams.find((stream) => stream.name === name)!.width]);
    }
  });
}

for (const { method, text } of catalogue()) {
  test(`${method}: the loss and its terms compile to finite numbers`, async () => {
    const { total, terms } = buildObjective(analyse(text).specs[0]!.derived!);
    const roots = { total, ...terms };
    const batch = 16;
    const values: Record<string, number[]> = {};
    compile(roots, { batch }).buffers.forEach(({ role, name, input, shape }, i) => {
      if (role !== "input" && role !== "parameter") return;
      const length = shape.reduce((product, size) => product * size, 1);
      values[name!] =
        input?.kind === "permutation"
          ? Array.from({ length }, (_, row) => (row + 1) % batch)
          : input?.kind === "knob"
            ? [3]
            : noisy(length, i).map((x) => x / 3);
    });
    for (const [name, value] of Object.entries(await evaluate(roots, batch, values)))
      assert.ok(value.every(Number.isFinite), `${name}: ${value}`);
  });
}

test("a loss with an error is refused with its message", () => {
  const { derived } = analyse(two("compress I(X; Z) by infonce")).specs[0]!;
  assert.throws(() => buildObjective(derived!), /minimising it does not limit/);
});
