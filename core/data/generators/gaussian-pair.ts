import { RandomStream } from "../../random";
import type { Generator } from "../generator";

const MOST = 4096;

/** Two Gaussian vectors whose canonical correlations are known. */
export const gaussianPair: Generator = {
  name: "gaussian-pair",
  doc: "Two Gaussian vectors X and Y with unit variances. Value i of one is correlated with value i of the other alone: the first by `correlation`, each further one by `ratio` times the one before, as many as `shared` says. So they share -1/2 * log(1 - r^2) nats for each correlation r, and the information bottleneck between them is known exactly: direction i is worth its rate from beta = 1 / r^2 on.",
  fields: [
    { name: "X", kind: "vector(4)", role: "stream", doc: "one vector" },
    { name: "Y", kind: "vector(4)", role: "stream", doc: "the other" },
    {
      name: "s",
      kind: "scalar",
      role: "factor",
      doc: "the common cause of the first values, whose correlation with each is the root of theirs",
    },
  ],
  options: [
    {
      name: "dimension",
      doc: "Number of values of X, and of Y where `right` is 0.",
      whole: true,
      least: 1,
      most: MOST,
      fallback: 4,
    },
    {
      name: "right",
      doc: "Number of values of Y; 0 for as many as X has.",
      whole: true,
      least: 0,
      most: MOST,
      fallback: 0,
    },
    {
      name: "shared",
      doc: "How many values are correlated; 0 for all.",
      whole: true,
      least: 0,
      most: MOST,
      fallback: 0,
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
    const right = options["right"] || dimension;
    const shared = options["shared"] || Infinity;
    const [x, y] = [new Float32Array(samples * dimension), new Float32Array(samples * right)];
    const s = new Float32Array(samples);
    const draws = new RandomStream(seed, "data.gaussian-pair", 0);
    for (let i = 0; i < samples; i++) {
      draws.rewind(i);
      for (let j = 0; j < Math.max(dimension, right); j++) {
        const r = j < shared ? correlation * ratio ** j : 0;
        const [one, other] = [draws.normal(), draws.normal()];
        if (j < dimension) x[i * dimension + j] = one;
        if (j < right) y[i * right + j] = r * one + Math.sqrt(1 - r * r) * other;
      }
      // Drawn given the first values, so that these do not depend on it.
      const [one, other] = [x[i * dimension]!, y[i * right]!];
      const rest = Math.sqrt((1 - correlation) / (1 + correlation)) * draws.normal();
      s[i] = (Math.sqrt(correlation) / (1 + correlation)) * (one + other) + rest;
    }
    return {
      X: { shape: [dimension], values: x },
      Y: { shape: [right], values: y },
      s: { shape: [], values: s },
    };
  },
};
