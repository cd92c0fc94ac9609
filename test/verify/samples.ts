/** Predictions of how much data a design needs, on the bank. Gives the body of docs/samples.md. */
import { detectable } from "../../core/gaussian/overlap";
import { linearNeed } from "../../core/gaussian/linear-need";
import { mean, median } from "../../core/gaussian/simulation";
import { table } from "../../scripts/manual/markdown";
import { kept } from "./samples/kept";
import { measured, PILOTS, type LinearResult } from "./samples/linear";
import { linearTasks, type LinearTask } from "./samples/linear-tasks";
import { trainedSection } from "./samples/trained-section";

export const page = "docs/samples.md";

const LEVEL = 0.9;

type Row = LinearTask & LinearResult;

/** What is predicted of a task, over its need; undefined where nothing is predicted. */
type Ratio = (row: Row) => number | undefined;

/** The page without its mark. */
export async function write(): Promise<string> {
  const rows: Row[] = [];
  for (const task of linearTasks)
    rows.push({ ...task, ...(await kept("linear.ts", task, () => measured(task))) });
  const needs = rows.map(({ need }) => need);
  const byFormula = (row: Row): ReturnType<typeof linearNeed> => linearNeed(row, LEVEL);
  const covered = rows.filter((row) => byFormula(row).holds);
  const inside = covered.filter((row) => byFormula(row).low <= row.need && row.need <= byFormula(row).high);
  const families = [...new Set(rows.map(({ family }) => family))];
  return [
    "# How many samples a design needs",
    "",
    "First linear designs, whose need is known by simulation, before and after a pilot; then designs that are trained.",
    "",
    "## Linear designs",
    "",
    `${rows.length} pairs of Gaussian views of four families, with 10 to 260 values each and 1 to 4 shared directions of correlation ${least(rows, ({ rhos }) => Math.min(...rhos))} to ${most(rows, ({ rhos }) => Math.max(...rhos))}. The need is the number of samples at which ridge CCA, which chooses its ridge on a fifth of them, reaches 90 % of the true correlation on new samples: ${Math.round(Math.min(...needs))} to ${thousands(Math.max(...needs))}, the middle of five draws. Tasks and seeds were written down before any constant was compared with them; the constants come from other tasks.`,
    "",
    "### Before any sample",
    "",
    `\`bottleneck samples --rho\` knows the sizes of the views and the correlations. Its 80 % interval contains the need of ${share(inside.length, covered.length)} of these tasks. Where it needs fewer than 3 samples for each value of the views it says "at most": ${rows.length - covered.length} of ${rows.length} tasks. The other rows are what it is compared with; a constant is the one that suits the other ${rows.length - 1} tasks best.`,
    "",
    table(HEADINGS, [
      of("bottleneck samples", rows, (row) =>
        byFormula(row).holds ? byFormula(row).need / row.need : undefined,
      ),
      ...families.map((family) =>
        of(
          `— of them, ${family}`,
          rows.filter((row) => row.family === family),
          (row) => (byFormula(row).holds ? byFormula(row).need / row.need : undefined),
        ),
      ),
      of("gemmr 0.4.0, its regression for CCA", rows, (row) => gemmr(row) / row.need),
      of("gemmr times one constant", rows, fitted(rows, gemmr)),
      of(
        "the detection threshold times one constant",
        rows,
        fitted(rows, (row) => detectable(row, Math.max(...row.rhos))),
      ),
      of(
        "(p + q) / rho² times one constant",
        rows,
        fitted(rows, ({ p, q, rhos }) => (p + q) / mean(rhos) ** 2),
      ),
      of("ten samples for each value", rows, ({ p, q, need }) => (10 * (p + q)) / need),
      of(
        "one constant",
        rows,
        fitted(rows, () => 1),
      ),
    ]),
    "",
    "gemmr ([Helmer et al. 2024](https://doi.org/10.1038/s42003-024-05869-4)) answers another question: it asks for 90 % power and for errors below 10 % of several quantities, of one direction, in views whose principal components decay by a power law. Its regression was given the decay of the views as they are; a constant takes the other question out.",
    "",
    "### From a pilot",
    "",
    "A pilot has a part of the need. Its covariances are shrunk, one correlation is fitted to its cross-validated one, and the need of that Gaussian pair is simulated, without any fitted constant: the twin on which `bottleneck samples` trains a design is drawn from the same law. z is the cross-validated correlation times the root of the samples times the directions.",
    "",
    table(
      HEADINGS,
      PILOTS.flatMap((part) => [
        ...BANDS.map(([name, low, high]) =>
          of(`a pilot of 1/${part}, ${name}`, rows, (row) => fromPilot(row, part, low, high)),
        ),
        of(`1/${part}: ${part} times the pilot`, rows, (row) => {
          const pilot = row.pilots.find((one) => one.part === part);
          return pilot && (part * pilot.n) / row.need;
        }),
        of(`1/${part}: ${PILOT_TIMES} times the pilot`, rows, (row) => {
          const pilot = row.pilots.find((one) => one.part === part);
          return pilot && (PILOT_TIMES * pilot.n) / row.need;
        }),
      ]),
    ),
    "",
    "A multiple of the pilot is right where the part is known, which nobody knows; the last row of each part is one multiple for both. With a z below 4 most pilots are off by more than 1.5 times: there the study gives no number.",
    "",
    ...(await trainedSection()),
  ].join("\n");
}

