import { tableSummary } from "../../core/views/table";
import { neighboursOf, type TableMethod, type TableSummary } from "../../core/views/table-summary";
import { exitCodes, oneFile, type Command } from "../command";
import { chooseSpecs, readSource, showDiagnostics } from "../source";
import { columnsOf, table, wrap, type Style, type Terminal } from "../terminal";

export const tableOfLosses: Command = {
  name: "table",
  operands: "[FILE]",
  doc: "Prints the periodic table of losses. Rows show the compressed information, columns the kept information. With a file, marks the cells of its specs and the methods that differ by one change.",
  options: {
    spec: { type: "string", value: "NAME", doc: "only this spec; default all specs of the file" },
    json: { type: "boolean", doc: "print the table as JSON, with the loss and spec of each method" },
  },
  async run(operands, options, terminal) {
    const summaries: TableSummary[] = [];
    let failed = false;
    if (operands.length === 0) summaries.push(tableSummary());
    else {
      const source = await readSource(oneFile(operands));
      showDiagnostics(
        source.analysis.diagnostics.filter(({ severity }) => severity === "error"),
        source,
        terminal,
      );
      for (const { valid, derived, recognised } of chooseSpecs(
        source,
        options["spec"] as string | undefined,
      )) {
        if (valid && derived !== undefined) summaries.push(tableSummary({ derived, recognised }));
        else failed = true;
      }
    }
    if (options["json"]) terminal.out(JSON.stringify(summaries, undefined, 2));
    else summaries.forEach((summary, i) => show(summary, i > 0, terminal));
    return failed ? exitCodes.failed : exitCodes.ok;
  },
};

/** Widths in columns of the terminal: a table of seven columns of methods fits 100. */
const HEAD = 22;
const CELL = 11;

/** Stands for the file's spec among the symbols. */
const OWN = "◆";

function show(summary: TableSummary, apart: boolean, { out, style }: Terminal): void {
  const { methods, own, outside } = summary;
  const near = new Set(own ? neighboursOf(summary).map(({ file }) => file) : []);
  if (apart) out("");
  if (own === undefined) out(style.bold("The periodic table of losses"));
  else out(`${style.bold(own.name)} ${OWN}${own.recognised === "" ? "" : `  ${own.recognised}`}`);
  out(style.quiet("Rows: compressed information. Columns: kept information."));
  out("");
  out(grid(summary, near, style));
  if (own) showOwn(summary, { out, style });
  out(`\n${style.bold("Methods")}`);
  out(table(legend(methods, near, style)));
  const names = outside.map(({ method }) => method).join(", ");
  out(`\n${wrap(`Not in the table, because a spec cannot express them: ${names}.`, "")}`);
}

/** The symbols of every cell; more than fit in a line of it go on in the next. */
function grid(
  { rows, columns, methods, own }: TableSummary,
  near: ReadonlySet<string>,
  style: Style,
): string {
  const lines: string[][] = inLines([
    "",
    ...columns.map(({ title }) => wrap(title, "", CELL - 1).split("\n")),
  ]);
  for (const row of rows) {
    const cells = columns.map((column) => {
      const symbols = methods
        .filter((method) => method.row === row.id && method.column === column.id)
        .map(({ symbol, file }) => (near.has(file) ? style.accent(style.bold(symbol)) : symbol));
      if (own?.row === row.id && own.column === column.id) symbols.unshift(style.good(OWN));
      return symbols.length === 0 ? [style.quiet("·")] : wrap(symbols.join(" "), "", CELL - 1).split("\n");
    });
    lines.push(...inLines([row.title, ...cells]));
  }
  return lines
    .map((cells) =>
      cells
        .map((cell, i) => padded(cell, i === 0 ? HEAD : CELL))
        .join("")
        .trimEnd(),
    )
    .join("\n");
}

/** Cells of several lines as that many lines of cells. */
function inLines(cells: readonly (string | string[])[]): string[][] {
  const tall = cells.map((cell) => (typeof cell === "string" ? [cell] : cell));
  const height = Math.max(...tall.map((cell) => cell.length));
  return Array.from({ length: height }, (_, i) => tall.map((cell) => cell[i] ?? ""));
}

const padded = (text: string, width: number): string =>
  text + " ".repeat(Math.max(0, width - columnsOf(text)));

function showOwn(summary: TableSummary, { out, style }: Pick<Terminal, "out" | "style">): void {
  const { own, rows, columns } = summary;
  const title = (axes: TableSummary["rows"], id: string): string =>
    axes.find((axis) => axis.id === id)!.title.toLowerCase();
  const { name, row, column } = own!;
  out(`\n${style.bold(`Where ${name} stands`)}`);
  out(`  Compresses: ${title(rows, row)}. Keeps: ${title(columns, column)}.`);
  const near = neighboursOf(summary).map(({ symbol, method, changes }) => [
    `  ${style.accent(symbol)}`,
    method,
    changes.length === 0 ? "the same" : changes.join(", "),
  ]);
  out(`\n${style.bold("Neighbours")}  ${style.quiet(`how ${name} differs from each`)}`);
  out(near.length > 0 ? table(near) : "  no method differs by only one change");
}

/** Every method by its symbol, two a line. */
function legend(methods: readonly TableMethod[], near: ReadonlySet<string>, style: Style): string[][] {
  const cells = methods.map(({ symbol, method, year, file }) => [
    `  ${near.has(file) ? style.accent(symbol) : style.bold(symbol)}`,
    year === undefined ? "" : style.quiet(String(year)),
    method,
  ]);
  const half = Math.ceil(cells.length / 2);
  return cells.slice(0, half).map((cell, i) => [...cell, ...(cells[half + i] ?? [])]);
}
