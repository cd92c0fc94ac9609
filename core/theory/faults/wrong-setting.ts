import type { Diagnostic, Range } from "../../language/diagnostic";
import type { Setting } from "../../language/tree";
import { edited, fix, listRemoval, report, type Worded } from "./rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
  train { batch = 0 }
}
`;

export const wrongSetting = {
  code: "wrong-setting",
  severity: "error",
  doc: "A setting of `train` or `data` has a value that is not allowed. The message says which values are.",
  example,
  fixed: edited(example, [["train { batch = 0 }", "train { batch = 64 }"]]),

  /** @param value where its value is written */
  whole: (
    range: Range,
    name: string,
    value: Range,
    { least, usual }: { least: number; usual: number },
  ): Diagnostic =>
    report(
      wrongSetting,
      range,
      `\`${name}\` must be a whole number of at least ${least}, as in \`${name} = ${usual}\`.`,
      fix(`Set \`${name}\` to ${usual}`, value, String(usual)),
    ),

  /** @param i which of the settings gives the length of the training again */
  twoLengths: (settings: readonly Setting[], i: number): Diagnostic => {
    const written = settings.map(({ name, range }) => ({ text: name.text, range }));
    return report(
      wrongSetting,
      written[i]!.range,
      "`epochs` and `steps` both set the length of the training. Remove one of the two.",
      listRemoval(written, i),
    );
  },

  /** @param value where it is written */
  optimizer: (range: Range, value: Range): Diagnostic =>
    report(
      wrongSetting,
      range,
      "The optimizer must be `adam` with a rate above 0, as in `optimizer = adam(1e-3)`.",
      fix("Write `adam(1e-3)`", value, "adam(1e-3)"),
    ),

  option: (range: Range, name: string): Diagnostic =>
    report(wrongSetting, range, `\`${name}\` must be a number, a word, a quoted text or a list of names.`),
} satisfies Worded;
