import { useEffect } from "preact/hooks";
import { whole } from "../../../core/language/number-text";
import type { DataDescription } from "../../../core/train/data-description";
import type { RunState } from "../../../core/train/run-state";
import type { Send } from "../../connection";
import { useSeen } from "../../inspecting";
import { Bars } from "./bars";
import { StreamView } from "./stream";

/** The data as the training reads them. Asked for when it is shown, and again for each text that is opened meanwhile. */
export function DataView({ state, send }: { state: RunState; send: Send }) {
  const seen = useSeen();
  const { data, generation, samples } = state;
  useEffect(() => {
    if (seen) send({ kind: "describe" });
  }, [seen, generation]);
  if (data === undefined) return <p class="quiet">Waiting for the data …</p>;
  return (
    <div class="data-page">
      <Rows data={data} />
      {data.streams.map((stream) => (
        <StreamView
          key={stream.name}
          stream={stream}
          samples={samples.find((one) => one.stream === stream.name)}
        />
      ))}
      <SkippedView data={data} />
    </div>
  );
}

/** Samples by split, and those that no split has. */
function Rows({ data: { source, samples, splits, taken } }: { data: DataDescription }) {
  const unused = samples - splits.train - splits.validation - splits.test;
  return (
    <section class="card" aria-label="Samples by split">
      <h2>Samples by split</h2>
      <p>
        <code>{source}</code> has {whole(samples)} samples.
      </p>
      {taken.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <Bars
        heading="split"
        rows={[
          { name: "training", counts: [splits.train] },
          { name: "validation", counts: [splits.validation] },
          { name: "test", counts: [splits.test] },
          ...(unused > 0 ? [{ name: "in no split", counts: [unused] }] : []),
        ]}
        columns={["samples"]}
      />
    </section>
  );
}

function SkippedView({ data: { skipped } }: { data: DataDescription }) {
  if (skipped.length === 0) return null;
  return (
    <section class="card" aria-label="Not read">
      <h2 title="Arrays and columns of the data that are not fields, so no stream can read them.">
        Not read
      </h2>
      <table>
        <thead>
          <tr>
            <th scope="col">name</th>
            <th scope="col">why</th>
          </tr>
        </thead>
        <tbody>
          {skipped.map(({ name, reason }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
