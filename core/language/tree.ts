/**
 * The syntax tree of a `.bottleneck` file. Parsing never fails: what could not be read is left out of the tree and told
 * by the parser's diagnostics, so every node here is whole unless a field is optional. Names are not resolved here.
 */
import type { Range } from "./diagnostic";

interface Node {
  range: Range;
}

/** A name as written, with its place. */
export interface Name extends Node {
  kind: "name";
  text: string;
}

// --- Values: arguments, settings, weights -------------------------------------------------------------------------

export interface NumberValue extends Node {
  kind: "number";
  value: number;
  /** As written (`1e-3`), kept by the printer. */
  text: string;
}

export interface StringValue extends Node {
  kind: "string";
  value: string;
}

/** `adam(1e-3)`, `crop(2, pad = 1)`; a bare word is a name, not a call. */
export interface Call extends Node {
  kind: "call";
  name: Name;
  args: Argument[];
}

/** Arithmetic over numbers and knobs: `2 * w`, `beta / 2`, `-1`, `1 + gamma`. */
export interface Binary extends Node {
  kind: "binary";
  operator: "+" | "-" | "*" | "/";
  left: Value;
  right: Value;
}

export interface Negation extends Node {
  kind: "negation";
  value: Value;
}

/** `[a, b]`, in settings. */
export interface List extends Node {
  kind: "list";
  items: Value[];
}

/** `Variable` only with a subset, as in `conditional(Z[X])`; a bare word is a `Name`. */
export type Value = NumberValue | StringValue | Name | Call | Binary | Negation | List | Variable;

/** One argument of a call: `8`, or `temperature = 0.1`. */
export interface Argument extends Node {
  name?: Name;
  value: Value;
}

/** One line of a block: `epochs = 10`. */
export interface Setting extends Node {
  name: Name;
  value: Value;
}

// --- Variables inside terms ---------------------------------------------------------------------------------------

/** `Z`, `Z[X]` (inferred from a subset of its inputs), `Z[]` (drawn from the prior; `subset` is empty). */
export interface Variable extends Node {
  kind: "variable";
  name: Name;
  subset?: Name[];
}

// --- Information terms --------------------------------------------------------------------------------------------

/** `I(A, B; C | D)`. */
export interface MutualInformation extends Node {
  kind: "information";
  left: Variable[];
  right: Variable[];
  given: Variable[];
}

/** `TC(Z)`, `TC(Z1, Z2)`, `gap(Z)`, `gap(Z, each)`, `H(Z)`. */
export interface Functional extends Node {
  kind: "functional";
  functional: "TC" | "gap" | "H";
  of: Variable[];
  /** `gap(Z, each)`: summed over coordinates. */
  each: boolean;
}

export type InformationTerm = MutualInformation | Functional;

/** `by infonce(critic = dot) one-way`, `by categorical as second`. */
export interface BoundClause extends Node {
  name: Name;
  args: Argument[];
  /** Bare words after the bound, such as `one-way`. */
  flags: Name[];
  /** `as second`: a decoder of its own. */
  as?: Name;
}

/** `at 5`, `below 5`, `floor 0.5`, `floor 0.5 each`, in nats. */
export interface Target extends Node {
  mode: "at" | "below" | "floor";
  value: Value;
  /** Of `floor`: the place of `each`, where the nats are those of each coordinate. */
  each?: Each;
}

/** The word `each` after `floor 0.5`. */
export type Each = Node;

/** `w * I(X; Zx) by gaussian`. */
export interface WeightedTerm extends Node {
  weight?: Value;
  term: InformationTerm;
  bound?: BoundClause;
  target?: Target;
}

// --- Statements ---------------------------------------------------------------------------------------------------

interface StatementBase extends Node {
  /** Text of the `///` lines above, without the slashes. */
  doc?: string;
}

/** `modality X : image(28, 28) = field`, and the same for `target` and `observe`. */
export interface StreamStatement extends StatementBase {
  kind: "stream";
  role: "modality" | "target" | "observe";
  name: Name;
  /** `image(28, 28)`; a kind without arguments is a call without arguments. Absent for a derived stream. */
  type?: Call;
  field?: Name | StringValue;
  /** `= gene_1 .. gene_200`: the last of several columns. */
  fieldTo?: Name | StringValue;
  /** `= augment(X, crop, flip)`. */
  derived?: Call;
  /** `clip(-5 .. 5) standardise`, in the order written; absent where there is none. */
  transforms?: Transform[];
}

/** How the values of a field are changed before they are read: `standardise`, `scale(0 .. 255)`. */
export interface Transform extends Node {
  kind: "transform";
  name: Name;
  /** The range in parentheses. */
  between?: { low: Value; high: Value };
}

/** `latent Z : gaussian(16) from X, Y by poe given Z2 frozen`. */
export interface LatentStatement extends StatementBase {
  kind: "latent";
  name: Name;
  law: Call;
  from: Name[];
  fusion?: Call;
  given: Name[];
  /** The word `frozen`: its encoder is not trained. */
  frozen?: Name;
}

/** `share Zx, Zy`: one encoder's weights for both. */
export interface ShareStatement extends StatementBase {
  kind: "share";
  names: Name[];
}

