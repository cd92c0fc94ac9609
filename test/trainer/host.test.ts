import assert from "node:assert/strict";
import test from "node:test";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { PROTOCOL_VERSION, type FromHost } from "../../core/train/protocol";
import { emptyRun, fold } from "../../core/train/run-state";
import { isKind, isPhase, smallSpec, startHost, type TestSession } from "./session";

/** Runs a test against a host of its own, and checks that nothing it said or heard was refused. */
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

/** Long enough that it does not finish while a test looks. */
const long = { epochs: 4000 };

hosted(
  "a greeting is answered with the protocol's version, and an opened text with the executors",
  async (host) => {
    host.channel.send({ kind: "hello", protocol: PROTOCOL_VERSION });
    const welcome = await host.until(isKind("welcome"));
    assert.equal(welcome.protocol, PROTOCOL_VERSION);
    host.open(smallSpec());
    const { executors } = await host.until(isKind("executors"));
    assert.deepEqual(executors, [{ name: "wasm", available: true, detail: "in this process", used: true }]);
  },
);

hosted("opening shows the summary and pictures of the data before the first step", async (host) => {
  host.open(smallSpec());
  await host.until(isPhase("finished"));
  const kinds = host.heard.map(({ kind }) => kind);
  assert.ok(kinds.indexOf("opened") < kinds.indexOf("samples"));
  assert.ok(kinds.indexOf("samples") < kinds.indexOf("points"));
  const { summary, restarted } = host.of("opened")[0]!;
  assert.equal(restarted, true);
  assert.deepEqual(
    summary.terms.map((term) => [term.side, term.text, term.bound, term.weight]),
    [
      ["compress", "I(X; Zx)", "kl", 1],
      ["compress", "I(Y; Zy)", "kl", 1],
      ["keep", "I(Zx; Zy)", "infonce", -32],
      ["keep", "I(X; Zx)", "gaussian", -0.64],
    ],
  );
  assert.deepEqual(summary.samples, { train: 192, validation: 64, test: 64 });
  assert.equal(summary.steps, 24);
  const first = host.of("samples")[0]!;
  assert.deepEqual(
    first.samples.map(
      (samples) => samples.kind === "pictures" && [samples.stream, samples.count, samples.height],
    ),
    [
      ["X", 8, 28],
      ["Y", 8, 28],
    ],
  );
  const last = host.of("samples").at(-1)!.samples;
  assert.equal(last[0]!.reconstruction?.length, 8 * 28 * 28);
  assert.equal(last[1]!.reconstruction, undefined, "nothing decodes Y");
});

hosted("a text is opened with what it uses, and an edit of that acts like one of its own", async (host) => {
  const text = 'use "./base.bottleneck"\nspec Mine extends Small { }';
  const uses = (base: string) => ({ "file:///base.bottleneck": { text: base } });
  host.open(text, { uses: uses(smallSpec("", long)) });
  const first = await host.until(isKind("opened", 1));
  assert.equal(first.summary.name, "Mine");
  assert.equal(first.summary.terms.length, 4);
  host.open(text, { uses: uses(smallSpec("", { ...long, weight: "0.03" })) });
  const second = await host.until(isKind("opened", 2));
  assert.deepEqual([second.summary.terms[3]!.weight, second.restarted], [-0.96, false]);
  host.open(text, { uses: uses(smallSpec("keep I(Y; Zq)", long)) });
  const { diagnostics } = await host.until(isKind("rejected", 3));
  assert.match(
    diagnostics[0]!.message,
    /`Small` of ".\/base.bottleneck" has 1 error in line 18: Unknown stream or latent `Zq`/,
  );
  assert.equal(diagnostics[0]!.related?.[0]?.location, "file:///base.bottleneck");
  host.open(text);
  const { diagnostics: lacking } = await host.until(isKind("rejected", 4));
  assert.match(lacking[0]!.message, /a file that was not handed over/);
});

