import { generatorOf } from "../../data/generators/index";
import type { Change } from "../../theory/change";
import type { DerivedTerm } from "../../theory/derivation/loss";
import { rowsOf } from "../../theory/derivation/rows";
import { informationText } from "../../theory/terms/print";
import { ancestors, latentOf } from "../../theory/terms/roles";
import type { FindingRule, Observed } from "./rule";

/** Share of its ceiling from which an estimate says more about the batch than about the codes. */
const NEAR_CEILING = 0.85;

const spec = `spec S {
  modality X : vector(4)
  modality Y : vector(4)
  latent Zx : gaussian(2) from X
  latent Zy : gaussian(2) from Y
  knob beta = 8
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy) by infonce
}
`;

/** How many times as many rows a batch is given: log 4 = 1.4 nats more to see. */
const RAISE = 4;

/**
 * More rows of a held-out batch: a larger `batch`, as far as there are rows for it, or as many validation samples as a step
 * reads. Only a built-in generator can make more of these; a file would take them from the training samples.
 */
function fix(
  { data }: Observed["spec"],
  { batch, steps, samples }: Pick<Observed, "batch" | "steps" | "samples">,
): Change | undefined {
  if (batch < steps.rows)
    return data && generatorOf(data.source)
      ? { kind: "setting", name: "validation", value: steps.rows }
      : undefined;
  const value = Math.min(RAISE * batch, samples.train, samples.validation);
  return steps.rows < steps.asked || value <= batch ? undefined : { kind: "setting", name: "batch", value };
}

/** Whether it is the information of a stream and a noiseless code of it, which no batch can show: any of it is at its ceiling. */
function isEndless({ term: { information } }: DerivedTerm, read: Observed["spec"]): boolean {
  if (information.kind !== "information" || information.given.length > 0) return false;
  const { left, right } = information;
  const codes = [...left, ...right].filter((one) => latentOf(read, one) !== undefined);
  const streams = [...left, ...right].filter((one) => latentOf(read, one) === undefined);
  return (
    streams.length > 0 &&
    codes.every(
      (one) =>
        latentOf(read, one)!.law.name === "deterministic" &&
        streams.every(({ name }) => ancestors(read, one.name).has(name)),
    )
  );
}

export const nearCeiling: FindingRule = {
  code: "near-ceiling",
  severity: "warning",
  seen: "The estimate of a term is at least 85 % of the most that its bound can show.",
  why: "A contrastive bound picks the right pair among those of a batch, so it cannot exceed the logarithm of their number, however much the codes share. On held-out rows a batch has no more rows than there are validation samples.",
  change: "Raise `batch`, where that is the smaller number; else give more validation samples.",
  find: ({ now, terms, spec: resolved, batch, steps, samples }) =>
    terms.flatMap((derived) => {
      const { term, bound } = derived;
      if (bound.ceiling !== "log N" || isEndless(derived, resolved)) return [];
      const rows = rowsOf(derived, resolved, batch);
      const ceiling = Math.log(rows);
      const value = now.terms[term.id] ?? 0;
      if (value < NEAR_CEILING * ceiling) return [];
      // What the held-out batch is short of: validation rows, or what a step reads.
      const limit =
        batch < steps.rows
          ? `There are only ${batch} validation samples; give more of them to see it.`
          : steps.rows < steps.asked
            ? `There are only ${steps.rows} training samples; give more of them to see it.`
            : "Raise batch to see it.";
      const change = fix(resolved, { batch, steps, samples });
      return [
        {
          about: term.id,
          ...(change === undefined ? {} : { fix: change }),
          message:
            `${informationText(term.information)} reads ${value.toFixed(2)} nats on validation samples, of the ${ceiling.toFixed(2)} that ${bound.id} can show with ` +
            `${rows} rows (log ${rows}): there may be more. ${limit}`,
        },
      ];
    }),
  example: { spec, terms: { "keep I(Zx; Zy)": [0, 4] }, batch: 64, steps: { asked: 64, rows: 64 } },
  healthy: { spec, terms: { "keep I(Zx; Zy)": [0, 2] }, batch: 64, steps: { asked: 64, rows: 64 } },
};
