/** A relay moves its run to a page's GPU and back, between trainers and pages that are this test. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Lacks, PageExecutor, WorkerOrder, WorkerReport } from "../../core/train/page-protocol";
import type { ExecutorStatus, FromHost, ToHost } from "../../core/train/protocol";
import type { PageTraining } from "../../trainer/page-worker";
import type { RelayHome } from "../../trainer/relay";
import { summary } from "../panel/session";
import { relayed, settled } from "./relayed";

const opened = (executor: string): FromHost => ({
  kind: "opened",
  generation: 1,
  summary: { ...summary, executor },
  restarted: false,
});
const progress = (step: number, millisecondsPerStep = 10): FromHost => ({
  kind: "progress",
  generation: 1,
  step,
  steps: 10_000,
  epoch: 1,
  epochs: 10,
  millisecondsPerStep,
  secondsLeft: 100,
  weights: {},
});
const beside: ExecutorStatus[] = [
  { name: "wasm", available: true, detail: "own kernels", used: true },
  { name: "tfjs", available: true, detail: "WebAssembly" },
  { name: "webgpu", available: false, detail: "it is not installed" },
];
const onPage = (milliseconds?: number, name: PageExecutor = "webgpu"): FromHost => ({
  kind: "executors",
  generation: 1,
  executors: [
    { name: "wasm", available: false, detail: "WebAssembly does not run in the panel" },
    { name, available: true, detail: "the GPU", used: true, ...(milliseconds && { milliseconds }) },
  ],
});

interface Page {
  lacks?: Lacks;
  /** What the settings leave to it. */
  executors?: PageExecutor[];
  script?: PageTraining["script"];
}

/** A run that trains beside a page with a GPU, whose trainer has opened the text. */
async function beginning(
  asked: boolean,
  more: Partial<RelayHome> = {},
  files: Record<string, number> = {},
  { lacks = {}, executors = ["webgpu", "tfjs"], script }: Page = {},
) {
  const training: PageTraining = {
    executors,
    script: script ?? ((executor) => Promise.resolve(`the script with ${executor}`)),
    asked,
    readFile: (_uri, path) =>
      path in files ? Promise.resolve(new Uint8Array(files[path]!)) : Promise.reject(new Error("no file")),
  };
  const {
    relay,
    page,
    asked: told,
    say,
  } = relayed({
    pageTraining: () => training,
    ...more,
  });
  relay.start();
  await settled();
  const shown = page();
  shown.receive({ kind: "ready" });
  const report = async (one: WorkerReport): Promise<void> => {
    shown.receive({ kind: "worker", report: one });
    await settled();
  };
  const said = (value: FromHost): Promise<void> => report({ kind: "said", value });
  await report({ kind: "gpu", lacks });
  say({ kind: "executors", generation: 1, executors: beside });
  say(opened("wasm"));
  say({ kind: "phase", generation: 1, phase: "training" });
  say(progress(5));
  await settled();
  const orders = (): WorkerOrder[] =>
    shown.told.flatMap((message) => (message.kind === "worker" ? [message.order] : []));
  /** What the page's trainer has been told. */
  const toPage = (): ToHost[] =>
    orders().flatMap((order) => (order.kind === "tell" ? [order.value as ToHost] : []));
  await said(opened("webgpu, a card"));
  return { relay, shown, told, say, report, said, orders, toPage };
}

const snapshot = (step: number): FromHost => ({
  kind: "snapshot",
  generation: 1,
  step,
  bytes: Uint8Array.of(step),
});
const kinds = (messages: ToHost[]): string[] => messages.map(({ kind }) => kind);

test("a page that is asked for takes the run over as it stands, and goes on when it has it", async () => {
  const { told, say, said, toPage, relay } = await beginning(true);
  assert.deepEqual(kinds(toPage()), ["hello", "open"]);
  assert.equal(told.at(-1)!.kind, "save");
  say(snapshot(7));
  assert.deepEqual(toPage().at(-1), { kind: "restore", snapshot: Uint8Array.of(7) });
  await said({ kind: "restored", generation: 1, step: 7 });
  assert.equal(toPage().at(-1)!.kind, "resume");
  await said(opened("webgpu, a card"));
  await said(onPage());
  // What the first trainer still says counts no longer.
  say(progress(400));
  assert.equal(relay.state.progress!.step, 5);
  assert.equal(relay.state.summary!.executor, "webgpu, a card");
  assert.deepEqual(
    relay.state.executors.map(({ name, used = false, available }) => [name, used, available]),
    [
      ["wasm", false, true],
      ["tfjs", false, true],
      ["webgpu", true, true],
    ],
  );
});

