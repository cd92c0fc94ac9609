/** The encoder graph (who is inferred from whom) and the decoder graph (which information is kept). */
import type { Graph, GraphEdge, GraphNode } from "./graph";
import { decodingOf, pairOf, paymentOf, readsOf } from "../terms/roles";
import type { Spec, Term } from "../spec";

export function encoderGraph(spec: Spec, terms: readonly Term[]): Graph {
  const payers = payersOf(spec, terms);
  const edges = spec.latents.flatMap((latent) =>
    readsOf(latent).map((from): GraphEdge => {
      const pays = payers.get(latent.name)?.get(from);
      return { from, to: latent.name, ...(pays ? { term: pays.id } : {}) };
    }),
  );
  return { nodes: nodes(spec, edges), edges };
}

/** The first term that compresses what a code has of another variable, by the names of both. */
function payersOf(spec: Spec, terms: readonly Term[]): Map<string, Map<string, Term>> {
  const payers = new Map<string, Map<string, Term>>();
  for (const term of terms) {
    const payment = term.side === "compress" ? paymentOf(term, spec) : undefined;
    for (const code of payment?.codes ?? []) {
      const about = payers.get(code.name) ?? new Map<string, Term>();
      payers.set(code.name, about);
      for (const { name } of payment!.about) if (!about.has(name)) about.set(name, term);
    }
  }
  return payers;
}

export function decoderGraph(spec: Spec, terms: readonly Term[]): Graph {
  const edges = terms
    .filter(({ side }) => side === "keep")
    .flatMap((term): GraphEdge[] => {
      const decoding = decodingOf(term, spec);
      if (decoding) {
        return decoding.streams.flatMap((stream) =>
          decoding.read.map(({ name }) => ({ from: name, to: stream.name, term: term.id })),
        );
      }
      const pair = pairOf(term, spec);
      if (!pair) return [];
      return pair.first.flatMap((a) =>
        pair.second.map((b) => ({ from: a.name, to: b.name, term: term.id, symmetric: true })),
      );
    });
  return { nodes: nodes(spec, edges), edges };
}

/** Latents, and the streams that an edge touches. */
function nodes(spec: Spec, edges: readonly GraphEdge[]): GraphNode[] {
  const touched = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return [
    ...spec.streams
      .filter(({ name }) => touched.has(name))
      .map(({ name, role }): GraphNode => ({ name, kind: role === "target" ? "target" : "modality" })),
    ...spec.latents.map(({ name }): GraphNode => ({ name, kind: "latent" })),
  ];
}
