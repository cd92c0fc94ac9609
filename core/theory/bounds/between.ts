/** What bounds between two codes share: the pair, its critic and the critic's temperature. */
import { count } from "../../language/text";
import { concat, div, reshape, type Expr } from "../../program/expression";
import type { BoundOption } from "../bound";
import { criticNames, criticOf } from "../critics/index";
import type { Critic, Pair } from "../critics/critic";
import type { Model } from "../model-interface";
import { rowsWith, sharedOut } from "../missing/patterns";
import { all, presenceOf, presenceText } from "../missing/presence";
import { variableText } from "../terms/print";
import { latentOf, pairOf, streamOf } from "../terms/roles";
import type { BoundRequest, Spec, Term, Variable } from "../spec";
import { learnedTemperature } from "./temperature";

export const criticOption = (byDefault: string): BoundOption => ({
  name: "critic",
  doc: "The function that scores a pair of codes.",
  values: criticNames,
  default: byDefault,
});

export const temperatureOption: BoundOption = {
  name: "temperature",
  doc: "Scores are divided by this number; `learned` trains it, starting from the default, and keeps it between 0.01 (scores times 100, as in CLIP) and 100.",
  values: ["learned"],
  number: true,
  default: "1 (0.1 for `cosine`)",
};

/** `Zx+Wx-Zy`: names the critic and the permutation of a pair. */
const pairName = (first: readonly Variable[], second: readonly Variable[]): string =>
  [first, second].map((side) => side.map(variableText).join("+")).join("-");

const widthIn = (spec: Spec, side: readonly Variable[]): number =>
  side.reduce(
    (total, variable) => total + (latentOf(spec, variable)?.law.size ?? streamOf(spec, variable)?.width ?? 0),
    0,
  );

/** The width of the narrower side of a pair. */
export function smallerWidth(term: Term, spec: Spec): number {
  const { first, second } = pairOf(term, spec)!;
  return Math.min(widthIn(spec, first), widthIn(spec, second));
}

/** The critic asked for, else `fallback`. */
function criticFor(term: Term, fallback: string): Critic {
  const asked = term.bound?.options.critic;
  return criticOf(typeof asked === "string" ? asked : fallback);
}

/** Why a term is no pair of things, one of them a code. */
function refusesOther(id: string, term: Term, spec: Spec): string | undefined {
  if (pairOf(term, spec) !== undefined) return undefined;
  if (term.information.kind === "functional")
    return `\`${id}\` needs two sides: keep \`I(A; B)\` of two codes.`;
  if (term.information.given.length > 0)
    return `\`${id}\` does not allow a condition: keep \`I(A; B)\` of two codes.`;
  return `\`${id}\` needs a code on at least one side, because the data fixes the information between streams.`;
}

/** Why a pair of things cannot be scored by this critic. */
export function refusesPair(id: string, term: Term, spec: Spec, fallback: string): string | undefined {
  const pair = pairOf(term, spec);
  if (pair === undefined) return refusesOther(id, term, spec);
  const critic = criticFor(term, fallback);
  const [a, b] = [widthIn(spec, pair.first), widthIn(spec, pair.second)];
  if (critic.equalWidths && a !== b) {
    return `\`critic = ${critic.name}\` needs sides of equal width, and these have ${a} and ${b}. Use \`separable\`, or give both codes the same width.`;
  }
  return undefined;
}

/** Of fewer rows than this every correlation is 1 or -1. */
const FEWEST_CORRELATED = 3;

/** Why a bound that compares coordinate with coordinate cannot hold a pair. */
export function refusesUnequal(id: string, term: Term, spec: Spec): string | undefined {
  const pair = pairOf(term, spec);
  if (pair === undefined) return refusesOther(id, term, spec);
  const { batch } = spec.training;
  if (batch < FEWEST_CORRELATED)
    return `\`${id}\` compares coordinates over the rows of a batch, and ${batch} are too few: any two values correlate by 1 or -1. Raise \`batch\` to ${FEWEST_CORRELATED} at least.`;
  const [a, b] = [widthIn(spec, pair.first), widthIn(spec, pair.second)];
  return a === b
    ? undefined
    : `\`${id}\` compares the two sides coordinate by coordinate, and these have ${a} and ${b}. Give both the same width, or use \`infonce\`.`;
}

