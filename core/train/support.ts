/** Data that a likelihood gives no probability: refused before anything is trained on them. */
import { sizeOf } from "../program/program";
import type { Diagnostic } from "../language/diagnostic";
import type { Support } from "../theory/bound";
import type { DerivedLoss, DerivedTerm } from "../theory/derivation/loss";
import type { BoundStream } from "../data/bind";
import { unfitValues } from "./refusals";
import { rounded } from "../language/number-text";

/** The first value outside the support, with its row and its column within the row. */
interface Outside {
  row: number;
  column: number;
  value: number;
}

/** One error for each stream that a kept term decodes by a likelihood without room for its values. */
export function outsideSupport(
  { terms }: DerivedLoss,
  streams: ReadonlyMap<string, BoundStream>,
): Diagnostic[] {
  return terms.flatMap((derived) => {
    const { role, bound } = derived;
    const { support } = bound;
    const stream = role.kind === "decoding" ? streams.get(role.streams[0]!.name) : undefined;
    // Bytes are read as numbers from 0 to 1.
    if (support === undefined || stream === undefined || !(stream.values instanceof Float32Array)) return [];
    const outside = firstOutside(stream, support);
    return outside === undefined ? [] : [refusal(derived, stream, stream.values, support, outside)];
  });
}

function firstOutside({ values, shape }: BoundStream, { low, high }: Support): Outside | undefined {
  const width = sizeOf(shape);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < low || value > high) return { row: Math.floor(i / width), column: i % width, value };
  }
  return undefined;
}

function refusal(
  { bound, request, term }: DerivedTerm,
  { name, field, shape }: BoundStream,
  values: Float32Array,
  { low, high }: Support,
  { row, column, value }: Outside,
): Diagnostic {
  const place = sizeOf(shape) === 1 ? `sample ${row}` : `column ${column} of sample ${row}`;
  const [least, most] = rangeOf(values);
  const scaling =
    least >= 0 && most > 1 && most <= 255
      ? "divide the values by 255 before saving them"
      : `scale the values to ${low} to ${high} before saving them`;
  const message =
    `\`${bound.id}\` needs values from ${low} to ${high}, but ${place} of the field \`${field}\`, which \`${name}\` reads, ` +
    `is ${rounded(value, 4)} (the values are from ${rounded(least, 4)} to ${rounded(most, 4)}). Use \`gaussian\`, or ${scaling}.`;
  return unfitValues.impossible(request?.range, term.range, message);
}

function rangeOf(values: Float32Array): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}
