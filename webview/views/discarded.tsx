import { number } from "../../core/language/number-text";
import type { MeasuredValue, SpecSummary } from "../../core/train/protocol";
import type { RunState } from "../../core/train/run-state";

/** Factors that are named; the others are in the table. */
const NAMED = 4;

interface Props {
  summary: SpecSummary;
  state: RunState;
}

/** What no code carries, below the flow: nats of each factor with the side that they bound, or that nobody can tell. */
export function Discarded({ summary, state }: Props) {
  const factors = summary.streams.filter(
    ({ role, kind }) => role !== "modality" && (kind === "label" || kind === "scalar"),
  );
  const amounts = factors.map(({ name }) => ({
    name,
    amount: state.measurements.find(({ id, factor }) => id === "information-discarded" && factor === name),
  }));
  const known = amounts
    .flatMap(({ name, amount }) => {
      const text = amount && amountText(amount);
      return text === undefined ? [] : [{ name, text, low: amount!.low, high: amount!.high ?? 0 }];
    })
    .toSorted((a, b) => b.low - a.low || b.high - a.high);
  const unknown = amounts.map(({ name }) => name).filter((name) => !known.some((one) => one.name === name));
  return (
    <p class="discarded" title={MEANING}>
      <span class="stub" /> <strong>Discarded:</strong>{" "}
      {known.slice(0, NAMED).map(({ name, text }) => (
        <span class="amount-of" key={name}>
          {name} <span class="quiet">{text}</span>
        </span>
      ))}
      {known.length > NAMED && <span class="quiet">and {known.length - NAMED} more, in the table below</span>}
      {known.length === 0 && <span class="quiet">{untold(summary, state, unknown)}</span>}
      {known.length > 0 && unknown.length > 0 && (
        <span class="quiet">
          cannot tell for {unknown.slice(0, NAMED).join(", ")}
          {unknown.length > NAMED && " and others"}
        </span>
      )}
    </p>
  );
}

const MEANING =
  "What the streams carry about each factor and all codes together do not, in nats. Amounts of different factors do not add up. What is discarded of a stream as a whole cannot be computed, because its entropy is not known.";

/** `0.20 to 0.45 nats`, `at most 0.45 nats`; undefined where nothing bounds it. */
function amountText({ low, high }: MeasuredValue): string | undefined {
  if (high !== null)
    return low > 0 ? `${number(low)} to ${number(high)} nats` : `at most ${number(high)} nats`;
  return low > 0 ? `at least ${number(low)} nats` : undefined;
}

/** Why there is no number. */
function untold({ latents, streams }: SpecSummary, { phase }: RunState, factors: readonly string[]): string {
  if (factors.length === 0) {
    const read = streams.filter(({ role }) => role === "modality").map(({ name }) => name);
    return `cannot tell, because the entropy of ${read.join(" and ")} is not known. Add \`observe\` for a factor to see what is discarded of it.`;
  }
  return latents.length > 1 && phase !== "finished"
    ? "cannot tell before the training ends, when all codes are read together."
    : `cannot tell for ${factors.slice(0, NAMED).join(", ")}.`;
}
