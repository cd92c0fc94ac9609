/**
 * Everything the panel shows, as one value made from the host's messages. Views are functions of it; nothing else is
 * remembered anywhere.
 */
import type { TableSummary } from "../core/views/table-summary";
import type {
  Finding,
  FromEditor,
  FromHost,
  Phase,
  Pictures,
  ProbeResult,
  SpecSummary,
  TermPoint,
} from "../core/train/protocol";
import type { Diagnostic } from "../core/language/diagnostic";

type Progress = Omit<Extract<FromHost, { kind: "progress" }>, "kind" | "generation">;

/** A quantity over training: parallel lists of steps and values, in nats. */
export interface Series {
  steps: number[];
  values: number[];
}

export interface Curves {
  total: Series;
  terms: Record<string, Series>;
  heldOutTotal: Series;
  heldOutTerms: Record<string, Series>;
}

export interface PanelState {
  /** What is between the panel and the host: waiting for the first word, in step, or at odds. */
  connection: "waiting" | "ready" | "lost" | { mismatch: number };
  generation: number;
  summary: SpecSummary | undefined;
  phase: Phase;
  phaseDetail: string | undefined;
  progress: Progress | undefined;
  curves: Curves;
  rates: Record<string, number[]>;
  probes: ProbeResult[];
  sentence: string;
  pictures: Pictures[];
  findings: Finding[];
  /** Faults of the text as it stands now, while the last valid preview goes on. */
  rejected: Diagnostic[];
  /** The periodic table, once it has been asked for. */
  table: TableSummary | undefined;
  /** Knob values as last turned here or told by the host. */
  knobs: Record<string, number>;
}

const emptySeries = (): Series => ({ steps: [], values: [] });

const emptyCurves = (): Curves => ({
  total: emptySeries(),
  terms: {},
  heldOutTotal: emptySeries(),
  heldOutTerms: {},
});

export const initialState = (): PanelState => ({
  connection: "waiting",
  generation: -1,
  summary: undefined,
  phase: "idle",
  phaseDetail: undefined,
  progress: undefined,
  curves: emptyCurves(),
  rates: {},
  probes: [],
  sentence: "",
  pictures: [],
  findings: [],
  rejected: [],
  table: undefined,
  knobs: {},
});

/** Points a curve keeps; past it every other one goes, so that a long run stays quick to draw. */
const MOST_POINTS = 1200;

function append(series: Series, step: number, value: number): Series {
  const steps = [...series.steps, step];
  const values = [...series.values, value];
  if (steps.length <= MOST_POINTS) return { steps, values };
  const keep = (_: number, i: number): boolean => i % 2 === 0 || i === steps.length - 1;
  return { steps: steps.filter(keep), values: values.filter(keep) };
}

function appendAll(
  all: Record<string, Series>,
  step: number,
  values: Record<string, number>,
): Record<string, Series> {
  const next = { ...all };
  for (const [id, value] of Object.entries(values)) next[id] = append(next[id] ?? emptySeries(), step, value);
  return next;
}

function addPoint(curves: Curves, point: TermPoint): Curves {
  const next: Curves = {
    ...curves,
    total: append(curves.total, point.step, point.total),
    terms: appendAll(curves.terms, point.step, point.terms),
  };
  if (point.heldOut === undefined) return next;
  return {
    ...next,
    heldOutTotal: append(curves.heldOutTotal, point.step, point.heldOut.total),
    heldOutTerms: appendAll(curves.heldOutTerms, point.step, point.heldOut.terms),
  };
}

/**
 * The state after a message. What a run of an older generation still says changes nothing.
 * @param version the protocol version this panel speaks
 */
export function receive(state: PanelState, message: FromHost | FromEditor, version: number): PanelState {
  if (message.kind === "table") return { ...state, table: message.table };
  if (message.kind === "welcome")
    return { ...state, connection: message.protocol === version ? "ready" : { mismatch: message.protocol } };
  if (message.generation < state.generation) return state;
  switch (message.kind) {
    case "rejected":
      return { ...state, rejected: message.diagnostics };
    case "opened": {
      const knobs = Object.fromEntries(
        message.summary.knobs.map((knob) => [knob.name, knob.turned ?? knob.value]),
      );
      const opened = {
        ...state,
        generation: message.generation,
        summary: message.summary,
        rejected: [],
        // What still holds of the new text is told again at its next look.
        findings: [],
        knobs,
      };
      return message.restarted ? { ...opened, ...freshRun() } : opened;
    }
    case "phase":
      return { ...state, phase: message.phase, phaseDetail: message.detail };
    case "progress": {
      // A step before the last one seen: the run was started again.
      const restarted = state.progress !== undefined && message.step < state.progress.step;
      return { ...state, ...(restarted ? freshRun() : {}), progress: message };
    }
    case "points":
      return { ...state, curves: message.points.reduce(addPoint, state.curves) };
    case "rates":
      return { ...state, rates: message.rates };
    case "probes":
      return { ...state, probes: message.probes, sentence: message.sentence };
    case "pictures":
      return { ...state, pictures: message.pictures };
    case "settled":
      return { ...state, findings: state.findings.filter((finding) => finding.code !== message.code) };
    case "finding": {
      const others = state.findings.filter((finding) => finding.code !== message.finding.code);
      return { ...state, findings: [...others, message.finding] };
    }
    // Kept by the editor, for the next window.
    case "snapshot":
      return state;
  }
}

const freshRun = (): Pick<PanelState, "curves" | "rates" | "probes" | "sentence" | "findings"> => ({
  curves: emptyCurves(),
  rates: {},
  probes: [],
  sentence: "",
  findings: [],
});

/** The last value of a curve; undefined before the first. */
export const latest = (series: Series | undefined): number | undefined => series?.values.at(-1);
