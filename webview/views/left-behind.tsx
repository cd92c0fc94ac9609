import { useState } from "preact/hooks";
import { apartText, leftBehindText } from "../../core/train/left-behind/sentence";
import type { LeftBehind, Unpredicted } from "../../core/train/protocol";
import type { Samples } from "../../core/train/shown";
import type { RunState } from "../../core/train/run-state";
import { Drawn, pictureAt } from "./drawn";

/** Groups of held-out samples that the codes fail, with the first samples of each; a click opens one. */
export function LeftBehindView({ state }: { state: RunState }) {
  if (state.leftBehind.length === 0) return null;
  return (
    <section class="card" aria-label="Left behind">
      <h2
        title={
          state.leftBehind[0]!.target === null
            ? "Groups of held-out samples with something rare in a stream that no code carries, found in what a regression of the stream on all codes leaves."
            : "Groups of held-out samples for which a supervised network of the streams predicts a target or factor, and no reader of all codes together does."
        }
      >
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
  const shown = countShown(group);
  return (
    <div class="left-behind">
      <h3>{group.target ?? group.stream}</h3>
      <p>{leftBehindText(group)}</p>
      <p class="quiet">{apartText(group)}</p>
      <div class="rows">
        {Array.from({ length: shown }, (_, i) => (
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
      {open !== undefined && open < shown && <Opened group={group} at={open} />}
    </div>
  );
}

/** How many of the group's rows come with their streams. */
function countShown(group: LeftBehind): number {
  if (group.target !== null) return group.shown.truth.length;
  return Math.max(
    0,
    ...group.shown.samples.map((one) => (one.kind === "pictures" ? one.count : one.original.length)),
  );
}

/** One sample: all its streams, and where something is predicted, its class and what the streams and the codes take it for. */
function Opened({ group, at }: { group: LeftBehind; at: number }) {
  return (
    <div class="opened">
      {group.shown.samples.map((stream) => (
        <figure key={stream.stream}>
          {stream.kind === "pictures" ? <Picture samples={stream} at={at} /> : <p>{stream.original[at]}</p>}
          <figcaption class="quiet">{stream.stream}</figcaption>
        </figure>
      ))}
      <table>
        <tbody>
          <tr>
            <th scope="row">row</th>
            <td>{group.samples[at]}</td>
          </tr>
          {group.target !== null && <Predictions group={group} at={at} />}
        </tbody>
      </table>
    </div>
  );
}

function Predictions({ group: { target, quarters, shown }, at }: { group: Unpredicted; at: number }) {
  const named = (value: number): string => (quarters ? `quarter ${value + 1}` : String(value));
  return (
    <>
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
    </>
  );
}

function Picture({ samples, at }: { samples: Extract<Samples, { kind: "pictures" }>; at: number }) {
  const one = pictureAt(samples, at);
  return <Drawn pictures={one} bytes={one.original} label="left behind" />;
}
