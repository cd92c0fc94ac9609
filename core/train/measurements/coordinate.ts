import { r2Of, type Score } from "../probes/index";
import type { DataStream } from "../prepare";
import { measurement } from "./measurement";
import { only, type CodedRows } from "./coded-rows";

/** Coordinates of each code that are shown: those that follow a factor most. */
const SHOWN = 12;
/** Fewer training rows give no means of classes. */
const ENOUGH = 200;

export const coordinate = measurement({
  id: "coordinate",
  title: "Explained by the factor",
  doc: `The share of the variance of one coordinate of a code's draws, on held-out rows, that a factor explains: by the means of its classes, or by a straight line for a number. It shows which coordinate carries which factor; a factor can also be spread over several coordinates, or change a coordinate's spread alone, and then no coordinate shows it. Coordinates count from 0; of each code the ${SHOWN} that follow a factor most are given. Chance is 0.`,
  unit: "R2",
  when: "round",
  needs: "codes",
  place: { table: "coordinates", row: "" },
  measure: ({ seen, judged, factors }) => {
    if (seen.rows.length < ENOUGH || judged.rows.length === 0) return [];
    return Object.keys(judged.means).flatMap((code) => {
      const width = judged.draws[0]![code]!.length / judged.rows.length;
      return Array.from({ length: width }, (_, at) => ({
        at,
        scores: factors.map((factor) => explainedBy(factor, seen, judged, code, at, width)),
      }))
        .toSorted((a, b) => bestOf(b.scores) - bestOf(a.scores))
        .slice(0, SHOWN)
        .toSorted((a, b) => a.at - b.at)
        .flatMap(({ at, scores }) =>
          scores.map((score, i) => ({ code, factor: factors[i]!.name, coordinate: at, ...score })),
        );
    });
  },
});

const bestOf = (scores: readonly Score[]): number => Math.max(...scores.map(({ value }) => value));

/** How well the factor predicts the coordinate, from training rows to judged ones. */
function explainedBy(
  stream: DataStream,
  allSeen: CodedRows,
  allJudged: CodedRows,
  code: string,
  at: number,
  width: number,
): Score {
  const { kind, values, classes = 0 } = stream;
  const [seen, judged] = [only(allSeen, [code], stream), only(allJudged, [code], stream)];
  const own = ({ draws, rows }: CodedRows): Float64Array =>
    Float64Array.from(rows, (_, i) => draws[0]![code]![i * width + at]!);
  const factor = ({ rows }: CodedRows): Float64Array => Float64Array.from(rows, (row) => values[row]!);
  const fit =
    kind.name === "label" ? meansOf(factor(seen), own(seen), classes) : lineOf(factor(seen), own(seen));
  return r2Of({
    kind: "scalar",
    truth: own(judged),
    values: own(seen),
    predictions: [factor(judged).map(fit)],
    effective: judged.rows.length,
  });
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean of each class; of a class without rows, that of all. */
function meansOf(labels: Float64Array, values: Float64Array, classes: number): (label: number) => number {
  const [sums, counts] = [new Float64Array(classes), new Float64Array(classes)];
  labels.forEach((label, i) => {
    sums[label]! += values[i]!;
    counts[label]!++;
  });
  const all = mean(values);
  return (label) => (counts[label]! > 0 ? sums[label]! / counts[label]! : all);
}

/** The least-squares line. */
function lineOf(xs: Float64Array, ys: Float64Array): (x: number) => number {
  const [x0, y0] = [mean(xs), mean(ys)];
  const square = xs.reduce((sum, x) => sum + (x - x0) ** 2, 0);
  const slope = square === 0 ? 0 : xs.reduce((sum, x, i) => sum + (x - x0) * (ys[i]! - y0), 0) / square;
  return (x) => y0 + slope * (x - x0);
}
