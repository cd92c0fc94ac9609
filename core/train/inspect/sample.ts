/** One row opened: its streams and reconstructions, its codes, its neighbours in a code, and what probes read of it. */
import { shownSamples } from "../samples";
import type { Samples } from "../shown";
import type { OpenedSample } from "./messages";
import type { Read, Scene } from "./scene";

/** Rows that are shown beside it. */
const NEIGHBOURS = 6;

export async function sampleOf(
  scene: Scene,
  { code, row }: { code: string; row: number },
): Promise<Omit<OpenedSample, "step">> {
  const { read, modalities } = scene;
  const own = Int32Array.of(row);
  const reconstructed = await scene.reconstruct(own);
  const { "mean.": mean, "draw.": draw } = await scene.encode(["mean.", "draw."], own);
  const { "mean.": others } = await scene.encode(["mean."], scene.rows);
  const near = nearest(scene.rows, others[code]!, row, mean[code]!);
  const rows = Int32Array.from(near, (one) => one.row);
  const at = read?.rows.indexOf(row) ?? -1;
  const beside = scene.factorsOf(rows);
  return {
    kind: "sample",
    code,
    row,
    samples: modalities.flatMap((stream) => shownSamples(stream, own, reconstructed[stream.name])),
    codes: scene.codes.map((name) => ({ code: name, mean: [...mean[name]!], draw: [...draw[name]!] })),
    neighbours: {
      rows: [...rows],
      distances: near.map(({ distance }) => distance),
      samples: modalities.flatMap((stream): Samples[] => shownSamples(stream, rows)),
    },
    factors: scene.factorsOf(own).map(({ factor, classes, values }, i) => ({
      factor,
      ...(classes !== undefined && { classes }),
      truth: values[0]!,
      neighbours: beside[i]!.values,
      predictions:
        at < 0 ? [] : predictionsOf(read!, factor, row).filter((one) => scene.codes.includes(one.code)),
    })),
    ...(at >= 0 && { readAt: read!.step }),
  };
}

/** What each code's probe predicts of a factor in a judged row, from its first draw; none where the row lacks one of them. */
const predictionsOf = (
  { rows, readings }: Read,
  factor: string,
  row: number,
): { code: string; value: number }[] =>
  readings
    .filter((one) => one.factor === factor)
    .flatMap(({ code, reading, rows: own = rows }) => {
      const at = own.indexOf(row);
      const predictions = reading.predictions[0]!;
      if (at < 0) return [];
      if (reading.kind === "scalar") return { code, value: predictions[at]! };
      const scores = [...predictions.subarray(at * reading.classes, (at + 1) * reading.classes)];
      return { code, value: scores.indexOf(Math.max(...scores)) };
    });

/** Other rows by how near their codes are, nearest first. @param means [rows, width], @param own [width] */
function nearest(
  rows: Int32Array,
  means: Float32Array,
  row: number,
  own: Float32Array,
): { row: number; distance: number }[] {
  const width = own.length;
  return [...rows]
    .map((other, i) => ({
      row: other,
      distance: Math.hypot(...own.map((value, j) => value - means[i * width + j]!)),
    }))
    .filter((other) => other.row !== row)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEIGHBOURS);
}
