/** Why a control of the panel has no effect now: said beside it, so that none is dead without a word. */
import type { Phase } from "../core/train/protocol";
import type { PanelState } from "./state";

/** Why training cannot be run, paused or reset now; undefined where it can. */
export function whyNotNow({ connection, run }: PanelState): string | undefined {
  if (connection === "lost") return "The line to the trainer is broken. Start it again and reload this page.";
  if (run.phase === "loading") return "The data is still loading.";
  if (run.phase === "compiling") return "The program is still being compiled.";
  return undefined;
}

/** When a turned knob acts, where that is not at once. */
const LATER: Partial<Record<Phase, string>> = {
  idle: "A turned knob acts from the first step.",
  paused: "Training is paused: a turned knob acts once it runs again.",
  finished: "Training has finished: turning a knob continues it.",
  failed: "Training has stopped: a turned knob acts once it runs again.",
};

/** What there is to say of turning a knob now; undefined where it acts at once. */
export const knobNote = (state: PanelState): string | undefined => whyNotNow(state) ?? LATER[state.run.phase];
