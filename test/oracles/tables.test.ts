/**
 * Discrete tables, whose best codes are found by iteration and checked against closed forms: no trained bottleneck is better,
 * bounds with the best critic stand where they should, and a label that is a function of the input has no curve to trace.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { categorical } from "../../core/theory/bounds/categorical";
import { boundOf } from "../../core/theory/bounds/index";
import { analyse } from "../../core/theory/analyse";
import { averageOf, type Argument, type Average } from "./average";
import {
  drawPairs,
  endings,
  entropy,
  firstOf,
  improved,
  informationIn,
  keptBy,
  lagrangian,
  oneHot,
  paidBy,
  randomCode,
  secondOf,
  settled,
  swapped,
  type Table,
} from "./tables";
import { Training } from "./training";

const ERRORS = 4;
const near = (found: number, expected: number, within: number, what = "value"): void =>
  assert.ok(Math.abs(found - expected) <= within, `${what}: ${found} is not ${expected} ± ${within}`);

const FLIP = 0.1;
/** A fair bit and a copy of it that is wrong with probability FLIP. */
const bits: Table = [
  [(1 - FLIP) / 2, FLIP / 2],
  [FLIP / 2, (1 - FLIP) / 2],
];
const binaryEntropy = (p: number): number => entropy([p, 1 - p]);
/** The chance of one error of two. */
const star = (a: number, b: number): number => a * (1 - b) + b * (1 - a);
const betterOf = (values: number[]): number => Math.min(...values);
const grid = Array.from({ length: 50_000 }, (_, i) => (i + 1) / 100_000);

/** Six inputs, each with its own chances of four labels. */
const six: Table = randomCode(6, 4, 100, 1.5).map((row) => row.map((p) => p / 6));

test("the best code of a noisy bit is another noisy bit (Wyner and Ziv 1973), on from beta 1 / (1 - 2 flip)^2", () => {
  for (const beta of [1.5, 1.6, 2, 4]) {
    const closed = betterOf(
      grid.map((d) => Math.LN2 - binaryEntropy(d) - beta * (Math.LN2 - binaryEntropy(star(d, FLIP)))),
    );
    const found = betterOf(endings(bits, beta, 2, 4).map((code) => lagrangian(bits, code, beta)));
    near(found, closed, 1e-6, `beta ${beta}`);
    const threshold = (1 - 2 * FLIP) ** -2;
    assert.equal(found < -1e-6, beta > threshold, `beta ${beta}`);
  }
});

test("no round raises the Lagrangian; random starts end apart, so the best of several counts", () => {
  let code = randomCode(6, 3, 1);
  for (let round = 0; round < 50; round++) {
    const next = improved(six, code, 8);
    assert.ok(lagrangian(six, next, 8) <= lagrangian(six, code, 8) + 1e-12);
    code = next;
  }
  const found = endings(six, 8, 3, 10).map((ending) => lagrangian(six, ending, 8));
  assert.ok(Math.max(...found) - Math.min(...found) > 0.3, "one of ten starts is stuck far above another");
});

const labelled = (table: Table, prior = "", weight = "", target = ""): string =>
  `modality X : label(${table.length})
   target L : label(${table[0]!.length})
   latent Z : gaussian(2) from X
   ${prior}
   knob beta = 0.8 in 0.1 .. 100
   network encoder X = mlp(32)
   network decoder L = mlp(32)
   compress paid: ${weight} I(X; Z) ${target}
   keep told: I(L; Z) by categorical`;

const BATCH = 256;

const open = (table: Table, ...more: string[]): Promise<Training> =>
  Training.open(labelled(table, ...more), BATCH, (batch) => {
    const [x, y] = drawPairs(table, BATCH, batch);
    return { X: oneHot(x, table.length), L: oneHot(y, table[0]!.length) };
  });

/** The rate, H(L) plus the likelihood, and the Lagrangian of both with its standard error. */
async function trained(training: Training, table: Table, beta: number, steps: number) {
  await training.run(steps, 0.01, { beta });
  const { paid, told } = await training.measure(200, { beta });
  const kept = entropy(secondOf(table)) + told!.mean;
  return { paid: paid!.mean, kept, value: paid!.mean - beta * kept, error: paid!.error + beta * told!.error };
}

test("a trained bottleneck of a table is never better than the best code, and comes near it with a mixture for a prior", async () => {
  const training = await open(six, "prior Z = mixture(6)");
  for (const beta of [3, 8]) {
    const best = betterOf(endings(six, beta, 6, 20).map((code) => lagrangian(six, code, beta)));
    const { value, error } = await trained(training, six, beta, 900);
    assert.ok(value >= best - ERRORS * error, `beta ${beta}: ${value} ± ${error} is better than ${best}`);
    near(value, best, 0.06 + ERRORS * error, `beta ${beta}`);
  }
  training.close();
});

/** Four inputs whose parity is the label. */
const parity: Table = [0, 1, 2, 3].map((x) => (x % 2 === 0 ? [0.25, 0] : [0, 0.25]));

