/** Fixes of errors that are met where the text is no longer at hand: what they change is looked up in the tree. */
import type { Diagnostic, Fix } from "../../language/diagnostic";
import { plainNumber } from "../../language/plain";
import type { SpecTree, Value } from "../../language/tree";
import { circularInference } from "../faults/circular-inference";
import { fewRows } from "../faults/few-rows";
import { negativeWeight } from "../faults/negative-weight";
import { fix, listRemoval } from "../faults/rule";
import { tooManyTerms } from "../faults/too-many-terms";
import { unfitNetwork } from "../faults/unfit-network";
import type { Spec } from "../spec";
import { batchFix, inner, writtenKnob, writtenNetwork, writtenTerms } from "./places";

type Repair = (finding: Diagnostic, tree: SpecTree, spec: Spec) => readonly Fix[];

/** Candidates, as all fixes are: those that do not fix are not offered. */
const repairs: Readonly<Record<string, Repair>> = {
  [fewRows.code](_, tree, spec) {
    const share = spec.missing.reduce((product, { rate }) => product * (1 - rate), 1);
    // Two rows or more of those that have every stream.
    return batchFix(tree, spec, 2 ** Math.ceil(Math.log2(2 / share))).fixes ?? [];
  },
  [tooManyTerms.code]: (_, tree) =>
    latents(tree).flatMap(({ name, fusion }) =>
      fusion?.name.text === "mopoe" ? fix(`Fuse \`${name.text}\` by \`moe\``, fusion.range, "moe").fixes : [],
    ),
  [unfitNetwork.code]({ range }, tree) {
    const place = writtenNetwork(tree, range);
    return place ? fix("Use `mlp(256, 256)`", place, "mlp(256, 256)").fixes : [];
  },
  [circularInference.code]({ range }, tree, { streams }) {
    const written = latents(tree).find(({ name }) => name.range.start === range.start);
    return (written?.from ?? []).flatMap(({ text }, i, from) =>
      streams.some(({ name }) => name === text) ? [] : listRemoval(from, i).fixes,
    );
  },
  [negativeWeight.code]({ range }, tree, spec) {
    const weight = writtenTerms(tree).find((term) => term.weight?.range.start === range.start)?.weight;
    if (weight === undefined) return [];
    const number = plainNumber(weight);
    if (number !== undefined) return fix("Remove the sign", range, String(-number)).fixes;
    return namesIn(weight).flatMap((name) => {
      const [knob, end] = [spec.knobs.find((one) => one.name === name), writtenKnob(tree, name)?.to];
      // A weight such as \`1 - w\` is negative above 1.
      return knob && end && knob.value <= 1
        ? fix(`End the range of \`${name}\` at 1`, end.range, "1").fixes
        : [];
    });
  },
};

/** A finding with the fixes that its place in the text allows. */
export function repaired(finding: Diagnostic, tree: SpecTree, spec: Spec): Diagnostic {
  const more = repairs[finding.code]?.(finding, tree, spec) ?? [];
  return more.length > 0 ? { ...finding, fixes: [...(finding.fixes ?? []), ...more] } : finding;
}

const latents = (tree: SpecTree) =>
  tree.statements.flatMap((statement) => {
    const one = inner(statement);
    return one.kind === "latent" ? [one] : [];
  });

/** Names that a weight reads. */
function namesIn(value: Value): string[] {
  if (value.kind === "name") return [value.text];
  if (value.kind === "negation") return namesIn(value.value);
  return value.kind === "binary" ? [...namesIn(value.left), ...namesIn(value.right)] : [];
}
