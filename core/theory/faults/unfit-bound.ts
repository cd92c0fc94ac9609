import type { Diagnostic, Range } from "../../language/diagnostic";
import type { Latent } from "../spec";
import { edited, fix, removal, report, type Worded } from "./rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z) by categorical
}
`;

export const unfitBound = {
  code: "unfit-bound",
  severity: "error",
  doc: "The bound is on the right side, but it cannot be used for this term. The message says why.",
  example,
  fixed: edited(example, [["keep I(X; Z) by categorical", "keep I(X; Z)"]]),

  /** @param reason why, as the bound says it; @param usual the bound that would be chosen */
  refused: (range: Range, reason: string, usual?: string): Diagnostic =>
    report(unfitBound, range, reason, usual === undefined ? {} : fix(`Use \`${usual}\``, range, usual)),

  noLatent: (range: Range, text: string): Diagnostic =>
    report(
      unfitBound,
      range,
      `\`${text}\` does not contain a latent, so the data alone fixes its value. Add a latent, as in \`I(X; Z)\`.`,
    ),

  spread: (range: Range, text: string): Diagnostic =>
    report(
      unfitBound,
      range,
      `\`${text}\` cannot be kept, because no lower bound of it is known. It measures how the coordinates of a code depend on each other, and is meant for \`compress\`. To keep what several codes share, use \`TC(Z1, Z2, Z3)\`.`,
    ),

  /** @param rates how many the term is the sum or mean of */
  severalRates: (range: Range, mode: string, rates: number): Diagnostic =>
    report(
      unfitBound,
      range,
      `\`${mode}\` needs a single rate, and this term combines ${rates}. Write a separate term for each.`,
    ),

  /** @param each the place of the word */
  wholeRate: (range: Range, bound: string, each: Range): Diagnostic =>
    report(
      unfitBound,
      range,
      `\`each\` needs a rate that is a sum over coordinates: of a \`gaussian\` code against a single prior. This value of \`${bound}\` is of the whole code. Remove \`each\`, so that \`floor\` applies to the whole rate.`,
      fix("Remove `each`", each, ""),
    ),

  deterministicFusion: (range: Range, fusion: string, law: string): Diagnostic =>
    report(
      unfitBound,
      range,
      `\`${fusion}\` combines distributions, but a \`${law}\` code has no noise. Use \`concat\` or \`mean\`, or give the code a \`gaussian\` law.`,
      fix("Use `concat`", range, "concat"),
    ),

  uniformExpert: (range: Range, fusion: string, law: string): Diagnostic =>
    report(
      unfitBound,
      range,
      `The prior of a \`${law}\` code is uniform, so it changes nothing as an expert. Write \`${fusion}\`.`,
      fix(`Write \`${fusion}\``, range, fusion),
    ),

  /** A mixture as an expert of `poe(prior)`. */
  mixtureExpert: (range: Range, { name, law }: Pick<Latent, "name" | "law">, prior: string): Diagnostic =>
    report(
      unfitBound,
      range,
      `\`poe(prior)\` includes the prior of \`${name}\` as an expert, but \`${prior}\` is a mixture, so the product is not a \`${law.name}\` distribution. Write \`prior ${name} = learned\`, or \`poe\` without \`prior\`.`,
      fix("Write `learned`", range, `prior ${name} = learned`),
    ),

  noiselessPrior: (range: Range, { name, law }: Pick<Latent, "name" | "law">): Diagnostic =>
    report(
      unfitBound,
      range,
      `\`${name}\` is \`${law.name}\`, so it has no rate and no prior. Remove this statement, or give the code a law with noise, such as \`gaussian(${law.size})\`.`,
      removal(range),
    ),

  /** @param place where the prior is written */
  mixedPrior: (range: Range, { name, law }: Pick<Latent, "name" | "law">, place: Range): Diagnostic =>
    report(
      unfitBound,
      range,
      `A mixture of \`${law.name}\` distributions is a single \`${law.name}\` distribution. Write \`prior ${name} = learned\`.`,
      fix("Write `learned`", place, "learned"),
    ),

  /** @param read an input that pseudo-inputs cannot replace */
  pseudoInputs: (
    range: Range,
    name: string,
    read: { kind: "code" | "text"; name: string },
    components: number,
  ): Diagnostic =>
    report(
      unfitBound,
      range,
      read.kind === "code"
        ? `\`${name}\` reads the code \`${read.name}\`, but pseudo-inputs can only replace observed streams. Use \`mixture(${components})\`.`
        : `\`${name}\` reads the text \`${read.name}\`, but pseudo-inputs are trained by gradients, which words do not have. Use \`mixture(${components})\`.`,
      fix(`Use \`mixture(${components})\``, range, `mixture(${components})`),
    ),

  sharedEncoder: (range: Range, first: string, other: string): Diagnostic =>
    report(
      unfitBound,
      range,
      `\`${first}\` and \`${other}\` cannot share an encoder. They need the same law, the same fusion and inputs of the same widths; with \`concat\`, the same inputs must have a \`missing\` rate.`,
      removal(range),
    ),

  augment: (range: Range, name: string, kind: string): Diagnostic =>
    report(
      unfitBound,
      range,
      `\`${name}\` is a \`${kind}\`; \`crop\` and \`flip\` need an image, and \`noise\` needs numbers.`,
    ),

  time: (range: Range, word: string, name: string, kind: string): Diagnostic =>
    report(
      unfitBound,
      range,
      `\`${word}\` needs a stream with time (\`signal\`, \`audio\` or \`video\`); \`${name}\` is a \`${kind}\`.`,
    ),
} satisfies Worded;
