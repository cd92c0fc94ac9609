/** Where a command writes: its output, and whether colours may be used there. */

export interface Terminal {
  /** Results. */
  out(text: string): void;
  /** Messages and progress. */
  err(text: string): void;
  /** Whether `err` is a terminal that a progress line can be redrawn on. */
  interactive: boolean;
  /** Columns of a line, 80 where that is not known. */
  columns: number;
  style: Style;
}

type Paint = (text: string) => string;

/** Colours for a terminal; each leaves the text alone where there are none. */
export interface Style {
  bold: Paint;
  quiet: Paint;
  error: Paint;
  warning: Paint;
  good: Paint;
  accent: Paint;
}

const paint =
  (open: number, close: number, enabled: boolean): Paint =>
  (text) =>
    enabled ? `\u001b[${open}m${text}\u001b[${close}m` : text;

export function createStyle(enabled: boolean): Style {
  return {
    bold: paint(1, 22, enabled),
    quiet: paint(2, 22, enabled),
    error: paint(31, 39, enabled),
    warning: paint(33, 39, enabled),
    good: paint(32, 39, enabled),
    accent: paint(36, 39, enabled),
  };
}

/** The terminal of a process. Colours follow https://no-color.org. */
export function processTerminal(process: NodeJS.Process): Terminal {
  const { stdout, stderr, env } = process;
  const colours = stdout.isTTY && !env["NO_COLOR"] && env["TERM"] !== "dumb";
  return {
    out: (text) => void stdout.write(`${text}\n`),
    err: (text) => void stderr.write(text),
    interactive: stderr.isTTY && env["TERM"] !== "dumb",
    // Of one that is resized, what it is now.
    get columns() {
      return stdout.columns || stderr.columns || 80;
    },
    style: createStyle(colours),
  };
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;
// eslint-disable-next-line no-control-regex
const INVISIBLE = /\u001b\[\d+m|\p{Mn}/gu;

/** Columns that a text takes on a terminal. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text.replace(INVISIBLE, "")) columns += WIDE.test(character) ? 2 : 1;
  return columns;
}

/** As much of a text without colours as fits into these columns; `…` ends what is cut. */
export function truncated(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let [kept, width] = ["", 0];
  for (const character of text) {
    width += columnsOf(character);
    if (width > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Rows of cells as aligned columns, two spaces apart; columns named in `right` are aligned right. */
export function table(rows: readonly string[][], right: readonly number[] = []): string {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, i) =>
    Math.max(...rows.map((row) => columnsOf(row[i] ?? ""))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, i) => {
          const gap = " ".repeat(widths[i]! - columnsOf(cell));
          if (right.includes(i)) return gap + cell;
          return i === row.length - 1 ? cell : cell + gap;
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A paragraph broken at spaces, with lines indented. */
export function wrap(text: string, indent: string, width = 100): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && columnsOf(indent) + columnsOf(line) + 1 + columnsOf(word) > width) {
      lines.push(indent + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, indent + line].join("\n");
}
