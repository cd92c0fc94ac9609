/** `spec B extends A(X = photo)`: the statements of A, with those of B in their place. */
import type { Diagnostic } from "../../language/diagnostic";
import type { Extension, Name, SpecTree, Statement, TermStatement, Unread } from "../../language/tree";
import { badExtension } from "../faults/bad-extension";
import { unreadUse } from "../faults/unread-use";
import type { Body, Found, Library } from "./library";
import { expandEach } from "./each";
import { placedAt, renamed } from "./rewrite";
import { Scope } from "./scope";
import { writtenTerm } from "./written";

/** What the steps of an extension ask of the files around a spec. */
interface Surroundings {
  library: Library;
  /** Errors of a spec of another file, as that file has them. */
  errorsOf(tree: SpecTree): readonly Diagnostic[];
}

/**
 * The statements of a spec with all it extends. Undefined where what it extends is not there: told, unless its file has
 * not been read yet. Each spec is put together once, bases first, so a chain of `extends` takes linear time.
 */
export function flatten(scope: Scope, tree: SpecTree, around: Surroundings): Body | undefined {
  const { bodies } = around.library;
  for (const one of around.library.lineage(tree, (each) => bodies.has(each)).reverse()) {
    if (bodies.has(one)) continue;
    const inner = new Scope();
    const body = flattened(inner, one, around);
    bodies.set(one, { ...(body ? { body } : {}), diagnostics: inner.diagnostics });
  }
  const { body, diagnostics } = bodies.get(tree)!;
  for (const found of diagnostics) scope.report(found);
  return body;
}

function flattened(scope: Scope, tree: SpecTree, around: Surroundings): Body | undefined {
  const written = tree.statements.map((statement) => ({ statement, copies: expandEach(scope, statement) }));
  const own = written.flatMap(({ copies }) => copies).flatMap(single);
  const refused = written
    .filter(({ copies }) => copies.length === 0)
    .map(({ statement }) => unread(statement));
  const unreadHere = [...tree.unread, ...refused];
  const { extension } = tree;
  if (extension === undefined) {
    return { statements: own.filter((statement) => keepUnlessDrop(scope, statement)), unread: unreadHere };
  }
  const found = baseOf(scope, tree, extension, around);
  const inherited = found && flatten(scope, found.tree, around);
  if (found === undefined || inherited === undefined) return undefined;
  const names = new Map(extension.renames.map(({ from, to }) => [from.text, to.text]));
  for (const { from } of extension.renames) {
    if (!inherited.statements.some((statement) => declaredName(statement)?.text === from.text)) {
      scope.report(badExtension.rename(from.range, extension.base.text, from.text));
    }
  }
  const sameText = found.source !== undefined && found.use === undefined;
  const moved = sameText
    ? inherited.statements
    : placedAt(inherited.statements, extension.range).map((statement) =>
        withLocation(statement, found.source?.location),
      );
  const hasData = (statements: readonly Statement[]) => statements.some(({ kind }) => kind === "data");
  const bound = hasData(moved) && !hasData(own) ? moved.map((each) => withField(each, names)) : moved;
  return {
    statements: merge(scope, renamed(bound, names), own),
    unread: [...inherited.unread, ...unreadHere],
  };
}

/** An `each` that was refused: what it would have declared is not known. */
function unread(statement: Statement): Unread {
  const { kind, range } = statement;
  if (kind === "each") return { ...unread(statement.body), range };
  return { word: kind === "stream" ? statement.role : kind, range };
}

/** A stream of inherited data that gets another name goes on reading the field of its first one. */
function withField(statement: Statement, names: ReadonlyMap<string, string>): Statement {
  if (statement.kind !== "stream" || statement.derived || statement.field) return statement;
  const { text, range } = statement.name;
  return names.has(text) ? { ...statement, field: { kind: "string", value: text, range } } : statement;
}

