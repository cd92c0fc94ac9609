/**
 * The flow of information as a drawing: modalities on the left, codes in the middle, what they serve on the right.
 * A stream is as wide as the information it carries, where that is known; a thin line where it is not.
 */
import type { SpecSummary, TermSummary } from "../core/train/protocol";
import { RELATION, usedText } from "./reading";

export interface Box {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Index of the code whose accent it wears. */
  code?: number;
  title: string;
  detail: string;
}

export interface Ribbon {
  key: string;
  /** Index of the code whose accent it wears; absent for what joins several. */
  code?: number;
  from: { x: number; y: number; height: number };
  to: { x: number; y: number; height: number };
  /** Carries no number: drawn as a line. */
  unknown: boolean;
  title: string;
  /** Term behind it, to show in the text. */
  term?: string;
}

export interface FlowDrawing {
  width: number;
  height: number;
  modalities: Box[];
  codes: (Box & { coordinates: { y: number; height: number }[] })[];
  served: Box[];
  ribbons: Ribbon[];
  /** Where each modality lets go of what no code holds. */
  stubs: { x: number; y: number; name: string }[];
}

/** What the drawing shows, in nats: eased by the view, so it is apart from the summary. */
export interface FlowNumbers {
  /** Rates of each coordinate by latent. */
  rates: Record<string, number[]>;
  /** Held-out or last value of each term by id. */
  terms: Record<string, number>;
}

export const WIDTH = 720;
const COLUMN = { modality: 24, code: 300, served: 560 };
const BOX = { modality: 104, code: 96, served: 136 };
const TALLEST = 150;
const SMALLEST = 26;
const GAP = 30;
const LINE = 2;
const TOP = 26;

const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);

/** What a value is called that is not information. */
const unreadable = (term: TermSummary): string => (term.reads === "proxy" ? term.bound : "log p");

/** What a group of keep terms serves: a decoder of a stream, or the link between codes. */
interface Served {
  name: string;
  title: string;
  terms: TermSummary[];
}

function servedBy(summary: SpecSummary): Served[] {
  const codes = new Set(summary.latents.map((latent) => latent.name));
  const groups = new Map<string, Served>();
  for (const term of summary.terms.filter((each) => each.side === "keep")) {
    const streams = [...term.left, ...term.right].filter((name) => !codes.has(name));
    const name = streams.length > 0 ? streams.join(", ") : [...term.left, ...term.right].join(" \u2194 ");
    const target = summary.streams.find((stream) => stream.name === streams[0])?.role === "target";
    const title = streams.length === 0 ? `shared: ${name}` : target ? `predict ${name}` : `rebuild ${name}`;
    const group = groups.get(title) ?? { name, title, terms: [] };
    group.terms.push(term);
    groups.set(title, group);
  }
  return [...groups.values()];
}

/**
 * Lays the drawing out.
 * @param numbers in nats; a code without a rate (deterministic) has no entry
 * @param show how a number of nats is written
 */
