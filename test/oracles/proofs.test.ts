/**
 * The line that proves each bound, to the digit: expectations over every batch of a small table, every cell with its own
 * chance, so that nothing is left to sampling; and, where a proof is of densities, sums on a grid.
 */
import assert from "node:assert/strict";
import { boundOf } from "../../core/theory/bounds/index";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { valuesOf, type Argument } from "./average";
import { oracle } from "./oracle";
import { entropy, firstOf, informationIn, keptBy, randomCode, secondOf, type Table } from "./tables";

const ROUNDING = 1e-9;
const sum = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0);
const same = (found: number, expected: number, what: string): void =>
  assert.ok(
    Math.abs(found - expected) < ROUNDING * Math.max(1, Math.abs(expected)),
    `${what}: ${found} is not ${expected}`,
  );
const atMost = (lower: number, upper: number, what: string): void =>
  assert.ok(lower <= upper + ROUNDING, `${what}: ${lower} is above ${upper}`);
const less = (lower: number, upper: number, what: string): void =>
  assert.ok(lower < upper - 1e-3, `${what}: ${lower} is not below ${upper}`);
const divergence = (p: readonly number[], r: readonly number[]): number =>
  sum(p.map((x, i) => (x > 0 ? x * Math.log(x / r[i]!) : 0)));

/** Two inputs of three values each, and what is independent of each other with the same shares. */
const joint: Table = randomCode(2, 3, 5, 1.2).map((row, x) => row.map((q) => [0.4, 0.6][x]! * q));
const product: Table = firstOf(joint).map((p) => secondOf(joint).map((q) => p * q));
const truth = informationIn(joint);
const cells = joint.flatMap((row, x) => row.map((p, y) => ({ x, y, p })));
type Critic = (x: number, y: number) => number;
const best: Critic = (x, y) => Math.log(joint[x]![y]! / product[x]![y]!);
/** A critic that has learned something, and something wrong. */
const worse: Critic = (x, y) => 0.5 * best(x, y) + [0.4, -0.3, 0.2][(x + 2 * y) % 3]!;
const meanOf = (table: Table, score: Critic): number =>
  sum(table.flatMap((row, x) => row.map((p, y) => p * score(x, y))));

/** Every batch of so many cells. */
const batches = (rows: number): (typeof cells)[] =>
  rows === 0 ? [[]] : batches(rows - 1).flatMap((batch) => cells.map((cell) => [...batch, cell]));

/** The expectation of a bound's value over all batches. */
async function expected(
  id: string,
  rows: number,
  make: (batch: typeof cells) => Record<string, Argument>,
): Promise<{ mean: number; largest: number }> {
  const all = batches(rows);
  const executor = createReferenceExecutor();
  const values = await valuesOf(boundOf(id)!, rows, all.length, (i) => make(all[i]!), executor);
  const chances = all.map((batch) => batch.reduce((chance, { p }) => chance * p, 1));
  return { mean: sum(values.map((value, i) => value * chances[i]!)), largest: Math.max(...values) };
}

const matrix =
  (critic: Critic) =>
  (batch: typeof cells): Record<string, Argument> => ({
    scores: { data: batch.flatMap(({ x }) => batch.map(({ y }) => critic(x, y))), shape: ["N", "N"] },
  });

oracle(
  ["mine"],
  "Donsker-Varadhan: what is missing is the divergence from the pairs that the critic weighs",
  () => {
    for (const critic of [best, worse]) {
      const partition = meanOf(product, (x, y) => Math.exp(critic(x, y)));
      const weighed = product.flatMap((row, x) =>
        row.map((p, y) => (p * Math.exp(critic(x, y))) / partition),
      );
      const value = meanOf(joint, critic) - Math.log(partition);
      same(truth, value + divergence(joint.flat(), weighed), "I");
    }
  },
);

oracle(["mine"], "the value of MINE's batch is above Donsker-Varadhan's, even above the truth", async () => {
  const shuffled = (batch: typeof cells): Record<string, Argument> => ({
    joint: { data: batch.map(({ x, y }) => best(x, y)), shape: ["N"] },
    product: { data: batch.map(({ x }, i) => best(x, batch[(i + 1) % batch.length]!.y)), shape: ["N"] },
  });
  const { mean } = await expected("mine", 3, shuffled);
  less(truth, mean, "no bound in a batch of 3");
});

