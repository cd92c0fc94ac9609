import type { ExecutorStatus } from "../../core/train/protocol";
import { Words } from "./words";

/** Every executor there is: which one trains this preview, how fast others were on its program, why they do not train it. */
export function Executors({
  executors,
  pace,
}: {
  executors: readonly ExecutorStatus[];
  pace: number | undefined;
}) {
  if (executors.length === 0) return null;
  return (
    <details>
      <summary>Executors</summary>
      <table class="executors">
        <thead>
          <tr>
            <th scope="col">executor</th>
            <th scope="col">this preview</th>
            <th scope="col">a step</th>
            <th scope="col" />
          </tr>
        </thead>
        <tbody>
          {executors.map(({ name, available, detail, used, milliseconds }) => (
            <tr key={name} class={available ? "" : "quiet"}>
              <th scope="row">{name}</th>
              <td>{used ? "trains" : available ? "available" : "not available"}</td>
              <td>{timeOf(used ? (pace ?? milliseconds) : milliseconds)}</td>
              <td>
                <Words text={detail} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

const timeOf = (milliseconds: number | undefined): string =>
  milliseconds === undefined ? "not measured" : `${milliseconds.toFixed(1)} ms`;
