/** Every word of a file with the part it plays: what hovers, colours, references and renames are made from. */
import type { Range } from "../core/language/diagnostic";
import { remembered } from "../core/language/lazily";
import { tokensNear, type Parse } from "../core/language/sections";
import { entryOf, type Category } from "../core/language/vocabulary";
import type {
  Argument,
  BoundClause,
  Call,
  InformationTerm,
  Name,
  Setting,
  SpecTree,
  Statement,
  Unread,
  Value,
  Variable,
  WeightedTerm,
} from "../core/language/tree";
import { holds, overlaps, touches, type Document } from "./document";

/**
 * A category of the vocabulary, or: `name`, chosen by whoever wrote the spec; `field`, of the data; `spec`, of a spec or
 * a method; the parts of a bound; the value of a setting.
 */
export type Role =
  Category | "name" | "field" | "spec" | "bound" | "boundOption" | "boundValue" | "flag" | "settingValue";

export interface Word {
  range: Range;
  text: string;
  role: Role;
  /** True where a name or a spec is declared. */
  declares: boolean;
  spec?: SpecTree;
  statement?: Statement;
  /** The weighted term that contains it. */
  term?: WeightedTerm;
  /** What it belongs to: the bound of an option, the block of a setting. */
  of?: string;
}

type Place = Pick<Word, "spec" | "statement" | "term" | "of">;
type Note = (name: Name, role: Role, place: Place, declares?: boolean) => void;

/**
 * The words of a document in the order of the text; words inside strings and comments are none.
 * @param within where to look, everywhere where absent: the words of specs that it touches, and others in it
 */
export function wordsOf(document: Document, within: Range = document.analysis.file.range): Word[] {
  const specs = document.analysis.file.specs.filter(({ range }) => overlaps(range, within));
  const words = specs.flatMap((spec) => wordsIn(spec)(document.parsed));
  for (const { kind, start, end, text } of tokensNear(document.parsed, within)) {
    if (kind !== "word" || specs.some(({ range }) => range.start <= start && end <= range.end)) continue;
    const range = { start, end };
    if (!overlaps(range, within)) continue;
    words.push({ range, text, role: roleOfKeyword(text, range, undefined, undefined), declares: false });
  }
  return words.sort((a, b) => a.range.start - b.range.start);
}

/** The words of a spec, which an edit below it leaves where they were. */
const wordsIn = remembered((spec: SpecTree) => {
  let words: Word[] | undefined;
  return (parsed: Parse): readonly Word[] => (words ??= noteWords(spec, parsed));
});

function noteWords(spec: SpecTree, parsed: Parse): Word[] {
  const found = new Map<number, Word>();
  noteSpec(spec, ({ range, text }, role, place, declares = false) => {
    found.set(range.start, { range, text, role, declares, ...place });
  });
  noteKeywords(spec, parsed, found);
  return [...found.values()];
}

/** The word that a cursor touches. */
export const wordAt = (document: Document, offset: number): Word | undefined =>
  wordsOf(document, { start: offset, end: offset }).findLast(({ range }) => touches(range, offset));

/** What no node of the tree has claimed is a word of the grammar, or belongs to a statement that could not be read. */
function noteKeywords(spec: SpecTree, parsed: Parse, found: Map<number, Word>): void {
  // A name of two words, such as `one-way`, is one word here.
  let claimed = 0;
  for (const { kind, start, end, text } of tokensNear(parsed, spec.range)) {
    claimed = Math.max(claimed, found.get(start)?.range.end ?? 0);
    const range = { start, end };
    if (kind !== "word" || start < claimed || !holds(spec.range, range)) continue;
    const broken = spec.unread.find((part) => holds(part.range, range));
    const statement = broken ? undefined : statementAt(spec.statements, start);
    const role = broken ? roleInBroken(broken, range) : roleOfKeyword(text, range, spec, statement);
    const term =
      statement?.kind === "term" ? statement.terms.find((one) => holds(one.range, range)) : undefined;
    found.set(start, {
      range,
      text,
      role,
      declares: false,
      spec,
      ...(statement === undefined ? {} : { statement }),
      ...(term === undefined ? {} : { term }),
    });
  }
}

const roleInBroken = (broken: Unread, range: Range): Role =>
  broken.word !== undefined && broken.range.start === range.start ? "statement" : "name";

function roleOfKeyword(
  text: string,
  range: Range,
  spec: SpecTree | undefined,
  statement: Statement | undefined,
): Role {
  if (spec === undefined || range.end <= spec.body.start) return entryOf("file", text) ? "file" : "clause";
  if (statement === undefined || statement.range.start === range.start) return "statement";
  if (statement.kind === "term" && entryOf("functional", text)) return "functional";
  return statement.kind === "network" && entryOf("role", text) ? "role" : "clause";
}

/** The innermost statement at an offset: the body of an `each`, where it is there. */
function statementAt(statements: Statement[], offset: number): Statement | undefined {
  const outer = statements.find(({ range }) => range.start <= offset && offset < range.end);
  if (outer?.kind !== "each") return outer;
  return statementAt([outer.body], offset) ?? outer;
}

function noteSpec(spec: SpecTree, note: Note): void {
  note(spec.name, "spec", { spec }, true);
  if (spec.extension !== undefined) {
    note(spec.extension.base, "spec", { spec });
    for (const { from, to } of spec.extension.renames) {
      note(from, "name", { spec });
      note(to, "name", { spec });
    }
  }
  for (const statement of spec.statements) noteStatement(statement, spec, note);
}

