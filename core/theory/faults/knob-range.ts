import type { Diagnostic, Range } from "../../language/diagnostic";
import { fix, report, type Worded, edited } from "./rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  knob beta = 40 in 1 .. 10
  compress I(X; Z)
  keep I(X; Z)
}
`;

export const knobRange = {
  code: "knob-range",
  severity: "error",
  doc: "A knob needs a range from a smaller to a larger number, and its value must be within it. Both ends of a `log` range must be above 0.",
  example,
  fixed: edited(example, [["knob beta = 40 in 1 .. 10", "knob beta = 4 in 1 .. 10"]]),

  order: (range: Range, name: string, from: number, to: number): Diagnostic =>
    report(
      knobRange,
      range,
      `The range of \`${name}\` must start at its smaller end; ${from} is not below ${to}.`,
      from > to ? fix("Swap the ends", range, `${to} .. ${from}`) : {},
    ),

  /** @param lower where the range starts; @param value of the knob */
  log: (range: Range, name: string, lower: Range, value: number): Diagnostic =>
    report(
      knobRange,
      range,
      `Both ends of a \`log\` range must be above 0. Start the range of \`${name}\` above 0, or remove \`log\`.`,
      value > 0 ? fix(`Start the range at ${value / 100}`, lower, String(value / 100)) : {},
    ),

  /** @param end where the end of the range is written that the value is beyond */
  outside: (
    range: Range,
    name: string,
    value: number,
    [from, to]: [number, number],
    end: Range,
  ): Diagnostic => {
    const nearest = String(value < from ? from : to);
    return report(
      knobRange,
      range,
      `The value of \`${name}\`, ${value}, is outside its range ${from} .. ${to}. Change the value or the range.`,
      {
        fixes: [
          ...fix(`Set the value to ${nearest}`, range, nearest).fixes,
          ...fix(`Extend the range to ${value}`, end, String(value)).fixes,
        ],
      },
    );
  },

  /** @param from where the range starts */
  schedule: (range: Range, name: string, from: number): Diagnostic =>
    report(
      knobRange,
      range,
      `\`${name}\` has a \`log\` range, so its schedule must start above 0.`,
      fix(`Start the schedule at ${from}`, range, String(from)),
    ),
} satisfies Worded;
