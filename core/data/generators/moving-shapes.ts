import { RandomStream } from "../../random";
import { onDemand } from "../on-demand";
import type { Generator } from "../generator";
import { grain } from "../grain";
import { coverage, SHAPES } from "./outlines";

const FRAMES = 6;
const SIDE = 16;
const SPEED = { low: 0.8, high: 2 };
const RADIUS = 3;
const GRAIN = 0.1;

/** Directions of motion, in the order of their class numbers: quarter turns clockwise as seen. */
const DIRECTIONS = ["right", "down", "left", "up"] as const;

/** A shape that moves: uint8 [6 frames, 1, 16, 16]. */
export const movingShapes: Generator = {
  name: "moving-shapes",
  doc: "A video of one shape that moves at constant speed and re-enters at the opposite edge. It starts at a random position, so a single frame shows the shape but not the direction; only the motion shows the direction.",
  fields: [
    {
      name: "film",
      kind: `video(${FRAMES}, ${SIDE}, ${SIDE})`,
      role: "stream",
      doc: "a light shape on dark",
    },
    {
      name: "direction",
      kind: `label(${DIRECTIONS.length})`,
      role: "factor",
      doc: `direction of motion: ${DIRECTIONS.join(", ")}`,
    },
    {
      name: "speed",
      kind: "scalar",
      role: "factor",
      doc: `pixels a frame, ${SPEED.low} to ${SPEED.high}`,
    },
    { name: "shape", kind: `label(${SHAPES.length})`, role: "factor", doc: SHAPES.join(", ") },
    { name: "brightness", kind: "scalar", role: "factor", doc: "brightness of the shape, 0.5 to 1" },
  ],
  options: [],
  draw({ seed, samples }) {
    const pixels = SIDE * SIDE;
    const films = new Uint8Array(samples * FRAMES * pixels);
    const directions = new Uint8Array(samples);
    const speeds = new Float32Array(samples);
    const shapes = new Uint8Array(samples);
    const lights = new Float32Array(samples);
    const noise = new Float32Array(pixels);
    const draws = new RandomStream(seed, "data.films", 0);
    const choose = (i: number): { turn: number; speed: number; shape: number; light: number } => {
      draws.rewind(i);
      const turn = (directions[i] = draws.integer(DIRECTIONS.length));
      const speed = (speeds[i] = draws.uniform(SPEED.low, SPEED.high));
      const shape = (shapes[i] = draws.integer(SHAPES.length));
      const light = (lights[i] = draws.uniform(0.5, 1));
      return { turn, speed, shape, light };
    };
    for (let i = 0; i < samples; i++) choose(i);
    const make = onDemand(samples, (i) => {
      const { turn, speed, shape, light } = choose(i);
      const stepX = turn === 0 ? speed : turn === 2 ? -speed : 0;
      const stepY = turn === 1 ? speed : turn === 3 ? -speed : 0;
      const startX = draws.uniform(0, SIDE);
      const startY = draws.uniform(0, SIDE);
      for (let frame = 0; frame < FRAMES; frame++) {
        const x = startX + frame * stepX;
        const y = startY + frame * stepY;
        const at = (i * FRAMES + frame) * pixels;
        grain(draws, GRAIN, noise);
        for (let p = 0; p < pixels; p++) {
          const ink = coverage(shape, around((p % SIDE) - x), around(Math.floor(p / SIDE) - y), RADIUS);
          const value = light * ink + noise[p]!;
          films[at + p] = Math.round(255 * Math.min(1, Math.max(0, value)));
        }
      }
    });
    return {
      film: { shape: [FRAMES, 1, SIDE, SIDE], values: films, make },
      direction: { shape: [], values: directions, classes: DIRECTIONS.length },
      speed: { shape: [], values: speeds },
      shape: { shape: [], values: shapes, classes: SHAPES.length },
      brightness: { shape: [], values: lights },
    };
  },
};

/** The same place on the round trip across the picture, as near to 0 as it can be. */
const around = (distance: number): number => distance - SIDE * Math.round(distance / SIDE);
