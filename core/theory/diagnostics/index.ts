import { badExtension } from "./bad-extension";
import { belowActivation } from "./below-activation";
import { bernoulliRange } from "./bernoulli-range";
import { betaIsScale } from "./beta-is-scale";
import { betaSide } from "./beta-side";
import { betaTwice } from "./beta-twice";
import { circularInference } from "./circular-inference";
import { covarianceBatch } from "./covariance-batch";
import { decodedLatent } from "./decoded-latent";
import { deterministicRate } from "./deterministic-rate";
import { duplicateName } from "./duplicate-name";
import { expertPrior } from "./expert-prior";
import { featureMean } from "./feature-mean";
import { fewRows } from "./few-rows";
import { foreignNetwork } from "./foreign-network";
import { hiddenDivisor } from "./hidden-divisor";
import { infonceCeiling } from "./infonce-ceiling";
import { knobRange } from "./knob-range";
import { latentCondition } from "./latent-condition";
import { negativeWeight } from "./negative-weight";
import { noTerms } from "./no-terms";
import { outweighedInformation } from "./outweighed-information";
import { partialRate } from "./partial-rate";
import { privateLeak } from "./private-leak";
import { rewardedOverlap } from "./rewarded-overlap";
import { shrinkingPrior } from "./shrinking-prior";
import { swappedSides } from "./swapped-sides";
import { targetRead } from "./target-read";
import { unfitBound } from "./unfit-bound";
import { unfitNetwork } from "./unfit-network";
import { unkeptLatent } from "./unkept-latent";
import { unknownName } from "./unknown-name";
import { unknownWord } from "./unknown-word";
import { unmetWant } from "./unmet-want";
import { unpaidLatent } from "./unpaid-latent";
import { unreadModality } from "./unread-modality";
import { unreadUse } from "./unread-use";
import { unusedKnob } from "./unused-knob";
import { unusedUse } from "./unused-use";
import { unweightedTerm } from "./unweighted-term";
import { upwardAnneal } from "./upward-anneal";
import { widerLatent } from "./wider-latent";
import { wrongArguments } from "./wrong-arguments";
import { wrongRole } from "./wrong-role";
import { wrongSetting } from "./wrong-setting";
import { wrongSide } from "./wrong-side";
import type { Check, Rule } from "./rule";

/** Rules that look at a whole spec, when nothing is wrong with it. */
export const checks: readonly Check[] = [
  unkeptLatent,
  unpaidLatent,
  unreadModality,
  unusedKnob,
  infonceCeiling,
  covarianceBatch,
  bernoulliRange,
  widerLatent,
  partialRate,
  betaIsScale,
  unmetWant,
  privateLeak,
  rewardedOverlap,
  belowActivation,
  upwardAnneal,
  betaSide,
  betaTwice,
  featureMean,
  hiddenDivisor,
  unweightedTerm,
  expertPrior,
  shrinkingPrior,
  outweighedInformation,
  foreignNetwork,
];

/** Every diagnostic of the theory. */
export const rules: readonly Rule[] = [
  badExtension,
  circularInference,
  decodedLatent,
  deterministicRate,
  duplicateName,
  fewRows,
  knobRange,
  latentCondition,
  negativeWeight,
  noTerms,
  swappedSides,
  targetRead,
  unfitBound,
  unfitNetwork,
  unknownName,
  unknownWord,
  unreadUse,
  unusedUse,
  wrongArguments,
  wrongRole,
  wrongSetting,
  wrongSide,
  ...checks,
];
