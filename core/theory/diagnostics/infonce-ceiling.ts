import { rowsOf } from "../derivation/rows";
import { variablesOf } from "../terms/print";
import { streamOf } from "../terms/roles";
import { batchFix } from "./places";
import type { Check } from "./check";
import { report, edited } from "../faults/rule";

const example = `spec A {
  modality X : vector(4)
  target L : label(1000)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(L; Z) by infonce
  train { batch = 64 }
}
`;

export const infonceCeiling: Check = {
  code: "infonce-ceiling",
  severity: "warning",
  doc: "`infonce` cannot report more than log N nats, where N is the number of rows of a batch. Information beyond that does not lower the loss. Raise the batch size, or use a bound without this ceiling.",
  example,
  fixed: edited(example, [["train { batch = 64 }", "train { batch = 1024 }"]]),
  check(spec, { terms }, tree) {
    return terms
      .filter(({ bound }) => bound.ceiling === "log N")
      .flatMap((derived) => {
        const { term, bound } = derived;
        const batch = rowsOf(derived, spec, spec.training.batch);
        const label = variablesOf(term)
          .map((variable) => streamOf(spec, variable))
          .find((stream) => stream?.kind.name === "label" && stream.width > batch);
        if (label === undefined) return [];
        // The rows of a batch that have both sides are a share of it.
        const raised = Math.ceil((label.width * spec.training.batch) / batch);
        const message = `\`${bound.id}\` cannot report more than log ${batch} = ${Math.log(batch).toFixed(2)} nats, but \`${label.name}\` can carry log ${label.width} = ${Math.log(label.width).toFixed(2)} nats. Raise \`batch\` to ${raised}, or decode \`${label.name}\` by \`categorical\`.`;
        return [report(infonceCeiling, term.range, message, batchFix(tree, spec, raised))];
      });
  },
};
