import type { DerivedTerm } from "../../theory/derivation/loss";
import type { Variable } from "../../theory/spec";
import { informationText } from "../../theory/terms/print";
import { rateGiven } from "../../theory/terms/roles";
import { links } from "../../theory/wants/duties";
import { errorOf, measuredText } from "./gains";
import type { FindingRule, Observed, Seen } from "./rule";

/** Nats by which a value must be impossible, whatever its interval is. */
const LEAST = 0.1;
/** Share of the training from which it is sought. */
const BEGUN = 0.1;

const spec = `spec S {
  modality X : vector(6)
  modality Y : vector(6)
  latent Zx : gaussian(4) from X
  latent Zy : gaussian(4) from Y
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy) by canonical
}
`;
const rates = { Zx: 1.2, Zy: 1.5 };

/** Nats that a code carries at most: its rate, unless that is beyond something else. */
const limitOf = ({ rates, spec: resolved }: Observed, { name }: Variable): number | undefined =>
  rateGiven(resolved, name).length > 0 ? undefined : rates[name];

/** Why the value of a compressed term cannot be right; what it reads is a divergence or an information. */
function impossible(observed: Observed, { term, reads, bound, role }: DerivedTerm): Seen | undefined {
  if (term.side !== "compress" || (reads !== "information" && reads !== "rate")) return undefined;
  const value = observed.now.terms[term.id] ?? 0;
  const error = errorOf(observed, term.id);
  const [code, ...more] = role.kind === "payment" && role.given.length === 0 ? role.codes : [];
  const most = code && more.length === 0 && reads === "information" ? limitOf(observed, code) : undefined;
  const what = term.information.kind === "functional" ? "divergence" : "information";
  const because =
    value < -Math.max(LEAST, error)
      ? `a ${what} is never below 0`
      : most !== undefined && value > most + Math.max(LEAST, error)
        ? `${code!.name} carries at most ${most.toFixed(2)}`
        : undefined;
  if (because === undefined) return undefined;
  const read = `${informationText(term.information)} reads ${measuredText(value, error)} nats, and ${because}`;
  const about = term.id;
  if (bound.id !== "mws")
    return { about, message: `${read}. Use another bound, or train its networks for longer.` };
  // Its marginal is too small by up to the number of samples: where codes overlap by all of that, the same for all weights.
  const count = term.bound?.options.samples ?? observed.spec.data?.options.samples;
  const factor = typeof count === "number" ? `log ${count}` : "the logarithm of the number of samples";
  return {
    about,
    severity: "information",
    message:
      `${read}. \`mws\` takes log q(z) too low, by up to ${factor} for the code and for each coordinate. ` +
      "Where codes overlap that is a constant without a gradient: read how it changes, not its value.",
  };
}

export const impossibleValue: FindingRule = {
  code: "impossible-value",
  severity: "warning",
  seen: "A divergence or an information reads below 0, or an information reads more than a code of it carries.",
  why: "The estimate is biased: by a wrong number of samples, by too few rows of a batch, or by a critic that does not fit. Its gradient leads where the bias does.",
  change: "Raise `batch`, or use another bound.",
  find(observed) {
    const { progress, terms, now, steps, samples } = observed;
    if (progress < BEGUN) return [];
    const larger = Math.min(4 * steps.rows, samples.train, samples.validation);
    const fix =
      larger > steps.rows && steps.rows === steps.asked
        ? { fix: { kind: "setting" as const, name: "batch" as const, value: larger } }
        : {};
    const below = terms.flatMap((derived) => {
      const seen = impossible(observed, derived);
      // More rows of a batch do not change what `mws` is short of.
      return seen === undefined ? [] : [derived.bound.id === "mws" ? seen : { ...seen, ...fix }];
    });
    const above = links({ terms }).flatMap(({ term, sides, reads }) => {
      if (reads !== "information" || sides.length !== 2) return [];
      const limits = sides.flatMap((side) => {
        const [code, ...more] = side;
        const rate = code && more.length === 0 && !code.subset ? limitOf(observed, code) : undefined;
        return rate === undefined ? [] : [{ name: code!.name, rate }];
      });
      const [least] = limits.sort((a, b) => a.rate - b.rate);
      const value = now.terms[term.id] ?? 0;
      const error = errorOf(observed, term.id);
      if (least === undefined || value < least.rate + Math.max(LEAST, error)) return [];
      return [
        {
          about: term.id,
          message: `${informationText(term.information)} reads ${measuredText(value, error)} nats, and ${least.name} carries at most ${least.rate.toFixed(2)}. The estimate is too high: raise batch, or use \`infonce\`.`,
          ...fix,
        },
      ];
    });
    return [...below, ...above];
  },
  example: { spec, rates, terms: { "keep I(Zx; Zy)": [0, 3] } },
  healthy: { spec, rates, terms: { "keep I(Zx; Zy)": [0, 0.9] } },
};
