import type { SpecSummary } from "../../core/train/protocol";
import { duration, whole } from "../format";
import type { Send } from "../connection";
import type { RunState } from "../../core/train/run-state";
import { previousRun, whyNotNow } from "../controls";
import type { PanelState } from "../state";

const PHASES: Record<RunState["phase"], string> = {
  idle: "ready",
  loading: "loading the data",
  compiling: "compiling",
  training: "training",
  paused: "paused",
  finished: "finished",
  failed: "stopped",
};

/** Name, method, loss, what was kept in words, and the controls of the run. */
export function Header({
  state: panel,
  summary,
  send,
}: {
  state: PanelState;
  summary: SpecSummary;
  send: Send;
}) {
  const state = panel.run;
  const { progress, phase } = state;
  const training = phase === "training";
  const why = whyNotNow(panel);
  const busy = why !== undefined;
  const previous = previousRun(panel);
  return (
    <header>
      <div class="headline">
        <div>
          <h1>
            {summary.name} {summary.title !== undefined && <small>{summary.title}</small>}
          </h1>
          {summary.method !== undefined && <p class="method">{summary.method}</p>}
        </div>
        <div class="controls" role="group" aria-label="Training">
          <button
            class="primary"
            disabled={busy}
            onClick={() => send({ kind: training ? "pause" : "run" })}
            title={why ?? "Space"}
          >
            {training ? "Pause" : phase === "finished" ? "Continue training" : "Run"}
          </button>
          <button
            disabled={busy}
            onClick={() => send({ kind: "reset" })}
            title={why ?? "Start again from fresh weights (R)"}
          >
            Reset
          </button>
          {previous !== undefined && (
            <button
              class="quiet"
              disabled={previous.disabled}
              onClick={() => send({ kind: "restorePrevious" })}
              title={previous.hover}
            >
              Restore the previous run
            </button>
          )}
        </div>
      </div>
      <p class="loss" aria-label="Derived loss" title={summary.loss}>
        {summary.shortLoss}
        {state.rejected.length > 0 && <span class="quiet"> (before this edit)</span>}
      </p>
      <p class="sentence" role="status">
        {state.sentence !== "" ? state.sentence : "What each code keeps shows here after the first probe."}
      </p>
      <div class="progress">
        <progress
          value={progress?.step ?? 0}
          max={progress?.steps ?? summary.steps}
          aria-label="Progress of training"
        />
        <span class="quiet">
          {PHASES[phase]}
          {state.phaseDetail !== "" && `: ${state.phaseDetail}`}
          {progress !== undefined &&
            ` · epoch ${Math.min(progress.epochs, Math.floor(progress.epoch) + 1)} of ${progress.epochs} · step ${whole(progress.step)} of ${whole(progress.steps)} · ${progress.millisecondsPerStep.toFixed(1)} ms a step`}
          {training && progress !== undefined && ` · ${duration(progress.secondsLeft)} left`}
        </span>
      </div>
    </header>
  );
}