test("under auto, a page takes over only where its steps are faster by enough", async () => {
  const slow = await beginning(false);
  assert.equal(slow.toPage().at(-1)!.kind, "measure");
  await slow.said(onPage(9));
  assert.notEqual(slow.told.at(-1)!.kind, "save");
  assert.equal(slow.relay.state.executors.find(({ name }) => name === "webgpu")!.milliseconds, 9);
  const fast = await beginning(false);
  await fast.said(onPage(5));
  assert.equal(fast.told.at(-1)!.kind, "save");
});

const detailOf = (executors: ExecutorStatus[], name: string): string =>
  executors.find((one) => one.name === name)!.detail;

test("a page without WebGPU trains by TensorFlow.js on WebGL where its steps are faster", async () => {
  const lacks = { webgpu: "this browser has no WebGPU" };
  const { orders, told, say, said, toPage, relay } = await beginning(false, {}, {}, { lacks });
  assert.deepEqual(orders()[0], { kind: "start", script: "the script with tfjs" });
  await said(onPage(5, "tfjs"));
  const shown = relay.state.executors;
  assert.equal(detailOf(shown, "tfjs"), "the panel's GPU, by TensorFlow.js on WebGL");
  assert.equal(shown.find(({ name }) => name === "tfjs")!.milliseconds, 5);
  assert.equal(
    detailOf(shown, "webgpu"),
    "in the panel: this browser has no WebGPU; in Node: it is not installed",
  );
  assert.equal(told.at(-1)!.kind, "save");
  say(snapshot(7));
  await said({ kind: "restored", generation: 1, step: 7 });
  assert.equal(toPage().at(-1)!.kind, "resume");
  await said(onPage(5, "tfjs"));
  assert.deepEqual(
    relay.state.executors.map(({ name, used = false }) => [name, used]),
    [
      ["wasm", false],
      ["tfjs", true],
      ["webgpu", false],
    ],
  );
});

test("a page has only what the settings leave to it, and each executor says what the page lacks", async () => {
  const lacks = { webgpu: "no adapter" };
  const asked = await beginning(true, {}, {}, { lacks, executors: ["webgpu"] });
  assert.deepEqual(asked.orders(), []);
  assert.match(detailOf(asked.relay.state.executors, "webgpu"), /^in the panel: no adapter; in Node: /);
  assert.equal(detailOf(asked.relay.state.executors, "tfjs"), "WebAssembly");
  const without = await beginning(false, {}, {}, { lacks: { ...lacks, tfjs: "no WebGL" } });
  assert.deepEqual(without.orders(), []);
  assert.equal(detailOf(without.relay.state.executors, "tfjs"), "WebAssembly; in the panel: no WebGL");
});

test("where a page's script cannot be read, its executor says so and the run stays where it is", async () => {
  const script = () => Promise.reject(new Error("browser.js is not there"));
  const { orders, relay } = await beginning(true, {}, {}, { script });
  assert.deepEqual(orders(), []);
  assert.match(detailOf(relay.state.executors, "webgpu"), /^in the panel: browser\.js is not there; /);
});

test("a lost device hands back its last state, and another trainer begins there, once", async () => {
  const { told, say, said, orders, relay } = await beginning(true);
  say(snapshot(7));
  await said({ kind: "restored", generation: 1, step: 7 });
  await said(snapshot(40));
  await said({
    kind: "executors",
    generation: 1,
    executors: [{ name: "webgpu", available: false, detail: "the GPU was lost" }],
  });
  assert.equal(orders().at(-1)!.kind, "stop");
  const open = told.findLast((message) => message.kind === "open")!;
  assert.deepEqual([open.snapshot, open.autorun], [Uint8Array.of(40), true]);
  say({ kind: "executors", generation: 2, executors: beside });
  await settled();
  assert.equal(orders().filter(({ kind }) => kind === "start").length, 1);
  assert.match(
    relay.state.executors.find(({ name }) => name === "webgpu")!.detail,
    /^in the panel: the GPU was lost; in Node: it is not installed$/,
  );
});

