/** All codes of a row side by side, as a stream that a reader learns from. */
import type { CodedRows } from "../measurements/coded-rows";
import type { DataStream } from "../prepare";
import { CODES } from "./reader-spec";

/** @returns the width of all codes together, and a stream of them for each draw of the judged rows, standardised */
export function joinedCodes(seen: CodedRows, judged: CodedRows): { width: number; copies: DataStream[] } {
  const widths = Object.entries(judged.draws[0]!).map(
    ([name, { length }]) => [name, length / judged.rows.length] as const,
  );
  const width = widths.reduce((sum, [, own]) => sum + own, 0);
  const { means, deviations } = momentsOf(seen, widths);
  const size = Math.max(...seen.rows, ...judged.rows) + 1;
  const copies = judged.draws.map((draw): DataStream => {
    const values = new Float32Array(size * width);
    let at = 0;
    for (const [name, own] of widths) {
      for (const { rows, codes } of [
        { rows: seen.rows, codes: seen.draws[0]![name]! },
        { rows: judged.rows, codes: draw[name]! },
      ])
        codes.forEach((value, i) => {
          const column = at + (i % own);
          values[rows[Math.floor(i / own)]! * width + column] =
            (value - means[column]!) / deviations[column]!;
        });
      at += own;
    }
    return {
      name: CODES,
      field: CODES,
      kind: { name: "vector", sizes: [width] },
      shape: [width],
      values,
      role: "modality",
      absentWith: [],
    };
  });
  return { width, copies };
}

/** Mean and standard deviation of each coordinate over the training rows; 1 for one that does not vary. */
function momentsOf(
  { draws, rows }: CodedRows,
  widths: readonly (readonly [string, number])[],
): { means: number[]; deviations: number[] } {
  const means: number[] = [];
  const deviations: number[] = [];
  for (const [name, own] of widths) {
    const codes = draws[0]![name]!;
    for (let column = 0; column < own; column++) {
      let [sum, squares] = [0, 0];
      for (let i = column; i < codes.length; i += own) sum += codes[i]! / rows.length;
      for (let i = column; i < codes.length; i += own) squares += (codes[i]! - sum) ** 2 / rows.length;
      means.push(sum);
      deviations.push(squares > 0 ? Math.sqrt(squares) : 1);
    }
  }
  return { means, deviations };
}
