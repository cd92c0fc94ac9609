import type { RandomStream } from "../../random";
import { grain } from "../grain";
import { SPOKEN, type Phone } from "./phones";

/** Frames of 20 ms, and bands of equal width on the mel scale from 60 to 4,000 Hz. */
export const FRAMES = 32;
export const BANDS = 32;

interface Speaker {
  /** Pitch in hertz. */
  pitch: number;
  /** Formants beside those of a mean speaker: short vocal tracts have high ones. */
  formants: number;
  /** Words a second beside those of a mean speaker. */
  tempo: number;
  /** Decibels that the voice loses an octave above 500 Hz. */
  tilt: number;
  /** Hiss that goes with the voice. */
  breath: number;
}

export const SPEAKERS: readonly Speaker[] = [
  { pitch: 88, formants: 0.9, tempo: 0.9, tilt: 9, breath: 0.01 },
  { pitch: 112, formants: 0.97, tempo: 1.15, tilt: 6, breath: 0.03 },
  { pitch: 135, formants: 1.02, tempo: 0.95, tilt: 11, breath: 0.06 },
  { pitch: 175, formants: 1.1, tempo: 1.1, tilt: 7, breath: 0.02 },
  { pitch: 208, formants: 1.16, tempo: 0.88, tilt: 10, breath: 0.05 },
  { pitch: 250, formants: 1.26, tempo: 1.05, tilt: 8, breath: 0.03 },
];

/** Frames of a word of four sounds, spoken at the mean tempo. */
const WORD = 24;
/** Half-widths of the formants in hertz, and their amplitudes. */
const WIDTHS = [70, 100, 150];
const AMPLITUDES = [1, 0.6, 0.3];
/** Decibels between silence and the loudest, and how far a cell is off. */
const RANGE = 40;
const GRAIN = 2.5;

const mel = (hertz: number): number => 2595 * Math.log10(1 + hertz / 700);
const hertz = (of: number): number => 700 * (10 ** (of / 2595) - 1);
const edges = Array.from({ length: BANDS + 1 }, (_, i) =>
  hertz(mel(60) + ((mel(4000) - mel(60)) * i) / BANDS),
);
const centres = edges.slice(1).map((high, i) => (high + edges[i]!) / 2);
const widths = edges.slice(1).map((high, i) => high - edges[i]!);

const noise = new Float32Array(FRAMES * BANDS);
const tilts = new Float64Array(BANDS);
const apart = new Float64Array(BANDS);
/** The sounds' properties mixed at one moment. */
const now = { f: [0, 0, 0], voice: 0, hiss: 0, hissAt: 0 };

/** How a digit will be spoken. */
export interface Utterance {
  word: readonly Phone[];
  speaker: Speaker;
  /** Hertz. */
  pitch: number;
  /** Share of the pitch by which it falls. */
  fall: number;
  /** How fast, 1 on average. */
  tempo: number;
  /** Factors of the formants. */
  sway: readonly number[];
  /** Decibels. */
  loud: number;
  /** Lengths of the word's sounds. */
  stretched: readonly number[];
  /** Frames it takes, and the one it begins in. */
  frames: number;
  begin: number;
}

/** Chooses how a speaker speaks a digit. */
export function utter(digit: number, speaker: Speaker, draws: RandomStream): Utterance {
  const word = SPOKEN[digit]!;
  const pitch = speaker.pitch * Math.exp(0.07 * draws.normal());
  const fall = draws.uniform(0, 0.25);
  const tempo = speaker.tempo * Math.exp(0.08 * draws.normal());
  const size = speaker.formants * Math.exp(0.02 * draws.normal());
  const sway = [draws.normal(), draws.normal(), draws.normal()].map((x) => size * Math.exp(0.03 * x));
  const loud = draws.uniform(-5, 0);
  const stretched = word.map(({ length }) => length * Math.exp(0.12 * draws.normal()));
  const frames = Math.min(FRAMES - 5, (WORD * (0.4 + 0.15 * word.length)) / tempo);
  const begin = (FRAMES - frames) / 2 + draws.uniform(-1.5, 1.5);
  return { word, speaker, pitch, fall, tempo, sway, loud, stretched, frames, begin };
}

/**
 * Speaks: a source of harmonics and hiss through three formants that glide from sound to sound (Fant 1960), in the room's
 * noise. Fills `out` [FRAMES, BANDS] with log power, 0 for silence and 255 for the loudest.
 */
export function speak(utterance: Utterance, draws: RandomStream, out: Uint8Array): void {
  const { word, speaker, pitch, fall, sway, loud, stretched, frames, begin } = utterance;
  const total = stretched.reduce((sum, length) => sum + length, 0);
  grain(draws, GRAIN, noise);
  for (let band = 0; band < BANDS; band++) {
    const octaves = Math.max(0, Math.log2(centres[band]! / 500));
    tilts[band] = 10 ** ((-speaker.tilt * octaves) / 20);
    // Harmonics stand apart in bands that are narrower than the pitch.
    apart[band] = Math.exp(-((widths[band]! / pitch) ** 2));
  }
  for (let frame = 0; frame < FRAMES; frame++) {
    const t = (frame + 0.5 - begin) / frames;
    mixSounds(word, stretched, t * total);
    const f0 = pitch * (1 - fall * (t - 0.5));
    // The word fades in and out over its first and last twelfth.
    const swell = Math.min(1, Math.max(0, Math.min(t, 1 - t) * 12));
    for (let band = 0; band < BANDS; band++) {
      const centre = centres[band]!;
      let filter = 0;
      for (let i = 0; i < 3; i++) {
        const off = (centre - now.f[i]! * sway[i]!) / (WIDTHS[i]! + widths[band]! / 2);
        filter += AMPLITUDES[i]! / (1 + off * off);
      }
      const comb = 1 - apart[band]! + apart[band]! * (0.5 + 0.5 * Math.cos((2 * Math.PI * centre) / f0)) ** 2;
      const hiss = now.hiss > 0 ? now.hiss * Math.exp(-(((centre - now.hissAt) / 900) ** 2)) : 0;
      const amplitude = swell * (now.voice * filter * (tilts[band]! * comb + speaker.breath) + hiss);
      const decibels = 20 * Math.log10(amplitude + 1e-4) + loud + noise[frame * BANDS + band]!;
      out[frame * BANDS + band] = Math.round(255 * Math.min(1, Math.max(0, 1 + decibels / RANGE)));
    }
  }
}

/** Sets `now` to the sound at a place of the word, gliding to its neighbours; nothing before and after the word. */
function mixSounds(word: readonly Phone[], lengths: readonly number[], place: number): void {
  now.f.fill(0);
  now.voice = now.hiss = now.hissAt = 0;
  let from = 0;
  let weights = 0;
  word.forEach((phone, i) => {
    const to = from + lengths[i]!;
    // A trapezoid: whole within the sound, falling to nothing a glide beyond its ends.
    const glide = 0.3;
    const weight = Math.max(0, Math.min(1, (Math.min(place - from, to - place) + glide) / (2 * glide)));
    if (weight > 0) {
      for (let k = 0; k < 3; k++) now.f[k]! += weight * phone.formants[k]!;
      now.voice += weight * phone.voice;
      now.hiss += weight * phone.hiss;
      now.hissAt += weight * phone.hissAt;
      weights += weight;
    }
    from = to;
  });
  if (weights === 0) return;
  for (let k = 0; k < 3; k++) now.f[k]! /= weights;
  now.hissAt /= weights;
  now.voice /= Math.max(1, weights);
  now.hiss /= Math.max(1, weights);
}
