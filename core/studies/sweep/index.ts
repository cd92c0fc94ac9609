import { StudyError, type Study } from "../study";
import { sweepAnswer, sweepTable, type SweepAnswer } from "./answer";
import { readSweep, sweepOptions, type SweepOptions } from "./options";
import { sweepJobs } from "./plan";

export const sweep: Study<SweepOptions, SweepAnswer> = {
  id: "sweep",
  question: "Which value of the knob?",
  doc: "Trains the spec at many values of a knob, upward and downward with the weights carried on, and shows what each value keeps and what it costs.",
  example: "bottleneck sweep examples/vib.bottleneck --knob beta --points 9",
  options: sweepOptions,
  read: readSweep,
  next(subject, options, done) {
    const jobs = sweepJobs(subject, options);
    const ended = jobs.flatMap((each) => {
      const outcome = done(each.job);
      return outcome === undefined ? [] : [{ ...each, outcome }];
    });
    if (ended.length < jobs.length) return { ask: jobs.map(({ job }) => job) };
    const answer = sweepAnswer(subject.derived.spec.name, options.knobs, ended);
    if (answer.points.length === 0) throw new StudyError(answer.refused[0]!.reason);
    return { answer };
  },
  table: sweepTable,
  sentence: ({ points, refused }) =>
    `${points.length} trainings.${refused.length > 0 ? ` ${refused.length} could not be done: ${refused[0]!.reason}` : ""}`,
  json: {
    "points[].knobs": "value of each swept knob",
    "points[].seed": "seed of the training",
    "points[].direction": "up or down: how the knob was turned to this value",
    "points[].terms": "held-out value of each term in nats, by its id",
    "points[].measurements[]": "measurements of the checkpoint, as preview --json gives them",
  },
  toJson: ({ points }) => ({ points }),
};
