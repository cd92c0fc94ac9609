/** A loss at its limits: a knob at a value, codes without noise, another bound between codes. */
import type { LimitChange } from "../../catalogue/index";
import { boundOf } from "../bounds/index";
import { number } from "../terms/scalar";
import type { Knob, Scalar, Spec, Term } from "../spec";

export function atLimit(spec: Spec, changes: readonly LimitChange[]): Spec {
  return changes.reduce((changed, change) => {
    if (change.kind === "knob") return atKnob(changed, change.knob, change.value);
    return change.kind === "noiseless" ? noiseless(changed) : linkedBy(changed, change.bound);
  }, spec);
}

function atKnob(spec: Spec, knob: string, value: number): Spec {
  const fixed = (scalar: Scalar): Scalar => {
    if (scalar.kind === "knob") return scalar.name === knob ? number(value) : scalar;
    if (scalar.kind === "negation") return { ...scalar, value: fixed(scalar.value) };
    return scalar.kind === "binary"
      ? { ...scalar, left: fixed(scalar.left), right: fixed(scalar.right) }
      : scalar;
  };
  return {
    ...spec,
    // beta weighs what is kept without being written, so it stays, at its value alone.
    knobs: spec.knobs.map((other) => (other.name === knob ? pinned(other, value) : other)),
    terms: spec.terms.map((term) => ({ ...term, weight: fixed(term.weight) })),
  };
}

const pinned = (knob: Knob, value: number): Knob => ({ ...knob, value, from: value, to: value, log: false });

function noiseless(spec: Spec): Spec {
  return {
    ...spec,
    latents: spec.latents.map((latent) =>
      latent.law.name === "gaussian" ? { ...latent, law: { ...latent.law, name: "deterministic" } } : latent,
    ),
    terms: spec.terms.filter(
      ({ side, information }) => side === "keep" || information.kind !== "information",
    ),
  };
}

function linkedBy(spec: Spec, name: string): Spec {
  const isLink = ({ side, bound }: Term): boolean =>
    side === "keep" && bound !== undefined && boundOf(bound.name)?.reconstruct === undefined;
  return {
    ...spec,
    terms: spec.terms.map((term) =>
      isLink(term)
        ? { ...term, bound: { name, arguments: [], options: {}, flags: [], range: term.bound!.range } }
        : term,
    ),
  };
}
