/**
 * The bank of codes of known information, as a preview measures them: how often the interval covers the truth, and how wide it
 * is. Gives the body of docs/monitoring/information.md.
 */
import { table } from "../../scripts/manual/markdown";
import { intervalOf, JUDGED, SEEN } from "../probes/measured-information";
import { noInformation } from "../probes/no-information";
import { toldPlants, tuningPlants, type Plant } from "../probes/planted-information";

export const page = "docs/monitoring/information.md";

/** Draws of each code: one for tuning, these for figures. */
const SEEDS = [11, 12, 13];
/** Codes without information. */
const EMPTY = 60;
/** Standard errors of the oracle that are granted. */
const ERRORS = 2;

interface Found {
  plant: Plant;
  truth: number;
  intervals: { low: number; high: number }[];
  covered: number;
}

async function found(plant: Plant): Promise<Found> {
  const { value: truth, error } = plant.truth();
  const intervals: Found["intervals"] = [];
  for (const seed of SEEDS) {
    const { low, high } = await intervalOf(plant, seed);
    intervals.push({ low, high: high! });
  }
  const covers = ({ low, high }: { low: number; high: number }): boolean =>
    low <= truth + ERRORS * error && truth - ERRORS * error <= high;
  return { plant, truth, intervals, covered: intervals.filter(covers).length };
}

const nats = (value: number): string => value.toFixed(2);
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const widthsOf = (all: readonly Found[]): number[] =>
  all.flatMap(({ intervals }) => intervals.map(({ low, high }) => high - low));
const coveredIn = (all: readonly Found[]): number => all.reduce((sum, { covered }) => sum + covered, 0);

/** The page without its mark. */
export async function write(): Promise<string> {
  const all: Found[] = [];
  for (const plant of toldPlants()) all.push(await found(plant));
  const count = all.length * SEEDS.length;
  const narrow = all.filter(
    ({ plant }) => plant.law !== "deterministic" && !plant.name.startsWith("eight wide"),
  );
  let above = 0;
  for (let seed = 0; seed < EMPTY; seed++) if (noInformation(seed).low > 0) above++;
  return `${[
    "# Information about labels: coverage and width",
    `Codes whose information about a label is known, from 0.05 to 2 nats, in ${new Set(all.map(({ plant }) => plant.law)).size} laws and ${new Set(all.map(({ plant }) => plant.fusion)).size} fusions. The truth is an exact sum or an average of exact densities over many draws. Each code is measured as the last round of a preview measures it (see [measurements](../manual/measurements.md)), with ${SEEN} training rows and ${JUDGED} held-out rows, on ${SEEDS.length} draws of the data; the limit by the rate is left out. These ${all.length} codes are for figures; ${tuningPlants().length} others of the same kinds were used while the method was written.`,
    `- The 95 % interval covers the truth in ${coveredIn(all)} of ${count} (${((100 * coveredIn(all)) / count).toFixed(1)} %). At least 90 % are asked for.`,
    `- Its median width is ${nats(median(widthsOf(all)))} nats. At most 0.3 are asked for.`,
    `- Of codes without information, ${above} of ${EMPTY} have a lower end above 0. At 2.5 %, more than 4 are unlikely.`,
    `The upper end is close where rows share parts of the code's space. A code without noise, and one whose noise is so small that each row is recognisable, has only the entropy of the label as a limit: without these kinds the median width is ${nats(median(widthsOf(narrow)))}.`,
    table(
      ["Kind and strength", "Law", "Fusion", "Truth", "At least", "At most", "Width", "Covered"],
      all.map(({ plant, truth, intervals, covered }) => [
        plant.name,
        plant.law,
        plant.fusion,
        nats(truth),
        nats(mean(intervals.map(({ low }) => low))),
        nats(mean(intervals.map(({ high }) => high))),
        nats(mean(intervals.map(({ low, high }) => high - low))),
        `${covered} of ${intervals.length}`,
      ]),
    ),
    "Ends and widths are means over the draws.",
  ].join("\n\n")}\n`;
}
