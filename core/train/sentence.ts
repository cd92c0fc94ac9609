/** The first sentences of a result: what matters most of what codes keep. Everything else is in the tables. */
import type { Unjudgeable } from "./protocol";
import type { Jointly, Judged } from "./verdicts";

/** Sentences in all, clauses in one of them, and names in a row; beyond that they are counted. */
export const SENTENCES = 3;
const CLAUSES = 2;
const NAMES = 3;

/** Factors of which the same codes have the same verdict. */
interface Group {
  codes: string[];
  factors: string[];
  pairs: Judged[];
}

/**
 * At most three sentences, such as "Zx and Zy keep digit (0.83 and 0.81; chance 0.10); Wx keeps angle (R² 0.90).", "No code
 * keeps scale." and "Wx carries some of digit (0.30; chance 0.10).": what is kept, by what probes read of draws; what is lost
 * altogether; what is kept in part; what only noise hides, by what they read of the mean; what some codes drop; what the samples
 * leave open. Of many codes or factors it gives numbers. Empty without verdicts.
 * @param jointly factors that all codes together carry
 */
export function firstSentences(judged: readonly Judged[], jointly: readonly Jointly[] = []): string[] {
  const all = { codes: namesOf(judged, "code"), factors: namesOf(judged, "factor") };
  const groups = (verdict: Judged["verdict"], fits: (one: Judged) => boolean = () => true): Group[] =>
    grouped(judged.filter((one) => one.verdict === verdict && fits(one)));
  const dropped =
    all.codes.length > 1 ? all.factors.filter((factor) => isLost(factor, judged, all.codes)) : [];
  const together = jointly.filter(({ factor }) => dropped.includes(factor));
  const lost = dropped.filter((factor) => together.every((one) => one.factor !== factor));
  const codes = (group: Group): string => listed(group.codes, all.codes, "codes");
  const factors = (group: Pick<Group, "factors">, word: "and" | "or" = "and"): string =>
    listed(group.factors, all.factors, "factors", word);
  const positive = (verb: string) => (group: Group) =>
    `${codes(group)} ${group.codes.length > 1 ? verb : singular(verb)} ${factors(group)} (${values(group.pairs)})`;
  const drops = (group: Group): string =>
    group.factors.length > NAMES && group.factors.length === all.factors.length
      ? `${codes(group)} ${group.codes.length > 1 ? "keep" : "keeps"} none of the ${all.factors.length} factors`
      : `${codes(group)} ${group.codes.length > 1 ? "do" : "does"} not keep ${factors(group, "or")}`;
  const hidden = (group: Group): string => {
    const several = group.factors.length > 1;
    const [its, mean] =
      group.codes.length > 1 ? ["their", "means still predict"] : ["its", "mean still predicts"];
    return `${factors(group)} in ${codes(group)} ${several ? "are" : "is"} hidden by noise only: ${its} ${mean} ${several ? "them" : "it"} (${values(group.pairs, "mean")})`;
  };
  return [
    sentence(groups("keeps"), positive("keep")),
    ...(together.length > 0 ? [togetherText(together, all.factors)] : []),
    ...(lost.length > 0 ? [`${noneKeeps(lost, all.factors)}.`] : []),
    sentence(groups("some"), positive("carry some of")),
    sentence(groups("hidden"), hidden, 1),
    sentence(
      groups("drops", ({ factor }) => !dropped.includes(factor)),
      drops,
    ),
    ...(Object.keys(reasons) as Unjudgeable[]).flatMap((because) =>
      groups("unjudged", (one) => one.because === because).map(
        (group) =>
          `${factors(group)} in ${codes(group)} cannot be judged: ${reasons[because](group.factors.length > 1)}.`,
      ),
    ),
  ]
    .filter((one) => one !== "")
    .slice(0, SENTENCES);
}

/** Why samples leave a factor open, or several of them. */
const reasons: Record<Unjudgeable, (several: boolean) => string> = {
  constant: (several) => `${several ? "they are" : "it is"} constant in the held-out samples`,
  "one-class": (several) => `the held-out samples have only one class of ${several ? "each" : "it"}`,
  "few-rows": () => "there are too few held-out samples",
};

const namesOf = (judged: readonly Judged[], of: "code" | "factor"): string[] => [
  ...new Set(judged.map((one) => one[of])),
];

/** Whether every code drops the factor, in its mean too. */
function isLost(factor: string, judged: readonly Judged[], codes: readonly string[]): boolean {
  const own = judged.filter((one) => one.factor === factor);
  return own.length === codes.length && own.every(({ verdict }) => verdict === "drops");
}

