/** A preview in words and numbers, as its viewers get it. */
import { derivationSummary } from "../views/derivation";
import { shortLoss } from "../views/short-loss";
import { lossText } from "../views/unicode";
import { lawOf } from "../theory/laws/index";
import type { DerivedTerm } from "../theory/derivation/loss";
import { termNames } from "../theory/terms/names";
import { informationText } from "../theory/terms/print";
import { rateGiven } from "../theory/terms/roles";
import { lengthOf } from "../theory/terms/schedule";
import { evaluate, scalarText } from "../theory/terms/scalar";
import type { BoundRequest, Variable } from "../theory/spec";
import { unicodeStyle } from "../theory/terms/style";
import type { Preparation } from "./prepare";
import type { SpecSummary, TermSummary } from "./protocol";

/** The knobs of a training. */
interface Knobs {
  /** Those that a person has turned, with their values. */
  turned: Record<string, number>;
  /** All, as they are in force now and when the training ends. */
  now: Record<string, number>;
  atEnd: Record<string, number>;
}

/** @param executor what runs, and why */
export function summarise(
  preparation: Preparation,
  { turned, now, atEnd }: Knobs,
  executor: string,
): SpecSummary {
  const { derived, spec, method, data, parameters, findings, length } = preparation;
  const [weights, weightsAtEnd] = [weightsOf(preparation, now), weightsOf(preparation, atEnd)];
  return {
    identity: preparation.identity(),
    name: spec.name,
    ...(spec.title === undefined ? {} : { title: spec.title }),
    loss: lossText(derived),
    shortLoss: shortLoss(derived),
    ...(method === "" ? {} : { method }),
    terms: derived.terms.map((derivedTerm) => {
      const { id } = derivedTerm.term;
      return summariseTerm(derivedTerm, preparation, weights[id]!, weightsAtEnd[id]!);
    }),
    streams: spec.streams.map(({ name, role, kind }) => ({ name, role, kind: kind.name, sizes: kind.sizes })),
    latents: spec.latents.map(({ name, law, from }) => {
      const { deterministic } = lawOf(law.name);
      const given = rateGiven(spec, name);
      return {
        name,
        law: law.name,
        deterministic,
        size: law.size,
        from,
        ...(given.length > 0 && { given }),
      };
    }),
    knobs: spec.knobs.map(({ name, value, from, to, log }) => ({
      name,
      value,
      ...(name in turned ? { turned: turned[name]! } : {}),
      from,
      to,
      log,
    })),
    derivation: derivationSummary(derived),
    executor,
    findings,
    parameters,
    samples: {
      train: data.splits.train.length,
      validation: data.splits.validation.length,
      test: data.splits.test.length,
    },
    ...lackingIn(preparation),
    ...(preparation.facts && { facts: preparation.facts }),
    steps: length.steps,
    epochs: length.steps / length.stepsPerEpoch,
    unit: lengthOf(spec.training).unit,
  };
}

/** What every term weighs in the loss, by its id, at these knobs: below 0 for what is kept. */
export const weightsOf = (
  { derived }: Pick<Preparation, "derived">,
  knobs: Record<string, number>,
): Record<string, number> =>
  Object.fromEntries(
    derived.terms.map(({ term, effectiveWeight }) => [term.id, evaluate(effectiveWeight, knobs)]),
  );

function summariseTerm(
  derivedTerm: DerivedTerm,
  preparation: Preparation,
  weight: number,
  weightAtEnd: number,
): TermSummary {
  const { term, bound, reason, effectiveWeight, reads } = derivedTerm;
  const { information } = term;
  const learned = preparation.temperatures[term.id];
  const names = (variables: readonly Variable[]): string[] => variables.map(({ name }) => name);
  const sides =
    information.kind === "information" ? information : { left: information.of, right: [], given: [] };
  return {
    id: term.id,
    side: term.side,
    text: informationText(information),
    left: names(sides.left),
    right: names(sides.right),
    given: names(sides.given),
    bound: bound.id,
    boundSide: bound.side,
    formula: bound.formula(termNames(term, preparation.spec)),
    weightText: scalarText(effectiveWeight, unicodeStyle),
    weight,
    weightAtEnd,
    reads,
    ...(learned && { temperature: learned.start }),
    ...(reads === "information minus entropy" ? { entropy: entropyOf(derivedTerm, preparation) } : {}),
    reason,
  };
}

function entropyOf({ term }: DerivedTerm, { spec, data }: Preparation): NonNullable<TermSummary["entropy"]> {
  const { left: of, weighted } = termNames(term, spec);
  const stream = data.streams.get(of);
  if (stream?.kind.name !== "label") return { of };
  if (weighted)
    return { of: `${of}, weighted`, nats: weightedEntropy(stream.shares!, term.bound!.options["weights"]!) };
  const counts = new Float64Array(stream.classes!);
  const { absent } = stream;
  const known = absent ? data.splits.train.filter((row) => !absent[row]) : data.splits.train;
  for (const row of known) counts[stream.values[row]!]!++;
  const shares = counts.filter((count) => count > 0).map((count) => count / known.length);
  return { of, nats: -shares.reduce((sum, share) => sum + share * Math.log(share), 0) };
}

/** Of labels whose classes have their shares times their weights. */
function weightedEntropy(shares: Float32Array, weights: BoundRequest["options"][string]): number {
  const counted = [...shares].map((share, i) =>
    share === 0 ? 0 : typeof weights === "object" ? share * weights[i]! : 1,
  );
  const total = counted.reduce((sum, each) => sum + each, 0);
  return counted
    .filter((each) => each > 0)
    .map((each) => each / total)
    .reduce((sum, share) => sum - share * Math.log(share), 0);
}

/** How many samples lack a stream, or the value of a factor. */
function lackingIn({ data: { streams, splits } }: Preparation): Pick<SpecSummary, "lacking"> {
  const known = [...streams.values()].flatMap(({ absent }) => absent ?? []);
  if (known.length === 0) return {};
  const count = (rows: Int32Array): number =>
    rows.filter((row) => known.some((absent) => absent[row] === 1)).length;
  return {
    lacking: { train: count(splits.train), validation: count(splits.validation), test: count(splits.test) },
  };
}