oracle(
  ["nwj"],
  "NWJ is unbiased, below Donsker-Varadhan, and the truth at the critic 1 + log-ratio",
  async () => {
    for (const critic of [worse, best]) {
      const { mean } = await expected("nwj", 3, matrix(critic));
      const partition = meanOf(product, (x, y) => Math.exp(critic(x, y)));
      same(mean, meanOf(joint, critic) - partition / Math.E, "NWJ");
      atMost(mean, meanOf(joint, critic) - Math.log(partition), "NWJ and DV");
    }
    same(
      (
        await expected(
          "nwj",
          3,
          matrix((x, y) => 1 + best(x, y)),
        )
      ).mean,
      truth,
      "best critic",
    );
  },
);

oracle(
  ["infonce"],
  "InfoNCE is below the truth and log N in every batch size, nearer in a larger one",
  async () => {
    const found: number[] = [];
    for (const rows of [2, 3, 4]) {
      const { mean, largest } = await expected("infonce", rows, matrix(best));
      atMost(mean, truth, `N = ${rows}`);
      atMost(largest, Math.log(rows), `N = ${rows}`);
      found.push(mean);
      less((await expected("infonce", rows, matrix(worse))).mean, mean, "a worse critic");
    }
    assert.ok(found[0]! < found[1]! && found[1]! < found[2]!, `${found.join(", ")}`);
  },
);

oracle(
  ["infonce"],
  "the InfoNCE ratio of pairs none of which is true has the mean 1, whatever the critic",
  () => {
    for (const critic of [best, worse]) {
      const ys = secondOf(joint);
      let mean = 0;
      for (const [x, px] of firstOf(joint).entries())
        for (const [first, p1] of ys.entries())
          for (const [second, p2] of ys.entries())
            for (const [third, p3] of ys.entries()) {
              const scores = [first, second, third].map((y) => Math.exp(critic(x, y)));
              mean += px * p1 * p2 * p3 * (scores[0]! / (sum(scores) / 3));
            }
      same(mean, 1, "the mean");
    }
  },
);

oracle(
  ["flo"],
  "FLO is unbiased, below the truth, and reaches it at the log-ratio plus any function of the first code",
  async () => {
    const flo = (critic: Critic, baseline: Critic) =>
      expected("flo", 3, (batch) => ({
        ...matrix(critic)(batch),
        baseline: { data: batch.map(({ x, y }) => baseline(x, y)), shape: ["N"] },
      }));
    const shifted: Critic = (x, y) => best(x, y) + [0.7, -1.1][x]!;
    for (const critic of [best, shifted])
      same((await flo(critic, (x, y) => -best(x, y))).mean, truth, "best critic and baseline");
    less((await flo(best, (x, y) => -0.5 * best(x, y))).mean, truth, "another baseline");
    const partition = firstOf(joint).map((_, x) =>
      sum(secondOf(joint).map((p, y) => p * Math.exp(worse(x, y)))),
    );
    const { mean } = await flo(worse, (x, y) => Math.log(partition[x]!) - worse(x, y));
    same(
      mean,
      meanOf(joint, (x, y) => worse(x, y) - Math.log(partition[x]!)),
      "the best baseline of a critic",
    );
    less(mean, truth, "a worse critic");
  },
);

oracle(
  ["smile"],
  "SMILE is Donsker-Varadhan and the log of what clipping takes away, on either side of the truth",
  () => {
    const smile = (critic: Critic, t: number): number =>
      meanOf(joint, critic) -
      Math.log(meanOf(product, (x, y) => Math.exp(Math.min(Math.max(critic(x, y), -t), t))));
    const strong: Critic = (x, y) => 2 * best(x, y);
    less(truth, smile(strong, 0.05), "clipped hard");
    less(smile(worse, 5), truth, "hardly clipped");
  },
);

