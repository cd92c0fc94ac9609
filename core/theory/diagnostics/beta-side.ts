import { BETA, knobsOf } from "../terms/scalar";
import { plainNumber } from "../resolution/values";
import { digits, weightPlace, writtenKnob, writtenTermAt } from "./places";
import { tell, type Check } from "./rule";

export const betaSide: Check = {
  code: "beta-side",
  severity: "warning",
  doc: "Here `beta` weighs all that is kept, by itself. The VAE literature writes the same letter before the cost, so that its beta is one over this one. A `beta` that is written before what is compressed weighs both sides: it scales the loss and shifts nothing. Leave it out and turn its value over: 4 there is 0.25 here.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  knob beta = 4 in 1 .. 10
  compress beta * I(X; Z)
  keep I(X; Z)
}
`,
  mended: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  knob beta = 0.25 in 0.1 .. 1
  compress I(X; Z)
  keep I(X; Z)
}
`,
  check(spec, { terms }, tree) {
    const knob = spec.knobs.find(({ name }) => name === BETA);
    const wrong = terms.filter(({ term }) => term.side === "compress" && knobsOf(term.weight).includes(BETA));
    if (knob === undefined || wrong.length === 0) return [];
    const inverse = digits(1 / knob.value);
    const message = `\`beta\` weighs what is kept already; before \`compress\` it weighs both sides and only scales the loss. In the other convention beta weighs the cost: ${digits(knob.value)} there is ${inverse} here.`;
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
        title: `Leave it out, and set beta to ${inverse}`,
        edits: [
          ...places.flatMap((range) => (range ? [{ range, text: "" }] : [])),
          ...turned.map(({ range }, i) => ({ range, text: digits(1 / (values[i] ?? 1)) })),
        ],
      },
    ];
    return wrong.map(({ term }, i) => tell(betaSide, term.range, message, whole && i === 0 ? { fixes } : {}));
  },
};
