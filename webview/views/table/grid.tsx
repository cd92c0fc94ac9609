import type { Ref } from "preact";
import type { TableSummary } from "../../../core/views/table-summary";
import { accentClass } from "../../colours";
import { OwnTile, Tile } from "./tile";

type Axis = TableSummary["rows"][number];

interface Props {
  table: TableSummary;
  elements: Ref<HTMLTableElement>;
  /** The files of the methods that are looked for. */
  passing: ReadonlySet<string>;
  /** The tile that the tab key reaches. */
  reached: string | undefined;
  pinned: string | undefined;
  hovered: (file: string | undefined) => void;
  chosen: (file: string) => void;
}

/** Every method in its cell. */
export function Grid({ elements, ...props }: Props) {
  const { rows, columns } = props.table;
  return (
    <table class="elements" ref={elements}>
      <caption class="hidden">Rows: compressed information. Columns: kept information.</caption>
      <thead>
        <tr>
          <td class="corner">
            <span>compresses ↓</span>
            <span>keeps →</span>
          </td>
          {columns.map((column, i) => (
            <th scope="col" key={column.id} title={column.doc} class={accentClass(i)}>
              <AxisTitle axis={column} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row" title={row.doc}>
              <AxisTitle axis={row} />
            </th>
            {columns.map((column, i) => (
              <Cell key={column.id} row={row} column={column} accent={accentClass(i)} {...props} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function AxisTitle({ axis }: { axis: Axis }) {
  return (
    <>
      {axis.title}
      {axis.formula !== "" && <small>{axis.formula}</small>}
    </>
  );
}

interface CellProps extends Omit<Props, "elements"> {
  row: Axis;
  column: Axis;
  accent: string;
}

function Cell({ table, row, column, accent, passing, reached, pinned, hovered, chosen }: CellProps) {
  const { own } = table;
  const here = own?.row === row.id && own.column === column.id;
  const methods = table.methods.filter((method) => method.row === row.id && method.column === column.id);
  const same = methods.some(({ changes }) => changes?.length === 0);
  return (
    <td
      data-column={column.title}
      class={`${here ? "here" : ""} ${here || methods.length > 0 ? "" : "empty"}`}
    >
      <div class="cell">
        {here && !same && <OwnTile name={own.name} />}
        {methods.map((method) => (
          <Tile
            key={method.file}
            method={method}
            accent={accent}
            faded={!passing.has(method.file)}
            current={method.file === reached}
            pinned={method.file === pinned}
            own={own?.name}
            hovered={hovered}
            chosen={chosen}
          />
        ))}
      </div>
    </td>
  );
}
