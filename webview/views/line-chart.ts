/** Line charts in the colours of the theme, by Chart.js. */
import {
  Chart,
  type ChartDataset,
  type ChartOptions,
  Filler,
  Legend,
  type LegendItem,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import { number } from "../../core/language/number-text";

Chart.register(LineController, LineElement, PointElement, LinearScale, Tooltip, Legend, Filler);

interface Point {
  x: number;
  y: number;
}

export type LineChart = Chart<"line", Point[]>;
export type Line = ChartDataset<"line", Point[]>;

/** The entries of a legend, each with the dashes of its line. */
const dashedLabels = (chart: Chart): LegendItem[] =>
  Chart.defaults.plugins.legend.labels.generateLabels(chart).map((item) => {
    const { borderDash } = chart.data.datasets[item.datasetIndex!] as Line;
    return { ...item, lineDash: borderDash as number[] };
  });

const optionsOf = (title: string): ChartOptions<"line"> => ({
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
      labels: {
        usePointStyle: true,
        pointStyleWidth: 24,
        boxHeight: 6,
        generateLabels: dashedLabels,
        filter: (item) => !item.text.endsWith("held-out data"),
      },
    },
    tooltip: {
      callbacks: { label: (item) => `${item.dataset.label ?? ""}: ${number(item.parsed.y ?? NaN)}` },
    },
  },
});

/** An empty chart; `title` is the caption of its y axis. */
export const lineChart = (canvas: HTMLCanvasElement, title: string): LineChart =>
  new Chart(canvas, { type: "line", data: { datasets: [] }, options: optionsOf(title) });

/** Shows these lines. The same dataset objects are kept, so that a line hidden by a click on its legend stays hidden. */
export function showLines({ data: { datasets } }: LineChart, lines: Line[]): void {
  lines.forEach((line, i) => {
    const known = datasets[i];
    if (known === undefined) datasets.push(line);
    else Object.assign(known, line);
  });
  datasets.length = lines.length;
}

/** Gives text and grid lines their colours. */
export function recolour({ options }: LineChart, text: string, grid: string): void {
  for (const scale of Object.values(options.scales ?? {})) {
    Object.assign(scale!, { grid: { color: grid }, border: { color: grid } });
    Object.assign(scale!.ticks!, { color: text });
    const { title } = scale as { title?: { color?: string } };
    if (title !== undefined) title.color = text;
  }
  options.plugins!.legend!.labels!.color = text;
}

/** Reads theme colours at the place of the chart, since a canvas has no CSS variables. */
export function themeColours(element: Element): (name: string) => string {
  return (name) => {
    const probe = document.createElement("span");
    probe.className = `colour-probe ${name}`;
    element.parentElement!.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
}
