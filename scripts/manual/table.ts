/** The periodic table as a page. */
import { tableSummary } from "../../core/views/table";
import type { TableMethod } from "../../core/views/table-summary";
import { changesOf } from "../../core/theory/recognition/changes";
import { compare, distanceRange } from "../../core/theory/recognition/match";
import { methods as known, TOO_FAR } from "../../core/theory/recognition/recognise";
import { blocks, code, link, page, table } from "./markdown";

const summary = tableSummary();

export const tablePage = (): string =>
  page(
    "# The periodic table of losses",
    "Every method compresses some information and keeps other information. Rows show the compressed information, from nothing to the most finely divided; columns show the kept information. Both are computed from the loss. Your own spec has a cell too: `bottleneck table FILE` and the panel's page *Periodic table* show it there, with the methods that are one change away.",
    table(
      ["", ...summary.columns.map(({ title }) => `**${title}**`)],
      summary.rows.map((row) => [
        `**${row.title}**`,
        ...summary.columns.map((column) => cell(row.id, column.id)),
      ]),
    ),
    "An empty cell is a loss that none of these methods has. Your spec can be the first.",
    axis("## Rows: compressed information", summary.rows),
    axis("## Columns: kept information", summary.columns),
    neighbours(),
    blocks(
      "## Not in the table",
      "Methods of the same family that a spec cannot express.",
      table(
        ["Method", "Not in the table, because", "Source"],
        summary.outside.map(({ method, outside, source }) => [method, `${outside}.`, `${source}.`]),
      ),
    ),
    blocks(
      "## Another periodic table",
      'Alshammari, Hershey, Feldmann, Freeman, Hamilton 2025, "I-Con: A Unifying Framework for Representation Learning", ICLR, orders contrastive, clustering and dimension-reducing losses by the two distributions of neighbours that each compares. This one orders losses by the information that is compressed and kept: it has rates, decoders, private codes and targets, which I-Con has not, and none of its clusterings.',
    ),
    link("The manual", "README.md"),
  );

const cell = (row: string, column: string): string =>
  summary.methods
    .filter((method) => method.row === row && method.column === column)
    .map(methodLink)
    .join(", ");

const methodLink = ({ method, file }: TableMethod): string => link(method, `methods/${file}.md`);

const axis = (title: string, axes: typeof summary.rows): string =>
  blocks(
    title,
    axes
      .map(({ title: name, formula, doc }) => `- **${name}**${formula ? ` ${code(formula)}` : ""}: ${doc}`)
      .join("\n"),
  );

/** Pairs that one decision parts, each told once: from the older method. */
function neighbours(): string {
  const rows = summary.methods.flatMap((method, i) =>
    summary.methods.slice(i + 1).flatMap((other) => {
      const change = changeBetween(method.file, other.file);
      return change === undefined ? [] : [[methodLink(other), methodLink(method), change]];
    }),
  );
  return blocks(
    "## Neighbours",
    "Methods that differ by one decision.",
    table(["Method", "Is", "With one change"], rows),
  );
}

function changeBetween(file: string, other: string): string | undefined {
  const [from, to] = [file, other].map((name) => known().find(({ entry }) => entry.file === name)!.form);
  if (distanceRange(to!, from!).least >= TOO_FAR) return undefined;
  const comparison = compare(to!, from!, TOO_FAR);
  const changes = comparison && comparison.agreed.length > 0 ? changesOf(comparison.differences) : [];
  return changes.length === 1 ? changes[0] : undefined;
}
