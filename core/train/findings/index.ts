import type { Finding } from "../protocol";
import { collapsedCode } from "./collapsed-code";
import { frozenAtRandom } from "./frozen-at-random";
import { fewSamples } from "./few-samples";
import { freshWeights, type Beginning, type BeginningExample } from "./fresh-weights";
import { nearCeiling } from "./near-ceiling";
import { notFinite, type StepDone, type StepExample } from "./not-finite";
import { outweighs } from "./outweighs";
import type { FindingRule, Observed, Rule } from "./rule";
import { keptNothing } from "./kept-nothing";
import { lessThanNothing } from "./less-than-nothing";
import { overfit } from "./overfit";
import { diverged } from "./diverged";
import { drowned } from "./drowned";
import { unsteadyEstimate } from "./unsteady-estimate";
import { impossibleValue } from "./impossible-value";
import { missedTarget } from "./missed-target";
import { leakingCode } from "./leaking-code";
import { temperatureLimit } from "./temperature-limit";
import { stillImproving } from "./still-improving";
import { shortBatch } from "./short-batch";

/** Every rule on what held-out rows show of a running training. */
export const findingRules: readonly FindingRule[] = [
  shortBatch,
  fewSamples,
  collapsedCode,
  nearCeiling,
  outweighs,
  keptNothing,
  lessThanNothing,
  overfit,
  diverged,
  drowned,
  unsteadyEstimate,
  impossibleValue,
  missedTarget,
  leakingCode,
  temperatureLimit,
  stillImproving,
];
/** Every rule on a step that was just made. */
export const stepRules: readonly Rule<StepDone, StepExample>[] = [notFinite];
/** Every rule on what a training begins from. */
export const startRules: readonly Rule<Beginning, BeginningExample>[] = [freshWeights, frozenAtRandom];

/** What rules find in what they look at. */
export const found = <Looked>(
  rules: readonly Pick<Rule<Looked, unknown>, "code" | "severity" | "find">[],
  looked: Looked,
): Finding[] =>
  rules.flatMap(({ code, severity, find }) => find(looked).map((seen) => ({ code, severity, ...seen })));

/** Everything there is to say about these values. */
export const findingsOf = (observed: Observed): Finding[] => found(findingRules, observed);
