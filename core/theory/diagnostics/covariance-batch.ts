import { count } from "../../language/text";
import { links } from "../wants/duties";
import { rowsOf } from "../derivation/rows";
import { informationText } from "../terms/print";
import { latentOf, streamOf } from "../terms/roles";
import { batchFix, digits } from "./places";
import type { Check } from "./check";
import { report, edited } from "../faults/rule";

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
  doc: "`canonical` and `cca` estimate correlations from the batch's covariances. With a batch of kx + ky samples or fewer, two unrelated codes correlate perfectly, and the bound is refused. With slightly more, most of the value is chance: about kx·ky / 2N nats, for example 5.9 nats for two codes of width 8 at N = 17. Use a batch of at least four times the total width, or narrower codes.",
  example,
  fixed: edited(example, [["train { batch = 20 }", "train { batch = 128 }"]]),
  check(spec, derived, tree) {
    return links(derived)
      .filter(({ bound }) => bound.id === "canonical" || bound.id === "cca")
      .flatMap((link) => {
        const { term, bound, sides } = link;
        const batch = rowsOf(link, spec, spec.training.batch);
        const [a, b] = sides.map((side) =>
          side.reduce(
            (width, one) => width + (latentOf(spec, one)?.law.size ?? streamOf(spec, one)?.width ?? 0),
            0,
          ),
        ) as [number, number];
        const ample = AMPLE * (a + b);
        if (batch >= ample) return [];
        // The rows of a batch that have both sides are a share of it.
        const raised = Math.ceil((ample * spec.training.batch) / batch);
        const both = batch < spec.training.batch ? " with both" : "";
        const message = `\`${bound.id}\` has ${count(batch, "row")}${both} to compare ${a} and ${b} coordinates, so it overestimates \`${informationText(term.information)}\` by about ${digits((a * b) / (2 * batch))} nats or more where nothing is shared. Raise \`batch\` to ${raised}.`;
        return [report(covarianceBatch, term.range, message, batchFix(tree, spec, raised))];
      });
  },
};
