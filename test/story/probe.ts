/** What a linear probe reads of the digit from the codes of a training's last step, on the test rows: PyTorch's has no other. */
import { Slices } from "../../core/train/clock";
import { Evaluator } from "../../core/train/evaluation";
import type { Session } from "../../core/train/executor";
import { Inputs } from "../../core/train/inputs";
import { codesOf, isFactor, readPairs } from "../../core/train/measurements/subjects";
import type { Preparation } from "../../core/train/prepare";
import { accuracyOf } from "../../core/train/probes/index";
import { KnobSchedule } from "../../core/train/schedule";

const clock = {
  now: () => performance.now(),
  defer: (): Promise<void> => new Promise((resolve) => setImmediate(resolve)),
};

/** Accuracy of the digit from the means of each code, under the weights of the session. */
export async function digitAccuracy(
  { spec, data, programs, batch, absent }: Preparation,
  session: Session,
  seed: number,
): Promise<Record<string, number>> {
  const slices = new Slices(clock);
  const inputs = new Inputs("encode", programs.encode, data.streams, seed, absent);
  const encoder = new Evaluator(session, "encode", programs.encode, batch.encode, inputs, slices);
  const knobs = new KnobSchedule(spec.knobs, 1).at(Infinity);
  const [seen, judged] = [
    await codesOf(spec, encoder, data.splits.train, knobs, 1),
    await codesOf(spec, encoder, data.splits.test, knobs, 1),
  ];
  const factors = [...data.streams.values()].filter((stream) => isFactor(stream) && stream.name === "digit");
  const pairs = await readPairs({ seen, judged, factors }, "means", slices);
  return Object.fromEntries(
    pairs.flatMap(({ code, reading }) =>
      reading.kind === "label" ? [[code, accuracyOf(reading).value]] : [],
    ),
  );
}
