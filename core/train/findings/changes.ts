/** Changes that findings propose: another weight of a term, a larger beta. */
import type { Change } from "../../theory/change";
import type { DerivedTerm } from "../../theory/derivation/loss";
import type { Knob, Term } from "../../theory/spec";
import { BETA, knobsOf } from "../../theory/terms/scalar";
import type { Observed } from "./rule";

/** A weight that is a number, or one knob, so many times what it is, to one digit; undefined where that is no change. */
export function weightTimes(
  { id, weight }: Term,
  times: number,
  knobs: Observed["knobs"],
  declared: readonly Knob[],
): Change | undefined {
  const rounded = (value: number): number => Number((times * value).toPrecision(1));
  if (weight.kind === "number") return { kind: "weight", term: id, value: rounded(weight.value) };
  const knob = weight.kind === "knob" ? declared.find(({ name }) => name === weight.name) : undefined;
  if (knob === undefined || knob.name === BETA || knob.anneal) return undefined;
  const { name, from, to } = knob;
  const now = knobs[name] ?? knob.value;
  const value = Math.min(to, Math.max(from, rounded(now)));
  return value === now ? undefined : { kind: "knob", name, value };
}

/** Another beta, within its range: none where it is at its end, where a schedule moves it, or where nothing kept has it. */
export function betaTimes(
  terms: readonly DerivedTerm[],
  declared: readonly Knob[],
  knobs: Observed["knobs"],
  times: number,
): Change | undefined {
  const beta = declared.find(({ name }) => name === BETA);
  if (beta === undefined || beta.anneal) return undefined;
  const now = knobs[BETA] ?? beta.value;
  const value = Math.max(beta.from, Math.min(beta.to, times * now));
  const acts = terms.some(
    ({ term, effectiveWeight }) => term.side === "keep" && knobsOf(effectiveWeight).includes(BETA),
  );
  return acts && value !== now ? { kind: "knob", name: BETA, value } : undefined;
}
