/** The columns of a stream as people read them on a terminal: each with its histogram, its numbers and what is odd about it. */
import { signed } from "../core/language/number-text";
import { count } from "../core/language/text";
import type { StreamDescription } from "../core/train/data-description";
import { visible } from "./diagnostics";
import { table, truncated, type Style } from "./terminal";

const MOST_COLUMNS = 20;
const NAME = 30;
/** Heights of a bar, from none to all. */
const BARS = [..." ▁▂▃▄▅▆▇█"];

export function columnsText(
  { name, columns, constant, outlying }: StreamDescription,
  { bold, quiet }: Style,
): string[] {
  if (columns.length < 2) return [];
  const shown = columns.slice(0, MOST_COLUMNS);
  const rest = columns.length - shown.length;
  const odd = (index: number): string =>
    constant.includes(index) ? "never varies" : outlying.includes(index) ? "a value far from all others" : "";
  return [
    "",
    bold(`Columns of ${name}`),
    table([
      ["  column", "histogram", "range", "mean", "standard deviation", ""],
      ...shown.map(({ index, name: called, histogram, least, most, mean, standardDeviation }) => [
        `  ${truncated(visible(called ?? String(index)), NAME)}`,
        barsOf(histogram),
        `${signed(least!, 4)} to ${signed(most!, 4)}`,
        signed(mean!, 4),
        signed(standardDeviation!, 4),
        odd(index),
      ]),
    ]),
    ...(rest > 0 ? [quiet(`  … and ${count(rest, "more column")}; --json lists them all.`)] : []),
  ];
}

/** A bar for each bin; a bin with any value has one that is seen. */
function barsOf(counts: readonly number[]): string {
  const most = Math.max(1, ...counts);
  return counts.map((one) => BARS[Math.ceil((one / most) * (BARS.length - 1))]!).join("");
}
