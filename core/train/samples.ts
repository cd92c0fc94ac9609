/** Samples as people see them: pictures as bytes, texts as words. */
import { sizeOf } from "../program/program";
import type { BoundStream } from "../data/bind";
import { copyRows } from "../data/rows";
import { hundredths, number } from "../language/number-text";
import type { Pictures, Samples, Sound, Texts } from "./shown";

/** Samples of some rows, beside their reconstructions [rows, size] where these are given. */
type Show = (reconstruction?: ArrayLike<number>) => Samples[];

/**
 * Shows samples of the stream's `rows` again and again, each time with other reconstructions; the originals are drawn once. None
 * of a label: a class has no look of its own.
 */
export function showing(stream: BoundStream, rows: Int32Array): Show {
  if (!isShown(stream)) return () => [];
  if (stream.kind.name === "text") return (reconstruction) => [texts(stream, rows, reconstruction)];
  const show = pictures(stream, rows);
  return (reconstruction) => [show(reconstruction)];
}

/** The same once. */
export const shownSamples = (
  stream: BoundStream,
  rows: Int32Array,
  reconstruction?: ArrayLike<number>,
): Samples[] => showing(stream, rows)(reconstruction);

/** Whether samples of the stream have a look. */
export const isShown = ({ kind, values }: BoundStream): boolean =>
  kind.name === "text" || !(values instanceof Int32Array);

/** Height and width at which a sample is drawn, and its channels: its own for images and frames, else one row. */
function layout({ kind, shape }: BoundStream): {
  frames: number;
  planes: number;
  height: number;
  width: number;
} {
  const [a = 1, b = 1, c = 1, d = 1] = shape;
  if (kind.name === "image") return { frames: 1, planes: a, height: b, width: c };
  // Frames are drawn one below the other.
  if (kind.name === "video") return { frames: a, planes: b, height: c, width: d };
  if (kind.name === "audio") return { frames: 1, planes: 1, height: a, width: b };
  return { frames: 1, planes: 1, height: 1, width: sizeOf(shape) };
}

/** How samples of a stream are drawn, whatever gives their values. */
interface Brush {
  height: number;
  width: number;
  channels: 1 | 3;
  frames?: number;
  /** @param values [count, size], as the data has them */
  draw(values: Float32Array): Uint8Array;
}

/**
 * Images and video are drawn from 0 (black) to 1 (white), three channels as red, green and blue, any other number of them
 * as their mean; other kinds between the least and the largest value of the originals.
 * @param originals their values, as the data has them
 */
function brushOf(stream: BoundStream, originals: Float32Array): Brush {
  const { frames, planes, height, width } = layout(stream);
  const channels = planes === 3 ? 3 : 1;
  const pixels = height * width;
  const size = frames * planes * pixels;
  const [least, largest] =
    stream.kind.name === "image" || stream.kind.name === "video" ? [0, 1] : extent(originals);
  const byte = (value: number): number =>
    Math.round(255 * Math.min(1, Math.max(0, (value - least) / (largest - least || 1))));
  const draw = (values: Float32Array): Uint8Array => {
    const all = (values.length / size) * frames;
    const bytes = new Uint8Array(all * pixels * channels);
    for (let frame = 0; frame < all; frame++)
      for (let pixel = 0; pixel < pixels; pixel++) {
        const from = frame * planes * pixels + pixel;
        const to = (frame * pixels + pixel) * channels;
        if (channels === 3)
          for (let plane = 0; plane < 3; plane++) bytes[to + plane] = byte(values[from + plane * pixels]!);
        else {
          let sum = 0;
          for (let plane = 0; plane < planes; plane++) sum += values[from + plane * pixels]!;
          bytes[to] = byte(sum / planes);
        }
      }
    return bytes;
  };
  return { height: frames * height, width, channels, ...(frames > 1 && { frames }), draw };
}

/**
 * Signals of recordings as sound, the mean of their channels: as loud as they are, or with the loudest original at the limit.
 * @param originals values as the data has them, [count, channels, length]
 * @returns what makes a sound of such values; undefined where the stream is not a recording
 */
function voiceOf(
  { rate, shape: [channels = 1, length = 1] }: BoundStream,
  originals: Float32Array,
): { rate: number; speak(values: Float32Array): Uint8Array } | undefined {
  if (rate === undefined) return undefined;
  const loudest = originals.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const speak = (values: Float32Array): Uint8Array => {
    const count = values.length / (channels * length);
    const bytes = new DataView(new ArrayBuffer(2 * count * length));
    for (let sample = 0; sample < count; sample++)
      for (let t = 0; t < length; t++) {
        let sum = 0;
        for (let c = 0; c < channels; c++) sum += values[(sample * channels + c) * length + t]!;
        const level = Math.min(1, Math.max(-1, sum / channels / loudest));
        bytes.setInt16(2 * (sample * length + t), Math.round(32_767 * level), true);
      }
    return new Uint8Array(bytes.buffer);
  };
  return { rate, speak };
}

