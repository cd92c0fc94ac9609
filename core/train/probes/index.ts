export { mostAccuracy, mostR2 } from "./ceiling";
export { accuracyOf, balancedAccuracyOf, labelChance, rankingsOf, recallsOf } from "./label-scores";
export { readLabel, readScalar, type Coded, type LabelReading, type Reading } from "./reading";
export { r2Of, scalarChance } from "./scalar-scores";
export type { Score } from "./score";