/** The spec after `extends`; undefined after reporting what is wrong with it. */
function baseOf(
  scope: Scope,
  tree: SpecTree,
  extension: Extension,
  { library, errorsOf }: Surroundings,
): Extract<Found, { kind: "spec" }> | undefined {
  const { base, range } = extension;
  const name = base.text;
  const clause = { start: (tree.title ?? tree.name).range.end, end: range.end };
  if (name === tree.name.text)
    return scope.report(badExtension.circle(base.range, tree.name.text, name, clause));
  const found = library.find(tree, extension);
  switch (found.kind) {
    case "waiting":
      return undefined;
    case "unread":
      return scope.report(unreadUse.at(found.use, found.problem));
    case "several": {
      const files = found.uses.map(({ path }) => path.value);
      return scope.report(badExtension.several(base.range, name, files));
    }
    case "none": {
      const files = library.sourceOf(tree)?.file.uses.map(({ path }) => path.value) ?? [];
      return scope.report(badExtension.missing(base.range, name, files, found.names));
    }
    case "spec":
      break;
  }
  if (library.isCircular(tree))
    return scope.report(badExtension.circle(base.range, tree.name.text, name, clause));
  const { use, source } = found;
  const errors = use === undefined ? [] : errorsOf(found.tree);
  const [first] = errors;
  if (use === undefined || source === undefined || first === undefined) return found;
  // The errors of another text are reported here once, and fixed there.
  const line = source.text.slice(0, first.range.start).split(/\r\n|\r|\n/).length;
  const { location } = source;
  const other = { path: use.path.value, line, errors, ...(location === undefined ? {} : { location }) };
  return scope.report(badExtension.broken(range, name, other));
}

/** A statement of another file; one of data remembers where its paths start. */
const withLocation = (statement: Statement, location: string | undefined): Statement =>
  statement.kind === "data" && location !== undefined ? { location, ...statement } : statement;

function keepUnlessDrop(scope: Scope, statement: Statement): boolean {
  if (statement.kind !== "drop") return true;
  scope.report(badExtension.dropAlone(statement.range));
  return false;
}

/** Own statements replace inherited ones that say the same; the others follow them. */
function merge(scope: Scope, inherited: readonly Statement[], own: readonly Statement[]): Statement[] {
  const result = [...inherited];
  const replaced = new Set<Statement>();
  for (const statement of own) {
    if (statement.kind === "drop") {
      const name = statement.name.text;
      const kept = result
        .filter((other) => declaredName(other)?.text !== name && labelOf(other) !== name)
        .flatMap((other) => (inherited.includes(other) ? withoutWants(other, name) : [other]));
      if (kept.length === result.length) {
        scope.report(badExtension.drop(statement.name.range, name, statement.range));
      }
      result.splice(0, result.length, ...kept);
      continue;
    }
    const key = identity(statement);
    const at =
      key === undefined ? -1 : result.findIndex((other) => !replaced.has(other) && identity(other) === key);
    if (at >= 0 && inherited.includes(result[at]!)) result[at] = statement;
    else result.push(statement);
    replaced.add(statement);
  }
  return result;
}

/** A statement less the wants that speak of a name; nothing when it wanted nothing else. */
function withoutWants(statement: Statement, name: string): Statement[] {
  if (statement.kind !== "want") return [statement];
  const wants = statement.wants.filter((want) => [...want.of, ...want.in].every(({ text }) => text !== name));
  return wants.length > 0 ? [{ ...statement, wants }] : [];
}

/** What a statement declares, where it declares something. */
export function declaredName(statement: Statement): Name | undefined {
  return statement.kind === "stream" || statement.kind === "latent" || statement.kind === "knob"
    ? statement.name
    : undefined;
}

const labelOf = (statement: Statement): string | undefined =>
  statement.kind === "term" ? statement.label?.text : undefined;

/** Statements of equal identity replace each other. */
function identity(statement: Statement): string | undefined {
  const declared = declaredName(statement);
  if (declared) return `name ${declared.text}`;
  switch (statement.kind) {
    case "prior":
    case "anneal":
    case "missing":
      return `${statement.kind} ${statement.name.text}`;
    case "network":
      return `network ${statement.role} ${statement.names.map(({ text }) => text).join(" ")}`;
    case "data":
    case "train":
      return statement.kind;
    case "term":
      return `${statement.side} ${statement.label?.text ?? writtenTerm(statement.terms[0]!)}`;
    default:
      return undefined;
  }
}

/** A statement of several terms as statements of one; each keeps its own place. */
function single(statement: Statement): Statement[] {
  if (statement.kind !== "term" || statement.terms.length < 2) return [statement];
  return statement.terms.map((term, i): TermStatement => ({
    ...statement,
    terms: [term],
    range: partOfSum(statement.terms, i),
  }));
}

/** A term of a sum with the sign that joins it to its neighbour. */
function partOfSum(terms: TermStatement["terms"], i: number): { start: number; end: number } {
  const { range } = terms[i]!;
  const next = terms[i + 1];
  if (i === 0 && next) return { start: range.start, end: next.range.start };
  return { start: terms[i - 1]?.range.end ?? range.start, end: range.end };
}
