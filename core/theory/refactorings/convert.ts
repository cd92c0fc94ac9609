/**
 * A spec as a published method that is one change away. The method's statements, in the names of the spec, are compared
 * with the spec's own; what differs is rewritten, and what agrees stays as it is written. An edit is offered only if
 * recognition then finds the method.
 */
import { applyEdits } from "../../language/formatter";
import type { Range, TextEdit } from "../../language/diagnostic";
import { asWritten } from "../../language/written";
import type { SpecTree } from "../../language/tree";
import { analyse, type Analysis } from "../analyse";
import type { DerivedLoss } from "../derivation/loss";
import { changesOf } from "../recognition/changes";
import { comparisonsOf } from "../recognition/table";
import { commentsOf } from "./comments";
import { conversionEdits, type Also } from "./convert-edits";

interface Conversion {
  title: string;
  kind: "refactor.rewrite";
  edits: TextEdit[];
}

/** What is rewritten besides what is missing and what is too much: as little as makes it the method. */
const tries: readonly Also[] = [
  { weights: false, bounds: false },
  { weights: false, bounds: true },
  { weights: true, bounds: false },
  { weights: true, bounds: true },
];

const known = new WeakMap<Analysis, Map<SpecTree, Conversion[]>>();

/** The conversions of the spec whose header is at a range, found once for a version of the text. */
export function conversionsAt(analysis: Analysis, range: Range): Conversion[] {
  const found = analysis.specs.find(
    ({ tree }) => tree.range.start <= range.end && range.start <= tree.body.start,
  );
  if (found?.valid !== true || found.derived === undefined) return [];
  const { tree, derived } = found;
  const ofText = known.get(analysis) ?? new Map<SpecTree, Conversion[]>();
  known.set(analysis, ofText);
  const conversions = ofText.get(tree) ?? conversionsOf(analysis, tree, derived);
  ofText.set(tree, conversions);
  return conversions;
}

function conversionsOf(analysis: Analysis, tree: SpecTree, derived: DerivedLoss): Conversion[] {
  // What is inherited is in another spec.
  if (tree.extension !== undefined) return [];
  return comparisonsOf(derived).flatMap((compared) => {
    const { method, comparison } = compared;
    const [change, ...more] = changesOf(comparison.differences);
    if (change === undefined || more.length > 0) return [];
    const edits = editsTo(compared, { analysis, tree, derived });
    const title = `Convert to ${method.entry.method} (here: ${change})`;
    return edits ? [{ title, kind: "refactor.rewrite" as const, edits }] : [];
  });
}

interface Own {
  analysis: Analysis;
  tree: SpecTree;
  derived: DerivedLoss;
}

/** The first edits that make the spec the method; undefined where none do. */
function editsTo(
  { method: { entry, derived: theirs }, comparison: { naming } }: ReturnType<typeof comparisonsOf>[number],
  { analysis, tree, derived }: Own,
): TextEdit[] | undefined {
  const { text } = analysis.library.own;
  const tried = new Set<string>();
  for (const also of tries) {
    const proposed = conversionEdits({ tree, derived }, { tree: entry.tree, derived: theirs }, naming, also);
    if (proposed === undefined) return undefined;
    const edits = asWritten(text, proposed);
    const after = applyEdits(text, edits);
    if (tried.has(after)) continue;
    tried.add(after);
    if (isMethod(analysis, analyse(after, analysis.library.origin, analysis), tree, entry.method))
      return edits;
  }
  return undefined;
}

/** Whether the spec is the method then, no comment is lost, and every other spec is as whole as before. */
function isMethod(before: Analysis, after: Analysis, { name }: SpecTree, method: string): boolean {
  const own = after.specs.find(({ tree }) => tree.name.text === name.text);
  const { match, method: found } = own?.recognised ?? {};
  return (
    found === method &&
    (match === "exact" || match === "limit") &&
    commentsOf(after) === commentsOf(before) &&
    before.specs.every(({ valid }, i) => !valid || after.specs[i]?.valid === true)
  );
}
