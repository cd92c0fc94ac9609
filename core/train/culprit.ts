/** What made a loss that is not finite: its term, and the value of the data that is the likeliest cause. */
import { sizeOf } from "../program/program";
import { ancestors } from "../theory/terms/roles";
import { variablesOf } from "../theory/terms/print";
import type { BoundStream } from "../data/bind";
import type { Preparation } from "./prepare";
import type { TermPoint } from "./protocol";
import { weightsOf } from "./summary";
import { rounded } from "../language/number-text";

/** Values beyond this are far from what networks are made for; a smaller one is no suspect. */
const LARGE = 1000;

/** A value of the data, with its place. */
interface Suspect {
  stream: string;
  row: number;
  column: number;
  value: number;
}

export interface Culprit {
  /** Id of the term. */
  term: string;
  value: number;
  /** A value that is not finite, else the largest that the term reads; absent where none is large. */
  suspect?: Suspect;
}

/**
 * @param point terms of the step
 * @param rows samples of its batch
 * @param knobs in force at the step
 */
export function culpritOf(
  { terms }: Pick<TermPoint, "terms">,
  preparation: Preparation,
  rows: ArrayLike<number>,
  knobs: Record<string, number>,
): Culprit {
  const values = Object.entries(terms);
  const weights = weightsOf(preparation, knobs);
  const share = ([id, value]: [string, number]): number => Math.abs((weights[id] ?? 1) * value);
  const [term, value] =
    values.find(([, each]) => !Number.isFinite(each)) ??
    // Every term is finite and their weighted sum is not: the largest part of it.
    values.reduce<[string, number]>((most, each) => (share(each) > share(most) ? each : most), ["", 0]);
  const suspect = suspectOf(term, preparation, rows);
  return { term, value, ...(suspect ? { suspect } : {}) };
}

/** The value among all that a term reads of these samples. */
function suspectOf(id: string, { derived, data }: Preparation, rows: ArrayLike<number>): Suspect | undefined {
  const term = derived.terms.find((each) => each.term.id === id)?.term;
  const named = term ? variablesOf(term).map(({ name }) => name) : [];
  const read = new Set(named.flatMap((name) => [name, ...ancestors(derived.spec, name)]));
  let found: Suspect | undefined;
  for (const stream of data.streams.values()) {
    if (!read.has(stream.name) || !(stream.values instanceof Float32Array)) continue;
    const largest = largestIn(stream, stream.values, rows);
    if (largest && (found === undefined || size(largest) > size(found))) found = largest;
  }
  return found && size(found) > LARGE ? found : undefined;
}

function largestIn(
  { name, shape }: BoundStream,
  values: Float32Array,
  rows: ArrayLike<number>,
): Suspect | undefined {
  const width = sizeOf(shape);
  let found: Suspect | undefined;
  for (const row of Array.from(rows))
    for (let column = 0; column < width; column++) {
      const value = values[row * width + column]!;
      const suspect = { stream: name, row, column, value };
      if (found === undefined || size(suspect) > size(found)) found = suspect;
    }
  return found;
}

const size = ({ value }: Suspect): number => (Number.isFinite(value) ? Math.abs(value) : Infinity);

/** `keep I(X; Z) was Infinity; the largest value that it reads is 1e+25, in column 2 of X (sample 17)`. */
export function culpritText({ term, value, suspect }: Culprit): string {
  const finite = Number.isFinite(value);
  const what = finite ? `\`${term}\` makes the weighted sum overflow` : `\`${term}\` was ${value}`;
  if (suspect === undefined) return what;
  const { stream, row, column } = suspect;
  const found = Number.isFinite(suspect.value)
    ? `the largest value that it reads is ${rounded(suspect.value)}`
    : `it reads a value that is ${suspect.value}`;
  return `${what}; ${found}, in column ${column} of \`${stream}\` (sample ${row})`;
}