/** Values of rows as they are in the data, [rows, size]. */
function originalsOf(stream: BoundStream, rows: Int32Array): Float32Array {
  const original = new Float32Array(rows.length * sizeOf(stream.shape));
  copyRows(stream, rows, original);
  return asStored(stream, original);
}

function pictures(stream: BoundStream, rows: Int32Array): (reconstruction?: ArrayLike<number>) => Pictures {
  const values = originalsOf(stream, rows);
  const { draw, ...shape } = brushOf(stream, values);
  const voice = voiceOf(stream, values);
  const original = draw(values);
  const spoken = voice?.speak(values);
  return (reconstruction) => {
    const decoded = reconstruction && asStored(stream, Float32Array.from(reconstruction));
    const sound: Sound | undefined = voice && {
      rate: voice.rate,
      original: spoken!,
      ...(decoded && { reconstruction: voice.speak(decoded) }),
    };
    return {
      kind: "pictures",
      stream: stream.name,
      count: rows.length,
      ...shape,
      original,
      ...(decoded && { reconstruction: draw(decoded) }),
      ...(sound && { sound }),
    };
  };
}

/** Most words of a text that is decoded by itself. */
const WORDS = 8;

/**
 * What a decoder gives by itself, as the original of samples: of a text the likeliest words, of a label the likeliest class
 * and its probability.
 * @param values [count, width], at least one
 * @param like held-out rows: values other than of pictures are drawn between the least and the largest of theirs
 */
export function decodedSamples(
  stream: BoundStream,
  values: Float32Array,
  count: number,
  like: Int32Array,
): Samples {
  const { name, kind } = stream;
  const width = values.length / count;
  const written = (original: string[]): Texts => ({ kind: "texts", stream: name, original });
  const each = (write: (own: Float32Array) => string): Texts =>
    written(Array.from({ length: count }, (_, i) => write(values.subarray(i * width, (i + 1) * width))));
  if (kind.name === "text") return each((shares) => likeliest(stream, shares).slice(0, WORDS).join(" "));
  if (kind.name === "label")
    return each((shares) => {
      const best = shares.indexOf(Math.max(...shares));
      return `${best} (${hundredths(shares[best]!)})`;
    });
  const stored = asStored(stream, Float32Array.from(values));
  if (kind.name === "scalar") return written(Array.from(stored, number));
  const { draw, ...shape } = brushOf(stream, originalsOf(stream, like));
  const voice = voiceOf(stream, stored);
  const sound = voice && { rate: voice.rate, original: voice.speak(stored) };
  return { kind: "pictures", stream: name, count, ...shape, original: draw(stored), ...(sound && { sound }) };
}

/** What is true of rows, beside what is decoded: also of a label and of a number. */
export function trueSamples(stream: BoundStream, rows: Int32Array): Samples[] {
  const { name, kind, values } = stream;
  if (kind.name === "label")
    return [{ kind: "texts", stream: name, original: Array.from(rows, (row) => String(values[row])) }];
  if (kind.name === "scalar")
    return [{ kind: "texts", stream: name, original: Array.from(originalsOf(stream, rows), number) }];
  return shownSamples(stream, rows);
}

/** Values as they are in the data, in place: what the stream's transforms did is undone, but for what `clip` and `fill` did. */
function asStored({ fitted = [] }: BoundStream, values: Float32Array): Float32Array {
  for (const one of fitted.toReversed()) one.back?.(values);
  return values;
}

/**
 * A text in its own order. Its decoder gives the share of each word and no order, so a reconstruction is the likeliest
 * words, as many as the text has.
 */
function texts(stream: BoundStream, rows: Int32Array, shares?: ArrayLike<number>): Texts {
  const length = sizeOf(stream.shape);
  const vocabulary = stream.classes!;
  const wordOf = wordsOf(stream);
  const numbers = Array.from(rows, (row) =>
    Array.from(stream.values.subarray(row * length, (row + 1) * length)).filter((word) => word < vocabulary),
  );
  const ofRow = (i: number): number[] =>
    Array.from({ length: vocabulary }, (_, word) => shares![i * vocabulary + word]!);
  return {
    kind: "texts",
    stream: stream.name,
    original: numbers.map((words) => words.map(wordOf).join(" ")),
    ...(shares
      ? {
          reconstruction: numbers.map(({ length }, i) =>
            likeliest(stream, ofRow(i)).slice(0, length).join(" "),
          ),
        }
      : {}),
  };
}

const wordsOf =
  ({ words }: BoundStream) =>
  (number: number): string =>
    words?.[number] ?? `#${number}`;

/** The words of a vocabulary, the likeliest first. */
const likeliest = (stream: BoundStream, shares: ArrayLike<number>): string[] =>
  Array.from(shares, (_, word) => word)
    .sort((a, b) => shares[b]! - shares[a]!)
    .map(wordsOf(stream));

function extent(values: Float32Array): [number, number] {
  let least = Infinity;
  let largest = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    largest = Math.max(largest, value);
  }
  return [least, largest];
}
