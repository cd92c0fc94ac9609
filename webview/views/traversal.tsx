import { useState } from "preact/hooks";
import { hundredths, nats, number, whole } from "../../core/language/number-text";
import type { Traversal } from "../../core/train/inspect/messages";
import type { SpecSummary } from "../../core/train/protocol";
import type { RunState } from "../../core/train/run-state";
import type { Samples } from "../../core/train/shown";
import { accentClass } from "../colours";
import type { Send } from "../connection";
import { useInspection } from "../inspecting";
import { useCode } from "./code-choice";
import { Drawn, pictureAt } from "./drawn";

interface Props {
  summary: SpecSummary;
  state: RunState;
  send: Send;
}

type Coordinate = Traversal["coordinates"][number];

/** Each coordinate of a code: its rate, what it follows, and what the decoders make of it over its range. */
export function TraversalView({ summary, state, send }: Props) {
  const { code, at, choice } = useCode("traversal", summary);
  const answer = useInspection({ kind: "traversal", code }, state, send);
  const found = answer?.code === code ? answer : undefined;
  const rates = ratesOf(state, summary, code);
  const ordered = (found?.coordinates ?? []).toSorted(
    (a, b) => (rates?.[b.coordinate] ?? 0) - (rates?.[a.coordinate] ?? 0),
  );
  return (
    <section class="card traversal" aria-label="Coordinates">
      <h2 title="One coordinate of the code goes over its range, from the 2.5 % quantile of its draws to the 97.5 % quantile; all else stays as one held-out sample has it.">
        What each coordinate changes
      </h2>
      <div class="choices">{choice}</div>
      {found === undefined ? (
        <p class="quiet">Waiting for the decoders.</p>
      ) : ordered.length === 0 ? (
        <p class="quiet">No decoder reads {code}, so nothing can be decoded from it.</p>
      ) : (
        <div class={accentClass(at)}>
          {ordered.map((one) => (
            <Row
              key={`${code} ${one.coordinate}`}
              own={one}
              rate={rates?.[one.coordinate]}
              mostRate={Math.max(...(rates ?? [0]))}
              follows={followedBy(state, code, one.coordinate)}
              mostMoved={(stream) => Math.max(...found.coordinates.map((other) => movedBy(other, stream)))}
            />
          ))}
          <p class="quiet">
            {rates === undefined
              ? "The coordinates have no rate of their own. "
              : "Largest rate first. A rate is the most that the coordinate can carry. "}
            R² is the share of the coordinate's variance that a factor explains. Everything else stays as row{" "}
            {whole(found.row)} of the data has it. Step {whole(found.step)}.
          </p>
        </div>
      )}
    </section>
  );
}

/** Rates of the coordinates; undefined where the code has none, or one as a whole. */
function ratesOf(state: RunState, summary: SpecSummary, code: string): readonly number[] | undefined {
  const rates = state.rates[code];
  return rates?.length === summary.latents.find(({ name }) => name === code)?.size ? rates : undefined;
}

const movedBy = ({ moves }: Coordinate, stream: string): number =>
  moves.find((one) => one.stream === stream)?.by ?? 0;

/** The factor that explains most of a coordinate, where one explains more than none. */
function followedBy(
  { measurements }: RunState,
  code: string,
  coordinate: number,
): { factor: string; r2: number } | undefined {
  const [best] = measurements
    .filter(
      (one) => one.id === "coordinate" && one.code === code && one.coordinate === coordinate && one.low > 0,
    )
    .toSorted((a, b) => b.value - a.value);
  return best && { factor: best.factor!, r2: best.value };
}

function Row({
  own,
  rate,
  mostRate,
  follows,
  mostMoved,
}: {
  own: Coordinate;
  rate: number | undefined;
  mostRate: number;
  follows: { factor: string; r2: number } | undefined;
  mostMoved: (stream: string) => number;
}) {
  const { coordinate, values, samples, moves } = own;
  const [at, move] = useState(Math.floor(values.length / 2));
  return (
    <div class="traversed">
      <div class="about">
        <h3>Coordinate {coordinate}</h3>
        {rate !== undefined && (
          <Amount label={nats(rate)} share={rate / mostRate} title={`rate ${nats(rate)}`} />
        )}
        <span class="quiet">
          {follows === undefined
            ? "follows no factor alone"
            : `follows ${follows.factor}: R² ${hundredths(follows.r2)}`}
        </span>
        {moves.map(({ stream, by }) => (
          <Amount
            key={stream}
            label={`moves ${stream}`}
            share={by / (mostMoved(stream) || 1)}
            title={`${stream} changes by ${number(by)} (root mean square) from one end to the other; the bar compares the coordinates`}
          />
        ))}
      </div>
      <div class="range">
        {samples.map((one) => (
          <Decoded samples={one} at={at} key={one.stream} />
        ))}
        {values.length > 1 && (
          <label class="slide">
            <input
              type="range"
              min={0}
              max={values.length - 1}
              step={1}
              value={at}
              aria-label={`Value of coordinate ${coordinate}`}
              aria-valuetext={number(values[at]!)}
              onInput={(event) => move(Number(event.currentTarget.value))}
            />
            <span class="quiet figure">{number(values[at]!)}</span>
          </label>
        )}
      </div>
    </div>
  );
}

function Amount({ label, share, title }: { label: string; share: number; title: string }) {
  return (
    <span class="amount" title={title}>
      <span class="track">
        <span class="fill" style={{ width: `${(100 * Math.min(1, Math.max(0, share))).toFixed(1)}%` }} />
      </span>
      <span class="quiet">{label}</span>
    </span>
  );
}

/** What is decoded: all values side by side, and the one that the slider is at. */
function Decoded({ samples, at }: { samples: Samples; at: number }) {
  if (samples.kind === "texts")
    return (
      <p class="decoded-words" aria-live="polite">
        <span class="quiet">{samples.stream}</span> {samples.original[at]}
      </p>
    );
  const one = pictureAt(samples, at);
  return (
    <div class="film">
      <Drawn pictures={samples} bytes={samples.original} label="over the range of the coordinate" />
      <Drawn pictures={one} bytes={one.original} label="at the slider" />
    </div>
  );
}
