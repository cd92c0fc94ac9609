/** Probes learned on one split of codes and judged on another. */
import { accuracyOf, r2Of, readLabel, readScalar, type Score } from "../../core/train/probes/index";

type Numbers = ArrayLike<number>;

/** Accuracy of a label on the held-out rows. */
export const linearProbe = (
  seen: Numbers,
  seenTruth: Numbers,
  judged: Numbers,
  truth: Numbers,
  classes: number,
): Score => accuracyOf(readLabel({ seen, seenTruth, judged: [judged], truth }, classes));

/** R^2 of a number on the held-out rows. */
export const ridgeProbe = (seen: Numbers, seenTruth: Numbers, judged: Numbers, truth: Numbers): Score =>
  r2Of(readScalar({ seen, seenTruth, judged: [judged], truth }));
