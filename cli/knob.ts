/** A knob's value, from the command line and into the file that declares it. */
import { knobText } from "../core/language/knob-text";
import { symbolsOf } from "../core/language/symbols";
import type { Analysis } from "../core/theory/analyse";
import type { Knob } from "../core/theory/spec";
import { knobEdit, writtenKnob } from "../core/theory/written-knob";
import { UsageError } from "./command";

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
  const knob = writtenKnob(found, library, name);
  if (knob?.source.location === undefined) return undefined;
  const { location, text } = knob.source;
  const edit = knobEdit(knob, value);
  return { location, text: text.slice(0, edit.range.start) + edit.text + text.slice(edit.range.end) };
}

/** The value of a knob that `KNOB=NUMBER` names. @throws UsageError */
export function knobSetting(setting: string, knobs: readonly Knob[]): [string, number] {
  const [name = "", text = ""] = setting.split("=");
  const value = Number(text);
  if (text === "" || !Number.isFinite(value))
    throw new UsageError(`--set must be KNOB=NUMBER, not "${setting}"`);
  const knob = knobs.find((one) => one.name === name);
  if (knob === undefined) {
    const names = knobs.map((one) => one.name).join(", ");
    throw new UsageError(`unknown knob ${name}; the spec has ${names || "none"}`);
  }
  if (value < knob.from || value > knob.to)
    throw new UsageError(
      `--set ${name} must be within its range, ${knobText(knob.from)} to ${knobText(knob.to)}, not ${knobText(value)}`,
    );
  return [name, value];
}
