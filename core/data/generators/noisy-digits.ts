import { RandomStream } from "../../train/random";
import type { DataRequest, Dataset, Field } from "../dataset";
import { noisyPairs } from "../noisy-pairs";
import { Options } from "../options";
import { consecutiveSplits } from "../splits";
import { drawDigit, SIDE } from "./pen";

/**
 * `data "noisy-digits" { samples = 8000, seed = 1 }`: two views that share only a digit, drawn by pen strokes. X is a
 * digit turned and scaled, Y another drawing of the same digit over smooth noise; both [1, 28, 28], uint8. Factors: digit
 * (10 classes), angle, scale, noise and thickness (of X's pen, in pixels before scaling).
 *
 * `samples` are for training; `validation` and `test` (an eighth of `samples` each, if absent) are drawn besides.
 * @throws DataError about an option
 */
export function noisyDigits(request: DataRequest): Dataset {
  const options = new Options(request);
  const train = options.integer("samples", 1, 8000);
  const eighth = Math.max(1, Math.round(train / 8));
  const validation = options.integer("validation", 1, eighth);
  const test = options.integer("test", 1, eighth);
  const seed = options.integer("seed", 0, 1);
  options.refuseOthers();

  const samples = train + validation + test;
  const digits = new Uint8Array(samples);
  const thickness = new Float32Array(samples);
  const draws = new RandomStream(seed, "data.digits", 0);
  const pairs = noisyPairs(
    seed,
    samples,
    SIDE,
    SIDE,
    (sample, image) => {
      draws.rewind(sample);
      digits[sample] = draws.integer(10);
      thickness[sample] = drawDigit(digits[sample]!, draws, image);
    },
    (sample, image) => drawDigit(digits[sample]!, draws, image),
  );
  const factors: Field[] = [
    {
      name: "digit",
      shape: [],
      dtype: "uint8",
      values: digits,
      classes: 10,
      description: "the digit that both views show",
    },
    {
      name: "thickness",
      shape: [],
      dtype: "float32",
      values: thickness,
      description: "width of X's pen in pixels, before scaling",
    },
  ];
  return {
    name: request.source,
    samples,
    fields: Object.fromEntries([...pairs, ...factors].map((field) => [field.name, field])),
    splits: consecutiveSplits({ train, validation, test }),
  };
}
