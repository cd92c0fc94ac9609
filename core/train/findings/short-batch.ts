import type { FindingRule } from "./rule";

const spec = `spec S {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
  train { batch = 512 }
}
`;

/** Steps that an epoch of few samples should have. */
const STEPS_PER_EPOCH = 4;

/** The largest power of two that makes that many steps of an epoch; at least 2, as a batch must be. */
const batchFor = (rows: number): number =>
  Math.max(2, 2 ** Math.floor(Math.log2(Math.max(1, rows / STEPS_PER_EPOCH))));

export const shortBatch: FindingRule = {
  code: "short-batch",
  severity: "warning",
  seen: "There are fewer training samples than a batch asks for.",
  why: "Each step then reads every sample, so an epoch is one step, and a training of a few epochs is over before it has learned anything.",
  change: "Lower `batch`, or train on more data.",
  find: ({ steps: { asked, rows } }) =>
    rows >= asked
      ? []
      : [
          {
            fix: { kind: "setting", name: "batch", value: batchFor(rows) },
            message:
              `There are ${rows} training samples for a batch of ${asked}: a step reads them all, and an epoch is one step. ` +
              `Lower batch, or give more data.`,
          },
        ],
  example: { spec, steps: { asked: 512, rows: 240 } },
  healthy: { spec, steps: { asked: 512, rows: 512 } },
};
