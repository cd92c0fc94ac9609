/** What the status bar says about a spec. */
import { count } from "../core/language/text";
import { phaseWords } from "../core/train/phase-words";
import type { Phase } from "../core/train/protocol";
import type { RunState } from "../core/train/run-state";
import type { SpecsAnswer } from "../services/protocol";

type RunOfStatus = Pick<RunState, "phase" | "phaseDetail" | "progress" | "findings" | "rejected">;

const icons: Record<Phase, string> = {
  idle: "play",
  loading: "loading~spin",
  compiling: "loading~spin",
  training: "pulse",
  paused: "debug-pause",
  finished: "check",
  failed: "error",
};
/** Longest name of a method, and most findings of a hover. */
const LONGEST = 48;
const MOST = 5;

/**
 * @param run of the spec's preview; absent where none is open
 * @returns one line with icons, and what its hover says
 */
export function statusText(
  { name, method }: Pick<SpecsAnswer[number], "name" | "method">,
  run?: RunOfStatus,
): { text: string; tooltip: string } {
  const title = method ?? name;
  const short = title.length > LONGEST ? `${title.slice(0, LONGEST - 1).trimEnd()}…` : title;
  const whole = method === undefined ? name : `${name}: ${method}`;
  if (run === undefined) return { text: `$(play) ${short}`, tooltip: `${whole}\nClick to preview it.` };
  const { phase, phaseDetail, progress, findings, rejected } = run;
  const part = phase === "training" && progress !== undefined ? progress.step / progress.steps : undefined;
  const doing = `${phaseWords[phase]}${part === undefined ? "" : ` ${Math.floor(100 * part)} %`}`;
  const found = findings.length === 0 ? [] : [count(findings.length, "finding")];
  const more = findings.length - MOST;
  return {
    text: `$(${icons[phase]}) ${[short, doing, ...found].join(" · ")}`,
    tooltip: [
      whole,
      phaseDetail === "" ? doing : `${doing}: ${phaseDetail}`,
      ...(rejected.length > 0
        ? ["The text has errors. The preview shows the last text without errors."]
        : []),
      ...findings.slice(0, MOST).map(({ message }) => `• ${message}`),
      ...(more > 0 ? [`and ${more} more`] : []),
      "Click to show the preview.",
    ].join("\n"),
  };
}
