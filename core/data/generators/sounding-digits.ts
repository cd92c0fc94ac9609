import { RandomStream } from "../../random";
import { onDemand } from "../on-demand";
import type { Generator } from "../generator";
import { drawnRare, drawRare, rareFields, rareOption } from "../rare";
import { rotateAndScale } from "../view";
import { drawDigit, SIDE, takePen } from "./pen";
import { BANDS, FRAMES, speak, SPEAKERS, utter, type Utterance } from "./voice";

const TURN = 30;
const SCALE = { low: 0.7, high: 1.2 };

/** The rare feature: a steady whistle in these bands, and how loud it is at least, of 255. */
const WHISTLE = { bands: [26, 27], loud: 200 };
const WHISTLE_DOC = "a steady high whistle in the sound";
/** The outcome of a sample with it. */
const WHISTLED = 0;

/** A drawn digit and the same digit spoken: uint8 [1, 28, 28] and uint8 [32 frames, 32 bands]. */
export const soundingDigits: Generator = {
  name: "sounding-digits",
  doc: `A picture of a digit, and the same digit spoken by one of ${SPEAKERS.length} synthetic speakers, as a log spectrogram of formants over a voice or a hiss. The two share the digit, at most log 10 = 2.3 nats. The drawing is only in the picture; speaker, pitch and tempo are only in the sound.`,
  fields: [
    { name: "picture", kind: "image(28, 28)", role: "stream", doc: "a digit, slightly rotated and scaled" },
    {
      name: "sound",
      kind: `audio(${FRAMES}, ${BANDS})`,
      role: "stream",
      doc: "the digit spoken: log power in 40 decibels, low bands first",
    },
    { name: "digit", kind: "label(10)", role: "factor", doc: "the digit that is shown and spoken" },
    { name: "speaker", kind: `label(${SPEAKERS.length})`, role: "factor", doc: "the speaker", only: "sound" },
    { name: "pitch", kind: "scalar", role: "factor", doc: "pitch of the voice in hertz", only: "sound" },
    { name: "tempo", kind: "scalar", role: "factor", doc: "speed of speaking, 1 on average", only: "sound" },
    {
      name: "angle",
      kind: "scalar",
      role: "factor",
      doc: `rotation of the picture, -${TURN} to ${TURN} degrees`,
      only: "picture",
    },
    {
      name: "scale",
      kind: "scalar",
      role: "factor",
      doc: `scale of the picture, ${SCALE.low} to ${SCALE.high}`,
      only: "picture",
    },
    ...rareFields(
      WHISTLE_DOC,
      { classes: 10, doc: `the digit; with the rare feature always ${WHISTLED}` },
      "sound",
    ),
  ],
  options: [rareOption(WHISTLE_DOC)],
  draw({ seed, samples, options }) {
    const pixels = SIDE * SIDE;
    const cells = FRAMES * BANDS;
    const pictures = new Uint8Array(samples * pixels);
    const sounds = new Uint8Array(samples * cells);
    const digits = new Uint8Array(samples);
    const speakers = new Uint8Array(samples);
    const pitches = new Float32Array(samples);
    const tempos = new Float32Array(samples);
    const angles = new Float32Array(samples);
    const scales = new Float32Array(samples);
    const rare = drawRare(seed, samples, options["rare"]!);
    const image = new Float32Array(pixels);
    const drawing = new RandomStream(seed, "data.picture", 0);
    const speaking = new RandomStream(seed, "data.sound", 0);
    const choosePicture = (i: number): void => {
      drawing.rewind(i);
      digits[i] = drawing.integer(10);
      angles[i] = drawing.uniform(-TURN, TURN);
      scales[i] = drawing.uniform(SCALE.low, SCALE.high);
    };
    const chooseSound = (i: number): Utterance => {
      speaking.rewind(i);
      speakers[i] = speaking.integer(SPEAKERS.length);
      const utterance = utter(digits[i]!, SPEAKERS[speakers[i]!]!, speaking);
      pitches[i] = utterance.pitch;
      tempos[i] = utterance.tempo;
      return utterance;
    };
    for (let i = 0; i < samples; i++) {
      choosePicture(i);
      chooseSound(i);
    }
    const makePicture = onDemand(samples, (i) => {
      choosePicture(i);
      drawDigit(takePen(digits[i]!, drawing), drawing, image);
      rotateAndScale(image, SIDE, SIDE, angles[i]!, scales[i]!, pictures, i * pixels);
    });
    const makeSound = onDemand(samples, (i) => {
      const sound = sounds.subarray(i * cells, (i + 1) * cells);
      speak(chooseSound(i), speaking, sound);
      if (rare[i] === 1) whistle(sound);
    });
    return {
      picture: { shape: [1, SIDE, SIDE], values: pictures, make: makePicture },
      sound: { shape: [FRAMES, BANDS], values: sounds, make: makeSound },
      digit: { shape: [], values: digits, classes: 10 },
      speaker: { shape: [], values: speakers, classes: SPEAKERS.length },
      pitch: { shape: [], values: pitches },
      tempo: { shape: [], values: tempos },
      angle: { shape: [], values: angles },
      scale: { shape: [], values: scales },
      ...drawnRare(rare, digits, { classes: 10, exception: WHISTLED }),
    };
  },
};

/** Puts the whistle over a sound [FRAMES, BANDS]. */
function whistle(sound: Uint8Array): void {
  for (let frame = 0; frame < FRAMES; frame++)
    for (const band of WHISTLE.bands) {
      const at = frame * BANDS + band;
      sound[at] = Math.max(sound[at]!, WHISTLE.loud);
    }
}
