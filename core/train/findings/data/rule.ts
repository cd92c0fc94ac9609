/** What can be wrong with data before anything is trained on them. One file a rule in this folder, and a line in the list. */
import type { Dataset } from "../../../data/dataset";
import type { DerivedTerm } from "../../../theory/derivation/loss";
import type { Spec } from "../../../theory/spec";
import type { Rule } from "../rule";
import type { LookedAt } from "./columns";

/** Streams that are read from a file, and what the loss does with them. */
export interface BoundData {
  streams: readonly LookedAt[];
  splits: Dataset["splits"];
  /** Where not all rows of a file are held. */
  sampled?: Dataset["sampled"];
  /** A column that says whose each row is, which the splits do not ask for. */
  grouped?: Dataset["grouped"];
  spec: Pick<Spec, "streams" | "latents" | "training" | "missing">;
  terms: readonly Pick<DerivedTerm, "term" | "bound" | "role" | "request">[];
}

/** A small data set: the values of each field, sample by sample, with the shape of one sample. */
export interface DataExample {
  spec: string;
  fields: Readonly<Record<string, { shape: number[]; values: readonly number[] }>>;
  sampled?: Dataset["sampled"];
  grouped?: Dataset["grouped"];
}

export type DataRule = Rule<BoundData, DataExample>;

/** The rows of all splits. */
export const usedRows = (splits: Dataset["splits"]): Int32Array =>
  Int32Array.from([...splits.train, ...splits.validation, ...splits.test]).sort();
