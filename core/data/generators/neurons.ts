import { RandomStream } from "../../random";
import type { Generator } from "../generator";
import { poisson } from "../poisson";

const NEURONS = 40;
const TARGETS = 8;
const MEASURED = 6;
/** Mean spikes of a neuron in the window, before anything changes them. */
const BASE = [3, 9] as const;
/** How strongly a neuron is tuned to the direction, in the logarithm of its rate. */
const TUNED = [0.3, 0.9] as const;
/** How strongly arousal drives it. */
const DRIVEN = [0.15, 0.45] as const;
/** Noise of what is measured of the movement. */
const JITTER = 0.3;

/** Spike counts of neurons and the movement that they go with. */
export const neurons: Generator = {
  name: "neurons",
  doc: `Spike counts of ${NEURONS} neurons in a window of time, and ${MEASURED} measurements of the arm's movement in it. Both follow the direction of the reach, one of ${TARGETS} targets, and its speed: each neuron fires most for its preferred direction, by the cosine of the angle to it and in proportion to the speed (Georgopoulos et al. 1982), and counts are Poisson. Arousal drives all neurons together and does not reach the arm; posture shifts the measurements and no neuron follows it. The recordings are synthetic.`,
  fields: [
    { name: "spikes", kind: `counts(${NEURONS})`, role: "stream", doc: "spikes of each neuron" },
    {
      name: "movement",
      kind: `vector(${MEASURED})`,
      role: "stream",
      doc: "velocity of hand and elbow, each in two directions, and two angles of the arm, in standard deviations",
    },
    {
      name: "target",
      kind: `label(${TARGETS})`,
      role: "factor",
      doc: "direction of the reach, in eighths of a turn",
    },
    { name: "speed", kind: "scalar", role: "factor", doc: "of the reach, 0.5 to 1.5" },
    { name: "arousal", kind: "scalar", role: "factor", doc: "in the neurons alone, standard normal" },
    { name: "posture", kind: "scalar", role: "factor", doc: "in the movement alone, standard normal" },
  ],
  options: [],
  draw({ seed, samples }) {
    const spikes = new Int32Array(samples * NEURONS);
    const movement = new Float32Array(samples * MEASURED);
    const targets = new Uint8Array(samples);
    const [speeds, arousals, postures] = [0, 1, 2].map(() => new Float32Array(samples)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const population = populationOf(seed);
    const draws = new RandomStream(seed, "data.reaches", 0);
    for (let i = 0; i < samples; i++) {
      draws.rewind(i);
      const target = (targets[i] = draws.integer(TARGETS));
      const speed = (speeds[i] = draws.uniform(0.5, 1.5));
      const arousal = (arousals[i] = draws.normal());
      const posture = (postures[i] = draws.normal());
      const angle = (2 * Math.PI * target) / TARGETS;
      population.forEach(({ base, preferred, tuned, driven }, k) => {
        const logarithm = tuned * speed * Math.cos(angle - preferred) + driven * arousal;
        spikes[i * NEURONS + k] = poisson(base * Math.exp(logarithm), draws);
      });
      const [x, y] = [speed * Math.cos(angle), speed * Math.sin(angle)];
      const measured = [x, y, 0.8 * x - 0.3 * y, 0.3 * x + 0.8 * y, posture, 0.7 * posture + 0.3 * x];
      measured.forEach((value, k) => {
        movement[i * MEASURED + k] =
          value + 0.4 * (k < 4 ? (k % 2 === 0 ? posture : -posture) : 0) + JITTER * draws.normal();
      });
    }
    return {
      spikes: { shape: [NEURONS], values: spikes },
      movement: { shape: [MEASURED], values: movement },
      target: { shape: [], values: targets, classes: TARGETS },
      speed: { shape: [], values: speeds },
      arousal: { shape: [], values: arousals },
      posture: { shape: [], values: postures },
    };
  },
};

interface Neuron {
  base: number;
  preferred: number;
  tuned: number;
  driven: number;
}

function populationOf(seed: number): Neuron[] {
  const draws = new RandomStream(seed, "data.neurons", 0);
  return Array.from({ length: NEURONS }, () => ({
    base: draws.uniform(...BASE),
    preferred: draws.uniform(0, 2 * Math.PI),
    tuned: draws.uniform(...TUNED),
    driven: draws.uniform(...DRIVEN),
  }));
}
