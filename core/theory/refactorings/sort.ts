/** Statements into house order, with their comments. */
import { housePlace, wordOf } from "../../language/house-order";
import type { Statement } from "../../language/tree";
import { blocksOf, selected } from "./lines";
import type { Refactoring } from "./refactoring";

const rankOf = (statement: Statement): number => housePlace(wordOf(statement)).rank;
const paragraphOf = (statement: Statement): number => housePlace(wordOf(statement)).paragraph;

export const sort: Refactoring = {
  kind: "refactor.rewrite",
  propose({ text, tree, range }) {
    // At the header, or for several statements at once.
    if (range.start > tree.body.start && selected(tree, range).length < 2) return undefined;
    const blocks = blocksOf(text, tree);
    const [first, last] = [blocks?.[0], blocks?.at(-1)];
    if (blocks === undefined || first === undefined || last === undefined) return undefined;
    const sorted = [...blocks].sort((a, b) => rankOf(a.statement) - rankOf(b.statement));
    if (sorted.every((block, i) => block === blocks[i])) return undefined;
    const lines = sorted.map((block, i) => {
      const before = sorted[i - 1];
      const apart = before && paragraphOf(before.statement) !== paragraphOf(block.statement);
      return apart ? `\n${block.text}` : block.text;
    });
    const place = { start: first.range.start, end: last.range.end };
    return {
      title: "Sort statements into house order",
      edits: [{ range: place, text: lines.join("\n") }],
    };
  },
};
