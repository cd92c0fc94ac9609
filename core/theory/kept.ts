/**
 * What an edit leaves as it was. A spec means what its text says and what the specs that it extends say: where all of
 * that is as it was, so is what was found, wherever it now is in the file.
 */
import { within, type Diagnostic, type Range } from "../language/diagnostic";
import type { SpecTree } from "../language/tree";
import type { AnalysedSpec } from "./analysed";
import type { Library } from "./resolution/library";

/** The value of a function, worked out when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** As it was first analysed, in whatever version. */
interface Entry {
  /** The spec and those of its file that it extends. */
  lineage: readonly SpecTree[];
  analysed: AnalysedSpec;
}

/** The analysed specs of one version of a text, by all that they depend on. */
export class Kept {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly library: Library) {}

  /** The analysis of a spec: from the version before where that has it, else made now. */
  take(tree: SpecTree, before: Kept | undefined, make: () => AnalysedSpec): AnalysedSpec {
    const known = this.textsOf(tree);
    if (known === undefined) return make();
    const { key, lineage } = known;
    const first = before?.entries.get(key);
    const entry = first ?? { lineage, analysed: make() };
    this.entries.set(key, entry);
    return first === undefined ? entry.analysed : moved(entry, lineage, make);
  }

  /**
   * The texts of a spec and of all it extends; undefined where one is not there, or not whole: how that is read may
   * hang on what is around it.
   */
  private textsOf(tree: SpecTree): { key: string; lineage: SpecTree[] } | undefined {
    const parts: string[] = [];
    const lineage: SpecTree[] = [];
    const passed = new Set<SpecTree>();
    for (let at: SpecTree = tree; ;) {
      const source = this.library.sourceOf(at);
      if (passed.has(at) || source?.syntax.some(({ range }) => within(range, at.range))) return undefined;
      passed.add(at);
      if (source === undefined) parts.push(`method ${at.name.text}`);
      else {
        const { start, end } = at.range;
        const own = source === this.library.own;
        if (own) lineage.push(at);
        // What is told of a spec of another file says its line.
        parts.push(
          `${own ? "" : start} ${source.location ?? ""}\n${at.doc ?? ""}\n${source.text.slice(start, end)}`,
        );
      }
      if (at.extension === undefined) return { key: parts.join("\n\0"), lineage };
      const base = this.library.baseOf(at);
      if (base === undefined) return undefined;
      at = base;
    }
  }
}

/** A spec's analysis where it now is; what has places in it, the findings aside, is made again when it is asked for. */
function moved(
  { lineage: from, analysed }: Entry,
  to: readonly SpecTree[],
  make: () => AnalysedSpec,
): AnalysedSpec {
  const shifts = from.map((tree, i) => to[i]!.range.start - tree.range.start);
  const stays = shifts.every((shift) => shift === 0);
  const whole = stays ? () => analysed : once(make);
  const place = (range: Range): Range => {
    const shift = shifts[from.findIndex((tree) => within(range, tree.range))] ?? shifts[0]!;
    return { start: range.start + shift, end: range.end + shift };
  };
  return {
    tree: to[0]!,
    get spec() {
      return whole().spec;
    },
    get derived() {
      return whole().derived;
    },
    get recognised() {
      return analysed.recognised;
    },
    diagnostics: stays
      ? analysed.diagnostics
      : analysed.diagnostics.map((found) => movedFinding(found, place)),
    valid: analysed.valid,
  };
}

const movedFinding = (found: Diagnostic, place: (range: Range) => Range): Diagnostic => ({
  ...found,
  range: place(found.range),
  ...(found.related === undefined
    ? {}
    : {
        related: found.related.map((other) =>
          other.location === undefined ? { ...other, range: place(other.range) } : other,
        ),
      }),
  ...(found.fixes === undefined
    ? {}
    : {
        fixes: found.fixes.map(({ title, edits }) => ({
          title,
          edits: edits.map(({ range, text }) => ({ range: place(range), text })),
        })),
      }),
});
