import {
  Chart,
  Legend,
  LinearScale,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
  type ChartDataset,
  type Plugin,
} from "chart.js";
import { useEffect, useRef } from "preact/hooks";
import { knobText } from "../../../core/language/knob-text";
import { number } from "../../../core/language/number-text";
import type { Picture, Series } from "../../../core/views/picture";
import { accentClass } from "../../colours";
import { useTheme } from "../../theme";
import { recolour, themeColours } from "../line-chart";

Chart.register(ScatterController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip, Legend);

type Scatter = Chart<"scatter", Series["points"]>;

interface Props {
  picture: Picture;
  /** A point was clicked whose knobs can be set. */
  choose: (knobs: Readonly<Record<string, number>>) => void;
}

/** A picture of a study; its table has its numbers. */
export function StudyPicture({ picture, choose }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  useEffect(() => {
    const element = canvas.current!;
    const colour = themeColours(element);
    const chart: Scatter = new Chart<"scatter", Series["points"]>(element, {
      type: "scatter",
      data: { datasets: picture.series.map((series, i) => datasetOf(series, colour(accentClass(i)))) },
      options: {
        animation: false,
        maintainAspectRatio: false,
        scales: { x: scaleOf(picture.x), y: picture.y.names ? rowsOf(picture.y) : scaleOf(picture.y) },
        plugins: {
          legend: { position: "bottom", labels: { boxWidth: 12, boxHeight: 2 } },
          tooltip: {
            callbacks: {
              label: ({ dataset, parsed: { x, y } }) =>
                `${dataset.label ?? ""}: ${number(x ?? NaN)}, ${picture.y.names?.[Math.round(y ?? NaN)] ?? number(y ?? NaN)}`,
            },
          },
        },
        onClick: (_event, [hit]) => {
          const knobs = hit && picture.series[hit.datasetIndex]?.points[hit.index]?.knobs;
          if (knobs) choose(knobs);
        },
      },
      plugins: [marksOf(picture, colour("quiet"))],
    });
    recolour(chart as never, colour("quiet"), colour("grid"));
    chart.update();
    return () => chart.destroy();
  }, [picture, theme]);
  const sets = picture.series.some(({ points }) => points.some(({ knobs }) => knobs !== undefined));
  return (
    <div class="chart study-chart">
      <h3>{picture.title}</h3>
      <div class="study-canvas" style={picture.y.names && { height: `${heightOf(picture.y.names)}px` }}>
        <canvas
          ref={canvas}
          role="img"
          aria-label={`${picture.title}; the table has its numbers${sets ? "; a click on a point sets the knob" : ""}`}
        />
      </div>
    </div>
  );
}

const scaleOf = ({ title, log }: Picture["x"]) => ({
  type: log ? ("logarithmic" as const) : ("linear" as const),
  title: { display: true, text: linesOf(title) },
  ticks: {
    maxTicksLimit: 6,
    // Of a decade, as many as there is room for.
    callback: (value: string | number) =>
      !log || /^[125]/.test(Number(value).toExponential()) ? knobText(Number(value)) : "",
  },
});

/** Longer than an axis of a narrow picture, a title is broken at its commas. */
const linesOf = (title: string): string | string[] => (title.length > 30 ? title.split(/(?<=,) /) : title);

/** In pixels: a row for each name, and what is around them. */
const heightOf = (names: readonly string[]): number => Math.max(280, 18 * names.length + 100);

/** A row for each name, the first at the top. */
const rowsOf = ({ names = [] }: Picture["y"]) => ({
  ...{ type: "linear" as const, reverse: true, min: -0.5, max: names.length - 0.5 },
  afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
    axis.ticks = names.map((_, value) => ({ value }));
  },
  ticks: { autoSkip: false, callback: (value: string | number) => names[Number(value)] ?? "" },
});

/** Pairs of points with a gap after each. */
const apart = (points: Series["points"]): Series["points"] =>
  points.flatMap((point, i) => (i % 2 === 1 ? [point, { x: NaN, y: NaN }] : [point]));

const datasetOf = (
  { name, style, points }: Series,
  colour: string,
): ChartDataset<"scatter", Series["points"]> => ({
  label: name,
  data: style === "intervals" ? apart(points) : points,
  ...{ borderColor: colour, backgroundColor: colour, borderWidth: style === "intervals" ? 3 : 1.5 },
  showLine: style !== "points",
  pointRadius: style === "theory" || style === "intervals" ? 0 : 3,
  pointHitRadius: style === "theory" ? 0 : 8,
  ...(style === "theory" && { borderDash: [4, 3] }),
});

/** Lines across the chart where a value of x matters; which is said below it. */
const marksOf = ({ marks }: Picture, colour: string): Plugin<"scatter"> => ({
  id: "marks",
  afterDatasetsDraw({ ctx, chartArea, scales }) {
    ctx.save();
    ctx.strokeStyle = colour;
    for (const { x, from } of marks) {
      const at = scales["x"]!.getPixelForValue(x);
      if (at < chartArea.left || at > chartArea.right) continue;
      ctx.setLineDash(from === "measured" ? [6, 3] : [2, 3]);
      ctx.beginPath();
      ctx.moveTo(at, chartArea.top);
      ctx.lineTo(at, chartArea.bottom);
      ctx.stroke();
    }
    ctx.restore();
  },
});