export function flowOf(
  summary: SpecSummary,
  numbers: FlowNumbers,
  show: (nats: number) => string,
): FlowDrawing {
  const codeNames = summary.latents.map((latent) => latent.name);
  const rate = (name: string): number | undefined => {
    const rates = numbers.rates[name];
    return rates === undefined || rates.length === 0 ? undefined : sum(rates);
  };
  const most = Math.max(1, ...codeNames.map((name) => rate(name) ?? 0));
  const scale = TALLEST / most;
  const heightOf = (nats: number | undefined): number =>
    nats === undefined ? SMALLEST : Math.max(LINE, nats * scale);

  /** Before the first numbers nothing is known of a code but its law. */
  const begun = [numbers.rates, numbers.terms].some((known) => Object.keys(known).length > 0);

  // Codes: as tall as their rate, one segment a coordinate.
  let y = TOP;
  const codes = summary.latents.map((latent, code) => {
    const rates = numbers.rates[latent.name] ?? [];
    const inner = heightOf(rate(latent.name));
    const height = Math.max(SMALLEST, inner);
    let at = y + (height - (rates.length > 0 ? inner : 0)) / 2;
    const coordinates = [...rates]
      .sort((a, b) => b - a)
      .map((value) => {
        const segment = { y: at, height: Math.max(0, value * scale) };
        at += segment.height;
        return segment;
      });
    const total = rate(latent.name);
    const box = {
      name: latent.name,
      x: COLUMN.code,
      y,
      width: BOX.code,
      height,
      code,
      title: latent.name,
      detail:
        total === undefined
          ? `${latent.law}(${latent.size})${begun ? ", no rate: its width is the bottleneck" : ""}`
          : `\u2264 ${show(total)}${usedText(rates, latent.size)}`,
      coordinates,
    };
    y += height + GAP + 18;
    return box;
  });
  const codesHeight = y - GAP - 6;

  // Modalities: as tall as what leaves them.
  const modalities = summary.streams.filter((stream) =>
    summary.latents.some((latent) => latent.from.includes(stream.name)),
  );
  const leaving = (name: string): number[] =>
    summary.latents.flatMap((latent, i) => (latent.from.includes(name) ? [i] : []));
  const modalityHeights = modalities.map((stream) =>
    Math.max(SMALLEST, sum(leaving(stream.name).map((i) => heightOf(rate(codeNames[i]!)))) + 8),
  );
  const modalityBoxes = stack(modalityHeights, codesHeight).map((top, i): Box => {
    const stream = modalities[i]!;
    return {
      name: stream.name,
      x: COLUMN.modality,
      y: top,
      width: BOX.modality,
      height: modalityHeights[i]!,
      title: stream.name,
      detail: `${stream.kind}${stream.sizes.length > 0 ? ` ${stream.sizes.join("\u00d7")}` : ""}`,
    };
  });

  // Served: information where the term reads as information, a line where only a likelihood is known.
  const served = servedBy(summary);
  const known = (term: TermSummary): number | undefined => {
    const value = numbers.terms[term.id];
    if (value === undefined) return undefined;
    if (term.reads === "information") return Math.max(0, value);
    // The entropy of a label is known: with it a likelihood reads as information.
    return term.entropy?.nats === undefined ? undefined : Math.max(0, value + term.entropy.nats);
  };
  const servedHeights = served.map((group) =>
    Math.max(
      SMALLEST,
      sum(group.terms.map((term) => (known(term) === undefined ? LINE * 4 : known(term)! * scale))),
    ),
  );
  const servedBoxes = stack(servedHeights, codesHeight).map((top, i): Box => {
    const group = served[i]!;
    const started = group.terms.some((term) => numbers.terms[term.id] !== undefined);
    const informative = group.terms.every((term) => known(term) !== undefined);
    const value = sum(group.terms.map((term) => known(term) ?? numbers.terms[term.id] ?? 0));
    const sign = RELATION[group.terms[0]!.boundSide].sign;
    return {
      name: group.name,
      x: COLUMN.served,
      y: top,
      width: BOX.served,
      height: servedHeights[i]!,
      title: group.title,
      detail: !started
        ? ""
        : informative
          ? `${sign} ${show(value)}`
          : `${unreadable(group.terms[0]!)} = ${show(value)}`,
    };
  });

  const ribbons: Ribbon[] = [];
  const arriving = new Map<number, number>();
  modalityBoxes.forEach((box) => {
    let from = box.y + 4;
    for (const i of leaving(box.name)) {
      const code = codes[i]!;
      const value = rate(code.name);
      const height = value === undefined ? LINE : heightOf(value);
      const inputs = summary.latents[i]!.from.filter((name) =>
        modalities.some((stream) => stream.name === name),
      ).length;
      const slot = arriving.get(i) ?? 0;
      arriving.set(i, slot + 1);
      // A code inferred from several streams has one rate for all of them: each brings an equal, unnamed share.
      const part = height / inputs;
      const base = code.y + (code.height - height) / 2;
      ribbons.push({
        key: `${box.name}>${code.name}`,
        code: i,
        from: { x: box.x + box.width, y: from, height: part },
        to: { x: code.x, y: base + slot * part, height: part },
        unknown: value === undefined,
        title:
          value === undefined
            ? `${code.name} reads ${box.name}; a deterministic code has no rate`
            : `${code.name} takes at most ${show(value)} from ${summary.latents[i]!.from.join(" and ")}`,
      });
      from += part;
    }
  });
  served.forEach((group, g) => {
    const box = servedBoxes[g]!;
    let to = box.y;
    for (const term of group.terms) {
      const readers = [...term.left, ...term.right].filter((name) => codeNames.includes(name));
      const value = known(term);
      const height = value === undefined ? LINE * 4 : value * scale;
      readers.forEach((name) => {
        const i = codeNames.indexOf(name);
        const code = codes[i]!;
        // A link cannot be drawn wider than the code it leaves.
        const start = Math.min(value === undefined ? LINE : height, code.height);
        ribbons.push({
          key: `${term.id}>${name}`,
          code: i,
          from: { x: code.x + code.width, y: code.y + (code.height - start) / 2, height: start },
          // Codes that share something arrive at the same place: their streams merge.
          to: { x: box.x, y: to, height: Math.max(LINE, height) },
          unknown: value === undefined,
          title:
            value === undefined
              ? `${term.text} by ${term.bound}: its value is not information, or lacks an entropy that nobody knows`
              : `${term.text} by ${term.bound}: ${RELATION[term.boundSide].sign} ${show(value)}`,
          term: term.id,
        });
      });
      to += height;
    }
  });

  const bottom = Math.max(
    ...[...codes, ...modalityBoxes, ...servedBoxes].map((box) => box.y + box.height),
    codesHeight - 12,
  );
  return {
    width: WIDTH,
    height: bottom + 44,
    modalities: modalityBoxes,
    codes,
    served: servedBoxes,
    ribbons,
    stubs: modalityBoxes.map((box) => ({ x: box.x + box.width / 2, y: box.y + box.height, name: box.name })),
  };
}

/** Tops of boxes of these heights, spread evenly over the height of the middle column. */
function stack(heights: number[], over: number): number[] {
  const free = Math.max((GAP + 18) * heights.length, over - TOP - sum(heights));
  const gap = free / heights.length;
  let y = TOP + gap / 2 - GAP / 4;
  return heights.map((height) => {
    const top = y;
    y += height + gap;
    return top;
  });
}
