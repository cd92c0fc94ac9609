/** How fast executors are on this machine: each takes the training steps of one small spec. */
import type { Executor } from "../core/train/executor";
import { Pace } from "../core/train/pace";
import { chooseSpec, loadFor, prepare, type Preparation } from "../core/train/prepare";
import { KnobSchedule } from "../core/train/schedule";

/** Two views of digits and a code of each: 0.5 million weights, batches of 128. */
const SPEC = `spec Digits {
  data "noisy-digits" { samples = 512 }
  modality X : image(28, 28)
  modality Y : image(28, 28)
  latent Zx : gaussian(8) from X
  latent Zy : gaussian(8) from Y
  compress I(X; Zx)
  compress I(Y; Zy)
  keep 32 * I(Zx; Zy) by infonce
  keep 0.6 * I(X; Zx)
  keep 0.6 * I(Y; Zy)
  train { batch = 128 }
}`;

/** What the steps are of, for people. */
export const pacedSpec = "of a spec of two views of digits, batches of 128";

const clock = {
  now: () => performance.now(),
  defer: () => new Promise<void>((resolve) => setImmediate(resolve)),
};

/** The spec that all executors train. */
export async function preparePaced(): Promise<Preparation> {
  const choice = chooseSpec({ text: SPEC });
  return prepare(choice, await loadFor(choice, () => Promise.reject(new Error("it names no file"))));
}

/** Mean milliseconds of its training steps, after the first. @throws Error that says why it takes none */
export async function paceOf(executor: Executor, preparation: Preparation): Promise<number> {
  const session = await executor.open(preparation.programs);
  try {
    const { spec, length } = preparation;
    const knobs = new KnobSchedule(spec.knobs, length.stepsPerEpoch).at(0);
    const pace = new Pace(preparation, session, knobs, clock);
    await pace.once();
    return await pace.mean();
  } finally {
    session.dispose();
  }
}
