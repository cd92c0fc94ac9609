/** A variant of a spec out of its statements, and what a spec inherits into it. */
import { within } from "../../language/diagnostic";
import { housePlace, wordOf } from "../../language/house-order";
import { printStatement } from "../../language/printer";
import { blocksOf, selected } from "./lines";
import type { Refactoring } from "./refactoring";

export const extractVariant: Refactoring = {
  kind: "refactor.extract",
  propose({ analysis, text, tree, range }) {
    const chosen = range.start < range.end ? selected(tree, range) : [];
    const blocks = blocksOf(text, tree);
    if (blocks === undefined || chosen.length === 0 || chosen.length === tree.statements.length)
      return undefined;
    const own = blocks.filter(({ statement }) => chosen.includes(statement));
    const taken = new Set(analysis.file.specs.map(({ name }) => name.text));
    let name = `${tree.name.text}Variant`;
    for (let i = 2; taken.has(name); i++) name = `${tree.name.text}Variant${i}`;
    const lines = own.map((block) => block.text);
    const end = { start: tree.range.end, end: tree.range.end };
    const header = `spec ${name} extends ${tree.name.text} {`;
    return {
      title: `Extract to \`spec ${name} extends ${tree.name.text}\``,
      edits: [
        ...own.map((block) => ({
          range: { start: block.range.start, end: block.range.end },
          text: "",
        })),
        { range: end, text: `\n\n${[header, ...lines, "}"].join("\n")}` },
      ],
      moved: [name, tree.name.text],
    };
  },
};

export const inlineExtends: Refactoring = {
  kind: "refactor.inline",
  propose({ analysis, tree, range }) {
    const { extension } = tree;
    if (extension === undefined || range.start > tree.body.start) return undefined;
    const body = analysis.library.bodies.get(tree)?.body;
    if (body === undefined) return undefined;
    const inherited = body.statements.filter((statement) => !within(statement.range, tree.body));
    // Paths of another file's data start there.
    if (inherited.some((statement) => statement.kind === "data" && statement.location !== undefined))
      return undefined;
    const rank = (statement: (typeof inherited)[number]): number => housePlace(wordOf(statement)).rank;
    const lines = inherited.sort((a, b) => rank(a) - rank(b)).map(printStatement);
    const at = tree.body.start + 1;
    return {
      title: `Write out what \`${extension.base.text}\` gives`,
      edits: [
        { range: { start: (tree.title ?? tree.name).range.end, end: extension.range.end }, text: "" },
        { range: { start: at, end: at }, text: lines.map((line) => `\n  ${line}`).join("") },
        ...tree.statements
          .filter(({ kind }) => kind === "drop")
          .map((statement) => ({ range: statement.range, text: "" })),
      ],
    };
  },
};
