/** The part of the page about specs without targets. */
import { table } from "../../../../scripts/manual/markdown";
import { HEALTHY, PLANTED, SHARES, TOLD, TUNING, type Plain } from "./bank";
import type { PlainOutcome } from "./run";

export interface PlainFound {
  plain: Plain;
  outcome: PlainOutcome;
}

/** Of 60 healthy runs, in how many a group may be. */
const MOST_FALSE = 3;
/** The oracle's ranking of the rows with the feature, by codes that keep it at least and by those that drop it at most. */
const KEPT_AT_LEAST = 0.95;
const DROPPED_AT_MOST = 0.8;

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const countOf = <T>(some: readonly T[], is: (one: T) => boolean): string =>
  `${some.filter(is).length} of ${some.length}`;
const mean = (values: readonly number[]): string =>
  (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(2);
/** The first group is that of the rare feature. */
const isNamed = ({ outcome: { groups, precision, recall } }: PlainFound): boolean =>
  groups > 0 && precision >= 0.5 && recall >= 0.5;
const rang = ({ outcome }: PlainFound): boolean => outcome.groups > 0;

export function plainSection(lost: readonly PlainFound[], well: readonly PlainFound[]): string {
  const wrong = well.filter(rang).length;
  const kept = well.filter(({ plain }) => plain.share > 0);
  return [
    "",
    "## Without targets",
    "",
    `**Without targets named: ${countOf(lost, isNamed)} trainings that drop a rare feature; healthy trainings with a group: ${wrong} of ${well.length}.** Groups are found by reconstruction there. The goal, a group in at most ${MOST_FALSE} healthy trainings, is ${wrong <= MOST_FALSE ? "" : "not "}reached.`,
    "",
    `The rare features are the same, and no spec has a target or a factor: two codes have to share what two streams share, of which one shows the feature. Each is trained on 4,000 rows. The features are strong: a white spot of four by four pixels, two analytes raised by six standard deviations, a whistle in every frame. Weaker ones are not in this bank, and those without a gap are not found. The oracle, a linear probe of draws of all codes, ranks a row with the feature before one without it with a probability of at most ${DROPPED_AT_MOST} in ${countOf(lost, ({ outcome }) => outcome.ranking! <= DROPPED_AT_MOST)} trainings that are to drop the feature; of at least ${KEPT_AT_LEAST} in ${countOf(kept, ({ outcome }) => outcome.ranking! >= KEPT_AT_LEAST)} of those that are to keep it.`,
    "",
    "What the codes do not carry of a stream is what a ridge regression on them leaves. A group is named where a few training rows lie beyond a gap along one direction of that, where held-out rows confirm the gap (probability at most 0.01 by luck, corrected for the gaps that are looked at), and where a probe of the codes does not recognise the rows.",
    "",
    `Thresholds were set on the seeds ${TUNING.join(", ")}; the figures are of the seeds ${TOLD.join(", ")}. A group is *named* as above.`,
    "",
    table(
      ["Design", "Share", "Named", "Precision", "Recall", "Ranking by the codes"],
      PLANTED.flatMap((design) =>
        SHARES.map((share) => {
          const own = lost.filter(({ plain }) => plain.design === design && plain.share === share);
          const of = (value: (outcome: PlainOutcome) => number): string =>
            mean(own.map(({ outcome }) => value(outcome)));
          return [
            design,
            percent(share),
            countOf(own, isNamed),
            of(({ precision }) => precision),
            of(({ recall }) => recall),
            of(({ ranking }) => ranking!),
          ];
        }),
      ),
    ),
    "",
    "Healthy trainings have nothing rare, or keep it:",
    "",
    table(
      ["Design", "Share", "With a group"],
      Object.entries(HEALTHY).map(([design, share]) => [
        design,
        share === 0 ? "none" : percent(share),
        countOf(
          well.filter(({ plain }) => plain.design === design),
          rang,
        ),
      ]),
    ),
    "",
  ].join("\n");
}
