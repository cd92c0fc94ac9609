/**
 * Who is named where: the declarations of each spec and every use of a name, so that definition, references, rename and
 * highlighting are look-ups. Whether a use makes sense is the theory's matter.
 */
import type { Declaration, DeclarationKind, Reference, ReferenceRole } from "./declaration";
import type { Range } from "./diagnostic";
import { lazily, once, remembered } from "./lazily";
import { Namer } from "./references";
import type { FileTree, Name, SpecTree, Statement } from "./tree";

export interface SpecSymbols {
  spec: SpecTree;
  /** The spec itself. */
  declaration: Declaration;
  /** What its statements and renames declare, in order, duplicates included. */
  readonly declarations: Declaration[];
  readonly references: Reference[];
  /** Every name in reach of its statements, inherited ones included, `each` variables aside. */
  readonly scope: ReadonlyMap<string, Declaration>;
}

export interface FileSymbols {
  specs: SpecSymbols[];
}

/** Finds a spec of another file, or of the catalogue, by its name behind the `extends` of `from`. */
type FindSpec = (name: string, from: SpecTree) => SpecTree | undefined;

/** The symbols of a file. `find` is asked for the bases of `extends` that the file does not hold. */
export function symbolsOf(tree: FileTree, find: FindSpec = () => undefined): FileSymbols {
  const own = new Map<string, SpecTree>();
  for (const spec of tree.specs) if (!own.has(spec.name.text)) own.set(spec.name.text, spec);
  const here = new Set(tree.specs);
  const findBase: FindSpec = (name, from) => (here.has(from) ? own.get(name) : undefined) ?? find(name, from);
  const scopes = new Map<SpecTree, ReadonlyMap<string, Declaration>>();
  return { specs: tree.specs.map((spec) => lazySymbols(spec, findBase, scopes)) };
}

type Scopes = Map<SpecTree, ReadonlyMap<string, Declaration>>;

/** The symbols of a spec, found when they are asked for: what is in sight needs those of few specs. */
function lazySymbols(spec: SpecTree, find: FindSpec, scopes: Scopes): SpecSymbols {
  const found = once(() => (spec.extension ? namesOf(spec, find, scopes) : namesAlone(spec)));
  return lazily(
    { spec, declaration: specDeclaration(spec) },
    {
      declarations: () => found().declarations,
      references: () => found().references,
      scope: () => found().scope,
    },
  );
}

type Names = Pick<SpecSymbols, "declarations" | "references" | "scope">;

/** The names of a spec that extends none hang on nothing else, so an edit to another spec leaves them as they are. */
const namesAlone = remembered((spec: SpecTree) => namesOf(spec, () => undefined, new Map()));

function namesOf(spec: SpecTree, find: FindSpec, scopes: Scopes): Names {
  const scope = scopeOf(spec, find, scopes);
  const declarations = [...renamedOf(spec, find, scopes), ...declaredBy(spec)];
  const references: Reference[] = [];
  if (spec.extension) {
    const { base, renames } = spec.extension;
    const baseSpec = find(base.text, spec);
    references.push(reference(base, "base", baseSpec && specDeclaration(baseSpec)));
    const inherited = baseSpec && baseSpec !== spec ? scopeOf(baseSpec, find, scopes) : undefined;
    for (const { from } of renames) references.push(reference(from, "renamed", inherited?.get(from.text)));
  }
  const namer = new Namer(spec, scope);
  for (const statement of spec.statements) namer.visit(statement);
  references.push(...namer.references);
  declarations.push(...namer.declarations);
  return { declarations, references, scope };
}

const specDeclaration = (spec: SpecTree): Declaration => ({
  name: spec.name.text,
  kind: "spec",
  place: spec.name.range,
  spec,
});

function reference(name: Name, role: ReferenceRole, declaration: Declaration | undefined): Reference {
  return { name: name.text, role, place: name.range, ...(declaration ? { declaration } : {}) };
}

