/** What a design costs, in sentences and as a table. */
import { hundredths, number, rounded, signed, whole } from "../../language/number-text";
import { count } from "../../language/text";
import type { StudyTable } from "../study";
import type { UsedCode, Widths } from "./codes";
import type { DesignCost } from "./design";
import type { ExportedTime } from "./exported";
import { TOLERANCE, type Narrower } from "./narrower";

export interface CostAnswer {
  name: string;
  watts: number;
  threshold: number;
  design: DesignCost;
  codes: UsedCode[];
  /** Narrower designs, the narrowest first; the last one keeps the same, or none does. */
  tried: Narrower[];
  /** Why no narrower design was tried. */
  reason: string | null;
}

/** At most three sentences: what it takes, what the codes use, what a smaller design keeps and saves. */
export function costSentence(answer: CostAnswer): string {
  const { name, design, watts } = answer;
  const { parameters, multiplyAdds, uncounted, batch, steps, millisecondsPerStep, joules } = design;
  const { exported } = design;
  const work =
    multiplyAdds === null
      ? `multiply-adds that cannot be counted (${uncounted.map((one) => `\`${one}\``).join(", ")} ${uncounted.length === 1 ? "is a module" : "are modules"} of your own)`
      : `${millions(multiplyAdds)} multiply-adds`;
  const takes = `${name} has ${whole(parameters)} parameters; a step on ${whole(batch)} samples takes ${work} and ${number(millisecondsPerStep)} ms on one thread, so a training of ${whole(steps)} steps takes about ${number(joules)} J if a thread draws ${rounded(watts)} W (assumed); ${exportedText(exported)}.`;
  return [takes, usedText(answer), smallerText(answer)].filter((one) => one !== "").join(" ");
}

/** Of the same networks, by PyTorch. */
const exportedText = ({ millisecondsPerStep, by, reason }: ExportedTime): string =>
  millisecondsPerStep === null
    ? `its export was not timed, because ${reason?.replace(/\.$/, "")}`
    : `a step of its export takes ${number(millisecondsPerStep)} ms by ${by?.split(",")[0]}`;

const usedText = ({ codes }: CostAnswer): string =>
  codes.length === 0
    ? ""
    : `${codes.map(({ name, used, size }) => `\`${name}\` uses ${used} of ${size} coordinates`).join(", ")}.`;

function smallerText({ tried, reason, design }: CostAnswer): string {
  const last = tried.at(-1);
  if (last === undefined) return `No narrower design was trained: ${reason}.`;
  if (last.verdict === "same" && last.cost)
    return `With ${widthsText(last.widths)} it keeps the same: every known factor stays within ${hundredths(TOLERANCE)}, with ${percent(last.cost.parameters, design.parameters)} fewer parameters${fewerText(last.cost, design)}; a training of it takes about ${number(last.cost.joules)} J in place of ${number(design.joules)}.`;
  return `No narrower design certainly keeps the same: ${whyText(last)}.`;
}

const fewerText = (now: DesignCost, before: DesignCost): string =>
  now.multiplyAdds === null || before.multiplyAdds === null
    ? ""
    : ` and ${percent(now.multiplyAdds, before.multiplyAdds)} fewer multiply-adds`;

/** `8 coordinates in Zx and 4 in Zy`, the names quoted. */
const widthsText = (widths: Widths): string =>
  Object.entries(widths)
    .map(([name, width], i) => `${i === 0 ? count(width, "coordinate") : width} in \`${name}\``)
    .join(" and ");

function whyText({ widths, factors, reason, verdict }: Narrower): string {
  if (reason !== undefined) return `with ${widthsText(widths)}, ${reason.replace(/\.$/, "")}`;
  const { factor, measure, low, high } = factors.find((one) => one.verdict === verdict)!;
  return `with ${widthsText(widths)}, the ${measure} of ${factor} changes by between ${signed(low, 2)} and ${signed(high, 2)}`;
}

/** `44.1 million`. */
const millions = (value: number): string =>
  value < 1e6
    ? whole(value)
    : value < 1e9
      ? `${number(value / 1e6)} million`
      : `${number(value / 1e9)} billion`;

function percent(now: number, before: number): string {
  const saved = 100 * (1 - now / before);
  return saved > 0 && saved < 1 ? "less than 1 %" : `${Math.round(saved)} %`;
}

type Row = StudyTable["rows"][number];

