/** Where directions turn on, from a fit of the whole curve of rates, not from a first crossing. */

export interface Onset {
  /** Beta at which it turns on, with the interval that leaving out single points gives (95 %, by the jackknife). */
  beta: number;
  low: number;
  high: number;
}

/**
 * Fits I(b) = 1/2 sum over i of max(0, u(b) - u(b_i)) by least squares, where u is log b or log(b - 1): each direction of a
 * Gaussian bottleneck adds a slope of 1/2 from its onset on.
 * @param points rates in nats at values of beta
 * @param count directions
 * @param offset 0 for u = log b, 1 for u = log(b - 1)
 */
export function fittedOnsets(
  points: readonly { beta: number; rate: number }[],
  count: number,
  offset: 0 | 1,
): Onset[] {
  const seen = points
    .filter(({ beta }) => beta > offset)
    .map(({ beta, rate }) => ({ u: Math.log(beta - offset), rate }));
  if (count === 0 || seen.length < count + 2) return [];
  const all = fit(seen, evenly(seen, count));
  // From the fit of all: each is a small change of it.
  const without = seen.map((_, left) =>
    fit(
      seen.filter((__, i) => i !== left),
      all,
    ),
  );
  const n = seen.length;
  return all.map((u, i) => {
    const values = without.map((each) => each[i]!);
    const mean = values.reduce((sum, each) => sum + each, 0) / n;
    const error = Math.sqrt(((n - 1) / n) * values.reduce((sum, each) => sum + (each - mean) ** 2, 0));
    const beta = (at: number): number => Math.exp(at) + offset;
    return { beta: beta(u), low: beta(u - 1.96 * error), high: beta(u + 1.96 * error) };
  });
}

interface Seen {
  u: number;
  rate: number;
}

const rangeOf = (points: readonly Seen[]): [number, number] => [
  Math.min(...points.map(({ u }) => u)),
  Math.max(...points.map(({ u }) => u)),
];

function evenly(points: readonly Seen[], count: number): number[] {
  const [least, most] = rangeOf(points);
  return Array.from({ length: count }, (_, i) => least + ((i + 0.5) * (most - least)) / count);
}

/** The onsets in u, ascending: each in turn takes the best value given the others, on ever finer steps. */
function fit(points: readonly Seen[], start: readonly number[]): number[] {
  const onsets = [...start];
  const count = onsets.length;
  const [least, most] = rangeOf(points);
  const errorOf = (): number =>
    points.reduce((sum, { u, rate }) => {
      const carried = onsets.reduce((total, at) => total + Math.max(0, u - at), 0) / 2;
      return sum + (rate - carried) ** 2;
    }, 0);
  for (let step = (most - least) / 4; step > 1e-4; step *= 0.7) {
    for (let round = 0; round < 4; round++)
      for (let i = 0; i < count; i++) {
        const before = onsets[i]!;
        const tried = [before, before - step, before + step].map((at) => {
          onsets[i] = at;
          return { at, error: errorOf() };
        });
        onsets[i] = tried.reduce((best, each) => (each.error < best.error ? each : best)).at;
      }
  }
  return onsets.sort((a, b) => a - b);
}
