/** Which executor trains: one begins, others are made ready or measured meanwhile, and one takes over at a step. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Executor, Session, Values } from "../../core/train/executor";
import { ExecutorLost } from "../../core/train/executor";
import type { Contender } from "../../core/train/executor-in-use";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import type { FromHost } from "../../core/train/protocol";
import { isKind, isPhase, smallSpec, startHost } from "./session";

/** WebAssembly under another name, as it is after `delay` milliseconds a step. */
async function disguised(
  name: "webgpu" | "tfjs",
  { delay = 0, ready = Promise.resolve() as Promise<unknown>, dies = Infinity } = {},
): Promise<Executor> {
  const executor = await createWasmExecutor({ threads: 1 });
  return {
    ...executor,
    name,
    description: `${name}, in disguise`,
    async open(programs) {
      await ready;
      const session = await executor.open(programs);
      let steps = 0;
      const run = async (program: string): Promise<void> => {
        if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
        if (program === "train" && ++steps > dies) throw new ExecutorLost("the GPU was lost");
        return session.run(program);
      };
      return Object.assign(Object.create(session) as Session, { run });
    },
  };
}

/** The same, which begins a training and takes its time. */
const slow = async (): Promise<Executor> => ({ ...(await disguised("tfjs", { delay: 12 })), name: "wasm" });

/** A training that takes longer than a few seconds, so that it is worth while to try others. */
const long = smallSpec("", { epochs: 400 });

const executorOf = (message: FromHost): string | undefined =>
  message.kind === "opened" ? message.summary.executor : undefined;
const trainedBy =
  (start: string) =>
  (message: FromHost): message is Extract<FromHost, { kind: "opened" }> =>
    executorOf(message)?.startsWith(start) === true;

const losses = (heard: FromHost[]): number[] =>
  heard.flatMap((message) => (message.kind === "points" ? message.points.map(({ total }) => total) : []));

/** The losses of a training that nobody takes over. */
async function alone(text: string): Promise<number[]> {
  const host = startHost();
  host.open(text);
  await host.until(isPhase("finished"));
  await host.close();
  return losses(host.heard);
}

test("an executor that is asked for takes over at a step once it is ready, with weights and optimiser", async (t) => {
  const text = smallSpec("", { epochs: 40 });
  let compiled = (): void => undefined;
  const ready = new Promise<void>((resolve) => (compiled = resolve));
  const gpu: Contender = { id: "webgpu", asked: true, create: () => disguised("webgpu", { ready }) };
  const host = startHost({}, () => createWasmExecutor({ threads: 1 }), [gpu]);
  t.after(() => host.close());
  host.open(text);
  // Another trains until then: the first points come no later.
  await host.until(isKind("points"));
  compiled();
  const taken = await host.until(trainedBy("webgpu"));
  assert.equal(taken.restarted, false);
  await host.until(isPhase("finished"));
  const steps = host.points().map(({ step }) => step);
  assert.deepEqual(
    steps,
    Array.from({ length: 240 }, (_, i) => i + 1),
  );
  // The same kernels carry out both parts, so a weight or a moment that was not handed over would show.
  assert.deepEqual(losses(host.heard), await alone(text));
  const { executors } = host.of("executors").at(-1)!;
  assert.equal(executors[0]!.used, undefined, "wasm does not train any more");
});

test("a knob that is turned while weights are read for another text stays turned", async (t) => {
  // Armed once the programs of the other text are there: its training is given what the one at work has.
  let opened = 0;
  let armed = false;
  const wasm = await createWasmExecutor({ threads: 1 });
  const host = startHost({}, () =>
    Promise.resolve({
      ...wasm,
      async open(programs) {
        const session = await wasm.open(programs);
        armed = ++opened === 2;
        const read = async (program: string, name: string): Promise<Values> => {
          if (armed && name.startsWith("encoder.")) {
            armed = false;
            host.channel.send({ kind: "knob", name: "beta", value: 7 });
            await new Promise((resolve) => setTimeout(resolve, 30));
          }
          return session.read(program, name);
        };
        return Object.assign(Object.create(session) as Session, { read });
      },
    }),
  );
  t.after(() => host.close());
  host.open(long);
  await host.until(isKind("points"));
  host.open(long.replace("0.02 *", "0.03 *"));
  const { summary } = await host.until(isKind("opened", 2));
  assert.equal(summary.knobs.find(({ name }) => name === "beta")!.turned, 7);
});