hosted("inherited data are asked for from the file that names them", async (host) => {
  const text = 'use "./lib/base.bottleneck"\nspec Mine extends Small { }';
  host.open(text, {
    uses: { "file:///lib/base.bottleneck": { text: smallSpec().replace("noisy-digits", "x.npz") } },
  });
  const { diagnostics } = await host.until(isKind("rejected"));
  assert.match(
    diagnostics[0]!.message,
    /"x\.npz" cannot be opened: there is no such file beside file:\/\/\/lib\/base/,
  );
});

hosted("what a likelihood lacks to be information is told: a label's entropy as a number", async (host) => {
  const text = smallSpec("keep I(Zx; digit)").replace("observe digit", "target digit");
  host.open(text);
  const { terms } = (await host.until(isKind("opened"))).summary;
  assert.deepEqual(terms[3]!.entropy, { of: "X" });
  const { of, nats } = terms[4]!.entropy!;
  assert.equal(of, "digit");
  // Ten classes about as common as each other.
  assert.ok(nats! > 2.2 && nats! < Math.log(10), `${nats}`);
  assert.equal(terms[2]!.entropy, undefined);
});

hosted("a training gives a point a step, rates, and held-out values at the end", async (host) => {
  host.open(smallSpec());
  await host.until(isPhase("finished"));
  const points = host.points();
  assert.deepEqual(
    points.map(({ step }) => step),
    Array.from({ length: 24 }, (_, i) => i + 1),
  );
  const { terms, total } = points[0]!;
  const sum =
    terms["compress I(X; Zx)"]! +
    terms["compress I(Y; Zy)"]! -
    32 * (terms["keep I(Zx; Zy)"]! + 0.02 * terms["keep I(X; Zx)"]!);
  assert.ok(Math.abs(sum - total) < 1e-3 * Math.abs(total), `${sum} is not ${total}`);
  assert.ok(points.at(-1)!.heldOut !== undefined);
  assert.deepEqual(Object.keys(host.of("rates")[0]!.rates), ["Zx", "Zy"]);
  const progress = host.of("progress").at(-1)!;
  assert.deepEqual([progress.step, progress.steps, progress.epoch], [24, 24, 4]);
});

hosted("pause stops, run goes on where it stopped", async (host) => {
  host.open(smallSpec("", long));
  await host.until(isKind("points"));
  host.channel.send({ kind: "pause" });
  await host.until(isPhase("paused"));
  const stopped = host.points().at(-1)!.step;
  const heard = host.heard.length;
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(host.heard.length, heard, "nothing is said while paused");
  host.channel.send({ kind: "run" });
  await host.until(isKind("points"), heard);
  assert.equal(host.points().find(({ step }) => step > stopped)!.step, stopped + 1);
});

hosted("a turned knob acts on the running training without a restart", async (host) => {
  host.open(smallSpec("", long));
  await host.until(isKind("points"));
  host.channel.send({ kind: "knob", name: "beta", value: 0.1 });
  const heard = host.heard.length;
  await host.until(isKind("points"), heard);
  await host.until(isKind("points"), host.heard.length);
  const { terms, total, step } = host.points().at(-1)!;
  const kept = terms["keep I(Zx; Zy)"]! + 0.02 * terms["keep I(X; Zx)"]!;
  const sum = terms["compress I(X; Zx)"]! + terms["compress I(Y; Zy)"]! - 0.1 * kept;
  assert.ok(Math.abs(sum - total) < 1e-3 * Math.abs(total), `${sum} is not ${total} at step ${step}`);
  assert.equal(host.of("opened").length, 1);
  // An edit elsewhere leaves the knob where the person put it; an edit of the knob takes it back.
  host.open(smallSpec("// a comment", long));
  assert.equal((await host.until(isKind("opened", 2))).summary.knobs[0]!.turned, 0.1);
  host.open(smallSpec("", long).replace("beta = 32", "beta = 16"));
  const reopened = await host.until(isKind("opened", 3));
  assert.deepEqual([reopened.summary.knobs[0]!.turned, reopened.summary.knobs[0]!.value], [undefined, 16]);
  assert.equal(reopened.restarted, false);
});

