import { links } from "../../theory/wants/duties";
import { weightTimes } from "./changes";
import type { FindingRule, Observed } from "./rule";
import { lookBefore } from "./trend";

/** Share of the other view's variance that a private code must predict at least. */
const LEAST = 0.02;
/** How many times as much as the shared code it must predict, at the end and before. */
const BESIDE = 0.75;
const BEFORE = 1;
/** How many times as much it must in the first two fifths, when what the views share may still move into the shared code. */
const EARLY = 1.4;
/** What the shared code predicts must then have risen by less than this in two looks. */
const RISING = 0.01;
/** How many times as much the link is to count. */
const RAISE = 10;
/** Shares of the training from which it is sought, and up to which it is early. */
const BEGUN = 0.18;
const SETTLED = 0.4;

const spec = `spec S {
  modality X : vector(20)
  modality Y : vector(20)
  latent Zx : gaussian(4) from X
  latent Zy : gaussian(4) from Y
  latent Wx : gaussian(4) from X
  knob beta = 8 in 0.1 .. 100 log
  compress I(X; Zx)
  compress I(Y; Zy)
  compress I(X; Wx)
  keep I(Zx; Zy) by infonce
  keep I(X; Zx, Wx)
  keep I(Y; Zy)
}
`;
const leak = { code: "Wx", shared: "Zx", view: "Y" };

/** A larger weight of the term that links the shared code to another. */
function moreLinked({ terms, knobs, spec: read }: Observed, shared: string) {
  const link = links({ terms }).find(({ sides }) => sides.flat().some(({ name }) => name === shared));
  return link && weightTimes(link.term, RAISE, knobs, read.knobs);
}

export const leakingCode: FindingRule = {
  code: "leaking-code",
  severity: "warning",
  seen: `A linear map of a private code predicts at least as much of the other view as the shared code does, or at the end of the training ${BESIDE} times as much.`,
  why: "The private code contains shared information as well, or instead of the shared code: both are decoded into the same stream, and no term makes the shared code earn more for it.",
  change:
    "Raise the weight of the link between the shared codes, `separate` the two codes, or narrow the private one.",
  find(observed) {
    const { progress } = observed;
    if (progress < BEGUN) return [];
    const before = lookBefore(observed.earlier, 2)?.leaks;
    return observed.leaks.flatMap(({ code, shared, view, r2, low, high, sharedR2 }, at) => {
      if (low < LEAST || r2 < (progress < 1 ? BEFORE : BESIDE) * sharedR2) return [];
      const rises = sharedR2 - (before?.[at]?.sharedR2 ?? -Infinity) > RISING;
      if (progress < SETTLED && (rises || r2 < EARLY * sharedR2)) return [];
      const fix = moreLinked(observed, shared);
      return [
        {
          about: code,
          ...(fix === undefined ? {} : { fix }),
          message:
            `${code} predicts ${view}, which it does not read: a linear map explains ${r2.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}) of its variance, ` +
            `where ${shared} explains ${Math.max(0, sharedR2).toFixed(2)}. Write \`separate ${shared}, ${code}\`, or raise the weight of what links ${shared}.`,
        },
      ];
    });
  },
  example: { spec, leaks: [{ ...leak, r2: 0.3, low: 0.25, high: 0.35, sharedR2: 0.2 }] },
  healthy: { spec, leaks: [{ ...leak, r2: 0.01, low: -0.02, high: 0.04, sharedR2: 0.4 }] },
};
