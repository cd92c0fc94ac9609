/** What the variables of a term are to its bound. */
import type { Bound } from "../bound";
import type { Information, Latent, Spec, Stream, Term, Variable } from "../spec";

export const streamOf = (spec: Pick<Spec, "streams">, { name }: Variable): Stream | undefined =>
  spec.streams.find((stream) => stream.name === name);

export const latentOf = (spec: Pick<Spec, "latents">, { name }: Variable): Latent | undefined =>
  spec.latents.find((latent) => latent.name === name);

/** @throws Error when there is none of this name */
export function streamNamed(spec: Pick<Spec, "streams">, name: string): Stream {
  const stream = streamOf(spec, { name });
  if (stream === undefined) throw new Error(`no stream named ${name}`);
  return stream;
}

/** @throws Error when there is none of this name */
export function latentNamed(spec: Pick<Spec, "latents">, name: string): Latent {
  const latent = latentOf(spec, { name });
  if (latent === undefined) throw new Error(`no latent named ${name}`);
  return latent;
}

/** The conditions of a code: what each of its encoders is given, and what its prior is made from where that is an expert. */
export function conditionsOf({ given, fusion, prior }: Latent): string[] {
  const sources = fusion.options.includes("prior") ? (prior.from ?? []) : [];
  return [...given, ...sources.filter((source) => !given.includes(source))];
}

/** All that a code is inferred from: its inputs and its conditions. */
export const readsOf = (latent: Latent): string[] => [...latent.from, ...conditionsOf(latent)];

/** What a code is inferred from: its inputs, or those in its brackets, and its conditions; nothing of what is no code. */
export function inputsOf(spec: Pick<Spec, "latents">, code: Variable): string[] {
  const latent = latentOf(spec, code);
  return [...(code.subset ?? latent?.from ?? []), ...(latent ? conditionsOf(latent) : [])];
}

/** Everything a latent is made from, through other latents too. */
export function ancestors(spec: Pick<Spec, "latents">, name: string, seen = new Set<string>()): Set<string> {
  const latent = spec.latents.find((candidate) => candidate.name === name);
  for (const input of latent ? readsOf(latent) : []) {
    if (seen.has(input)) continue;
    seen.add(input);
    ancestors(spec, input, seen);
  }
  return seen;
}

/** A compressed term: codes, and what they tell about. */
interface Payment {
  codes: Variable[];
  about: Variable[];
  given: Variable[];
}

/** Undefined when neither side is all codes, or when both are and neither is inferred from the other. */
export function paymentOf(term: Term, spec: Pick<Spec, "latents">): Payment | undefined {
  if (term.information.kind !== "information") return undefined;
  const { left, right, given } = term.information;
  const readsOther = (codes: Variable[], other: Variable[]): boolean =>
    codes.every((code) => readsAny(spec, code, other));
  const candidates = [
    { codes: right, about: left, given },
    { codes: left, about: right, given },
  ].filter(({ codes }) => codes.every((variable) => latentOf(spec, variable) !== undefined));
  const sides =
    candidates.length < 2 ? candidates : candidates.filter(({ codes, about }) => readsOther(codes, about));
  return sides[0];
}

/** Whether a code is made from any of these, through other latents too. */
function readsAny(spec: Pick<Spec, "latents">, code: Variable, others: readonly Variable[]): boolean {
  const read = ancestors(spec, code.name);
  return others.some(({ name }) => read.has(name));
}

/**
 * What the rate of a code is beyond: what its prior reads; else the condition of the one term that compresses what the code
 * reads, for that term compares the code with a guess from the condition, and no other compares it with its prior.
 */
export function rateGiven(spec: Pick<Spec, "latents" | "terms">, code: string): string[] {
  const above = latentOf(spec, { name: code })?.prior.from ?? [];
  if (above.length > 0) return above;
  const payments = spec.terms.flatMap((term) => {
    const payment = term.side === "compress" ? paymentOf(term, spec) : undefined;
    const own = payment?.codes.some(
      (one) => one.name === code && one.subset === undefined && readsAny(spec, one, payment.about),
    );
    return payment && own ? [payment] : [];
  });
  return payments.length === 1 ? payments[0]!.given.map(({ name }) => name) : [];
}

/** A kept term about observed streams: what is decoded, and from what. */
export interface Decoding {
  streams: Stream[];
  read: Variable[];
}

/** Undefined when neither side is all streams, or no code is read. */
export function decodingOf(term: Term, spec: Spec): Decoding | undefined {
  if (term.information.kind !== "information") return undefined;
  const { left, right, given } = term.information;
  const hasCode = (side: Variable[]): boolean =>
    side.some((variable) => latentOf(spec, variable) !== undefined);
  for (const [side, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const streams = side.map((variable) => streamOf(spec, variable));
    if (streams.every((stream) => stream !== undefined) && hasCode(other))
      return { streams, read: [...other, ...given] };
  }
  return undefined;
}

/** Both sides of a term between two things, at least one of them a code. */
export function pairOf(term: Term, spec: Spec): { first: Variable[]; second: Variable[] } | undefined {
  if (term.information.kind !== "information" || term.information.given.length > 0) return undefined;
  const { left, right } = term.information;
  const hasCode = [...left, ...right].some((variable) => latentOf(spec, variable) !== undefined);
  return hasCode ? { first: left, second: right } : undefined;
}

/** Streams that the codes of a payment read and that its term does not name. */
function unpaid({ codes, about, given }: Payment, spec: Spec): string[] {
  const named = new Set([...about, ...given].map(({ name }) => name));
  const covered = new Set([...named].flatMap((name) => [...ancestors(spec, name)]));
  const read = codes.flatMap((code) => code.subset ?? [...ancestors(spec, code.name)]);
  return spec.streams
    .map(({ name }) => name)
    .filter((name) => read.includes(name) && !named.has(name) && !covered.has(name));
}

/** What a term is once it has a bound: the derived term stores it, and whoever asks what a term is reads it there. */
export type Role =
  /** What codes hold of their inputs, compressed; `unpaid` are the streams that they read beside those it names. */
  | ({ kind: "payment"; unpaid: string[] } & Payment)
  /** Streams that a likelihood decodes from codes. */
  | ({ kind: "decoding" } & Decoding)
  /** Two sides that are drawn together, or kept apart. */
  | { kind: "link"; first: Variable[]; second: Variable[] }
  /** A functional of codes: TC, gap or H. */
  | Extract<Information, { kind: "functional" }>;

/** @throws Error when its bound cannot hold the term */
export function roleOf(term: Term, bound: Pick<Bound, "reconstruct">, spec: Spec): Role {
  if (term.information.kind === "functional") return term.information;
  const payment = term.side === "compress" ? paymentOf(term, spec) : undefined;
  if (payment) return { kind: "payment", ...payment, unpaid: unpaid(payment, spec) };
  const decoding = bound.reconstruct ? decodingOf(term, spec) : undefined;
  if (decoding) return { kind: "decoding", ...decoding };
  const pair = pairOf(term, spec);
  if (pair === undefined) throw new Error(`${term.id} has a bound that cannot hold it`);
  return { kind: "link", ...pair };
}