for (const [id, rows, others, constant] of [
  ["js", 3, 1, 2 * Math.LN2],
  ["siglip", 3, 2, Math.log(3) + 2 * Math.log(1.5)],
  ["siglip", 4, 3, Math.log(4) + 3 * Math.log(4 / 3)],
] as const)
  oracle(
    ["js", "siglip"],
    `${id} in batches of ${rows}, with its constant, is the information less ${1 + others} divergences of the mean`,
    async () => {
      const scores =
        (critic: Critic) =>
        (batch: typeof cells): Record<string, Argument> => ({
          ...matrix(critic)(batch),
          ...(id === "siglip" ? { bias: -Math.log(others) } : {}),
        });
      const mixed = joint.flat().map((p, i) => (p + others * product.flat()[i]!) / (1 + others));
      const most = truth - (1 + others) * divergence(mixed, product.flat());
      const { mean, largest } = await expected(id, rows, scores(best));
      same(mean + constant, most, "with the log-ratio");
      atMost(largest, 0, "any batch");
      less((await expected(id, rows, scores(worse))).mean + constant, most, "with a worse critic");
      less(most, truth, "and that is below the information");
    },
  );

oracle(
  ["kl", "conditional"],
  "a rate exceeds the information by the divergence of codes from prior; given a condition, by that of Q",
  () => {
    const code = randomCode(2, 3, 9);
    const shares = firstOf(joint);
    const codes = secondOf(shares.map((p, x) => code[x]!.map((q) => p * q)));
    const prior = [0.2, 0.5, 0.3];
    const rate = sum(shares.map((p, x) => p * divergence(code[x]!, prior)));
    same(
      informationIn(shares.map((p, x) => code[x]!.map((q) => p * q))),
      rate - divergence(codes, prior),
      "I(X; Z)",
    );
    // Given y: I(X; Z | Y) = I(X; Z) - I(Y; Z), since Z reads X alone.
    const told = keptBy(joint, code);
    const conditional = informationIn(shares.map((p, x) => code[x]!.map((q) => p * q))) - informationIn(told);
    const guess = randomCode(3, 3, 10);
    const paid = sum(cells.map(({ x, y, p }) => p * divergence(code[x]!, guess[y]!)));
    const ofY = secondOf(joint);
    const far = sum(
      ofY.map(
        (p, y) =>
          p *
          divergence(
            told.map((row) => row[y]! / p),
            guess[y]!,
          ),
      ),
    );
    same(conditional, paid - far, "I(X; Z | Y)");
  },
);

oracle(
  ["club"],
  "CLUB exceeds the information by the divergence of independent pairs from true ones; another density may fall below",
  () => {
    const club = (density: Critic): number => meanOf(joint, density) - meanOf(product, density);
    const own: Critic = (x, y) => Math.log(joint[x]![y]! / firstOf(joint)[x]!);
    same(club(own), truth + divergence(product.flat(), joint.flat()), "CLUB");
    const blunt: Critic = (x, y) => 0.2 * own(x, y);
    less(club(blunt), truth, "with a density that is not the code's");
  },
);

oracle(["l1out"], "leave-one-out exceeds the information at every batch size, less in a larger one", () => {
  const own = (x: number, y: number): number => joint[x]![y]! / firstOf(joint)[x]!;
  const found = [2, 3, 4].map((rows) =>
    sum(
      batches(rows).map((batch) => {
        const [{ x, y }, ...rest] = batch as [(typeof cells)[number], ...typeof cells];
        const chance = batch.reduce((total, { p }) => total * p, 1);
        return chance * Math.log(own(x, y) / (sum(rest.map((other) => own(other.x, y))) / rest.length));
      }),
    ),
  );
  for (const value of found) less(truth, value, "leave one out");
  assert.ok(found[0]! > found[1]! && found[1]! > found[2]!, `${found.join(", ")}`);
});

oracle(
  ["mws"],
  "minibatch-weighted sampling of all that M samples hold: I above, the gap below, in every batch size",
  () => {
    const M = 3;
    const code = randomCode(M, 4, 21, 1.5);
    const marginal = code[0]!.map((_, z) => sum(code.map((row) => row[z]!)) / M);
    const prior = [0.1, 0.2, 0.3, 0.4];
    const inputs = Array.from({ length: M }, (_, n) => n);
    for (const rows of [1, 2, 3]) {
      const others = Array.from({ length: rows - 1 }).reduce<number[][]>(
        (all) => all.flatMap((batch) => inputs.map((n) => [...batch, n])),
        [[]],
      );
      let [information, gap, largest] = [0, 0, -Infinity];
      for (const n of inputs)
        for (const [z, q] of code[n]!.entries())
          for (const batch of others) {
            const chance = q / M / others.length;
            const taken = (q + sum(batch.map((m) => code[m]![z]!))) / (rows * M);
            information += chance * Math.log(q / taken);
            gap += chance * Math.log(taken / prior[z]!);
            largest = Math.max(largest, Math.log(q / taken));
          }
      atMost(informationIn(code.map((row) => row.map((q) => q / M))), information, `I, N = ${rows}`);
      atMost(gap, divergence(marginal, prior), `gap, N = ${rows}`);
      atMost(largest, Math.log(rows * M), "log N·M");
    }
  },
);

