import { whole } from "../../../core/language/number-text";

interface Row {
  name: string;
  /** One for each column. */
  counts: number[];
}

/** Counts by name: a bar of their sum, and the counts. @param columns what each of the counts is of */
export function Bars({
  heading,
  rows,
  columns,
}: {
  heading: string;
  rows: readonly Row[];
  columns: readonly string[];
}) {
  const sums = rows.map(({ counts }) => counts.reduce((sum, one) => sum + one, 0));
  const most = Math.max(1, ...sums);
  return (
    <table class="counts">
      <thead>
        <tr>
          <th scope="col">{heading}</th>
          <th />
          {columns.map((column) => (
            <th scope="col" class="figure" key={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, counts }, i) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="share">
              <div class="track accent-0">
                <div class="fill" style={{ width: `${(100 * sums[i]!) / most}%` }} />
              </div>
            </td>
            {counts.map((one, column) => (
              <td class="figure" key={column}>
                {whole(one)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
