/**
 * Which spec a name after `extends` means: one of its own file, else of the files that this one uses, else of the
 * catalogue. Names reach no further than one `use`: what a used file uses is known there, not here.
 */
import { methodNames, methodTree } from "../../catalogue/index";
import type { Diagnostic } from "../../language/diagnostic";
import { parse } from "../../language/parser";
import type { Parse } from "../../language/sections";
import type { Extension, FileTree, SpecTree, Statement, Unread, UseStatement } from "../../language/tree";
import { canonicalAddress, usedAddress, type Origin } from "../../language/uses";

/** A file whose specs can be extended. */
export interface Source {
  /** Its address; none for a text that stands in no file. */
  location?: string;
  text: string;
  file: FileTree;
  /** Its specs by name, in the order of the text; a repeated name has several. */
  named: ReadonlyMap<string, readonly SpecTree[]>;
  syntax: readonly Diagnostic[];
  parsed: Parse;
}

/** A spec's statements with those of all it extends, `each` written out and every term a statement of its own. */
export interface Body {
  statements: Statement[];
  unread: Unread[];
}

/** What putting a body together found; without a body where what the spec extends is not there. */
interface Flattened {
  body?: Body;
  diagnostics: readonly Diagnostic[];
}

/** The meaning of a name. */
export type Found =
  /** `use`: what it was found by; absent in the same file and in the catalogue, where `source` is absent too. */
  | { kind: "spec"; tree: SpecTree; source?: Source; use?: UseStatement }
  /** Several used files have it. */
  | { kind: "several"; uses: UseStatement[] }
  /** Nothing has it, and a used file that might could not be read. */
  | { kind: "unread"; use: UseStatement; problem: string }
  /** A used file that might have it has not been read yet. */
  | { kind: "waiting" }
  | { kind: "none"; names: string[] };

export class Library {
  readonly own: Source;
  /** Errors of specs of other files, once they were looked for. */
  readonly errors = new Map<SpecTree, readonly Diagnostic[]>();
  /** The statements of specs with all they extend, once they were put together. */
  readonly bodies = new Map<SpecTree, Flattened>();
  private readonly opened = new Map<string, Source>();
  private readonly homes = new Map<SpecTree, Source>();
  private readonly bases = new Map<SpecTree, Found>();
  private readonly circles = new Map<SpecTree, boolean>();

  /**
   * @param origin where the text stands; without it no `use` is opened
   * @param before the library of the text before an edit
   */
  constructor(
    text: string,
    readonly origin?: Origin,
    before?: Library,
  ) {
    this.own = this.enter(text, origin && canonicalAddress(origin.location), before?.own.parsed);
  }

  private enter(text: string, location?: string, before?: Parse): Source {
    const parsed = parse(text, before);
    const { tree: file, diagnostics: syntax } = parsed;
    const named = new Map<string, SpecTree[]>();
    for (const spec of file.specs) {
      const same = named.get(spec.name.text);
      if (same) same.push(spec);
      else named.set(spec.name.text, [spec]);
    }
    const source: Source = {
      text,
      file,
      named,
      syntax,
      parsed,
      ...(location === undefined ? {} : { location }),
    };
    for (const spec of file.specs) this.homes.set(spec, source);
    if (location !== undefined) this.opened.set(location, source);
    return source;
  }

  /** The file that a spec stands in; undefined for methods of the catalogue. */
  sourceOf(spec: SpecTree): Source | undefined {
    return this.homes.get(spec);
  }

  /** The file at an address, once a `use` has opened it. */
  at(location: string): Source | undefined {
    return this.opened.get(location);
  }

  /** What a `use` of a file opens, or why nothing; undefined while it has not been read. */
  behind({ path }: UseStatement, source: Source): Source | { problem: string } | undefined {
    const named = usedAddress(path.value, source.location);
    if ("problem" in named) return named;
    const { address } = named;
    const known = this.opened.get(address);
    if (known !== undefined) return known;
    const { uses = {} } = this.origin ?? {};
    const used = Object.hasOwn(uses, address) ? uses[address] : undefined;
    return used && "text" in used ? this.enter(used.text, address) : used;
  }

