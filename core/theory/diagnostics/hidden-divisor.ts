import { BETA, evaluate, knobsOf } from "../terms/scalar";
import { plainNumber } from "../../language/plain";
import { weightPlace, writtenKnob, writtenTermAt } from "./places";
import type { Check } from "./check";
import { report, edited } from "../faults/rule";
import { rounded } from "../../language/number-text";

const example = `spec A {
  modality X : vector(4)
  modality Y : vector(4)
  latent Z : gaussian(2) from X, Y
  knob beta = 4 in 1 .. 10
  compress I(X, Y; Z)
  keep 0.5 * I(X; Z)
  keep 0.5 * I(Y; Z)
}
`;

export const hiddenDivisor: Check = {
  code: "hidden-divisor",
  severity: "information",
  doc: "All kept terms have the same divisor: their number M, or its square, as some implementations average over modalities while rates are summed. The divisor acts on beta: without it, and with beta divided by M, the loss is the same. Methods of the same name differ in it, so remove it before you compare values of beta.",
  example,
  fixed: edited(example, [
    ["knob beta = 4 in 1 .. 10", "knob beta = 2 in 1 .. 10"],
    ["keep 0.5 * I(X; Z)\n  keep 0.5 * I(Y; Z)", "keep I(X; Z)\n  keep I(Y; Z)"],
  ]),
  check(_, { terms }, tree) {
    const kept = terms.filter(({ term }) => term.side === "keep");
    const paid = terms.some(({ term }) => term.side === "compress");
    const [first] = kept;
    const count = kept.length;
    if (!paid || first === undefined || count < 2) return [];
    if (kept.some(({ term }) => knobsOf(term.weight).length > 0)) return [];
    const weights = kept.map(({ term }) => evaluate(term.weight, {}));
    const power = [1, 2].find((p) => weights.every((weight) => Math.abs(weight * count ** p - 1) < 1e-3));
    if (power === undefined) return [];
    const divisor = count ** power;
    const places = kept.map(({ term }) => {
      const written = writtenTermAt(tree, term.range);
      return written && weightPlace(written);
    });
    const unique = places.filter(
      (place, i) => place && places.findIndex((other) => other?.start === place.start) === i,
    );
    const knob = writtenKnob(tree, BETA);
    const ends = knob ? [knob.value, knob.from, knob.to].filter((value) => value !== undefined) : [];
    const fixes = [
      {
        title: `Divide \`beta\` by ${divisor} instead`,
        edits: [
          ...unique.flatMap((range) => (range ? [{ range, text: "" }] : [])),
          ...ends.map((value) => ({
            range: value.range,
            text: rounded((plainNumber(value) ?? 0) / divisor),
          })),
        ],
      },
    ];
    const message = `All ${count} kept terms are divided by ${divisor}${power === 2 ? ` = ${count}²` : ""}, which only scales \`beta\`: without the divisor, the loss is the same at beta / ${divisor}.`;
    const whole = knob !== undefined && places.every((place) => place !== undefined);
    return [report(hiddenDivisor, first.term.range, message, whole ? { fixes } : {})];
  },
};
