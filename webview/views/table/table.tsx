import { useEffect, useRef, useState } from "preact/hooks";
import type { TableSummary } from "../../../core/views/table-summary";
import type { ToEditor } from "../../../core/train/protocol";
import { accentClass } from "../../colours";
import { editor } from "../../connection";
import { MethodCard, OwnCard } from "./card";
import { found, type Filter } from "./filter";
import { isDirection, step } from "./step";
import { OwnTile, Tile } from "./tile";

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
    ? "Click, or press Enter, to see its spec."
    : "Click, or press Enter, to open it as a spec.";

function Page({ table, send }: { table: TableSummary; send: Props["send"] }) {
  const [filter, setFilter] = useState<Filter>({ search: "", traits: [] });
  const [hovered, setHovered] = useState<string | undefined>(undefined);
  const [pinned, setPinned] = useState<string | undefined>(undefined);
  const [current, setCurrent] = useState<string | undefined>(undefined);
  const elements = useRef<HTMLTableElement>(null);
  const passing = found(table, filter);
  const shown = table.methods.find(({ file }) => file === (hovered ?? pinned));

  // Where the page is long, the open spec's cell is what it begins with.
  useEffect(
    () => elements.current?.querySelector("td.here")?.scrollIntoView({ block: "nearest" }),
    [table.own?.row, table.own?.column],
  );

  const focus = (file: string): void => {
    setCurrent(file);
    elements.current?.querySelector<HTMLElement>(`[data-file="${CSS.escape(file)}"]`)?.focus();
  };
  const choose = (file: string): void => {
    setCurrent(file);
    setPinned(file);
    const method = table.methods.find((candidate) => candidate.file === file);
    if (editor !== undefined && method !== undefined) send({ kind: "openText", text: method.text });
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === "Escape") setPinned(undefined);
    const tiles = [...(elements.current?.querySelectorAll<HTMLElement>("button.tile:not(:disabled)") ?? [])];
    const at = tiles.indexOf(event.target as HTMLElement);
    if (at < 0) return;
    const next = isDirection(event.key)
      ? step(middle(tiles[at]!), tiles.map(middle), event.key)
      : { Home: 0, End: tiles.length - 1 }[event.key];
    const file = next === undefined ? undefined : tiles[next]?.dataset["file"];
    if (file === undefined) return;
    focus(file);
    event.preventDefault();
  };
  // One tile is reached by the tab key: the last one used, else the nearest method, else the first that is looked for.
  const reached = [current, table.own?.nearest, ...table.methods.map(({ file }) => file)].find(
    (file) => file !== undefined && passing.has(file),
  );
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
        <table class="elements" ref={elements}>
          <caption class="hidden">Rows: what the encoders pay for. Columns: what is kept.</caption>
          <thead>
            <tr>
              <td class="corner">
                <span>pays for ↓</span>
                <span>keeps →</span>
              </td>
              {table.columns.map((column, i) => (
                <th scope="col" key={column.id} title={column.doc} class={accentClass(i)}>
                  {column.title}
                  {column.formula !== "" && <small>{column.formula}</small>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={row.id}>
                <th scope="row" title={row.doc}>
                  {row.title}
                  {row.formula !== "" && <small>{row.formula}</small>}
                </th>
                {table.columns.map((column, i) => {
                  const here = table.own?.row === row.id && table.own.column === column.id;
                  const methods = table.methods.filter(
                    (method) => method.row === row.id && method.column === column.id,
                  );
                  const same = methods.some(({ changes }) => changes?.length === 0);
                  return (
                    <td
                      key={column.id}
                      data-column={column.title}
                      class={`${here ? "here" : ""} ${here || methods.length > 0 ? "" : "empty"}`}
                    >
                      <div class="cell">
                        {here && !same && <OwnTile name={table.own!.name} />}
                        {methods.map((method) => (
                          <Tile
                            key={method.file}
                            method={method}
                            accent={accentClass(i)}
                            faded={!passing.has(method.file)}
                            current={method.file === reached}
                            pinned={method.file === pinned}
                            own={table.own?.name}
                            hovered={setHovered}
                            chosen={choose}
                          />
                        ))}
                      </div>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        <p class="quiet">
          {table.own !== undefined && `◆ ${table.own.name}; dashed: one change away from it. `}
          Rows and columns say on pointing at them what they hold.
        </p>
        <Outside table={table} />
      </div>
      <aside class="card" aria-live="polite" aria-label="About">
        {shown === undefined ? (
          <OwnCard table={table} show={focus} />
        ) : (
          <MethodCard
            table={table}
            method={shown}
            hint={hint}
            opened={editor === undefined && shown.file === pinned}
          />
        )}
      </aside>
    </div>
  );
}

function middle(element: HTMLElement): { x: number; y: number } {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

interface FilterProps {
  table: TableSummary;
  filter: Filter;
  change: (filter: Filter) => void;
  count: number;
  /** Goes from the search to the first tile that was found. */
  enter: () => void;
}

function Filters({ table, filter, change, count, enter }: FilterProps) {
  const toggle = (trait: string): void => {
    const { traits } = filter;
    const on = traits.includes(trait);
    change({ ...filter, traits: on ? traits.filter((other) => other !== trait) : [...traits, trait] });
  };
  return (
    <div class="filters" role="search" aria-label="Methods">
      <input
        type="search"
        placeholder="Search methods, authors, terms"
        aria-label="Search methods"
        value={filter.search}
        onInput={(event) => change({ ...filter, search: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== "ArrowDown") return;
          enter();
          event.preventDefault();
        }}
      />
      {table.traits.map((trait) => (
        <button
          key={trait}
          class="chip"
          aria-pressed={filter.traits.includes(trait)}
          onClick={() => toggle(trait)}
        >
          {trait}
        </button>
      ))}
      <span class="quiet" role="status">
        {count} of {table.methods.length}
      </span>
    </div>
  );
}

/** Methods that a spec cannot say, each with the reason. */
function Outside({ table }: { table: TableSummary }) {
  if (table.outside.length === 0) return null;
  return (
    <details class="outside">
      <summary>{table.outside.length} methods that no spec can say</summary>
      <dl>
        {table.outside.map(({ method, source, outside }) => (
          <div key={method}>
            <dt>{method}</dt>
            <dd>
              {outside}. <span class="quiet">{source}.</span>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
