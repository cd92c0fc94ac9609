/** The fixes of a finding that do what they say: each is tried before it is offered. */
import type { Diagnostic, Fix, TextEdit } from "../language/diagnostic";
import { faults } from "../language/faults";
import { applyEdits } from "../language/formatter";
import { scan } from "../language/scanner";
import { asWritten } from "../language/written";
import { analyse, type Analysis } from "./analyse";
import { unknownName } from "./faults/unknown-name";
import { unusedAllow } from "./faults/unused-allow";
import { unknownWord } from "./faults/unknown-word";

/**
 * The fixes of a finding, in the hand of the text, after which it is gone and nothing else is wrong that was not before.
 * A candidate that fails, since the text has more faults than it fixes, is left out.
 * @param alsoIn what is found in an analysed text beside what the analysis finds, such as of a data file
 */
export function fixesOf(
  analysis: Analysis,
  finding: Diagnostic,
  alsoIn: (analysis: Analysis) => readonly Diagnostic[] = () => [],
): Fix[] {
  const foundIn = (one: Analysis): Diagnostic[] => [...one.diagnostics, ...alsoIn(one)];
  const { own, origin } = analysis.library;
  return (finding.fixes ?? []).flatMap(({ title, edits: asked }) => {
    const edits = asWritten(own.text, asked);
    if (edits.some(({ range }, i) => i > 0 && range.start < edits[i - 1]!.range.end)) return [];
    const text = applyEdits(own.text, edits);
    // This comment is what the fix removes.
    const keeps = finding.code === unusedAllow.code || commentsOf(text) === commentsOf(own.text);
    return keeps && succeeds(foundIn(analysis), foundIn(analyse(text, origin, analysis)), finding)
      ? [{ title, edits }]
      : [];
  });
}

/** What only spelling or form is changed by: never what a spec means. */
const spelling = new Set<string>([...Object.keys(faults), unknownName.code, unknownWord.code]);

/** The edits that fix the faults of syntax and spelling that have one fix; of two that meet, the earlier. */
export function spellingEdits(analysis: Analysis): TextEdit[] {
  const taken: TextEdit[] = [];
  for (const finding of analysis.diagnostics) {
    if (!spelling.has(finding.code)) continue;
    const [only, ...others] = fixesOf(analysis, finding).filter((fix) => respells(fix, finding));
    if (only === undefined || others.length > 0) continue;
    const meets = only.edits.some((edit) => taken.some((other) => touch(edit, other)));
    if (!meets) taken.push(...only.edits);
  }
  return taken;
}

/** Whether a fix corrects what is written; a name can be declared too, which is another meaning. */
const respells = ({ edits }: Fix, { code, range }: Diagnostic): boolean =>
  code !== unknownName.code || edits.some((edit) => edit.range.start === range.start);

const touch = (a: TextEdit, b: TextEdit): boolean =>
  a.range.start <= b.range.end && b.range.start <= a.range.end;

const commentsOf = (text: string): string =>
  scan(text)
    .trivia.map((comment) => comment.text)
    .join("\n");

const keyOf = ({ code, message }: Diagnostic): string => `${code} ${message}`;

/** Whether a finding is gone and no error came; nor a warning, where there was no error that kept it from being seen. */
function succeeds(before: readonly Diagnostic[], after: readonly Diagnostic[], finding: Diagnostic): boolean {
  const count = (all: readonly Diagnostic[], key: string): number =>
    all.filter((each) => keyOf(each) === key).length;
  const worst = before.some(isError) ? isError : isFault;
  // One that only data show cannot be looked for in the text.
  const isThere = count(before, keyOf(finding)) > 0;
  return (
    (!isThere || count(after, keyOf(finding)) < count(before, keyOf(finding))) &&
    after.every((each) => !worst(each) || count(after, keyOf(each)) <= count(before, keyOf(each)))
  );
}

const isError = ({ severity }: Diagnostic): boolean => severity === "error";
const isFault = ({ severity }: Diagnostic): boolean => severity === "error" || severity === "warning";
