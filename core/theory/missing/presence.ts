/** Which rows of a batch have what a variable is made from, where streams may be absent. */
import { ancestors, conditionsOf, latentOf, streamOf } from "../terms/roles";
import type { Missing, Spec, Variable } from "../spec";

/**
 * Clauses that all hold on a row that has it; each is a list of streams, one of which must be there. In normal form:
 * sorted, and no clause follows from another. Empty: every row has it.
 */
export type Presence = readonly (readonly string[])[];

type Known = Pick<Spec, "streams" | "latents" | "missing">;

/** Rows that have all of these. */
export function all(presences: readonly Presence[]): Presence {
  const clauses = presences.flat().map((clause) => [...new Set(clause)].sort());
  const unique = new Map(clauses.map((clause) => [clause.join(), clause]));
  return [...unique.values()]
    .filter((clause) => !clauses.some((other) => other.length < clause.length && implies(other, clause)))
    .sort((a, b) => (a.join() < b.join() ? -1 : 1));
}

const implies = (strict: readonly string[], loose: readonly string[]): boolean =>
  strict.every((name) => loose.includes(name));

/** Rows that have any of these. */
export const any = (presences: readonly Presence[]): Presence =>
  all([
    presences.reduce<Presence>(
      (known, presence) => known.flatMap((clause) => presence.map((other) => [...clause, ...other])),
      [[]],
    ),
  ]);

/**
 * Rows that have a variable. A stream that is made from another goes with it. A part of a code, `Z[X, Y]`, needs all that
 * it names; a code needs its one input, or any of several, and none where the prior is an expert; besides, all that its
 * encoders are given.
 */
export function presenceOf(spec: Known, variable: Variable): Presence {
  const { name, subset } = variable;
  const stream = streamOf(spec, variable);
  if (stream) {
    const sources = [name, ...(stream.derived ? [stream.derived.of] : [])];
    return all(sources.filter((source) => mayMiss(spec, source)).map((source) => [[source]]));
  }
  const latent = latentOf(spec, variable);
  if (latent === undefined) return [];
  const each = (names: readonly string[]): Presence[] => names.map((one) => presenceOf(spec, { name: one }));
  if (subset?.length === 0) return all(each(latent.prior.from ?? []));
  const inputs = each(subset ?? latent.from);
  const given = each(conditionsOf(latent));
  if (subset !== undefined) return all([...inputs, ...given]);
  return all([...(latent.fusion.options.includes("prior") ? [] : [any(inputs)]), ...given]);
}

const mayMiss = ({ missing }: Known, name: string): boolean => missing.some(({ stream }) => stream === name);

/** Whether a row that lacks these streams has it. */
export const holds = (presence: Presence, absent: readonly string[]): boolean =>
  presence.every((clause) => clause.some((name) => !absent.includes(name)));

/** `X and (Y or A)`; empty where every row has it. */
export const presenceText = (presence: Presence): string =>
  presence
    .map((clause) => {
      const text = clause.join(" or ");
      return clause.length > 1 && presence.length > 1 ? `(${text})` : text;
    })
    .join(" and ");

/** The share of rows that have it, streams being absent independently of each other. */
export function shareOf(presence: Presence, missing: readonly Missing[]): number {
  const name = presence[0]?.[0];
  if (name === undefined) return presence.length === 0 ? 1 : 0;
  const rate = missing.find(({ stream }) => stream === name)!.rate;
  const there = presence.filter((clause) => !clause.includes(name));
  const absent = presence.map((clause) => clause.filter((other) => other !== name));
  const without = absent.some((clause) => clause.length === 0) ? 0 : shareOf(absent, missing);
  return (1 - rate) * shareOf(there, missing) + rate * without;
}

/** Whether a code reads a stream and is still there without it. */
export function doesWithout(spec: Spec, code: string, stream: string): boolean {
  const presence = presenceOf(spec, { name: code });
  const reads = [...ancestors(spec, code)].some((name) => presenceOf(spec, { name }).flat().includes(stream));
  return reads && holds(presence, [stream]);
}
