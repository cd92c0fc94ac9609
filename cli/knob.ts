/** Writing a knob's value into a text. */
import { parse } from "../core/language/parser";

/**
 * The text with another value for a knob's declaration.
 * @param spec name of the spec that declares it; the first one otherwise
 * @returns undefined when the text declares no such knob
 */
export function writeKnob(
  text: string,
  spec: string | undefined,
  name: string,
  value: number,
): string | undefined {
  const { specs } = parse(text).tree;
  const tree = spec === undefined ? specs[0] : specs.find((one) => one.name.text === spec);
  for (const statement of tree?.statements ?? []) {
    if (statement.kind !== "knob" || statement.name.text !== name) continue;
    const { start, end } = statement.value.range;
    return text.slice(0, start) + String(value) + text.slice(end);
  }
  return undefined;
}
