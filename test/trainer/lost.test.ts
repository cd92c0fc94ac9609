/** An executor that is lost while it trains: another continues from the last saved state, and the reason is said. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ExecutorLost, type Session } from "../../core/train/executor";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { createWebGpuExecutor } from "../../core/train/executors/webgpu";
import { compile } from "../../core/program/compile";
import * as e from "../../core/program/expression";
import type { FromHost } from "../../core/train/protocol";
import { gpuLack, softwareGpu } from "../executors/gpu";
import { smallSpec, startHost } from "./session";

const isPhase =
  (phase: string) =>
  (message: FromHost): message is Extract<FromHost, { kind: "phase" }> =>
    message.kind === "phase" && message.phase === phase;

test("a training whose executor is lost goes on with another, from its last look, with the knobs as turned", async (t) => {
  const host = startHost({}, async () => {
    const executor = await createWasmExecutor({ threads: 1 });
    return {
      ...executor,
      async open(programs) {
        const session = await executor.open(programs);
        let steps = 0;
        const run = (program: string): Promise<void> =>
          program === "train" && ++steps > 17
            ? Promise.reject(new ExecutorLost("the GPU was lost"))
            : session.run(program);
        return Object.assign(Object.create(session) as Session, { run });
      },
    };
  });
  t.after(() => host.close());
  host.open(smallSpec("", { epochs: 4 }));
  await host.until((message): message is FromHost => message.kind === "opened");
  host.channel.send({ kind: "knob", name: "beta", value: 5 });
  await host.until(isPhase("finished"));
  const [first, second, ...more] = host.of("opened");
  assert.equal(more.length, 0);
  assert.doesNotMatch(first!.summary.executor, /since/);
  assert.equal(second!.summary.executor, "wasm, since the GPU was lost");
  assert.equal(second!.summary.knobs.find(({ name }) => name === "beta")!.turned, 5);
  assert.equal(second!.restarted, false);
  const steps = host.points().map(({ step }) => step);
  // It goes on from a look, not from its start: the first step was taken once, and none is missing.
  assert.equal(steps.filter((step) => step === 1).length, 1, steps.join(" "));
  assert.deepEqual(
    [...new Set(steps)],
    Array.from({ length: 24 }, (_, i) => i + 1),
  );
  assert.deepEqual(
    host.of("phase").filter(({ phase }) => phase === "failed"),
    [],
  );
});

test("a GPU that is lost is told as such by whatever is asked of it next", { skip: gpuLack }, async () => {
  const executor = await createWebGpuExecutor(softwareGpu());
  const session = await executor.open({ program: compile({ y: e.square(e.input("x", [2])) }, { batch: 1 }) });
  session.write("program", "x", [2, 3]);
  await session.run("program");
  executor.close();
  await assert.rejects(session.read("program", "y"), ExecutorLost);
  await assert.rejects(session.run("program"), ExecutorLost);
});