const HEADINGS = [
  "Prediction",
  "Tasks",
  "Predicted / needed",
  "10 to 90 %",
  "Within 1.5 times",
  "Within 2 times",
];
const BANDS: [name: string, low: number, high: number][] = [
  ["all with z of 2 or more", 2, Infinity],
  ["z from 2 to 4", 2, 4],
  ["z from 4 to 8", 4, 8],
  ["z of 8 or more", 8, Infinity],
];
/** Between the two parts. */
const PILOT_TIMES = 6;

/** A row of a table. */
function of(name: string, rows: readonly Row[], ratio: Ratio): string[] {
  const ratios = rows.flatMap((row) => ratio(row) ?? []).sort((a, b) => a - b);
  if (ratios.length === 0) return [name, "0", "", "", "", ""];
  const within = (times: number): string =>
    share(ratios.filter((one) => one <= times && one >= 1 / times).length, ratios.length);
  const at = (part: number): string => ratios[Math.round(part * (ratios.length - 1))]!.toFixed(2);
  return [
    name,
    String(ratios.length),
    median(ratios).toFixed(2),
    `${at(0.1)} to ${at(0.9)}`,
    within(1.5),
    within(2),
  ];
}

const share = (some: number, all: number): string => `${Math.round((100 * some) / all)} %`;

function fromPilot({ pilots, need }: Row, part: number, low: number, high: number): number | undefined {
  const pilot = pilots.find((one) => one.part === part);
  const counts = pilot !== undefined && pilot.need !== null && pilot.z >= low && pilot.z < high;
  return counts ? pilot.need! / need : undefined;
}

/** A size of a task times the constant that makes the middle of the other tasks right. */
const fitted =
  (rows: readonly Row[], size: (row: Row) => number): Ratio =>
  (row) =>
    (size(row) / row.need) *
    median(rows.filter((other) => other !== row).map((other) => other.need / size(other)));

/**
 * The regression of gemmr 0.4.0 for CCA: log n on -log of the correlation, log(p + q) and the sum of the exponents by which
 * the variances of the principal components decay; of the strongest direction.
 */
function gemmr({ p, q, rhos, population }: Row): number {
  const { xx, yy } = population();
  const decays = decayOf(xx, p) + decayOf(yy, q);
  return Math.exp(
    0.105864 - 2.184484 * Math.log(Math.max(...rhos)) + 1.176845 * Math.log(p + q) + 0.560321 * decays,
  );
}

/** The exponent by which variances decay, by least squares on logarithms; of a diagonal covariance. */
function decayOf(covariance: Float64Array, size: number): number {
  const y = Array.from({ length: size }, (_, i) => Math.log(covariance[i * size + i]!)).sort((a, b) => b - a);
  const x = y.map((_, i) => Math.log(i + 1));
  const [meanX, meanY] = [mean(x), mean(y)];
  const above = x.reduce((sum, one, i) => sum + (one - meanX) * (y[i]! - meanY), 0);
  return Math.abs(above / x.reduce((sum, one) => sum + (one - meanX) ** 2, 0));
}

const least = (rows: readonly Row[], value: (row: Row) => number): string =>
  Math.min(...rows.map(value)).toFixed(2);
const most = (rows: readonly Row[], value: (row: Row) => number): string =>
  Math.max(...rows.map(value)).toFixed(2);
const thousands = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
