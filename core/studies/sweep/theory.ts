/**
 * What theory says of a sweep of the bottleneck's knob, where the design is one whose optimum for Gaussian data is known. The
 * curves are exact for Gaussian data with these second moments and networks that reach the optimum; else they are a guide.
 */
import { evaluate } from "../../theory/terms/scalar";
import type { DerivedLoss, DerivedTerm } from "../../theory/derivation/loss";
import type { KnobValues } from "../job";

/** Which design it is. */
export type Design =
  /** Z reads X and Y is decoded from it with a Gaussian of fixed variance; a linear VAE where Y is X. */
  | { kind: "decoded"; from: string; of: string; variance: number }
  /** Z reads X, and the information of Z about Y is estimated. */
  | { kind: "estimated"; from: string; of: string }
  /** Two codes of one stream each, and the information between them: no decoders. */
  | { kind: "symmetric"; from: string; of: string };

/** A known optimum. */
export interface Theory {
  kind: Design["kind"];
  source: string;
  /** Values of beta, the weight of what is kept over that of what is compressed, with what happens there. */
  thresholds: { beta: number; text: string; what: "onset" | "exists" | "wins" }[];
  /** Nats that are compressed, over all compressed terms, at beta; the branch that keeps something. */
  rate(beta: number): number;
  /** The value of the kept term there. */
  kept(beta: number): number;
}

const INFORMATION = ["infonce", "mine", "nwj", "flo", "canonical"];

/** @returns undefined where the optimum of this loss is not known */
export function designOf({ terms, spec }: DerivedLoss): Design | undefined {
  const compressed = terms.filter(({ term }) => term.side === "compress");
  const kept = terms.filter(({ term }) => term.side === "keep");
  const [link] = kept;
  if (link === undefined || kept.length > 1 || spec.missing.length > 0) return undefined;
  const payments = compressed.map((payment) => paymentOf(payment, spec));
  const pair = pairOf(link);
  if (pair === undefined || payments.some((payment) => payment === undefined)) return undefined;
  const [first, second, third] = payments;
  if (first === undefined || third !== undefined) return undefined;
  if (second === undefined) {
    const of = pair.find((name) => name !== first.code);
    if (of === undefined || !pair.includes(first.code) || spec.latents.some(({ name }) => name === of))
      return undefined;
    const variance = fixedVariance(link);
    if (variance !== undefined) return { kind: "decoded", from: first.from, of, variance };
    return INFORMATION.includes(link.bound.id) ? { kind: "estimated", from: first.from, of } : undefined;
  }
  const both = [first, second].every(({ code }) => pair.includes(code)) && first.from !== second.from;
  const alike =
    JSON.stringify(compressed[0]!.effectiveWeight) === JSON.stringify(compressed[1]!.effectiveWeight);
  if (!both || !alike || !INFORMATION.includes(link.bound.id)) return undefined;
  return { kind: "symmetric", from: first.from, of: second.from };
}

/** The two names of I(A; B); undefined for other terms. */
function pairOf({ term: { information: it } }: DerivedTerm): [string, string] | undefined {
  if (it.kind !== "information" || it.given.length > 0) return undefined;
  const names = [it.left, it.right].map((side) => (side.length === 1 ? side[0]! : undefined));
  return names.every((each) => each !== undefined && each.subset === undefined)
    ? (names.map((each) => each!.name) as [string, string])
    : undefined;
}

/** The code that is compressed and the one stream that it reads; undefined where it is not a plain Gaussian one. */
function paymentOf(
  payment: DerivedTerm,
  { latents }: DerivedLoss["spec"],
): { code: string; from: string } | undefined {
  const pair = pairOf(payment);
  const code = latents.find(({ name }) => pair?.includes(name));
  const plain = code?.law.name === "gaussian" && code.from.length === 1 && code.given.length === 0;
  if (!plain || !pair?.includes(code.from[0]!) || payment.bound.id !== "kl") return undefined;
  return { code: code.name, from: code.from[0]! };
}

function fixedVariance({ bound, request }: DerivedTerm): number | undefined {
  const [scale = 1] = request?.arguments ?? [];
  return bound.id === "gaussian" && typeof scale === "number" ? scale ** 2 : undefined;
}

/** Beta of the loss at these knobs: the weight of what is kept over that of what is compressed. */
export function betaAt({ terms }: DerivedLoss, knobs: KnobValues): number {
  const weightOf = (side: "keep" | "compress"): number =>
    evaluate(terms.find(({ term }) => term.side === side)!.effectiveWeight, knobs);
  return -weightOf("keep") / weightOf("compress");
}

