/**
 * What is true of a training of the bank: how often a linear probe of its codes predicts the outcome, in the rows with the
 * rare feature and in all. It knows which rows these are, and has nothing in common with what is to find them.
 */
import { logistic } from "../../../core/train/probes/linear";
import type { DataStream } from "../../../core/train/prepare";
import { trained, type Training } from "../../trainer/train";
import { heldOut, isRare, textOf, type Planted } from "./bank";

export interface Truth {
  /** Accuracy by draws of all codes together, among the held-out rows of the group, and among all. */
  ofGroup: number;
  ofAll: number;
  /** Held-out rows of the group. */
  rows: number;
}

/** The codes of rows side by side, [rows, width]. */
function joined(codes: Readonly<Record<string, Float32Array>>, rows: number): Float64Array {
  const all = Object.values(codes);
  const width = all.reduce((sum, { length }) => sum + length / rows, 0);
  const out = new Float64Array(rows * width);
  let at = 0;
  for (const values of all) {
    const own = values.length / rows;
    for (let i = 0; i < values.length; i++) out[Math.floor(i / own) * width + at + (i % own)] = values[i]!;
    at += own;
  }
  return out;
}

export async function truthOf(planted: Planted, { preparation, codes }: Training): Promise<Truth> {
  const { data } = preparation;
  const outcome: DataStream = data.streams.get("outcome")!;
  const at = (rows: Int32Array): Int32Array => rows.map((row) => outcome.values[row]!);
  const { train } = data.splits;
  const rows = heldOut(data.splits);
  const [seen, judged] = [await codes(train, 1), await codes(rows, 1)];
  const predicted = logistic(outcome.classes!)(joined(seen.draws[0]!, train.length), at(train))(
    joined(judged.draws[0]!, rows.length),
    rows.length,
  );
  const rare = isRare(planted, rows);
  const right = Array.from(at(rows), (truth, i) => {
    const scores = predicted.subarray(i * outcome.classes!, (i + 1) * outcome.classes!);
    return scores.indexOf(Math.max(...scores)) === truth;
  });
  const share = (of: readonly boolean[]): number => of.filter(Boolean).length / Math.max(1, of.length);
  const group = right.filter((_, i) => rare[i]);
  return { ofGroup: share(group), ofAll: share(right), rows: group.length };
}

/** Trains a design of the bank, and says what is true of it. */
export async function checkedTruth(planted: Planted): Promise<Truth> {
  const run = await trained(textOf(planted), planted.seed);
  const truth = await truthOf(planted, run);
  await run.dispose();
  return truth;
}
