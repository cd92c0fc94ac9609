import type { Diagnostic, Range } from "../../language/diagnostic";
import { nearest } from "../../language/nearest";
import { count } from "../../language/text";
import { fix, removal, report, type Worded, edited } from "./rule";

const example = `spec A extends A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;

export const badExtension = {
  code: "bad-extension",
  severity: "error",
  doc: "`extends` inherits the statements of another spec. That spec must exist and must not extend this one, directly or through others. A name that is dropped or renamed must exist in it. If a spec of a used file has errors, fix them in that file. If two used files have a spec of that name, the choice is not guessed.",
  example,
  fixed: edited(example, [["spec A extends A {", "spec A {"]]),

  /** @param clause `extends` with what follows it */
  circle: (range: Range, name: string, base: string, clause: Range): Diagnostic =>
    report(
      badExtension,
      range,
      `\`${name}\` extends itself through \`${base}\`. Extend another spec.`,
      fix("Remove `extends`", clause, ""),
    ),

  /** @param files the used files, as they are written; @param names the specs that could be extended */
  missing: (range: Range, base: string, files: readonly string[], names: readonly string[]): Diagnostic => {
    const places = ["this file", ...files.map((path) => `"${path}"`)];
    const message = `There is no spec \`${base}\` in ${places.join(", ")} or the catalogue.`;
    const meant = nearest(base, names);
    return meant === undefined
      ? report(badExtension, range, message)
      : report(
          badExtension,
          range,
          `${message} Did you mean \`${meant}\`?`,
          fix(`Change to \`${meant}\``, range, meant),
        );
  },

  several: (range: Range, base: string, files: readonly string[]): Diagnostic =>
    report(
      badExtension,
      range,
      `${files.map((path) => `"${path}"`).join(" and ")} each have a spec \`${base}\`. Rename one of them, or use only one of the files.`,
    ),

  /** @param errors those of the other spec, at least one; @param line of the first */
  broken: (
    range: Range,
    base: string,
    {
      path,
      location,
      line,
      errors,
    }: { path: string; location?: string; line: number; errors: readonly Diagnostic[] },
  ): Diagnostic =>
    report(
      badExtension,
      range,
      `\`${base}\` of "${path}" has ${count(errors.length, "error")}${errors.length > 1 ? ", the first" : ""} in line ${line}: ${errors[0]!.message}`,
      {
        related: errors.map((error) => ({
          message: error.message,
          range: error.range,
          ...(location === undefined ? {} : { location }),
        })),
      },
    ),

  rename: (range: Range, base: string, name: string): Diagnostic =>
    report(badExtension, range, `\`${base}\` does not declare \`${name}\`, so it cannot be renamed.`),

  /** @param statement what to remove */
  drop: (range: Range, name: string, statement: Range): Diagnostic =>
    report(badExtension, range, `There is no declaration or term \`${name}\` to drop.`, removal(statement)),

  dropAlone: (range: Range): Diagnostic =>
    report(
      badExtension,
      range,
      "`drop` removes a statement that is inherited with `extends`, but this spec does not extend another. Remove this statement.",
      removal(range),
    ),
} satisfies Worded;
