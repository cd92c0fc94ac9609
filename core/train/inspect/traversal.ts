/** What each coordinate of a code moves: decoders over its range, everything else as one row has it. */
import type { Latent } from "../../theory/spec";
import { decodedSamples } from "../samples";
import type { Traversal } from "./messages";
import type { Scene } from "./scene";

/** Most coordinates, and values of each. */
const [COORDINATES, VALUES] = [16, 9];
/** Share of the draws on either side of a range. */
const TAIL = 0.025;

export async function traversalOf(scene: Scene, code: string): Promise<Omit<Traversal, "step">> {
  const { rows, decoders } = scene;
  const row = rows[0]!;
  const streams = Object.entries(decoders.decoded).flatMap(([name, { codes }]) =>
    codes.includes(code) ? [name] : [],
  );
  const none = { kind: "traversal" as const, code, row, coordinates: [] };
  if (streams.length === 0) return none;
  const { "mean.": means, "draw.": draws } = await scene.encode(["mean.", "draw."], rows);
  const { law } = scene.latent(code);
  const { size } = law;
  const ranges = chosen(means[code]!, size).map((coordinate) => ({
    coordinate,
    values: law.name === "categorical" ? [1] : rangeOf(draws[code]!, size, coordinate),
  }));
  const places = ranges.flatMap(({ coordinate, values }) => values.map((value) => ({ coordinate, value })));
  const moved = Object.fromEntries(
    Object.entries(means).map(([name, all]) => {
      const own = all.subarray(0, all.length / rows.length);
      const each = places.map((place) => (name === code ? movedTo(own, place, law.name) : own));
      return [name, Float32Array.from(each.flatMap((one) => [...one]))];
    }),
  );
  const decoded = await decoders.decode(moved, new Int32Array(places.length).fill(row));
  let at = 0;
  const coordinates = ranges.map(({ coordinate, values }) => {
    const start = at;
    at += values.length;
    const own = streams.map((name) => {
      const all = decoded[name]!;
      const width = all.length / places.length;
      return { stream: scene.stream(name), part: all.subarray(start * width, at * width), width };
    });
    return {
      coordinate,
      values,
      samples: own.map(({ stream, part }) => decodedSamples(stream, part, values.length, rows)),
      moves: own.map(({ stream, part, width }) => ({ stream: stream.name, by: movement(part, width) })),
    };
  });
  return { ...none, coordinates };
}

/** The coordinates whose means vary most, in their order. */
function chosen(means: Float32Array, size: number): number[] {
  const count = means.length / size;
  const variance = (at: number): number => {
    let [sum, squares] = [0, 0];
    for (let row = 0; row < count; row++) {
      sum += means[row * size + at]!;
      squares += means[row * size + at]! ** 2;
    }
    return squares / count - (sum / count) ** 2;
  };
  return Array.from({ length: size }, (_, at) => ({ at, varies: variance(at) }))
    .sort((a, b) => b.varies - a.varies)
    .slice(0, COORDINATES)
    .map(({ at }) => at)
    .sort((a, b) => a - b);
}

function rangeOf(draws: Float32Array, size: number, at: number): number[] {
  const sorted = Float64Array.from(
    { length: draws.length / size },
    (_, row) => draws[row * size + at]!,
  ).sort();
  const quantile = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  const [low, high] = [quantile(TAIL), quantile(1 - TAIL)];
  return Array.from({ length: VALUES }, (_, i) => low + ((high - low) * i) / (VALUES - 1));
}

/** A code with one coordinate at a value; one on a sphere stays there, and of a categorical one the others are 0. */
function movedTo(
  code: Float32Array,
  { coordinate, value }: { coordinate: number; value: number },
  law: Latent["law"]["name"],
): Float32Array {
  if (law === "categorical") return code.map((_, i) => (i === coordinate ? value : 0));
  const onSphere = law === "vmf" || law === "sphere";
  const rest = Math.sqrt(code.reduce((sum, one, i) => sum + (i === coordinate ? 0 : one ** 2), 0));
  const scale = onSphere ? Math.sqrt(Math.max(0, 1 - value ** 2)) / (rest || 1) : 1;
  return code.map((one, i) => (i === coordinate ? value : one * scale));
}

/** The root mean square of the difference between the first row and the last. */
function movement(rows: Float32Array, width: number): number {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += (rows[rows.length - width + i]! - rows[i]!) ** 2;
  return Math.sqrt(sum / width);
}