  /** What the name after the `extends` of a spec stands for; looked for once. */
  find(from: SpecTree, { base }: Extension): Found {
    const known = this.bases.get(from);
    if (known !== undefined) return known;
    const found = this.look(base.text, from);
    this.bases.set(from, found);
    return found;
  }

  /** The same for a name whose `extends` is still being written, so that the spec has no extension yet. */
  look(name: string, from: SpecTree): Found {
    const method = (): Found | undefined => {
      const tree = methodTree(name);
      return tree && { kind: "spec", tree };
    };
    const source = this.sourceOf(from);
    if (source === undefined) return method() ?? { kind: "none", names: [] };
    const inFile = ({ named }: Source): SpecTree | undefined =>
      named.get(name)?.find((spec) => spec !== from);
    const local = inFile(source);
    if (local !== undefined) return { kind: "spec", tree: local, source };

    const { uses } = source.file;
    const files = uses.map((use) => ({ use, file: this.behind(use, source) }));
    if (files.some(({ file }) => file === undefined)) return { kind: "waiting" };
    const present = files.flatMap(({ use, file }) => (file && "file" in file ? [{ use, source: file }] : []));
    const found = present.flatMap(({ use, source: other }) => {
      const tree = inFile(other);
      return tree ? [{ use, source: other, tree }] : [];
    });
    const [first] = found;
    if (first !== undefined) {
      const others = found.filter(({ tree }) => tree !== first.tree);
      return others.length > 0
        ? { kind: "several", uses: [first, ...others].map(({ use }) => use) }
        : { kind: "spec", ...first };
    }
    const unread = files.flatMap(({ use, file }) => (file && "problem" in file ? [{ use, ...file }] : []))[0];
    return (
      method() ??
      (unread
        ? { kind: "unread", ...unread }
        : {
            kind: "none",
            names: [...namesOf([source, ...present.map((one) => one.source)], from), ...methodNames()],
          })
    );
  }

  /** The spec that a spec extends, where it is there. */
  baseOf(spec: SpecTree): SpecTree | undefined {
    const found = spec.extension && this.find(spec, spec.extension);
    return found?.kind === "spec" ? found.tree : undefined;
  }

  /**
   * A spec, then what it extends, then what that extends, up to the first that is `known` or comes again. Walked instead
   * of recursed into: a chain may be longer than the stack is deep.
   */
  lineage(spec: SpecTree, known: (tree: SpecTree) => boolean): SpecTree[] {
    const passed = new Set<SpecTree>();
    for (let at: SpecTree | undefined = spec; at !== undefined && !passed.has(at); at = this.baseOf(at)) {
      passed.add(at);
      if (known(at)) break;
    }
    return [...passed];
  }

  /** Whether a spec extends itself in the end. */
  isCircular(spec: SpecTree): boolean {
    const path = this.lineage(spec, (tree) => this.circles.has(tree));
    const end = path.at(-1)!;
    const back = this.circles.has(end) ? undefined : this.baseOf(end);
    const from = back === undefined ? path.length : path.indexOf(back);
    path.forEach((tree, i) => {
      if (!this.circles.has(tree)) this.circles.set(tree, i >= from);
    });
    return this.circles.get(spec)!;
  }

  /** Every spec of the used files of the own one, with the `use` that it is known by. */
  usedSpecs(): { tree: SpecTree; use: UseStatement }[] {
    return this.own.file.uses.flatMap((use) => {
      const file = this.behind(use, this.own);
      return file && "file" in file && file !== this.own
        ? file.file.specs.map((tree) => ({ tree, use }))
        : [];
    });
  }
}

const namesOf = (sources: readonly Source[], from: SpecTree): string[] =>
  sources.flatMap(({ file }) => file.specs.filter((spec) => spec !== from).map(({ name }) => name.text));
