import { useEffect, useRef } from "preact/hooks";
import type { Pictures, Texts } from "../../core/train/protocol";
import { count as counted } from "../../core/language/text";
import type { RunState } from "../../core/train/run-state";

/** Held-out samples, and below each its reconstruction from the codes. */
export function SamplesView({ state }: { state: RunState }) {
  if (state.samples.length === 0) return null;
  return (
    <section class="card">
      <h2>Originals and reconstructions</h2>
      {state.samples.map((samples) => (
        <div class="pictures" key={samples.stream}>
          <h3>{samples.stream}</h3>
          {samples.kind === "texts" ? <Words texts={samples} /> : <Strips pictures={samples} />}
        </div>
      ))}
    </section>
  );
}

/** Texts as a table: a decoder gives words without their order, so these are sorted by how likely they are. */
function Words({ texts: { original, reconstruction } }: { texts: Texts }) {
  return (
    <table class="texts">
      <thead>
        <tr>
          <th>original</th>
          {reconstruction !== undefined && <th>most likely words from the codes</th>}
        </tr>
      </thead>
      <tbody>
        {original.map((text, i) => (
          <tr key={i}>
            <td>{text}</td>
            {reconstruction !== undefined && <td>{reconstruction[i]}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Strips({ pictures }: { pictures: Pictures }) {
  return (
    <>
      <Strip pictures={pictures} bytes={pictures.original} label="original" />
      {pictures.reconstruction !== undefined && (
        <Strip pictures={pictures} bytes={pictures.reconstruction} label="from the codes" />
      )}
    </>
  );
}

/** A row of samples, drawn pixel by pixel; a vector is a strip of one row, drawn taller. */
function Strip({ pictures, bytes, label }: { pictures: Pictures; bytes: Uint8Array; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { count, height, width, channels } = pictures;
  useEffect(() => {
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
    <figure>
      <canvas
        ref={canvas}
        width={columns}
        height={height}
        style={{ aspectRatio: `${columns} / ${height === 1 ? Math.ceil(width / 4) : height}` }}
        role="img"
        aria-label={`${counted(count, "sample")} of ${pictures.stream}, ${label}`}
      />
      <figcaption class="quiet">{label}</figcaption>
    </figure>
  );
}
