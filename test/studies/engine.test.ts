/** The engine of studies: nothing is trained twice, and a study that was killed ends with the same numbers. */
import assert from "node:assert/strict";
import test from "node:test";
import { runStudy, type Trainers } from "../../core/studies/engine";
import { keyMaker, legsOf, type Job, type Outcome, type Trained } from "../../core/studies/job";
import { partOf, roundOf } from "../../core/studies/parts";
import { memoryStore, type Store } from "../../core/studies/store";
import type { Next } from "../../core/studies/study";
import { sweep } from "../../core/studies/sweep/index";
import { homeHere, subjectOf, trainersHere } from "./here";

const text = `
spec Small {
  data "planted-factors" { samples = 256, seed = 1, dimension = 8, validation = 64, test = 128 }
  modality X : vector(8)
  target label : label(10)
  latent Z : gaussian(2) from X
  knob beta = 4 in 0.5 .. 32 log
  compress I(X; Z)
  keep I(label; Z)
  network encoder X = mlp(8)
  network decoder label = mlp(8)
  train { steps = 40, batch = 32, seed = 1 }
}`;
const subject = subjectOf(text);
const options = sweep.read({ points: "3", seeds: "2" }, subject);

test("a sweep that is killed in the middle ends with the same numbers, and trains only what was left", async () => {
  const whole = trainersHere();
  const expected = await runStudy(sweep, subject, options, homeHere(whole));
  assert.equal(whole.asked.length, 4, "a chain for each seed and direction");

  const store = memoryStore();
  const controller = new AbortController();
  const killed = runStudy(sweep, subject, options, homeHere(trainersHere(), store), {
    signal: controller.signal,
    tell: ({ done }) => done >= 5 && controller.abort(new Error("killed")),
  });
  await assert.rejects(killed, /killed/);
  const again = trainersHere();
  assert.deepEqual(await runStudy(sweep, subject, options, homeHere(again, store)), expected);
  assert.ok(again.asked.length < 4, `${again.asked.length} chains were trained again`);
  const third = trainersHere();
  assert.deepEqual(await runStudy(sweep, subject, options, homeHere(third, store)), expected);
  assert.equal(third.asked.length, 0, "all of it is known");
});

const keyOf = keyMaker({ version: "1", contentsOf: (source) => Promise.resolve(source) });
const job: Job = {
  ...{ text, uses: {}, location: subject.location, spec: "Small" },
  overrides: { knobs: { beta: 4 } },
  alterations: [],
};

test("a key follows what decides the numbers, and nothing else", async () => {
  const key = await keyOf(job);
  const same: Job[] = [
    { ...job, overrides: {} },
    { ...job, text: text.replace("spec Small", "// A comment.\nspec Small") },
    { ...job, text: text.replace("latent Z", "\n\n  latent   Z"), location: "file:///elsewhere.bottleneck" },
    { ...job, overrides: { seed: 1, steps: 40 } },
  ];
  for (const other of same) assert.equal(await keyOf(other), key, JSON.stringify(other));
  const different: Job[] = [
    { ...job, overrides: { knobs: { beta: 5 } } },
    { ...job, overrides: { seed: 2 } },
    { ...job, overrides: { steps: 41 } },
    { ...job, text: text.replace("mlp(8)", "mlp(9)") },
    { ...job, text: text.replace("samples = 256", "samples = 257") },
    { ...job, text: text.replace("keep I(label", "keep 2 * I(label") },
    { ...job, alterations: [{ id: "rows", count: 100, seed: 1 }] },
    { ...job, before: [{ beta: 3 }] },
    { ...job, light: true },
    { ...job, executor: "torch" },
  ];
  const keys = await Promise.all(different.map(keyOf));
  assert.equal(new Set([key, ...keys]).size, different.length + 1);
  const later = keyMaker({ version: "2", contentsOf: (source) => Promise.resolve(source) });
  assert.notEqual(await later(job), key);
});

test("a light training measures no information, and gives the same numbers otherwise", async () => {
  const trainedBy = async (light: boolean): Promise<Trained> => {
    const one: Job = { ...job, light };
    const study: { next(_: unknown, __: unknown, done: (job: Job) => Outcome | undefined): Next<Outcome> } = {
      next: (_, __, done) => {
        const outcome = done(one);
        return outcome === undefined ? { ask: [one] } : { answer: outcome };
      },
    };
    return (await runStudy(study, subject, {}, homeHere(trainersHere()))) as Trained;
  };
  const [whole, light] = [await trainedBy(false), await trainedBy(true)];
  const isSlow = ({ id }: Trained["measurements"][number]): boolean => id.startsWith("information");
  assert.ok(whole.measurements.some(isSlow));
  assert.deepEqual(
    light.measurements,
    whole.measurements.filter((one) => !isSlow(one)),
  );
  for (const part of ["heldOut", "rates", "checkpoint", "verdicts", "findings"] as const)
    assert.deepEqual(light[part], whole[part], part);
});

/** Jobs that give their seed, and a study that adds some up. */
const counting = (log: (Job | string)[]): Trainers => ({
  count: 2,
  async train(asked, watcher, signal) {
    log.push(asked);
    await new Promise((resolve) => setTimeout(resolve, 5 * asked.overrides.seed!));
    if (signal.aborted) {
      log.push("stopped");
      throw new Error("stopped");
    }
    if (asked.overrides.seed === 7) throw new Error("the trainer ended: it ran out of memory");
    legsOf(asked).forEach((_, leg) => watcher.leg(leg, { seconds: 1, steps: asked.overrides.seed } as never));
  },
});
const seeded = (seed: number): Job => ({ ...job, overrides: { seed } });
const asking = (seeds: readonly number[], answer: (outcomes: Outcome[]) => Next<unknown> | undefined) => ({
  next(_: unknown, __: unknown, done: (job: Job) => Outcome | undefined): Next<unknown> {
    const jobs = seeds.map(seeded);
    const outcomes = jobs.flatMap((each) => done(each) ?? []);
    return answer(outcomes) ?? { ask: jobs };
  },
});

