/** A training that goes wrong in a known way, and how that is known without any finding. */
import type { Dataset } from "../../../core/data/dataset";
import type { Oracle } from "./oracles";

export interface Planted {
  /** Stable, in words. */
  name: string;
  kind: Kind;
  /** Within a factor of 2 of where it begins to matter. */
  near?: true;
  text(seed: number): string;
  change?: Change;
  /** Whether the failure is there: made from other values than findings are made from. */
  oracle: Oracle;
}

export interface Change {
  /** Says what it does to the data, for the key of a kept run. */
  name: string;
  of(dataset: Dataset, seed: number): Dataset;
}

/** Kinds of failures, and the findings and diagnostics of which one at least must be raised. */
export const kinds = {
  collapse: ["collapsed-code"],
  "nothing kept": ["kept-nothing", "collapsed-code"],
  "less than nothing held out": ["less-than-nothing"],
  "train and validation apart": ["overfit", "less-than-nothing"],
  divergence: ["diverged", "not-finite"],
  ceiling: ["near-ceiling", "infonce-ceiling"],
  "reconstruction outweighs the link": ["outweighs"],
  "one stream drowns another": ["drowned", "kept-nothing"],
  "critic at chance": ["kept-nothing", "collapsed-code"],
  "critic varies": ["unsteady-estimate"],
  "impossible value": ["impossible-value"],
  "target missed": ["missed-target"],
  "private code predicts the other view": ["leaking-code"],
  "temperature at its limit": ["temperature-limit"],
  "stopped too early": ["still-improving"],
  "few samples": ["few-samples"],
  "repeated rows": ["repeated-rows"],
  "repeated negatives": ["repeated-negatives"],
  "batch below the width": ["covariance-batch"],
  "samples of mws": ["miscounted-samples"],
} as const;
export type Kind = keyof typeof kinds;