test("one that is asked for and cannot run is told with its reason, and the training goes on", async (t) => {
  const create = (): Promise<Executor> => Promise.reject(new Error("WebGPU finds no adapter"));
  const host = startHost({}, undefined, [{ id: "webgpu", asked: true, create }]);
  t.after(() => host.close());
  host.open(smallSpec());
  await host.until(isPhase("finished"));
  assert.deepEqual(host.of("executors").at(-1)!.executors, [
    { name: "wasm", available: true, detail: "in this process", used: true },
    { name: "webgpu", available: false, detail: "WebGPU finds no adapter" },
  ]);
  assert.equal(host.of("opened").length, 1);
});

test("auto lets the fastest take over, tells how fast each is, and ends those that lose", async (t) => {
  const closed: string[] = [];
  const contender = (id: "webgpu" | "tfjs", delay: number): Contender => ({
    id,
    asked: false,
    async create() {
      const executor = await disguised(id, { delay });
      return {
        ...executor,
        close() {
          closed.push(id);
          executor.close();
        },
      };
    },
  });
  const host = startHost({}, slow, [contender("tfjs", 4), contender("webgpu", 0)]);
  t.after(() => host.close());
  host.open(long);
  await host.until(trainedBy("webgpu"));
  assert.deepEqual(closed, ["tfjs"]);
  // Not before the training has shown something for a second.
  assert.ok(host.points().length > 10, `${host.points().length} steps`);
  const from = host.heard.findIndex(trainedBy("webgpu"));
  const { executors } = await host.until(isKind("executors"), from);
  const of = (name: string) => executors.find((one) => one.name === name)!;
  assert.deepEqual([of("webgpu").used, of("wasm").used, of("tfjs").used], [true, undefined, undefined]);
  const [own, tfjs, gpu] = [of("wasm"), of("tfjs"), of("webgpu")].map((one) => one.milliseconds!);
  assert.ok(own! > tfjs! && tfjs! > gpu! && gpu! > 0, JSON.stringify(executors));
});

test("auto keeps the one that began where others are no faster, and says how fast they are", async (t) => {
  const host = startHost({}, undefined, [
    { id: "webgpu", asked: false, create: () => disguised("webgpu", { delay: 60 }) },
  ]);
  t.after(() => host.close());
  host.open(smallSpec("", { epochs: 4000 }));
  const { executors } = await host.until(
    (message): message is Extract<FromHost, { kind: "executors" }> =>
      message.kind === "executors" && message.executors.some((one) => one.milliseconds !== undefined),
  );
  const gpu = executors.find(({ name }) => name === "webgpu")!;
  assert.ok(gpu.milliseconds! >= 55, JSON.stringify(gpu));
  assert.equal(gpu.used, undefined);
  assert.equal(host.of("opened").length, 1);
});

test("one that took over and is lost makes way for the one that began, from the last look, and is not tried again", async (t) => {
  let made = 0;
  const create = (): Promise<Executor> => {
    made++;
    return disguised("webgpu", { dies: 30 });
  };
  const host = startHost({}, undefined, [{ id: "webgpu", asked: true, create }]);
  t.after(() => host.close());
  host.open(smallSpec("", { epochs: 60 }));
  await host.until(trainedBy("webgpu"));
  await host.until(isPhase("finished"));
  assert.match(host.of("opened").at(-1)!.summary.executor, /^wasm.*, since the GPU was lost$/);
  assert.deepEqual(
    [...new Set(host.points().map(({ step }) => step))],
    Array.from({ length: 360 }, (_, i) => i + 1),
  );
  const { executors } = host.of("executors").at(-1)!;
  assert.deepEqual(
    executors.find(({ name }) => name === "webgpu"),
    { name: "webgpu", available: false, detail: "the GPU was lost" },
  );
  // Another program begins without it.
  host.open(smallSpec("", { width: 12 }));
  await host.until(isPhase("finished", 2));
  assert.equal(made, 1);
});
