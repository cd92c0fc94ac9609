/** Why a control of the panel has no effect now: said beside it, so that none is dead without a word. */
import type { Phase } from "../core/train/protocol";
import { unlike } from "../core/train/previous-run";
import { knobText } from "../core/language/knob-text";
import { moment } from "./format";
import type { PanelState } from "./state";
import { whole } from "../core/language/number-text";

/** What a page in a browser tab says that the server does not speak to: it has ended, or the page has no token. */
export const LOST =
  "There is no connection to the trainer. Open the whole address that the command printed, or run the command again.";

/** Why training cannot be run, paused or started over now; undefined where it can. */
export function whyNotNow({ connection, run }: PanelState): string | undefined {
  if (connection === "lost") return LOST;
  if (run.phase === "loading") return "The data is still loading.";
  if (run.phase === "compiling") return "The program is still being compiled.";
  return undefined;
}

const OTHER = {
  program: "it is of another program. Undo the edit of the spec to restore it",
  data: "it is of other data. Undo the edit of `data` or of the streams to restore it",
};

/** The run before as its button shows it: which it is, and why it cannot be restored now; undefined where there is none. */
export function previousRun(state: PanelState): { hover: string; disabled: boolean } | undefined {
  const { previous, run } = state;
  if (previous === undefined || run.summary === undefined) return undefined;
  const which = `${previous.spec} at step ${whole(previous.step)}, kept ${moment(previous.at)}`;
  const other = unlike(previous.identity, run.summary.identity);
  const why = whyNotNow(state) ?? (other && `${which}: ${OTHER[other]}.`);
  const hover = why ?? `${which}. Training is paused after it, and the present run is kept instead.`;
  return { hover, disabled: why !== undefined };
}

/** When a turned knob acts, where that is not at once. */
const LATER: Partial<Record<Phase, string>> = {
  idle: "A turned knob acts from the first step.",
  paused: "Training is paused: a turned knob acts once it runs again.",
  finished: "Training has finished: turning a knob continues it.",
  failed: "Training has stopped: turning a knob starts it again.",
};

/** What there is to say of turning a knob now; undefined where it acts at once. */
export const knobNote = (state: PanelState): string | undefined =>
  whyNotNow(state) ?? LATER[state.run.phase] ?? goingOn(state);

/** A training that goes on after its end, and with which knobs turned. */
function goingOn({ run: { summary, progress, knobs } }: PanelState): string | undefined {
  if (summary === undefined || progress === undefined || progress.steps <= summary.steps) return undefined;
  const turned = summary.knobs.flatMap(({ name, value }) => {
    const now = knobs[name] ?? value;
    return now === value ? [] : [`${name} = ${knobText(now)}`];
  });
  const how = turned.length === 0 ? "" : ` with ${turned.join(", ")}`;
  return `Training goes on after step ${whole(summary.steps)}${how}, up to step ${whole(progress.steps)}.`;
}
