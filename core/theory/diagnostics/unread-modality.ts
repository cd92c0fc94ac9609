import { variablesOf } from "../terms/print";
import { readsOf } from "../terms/roles";
import type { Check } from "./check";
import { fix, report, edited } from "../faults/rule";

const example = `spec A {
  modality X : vector(4)
  modality Y : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;

export const unreadModality: Check = {
  code: "unread-modality",
  severity: "warning",
  unnecessary: true,
  doc: "No latent reads this modality, no term contains it and no other stream is made from it, so it has no effect on the loss. Infer a code from it, keep information about it, or remove it. A factor that is only reported on is an `observe`.",
  example,
  fixed: edited(example, [["keep I(X; Z)", "keep I(X, Y; Z)"]]),
  check(spec, { terms }) {
    const used = new Set([
      ...spec.latents.flatMap(readsOf),
      ...spec.streams.flatMap(({ derived }) =>
        derived === undefined ? [] : [derived.of, ...(derived.by === "partner" ? [derived.same] : [])],
      ),
      ...terms.flatMap(({ term }) => variablesOf(term).map(({ name }) => name)),
    ]);
    return spec.streams
      .filter(({ name, role }) => role !== "observe" && !used.has(name))
      .map(({ name, role, range }) =>
        report(
          unreadModality,
          range,
          role === "modality"
            ? `No latent reads \`${name}\` and no term contains it. Infer a code from it, or remove it.`
            : `No term predicts \`${name}\`. Keep information about it, or declare it as \`observe\` to only report on it.`,
          fix(
            `Declare \`${name}\` as \`observe\``,
            { start: range.start, end: range.start + role.length },
            "observe",
          ),
        ),
      );
  },
};
