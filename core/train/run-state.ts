/**
 * What is known of a run, made from its host's messages alone. The panel, a page that is loaded anew and the command line
 * all show this value; nothing else about a run is remembered anywhere.
 */
import type { Diagnostic } from "../language/diagnostic";
import { emptyCurves, lastStep, latest, latestOfEach, upTo, withPoints, type Curves } from "./curves";
import type { DataDescription } from "./data-description";
import type { AllInspected } from "./inspect/messages";
import { remeasured } from "./measurements/measure";
import type {
  Confusion,
  CheckpointSummary,
  ExecutorStatus,
  Finding,
  FromHost,
  LeftBehind,
  MeasuredValue,
  Phase,
  SpecSummary,
  Verdict,
} from "./protocol";
import type { Samples } from "./shown";

export type Progress = Omit<Extract<FromHost, { kind: "progress" }>, "kind" | "generation" | "weights">;

export interface RunState {
  /** Of the text at work. */
  generation: number;
  /** The preview at work; absent before the first text is open. */
  summary?: SpecSummary;
  phase: Phase;
  /** Why it failed; empty where it has not. */
  phaseDetail: string;
  progress?: Progress;
  curves: Curves;
  /** The weights by which the run is judged; absent before any were chosen. */
  checkpoint?: CheckpointSummary;
  /** Rate of each coordinate in nats, by latent. */
  rates: Record<string, number[]>;
  measurements: MeasuredValue[];
  verdicts: Verdict[];
  confusions: Confusion[];
  /** Groups of held-out rows that the codes fail, the surest first; found when a training ends. */
  leftBehind: LeftBehind[];
  sentence: string;
  samples: Samples[];
  /** What pages have asked to see of the codes, as it was answered last. */
  inspected: AllInspected;
  /** The data of this preview; absent before a page has asked for them. */
  data?: DataDescription;
  findings: Finding[];
  /** Faults of the text as it stands now, while the last valid preview goes on. */
  rejected: Diagnostic[];
  /** Value of each knob: as the text says, or as it was turned. */
  knobs: Record<string, number>;
  /** Every executor there is, as far as the trainer has said: which one trains, and why others do not. */
  executors: ExecutorStatus[];
}

/** What belongs to the weights of a run: gone with them. What is found of the data stays. */
const freshRun = (
  summary?: SpecSummary,
): Pick<
  RunState,
  | "curves"
  | "rates"
  | "measurements"
  | "verdicts"
  | "confusions"
  | "leftBehind"
  | "sentence"
  | "inspected"
  | "findings"
> => ({
  curves: emptyCurves(),
  rates: {},
  measurements: [],
  verdicts: [],
  confusions: [],
  leftBehind: [],
  sentence: "",
  inspected: {},
  findings: summary?.findings ?? [],
});

export const emptyRun = (): RunState => ({
  generation: 0,
  phase: "idle",
  phaseDetail: "",
  samples: [],
  rejected: [],
  knobs: {},
  executors: [],
  ...freshRun(),
});

/** The state after a message. What a run of an older generation still says changes nothing. */
export function fold(state: RunState, message: FromHost): RunState {
  if (message.kind === "welcome" || message.kind === "read" || message.generation < state.generation)
    return state;
  const now = rewound(state, message);
  switch (message.kind) {
    case "rejected":
      return { ...now, rejected: message.diagnostics };
    case "opened":
      return opened(now, message);
    case "executors":
      return { ...now, executors: message.executors };
    case "turned":
      return turned(now, message);
    case "phase":
      return { ...now, phase: message.phase, phaseDetail: message.detail ?? "" };
    case "progress": {
      const { step, steps, epoch, epochs, millisecondsPerStep, secondsLeft } = message;
      return {
        ...withWeights(now, message.weights),
        progress: { step, steps, epoch, epochs, millisecondsPerStep, secondsLeft },
      };
    }
    case "points":
      // Of the codes of before.
      return { ...now, leftBehind: [], curves: withPoints(now.curves, message.points) };
    case "checkpoint":
      return { ...now, checkpoint: chosen(now, message) };
    case "rates":
      return { ...now, rates: message.rates };
    case "measurements":
      return { ...now, measurements: remeasured(now.measurements, message.measurements) };
    case "verdicts":
      return {
        ...now,
        verdicts: message.verdicts,
        confusions: message.confusions,
        sentence: message.sentence,
      };
    case "left-behind":
      return { ...now, leftBehind: message.leftBehind, sentence: message.sentence ?? now.sentence };
    case "samples":
      return { ...now, samples: message.samples };
    case "inspected":
      return { ...now, inspected: { ...now.inspected, [message.found.kind]: message.found } };
    case "described":
      return { ...now, data: message.data };
    case "finding":
      return { ...now, findings: [...without(now.findings, message.finding), message.finding] };
    case "settled":
      return { ...now, findings: without(now.findings, message) };
    // Kept, and put back, by whoever has the whole state of the run: see `restoredRun`.
    case "replaced":
    case "restored":
    case "snapshot":
      return now;
  }
}

/**
 * The state once a run has been taken up again.
 * @param past the run, as it stood when it was replaced
 * @param present what the host has opened
 */