/** Names in reach of a spec's statements: its own, renamed ones, and those it inherits. */
function scopeOf(spec: SpecTree, find: FindSpec, scopes: Scopes): ReadonlyMap<string, Declaration> {
  const path: SpecTree[] = [];
  for (let at: SpecTree | undefined = spec; at !== undefined && !scopes.has(at);) {
    path.push(at);
    scopes.set(at, new Map());
    at = at.extension && find(at.extension.base.text, at);
  }
  // Bases first: a chain of `extends` may be longer than the stack is deep.
  for (const one of path.reverse()) scopes.set(one, madeScope(one, find, scopes));
  return scopes.get(spec)!;
}

function madeScope(spec: SpecTree, find: FindSpec, scopes: Scopes): ReadonlyMap<string, Declaration> {
  const scope = new Map<string, Declaration>();
  const add = (declaration: Declaration): void => {
    if (!scope.has(declaration.name)) scope.set(declaration.name, declaration);
  };
  declaredBy(spec).forEach(add);
  renamedOf(spec, find, scopes).forEach(add);
  const base = spec.extension && find(spec.extension.base.text, spec);
  if (base) {
    const renamed = new Set(spec.extension?.renames.map(({ from }) => from.text));
    for (const declaration of scopeOf(base, find, scopes).values()) {
      if (!renamed.has(declaration.name)) add(declaration);
    }
  }
  return scope;
}

/** What the names given in `extends A(X = photo)` stand for; those of an unknown base are left out. */
function renamedOf(spec: SpecTree, find: FindSpec, scopes: Scopes): Declaration[] {
  const base = spec.extension && find(spec.extension.base.text, spec);
  if (!base || !spec.extension) return [];
  const inherited = scopeOf(base, find, scopes);
  return spec.extension.renames.flatMap(({ from, to }) => {
    const renames = inherited.get(from.text);
    return renames ? [{ name: to.text, kind: renames.kind, place: to.range, spec, renames }] : [];
  });
}

/** What the statements of a spec declare for all its statements. */
function declaredBy(spec: SpecTree): Declaration[] {
  return spec.statements.flatMap((statement) => {
    const declared = declaredName(statement);
    return declared
      ? [{ name: declared[0].text, kind: declared[1], place: declared[0].range, spec, statement }]
      : [];
  });
}

function declaredName(statement: Statement): [Name, DeclarationKind] | undefined {
  switch (statement.kind) {
    case "stream":
    case "latent":
    case "knob":
      return [statement.name, statement.kind];
    case "term":
      return statement.label && [statement.label, "label"];
    case "each":
      return declaredName(statement.body);
    default:
      return undefined;
  }
}

// --- Questions -----------------------------------------------------------------------------------------------------

/** The declaration whose name, or a use of whose name, stands at `offset`; with the place of that name. */
export function declarationAt(
  symbols: FileSymbols,
  offset: number,
): { declaration: Declaration; place: Range } | undefined {
  for (const { spec, declaration, declarations, references } of symbols.specs) {
    if (!touches(spec.range, offset)) continue;
    const own = touches(declaration.place, offset)
      ? declaration
      : declarations.find(({ place }) => touches(place, offset));
    if (own !== undefined) return { declaration: own, place: own.place };
    for (const used of references) {
      if (used.declaration && touches(used.place, offset))
        return { declaration: used.declaration, place: used.place };
    }
  }
  return undefined;
}

/** Places of all uses of a declaration in the file, in the order of the text; its own place not among them. */
export function usesOf(symbols: FileSymbols, declaration: Declaration): Range[] {
  const same = (other: Declaration | undefined): boolean =>
    other !== undefined && other.spec === declaration.spec && other.place.start === declaration.place.start;
  return symbols.specs
    .flatMap(({ references }) => references.filter((used) => same(used.declaration)))
    .map(({ place }) => place)
    .sort((a, b) => a.start - b.start);
}

const touches = ({ start, end }: Range, offset: number): boolean => start <= offset && offset <= end;
