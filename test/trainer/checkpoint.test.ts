/** The checkpoint: which weights a training is judged by, through pauses, knobs, anneals, edits and restores. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { whyLastStep } from "../../core/theory/derivation/last-step";
import { checkpointText, Selection } from "../../core/train/checkpoint";
import { looksOf } from "../../core/train/looks";
import type { FromHost } from "../../core/train/protocol";
import { emptyRun, fold, heldOutOf } from "../../core/train/run-state";
import { packSnapshot, unpackSnapshot } from "../../core/train/snapshot";
import { analyse } from "../../core/theory/analyse";
import { isKind, isPhase, smallSpec, startHost, type TestSession } from "./session";

function hosted(name: string, body: (host: TestSession) => Promise<void>): void {
  test(name, async () => {
    const host = startHost();
    try {
      await body(host);
    } finally {
      await host.close();
    }
    assert.deepEqual(host.refused, []);
  });
}

const weights = (value: number) => Promise.resolve({ w: { shape: [1], values: Float32Array.of(value) } });

test("the checkpoint is the look with the lowest loss, the first of equals", async () => {
  const selection = new Selection("a");
  const losses = [5, 3, 4, 3, 2.5, 6];
  const taken: boolean[] = [];
  for (const [i, loss] of losses.entries())
    taken.push(await selection.consider({ step: i + 1, loss }, { beta: 1 }, () => weights(i)));
  assert.deepEqual(taken, [true, true, false, false, true, false]);
  const { step, loss, tensors } = selection.at({ beta: 1 })!;
  assert.deepEqual([step, loss, tensors["w"]!.values[0]], [5, 2.5, 4]);
});

test("at other knobs, or of another loss, the selection starts anew", async () => {
  const selection = new Selection("a");
  await selection.consider({ step: 1, loss: -9 }, { beta: 1 }, () => weights(1));
  assert.equal(selection.at({ beta: 2 }), undefined);
  assert.equal(await selection.consider({ step: 2, loss: 7 }, { beta: 2 }, () => weights(2)), true);
  assert.equal(selection.at({ beta: 2 })!.step, 2);
  assert.equal(selection.at({ beta: 1 }), undefined);
  const other = new Selection("b");
  other.takeUp(selection.at({ beta: 2 }));
  assert.equal(other.at({ beta: 2 }), undefined);
});

test("terms whose held-out value says nothing of the weights leave the last step, with the reason", () => {
  const why = (term: string): string | undefined => {
    const text = `spec A {
  modality X : vector(4)
  modality Y : vector(4)
  latent Z : gaussian(2) from X
  latent W : gaussian(2) from Y
  knob beta = 4
  compress I(X; Z)
  compress I(Y; W)
  ${term}
}`;
    return whyLastStep(analyse(text).specs[0]!.derived!.terms);
  };
  assert.equal(why("keep I(Z; W) by infonce"), undefined);
  assert.match(why("keep I(Z; W) by barlow")!, /^`I\(Z; W\)` by `barlow` is a training signal/);
  assert.match(why("keep I(X; Z)\n  compress TC(Z) by density-ratio")!, /density-ratio` is trained against/);
  assert.match(why("keep I(X; Z)\n  compress gap(Z) by adversary")!, /adversary` is trained against/);
  assert.match(
    why("keep I(X; Z)\n  compress 2 * I(X; Z) below 1")!,
    /^the multiplier of `I\(X; Z\)` changes/,
  );
});

test("a checkpoint is said in one sentence", () => {
  const because = "`gap(Z)` by `adversary` is trained against the codes";
  assert.equal(
    checkpointText({ step: 1250 }, 2000),
    "Step 1,250 of 2,000, which has the lowest loss on the validation samples.",
  );
  assert.equal(checkpointText({ step: 2000, because }, 2000), `Step 2,000, the last, because ${because}.`);
});

test("looks at all validation rows cost an eighth of the steps, however many rows there are", () => {
  for (const steps of [10, 400, 100_000])
    for (const batch of [8, 128])
      for (const validation of [8, 1000, 200_000]) {
        const { interval, whole } = looksOf(steps, batch, validation);
        assert.ok(interval >= 5 && interval <= 250);
        // A step is worth two forward passes; three batches are read beside.
        const batches = validation / batch + 3;
        assert.ok(batches <= (2 * interval * whole) / 8, `${steps} ${batch} ${validation}`);
      }
  assert.deepEqual(looksOf(3200, 128, 1000), { interval: 100, whole: 1 });
});

const LINK = "keep I(Zx; Zy)";
const BETA = 32;

/** The loss on validation rows, look by look, with the link between the codes recalibrated. */
const looked = (host: TestSession) =>
  host.points().flatMap(({ step, heldOut }) => {
    const own = host
      .of("measurements")
      .find((said) => said.step === step)
      ?.measurements.find(({ id }) => id === "recalibrated");
    if (heldOut === undefined || own === undefined) return [];
    return [{ step, loss: heldOut.total - BETA * (own.value - heldOut.terms[LINK]!) }];
  });
const chosen = (host: TestSession) => host.of("checkpoint").at(-1)!;
const best = (looks: { step: number; loss: number }[]) =>
  looks.reduce((least, one) => (one.loss < least.loss ? one : least));

