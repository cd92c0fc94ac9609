/** The two views that a spec links, where predictions of needs are made for designs like it. */
import type { DerivedLoss } from "../../theory/derivation/loss";
import { pricesOf } from "../../theory/diagnostics/below-activation";
import { links } from "../../theory/wants/duties";
import type { Stream } from "../../theory/spec";

export interface LinkedPair {
  left: Stream;
  right: Stream;
  /** The codes of the two, and the term that links them, by its id and as text. */
  codes: readonly [string, string];
  term: string;
}

const NUMBERS = ["vector", "image", "signal", "audio"];

/** The linked pair of a design that is covered, or why it is not. */
export function pairOf({ spec, terms }: DerivedLoss): LinkedPair | { uncovered: string } {
  const uncovered = (reason: string): { uncovered: string } => ({
    uncovered: `${reason} Predictions are made for designs that link the codes of two views and compress them.`,
  });
  const kept = terms.filter(({ term }) => term.side === "keep");
  const [link, ...others] = links({ terms });
  if (link === undefined) return uncovered("No term links two codes.");
  if (others.length > 0 || kept.length > 1)
    return uncovered("Besides the link, the spec keeps something else.");
  const codes = link.sides.map((side) => side.map(({ name }) => name));
  const latents = codes.map((names) =>
    spec.latents.find(({ name }) => names.length === 1 && name === names[0]),
  );
  const streams = latents.map((latent) =>
    spec.streams.find(({ name }) => latent?.from.length === 1 && name === latent.from[0]),
  );
  const [left, right] = streams;
  if (left === undefined || right === undefined || left === right)
    return uncovered("The link is not between two codes of one stream each.");
  if (spec.streams.some((stream) => stream.role !== "observe" && stream !== left && stream !== right))
    return uncovered("The spec has other streams than the two views.");
  if (spec.missing.length > 0) return uncovered("Some samples lack a stream.");
  for (const { name, kind, derived } of [left, right]) {
    if (!NUMBERS.includes(kind.name)) return uncovered(`\`${name}\` is a ${kind.name}.`);
    if (derived !== undefined) return uncovered(`\`${name}\` is made from another stream.`);
    const chosen = spec.networks.find(
      ({ role, names }) => role === "encoder" && names.includes(name),
    )?.network;
    if (chosen !== undefined && !["linear", "mlp"].includes(chosen.name))
      return uncovered(
        `The encoder of \`${name}\` is \`${chosen.name}\`, which reads more than covariances.`,
      );
  }
  return { left, right, codes: [codes[0]![0]!, codes[1]![0]!], term: link.term.id };
}

/**
 * Why no number of samples is enough, where the weights say so: each nat that the codes carry costs more than it earns. Of a
 * link, each nat of a code's rate is worth at most rho^2 nats (the strong data-processing inequality of a Gaussian pair).
 * @param rho the largest correlation, where it is known
 */
export function belowActivation(derived: DerivedLoss, rho = 1): string | undefined {
  const low = pricesOf(derived).find(({ paid, kept }) => kept > 0 && kept * rho * rho < paid);
  if (low === undefined) return undefined;
  const least = Number((low.paid / (rho * rho)).toPrecision(2));
  return `The codes stay empty: each nat that they carry costs ${Number(low.paid.toPrecision(2))} and earns at most ${Number((low.kept * rho * rho).toPrecision(2))}. Raise the weight of the kept term above ${least}.`;
}
