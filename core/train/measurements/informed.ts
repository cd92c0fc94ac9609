/** What is needed for the information that codes carry about factors: gains of probes, and densities of codes. */
import type { Spec } from "../../theory/spec";
import type { Slices } from "../clock";
import type { DataStream } from "../prepare";
import {
  gainsOf,
  quantileClasses,
  readLabel,
  surprises,
  type Evidence,
  type LabelReading,
} from "../probes/index";
import { marginalRate } from "./marginal-rate";
import type { InformedPair, PairReading, Subjects } from "./subjects";

/** Classes that a number is cut into: a density would give no lower bound. */
const QUANTILES = 8;

/**
 * @param thorough whether probes are fitted for this alone, a perceptron among them; else what the readings have of labels is used
 */
export async function informedPairs(
  { seen, judged, factors }: Subjects["codes"],
  readings: readonly PairReading[],
  spec: Pick<Spec, "latents">,
  thorough: boolean,
  slices: Slices,
): Promise<InformedPair[]> {
  const classed = factors.map((factor) => classedOf(factor, seen.rows, judged.rows));
  const found: InformedPair[] = [];
  for (const code of Object.keys(judged.means)) {
    const densities = judged.densities[code];
    const upper = densities && surprises(densities, classed);
    await slices.breathe();
    const rate = marginalRate(code, judged.rates, spec);
    for (const [i, { factor, counts, classes, seenTruth, truth }] of classed.entries()) {
      const coded = {
        seen: seen.draws[0]![code]!,
        seenTruth,
        judged: judged.draws.map((draws) => draws[code]!),
        truth,
      };
      const read = readings.find((one) => one.code === code && one.factor === factor)!.reading;
      const reading = (): LabelReading => (read.kind === "label" ? read : readLabel(coded, classes));
      const gains = gainsOf(coded, classes, thorough, reading);
      const evidence: Evidence = {
        gains,
        ...(rate !== undefined && { rate }),
        ...(counts && { counts }),
        ...(counts && upper && { surprises: upper[i]! }),
      };
      found.push({ code, factor, evidence });
      await slices.breathe();
    }
  }
  return found;
}

/** A factor as classes: a label as it is, a number cut into quantiles. Only a label has counts, whose entropy is a limit. */
interface Classed {
  factor: string;
  classes: number;
  counts?: Float64Array;
  seenTruth: Int32Array;
  truth: Int32Array;
}

function classedOf(
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
