/** Networks of the user's own on PyTorch's executor: its losses are those of the exported file trained with Adam. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { compileEvaluate, compileStep } from "../../core/program/compile";
import type { OwnParameters } from "../../core/program/own";
import {
  buffersWith,
  initialValues,
  ownModulesOfObjective,
  parametersOfObjective,
} from "../../core/program/parameters";
import { initialWeights } from "../../core/random";
import type { Executor, Session } from "../../core/train/executor";
import { readWeights, writeWeights } from "../../core/train/weights";
import { startTorch } from "../../trainer/torch/index";
import { pythonWithTorch } from "../reference/driver";
import { askExport, exported } from "./exported";
import { arraysOf } from "./harness";
import { FIRST, inputsAt, prepareRun, RATE, RUN_BATCH, type Run } from "./runs";

const run = prepareRun({
  id: "own",
  reference: {},
  spec: `spec S {
    modality X : vector(12)
    modality T : text(5, 9)
    latent Zx : gaussian(4) from X
    latent Zt : gaussian(4) from T
    knob beta = 4 in 0.1 .. 100 log
    network encoder X = torch("own_networks.Normalised")
    network decoder X = torch("own_networks.Perceptron")
    network encoder T = torch("own_networks.Words")
    compress I(X; Zx)
    compress I(T; Zt)
    keep I(X; Zx)
    keep I(Zx; Zt)
  }`,
});

let executor: Executor;
let own: OwnParameters;
before(async () => {
  const packages = [fileURLToPath(new URL(".", import.meta.url))];
  executor = await startTorch({ python: pythonWithTorch(), device: "cpu", threads: 1, packages });
  const asked = ownModulesOfObjective(run.objective);
  const found = await executor.describeOwn!(asked);
  own = new Map(
    found.map((answer, i) => {
      assert.ok("parameters" in answer, JSON.stringify(answer));
      return [asked[i]!.network, answer.parameters];
    }),
  );
});
after(() => executor.close());

const programs = (): Record<string, ReturnType<typeof compileStep>> => ({
  step: compileStep(run.objective, { batch: RUN_BATCH, own }),
  evaluate: compileEvaluate(run.objective, { batch: RUN_BATCH, own }),
});

function writeStep(session: Session, name: string, step: number): void {
  const arrays: Record<string, ArrayLike<number>> = {
    ...arraysOf({ ...run, parameters: {}, inputs: inputsAt(run, step) }),
    "adam.rate": [RATE],
    "adam.step": [step + 1],
  };
  for (const { name: input } of buffersWith(programs()[name]!, "input"))
    session.write(name, input!, arrays[input!]!);
}

/** The losses of these steps, each before its update. */
async function losses(session: Session, from: number, to: number): Promise<number[]> {
  const found: number[] = [];
  for (let step = from; step < to; step++) {
    writeStep(session, "step", step);
    await session.run("step");
    found.push((await session.read("step", "total"))[0]!);
  }
  return found;
}

async function evaluated(session: Session): Promise<number> {
  writeStep(session, "evaluate", 0);
  await session.run("evaluate");
  return (await session.read("evaluate", "total"))[0]!;
}

/** A session with first weights, those of the modules of their own. */
async function opened(): Promise<Session> {
  const session = await executor.open(programs());
  session.buildOwn!(3);
  for (const parameter of parametersOfObjective(run.objective, own))
    if (parameter.initial.kind !== "own")
      session.write(
        "step",
        parameter.name,
        initialValues(parameter, (...draw) => initialWeights(3, ...draw)),
      );
  return session;
}

const largest = (found: number[], expected: number[]): number =>
  Math.max(...found.map((loss, i) => Math.abs(loss - expected[i]!) / Math.max(1, Math.abs(expected[i]!))));

test("parameters have their names in PyTorch, and what a module remembers is among them", () => {
  assert.deepEqual(
    own
      .get("encoder.Zx")!
      .map(({ name, shape, fixed }) => `${name} [${shape.join(", ")}]${fixed ? " fixed" : ""}`),
    [
      "frozen [24] fixed",
      "first.weight [24, 12]",
      "first.bias [24]",
      "norm.weight [24]",
      "norm.bias [24]",
      "norm.running_mean [24] fixed",
      "norm.running_var [24] fixed",
      "norm.num_batches_tracked [] fixed",
      "inner.weight [24, 24]",
      "inner.bias [24]",
      "last.weight [8, 24]",
      "last.bias [8]",
    ],
  );
  const { step } = programs();
  const updated = step!.operations.flatMap((o) =>
    o.kind === "adam" ? [step!.buffers[o.parameter]!.name!] : [],
  );
  const trained = [...own].flatMap(([network, state]) =>
    state.flatMap(({ name, fixed }) => (fixed ? [] : [`${network}.${name}`])),
  );
  assert.deepEqual(updated.sort(), trained.sort());
});

test(`the first ${FIRST} losses are those of the exported file under Adam`, async () => {
  const session = await opened();
  const first = await readWeights(session, "step", programs().step!, ["parameter"]);
  const found = await losses(session, 0, FIRST);
  session.dispose();
  const parameters: Run["parameters"] = Object.fromEntries(
    Object.entries(first).map(([name, { values, shape }]) => [name, { data: values, shape }]),
  );
  const answer = await askExport({
    runs: [
      {
        id: run.id,
        precision: "float32",
        rate: RATE,
        ...exported(run.derived, { parameters, inputs: { ...run.data, ...run.draws } }),
        batches: { data: run.batches.data.slice(0, FIRST * RUN_BATCH), shape: [FIRST, RUN_BATCH] },
      },
    ],
  });
  const expected = answer.losses(run.id);
  assert.ok(found[0]! - found.at(-1)! > 0.1, `${found[0]} to ${found.at(-1)}`);
  const worst = largest(found, expected);
  assert.ok(worst < 1e-3, `the largest relative difference is ${worst}`);
});

test("a training goes on from its weights in another session, and starts over from the same first ones", async () => {
  const session = await opened();
  const whole = await losses(session, 0, 6);
  const value = await evaluated(session);
  const saved = await readWeights(session, "step", programs().step!);
  const rest = await losses(session, 6, 12);

  const other = await executor.open(programs());
  writeWeights(other, "step", programs().step!, saved, ["parameter", "state"]);
  assert.equal(await evaluated(other), value);
  assert.deepEqual(await losses(other, 6, 12), rest);

  session.dispose();
  const again = await opened();
  assert.deepEqual(await losses(again, 0, 6), whole);
  again.buildOwn!(4);
  assert.notEqual(await evaluated(again), value);
});
