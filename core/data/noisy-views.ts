import { count } from "../language/text";
import { sizeOf } from "../program/program";
import { RandomStream } from "../random";
import {
  DataError,
  fieldOf,
  type Drawn,
  type Dataset,
  type DataSubject,
  type Field,
  type SplitName,
} from "./dataset";
import { noisyPairs, PAIR_DOCS } from "./noisy-pairs";
import { consecutiveSplits, type Splits } from "./splits";

/** Images with a class each, as `noisyViews` pairs them. */
interface LabelledImages {
  /** Samples of [height, width] or [1, height, width]: bytes, or numbers in [0, 1]. */
  images: Field;
  labels: Field;
  /** What an error in the images, or in the labels, is about. */
  aboutImages: DataSubject;
  aboutLabels: DataSubject;
}

/**
 * The paper's two views (see `noisyPairs`) of one set of labelled images: X from an image, Y from another of its class
 * (from itself where its split has no other), both of the same split of images.
 * @returns fields X, Y, label, angle, scale and noise
 * @throws DataError about the images or labels when they are not grey images in [0, 1] with whole numbers from 0
 */
export function noisyViews(name: string, source: LabelledImages, seed: number, splits: Splits): Dataset {
  const { images, labels } = source;
  const [height, width] = greySize(source);
  const size = height * width;
  const scale = images.dtype === "uint8" ? 1 / 255 : 1;
  checkRange(source, scale);
  const classes = countClasses(source);

  const order: SplitName[] = ["train", "validation", "test"];
  const first = order.flatMap((split) => [...splits[split]]);
  const second = new Int32Array(first.length);
  const draws = new RandomStream(seed, "data.partners", 0);
  let begin = 0;
  for (const split of order) {
    const { length } = splits[split];
    choosePartners(first.slice(begin, begin + length), labels, draws, second.subarray(begin));
    begin += length;
  }

  const show = (image: number, out: Float32Array): void => {
    for (let i = 0; i < size; i++) out[i] = images.values[image * size + i]! * scale;
  };
  const pairs = noisyPairs(
    seed,
    first.length,
    height,
    width,
    (sample, out) => show(first[sample]!, out),
    (sample, out) => show(second[sample]!, out),
  );
  const label: Drawn = {
    shape: [],
    values: Int32Array.from(first, (image) => labels.values[image]!),
    classes,
  };
  const docs = { ...PAIR_DOCS, label: "the class that both views show" };
  return {
    name,
    samples: first.length,
    fields: Object.fromEntries(
      Object.entries({ ...pairs, label }).map(([name, drawn]) => [
        name,
        fieldOf(name, docs[name as keyof typeof docs], drawn),
      ]),
    ),
    splits: consecutiveSplits({
      train: splits.train.length,
      validation: splits.validation.length,
      test: splits.test.length,
    }),
    defaultBindings: { digit: "label", L: "label" },
  };
}

/** For each row a random other row of the same class among `rows`, or itself where there is none; into `out`. */
export function choosePartners(
  rows: readonly number[],
  labels: Field,
  draws: RandomStream,
  out: Int32Array,
): void {
  const members = new Map<number, number[]>();
  const place = rows.map((row) => {
    const label = labels.values[row]!;
    const list = members.get(label) ?? [];
    members.set(label, list);
    return list.push(row) - 1;
  });
  rows.forEach((row, i) => {
    const list = members.get(labels.values[row]!)!;
    const others = Math.max(1, list.length - 1);
    // A step of 1 to length - 1 round the class never comes back to the row itself.
    out[i] = list[(place[i]! + 1 + draws.integer(others)) % list.length]!;
  });
}

function greySize({ images, aboutImages }: LabelledImages): [number, number] {
  const shape = images.shape[0] === 1 && images.shape.length === 3 ? images.shape.slice(1) : images.shape;
  if (shape.length === 2 && sizeOf(shape) > 0) return [shape[0]!, shape[1]!];
  throw new DataError(
    `noisy-views needs grey images, but a sample of ${images.name} has the shape [${images.shape.join(", ")}]`,
    "Give images of the shape [height, width].",
    aboutImages,
  );
}

function checkRange({ images, aboutImages }: LabelledImages, scale: number): void {
  for (let i = 0; i < images.values.length; i++) {
    const value = images.values[i]! * scale;
    if (value >= 0 && value <= 1) continue;
    throw new DataError(
      `noisy-views needs images with values from 0 to 1, but ${images.name} contains ${value}`,
      "Divide them by their largest value, or save them as bytes.",
      aboutImages,
    );
  }
}

function countClasses({ labels, images, aboutLabels }: LabelledImages): number {
  const rows = sizeOf(images.shape) > 0 ? images.values.length / sizeOf(images.shape) : 0;
  if (sizeOf(labels.shape) !== 1 || labels.values.length !== rows) {
    throw new DataError(
      `noisy-views needs one label for each of ${rows} images, but ${labels.name} has ${count(labels.values.length, "number")}`,
      "Give the labels of the same images.",
      aboutLabels,
    );
  }
  let classes = 0;
  for (let i = 0; i < labels.values.length; i++) {
    const value = labels.values[i]!;
    if (!Number.isInteger(value) || value < 0) {
      throw new DataError(
        `noisy-views needs labels that are whole numbers from 0, but ${labels.name} contains ${value}`,
        "Number the classes from 0.",
        aboutLabels,
      );
    }
    classes = Math.max(classes, value + 1);
  }
  return classes;
}
