/** How a completion item is matched with what is written, and with what is meant. */
import type { CompletionItem } from "vscode-languageserver/node";

/** An item as a part of the meant text. */
export interface Reading {
  /** Where that part ends. */
  end: number;
  /** Keys to accept it, to go to the places that are to be otherwise, to write those, and to leave it. */
  keys: number;
}

/** How well an item suits what is written: undefined where it is filtered out, larger for a better match. */
export function matchOf({ filterText, label }: CompletionItem, written: string): number | undefined {
  const text = filterText ?? label;
  if (written === "") return 0;
  if (text.startsWith(written)) return 3;
  const [small, wanted] = [text.toLowerCase(), written.toLowerCase()];
  if (small.startsWith(wanted)) return 2;
  // Otherwise its letters in order, the first of them at the start of a word.
  for (let start = 0; start < small.length; start++) {
    if (start > 0 && /[\p{L}\p{N}]/u.test(small[start - 1]!)) continue;
    let found = 0;
    for (let i = start; i < small.length && found < wanted.length; i++)
      if (small[i] === wanted[found]) found++;
      else if (i === start) break;
    if (found === wanted.length) return 1;
  }
  return undefined;
}

const place = /\$\{(\d+):([^}]*)\}|\$\{(\d+)\|([^,|]*)[^}]*\}|\$\{?(\d+)\}?/g;
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** The item as what is meant from `start` on, its places filled differently where needed; undefined where it is not. */
export function readingOf(item: CompletionItem, meant: string, start: number): Reading | undefined {
  const text = item.textEdit?.newText ?? item.insertText ?? item.label;
  const indentation = /^ */.exec(meant.slice(meant.lastIndexOf("\n", start - 1) + 1))![0];
  const snippet = text.replaceAll("\n", `\n${indentation}`);
  const plain = item.insertTextFormat !== 2;
  const defaults = new Map<number, string>();
  let pattern = "";
  let from = 0;
  for (const found of plain ? [] : snippet.matchAll(place)) {
    pattern += escaped(snippet.slice(from, found.index));
    from = found.index + found[0].length;
    const number = Number(found[1] ?? found[3] ?? found[5]);
    if (number === 0) continue;
    if (defaults.has(number)) pattern += `\\k<s${number}>`;
    else {
      const value = found[2] ?? found[4] ?? "";
      defaults.set(number, value);
      pattern += `(?<s${number}>${escaped(value)}|[^\\n]*?)`;
    }
  }
  pattern += escaped(snippet.slice(from));
  // What goes on as a word was not that word.
  const ends = /[\p{L}\p{N}_-]$/u.test(snippet) || snippet.endsWith("}") ? "(?![\\p{L}\\p{N}_\\-])" : "";
  const match = new RegExp(`${pattern}${ends}`, "uyd");
  match.lastIndex = start;
  const read = match.exec(meant);
  if (read === null) return undefined;
  return { end: match.lastIndex, keys: 1 + keysOfPlaces(read, defaults) };
}

function keysOfPlaces(read: RegExpExecArray, defaults: ReadonlyMap<number, string>): number {
  const places = [...defaults].sort(([a], [b]) => a - b);
  const value = (number: number): string => read.groups![`s${number}`]!;
  const last = places.findLastIndex(([number, usual]) => value(number) !== usual);
  if (places.length === 0) return 0;
  if (last < 0) return 1;
  const written = places.filter(([number, usual]) => value(number) !== usual);
  const letters = written.reduce((sum, [number]) => sum + Math.max(1, value(number).length), 0);
  const end = read.indices!.groups![`s${places[last]![0]}`]![1];
  const leaves = end === read.index + read[0].length ? 0 : 1;
  return last + letters + leaves;
}
