/** What a method can be looked for by. */
import { bounds } from "../bounds/index";
import type { CanonicalForm } from "./canonical";
import { lawOf } from "../laws/index";
import type { DerivedLoss } from "../derivation/loss";
import { cellOf } from "./placement";
import { variablesOf } from "../terms/print";
import { streamOf } from "../terms/roles";

/** Every trait, in the order in which they are offered. */
export const traits = [
  "one view",
  "two views",
  "more views",
  "private codes",
  "a target",
  "noiseless",
  "experts",
  "decoder",
  "critic",
  "true bound",
] as const;

export function traitsOf(form: CanonicalForm, { spec, terms, isBound }: DerivedLoss): string[] {
  const seen = form.streams.filter((name) => form.latents.some(({ from }) => from.includes(name))).length;
  const holds: Record<(typeof traits)[number], boolean> = {
    "one view": seen === 1,
    "two views": seen === 2,
    "more views": seen > 2,
    "private codes": cellOf(form).row === "private",
    "a target": terms.some(
      ({ term }) =>
        term.side === "keep" &&
        variablesOf(term).some((variable) => streamOf(spec, variable)?.role === "target"),
    ),
    noiseless: form.latents.every(({ law }) => lawOf(law).deterministic),
    experts: form.latents.some(({ from, fusion }) => from.length > 1 && fusion !== "concat"),
    decoder: terms.some(({ bound }) => bound.reconstruct !== undefined),
    critic: terms.some(({ bound }) => hasCritic(bound.id)),
    "true bound": isBound.holds,
  };
  return traits.filter((trait) => holds[trait]);
}

const hasCritic = (id: string): boolean =>
  bounds.some((bound) => bound.id === id && bound.options.some(({ name }) => name === "critic"));