/** Pairs by their factors' codes, the largest group first. */
function grouped(pairs: readonly Judged[]): Group[] {
  const found = new Map<string, Group>();
  for (const factor of namesOf(pairs, "factor")) {
    const own = pairs.filter((one) => one.factor === factor);
    const codes = own.map(({ code }) => code);
    // What only nats show has another measure.
    const key = [...codes, ...own.map(({ nats }) => nats !== undefined)].join();
    const group = found.get(key) ?? { codes, factors: [], pairs: [] };
    group.factors.push(factor);
    group.pairs.push(...own);
    found.set(key, group);
  }
  return [...found.values()].sort((a, b) => b.pairs.length - a.pairs.length);
}

/** Clauses as one sentence; empty without any. What has no room is counted. */
function sentence(groups: readonly Group[], clause: (group: Group) => string, most = CLAUSES): string {
  const rest = groups.slice(most).reduce((sum, { pairs }) => sum + pairs.length, 0);
  const clauses = groups.slice(0, most).map(clause);
  if (clauses.length === 0) return "";
  const text = [...clauses, ...(rest > 0 ? [`${rest} more in the table`] : [])].join("; ");
  return `${text.replace(/^all /, "All ")}.`;
}

/** `Zx`, `Zx and Zy`, `Zx, Zy and W`; of more `5 of 8 codes`, `all 8 codes`. */
function listed(
  names: readonly string[],
  all: readonly string[],
  noun: string,
  word: "and" | "or" = "and",
): string {
  if (names.length > NAMES)
    return names.length === all.length
      ? `all ${names.length} ${noun}`
      : `${names.length} of ${all.length} ${noun}`;
  return joined(names, word);
}

const joined = (names: readonly string[], word: "and" | "or"): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1)}`;

const noneKeeps = (lost: readonly string[], all: readonly string[]): string =>
  lost.length > NAMES && lost.length === all.length
    ? `No code keeps any of the ${all.length} factors`
    : `No code keeps ${listed(lost, all, "factors", "or")}`;

const togetherText = (together: readonly Jointly[], all: readonly string[]): string =>
  `No code alone carries ${listed(
    together.map(({ factor }) => factor),
    all,
    "factors",
    "or",
  )}, but all codes together do (${natsText(together.map(({ nats }) => nats))}).`;

/** `keeps`, `carries some of`. */
const singular = (verb: string): string =>
  verb.replace(/^(\w+?)(y?)(?= |$)/, (_, stem: string, y: string) => stem + (y ? "ies" : "s"));

/** Scores of labels with their chance, then those of numbers, then what only nats show; of more than two their range. */
function values(pairs: readonly Judged[], of: "value" | "mean" = "value"): string {
  const labels = pairs.filter(({ measure, nats }) => measure === "label" && !nats);
  const numbers = pairs.filter(({ measure, nats }) => measure === "scalar" && !nats);
  const curved = pairs.flatMap(({ nats }) => nats ?? []);
  const chances = [...new Set(labels.map(({ chance }) => chance.toFixed(2)))].sort();
  return [
    ...(labels.length > 0 ? [scores(labels, of), `chance ${spread(chances)}`] : []),
    ...(numbers.length > 0 ? [`R² ${scores(numbers, of)}`] : []),
    ...(curved.length > 0 ? [`${natsText(curved)} by a nonlinear probe`] : []),
    ...(of === "value" && pairs.length <= CLAUSES ? pairs.flatMap(rankedText) : []),
  ].join("; ");
}

const rankedText = ({ code, ranked }: Judged): string[] =>
  ranked ? [`class ${ranked.class} ranked ${ranked.value.toFixed(2)} in ${code}`] : [];

/** Rounded down: no claim goes beyond what the rate allows. */
const down = (value: number): string => (Math.floor(value * 100) / 100).toFixed(2);

/** `0.68 of 0.69 nats`; of more than two their range. */
function natsText(all: readonly NonNullable<Judged["nats"]>[]): string {
  if (all.length > CLAUSES) return `${spread(all.map(({ value }) => down(value)))} nats`;
  return joined(
    all.map(({ value, all: most }) => `${down(value)} of ${most.toFixed(2)} nats`),
    "and",
  );
}

function scores(pairs: readonly Judged[], of: "value" | "mean"): string {
  const limited = of === "value" && pairs.some(({ capped }) => capped);
  if (pairs.length > CLAUSES) {
    if (!limited) return spread(pairs.map((one) => one[of].toFixed(2)));
    return `at most ${down(Math.max(...pairs.map(({ value }) => value)))} by their rates`;
  }
  const each = pairs.map(({ value, mean, capped }) => {
    if (of === "mean") return mean.toFixed(2);
    return capped ? `at most ${down(value)} by its rate` : value.toFixed(2);
  });
  return joined(each, "and");
}

/** One or two numbers as they are, of more the least and the largest. */
function spread(numbers: readonly string[]): string {
  if (numbers.length <= CLAUSES) return joined(numbers, "and");
  const sorted = numbers.toSorted((a, b) => Number(a) - Number(b));
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  return least === most ? least : `${least} to ${most}`;
}