hosted("a knob out of its range is taken to the range's end, an unknown one is left", async (host) => {
  host.open(smallSpec("", long));
  await host.until(isKind("points"));
  host.channel.send({ kind: "knob", name: "beta", value: 1e9 });
  host.channel.send({ kind: "knob", name: "gamma", value: 1 });
  host.open(smallSpec("// a comment", long));
  assert.equal((await host.until(isKind("opened", 2))).summary.knobs[0]!.turned, 1024);
});

hosted("a broken text is rejected at its place, and the training goes on", async (host) => {
  host.open(smallSpec("", long));
  await host.until(isKind("points"));
  const broken = smallSpec("", long).replace("Zx; Zy", "Zx; Zq");
  host.open(broken);
  const { diagnostics } = await host.until(isKind("rejected", 2));
  assert.equal(diagnostics[0]!.severity, "error");
  assert.equal(broken.slice(diagnostics[0]!.range.start, diagnostics[0]!.range.end), "Zq");
  await host.until(isKind("points", 1), host.heard.length);
  host.open(smallSpec("// mended", long));
  assert.equal((await host.until(isKind("opened", 3))).restarted, false);
  await host.until(isKind("points", 3));
});

hosted("data that is not there is rejected at the words that ask for it", async (host) => {
  const text = smallSpec().replace("noisy-digits", "nowhere.npz");
  host.open(text);
  const { diagnostics } = await host.until(isKind("rejected"));
  assert.match(diagnostics[0]!.message, /nowhere\.npz.*there is no such file/);
  assert.equal(text.slice(diagnostics[0]!.range.start, diagnostics[0]!.range.end), '"nowhere.npz"');
  const unknown = smallSpec().replace("samples =", "sample =");
  host.open(unknown);
  const again = (await host.until(isKind("rejected", 2))).diagnostics[0]!;
  assert.match(unknown.slice(again.range.start, again.range.end), /^sample = 192/);
});

hosted("a stream that does not fit its field is rejected at its declaration", async (host) => {
  const text = smallSpec().replace("modality Y : image(28, 28)", "modality Y : image(14, 14)");
  host.open(text);
  const { range, message } = (await host.until(isKind("rejected"))).diagnostics[0]!;
  assert.match(message, /image\(14, 14\).*28 x 28/);
  assert.match(text.slice(range.start, range.end), /Y : image\(14, 14\)/);
});

hosted("of texts opened in haste only the newest comes to work", async (host) => {
  for (const weight of ["0.03", "0.04", "0.05"]) host.open(smallSpec("", { ...long, weight }));
  await host.until(isKind("points", 3));
  assert.deepEqual(
    host.of("opened").map(({ generation }) => generation),
    [3],
  );
  assert.ok(host.of("points").every(({ generation }) => generation === 3));
});

hosted("another weight keeps the training, with all it has learned", async (host) => {
  host.open(smallSpec("", long));
  await host.until(isKind("rates"));
  host.open(smallSpec("", { ...long, weight: "0.03" }));
  const opened = await host.until(isKind("opened", 2));
  assert.equal(opened.restarted, false);
  assert.equal(opened.summary.terms[3]!.weight, -0.96);
  await host.until(isKind("points", 2));
  const before = host.points(1).at(-1)!;
  const after = host.points(2)[0]!;
  assert.ok(after.step > 30 && after.step <= before.step + 5, `${after.step} follows ${before.step}`);
});

hosted("another shape starts again from the weights that fit", async (host) => {
  host.open(smallSpec("", { epochs: 40 }));
  await host.until(isPhase("finished"));
  const fresh = host.points(1)[0]!.terms["keep I(X; Zx)"]!;
  const learned = host.points(1).at(-1)!.terms["keep I(X; Zx)"]!;
  // A term more: every weight that was there fits.
  host.open(smallSpec("keep 0.02 * I(Y; Zy)", { epochs: 40 }));
  assert.equal((await host.until(isKind("opened", 2))).restarted, true);
  await host.until(isKind("points", 2));
  const first = host.points(2)[0]!;
  assert.equal(first.step, 1);
  const carried = first.terms["keep I(X; Zx)"]!;
  assert.ok(carried > (fresh + learned) / 2, `${carried} is nearer to ${fresh} than to ${learned}`);
  // Another width: the encoder of X starts anew.
  host.open(smallSpec("", { epochs: 40, width: 24 }));
  assert.equal((await host.until(isKind("opened", 3))).restarted, true);
});

