/** Every likelihood, and which one a stream gets. */
import type { Bound } from "../bound";
import { decodingOf } from "../terms/roles";
import type { BoundRequest, Spec, Stream, StreamKindName } from "../spec";
import { bernoulli } from "./bernoulli";
import { categorical } from "./categorical";
import { gaussian } from "./gaussian";
import { laplace } from "./laplace";
import { poisson } from "./poisson";

export const likelihoods: readonly Bound[] = [gaussian, bernoulli, laplace, categorical, poisson];

/** The default of each kind of stream. */
export const likelihoodOfKind: Readonly<Record<StreamKindName, Bound>> = {
  vector: gaussian,
  image: gaussian,
  audio: gaussian,
  video: gaussian,
  signal: gaussian,
  scalar: gaussian,
  counts: poisson,
  label: categorical,
  text: categorical,
};

/** The likelihood by which the spec decodes a stream elsewhere, as first written, else the default of its kind. */
export function likelihoodOf(stream: Stream, spec: Spec): { bound: Bound; request?: BoundRequest } {
  for (const term of spec.terms) {
    const bound = likelihoods.find(({ id }) => id === term.bound?.name);
    const decodes = decodingOf(term, spec)?.streams.some(({ name }) => name === stream.name);
    if (term.side === "keep" && bound && term.bound && decodes) return { bound, request: term.bound };
  }
  return { bound: likelihoodOfKind[stream.kind.name] };
}
