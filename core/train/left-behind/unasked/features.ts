/** What a regression reads of codes: the codes themselves, standardised, rectified units of them, and a one. */
import { RandomStream } from "../../../random";
import type { CodedRows } from "../../measurements/coded-rows";
import { joinedCodes } from "../codes";
import type { Matrix } from "./matrix";

const UNITS = 32;

/** Of the first draws of all codes of rows. */
export function featuresOf(seen: CodedRows, judged: CodedRows): { seen: Matrix; judged: Matrix } {
  const { width, copies } = joinedCodes(seen, judged);
  const draws = new RandomStream(0, "units of codes", 0);
  const units = Float64Array.from({ length: UNITS * (width + 1) }, () => draws.normal());
  const of = ({ rows }: CodedRows): Matrix => {
    const wide = width + UNITS + 1;
    const values = new Float64Array(rows.length * wide);
    rows.forEach((row, i) => {
      const own = values.subarray(i * wide, (i + 1) * wide);
      own.set((copies[0]!.values as Float32Array).subarray(row * width, (row + 1) * width));
      for (let u = 0; u < UNITS; u++) {
        let sum = 0;
        for (let j = 0; j < width; j++) sum += units[u * (width + 1) + j]! * own[j]!;
        own[width + u] = Math.max(0, sum / Math.sqrt(width) + units[u * (width + 1) + width]!);
      }
      own[wide - 1] = 1;
    });
    return { rows: rows.length, width: wide, values };
  };
  return { seen: of(seen), judged: of(judged) };
}
