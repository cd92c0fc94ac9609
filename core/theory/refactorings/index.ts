/** Refactorings: what they propose is tried, and offered where every loss and every comment is kept. */
import { applyEdits } from "../../language/formatter";
import type { Range, TextEdit } from "../../language/diagnostic";
import { asWritten } from "../../language/written";
import { analyse, type Analysis } from "../analyse";
import type { DerivedLoss } from "../derivation/loss";
import { informationText } from "../terms/print";
import { evaluate, knobValues } from "../terms/scalar";
import { betaToCost, betaToKept } from "./beta";
import { commentsOf } from "./comments";
import { eachToLines, linesToEach } from "./each";
import { extractVariant, inlineExtends } from "./extends";
import type { Proposal, Refactoring } from "./refactoring";
import { sort } from "./sort";

const refactorings: readonly Refactoring[] = [
  extractVariant,
  inlineExtends,
  eachToLines,
  linesToEach,
  betaToCost,
  betaToKept,
  sort,
];

interface Offered {
  title: string;
  kind: Refactoring["kind"];
  edits: TextEdit[];
}

/** The refactorings at a place of a text without errors. */
export function refactoringsAt(analysis: Analysis, range: Range): Offered[] {
  const { own } = analysis.library;
  const tree = analysis.file.specs.find(
    (spec) => spec.range.start <= range.end && range.start <= spec.range.end,
  );
  const valid = analysis.specs.find((spec) => spec.tree === tree)?.valid === true;
  if (tree === undefined || !valid) return [];
  return refactorings.flatMap((refactoring) => {
    const proposal = refactoring.propose({ analysis, text: own.text, tree, range });
    if (proposal === undefined) return [];
    const edits = asWritten(own.text, proposal.edits);
    if (!keeps(analysis, { ...proposal, edits })) return [];
    return [{ title: proposal.title, kind: refactoring.kind, edits }];
  });
}

function keeps(before: Analysis, { edits, moved }: Proposal): boolean {
  const { own, origin } = before.library;
  const after = analyse(applyEdits(own.text, edits), origin, before);
  if (commentsOf(after) !== commentsOf(before)) return false;
  return (
    before.specs.every(({ tree, derived, valid }) => {
      const name = moved?.[1] === tree.name.text ? moved[0] : tree.name.text;
      const now = after.specs.find((spec) => spec.tree.name.text === name);
      if (now === undefined || now.valid !== valid) return false;
      return (
        derived === undefined || now.derived === undefined || lossText(derived) === lossText(now.derived)
      );
    }) && after.specs.every(({ valid, tree }) => valid || tree.name.text !== moved?.[1])
  );
}

/** Terms with bounds and weights at the knobs' values, in any order and up to an overall factor. */
function lossText({ spec, terms }: DerivedLoss): string {
  const values = knobValues(spec.knobs);
  const weights = terms.map(({ effectiveWeight }) => evaluate(effectiveWeight, values));
  const largest = Math.max(...weights.map(Math.abs));
  return terms
    .map(
      ({ term, bound }, i) =>
        `${(weights[i]! / largest).toPrecision(9)} ${informationText(term.information)} by ${bound.id}`,
    )
    .sort()
    .join("\n");
}
