/** Where a spec's knob is written, and the edit that writes another value for it. */
import type { Declaration } from "../language/declaration";
import type { TextEdit } from "../language/diagnostic";
import { knobTextWithin } from "../language/knob-text";
import type { SpecSymbols } from "../language/symbols";
import type { KnobStatement } from "../language/tree";
import type { Library, Source } from "./resolution/library";
import { declaredRange } from "./resolution/knobs";

interface WrittenKnob {
  /** The text that declares it: the spec's own, or one that it uses. */
  source: Source;
  declaration: Declaration;
  statement: KnobStatement;
}

/**
 * The statement that declares a knob, under whatever name and in whatever file.
 * @param symbols of the spec that has it
 * @returns undefined where no file declares such a knob
 */
export function writtenKnob(
  symbols: SpecSymbols | undefined,
  library: Library,
  name: string,
): WrittenKnob | undefined {
  let declaration = symbols?.scope.get(name);
  while (declaration?.renames) declaration = declaration.renames;
  const source = declaration && library.sourceOf(declaration.spec);
  const statement = declaration?.statement;
  if (declaration === undefined || source === undefined || statement?.kind !== "knob") return undefined;
  return { source, declaration, statement };
}

/** The edit of the text that declares the knob: the value, taken to the nearest within its range. */
export function knobEdit({ statement }: WrittenKnob, value: number): TextEdit {
  const range = declaredRange(statement) ?? { from: -Infinity, to: Infinity };
  return { range: statement.value.range, text: knobTextWithin(value, range) };
}