export function restoredRun(past: RunState, present: RunState): RunState {
  const {
    progress,
    checkpoint,
    curves,
    rates,
    measurements,
    verdicts,
    confusions,
    leftBehind,
    sentence,
    samples,
  } = past;
  return {
    ...withoutCheckpoint(present),
    ...(progress && { progress }),
    ...(checkpoint && { checkpoint }),
    ...{ curves, rates, measurements, verdicts, confusions, leftBehind, sentence, samples },
    // Of the run that was left; a page that shows them asks again.
    inspected: {},
  };
}

/** A checkpoint that is told again is still the one that was tested. */
function chosen(
  { checkpoint: before }: RunState,
  { step, because, tested }: CheckpointSummary,
): CheckpointSummary {
  const known = tested ?? (before?.step === step ? before.tested : undefined);
  return { step, ...(because !== undefined && { because }), ...(known && { tested: known }) };
}

function withoutCheckpoint(state: RunState): RunState {
  const rest = { ...state };
  delete rest.checkpoint;
  return rest;
}

/** Values of the terms on held-out rows: of a finished run on test rows at its checkpoint, else the last on validation rows. */
export function heldOutOf({
  phase,
  checkpoint,
  curves,
}: Pick<RunState, "phase" | "checkpoint" | "curves">): CheckpointSummary["tested"] {
  if (phase === "finished" && checkpoint?.tested) return checkpoint.tested;
  const total = latest(curves.heldOutTotal);
  return total === undefined ? undefined : { total, terms: latestOfEach(curves.heldOutTerms) };
}

const without = (findings: Finding[], gone: Pick<Finding, "code" | "about">): Finding[] =>
  findings.filter(({ code, about }) => code !== gone.code || about !== gone.about);

/** After how many steps the run stood just before what this message adds; undefined where it does not say. */
function standsAt(message: FromHost): number | undefined {
  switch (message.kind) {
    case "opened":
      return message.restarted ? 0 : undefined;
    case "progress":
      return message.step;
    case "points":
      return message.points[0] && message.points[0].step - 1;
    default:
      return undefined;
  }
}

/**
 * The one rule of starting again: a run at an earlier step than before has gone back. At step 0 its weights are
 * fresh, and nothing that was measured holds any longer; at another it goes on from a saved state, and what came after is
 * cut off.
 */
function rewound(state: RunState, message: FromHost): RunState {
  const step = standsAt(message);
  const drawn = lastStep(state.curves);
  // Points may come after the progress that they led to.
  const reached = message.kind === "points" ? drawn : Math.max(drawn, state.progress?.step ?? 0);
  if (step === undefined || (step >= reached && message.kind !== "opened")) return state;
  const { progress, checkpoint } = state;
  return {
    ...(step > 0 && checkpoint && checkpoint.step <= step ? state : withoutCheckpoint(state)),
    ...(progress && {
      progress: { ...progress, step, epoch: (progress.epochs * step) / Math.max(1, progress.steps) },
    }),
    ...(step === 0 ? freshRun(state.summary) : { curves: upTo(state.curves, step) }),
  };
}

function opened(state: RunState, { generation, summary }: Extract<FromHost, { kind: "opened" }>): RunState {
  const knobs = summary.knobs.map(({ name, turned, value }) => [name, turned ?? value]);
  // Findings of the training that still hold of the new text are told again.
  const { findings } = summary;
  const now = sameData(state.summary, summary) ? state : withoutData(state);
  return { ...now, generation, summary, rejected: [], findings, knobs: Object.fromEntries(knobs) };
}

/** Whether two previews ask for the same data; a page that shows them asks again all the same, as a file may have changed. */
const sameData = (a: SpecSummary | undefined, b: SpecSummary): boolean =>
  a?.name === b.name && a.identity.data === b.identity.data;

function withoutData(state: RunState): RunState {
  const rest = { ...state };
  delete rest.data;
  return rest;
}

/** A turned knob changes the weights that it is part of. */
function turned(state: RunState, message: Extract<FromHost, { kind: "turned" }>): RunState {
  const { knobs, weights, weightsAtEnd } = message;
  // Losses at other knobs cannot be compared, so the checkpoint is chosen anew.
  return {
    ...withoutCheckpoint(withWeights(state, weights, weightsAtEnd)),
    knobs: { ...state.knobs, ...knobs },
  };
}

/** The weights in force, by the ids of their terms: a schedule moves them, and so does a knob that is turned. */
function withWeights(
  state: RunState,
  weights: Record<string, number>,
  weightsAtEnd: Record<string, number> = {},
): RunState {
  const { summary } = state;
  if (summary === undefined) return state;
  const of = (table: Record<string, number>, id: string, old: number): number =>
    Object.hasOwn(table, id) ? table[id]! : old;
  const terms = summary.terms.map((term) => ({
    ...term,
    weight: of(weights, term.id, term.weight),
    weightAtEnd: of(weightsAtEnd, term.id, term.weightAtEnd),
  }));
  const same = ({ weight, weightAtEnd }: (typeof terms)[number], i: number): boolean =>
    weight === summary.terms[i]!.weight && weightAtEnd === summary.terms[i]!.weightAtEnd;
  return terms.every(same) ? state : { ...state, summary: { ...summary, terms } };
}
