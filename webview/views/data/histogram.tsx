import { signed, whole } from "../../../core/language/number-text";

/** How many values are in each of equally wide bins. */
export function Histogram({
  name,
  counts,
  least,
  most,
}: {
  name: string;
  counts: readonly number[];
  least: number;
  most: number;
}) {
  const largest = Math.max(1, ...counts);
  const edge = (bin: number): string => signed(least + ((most - least) * bin) / counts.length, 3);
  return (
    <div class="histogram">
      <div
        class="bars accent-0"
        role="img"
        aria-label={`histogram of ${name} from ${signed(least)} to ${signed(most)}: ${counts.map(whole).join(" ")}`}
      >
        {counts.map((one, bin) => (
          <span
            key={bin}
            class={one === 0 ? "unused" : ""}
            style={{ height: `${(100 * one) / largest}%` }}
            title={`${edge(bin)} to ${edge(bin + 1)}: ${whole(one)} ${one === 1 ? "value" : "values"}`}
          />
        ))}
      </div>
      <div class="ends quiet" aria-hidden="true">
        <span>{signed(least)}</span>
        <span>{signed(most)}</span>
      </div>
    </div>
  );
}
