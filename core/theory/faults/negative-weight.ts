import type { Diagnostic, Range } from "../../language/diagnostic";
import { quoted } from "../../language/text";
import { fix, report, type Worded, edited } from "./rule";
import { rounded } from "../../language/number-text";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  knob w = 0.5 in 0 .. 2
  compress I(X; Z)
  keep (1 - w) * I(X; Z)
}
`;

export const negativeWeight = {
  code: "negative-weight",
  severity: "error",
  doc: "A negative weight reverses a term: the loss then compresses what it should keep. Weights must be at least 0 for every value that their knobs can take. To penalise information, use `compress`.",
  example,
  fixed: edited(example, [["knob w = 0.5 in 0 .. 2", "knob w = 0.5 in 0 .. 1"]]),

  /** @param least the smallest value that the weight takes, NaN where it has none; @param knobs those in it */
  at: (range: Range, text: string, least: number, knobs: readonly string[]): Diagnostic => {
    const where = knobs.length > 0 ? ` within the range of ${quoted(knobs)}` : "";
    return report(
      negativeWeight,
      range,
      Number.isNaN(least)
        ? `The weight \`${text}\` is not a finite number everywhere${where}.`
        : `The weight \`${text}\` ${knobs.length > 0 ? "can be" : "is"} ${rounded(least)}${where}; weights must be at least 0. To penalise information, use \`compress\`.`,
    );
  },

  beta: (range: Range, value: number): Diagnostic =>
    report(
      negativeWeight,
      range,
      `\`beta\` is ${value}; it multiplies every kept term and must be at least 0.`,
      fix(`Set \`beta\` to ${-value}`, range, String(-value)),
    ),

  betaRange: (range: Range, from: number): Diagnostic =>
    report(
      negativeWeight,
      range,
      `The range of \`beta\` starts at ${from}; \`beta\` multiplies every kept term and must be at least 0. Start the range at 0 or above.`,
      fix("Start the range at 0", range, "0"),
    ),
} satisfies Worded;