hosted("reset starts again from the first weights; another seed from others", async (host) => {
  host.open(smallSpec());
  await host.until(isPhase("finished"));
  const first = host.points();
  host.channel.send({ kind: "reset" });
  await host.until(isPhase("finished"), host.heard.length);
  const second = host.points().slice(first.length);
  assert.deepEqual(second, first);
  host.channel.send({ kind: "reset", seed: 77 });
  await host.until(isPhase("finished"), host.heard.length);
  assert.notEqual(host.points().slice(2 * first.length)[0]!.total, first[0]!.total);
});

hosted(
  "a turned knob opens and compiles nothing, and is answered with the weights it changes",
  async (host) => {
    host.open(smallSpec("", long));
    await host.until(isKind("points"));
    const heard = host.heard.length;
    host.channel.send({ kind: "knob", name: "beta", value: 4 });
    const { knobs, weights, weightsAtEnd } = await host.until(isKind("turned"), heard);
    assert.deepEqual(knobs, { beta: 4 });
    assert.deepEqual(weights, {
      "compress I(X; Zx)": 1,
      "compress I(Y; Zy)": 1,
      "keep I(Zx; Zy)": -4,
      "keep I(X; Zx)": -0.08,
    });
    assert.deepEqual(weightsAtEnd, weights, "no schedule moves them on");
    await host.until(isKind("points"), host.heard.length);
    const kinds = host.heard
      .slice(heard)
      .map((message) => (message.kind === "phase" ? message.phase : message.kind));
    assert.deepEqual(
      kinds.filter((kind) => ["opened", "rejected", "loading", "compiling"].includes(kind)),
      [],
    );
  },
);

hosted("a knob turned after the end is learned, even where training was paused", async (host) => {
  host.open(smallSpec());
  await host.until(isPhase("finished"));
  let heard = host.heard.length;
  host.channel.send({ kind: "knob", name: "beta", value: 4 });
  await host.until(isKind("turned"), heard);
  await host.until(isPhase("training"), heard);
  await host.until(isPhase("finished"), heard);
  assert.equal(host.points().at(-1)!.step, 48);
  host.channel.send({ kind: "pause" });
  heard = host.heard.length;
  host.channel.send({ kind: "knob", name: "beta", value: 8 });
  await host.until(isPhase("training"), heard);
  await host.until(isPhase("finished"), heard);
  assert.equal(host.points().at(-1)!.step, 72);
});

hosted("a knob turned during the last look is learned too", async (host) => {
  host.open(smallSpec());
  // The points of the last step are sent after it, the rates of the last look before.
  await host.until((message): message is FromHost => message.kind === "rates" && message.step === 24);
  host.channel.send({ kind: "knob", name: "beta", value: 4 });
  await host.until((message): message is FromHost => message.kind === "progress" && message.step === 48);
  await host.until(isPhase("finished"), host.heard.length - 1);
});

hosted("run after the end trains for as many epochs again", async (host) => {
  host.open(smallSpec());
  await host.until(isPhase("finished"));
  host.channel.send({ kind: "run" });
  await host.until(isPhase("finished"), host.heard.length);
  assert.equal(host.points().at(-1)!.step, 48);
});

