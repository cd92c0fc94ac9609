/** The streams between the columns. */
import type { SpecSummary, TermSummary } from "../../core/train/protocol";
import { sides } from "../../core/theory/sides";
import { readersOf } from "./boxes";
import { LINE, type Box, type CodeBox, type Ribbon } from "./drawing";
import { heightOf, termHeight, type Measures } from "./measures";
import type { Served } from "./served";

/** From each modality to each code that reads it. */
export function incoming(
  summary: SpecSummary,
  modalities: Box[],
  codes: CodeBox[],
  measures: Measures,
): Ribbon[] {
  const arrived = new Map<number, number>();
  return modalities.flatMap((box) => {
    let from = box.y + 4;
    return readersOf(summary, box.name).map((i): Ribbon => {
      const code = codes[i]!;
      const { from: inputs, deterministic } = summary.latents[i]!;
      const value = measures.rate(code.name);
      const height = value === undefined ? LINE : heightOf(value, measures);
      // A code inferred from several streams has one rate for all of them: each brings an equal, unnamed share.
      const part = height / inputs.filter((name) => modalities.some((other) => other.name === name)).length;
      const slot = arrived.get(i) ?? 0;
      arrived.set(i, slot + 1);
      const base = code.y + (code.height - height) / 2;
      const start = from;
      from += part;
      return {
        key: `${box.name}>${code.name}`,
        code: i,
        from: { x: box.x + box.width, y: start, height: part },
        to: { x: code.x, y: base + slot * part, height: part },
        unknown: value === undefined,
        title:
          value === undefined
            ? `${code.name} reads ${box.name}; ${deterministic ? "a deterministic code has no rate" : "its rate is not measured yet"}`
            : `${code.name} takes at most ${measures.show(value)} from ${inputs.join(" and ")}`,
      };
    });
  });
}

/** From each code to each term that reads it. */
export function outgoing(served: Served[], boxes: Box[], codes: CodeBox[], measures: Measures): Ribbon[] {
  return served.flatMap(({ terms }, g) => {
    const box = boxes[g]!;
    let to = box.y;
    return terms.flatMap((term) => {
      const value = measures.information(term);
      const height = termHeight(term, measures);
      const end = to;
      to += height;
      return [...term.left, ...term.right].flatMap((name): Ribbon[] => {
        const i = codes.findIndex((code) => code.name === name);
        const code = codes[i];
        if (code === undefined) return [];
        // A link cannot be drawn wider than the code it leaves.
        const start = Math.min(value === undefined ? LINE : height, code.height);
        return [
          {
            key: `${term.id}>${name}`,
            code: i,
            from: { x: code.x + code.width, y: code.y + (code.height - start) / 2, height: start },
            // Codes that share something arrive at the same place: their streams merge.
            to: { x: box.x, y: end, height: Math.max(LINE, height) },
            unknown: value === undefined,
            title:
              value === undefined
                ? `${term.text} by ${term.bound}: ${unread(term, measures)}`
                : `${term.text} by ${term.bound}: ${sides[term.boundSide].sign} ${measures.show(value)}`,
            term: term.id,
          },
        ];
      });
    });
  });
}

/** Why a term has no information to show. */
const unread = (term: TermSummary, { value }: Measures): string =>
  value(term) === undefined
    ? "not measured yet"
    : "its value is not information, or lacks an entropy that nobody knows";