/** Why the covariances of a batch cannot be had from a pair. */
export function refusesCovariance(id: string, term: Term, spec: Spec): string | undefined {
  const pair = pairOf(term, spec);
  if (pair === undefined) return refusesOther(id, term, spec);
  const code = [...pair.first, ...pair.second].find(
    (variable) => latentOf(spec, variable)?.law.name === "categorical",
  );
  if (code)
    return `The coordinates of the \`categorical\` code \`${code.name}\` add up to 1, so their covariance has no inverse and \`${id}\` has no value. Use \`infonce\`.`;
  const width = widthIn(spec, pair.first) + widthIn(spec, pair.second);
  const presence = all([...pair.first, ...pair.second].map((side) => presenceOf(spec, side)));
  const { batch } = spec.training;
  const known = spec.patterns && sharedOut(spec.patterns, batch);
  const rows = rowsWith(presence, spec.missing, batch, known);
  if (rows > width) return undefined;
  const present = rows < batch ? ` with ${count(rows, "row")} that have ${presenceText(presence)}` : "";
  const ample = Math.ceil((4 * width * batch) / Math.max(1, rows));
  return `\`${id}\` needs a batch larger than the two widths together, otherwise it is infinite: the batch is ${batch}${present} and the widths add up to ${width}. Raise \`batch\` to ${ample} or more.`;
}

/** Both sides of a term, [N, width] each. */
export type Sides = Record<"first" | "second", Expr>;

/** What is read of both sides of a term. */
export function bothSides(term: Term, model: Model): Sides {
  const { first, second } = pairOf(term, model.spec)!;
  return { first: joined(first, model), second: joined(second, model) };
}

const joined = (side: readonly Variable[], model: Model): Expr =>
  concat(side.map((variable) => model.value(variable)));

/** `dot` where both sides have the same width, else `separable`. */
export function defaultCritic(term: Term, spec: Spec): string {
  const pair = pairOf(term, spec);
  return pair && widthIn(spec, pair.first) === widthIn(spec, pair.second) ? "dot" : "separable";
}

/** What a bound that compares every pair of a batch reads. */
export type Scores = Record<"scores", Expr>;

interface Scorer {
  pair: Pair;
  /** All scores, [N, N], over the temperature. */
  pairs(): Expr;
  /** Scores of the first side with the second, taken in another order of rows when one is given: [N]. */
  rows(order?: (rows: Expr) => Expr): Expr;
  /** A number for each true pair from a network of its own, [N]. */
  baseline(): Expr;
}

/** The critic of a term with what it reads. */
export function scorer(
  term: Term,
  model: Model,
  request: BoundRequest | undefined,
  fallback: string,
): Scorer {
  const { first, second } = pairOf(term, model.spec)!;
  const asked = request?.options.critic;
  const critic = criticOf(typeof asked === "string" ? asked : fallback);
  const pair: Pair = {
    name: pairName(first, second),
    variables: [...first, ...second].map(({ name }) => name),
    first: joined(first, model),
    second: joined(second, model),
    model,
  };
  const heat = temperature(pair, critic, request);
  const scaled = (scores: Expr): Expr => (heat === 1 ? scores : div(scores, heat));
  return {
    pair,
    pairs: () => scaled(critic.pairs(pair)),
    rows: (order = (rows) => rows) => scaled(critic.rows({ ...pair, second: order(pair.second) })),
    baseline: () =>
      reshape(model.baseline(pair.name, pair.variables, concat([pair.first, pair.second])), ["N"]),
  };
}

function temperature(pair: Pair, critic: Critic, request: BoundRequest | undefined): Expr | number {
  const asked = request?.options.temperature;
  if (asked === "learned") return learnedTemperature(pair.model, pair.name, critic.temperature);
  return typeof asked === "number" ? asked : critic.temperature;
}
