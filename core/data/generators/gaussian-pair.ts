import { RandomStream } from "../../random";
import type { Generator } from "../generator";

/** Two Gaussian vectors whose canonical correlations are known. */
export const gaussianPair: Generator = {
  name: "gaussian-pair",
  doc: "Two Gaussian vectors X and Y with unit variances. Value i of one is correlated with value i of the other alone: the first by `correlation`, each further one by `ratio` times the one before. So they share -1/2 * log(1 - r^2) nats for each correlation r, and the information bottleneck between them is known exactly: direction i is worth its rate from beta = 1 / r^2 on.",
  fields: [
    { name: "X", kind: "vector(4)", role: "stream", doc: "one vector" },
    { name: "Y", kind: "vector(4)", role: "stream", doc: "the other" },
  ],
  options: [
    {
      name: "dimension",
      doc: "Number of values of a vector.",
      whole: true,
      least: 1,
      most: 256,
      fallback: 4,
    },
    {
      name: "correlation",
      doc: "Correlation of the first values.",
      whole: false,
      least: 0,
      most: 0.999,
      fallback: 0.9,
    },
    {
      name: "ratio",
      doc: "Each further correlation, as a share of the one before.",
      whole: false,
      least: 0,
      most: 1,
      fallback: 0.8,
    },
  ],
  draw({ seed, samples, options }) {
    const { dimension = 4, correlation = 0.9, ratio = 0.8 } = options;
    const [x, y] = [new Float32Array(samples * dimension), new Float32Array(samples * dimension)];
    const draws = new RandomStream(seed, "data.gaussian-pair", 0);
    for (let i = 0; i < samples; i++) {
      draws.rewind(i);
      for (let j = 0; j < dimension; j++) {
        const r = correlation * ratio ** j;
        const [one, other] = [draws.normal(), draws.normal()];
        x[i * dimension + j] = one;
        y[i * dimension + j] = r * one + Math.sqrt(1 - r * r) * other;
      }
    }
    return { X: { shape: [dimension], values: x }, Y: { shape: [dimension], values: y } };
  },
};
