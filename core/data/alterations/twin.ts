import { drawnRows } from "../../gaussian/draw";
import { pairLike, sharedBy, type PairedRows } from "../../gaussian/pilot";
import type { GaussianPair } from "../../gaussian/population";
import { reduced, type Reduced } from "../../gaussian/principal";
import { sizeOf } from "../../program/program";
import type { BoundStream } from "../bind";
import { DataError } from "../dataset";
import { copyRows } from "../rows";
import { consecutiveSplits, type SplitSizes } from "../splits";
import type { AlterationKind, BoundData } from "./alteration";
import { seenRows, there } from "./parts";

/**
 * Gaussian rows in place of the data: two streams of as many values as before, with the covariances of the training and
 * validation rows and with as strong a link as those show on a line. A design that is trained on them shows how many rows it
 * needs, since there are as many of them as are asked for.
 */
export const twin: AlterationKind = {
  id: "twin",
  doc: "Replaces two streams by Gaussian rows that look as their training and validation rows do: covariances shrunk as these rows ask for, and up to `most` directions that both share, of one correlation. A factor becomes what both share; its classes become equal parts of it.",
  example: { id: "twin", left: "X", right: "Y", most: 4, train: 4000, validation: 1000, test: 2000, seed: 1 },
  alter(data, options) {
    const names = [options.text("left"), options.text("right")] as const;
    const [left, right] = names.map((name) => streamOf(data, name)) as [BoundStream, BoundStream];
    const most = options.integer("most", 1, 4);
    const sizes = {
      train: options.integer("train", 2, 1000),
      validation: options.integer("validation", 2, 250),
      test: options.integer("test", 2, 2000),
    };
    const seed = options.integer("seed", 0, 1);
    const law = lawOf(data, left, right, most);
    return { ...drawn(data, [left, right], law, { sizes, seed }), facts: law.facts };
  },
};

/** A stream of numbers. */
function streamOf({ streams }: BoundData, name: string | undefined): BoundStream {
  const stream = streams.find((one) => one.name === name);
  if (stream !== undefined && !(stream.values instanceof Int32Array) && stream.shape.length > 0)
    return stream;
  throw new DataError(
    `a twin of \`${name}\` cannot be drawn`,
    "Name two streams of numbers, such as vectors or images.",
    { kind: "source" },
  );
}

interface Law {
  pair: GaussianPair;
  /** The directions that the coordinates of a view belong to, where the law is of those. */
  views: readonly (Reduced | undefined)[];
  facts: { rows: number; z: number; correlation: number; shared: number; rho: number };
}

/** Wider views are reduced to principal coordinates: so many, or half as many as there are rows. */
const WIDEST = 256;
const COORDINATES = 100;
/** A direction counts as shared from this many standard deviations on. */
const SURE = 4;

/** Laws by the values that they are of: a study trains on many twins of the same rows. */
const known = new WeakMap<BoundStream["values"], Map<string, Law>>();

function lawOf(data: BoundData, left: BoundStream, right: BoundStream, most: number): Law {
  const rows = there(seenRows(data), left, right);
  const laws = known.get(left.values) ?? new Map<string, Law>();
  known.set(left.values, laws);
  const key = [right.name, most, ...rows].join(" ");
  const law = laws.get(key) ?? madeLaw([left, right], rows, most);
  laws.set(key, law);
  return law;
}

function madeLaw(streams: readonly BoundStream[], rows: Int32Array, most: number): Law {
  const n = rows.length;
  const views = streams.map((stream) => {
    const values = new Float32Array(n * sizeOf(stream.shape));
    copyRows(stream, rows, values);
    const size = values.length / n;
    const view =
      size > WIDEST ? reduced(Float64Array.from(values), n, Math.min(COORDINATES, n >> 1)) : undefined;
    return { view, coordinates: view?.coordinates ?? Float64Array.from(values) };
  });
  const [x, y] = views.map(({ coordinates }) => coordinates) as [Float64Array, Float64Array];
  const paired: PairedRows = { x, y, p: x.length / n, q: y.length / n, n };
  const all = sharedBy(paired, Math.min(most, paired.p, paired.q));
  const shared = Math.max(1, all.each.filter((z) => z >= SURE).length);
  const found = shared === all.each.length ? all : sharedBy(paired, shared);
  const pair = pairLike(paired, shared, found);
  const { z, correlation } = found;
  return {
    pair,
    views: views.map(({ view }) => view),
    facts: { rows: n, z, correlation, shared, rho: pair.rhos[0]! },
  };
}

/** The streams of the twin, and its splits. */
function drawn(
  { streams }: BoundData,
  pair: readonly [BoundStream, BoundStream],
  { pair: law, views }: Law,
  { sizes, seed }: { sizes: SplitSizes; seed: number },
): BoundData {
  const samples = sizes.train + sizes.validation + sizes.test;
  const splits = consecutiveSplits(sizes);
  const values = pair.map(({ shape }) => new Float32Array(samples * sizeOf(shape)));
  const factors = law.rhos.map(() => new Float32Array(samples));
  // Training rows of a larger twin go on after those of a smaller one, and test rows are the same in both.
  const made = drawnRows(law, seed);
  for (const [at, split] of (["test", "validation", "train"] as const).entries())
    splits[split].forEach((row, i) => {
      const { x, y, shared } = made(at, i);
      [x, y].forEach((view, side) => place(view, views[side], values[side]!, row, made.noise));
      shared.forEach((value, k) => (factors[k]![row] = value));
    });
  let next = 0;
  return {
    samples,
    splits,
    streams: streams.map((stream) => {
      const { name, kind, field, shape, classes } = stream;
      const rest = { name, kind, field, shape, ...(classes !== undefined && { classes }) };
      const side = pair.indexOf(stream);
      if (side >= 0) return { ...rest, values: values[side]! };
      const factor = factors[next++ % factors.length]!;
      if (stream.kind.name === "scalar") return { ...rest, values: factor };
      if (stream.kind.name === "label") return { ...rest, values: classesOf(factor, classes!) };
      throw new DataError(`a twin has no \`${name}\``, "Leave out what is neither a view nor a factor.", {
        kind: "stream",
        name,
      });
    }),
  };
}

/** Writes a row of a view: as it is, or from its coordinates. */
function place(
  coordinates: Float64Array,
  view: Reduced | undefined,
  out: Float32Array,
  row: number,
  noise: () => number,
): void {
  if (view === undefined) return out.set(coordinates, row * coordinates.length);
  const { directions, mean, rest } = view;
  const size = mean.length;
  const deviation = Math.sqrt(rest);
  for (let i = 0; i < size; i++) {
    let sum = mean[i]! + deviation * noise();
    for (let k = 0; k < directions.length; k++) sum += coordinates[k]! * directions[k]![i]!;
    out[row * size + i] = sum;
  }
}

/** Equal parts of a standard normal number, in order. */
function classesOf(values: Float32Array, classes: number): Int32Array {
  const sorted = values.slice().sort();
  const ends = Array.from(
    { length: classes - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / classes)]!,
  );
  return Int32Array.from(values, (value) => ends.filter((end) => end <= value).length);
}
