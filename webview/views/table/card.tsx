import { neighboursOf, type TableMethod, type TableSummary } from "../../../core/views/table-summary";
import { Copy } from "../copy";
import { Formula } from "../formula";
import { Words } from "../words";

/** A cell in words. */
function Place({ table, of: { row, column } }: { table: TableSummary; of: { row: string; column: string } }) {
  const titleOf = (axes: TableSummary["rows"], id: string): string =>
    (axes.find((axis) => axis.id === id)?.title ?? "").toLowerCase();
  return (
    <p class="quiet">
      Compresses: {titleOf(table.rows, row)}. Keeps: {titleOf(table.columns, column)}.
    </p>
  );
}

interface MethodProps {
  table: TableSummary;
  method: TableMethod;
  /** Whether its text is shown here, since there is no editor to open it in. */
  opened: boolean;
  /** How it is opened: what a click on its tile does. */
  hint: string;
}

/** Everything that is told of a method. */
export function MethodCard({ table, method, opened, hint }: MethodProps) {
  const { own } = table;
  return (
    <>
      <h2>{method.method}</h2>
      {method.aliases.length > 0 && <p class="quiet">{method.aliases.join(", ")}</p>}
      <Place table={table} of={method} />
      <p>{method.summary}</p>
      <Formula latex={method.latex} text={method.loss} wrapped />
      <dl>
        <dt>Keeps</dt>
        <dd>{method.keeps}</dd>
        <dt>Discards</dt>
        <dd>{method.discards}</dd>
        {own !== undefined && (
          <>
            <dt>{own.name}</dt>
            <dd>
              <Words text={relationText(method)} />
            </dd>
          </>
        )}
      </dl>
      <p class="quiet">{method.source}</p>
      {opened ? <Text text={method.text} /> : <p class="quiet hint">{hint}</p>}
    </>
  );
}

function relationText({ changes }: TableMethod): string {
  if (changes === undefined) return "has too little in common with it.";
  if (changes.length === 0) return "is this method.";
  const count = changes.length === 1 ? "one change" : `${changes.length} changes`;
  return `differs by ${count}: ${changes.join("; ")}.`;
}

/** A spec's text, to be taken along. */
function Text({ text }: { text: string }) {
  return (
    <div class="text">
      <Copy text={text} what="the spec" />
      <pre tabIndex={0} aria-label="Text of the spec">
        {text}
      </pre>
    </div>
  );
}

/** The open spec, and the methods around it. */
export function OwnCard({ table, show }: { table: TableSummary; show: (file: string) => void }) {
  const { own } = table;
  if (own === undefined)
    return (
      <>
        <h2>How to read it</h2>
        <p>
          Rows: compressed information. Columns: kept information. The cell of a method is computed from its
          loss; an empty cell is a loss that none of these methods has.
        </p>
        <p class="quiet">Hover over a method, or use the arrow keys.</p>
      </>
    );
  const near = neighboursOf(table).filter(({ changes }) => changes.length > 0);
  return (
    <>
      <h2>{own.name}</h2>
      <Place table={table} of={own} />
      {own.recognised !== "" && (
        <p>
          It is <span class="method">{own.recognised}</span>.
        </p>
      )}
      <h3>Neighbours</h3>
      {near.length === 0 && <p class="quiet">No method differs by only one change.</p>}
      <ul class="neighbours">
        {near.map((method) => (
          <li key={method.file}>
            <button class="link" onClick={() => show(method.file)}>
              {method.method}
            </button>{" "}
            <span class="quiet">
              <Words text={method.changes.join("; ")} />
            </span>
          </li>
        ))}
      </ul>
      <p class="quiet">How {own.name} differs from each.</p>
    </>
  );
}
