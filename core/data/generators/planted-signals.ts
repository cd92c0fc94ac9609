import { RandomStream } from "../../random";
import type { Generator } from "../generator";

const LENGTH = 32;
const CHANNELS = 4;
/** Steps at which the burst is heard: within the last sixteen before any present from 16 to 24. */
const BURST = { from: 8, to: 16 };
/** Standard deviations of the slow factors and of the burst within a channel, and of the noise of a step. */
const SIZE = 2;
const NOISE = 0.6;
/** What each channel carries of the two slow factors and of the burst: orthonormal columns. */
const MIXING = [
  [0.5, 0.5, 0.5],
  [0.5, -0.5, 0.5],
  [0.5, 0.5, -0.5],
  [0.5, -0.5, -0.5],
] as const;

/** Gaussian signals, float32 [4 channels, 32 steps]. */
export const plantedSignals: Generator = {
  name: "planted-signals",
  doc: `Signals of ${CHANNELS} channels with two lasting factors, a burst that ends before the middle, and noise at every step. With a past of 16 steps and a future of 8, ${"`past(S, 16)` and `future(S, 8)`"}, both contain the lasting factors, and only the past contains the burst.`,
  fields: [
    { name: "S", kind: `signal(${LENGTH}, ${CHANNELS})`, role: "stream", doc: "a signal" },
    { name: "slow_1", kind: "scalar", role: "factor", doc: "in past and future" },
    { name: "slow_2", kind: "scalar", role: "factor", doc: "in past and future" },
    { name: "burst", kind: "scalar", role: "factor", doc: "only in the past" },
  ],
  options: [],
  draw({ seed, samples }) {
    const signals = new Float32Array(samples * CHANNELS * LENGTH);
    const factors = [0, 1, 2].map(() => new Float32Array(samples));
    const draws = new RandomStream(seed, "data.signals", 0);
    for (let i = 0; i < samples; i++) {
      draws.rewind(i);
      for (const values of factors) values[i] = draws.normal();
      const [first, second, burst] = factors.map((values) => SIZE * values[i]!) as [number, number, number];
      for (let c = 0; c < CHANNELS; c++) {
        const [a, b, d] = MIXING[c]!;
        for (let t = 0; t < LENGTH; t++) {
          const heard = t >= BURST.from && t < BURST.to ? d * burst : 0;
          signals[(i * CHANNELS + c) * LENGTH + t] = a * first + b * second + heard + NOISE * draws.normal();
        }
      }
    }
    return {
      S: { shape: [CHANNELS, LENGTH], values: signals },
      slow_1: { shape: [], values: factors[0]! },
      slow_2: { shape: [], values: factors[1]! },
      burst: { shape: [], values: factors[2]! },
    };
  },
};
