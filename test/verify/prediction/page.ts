/** The body of docs/prediction.md from what probes read of each pair. */
import { table } from "../../../scripts/manual/markdown";
import { BATCH, EPOCHS, FACTORS, JUDGED, SAMPLES, WIDE, type Pair } from "./pairs";
import { interval, rankCorrelation, shareByChance } from "./ranks";

/** What is asked: a rank correlation over all pairs, and of each. */
const POOLED = 0.8;
const EACH = 0.6;
/** Scores as verdicts: dropped below the first, kept from the second on. */
const [DROPPED, KEPT] = [0.1, 0.5];

/** One code and factor of a pair, with its scores. */
export interface Reading {
  pair: Pair;
  code: string;
  factor: string;
  preview: number;
  /** Whether the preview says that it does not settle what a wider run keeps of this code. */
  unsettled: boolean;
  /** By seed: the project, and the same with another seed. */
  project: readonly [first: number, second: number];
}

type Predictor = (reading: Reading) => number;

const preview: Predictor = (reading) => reading.preview;
const again: Predictor = ({ project }) => project[1];
const first: Predictor = ({ project }) => project[0];
const orDropped =
  (of: Predictor): Predictor =>
  (reading) =>
    of(reading) < DROPPED ? 0 : of(reading);

const correlated = (readings: readonly Reading[], a: Predictor, b: Predictor): number =>
  rankCorrelation(readings.map(a), readings.map(b));

/** In groups, in the order in which they come. */
function grouped<T>(values: readonly T[], by: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(by(value), [...(groups.get(by(value)) ?? []), value]);
  return [...groups.values()];
}

const cellOf = ({ pair }: Reading): string => `${pair.method} ${pair.data}`;
const pairOf = (reading: Reading): string => `${cellOf(reading)} ${reading.pair.beta}`;

/** What the projects of the other methods have for the same factor, at the same step of beta: all that is known without a preview. */
function otherMethods(readings: readonly Reading[]): Predictor {
  const means = new Map(
    readings.map((reading) => {
      const { pair, factor } = reading;
      const others = readings.filter(
        (other) =>
          other.factor === factor &&
          other.pair.data === pair.data &&
          other.pair.factor === pair.factor &&
          other.pair.method !== pair.method,
      );
      return [reading, others.reduce((sum, other) => sum + first(other), 0) / others.length];
    }),
  );
  return (reading) => means.get(reading)!;
}

/** By how much each score grows from the smaller beta to the larger. */
const changes = (readings: readonly Reading[]): Reading[] =>
  grouped(readings, (reading) => `${cellOf(reading)} ${reading.code} ${reading.factor}`).map(
    ([small, large]) => ({
      ...large!,
      preview: large!.preview - small!.preview,
      project: [large!.project[0] - small!.project[0], large!.project[1] - small!.project[1]],
    }),
  );

const shown = (value: number): string => (Number.isFinite(value) ? value.toFixed(2).replace("-", "−") : "–");

interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** A correlation with its interval, from drawing whole cells again: the pairs of a method on one data set depend on each other. */
function estimated(readings: readonly Reading[], a: Predictor, b: Predictor = first): Estimate {
  const cells = grouped(readings, cellOf);
  const [low, high] = interval(cells, (drawn) => correlated(drawn.flat(), a, b));
  return { value: correlated(readings, a, b), low, high };
}

const asText = ({ value, low, high }: Estimate): string =>
  `${shown(value)} (${shown(low)} to ${shown(high)})`;

/** A pair as a whole. */
interface Judged {
  pair: Pair;
  count: number;
  /** Correlations with the project. */
  predicted: number;
  ceiling: number;
  /** Whether any score of the preview, and of the project, is not that of a dropped factor. */
  preview: boolean;
  project: boolean;
  /** Whether the preview says of a code that it does not settle what a wider run keeps of it. */
  unsettled: boolean;
}

