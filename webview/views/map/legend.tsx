import { number } from "../../../core/language/number-text";
import type { FactorValues } from "../../../core/train/inspect/messages";
import { classColour, rangeOf } from "./colouring";

interface Props {
  by: FactorValues;
  /** The class that stands out, where one does. */
  lit: number | undefined;
  light: (at: number | undefined) => void;
}

/** What the colours mean; a click on a class makes its points stand out. */
export function Legend({ by: { factor, classes, values }, lit, light }: Props) {
  if (classes === undefined) {
    const { low, high } = rangeOf(values);
    return (
      <p class="legend quiet" aria-label={`Colours of ${factor}: from ${number(low)} to ${number(high)}`}>
        {number(low)} <span class="ramp" /> {number(high)}
      </p>
    );
  }
  return (
    <div class="legend" role="group" aria-label={`Classes of ${factor}`}>
      {Array.from({ length: classes }, (_, at) => (
        <button
          key={at}
          class="chip"
          aria-pressed={lit === at}
          title={`Make ${factor} ${at} stand out`}
          onClick={() => light(lit === at ? undefined : at)}
        >
          <span class="swatch" style={{ background: classColour(at, classes) }} /> {at}
        </button>
      ))}
    </div>
  );
}