export const costTable = ({ design, tried }: CostAnswer): StudyTable => ({
  columns: [
    {
      name: "part",
      title: "Part",
      doc: "A network or a term; `terms` are products that several terms share.",
    },
    { name: "parameters", title: "Parameters", doc: "Trained numbers." },
    {
      name: "multiplyAdds",
      title: "Multiply-adds a step",
      doc: "Of products and convolutions, forward and backward. Elementwise work is not counted.",
    },
    {
      name: "memory",
      title: "Memory (MB)",
      doc: "Of a network: its weights and the optimizer's moments. Of the whole: these, one batch and scratch of a step.",
    },
    {
      name: "preview",
      title: "Preview (ms a step)",
      doc: "On one thread, the median over trainings. Other work on the machine makes it longer. Of a part (≈): the whole time, apportioned by multiply-adds.",
    },
    {
      name: "export",
      title: "Export (ms a step)",
      doc: "A step of the exported design by the PyTorch of your Python, which carries out the same operations one by one; the exported module of a small network takes about two thirds of it. Of a part (≈): the whole time, apportioned by multiply-adds.",
    },
    {
      name: "energy",
      title: "Energy (J)",
      doc: "Of all steps of one training, estimated: time multiplied by the power that is assumed.",
    },
    {
      name: "verdict",
      title: "Factors",
      doc: `\`same\`: every known factor stays within ${TOLERANCE} with certainty; \`worse\`: one certainly does not; \`not certain\`: more seeds are needed.`,
    },
  ],
  rows: [
    ...design.parts.map(({ part, parameters, multiplyAdds, bytes, ...times }): Row => [
      ...[part, parameters, multiplyAdds, megabytes(bytes)],
      apportioned(times.milliseconds),
      times.exportedMilliseconds === null ? null : apportioned(times.exportedMilliseconds),
      ...[null, null],
    ]),
    wholeRow("whole design", design, null),
    ...tried.map(({ widths, cost, verdict, reason }): Row => {
      const title = `whole, with ${Object.entries(widths)
        .map(([name, width]) => `${name} ${width} wide`)
        .join(", ")}`;
      return cost
        ? wholeRow(title, cost, verdict)
        : [title, ...[null, null, null, null, null, null], `not trained: ${reason}`];
    }),
  ],
});

const UNKNOWN = "cannot tell";

const megabytes = (bytes: number): string => number(bytes / 1e6);

const apportioned = (milliseconds: number): string => `≈ ${number(milliseconds)}`;

const wholeRow = (
  title: string,
  { parameters, multiplyAdds, bytes, millisecondsPerStep, exported, joules }: DesignCost,
  verdict: string | null,
): Row => [
  ...[title, parameters, multiplyAdds ?? UNKNOWN],
  bytes === null ? UNKNOWN : megabytes(bytes),
  number(millisecondsPerStep),
  exported.millisecondsPerStep === null ? UNKNOWN : number(exported.millisecondsPerStep),
  number(joules),
  verdict,
];

export const costJson: Readonly<Record<string, string>> = {
  sentence: "the answer in words",
  name: "name of the spec",
  watts: "power that is assumed for the energy",
  threshold: "rate in nats from which on a coordinate counts as used",
  "design.parts[]":
    "a network or a term: `part`, `parameters`, `multiplyAdds` of one step, `bytes` of its weights and moments, and `milliseconds` and `exportedMilliseconds` of a step, which are the whole times apportioned by multiply-adds",
  "design.parameters": "trained numbers in all",
  "design.multiplyAdds":
    "multiply-adds of products and convolutions in one step, forward and backward; null where a network is a module of your own",
  "design.bytes":
    "memory of a step: weights, moments, one batch, scratch; null where a network is a module of your own",
  "design.uncounted[]": "modules of your own, whose operations cannot be counted",
  "design.batch": "samples of a step",
  "design.steps": "steps of a training",
  "design.millisecondsPerStep":
    "time of a step on one thread, the median over trainings, as they were timed when they were trained",
  "design.exported.millisecondsPerStep":
    "time of a step of the exported design by PyTorch; null where it is not known",
  "design.exported.by": "which PyTorch, on what; else null",
  "design.exported.reason": "why it is not known, and what to do; else null",
  "design.joules": "energy of the steps of one training, estimated as time multiplied by `watts`",
  "codes[]": "a Gaussian code: `name`, `size`, and `used`, its coordinates above the threshold",
  "tried[].widths": "narrower designs, the narrowest first: width of each code that was changed",
  "tried[].verdict":
    "same: every factor stays within 0.05 with certainty; worse; not certain; not trained, with its `reason`",
  "tried[].cost": "the same numbers as in `design`",
  "tried[].factors[]":
    "a factor: `before` and `after` as a probe reads it in the best code, and `low` and `high` of the change; all intervals together hold with 95 %",
  reason: "why no narrower design was tried; null where one was",
};