const judged = (readings: readonly Reading[]): Judged => ({
  pair: readings[0]!.pair,
  count: readings.length,
  predicted: correlated(readings, preview, first),
  ceiling: correlated(readings, again, first),
  preview: readings.some((reading) => preview(reading) >= DROPPED),
  project: readings.some((reading) => first(reading) >= DROPPED),
  unsettled: readings.some((reading) => reading.unsettled),
});

/** Whether there is an order to predict. */
const isOrdered = (one: Judged): boolean => one.preview || one.project;
const isReached = ({ predicted }: Judged): boolean => predicted >= EACH;
const nameOf = ({ pair }: Judged): string => `${pair.method} at beta = ${pair.beta} on \`${pair.data}\``;
const isSaid = (yes: boolean): string => (yes ? "is reached" : "is not reached");

const verdict = (score: number): number => (score < DROPPED ? 0 : score < KEPT ? 1 : 2);

/** How often verdicts agree, and which way they differ. */
function verdicts(readings: readonly Reading[]): string {
  const agreeing = (of: Predictor): number =>
    readings.filter((reading) => verdict(of(reading)) === verdict(first(reading))).length;
  const more = readings.filter((reading) => verdict(preview(reading)) < verdict(first(reading))).length;
  const differ = readings.length - agreeing(preview);
  return `As verdicts (dropped below ${DROPPED}, kept from ${KEPT} on), ${agreeing(preview)} of ${readings.length} are the same in the preview and the project, and ${agreeing(again)} in the project with another seed. In ${more} of the ${differ} that differ, the project keeps more${2 * more > differ ? ": after as many steps, wider networks have learned more" : ""}.`;
}

/** What holds, each in a paragraph that begins in bold; the manual repeats them. */
function figures(readings: readonly Reading[], each: readonly Judged[]): string[] {
  const pooled = estimated(readings, preview);
  const ordered = each.filter(isOrdered);
  const empty = each.length - ordered.length;
  const missed = ordered.filter((one) => !isReached(one));
  const names = (some: readonly Judged[]): string => some.map(nameOf).join(", ");
  const within = pooled.low < POOLED && pooled.value >= POOLED ? ", though its interval reaches below" : "";
  const paragraphs: [some: readonly Judged[], text: (some: readonly Judged[]) => string][] = [
    [
      missed.filter((one) => !one.preview),
      (some) =>
        `**It fails where the preview's codes have collapsed and the project's have not:** ${names(some)}. Near the smallest beta at which a code keeps anything, wider networks can begin to while the preview does not, so its finding of a collapsed code says that it does not predict them.`,
    ],
    [
      missed.filter((one) => one.preview && !one.project),
      (some) =>
        `**It fails where the project's codes have collapsed and the preview's have not:** ${names(some)}. The findings at the end of a project's run say so.`,
    ],
    [
      missed.filter((one) => one.preview && one.project),
      (some) => `**It is below ${EACH} though both keep something:** ${names(some)}.`,
    ],
  ];
  return [
    `**Over all ${readings.length} scores the rank correlation is ${asText(pooled)}.** The goal, at least ${POOLED}, ${isSaid(pooled.value >= POOLED)}${within}.`,
    `**In ${ordered.length - missed.length} of ${ordered.length} pairs it is at least ${EACH}.** The goal, all of them, ${isSaid(missed.length === 0)}.${empty > 0 ? ` In the other ${empty} of the ${each.length}, neither run keeps anything, as the preview predicts, and there is no order.` : ""}`,
    ...paragraphs.flatMap(([some, text]) => (some.length > 0 ? [text(some)] : [])),
    unsettledText(each, missed),
  ];
}

