import type { Confusion } from "../../core/train/protocol";

/** For each code and label, how often rows of each class are named as each class; a darker cell is a larger share of its row. */
export function Confusions({ confusions }: { confusions: readonly Confusion[] }) {
  if (confusions.length === 0) return null;
  return (
    <details>
      <summary>Confusion of labels</summary>
      <p class="quiet">
        Held-out rows by their class (a line each) and by the class that a linear probe of one draw names. The
        diagonal is what is named right.
      </p>
      <div class="confusions">
        {confusions.map((one) => (
          <Table key={`${one.code} ${one.factor}`} {...one} />
        ))}
      </div>
    </details>
  );
}

function Table({ code, factor, counts }: Confusion) {
  return (
    <table class="confusion">
      <caption>
        {factor} from {code}
      </caption>
      <thead>
        <tr>
          <th scope="col">class</th>
          {counts.map((_, named) => (
            <th scope="col" key={named}>
              {named}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {counts.map((row, k) => {
          const all = row.reduce((sum, count) => sum + count, 0);
          return (
            <tr key={k}>
              <th scope="row">{k}</th>
              {row.map((count, named) => (
                <td
                  key={named}
                  class={named === k ? "right" : ""}
                  title={`${count} of ${all} rows of class ${k} are named ${named}`}
                >
                  <span class="shade" style={{ opacity: String(all === 0 ? 0 : (0.7 * count) / all) }} />
                  <span class="count">{count === 0 ? "" : count}</span>
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
