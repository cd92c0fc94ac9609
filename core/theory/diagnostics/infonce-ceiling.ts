import { rowsOf } from "../derivation/rows";
import { variablesOf } from "../terms/print";
import { streamOf } from "../terms/roles";
import { batchFix } from "./places";
import { tell, type Check } from "./rule";

export const infonceCeiling: Check = {
  code: "infonce-ceiling",
  severity: "warning",
  doc: "`infonce` never reports more than log N nats, N being the batch: what is shared beyond that earns nothing. Raise the batch, or use a bound without that ceiling.",
  example: `spec A {
  modality X : vector(4)
  target L : label(1000)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(L; Z) by infonce
  train { batch = 64 }
}
`,
  mended: `spec A {
  modality X : vector(4)
  target L : label(1000)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(L; Z) by infonce
  train { batch = 1024 }
}
`,
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
        const message = `\`${bound.id}\` never reports more than log ${batch} = ${Math.log(batch).toFixed(2)} nats, and \`${label.name}\` may hold log ${label.width} = ${Math.log(label.width).toFixed(2)}. Raise the batch to ${raised}, or decode \`${label.name}\` by \`categorical\`.`;
        return [tell(infonceCeiling, term.range, message, batchFix(tree, spec, raised))];
      });
  },
};
