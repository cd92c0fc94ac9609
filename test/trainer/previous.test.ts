/** The run before as a relay keeps it, offers it to pages and has it taken up; what is left of a closed page's run. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PreviousRun } from "../../core/train/previous-run";
import { LARGEST_SNAPSHOT, takesPlace, unlike } from "../../core/train/previous-run";
import type { FromHost, SpecSummary } from "../../core/train/protocol";
import { emptyRun, fold, type RunState } from "../../core/train/run-state";
import type { RelayHome } from "../../trainer/relay";
import { initialState, receive } from "../../webview/state";
import { session, summary } from "../panel/session";
import { relayed, settled } from "./relayed";

const opened = (generation: number, restarted = true, of: SpecSummary = summary): FromHost => ({
  kind: "opened",
  generation,
  summary: of,
  restarted,
});
const progress = (step: number, generation = 1): FromHost => ({
  kind: "progress",
  generation,
  step,
  steps: 620,
  epoch: step / 62,
  epochs: 10,
  millisecondsPerStep: 1,
  secondsLeft: 1,
  weights: {},
});
const replaced = (by: "reset" | "text" | "restore", byte: number, generation = 1): FromHost => ({
  kind: "replaced",
  generation,
  step: 1,
  by,
  bytes: Uint8Array.of(byte),
});
const restored: FromHost = { kind: "restored", generation: 1, step: 300 };
const snapshot = (step: number, byte: number): FromHost => ({
  kind: "snapshot",
  generation: 1,
  step,
  bytes: Uint8Array.of(byte),
});
const shown = (messages: FromHost[]): RunState => messages.reduce(fold, emptyRun());
const other: SpecSummary = { ...summary, identity: { ...summary.identity, program: "07e4" } };

/** A relay whose run stands at step 300, with a page that listens. */
async function trained(more: Partial<RelayHome> = {}) {
  const kept: (PreviousRun | undefined)[] = [];
  const all = relayed({ keepPrevious: (run) => kept.push(run), ...more });
  all.relay.start();
  await settled();
  const page = all.page();
  page.receive({ kind: "ready" });
  for (const message of session(300)) all.say(message);
  return { ...all, page, kept, offers: () => page.told.filter(({ kind }) => kind === "previous") };
}

test("a reset leaves the run before: as it was shown, kept, and offered to pages of now and later", async () => {
  const { relay, page, say, kept, offers, page: first } = await trained();
  assert.deepEqual(offers(), []);
  const before = Date.now();
  say(replaced("reset", 7));
  say(progress(0));
  assert.equal(kept.length, 1);
  const run = kept[0]!;
  assert.deepEqual(run.state, shown(session(300)));
  assert.deepEqual(run.snapshot, Uint8Array.of(7));
  assert.ok(run.at >= before && run.at <= Date.now());
  const offer = {
    kind: "previous",
    run: { spec: "NoisyDigits", step: 300, at: run.at, identity: summary.identity },
  };
  assert.deepEqual(offers(), [offer]);
  const late: unknown[] = [];
  relay.connect((message) => late.push(message)).receive({ kind: "ready" });
  assert.deepEqual(late.at(-1), offer);
  assert.equal(first, page);
  relay.stop();
});

test("restoring hands the weights over, shows the run whole and paused, and keeps the one it replaces", async () => {
  const { relay, page, say, asked, kept, offers } = await trained();
  const past = shown(session(300));
  say(replaced("reset", 7));
  for (const message of [progress(0), progress(5)]) say(message);
  page.receive({ kind: "restorePrevious" });
  assert.deepEqual(asked.at(-1), { kind: "restore", snapshot: Uint8Array.of(7) });
  // A run of five steps would not push out one of 300, but here it makes way for that.
  const now = shown([...session(300), progress(0), progress(5)]);
  say(replaced("restore", 8));
  assert.deepEqual([kept.at(-1)!.state, kept.at(-1)!.snapshot], [now, Uint8Array.of(8)]);
  say(opened(1, false));
  say(restored);
  const told = page.told.at(-1)!;
  assert.ok(told.kind === "state");
  for (const part of [
    "curves",
    "rates",
    "measurements",
    "verdicts",
    "sentence",
    "samples",
    "progress",
  ] as const)
    assert.deepEqual(told.state[part], past[part], part);
  for (const message of session(300).filter(({ kind }) => kind === "finding")) say(message);
  say(progress(300));
  say({ kind: "phase", generation: 1, phase: "paused" });
  const end = page.told.reduce(receive, initialState()).run;
  assert.deepEqual({ ...end, progress: past.progress }, { ...past, phase: "paused" });
  assert.deepEqual(end.progress?.step, 300);
  // It is not trained on, also when the text is opened again; and back it goes.
  relay.open();
  await settled();
  const last = asked.at(-1)!;
  assert.ok(last.kind === "open" && !last.autorun);
  page.receive({ kind: "restorePrevious" });
  assert.deepEqual(asked.at(-1), { kind: "restore", snapshot: Uint8Array.of(8) });
  assert.equal(offers().length, 2);
  relay.stop();
});

