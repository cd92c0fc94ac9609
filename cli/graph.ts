/** A graph of variables as text. */
import type { Graph } from "../core/theory/derivation/graph";

/** One line a child, its parents before it: `X, Y → Z`; an edge between two codes `Zx — Zy`. */
export function graphText(graph: Graph): string[] {
  const links = graph.edges.filter((edge) => edge.symmetric);
  const arrows = graph.edges.filter((edge) => !edge.symmetric);
  const children = [...new Set(arrows.map(({ to }) => to))];
  return [
    ...children.map((child) => {
      const parents = arrows.filter(({ to }) => to === child).map(({ from }) => from);
      return `${[...new Set(parents)].join(", ")} → ${child}`;
    }),
    ...links.map(({ from, to }) => `${from} — ${to}`),
  ];
}
