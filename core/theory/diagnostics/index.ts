import { badExtension } from "./bad-extension";
import { bernoulliRange } from "./bernoulli-range";
import { betaIsScale } from "./beta-is-scale";
import { circularInference } from "./circular-inference";
import { decodedLatent } from "./decoded-latent";
import { deterministicRate } from "./deterministic-rate";
import { duplicateName } from "./duplicate-name";
import { infonceCeiling } from "./infonce-ceiling";
import { knobRange } from "./knob-range";
import { latentCondition } from "./latent-condition";
import { negativeWeight } from "./negative-weight";
import { noTerms } from "./no-terms";
import { notDerived } from "./not-derived";
import { partialRate } from "./partial-rate";
import { targetRead } from "./target-read";
import { unfitBound } from "./unfit-bound";
import { unkeptLatent } from "./unkept-latent";
import { unknownName } from "./unknown-name";
import { unknownWord } from "./unknown-word";
import { unpaidLatent } from "./unpaid-latent";
import { unreadModality } from "./unread-modality";
import { unusedKnob } from "./unused-knob";
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
  bernoulliRange,
  widerLatent,
  partialRate,
  betaIsScale,
];

/** Every diagnostic of the theory. */
export const rules: readonly Rule[] = [
  badExtension,
  circularInference,
  decodedLatent,
  deterministicRate,
  duplicateName,
  knobRange,
  latentCondition,
  negativeWeight,
  noTerms,
  notDerived,
  targetRead,
  unfitBound,
  unknownName,
  unknownWord,
  wrongArguments,
  wrongRole,
  wrongSetting,
  wrongSide,
  ...checks,
];
