/** A knob's value, from the command line. */
import { knobText } from "../core/language/knob-text";
import type { Knob } from "../core/theory/spec";
import { UsageError } from "./command";

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
