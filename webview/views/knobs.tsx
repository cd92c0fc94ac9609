import type { KnobSummary, SpecSummary } from "../../core/train/protocol";
import { knobText, knobTextWithin } from "../../core/language/knob-text";
import type { Send } from "../connection";
import { knobNote, whyNotNow } from "../controls";
import { knobValue, type PanelState } from "../state";
import { number } from "../../core/language/number-text";

/** Positions of a slider. */
const NOTCHES = 240;

const toNotch = (knob: KnobSummary, value: number): number =>
  NOTCHES *
  (knob.log
    ? Math.log(value / knob.from) / Math.log(knob.to / knob.from)
    : (value - knob.from) / (knob.to - knob.from));

const fromNotch = (knob: KnobSummary, notch: number): number => {
  const share = notch / NOTCHES;
  const value = knob.log
    ? knob.from * (knob.to / knob.from) ** share
    : knob.from + (knob.to - knob.from) * share;
  return Number(value.toPrecision(3));
};

interface Props {
  summary: SpecSummary;
  state: PanelState;
  turn: (name: string, value: number) => void;
  send: Send;
}

const UNMOVED = "The value is that of the spec";

/** The range of a knob; of beta also how it compares with that of a beta-VAE. */
function hintOf({ name, from, to, log }: KnobSummary, value: number): string {
  const range = `${knobText(from)} to ${knobText(to)}${log ? ", log" : ""}`;
  if (name !== "beta") return range;
  return `${range} · multiplies every kept term; the β of a beta-VAE is 1/β = ${number(1 / value)}`;
}

/** The text of a button, for which a glyph stands where there is little room. */
const Label = ({ glyph, text }: { glyph: string; text: string }) => (
  <>
    <span class="glyph" aria-hidden>
      {glyph}
    </span>
    <span class="word">{text}</span>
  </>
);

/** Every knob as a slider and a number; turning one acts on the running training. */
export function Knobs({ summary, state, turn, send }: Props) {
  if (summary.knobs.length === 0) return null;
  const note = knobNote(state);
  const dead = whyNotNow(state) !== undefined;
  return (
    <section class="knobs" aria-label="Knobs">
      {note !== undefined && <p class="quiet">{note}</p>}
      {summary.knobs.map((knob) => {
        const value = knobValue(state, knob.name, knob.value);
        const moved = value !== knob.value;
        const hint = hintOf(knob, value);
        return (
          <div class="knob" key={knob.name}>
            <label for={`knob-${knob.name}`} title={hint}>
              {knob.name}
            </label>
            <input
              id={`knob-${knob.name}`}
              type="range"
              disabled={dead}
              min={0}
              max={NOTCHES}
              step={1}
              value={toNotch(knob, value)}
              aria-valuetext={knobText(value)}
              onInput={(event) => turn(knob.name, fromNotch(knob, Number(event.currentTarget.value)))}
            />
            <input
              type="number"
              disabled={dead}
              aria-label={`${knob.name}, typed`}
              min={knob.from}
              max={knob.to}
              step="any"
              value={knobText(value)}
              onChange={(event) => {
                const typed = Number(event.currentTarget.value);
                if (Number.isFinite(typed) && event.currentTarget.value !== "")
                  turn(knob.name, Number(knobTextWithin(typed, knob)));
                else event.currentTarget.value = knobText(value);
              }}
            />
            <button
              disabled={dead || !moved}
              title={moved ? `Back to ${knobText(knob.value)}, the value in the spec` : UNMOVED}
              onClick={() => turn(knob.name, knob.value)}
            >
              <Label glyph="↺" text="Default" />
            </button>
            <button
              disabled={dead || !moved}
              title={moved ? "Write this value into the spec" : UNMOVED}
              onClick={() => send({ kind: "write", change: { kind: "knob", name: knob.name, value } })}
            >
              <Label glyph="✎" text="Write to spec" />
            </button>
            <span class="quiet hint">{hint}</span>
          </div>
        );
      })}
    </section>
  );
}
