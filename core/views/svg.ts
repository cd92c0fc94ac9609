/** The encoder and decoder graphs as pictures: SVG text that takes its colours from where it stands. */
import type { Graph, GraphEdge, GraphNode } from "../theory/derivation/graph";

const COLUMN = 150;
const ROW = 58;
const MARGIN = 34;
const RADIUS = 19;
/** Width of a letter, on average. */
const LETTER = 7.4;

/** Half the width of a node: what its name takes, at least a circle's or a box's. */
const halfWidth = ({ name, kind }: GraphNode): number =>
  Math.max(kind === "latent" ? RADIUS : 24, LETTER * (name.length / 2) + 9);

interface Place {
  x: number;
  y: number;
  /** Half the width of its content. */
  half: number;
}

/**
 * One graph. Streams are boxes, codes are circles; an edge without a direction has no head.
 * @param title read out by a screen reader
 */
export function graphSvg(graph: Graph, title: string): string {
  const columns = layered(graph);
  const tallest = Math.max(1, ...columns.map((column) => column.length));
  const height = tallest * ROW + 2 * MARGIN - ROW + 8;
  const halves = columns.map((column) => Math.max(...column.map(halfWidth)));
  const left = Math.max(MARGIN + 14, (halves[0] ?? 0) + 8);
  // Columns of long names are further apart, so that between two there is always an edge to see.
  const xs = halves.reduce<number[]>(
    (all, half, c) => [...all, c === 0 ? left : all[c - 1]! + Math.max(COLUMN, halves[c - 1]! + half + 60)],
    [],
  );
  const width = (xs.at(-1) ?? left) + Math.max(MARGIN + 14, (halves.at(-1) ?? 0) + 8);
  const places = new Map<string, Place>();
  columns.forEach((column, c) =>
    column.forEach((node, r) => {
      const y = height / 2 + (r - (column.length - 1) / 2) * ROW;
      places.set(node.name, { x: xs[c]!, y, half: halfWidth(node) });
    }),
  );
  const edges = graph.edges.map((edge) => edgeSvg(edge, places)).join("");
  const nodes = graph.nodes.map((node) => nodeSvg(node, places.get(node.name)!)).join("");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `role="img" aria-label="${escaped(title)}" font-family="sans-serif" font-size="13">` +
    `<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">` +
    `<path d="M0 0 L8 4 L0 8 z" fill="currentColor"/></marker></defs>${edges}${nodes}</svg>`
  );
}

/** Nodes in columns: each to the right of all that point at it; edges without a direction do not count. */
function layered({ nodes, edges }: Graph): GraphNode[][] {
  const depth = new Map<string, number>();
  const directed = edges.filter(({ symmetric }) => symmetric !== true);
  const depthOf = (name: string, seen: readonly string[]): number => {
    const known = depth.get(name);
    if (known !== undefined) return known;
    // A circle is told elsewhere; here it must only not run forever.
    const before = directed.filter(({ from, to }) => to === name && !seen.includes(from));
    const own =
      before.length === 0 ? 0 : 1 + Math.max(...before.map(({ from }) => depthOf(from, [...seen, name])));
    depth.set(name, own);
    return own;
  };
  const columns: GraphNode[][] = [];
  for (const node of nodes) (columns[depthOf(node.name, [])] ??= []).push(node);
  return columns.filter((column) => column !== undefined);
}

function nodeSvg({ name, kind }: GraphNode, { x, y, half }: Place): string {
  const shape =
    kind === "latent"
      ? `<rect x="${x - half}" y="${y - RADIUS}" width="${2 * half}" height="${2 * RADIUS}" rx="${RADIUS}" fill="none" stroke="currentColor" stroke-width="1.5"/>`
      : `<rect x="${x - half}" y="${y - 16}" width="${2 * half}" height="32" rx="4" fill="currentColor" fill-opacity="0.1" stroke="currentColor"${kind === "target" ? ' stroke-dasharray="4 3"' : ""}/>`;
  return `${shape}<text x="${x}" y="${y + 4.5}" text-anchor="middle" fill="currentColor">${escaped(name)}</text>`;
}

function edgeSvg({ from, to, term, symmetric }: GraphEdge, places: ReadonlyMap<string, Place>): string {
  const [a, b] = [places.get(from), places.get(to)];
  if (a === undefined || b === undefined) return "";
  const paid = term === undefined ? ' stroke-dasharray="3 4"' : "";
  const label = term === undefined ? `${from} to ${to}: no term says so` : term;
  if (a.x === b.x) {
    // Two codes above each other: a line where they are neighbours, else an arc beside the column.
    const [top, bottom] = a.y < b.y ? [a, b] : [b, a];
    const [apart, bow] = [bottom.y - top.y, 26 + (bottom.y - top.y) / 6];
    const path =
      apart === ROW
        ? `M${top.x} ${top.y + RADIUS} V${bottom.y - RADIUS}`
        : `M${top.x - 12} ${top.y + 16} q${-bow} ${(apart - 32) / 2} 0 ${apart - 32}`;
    return `<path d="${path}" fill="none" stroke="currentColor" stroke-width="1.5"${paid}><title>${escaped(label)}</title></path>`;
  }
  const slope = Math.atan2(b.y - a.y, b.x - a.x);
  const [x1, y1] = [a.x + Math.cos(slope) * (a.half + 5), a.y + Math.sin(slope) * 20];
  const [x2, y2] = [b.x - Math.cos(slope) * (b.half + 5), b.y - Math.sin(slope) * 20];
  const head = symmetric === true ? "" : ' marker-end="url(#head)"';
  return `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="currentColor" stroke-width="1.5"${paid}${head}><title>${escaped(label)}</title></line>`;
}

/** A text within an SVG. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
