/** `spec B extends A(X = photo)`: the statements of A, with those of B in their place. */
import { nearest } from "../../language/nearest";
import type { FileTree, Name, SpecTree, Statement, TermStatement, Unread } from "../../language/tree";
import { badExtension } from "../diagnostics/bad-extension";
import { fix } from "../diagnostics/rule";
import { expandEach } from "./each";
import { placedAt, renamed } from "./rewrite";
import type { Scope } from "./scope";
import { writtenTerm } from "./written";

export interface Body {
  statements: Statement[];
  unread: Unread[];
}

/**
 * The statements of a spec with all it extends, `each` written out and every term a statement of its own. Undefined
 * after telling that what it extends is not there.
 */
export function flatten(
  scope: Scope,
  tree: SpecTree,
  file: FileTree,
  lookup: (name: string) => SpecTree | undefined,
  path: readonly string[] = [],
): Body | undefined {
  const own = tree.statements.flatMap((statement) => expandEach(scope, statement)).flatMap(single);
  const { extension } = tree;
  if (extension === undefined) {
    return { statements: own.filter((statement) => keepUnlessDrop(scope, statement)), unread: tree.unread };
  }
  const { base } = extension;
  const name = base.text;
  if (name === tree.name.text || path.includes(name)) {
    return scope.tell(
      badExtension,
      base.range,
      `\`${tree.name.text}\` extends itself through \`${name}\`; extend another spec.`,
    );
  }
  const local = file.specs.find((spec) => spec !== tree && spec.name.text === name);
  const found = local ?? lookup(name);
  if (found === undefined) {
    const meant = nearest(
      name,
      file.specs.filter((spec) => spec !== tree).map((spec) => spec.name.text),
    );
    const guess = meant ? `; did you mean \`${meant}\`?` : ".";
    const used =
      file.uses.length > 0 ? " The file of a `use` is not opened yet: put the spec into this one." : "";
    const message = `No spec \`${name}\` stands in this file or in the catalogue${guess}${used}`;
    return scope.tell(
      badExtension,
      base.range,
      message,
      meant ? fix(`Change to \`${meant}\``, base.range, meant) : {},
    );
  }
  const before = scope.diagnostics.length;
  const inherited = flatten(scope, found, local ? file : { ...file, specs: [] }, lookup, [
    ...path,
    tree.name.text,
  ]);
  if (local === undefined) {
    // What is wrong in another text is told here only once, at the place that asks for it.
    const faults = scope.diagnostics.splice(before);
    if (faults.length > 0)
      scope.tell(badExtension, extension.range, `\`${name}\` cannot be extended: ${faults[0]!.message}`);
  }
  if (inherited === undefined) return undefined;
  const names = new Map(extension.renames.map(({ from, to }) => [from.text, to.text]));
  for (const { from } of extension.renames) {
    if (!inherited.statements.some((statement) => declaredName(statement)?.text === from.text)) {
      scope.tell(badExtension, from.range, `\`${name}\` declares no \`${from.text}\` to rename.`);
    }
  }
  const moved = local === undefined ? placedAt(inherited.statements, extension.range) : inherited.statements;
  return {
    statements: merge(scope, renamed(moved, names), own),
    unread: [...inherited.unread, ...tree.unread],
  };
}

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
