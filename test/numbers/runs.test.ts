/**
 * A recorded training: from PyTorch's weights at steps 0, 50 and 500 every executor and the export have its gradients,
 * and from the first weights on they have its first 50 losses.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { compileGradients, compileStep } from "../../core/program/compile";
import { buffersWith } from "../../core/program/parameters";
import type { Executor } from "../../core/train/executor";
import { askReference, type Tensor } from "../reference/driver";
import { candidates } from "./executors";
import { askExport, exported } from "./exported";
import { arraysOf, assertAgree, compute, numbersOf, type Arrays, type Numbers } from "./harness";
import { FIRST, inputsAt, RATE, RECORDED, RUN_BATCH, runs, type Run } from "./runs";

/** PyTorch works in float32 here, so that the weights it records are those that every executor is given. */
const TOLERANCE = 1e-4;
const LOSS_TOLERANCE = 1e-3;

interface Recorded {
  id: string;
  error?: string;
  losses: number[];
  recorded: {
    step: number;
    loss: number;
    terms: Record<string, number>;
    parameters: Record<string, Tensor>;
    gradients: Record<string, Tensor>;
  }[];
}

const answers = new Map<string, Recorded>();
before(async () => {
  const { runs: recorded } = (await askReference({
    runs: runs.map(({ id, reference, parameters, data, batches, draws }) => ({
      id,
      ...reference,
      parameters,
      data,
      batches,
      inputs: draws,
      precision: "float32",
      adam: { lr: RATE },
      record: RECORDED,
    })),
  })) as { runs: Recorded[] };
  for (const run of recorded) answers.set(run.id, run);
});

function answerOf({ id }: Run): Recorded {
  const answer = answers.get(id)!;
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer;
}

function assertFirstLosses(found: number[], { losses }: Recorded): void {
  const worst = Math.max(
    ...found.map((loss, i) => Math.abs(loss - losses[i]!) / Math.max(1, Math.abs(losses[i]!))),
  );
  assert.ok(
    worst <= LOSS_TOLERANCE,
    `the largest relative difference of the first ${FIRST} losses is ${worst}`,
  );
}

/** The losses of the first steps, each before its update. */
async function train(executor: Executor, run: Run): Promise<number[]> {
  const program = compileStep(run.objective, { batch: RUN_BATCH });
  const session = await executor.open({ step: program });
  const inputs = buffersWith(program, "input");
  const losses: number[] = [];
  for (let step = 0; step < FIRST; step++) {
    const arrays: Arrays = {
      ...arraysOf({ ...run, inputs: inputsAt(run, step) }),
      "adam.rate": Float64Array.of(RATE),
      "adam.step": Float64Array.of(step + 1),
    };
    const written = step === 0 ? [...inputs, ...buffersWith(program, "parameter")] : inputs;
    for (const { name } of written) session.write("step", name!, arrays[name!]!);
    await session.run("step");
    losses.push((await session.read("step", "total"))[0]!);
  }
  session.dispose();
  return losses;
}

for (const { name, create, skip = false } of candidates)
  describe(`recorded runs on ${name}`, { skip }, () => {
    let executor: Executor;
    before(async () => {
      executor = await create();
    });
    after(() => executor.close());
    for (const run of runs) {
      const program = compileGradients(run.objective, { batch: RUN_BATCH });
      for (const [i, step] of RECORDED.entries())
        test(`${run.id}, the gradients of step ${step}`, async () => {
          const recorded = answerOf(run).recorded[i]!;
          assert.equal(recorded.step, step);
          const arrays = arraysOf({ ...run, parameters: recorded.parameters, inputs: inputsAt(run, step) });
          assertAgree(await compute(executor, program, arrays), expectedOf(run, recorded), TOLERANCE);
        });
      test(`${run.id}, the first ${FIRST} losses`, async () =>
        assertFirstLosses(await train(executor, run), answerOf(run)));
    }
  });

const expectedOf = ({ id }: Run, recorded: Recorded["recorded"][number]): Numbers =>
  numbersOf({ id, ...recorded });

describe("recorded runs of the exported PyTorch", () => {
  let found: Awaited<ReturnType<typeof askExport>>;
  before(async () => {
    const at = (run: Run, i: number): object => ({
      id: `${run.id} ${RECORDED[i]!}`,
      precision: "float32",
      ...exported(run.derived, {
        parameters: answerOf(run).recorded[i]!.parameters,
        inputs: inputsAt(run, RECORDED[i]!),
      }),
    });
    const whole = (run: Run): object => ({
      id: run.id,
      precision: "float32",
      rate: RATE,
      ...exported(run.derived, { parameters: run.parameters, inputs: { ...run.data, ...run.draws } }),
      batches: { data: run.batches.data.slice(0, FIRST * RUN_BATCH), shape: [FIRST, RUN_BATCH] },
    });
    found = await askExport({
      cases: runs.flatMap((run) => RECORDED.map((_, i) => at(run, i))),
      runs: runs.map(whole),
    });
  });
  for (const run of runs) {
    for (const [i, step] of RECORDED.entries())
      test(`${run.id}, the gradients of step ${step}`, () => {
        const { whole, lossOnly } = found.numbers(`${run.id} ${step}`);
        const expected = expectedOf(run, answerOf(run).recorded[i]!);
        assertAgree(whole, expected, TOLERANCE);
        assertAgree(lossOnly, expected, TOLERANCE);
      });
    test(`${run.id}, the first ${FIRST} losses`, () =>
      assertFirstLosses(found.losses(run.id), answerOf(run)));
  }
});
