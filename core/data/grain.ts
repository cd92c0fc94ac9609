import type { RandomStream } from "../random";

/**
 * Noise that is cheap: fills `out` with numbers of mean 0 that are uniform over 256 steps in +-`amplitude`. Four values
 * are made of each random word, since pictures and films need many.
 */
export function grain(draws: RandomStream, amplitude: number, out: Float32Array): void {
  const step = (2 * amplitude) / 255;
  for (let i = 0; i < out.length; i += 4) {
    let word = draws.word();
    const end = Math.min(out.length, i + 4);
    for (let j = i; j < end; j++) {
      out[j] = step * (word & 255) - amplitude;
      word >>>= 8;
    }
  }
}
