/** Names in Python. */
import { pythonKeywords } from "../../theory/python";

const RESERVED = new Set([...pythonKeywords, "torch", "nn", "math", "self"]);

/** Whether Python, or every exported file, has another use for the name. */
export const isReserved = (name: string): boolean => RESERVED.has(name);

/** `logVariance_Zx` as `log_variance_zx`; a valid name that is no keyword. */
export function pythonName(text: string): string {
  const snake = text
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .toLowerCase();
  const named = /^[a-z]/.test(snake) ? snake : `x_${snake}`;
  return RESERVED.has(named) ? `${named}_` : named;
}

/** Gives each text a name of its own: `rate`, then `rate_2`. */
export class Names {
  private readonly taken = new Set<string>();

  /** @param hidden names that stay what they are elsewhere: what is called so here gets a `_`, as keywords do */
  constructor(
    taken: Iterable<string> = [],
    private readonly hidden: ReadonlySet<string> = new Set(),
  ) {
    for (const name of taken) this.taken.add(name);
  }

  /** A name like `text` that nothing else has yet. */
  fresh(text: string): string {
    const plain = pythonName(text);
    const base = this.hidden.has(plain) ? `${plain}_` : plain;
    let name = base;
    for (let i = 2; this.taken.has(name); i++) name = `${base}_${i}`;
    this.taken.add(name);
    return name;
  }
}

/** A string literal. */
export const pythonString = (text: string): string => JSON.stringify(text);

/** A number literal; the constant of Gaussian densities by its formula. */
export function pythonNumber(value: number): string {
  if (value === Math.log(2 * Math.PI)) return "math.log(2 * math.pi)";
  if (value === Math.LN2) return "math.log(2)";
  if (!Number.isFinite(value)) return value > 0 ? "math.inf" : value < 0 ? "-math.inf" : "math.nan";
  return String(value);
}

/** Longest line of an exported file. */
export const WIDTH = 110;

/** `head` entries `tail` on one line, or a line an entry where they are too long for one. */
export function wrapped(head: string, entries: readonly string[], tail: string): string[] {
  const line = `${head}${entries.join(", ")}${tail}`;
  if (entries.length === 0 || line.length + 8 <= WIDTH) return [line];
  return [head, ...entries.map((entry) => `    ${entry},`), tail];
}

/** A sentence in lines that fit. */
export function filled(text: string, indent = 8): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH - indent)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
