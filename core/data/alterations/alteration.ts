/**
 * Changes of loaded data, for studies that ask what other data would do. What is changed is a value of its own, plain JSON;
 * how it is changed is one file of the list in `index.ts`.
 */
import type { BoundStream } from "../bind";
import type { Options } from "../options";
import type { Splits } from "../splits";

/** A setting of an alteration: plain JSON. */
export type Setting =
  number | string | boolean | null | readonly Setting[] | { readonly [name: string]: Setting };

/** One change: the id of its kind, and its settings. */
export interface Alteration {
  readonly id: string;
  readonly [setting: string]: Setting;
}

/** Data whose streams are bound, before those streams are made that are derived from others. */
export interface BoundData {
  /** Row-major values of all samples; an alteration returns changed copies and never writes into these. */
  streams: readonly BoundStream[];
  /** Row numbers of each split. */
  splits: Splits;
  /** Rows of every stream. */
  samples: number;
  /** What an alteration has found in the data, by name. */
  facts?: Readonly<Record<string, number>>;
}

export interface AlterationKind {
  id: string;
  /** What it does, in one sentence. */
  doc: string;
  /** One with plausible settings. */
  example: Alteration;
  /**
   * The changed data: a function of its arguments alone, draws included (`core/random.ts`, keyed by a setting).
   * @param options reads the settings that are numbers, texts and flags; `settings` has them all
   * @throws DataError about a setting or a stream
   */
  alter(data: BoundData, options: Options, settings: Alteration): BoundData;
}
