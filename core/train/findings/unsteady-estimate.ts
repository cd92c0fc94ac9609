import { links } from "../../theory/wants/duties";
import { informationText } from "../../theory/terms/print";
import type { FindingRule } from "./rule";

/** Standard deviation between batches, as a share of the mean, above which a single batch shows little. */
const VARIES = 0.6;
/** The same of a few held-out batches, whose deviation is uncertain itself. */
const VARIES_IN_FEW = 1.5;
/** Batches that are not few. */
const MANY = 8;
/** The same in nats: less is of no consequence. */
const LEAST = 0.2;
/** Share of the training from which it is sought. */
const BEGUN = 0.15;

const spec = `spec S {
  modality X : vector(4)
  modality Y : vector(4)
  latent Zx : gaussian(2) from X
  latent Zy : gaussian(2) from Y
  knob beta = 8
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy) by nwj
  train { batch = 32 }
}
`;

export const unsteadyEstimate: FindingRule = {
  code: "unsteady-estimate",
  severity: "warning",
  seen: `The estimate of a link differs from batch to batch by at least ${VARIES} of its mean, or exceeds the logarithm of the number of training samples.`,
  why: "Bounds with an exponential of the critic have a variance that grows as the exponential of the information. No bound that holds for all distributions can show more than about log n nats from n samples (McAllester and Stratos 2020).",
  change: "Raise `batch`, or use `infonce`, which has less variance and a ceiling of log N.",
  find: ({ now, terms, training, samples, steps, progress }) =>
    progress < BEGUN
      ? []
      : links({ terms }).flatMap(({ term, reads }) => {
          const { id } = term;
          const value = now.terms[id];
          if (reads !== "information" || value === undefined) return [];
          const [held, trained] = [now.spread?.deviations[id] ?? 0, training.deviations[id] ?? 0];
          const deviation = Math.max(held, trained);
          const most = Math.log(samples.train);
          const exceeds = (one: number, times: number): boolean =>
            one > Math.max(LEAST, times * Math.abs(value));
          const few = (now.spread?.batches ?? 0) < MANY;
          const varies = exceeds(trained, VARIES) || exceeds(held, few ? VARIES_IN_FEW : VARIES);
          if (!varies && value <= most) return [];
          const larger = Math.min(4 * steps.rows, samples.train, samples.validation);
          return [
            {
              about: id,
              ...(larger > steps.rows && steps.rows === steps.asked
                ? { fix: { kind: "setting" as const, name: "batch" as const, value: larger } }
                : {}),
              message: varies
                ? `${informationText(term.information)} reads ${value.toFixed(2)} nats with a standard deviation of ${deviation.toFixed(2)} from batch to batch. Raise batch, or use \`infonce\`.`
                : `${informationText(term.information)} reads ${value.toFixed(2)} nats, more than ${samples.train} training samples can show (log n = ${most.toFixed(2)}). Use \`infonce\`, or raise batch.`,
            },
          ];
        }),
  example: {
    spec,
    terms: { "keep I(Zx; Zy)": [0, 1.2] },
    training: { "keep I(Zx; Zy)": [1.1, 1.5] },
    steps: { asked: 32, rows: 32 },
  },
  healthy: {
    spec,
    terms: { "keep I(Zx; Zy)": [0, 1.2] },
    training: { "keep I(Zx; Zy)": [1.1, 0.2] },
    steps: { asked: 32, rows: 32 },
  },
};
