import type { Diagnostic, Range } from "../../language/diagnostic";
import { fix, report, type Worded, edited } from "./rule";

const example = `spec A {
  modality X : vector(4)
  target L : label(3)
  latent Z : gaussian(2) from X, L
  compress I(X; Z)
  keep I(X; Z)
}
`;

export const targetRead = {
  code: "target-read",
  severity: "error",
  doc: "Codes should predict a `target`; a code inferred from it would already have the answer. Infer codes from modalities, or declare the stream as `modality` if it is available at the time of use.",
  example,
  fixed: edited(example, [
    ["target L : label(3)", "modality L : label(3)"],
    ["compress I(X; Z)", "compress I(X, L; Z)"],
  ]),

  /** @param word where its declaration says `target` or `observe` */
  at: (range: Range, name: string, role: "target" | "observe", word: Range): Diagnostic =>
    report(
      targetRead,
      range,
      role === "target"
        ? `\`${name}\` is a \`target\`: a code inferred from it would already have the answer. Remove it from \`from\`, or declare it as \`modality\` if codes may read it.`
        : `\`${name}\` is an \`observe\`d factor, which is only used in reports. Remove it from \`from\`, or declare it as \`modality\` if codes may read it.`,
      fix(`Declare \`${name}\` as \`modality\``, word, "modality"),
    ),
} satisfies Worded;
