/** The run before, as a host tells it and takes it up; what it says again of a run that goes on. */
import assert from "node:assert/strict";
import test from "node:test";
import type { FromHost } from "../../core/train/protocol";
import { packSnapshot, unpackSnapshot } from "../../core/train/snapshot";
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

type Replaced = Extract<FromHost, { kind: "replaced" }>;
const replaced =
  (by: Replaced["by"]) =>
  (message: FromHost): message is Replaced =>
    message.kind === "replaced" && message.by === by;
const long = { epochs: 4000 };
const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

/** The run as it stands now. */
async function saved(host: TestSession): Promise<Extract<FromHost, { kind: "snapshot" }>> {
  const heard = host.heard.length;
  host.channel.send({ kind: "save" });
  return host.until(isKind("snapshot"), heard);
}

async function paused(host: TestSession): Promise<void> {
  const heard = host.heard.length;
  host.channel.send({ kind: "pause" });
  await host.until(isPhase("paused"), heard);
}

/** Sends, and gives what is heard from there on until it stands paused. */
async function restored(host: TestSession, snapshot: Uint8Array): Promise<FromHost[]> {
  const heard = host.heard.length;
  host.channel.send({ kind: "restore", snapshot });
  const { step } = await host.until(isKind("restored"), heard);
  await host.until(isPhase("paused"), heard);
  await host.until(
    (message): message is FromHost => message.kind === "progress" && message.step === step,
    heard,
  );
  await quiet();
  return host.heard.slice(heard);
}

hosted("a reset tells the run that it takes away; restored, that stands as it did, paused", async (host) => {
  host.open(smallSpec("", long));
  await host.until(isKind("rates"));
  await paused(host);
  host.channel.send({ kind: "knob", name: "beta", value: 8 });
  const before = await saved(host);
  host.channel.send({ kind: "reset", seed: 99 });
  const { bytes, step } = await host.until(replaced("reset"));
  assert.deepEqual([step, bytes], [before.step, before.bytes]);
  await host.until(isKind("points"), host.heard.length);
  host.channel.send({ kind: "knob", name: "beta", value: 16 });

  const heard = await restored(host, bytes);
  const kinds = heard.map((message) => (message.kind === "phase" ? message.phase : message.kind));
  // Findings of that run are told again, before anything else of it.
  assert.deepEqual(kinds.slice(kinds.indexOf("opened")), [
    "opened",
    "restored",
    "finding",
    "progress",
    "paused",
  ]);
  const opened = heard.find(isKind("opened"))!;
  assert.deepEqual([opened.restarted, opened.summary.knobs[0]!.turned], [false, 8]);
  assert.equal(opened.summary.terms[2]!.weight, -8);
  assert.deepEqual((await saved(host)).bytes, bytes);

  // Undone, it is the other run again, with its seed and its knob.
  const gone = heard.find(replaced("restore"))!;
  const back = await restored(host, gone.bytes);
  assert.deepEqual(back.find(replaced("restore"))!.bytes, bytes);
  assert.equal(back.find(isKind("opened"))!.summary.knobs[0]!.turned, 16);
  assert.deepEqual((await saved(host)).bytes, gone.bytes);
});

hosted("a restored run goes on as if nothing had been between, bit for bit", async (host) => {
  host.open(smallSpec("", { epochs: 40 }));
  await host.until(isPhase("finished"));
  const strip = (points: ReturnType<typeof host.points>) =>
    points.map(({ step, total, terms }) => ({ step, total, terms }));
  const whole = strip(host.points());
  host.channel.send({ kind: "reset" });
  await host.until(
    isKind("rates"),
    host.heard.findIndex(({ kind }) => kind === "replaced"),
  );
  await paused(host);
  const { bytes, step } = await saved(host);
  assert.ok(step > 0 && step < 240);
  host.channel.send({ kind: "reset", seed: 5 });
  await host.until((message): message is Replaced => replaced("reset")(message) && message.step === step);
  await restored(host, bytes);
  const from = host.points().length;
  host.channel.send({ kind: "run" });
  await host.until(isPhase("finished"), host.heard.length);
  assert.deepEqual(strip(host.points().slice(from)), whole.slice(step));
});

hosted(
  "an edit to another program tells the run that it ends; one that goes on, or none, tells nothing",
  async (host) => {
    host.open(smallSpec("", long), { autorun: false });
    await host.until(isPhase("idle"));
    host.channel.send({ kind: "reset" });
    await host.until(isKind("rates"));
    host.open(smallSpec("", { ...long, weight: "0.03" }));
    await host.until(isKind("points", 2));
    assert.deepEqual(host.of("replaced"), []);
    await paused(host);
    const before = await saved(host);
    host.open(smallSpec("keep 0.02 * I(Y; Zy)", long));
    const gone = await host.until(replaced("text"));
    assert.deepEqual([gone.step, gone.bytes], [before.step, before.bytes]);
    assert.ok(host.heard.indexOf(gone) < host.heard.findIndex(isKind("opened", 3)));

    // It is of another program: only once the edit is undone can it be taken up.
    await host.until(isKind("points", 3));
    host.channel.send({ kind: "restore", snapshot: gone.bytes });
    await quiet();
    assert.deepEqual(host.of("restored"), []);
    assert.ok(
      host.of("opened").at(-1)!.summary.identity.program !== host.of("opened")[0]!.summary.identity.program,
    );
    host.open(smallSpec("", { ...long, weight: "0.03" }));
    await host.until(isKind("opened", 4));
    await restored(host, gone.bytes);
    assert.deepEqual((await saved(host)).bytes, gone.bytes);
  },
);

