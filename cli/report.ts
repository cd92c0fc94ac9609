/** The report that ends a preview. */
import type { ProbeResult, SpecSummary, TermSummary } from "../core/train/protocol";
import { latestOfEach } from "../core/train/curves";
import type { RunState } from "../core/train/run-state";
import { table, wrap, type Style } from "./terminal";
import { sides } from "../core/theory/sides";

/** Two decimals; no sign before a zero. */
const fixed = (value: number): string =>
  value
    .toFixed(2)
    .replace(/^-(?=0\.00$)/, "")
    .replace("-", "−");
const short = (value: number): string => String(Number(value.toPrecision(3))).replace("-", "−");

/** @param seconds from the first step to the last */
export function renderReport(run: RunState, seconds: number, style: Style): string {
  const summary = run.summary!;
  const { step, millisecondsPerStep } = run.progress ?? { step: 0, millisecondsPerStep: 0 };
  const heading = (text: string, note: string): string => `${style.bold(text)}  ${style.quiet(note)}`;
  const rows = summary.samples;
  const parts = [
    `${style.bold(summary.name)}${summary.title ? `  ${summary.title}` : ""}`,
    ...(summary.method === undefined ? [] : [summary.method]),
    ...(run.sentence === "" ? [] : [style.good(wrap(run.sentence, ""))]),
    ...run.findings.map((finding) => {
      const colour = finding.severity === "error" ? style.error : style.warning;
      return colour(wrap(finding.message, ""));
    }),
    "",
    style.accent(summary.loss),
    "",
    heading("Terms", "on held-out samples, in nats where they tell of information"),
    termTable(summary, run),
    "",
    heading("Rates", "of each code in nats, and of its coordinates"),
    rateTable(run),
  ];
  if (run.probes.length > 0) {
    const whole = run.phase === "finished";
    const judged = whole
      ? `${count(rows.test)} test samples`
      : `${count(rows.validation)} validation samples`;
    parts.push("", heading("Kept and discarded", `linear probes on ${judged}, 95 % intervals`));
    parts.push(probeTable(run.probes));
  }
  parts.push(
    "",
    style.quiet(
      `${count(step)} ${step === 1 ? "step" : "steps"} in ${seconds.toFixed(1)} s (${millisecondsPerStep.toFixed(1)} ms a step), ${summary.executor}`,
    ),
  );
  return parts.join("\n");
}

const count = (value: number): string => value.toLocaleString("en-US");

/** What stands between a value and the information that it bounds. */
function lacking({ entropy, reads }: TermSummary): string {
  if (reads === "information plus entropy") return ", plus the entropy of what is decoded";
  if (entropy === undefined) return "";
  return `, less H(${entropy.of})${entropy.nats === undefined ? "" : ` = ${fixed(entropy.nats)}`}`;
}

function termTable(summary: SpecSummary, run: RunState): string {
  const { heldOutTerms, terms } = run.curves;
  const values: Record<string, number> = { ...latestOfEach(terms), ...latestOfEach(heldOutTerms) };
  const rows = summary.terms.map((term) => [
    `  ${term.side}`,
    term.text,
    fixed(values[term.id] ?? NaN),
    `${term.weightText}${Number.isNaN(Number(term.weightText)) ? ` = ${short(term.weight)}` : ""}`,
    term.bound,
    sides[term.boundSide].name + lacking(term),
  ]);
  return table([["  side", "term", "value", "weight", "bound", "says"], ...rows], [2]);
}

function rateTable(run: RunState): string {
  const rows = Object.entries(run.rates).map(([latent, rates]) => [
    `  ${latent}`,
    fixed(rates.reduce((sum, rate) => sum + rate, 0)),
    // A single one is that of the code as a whole.
    rates.length > 1
      ? [...rates]
          .sort((a, b) => b - a)
          .map(fixed)
          .join(" ")
      : "",
  ]);
  return table(rows, [1]);
}

/** Codes by factors. */
function probeTable(probes: readonly ProbeResult[]): string {
  const factors = [...new Set(probes.map(({ factor }) => factor))];
  const codes = [...new Set(probes.map(({ code }) => code))];
  const head = factors.map((factor) => {
    const { measure, chance } = probes.find((probe) => probe.factor === factor)!;
    return measure === "R2" ? `${factor} (R², chance 0)` : `${factor} (chance ${fixed(chance)})`;
  });
  const rows = codes.map((code) => [
    `  ${code}`,
    ...factors.map((factor) => {
      const probe = probes.find((one) => one.factor === factor && one.code === code);
      return probe === undefined ? "" : `${fixed(probe.value)} [${fixed(probe.low)}, ${fixed(probe.high)}]`;
    }),
  ]);
  return table([["  code", ...head], ...rows]);
}