/** A run that trains in a page, as at step 7, and what hides that page. */
async function inPage() {
  let visible = true;
  const page = () => ({ visible, pauseWhenHidden: false });
  const begun = await beginning(true, { page });
  begun.shown.receive({ kind: "shown" });
  begun.say(snapshot(7));
  await begun.said({ kind: "restored", generation: 1, step: 7 });
  const hide = (): void => {
    visible = false;
    begun.relay.settle();
  };
  return { ...begun, hide };
}

test("a page that is hidden while its training goes on makes way, with the run as it stands", async () => {
  const { hide, told, said, toPage } = await inPage();
  hide();
  assert.equal(toPage().at(-1)!.kind, "save");
  await said(snapshot(30));
  const open = told.findLast((message) => message.kind === "open")!;
  assert.deepEqual([open.snapshot, open.autorun], [Uint8Array.of(30), true]);
});

const turn = (name: string, value: number) => ({ kind: "knob" as const, name, value });

test("a knob turned while the run moves to a page is turned there before the run goes on", async () => {
  const { shown, told, say, said, toPage } = await beginning(true);
  assert.equal(told.at(-1)!.kind, "save");
  // The state that is on its way lacks it.
  shown.receive(turn("beta", 5));
  say(snapshot(7));
  await said({ kind: "restored", generation: 1, step: 7 });
  assert.deepEqual(toPage().slice(-3), [
    { kind: "restore", snapshot: Uint8Array.of(7) },
    turn("beta", 5),
    { kind: "resume" },
  ]);
});

test("a knob turned while the run leaves a page is turned beside it; one that its state has is not turned again", async () => {
  const { hide, shown, told, say, said, toPage } = await inPage();
  shown.receive(turn("gamma", 3));
  hide();
  assert.equal(toPage().at(-1)!.kind, "save");
  shown.receive(turn("beta", 5));
  await said(snapshot(30));
  // Nor does the trainer have it that is still opening the text.
  shown.receive(turn("alpha", 1));
  say({ ...opened("wasm"), generation: 2 } as FromHost);
  const open = told.findLastIndex(({ kind }) => kind === "open");
  const after = told.slice(open).filter(({ kind }) => kind === "knob");
  assert.deepEqual(after.slice(-2), [turn("beta", 5), turn("alpha", 1)]);
  assert.ok(!JSON.stringify(after).includes("gamma"));
});

test("knobs turned since a page's last state are turned where the run goes on after its trainer has ended", async () => {
  const { shown, told, say, said, report } = await beginning(true);
  say(snapshot(7));
  await said({ kind: "restored", generation: 1, step: 7 });
  shown.receive(turn("beta", 5));
  await report({ kind: "ended", reason: "it failed" });
  say({ ...opened("wasm"), generation: 2 } as FromHost);
  assert.deepEqual(told.at(-1), turn("beta", 5));
  const again = told.length;
  say({ ...opened("wasm"), generation: 3 } as FromHost);
  assert.equal(told.length, again, "once");
});

test("a page is sent the file that the text names, once and up to 64 MB", async () => {
  const { said, toPage } = await beginning(true, {}, { "a.npz": 9, "large.npz": (64 << 20) + 1 });
  for (const [id, path] of ["a.npz", "large.npz", "b.npz"].entries())
    await said({ kind: "read", id, uri: "file:///a.bottleneck", path });
  const answers = toPage().flatMap((message) => (message.kind === "file" ? [message] : []));
  assert.equal(answers[0]!.bytes!.length, 9);
  assert.deepEqual(
    answers.slice(1).map(({ id, problem }) => [id, problem]),
    [
      [1, "large.npz has 65 MB, and a page is sent 64 MB at most"],
      [2, "no file"],
    ],
  );
});

test("what a page passes on of its trainer is checked, and it can say nothing in the trainer's name", async () => {
  const { report, shown, told, relay } = await beginning(true);
  await report({ kind: "said", value: { kind: "progress", step: "many" } });
  assert.equal(relay.state.progress!.step, 5);
  const before = told.length;
  shown.receive({ kind: "file", id: 0 });
  shown.receive({ kind: "measure" });
  assert.equal(told.length, before);
});
