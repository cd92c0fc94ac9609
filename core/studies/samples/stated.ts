/** Before training: what a linear design needs, by the closed form, from numbers that a person states. */
import { linearNeed } from "../../gaussian/linear-need";
import { detectable } from "../../gaussian/overlap";
import { hundredths, whole } from "../../language/number-text";
import type { Subject } from "../study";
import { answered, CORRELATION, type SamplesAnswer } from "./answer";
import { belowActivation, pairOf } from "./pair";
import { LINEAR, recordText } from "./record";

/** What is stated of the link: the correlation of each direction that is shared, or nothing. */
export interface Stated {
  shared: number;
  rho?: number;
}

/** The correlation of each of k directions that carry so many nats together. */
export const correlationOf = (nats: number, k: number): number => Math.sqrt(1 - Math.exp((-2 * nats) / k));

const CORRELATIONS = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2];

export function statedAnswer({ derived }: Subject, { shared, rho }: Stated, level: number): SamplesAnswer {
  const of = CORRELATION;
  const none = belowActivation(derived, rho);
  if (none !== undefined) return answered({ answer: "none", level, of, reason: none });
  const pair = pairOf(derived);
  if ("uncovered" in pair) return answered({ answer: "not covered", level, of, reason: pair.uncovered });
  const [p, q] = [pair.left.size, pair.right.size];
  const views = `views of ${p} and ${q} values`;
  const needAt = (each: number): ReturnType<typeof linearNeed> =>
    linearNeed({ p, q, rhos: Array.from({ length: shared }, () => each) }, level);
  if (rho === undefined) {
    const reason = `How strongly the ${views} are linked is not known. The table has the needs of a linear design at several correlations; state one with --rho or --nats, or give a pilot.`;
    const byCorrelation = CORRELATIONS.map((each) => ({
      rho: each,
      need: Math.ceil(needAt(each).need),
      detectable: Math.ceil(detectable({ p, q }, each)),
    }));
    return answered({ answer: "not covered", level, of, reason, byCorrelation });
  }
  const { need, low, high, holds } = needAt(rho);
  const threshold = Math.ceil(detectable({ p, q }, rho));
  const linear = `This is the need of linear encoders for ${views} that share ${shared === 1 ? "a direction" : `${shared} directions`} of correlation ${hundredths(rho)}; below ${whole(threshold)} samples the link is not detectable.`;
  if (!holds) {
    const reason = `${linear} With so few samples for so many values a ridge needs fewer than the formula.`;
    return answered({
      ...{
        answer: "at most",
        need: Math.ceil(need),
        high: Math.ceil(need),
        level,
        of,
        limitedBy: "data",
        reason,
      },
    });
  }
  const reason = `${linear} ${recordText(LINEAR.within, LINEAR.tasks)} Other encoders may need several times as many; with --pilot, yours are trained.`;
  return answered({
    ...{ answer: "estimate", level, of, limitedBy: "data", reason },
    ...{
      need: Math.ceil(need),
      low: Math.ceil(low),
      high: Math.ceil(high),
    },
  });
}
