/** What is needed for the information that codes carry about factors: gains of probes, and densities of codes. */
import type { Spec } from "../../theory/spec";
import type { Slices } from "../clock";
import { gainsOf, readLabel, surprises, type Evidence, type LabelReading } from "../probes/index";
import { classedOf } from "./classed";
import { marginalRate } from "./marginal-rate";
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
  const classed = factors.map((factor) => classedOf(factor, seen.rows, judged.rows));
  const found: InformedPair[] = [];
  for (const code of Object.keys(judged.means)) {
    const densities = judged.densities[code];
    const upper = densities && classed.length > 0 ? surprises(densities, classed) : undefined;
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