test("what is decided is not trained any longer", async () => {
  const log: (Job | string)[] = [];
  const study = asking([1, 2, 50, 51], (outcomes) =>
    outcomes.length >= 2 ? { answer: outcomes.length } : undefined,
  );
  assert.equal(await runStudy(study, subject, {}, homeHere(counting(log))), 2);
  await new Promise((resolve) => setTimeout(resolve, 400));
  assert.deepEqual(
    log.filter((each) => each === "stopped").length,
    log.filter((each) => each !== "stopped").length - 2,
  );
});

test("a job that cannot be done is a refusal of that job alone, and is tried again the next time", async () => {
  const log: (Job | string)[] = [];
  const store = memoryStore();
  const study = asking([1, 7, 2], (outcomes) => (outcomes.length === 3 ? { answer: outcomes } : undefined));
  const answer = (await runStudy(study, subject, {}, homeHere(counting(log), store))) as Outcome[];
  assert.deepEqual(answer[1], { refused: "the trainer ended: it ran out of memory" });
  assert.equal((answer[0] as { steps: number }).steps, 1);
  await runStudy(study, subject, {}, homeHere(counting(log), store));
  assert.deepEqual(
    log.map((each) => (each as Job).overrides.seed),
    [1, 7, 2, 7],
  );
});

test("a job whose text is refused says why", async () => {
  const faulty = { next: asking([], () => undefined).next };
  const broken: Job = { ...job, text: text.replace("from X", "from Q") };
  faulty.next = (_, __, done) => {
    const outcome = done(broken);
    return outcome === undefined ? { ask: [broken] } : { answer: outcome };
  };
  const answer = (await runStudy(faulty, subject, {}, homeHere(trainersHere()))) as { refused: string };
  assert.match(answer.refused, /`Q`/);
});

/** What a store has of a job, by the keys of the homes here. */
const inStore = (store: Store) => {
  const { keyOf } = homeHere(counting([]), store);
  return async (one: Job): Promise<Outcome | undefined> => {
    const key = await keyOf(one);
    return (await store.get(key)) ?? store.refusal(key);
  };
};

test("the parts of a study fill one store, from which it answers with the same numbers", async () => {
  const expected = await runStudy(sweep, subject, options, homeHere(trainersHere()));
  const store = memoryStore();
  const round = await roundOf(sweep, subject, options, inStore(store));
  assert.equal(round.length, 4);
  for (const part of [2, 0, 3, 1])
    await runStudy(partOf(round, part, 4), subject, options, homeHere(trainersHere(), store));
  assert.deepEqual(await roundOf(sweep, subject, options, inStore(store)), []);
  const left = trainersHere();
  assert.deepEqual(await runStudy(sweep, subject, options, homeHere(left, store)), expected);
  assert.equal(left.asked.length, 0);
});

test("what a study asks for after its first trainings is a round of its own, the same for every machine that fills it", async () => {
  const study: Parameters<typeof roundOf>[0] = {
    next(_, __, done) {
      const first = [1, 2].map(seeded);
      if (first.some((one) => done(one) === undefined)) return { ask: first };
      const later = [3, 4, 5].map(seeded);
      // As a study asks that leaves out what it has.
      const missing = later.filter((one) => done(one) === undefined);
      return missing.length > 0 ? { ask: missing } : { answer: "all" };
    },
  };
  const store = memoryStore();
  const next = async (): Promise<(number | undefined)[]> =>
    (await roundOf(study, subject, {}, inStore(store))).map(({ overrides }) => overrides.seed);
  const train = async (part: number, of: number): Promise<unknown> => {
    const round = await roundOf(study, subject, {}, inStore(store));
    return runStudy(partOf(round, part, of), subject, {}, homeHere(counting([]), store));
  };
  assert.deepEqual(await next(), [1, 2]);
  assert.equal(await train(0, 2), 1);
  assert.deepEqual(await next(), [1, 2], "a part of a round does not change it");
  await train(1, 2);
  assert.deepEqual(await next(), [3, 4, 5]);
  await train(1, 3);
  await train(2, 3);
  assert.deepEqual(await next(), [3, 4, 5]);
  await train(0, 3);
  assert.deepEqual(await next(), []);
});

test("a training that was refused is not planned again, and is tried again by whoever runs the study", async () => {
  const store = memoryStore();
  const study = asking([1, 7], (outcomes) => (outcomes.length === 2 ? { answer: outcomes } : undefined));
  const planned = async (): Promise<(number | undefined)[]> =>
    (await roundOf(study, subject, {}, inStore(store))).map(({ overrides }) => overrides.seed);
  assert.deepEqual(await planned(), [1, 7]);
  const log: (Job | string)[] = [];
  for (const part of [0, 1]) {
    const round = await roundOf(study, subject, {}, inStore(store));
    await runStudy(partOf(round, part, 2), subject, {}, homeHere(counting(log), store));
  }
  assert.deepEqual(await planned(), [], "nothing is left to plan");
  const answer = (await runStudy(study, subject, {}, homeHere(counting(log), store))) as Outcome[];
  assert.deepEqual(answer[1], { refused: "the trainer ended: it ran out of memory" });
  assert.deepEqual(
    log.map((each) => (each as Job).overrides.seed),
    [1, 7, 7],
  );
});
