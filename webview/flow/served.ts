/** What the codes serve: the terms of the keep side in groups, each group one box. */
import type { SpecSummary, TermSummary } from "../../core/train/protocol";

/** What a group of keep terms serves: a decoder of a stream, or the link between codes. */
export interface Served {
  name: string;
  title: string;
  terms: TermSummary[];
}

/** Groups of terms in the order of the text. */
export function servedBy(summary: SpecSummary): Served[] {
  const codes = new Set(summary.latents.map((latent) => latent.name));
  const groups = new Map<string, Served>();
  for (const term of summary.terms.filter((each) => each.side === "keep")) {
    const streams = [...term.left, ...term.right].filter((name) => !codes.has(name));
    const name = streams.length > 0 ? streams.join(", ") : [...term.left, ...term.right].join(" \u2194 ");
    const target = summary.streams.find((stream) => stream.name === streams[0])?.role === "target";
    const title =
      streams.length === 0 ? `shared: ${name}` : target ? `predict ${name}` : `reconstruct ${name}`;
    const group = groups.get(title) ?? { name, title, terms: [] };
    group.terms.push(term);
    groups.set(title, group);
  }
  return [...groups.values()];
}