hosted(
  "resume does what autorun would: a finished training stays so, a changed text is learned",
  async (host) => {
    host.open(smallSpec(), { autorun: false });
    await host.until(isPhase("idle"));
    host.channel.send({ kind: "resume" });
    await host.until(isPhase("finished"));
    assert.equal(host.points().at(-1)!.step, 24);
    host.channel.send({ kind: "save" });
    const { bytes } = await host.until(isKind("snapshot"));

    for (const [text, step] of [
      [smallSpec(), 24],
      [smallSpec().replace("beta = 32", "beta = 16"), 48],
    ] as const) {
      host.open(text, { autorun: false });
      // That it stands finished is told as it is opened, and again when it has been resumed.
      await host.until(isPhase("finished"), host.heard.length);
      const heard = host.heard.length;
      host.channel.send({ kind: "resume" });
      await host.until(isPhase("finished"), heard);
      assert.equal(host.of("progress").at(-1)!.step, step);
    }

    const after = startHost();
    after.open(smallSpec(), { snapshot: bytes, autorun: false });
    await after.until(isPhase("finished"));
    const heard = after.heard.length;
    after.channel.send({ kind: "resume" });
    await after.until(isPhase("finished"), heard);
    assert.deepEqual(after.points(), []);
    await after.close();
  },
);

hosted("a saved state goes on in another host, bit for bit", async (host) => {
  host.open(smallSpec("", { epochs: 8 }));
  await host.until(isPhase("finished"));
  const whole = host.points();

  const before = startHost();
  before.open(smallSpec("", { epochs: 8 }), { autorun: false });
  await before.until(isKind("opened"));
  before.channel.send({ kind: "run" });
  await before.until(isKind("points"));
  before.channel.send({ kind: "pause" });
  await before.until(isPhase("paused"));
  before.channel.send({ kind: "save" });
  const { bytes, step } = await before.until(isKind("snapshot"));
  await before.close();
  assert.ok(step > 0 && step < 48);

  const after = startHost();
  after.open(smallSpec("", { epochs: 8 }), { snapshot: bytes });
  assert.equal((await after.until(isKind("opened"))).restarted, false);
  await after.until(isPhase("finished"));
  const strip = (points: typeof whole) => points.map(({ step, total, terms }) => ({ step, total, terms }));
  assert.deepEqual(strip(after.points()), strip(whole.slice(step)));
  await after.close();
});

hosted("bytes that hold no state are ignored", async (host) => {
  host.open(smallSpec(), { snapshot: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9) });
  assert.equal((await host.until(isKind("opened"))).restarted, true);
  await host.until(isPhase("finished"));
});

