/** Sweeps against known optima: the Gaussian bottleneck's onsets, and the jump of the symmetric bottleneck. */
import assert from "node:assert/strict";
import test from "node:test";
import { runStudy } from "../../core/studies/engine";
import { textOf, type Job, type KnobValues, type Outcome } from "../../core/studies/job";
import type { SweepAnswer } from "../../core/studies/sweep/answer";
import { sweep } from "../../core/studies/sweep/index";
import { fittedOnsets } from "../../core/studies/sweep/onsets";
import { bisected, designOf, theoryOf } from "../../core/studies/sweep/theory";
import { homeHere, subjectOf, trainersHere } from "./here";
import { gaussianBottleneck, symmetricBottleneck } from "./known";

async function swept(text: string, given: Record<string, string>): Promise<SweepAnswer> {
  const subject = subjectOf(text);
  return runStudy(sweep, subject, sweep.read(given, subject), homeHere(trainersHere()));
}

const near = (value: number | undefined, known: number, share: number, what: string): void =>
  assert.ok(
    value !== undefined && Math.abs(value / known - 1) <= share,
    `${what}: ${value}, and ${known} is known`,
  );

test("theory: the symmetric bottleneck has another minimum from 6.997 on, which wins from 8.551 on, at rho 0.7", () => {
  const known = theoryOf(designOf(subjectOf(symmetricBottleneck(0.7)).derived)!, { "correlation 1": 0.7 })!;
  const at = (what: string): number => known.thresholds.find((one) => one.what === what)!.beta;
  near(at("exists"), 6.997, 1e-3, "exists");
  near(at("wins"), 8.551, 1e-3, "wins");
  near(known.kept(8.551), 0.183, 5e-3, "nats between the codes");
  const other = theoryOf(designOf(subjectOf(symmetricBottleneck(0.9)).derived)!, { "correlation 1": 0.9 })!;
  near(other.thresholds[0]!.beta, 3.546, 1e-3, "exists at 0.9");
  near(other.thresholds[1]!.beta, 4.296, 1e-3, "wins at 0.9");
  near(other.kept(4.296), 0.485, 5e-3, "nats at 0.9");
});

test("theory: thresholds of the symmetric bottleneck are where a search over all signals finds them, at rho 0.5 to 0.9", () => {
  // L(s) = log(1 + s) + b/2 log(1 - rho^2 s^2 / (1 + s)^2), on a fine grid of s.
  const signals = Array.from({ length: 4000 }, (_, i) => Math.exp(-7 + (14 * i) / 4000));
  const losses = (rho: number, beta: number): number[] =>
    signals.map((s) => Math.log(1 + s) + (beta / 2) * Math.log(1 - (rho * s) ** 2 / (1 + s) ** 2));
  const least = (holds: (losses: number[]) => boolean, rho: number): number =>
    bisected((beta) => (holds(losses(rho, beta)) ? 1 : -1), 1, 60);
  for (const [rho, exists, wins] of [
    [0.5, 14.928, 18.295],
    [0.7, 6.997, 8.551],
    [0.8, 5.0, 6.094],
    [0.9, 3.546, 4.296],
  ] as const) {
    const design = designOf(subjectOf(symmetricBottleneck(rho)).derived)!;
    const { thresholds } = theoryOf(design, { "correlation 1": rho })!;
    const falls = least((all) => all.some((loss, i) => i > 0 && loss < all[i - 1]!), rho);
    const below = least((all) => all.some((loss) => loss < 0), rho);
    for (const [i, known] of [exists, wins].entries()) {
      near(thresholds[i]!.beta, known, 2e-4, `threshold ${i} at ${rho}`);
      near(i === 0 ? falls : below, known, 2e-4, `searched threshold ${i} at ${rho}`);
    }
  }
});

test("theory: Chechik's curve begins at 1 / rho^2, and a decoder of fixed variance at s^2 over what is predicted", () => {
  const infonce = gaussianBottleneck({ keep: "keep I(Y; Z) by infonce" });
  const estimated = theoryOf(designOf(subjectOf(infonce).derived)!, { "correlation 1": 0.8 })!;
  near(estimated.thresholds[0]!.beta, 1 / 0.64, 1e-9, "onset");
  assert.equal(estimated.rate(1.5), 0);
  // lambda = 0.36: I(X;Z) = 1/2 log((b - 1) 0.64 / 0.36), I(Z;Y) = I(X;Z) - 1/2 log(b 0.64).
  near(estimated.rate(3), Math.log((2 * 0.64) / 0.36) / 2, 1e-9, "rate");
  near(estimated.kept(3), Math.log((2 * 0.64) / 0.36) / 2 - Math.log(3 * 0.64) / 2, 1e-9, "kept");
  const decoded = theoryOf(designOf(subjectOf(gaussianBottleneck()).derived)!, {
    "predicted 1": 0.5,
    total: 3,
    values: 3,
  })!;
  near(decoded.thresholds[0]!.beta, 2, 1e-9, "onset of a decoder");
  near(decoded.rate(8), Math.log(4) / 2, 1e-9, "its rate");
});

test("theory: no optimum is claimed for a loss of another kind", () => {
  const text = gaussianBottleneck({ keep: "keep I(Y; Z)\n  keep I(X; Z)" });
  assert.equal(designOf(subjectOf(text).derived), undefined);
  const learned = gaussianBottleneck({ keep: "keep I(Y; Z) by gaussian(learned)" });
  assert.equal(designOf(subjectOf(learned).derived), undefined);
});

