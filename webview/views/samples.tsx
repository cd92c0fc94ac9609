import type { Pictures, Samples, Texts } from "../../core/train/shown";
import type { RunState } from "../../core/train/run-state";
import { Playable } from "./playing";

/** Held-out samples, and below each its reconstruction from the codes, where a spec asks for one. */
export function SamplesView({ state }: { state: RunState }) {
  if (state.samples.length === 0) return null;
  const decoded = state.samples.some(({ reconstruction }) => reconstruction !== undefined);
  return (
    <section class="card">
      <h2>{decoded ? "Originals and reconstructions" : "Held-out samples"}</h2>
      {state.samples.map((samples) => (
        <div class="pictures" key={samples.stream}>
          <h3>{samples.stream}</h3>
          {samples.kind === "texts" ? <Words texts={samples} /> : <Strips pictures={samples} />}
        </div>
      ))}
    </section>
  );
}

/** Held-out samples of one stream as they are, without what a code makes of them. */
export function Originals({ samples }: { samples: Samples }) {
  const originals = { ...samples };
  delete originals.reconstruction;
  return originals.kind === "texts" ? (
    <Words texts={originals} />
  ) : (
    <Playable pictures={originals} bytes={originals.original} label="held-out samples" />
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

function Strip({ pictures, bytes, label }: { pictures: Pictures; bytes: Uint8Array; label: string }) {
  return (
    <figure>
      <Playable pictures={pictures} bytes={bytes} label={label} />
      <figcaption class="quiet">{label}</figcaption>
    </figure>
  );
}
