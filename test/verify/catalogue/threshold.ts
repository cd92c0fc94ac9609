/** From which share on a factor counts as kept. */
import type { CatalogueEntry } from "../../../core/catalogue/index";
import type { ProbeResult } from "../../trainer/train";
import type { Exception } from "./exceptions";
import type { Planting } from "./planted";
import type { Claim } from "./wants";

export interface Measurement {
  entry: CatalogueEntry;
  planting: Planting;
  claims: readonly Claim[];
  /** A training a seed, with the share of each claim. `told`: verdicts are given on it. */
  runs: { seed: number; told: boolean; probes: readonly ProbeResult[]; shares: readonly number[] }[];
}

/**
 * The share that best tells what is to be kept from what is to be dropped, over the seeds on which no verdict is given:
 * both sorts of claims weigh alike, and of equally good shares the middle of the widest range is taken.
 */
export function thresholdOf(measured: readonly Measurement[], exceptions: readonly Exception[]): number {
  const shares = { kept: [] as number[], dropped: [] as number[] };
  for (const { entry, claims, runs } of measured)
    claims.forEach(({ text, expects }, i) => {
      if (exceptions.some(({ file, claim }) => file === entry.file && claim === text)) return;
      for (const { told, shares: all } of runs) if (!told) shares[expects].push(all[i]!);
    });
  const cuts = [0, ...shares.kept, ...shares.dropped, 1].filter((cut) => cut >= 0 && cut <= 1);
  cuts.sort((a, b) => a - b);
  const part = (values: number[], fits: (value: number) => boolean): number =>
    values.filter(fits).length / Math.max(1, values.length);
  let best = { quality: -1, width: 0, at: 0.5 };
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [low, high] = [cuts[i]!, cuts[i + 1]!];
    const at = (low + high) / 2;
    const quality = part(shares.kept, (value) => value >= at) + part(shares.dropped, (value) => value < at);
    const width = high - low;
    if (quality > best.quality || (quality === best.quality && width > best.width))
      best = { quality, width, at };
  }
  return best.at;
}
