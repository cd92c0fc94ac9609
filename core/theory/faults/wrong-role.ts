import type { Diagnostic, Range } from "../../language/diagnostic";
import type { Name } from "../../language/tree";
import { fix, listRemoval, removal, report, type Worded, edited } from "./rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  observe s : scalar
  compress I(X; Z)
  keep I(s; Z)
}
`;

export const wrongRole = {
  code: "wrong-role",
  severity: "error",
  doc: "A name is used in a place that needs another kind of name: a knob in an information term, an observed factor in the loss, a stream where a latent is needed. An `observe`d factor is only reported on; declare it as `target` to train on it.",
  example,
  fixed: edited(example, [["observe s : scalar", "target s : scalar"]]),

  /** Something that only latents have. */
  notLatent: (range: Range, name: string, has: "encoder" | "prior"): Diagnostic =>
    report(
      wrongRole,
      range,
      `\`${name}\` is not a latent; only latents have ${has === "encoder" ? "an encoder" : "a prior"}.`,
    ),

  notKnob: (range: Range, name: string): Diagnostic =>
    report(wrongRole, range, `\`${name}\` is not a knob; \`anneal\` only changes knobs.`),

  network: (range: Range, name: string): Diagnostic =>
    report(wrongRole, range, `\`${name}\` is a knob; only streams and latents have networks.`),

  /** @param i which of the listed names */
  input: (names: readonly Name[], i: number): Diagnostic => {
    const { text, range } = names[i]!;
    const message = `\`${text}\` is a knob; a latent is inferred from streams or latents.`;
    return report(wrongRole, range, message, listRemoval(names, i));
  },

  variable: (range: Range, name: string): Diagnostic =>
    report(
      wrongRole,
      range,
      `\`${name}\` is a knob; a term contains streams and latents. To use it as a weight, write \`${name} * I(...)\`.`,
    ),

  weight: (range: Range, name: string, role: "stream" | "latent"): Diagnostic =>
    report(wrongRole, range, `\`${name}\` is a ${role}; a weight can only contain numbers and knobs.`),

  /** @param word where its declaration says `observe` */
  observed: (range: Range, name: string, word: Range): Diagnostic =>
    report(
      wrongRole,
      range,
      `\`${name}\` is an \`observe\`d factor, which is never part of the loss. To train on it, declare it as \`target\`.`,
      {
        ...fix(`Declare \`${name}\` as \`target\``, word, "target"),
        related: [{ message: `\`${name}\` is declared here.`, range: word }],
      },
    ),

  part: (range: Range, name: string): Diagnostic =>
    report(
      wrongRole,
      range,
      `\`${name}\` is a stream; only a latent has parts such as \`${name}[...]\`, inferred from some of its inputs.`,
    ),

  bothSides: (range: Range, name: string, text: string): Diagnostic =>
    report(wrongRole, range, `\`${name}\` appears on both sides of \`${text}\`. Use two different names.`),

  separateStream: (range: Range, stream: string): Diagnostic =>
    report(
      wrongRole,
      range,
      `\`separate\` needs two latents, and \`${stream}\` is a stream. To remove a known factor from a code, write \`compress I(${stream}; Z)\`.`,
    ),

  separateTwice: (range: Range, name: string): Diagnostic =>
    report(wrongRole, range, `\`separate\` needs two different latents, and both are \`${name}\`.`),

  priorSource: (range: Range, name: string, source: string): Diagnostic =>
    report(
      wrongRole,
      range,
      `The prior of \`${name}\` cannot depend on \`${source}\`. Use modalities, targets or other latents.`,
    ),

  /** @param statement what to remove */
  missing: (range: Range, name: string, role: "latent" | "knob", statement: Range): Diagnostic =>
    report(wrongRole, range, `\`${name}\` is a ${role}; only streams can be missing.`, removal(statement)),

  /** @param statement what to remove */
  missingObserved: (range: Range, name: string, statement: Range): Diagnostic =>
    report(
      wrongRole,
      range,
      `\`${name}\` is \`observe\`d, so no term reads it. Only a \`modality\` or a \`target\` can be missing. Remove this statement.`,
      removal(statement),
    ),
} satisfies Worded;
