import type { Diagnostic, Range } from "../../language/diagnostic";
import { edited, fix, report, type Worded } from "./rule";

const example = `spec A {
  modality X : vector(4)
  latent Z1 : gaussian(3) from X
  latent Z2 : gaussian(2) from Z1 frozen
  compress I(X; Z1)
  compress I(Z1; Z2)
  keep I(X; Z1)
}
`;

export const unfitFrozen = {
  code: "unfit-frozen",
  severity: "error",
  doc: "A frozen code is a fixed function of its inputs: its encoders are not trained. Whatever it is inferred from must be fixed too, and nothing that is trained can be a part of it or be trained through it.",
  example,
  fixed: edited(example, [["latent Z1 : gaussian(3) from X", "latent Z1 : gaussian(3) from X frozen"]]),

  /** @param end where the statement of `source`, which it reads, ends */
  source: (range: Range, name: string, source: string, end: number): Diagnostic =>
    report(
      unfitFrozen,
      range,
      `\`${name}\` is frozen, but it is inferred from \`${source}\`, which is trained. Freeze \`${source}\` too, or infer \`${name}\` from streams.`,
      fix(`Freeze \`${source}\``, { start: end, end }, " frozen"),
    ),

  /** @param end where the statement of the other one, which is trained, ends */
  shared: (range: Range, name: string, trained: string, end: number): Diagnostic =>
    report(
      unfitFrozen,
      range,
      `\`${name}\` is frozen and \`${trained}\` is trained, but they share an encoder. Freeze \`${trained}\` too.`,
      fix(`Freeze \`${trained}\``, { start: end, end }, " frozen"),
    ),

  /** @param prior where it is chosen */
  pseudoInputs: (prior: Range, name: string, components: number): Diagnostic =>
    report(
      unfitFrozen,
      prior,
      `\`vamp\` trains its inputs through the encoder of \`${name}\`, which is frozen. Use \`mixture(${components})\`.`,
      fix(`Use \`mixture(${components})\``, prior, `prior ${name} = mixture(${components})`),
    ),

  /** @param prior where it is chosen */
  expert: (prior: Range, name: string): Diagnostic =>
    report(
      unfitFrozen,
      prior,
      `\`${name}\` is frozen, but its prior is trained and is one of its experts. Remove this prior, or write \`poe\` without \`prior\`.`,
      fix("Remove this prior", prior, ""),
    ),

  ownModule: (range: Range, name: string): Diagnostic =>
    report(
      unfitFrozen,
      range,
      `The encoder of \`${name}\` is a module of your own: freeze it there, with \`requires_grad_(False)\`, and remove \`frozen\`.`,
      fix("Remove `frozen`", range, ""),
    ),

  target: (range: Range, name: string, mode: string): Diagnostic =>
    report(
      unfitFrozen,
      range,
      `\`${name}\` is frozen, so training cannot change its rate: \`${mode}\` has no effect. Remove it, or remove \`frozen\`.`,
    ),
} satisfies Worded;
