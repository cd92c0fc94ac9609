/** What draws of a code carry, beside its rate. */
import { only, type CodedRows } from "../measurements/coded-rows";

/**
 * Nats that draws of a code carry of its means, by code: the sum over coordinates of -1/2 log(1 - r^2), r their
 * correlation, less what chance gives. A code can have a rate without any: one that is far from its prior and the same for all rows.
 */
export function carriedBy(coded: CodedRows): Record<string, number> {
  const found: Record<string, number> = {};
  for (const code of Object.keys(coded.rates)) {
    const { means, draws, rows } = only(coded, [code]);
    const [mean, draw] = [means[code], draws[0]?.[code]];
    if (mean === undefined || draw === undefined) continue;
    const width = mean.length / rows.length;
    let nats = 0;
    for (let d = 0; d < width; d++)
      nats += -0.5 * Math.log1p(-squareCorrelation(mean, draw, width, d)) - 1 / (2 * rows.length);
    found[code] = Math.max(0, nats);
  }
  return found;
}

/** At most a little below 1, so that its information is finite. */
function squareCorrelation(a: Float32Array, b: Float32Array, width: number, at: number): number {
  const count = a.length / width;
  let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
  for (let i = at; i < a.length; i += width) {
    sa += a[i]!;
    sb += b[i]!;
    saa += a[i]! ** 2;
    sbb += b[i]! ** 2;
    sab += a[i]! * b[i]!;
  }
  const [va, vb, cov] = [saa - sa ** 2 / count, sbb - sb ** 2 / count, sab - (sa * sb) / count];
  return va <= 0 || vb <= 0 ? 0 : Math.min(1 - 1e-12, cov ** 2 / (va * vb));
}
