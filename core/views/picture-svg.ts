/** A picture of a study as SVG, for files: in grey and two dash patterns, readable on white and in print. */
import { number } from "../language/number-text";
import type { Picture, Series } from "./picture";
import { escaped } from "./svg";

const WIDTH = 640;
const HEIGHT = 400;
const LEFT = 70;
/** Of a row with a name, and of a character of one. */
const ROW = 16;
const CHARACTER = 6.2;
const RIGHT = 20;
const TOP = 40;
const BOTTOM = 90;
const TICKS = 5;
const COLOURS = ["#1f6feb", "#c2410c", "#15803d", "#7e22ce", "#b91c1c", "#0f766e", "#a16207", "#4b5563"];

/** Puts a value at its place along one direction. */
interface Scale {
  at(value: number): number;
  /** Whether a value is within the picture. */
  has(value: number): boolean;
  ticks: number[];
}

function scaleOf(values: readonly number[], log: boolean, [from, to]: [number, number]): Scale {
  const f = log ? Math.log : (value: number) => value;
  const back = log ? Math.exp : (value: number) => value;
  const shown = values.filter((value) => Number.isFinite(f(value)));
  const least = Math.min(...shown.map(f));
  const span = Math.max(...shown.map(f)) - least || 1;
  return {
    at: (value) => from + ((f(value) - least) / span) * (to - from),
    has: (value) => f(value) >= least && f(value) <= least + span,
    ticks: Array.from({ length: TICKS }, (_, i) => back(least + (span * i) / (TICKS - 1))),
  };
}

/** A row for each name, the first at the top. */
function rowsOf(names: readonly string[], [top, bottom]: [number, number]): Scale {
  const row = (bottom - top) / names.length;
  return {
    at: (place) => top + (place + 0.5) * row,
    has: () => true,
    ticks: names.map((_, place) => place),
  };
}

/** The picture in one SVG element with its title and legend. */
export function pictureSvg({ title, x, y, series, marks }: Picture): string {
  const points = series.flatMap((one) => one.points);
  if (points.length === 0) return "";
  const { names } = y;
  const left = names === undefined ? LEFT : 30 + CHARACTER * Math.max(...names.map((name) => name.length));
  const height = names === undefined ? HEIGHT : Math.max(HEIGHT, TOP + BOTTOM + ROW * names.length);
  const across = scaleOf(
    points.map((point) => point.x),
    x.log,
    [left, WIDTH - RIGHT],
  );
  const up =
    names === undefined
      ? scaleOf(
          points.map((point) => point.y),
          y.log,
          [height - BOTTOM, TOP],
        )
      : rowsOf(names, [TOP, height - BOTTOM]);
  const text = (at: { x: number; y: number }, content: string, more = ""): string =>
    `<text x="${at.x.toFixed(1)}" y="${at.y.toFixed(1)}" ${more}>${escaped(content)}</text>`;
  const line = (x1: number, y1: number, x2: number, y2: number, more: string): string =>
    `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" ${more}/>`;
  const grid = 'stroke="#d0d0d0" stroke-width="0.5"';
  const middle = 'text-anchor="middle"';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="11" fill="#222">`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    text({ x: WIDTH / 2, y: 20 }, title, `${middle} font-size="14"`),
    ...across.ticks.flatMap((tick) => [
      line(across.at(tick), TOP, across.at(tick), height - BOTTOM, grid),
      text({ x: across.at(tick), y: height - BOTTOM + 15 }, number(tick), middle),
    ]),
    ...up.ticks.flatMap((tick) => [
      line(left, up.at(tick), WIDTH - RIGHT, up.at(tick), grid),
      text({ x: left - 6, y: up.at(tick) + 4 }, names?.[tick] ?? number(tick), 'text-anchor="end"'),
    ]),
    text({ x: WIDTH / 2, y: height - BOTTOM + 32 }, x.title, middle),
    text({ x: 14, y: height / 2 - 20 }, y.title, `${middle} transform="rotate(-90 14 ${height / 2 - 20})"`),
    ...marks
      .filter(({ x: value }) => across.has(value))
      .flatMap(({ x: value, text: words, from }, i) => [
        line(
          across.at(value),
          TOP,
          across.at(value),
          height - BOTTOM,
          `stroke="#666" stroke-dasharray="${from === "measured" ? "6 3" : "2 3"}"`,
        ),
        text({ x: across.at(value) + 3, y: TOP + 10 + 12 * (i % 6) }, words, 'font-size="9"'),
      ]),
    ...series.map((one, i) =>
      drawn(one, COLOURS[i % COLOURS.length]!, (point) => [across.at(point.x), up.at(point.y)]),
    ),
    ...series.map((one, i) => {
      const at = { x: left + 280 * (i % 2), y: height - 40 + 14 * Math.floor(i / 2) };
      return `<g fill="${COLOURS[i % COLOURS.length]!}">${text(at, `— ${one.name}`)}</g>`;
    }),
    "</svg>",
  ].join("\n");
}

function drawn(
  { style, points }: Series,
  colour: string,
  place: (point: { x: number; y: number }) => [number, number],
): string {
  const places = points.map(place).filter((each) => each.every(Number.isFinite));
  const lines =
    style === "points"
      ? []
      : style === "intervals"
        ? places.flatMap((each, i) => (i % 2 === 1 ? [[places[i - 1]!, each]] : []))
        : [places];
  const joined = lines
    .map((line) => line.map((each) => each.map((value) => value.toFixed(1)).join(",")).join(" "))
    .map(
      (path) =>
        `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="${style === "intervals" ? 3 : 1.5}"${style === "theory" ? ' stroke-dasharray="4 3"' : ""}/>`,
    )
    .join("");
  const dots =
    style === "theory" || style === "intervals"
      ? []
      : places.map(
          ([cx, cy]) => `<circle cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="2.5" fill="${colour}"/>`,
        );
  return [joined, ...dots].join("");
}
