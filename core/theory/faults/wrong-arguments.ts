import type { Diagnostic, Range } from "../../language/diagnostic";
import { count, quoted } from "../../language/text";
import { edited, fix, removal, report, type Worded } from "./rule";
import { whole } from "../../language/number-text";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(0) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;

export const wrongArguments = {
  code: "wrong-arguments",
  severity: "error",
  doc: "The arguments in parentheses do not fit the word before them: too many, too few, or not of the needed kind. Sizes must be whole numbers of at least 1.",
  example,
  fixed: edited(example, [["latent Z : gaussian(0) from X", "latent Z : gaussian(2) from X"]]),

  /** @param form how it is written; @param example the same with numbers */
  form: (range: Range, form: string, example: string): Diagnostic =>
    report(
      wrongArguments,
      range,
      form === example ? `Write \`${form}\`.` : `Write \`${form}\`, for example \`${example}\`.`,
      fix(`Write \`${example}\``, range, example),
    ),

  /** @param advice which numbers a network needs, as a sentence */
  network: (range: Range, advice: string): Diagnostic => report(wrongArguments, range, advice),

  wholeNumber: (range: Range, name: string, call: string, most: number): Diagnostic =>
    report(
      wrongArguments,
      range,
      `\`${name}\` of \`${call}\` must be a whole number from 1 to ${whole(most)}.`,
      fix("Write 8", range, "8"),
    ),

  tooLarge: (range: Range, call: string, most: number): Diagnostic =>
    report(wrongArguments, range, `\`${call}\` has more than ${whole(most)} values. Make it smaller.`),

  least: (range: Range, law: string, { size, because }: { size: number; because: string }): Diagnostic =>
    report(
      wrongArguments,
      range,
      `\`${law}\` needs a width of at least ${size}: ${because}. Write \`${law}(${size})\` or more.`,
      fix(`Write \`${law}(${size})\``, range, `${law}(${size})`),
    ),

  /** @param kind of the stream, whose values are no numbers on a scale */
  transformOf: (range: Range, word: string, stream: string, kind: string): Diagnostic =>
    report(
      wrongArguments,
      range,
      word === "renumber"
        ? `\`renumber\` numbers classes, and \`${stream}\` is a \`${kind}\`. Remove \`renumber\`.`
        : kind === "counts"
          ? `\`${word}\` makes other numbers of counts, which then are none. Declare \`${stream}\` as a \`vector\`, or remove \`${word}\`.`
          : `\`${word}\` changes numbers, and \`${stream}\` is a \`${kind}\`. Remove \`${word}\`.`,
      fix(`Remove \`${word}\``, { start: range.start - 1, end: range.end }, ""),
    ),

  transformAlone: (range: Range, word: string): Diagnostic =>
    report(
      wrongArguments,
      range,
      `\`${word}\` has no range in parentheses${word === "renumber" ? "" : ": it is fitted on the training rows"}. Write \`${word}\`.`,
      fix(`Write \`${word}\``, range, word),
    ),

  /** @param usual a range that is often meant */
  transformRange: (range: Range, word: string, usual: string): Diagnostic =>
    report(
      wrongArguments,
      range,
      `\`${word}\` needs two numbers, the smaller one first, as in \`${word}(${usual})\`.`,
      fix(`Write \`${word}(${usual})\``, range, `${word}(${usual})`),
    ),

  labelClasses: (range: Range): Diagnostic =>
    report(
      wrongArguments,
      range,
      "A `label` needs at least 2 classes, as in `label(10)`.",
      fix("Write `label(2)`", range, "label(2)"),
    ),

  textWords: (range: Range): Diagnostic =>
    report(wrongArguments, range, "A `text` needs a vocabulary of at least 2 words, as in `text(20, 1000)`."),

  /** @param what the value of a knob, an end of its range or a part of its schedule */
  knobNumber: (range: Range, what: string): Diagnostic =>
    report(wrongArguments, range, `${what} must be a number and cannot refer to other knobs.`),

  scheduleLength: (range: Range): Diagnostic =>
    report(
      wrongArguments,
      range,
      "The length of a schedule must be above 0, as in `over 10 epochs`.",
      fix("Let it take 10", range, "10"),
    ),

  partOfSchedule: (range: Range, word: string): Diagnostic =>
    report(wrongArguments, range, `\`${word}\` needs a length of at least 0, as in \`${word} 5 epochs\`.`),

  /** @param range `hold` with its length */
  holdOnce: (range: Range): Diagnostic =>
    report(
      wrongArguments,
      range,
      "A schedule without `repeat` stays at the knob's value anyway. Remove `hold`, or add `repeat 4`.",
      fix("Remove `hold`", range, ""),
    ),

  cycles: (range: Range): Diagnostic =>
    report(
      wrongArguments,
      range,
      "`repeat` needs a whole number of cycles of at least 1, as in `repeat 4`, or no number.",
    ),

  weight: (range: Range): Diagnostic =>
    report(wrongArguments, range, "A weight can only contain numbers and knobs, as in `0.5 * w * I(X; Z)`."),

  keptTarget: (range: Range, mode: string): Diagnostic =>
    report(
      wrongArguments,
      range,
      `\`${mode}\` only applies to a compressed term; a kept term is always maximised. Remove \`${mode}\` with its number.`,
      fix(`Remove \`${mode}\``, { start: range.start - 1, end: range.end }, ""),
    ),

  missingRate: (range: Range, name: string): Diagnostic =>
    report(
      wrongArguments,
      range,
      `The rate is the share of samples without \`${name}\`. It must be at least 0 and below 1, as in \`missing ${name} rate 0.2\`.`,
      fix("Set the rate to 0.2", range, "0.2"),
    ),

  /** @param name of the last of `count` streams whose absence is simulated, since no sample of the data lacks them */
  mostSimulated: (range: Range, name: string, count: number, most: number): Diagnostic =>
    report(
      wrongArguments,
      range,
      `\`missing\` is simulated for ${count} streams that all samples of the data have, and a preview simulates at most ${most}. Remove the line of \`${name}\`.`,
      removal(range),
    ),

  share: (range: Range): Diagnostic =>
    report(
      wrongArguments,
      range,
      "Name at least two latents that share an encoder, as in `share Zx, Zy`.",
      removal(range),
    ),

  want: (range: Range, intent: string): Diagnostic =>
    report(
      wrongArguments,
      range,
      intent === "shared"
        ? "`shared` needs at least two streams, as in `shared(X, Y)`."
        : `\`${intent}\` needs one stream, as in \`${intent}(X)\`.`,
    ),

  subsets: (range: Range, most: number): Diagnostic =>
    report(
      wrongArguments,
      range,
      `\`subsets\` needs the names of 1 to ${most} streams, as in \`subsets(X, Y)\`.`,
    ),

  /** @param subsets how many there are, where that is known */
  sample: (range: Range, subsets?: number): Diagnostic =>
    report(
      wrongArguments,
      range,
      `\`sample\` needs subsets and the number of them to draw at each step, ${subsets === undefined ? "at least 1" : `from 1 to ${subsets}`}, as in \`sample(subsets(X, Y, A), 2)\`.`,
    ),

  sampledStatement: (range: Range): Diagnostic =>
    report(
      wrongArguments,
      range,
      "`sample` only works with `compress` and `keep` terms. Use `subsets` here.",
    ),

  /** @param word the function that makes a stream */
  madeFrom: (range: Range, word: string, name: string): Diagnostic =>
    report(
      wrongArguments,
      range,
      `\`${word}\` needs a stream that is declared with a kind, such as \`modality X : vector(4)\`; \`${name}\` is made from another stream.`,
    ),

  partner: (range: Range, name: string): Diagnostic =>
    report(
      wrongArguments,
      range,
      `\`partner\` pairs rows of the same class, so \`${name}\` must be declared as a \`label\`.`,
    ),

  augment: (range: Range, changes: readonly string[], example: string): Diagnostic =>
    report(
      wrongArguments,
      range,
      `\`augment\` needs one or more of ${quoted(changes)}, as in \`${example}\`.`,
    ),

  present: (range: Range, name: string, steps: number, before: number, after: number): Diagnostic =>
    report(
      wrongArguments,
      range,
      `\`${name}\` has ${count(steps, "step")}; ${before} before and ${after} after the present do not fit. Use fewer steps.`,
    ),

  fusion: (range: Range, word: string, options: readonly string[]): Diagnostic =>
    report(
      wrongArguments,
      range,
      options.length > 0
        ? `\`${word}\` does not have this argument. Write \`${word}\` or ${options.map((option) => `\`${word}(${option})\``).join(" or ")}.`
        : `\`${word}\` has no arguments. Write \`${word}\`.`,
    ),

  torchModule: (range: Range): Diagnostic =>
    report(
      wrongArguments,
      range,
      'Write the full name of a module in quotes, as in `torch("package.Module")`.',
    ),

  boundArgument: (range: Range, bound: string): Diagnostic =>
    report(
      wrongArguments,
      range,
      `An argument of \`${bound}\` must be a number, a name or \`option = value\`.`,
    ),

  /** @param most how many arguments without a name the bound has */
  unnamed: (range: Range, bound: string, most: 0 | 1): Diagnostic =>
    report(
      wrongArguments,
      range,
      `\`${bound}\` has ${most === 1 ? "only one argument" : "no argument"} without a name.`,
    ),

  /** @param allowed its values, as text */
  optionValue: (range: Range, bound: string, option: string, allowed: string): Diagnostic =>
    report(wrongArguments, range, `\`${option}\` of \`${bound}\` must be ${allowed}.`),

  option: (range: Range, bound: string, option: string, options: readonly string[]): Diagnostic =>
    report(
      wrongArguments,
      range,
      `\`${bound}\` does not have an option \`${option}\`. ${options.length > 0 ? `Its options are ${quoted(options)}.` : "Remove it."}`,
    ),

  /** An option that is written without its name. @param alone whether it is all that the bound is given */
  named: (range: Range, bound: string, option: string, value: string, alone: boolean): Diagnostic => {
    const written = `${bound}(${value})`;
    const message = `\`${option}\` of \`${bound}\` is given without its name. Write \`${written}\`.`;
    return report(wrongArguments, range, message, alone ? fix(`Write \`${written}\``, range, written) : {});
  },

  flag: (range: Range, bound: string, flag: string, flags: readonly string[]): Diagnostic =>
    report(
      wrongArguments,
      range,
      `\`${bound}\` cannot be followed by \`${flag}\`. ${flags.length > 0 ? `Use ${quoted(flags, "or")}, or remove it.` : "Remove it."}`,
    ),

  /** `as` after a bound that has no decoder. */
  decoderName: (range: Range, bound: string, name: string): Diagnostic =>
    report(
      wrongArguments,
      range,
      `\`as ${name}\` names a decoder, but \`${bound}\` does not have one. Remove \`as ${name}\`.`,
    ),

  /** @param there what the decoder of this name reads in another term; @param here what it reads in this one */
  decoderInputs: (range: Range, name: string, there: string, here: string): Diagnostic =>
    report(
      wrongArguments,
      range,
      `The decoder \`${name}\` reads ${there} in another term and ${here} in this one. Give them different names.`,
    ),
} satisfies Worded;
