/** The edits that make the statements of a spec those of a method. */
import { insertLines } from "../../language/insert-lines";
import type { TextEdit } from "../../language/diagnostic";
import { printCall, printWeightedTerm } from "../../language/print-values";
import { printStatement } from "../../language/printer";
import type {
  KnobStatement,
  LatentStatement,
  PriorStatement,
  SpecTree,
  Statement,
  TermStatement,
  WeightedTerm,
} from "../../language/tree";
import type { DerivedLoss } from "../derivation/loss";
import type { Naming } from "../recognition/namings";
import { renamed } from "../resolution/rewrite";
import { plainInformation } from "../resolution/written";
import { informationText } from "../terms/print";
import { BETA } from "../terms/scalar";

/** What is rewritten of terms that both have. */
export interface Also {
  weights: boolean;
  /** All bounds, instead of those of another family alone. */
  bounds: boolean;
}

interface Loss {
  tree: SpecTree;
  derived: DerivedLoss;
}

interface PlacedTerm {
  statement: TermStatement;
  term: WeightedTerm;
}

/** A statement as it is to be, or without one that it is to go. */
interface Rewritten {
  statement: Statement;
  text?: string;
}

/**
 * Undefined where the method needs a stream that the spec does not have, or the spec has an `each` or a `separate`, whose
 * terms have no statements of their own.
 * @param naming names of the method to names of the spec
 */
export function conversionEdits(own: Loss, method: Loss, naming: Naming, also: Also): TextEdit[] | undefined {
  const { statements } = own.tree;
  if (statements.some(({ kind }) => kind === "each" || kind === "separate")) return undefined;
  const names = namesIn(own.tree, method.tree, naming);
  if (names === undefined) return undefined;
  const theirs = renamed(method.tree.statements, names);
  const codes = codesOf(statements, theirs, names);
  const terms = termsOf(own, { ...method, tree: { ...method.tree, statements: theirs } }, also);
  const knobs = knobsOf(statements, theirs, terms.written, also);
  const all = [...codes.rewritten, ...terms.rewritten, ...knobs.rewritten];
  return editsOf(own.tree, all, [...codes.added, ...knobs.added, ...terms.added]);
}

/** The names of the method as the spec has them; a code that it lacks gets one that is free. */
function namesIn(own: SpecTree, method: SpecTree, naming: Naming): Naming | undefined {
  const names = new Map(naming);
  const taken = new Set(own.statements.flatMap(namesOf));
  for (const statement of method.statements) {
    if (statement.kind === "stream" && !names.has(statement.name.text)) return undefined;
    if (statement.kind !== "latent" || names.has(statement.name.text)) continue;
    let name = statement.name.text;
    for (let i = 2; taken.has(name); i++) name = `${statement.name.text}${i}`;
    names.set(statement.name.text, name);
    taken.add(name);
  }
  return names;
}

const namesOf = (statement: Statement): string[] =>
  statement.kind === "stream" || statement.kind === "latent" || statement.kind === "knob"
    ? [statement.name.text]
    : [];

interface Changes {
  rewritten: Rewritten[];
  /** Statements that are missing. */
  added: string[];
}

const isLatent = (statement: Statement): statement is LatentStatement => statement.kind === "latent";
const isPrior = (statement: Statement): statement is PriorStatement => statement.kind === "prior";
const isKnob = (statement: Statement): statement is KnobStatement => statement.kind === "knob";
const isTerm = (statement: Statement): statement is TermStatement => statement.kind === "term";

/** Codes and their priors; what names a code that goes, goes with it. */
function codesOf(own: readonly Statement[], theirs: readonly Statement[], names: Naming): Changes {
  const used = new Set(names.values());
  const gone = own.filter(isLatent).filter(({ name }) => !used.has(name.text));
  const rewritten: Rewritten[] = own
    .filter((one) => !isTerm(one) && !isLatent(one))
    .filter((one) => gone.some(({ name }) => mentions(printStatement(one), name.text)))
    .map((statement) => ({ statement }));
  rewritten.push(...gone.map((statement) => ({ statement })));
  const added: string[] = [];
  for (const latent of theirs.filter(isLatent)) {
    const ours = own.filter(isLatent).find(({ name }) => name.text === latent.name.text);
    if (ours === undefined) added.push(printStatement(latent));
    else if (codeText(ours) !== codeText(latent)) {
      const law = { ...latent.law, args: ours.law.args };
      rewritten.push({ statement: ours, text: printStatement({ ...latent, law }) });
    }
    const prior = (all: readonly Statement[]): PriorStatement | undefined =>
      all.filter(isPrior).find(({ name }) => name.text === latent.name.text);
    const [has, wants] = [prior(own), prior(theirs)];
    if (has === undefined && wants !== undefined) added.push(printStatement(wants));
    else if (has && priorText(has) !== priorText(wants))
      rewritten.push({ statement: has, ...(wants ? { text: printStatement(wants) } : {}) });
  }
  return { rewritten, added };
}

const sorted = (names: readonly { text: string }[]): string =>
  names
    .map(({ text }) => text)
    .sort()
    .join(", ");

/** A code without its size. */
const codeText = ({ law, from, fusion, given }: LatentStatement): string =>
  [law.name.text, sorted(from), from.length > 1 && fusion ? printCall(fusion) : "", sorted(given)].join(
    " | ",
  );