hosted("a loss that is no number stops the training after three tries, with a finding", async (host) => {
  host.open(smallSpec().replace("batch = 32", "batch = 32, optimizer = adam(1e30)"));
  const failed = await host.until(isPhase("failed"));
  assert.match(failed.detail!, /not a finite number: `[^`]+` was .*\. It is the third such step/);
  assert.match(failed.detail!, /Lower the learning rate or the weight of this term/);
  const findings = host.of("finding").filter(({ finding }) => finding.code === "not-finite");
  assert.deepEqual(
    findings.map(({ finding }) => finding.severity),
    ["warning", "warning", "error"],
  );
  assert.ok(host.points().every(({ total }) => Number.isFinite(total)));
});

test("a training continued past the epochs of its text goes on after a reload", async (t) => {
  const before = startHost();
  t.after(() => before.close());
  const text = smallSpec("", { epochs: 1 });
  before.open(text);
  await before.until(isPhase("finished"));
  before.channel.send({ kind: "run" });
  before.channel.send({ kind: "pause" });
  await before.until(isPhase("paused"));
  before.channel.send({ kind: "save" });
  const { bytes, step } = await before.until(isKind("snapshot"));
  assert.ok(step >= 6 && step < 12, `paused at step ${step}`);

  const after = startHost();
  t.after(() => after.close());
  after.open(text, { snapshot: bytes, autorun: false });
  await after.until(isKind("opened"));
  after.channel.send({ kind: "save" });
  await after.until(isKind("snapshot"));
  assert.deepEqual(
    after
      .of("phase")
      .map(({ phase }) => phase)
      .slice(-1),
    ["paused"],
  );
  after.channel.send({ kind: "run" });
  await after.until(isPhase("finished"));
  assert.equal(after.points().at(-1)?.step, 12);
});

test("an executor that fails as a state is saved ends in a failed phase, and keeps no session that nobody uses", async (t) => {
  let broken = false;
  let open = 0;
  const host = startHost({}, async () => {
    const executor = await createWasmExecutor({ threads: 1 });
    const failing: typeof executor.open = async (programs) => {
      const session = await executor.open(programs);
      open++;
      const read: typeof session.read = (...asked) =>
        broken ? Promise.reject(new Error("the device is gone")) : session.read(...asked);
      const dispose = (): void => {
        open--;
        session.dispose();
      };
      return Object.assign(Object.create(session) as typeof session, { read, dispose });
    };
    return Object.assign(Object.create(executor) as typeof executor, { open: failing });
  });
  t.after(() => host.close());
  host.open(smallSpec("", { epochs: 1 }));
  await host.until(isPhase("finished"));
  broken = true;
  host.channel.send({ kind: "save" });
  assert.equal((await host.until(isPhase("failed"))).detail, "the device is gone");
  const heard = host.heard.length;
  host.open(smallSpec("", { width: 20 }));
  await host.until(isPhase("failed"), heard);
  assert.equal(open, 1, "the session that was to take the place of the failed one is freed");
});

hosted("a state asked for as a training is given up is handed over", async (host) => {
  const asked = host.until((message): message is FromHost => {
    if (message.kind !== "finding" || message.finding.severity !== "error") return false;
    // While it still counts as running: its last step has just been taken.
    host.channel.send({ kind: "save" });
    return true;
  });
  host.open(smallSpec().replace("batch = 32", "batch = 32, optimizer = adam(1e30)"));
  await asked;
  await host.until(isKind("snapshot"));
});

hosted("findings of a training outlive an edit that changes none of it", async (host) => {
  const shown = (): string[] =>
    host.heard.reduce(fold, emptyRun()).findings.map(({ code, about = "" }) => `${code} ${about}`);
  const text = smallSpec("", { data: "samples = 20, validation = 64, test = 64" });
  host.open(text);
  await host.until(isPhase("finished"));
  assert.ok(shown().includes("short-batch "));
  const before = shown();
  host.open(`${text}\n// said\n`);
  await host.until(isKind("opened", 2));
  await host.until(isPhase("finished", 2));
  assert.deepEqual(shown(), before);
});

hosted("a code that nothing needs is told to have collapsed", async (host) => {
  host.open(smallSpec("", { epochs: 60 }).replace("beta = 32", "beta = 0.1"));
  await host.until(isPhase("finished"));
  const codes = host.of("finding").map(({ finding }) => `${finding.code} ${finding.about}`);
  assert.ok(codes.includes("collapsed-code Zx"), codes.join());
});

hosted("a finding that no longer holds is settled", async (host) => {
  // Nothing is kept until the knob is turned up: the code collapses, then fills.
  host.open(smallSpec("", { epochs: 200 }).replace("beta = 32", "beta = 0.1"));
  await host.until(
    (message): message is FromHost =>
      message.kind === "finding" &&
      message.finding.code === "collapsed-code" &&
      message.finding.about === "Zx",
  );
  host.channel.send({ kind: "knob", name: "beta", value: 1000 });
  await host.until(
    (message): message is FromHost =>
      message.kind === "settled" && message.code === "collapsed-code" && message.about === "Zx",
  );
});

hosted("the command line's words stand in for the text's", async (host) => {
  host.open(smallSpec(), { overrides: { epochs: 1, seed: 9, knobs: { beta: 4 } } });
  const { summary } = await host.until(isKind("opened"));
  assert.deepEqual([summary.epochs, summary.steps, summary.knobs[0]!.value], [1, 6, 4]);
  await host.until(isPhase("finished"));
});

hosted("a file without a spec, and a name that is not there, are told", async (host) => {
  host.open("");
  assert.match((await host.until(isKind("rejected", 1))).diagnostics[0]!.message, /no spec/);
  host.open(smallSpec(), { spec: "Large" });
  assert.match((await host.until(isKind("rejected", 2))).diagnostics[0]!.message, /no spec `Large`.*`Small`/);
  host.open(smallSpec().replace(/data .*\n/, "\n"));
  assert.match((await host.until(isKind("rejected", 3))).diagnostics[0]!.message, /no data/);
});
