import { isTrained } from "../job";
import { StudyError, type Study } from "../study";
import { sweepAnswer, type SweepAnswer } from "./answer";
import { readSweep, sweepOptions, type SweepOptions } from "./options";
import { factsJob, sweepPlan } from "./plan";
import { designOf, theoryOf } from "./theory";
import { sweepPictures, sweepSentence, sweepTable } from "./words";

export const sweep: Study<SweepOptions, SweepAnswer> = {
  id: "sweep",
  question: "Which value of the knob?",
  doc: "Trains the spec at many values of a knob, upward and downward with the weights carried on, and shows what each value keeps and costs. Marks jumps, ranges where the result depends on the direction, and the thresholds of theory where the optimum is known; suggests a value with its reason. A branch whose codes are empty where they should not be begins anew, with other initial weights and from the outermost value of the knob.",
  example: "bottleneck sweep examples/vib.bottleneck --knob beta --points 9",
  options: sweepOptions,
  read: readSweep,
  next(subject, options, done) {
    const { jobs, restarted } = sweepPlan(subject, options, done);
    const design = designOf(subject.derived);
    const facts = design && factsJob(subject, options, design);
    const ended = jobs.flatMap((each) => {
      const outcome = done(each.job);
      return outcome === undefined ? [] : [{ ...each, outcome }];
    });
    const found = facts && done(facts);
    if (ended.length < jobs.length || (facts !== undefined && found === undefined))
      return { ask: [...(facts ? [facts] : []), ...jobs.map(({ job }) => job)] };
    const theory = design && found && isTrained(found) ? theoryOf(design, found.facts ?? {}) : undefined;
    const answer = sweepAnswer(subject, options.knobs, { ended, restarted }, theory);
    if (answer.points.length === 0) throw new StudyError(answer.refused[0]!.reason);
    return { answer };
  },
  table: sweepTable,
  pictures: sweepPictures,
  sentence: sweepSentence,
  json: {
    "points[].knobs": "value of each swept knob",
    "points[].seed": "seed of the training; where its branch began anew, the seed that it began with first",
    "points[].direction": "up or down: how the knob was turned to this value",
    "points[].stuck":
      "true where the codes of its branch carry nothing from any start while those of another seed do; such points are not read",
    "points[].total": "the loss on test samples",
    "points[].terms": "value of each term on test samples in nats, by its id",
    "points[].measurements[]": "measurements of the checkpoint, as preview --json gives them",
    "elbow.knobs": "the suggested value; elbow is null where no value stands out",
    "elbow.low": "smallest value that a single seed suggests",
    "elbow.high": "largest value that a single seed suggests",
    "elbow.reason": "why it is suggested",
    "jumps[].knob": "the knob at which the compressed nats jump",
    "jumps[].at": "its value there, the median over seeds",
    "jumps[].direction": "up or down: the direction in which it was turned",
    "jumps[].low": "the smallest value of the knob between which the jump lies, over all seeds",
    "jumps[].high": "the largest",
    "jumps[].before": "nats before the jump, in the order of turning",
    "jumps[].after": "nats after it",
    "jumps[].seeds": "number of seeds that show it",
    "jumps[].of": "number of seeds",
    "hysteresis.from": "where the two directions begin to differ; hysteresis is absent where they agree",
    "hysteresis.to": "where they end to differ",
    "hysteresis.higher": "up or down: the direction that carries more there",
    "hysteresis.equal": "where both have the same loss; absent where one is lower throughout",
    "hysteresis.lower": "the direction with the lower loss, where one has it throughout",
    "theory.source": "which optimum is known; theory is absent where none is",
    "theory.thresholds[].at": "value of the knob",
    "theory.thresholds[].what":
      "onset: a direction turns on; exists: a minimum that carries information exists; wins: it has the lower loss",
    "onsets[].at": "where a direction was measured to turn on, by a fit of the whole curve",
    "onsets[].beta": "the same as beta, the weight of what is kept over that of what is compressed",
    "onsets[].low": "lower end of its 95 % interval, as beta",
    "onsets[].high": "upper end",
    "restarted[].seed": "a seed whose codes carried nothing where the branch begins, so that it began anew",
    "restarted[].direction": "up or down: the branch",
    "restarted[].beside": "values of the other knobs",
    "restarted[].starts": "number of starts, the first among them",
    "restarted[].by.before":
      "values of the knob at which the start that counts was trained before the branch; by is absent where no start carries anything, so that where the branch collapses is not known",
    "restarted[].by.seed": "seed of its initial weights",
    "refused[].reason": "why a training could not be done",
  },
  toJson: ({ points, elbow, jumps, hysteresis, theory, onsets, restarted, refused }) => ({
    ...{ points, elbow, jumps, hysteresis },
    ...(theory && { theory: { source: theory.source, thresholds: theory.thresholds } }),
    ...{ onsets, restarted, refused },
  }),
};
