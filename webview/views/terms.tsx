import type { SpecSummary, TermSummary } from "../../core/train/protocol";
import type { Send } from "../connection";
import { sides } from "../../core/theory/sides";
import { limitAt, temperature as learned, withinLimits } from "../../core/train/measurements/temperature";
import { recalibrated } from "../../core/train/measurements/recalibrated";
import { latest, type Series } from "../../core/train/curves";
import { heldOutOf, type RunState } from "../../core/train/run-state";
import { hundredths, number, signed, whole } from "../../core/language/number-text";

interface Props {
  summary: SpecSummary;
  state: RunState;
  /** Ids of the terms at the cursor of the text. */
  lit: readonly string[];
  send: Send;
}

/** Every term with its bound, its value and its weight. A click on a term shows it in the text. */
export function Terms({ summary, state, lit, send }: Props) {
  return (
    <section class="card">
      <h2>Terms</h2>
      <div class="scroll">
        <table class="terms">
          <thead>
            <tr>
              <th scope="col">term</th>
              <th scope="col">bound</th>
              <th
                scope="col"
                class="figure"
                title="Value on the last training batch, in nats. A training signal (∼) has no unit."
              >
                training batch
              </th>
              <th scope="col" class="figure" title={heldOutTitle(state)}>
                held-out data
              </th>
              <th scope="col" class="figure" title="The factor of the term in the loss.">
                weight
              </th>
              <th scope="col" class="trend">
                trend
              </th>
            </tr>
          </thead>
          {(["compress", "keep"] as const).map((side) => (
            <tbody key={side}>
              <tr class="side">
                <th colSpan={6} scope="rowgroup">
                  {side === "compress"
                    ? "compress: information to minimise"
                    : "keep: information to maximise"}
                </th>
              </tr>
              {summary.terms
                .filter((term) => term.side === side)
                .map((term) => (
                  <TermRow key={term.id} term={term} state={state} lit={lit.includes(term.id)} send={send} />
                ))}
            </tbody>
          ))}
        </table>
      </div>
    </section>
  );
}

const heldOutTitle = ({ phase, checkpoint }: RunState): string =>
  phase === "finished" && checkpoint?.tested
    ? `Value on test samples at step ${whole(checkpoint.step)}, in nats.`
    : "Value on validation samples, which are not used in training, in nats.";

/** What a likelihood's value lacks to be the information that its row names. */
const lacking = ({ reads, entropy }: TermSummary): string =>
  entropy !== undefined
    ? ` less H(${entropy.of})`
    : reads === "information plus entropy"
      ? " plus the entropy of what is decoded"
      : "";

interface RowProps {
  term: TermSummary;
  state: RunState;
  lit: boolean;
  send: Send;
}

function TermRow({ term, state, lit, send }: RowProps) {
  const series = state.curves.terms[term.id];
  const value = latest(series);
  const heldOut = heldOutOf(state)?.terms[term.id];
  const relation = sides[term.boundSide];
  return (
    <tr class={lit ? "lit" : ""} aria-current={lit}>
      <th scope="row">
        <button
          class="link"
          title={`Show in the text. ${term.reason}`}
          onClick={() => send({ kind: "reveal", name: term.id })}
        >
          {term.text}
        </button>
      </th>
      <td title={`${term.formula} — ${relation.name}; it measures ${term.reads}`}>
        <span aria-label={relation.name}>{relation.sign}</span> {term.bound}
        <small>{lacking(term)}</small> <Temperature term={term} state={state} />{" "}
        <Recalibrated term={term} state={state} />
      </td>
      <td class="figure">{value === undefined ? "" : number(value)}</td>
      <td class="figure">{heldOut === undefined ? "" : number(heldOut)}</td>
      <td class="figure weight" title={weightTitle(term)}>
        {weightText(term)}
      </td>
      <td class="trend">
        <Spark series={series} />
      </td>
    </tr>
  );
}

/** The temperature that the term has learned by now; where it starts, before the first look. */
function Temperature({ term: { id, temperature }, state }: Pick<RowProps, "term" | "state">) {
  if (temperature === undefined) return null;
  const own = state.measurements.find((one) => one.id === learned.id && one.term === id);
  const now = own?.value ?? temperature;
  const limit = limitAt(now);
  return (
    <small
      class="temperature"
      title={`Scores are divided by this number, which the term learns. It starts at ${number(temperature)}; it is kept ${withinLimits}.`}
    >
      {`temperature ${number(now)}${limit === undefined ? "" : `, its ${limit} limit`}`}
    </small>
  );
}

/** A contrastive term with the one temperature that suits held-out samples. */
function Recalibrated({ term: { id }, state }: Pick<RowProps, "term" | "state">) {
  const own = state.measurements.find((one) => one.id === recalibrated.id && one.term === id);
  if (own === undefined) return null;
  const { value, low, high } = own;
  const interval = `95 % interval ${hundredths(low)} to ${high === null ? "no limit" : hundredths(high)} nats`;
  const title = `With its scores multiplied by one number, fitted on validation samples; ${interval}. The value on held-out data is lower where the critic is too sure of itself.`;
  return <small title={title}>{`recalibrated ${hundredths(value)}`}</small>;
}

/** The weight as a number, and as it will be at the end where a schedule moves it. */
function weightTitle({ weightText, weight, weightAtEnd }: TermSummary): string {
  const end = number(weightAtEnd) === number(weight) ? "" : `; ${number(weightAtEnd)} when training ends`;
  const sign = weight < 0 ? ". Kept terms are subtracted, because training minimises the loss" : "";
  return `${weightText} = ${number(weight)}${end}${sign}.`;
}

/** A weight with its number, where it is not a number itself: `β·w = 0.64`. */
const weightText = ({ weightText: text, weight }: TermSummary): string =>
  text === signed(weight, 15) ? text : `${text} =\u00a0${number(weight)}`;

const WIDTH = 56;
const HEIGHT = 20;

/** A curve without axes: the shape of the whole run at a glance. */
function Spark({ series }: { series: Series | undefined }) {
  if (series === undefined || series.values.length < 2)
    return <svg class="spark" width={WIDTH} height={HEIGHT} />;
  const low = Math.min(...series.values);
  const high = Math.max(...series.values);
  const last = series.steps.at(-1)!;
  const points = series.values.map((value, i) => {
    const x = (series.steps[i]! / last) * WIDTH;
    const y = HEIGHT - 2 - ((value - low) / (high - low || 1)) * (HEIGHT - 4);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg
      class="spark"
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={`from ${number(series.values[0]!)} to ${number(series.values.at(-1)!)}`}
    >
      <polyline points={points.join(" ")} />
    </svg>
  );
}
