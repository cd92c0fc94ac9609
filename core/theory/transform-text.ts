import { knobText } from "../language/knob-text";
import type { Transform } from "./spec";

/** A transform as the language writes it: `clip(-5 .. 5)`. */
export const transformText = ({ by, between }: Transform): string =>
  between ? `${by}(${knobText(between.low)} .. ${knobText(between.high)})` : by;
