/** JSON lines: one object a line, one line a sample. */
import { whole, type DataReader } from "../reader";
import { columnOfValues, withVectors, type Column } from "./columns";
import { damaged, textIn, unsupported } from "./file";

const ENDING = /\.(jsonl|ndjson)(\.gz)?$/i;
/** Bytes of a file: its lines are kept as objects while it is read. */
const LARGEST = 256 * 1024 * 1024;

export const jsonl: DataReader = {
  id: "jsonl",
  title: "JSON lines (`.jsonl`)",
  doc: "Each key is a field of its name: numbers, lists of equally many numbers, classes, or sentences, whose words are numbered: small letters, the 999 most frequent words and one number for all others, the first 64 words of each.",
  limits: `One object a line, no objects within objects; UTF-8; ${LARGEST / 2 ** 20} MiB.`,
  example: {
    python: 'table.to_json("reviews.jsonl", orient="records", lines=True)',
    spec: [
      'data "reviews.jsonl" { seed = 1 }',
      "modality review : text(64, 1000)",
      "target stars : label(5)",
    ].join("\n"),
  },
  recognises: (first, uri) => ENDING.test(uri) && first.length > 0,
  async arrays(source) {
    const file = await whole(source);
    if (file.bytes.length > LARGEST)
      throw unsupported(
        file,
        `it has ${Math.round(file.bytes.length / 2 ** 20)} MiB, and JSON lines are read up to ${LARGEST / 2 ** 20} MiB`,
        "Save fewer lines.",
      );
    const lines = textIn(file).split(/\r?\n/);
    const samples = lines.flatMap((line, i): Record<string, unknown>[] => {
      if (line.trim() === "") return [];
      const value = parsed(line);
      if (typeof value === "object" && value !== null && !Array.isArray(value))
        return [value as Record<string, unknown>];
      throw damaged(file, `line ${i + 1} is not an object of JSON`);
    });
    const names = new Set(samples.flatMap((sample) => Object.keys(sample)));
    return withVectors(
      new Map(
        [...names].map((name): [string, Column] => [
          name,
          columnOfValues(samples.map((sample) => (Object.hasOwn(sample, name) ? sample[name] : undefined))),
        ]),
      ),
    );
  },
};

/** What Python writes that JSON does not have, and whole numbers that JavaScript would round; texts first, to pass over them. */
const OTHERS = /"(?:[^"\\]|\\.)*"|(?<![\w.+-])-?(?:NaN|Infinity|\d{16,})(?![\w.])/g;
/** Begins a text that is a whole number. */
const WHOLE = "\u0000whole ";

function parsed(line: string): unknown {
  try {
    if (!/NaN|Infinity|\d{16}/.test(line)) return JSON.parse(line);
    return JSON.parse(line.replace(OTHERS, written), (_, value: unknown) =>
      typeof value === "string" && value.startsWith(WHOLE) ? BigInt(value.slice(WHOLE.length)) : value,
    );
  } catch {
    return undefined;
  }
}

function written(found: string): string {
  if (found.startsWith('"')) return found;
  if (found === "NaN") return "null";
  if (found.endsWith("Infinity")) return found.replace("Infinity", "1e999");
  return Number.isSafeInteger(Number(found)) ? found : JSON.stringify(WHOLE + found);
}
