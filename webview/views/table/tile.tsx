import type { TableMethod } from "../../../core/views/table-summary";

interface Props {
  method: TableMethod;
  /** Class of its column's colour. */
  accent: string;
  /** Not what is looked for: shown faintly, to keep everything in its place. */
  faded: boolean;
  /** Reached by the tab key; the others by arrows. */
  current: boolean;
  pinned: boolean;
  /** Name of the open spec; its relation to this method is told. */
  own: string | undefined;
  hovered: (file: string | undefined) => void;
  chosen: (file: string) => void;
}

/** A method as an element: its symbol, year and name. */
export function Tile({ method, accent, faded, current, pinned, own, hovered, chosen }: Props) {
  const { file, symbol, year, method: name, changes } = method;
  const same = changes?.length === 0;
  const neighbour = changes?.length === 1;
  const relation = same
    ? `, ${own} is this method`
    : neighbour
      ? `, one change from ${own}: ${changes[0]}`
      : "";
  return (
    <button
      class={`tile ${accent} ${same ? "same" : ""} ${neighbour ? "neighbour" : ""} ${pinned ? "pinned" : ""}`}
      data-file={file}
      disabled={faded}
      tabIndex={current ? 0 : -1}
      aria-label={`${name}${year === undefined ? "" : `, ${year}`}${relation}`}
      onMouseEnter={() => hovered(file)}
      onMouseLeave={() => hovered(undefined)}
      onFocus={() => hovered(file)}
      onBlur={() => hovered(undefined)}
      onClick={() => chosen(file)}
    >
      <span class="year">{year}</span>
      <span class="symbol">{symbol}</span>
      <span class="label">{name}</span>
    </button>
  );
}

/** The open spec, where it is none of the methods. */
export function OwnTile({ name }: { name: string }) {
  return (
    <span class="tile own" role="img" aria-label={`${name}: the open spec`}>
      <span class="year" />
      <span class="symbol">◆</span>
      <span class="label">{name}</span>
    </span>
  );
}
