import { useEffect, useRef, useState } from "preact/hooks";
import type { TableSummary } from "../../../core/views/table-summary";
import type { ToEditor } from "../../../core/train/page-protocol";
import { editor } from "../../connection";
import { MethodCard, OwnCard } from "./card";
import { found, type Filter } from "./filter";
import { Filters } from "./filters";
import { Grid } from "./grid";
import { Outside } from "./outside";
import { fileReachedBy } from "./step";

interface Props {
  table: TableSummary | undefined;
  /** Changes when the open spec may have: then the table is asked for anew. */
  generation: number;
  send: (message: ToEditor) => void;
}

/** The periodic table of losses: every method in its cell, the open spec lit in its own. */
export function PeriodicTable({ table, generation, send }: Props) {
  useEffect(() => send({ kind: "table" }), [generation]);
  return table === undefined ? (
    <p class="quiet">Laying out the table …</p>
  ) : (
    <Page table={table} send={send} />
  );
}

const hint =
  editor === undefined
    ? "Click or press Enter to see its spec."
    : "Click or press Enter to open it as a spec.";

/** Which tiles are looked for, pointed at, pinned and reached, and what keys and clicks do with them. */
function useTiles(table: TableSummary, send: Props["send"]) {
  const [filter, setFilter] = useState<Filter>({ search: "", traits: [] });
  const [hovered, setHovered] = useState<string | undefined>(undefined);
  const [pinned, setPinned] = useState<string | undefined>(undefined);
  const [current, setCurrent] = useState<string | undefined>(undefined);
  const elements = useRef<HTMLTableElement>(null);
  const passing = found(table, filter);

  // Where the page is long, the open spec's cell is what it begins with.
  useEffect(
    () => elements.current?.querySelector("td.here")?.scrollIntoView({ block: "nearest" }),
    [table.own?.row, table.own?.column],
  );

  const focus = (file: string): void => {
    setCurrent(file);
    elements.current?.querySelector<HTMLElement>(`[data-file="${CSS.escape(file)}"]`)?.focus();
  };
  const chosen = (file: string): void => {
    setCurrent(file);
    setPinned(file);
    const method = table.methods.find((candidate) => candidate.file === file);
    if (editor !== undefined && method !== undefined) send({ kind: "openText", text: method.text });
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === "Escape") setPinned(undefined);
    const file = fileReachedBy(event, elements.current);
    if (file === undefined) return;
    focus(file);
    event.preventDefault();
  };
  // One tile is reached by the tab key: the last one used, else the nearest method, else the first that is looked for.
  const reached = [current, table.own?.nearest, ...table.methods.map(({ file }) => file)].find(
    (file) => file !== undefined && passing.has(file),
  );
  const tiles = { elements, passing, reached, pinned, hovered: setHovered, chosen };
  return { filter, setFilter, tiles, shown: hovered ?? pinned, focus, pressed };
}

function Page({ table, send }: { table: TableSummary; send: Props["send"] }) {
  const { filter, setFilter, tiles, shown, focus, pressed } = useTiles(table, send);
  const { passing, reached, pinned } = tiles;
  const method = table.methods.find(({ file }) => file === shown);
  return (
    <div class="periodic" onKeyDown={pressed}>
      <div>
        <Filters
          table={table}
          filter={filter}
          change={setFilter}
          count={passing.size}
          enter={() => reached !== undefined && focus(reached)}
        />
        <Grid table={table} {...tiles} />
        <p class="quiet">
          {table.own !== undefined && `◆ ${table.own.name}; dashed: differs by one change. `}
          Hover over a heading for its meaning.
        </p>
        <Outside table={table} />
      </div>
      <aside class="card" aria-live="polite" aria-label="About">
        {method === undefined ? (
          <OwnCard table={table} show={focus} />
        ) : (
          <MethodCard
            table={table}
            method={method}
            hint={hint}
            opened={editor === undefined && method.file === pinned}
          />
        )}
      </aside>
    </div>
  );
}