test("onsets are fitted to the whole curve: a crossing between two points is found, and noise widens the interval", () => {
  const curve = (noise: number): { beta: number; rate: number }[] =>
    Array.from({ length: 24 }, (_, i) => {
      const beta = 1.07 * 1.2 ** i;
      const rate = (Math.max(0, Math.log(beta / 2)) + Math.max(0, Math.log(beta / 9))) / 2;
      return { beta, rate: rate + noise * Math.sin(7 * i) };
    });
  const [first, second] = fittedOnsets(curve(0), 2, 0);
  near(first!.beta, 2, 0.01, "first");
  near(second!.beta, 9, 0.01, "second");
  const noisy = fittedOnsets(curve(0.03), 2, 0)[1]!;
  assert.ok(noisy.high - noisy.low > second!.high - second!.low);
  assert.ok(noisy.low < 9 && noisy.high > 9);
});

/** What trainings give whose codes carry `rate` nats. */
const trained = (rate: number): Outcome => ({
  ...{
    key: "",
    steps: 1,
    checkpoint: 1,
    rates: {},
    measurements: [],
    verdicts: [],
    findings: [],
    leftBehind: [],
  },
  ...{ sentence: "", parameters: 1, rows: 1, seconds: 1, millisecondsPerStep: 1 },
  heldOut: { total: -rate, terms: { paid: rate, kept: rate / 4 } },
  terms: [
    { id: "paid", text: "I(X; Zx)", side: "compress", bound: "kl", weight: 1 },
    { id: "kept", text: "I(Zx; Zy)", side: "keep", bound: "canonical", weight: -1 },
  ],
});

/** A sweep whose trainings carry what `rate` says of them. */
function pretended(
  rate: (job: Job) => number,
  given: Record<string, string>,
  text = symmetricBottleneck(0.8),
): SweepAnswer {
  const subject = subjectOf(text);
  const options = sweep.read({ points: "6", from: "3", to: "12", seeds: "2", ...given }, subject);
  const known = new Map<string, Outcome>();
  for (;;) {
    const step = sweep.next(subject, options, (job) => known.get(textOf(job)));
    if ("answer" in step) return step.answer;
    for (const job of step.ask) known.set(textOf(job), trained(job.before === undefined ? 0 : rate(job)));
  }
}

const betaOf = ({ overrides }: Job): number => overrides.knobs!["beta"]!;
const cameFrom = (job: Job): number => job.before![0]!["beta"]!;
/** As a branch that carries something from 5 on, and only where training has come from above. */
const fold = (job: Job): number => (betaOf(job) > 5 && cameFrom(job) >= 12 ? Math.log(betaOf(job)) : 0);

test("a downward branch without a code that carries anything begins anew, with other weights, then from the largest value of the knob", () => {
  const unlucky = pretended((job) => (job.overrides.seed === 1 ? 0 : fold(job)), {});
  assert.deepEqual(unlucky.restarted, [
    { seed: 1, direction: "down", beside: {}, starts: 2, by: { before: [12], seed: 1001 } },
  ]);
  const [jump] = unlucky.jumps;
  assert.deepEqual(
    [jump?.direction, jump?.seeds, jump?.of, jump!.low < 5.1, jump!.high > 4.9],
    ["down", 2, 2, true, true],
  );
  // Only from beyond the sweep.
  const far = pretended((job) => (cameFrom(job) === 64 ? fold(job) : 0), { seeds: "1" });
  assert.deepEqual(far.restarted[0]!.by, { before: [64, 12, 12, 12], seed: 1 });
  assert.equal(far.jumps.length, 1);
});

test("where every start stays empty it is not known whether the codes jump, and a seed that stays empty is left out", () => {
  const empty = pretended(() => 0, {});
  assert.deepEqual(
    empty.restarted.map(({ starts, by }) => [starts, by]),
    [
      [6, undefined],
      [6, undefined],
    ],
  );
  assert.match(
    sweep.sentence(empty),
    /carry nothing with all 2 seeds, from 6 starts each: whether they jump is not known/,
  );
  const one = pretended((job) => (job.overrides.seed! % 1000 === 1 ? 0 : fold(job)), {});
  assert.deepEqual([one.jumps[0]?.seeds, one.jumps[0]?.of], [1, 1]);
  assert.ok(
    one.points.every(
      ({ stuck, seed, direction }) => stuck === (seed === 1 && direction === "down" ? true : undefined),
    ),
  );
  assert.match(sweep.sentence(one), /1 of 2 seeds, from 6 starts each; these seeds are left out/);
});

test("a knob that weighs what is compressed is open at its small end, and its upward branch collapses", () => {
  const text = symmetricBottleneck(0.8)
    .replace("knob beta", "knob price")
    .replace(/compress /g, "compress price * ");
  const dear = (at: KnobValues): boolean => at["price"]! > 5;
  const answer = pretended(
    ({ overrides, before }) => ([...before!, overrides.knobs!].some(dear) ? 0 : 1),
    {},
    text,
  );
  assert.deepEqual(answer.restarted, []);
  assert.match(sweep.sentence(answer), /turned upward it collapses .*start from a low price/);
});

test("the symmetric bottleneck collapses downward at 6.997, both minima have equal loss at 8.551, and upward it stays empty", async () => {
  const answer = await swept(symmetricBottleneck(0.7), { points: "9", from: "5.6", to: "16", seeds: "1" });
  const down = answer.jumps.find(({ direction }) => direction === "down");
  near(down?.at, 6.997, 0.1, "collapse");
  near(answer.hysteresis?.equal, 8.551, 0.1, "equal loss");
  assert.equal(
    answer.jumps.some(({ direction }) => direction === "up"),
    false,
  );
  const upward = answer.points.filter(({ direction }) => direction === "up");
  assert.ok(upward.every(({ terms }) => Object.values(terms).every((value) => Math.abs(value) < 0.05)));
  assert.match(sweep.sentence(answer), /start from a high beta/);
});