/** `prior Z = mixture(10)`; `prior Z = from B` has `from` and no `law`. */
export interface PriorStatement extends StatementBase {
  kind: "prior";
  name: Name;
  law?: Call;
  from?: Name[];
}

/** `compress A + B`, `keep link: I(Zx; Zy) by infonce`. */
export interface TermStatement extends StatementBase {
  kind: "term";
  side: "compress" | "keep";
  label?: Name;
  terms: WeightedTerm[];
}

/** `separate Z, W weight g`. */
export interface SeparateStatement extends StatementBase {
  kind: "separate";
  left: Variable;
  right: Variable;
  weight?: Value;
  bound?: BoundClause;
}

/** One intent of a `want`: `shared(X, Y)`, `forget(angle) in Zx`. */
export interface Want extends Node {
  intent: Name;
  of: Name[];
  in: Name[];
}

export interface WantStatement extends StatementBase {
  kind: "want";
  wants: Want[];
}

/** `knob beta = 32 in 0.1 .. 1024 log`. */
export interface KnobStatement extends StatementBase {
  kind: "knob";
  name: Name;
  value: Value;
  from?: Value;
  to?: Value;
  log: boolean;
}

/** `after 5 epochs`, with its word. */
export interface Length extends Node {
  value: Value;
  unit: "epochs" | "steps";
}

/** `anneal beta from 1 over 10 epochs after 5 epochs`, `anneal beta from 0 over 5 epochs hold 5 epochs repeat 4`. */
export interface AnnealStatement extends StatementBase {
  kind: "anneal";
  name: Name;
  from: Value;
  over: Value;
  unit: "epochs" | "steps";
  /** How long the knob stays at its start value first. */
  after?: Length;
  /** How long each cycle stays at the knob's value. */
  hold?: Length;
  /** How many cycles there are; without a count as many as the training has room for. */
  repeat?: Repeat;
}

/** `repeat 4`, `repeat`. */
export interface Repeat extends Node {
  count?: Value;
}

/** `network critic Zx, Zy = mlp(256)`. */
export interface NetworkStatement extends StatementBase {
  kind: "network";
  role: "encoder" | "decoder" | "critic";
  names: Name[];
  network: Call;
}

/** `data "noisy-digits" { samples = 8000 }`. */
export interface DataStatement extends StatementBase {
  kind: "data";
  source: StringValue;
  settings: Setting[];
  /** Address of the file that says it, once a spec of another file has taken it over: its paths start there. */
  location?: string;
}

/** `train { epochs = 10, batch = 128 }`. */
export interface TrainStatement extends StatementBase {
  kind: "train";
  settings: Setting[];
}

/** `missing X rate 0.2`. */
export interface MissingStatement extends StatementBase {
  kind: "missing";
  name: Name;
  rate: Value;
}

/** What an `each` runs over: names, `subsets(X, Y)`, `sample(subsets(X, Y), 2)`. */
export type EachDomain = { kind: "names"; names: Name[]; range: Range } | Call;

/** `each V in X, Y, A: keep I(V; Z)`. */
export interface EachStatement extends StatementBase {
  kind: "each";
  variable: Name;
  domain: EachDomain;
  body: Statement;
}

/** `drop NAME`, in a spec that extends another. */
export interface DropStatement extends StatementBase {
  kind: "drop";
  name: Name;
}

export type Statement =
  | StreamStatement
  | LatentStatement
  | ShareStatement
  | PriorStatement
  | TermStatement
  | SeparateStatement
  | WantStatement
  | KnobStatement
  | AnnealStatement
  | NetworkStatement
  | DataStatement
  | TrainStatement
  | MissingStatement
  | EachStatement
  | DropStatement;

// --- Files --------------------------------------------------------------------------------------------------------

/** `use "./other.bottleneck"`. */
export interface UseStatement extends Node {
  kind: "use";
  path: StringValue;
}

/** `extends DVSIB(X = photo, Y = sound)`. */
export interface Extension extends Node {
  base: Name;
  renames: { from: Name; to: Name }[];
}

/** A statement that could not be read: its place, and what it began with, so that its absence is not told again. */
export interface Unread extends Node {
  /** The statement's word, when it was one: `latent`. */
  word?: string;
  /** The name it would have declared. */
  name?: Name;
}

export interface SpecTree extends Node {
  kind: "spec";
  /** Empty text where the header is missing or has no name, which the parser has told. */
  name: Name;
  title?: StringValue;
  doc?: string;
  extension?: Extension;
  statements: Statement[];
  /** Statements left out because of an error that the parser has told. */
  unread: Unread[];
  /** Place of `{ ... }`, braces included; ends where the text ends when the brace is missing. */
  body: Range;
}

/** A comment as written, slashes included: `// ...`, or a `///` that documents nothing. Kept so that nothing is lost. */
export interface Comment extends Node {
  text: string;
}

export interface FileTree extends Node {
  kind: "file";
  /** From `language 1`. */
  version?: NumberValue;
  uses: UseStatement[];
  specs: SpecTree[];
  comments: Comment[];
}
