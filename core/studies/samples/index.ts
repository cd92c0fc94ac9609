import { generatorOf } from "../../data/generators/index";
import { StudyError, type Next, type Study, type Subject } from "../study";
import type { Job, Outcome } from "../job";
import { answered, samplesJson, samplesSentence, samplesTable, type SamplesAnswer } from "./answer";
import { Runs, scoreNameOf, scoreOf } from "./curve";
import { measuredNext } from "./measure";
import { readSamples, samplesOptions, type SamplesOptions } from "./options";
import { belowActivation, pairOf } from "./pair";
import { samplesPictures } from "./pictures";
import { dataJobs, wholeJob, type Protocol } from "./plan";
import { predictedNext } from "./predict";
import { statedAnswer } from "./stated";
import { statedTwinNext } from "./stated-twin";

export const samples: Study<SamplesOptions, SamplesAnswer> = {
  id: "samples",
  question: "How much data does this need?",
  doc: "Finds the number of training samples that a score needs to come near its final value: from stated numbers before any training, from a pilot, or measured on parts of the data.",
  example: "bottleneck samples examples/planted-factors.bottleneck --rho 0.5",
  options: samplesOptions,
  read: readSamples,
  next(subject, options, done) {
    const { stated, level } = options;
    if (stated !== undefined) {
      const answer = statedAnswer(subject, stated, level);
      const { shared, rho } = stated;
      const trains = options.twin && rho !== undefined && ["estimate", "at most"].includes(answer.answer);
      if (!trains) return { answer };
      return statedTwinNext(subject, { stated: { shared, rho }, level, seeds: options.seeds }, done);
    }
    const none = belowActivation(subject.derived);
    if (none !== undefined)
      return {
        answer: answered({
          answer: "none",
          level,
          of: scoreNameOf(subject.derived, options.of),
          reason: none,
        }),
      };
    return trainedNext(subject, options, done);
  },
  table: samplesTable,
  pictures: samplesPictures,
  sentence: samplesSentence,
  json: samplesJson,
  toJson: (answer) => answer,
};

/** Whatever needs trainings. */
function trainedNext(
  subject: Subject,
  options: SamplesOptions,
  done: (job: Job) => Outcome | undefined,
): Next<SamplesAnswer> {
  const { derived } = subject;
  const { training, data } = derived.spec;
  const { level, measure } = options;
  const predicts = !measure && (options.pilot !== undefined || generatorOf(data?.source ?? "") === undefined);
  const pair = pairOf(derived);
  if (predicts && "uncovered" in pair) {
    const reason = `${pair.uncovered} Measure it with --measure.`;
    return {
      answer: answered({ answer: "not covered", level, of: scoreNameOf(derived, options.of), reason }),
    };
  }
  const runs = new Runs(done);
  const protocol: Protocol = {
    ...{ subject, steps: training.steps, pilot: options.pilot },
    seeds: Array.from({ length: options.seeds }, (_, i) => training.seed + i),
  };
  // The length of a training in epochs, and the number of samples of a file, are known after one training.
  let rows = options.pilot;
  if (rows === undefined || protocol.steps === undefined) {
    const known = runs.of([wholeJob(protocol, training.seed)]);
    if (known === undefined) return { ask: runs.missing };
    if (known.length === 0) throw new StudyError(runs.refused!);
    protocol.steps = known[0]!.steps;
    rows ??= known[0]!.rows;
  }
  const top = runs.of(dataJobs(protocol, rows));
  if (top === undefined) return { ask: runs.missing };
  if (top.length === 0) throw new StudyError(runs.refused!);
  const score = scoreOf(top[0]!, options.of, "uncovered" in pair ? undefined : pair.codes[0]);
  if (score === undefined)
    throw new StudyError(
      options.of === undefined
        ? "The spec has nothing to score; add a factor, for example `observe digit : label(10)`."
        : `No code is probed for \`${options.of}\`; name a target or an \`observe\` of the spec, or the link between two codes.`,
    );
  const spent = new Runs(done);
  return predicts && !("uncovered" in pair)
    ? predictedNext({ protocol, pair, score, rows, level }, spent)
    : measuredNext(protocol, spent, score, rows, level);
}
