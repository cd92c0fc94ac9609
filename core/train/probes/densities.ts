/**
 * The information about a label that codes have under the mixture of some rows' own densities q(z|x): the upper side. For
 * fixed class shares I(label; code) is a convex function of the class densities p(z|label), and the mean of q(z|x) over the rows of
 * a class is p(z|label) in expectation, so by Jensen's inequality the value is at least the truth in expectation.
 */

/** Of one component of a code, row by row: log q(z|x_j) = natural_j . (T(z) - own_j) + density_j. */
export interface Component {
  /** Row-major [rows, t]. */
  natural: Float32Array;
  /** The statistic T of a draw from it, [rows, t], and its log-density there, [rows]. */
  own: Float32Array;
  density: Float32Array;
}

/** Densities of a code: equally likely components, and the statistic of each draw of the code itself, [rows, t]. */
export interface Densities {
  components: readonly Component[];
  statistics: readonly Float32Array[];
}

/** Multiplications in one draw's products at most; rows are left out beyond it. */
const MOST_PRODUCTS = 64e6;

/** How many of `rows` rows are compared. */
export function comparedRows({ components, statistics }: Densities, rows: number): number {
  const width = statistics[0]!.length / rows;
  return Math.min(rows, Math.floor(Math.sqrt(MOST_PRODUCTS / (width * components.length))));
}

/**
 * Log-density of each draw of the first `count` rows under the code of each of them, by component, up to a number of the
 * draw's own; and the largest.
 */
export function* logDensities(
  { components, statistics }: Densities,
  rows: number,
  count: number,
): Generator<{ row: number; logs: readonly Float64Array[]; most: number }> {
  const width = statistics[0]!.length / rows;
  // The number of each row's own: its density less the product at its own draw.
  const offsets = components.map(({ natural, own, density }) =>
    Float64Array.from({ length: count }, (_, j) => {
      let sum = density[j]!;
      for (let t = j * width; t < (j + 1) * width; t++) sum -= natural[t]! * own[t]!;
      return sum;
    }),
  );
  const logs = components.map(() => new Float64Array(count));
  for (const statistic of statistics)
    for (let row = 0; row < count; row++) {
      let most = -Infinity;
      components.forEach(({ natural }, c) => {
        const [log, offset] = [logs[c]!, offsets[c]!];
        for (let j = 0, w = 0; j < count; j++) {
          let sum = offset[j]!;
          for (let t = row * width; t < (row + 1) * width; t++) sum += natural[w++]! * statistic[t]!;
          log[j] = sum;
          if (sum > most) most = sum;
        }
      });
      yield { row, logs, most };
    }
}

/** Density of each draw under each row's code, up to a factor of the draw's own: [draws of compared rows][compared rows]. */
function* likelihoods(
  densities: Densities,
  rows: number,
  count: number,
): Generator<{ row: number; under: Float64Array }> {
  const under = new Float64Array(count);
  for (const { row, logs, most } of logDensities(densities, rows, count)) {
    under.fill(0);
    for (const log of logs) for (let j = 0; j < count; j++) under[j]! += Math.exp(log[j]! - most);
    yield { row, under };
  }
}

/** log p(z|label) - log p(z) under the rows' own mixture, the mean over the draws of each compared row, for each labelling. */
export function surprises(
  densities: Densities,
  labellings: readonly { truth: ArrayLike<number>; classes: number }[],
): Float64Array[] {
  const rows = labellings[0]!.truth.length;
  const count = comparedRows(densities, rows);
  const found = labellings.map(() => new Float64Array(count));
  const counts = labellings.map(({ truth, classes }) => {
    const own = new Float64Array(classes);
    for (let row = 0; row < count; row++) own[truth[row]!]!++;
    return own;
  });
  for (const { row, under } of likelihoods(densities, rows, count)) {
    let all = 0;
    for (let j = 0; j < count; j++) all += under[j]!;
    labellings.forEach(({ truth }, i) => {
      let own = 0;
      for (let j = 0; j < count; j++) if (truth[j] === truth[row]) own += under[j]!;
      found[i]![row]! +=
        Math.log((own * count) / (counts[i]![truth[row]!]! * all)) / densities.statistics.length;
    });
  }
  return found;
}
