/** The statements of a spec with all that it extends, and texts with others in their place. */
import { print } from "../../language/printer";
import type { SpecTree, Statement } from "../../language/tree";
import { analyse } from "../../theory/analyse";
import type { DerivedLoss } from "../../theory/derivation/loss";
import type { Subject } from "../study";

/** Why there is no such variant, as a sentence without its full stop. */
export interface Refusal {
  refused: string;
}

/** A spec as it can be changed: its own statements and those it inherits, `each` written out. */
export interface Written {
  tree: SpecTree;
  statements: readonly Statement[];
  derived: DerivedLoss;
}

const known = new WeakMap<Subject, Written | Refusal>();

/** The statements of the subject; found once. */
export function writtenOf(subject: Subject): Written | Refusal {
  const found = known.get(subject) ?? read(subject);
  known.set(subject, found);
  return found;
}

function read({ text, location, uses, derived }: Subject): Written | Refusal {
  const { library, specs } = analyse(text, { location, uses });
  const spec = specs.find(({ tree }) => tree.name.text === derived.spec.name);
  const statements = spec && library.bodies.get(spec.tree)?.body?.statements;
  if (spec?.derived === undefined || statements === undefined) return { refused: "the spec is not whole" };
  if (statements.some((one) => "drawn" in one))
    return { refused: "the spec draws some of its terms anew at each step, which no list of terms can say" };
  if (statements.some((one) => one.kind === "data" && (one.location ?? location) !== location))
    return { refused: "the data statement is in another file; write it into this spec" };
  return { tree: spec.tree, statements, derived: spec.derived };
}

/** The text of a spec with these statements in the place of its own. */
export function textWith({ tree }: Written, statements: readonly Statement[]): string {
  const { name, range } = tree;
  const spec: SpecTree = { kind: "spec", name, range, body: range, statements: [...statements], unread: [] };
  return print({ kind: "file", range, uses: [], specs: [spec], comments: [] });
}

/** A changed spec, derived: its text and loss, or the first error of it. */
export interface Variant {
  text: string;
  derived: DerivedLoss;
}

/** The changed spec, where it has no error. */
export function variantOf(written: Written, statements: readonly Statement[]): Variant | Refusal {
  const text = textWith(written, statements);
  const { specs, diagnostics } = analyse(text);
  const [spec] = specs;
  if (spec?.derived !== undefined && spec.valid) return { text, derived: spec.derived };
  const error = diagnostics.find(({ severity }) => severity === "error");
  return { refused: (error?.message ?? "the rest is not a whole spec").replace(/\.$/, "") };
}

export const isRefusal = (one: object): one is Refusal => "refused" in one;