oracle(
  ["chain"],
  "the chain rule of two codes of one input, and of a code and a factor that it does not read",
  () => {
    const [first, second] = [randomCode(2, 3, 31), randomCode(2, 2, 32)];
    const shares = firstOf(joint);
    const of = (code: Table): number => informationIn(shares.map((p, x) => code[x]!.map((q) => p * q)));
    const both = shares.map((_, x) => first[x]!.flatMap((q) => second[x]!.map((r) => q * r)));
    const pairs = first[0]!.map((_, i) =>
      second[0]!.map((_, j) => sum(shares.map((p, x) => p * first[x]![i]! * second[x]![j]!))),
    );
    same(informationIn(pairs), of(first) + of(second) - of(both), "I(Z; W)");
    // S is y: I(S; Z) = I(X; Z) - I(X; Z | S), and H(X | S) + the mean log p(x | z, s) of the true decoder is I(X; Z | S).
    const given = sum(
      secondOf(joint).map((p, y) => {
        const column = joint.map((row) => row[y]! / p);
        return p * informationIn(column.map((q, x) => first[x]!.map((r) => q * r)));
      }),
    );
    same(informationIn(keptBy(joint, first)), of(first) - given, "I(S; Z)");
    const left = entropy(joint.flat()) - entropy(secondOf(joint));
    const decoded = sum(
      cells.map(({ x, y, p }) =>
        sum(
          first[x]!.map((q, z) => {
            const all = sum(joint.map((row, other) => row[y]! * first[other]![z]!));
            return p * q * Math.log((joint[x]![y]! * q) / all);
          }),
        ),
      ),
    );
    same(given, left + decoded, "I(X; Z | S)");
  },
);

oracle(
  ["mmd", "adversary"],
  "the gap of a code is above half its kernel distance, and above what its best adversary sees",
  () => {
    const places = [-2, -0.5, 0.3, 1.7];
    for (const [q, r] of [
      [
        [0.7, 0.1, 0.1, 0.1],
        [0.1, 0.2, 0.3, 0.4],
      ],
      [
        [0.97, 0.01, 0.01, 0.01],
        [0.01, 0.01, 0.01, 0.97],
      ],
      [
        [0.26, 0.24, 0.25, 0.25],
        [0.25, 0.25, 0.25, 0.25],
      ],
    ] as const) {
      const gap = divergence(q, r);
      const apart = q.map((p, i) => p - r[i]!);
      const kernel = sum(
        apart.flatMap((a, i) => apart.map((b, j) => (a * b * 2) / (2 + (places[i]! - places[j]!) ** 2))),
      );
      const total = sum(apart.map(Math.abs));
      atMost(kernel, total ** 2, "MMD");
      atMost(total ** 2, 2 * gap, "Pinsker");
      const mixed = q.map((p, i) => (p + r[i]!) / 2);
      const seen = divergence(q, mixed) + divergence(r, mixed);
      same(gap - 2 * divergence(mixed, r), seen, "2 JSD");
      // The best network's log-odds of the prior.
      const odds = q.map((p, i) => Math.log(r[i]! / p));
      const soft = (x: number): number => Math.log1p(Math.exp(x));
      const value =
        2 * Math.LN2 - sum(q.map((p, i) => p * soft(odds[i]!))) - sum(r.map((p, i) => p * soft(-odds[i]!)));
      same(value, seen, "the adversary at its best");
    }
  },
);

