/** A closed preview, in an editor that is a fake and a storage that is memory: the run can be had back, and is not taken up. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PreviousRun } from "../../core/train/previous-run";
import { emptyRun, fold } from "../../core/train/run-state";
import { session } from "../panel/session";
import { files, panels, Uri } from "./vscode";
import { PreviewStore, soon, target, window } from "./window";

test("a closed preview leaves its run, which the next one offers and does not start from", async () => {
  const { previews, store, trainers, changes } = window();
  previews.show(target);
  await soon();
  assert.equal(changes.at(-1), "idle");
  const [first] = trainers;
  for (const message of session(300)) first!.say(message);
  assert.equal(changes.at(-1), "training");
  first!.say({ kind: "snapshot", generation: 1, step: 300, bytes: Uint8Array.of(1) });
  await store.settled();
  assert.ok(await store.read(target));
  panels[0]!.close();
  assert.equal(changes.at(-1), undefined);
  // Shown again before the trainer has answered.
  previews.show(target);
  assert.equal(first!.stopped, false);
  first!.say({ kind: "snapshot", generation: 1, step: 300, bytes: Uint8Array.of(2) });
  await previews.settled();
  assert.equal(first!.stopped, true);
  assert.equal(await store.read(target), undefined, "a reload of the window must not start from it");
  const previous = (await store.readPrevious(target))!;
  assert.deepEqual(previous.snapshot, Uint8Array.of(2));
  assert.deepEqual(previous.state, session(300).reduce(fold, emptyRun()));

  panels[1]!.say({ kind: "ready" });
  await soon();
  const offer = panels[1]!.told.findLast((message) => (message as { kind: string }).kind === "previous");
  assert.equal((offer as { run?: { step: number } } | undefined)?.run?.step, 300);
  const [, second] = trainers;
  const open = second!.asked.find((message) => message.kind === "open")!;
  assert.deepEqual([open.snapshot, open.generation], [undefined, 1]);
  for (const message of session(0)) second!.say(message);
  panels[1]!.say({ kind: "restorePrevious" });
  assert.deepEqual(second!.asked.at(-1), { kind: "restore", snapshot: Uint8Array.of(2) });
  previews.dispose();
});

test("when the window ends, what is stored stays and nothing becomes the run before", async () => {
  files.clear();
  const { previews, store, trainers } = window();
  previews.show(target);
  await soon();
  for (const message of session(300)) trainers[0]!.say(message);
  trainers[0]!.say({ kind: "snapshot", generation: 1, step: 300, bytes: Uint8Array.of(1) });
  previews.dispose();
  panels.at(-1)!.close();
  await previews.settled();
  assert.ok(trainers[0]!.stopped);
  assert.deepEqual((await store.read(target))!.snapshot, Uint8Array.of(1));
  assert.equal(await store.readPrevious(target), undefined);
});

test("a panel that comes back while its spec is shown gives way to the one that is open", async () => {
  files.clear();
  const { previews, trainers } = window();
  previews.show(target);
  await soon();
  const open = panels.at(-1)!;
  let gone = 0;
  const late = { ...open, dispose: () => gone++, onDidDispose: () => assert.fail("it was taken up") };
  await previews.deserializeWebviewPanel(late as never, target);
  assert.equal(gone, 1);
  // Also where it is shown while what was stored is being read.
  open.close();
  await previews.settled();
  const coming = previews.deserializeWebviewPanel(late as never, target);
  previews.show(target);
  await coming;
  await soon();
  assert.equal(gone, 2);
  assert.equal(trainers.length, 2);
  previews.dispose();
});

test("there is one run before for each spec; the oldest go when there is no room", async () => {
  files.clear();
  const store = new PreviewStore(Uri.parse("file:///storage") as never, 20_000);
  const run = (bytes: number): PreviousRun => ({
    state: emptyRun(),
    snapshot: new Uint8Array(bytes).fill(7),
    at: 1,
  });
  const [a, b, c] = ["A", "B", "C"].map((spec) => ({ uri: target.uri, spec }));
  // As text, three of these do not fit, and three of half as many bytes do.
  const third = 5_000;
  await store.write(a!, { state: emptyRun() });
  for (const of of [a!, b!, a!, c!]) await store.writePrevious(of, run(third / 2));
  assert.equal(files.size, 4);
  for (const of of [a!, b!, c!]) await store.writePrevious(of, run(third));
  assert.equal(await store.readPrevious(a!), undefined);
  assert.equal((await store.readPrevious(c!))!.snapshot.length, third);
  assert.ok(await store.read(a!), "what a reload of the window needs is not counted");
  await store.writePrevious(c!, undefined);
  assert.equal(await store.readPrevious(c!), undefined);
  // What is not of this version is none.
  for (const [path] of files) files.set(path, { bytes: Uint8Array.of(123), mtime: 0 });
  assert.equal(await store.readPrevious(b!), undefined);
});
