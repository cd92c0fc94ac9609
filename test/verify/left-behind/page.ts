/** The page of rows that are left behind, measured. */
import { table } from "../../../scripts/manual/markdown";
import { DATA, SHARES, TOLD, TUNING, type DataName, type Planted } from "./bank";
import { isNamed, type Outcome } from "./run";

export interface Found {
  planted: Planted;
  outcome: Outcome;
}

/** The runs of one data set and share that drop the feature. */
export interface Cell {
  data: DataName;
  share: number;
  found: readonly Found[];
  /** Those that keep it. */
  kept: readonly Found[];
}

/** Of 10 seeds, how many are to be named at a share; and of 60 healthy runs, in how many a group may be. */
const goalAt = (share: number): number => (share < 0.02 ? 7 : 9);
const MOST_FALSE = 3;
/** The accuracy of the outcome in the group, by codes that keep the feature at least and by those that drop it at most. */
const KEPT_AT_LEAST = 0.9;
const DROPPED_AT_MOST = 0.6;

const mean = (values: readonly number[]): string =>
  (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(2);
const percent = (share: number): string => `${Math.round(100 * share)} %`;
const countOf = <T>(some: readonly T[], is: (one: T) => boolean): string =>
  `${some.filter(is).length} of ${some.length}`;
const named = ({ found }: Cell): number => found.filter(({ outcome }) => isNamed(outcome)).length;
const rang = ({ outcome }: Found): boolean => outcome.groups > 0;

export function leftBehindPage(cells: readonly Cell[], well: readonly Found[]): string {
  const runs = cells.flatMap(({ found }) => found);
  const reaches = (cell: Cell): boolean => named(cell) >= goalAt(cell.share);
  const missed = cells.filter((cell) => !reaches(cell));
  const wrong = well.filter(rang).length;
  const kept = cells.flatMap((cell) => cell.kept);
  return [
    "# Rows that codes leave behind, measured",
    "",
    `**Named: ${countOf(runs, ({ outcome }) => isNamed(outcome))} trainings that drop a rare feature** (by its share of the rows: ${SHARES.map(
      (share) => {
        const own = runs.filter(({ planted }) => planted.share === share);
        return `${percent(share)}, ${countOf(own, ({ outcome }) => isNamed(outcome))}`;
      },
    ).join(
      "; ",
    )}). The goals are 9 of 10 seeds at 10, 5 and 2 %, and 7 of 10 at 1 %, for each kind of data: ${
      missed.length === 0
        ? "all are reached."
        : `${countOf(cells, reaches)} are reached; ${missed.map((cell) => `${cell.data} at ${percent(cell.share)} (${named(cell)})`).join(", ")} ${missed.length === 1 ? "is" : "are"} not.`
    }`,
    "",
    `**Healthy trainings with a group: ${wrong} of ${well.length}.** The goal, at most ${MOST_FALSE}, is ${wrong <= MOST_FALSE ? "" : "not "}reached.`,
    "",
    "## The bank",
    "",
    "In some of the rows a rare feature decides the outcome (the setting `rare` of [built-in data](../manual/data.md)); the feature is visible in a stream, and no spec reads the field that lists the rows with it. Three designs drop it: codes that share what pictures and captions share (no caption mentions the feature), a code of blood panels that predicts the illness, and a code of sounds that predicts the digit. Each is trained on 8,000 rows; groups are looked for among 2,000 others.",
    "",
    `An oracle that knows the rows with the feature checks each training: a linear probe of draws of all codes, learned from all training rows. Among the rows with the feature it predicts the outcome with an accuracy of at most ${DROPPED_AT_MOST} in ${countOf(runs, ({ outcome }) => outcome.truth.ofGroup <= DROPPED_AT_MOST)} trainings that are to drop the feature; with at least ${KEPT_AT_LEAST} in ${countOf(kept, ({ outcome }) => outcome.truth.ofGroup >= KEPT_AT_LEAST)} of those that are to keep it.`,
    "",
    "## The method",
    "",
    "Two networks of one kind learn from the training rows to predict each target and observed factor: one from the raw streams, through the spec's own encoders; one from draws of all codes together. Held-out rows are candidates by how many nats they are expected to lose between the two, which needs no class. A group of them is named where their true classes confirm the loss by another draw of the codes (probability at most 0.01 by luck, corrected for all candidates), the streams are better than the codes by at least a third at the lower end of a 95 % interval, the codes are wrong about certainly more than half of it, and nearly as good as the streams on all other rows.",
    "",
    `Thresholds were set on the seeds ${TUNING.join(", ")}; the figures are of the seeds ${TOLD.join(", ")}. A seed is that of the data and of the training.`,
    "",
    "A group is *named* where the first group has a precision and a recall of at least 0.5: half of its rows have the feature, and it has half of the held-out rows that do. Precision, recall and accuracies below are means over the seeds; a training without a group counts as 0. The last two columns are the oracle's accuracy of the outcome among the rows with the feature, by codes that drop it and by codes that keep it.",
    "",
    table(
      ["Data", "Share", "Named", "Precision", "Recall", "Where dropped", "Where kept"],
      cells.map((cell) => {
        const outcomes = cell.found.map(({ outcome }) => outcome);
        return [
          cell.data,
          percent(cell.share),
          `${named(cell)} of ${outcomes.length}`,
          mean(outcomes.map(({ precision }) => precision)),
          mean(outcomes.map(({ recall }) => recall)),
          mean(outcomes.map(({ truth }) => truth.ofGroup)),
          mean(cell.kept.map(({ outcome }) => outcome.truth.ofGroup)),
        ];
      }),
    ),
    "",
    "## Healthy trainings",
    "",
    "Designs of the same data that keep the feature, at four seeds a share, and the same where there is none. How many have a group:",
    "",
    table(
      ["Data", ...SHARES.map(percent), "None"],
      DATA.map((data) => [
        data,
        ...[...SHARES, 0].map((share) =>
          countOf(
            well.filter(({ planted }) => planted.data === data && planted.share === share),
            rang,
          ),
        ),
      ]),
    ),
    "",
  ].join("\n");
}