/** How often the preview says by itself that it does not settle what a wider run keeps, and how often it is right. */
function unsettledText(each: readonly Judged[], missed: readonly Judged[]): string {
  const said = each.filter(({ unsettled }) => unsettled);
  const right = missed.filter(({ unsettled }) => unsettled);
  return `**The report of a preview says where it does not settle what a run keeps: in ${said.length} of the ${each.length} pairs, of which ${right.length} are below ${EACH}.** It says so of a code of which more than half of the factors, and at least three, are read barely, from 1 to 10 % of the way from chance to 1. These are: ${said.map(nameOf).join(", ")}. The rule was sought because of beta-joint-DVCCA at beta = 4 on \`sounding-digits\`; its share of one half was chosen on the other pairs alone. With so few failures, it may miss some elsewhere, or speak where a preview is right.`;
}

export function predictionPage(readings: readonly Reading[]): string {
  const each = grouped(readings, pairOf).map(judged);
  const others = otherMethods(readings);
  const moved = changes(readings);
  const beta: Predictor = ({ pair }) => pair.beta;
  const [methods, data] = (["method", "data"] as const).map((what) =>
    grouped(readings, ({ pair }) => pair[what]),
  );
  const fewest = Math.min(...each.map(({ count }) => count));
  return [
    "# Does the preview predict the run?",
    `${methods!.length} methods of the catalogue, ${data!.length} data sets and ${FACTORS.length} values of beta, a quarter and four times the method's own: ${each.length} pairs of a preview and an exported project. The preview has the networks of the language's defaults, \`mlp(128, 128)\`; the project has \`${WIDE}\` for every encoder and decoder, and another seed. Both train for ${EPOCHS} epochs of batches of ${BATCH} on the same ${SAMPLES} samples. What is compared are scores of linear probes from draws of every code on ${JUDGED} test samples, one for each code and factor: the share of the way from chance to 1 of R² or accuracy, and 0 below chance. Correlations are of ranks (Spearman's), with 95 % intervals. Only width and seed differ: a longer run, or one on more data, is not measured here.`,
    ...figures(readings, each),
    verdicts(readings),
    table(
      ["rank correlation with the project", "the preview", "beta alone", "other methods", "another seed"],
      [
        ["scores", ...[preview, beta, others, again].map((one) => asText(estimated(readings, one)))],
        [
          `scores, all below ${DROPPED} equal`,
          ...[orDropped(preview), beta, others, orDropped(again)].map((one) =>
            asText(estimated(readings, one, orDropped(first))),
          ),
        ],
        [
          "change of each score with beta",
          asText(estimated(moved, preview)),
          "–",
          asText(estimated(moved, otherMethods(moved))),
          asText(estimated(moved, again)),
        ],
      ],
    ),
    `*Beta alone* ranks the scores by the value of beta. *Other methods* is the mean score of the same factor at the same step of beta in the projects of the other methods: what is known of the data without a preview. *Another seed* is the same project trained once more: no preview can be expected to exceed it by much. The order among scores below ${DROPPED} is mostly noise. Intervals are from drawing the ${grouped(readings, cellOf).length} combinations of method and data again with replacement (Efron 1979).`,
    "## By method and by data",
    table(
      ["", "scores", "the preview", "other methods", "another seed"],
      [...methods!, ...data!].map((some, i) => [
        i < methods!.length ? some[0]!.pair.method : `\`${some[0]!.pair.data}\``,
        String(some.length),
        ...[preview, others, again].map((one) => shown(correlated(some, one, first))),
      ]),
    ),
    "## Each pair",
    `With ${fewest} scores, ${Math.round(100 * shareByChance(fewest, EACH))} % of all orders have a correlation of at least ${EACH} with a given one, so a correlation within one pair is a coarse number; what another seed has beside it is the most to expect. Below ${EACH} is bold; – is where all scores of a run are equal, most often all 0.`,
    table(
      ["method", "data", "beta", "scores", "the preview", "another seed"],
      each.map((one) => [
        one.pair.method,
        `\`${one.pair.data}\``,
        String(one.pair.beta),
        String(one.count),
        ...(isOrdered(one)
          ? [isReached(one) ? shown(one.predicted) : `**${shown(one.predicted)}**`, shown(one.ceiling)]
          : ["neither keeps anything", ""]),
      ]),
    ),
    "",
  ].join("\n\n");
}
