import assert from "node:assert/strict";
import { test } from "node:test";
import { PROTOCOL_VERSION, type FromHost, type ToHost } from "../../core/train/protocol";
import { MOST_PENDING } from "../../trainer/page";
import type { StoredRun } from "../../trainer/saved-states";
import { summary } from "../panel/session";
import { relayed, settled } from "./relayed";

const opened = (generation: number, restarted = true): FromHost => ({
  kind: "opened",
  generation,
  summary,
  restarted,
});
const phase = (of: "training" | "paused" | "finished", generation = 1): FromHost => ({
  kind: "phase",
  generation,
  phase: of,
});
const progress = (step: number): FromHost => ({
  kind: "progress",
  generation: 1,
  step,
  steps: 100,
  epoch: 1,
  epochs: 10,
  millisecondsPerStep: 1,
  secondsLeft: 1,
  weights: {},
});
const welcome: FromHost = { kind: "welcome", protocol: PROTOCOL_VERSION };
/** What a trainer was told about training. */
const orders = (asked: ToHost[]): (boolean | string)[] =>
  asked.flatMap<boolean | string>((message) =>
    message.kind === "open"
      ? [message.autorun]
      : ["run", "resume", "pause"].includes(message.kind)
        ? [message.kind]
        : [],
  );

test("texts are opened with ascending generations, after those of a stored run", async () => {
  const first = relayed();
  first.relay.start();
  first.relay.open();
  await settled();
  const generations = (asked: ToHost[]) =>
    asked.flatMap((message) => (message.kind === "open" ? [message.generation] : []));
  assert.deepEqual(generations(first.asked), [1, 2]);
  assert.equal(first.asked[0]!.kind, "hello");
  first.say(opened(2));
  const kept = first.page();
  kept.receive({ kind: "ready" });
  const { state } = kept.told.find((message) => message.kind === "state")!;
  const next = relayed({}, { state, snapshot: Uint8Array.of(7), asked: false });
  next.relay.start();
  await settled();
  const open = next.asked.find((message) => message.kind === "open")!;
  assert.deepEqual([open.generation, open.snapshot, open.autorun], [3, Uint8Array.of(7), false]);
});

test("a page is told what it has missed when it listens, and then what comes", () => {
  const { relay, page, say } = relayed();
  relay.start();
  const [early, late] = [page(), page()];
  early.receive({ kind: "ready" });
  say(welcome);
  say(opened(1));
  assert.deepEqual(late.kinds(), []);
  late.receive({ kind: "ready" });
  say(progress(3));
  assert.deepEqual(early.kinds(), ["state", "welcome", "opened", "progress"]);
  assert.deepEqual(late.kinds(), ["welcome", "state", "progress"]);
  late.close();
  say(progress(4));
  assert.equal(late.told.length, 3);
});

test("what a page says is looked at: nothing but the protocol passes, and no opening", () => {
  const { relay, page, asked, carriedOut, logged } = relayed();
  relay.start();
  const before = asked.length;
  const { receive } = page();
  for (const message of [
    undefined,
    { kind: "launch" },
    { kind: "knob", name: "beta", value: NaN },
    { kind: "open", generation: 9, uri: "", text: "", uses: {}, autorun: true },
    { kind: "close" },
    { kind: "hello", protocol: PROTOCOL_VERSION },
  ])
    receive(message);
  assert.equal(asked.length, before);
  assert.equal(logged.length, 3);
  receive({ kind: "knob", name: "beta", value: 2 });
  receive({ kind: "write", change: { kind: "knob", name: "beta", value: 2 } });
  assert.deepEqual(asked.slice(before), [{ kind: "knob", name: "beta", value: 2 }]);
  assert.deepEqual(carriedOut, [{ kind: "write", change: { kind: "knob", name: "beta", value: 2 } }]);
});

test("a page that takes nothing is told no more, and the state of things once it does", () => {
  const { relay, page, say } = relayed();
  relay.start();
  const [slow, quick] = [page(), page()];
  for (const one of [slow, quick]) one.receive({ kind: "ready" });
  say(opened(1));
  for (let step = 1; step <= 10 * MOST_PENDING; step++) {
    say(progress(step));
    quick.take();
  }
  assert.equal(slow.told.length, MOST_PENDING);
  assert.equal(quick.told.length, 2 + 10 * MOST_PENDING);
  slow.take();
  const last = slow.told.at(-1)!;
  assert.ok(last.kind === "state" && last.state.progress!.step === 10 * MOST_PENDING);
  slow.take();
  say(progress(1000));
  assert.equal(slow.told.at(-1)!.kind, "progress");
});

