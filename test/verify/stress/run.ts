/** The study of a task of the bank, with its trainings in this process. */
import type { Dataset } from "../../../core/data/dataset";
import type { Job, Outcome } from "../../../core/studies/job";
import type { StressAnswer } from "../../../core/studies/stress/answer";
import { stress } from "../../../core/studies/stress/index";
import type { Subject } from "../../../core/studies/study";
import { analyse } from "../../../core/theory/analyse";
import { chooseSpec, loadFor, prepare, type Preparation } from "../../../core/train/prepare";
import { Rejection } from "../../../core/train/rejection";
import { contentOf, keptOutcome, outcomeOf, type Scalars } from "./kept";
import { fileOf, textOf, type Task } from "./task";

/** Seeds of the design as it is. */
const SEEDS = 5;

export const subjectOf = (task: Task, seed: number): Subject => {
  const text = textOf(task, seed);
  return { text, uses: {}, location: "file:///bank.bottleneck", derived: analyse(text).specs[0]!.derived! };
};

type Answering = (job: Job) => Promise<Outcome>;

/** The study of a task. @param fresh whether nothing that was kept is read */
export async function stressed(task: Task, seed: number, fresh = false): Promise<StressAnswer> {
  const subject = subjectOf(task, seed);
  const answering = answersTo(fileOf(task, seed), fresh);
  const known = new Map<string, Outcome>();
  for (;;) {
    const step = stress.next(subject, { seeds: SEEDS }, (job) => known.get(JSON.stringify(job)));
    if ("answer" in step) return step.answer;
    for (const job of step.ask) {
      const key = JSON.stringify(job);
      if (!known.has(key)) known.set(key, await answering(job));
    }
  }
}

/** Trainings on the data of a file. */
function answersTo(file: Uint8Array, fresh: boolean): Answering {
  let data: Promise<Dataset> | undefined;
  const preparationOf = async ({
    text,
    uses,
    location,
    spec,
    overrides,
    alterations,
  }: Job): Promise<Preparation> => {
    const choice = chooseSpec({ text, origin: { location, uses }, spec, overrides, alterations });
    return prepare(choice, await (data ??= loadFor(choice, () => Promise.resolve(file))));
  };
  /** By what a job is without its seed, steps and knobs, which change neither programs nor data. */
  const contents = new Map<string, Promise<{ content: string; spec: Preparation["spec"] }>>();
  const contentFor = async (job: Job): Promise<{ content: string; spec: Preparation["spec"] }> => {
    const preparation = await preparationOf(job);
    return { content: await contentOf(preparation), spec: preparation.spec };
  };
  return async (job) => {
    const make = async (): Promise<Outcome> => outcomeOf(await preparationOf(job));
    try {
      if (fresh) return await make();
      const { text, alterations, overrides } = job;
      const subject = JSON.stringify([text, alterations]);
      const found = contents.get(subject) ?? contentFor(job);
      contents.set(subject, found);
      const { content, spec } = await found;
      return await keptOutcome(content, scalarsOf(spec, overrides), make);
    } catch (error) {
      if (error instanceof Rejection) return { refused: error.message };
      throw error;
    }
  };
}

const scalarsOf = (
  { training, knobs }: Preparation["spec"],
  { seed = training.seed, steps = training.steps!, knobs: turned = {} }: Job["overrides"],
): Scalars => ({
  training: { ...training, seed, steps },
  knobs: knobs.map(({ name, value }) => turned[name] ?? value),
});