test("of a label that is a function of the input, every beta above 1 has the same best code, and none below 1 keeps anything (Kolchinsky et al. 2019)", () => {
  for (const beta of [1.05, 2, 20]) {
    const codes = endings(parity, beta, 4, 10);
    const best = codes.reduce((a, b) => (lagrangian(parity, a, beta) <= lagrangian(parity, b, beta) ? a : b));
    near(informationIn(paidBy(parity, best)), Math.LN2, 1e-6, `beta ${beta}, I(X; T)`);
    near(informationIn(keptBy(parity, best)), Math.LN2, 1e-6, `beta ${beta}, I(T; Y)`);
  }
  const codes = endings(parity, 0.95, 4, 10).map((code) => informationIn(keptBy(parity, code)));
  assert.ok(Math.max(...codes) < 1e-3);
  // The squared rate has an optimum of its own for every beta: codes that are erased now and then lie on the line kept = paid.
  for (const beta of [0.2, 0.6, 1.2]) {
    const paid = grid.map((p) => 2 * p * Math.LN2);
    const best = paid.reduce((a, r) => (r ** 2 - beta * r < a ** 2 - beta * a ? r : a));
    near(best, beta / 2, 1e-4, `beta ${beta}`);
  }
});

test("a rate asked for is reached in between, where no beta leads", async () => {
  const training = await open(parity, "", "20 *", "at 0.3");
  const { paid, kept } = await trained(training, parity, 4, 900);
  training.close();
  near(paid, 0.3, 0.03, "the rate");
  assert.ok(kept > 0.1 && kept < 0.33, `${kept} of at most 0.3`);
});

test("below beta 1 nothing turns on for a label, however well it could be told, and the warning says so", async () => {
  const training = await open(parity);
  const { paid } = await trained(training, parity, 0.8, 500);
  training.close();
  assert.ok(paid < 0.01, `${paid}`);
  const codes = (beta: string): string[] =>
    analyse(`spec S {\n${labelled(parity).replace("beta = 0.8", `beta = ${beta}`)}\n}`).diagnostics.map(
      ({ code }) => code,
    );
  assert.ok(codes("0.8").includes("below-activation"));
  assert.ok(!codes("1.1").includes("below-activation"));
});

test("the symmetric bottleneck of a noisy bit jumps: empty codes stay empty where full ones are better", () => {
  const BETA = 5;
  const symmetric = (d: number): number =>
    2 * (Math.LN2 - binaryEntropy(d)) - BETA * (Math.LN2 - binaryEntropy(star(star(d, FLIP), d)));
  /** Each code in turn is made the best one for the other. */
  function alternate(start: number): number {
    const noisy: Table = [
      [1 - start, start],
      [start, 1 - start],
    ];
    let [first, second] = [noisy, noisy];
    for (let round = 0; round < 300; round++) {
      first = settled(swapped(keptBy(swapped(bits), second)), first, BETA, 5);
      second = settled(swapped(keptBy(bits, first)), second, BETA, 5);
    }
    const shared = keptBy(swapped(keptBy(bits, first)), second);
    const paid = informationIn(paidBy(bits, first)) + informationIn(paidBy(swapped(bits), second));
    return paid - BETA * informationIn(swapped(shared));
  }
  const best = betterOf(grid.map(symmetric));
  assert.ok(best < -0.05, `${best}`);
  near(alternate(0.05), best, 1e-6, "from full codes");
  near(alternate(0.45), 0, 1e-6, "from nearly empty codes");
  assert.ok(symmetric(0.45) > 0, "empty codes are a minimum");
});

test("with the best critic of a table, bounds are on their side of its information, and reach it where they should", async () => {
  const N = 64;
  const truth = informationIn(six);
  const [px, py] = [firstOf(six), secondOf(six)];
  const logRatio = (x: number, y: number): number => Math.log(six[x]![y]! / (px[x]! * py[y]!));
  const scores =
    (shift: number, factor = 1) =>
    (batch: number): Record<string, Argument> => {
      const [x, y] = drawPairs(six, N, batch);
      return {
        scores: { data: x.flatMap((a) => y.map((b) => factor * logRatio(a, b) + shift)), shape: ["N", "N"] },
      };
    };
  const measure = (id: string, make: (batch: number) => Record<string, Argument>): Promise<Average> =>
    averageOf(boundOf(id)!, N, 250, make);
  const nwj = await measure("nwj", scores(1));
  near(nwj.mean, truth, ERRORS * nwj.error + 1e-4, "nwj");
  const infonce = await measure("infonce", scores(0));
  assert.ok(infonce.mean <= truth + ERRORS * infonce.error);
  near(infonce.mean, truth, 0.03, "infonce");
  for (const [id, make] of [
    ["nwj", scores(1, 0.5)],
    ["nwj", scores(1.4)],
    ["infonce", scores(0, 0.4)],
  ] as const) {
    const worse = await measure(id, make);
    assert.ok(worse.mean + ERRORS * worse.error < truth, `${id}: ${worse.mean} ± ${worse.error} of ${truth}`);
  }
});

test("a categorical likelihood and the label's entropy are the information with the best decoder, and less with another", async () => {
  const N = 256;
  const told = (sharpness: number): Promise<Average> =>
    averageOf(categorical, N, 200, (batch) => {
      const [x, y] = drawPairs(six, N, batch);
      const logits = x.flatMap((a) => six[a]!.map((p) => sharpness * Math.log(p)));
      return { target: { data: oneHot(y, 4), shape: ["N", 4] }, logits: { data: logits, shape: ["N", 4] } };
    });
  const [truth, label] = [informationIn(six), entropy(secondOf(six))];
  const best = await told(1);
  near(label + best.mean, truth, ERRORS * best.error + 1e-4);
  const sharp = await told(2);
  assert.ok(label + sharp.mean + ERRORS * sharp.error < truth, `${label + sharp.mean} of ${truth}`);
});
