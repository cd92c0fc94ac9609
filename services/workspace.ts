/** The specs of a workspace as one text: which declarations are one thing under one name, and where it is used. */
import type { Declaration } from "../core/language/declaration";
import { symbolsOf } from "../core/language/symbols";
import type { SpecTree } from "../core/language/tree";
import type { Range } from "../core/language/diagnostic";
import { canonicalAddress } from "../core/language/uses";
import type { Document } from "./document";

/** Where a declaration is, the same from every document that knows of it. */
function keyOf({ analysis, uri }: Document, { spec, place, name }: Declaration): string {
  const { library } = analysis;
  const source = library.sourceOf(spec);
  if (source === undefined) return `method ${spec.name.text} ${name}`;
  return `${source === library.own ? canonicalAddress(uri) : source.location} ${place.start}`;
}

const isOfMethod = ({ analysis }: Document, { spec }: Declaration): boolean =>
  analysis.library.sourceOf(spec) === undefined;

/** The names in reach of a spec that is known to a document. */
function scopeOf({ analysis }: Document, spec: SpecTree): ReadonlyMap<string, Declaration> {
  const { file, library } = analysis;
  return symbolsOf({ ...file, specs: [spec] }, (_name, from) => library.baseOf(from)).specs[0]!.scope;
}

/** What a declaration replaces of the spec that its own extends. */
function replacedBy(document: Document, { spec, name, kind, renames }: Declaration): Declaration | undefined {
  const base = document.analysis.library.baseOf(spec);
  if (base === undefined || renames !== undefined || kind === "spec" || kind === "each" || kind === "decoder")
    return undefined;
  return scopeOf(document, base).get(name);
}

/**
 * The keys of a declaration with all that it replaces in what its spec extends, and all that replaces it in heirs: they
 * are one thing, since they replace each other by their name.
 */
export function oneThing(
  documents: readonly Document[],
  document: Document,
  declaration: Declaration,
): { keys: ReadonlySet<string>; ofMethod: boolean } {
  const keys = new Set([keyOf(document, declaration)]);
  let ofMethod = isOfMethod(document, declaration);
  const pairs = documents.flatMap((other) =>
    other.symbols.specs
      .flatMap(({ declarations }) => declarations)
      .filter(({ name }) => name === declaration.name)
      .flatMap((own) => {
        const replaced = replacedBy(other, own);
        return replaced
          ? [{ own: keyOf(other, own), base: keyOf(other, replaced), method: isOfMethod(other, replaced) }]
          : [];
      }),
  );
  for (let grew = true; grew;) {
    const before = keys.size;
    for (const { own, base, method } of pairs) {
      if (!keys.has(own) && !keys.has(base)) continue;
      keys.add(own).add(base);
      ofMethod ||= method;
    }
    grew = keys.size > before;
  }
  return { keys, ofMethod };
}

/** Places in a document's own text where one of these is declared, and where one is used. */
export function placesIn(
  document: Document,
  keys: ReadonlySet<string>,
): { declared: Declaration[]; used: Range[] } {
  const own = document.symbols.specs;
  const declared = own
    .flatMap(({ declaration, declarations }) => [declaration, ...declarations])
    .filter((each) => keys.has(keyOf(document, each)));
  const used = own
    .flatMap(({ references }) => references)
    .filter((each) => each.declaration && keys.has(keyOf(document, each.declaration)))
    .map(({ place }) => place);
  return { declared, used };
}
