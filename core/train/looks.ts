/** At which steps a training looks at the held-out rows: a function of its length and its data, so that a rerun looks at the same. */

/** Looks in a training, and the fewest and most steps between two. */
const LOOKS = 32;
const FEWEST_STEPS = 5;
const MOST_STEPS = 250;
/** Most share of the training's work that looks at all validation rows take. */
const SHARE = 0.125;
/** Forward passes that a training step of as many rows is worth; reading the rows costs both the same. */
const PASSES = 2;
/** Batches that a look reads beside: for codes, and for the shown samples. */
const BESIDE = 3;

export interface Looks {
  /** Steps between two looks. */
  interval: number;
  /** Every how many of them is over all validation rows; the others are over some batches. */
  whole: number;
}

/**
 * @param steps of the training
 * @param batch rows of a step
 * @param validation rows there are
 */
export function looksOf(steps: number, batch: number, validation: number): Looks {
  const affordable = Math.ceil((validation / batch + BESIDE) / (SHARE * PASSES));
  const wanted = Math.max(FEWEST_STEPS, Math.round(steps / LOOKS), affordable);
  const interval = Math.min(MOST_STEPS, wanted);
  return { interval, whole: Math.max(1, Math.ceil(affordable / interval)) };
}
