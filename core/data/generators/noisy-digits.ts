import { RandomStream } from "../../random";
import type { Generator } from "../generator";
import { noisyPairs, PAIR_DOCS } from "../noisy-pairs";
import { drawDigit, SIDE, takePen, type Pen } from "./pen";

/** The paper's two views of digits that are drawn by pen strokes: both [1, 28, 28], uint8. */
export const noisyDigits: Generator = {
  name: "noisy-digits",
  doc: "Two pictures that share only a digit. X is a digit drawn with pen strokes, rotated and scaled; Y is another drawing of the same digit over smooth noise. They share at most log 10 = 2.3 nats.",
  fields: [
    { name: "X", kind: "image(28, 28)", role: "stream", doc: PAIR_DOCS.X },
    { name: "Y", kind: "image(28, 28)", role: "stream", doc: PAIR_DOCS.Y },
    { name: "digit", kind: "label(10)", role: "factor", doc: "the digit that both views show" },
    { name: "angle", kind: "scalar", role: "factor", doc: PAIR_DOCS.angle, only: "X" },
    { name: "scale", kind: "scalar", role: "factor", doc: PAIR_DOCS.scale, only: "X" },
    { name: "noise", kind: "scalar", role: "factor", doc: PAIR_DOCS.noise, only: "Y" },
    {
      name: "thickness",
      kind: "scalar",
      role: "factor",
      doc: "width of X's pen in pixels, before scaling",
      only: "X",
    },
  ],
  options: [],
  draw({ seed, samples }) {
    const digits = new Uint8Array(samples);
    const thickness = new Float32Array(samples);
    const draws = new RandomStream(seed, "data.digits", 0);
    const choose = (sample: number): Pen => {
      draws.rewind(sample);
      digits[sample] = draws.integer(10);
      const pen = takePen(digits[sample]!, draws);
      thickness[sample] = 2 * pen.radius;
      return pen;
    };
    for (let sample = 0; sample < samples; sample++) choose(sample);
    return {
      ...noisyPairs(
        seed,
        samples,
        SIDE,
        SIDE,
        (sample, image) => drawDigit(choose(sample), draws, image),
        (sample, image) => drawDigit(takePen(digits[sample]!, draws), draws, image),
      ),
      digit: { shape: [], values: digits, classes: 10 },
      thickness: { shape: [], values: thickness },
    };
  },
};
