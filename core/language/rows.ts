/** Lines of a file before their columns are aligned; the printer and the formatter make them. */

/** One line, or one statement that was broken over several. */
export interface Row {
  indent: number;
  /** Rows of one group that follow each other without a blank line have their cells aligned. */
  group: string;
  /** The code, in columns. The last may hold line breaks. */
  cells: string[];
  /** A comment at the end of the line. */
  comment?: string;
  /** Comments are aligned within a scope, such as the body of one spec; without a scope they stand close. */
  scope?: number;
  /** Whether a blank line comes before. */
  blank: boolean;
}

/** Code longer than this does not push the comments of other lines to the right. */
const widestAligned = 90;

/** Comments start at multiples of this from their line's indent, so that an edit seldom moves them all. */
const commentStep = 8;

/** The text of each row, without its indent: cells aligned, comments in a column. */
export function alignRows(rows: readonly Row[]): string[] {
  const codes = alignCells(rows);
  const columns = new Map<number, number>();
  rows.forEach((row, i) => {
    const width = codes[i]?.length ?? 0;
    if (row.scope === undefined || !joinsColumn(row, codes[i] ?? "")) return;
    columns.set(row.scope, Math.max(columns.get(row.scope) ?? 0, width + 2));
  });
  return rows.map((row, i) => {
    const code = codes[i] ?? "";
    if (row.comment === undefined) return code;
    if (code === "") return row.comment;
    const column = row.scope === undefined ? undefined : columns.get(row.scope);
    if (column === undefined || !joinsColumn(row, code)) return `${code}  ${row.comment}`;
    return code.padEnd(Math.ceil(column / commentStep) * commentStep) + row.comment;
  });
}

function joinsColumn(row: Row, code: string): boolean {
  return row.comment !== undefined && code !== "" && code.length <= widestAligned && !code.includes("\n");
}

function alignCells(rows: readonly Row[]): string[] {
  const codes: string[] = [];
  for (let from = 0; from < rows.length;) {
    let to = from + 1;
    while (to < rows.length && rows[to]?.group === rows[from]?.group && !rows[to]?.blank) to++;
    const run = rows.slice(from, to);
    const widths: number[] = [];
    for (const { cells } of run) {
      cells.slice(0, -1).forEach((cell, c) => (widths[c] = Math.max(widths[c] ?? 0, cell.length)));
    }
    for (const { cells } of run) {
      const last = cells.length - 1;
      codes.push(cells.map((cell, c) => (c < last ? `${cell.padEnd(widths[c] ?? 0)} ` : cell)).join(""));
    }
    from = to;
  }
  return codes;
}

/** Rows as text, each line ended. */
export function renderRows(rows: readonly Row[]): string {
  const texts = alignRows(rows);
  return rows
    .map((row, i) => `${row.blank ? "\n" : ""}${`${" ".repeat(row.indent)}${texts[i] ?? ""}`.trimEnd()}\n`)
    .join("");
}
