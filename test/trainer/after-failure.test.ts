/** What a training hands on after its loss was not finite: never its weights, and it is said. */
import assert from "node:assert/strict";
import test from "node:test";
import type { FromHost } from "../../core/train/protocol";
import { fold, emptyRun } from "../../core/train/run-state";
import { allFinite, packSnapshot, unpackSnapshot, type Snapshot } from "../../core/train/snapshot";
import { isKind, isPhase, smallSpec, startHost, type TestSession } from "./session";

/** Runs away whatever its weights are, from its second step on; with a small learning rate it does not. */
const runaway = (more = "", rate = "1e30"): string =>
  smallSpec(more).replace("batch = 32", `batch = 32, optimizer = adam(${rate})`);

/** A host whose training was given up. */
function stopped(name: string, body: (host: TestSession) => Promise<void>): void {
  test(name, async () => {
    const host = startHost();
    try {
      host.open(runaway());
      await host.until(isPhase("failed"));
      await body(host);
    } finally {
      await host.close();
    }
    assert.deepEqual(host.refused, []);
  });
}

async function saved(host: TestSession): Promise<Snapshot> {
  const from = host.heard.length;
  host.channel.send({ kind: "save" });
  return unpackSnapshot((await host.until(isKind("snapshot"), from)).bytes)!;
}

/** The finding that a training has started afresh, said from `from` on. */
const saysSo = (message: FromHost): message is Extract<FromHost, { kind: "finding" }> =>
  message.kind === "finding" && message.finding.code === "fresh-weights";

/** The losses of the first steps, of a run of this text that nothing came before. */
async function firstLosses(text: string): Promise<number[]> {
  const host = startHost();
  try {
    host.open(text);
    await host.until(isKind("points"));
    return host
      .points()
      .map(({ total }) => total)
      .slice(0, 1);
  } finally {
    await host.close();
  }
}

stopped(
  "the weights of a training that was given up are the last good ones, and a restored run has them",
  async (host) => {
    const state = await saved(host);
    assert.ok(state.stopped && allFinite(state));
    const from = host.heard.length;
    host.channel.send({ kind: "restore", snapshot: packSnapshot(state) });
    await host.until(isKind("restored"), from);
    await host.until(isPhase("paused"), from);
    assert.deepEqual((await saved(host)).tensors, state.tensors);
  },
);

stopped("an edit to another program trains from fresh weights, and says so", async (host) => {
  const from = host.heard.length;
  const text = runaway("observe angle : scalar", "1e-3").replace(
    "keep 0.02 * I(X; Zx)",
    "keep 0.02 * I(Y; Zy)",
  );
  host.open(text);
  assert.equal((await host.until(isKind("opened", 2))).restarted, true);
  const { finding } = await host.until(saysSo, from);
  assert.match(
    finding.message,
    /^The run before stopped at step \d+, .*Training has started again from fresh weights\.$/,
  );
  await host.until(isPhase("finished"), from);
  assert.deepEqual(
    host
      .points(2)
      .map(({ total }) => total)
      .slice(0, 1),
    await firstLosses(text),
  );
  assert.ok(host.heard.reduce(fold, emptyRun()).findings.some(({ code }) => code === "fresh-weights"));
});

stopped("an edit of numbers alone trains from fresh weights too", async (host) => {
  const from = host.heard.length;
  host.open(runaway("", "1e-3"));
  await host.until(saysSo, from);
  await host.until(isPhase("finished"), from);
  assert.deepEqual(
    host
      .points(2)
      .map(({ total }) => total)
      .slice(0, 1),
    await firstLosses(runaway("", "1e-3")),
  );
});

stopped(
  "a turned knob starts it again from fresh weights, keeps the run before, and says so",
  async (host) => {
    const from = host.heard.length;
    host.channel.send({ kind: "knob", name: "beta", value: 8 });
    const { by, step } = await host.until(isKind("replaced"), from);
    assert.ok(by === "reset" && step > 0);
    await host.until(saysSo, from);
    await host.until(isPhase("failed"), from);
    const [first] = host.heard
      .slice(from)
      .flatMap((message) => (message.kind === "points" ? message.points : []));
    const fresh = await firstLosses(runaway().replace("knob beta = 32", "knob beta = 8"));
    assert.deepEqual([first!.step, first!.total], [1, ...fresh]);
  },
);

stopped(
  "training that is run again starts from fresh weights; an edit of a comment starts nothing",
  async (host) => {
    let from = host.heard.length;
    host.open(runaway("// a comment"));
    await host.until(isKind("opened", 2), from);
    assert.match((await host.until(isPhase("failed"), from)).detail!, /the third such step/);
    assert.deepEqual(host.points(2), []);
    from = host.heard.length;
    host.channel.send({ kind: "run" });
    await host.until(saysSo, from);
    await host.until(isPhase("failed"), from);
    assert.equal(host.points(2)[0]!.step, 1);
  },
);

stopped("after a reload it starts from fresh weights, and says so", async (host) => {
  const after = startHost();
  try {
    after.open(runaway("", "1e-3"), { snapshot: packSnapshot(await saved(host)) });
    assert.equal((await after.until(isKind("opened"))).restarted, true);
    await after.until(saysSo);
    await after.until(isPhase("finished"));
  } finally {
    await after.close();
  }
});

test("weights that are not finite are not taken over, whoever hands them over", async () => {
  const host = startHost();
  const after = startHost();
  try {
    host.open(smallSpec());
    await host.until(isPhase("finished"));
    const state = await saved(host);
    const [, weights] = Object.entries(state.tensors).find(([name]) => name.startsWith("encoder."))!;
    weights.values[0] = NaN;
    after.open(smallSpec("", { epochs: 8 }), { snapshot: packSnapshot(state) });
    assert.equal((await after.until(isKind("opened"))).restarted, true);
    assert.match(
      (await after.until(saysSo)).finding.message,
      /^At step 24 the run before had weights that are not finite\./,
    );
    await after.until(isPhase("finished"));
  } finally {
    await host.close();
    await after.close();
  }
});
