/** What a training has said so far, as a command keeps it for its report. */
import type { Finding, FromHost, Phase, ProbeResult, SpecSummary, TermPoint } from "../core/train/protocol";

export interface Run {
  summary?: SpecSummary;
  phase: Phase;
  detail?: string;
  step: number;
  epoch: number;
  /** The newest point, and the newest that was measured on held-out rows. */
  last?: TermPoint;
  heldOut?: NonNullable<TermPoint["heldOut"]>;
  rates: Record<string, number[]>;
  probes: ProbeResult[];
  sentence: string;
  findings: Finding[];
  millisecondsPerStep: number;
}

export const emptyRun = (): Run => ({
  phase: "idle",
  step: 0,
  epoch: 0,
  rates: {},
  probes: [],
  sentence: "",
  findings: [],
  millisecondsPerStep: 0,
});

/** Takes up one message. */
export function note(run: Run, message: FromHost): void {
  switch (message.kind) {
    case "opened":
      run.summary = message.summary;
      break;
    case "phase":
      run.phase = message.phase;
      if (message.detail !== undefined) run.detail = message.detail;
      break;
    case "progress":
      run.step = message.step;
      run.epoch = message.epoch;
      run.millisecondsPerStep = message.millisecondsPerStep;
      break;
    case "points":
      for (const point of message.points) {
        run.last = point;
        if (point.heldOut !== undefined) run.heldOut = point.heldOut;
      }
      break;
    case "rates":
      run.rates = message.rates;
      break;
    case "probes":
      run.probes = message.probes;
      run.sentence = message.sentence;
      break;
    case "settled":
      run.findings = run.findings.filter(({ code }) => code !== message.code);
      break;
    case "finding":
      run.findings = [...run.findings.filter(({ code }) => code !== message.finding.code), message.finding];
      break;
    case "welcome":
    case "rejected":
    case "pictures":
    case "snapshot":
      break;
  }
}
