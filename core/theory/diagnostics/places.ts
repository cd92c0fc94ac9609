/** Where a part of a resolved spec is written in the text; undefined where it is inherited. */
import type { Diagnostic, Range } from "../../language/diagnostic";
import type {
  DataStatement,
  KnobStatement,
  LatentStatement,
  SpecTree,
  Statement,
  StreamStatement,
  WeightedTerm,
} from "../../language/tree";
import type { Spec } from "../spec";
import { fix, lineBelow } from "../faults/rule";

/** The statement that an `each` repeats; any other itself. */
export const inner = (statement: Statement): Statement =>
  statement.kind === "each" ? inner(statement.body) : statement;

const statements = (tree: SpecTree): Statement[] => tree.statements.map(inner);

/** The weighted terms that are written, in their order. */
export const writtenTerms = (tree: SpecTree): WeightedTerm[] =>
  statements(tree).flatMap((statement) => (statement.kind === "term" ? statement.terms : []));

/** The weighted term written at a place. */
export const writtenTermAt = (tree: SpecTree, { start, end }: Range): WeightedTerm | undefined =>
  writtenTerms(tree).find(({ range }) => range.start === start && range.end === end);

export const writtenLatent = (tree: SpecTree, name: string): LatentStatement | undefined =>
  statements(tree).find(
    (statement): statement is LatentStatement => statement.kind === "latent" && statement.name.text === name,
  );

export const writtenStream = (tree: SpecTree, name: string): StreamStatement | undefined =>
  statements(tree).find(
    (statement): statement is StreamStatement => statement.kind === "stream" && statement.name.text === name,
  );

export const writtenData = (tree: SpecTree): DataStatement | undefined =>
  statements(tree).findLast((statement): statement is DataStatement => statement.kind === "data");

export const writtenKnob = (tree: SpecTree, name: string): KnobStatement | undefined =>
  statements(tree).find(
    (statement): statement is KnobStatement => statement.kind === "knob" && statement.name.text === name,
  );

/** The right side of the `network` statement at a place. */
export const writtenNetwork = (tree: SpecTree, { start, end }: Range): Range | undefined =>
  statements(tree)
    .flatMap((statement) => (statement.kind === "network" ? [statement] : []))
    .find(({ range }) => range.start === start && range.end === end)?.network.range;

/** A weight with its `*`, up to the term. */
export const weightPlace = ({ weight, term }: WeightedTerm): Range | undefined =>
  weight && { start: weight.range.start, end: term.range.start };

/** A fix that sets the batch size; none where `train` is inherited. */
export function batchFix(tree: SpecTree, { training, terms }: Spec, size: number): Pick<Diagnostic, "fixes"> {
  const title = `Set \`batch\` to ${size}`;
  const place = writtenBatch(tree);
  if (place) return fix(title, place, String(size));
  const last = terms.at(-1);
  return training.range === undefined && last
    ? lineBelow(title, last.removal, `train { batch = ${size} }`)
    : {};
}

/** The number of `train { batch = 128 }`. */
const writtenBatch = (tree: SpecTree): Range | undefined =>
  statements(tree)
    .flatMap((statement) => (statement.kind === "train" ? statement.settings : []))
    .find(({ name }) => name.text === "batch")?.value.range;

/** The range to delete to remove a `want`: its line, or its part of a list with the comma. */
export function wantRemoval(tree: SpecTree, want: Range): Range | undefined {
  for (const statement of statements(tree)) {
    if (statement.kind !== "want") continue;
    const at = statement.wants.findIndex(({ range }) => range.start === want.start);
    const [before, after] = [statement.wants[at - 1], statement.wants[at + 1]];
    if (at < 0) continue;
    if (before) return { start: before.range.end, end: want.end };
    return after ? { start: want.start, end: after.range.start } : statement.range;
  }
  return undefined;
}
