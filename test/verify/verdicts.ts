/** The whole bank of known truths: how often verdicts are right on few rows. Gives the body of docs/verdicts.md. */
import { table } from "../../scripts/manual/markdown";
import {
  CLASSES,
  countOf,
  noise,
  planted,
  product,
  rare,
  ROWS,
  scalarNoise,
  toldSeeds,
} from "../probes/bank";

const RUNS = 300;
const FEW_RUNS = 60;
const CLAIMED = ["keeps", "some"] as const;

export const page = "docs/verdicts.md";

/** The page without its mark. */
export function write(): Promise<string> {
  const seeds = toldSeeds(RUNS);
  const of = (count: number): string => `${count} of ${RUNS}`;
  const few = seeds.slice(0, FEW_RUNS);
  const ofFew = (count: number): string => `${count} of ${FEW_RUNS}`;
  return Promise.resolve(
    [
      "# Verdicts on few rows",
      "",
      `One code of four coordinates and one factor, ${RUNS} runs a setting, judged as a preview judges them (see [measurements](manual/measurements.md)); all rows are judged and none was seen by training, so probes are cross-validated. Thresholds were set on other seeds.`,
      "",
      "## Nothing to find",
      "",
      `Labels and numbers that the code has nothing to do with: how often it is said to keep some or all of them. At most 15 of ${RUNS} are allowed.`,
      "",
      table(
        ["Factor", ...ROWS.map((rows) => `${rows} rows`)],
        [
          ...CLASSES.map((classes) => [
            `${classes} classes`,
            ...ROWS.map((rows) => of(countOf(seeds, (seed) => noise(classes, rows, seed), CLAIMED))),
          ]),
          ["a number", ...ROWS.map((rows) => of(countOf(seeds, (seed) => scalarNoise(rows, seed), CLAIMED)))],
        ],
      ),
      "",
      "## A share of 0.7",
      "",
      `The code names the label in 7 of 10 of 100 rows, and at random in the others: how often it is said to keep it. At least ${0.9 * RUNS} are asked for.`,
      "",
      table(
        CLASSES.map((classes) => `${classes} classes`),
        [CLASSES.map((classes) => of(countOf(seeds, (seed) => planted(classes, 100, 0.7, seed), ["keeps"])))],
      ),
      "",
      "## A rare class",
      "",
      `A class of 2 % that one coordinate ranks with an area of 0.96, 20 of it among 1,000 judged rows: said to be dropped in ${of(countOf(seeds, rare, ["drops"]))}; at most 15 are allowed.`,
      "",
      "## A form that no line follows",
      "",
      `The product of two signs, by codes of the signs among 500 judged rows: said to be kept in ${ofFew(countOf(few, (seed) => product(true, seed), ["keeps"]))}; by codes of noise, said to be dropped in ${ofFew(countOf(few, (seed) => product(false, seed), ["drops"]))}.`,
      "",
    ].join("\n"),
  );
}