const priorText = (prior: PriorStatement | undefined): string | undefined =>
  prior && `${prior.law?.name.text} ${sorted(prior.from ?? [])}`;

/** Terms by what they are about. */
function termsOf(own: Loss, method: Loss, also: Also): Changes & { written: string[] } {
  const placed = ({ tree }: Loss): PlacedTerm[] =>
    tree.statements
      .filter(isTerm)
      .flatMap((statement) => statement.terms.map((term) => ({ statement, term })));
  const missing = placed(method);
  const changed = new Map<WeightedTerm, WeightedTerm | undefined>();
  for (const { statement, term } of placed(own)) {
    const at = missing.findIndex((one) => keyOf(one) === keyOf({ statement, term }));
    const theirs = at < 0 ? undefined : missing.splice(at, 1)[0]!.term;
    const other = theirs && familyOf(method, theirs) !== familyOf(own, term);
    changed.set(term, theirs && asTheirs(term, theirs, { ...also, bounds: also.bounds || other === true }));
  }
  const statements = own.tree.statements.filter(isTerm);
  const rewritten = statements.flatMap((statement): Rewritten[] => {
    const terms = statement.terms.flatMap((term) => changed.get(term) ?? []);
    if (terms.length === 0) return [{ statement }];
    const text = printStatement({ ...statement, terms });
    return text === printStatement(statement) ? [] : [{ statement, text }];
  });
  const added = missing.map(({ statement: { kind, side, range }, term }) =>
    printStatement({ kind, side, range, terms: [term] }),
  );
  const kept = [...changed.values()].flatMap((term) => (term ? printWeightedTerm(term) : []));
  return { rewritten, added, written: [...kept, ...added] };
}

/** What a term is about, whatever the order of its names. */
function keyOf({ statement: { side }, term: { term } }: PlacedTerm): string {
  const information = plainInformation(term);
  const inOrder = <T extends { name: string }>(names: readonly T[]): T[] =>
    [...names].sort((a, b) => a.name.localeCompare(b.name));
  if (information.kind === "functional")
    return `${side} ${informationText({ ...information, of: inOrder(information.of) })}`;
  const { left, right, given } = information;
  const sides = [left, right]
    .map((names) => inOrder(names))
    .sort((a, b) => `${a[0]?.name}`.localeCompare(`${b[0]?.name}`));
  return `${side} ${informationText({ ...information, left: sides[0]!, right: sides[1]!, given: inOrder(given) })}`;
}

/** The family of the bound of a written term, and what it is to reach. */
const familyOf = ({ derived }: Loss, { range, target }: WeightedTerm): string => {
  const here = derived.terms.filter(
    ({ term }) => term.range.start === range.start && term.range.end === range.end,
  );
  return [target?.mode, ...new Set(here.map(({ bound }) => bound.family))].join(" ");
};

function asTheirs(own: WeightedTerm, theirs: WeightedTerm, also: Also): WeightedTerm {
  const { weight, bound, target, ...rest } = own;
  const of = <K extends "weight" | "bound" | "target">(key: K, take: boolean): Partial<WeightedTerm> => {
    const value = (take ? theirs : { weight, bound, target })[key];
    return value === undefined ? {} : { [key]: value };
  };
  return {
    ...rest,
    ...of("weight", also.weights),
    ...of("bound", also.bounds),
    ...of("target", also.bounds),
  };
}

/** The knobs that the terms then read; those that none reads any more go, with their schedules. */
function knobsOf(
  own: readonly Statement[],
  theirs: readonly Statement[],
  terms: readonly string[],
  { weights }: Also,
): Changes {
  const isRead = ({ name }: KnobStatement): boolean => terms.some((text) => mentions(text, name.text));
  const has = (name: string): boolean => own.filter(isKnob).some((knob) => knob.name.text === name);
  const gone = own.filter(isKnob).filter((knob) => knob.name.text !== BETA && !isRead(knob));
  const scheduled = own.filter(
    (one) => one.kind === "anneal" && gone.some(({ name }) => name.text === one.name.text),
  );
  return {
    rewritten: [...gone, ...scheduled].map((statement) => ({ statement })),
    added: theirs
      .filter(isKnob)
      .filter((knob) => !has(knob.name.text) && (weights || isRead(knob)))
      .map(printStatement),
  };
}

const mentions = (text: string, name: string): boolean => text.split(/[^\p{L}\p{N}\p{M}_]+/u).includes(name);

/** A line that is added takes the place of one of its kind that goes. */
function editsOf(tree: SpecTree, rewritten: readonly Rewritten[], added: readonly string[]): TextEdit[] {
  const lines = [...added];
  const edits = rewritten.map(({ statement, text }): TextEdit => {
    const { range } = statement;
    if (text !== undefined) return { range, text };
    const at = lines.findIndex((line) => wordOf(line) === wordOf(printStatement(statement)));
    return { range, text: at < 0 ? "" : lines.splice(at, 1)[0]! };
  });
  const going = new Set(rewritten.filter((_, i) => edits[i]!.text === "").map(({ statement }) => statement));
  const statements = tree.statements.filter((statement) => !going.has(statement));
  return [...edits, ...insertLines({ ...tree, statements }, lines)];
}

const wordOf = (line: string): string | undefined => /^\w+/.exec(line)?.[0];
