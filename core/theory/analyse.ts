/** The one way from a text to all that is known of it: parse, resolve, derive, diagnose. A pure function. */
import { within, type Diagnostic, type Range } from "../language/diagnostic";
import { lazily } from "../language/lazily";
import type { FileTree, SpecTree } from "../language/tree";
import type { Origin } from "../language/uses";
import { withAllowances } from "./allow";
import type { AnalysedSpec } from "./analysed";
import { derive } from "./derivation/derive";
import { duplicateName } from "./faults/duplicate-name";
import { checks } from "./diagnostics/index";
import { repaired } from "./diagnostics/repairs";
import { noTerms } from "./faults/no-terms";
import { unreadUse } from "./faults/unread-use";
import { unusedUse } from "./faults/unused-use";
import { Kept } from "./kept";
import { Library } from "./resolution/library";
import { unfitNetworks } from "./objective/objective";
import { resolve } from "./resolution/resolve";
import { recognise } from "./recognition/recognise";

export interface Analysis {
  file: FileTree;
  /** The files around it, which its specs may extend. */
  library: Library;
  specs: AnalysedSpec[];
  /** All findings, in the order of the text, each once. */
  diagnostics: Diagnostic[];
  /** What the analysis of the next version of the text may keep. */
  kept: Kept;
}

/**
 * @param origin where the text is, with the files it uses; without it no `use` is opened. A spec that may need one
 *   that has not been read yet is not whole, and that is not reported.
 * @param before an analysis of the text before an edit: what that leaves as it was is not worked out again
 */
export function analyse(text: string, origin?: Origin, before?: Analysis): Analysis {
  const library = new Library(text, origin, before?.library);
  const { file, syntax } = library.own;
  const kept = new Kept(library);
  const specs = file.specs.map((tree) => kept.take(tree, before?.kept, later(tree, library)));
  const found = [
    ...syntax,
    ...repeatedSpecs(file),
    ...useFindings(library),
    ...specs.flatMap(({ diagnostics }) => diagnostics),
  ];
  const diagnostics = inOrder(withAllowances(text, library.own.parsed.trivia, found));
  return { file, library, specs, diagnostics, kept };
}

/** A function of its own, since what is kept of a version would else keep all versions before it in memory. */
const later = (tree: SpecTree, library: Library) => (): AnalysedSpec => analyseSpec(tree, library);

function analyseSpec(tree: SpecTree, library: Library): AnalysedSpec {
  const syntax = library.own.syntax.filter(({ range }) => within(range, tree.range));
  const broken = hasError(syntax);
  const { spec, diagnostics: resolved } = resolve(tree, library);
  const faulty = faultyStatements(syntax, tree);
  const diagnostics = resolved.filter(({ range }) => !faulty.some((statement) => within(range, statement)));
  const unknown = { tree, spec: undefined, derived: undefined, unplaced: undefined, recognised: undefined };
  if (spec === undefined) return { ...unknown, diagnostics, valid: false };
  const derived = derive(spec);
  if (!broken && !hasError([...diagnostics, ...derived.diagnostics]))
    derived.diagnostics.push(...unfitNetworks(derived));
  const all = [...diagnostics, ...derived.diagnostics];
  // Where something could not be read, what is missing is no finding of its own.
  const own = broken || hasError(diagnostics) ? all.filter(({ code }) => code !== noTerms.code) : all;
  const whole = !broken && !hasError(own);
  if (whole) own.push(...checks.flatMap((rule) => rule.check(spec, derived, tree)));
  const valid = whole && !hasError(own);
  const found = {
    tree,
    spec,
    derived,
    unplaced: derived,
    diagnostics: own.map((finding) => withoutForeignFixes(repaired(finding, tree, spec), tree)),
    valid,
  };
  return lazily(found, { recognised: () => (valid ? recognise(derived) : undefined) });
}

/** The statements whose form is at fault: what else is found in them may be a consequence. */
const faultyStatements = (syntax: readonly Diagnostic[], { statements }: SpecTree): Range[] =>
  statements.map(({ range }) => range).filter((range) => syntax.some((fault) => within(fault.range, range)));

const hasError = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ severity }) => severity === "error");

/** What a spec takes from another text is placed at its `extends`, where no fix belongs. */
function withoutForeignFixes(diagnostic: Diagnostic, { extension }: SpecTree): Diagnostic {
  const { fixes, ...rest } = diagnostic;
  if (fixes === undefined || extension === undefined || diagnostic.code === "bad-extension")
    return diagnostic;
  const own = fixes.filter(({ edits }) => edits.every(({ range }) => !within(range, extension.range)));
  return own.length > 0 ? { ...rest, fixes: own } : rest;
}

function repeatedSpecs({ specs }: FileTree): Diagnostic[] {
  const first = new Map<string, SpecTree>();
  return specs.flatMap((spec) => {
    const { name } = spec;
    const earlier = first.get(name.text);
    if (earlier !== undefined) {
      let i = 2;
      while (specs.some((other) => other.name.text === `${name.text}${i}`)) i++;
      return [duplicateName.specs(name.range, name.text, earlier.name.range, `${name.text}${i}`)];
    }
    first.set(name.text, spec);
    return [];
  });
}

/** Files that cannot be read, and those of which nothing is extended, once every name after `extends` is known. */
function useFindings(library: Library): Diagnostic[] {
  const { own } = library;
  const bases = own.file.specs.flatMap((spec) =>
    spec.extension ? [library.find(spec, spec.extension)] : [],
  );
  const settled = bases.every(({ kind }) => kind === "spec");
  const extended = new Set(bases.map((base) => (base.kind === "spec" ? base.use : undefined)));
  return own.file.uses.flatMap((use) => {
    const behind = library.behind(use, own);
    if (behind === undefined) return [];
    if ("problem" in behind) return [unreadUse.at(use, behind.problem)];
    if (!settled || extended.has(use)) return [];
    return [unusedUse.at(use)];
  });
}

/** By place; what is found twice, because one spec extends another, is reported once. */
function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics
    .filter(({ code, message, range }) => {
      const key = `${code} ${range.start} ${range.end} ${message}`;
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}
