/** Writing a knob's value into the text that declares it. */
import { symbolsOf } from "../core/language/symbols";
import type { Analysis } from "../core/theory/analyse";

/**
 * The file that declares a spec's knob, its own or a used one, with another value for it.
 * @param spec name of the spec; the first of the file otherwise
 * @returns undefined when no file declares such a knob
 */
export function withKnob(
  { file, library }: Analysis,
  spec: string | undefined,
  name: string,
  value: number,
): { location: string; text: string } | undefined {
  const { specs } = symbolsOf(file, (_, from) => library.baseOf(from));
  const found = specs.find(({ declaration }) => spec === undefined || declaration.name === spec);
  let declaration = found?.scope.get(name);
  while (declaration?.renames) declaration = declaration.renames;
  const source = declaration && library.sourceOf(declaration.spec);
  if (source?.location === undefined || declaration?.statement?.kind !== "knob") return undefined;
  const { start, end } = declaration.statement.value.range;
  const { location, text } = source;
  return { location, text: text.slice(0, start) + String(value) + text.slice(end) };
}
