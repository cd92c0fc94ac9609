/** A name that a spec declares, and a use of one. */
import type { Range } from "./diagnostic";
import type { SpecTree, Statement } from "./tree";

export type DeclarationKind = "spec" | "stream" | "latent" | "knob" | "label" | "decoder" | "each";

/** How a name is used. */
export type ReferenceRole =
  | "base"
  | "renamed"
  | "source"
  | "input"
  | "condition"
  | "shared"
  | "prior"
  | "variable"
  | "subset"
  | "weight"
  | "target"
  | "bound"
  | "decoder"
  | "anneal"
  | "network"
  | "missing"
  | "wanted"
  | "within"
  | "domain"
  | "drop";

export interface Declaration {
  name: string;
  kind: DeclarationKind;
  /** Place of the name. */
  place: Range;
  /** The spec it belongs to: another than the one at hand when it is inherited, perhaps in another file. */
  spec: SpecTree;
  /** What declares it; absent for a spec, or a name given in `extends A(X = name)`. */
  statement?: Statement;
  /** What `extends A(X = name)` renames. */
  renames?: Declaration;
}

export interface Reference {
  name: string;
  role: ReferenceRole;
  /** Place of the name. */
  place: Range;
  /** What it names; absent when nothing in reach has that name. */
  declaration?: Declaration;
  /** The statement that contains it; absent in the header of a spec. */
  statement?: Statement;
}
