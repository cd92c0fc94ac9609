/** What a step takes, against counts by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { adam, compile, compileStep } from "../../core/program/compile";
import { costOf, type ProgramCost } from "../../core/program/cost";
import * as e from "../../core/program/expression";
import type { Program } from "../../core/program/program";
import { analyse } from "../../core/theory/analyse";
import { buildObjective } from "../../core/theory/objective/objective";

const N = 8;

/** A step down the mean square of a network's output. */
function stepOf(network: e.NetworkShape, width: number): Program {
  const output = e.network(network, e.input("X", ["N", width]));
  const total = e.mean(e.square(output));
  return compile({ total }, { batch: N, updates: { loss: "total", optimizer: adam } });
}

const byPart = ({ parts }: ProgramCost): Record<string, number> =>
  Object.fromEntries(parts.map(({ part, multiplyAdds }) => [part, multiplyAdds]));

test("a perceptron: each layer once forward, twice backward, the first once", () => {
  const program = stepOf({ name: "encoder.Z", layers: e.perceptron([3, 5, 2]), output: 2 }, 3);
  const cost = costOf(program);
  const [first, second] = [N * 3 * 5, N * 5 * 2];
  assert.deepEqual(cost.parts, [
    {
      part: "encoder.Z",
      parameters: 3 * 5 + 5 + 5 * 2 + 2,
      multiplyAdds: 2 * first + 3 * second,
      bytes: 4 * 3 * (3 * 5 + 5 + 5 * 2 + 2),
    },
  ]);
  assert.equal(cost.parameters, 32);
  assert.equal(cost.multiplyAdds, 480);
  // Weights and two moments of each, the batch, the loss and the two numbers of Adam; constants and scratch beside them.
  const constants = program.buffers.filter(({ role }) => role === "constant").length;
  assert.equal(cost.bytes, 4 * (3 * 32 + N * 3 + 3 + constants + program.scratch));
});

test("a convolution: taps times places times channels, forward and for its weight", () => {
  const window = { picture: [4, 4], kernel: [3, 3], stride: [1, 1], padding: [1, 1] } as const;
  const layers: e.Layer[] = [
    { kind: "convolution", window, input: 1, output: 2 },
    { kind: "activation", f: "relu" },
    { kind: "flatten" },
    { kind: "linear", input: 32, output: 3 },
  ];
  const { parts } = costOf(stepOf({ name: "encoder.Z", layers, output: 3 }, 16));
  const [convolution, linear] = [N * 16 * 9 * 2, N * 32 * 3];
  assert.deepEqual(parts, [
    {
      part: "encoder.Z",
      parameters: 9 * 2 + 2 + 32 * 3 + 3,
      multiplyAdds: 2 * convolution + 3 * linear,
      bytes: 4 * 3 * (9 * 2 + 2 + 32 * 3 + 3),
    },
  ]);
});

test("the scores of two codes belong to the term that compares them, networks to themselves", () => {
  const text = `spec Pair {
    data "planted-factors" { samples = 100 }
    modality X : vector(6)
    modality Y : vector(5)
    latent Zx : gaussian(2) from X
    latent Zy : gaussian(2) from Y
    knob beta = 8 in 1 .. 16
    compress I(X; Zx)
    compress I(Y; Zy)
    keep link: I(Zx; Zy) by infonce(critic = dot)
    keep again: I(Y; Zx)
    network encoder X = linear
    network encoder Y = linear
    network decoder Y = linear
    train { steps = 1, batch = ${N} }
  }`;
  const [spec] = analyse(text).specs;
  const cost = costOf(compileStep(buildObjective(spec!.derived!), { batch: N }));
  assert.deepEqual(byPart(cost), {
    "encoder.Zx": 2 * N * 6 * 4,
    "encoder.Zy": 2 * N * 5 * 4,
    "decoder.Y": 3 * N * 2 * 5,
    // Scores, and the gradient in each of the two codes.
    "term.link": 3 * N * N * 2,
  });
});
