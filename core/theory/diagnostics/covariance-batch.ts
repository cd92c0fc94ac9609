import { count } from "../../language/text";
import { links } from "../wants/duties";
import { rowsOf } from "../derivation/rows";
import { informationText } from "../terms/print";
import { latentOf, streamOf } from "../terms/roles";
import { batchFix } from "./places";
import type { Spec, Variable } from "../spec";
import type { Check } from "./check";
import { report, edited } from "../faults/rule";
import { rounded } from "../../language/number-text";

/** Times the widths that a batch should have. */
const AMPLE = 4;

const example = `spec A {
  modality X : vector(20)
  modality Y : vector(20)
  latent Zx : deterministic(8) from X
  latent Zy : deterministic(8) from Y
  keep I(Zx; Zy) by canonical
  train { batch = 20 }
}
`;

export const covarianceBatch: Check = {
  code: "covariance-batch",
  severity: "warning",
  doc: "`canonical` and `cca` estimate correlations from the batch's covariances. With a batch of kx + ky samples or fewer, two unrelated codes correlate perfectly, and the bound is refused. With slightly more, most of the value is chance: about kx·ky / 2N nats, for example 5.9 nats for two codes of width 8 at N = 17. Use a batch of at least four times the total width, or narrower codes. `barlow` and `vicreg` average over the batch as well: with no more rows than coordinates, their correlations are mostly chance.",
  example,
  fixed: edited(example, [["train { batch = 20 }", "train { batch = 128 }"]]),
  check(spec, derived, tree) {
    const correlated = links(derived)
      .filter(({ bound }) => bound.id === "barlow" || bound.id === "vicreg")
      .flatMap((link) => {
        const { term, bound, sides } = link;
        const batch = rowsOf(link, spec, spec.training.batch);
        const width = Math.max(...sides.map((side) => widthOf(spec, side)));
        if (batch > width) return [];
        const raised = Math.ceil((AMPLE * width * spec.training.batch) / batch);
        const message = `\`${bound.id}\` has ${count(batch, "row")} to correlate ${width} coordinates, so unrelated ones correlate by about ${rounded(1 / Math.sqrt(batch))} by chance. Raise \`batch\` to ${raised}, or use narrower codes.`;
        return [report(covarianceBatch, term.range, message, batchFix(tree, spec, raised))];
      });
    const whitened = links(derived)
      .filter(({ bound }) => bound.id === "canonical" || bound.id === "cca")
      .flatMap((link) => {
        const { term, bound, sides } = link;
        const batch = rowsOf(link, spec, spec.training.batch);
        const [a, b] = sides.map((side) => widthOf(spec, side)) as [number, number];
        const ample = AMPLE * (a + b);
        if (batch >= ample) return [];
        // The rows of a batch that have both sides are a share of it.
        const raised = Math.ceil((ample * spec.training.batch) / batch);
        const both = batch < spec.training.batch ? " with both" : "";
        const message = `\`${bound.id}\` has ${count(batch, "row")}${both} to compare ${a} and ${b} coordinates, so it overestimates \`${informationText(term.information)}\` by about ${rounded((a * b) / (2 * batch))} nats or more where nothing is shared. Raise \`batch\` to ${raised}.`;
        return [report(covarianceBatch, term.range, message, batchFix(tree, spec, raised))];
      });
    return [...whitened, ...correlated];
  },
};

/** Coordinates of one side of a link. */
const widthOf = (spec: Spec, side: readonly Variable[]): number =>
  side.reduce((width, one) => width + (latentOf(spec, one)?.law.size ?? streamOf(spec, one)?.width ?? 0), 0);
