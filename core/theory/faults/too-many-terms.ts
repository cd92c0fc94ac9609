import type { Diagnostic, Range } from "../../language/diagnostic";
import { report, type Worded, edited } from "./rule";
import { whole } from "../../language/number-text";

/** A mixture of products of 8 inputs with 9 terms a component has 2,295; its program has 45,000 operations. */
export const MOST_TERMS = 2500;

const names = Array.from({ length: 9 }, (_, i) => `X${i + 1}`).join(", ");

const example = `spec A {
${names
  .split(", ")
  .map((name) => `  modality ${name} : vector(4)`)
  .join("\n")}
  latent Z : gaussian(2) from ${names} by mopoe
  compress I(${names}; Z)
  keep I(${names}; Z)
}
`;

export const tooManyTerms = {
  code: "too-many-terms",
  severity: "error",
  doc: `A term over a mixture is one term for each component, and a mixture over the subsets of n inputs has 2ⁿ − 1 of them. Each is trained with a draw of its own, so time and memory grow as fast. A loss of more than ${whole(MOST_TERMS)} terms is refused: a \`mopoe\` of 8 inputs that reconstructs all of them has 2,295. An \`each\` of more than 1,000 statements is refused too.`,
  example,
  fixed: edited(example, [["by mopoe", "by moe"]]),

  /** @param mixture the code with the most components in the term at `range`; none where terms are many by themselves */
  at: (
    range: Range,
    terms: number,
    mixture: { name: string; inputs: number; components: number } | undefined,
  ): Diagnostic =>
    report(
      tooManyTerms,
      range,
      `The loss would have ${shown(terms)} terms; the limit is ${shown(MOST_TERMS)}. ${
        mixture === undefined
          ? "Write fewer terms, or several specs."
          : `\`${mixture.name}\` is a mixture of ${shown(mixture.components)} components, the subsets of its ${mixture.inputs} inputs. Fuse it by \`poe\` or \`moe\`, or infer it from fewer inputs.`
      }`,
    ),

  /** @param copies how many statements the `each` at `range` is */
  copies: (range: Range, copies: number, most: number): Diagnostic =>
    report(
      tooManyTerms,
      range,
      `This \`each\` would write ${shown(copies)} statements; the limit is ${shown(most)}. Use fewer names in it, or several specs.`,
    ),
} satisfies Worded;

const shown = (count: number): string => (count > 1e9 ? "more than a billion" : whole(count));