test("with nothing that makes way for it, a restored run is offered no longer", async () => {
  const { relay, page, say, kept, offers } = await trained();
  say(replaced("reset", 7));
  say(progress(0));
  page.receive({ kind: "restorePrevious" });
  say(restored);
  assert.deepEqual(offers().at(-1), { kind: "previous" });
  assert.equal(kept.at(-1), undefined);
  relay.stop();
});

test("what does not fit the present text is offered, and not restored before it fits", async () => {
  const { relay, page, say, asked, offers } = await trained();
  say(replaced("text", 7, 2));
  say(opened(2, true, other));
  assert.equal(offers().length, 1);
  const before = asked.length;
  page.receive({ kind: "restorePrevious" });
  assert.equal(asked.length, before);
  say(opened(3));
  page.receive({ kind: "restorePrevious" });
  assert.equal(asked.at(-1)!.kind, "restore");
  relay.stop();
});

test("a page cannot hand over weights of its own", async () => {
  const { relay, page, asked } = await trained();
  const before = asked.length;
  page.receive({ kind: "restore", snapshot: Uint8Array.of(9) });
  page.receive({ kind: "restorePrevious" });
  assert.equal(asked.length, before);
  relay.stop();
});

test("runs of few steps, as typing leaves them, do not push out a long one; nor does one too large", () => {
  const run = (step: number, bytes = 1): PreviousRun => ({
    state: fold(emptyRun(), progress(step)),
    snapshot: new Uint8Array(bytes),
    at: 1,
  });
  assert.ok(takesPlace(run(1), undefined));
  assert.ok(takesPlace(run(30), run(300)));
  assert.ok(!takesPlace(run(29), run(300)));
  assert.ok(!takesPlace(run(300, LARGEST_SNAPSHOT + 1), undefined));
  assert.equal(unlike(summary.identity, { ...summary.identity, data: "x" }), "data");
  assert.equal(unlike(summary.identity, other.identity), "program");
  assert.equal(unlike(summary.identity, { ...summary.identity }), undefined);
});

test("a closed page leaves its run as it stands: the trainer is asked for it and ends after", async () => {
  let stopped = 0;
  const { relay, say, asked, kept } = await trained({ keep: () => Promise.resolve() });
  const { trainer } = relay as unknown as { trainer: { stop(): void } };
  trainer.stop = () => stopped++;
  const closing = relay.close();
  assert.deepEqual([asked.at(-1)!.kind, stopped], ["save", 0]);
  say(progress(301));
  say(snapshot(301, 5));
  await closing;
  assert.equal(stopped, 1);
  assert.equal(kept.length, 1);
  assert.deepEqual([kept[0]!.state.progress!.step, kept[0]!.snapshot], [301, Uint8Array.of(5)]);
  assert.equal(relay.started, false);
});

test("of a trainer that has died, a closed page leaves what was saved last", async () => {
  const { relay, say, end, kept } = await trained({ keep: () => Promise.resolve() });
  say(snapshot(300, 5));
  say(progress(310));
  const closing = relay.close();
  end("it ran out of memory");
  await closing;
  assert.deepEqual([kept[0]!.state.progress!.step, kept[0]!.snapshot], [300, Uint8Array.of(5)]);
});

test("a page that closes before the first step leaves the run that was kept before", async () => {
  const { relay, say, asked, kept } = await trained();
  say(replaced("reset", 7));
  say(progress(0));
  await relay.close();
  assert.equal(kept.length, 1);
  assert.notEqual(asked.at(-1)!.kind, "save");
});

test("a run that was kept another day is offered to a page, and does not train by itself", async () => {
  const { relay, page, asked } = relayed();
  relay.start();
  await settled();
  const run: PreviousRun = { state: shown(session(300)), snapshot: Uint8Array.of(4), at: 5 };
  const { receive, told } = page();
  receive({ kind: "ready" });
  relay.offer(run);
  assert.deepEqual(told.at(-1)!.kind, "previous");
  const open = asked.find((message) => message.kind === "open")!;
  assert.equal(open.snapshot, undefined);
  assert.ok(asked.every(({ kind }) => kind !== "restore"));
  relay.stop();
});
