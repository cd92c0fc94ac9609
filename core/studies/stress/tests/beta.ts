import { knobText } from "../../../language/knob-text";
import { BETA } from "../../../theory/terms/scalar";
import type { Tests } from "./test";

const CHANGES = [
  { times: 1 / 10, words: "a tenth", harsh: true },
  { times: 1 / 2, words: "half", harsh: false },
  { times: 2, words: "twice", harsh: false },
  { times: 10, words: "ten times", harsh: true },
];

export const beta: Tests = {
  ids: ["beta"],
  doc: "Beta is divided and multiplied by 2 and by 10, within its range.",
  of: ({ spec }) => {
    const knob = spec.knobs.find(({ name }) => name === BETA);
    if (knob === undefined || knob.value <= 0) return [];
    const variants = CHANGES.flatMap(({ times, words, harsh }) => {
      const value = Math.min(knob.to, Math.max(knob.from, knob.value * times));
      // At the end of the range it may hardly change.
      if (Math.abs(Math.log(value / knob.value)) < Math.abs(Math.log(times)) / 2) return [];
      return [{ title: `beta of ${knobText(value)}, ${words}`, knobs: { [BETA]: value }, harsh }];
    });
    return [
      {
        id: "beta",
        kind: "shift",
        advice: () =>
          "Choose `beta` further from where the codes change: `bottleneck sweep --knob beta` shows where.",
        variants,
      },
    ];
  },
};