hosted("a stored state that does not fit the text is told as replaced, not lost", async (host) => {
  host.open(smallSpec("", long));
  await host.until(isKind("points"));
  await paused(host);
  const { bytes } = await saved(host);
  const after = startHost();
  after.open(smallSpec("", { ...long, width: 24 }), { snapshot: bytes });
  assert.equal((await after.until(isKind("opened"))).restarted, true);
  const run = unpackSnapshot(after.of("replaced")[0]!.bytes)!;
  assert.deepEqual(run, unpackSnapshot(bytes));
  await after.close();
});

hosted("a run of other data, or bytes that hold none, changes nothing", async (host) => {
  host.open(smallSpec("", long));
  await host.until(isKind("points"));
  await paused(host);
  const before = await saved(host);
  const run = unpackSnapshot(before.bytes)!;
  for (const snapshot of [
    packSnapshot({ ...run, data: "other" }),
    packSnapshot({ ...run, shape: "other" }),
    Uint8Array.of(1, 2, 3),
  ])
    host.channel.send({ kind: "restore", snapshot });
  assert.deepEqual((await saved(host)).bytes, before.bytes);
  assert.deepEqual([host.of("restored"), host.of("replaced")], [[], []]);
});

hosted(
  "the same program on other data has another identity; a comment or another number has not",
  async (host) => {
    const texts = [
      smallSpec(),
      smallSpec("// a comment", { weight: "0.03" }),
      smallSpec("", { data: "samples = 192, validation = 64, test = 64, seed = 9" }),
      smallSpec("", { width: 24 }),
    ];
    const identities = [];
    for (const [i, text] of texts.entries()) {
      host.open(text, { autorun: false });
      identities.push((await host.until(isKind("opened", i + 1))).summary.identity);
    }
    const [first, same, data, program] = identities;
    assert.deepEqual(same, first);
    assert.equal(data!.program, first!.program);
    assert.notEqual(data!.data, first!.data);
    assert.notEqual(program!.program, first!.program);
  },
);

// --- What is said again, and in order ---

const collapsed = (message: FromHost): message is Extract<FromHost, { kind: "finding" }> =>
  message.kind === "finding" && message.finding.code === "collapsed-code";

hosted(
  "an edit that changes no training tells the findings that hold again, with the new text",
  async (host) => {
    const spec = (more: string) => smallSpec(more, { epochs: 60 }).replace("beta = 32", "beta = 0.1");
    host.open(spec(""));
    await host.until(isPhase("finished"));
    const last = host.of("finding").filter(collapsed);
    const holds = new Set(last.map(({ finding }) => finding.about));
    assert.ok(holds.size > 0);
    const heard = host.heard.length;
    host.open(spec("// a comment"));
    await host.until(isPhase("finished"), heard);
    const again = host.heard.slice(heard).filter(collapsed);
    assert.deepEqual(new Set(again.map(({ finding }) => finding.about)), holds);
    assert.ok(again.every(({ generation }) => generation === 2));
    for (const { finding } of again)
      assert.deepEqual(finding, last.findLast(({ finding: { about } }) => about === finding.about)!.finding);
  },
);

hosted(
  "that a loss was not finite is told again too, and a restored run brings its findings",
  async (host) => {
    const spec = (more: string) =>
      smallSpec(more).replace("batch = 32", "batch = 32, optimizer = adam(1e30)");
    host.open(spec(""));
    await host.until(isPhase("failed"));
    let heard = host.heard.length;
    host.open(spec("// a comment"), { autorun: false });
    await host.until(isKind("opened", 2));
    const { finding } = await host.until(isKind("finding", 2), heard);
    assert.equal(finding.code, "not-finite");
    heard = host.heard.length;
    host.channel.send({ kind: "reset" });
    const { bytes } = await host.until(replaced("reset"), heard);
    await host.until(isPhase("failed"), heard);
    const told = await restored(host, bytes);
    assert.deepEqual(told.findLast(isKind("finding"))!.finding, finding);
  },
);

hosted(
  "a state that is asked for as a training is given up is told, and the next text opens",
  async (host) => {
    host.open(smallSpec().replace("batch = 32", "batch = 32, optimizer = adam(1e30)"));
    await host.until(isKind("finding"));
    host.channel.send({ kind: "save" });
    await host.until(isKind("snapshot"));
    await host.until(isPhase("failed"));
    host.channel.send({ kind: "save" });
    host.open(smallSpec("", { width: 24 }));
    await host.until(isKind("opened", 2));
  },
);

hosted("a reset does not wait for states that are asked for, and none is half of one run", async (host) => {
  host.open(smallSpec("", long));
  await host.until(isKind("rates"));
  const heard = host.heard.length;
  for (let i = 0; i < 5; i++) host.channel.send({ kind: "save" });
  host.channel.send({ kind: "reset" });
  for (let i = 0; i < 5; i++) host.channel.send({ kind: "save" });
  const fresh = await host.until(
    (message): message is FromHost => message.kind === "progress" && message.step === 0,
    heard,
  );
  await host.until(
    (message): message is FromHost => message.kind === "points" && message.points[0]!.step === 1,
    heard,
  );
  await paused(host);
  await saved(host);
  const states = host.heard.slice(heard).filter(isKind("snapshot"));
  assert.ok(states.length >= 10);
  const gone = host.of("replaced")[0]!;
  for (const state of states)
    if (state.step === gone.step) assert.deepEqual(state.bytes, gone.bytes);
    else if (host.heard.indexOf(state) > host.heard.indexOf(fresh))
      assert.ok(state.step < gone.step || state.step === 0);
});
