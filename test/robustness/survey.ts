/** What is told of texts with one fault, and what the fixes that are offered do to them. */
import { analyse } from "../../core/theory/analyse";
import { fixesOf, spellingEdits } from "../../core/theory/fixes";
import { applyEdits } from "../../core/language/formatter";
import { outcomeOf } from "./fixes";
import { mutants } from "./mutations";

interface Survey {
  texts: number;
  /** Texts that more findings are told of, besides those of the whole file, than two. */
  cascades: string[];
  /** Texts with an error. */
  faulty: number;
  /** Those of them of which a fix leaves none. */
  mended: number;
  fixes: number;
  /** Fixes that did something other than fix, in words. */
  failings: string[];
}

/** Looks at `count` texts of one fault each. */
export function survey(count: number, seed: number): Survey {
  const seen: Survey = { texts: 0, cascades: [], faulty: 0, mended: 0, fixes: 0, failings: [] };
  const usual = new Map<string, Set<string>>();
  for (const { original, change, text } of mutants(count, seed)) {
    const analysis = analyse(text);
    const { diagnostics } = analysis;
    if (!usual.has(original.name))
      usual.set(original.name, new Set(analyse(original.text).diagnostics.map(({ message }) => message)));
    const fresh = diagnostics.filter(({ message }) => !usual.get(original.name)!.has(message));
    const told = `${original.name}, ${change}`;
    seen.texts++;
    if (fresh.length > 2) seen.cascades.push(`${told}: ${fresh.map(({ message }) => message).join(" ")}`);
    const hadErrors = diagnostics.some(({ severity }) => severity === "error");
    let mended = false;
    for (const finding of diagnostics) {
      for (const fix of fixesOf(analysis, finding)) {
        seen.fixes++;
        const { failings, valid } = outcomeOf(diagnostics, text, finding, fix);
        mended ||= valid;
        for (const failing of failings)
          seen.failings.push(`${told}: "${fix.title}" for "${finding.message}": ${failing}`);
      }
    }
    if (hadErrors) seen.faulty++;
    if (hadErrors && mended) seen.mended++;
  }
  return seen;
}

/** Texts of two faults of which all fixes of syntax and spelling at once made something worse, in words. */
export function surveyFixAll(
  count: number,
  seed: number,
): { texts: number; edited: number; failings: string[] } {
  const failings: string[] = [];
  let edited = 0;
  for (const { original, change, text } of mutants(count, seed, 2)) {
    const analysis = analyse(text);
    const edits = spellingEdits(analysis);
    if (edits.length === 0) continue;
    edited++;
    const errors = (all: typeof analysis.diagnostics): number =>
      all.filter(({ severity }) => severity === "error").length;
    const sorted = [...edits].sort((a, b) => a.range.start - b.range.start);
    const after = analyse(applyEdits(text, sorted)).diagnostics;
    if (errors(after) >= errors(analysis.diagnostics)) failings.push(`${original.name}, ${change}`);
  }
  return { texts: count, edited, failings };
}
