/** A small picture of each built-in data: a sample of its first stream. */
import { generate } from "../../core/data/generator";
import type { Generator } from "../../core/data/generator";
import { png } from "./png";

const SIDE = 32;

type Colour = readonly [number, number, number, number];

/** The picture as a PNG file of 32 by 32 pixels. */
export function dataPicture(generator: Generator): Buffer {
  const dataset = generate(generator, { source: generator.name, options: { samples: 4 } });
  const stream = generator.fields.find(({ role }) => role === "stream")!;
  const { shape, values, dtype } = dataset.fields[stream.name]!;
  const size = shape.reduce((a, b) => a * b, 1);
  const sample = Array.from(values.subarray(size, 2 * size), (value) =>
    dtype === "uint8" ? value / 255 : value,
  );
  const kind = /^\w+/.exec(stream.kind)![0];
  const colourAt =
    kind === "image" || kind === "video"
      ? picture(sample, shape)
      : kind === "signal"
        ? bars(everyFirst(sample, shape))
        : bars(sample);
  const pixels = new Uint8Array(SIDE * SIDE * 4);
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) pixels.set(colourAt(x / SIDE, y / SIDE), (y * SIDE + x) * 4);
  return png(pixels, SIDE, SIDE);
}

/** The colour at a place from 0 to 1 of an image [channels, height, width], or of the first frame of a video. */
function picture(sample: readonly number[], shape: readonly number[]): (x: number, y: number) => Colour {
  const [height = 1, width = 1] = shape.slice(-2);
  const channels = shape.length === 3 ? shape[0]! : 1;
  return (x, y) => {
    const at = Math.floor(y * height) * width + Math.floor(x * width);
    const of = (channel: number): number =>
      Math.round(255 * Math.min(1, Math.max(0, sample[(channel % channels) * height * width + at]!)));
    return [of(0), of(1), of(2), 255];
  };
}

/** The first channel of a signal [channels, steps]. */
const everyFirst = (sample: readonly number[], shape: readonly number[]): number[] =>
  sample.slice(0, shape.at(-1));

const BARS = 8;
/** A blue that is clear on light and on dark ground. */
const BAR: Colour = [55, 148, 255, 255];
const NOTHING: Colour = [0, 0, 0, 0];

/** Some values as bars about a middle line. */
function bars(sample: readonly number[]): (x: number, y: number) => Colour {
  const shown = Array.from({ length: BARS }, (_, i) => sample[Math.floor((i * sample.length) / BARS)] ?? 0);
  const most = Math.max(...shown.map(Math.abs)) || 1;
  return (x, y) => {
    const value = shown[Math.floor(x * BARS)]! / most;
    const within = (x * BARS) % 1 < 0.7;
    const height = (0.5 - y) * 2.1;
    const inside = value > 0 ? height >= -0.06 && height <= value : height <= 0.06 && height >= value;
    return within && inside ? BAR : NOTHING;
  };
}
