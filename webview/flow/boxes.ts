/** The three columns of boxes: modalities, codes, what they serve. */
import type { SpecSummary, TermSummary } from "../../core/train/protocol";
import { beyondText } from "../../core/train/measurements/tables";
import { sides } from "../../core/theory/sides";
import { ACTIVE_MEANING, activeText } from "../reading";
import { GAP, SMALLEST, TOP, type Box, type CodeBox } from "./drawing";
import type { Layout } from "./layout";
import { heightOf, sum, termHeight, type Measures } from "./measures";
import type { Served } from "./served";

/** Codes below one another, as tall as their rate, one segment a coordinate; and where the last one ends. */
export function codeBoxes(
  summary: SpecSummary,
  measures: Measures,
  layout: Layout,
): { codes: CodeBox[]; end: number } {
  let y = TOP;
  const codes = summary.latents.map((latent, code): CodeBox => {
    const rates = measures.rates(latent.name);
    const total = measures.rate(latent.name);
    const inner = heightOf(total, measures);
    const height = Math.max(SMALLEST, inner);
    let at = y + (height - (rates.length > 0 ? inner : 0)) / 2;
    const coordinates = [...rates]
      .sort((a, b) => b - a)
      .map((value) => {
        const segment = { y: at, height: Math.max(0, value * measures.scale) };
        at += segment.height;
        return segment;
      });
    const law = `${latent.law}(${latent.size})`;
    const box = {
      name: latent.name,
      x: layout.column.code,
      y,
      width: layout.box.code,
      height,
      code,
      title: latent.name,
      detail:
        total === undefined
          ? `${law}, ${latent.deterministic ? "no rate: its width is the bottleneck" : "not measured yet"}`
          : `\u2264 ${measures.show(total)}${latent.given ? ` ${beyondText(latent.given)}` : activeText(rates, latent.size)}`,
      coordinates,
      ...(total === undefined || rates.length !== latent.size ? {} : { meaning: `${ACTIVE_MEANING}.` }),
    };
    y += height + GAP + 18;
    return box;
  });
  return { codes, end: y - GAP - 6 };
}

/** The streams that a code reads, as tall as what leaves them. */
export function modalityBoxes(summary: SpecSummary, measures: Measures, layout: Layout, over: number): Box[] {
  const read = summary.streams.filter(({ name }) => readersOf(summary, name).length > 0);
  const heights = read.map(({ name }) =>
    Math.max(
      SMALLEST,
      sum(readersOf(summary, name).map((i) => heightOf(measures.rate(summary.latents[i]!.name), measures))) +
        8,
    ),
  );
  return stack(heights, over).map((top, i): Box => {
    const { name, kind, sizes } = read[i]!;
    return {
      name,
      x: layout.column.modality,
      y: top,
      width: layout.box.modality,
      height: heights[i]!,
      title: name,
      detail: `${kind}${sizes.length > 0 ? ` ${sizes.join("\u00d7")}` : ""}`,
    };
  });
}

/** What codes serve, as tall as the information that arrives there. */
export function servedBoxes(served: Served[], measures: Measures, layout: Layout, over: number): Box[] {
  const heights = served.map(({ terms }) =>
    Math.max(SMALLEST, sum(terms.map((term) => termHeight(term, measures)))),
  );
  return stack(heights, over).map((top, i): Box => {
    const { name, title, terms } = served[i]!;
    return {
      name,
      x: layout.column.served,
      y: top,
      width: layout.box.served,
      height: heights[i]!,
      title,
      detail: servedDetail(terms, measures),
      ...meaningOf(name, terms[0]!),
    };
  });
}

function servedDetail(terms: TermSummary[], { information, value, show }: Measures): string {
  if (!terms.some((term) => value(term) !== undefined)) return "";
  const total = show(sum(terms.map((term) => information(term) ?? value(term) ?? 0)));
  return terms.every((term) => information(term) !== undefined)
    ? `${sides[terms[0]!.boundSide].sign} ${total}`
    : `${unreadable(terms[0]!)} = ${total}`;
}

/** What the value of a term means that is not an amount of information. */
function meaningOf(name: string, { reads, bound }: TermSummary): Pick<Box, "meaning"> {
  if (reads === "proxy") return { meaning: `${bound} is a training signal: it is not information.` };
  if (reads !== "information minus entropy") return {};
  return {
    meaning: `log p is the log-likelihood of ${name} given the codes: their information about ${name} less the entropy of ${name}, so it can be negative. Higher is better.`,
  };
}

/** Indices of the codes that read a stream. */
export const readersOf = (summary: SpecSummary, stream: string): number[] =>
  summary.latents.flatMap((latent, i) => (latent.from.includes(stream) ? [i] : []));

/** What a value is called that is not information. */
const unreadable = (term: TermSummary): string => (term.reads === "proxy" ? term.bound : "log p");

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
