/** Sweeps against known optima: the Gaussian bottleneck's onsets, and the jump of the symmetric bottleneck. */
import assert from "node:assert/strict";
import test from "node:test";
import { runStudy } from "../../core/studies/engine";
import type { SweepAnswer } from "../../core/studies/sweep/answer";
import { sweep } from "../../core/studies/sweep/index";
import { fittedOnsets } from "../../core/studies/sweep/onsets";
import { designOf, theoryOf } from "../../core/studies/sweep/theory";
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

test("the symmetric bottleneck collapses downward at 6.997, both minima have equal loss at 8.551, and upward it stays empty", async () => {
  const answer = await swept(symmetricBottleneck(0.7), { points: "11", from: "5.6", to: "20", seeds: "1" });
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