function noteStatement(statement: Statement, spec: SpecTree, note: Note): void {
  const place: Place = { spec, statement };
  const names = (list: Name[]): void => list.forEach((name) => note(name, "name", place));
  const value = (of: Value | undefined): void => noteValue(of, "name", place, note);
  switch (statement.kind) {
    case "stream":
      note(statement.name, "name", place, true);
      if (statement.type) noteCall(statement.type, "kind", "name", place, note);
      for (const field of [statement.field, statement.fieldTo])
        if (field?.kind === "name") note(field, "field", place);
      if (statement.derived) noteCall(statement.derived, "derivation", "name", place, note);
      for (const { name, between } of statement.transforms ?? []) {
        note(name, "transform", place);
        [between?.low, between?.high].forEach(value);
      }
      return;
    case "latent":
      note(statement.name, "name", place, true);
      noteCall(statement.law, "law", "name", place, note);
      names(statement.from);
      if (statement.fusion) noteCall(statement.fusion, "fusion", "clause", place, note);
      return names(statement.given);
    case "share":
      return names(statement.names);
    case "prior":
      note(statement.name, "name", place);
      if (statement.law) noteCall(statement.law, "prior", "name", place, note);
      return names(statement.from ?? []);
    case "term":
      if (statement.label) note(statement.label, "name", place, true);
      return statement.terms.forEach((term) => noteTerm(term, { ...place, term }, note));
    case "separate":
      noteVariables([statement.left, statement.right], place, note);
      value(statement.weight);
      if (statement.bound) noteBound(statement.bound, place, note);
      return;
    case "want":
      return statement.wants.forEach((want) => {
        note(want.intent, "intent", place);
        names([...want.of, ...want.in]);
      });
    case "knob":
      note(statement.name, "name", place, true);
      return [statement.value, statement.from, statement.to].forEach(value);
    case "anneal":
      note(statement.name, "name", place);
      return [
        statement.from,
        statement.over,
        statement.after?.value,
        statement.hold?.value,
        statement.repeat?.count,
      ].forEach(value);
    case "network":
      names(statement.names);
      return noteCall(statement.network, "network", "clause", place, note);
    case "data":
    case "train":
      return statement.settings.forEach((setting) =>
        noteSetting(setting, { ...place, of: statement.kind }, note),
      );
    case "missing":
      note(statement.name, "name", place);
      return value(statement.rate);
    case "each":
      note(statement.variable, "name", place, true);
      if (statement.domain.kind === "call") noteCall(statement.domain, "domain", "name", place, note);
      else names(statement.domain.names);
      return noteStatement(statement.body, spec, note);
    case "drop":
      return note(statement.name, "name", place);
  }
}

function noteTerm({ weight, term, bound, target }: WeightedTerm, place: Place, note: Note): void {
  noteValue(weight, "name", place, note);
  noteVariables(variablesOf(term), place, note);
  if (bound) noteBound(bound, place, note);
  noteValue(target?.value, "name", place, note);
}

/** All variables of a term, in the order written. */
const variablesOf = (term: InformationTerm): Variable[] =>
  term.kind === "functional" ? term.of : [...term.left, ...term.right, ...term.given];

function noteVariables(variables: Variable[], place: Place, note: Note): void {
  for (const { name, subset = [] } of variables)
    [name, ...subset].forEach((part) => note(part, "name", place));
}

function noteBound({ name, args, flags, as }: BoundClause, place: Place, note: Note): void {
  const inside: Place = { ...place, of: name.text };
  note(name, "bound", place);
  // `conditional(Zy)` names a latent, `gaussian(learned)` a word of the language: who reads it looks it up.
  noteArguments(args, "boundOption", "boundValue", inside, note);
  flags.forEach((flag) => note(flag, "flag", inside));
  if (as) note(as, "name", place, true);
}

const noteSetting = ({ name, value }: Setting, place: Place, note: Note): void => {
  note(name, "setting", place);
  noteValue(
    value,
    name.text === "optimizer" ? "optimizer" : "settingValue",
    { ...place, of: name.text },
    note,
  );
};

/** @param role of the call's own name @param inner of the bare words among its arguments */
function noteCall(call: Call, role: Role, inner: Role, place: Place, note: Note): void {
  note(call.name, role, place);
  noteArguments(call.args, "clause", inner, { ...place, of: call.name.text }, note);
}

function noteArguments(args: Argument[], named: Role, inner: Role, place: Place, note: Note): void {
  for (const { name, value } of args) {
    if (name) note(name, named, place);
    noteValue(value, inner, name ? { ...place, of: name.text } : place, note);
  }
}

function noteValue(value: Value | undefined, role: Role, place: Place, note: Note): void {
  switch (value?.kind) {
    case undefined:
    case "number":
    case "string":
      return;
    case "name":
      return note(value, role, place);
    case "call":
      return noteCall(value, role, role, place, note);
    case "binary":
      noteValue(value.left, role, place, note);
      return noteValue(value.right, role, place, note);
    case "negation":
      return noteValue(value.value, role, place, note);
    case "list":
      return value.items.forEach((item) => noteValue(item, role, place, note));
    case "variable":
      return noteVariables([value], place, note);
  }
}
