import {
  Chart,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import { useEffect, useRef } from "preact/hooks";
import type { SpecSummary, TermSummary } from "../../core/train/protocol";
import { termClass } from "../colours";
import { number } from "../format";
import type { PanelState, Series } from "../state";

Chart.register(LineController, LineElement, PointElement, LinearScale, Tooltip, Legend, Filler);

/** What terms are drawn together: those whose values share a scale and a meaning. */
const CHARTS: { title: string; holds: (term: TermSummary) => boolean }[] = [
  {
    title: "information, nats",
    holds: ({ boundSide, reads }) => boundSide !== "proxy" && reads !== "information minus entropy",
  },
  { title: "log-likelihood, nats", holds: ({ reads }) => reads === "information minus entropy" },
  {
    title: "training signal, no information",
    holds: ({ boundSide, reads }) => boundSide === "proxy" && reads !== "information minus entropy",
  },
];

/** The terms over training. */
export function Curves({ summary, state }: { summary: SpecSummary; state: PanelState }) {
  return (
    <section class="card">
      <h2>Curves</h2>
      {CHARTS.map(({ title, holds }) => {
        const terms = summary.terms.filter(holds);
        if (terms.length === 0) return undefined;
        return <TermChart key={title} title={title} terms={terms} summary={summary} state={state} />;
      })}
      <p class="quiet">
        Solid: training batches. Dots: held-out samples. The loss itself is not drawn: its level means nothing
        across values of β.
      </p>
    </section>
  );
}

interface Props {
  title: string;
  terms: TermSummary[];
  summary: SpecSummary;
  state: PanelState;
}

const points = (series: Series | undefined): { x: number; y: number }[] =>
  series?.steps.map((x, i) => ({ x, y: series.values[i]! })) ?? [];

function TermChart({ title, terms, summary, state }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<Chart<"line", { x: number; y: number }[]> | undefined>(undefined);
  const ids = terms.map((term) => term.id).join("\n");
  // An empty chart takes a tenth of a second that the first pictures would wait for; once there is one, it stays.
  const begun = useRef(false);
  begun.current ||= terms.some((term) => state.curves.terms[term.id] !== undefined);

  useEffect(() => {
    if (!begun.current) return;
    chart.current = new Chart(canvas.current!, {
      type: "line",
      data: { datasets: [] },
      options: {
        animation: false,
        parsing: false,
        normalized: true,
        maintainAspectRatio: false,
        interaction: { mode: "nearest", axis: "x", intersect: false },
        scales: {
          x: { type: "linear", min: 0, ticks: { maxTicksLimit: 6, precision: 0 } },
          y: { title: { display: true, text: title }, ticks: { maxTicksLimit: 6 } },
        },
        plugins: {
          legend: {
            position: "bottom",
            labels: { boxWidth: 12, boxHeight: 2, filter: (item) => !item.text.endsWith("held out") },
          },
          tooltip: {
            callbacks: { label: (item) => `${item.dataset.label ?? ""}: ${number(item.parsed.y ?? NaN)}` },
          },
        },
      },
    });
    return () => chart.current?.destroy();
  }, [title, begun.current]);

  useEffect(() => {
    const { current } = chart;
    if (current === undefined) return;
    const colour = themeColours(canvas.current!);
    const datasets = terms.flatMap((term) => {
      const stroke = colour(termClass(summary, term));
      const name = `${term.text} ${term.bound}`;
      return [
        {
          label: name,
          data: points(state.curves.terms[term.id]),
          borderColor: stroke,
          backgroundColor: stroke,
          borderWidth: 1.5,
          pointRadius: 0,
        },
        {
          label: `${name}, held out`,
          data: points(state.curves.heldOutTerms[term.id]),
          borderColor: stroke,
          backgroundColor: stroke,
          showLine: false,
          pointRadius: 2.5,
        },
      ];
    });
    // The same dataset objects are kept, so that a series hidden by a click on its legend stays hidden.
    datasets.forEach((dataset, i) => {
      const known = current.data.datasets[i];
      if (known === undefined) current.data.datasets.push(dataset);
      else Object.assign(known, dataset);
    });
    current.data.datasets.length = datasets.length;
    current.options.scales!.x!.max = summary.steps;
    const text = colour("quiet");
    const grid = colour("grid");
    for (const scale of Object.values(current.options.scales ?? {})) {
      Object.assign(scale!, { grid: { color: grid }, border: { color: grid } });
      Object.assign(scale!.ticks!, { color: text });
      const { title: caption } = scale as { title?: { color?: string } };
      if (caption !== undefined) caption.color = text;
    }
    current.options.plugins!.legend!.labels!.color = text;
    current.update("none");
  }, [state.curves, ids, summary]);

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

/** Reads theme colours where the chart stands, since a canvas knows no CSS variables. */
function themeColours(element: Element): (name: string) => string {
  return (name) => {
    const probe = document.createElement("span");
    probe.className = `colour-probe ${name}`;
    element.parentElement!.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
}
