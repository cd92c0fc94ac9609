/** What is needed for the information that codes carry about factors: gains of probes, and densities of codes. */
import type { Spec } from "../../theory/spec";
import type { Slices } from "../clock";
import {
  entropyOf,
  gainsOf,
  readLabel,
  surprises,
  type Densities,
  type Evidence,
  type LabelReading,
} from "../probes/index";
import { classedOf } from "./classed";
import { marginalRate } from "./marginal-rate";
import { only, type CodedRows } from "./coded-rows";
import type { InformedPair, PairReading, Subjects } from "./subjects";

/**
 * @param thorough whether probes are fitted for this alone, a perceptron among them; else what the readings have of labels is used
 */
export async function informedPairs(
  { seen, judged, factors }: Subjects["codes"],
  readings: readonly PairReading[],
  spec: Pick<Spec, "latents" | "terms">,
  thorough: boolean,
  slices: Slices,
): Promise<InformedPair[]> {
  const found: InformedPair[] = [];
  for (const code of Object.keys(judged.means)) {
    const pairs = factors.flatMap((factor) => {
      const [learned, read] = [only(seen, [code], factor), only(judged, [code], factor)];
      if (read.rows.length === 0) return [];
      return { learned, read, classed: classedOf(factor, learned.rows, read.rows) };
    });
    const upper = surprisesOf(pairs, ({ densities }) => densities[code]);
    await slices.breathe();
    const rate = marginalRate(code, judged.rates, spec);
    for (const [i, { learned, read, classed }] of pairs.entries()) {
      const { factor, counts, classes, seenTruth, truth } = classed;
      const coded = {
        seen: learned.draws[0]![code]!,
        seenTruth,
        judged: read.draws.map((draws) => draws[code]!),
        truth,
      };
      const { reading } = readings.find((one) => one.code === code && one.factor === factor)!;
      const labels = (): LabelReading => (reading.kind === "label" ? reading : readLabel(coded, classes));
      const gains = gainsOf(coded, classes, thorough, labels);
      const surprise = upper[i];
      const evidence: Evidence = {
        gains,
        ...(rate !== undefined && { rate }),
        ...(counts && { counts }),
        ...(counts && surprise && { surprises: surprise }),
      };
      found.push({ code, factor, evidence, entropy: entropyOf(truth, classes) });
      await slices.breathe();
    }
  }
  return found;
}

/** The surprises of each pair of codes and a factor, found together for those of the same rows. */
export function surprisesOf(
  pairs: readonly { read: CodedRows; classed: ReturnType<typeof classedOf> }[],
  densitiesOf: (rows: CodedRows) => Densities | undefined,
): (Float64Array | undefined)[] {
  const found = pairs.map((): Float64Array | undefined => undefined);
  for (const rows of new Set(pairs.map(({ read }) => read))) {
    const densities = densitiesOf(rows);
    const own = [...pairs.keys()].filter((i) => pairs[i]!.read === rows);
    const upper =
      densities &&
      surprises(
        densities,
        own.map((i) => pairs[i]!.classed),
      );
    own.forEach((i, at) => (found[i] = upper?.[at]));
  }
  return found;
}
