/** The edit of the text that makes a change. */
import type { TextEdit } from "../language/diagnostic";
import { knobText } from "../language/knob-text";
import { symbolsOf } from "../language/symbols";
import type { DataStatement, SpecTree, StreamStatement, TrainStatement } from "../language/tree";
import type { Analysis } from "./analyse";
import type { AnalysedSpec } from "./analysed";
import { missingText, type Change } from "./change";
import { weightPlace, writtenTermAt } from "./diagnostics/places";
import type { Source } from "./resolution/library";
import { transformText } from "./transform-text";
import { knobEdit, writtenKnob } from "./written-knob";

/**
 * The edit that makes a change.
 * @param name of the spec; the first of the file where absent
 * @returns with the text that it belongs to; undefined where no text has what is to be changed, as with what is inherited
 */
export function changeEdit(
  { file, library, specs }: Analysis,
  name: string | undefined,
  change: Change,
): { source: Source; edit: TextEdit } | undefined {
  const spec = specs.find(({ tree }) => name === undefined || tree.name.text === name);
  if (spec === undefined) return undefined;
  if (change.kind === "knob") {
    const symbols = symbolsOf(file, (_, from) => library.baseOf(from));
    const found = symbols.specs.find((one) => one.spec === spec.tree);
    const knob = writtenKnob(found, library, change.name);
    return knob && { source: knob.source, edit: knobEdit(knob, change.value) };
  }
  const source = library.sourceOf(spec.tree);
  const edit =
    change.kind === "weight"
      ? weightEdit(spec, change.term, knobText(change.value))
      : change.kind === "transform"
        ? transformEdit(spec, change.stream, transformText(change.transform))
        : change.kind === "missing"
          ? source && missingEdit(spec, source.text, change)
          : source && settingEdit(spec, source.text, change);
  return source && edit && { source, edit };
}

/** None where several terms have this place, as under an `each`. */
function weightEdit({ tree, spec }: AnalysedSpec, id: string, value: string): TextEdit | undefined {
  const term = spec?.terms.find((one) => one.id === id);
  const written = term && writtenTermAt(tree, term.range);
  if (written === undefined) return undefined;
  const shared = spec!.terms.filter(({ range }) => range.start === term!.range.start);
  if (shared.length > 1) return undefined;
  const { start } = written.term.range;
  return { range: weightPlace(written) ?? { start, end: start }, text: `${value} * ` };
}

/** None where the stream is inherited, or made from another. */
function transformEdit({ tree }: AnalysedSpec, stream: string, text: string): TextEdit | undefined {
  const written = tree.statements.find(
    (one): one is StreamStatement => one.kind === "stream" && one.name.text === stream,
  );
  if (written?.type === undefined || written.derived !== undefined) return undefined;
  const { end } = written.range;
  return { range: { start: end, end }, text: ` ${text}` };
}

/** Below the stream, or at the end where it is inherited; none where the text says so already. */
function missingEdit(
  { tree, spec }: AnalysedSpec,
  text: string,
  change: Extract<Change, { kind: "missing" }>,
): TextEdit | undefined {
  if (spec === undefined || spec.missing.some(({ stream }) => stream === change.stream)) return undefined;
  const written = tree.statements.find(
    (one): one is StreamStatement => one.kind === "stream" && one.name.text === change.stream,
  );
  if (written === undefined) return newLine(tree, missingText(change));
  const { end } = written.range;
  // A comment belongs to the stream.
  const comment = /^[ \t]*\/\/[^\n]*/.exec(text.slice(end))?.[0] ?? "";
  const at = end + comment.length;
  return { range: { start: at, end: at }, text: `\n  ${missingText(change)}` };
}

function settingEdit(
  { tree, spec }: AnalysedSpec,
  text: string,
  { name, value }: Extract<Change, { kind: "setting" }>,
): TextEdit | undefined {
  const written = name === "optimizer" ? `adam(${knobText(value)})` : knobText(value);
  const kind = name === "validation" ? "data" : "train";
  const block = tree.statements.findLast(
    (statement): statement is DataStatement | TrainStatement => statement.kind === kind,
  );
  if (block === undefined)
    // A block of its own would take the place of one that is inherited.
    return kind === "train" && spec !== undefined && spec.training.range === undefined
      ? newLine(tree, `train { ${name} = ${written} }`)
      : undefined;
  const old = block.settings.find((setting) => setting.name.text === name);
  if (old) return { range: old.value.range, text: written };
  const last = block.settings.at(-1)?.range.end;
  if (last !== undefined) return { range: { start: last, end: last }, text: `, ${name} = ${written}` };
  const { end } = block.range;
  return text[end - 1] === "}"
    ? { range: { start: end - 1, end: end - 1 }, text: ` ${name} = ${written} ` }
    : { range: { start: end, end }, text: ` { ${name} = ${written} }` };
}

function newLine({ statements }: SpecTree, line: string): TextEdit | undefined {
  const end = statements.at(-1)?.range.end;
  return end === undefined ? undefined : { range: { start: end, end }, text: `\n  ${line}` };
}
