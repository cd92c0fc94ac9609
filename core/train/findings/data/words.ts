/** Words of findings about data. */
import type { BoundStream } from "../../../data/bind";
import type { LookedAt } from "./columns";

/** `column 2 of X`, or `X` where that is one column. @param index of the column */
export function columnText({ stream, columns }: LookedAt, index: number): string {
  const name = `\`${stream.name}\`${stream.field === stream.name ? "" : ` (the field \`${stream.field}\`)`}`;
  if (columns.length === 1) return name;
  return `${stream.kind.name === "signal" ? "channel" : "column"} ${index} of ${name}`;
}

/** The kinds whose columns have units of their own. */
export const isTable = ({ kind, values }: BoundStream): boolean =>
  ["vector", "scalar", "signal"].includes(kind.name) && values instanceof Float32Array;

/** Says that not all samples were looked at, where that is so. */
export const sampled = ({ rows: { looked, all } }: LookedAt): string =>
  looked === all ? "" : ` (${looked} of ${all} samples were looked at)`;

/** With a capital first letter, unless it begins with a name. */
export const sentence = (text: string): string => text[0]!.toUpperCase() + text.slice(1);
