import { useEffect, useRef } from "preact/hooks";
import type { Pictures } from "../../core/train/protocol";
import type { RunState } from "../../core/train/run-state";

/** Held-out samples, and beneath each what its codes let the decoder draw. */
export function PicturesView({ state }: { state: RunState }) {
  if (state.pictures.length === 0) return null;
  return (
    <section class="card">
      <h2>Originals and reconstructions</h2>
      {state.pictures.map((pictures) => (
        <div class="pictures" key={pictures.stream}>
          <h3>{pictures.stream}</h3>
          <Strip pictures={pictures} bytes={pictures.original} label="original" />
          {pictures.reconstruction !== undefined && (
            <Strip pictures={pictures} bytes={pictures.reconstruction} label="from the codes" />
          )}
        </div>
      ))}
    </section>
  );
}

/** A row of samples, drawn pixel by pixel; a vector is a strip of one row, drawn taller. */
function Strip({ pictures, bytes, label }: { pictures: Pictures; bytes: Uint8Array; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { count, height, width } = pictures;
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context === null || context === undefined) return;
    const gap = 2;
    const image = context.createImageData(count * (width + gap) - gap, height);
    for (let sample = 0; sample < count; sample++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const value = bytes[(sample * height + y) * width + x] ?? 0;
          const at = 4 * (y * image.width + sample * (width + gap) + x);
          image.data.set([value, value, value, 255], at);
        }
    context.putImageData(image, 0, 0);
  }, [bytes, count, height, width]);
  const columns = count * (width + 2) - 2;
  return (
    <figure>
      <canvas
        ref={canvas}
        width={columns}
        height={height}
        style={{ aspectRatio: `${columns} / ${height === 1 ? Math.ceil(width / 4) : height}` }}
        role="img"
        aria-label={`${count} samples of ${pictures.stream}, ${label}`}
      />
      <figcaption class="quiet">{label}</figcaption>
    </figure>
  );
}
