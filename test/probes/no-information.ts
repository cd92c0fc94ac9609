import { gainsOf, informationOf, surprises, type Between } from "../../core/train/probes/index";
import { RandomStream } from "../../core/random";

const CLASSES = 5;
const WIDTH = 3;

/** The interval of a code of standard normal noise, whatever the row, about a label of five classes. */
export function noInformation(seed: number): Between {
  const draws = new RandomStream(seed, "nothing", 0);
  const labels = (rows: number): Int32Array =>
    Int32Array.from({ length: rows }, () => draws.integer(CLASSES));
  const codes = (rows: number): Float32Array =>
    Float32Array.from({ length: rows * WIDTH }, () => draws.normal());
  const [seenTruth, seen] = [labels(2000), codes(2000)];
  const [truth, judged] = [labels(1000), codes(1000)];
  // Natural parameters of a standard normal, for z and its square.
  const natural = Float32Array.from({ length: 2 * judged.length }, (_, i) =>
    i % (2 * WIDTH) < WIDTH ? 0 : -0.5,
  );
  const own = natural.map((_, i) => {
    const z = judged[Math.floor(i / (2 * WIDTH)) * WIDTH + (i % WIDTH)]!;
    return i % (2 * WIDTH) < WIDTH ? z : z ** 2;
  });
  const density = Float32Array.from(
    truth,
    (_, row) => -0.5 * Math.hypot(...judged.subarray(row * WIDTH, (row + 1) * WIDTH)) ** 2,
  );
  const counts = new Float64Array(CLASSES);
  for (const label of truth) counts[label]!++;
  const densities = { components: [{ natural, own, density }], statistics: [own] };
  return informationOf({
    gains: gainsOf({ seen, seenTruth, judged: [judged], truth }, CLASSES),
    counts,
    surprises: surprises(densities, [{ truth, classes: CLASSES }])[0]!,
  });
}
