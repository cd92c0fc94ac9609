/** Carrying measurements out. */
import type { Spec } from "../../theory/spec";
import type { MeasuredValue } from "../protocol";
import type { AnyMeasurement, Measurement } from "./measurement";
import type { Subjects } from "./subjects";

/** Where measurements get what they need: made when first asked for, once a round. */
export type Gather = { readonly [N in keyof Subjects]: () => Promise<Subjects[N]> };

/** What `make` gives the first time, and the same ever after. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** The values of each measurement of the list that is due, in the list's order. */
export async function carryOut(
  list: readonly AnyMeasurement[],
  due: Measurement["when"],
  gather: Gather,
  spec: Spec,
): Promise<MeasuredValue[]> {
  const found: MeasuredValue[] = [];
  for (const one of list.filter(({ when }) => when === "look" || when === due)) {
    const { id, unit } = one;
    const values = await valuesOf(one, gather, spec);
    found.push(...values.filter(isNumber).map((value) => ({ id, unit, ...within(value) })));
  }
  return found;
}

async function valuesOf<N extends keyof Subjects>(
  { needs, measure }: Measurement<N>,
  gather: Gather,
  spec: Spec,
): Promise<ReturnType<Measurement<N>["measure"]>> {
  return measure((await gather[needs]()) as Subjects[N], spec);
}

const isNumber = ({ value, low, high }: Pick<MeasuredValue, "value" | "low" | "high">): boolean =>
  [value, low, high ?? value].every(Number.isFinite);

/** Where a limit is the value itself, rounding may leave it a hair on the wrong side. */
function within<V extends Pick<MeasuredValue, "value" | "low" | "high">>(one: V): V {
  const { value, low, high } = one;
  return { ...one, low: Math.min(low, value), high: high === null ? null : Math.max(high, value) };
}

/** What measurements say in sentences of their own. */
export const sentencesOf = (list: readonly AnyMeasurement[], measured: readonly MeasuredValue[]): string[] =>
  list.flatMap(({ id, sentence }) => {
    const own = measured.filter((value) => value.id === id);
    const said = own.length > 0 ? sentence?.(own) : undefined;
    return said ? [said] : [];
  });

/** Measured values after new ones of some measurements: those are replaced whole. */
export function remeasured(before: readonly MeasuredValue[], now: readonly MeasuredValue[]): MeasuredValue[] {
  const again = new Set(now.map(({ id }) => id));
  return [...before.filter(({ id }) => !again.has(id)), ...now];
}
