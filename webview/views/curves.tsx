import { useEffect, useRef } from "preact/hooks";
import type { SpecSummary, TermSummary } from "../../core/train/protocol";
import { termClass } from "../colours";
import type { Series } from "../../core/train/curves";
import type { RunState } from "../../core/train/run-state";
import type { PointStyle } from "chart.js";
import { useTheme } from "../theme";
import { lineChart, recolour, showLines, themeColours, type Line, type LineChart } from "./line-chart";

/** What terms are drawn together: those whose values share a scale and a meaning. */
const CHARTS: { title: string; holds: (term: TermSummary) => boolean }[] = [
  {
    title: "information, nats",
    holds: ({ boundSide, reads }) => boundSide !== "proxy" && reads !== "information minus entropy",
  },
  {
    title: "log-likelihood, nats",
    holds: ({ reads }) => reads === "information minus entropy",
  },
  {
    title: "training signals (not information, no unit)",
    holds: ({ boundSide, reads }) => boundSide === "proxy" && reads !== "information minus entropy",
  },
];

/** The terms over training. */
export function Curves({ summary, state }: { summary: SpecSummary; state: RunState }) {
  return (
    <section class="card">
      <h2>Curves</h2>
      {CHARTS.map(({ title, holds }) => {
        const terms = summary.terms.filter(holds);
        if (terms.length === 0) return undefined;
        return <TermChart key={title} title={title} terms={terms} summary={summary} state={state} />;
      })}
      <p class="quiet">
        Solid: training batches. Dots: held-out samples, not used in training. The loss itself is not shown,
        because losses at different values of β cannot be compared. A log-likelihood is information less the
        entropy of the reconstructed stream, so it can be negative.
      </p>
    </section>
  );
}

/** How terms of one colour differ: those of several codes have the colour of the text. */
const DASHES = [
  { line: [], dot: "circle" },
  { line: [6, 3], dot: "rect" },
  { line: [2, 2], dot: "triangle" },
  { line: [8, 2, 2, 2], dot: "rectRot" },
] satisfies { line: number[]; dot: PointStyle }[];

interface Props {
  title: string;
  terms: TermSummary[];
  summary: SpecSummary;
  state: RunState;
}

function TermChart({ title, terms, summary, state }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<LineChart | undefined>(undefined);
  const theme = useTheme();
  const ids = terms.map((term) => term.id).join("\n");
  // An empty chart takes a tenth of a second that the first pictures would wait for; once there is one, it stays.
  const begun = useRef(false);
  begun.current ||= terms.some((term) => state.curves.terms[term.id] !== undefined);

  useEffect(() => {
    if (!begun.current) return;
    chart.current = lineChart(canvas.current!, title);
    return () => chart.current?.destroy();
  }, [title, begun.current]);

  useEffect(() => {
    if (chart.current === undefined) return;
    const colour = themeColours(canvas.current!);
    showLines(
      chart.current,
      terms.flatMap((term, i) => {
        const accent = termClass(summary, term);
        const before = terms.slice(0, i).filter((other) => termClass(summary, other) === accent).length;
        return linesOf(term, state.curves, colour(accent), DASHES[before % DASHES.length]!);
      }),
    );
    chart.current.options.scales!.x!.max = state.progress?.steps ?? summary.steps;
    recolour(chart.current, colour("quiet"), colour("grid"));
    // Without animations this is as quick as "none", which would leave points in the colours they were first drawn in.
    chart.current.update();
  }, [state.curves, state.progress?.steps, ids, summary, theme]);

  return (
    <div class="chart">
      {begun.current ? (
        <canvas
          ref={canvas}
          role="img"
          aria-label={`${title}: the terms over training; the table of terms has their values`}
        />
      ) : (
        <p class="quiet">{title}: drawn from the first steps on.</p>
      )}
    </div>
  );
}

const points = (series: Series | undefined): { x: number; y: number }[] =>
  series?.steps.map((x, i) => ({ x, y: series.values[i]! })) ?? [];

/** A term's training batches as a line, its held-out values as dots. */
function linesOf(
  term: TermSummary,
  curves: RunState["curves"],
  colour: string,
  { line, dot }: (typeof DASHES)[number],
): Line[] {
  const name = `${term.text} ${term.bound}`;
  const common = { borderColor: colour, backgroundColor: colour };
  return [
    {
      ...common,
      label: name,
      data: points(curves.terms[term.id]),
      borderWidth: 1.5,
      borderDash: line,
      pointRadius: 0,
      pointStyle: "line",
    },
    {
      ...common,
      label: `${name}, held-out data`,
      data: points(curves.heldOutTerms[term.id]),
      showLine: false,
      pointRadius: 2.5,
      pointStyle: dot,
    },
  ];
}
