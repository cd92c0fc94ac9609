import type { DerivedTerm } from "../../theory/derivation/loss";
import { informationText } from "../../theory/terms/print";
import type { Spec, Variable } from "../../theory/spec";
import { ancestors } from "../../theory/terms/roles";
import { rebuildings } from "../../theory/wants/duties";
import { weightTimes } from "./changes";
import { gainOf } from "./gains";
import type { FindingRule } from "./rule";

/** Share of a stream that is kept, beside that of the other: below it the other leaves no room for it. */
const BESIDE = 0.5;
/** How many times as much of the loss the other must have gained. */
const TIMES = 3;
/** Share of the other that must be kept. */
const KEPT = 0.1;
/** Share of the training from which it is sought. */
const BEGUN = 0.18;

const spec = `spec S {
  modality X : vector(20)
  modality Y : vector(20)
  latent Z : gaussian(2) from X, Y
  knob beta = 8 in 0.1 .. 100 log
  compress I(X, Y; Z)
  keep I(X; Z)
  keep I(Y; Z)
}
`;
const levels = {
  "keep I(X; Z)": { nothing: -400, all: -18 },
  "keep I(Y; Z)": { nothing: -30, all: -18 },
};

/** Everything that a code is inferred from. */
const readsIn = (read: Spec, code: Variable): ReadonlySet<string> =>
  code.subset ? new Set(code.subset) : ancestors(read, code.name);

export const drowned: FindingRule = {
  code: "drowned",
  severity: "warning",
  seen: `A code keeps less than ${BESIDE} times the share of one stream that it keeps of another, which has gained at least ${TIMES} times as much of the loss.`,
  why: "Likelihoods are sums over values, so a stream with larger or more values earns more nats, and the code fills with it.",
  change: "Raise the weight of the stream that is lost, standardise the streams, or widen the code.",
  find(observed) {
    const { progress, weights, levels, knobs, spec: read } = observed;
    if (progress < BEGUN) return [];
    /** What a perfect reconstruction would gain of the loss. */
    const worth = ({ term: { id } }: DerivedTerm): number =>
      -(weights[id] ?? 0) * (levels[id]!.all! - levels[id]!.nothing);
    const kept = rebuildings(observed).flatMap((one) => {
      const gain = gainOf(observed, one);
      if (gain?.share === undefined || one.term.side !== "keep") return [];
      const { name } = one.decoding.streams[0]!;
      // A code that does not read a stream cannot keep all of it.
      if (!one.decoding.read.every((code) => readsIn(read, code).has(name))) return [];
      const codes = one.decoding.read.map(({ name }) => name).join();
      const earned = -(weights[one.term.id] ?? 0) * gain.held;
      return [{ one, codes, earned, share: gain.share }];
    });
    return kept.flatMap(({ one, codes, earned, share }) => {
      const other = kept
        .filter((another) => another.codes === codes && another.share > KEPT)
        .filter((another) => share < BESIDE * another.share && another.earned > TIMES * Math.max(earned, 0))
        .sort((a, b) => b.earned - a.earned)[0];
      if (other === undefined) return [];
      const times = other.earned / Math.max(earned, other.earned / 100);
      // So that both have as much to gain: by what they have gained, the lost one would soon drown the other.
      const raise = worth(other.one) / worth(one);
      const fix = raise > 1 ? weightTimes(one.term, raise, knobs, read.knobs) : undefined;
      const percent = (value: number): string => `${Math.max(0, 100 * value).toFixed(0)} %`;
      return [
        {
          about: one.term.id,
          ...(fix === undefined ? {} : { fix }),
          message:
            `${informationText(one.term.information)} keeps ${percent(share)} of what a perfect reconstruction would, where ` +
            `${informationText(other.one.term.information)} keeps ${percent(other.share)} and has reduced the loss ${times.toFixed(0)} times as much. ` +
            `Raise its weight, or widen ${codes}.`,
        },
      ];
    });
  },
  example: { spec, terms: { "keep I(X; Z)": [-400, -200], "keep I(Y; Z)": [-30, -29.5] }, levels },
  healthy: { spec, terms: { "keep I(X; Z)": [-400, -200], "keep I(Y; Z)": [-30, -23] }, levels },
};
