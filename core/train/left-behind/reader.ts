/** Readers, trained: what a network without a bottleneck predicts of each question in rows that it did not learn from. */
import { compileEvaluate, compileStep } from "../../program/compile";
import { initialValues, parametersOfObjective } from "../../program/parameters";
import { initialWeights } from "../../random";
import { derive } from "../../theory/derivation/derive";
import { buildObjective } from "../../theory/objective/objective";
import type { Spec } from "../../theory/spec";
import { Batches } from "../batches";
import type { Slices } from "../clock";
import { Evaluator } from "../evaluation";
import type { Executor } from "../executor";
import { Inputs } from "../inputs";
import type { DataStream } from "../prepare";
import { chosenAnswers, type Answers } from "./answers";
import { writeFresh } from "../weights";
import type { Question } from "./questions";

/** Fewest and most steps of a reader, and how often its answers are looked at. */
const FEWEST_STEPS = 400;
const MOST_STEPS = 1500;
const LOOKS = 12;

/** What readers share. */
export interface Reading {
  questions: readonly Question[];
  train: Int32Array;
  heldOut: Int32Array;
  seed: number;
  open: Executor["open"];
  slices: Slices;
  /** Asked between two steps: false where nobody waits for the answers any longer. */
  goesOn(): Promise<boolean>;
}

/**
 * Trains a reader and asks it.
 * @param copies of the held-out rows that are asked about: streams whose draws differ, one after another
 * @returns the answers to each question, by its name, of each copy; undefined where it was stopped
 */
export async function read(
  spec: Spec,
  copies: readonly (readonly DataStream[])[],
  { questions, train, heldOut, seed, open, slices, goesOn }: Reading,
): Promise<Record<string, Answers[]> | undefined> {
  const objective = buildObjective(derive(spec));
  const batch = Math.min(spec.training.batch, train.length);
  const programs = {
    train: compileStep(objective, { batch }),
    evaluate: compileEvaluate(objective, { batch }),
  };
  const asked = copies.map(
    (streams) => new Map([...streams, ...questions.map(streamOf)].map((one) => [one.name, one])),
  );
  const session = await open(programs);
  try {
    const first = parametersOfObjective(objective).map((parameter): [string, Float32Array] => [
      parameter.name,
      initialValues(parameter, (name, shape, fanIn) => initialWeights(seed, name, shape, fanIn)),
    ]);
    writeFresh(session, "train", programs.train, Object.fromEntries(first));
    const inputs = new Inputs("train", programs.train, asked[0]!, seed);
    const evaluators = asked.map((streams) => {
      const own = new Inputs("evaluate", programs.evaluate, streams, seed);
      return new Evaluator(session, "evaluate", programs.evaluate, batch, own, slices);
    });
    const batches = new Batches(seed, train, batch);
    const { epochs, steps: written = epochs * batches.stepsPerEpoch } = spec.training;
    const steps = Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, written));
    const { rate } = spec.training.optimizer;
    const looks: Record<string, Float32Array[]>[] = [];
    for (let step = 0; step < steps; step++) {
      inputs.write(session, { rows: batches.at(step), step, purpose: "training", knobs: {}, rate });
      await session.run("train");
      await slices.breathe();
      if (!(await goesOn())) return undefined;
      if ((step + 1) % Math.ceil(steps / LOOKS) > 0 && step + 1 < steps) continue;
      const predicted: Record<string, Float32Array[]> = {};
      for (const evaluator of evaluators) {
        const { "reconstruction.": shown } = await evaluator.collect(["reconstruction."], heldOut, {});
        for (const { name } of questions) (predicted[name] ??= []).push(shown[name]!);
      }
      looks.push(predicted);
    }
    return Object.fromEntries(
      questions.map((question) => [
        question.name,
        chosenAnswers(
          looks.map((look) => look[question.name]!),
          question,
          heldOut,
        ),
      ]),
    );
  } finally {
    session.dispose();
  }
}

/** A question as a stream of labels. */
const streamOf = ({ name, classes, labels }: Question): DataStream => ({
  name,
  field: name,
  kind: { name: "label", sizes: [classes] },
  shape: [],
  values: labels,
  classes,
  role: "target",
  absentWith: [],
});
