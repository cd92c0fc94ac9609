import type { Diagnostic, Fix, Range } from "../../language/diagnostic";
import { nearest } from "../../language/nearest";
import { quoted } from "../../language/text";
import { fix, report, type Worded, edited } from "./rule";

/** What a name may have to be. */
export type NameKind = "stream" | "latent" | "stream or latent" | "knob";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Q)
}
`;

export const unknownName = {
  code: "unknown-name",
  severity: "error",
  doc: "The name is not declared: it is not in the spec, or the other spec is not in this file or a file that it uses. Declare it, or correct its spelling.",
  example,
  fixed: edited(example, [["keep I(X; Q)", "keep I(X; Z)"]]),

  /** @param candidates the declared names that would do; @param declarations fixes that declare the name */
  at: (
    range: Range,
    name: string,
    kind: NameKind,
    candidates: readonly string[],
    declarations: readonly Fix[] = [],
  ): Diagnostic => {
    const unknown = `Unknown ${kind} \`${name}\`.`;
    const meant = nearest(name, candidates);
    if (meant !== undefined)
      return report(unknownName, range, `${unknown} Did you mean \`${meant}\`?`, {
        fixes: [...fix(`Change to \`${meant}\``, range, meant).fixes, ...declarations],
      });
    const list = candidates.length > 0 ? `This spec has ${quoted(candidates)}.` : "This spec declares none.";
    return report(unknownName, range, `${unknown} ${list}`, { fixes: [...declarations] });
  },

  /** Another use of an unknown name. */
  alsoAt: (name: string, range: Range): NonNullable<Diagnostic["related"]>[number] => ({
    message: `\`${name}\` is also used here.`,
    range,
  }),

  /** A part `Z[X]` of a code that does not read X. */
  input: (range: Range, name: string, input: string, inputs: readonly string[]): Diagnostic =>
    report(
      unknownName,
      range,
      `\`${name}\` is not inferred from \`${input}\`; its inputs are ${quoted(inputs)}.`,
    ),
} satisfies Worded;