test("it trains once the page has drawn, rests while hidden, and not against a person's word", async () => {
  const page = { visible: true, pauseWhenHidden: true };
  const { relay, page: connect, asked, say } = relayed({ page: () => page });
  relay.start();
  await settled();
  const { receive } = connect();
  receive({ kind: "ready" });
  say(opened(1));
  assert.deepEqual(orders(asked), [false]);
  receive({ kind: "shown" });
  assert.deepEqual(orders(asked).splice(1), ["resume"]);
  page.visible = false;
  relay.settle();
  relay.settle();
  page.visible = true;
  relay.settle();
  assert.deepEqual(orders(asked).splice(2), ["pause", "resume"]);
  receive({ kind: "pause" });
  page.visible = false;
  relay.settle();
  page.visible = true;
  relay.settle();
  relay.open();
  await settled();
  assert.deepEqual(orders(asked).splice(4), ["pause", false]);
  receive({ kind: "run" });
  relay.open();
  await settled();
  assert.deepEqual(orders(asked).splice(6), ["run", true]);
});

test("that a training rests is said once its state is kept", async () => {
  const kept: StoredRun[] = [];
  let done = (): void => undefined;
  const { relay, page, asked, say } = relayed({
    keep: (run) => {
      kept.push(run);
      return new Promise((resolve) => (done = resolve));
    },
  });
  relay.start();
  const { receive, kinds } = page();
  receive({ kind: "ready" });
  receive({ kind: "shown" });
  say(opened(1));
  say(progress(5));
  say(phase("paused"));
  assert.deepEqual(kinds(), ["state", "opened", "progress"]);
  assert.equal(asked.at(-1)!.kind, "save");
  say({ kind: "snapshot", generation: 1, step: 5, bytes: Uint8Array.of(1) });
  await settled();
  assert.deepEqual(kinds(), ["state", "opened", "progress"]);
  assert.deepEqual([kept[0]!.state.phase, kept[0]!.snapshot], ["paused", Uint8Array.of(1)]);
  done();
  await settled();
  assert.deepEqual(kinds(), ["state", "opened", "progress", "phase"]);
  relay.stop();
});

test("what is kept of a run is not taken up again once it was started anew", async () => {
  const { relay, asked, say } = relayed({ keep: () => Promise.resolve() });
  const opens = () => asked.filter((message) => message.kind === "open");
  relay.start();
  await settled();
  say(opened(1));
  say(progress(5));
  say({ kind: "snapshot", generation: 1, step: 5, bytes: Uint8Array.of(1) });
  relay.start();
  await settled();
  assert.deepEqual(opens().at(-1)!.snapshot, Uint8Array.of(1));
  say({ ...progress(0), generation: 2 } as FromHost);
  assert.equal(asked.at(-1)!.kind, "save");
  relay.start();
  await settled();
  assert.equal(opens().at(-1)!.snapshot, undefined);
  relay.stop();
});

test("a trainer that ends by itself is told to pages and to whoever started it", async () => {
  const ends: string[] = [];
  const { relay, page, end } = relayed({ ended: (reason) => ends.push(reason) });
  relay.start();
  await settled();
  const { receive, told } = page();
  receive({ kind: "ready" });
  end("it ran out of memory");
  await settled();
  assert.deepEqual(ends, ["it ran out of memory"]);
  assert.deepEqual(told.at(-1), {
    kind: "phase",
    generation: 1,
    phase: "failed",
    detail: "it ran out of memory",
  });
  assert.equal(relay.started, false);
  receive({ kind: "run" });
  assert.equal(relay.started, true);
  relay.stop();
});

test("a knob turned after the end asks to go on, also after the page was hidden", async () => {
  const page = { visible: true, pauseWhenHidden: true };
  const { relay, page: connect, asked, say } = relayed({ page: () => page, autorun: () => false });
  relay.start();
  await settled();
  const { receive } = connect();
  receive({ kind: "ready" });
  receive({ kind: "shown" });
  say(opened(1));
  say(phase("finished"));
  receive({ kind: "knob", name: "beta", value: 3 });
  page.visible = false;
  relay.settle();
  page.visible = true;
  relay.settle();
  assert.deepEqual(orders(asked), [false, "pause", "resume"]);
});