oracle(
  ["canonical"],
  "canonical information and three divergences from Gaussians are the information; Gaussian codes by themselves leave it below",
  () => {
    const STEP = 0.05;
    const grid = Array.from({ length: 241 }, (_, i) => (i - 120) * STEP);
    const gauss = (u: number, v: number, rho: number, s = 1): number =>
      Math.exp(-(u * u - 2 * rho * u * v + v * v) / (2 * s * s * (1 - rho * rho))) /
      (2 * Math.PI * s * s * Math.sqrt(1 - rho * rho));
    const look = (
      density: (u: number, v: number) => number,
    ): { canonical: number; information: number; proved: number; gaussian: number } => {
      const p = grid.map((u) => grid.map((v) => density(u, v) * STEP * STEP));
      const [pu, pv] = [firstOf(p), secondOf(p)];
      const moment = (of: (u: number, v: number) => number): number =>
        sum(p.flatMap((row, i) => row.map((q, j) => q * of(grid[i]!, grid[j]!))));
      const [su, sv, c] = [moment((u) => u * u), moment((_, v) => v * v), moment((u, v) => u * v)];
      const rho = c / Math.sqrt(su * sv);
      const g = grid.map((u) =>
        grid.map(
          (v) => (gauss(u / Math.sqrt(su), v / Math.sqrt(sv), rho) * STEP * STEP) / Math.sqrt(su * sv),
        ),
      );
      const canonical = -0.5 * Math.log(1 - rho * rho);
      const own = divergence(pu, firstOf(g)) + divergence(pv, secondOf(g));
      return {
        canonical,
        information: informationIn(p),
        proved: canonical + divergence(p.flat(), g.flat()) - own,
        gaussian: own,
      };
    };
    // Both codes are two clumps: their covariance reports more than they share.
    const clumps = look(
      (u, v) => 0.5 * gauss(u - 1.5, v - 1.5, 0, 0.4) + 0.5 * gauss(u + 1.5, v + 1.5, 0, 0.4),
    );
    // Each code is Gaussian, both together are not: nothing of what they share is in their covariance.
    const crossed = look((u, v) => 0.5 * gauss(u, v, 0.9) + 0.5 * gauss(u, v, -0.9));
    for (const { information, proved } of [clumps, crossed])
      assert.ok(Math.abs(information - proved) < 1e-6, `${information} is not ${proved}`);
    less(clumps.information, clumps.canonical, "clumps");
    assert.ok(crossed.gaussian < 1e-9 && crossed.canonical < 1e-9 && crossed.information > 0.3);
  },
);

oracle(["cca"], "a sum of correlations is on neither side of the information of Gaussian codes", () => {
  const information = (rho: number): number => -0.5 * Math.log(1 - rho * rho);
  assert.ok(Math.abs(information(0.5) - 0.14) < 0.005 && information(0.5) < 0.5);
  assert.ok(Math.abs(information(0.95) - 1.16) < 0.005 && information(0.95) > 0.95);
});

/** A row of the batch by itself. */
const row = (...data: number[]): Argument => ({ data, shape: ["N", data.length] });
const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);

oracle(
  ["gaussian", "laplace", "bernoulli", "poisson", "categorical"],
  "a likelihood adds to 1 over all that its stream may be, which Gibbs' inequality needs of a decoder",
  async () => {
    const families: [string, number[], number, (x: number) => Record<string, Argument>][] = [
      [
        "gaussian",
        range(-15, 15, 0.02),
        0.02,
        (x) => ({ target: row(x), mean: row(0.7), logVariance: -0.4 }),
      ],
      ["laplace", range(-20, 20, 0.01), 0.01, (x) => ({ target: row(x), mean: row(-0.3) })],
      ["bernoulli", [0, 1], 1, (x) => ({ target: row(x), logits: row(0.8) })],
      ["poisson", range(0, 60, 1), 1, (x) => ({ target: row(x), logRate: row(1.2) })],
      [
        "categorical",
        [0, 1, 2],
        1,
        (x) => ({ target: row(...[0, 1, 2].map((y) => Number(x === y))), logits: row(0.3, -1, 2) }),
      ],
    ];
    for (const [id, values, step, make] of families) {
      const logs = await valuesOf(
        boundOf(id)!,
        1,
        values.length,
        (i) => make(values[i]!),
        createReferenceExecutor(),
      );
      const total = step * sum(logs.map(Math.exp));
      assert.ok(Math.abs(total - 1) < 1e-4, `${id} adds to ${total}`);
    }
  },
);

