/**
 * How often findings are raised where a training goes wrong in a known way, and where it is well. Gives the body of
 * docs/monitoring/failures.md.
 */
import { isConfirmed } from "./failures/confirmed";
import { healthy, healthyRun } from "./failures/healthy";
import { failuresPage, type Caught, type Rang } from "./failures/page";
import { planted } from "./failures/planted";
import { keptRun, type Run } from "./failures/runs";
import { caughtIn, raisedIn } from "./failures/replay";

export const page = "docs/monitoring/failures.md";

/** Thresholds were set on data and runs of seed 1; the figures are of this one. */
const SEED = 2;

/** The page without its mark. */
export async function write(): Promise<string> {
  const caught: Caught[] = [];
  for (const failure of planted) {
    const run = await keptRun(failure.text(SEED), SEED, failure.change);
    const other = (text: (seed: number) => string): Promise<Run> => keptRun(text(SEED), SEED, failure.change);
    if (await failure.oracle(run, other)) caught.push({ failure, by: caughtIn(failure, SEED, run) });
  }
  const rang: Rang[] = [];
  for (const one of healthy()) {
    const run = await healthyRun(one, SEED);
    if (run === undefined) continue;
    const raised = raisedIn(one.text, run);
    const confirmed = await Promise.all(raised.map((finding) => isConfirmed(finding, run)));
    rang.push({
      one,
      raised: raised.filter((_, at) => !confirmed[at]),
      confirmed: raised.filter((_, at) => confirmed[at]),
    });
  }
  return failuresPage({ caught, rang, tried: { planted: planted.length, healthy: healthy().length } });
}
