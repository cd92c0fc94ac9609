/** `spec B extends A(X = photo)`: the statements of A, with those of B in their place. */
import type { Diagnostic } from "../../language/diagnostic";
import { nearest } from "../../language/nearest";
import type { Extension, Name, SpecTree, Statement, TermStatement, Unread } from "../../language/tree";
import { badExtension } from "../diagnostics/bad-extension";
import { fix } from "../diagnostics/rule";
import { unreadMessage, unreadUse } from "../diagnostics/unread-use";
import type { Found, Library } from "../library";
import { expandEach } from "./each";
import { placedAt, renamed } from "./rewrite";
import type { Scope } from "./scope";
import { writtenTerm } from "./written";

export interface Body {
  statements: Statement[];
  unread: Unread[];
}

/** What the steps of an extension ask of the files around a spec. */
export interface Surroundings {
  library: Library;
  /** Errors of a spec of another file, as that file has them. */
  errorsOf(tree: SpecTree): readonly Diagnostic[];
}

/**
 * The statements of a spec with all it extends, `each` written out and every term a statement of its own. Undefined
 * where what it extends is not there: told, unless its file has not been read yet.
 */
export function flatten(scope: Scope, tree: SpecTree, around: Surroundings): Body | undefined {
  const own = tree.statements.flatMap((statement) => expandEach(scope, statement)).flatMap(single);
  const { extension } = tree;
  if (extension === undefined) {
    return { statements: own.filter((statement) => keepUnlessDrop(scope, statement)), unread: tree.unread };
  }
  const found = baseOf(scope, tree, extension, around);
  const inherited = found && flatten(scope, found.tree, around);
  if (found === undefined || inherited === undefined) return undefined;
  const names = new Map(extension.renames.map(({ from, to }) => [from.text, to.text]));
  for (const { from } of extension.renames) {
    if (!inherited.statements.some((statement) => declaredName(statement)?.text === from.text)) {
      scope.tell(
        badExtension,
        from.range,
        `\`${extension.base.text}\` declares no \`${from.text}\` to rename.`,
      );
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
    unread: [...inherited.unread, ...tree.unread],
  };
}

/** A stream of inherited data that gets another name goes on reading the field of its first one. */
function withField(statement: Statement, names: ReadonlyMap<string, string>): Statement {
  if (statement.kind !== "stream" || statement.derived || statement.field) return statement;
  const { text, range } = statement.name;
  return names.has(text) ? { ...statement, field: { kind: "string", value: text, range } } : statement;
}

/** The spec behind `extends`; undefined after telling what is wrong with it. */
function baseOf(
  scope: Scope,
  tree: SpecTree,
  { base, range }: Extension,
  { library, errorsOf }: Surroundings,
): Extract<Found, { kind: "spec" }> | undefined {
  const name = base.text;
  if (name === tree.name.text) return tellCircle(scope, tree, base);
  const found = library.find(name, tree);
  switch (found.kind) {
    case "waiting":
      return undefined;
    case "unread":
      return scope.tell(unreadUse, found.use.path.range, unreadMessage(found.use.path.value, found.problem));
    case "several": {
      const files = found.uses.map(({ path }) => `"${path.value}"`).join(" and ");
      const message = `${files} each have a spec \`${name}\`; rename one of them, or use one file alone.`;
      return scope.tell(badExtension, base.range, message);
    }
    case "none":
      return tellMissing(scope, tree, base, found.names, library);
    case "spec":
      break;
  }
  if (library.leadsTo(found.tree, tree)) return tellCircle(scope, tree, base);
  const { use, source } = found;
  const errors = use === undefined ? [] : errorsOf(found.tree);
  const [first] = errors;
  if (use === undefined || source === undefined || first === undefined) return found;
  // What is wrong in another text is told here once, and mended there.
  const count = errors.length === 1 ? "an error" : `${errors.length} errors, the first`;
  const line = source.text.slice(0, first.range.start).split(/\r\n|\r|\n/).length;
  const message = `\`${name}\` of "${use.path.value}" has ${count} in its line ${line}: ${first.message}`;
  const related = errors.map((error) => ({
    message: error.message,
    range: error.range,
    ...(source.location === undefined ? {} : { location: source.location }),
  }));
  return scope.tell(badExtension, range, message, { related });
}

function tellCircle(scope: Scope, tree: SpecTree, base: Name): undefined {
  const message = `\`${tree.name.text}\` extends itself through \`${base.text}\`; extend another spec.`;
  return scope.tell(badExtension, base.range, message);
}

function tellMissing(
  scope: Scope,
  tree: SpecTree,
  base: Name,
  names: readonly string[],
  library: Library,
): undefined {
  const meant = nearest(base.text, names);
  const guess = meant ? `; did you mean \`${meant}\`?` : ".";
  const used = library.sourceOf(tree)?.file.uses.map(({ path }) => `"${path.value}"`) ?? [];
  const places = ["this file", ...used];
  const message = `No spec \`${base.text}\` stands in ${places.join(", in ")} or in the catalogue${guess}`;
  const mended = meant ? fix(`Change to \`${meant}\``, base.range, meant) : {};
  return scope.tell(badExtension, base.range, message, mended);
}

/** A statement of another file; one of data remembers where its paths start. */
const withLocation = (statement: Statement, location: string | undefined): Statement =>
  statement.kind === "data" && location !== undefined ? { location, ...statement } : statement;

function keepUnlessDrop(scope: Scope, statement: Statement): boolean {
  if (statement.kind !== "drop") return true;
  const message = "`drop` takes something out of the spec that this one extends; this spec extends none.";
  scope.tell(badExtension, statement.range, message, fix("Remove the line", statement.range, ""));
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
        scope.tell(
          badExtension,
          statement.name.range,
          `There is no declaration or term \`${name}\` to drop.`,
        );
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
