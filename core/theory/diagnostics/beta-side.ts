import { BETA, knobsOf } from "../terms/scalar";
import { plainNumber } from "../../language/plain";
import { weightPlace, writtenKnob, writtenTermAt } from "./places";
import type { Check } from "./check";
import { report, edited } from "../faults/rule";
import { rounded } from "../../language/number-text";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  knob beta = 4 in 1 .. 10
  compress beta * I(X; Z)
  keep I(X; Z)
}
`;

export const betaSide: Check = {
  code: "beta-side",
  severity: "warning",
  doc: "`beta` already multiplies every kept term. The VAE literature writes the same letter before the rate, so its beta is the reciprocal of this one. A `beta` before a compressed term multiplies both sides: it scales the loss and changes no trade-off. Remove it from the term and take the reciprocal of its value: 4 in that convention is 0.25 here.",
  example,
  fixed: edited(example, [
    [
      "knob beta = 4 in 1 .. 10\n  compress beta * I(X; Z)",
      "knob beta = 0.25 in 0.1 .. 1\n  compress I(X; Z)",
    ],
  ]),
  check(spec, { terms }, tree) {
    const knob = spec.knobs.find(({ name }) => name === BETA);
    const wrong = terms.filter(({ term }) => term.side === "compress" && knobsOf(term.weight).includes(BETA));
    if (knob === undefined || wrong.length === 0) return [];
    const inverse = rounded(1 / knob.value);
    const message = `\`beta\` already multiplies every kept term; in a \`compress\` term it multiplies both sides and only scales the loss. If your \`beta\` is the weight of the rate, as in a beta-VAE, ${rounded(knob.value)} there is ${inverse} here.`;
    const places = wrong.map(({ term }) => {
      const written = writtenTermAt(tree, term.range);
      return written?.weight?.kind === "name" ? weightPlace(written) : undefined;
    });
    const declared = writtenKnob(tree, BETA);
    const turned = declared
      ? [declared.value, ...(declared.from && declared.to ? [declared.from, declared.to] : [])]
      : [];
    const whole = places.every((place) => place !== undefined) && declared !== undefined && knob.from > 0;
    const values = [turned[0], turned[2], turned[1]].map((value) => value && plainNumber(value));
    const fixes = [
      {
        title: `Remove \`beta\` here and set it to ${inverse}`,
        edits: [
          ...places.flatMap((range) => (range ? [{ range, text: "" }] : [])),
          ...turned.map(({ range }, i) => ({ range, text: rounded(1 / (values[i] ?? 1)) })),
        ],
      },
    ];
    return wrong.map(({ term }, i) =>
      report(betaSide, term.range, message, whole && i === 0 ? { fixes } : {}),
    );
  },
};