oracle(
  ["categorical"],
  "with weights it is below the information about labels whose shares they change, and is it with their best decoder",
  async () => {
    const shares = secondOf(joint);
    const balanced = shares.map((share) => 1 / share);
    const listed = [1, 2, 5];
    const operands: [number[], Record<string, Argument>][] = [
      [balanced, {}],
      [listed, Object.fromEntries(listed.map((weight, i) => [`weight${i}`, weight]))],
    ];
    for (const [weights, given] of operands) {
      const mean = sum(shares.map((share, y) => share * weights[y]!));
      const changed: Table = joint.map((row) => row.map((p, y) => (p * weights[y]!) / mean));
      const decoded =
        (by: Table) =>
        (batch: typeof cells): Record<string, Argument> => ({
          target: {
            data: batch.flatMap(({ y }) => [0, 1, 2].map((label) => Number(label === y))),
            shape: ["N", 3],
          },
          logits: { data: batch.flatMap(({ x }) => by[x]!.map(Math.log)), shape: ["N", 3] },
          shares: { data: shares, shape: [3] },
          ...given,
        });
      const told = async (by: Table): Promise<number> =>
        entropy(secondOf(changed)) + (await expected("categorical", 2, decoded(by))).mean;
      same(await told(changed), informationIn(changed), "its best decoder");
      less(await told(joint), informationIn(changed), "the decoder that is best without weights");
      assert.ok(Math.abs(informationIn(changed) - truth) > 1e-5, "another information");
    }
    same(
      entropy(secondOf(joint.map((row) => row.map((p, y) => (p * balanced[y]!) / 3)))),
      Math.log(3),
      "balanced",
    );
  },
);

/** The second of each pair of a batch, as a code of one of three values. */
const codesOf = (batch: typeof cells): Argument => ({
  data: batch.flatMap(({ y }) => [0, 1, 2].map((value) => Number(value === y))),
  shape: ["N", 3],
});

oracle(
  ["cross-entropy"],
  "it exceeds the entropy by the divergence of the codes from the prior, in every batch size",
  async () => {
    const shares = secondOf(joint);
    const prior = [0.2, 0.5, 0.3];
    const priorLogits: Argument = { data: prior.map((p) => Math.log(5 * p)), shape: [3] };
    for (const rows of [1, 2, 3]) {
      const { mean } = await expected("cross-entropy", rows, (batch) => ({
        probabilities: codesOf(batch),
        priorLogits,
      }));
      same(mean, entropy(shares) + divergence(shares, prior), `in batches of ${rows}`);
    }
  },
);

oracle(["plug-in"], "it is below the entropy in the mean over batches, less so in larger ones", async () => {
  const of = async (rows: number): Promise<number> =>
    (await expected("plug-in", rows, (batch) => ({ probabilities: codesOf(batch) }))).mean;
  const [one, two, four] = [await of(1), await of(2), await of(4)];
  same(one, 0, "of one row");
  less(one, two, "two rows");
  less(two, four, "four rows");
  less(four, entropy(secondOf(joint)), "below the truth");
});

oracle(
  ["barlow", "vicreg"],
  "a distance is never positive, and 0 for the same codes of spread 1",
  async () => {
    const numbers: Record<string, Record<string, number>> = {
      barlow: { weight: 0.005 },
      vicreg: { invariance: 25, variance: 25, covariance: 1 },
    };
    const alike = [1, 1, 1, -1, -1, 1, -1, -1].map((x) => 1.5 * x);
    const side = (data: number[]): Argument => ({ data, shape: ["N", 2] });
    const draws = Array.from({ length: 40 }, (_, batch) =>
      randomCode(2, 8, 40 + batch).map((values) => values.map((p) => 8 * p - 1)),
    );
    for (const [id, weights] of Object.entries(numbers)) {
      const value = async (pairs: number[][][]): Promise<number[]> =>
        valuesOf(
          boundOf(id)!,
          4,
          pairs.length,
          (i) => ({ first: side(pairs[i]![0]!), second: side(pairs[i]![1]!), ...weights }),
          createReferenceExecutor(),
        );
      same((await value([[alike, alike]]))[0]!, 0, id);
      for (const found of await value(draws)) less(found, 0, id);
    }
  },
);
