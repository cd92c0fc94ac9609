/**
 * What an edit leaves as it was. A spec means what its text says and what the specs that it extends say: where all of
 * that is as it was, so is what was found, wherever it now is in the file.
 */
import { within, type Diagnostic, type Range } from "../language/diagnostic";
import { lazily, once } from "../language/lazily";
import type { SpecTree } from "../language/tree";
import type { AnalysedSpec } from "./analysed";
import type { Library } from "./resolution/library";

/** Stands for all that a spec depends on: the same in two versions where all of that is the same. */
type Identity = object;

/** A spec and those of its file that it extends, nearest first. */
interface Line {
  tree: SpecTree;
  base?: Line;
}

/** As it was first analysed, in whatever version. */
interface Entry {
  line: Line;
  analysed: AnalysedSpec;
}

/** Of one spec in one version; without an identity where what it depends on is not there, or not whole. */
interface Known {
  identity?: Identity;
  line?: Line;
}

/** The analysed specs of one version of a text, by all that they depend on. */
export class Kept {
  private readonly entries = new Map<Identity, Entry>();
  /** By the identity of the base, then by the spec's own text. */
  private readonly identities = new Map<Identity | undefined, Map<string, Identity>>();
  private readonly known = new Map<SpecTree, Known>();

  constructor(private readonly library: Library) {}

  /** The analysis of a spec: from the version before where that has it, else made now. */
  take(tree: SpecTree, before: Kept | undefined, make: () => AnalysedSpec): AnalysedSpec {
    const { identity, line } = this.knownOf(tree, before);
    if (identity === undefined || line === undefined) return make();
    const first = before?.entries.get(identity);
    const entry = first ?? { line, analysed: make() };
    this.entries.set(identity, entry);
    return first === undefined ? entry.analysed : moved(entry, line, make);
  }

  /** Bases first, each once: a chain of `extends` takes linear time. */
  private knownOf(tree: SpecTree, before: Kept | undefined): Known {
    for (const one of this.library.lineage(tree, (each) => this.known.has(each)).reverse())
      if (!this.known.has(one)) this.known.set(one, this.look(one, before));
    return this.known.get(tree)!;
  }

  private look(tree: SpecTree, before: Kept | undefined): Known {
    const source = this.library.sourceOf(tree);
    if (source?.syntax.some(({ range }) => within(range, tree.range))) return {};
    const base = this.library.baseOf(tree);
    const inherited = base && this.known.get(base);
    if (tree.extension !== undefined && inherited?.identity === undefined) return {};
    const own = source !== undefined && source === this.library.own;
    const identity = this.identityOf(this.textOf(tree), inherited?.identity, before);
    if (!own) return { identity, ...(inherited?.line ? { line: inherited.line } : {}) };
    return { identity, line: { tree, ...(inherited?.line ? { base: inherited.line } : {}) } };
  }

  private textOf(tree: SpecTree): string {
    const source = this.library.sourceOf(tree);
    if (source === undefined) return `method ${tree.name.text}`;
    const { start, end } = tree.range;
    // Messages about a spec of another file contain its line.
    const place = source === this.library.own ? "" : start;
    return `${place} ${source.location ?? ""}\n${tree.doc ?? ""}\n${source.text.slice(start, end)}`;
  }

  private identityOf(text: string, base: Identity | undefined, before: Kept | undefined): Identity {
    const same = this.identities.get(base) ?? new Map<string, Identity>();
    this.identities.set(base, same);
    const identity = same.get(text) ?? before?.identities.get(base)?.get(text) ?? {};
    same.set(text, identity);
    return identity;
  }
}

/** A spec's analysis where it now is; what has places in it, the findings aside, is made again when it is asked for. */
function moved({ line: from, analysed }: Entry, to: Line, make: () => AnalysedSpec): AnalysedSpec {
  const stays = isSame(from, to);
  const whole = stays ? () => analysed : once(make);
  const place = (range: Range): Range => {
    const shift = shiftOf(range, from, to);
    return { start: range.start + shift, end: range.end + shift };
  };
  const now = {
    tree: to.tree,
    unplaced: analysed.unplaced,
    diagnostics: stays
      ? analysed.diagnostics
      : analysed.diagnostics.map((found) => movedFinding(found, place)),
    valid: analysed.valid,
  };
  return lazily(now, {
    spec: () => whole().spec,
    derived: () => whole().derived,
    recognised: () => analysed.recognised,
  });
}

/** How far each of a line has moved, nearest first. */
function* shifts(from: Line, to: Line): Generator<{ range: Range; shift: number }> {
  for (let [a, b]: [Line | undefined, Line | undefined] = [from, to]; a && b; [a, b] = [a.base, b.base])
    yield { range: a.tree.range, shift: b.tree.range.start - a.tree.range.start };
}

/** Whether no spec of a line has moved. */
function isSame(from: Line, to: Line): boolean {
  for (const { shift } of shifts(from, to)) if (shift !== 0) return false;
  return true;
}

/** How far a place has moved: with the spec that it is in. */
function shiftOf(place: Range, from: Line, to: Line): number {
  for (const { range, shift } of shifts(from, to)) if (within(place, range)) return shift;
  return to.tree.range.start - from.tree.range.start;
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
