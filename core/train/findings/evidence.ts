/** What rules look at, gathered from steps and looks of a training. */
import type { Measured } from "../evaluation";
import type { CodedRows } from "../measurements/coded-rows";
import { Moments } from "../moments";
import type { Preparation } from "../prepare";
import { weightsOf } from "../summary";
import { leaksIn, privatePairs } from "./leaks";
import { levelsOf } from "./levels";
import type { Earlier, Observed } from "./rule";
import { carriedBy } from "./signal";

/** What a look has measured. */
interface Looked {
  now: Measured;
  first: Measured;
  rates: Readonly<Record<string, number>>;
  coded: CodedRows;
  temperatures: Readonly<Record<string, number>>;
  progress: number;
  knobs: Readonly<Record<string, number>>;
}

export class Evidence {
  private readonly steps = new Moments();
  private readonly earlier: Earlier[] = [];
  private readonly levels: Observed["levels"];
  private readonly pairs: ReturnType<typeof privatePairs>;
  /** Knobs of the looks before: at others, they are of another loss. */
  private knobs = "";

  constructor(private readonly preparation: Preparation) {
    this.levels = levelsOf(preparation);
    this.pairs = privatePairs(preparation.derived);
  }

  /** A step was made: values of its terms on its batch. */
  trained(terms: Readonly<Record<string, number>>): void {
    for (const [id, value] of Object.entries(terms)) this.steps.add(id, value);
  }

  /** What rules look at now; the next look is compared with this one, and with the steps from here on. */
  take({ coded, ...looked }: Looked): Observed {
    const { derived, spec, data, batch } = this.preparation;
    const { train, validation } = data.splits;
    const knobs = JSON.stringify(looked.knobs);
    if (knobs !== this.knobs) this.earlier.length = 0;
    this.knobs = knobs;
    const observed: Observed = {
      ...looked,
      terms: derived.terms,
      spec,
      weights: weightsOf(this.preparation, looked.knobs),
      batch: batch.evaluate,
      steps: { asked: spec.training.batch, rows: batch.train },
      samples: { train: train.length, validation: validation.length },
      levels: this.levels,
      training: {
        steps: this.steps.count,
        means: this.steps.means(),
        deviations: this.steps.deviations(),
      },
      carried: carriedBy(coded),
      leaks: leaksIn(this.pairs, coded, data.streams),
      earlier: [...this.earlier],
    };
    const { now, progress, rates } = looked;
    this.earlier.push({ progress, total: now.total, terms: now.terms, rates, leaks: observed.leaks });
    this.steps.clear();
    return observed;
  }
}
