/**
 * What two codes share, from above, by the chain rule: I(Z; W) = I(X; Z) + I(X; W) - I(X; Z, W) for codes that are drawn by
 * themselves given the streams X. Each part is estimated from the codes' own densities under the rows' mixture, on the side that
 * makes the sum too large: the first two leaving out the row itself, the last with it (both in Poole et al. 2019,
 * "On variational bounds of mutual information").
 */
import { comparedRows, logDensities, type Densities } from "./densities";

/** For each compared row, in nats: the mean over rows is at least I(Z; W) in expectation. @param rows of both codes, two at least */
export function sharedAtMost(z: Densities, w: Densities, rows: number): Float64Array {
  const count = Math.min(comparedRows(z, rows), comparedRows(w, rows));
  const [ofZ, ofW] = [z, w].map((code) => logDensities(oneDraw(code), rows, count)) as [
    ReturnType<typeof logDensities>,
    ReturnType<typeof logDensities>,
  ];
  return Float64Array.from({ length: count }, (_, row) => {
    const [a, b] = [mixed(ofZ.next().value!.logs), mixed(ofW.next().value!.logs)];
    const both = a.map((log, j) => log + b[j]!);
    return (
      logSum(both) - Math.log(count) - logSum(a, row) - logSum(b, row) + 2 * Math.log(Math.max(1, count - 1))
    );
  });
}

const oneDraw = ({ components, statistics }: Densities): Densities => ({
  components,
  statistics: statistics.slice(0, 1),
});

/** The log-density of a mixture from those of its components, which are equally likely. */
const mixed = (logs: readonly Float64Array[]): Float64Array =>
  logs.length === 1
    ? logs[0]!
    : logs[0]!.map((_, j) => logSum(Float64Array.from(logs, (log) => log[j]!)) - Math.log(logs.length));

/** The logarithm of the sum of exponentials. @param but the place that is left out */
function logSum(logs: Float64Array, but = -1): number {
  let most = -Infinity;
  for (let j = 0; j < logs.length; j++) if (j !== but && logs[j]! > most) most = logs[j]!;
  let sum = 0;
  for (let j = 0; j < logs.length; j++) if (j !== but) sum += Math.exp(logs[j]! - most);
  return most + Math.log(sum);
}
