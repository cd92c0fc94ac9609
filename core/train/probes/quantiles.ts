/**
 * The class of each number when their range is cut into classes of equal share: numbers that are equal share a class, so there
 * may be fewer.
 * @param most classes
 */
export function quantileClasses(
  values: ArrayLike<number>,
  most: number,
): { classOf: (value: number) => number; classes: number } {
  const sorted = Float64Array.from(values).sort();
  const cuts = Array.from(
    { length: most - 1 },
    (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / most)]!,
  );
  const edges = [...new Set(cuts)].filter((edge) => edge > sorted[0]!);
  return {
    classes: edges.length + 1,
    classOf: (value) => edges.reduce((sum, edge) => sum + (value >= edge ? 1 : 0), 0),
  };
}