/** @param facts what the alteration `spectra` found */
export function theoryOf(design: Design, facts: Readonly<Record<string, number>>): Theory | undefined {
  const listed = (name: string): number[] => {
    const values: number[] = [];
    for (let i = 1; facts[`${name} ${i}`] !== undefined; i++) values.push(facts[`${name} ${i}`]!);
    return values;
  };
  const rhos = listed("correlation").filter((rho) => rho > 0 && rho < 1);
  const predicted = listed("predicted").filter((each) => each > 0);
  if (design.kind === "decoded" && predicted.length > 0)
    return decoded(predicted, design.variance, { total: facts["total"]!, values: facts["values"]! });
  if (rhos.length === 0) return undefined;
  return design.kind === "symmetric" ? symmetric(rhos) : estimated(rhos);
}

const half = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / 2;

/** Direction i carries 1/2 log(b / b_i) nats from b_i = s^2 / v_i on: each nat of rate shrinks what is left of its variance by e^2. */
function decoded(
  predicted: number[],
  variance: number,
  { total, values }: { total: number; values: number },
): Theory {
  const onsets = predicted.map((each) => variance / each);
  const rate = (beta: number): number => half(onsets.map((at) => Math.max(0, Math.log(beta / at))));
  return {
    kind: "decoded",
    source: "linear Gaussian optimum of a decoder with fixed variance",
    thresholds: onsets.map((beta, i) => ({ beta, text: `direction ${i + 1}`, what: "onset" })),
    rate,
    kept(beta) {
      const explained = predicted.reduce(
        (sum, each, i) => sum + each * Math.max(0, 1 - onsets[i]! / beta),
        0,
      );
      return -((total - explained) / variance + values * Math.log(2 * Math.PI * variance)) / 2;
    },
  };
}

/** The Gaussian information bottleneck (Chechik, Globerson, Tishby, Weiss 2005). */
function estimated(rhos: number[]): Theory {
  const lambdas = rhos.map((rho) => 1 - rho ** 2);
  const onsets = lambdas.map((lambda) => 1 / (1 - lambda));
  const on = (beta: number): number[] => lambdas.filter((_, i) => beta > onsets[i]!);
  const rate = (beta: number): number =>
    half(on(beta).map((lambda) => Math.log(((beta - 1) * (1 - lambda)) / lambda)));
  return {
    kind: "estimated",
    source: "Gaussian information bottleneck (Chechik et al. 2005)",
    thresholds: onsets.map((beta, i) => ({ beta, text: `direction ${i + 1}`, what: "onset" })),
    rate,
    kept: (beta) => rate(beta) - half(on(beta).map((lambda) => Math.log(beta * (1 - lambda)))),
  };
}

/**
 * Two codes of signal-to-noise s: 2 * 1/2 log(1 + s) + b/2 log(1 - rho^2 s^2 / (1 + s)^2) for each direction. Its derivative is 0
 * where (1 - rho^2) s^2 + (2 - b rho^2) s + 1 = 0; zero information is a minimum at every b.
 */
function symmetric(rhos: number[]): Theory {
  const signalAt = (rho: number, beta: number): number => {
    const [a, b] = [1 - rho ** 2, beta * rho ** 2 - 2];
    const root = b * b - 4 * a;
    return b > 0 && root >= 0 ? (b + Math.sqrt(root)) / (2 * a) : 0;
  };
  const shared = (rho: number, s: number): number => -Math.log(1 - (rho * s) ** 2 / (1 + s) ** 2) / 2;
  const loss = (rho: number, beta: number): number => {
    const s = signalAt(rho, beta);
    return Math.log(1 + s) - beta * shared(rho, s);
  };
  const sum = (each: (rho: number) => number): number => rhos.reduce((total, rho) => total + each(rho), 0);
  return {
    kind: "symmetric",
    source: "symmetric bottleneck of Gaussian codes",
    thresholds: rhos.flatMap((rho, i) => {
      const exists = (2 * (1 + Math.sqrt(1 - rho ** 2))) / rho ** 2;
      const wins = bisected((beta) => -loss(rho, beta), exists, exists * 4);
      const name = rhos.length === 1 ? "" : `direction ${i + 1} `;
      return [
        { beta: exists, text: `${name}can carry information`, what: "exists" as const },
        { beta: wins, text: `${name}is worth it`, what: "wins" as const },
      ];
    }),
    rate: (beta) => sum((rho) => Math.log(1 + signalAt(rho, beta))),
    kept: (beta) => sum((rho) => shared(rho, signalAt(rho, beta))),
  };
}

/** Where a function that grows is 0. */
export function bisected(f: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
