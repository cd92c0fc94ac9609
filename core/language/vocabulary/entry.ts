/** What a word of the language belongs to; also the place where it may stand. */
export type Category =
  /** Begins a line of a file: `spec`. */
  | "file"
  /** Begins a statement: `latent`. */
  | "statement"
  /** Goes on inside a statement: `from`, `by`, `at`. */
  | "clause"
  /** What a stream is: `image`. */
  | "kind"
  /** How a stream is made from another: `augment`. */
  | "derivation"
  /** How the values of a field are changed before they are read: `standardise`. */
  | "transform"
  /** The distribution of a code: `gaussian`. */
  | "law"
  /** How several inputs of a code are fused: `poe`. */
  | "fusion"
  /** What a code's rate is paid against: `standard`. */
  | "prior"
  /** An information term: `I`. */
  | "functional"
  /** What a `want` asks for: `shared`. */
  | "intent"
  /** `mlp`. */
  | "network"
  /** `adam`. */
  | "optimizer"
  /** A setting of `train`. */
  | "setting"
  /** What an `each` runs over, beside names: `subsets`. */
  | "domain"
  /** Before the names of a `network`: `encoder`. */
  | "role";

/** One argument in parentheses. */
export interface Parameter {
  name: string;
  doc: string;
  /** As it would be written; absent: the argument is needed, unless `optional`. */
  default?: string;
  optional?: true;
  /** Any number of these may stand. */
  many?: true;
  /** Written as `name = value`. */
  named?: true;
  /** The words it may be. */
  values?: readonly string[];
}

/** A word of the language, as hover, completion, signature help and the manual show it. */
export interface Entry {
  word: string;
  category: Category;
  /** One sentence. */
  doc: string;
  /** How it is written, for words whose arguments do not stand in parentheses: `latent NAME : LAW from NAMES`. */
  syntax?: string;
  /** Arguments in parentheses; absent where none may stand. */
  parameters?: readonly Parameter[];
  /** In Unicode. */
  formula?: string;
  units?: "nats";
  /** A line of a spec. */
  example: string;
}
