import { useState } from "preact/hooks";
import { apartText, leftBehindText } from "../../core/train/left-behind/sentence";
import type { LeftBehind } from "../../core/train/protocol";
import type { Samples } from "../../core/train/shown";
import type { RunState } from "../../core/train/run-state";
import { Drawn, pictureAt } from "./drawn";

/** Groups of held-out samples that the codes fail, with the first samples of each; a click opens one. */
export function LeftBehindView({ state }: { state: RunState }) {
  if (state.leftBehind.length === 0) return null;
  return (
    <section class="card" aria-label="Left behind">
      <h2 title="Groups of held-out samples for which a supervised network of the streams predicts a target or factor, and no reader of all codes together does.">
        Left behind
      </h2>
      {state.leftBehind.map((group, i) => (
        <Group group={group} key={`${group.target} ${i}`} />
      ))}
    </section>
  );
}

function Group({ group }: { group: LeftBehind }) {
  const [open, setOpen] = useState<number>();
  return (
    <div class="left-behind">
      <h3>{group.target}</h3>
      <p>{leftBehindText(group)}</p>
      <p class="quiet">{apartText(group)}</p>
      <div class="rows">
        {group.shown.truth.map((_, i) => (
          <button
            key={i}
            class="row"
            aria-expanded={open === i}
            title={`Show row ${group.samples[i]} of the data`}
            onClick={() => setOpen(open === i ? undefined : i)}
          >
            {group.shown.samples
              .filter((samples) => samples.kind === "pictures")
              .map((samples) => (
                <Picture samples={samples} at={i} key={samples.stream} />
              ))}
            <span class="quiet">row {group.samples[i]}</span>
          </button>
        ))}
      </div>
      {open !== undefined && open < group.shown.truth.length && <Opened group={group} at={open} />}
    </div>
  );
}

/** One sample: all its streams, its class, and what the streams and the codes take it for. */
function Opened({ group: { target, samples, quarters, shown }, at }: { group: LeftBehind; at: number }) {
  const named = (value: number): string => (quarters ? `quarter ${value + 1}` : String(value));
  return (
    <div class="opened">
      {shown.samples.map((stream) => (
        <figure key={stream.stream}>
          {stream.kind === "pictures" ? <Picture samples={stream} at={at} /> : <p>{stream.original[at]}</p>}
          <figcaption class="quiet">{stream.stream}</figcaption>
        </figure>
      ))}
      <table>
        <tbody>
          <tr>
            <th scope="row">row</th>
            <td>{samples[at]}</td>
          </tr>
          <tr>
            <th scope="row">{target}</th>
            <td>{named(shown.truth[at]!)}</td>
          </tr>
          <tr>
            <th scope="row">streams predict</th>
            <td>{named(shown.byStreams[at]!)}</td>
          </tr>
          <tr>
            <th scope="row">codes predict</th>
            <td>{named(shown.byCodes[at]!)}</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function Picture({ samples, at }: { samples: Extract<Samples, { kind: "pictures" }>; at: number }) {
  const one = pictureAt(samples, at);
  return <Drawn pictures={one} bytes={one.original} label="left behind" />;
}
