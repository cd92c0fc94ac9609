import type { DataStream } from "../prepare";
import { quantileClasses } from "../probes/index";

/** Classes that a number is cut into: a density would give no lower bound. */
const QUANTILES = 8;

/** A factor as classes: a label as it is, a number cut into quantiles. Only a label has counts, whose entropy is a limit. */
interface Classed {
  factor: string;
  classes: number;
  counts?: Float64Array;
  seenTruth: Int32Array;
  truth: Int32Array;
}

/** @param seen training rows @param judged held-out rows */
export function classedOf(
  { name, kind, values, classes }: DataStream,
  seen: Int32Array,
  judged: Int32Array,
): Classed {
  const at = (rows: Int32Array): Float64Array => Float64Array.from(rows, (row) => values[row]!);
  if (kind.name === "label") {
    const truth = Int32Array.from(at(judged));
    const counts = new Float64Array(classes!);
    for (const label of truth) counts[label]!++;
    return { factor: name, classes: classes!, counts, seenTruth: Int32Array.from(at(seen)), truth };
  }
  const cut = quantileClasses(at(seen.length > 0 ? seen : judged), QUANTILES);
  const classesAt = (rows: Int32Array): Int32Array => Int32Array.from(at(rows), cut.classOf);
  return { factor: name, classes: cut.classes, seenTruth: classesAt(seen), truth: classesAt(judged) };
}
