/** The words of the grammar. All are contextual: a person may name a variable `keep` or a knob `I`. */

/** How a statement begins: its word, and what may follow it. */
type Follower = "word" | "number" | "string" | "(" | "-" | "{";

/** The words that begin a statement of a spec. */
export const statementWords: Record<string, readonly Follower[]> = {
  modality: ["word"],
  target: ["word"],
  observe: ["word"],
  want: ["word"],
  latent: ["word"],
  share: ["word"],
  prior: ["word"],
  knob: ["word"],
  anneal: ["word"],
  compress: ["word", "number", "(", "-"],
  keep: ["word", "number", "(", "-"],
  separate: ["word"],
  missing: ["word"],
  each: ["word"],
  network: ["word"],
  data: ["string", "word"],
  train: ["{"],
  drop: ["word"],
};

/** The words that begin a line of a file. */
export const fileWords: Record<string, readonly Follower[]> = {
  language: ["number"],
  use: ["string"],
  spec: ["word"],
};

/** How the numbers of a field are changed before they are read, one after another. */
export const transformWords = ["fill", "log1p", "scale", "clip", "standardise"] as const;

/** The same with what changes classes. */
export const changeWords = [...transformWords, "renumber"] as const;

/** The kinds of numbers on a scale, which these change; classes, words and counts are what they are. */
export const transformedKinds: readonly string[] = ["vector", "image", "audio", "video", "signal", "scalar"];

export type TransformWord = (typeof transformWords)[number];

/** The kinds of streams that a transform changes. */
export const kindsOfTransform = (word: string): readonly string[] =>
  word === "renumber" ? ["label"] : transformedKinds;

/** Information terms, with other ways people write them. */
export const functionalWords = ["I", "TC", "gap", "H"] as const;

export type FunctionalWord = (typeof functionalWords)[number];

/** Words that go on a statement behind a call; where one stands inside parentheses, those were not closed. */
export const clauseWords: readonly string[] = ["from", "by", "given", "at", "below", "floor", "as"];
