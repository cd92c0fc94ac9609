/** What sets a group apart within a stream: the columns in which its rows differ most from all others. */
import { rounded } from "../../../language/number-text";
import type { DataStream } from "../../prepare";
import type { LeftBehind } from "../../protocol";

type Apart = LeftBehind["apart"];

/** Least lift, least share of the group with the value, and most columns that are named. */
const LEAST_LIFT = 1.5;
const LEAST_SHARE = 0.3;
const MOST = 3;

/** @param values of all held-out rows, [rows, width] @param places of the group's rows among them */
export function apartInStream(
  stream: DataStream,
  values: Float32Array,
  width: number,
  places: readonly number[],
): Apart {
  const rows = values.length / width;
  const sums = new Float64Array(width);
  const squares = new Float64Array(width);
  for (let i = 0; i < values.length; i++) {
    sums[i % width]! += values[i]!;
    squares[i % width]! += values[i]! ** 2;
  }
  const own = new Float64Array(width);
  for (const place of places) for (let j = 0; j < width; j++) own[j]! += values[place * width + j]!;
  const columns = Array.from({ length: width }, (_, column) => {
    const mean = sums[column]! / rows;
    const deviation = Math.sqrt(Math.max(0, squares[column]! / rows - mean ** 2));
    const inGroup = own[column]! / places.length;
    const others = (sums[column]! - own[column]!) / (rows - places.length);
    return { column, inGroup, others, distance: deviation > 1e-9 ? Math.abs(inGroup - mean) / deviation : 0 };
  });
  return columns
    .filter(({ distance }) => distance > 0)
    .sort((a, b) => b.distance - a.distance)
    .slice(0, MOST)
    .flatMap(({ column, inGroup, others }) => {
      const cut = (inGroup + others) / 2;
      const has = (row: number): boolean =>
        inGroup > others ? values[row * width + column]! >= cut : values[row * width + column]! < cut;
      const share = places.filter(has).length / places.length;
      const lift = share / (Array.from({ length: rows }, (_, row) => row).filter(has).length / rows);
      const value = `${columnText(stream, column)}${inGroup > others ? "from" : "below"} ${rounded(cut)}`;
      return lift >= LEAST_LIFT && share >= LEAST_SHARE ? [{ factor: stream.name, value, lift }] : [];
    });
}

/** A column by its indices, counted from 0 as the data are stored; of a text by its word. */
function columnText({ kind, shape, words }: DataStream, column: number): string {
  if (kind.name === "text") return `"${words?.[column] ?? `#${column}`}" `;
  if (kind.name === "label") return `class ${column} `;
  let rest = column;
  const indices = shape.toReversed().map((size) => {
    const index = rest % size;
    rest = Math.floor(rest / size);
    return index;
  });
  return indices.length === 0 ? "" : `[${indices.toReversed().join(", ")}] `;
}
