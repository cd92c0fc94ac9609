import { useState } from "preact/hooks";
import { count } from "../../../core/language/text";
import { whole } from "../../../core/language/number-text";
import type { CodeMap } from "../../../core/train/inspect/messages";
import { isDirection, step } from "../table/step";
import { rangeOf, valueText } from "./colouring";

const [WIDTH, HEIGHT, EDGE] = [460, 340, 14];

interface Props {
  map: CodeMap;
  /** The colour of each point. */
  colours: readonly string[];
  /** Whether each point stands out. */
  lit: readonly boolean[];
  /** The row that is open, and those shown beside it. */
  opened: number | undefined;
  beside: readonly number[];
  open: (row: number) => void;
}

/** The points of a map: a click or Enter opens one, arrow keys go from one to the next. */
export function Points({ map, colours, lit, opened, beside, open }: Props) {
  const [pointed, point] = useState<number>();
  const spots = spotsOf(map);
  const first = (): number => Math.max(0, map.rows.indexOf(opened ?? -1));
  const go = (event: KeyboardEvent): void => {
    const at = pointed ?? first();
    if (event.key === "Enter" || event.key === " ") open(map.rows[at]!);
    else if (isDirection(event.key)) point(step(spots[at]!, spots, event.key) ?? at);
    else return;
    event.preventDefault();
  };
  const current = pointed !== undefined && pointed < map.rows.length ? pointed : undefined;
  return (
    <>
      <svg
        class="map"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        tabindex={0}
        role="application"
        aria-label={`Map of ${map.code}: ${count(map.rows.length, "sample")}. Arrow keys go from one to the next, Enter opens it.`}
        onKeyDown={go}
        onFocus={() => point(current ?? first())}
        onBlur={() => point(undefined)}
        onMouseLeave={() => point(undefined)}
      >
        {spots.map(({ x, y }, i) => (
          <circle
            key={map.rows[i]}
            class={`${lit[i] ? "" : "faint"} ${map.rows[i] === opened ? "opened" : beside.includes(map.rows[i]!) ? "beside" : ""} ${i === current ? "pointed" : ""}`}
            r={3.2}
            style={{ transform: `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`, fill: colours[i] }}
            onMouseEnter={() => point(i)}
            onClick={() => open(map.rows[i]!)}
          />
        ))}
      </svg>
      <p class="quiet pointed-at" aria-live="polite">
        {current === undefined ? "Point at a sample, or press an arrow key in the map." : told(map, current)}
      </p>
    </>
  );
}

const told = ({ rows, factors }: CodeMap, at: number): string =>
  [
    `Row ${whole(rows[at]!)}`,
    ...factors.map(({ factor, classes, values }) => `${factor} ${valueText(classes, values[at]!)}`),
  ].join(" · ");

/** Places in the drawing, both axes on one scale; a code of one coordinate is spread over the height by row number alone. */
function spotsOf({ rows, x, y, shares }: CodeMap): { x: number; y: number }[] {
  const [across, up] = [rangeOf(x), rangeOf(y)];
  const [wide, tall] = [across.high - across.low, up.high - up.low];
  const scale = Math.min((WIDTH - 2 * EDGE) / (wide || 1), tall > 0 ? (HEIGHT - 2 * EDGE) / tall : Infinity);
  return rows.map((row, i) => ({
    x: WIDTH / 2 + (x[i]! - (across.low + across.high) / 2) * scale,
    y:
      shares.length > 1
        ? HEIGHT / 2 - (y[i]! - (up.low + up.high) / 2) * scale
        : EDGE + ((row * 0.618034) % 1) * (HEIGHT - 2 * EDGE),
  }));
}
