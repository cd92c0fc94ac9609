import type { TableSummary } from "../../../core/views/table-summary";

/** Methods that a spec cannot say, each with the reason. */
export function Outside({ table }: { table: TableSummary }) {
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
