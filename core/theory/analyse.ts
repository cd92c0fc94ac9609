/** The one way from a text to all that is known of it: parse, resolve, derive, diagnose. A pure function. */
import type { Diagnostic, Range } from "../language/diagnostic";
import { parse } from "../language/parser";
import type { FileTree, SpecTree } from "../language/tree";
import { derive } from "./derive";
import { methodTree } from "../catalogue/index";
import { duplicateName } from "./diagnostics/duplicate-name";
import { checks } from "./diagnostics/index";
import { noTerms } from "./diagnostics/no-terms";
import { tell } from "./diagnostics/rule";
import type { DerivedLoss } from "./loss";
import { unfitNetworks } from "./objective";
import { resolve } from "./resolve";
import { recognise, type Recognition } from "./recognise";
import type { Spec } from "./spec";

export interface AnalysedSpec {
  tree: SpecTree;
  /** What is whole of it; absent when it extends something that is not there. */
  spec?: Spec;
  derived?: DerivedLoss;
  /** The published method it is, or is near; only of a valid spec. */
  recognised?: Recognition;
  /** What was found in this spec, syntax apart; also part of the file's diagnostics. */
  diagnostics: Diagnostic[];
  /** Whether there is no error in it, syntax included: then it can be built and trained. */
  valid: boolean;
}

export interface Analysis {
  file: FileTree;
  specs: AnalysedSpec[];
  /** All findings, in the order of the text, each once. */
  diagnostics: Diagnostic[];
}

export interface AnalyseOptions {
  /** Finds a spec of another file by its name, for `extends`; the catalogue is looked in after it. */
  lookup?: (name: string) => SpecTree | undefined;
}

export function analyse(text: string, { lookup }: AnalyseOptions = {}): Analysis {
  const { tree: file, diagnostics: syntax } = parse(text);
  const specs = file.specs.map((tree) => analyseSpec(tree, file, syntax, lookup));
  const found = [...syntax, ...repeatedSpecs(file), ...specs.flatMap(({ diagnostics }) => diagnostics)];
  return { file, specs, diagnostics: inOrder(found) };
}

function analyseSpec(
  tree: SpecTree,
  file: FileTree,
  syntax: readonly Diagnostic[],
  lookup: AnalyseOptions["lookup"],
): AnalysedSpec {
  const { spec, diagnostics } = resolve(tree, file, (name) => lookup?.(name) ?? methodTree(name));
  const broken = hasError(syntax.filter(({ range }) => within(range, tree.range)));
  if (spec === undefined) return { tree, diagnostics, valid: false };
  const derived = derive(spec);
  if (!broken && !hasError([...diagnostics, ...derived.diagnostics]))
    derived.diagnostics.push(...unfitNetworks(derived));
  const found = [...diagnostics, ...derived.diagnostics];
  // Where something could not be read, what is missing is no finding of its own.
  const own = broken || hasError(diagnostics) ? found.filter(({ code }) => code !== noTerms.code) : found;
  const valid = !broken && !hasError(own);
  if (valid) own.push(...checks.flatMap((rule) => rule.check(spec, derived, tree)));
  return {
    tree,
    spec,
    derived,
    ...(valid ? { recognised: recognise(derived) } : {}),
    diagnostics: own.map((finding) => withoutForeignFixes(finding, tree)),
    valid,
  };
}

const hasError = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ severity }) => severity === "error");

const within = (inner: Range, outer: Range): boolean => inner.start >= outer.start && inner.end <= outer.end;

/** What a spec takes from another text is placed at its `extends`, where no fix belongs. */
function withoutForeignFixes(diagnostic: Diagnostic, { extension }: SpecTree): Diagnostic {
  const { fixes, ...rest } = diagnostic;
  if (fixes === undefined || extension === undefined || diagnostic.code === "bad-extension")
    return diagnostic;
  const own = fixes.filter(({ edits }) => edits.every(({ range }) => !within(range, extension.range)));
  return own.length > 0 ? { ...rest, fixes: own } : rest;
}

function repeatedSpecs({ specs }: FileTree): Diagnostic[] {
  return specs.flatMap(({ name }, i) => {
    const earlier = specs.slice(0, i).find((other) => other.name.text === name.text);
    if (earlier === undefined) return [];
    const related = [{ message: `\`${name.text}\` is first declared here.`, range: earlier.name.range }];
    return [
      tell(
        duplicateName,
        name.range,
        `Two specs of this file are named \`${name.text}\`; rename one of the two.`,
        { related },
      ),
    ];
  });
}

/** By place; what is found twice, because one spec extends another, is told once. */
function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics
    .filter(({ code, message, range }) => {
      const key = `${code} ${range.start} ${range.end} ${message}`;
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}
