// Writes animated GIF files.
import gifenc from "gifenc";

/** Index of the colour that leaves a pixel as the frame before has it. */
const SAME = 255;
/** Frames whose colours make the palette. */
const SAMPLES = 6;

/**
 * Frames as one GIF file that repeats for ever.
 * @param {readonly Uint8ClampedArray[]} frames red, green, blue and opacity from 0 to 255, row by row: [height, width, 4]
 * @param {number} delay milliseconds of a frame; the last is shown for `rest`
 */
export function gif(frames, { width, height, delay, rest }) {
  const sampled = Array.from({ length: SAMPLES }, (_, i) =>
    frames.at(Math.round((i * (frames.length - 1)) / (SAMPLES - 1))),
  );
  const palette = gifenc.quantize(Buffer.concat(sampled), SAME);
  const file = gifenc.GIFEncoder();
  let shown = new Uint8Array(0);
  frames.forEach((frame, at) => {
    const colours = gifenc.applyPalette(frame, palette);
    const changed = colours.map((colour, i) => (colour === shown[i] ? SAME : colour));
    file.writeFrame(changed, width, height, {
      ...(at === 0 ? { palette: [...palette, [0, 0, 0]] } : {}),
      delay: at === frames.length - 1 ? rest : delay,
      transparent: true,
      transparentIndex: SAME,
      dispose: 1,
    });
    shown = colours;
  });
  file.finish();
  return file.bytes();
}
