import type { DerivedTerm } from "../../theory/derivation/loss";
import { informationText } from "../../theory/terms/print";
import { links } from "../../theory/wants/duties";
import { errorOf, measuredText } from "./gains";
import type { FindingRule, Observed } from "./rule";

/** Nats by which a value must be impossible, whatever its interval is. */
const LEAST = 0.1;
/** Share of the training from which it is sought. */
const BEGUN = 0.1;

const spec = `spec S {
  modality X : vector(6)
  latent Z : gaussian(4) from X
  compress I(X; Z)
  compress 6 * TC(Z) by mws(samples = 1600)
  keep I(X; Z)
}
`;

/** Why a compressed term below 0 cannot be right; what it reads is a divergence or an information. */
function belowZero(observed: Observed, { term, reads, bound }: DerivedTerm): string | undefined {
  if (term.side !== "compress" || (reads !== "information" && reads !== "rate")) return undefined;
  const value = observed.now.terms[term.id] ?? 0;
  const error = errorOf(observed, term.id);
  if (value > -Math.max(LEAST, error)) return undefined;
  const what = term.information.kind === "functional" ? "divergence" : "information";
  const advice =
    bound.id === "mws"
      ? "`mws` is biased where the codes of different samples lie far apart: raise batch, or use `density-ratio`"
      : "Use another bound, or train its networks for longer";
  return `${informationText(term.information)} reads ${measuredText(value, error)} nats, and a ${what} is never below 0. ${advice}.`;
}

export const impossibleValue: FindingRule = {
  code: "impossible-value",
  severity: "warning",
  seen: "A divergence or an information reads below 0, or a link between codes reads more than one of them carries.",
  why: "The estimate is biased: by a wrong number of samples, by too few rows of a batch, or by a critic that does not fit. Its gradient leads where the bias does.",
  change: "Raise `batch`, or use another bound.",
  find(observed) {
    const { progress, rates, terms, now, steps, samples } = observed;
    if (progress < BEGUN) return [];
    const larger = Math.min(4 * steps.rows, samples.train, samples.validation);
    const fix =
      larger > steps.rows && steps.rows === steps.asked
        ? { fix: { kind: "setting" as const, name: "batch" as const, value: larger } }
        : {};
    const below = terms.flatMap((derived) => {
      const message = belowZero(observed, derived);
      return message === undefined ? [] : [{ about: derived.term.id, message, ...fix }];
    });
    const above = links({ terms }).flatMap(({ term, sides, reads }) => {
      if (reads !== "information" || sides.length !== 2) return [];
      const limits = sides.flatMap((side) => {
        const [code, ...more] = side;
        const rate = code && more.length === 0 && !code.subset ? rates[code.name] : undefined;
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
  example: { spec, terms: { "compress TC(Z)": [20, -3] } },
  healthy: { spec, terms: { "compress TC(Z)": [20, 0.4] } },
};
