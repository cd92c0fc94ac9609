/** Log-mel spectrograms: how loud each band of pitches is over time. */
import type { Recording } from "./wav";

/** Bands, evenly spaced in mel from the lowest pitch to half the rate. */
export const BANDS = 32;
const LOWEST = 60;
/** A window is the power of two nearest to this many seconds; each begins half a window after the last. */
const WINDOW = 0.032;
/** Decibels below the loudest; what is quieter is silence. */
export const RANGE = 80;

/** O'Shaughnessy's scale of pitch, in mel. */
const toMel = (hertz: number): number => 2595 * Math.log10(1 + hertz / 700);
const toHertz = (mel: number): number => 700 * (10 ** (mel / 2595) - 1);

/**
 * Log power of bands, in decibels, row-major [frames, BANDS]; at least one frame.
 * @param magnitudes of a real signal of a power of two, half as many
 */
export function spectrogram(
  { samples, rate }: Recording,
  magnitudes: (signal: Float64Array) => Float64Array,
): { frames: number; values: Float32Array } {
  const window = 2 ** Math.max(5, Math.round(Math.log2(rate * WINDOW)));
  const hop = window / 2;
  const frames = 1 + Math.max(0, Math.ceil((samples.length - window) / hop));
  const hann = Float64Array.from(
    { length: window },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / window),
  );
  const bands = bandsOf(window, rate);
  const values = new Float32Array(frames * BANDS);
  const part = new Float64Array(window);
  for (let frame = 0; frame < frames; frame++) {
    for (let i = 0; i < window; i++) part[i] = (samples[frame * hop + i] ?? 0) * hann[i]!;
    const spectrum = magnitudes(part);
    bands.forEach((band, b) => {
      let power = 0;
      for (const [bin, weight] of band) power += weight * (spectrum[bin] ?? 0) ** 2;
      values[frame * BANDS + b] = 10 * Math.log10(power + 1e-12);
    });
  }
  return { frames, values };
}

/** Triangles that overlap by half, each a list of bins with their weights. */
function bandsOf(window: number, rate: number): [number, number][][] {
  const [low, high] = [toMel(Math.min(LOWEST, rate / 8)), toMel(rate / 2)];
  const edge = (i: number): number => (toHertz(low + ((high - low) * i) / (BANDS + 1)) * window) / rate;
  return Array.from({ length: BANDS }, (_, band) => {
    const [from, middle, to] = [edge(band), edge(band + 1), edge(band + 2)];
    const bins: [number, number][] = [];
    for (let bin = Math.ceil(from); bin < Math.min(to, window / 2); bin++) {
      const weight = bin < middle ? (bin - from) / (middle - from) : (to - bin) / (to - middle);
      if (weight > 0) bins.push([bin, weight]);
    }
    // Low bands may be narrower than a bin.
    return bins.length > 0 ? bins : [[Math.round(middle), 1]];
  });
}
