import type { Finding } from "../protocol";
import { collapsedCode } from "./collapsed-code";
import { nearCeiling } from "./near-ceiling";
import { outweighs } from "./outweighs";
import type { FindingRule, Observed } from "./rule";
import { shortBatch } from "./short-batch";

/** Every rule on a running training. */
export const findingRules: readonly FindingRule[] = [shortBatch, collapsedCode, nearCeiling, outweighs];

/** Everything there is to say about these values. */
export const findingsOf = (observed: Observed): Finding[] =>
  findingRules.flatMap(({ code, severity, find }) =>
    find(observed).map((seen) => ({ code, severity, ...seen })),
  );
