/** Where the text says what a resolved spec holds; nothing where it says it in a spec that this one extends. */
import type { Range } from "../../language/diagnostic";
import type { KnobStatement, LatentStatement, SpecTree, Statement, WeightedTerm } from "../../language/tree";

const inner = (statement: Statement): Statement =>
  statement.kind === "each" ? inner(statement.body) : statement;

const statements = (tree: SpecTree): Statement[] => tree.statements.map(inner);

/** The weighted term written at a place. */
export const writtenTermAt = (tree: SpecTree, { start, end }: Range): WeightedTerm | undefined =>
  statements(tree)
    .flatMap((statement) => (statement.kind === "term" ? statement.terms : []))
    .find(({ range }) => range.start === start && range.end === end);

export const writtenLatent = (tree: SpecTree, name: string): LatentStatement | undefined =>
  statements(tree).find(
    (statement): statement is LatentStatement => statement.kind === "latent" && statement.name.text === name,
  );

export const writtenKnob = (tree: SpecTree, name: string): KnobStatement | undefined =>
  statements(tree).find(
    (statement): statement is KnobStatement => statement.kind === "knob" && statement.name.text === name,
  );

/** A weight with its `*`, up to the term. */
export const weightPlace = ({ weight, term }: WeightedTerm): Range | undefined =>
  weight && { start: weight.range.start, end: term.range.start };

/** A number as a spec writes it: three digits that mean something. */
export const digits = (value: number): string => String(Number(value.toPrecision(3)));

/** The number of `train { batch = 128 }`. */
export const writtenBatch = (tree: SpecTree): Range | undefined =>
  statements(tree)
    .flatMap((statement) => (statement.kind === "train" ? statement.settings : []))
    .find(({ name }) => name.text === "batch")?.value.range;
