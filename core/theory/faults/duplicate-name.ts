import type { Diagnostic, Range } from "../../language/diagnostic";
import { quoted } from "../../language/text";
import type { Name } from "../../language/tree";
import { fix, listRemoval, removal, report, type Worded, edited } from "./rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  latent X : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;

export const duplicateName = {
  code: "duplicate-name",
  severity: "error",
  doc: "Streams, latents and knobs share one set of names, and a spec declares each name once. Rename one of the two.",
  example,
  fixed: edited(example, [
    ["latent X : gaussian(2) from X", "latent W : gaussian(2) from X"],
    ["keep I(X; Z)", "keep I(X; Z, W)\n  compress I(X; W)"],
  ]),

  /** @param first where the name is declared before; @param statement the second declaration; @param free another name */
  declared: (
    range: Range,
    name: string,
    first: Range,
    { statement, free }: { statement: Range; free: string },
  ): Diagnostic =>
    report(duplicateName, range, `\`${name}\` is declared twice. Rename one of the two.`, {
      fixes: [
        ...fix("Remove this declaration", statement, "").fixes,
        ...fix(`Rename this one to \`${free}\``, range, free).fixes,
      ],
      related: [{ message: `\`${name}\` is first declared here.`, range: first }],
    }),

  specs: (range: Range, name: string, first: Range, free: string): Diagnostic =>
    report(duplicateName, range, `This file has two specs named \`${name}\`. Rename one of the two.`, {
      ...fix(`Rename this one to \`${free}\``, range, free),
      related: [{ message: `\`${name}\` is first declared here.`, range: first }],
    }),

  /** @param i which of the listed names */
  input: (names: readonly Name[], i: number): Diagnostic => {
    const { text, range } = names[i]!;
    const message = `\`${text}\` is listed twice as an input. Remove one of the two.`;
    const first = names.find((name) => name.text === text)!;
    return report(duplicateName, range, message, {
      ...listRemoval(names, i),
      related: [{ message: `\`${text}\` is first listed here.`, range: first.range }],
    });
  },

  /** @param statement what to remove */
  missing: (range: Range, name: string, statement: Range): Diagnostic =>
    report(
      duplicateName,
      range,
      `The missing rate of \`${name}\` is given twice. Remove one of the two.`,
      removal(statement),
    ),

  schedule: (statement: Range, name: string): Diagnostic =>
    report(
      duplicateName,
      statement,
      `\`${name}\` has two schedules, and a knob follows one. Remove one \`anneal\`.`,
      removal(statement),
    ),

  /** @param statement what to remove, where it chooses nothing else */
  network: (range: Range, role: string, names: readonly string[], statement?: Range): Diagnostic =>
    report(
      duplicateName,
      range,
      `The ${role} of ${quoted(names)} is chosen twice. Remove one of the two.`,
      statement ? removal(statement) : {},
    ),
} satisfies Worded;