/** Few rows and a small compression: it fits the training rows, and the validation loss turns up again. */
const overfits = (more = "") =>
  smallSpec(more, { epochs: 60, weight: "0.3", data: "samples = 64, validation = 64, test = 64" }).replace(
    "seed = 3",
    "seed = 3, optimizer = adam(1e-2)",
  );

hosted(
  "a training is measured on test rows at its best look, and goes on from its last step",
  async (host) => {
    host.open(overfits());
    await host.until(isPhase("finished"));
    const least = best(looked(host));
    const { step, tested, because } = chosen(host);
    assert.equal(step, least.step);
    assert.ok(step < 120, `a run that overfits is best before its end: ${step}`);
    assert.equal(because, undefined);
    assert.notEqual(tested!.total, least.loss);
    // What ends a run is of the checkpoint.
    for (const kind of ["rates", "measurements", "verdicts", "samples"] as const)
      assert.equal(host.of(kind).at(-1)!.step, step, kind);
    const run = host.heard.reduce(fold, emptyRun());
    assert.deepEqual(heldOutOf(run), tested);

    host.channel.send({ kind: "save" });
    const { bytes } = await host.until(isKind("snapshot"));
    const snapshot = unpackSnapshot(bytes)!;
    assert.deepEqual([snapshot.step, snapshot.checkpoint!.step], [120, step]);
    const name = Object.keys(snapshot.checkpoint!.tensors)[0]!;
    assert.notDeepEqual(snapshot.tensors[name]!.values, snapshot.checkpoint!.tensors[name]!.values);
    assert.ok(Object.keys(snapshot.checkpoint!.tensors).every((each) => !each.startsWith("adam.")));
    assert.deepEqual(packSnapshot(snapshot), bytes);

    // The same as one that was never tested on the way.
    const whole = startHost();
    whole.open(overfits().replace("epochs = 60", "epochs = 120"));
    await whole.until(isPhase("finished"));
    const heard = host.heard.length;
    host.channel.send({ kind: "run" });
    await host.until(isPhase("finished"), heard);
    const strip = (session: TestSession) => session.points().map(({ step, total }) => [step, total]);
    assert.deepEqual(strip(host), strip(whole));
    await whole.close();
  },
);

hosted("a turned knob starts the selection anew", async (host) => {
  host.open(overfits().replace("epochs = 60", "epochs = 4000"));
  await host.until((message): message is FromHost => message.kind === "checkpoint");
  host.channel.send({ kind: "pause" });
  await host.until(isPhase("paused"));
  host.channel.send({ kind: "knob", name: "beta", value: 64 });
  await host.until(isKind("turned"));
  const run = host.heard.reduce(fold, emptyRun());
  assert.equal(run.checkpoint, undefined);
  host.channel.send({ kind: "save" });
  const { bytes } = await host.until(isKind("snapshot"));
  assert.equal(unpackSnapshot(bytes)!.checkpoint, undefined);
  const heard = host.heard.length;
  const reached = run.progress!.step;
  host.channel.send({ kind: "run" });
  const { step } = await host.until(isKind("checkpoint"), heard);
  assert.ok(step > reached);
});

hosted("a running anneal leaves the last look, and the loss after it is compared", async (host) => {
  host.open(
    overfits().replace("in 0.1 .. 1024 log", "in 0.1 .. 1024 log\n  anneal beta from 1 over 60 epochs"),
  );
  await host.until(isPhase("finished"));
  assert.deepEqual(
    host
      .of("checkpoint")
      .filter(({ tested }) => tested)
      .map(({ step }) => step),
    [120],
  );
});

hosted("pause, save and another host keep the checkpoint; another loss does not", async (host) => {
  host.open(overfits());
  await host.until(isPhase("finished"));
  const { step } = chosen(host);
  host.channel.send({ kind: "save" });
  const { bytes: snapshot } = await host.until(isKind("snapshot"));
  for (const [text, kept] of [
    [overfits(), true],
    [overfits().replace("keep 0.3 * I(X; Zx)", "keep 0.2 * I(X; Zx)"), false],
    [overfits().replace("validation = 64", "validation = 63"), false],
  ] as const) {
    const next = startHost();
    next.open(text, { snapshot, autorun: false });
    await next.until(isPhase("finished"));
    assert.deepEqual(
      next.of("checkpoint").map((one) => one.step),
      kept ? [step] : [],
      text,
    );
    await next.close();
  }
});

hosted("proxies are measured at the last step, which says why", async (host) => {
  host.open(smallSpec().replace("by infonce", "by barlow"));
  await host.until(isPhase("finished"));
  const told = host.of("checkpoint");
  assert.deepEqual(
    told.map(({ step }) => step),
    [24],
  );
  assert.match(told[0]!.because!, /barlow` is a training signal, not information/);
  assert.ok(told[0]!.tested);
});

hosted(
  "a training in steps is as long on little data as on much, and its epochs are counted",
  async (host) => {
    host.open(smallSpec("anneal beta from 1 over 2 epochs").replace("epochs = 4", "steps = 15"));
    const { summary } = await host.until(isKind("opened"));
    assert.deepEqual([summary.steps, summary.epochs, summary.unit], [15, 2.5, "steps"]);
    await host.until(isPhase("finished"));
    assert.equal(host.points().at(-1)!.step, 15);
    const heard = host.heard.length;
    host.channel.send({ kind: "run" });
    await host.until(isPhase("finished"), heard);
    assert.equal(host.points().at(-1)!.step, 30);
  },
);
