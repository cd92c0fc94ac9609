import { RandomStream } from "../../random";
import { onDemand } from "../on-demand";
import type { Generator } from "../generator";
import { grain } from "../grain";
import { CAPTION_WORDS, COLOURS, VOCABULARY, WAYS_OF_WORDING, writeCaption } from "./captions";
import { drawnRare, drawRare, rareFields, rareOption } from "../rare";
import { coverage, SHAPES } from "./outlines";

const SIDE = 20;
const RADIUS = { low: 3.6, high: 6.4 };
/** How far the shape is from the middle at most, in pixels: all of it is within the picture. */
const AWAY = 2.5;
const GRAIN = 0.05;
const MIDDLE = (RADIUS.low + RADIUS.high) / 2;
/** The darkest and the lightest background. */
const BACKGROUND = { low: 0.05, high: 0.45 };

/** The rare feature: a white spot of this many pixels each way, where hardly any shape reaches. */
const SPOT = 4;
const SPOT_DOC = "a white spot in the upper left corner of the picture";
/** The outcome of a sample with it. */
const SPOTTED = 0;

/** A coloured shape, uint8 [3, 20, 20], and a caption of it, int32 [7] with its length. */
export const captionedShapes: Generator = {
  name: "captioned-shapes",
  doc: "A picture of one coloured shape, and its caption as word numbers. The caption contains the shape, its colour and whether it is small or large, but neither its position nor the brightness of the background; the picture does not contain the wording of the caption.",
  fields: [
    { name: "picture", kind: `image(${SIDE}, ${SIDE}, 3)`, role: "stream", doc: "a coloured shape on grey" },
    {
      name: "caption",
      kind: `text(${CAPTION_WORDS}, ${VOCABULARY.length})`,
      role: "stream",
      doc: "numbers of its words; 0 after the end",
    },
    { name: "caption_length", kind: "scalar", role: "factor", doc: "number of words of the caption" },
    { name: "shape", kind: `label(${SHAPES.length})`, role: "factor", doc: SHAPES.join(", ") },
    {
      name: "colour",
      kind: `label(${COLOURS.length})`,
      role: "factor",
      doc: COLOURS.map(({ word }) => word).join(", "),
    },
    { name: "size", kind: "scalar", role: "factor", doc: "half of the shape's width, in pixels" },
    {
      name: "across",
      kind: "scalar",
      role: "factor",
      doc: "the shape's middle, in pixels from the left",
      only: "picture",
    },
    {
      name: "down",
      kind: "scalar",
      role: "factor",
      doc: "the shape's middle, in pixels from the top",
      only: "picture",
    },
    {
      name: "background",
      kind: "scalar",
      role: "factor",
      doc: "brightness of the background, 0 to 1",
      only: "picture",
    },
    {
      name: "wording",
      kind: `label(${WAYS_OF_WORDING})`,
      role: "factor",
      doc: "wording of the caption",
      only: "caption",
    },
    ...rareFields(
      SPOT_DOC,
      { classes: COLOURS.length, doc: `the colour; with the rare feature always ${COLOURS[SPOTTED]!.word}` },
      "picture",
    ),
  ],
  options: [rareOption(SPOT_DOC)],
  draw({ seed, samples, options }) {
    const pixels = SIDE * SIDE;
    const pictures = new Uint8Array(samples * 3 * pixels);
    const captions = new Int32Array(samples * CAPTION_WORDS);
    const lengths = new Int32Array(samples);
    const shapes = new Uint8Array(samples);
    const colours = new Uint8Array(samples);
    const wordings = new Uint8Array(samples);
    const sizes = new Float32Array(samples);
    const acrosses = new Float32Array(samples);
    const downs = new Float32Array(samples);
    const backgrounds = new Float32Array(samples);
    const rare = drawRare(seed, samples, options["rare"]!);
    const noise = new Float32Array(pixels);
    const draws = new RandomStream(seed, "data.shapes", 0);
    const choose = (i: number) => {
      draws.rewind(i);
      const shape = (shapes[i] = draws.integer(SHAPES.length));
      const colour = (colours[i] = draws.integer(COLOURS.length));
      const wording = (wordings[i] = draws.integer(WAYS_OF_WORDING));
      const size = (sizes[i] = draws.uniform(RADIUS.low, RADIUS.high));
      const across = (acrosses[i] = (SIDE - 1) / 2 + draws.uniform(-AWAY, AWAY));
      const down = (downs[i] = (SIDE - 1) / 2 + draws.uniform(-AWAY, AWAY));
      const grey = (backgrounds[i] = draws.uniform(BACKGROUND.low, BACKGROUND.high));
      const light = draws.uniform(0.8, 1.05);
      lengths[i] = writeCaption(
        { shape, colour, large: size > MIDDLE, wording },
        draws,
        captions.subarray(i * CAPTION_WORDS, (i + 1) * CAPTION_WORDS),
      );
      return { shape, colour, size, across, down, grey, light };
    };
    for (let i = 0; i < samples; i++) choose(i);
    const make = onDemand(samples, (i) => {
      const { shape, colour, size, across, down, grey, light } = choose(i);
      const { rgb } = COLOURS[colour]!;
      grain(draws, GRAIN, noise);
      for (let y = 0; y < SIDE; y++) {
        for (let x = 0; x < SIDE; x++) {
          const ink = coverage(shape, x - across, y - down, size);
          const spot = rare[i] === 1 && x < SPOT && y < SPOT;
          for (let c = 0; c < 3; c++) {
            const value = spot ? 1 : grey + ink * (light * rgb[c]! - grey) + noise[y * SIDE + x]!;
            pictures[(i * 3 + c) * pixels + y * SIDE + x] = Math.round(255 * Math.min(1, Math.max(0, value)));
          }
        }
      }
    });
    return {
      picture: { shape: [3, SIDE, SIDE], values: pictures, make },
      caption: { shape: [CAPTION_WORDS], values: captions, words: VOCABULARY },
      caption_length: { shape: [], values: lengths },
      shape: { shape: [], values: shapes, classes: SHAPES.length },
      colour: { shape: [], values: colours, classes: COLOURS.length },
      wording: { shape: [], values: wordings, classes: WAYS_OF_WORDING },
      size: { shape: [], values: sizes },
      across: { shape: [], values: acrosses },
      down: { shape: [], values: downs },
      background: { shape: [], values: backgrounds },
      ...drawnRare(rare, colours, { classes: COLOURS.length, exception: SPOTTED }),
    };
  },
};
