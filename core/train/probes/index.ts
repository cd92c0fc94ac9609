export { mostAccuracy, mostR2 } from "./ceiling";
export { surprises, type Component, type Densities } from "./densities";
export { sharedAtMost } from "./shared";
export { gainsOf } from "./gains";
export { entropyOf, gainChance, informationOf, moreGained, type Between, type Evidence } from "./information";
export {
  accuracyOf,
  balancedAccuracyOf,
  confusionOf,
  labelChance,
  rankingsOf,
  recallsOf,
} from "./label-scores";
export { quantileClasses } from "./quantiles";
export { readLabel, readScalar, type Coded, type LabelReading, type Reading } from "./reading";
export { r2Of, scalarChance } from "./scalar-scores";
export type { Score } from "./score";
