/** What stays in view over a page that scrolls: the controls of the run, its first sentence, and the knobs. */
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { phaseWords } from "../../core/train/phase-words";
import type { RunState } from "../../core/train/run-state";
import type { SpecSummary } from "../../core/train/protocol";
import { checkpointText } from "../../core/train/checkpoint";
import { editor, type Send } from "../connection";
import { previousRun, whyNotNow } from "../controls";
import { duration } from "../../core/language/number-text";
import type { PanelState } from "../state";
import { saver } from "../save";
import { Knobs } from "./knobs";
import { rounded, whole } from "../../core/language/number-text";
import { htmlReport } from "../../core/report/html";

interface Props {
  state: PanelState;
  summary: SpecSummary;
  /** Whether the page that is shown is about the run: then the knobs are here too, and all of it stays in view. */
  stays: boolean;
  turn: (name: string, value: number) => void;
  send: Send;
}

export function Dock({ state, summary, stays, turn, send }: Props) {
  const element = useRoomAbove(stays);
  const [top, stuck] = usePassed();
  const [first, rest] = split(state.run.sentence);
  return (
    <>
      <div ref={top} />
      <div class={`dock${stays ? " stays" : ""}${stuck ? " stuck" : ""}`} ref={element}>
        <div class="running">
          <Controls state={state} send={send} />
          <Progress state={state.run} summary={summary} />
        </div>
        {stays && <Knobs summary={summary} state={state} turn={turn} send={send} />}
        <p class="sentence" role="status" title={first}>
          {first !== "" ? first : "What each code keeps shows here after the first probe."}
        </p>
      </div>
      {rest !== "" && <p class="sentence rest">{rest}</p>}
    </>
  );
}

/** The first sentence of what was kept, and those after it. */
function split(text: string): [string, string] {
  const end = text.indexOf(". ");
  return end < 0 ? [text, ""] : [text.slice(0, end + 1), text.slice(end + 2)];
}

/** Keeps what is scrolled to, or reached by the tab key, below the dock instead of behind it. */
function useRoomAbove(stays: boolean) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { style } = document.documentElement;
    const measure = (): void => {
      style.scrollPaddingTop = stays ? `${(element.current?.offsetHeight ?? 0) + 8}px` : "";
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (element.current !== null) observer.observe(element.current);
    return () => observer.disconnect();
  }, [stays]);
  return element;
}

/** A mark in the page, and whether the page has been scrolled past it. */
function usePassed(): [RefObject<HTMLDivElement | null>, boolean] {
  const mark = useRef<HTMLDivElement>(null);
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) =>
      setPassed(entry!.boundingClientRect.top < (entry!.rootBounds?.top ?? 0)),
    );
    observer.observe(mark.current!);
    return () => observer.disconnect();
  }, []);
  return [mark, passed];
}

function Controls({ state, send }: { state: PanelState; send: Send }) {
  const { phase } = state.run;
  const training = phase === "training";
  const why = whyNotNow(state);
  const busy = why !== undefined;
  const previous = previousRun(state);
  return (
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
        title={why ?? "Train again from fresh weights (R)"}
      >
        Start over
      </button>
      <OpenWeights why={why} send={send} />
      <Keep run={state.run} send={send} />
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
  );
}

/** Judges weights that were trained elsewhere, such as by an exported project. */
function OpenWeights({ why, send }: { why: string | undefined; send: Send }) {
  const file = useRef<HTMLInputElement>(null);
  const read = async (chosen: File): Promise<void> =>
    send({ kind: "judge", name: chosen.name, weights: new Uint8Array(await chosen.arrayBuffer()) });
  return (
    <>
      <button
        class="quiet"
        disabled={why !== undefined}
        onClick={() => file.current?.click()}
        title={why ?? "Measure a model that an exported project has trained: its model.safetensors"}
      >
        Open weights
      </button>
      <input
        ref={file}
        type="file"
        accept=".safetensors"
        hidden
        onChange={({ currentTarget }) => {
          const [chosen] = currentTarget.files ?? [];
          // The same file may be chosen again, trained further.
          currentTarget.value = "";
          if (chosen !== undefined) void read(chosen);
        }}
      />
    </>
  );
}

/** The run as a page of its own, and the spec in the formats of papers and trainings. */
function Keep({ run, send }: { run: RunState; send: Send }) {
  const { summary, progress } = run;
  if (summary === undefined) return null;
  const settings = summary.knobs.map(({ name, value, turned }): [string, string] => [
    `Knob ${name}`,
    rounded(turned ?? value),
  ]);
  const report = (): void =>
    saver(send)(
      `${summary.name}.html`,
      "text/html",
      htmlReport(run, undefined, [["Spec", summary.name], ...settings]),
    );
  return (
    <>
      <button
        class="quiet"
        disabled={progress === undefined || progress.step === 0}
        onClick={report}
        title="Save this run as one HTML page: loss, graphs, terms, measurements and settings"
      >
        Save report
      </button>
      {editor !== undefined && (
        <button
          class="quiet"
          onClick={() => send({ kind: "export" })}
          title="Export the spec: LaTeX, BibTeX, its graphs as SVG, PyTorch or a training project"
        >
          Export…
        </button>
      )}
    </>
  );
}

function Progress({ state, summary }: { state: RunState; summary: SpecSummary }) {
  const { progress, checkpoint, phase, phaseDetail } = state;
  const text = [
    `${phaseWords[phase]}${phaseDetail === "" ? "" : `: ${phaseDetail}`}`,
    ...(progress === undefined
      ? []
      : [
          ...(summary.unit === "epochs"
            ? [`epoch ${Math.min(progress.epochs, Math.floor(progress.epoch) + 1)} of ${progress.epochs}`]
            : []),
          `step ${whole(progress.step)} of ${whole(progress.steps)}`,
          ...(checkpoint === undefined ? [] : [`checkpoint: step ${whole(checkpoint.step)}`]),
          `${progress.millisecondsPerStep.toFixed(1)} ms a step`,
          ...(phase === "training" ? [`${duration(progress.secondsLeft)} left`] : []),
        ]),
  ].join(" · ");
  const why =
    checkpoint === undefined || progress === undefined
      ? ""
      : `Checkpoint: ${checkpointText(checkpoint, progress.step)} Once training ends, everything is measured there, on test samples.`;
  return (
    <div class="progress">
      <progress
        value={progress?.step ?? 0}
        max={progress?.steps ?? summary.steps}
        aria-label="Progress of training"
      />
      <span class="quiet" title={why === "" ? text : `${text}\n${why}`}>
        {text}
      </span>
    </div>
  );
}
