import { badExtension } from "../faults/bad-extension";
import { belowActivation } from "./below-activation";
import { bernoulliRange } from "./bernoulli-range";
import { betaIsScale } from "./beta-is-scale";
import { betaSide } from "./beta-side";
import { betaTwice } from "./beta-twice";
import { circularInference } from "../faults/circular-inference";
import { covarianceBatch } from "./covariance-batch";
import { decodedLatent } from "../faults/decoded-latent";
import { deterministicRate } from "../faults/deterministic-rate";
import { duplicateName } from "../faults/duplicate-name";
import { expertPrior } from "./expert-prior";
import { featureMean } from "./feature-mean";
import { fewRows } from "../faults/few-rows";
import { foreignNetwork } from "./foreign-network";
import { frozenRate } from "./frozen-rate";
import { hiddenDivisor } from "./hidden-divisor";
import { infonceCeiling } from "./infonce-ceiling";
import { knobRange } from "../faults/knob-range";
import { latentCondition } from "../faults/latent-condition";
import { negativeWeight } from "../faults/negative-weight";
import { noTerms } from "../faults/no-terms";
import { outweighedInformation } from "./outweighed-information";
import { partialRate } from "./partial-rate";
import { privateLeak } from "./private-leak";
import { repeatedTerm } from "./repeated-term";
import { rewardedOverlap } from "./rewarded-overlap";
import { shrinkingPrior } from "./shrinking-prior";
import { swappedSides } from "../faults/swapped-sides";
import { targetRead } from "../faults/target-read";
import { tooManyTerms } from "../faults/too-many-terms";
import { unfitFrozen } from "../faults/unfit-frozen";
import { unfitBound } from "../faults/unfit-bound";
import { unfitNetwork } from "../faults/unfit-network";
import { unfitData } from "./unfit-data";
import { unfinishedSchedule } from "./unfinished-schedule";
import { unkeptLatent } from "./unkept-latent";
import { unknownName } from "../faults/unknown-name";
import { unknownWord } from "../faults/unknown-word";
import { unmetWant } from "./unmet-want";
import { unpaidLatent } from "./unpaid-latent";
import { unreadModality } from "./unread-modality";
import { unreadUse } from "../faults/unread-use";
import { unusedKnob } from "./unused-knob";
import { unusedAllow } from "../faults/unused-allow";
import { unusedUse } from "../faults/unused-use";
import { unweightedTerm } from "./unweighted-term";
import { upwardAnneal } from "./upward-anneal";
import { widerLatent } from "./wider-latent";
import { wrongArguments } from "../faults/wrong-arguments";
import { wrongRole } from "../faults/wrong-role";
import { wrongSetting } from "../faults/wrong-setting";
import { wrongSide } from "../faults/wrong-side";
import type { Check } from "./check";
import type { Rule } from "../faults/rule";

/** Rules that look at a whole spec, when nothing is wrong with it. */
export const checks: readonly Check[] = [
  unfitData,
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
  repeatedTerm,
  rewardedOverlap,
  belowActivation,
  upwardAnneal,
  unfinishedSchedule,
  betaSide,
  betaTwice,
  featureMean,
  hiddenDivisor,
  unweightedTerm,
  expertPrior,
  shrinkingPrior,
  outweighedInformation,
  foreignNetwork,
  frozenRate,
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
  tooManyTerms,
  unfitBound,
  unfitFrozen,
  unfitNetwork,
  unknownName,
  unknownWord,
  unreadUse,
  unusedAllow,
  unusedUse,
  wrongArguments,
  wrongRole,
  wrongSetting,
  wrongSide,
  ...checks,
];
