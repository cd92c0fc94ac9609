import { useLayoutEffect, useRef } from "preact/hooks";
import type { Pictures } from "../../core/train/shown";
import { count as counted } from "../../core/language/text";

/** One of several samples. */
export function pictureAt(pictures: Pictures, at: number): Pictures {
  const { height, width, channels, original } = pictures;
  const size = height * width * channels;
  const one = { ...pictures, count: 1, original: original.subarray(at * size, (at + 1) * size) };
  delete one.reconstruction;
  delete one.sound;
  return one;
}

/** One frame of every sample of a film, [count, frames, height of a frame, width, channels]. */
export function frameAt(pictures: Pictures, bytes: Uint8Array, frame: number): Pictures {
  const { count, width, channels, frames = 1 } = pictures;
  const height = pictures.height / frames;
  const size = height * width * channels;
  const original = new Uint8Array(count * size);
  for (let sample = 0; sample < count; sample++) {
    const from = (sample * frames + frame) * size;
    original.set(bytes.subarray(from, from + size), sample * size);
  }
  return { kind: "pictures", stream: pictures.stream, count, height, width, channels, original };
}

/** A row of samples, drawn pixel by pixel; a vector is a strip of one row, drawn taller. */
export function Drawn({ pictures, bytes, label }: { pictures: Pictures; bytes: Uint8Array; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { count, height, width, channels } = pictures;
  // At once with the label: a canvas of another size is empty until it is drawn.
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context === null || context === undefined) return;
    const gap = 2;
    const image = context.createImageData(count * (width + gap) - gap, height);
    for (let sample = 0; sample < count; sample++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const from = ((sample * height + y) * width + x) * channels;
          const at = 4 * (y * image.width + sample * (width + gap) + x);
          for (let c = 0; c < 3; c++) image.data[at + c] = bytes[from + (channels === 3 ? c : 0)] ?? 0;
          image.data[at + 3] = 255;
        }
    context.putImageData(image, 0, 0);
  }, [bytes, count, height, width, channels]);
  const columns = count * (width + 2) - 2;
  return (
    <canvas
      ref={canvas}
      width={columns}
      height={height}
      style={{ aspectRatio: `${columns} / ${height === 1 ? Math.ceil(width / 4) : height}` }}
      role="img"
      aria-label={`${counted(count, "sample")} of ${pictures.stream}, ${label}`}
    />
  );
}
