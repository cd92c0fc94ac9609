import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import test from "node:test";
import { WebSocket } from "ws";
import type { FromEditor } from "../../core/train/page-protocol";
import type { FromHost, MeasuredValue, Verdict } from "../../core/train/protocol";
import { decode, encode } from "../../core/train/wire";
import { smallSpec } from "../trainer/session";
import { assertContract } from "./contract";
import { bottleneck, withFiles } from "./terminal";

interface Report {
  phase: string;
  step: number;
  checkpoint: { step: number; because?: string };
  summary: { executor: string; seed?: number };
  heldOut: { terms: Record<string, number> };
  rates: Record<string, number[]>;
  measurements: MeasuredValue[];
  verdicts: Verdict[];
  findings: { code: string; severity: string; message: string }[];
  sentence: string;
}

test("preview trains in a process of its own and reports terms, rates and probes", async () => {
  await withFiles({ "a.bottleneck": smallSpec() }, async (path) => {
    const { code, out, err } = await bottleneck("preview", path("a.bottleneck"), "--threads", "1");
    assert.equal(code, 0, err);
    assert.match(out, /^Small/);
    assert.match(out, /compress\s+I\(X; Zx\)\s+\d+\.\d\d\s+1\s+kl\s+an upper bound/);
    assert.match(out, /keep\s+I\(Zx; Zy\)\s+−?\d+\.\d\d\s+−β = −32\s+infonce\s+a lower bound/);
    assert.match(out, /code\s+digit \(accuracy, chance 0\.\d\d\)\n\s+Zx\s.*\n\s+Zx, mean\s/);
    assert.match(out, /24 steps in .* s .*wasm/);
    assert.match(
      out,
      /Measured at: Step \d+( of 24)?, which has the lowest loss on the validation\s+samples\./,
    );
    assert.match(out, /Terms {2}on 64 test samples/);
    assert.match(out, /192 training, 64 validation and 64 test samples/);
  });
});

test("the weight of a report is that in force when training ended", async () => {
  const text = smallSpec("anneal beta from 100 over 400 epochs", { epochs: 2 });
  await withFiles({ "a.bottleneck": text }, async (path) => {
    const { code, out, err } = await bottleneck("preview", path("a.bottleneck"), "--threads", "1");
    assert.equal(code, 0, err);
    assert.match(out, /I\(Zx; Zy\)\s+−?\d+\.\d\d\s+−β = −99\.4\s/);
  });
});

test("preview --json obeys --epochs, --seed and --set, and is the same every time", async () => {
  await withFiles({ "a.bottleneck": smallSpec() }, async (path) => {
    const call = async (...more: string[]): Promise<Report> => {
      const args = ["preview", path("a.bottleneck"), "--json", "--threads", "1", "--epochs", "2", ...more];
      const { code, out, err } = await bottleneck(...args);
      assert.equal(code, 0, err);
      return JSON.parse(out) as Report;
    };
    const one = await call("--seed", "5");
    assert.equal(one.phase, "finished");
    assert.equal(one.step, 12);
    assert.deepEqual(Object.keys(one.checkpoint), ["step"]);
    assert.ok([5, 10, 12].includes(one.checkpoint.step), `a look of the training: ${one.checkpoint.step}`);
    assert.deepEqual(Object.keys(one.rates), ["Zx", "Zy"]);
    assert.deepEqual(
      one.measurements
        .filter(({ id }) => ["rate", "accuracy", "accuracy-of-mean"].includes(id))
        .map(({ id, factor, code }) => [id, factor, code]),
      [
        ["rate", undefined, "Zx"],
        ["rate", undefined, "Zy"],
        ["accuracy", "digit", "Zx"],
        ["accuracy", "digit", "Zy"],
        ["accuracy-of-mean", "digit", "Zx"],
        ["accuracy-of-mean", "digit", "Zy"],
      ],
    );
    assert.ok(one.measurements.every(({ value, low, high }) => low <= value && value <= (high ?? Infinity)));
    assert.deepEqual(
      one.verdicts.map(({ factor, code }) => [factor, code]),
      [
        ["digit", "Zx"],
        ["digit", "Zy"],
      ],
    );
    const again = await call("--seed", "5");
    assert.deepEqual(again.heldOut, one.heldOut);
    assert.deepEqual(again.measurements, one.measurements);
    assert.deepEqual(again.verdicts, one.verdicts);
    const steps = await bottleneck(
      "preview",
      path("a.bottleneck"),
      "--json",
      "--threads",
      "1",
      "--steps",
      "7",
    );
    assert.equal((JSON.parse(steps.out) as Report).step, 7);
    assert.notDeepEqual((await call("--seed", "6")).heldOut, one.heldOut);
    assert.notDeepEqual((await call("--seed", "5", "--set", "beta=0.5")).heldOut, one.heldOut);
  });
});

test("preview --json has the fields that the manual lists, with stable ids", async () => {
  const text = `spec Planted {
  data "planted-factors" { samples = 600, validation = 100, test = 300, seed = 1 }
  modality X : vector(64)
  observe label : label(10)
  observe shared_1 : scalar
  latent Z : gaussian(4) from X
  compress I(X; Z)
  keep 8 * I(X; Z)
  train { epochs = 3, batch = 700 }
}`;
  await withFiles({ "a.bottleneck": text }, async (path) => {
    const { code, out, err } = await bottleneck("preview", path("a.bottleneck"), "--json", "--threads", "1");
    assert.equal(code, 0, err);
    const report: unknown = JSON.parse(out);
    assertContract(report);
    assert.ok(report.findings.some(({ code: of }) => of === "short-batch"));
    const of = (id: string): MeasuredValue[] => report.measurements.filter((one) => one.id === id);
    for (const id of ["accuracy", "accuracy-of-mean"])
      assert.deepEqual(
        of(id).map(({ code: of, factor, unit }) => [of, factor, unit]),
        [["Z", "label", "share"]],
      );
    for (const id of ["r2", "r2-of-mean"])
      assert.deepEqual(
        of(id).map(({ code: of, factor, unit }) => [of, factor, unit]),
        [["Z", "shared_1", "R2"]],
      );
    assert.deepEqual(
      of("rate").map(({ code: of, factor, unit }) => [of, factor, unit]),
      [["Z", undefined, "nats"]],
    );
    // A label is bounded by its entropy too, a number by the rate alone.
    const [ofLabel, ofNumber] = of("information");
    assert.deepEqual([ofLabel!.code, ofLabel!.factor, ofLabel!.unit], ["Z", "label", "nats"]);
    assert.ok(ofLabel!.high! <= Math.log(10) + 1e-9);
    assert.deepEqual([ofNumber!.factor, ofNumber!.high], ["shared_1", of("rate")[0]!.high]);
    assert.deepEqual(
      report.verdicts.map(({ code: of, factor }) => [of, factor]),
      [
        ["Z", "label"],
        ["Z", "shared_1"],
      ],
    );
  });
});

test("preview of a spec with errors, or of data that is not there, points at the line and gives 1", async () => {
  const files = {
    "wrong.bottleneck": smallSpec().replace("Zx; Zy", "Zx; Zq"),
    "data.bottleneck": smallSpec().replace("noisy-digits", "nowhere.npz"),
  };
  await withFiles(files, async (path) => {
    const wrong = await bottleneck("preview", path("wrong.bottleneck"));
    assert.equal(wrong.code, 1);
    assert.match(wrong.err, /wrong\.bottleneck:12:.*Zq/);
    const data = await bottleneck("preview", path("data.bottleneck"));
    assert.equal(data.code, 1);
    assert.match(data.err, /data\.bottleneck:3:.*nowhere\.npz/);
    assert.match(data.err, /\^{13}/);
    const json = await bottleneck("preview", "--json", path("data.bottleneck"));
    assert.equal(json.code, 1);
    const refused = JSON.parse(json.out) as { diagnostics: { code: string; start: { line: number } }[] };
    assert.deepEqual(Object.keys(refused), ["diagnostics"]);
    assert.deepEqual(
      refused.diagnostics.map((one) => [one.code, one.start.line]),
      [["data", 3]],
    );
    const broken = await bottleneck("preview", "--json", path("wrong.bottleneck"));
    assert.equal(broken.code, 1);
    assert.match(
      (JSON.parse(broken.out) as { diagnostics: { message: string }[] }).diagnostics[0]!.message,
      /Zq/,
    );
  });
});

test("preview --json says why a preview is refused, whatever the reason, and gives 1", async () => {
  const files = {
    "a.bottleneck": smallSpec(),
    "empty.bottleneck": "",
    "option.bottleneck": smallSpec().replace("samples = 192", "flavour = 3"),
    "size.bottleneck": smallSpec().replace("X : image(28, 28)", "X : image(14, 14)"),
    "few.bottleneck": smallSpec("", { data: "samples = 1, validation = 1, test = 1" }),
    "none.bottleneck": smallSpec().replace(/data .*\n/, "\n"),
  };
  await withFiles(files, async (path) => {
    for (const [args, code, message] of [
      [[path("a.bottleneck"), "--spec", "Large"], "no-spec", /`Large`.*`Small`/],
      [[path("empty.bottleneck")], "no-spec", /spec/],
      [[path("option.bottleneck")], "unfit-data", /does not have an option flavour/],
      [[path("size.bottleneck")], "unfit-data", /Declare it as image\(28, 28\),/],
      [[path("few.bottleneck")], "few-rows", /Give more samples/],
      [[path("none.bottleneck")], "no-data", /names no data/],
    ] as const) {
      const { code: exit, out } = await bottleneck("preview", "--json", ...args);
      assert.equal(exit, 1, args.join(" "));
      const refused = JSON.parse(out) as {
        diagnostics: { code: string; severity: string; message: string }[];
      };
      assert.deepEqual(Object.keys(refused), ["diagnostics"]);
      const error = refused.diagnostics.find(({ severity }) => severity === "error")!;
      assert.equal(error.code, code, args.join(" "));
      assert.match(error.message, message);
    }
  });
});

test("preview shows each warning of check once, and not those of another spec", async () => {
  const warned = smallSpec("modality Unread : image(28, 28) = X").replace("epochs = 4", "epochs = 1");
  const other = warned.replace("spec Small", "spec Other").replaceAll("Unread", "Elsewhere");
  await withFiles({ "a.bottleneck": `${warned}\n${other}` }, async (path) => {
    const { code, out, err } = await bottleneck("preview", path("a.bottleneck"), "--threads", "1");
    assert.equal(code, 0, err);
    assert.equal((out + err).match(/\[unread-modality\]/g)?.length, 1);
    assert.doesNotMatch(out + err, /Elsewhere/);
    const json = await bottleneck("preview", "--json", path("a.bottleneck"), "--threads", "1");
    const found = (JSON.parse(json.out) as { diagnostics: { code: string }[] }).diagnostics;
    assert.deepEqual(
      found.map((one) => one.code),
      ["unread-modality"],
    );
  });
});

// --- In a browser ---

interface Page {
  heard: (FromHost | FromEditor)[];
  send(message: unknown): void;
  until(fits: (message: FromHost | FromEditor) => boolean): Promise<FromHost | FromEditor>;
  close(): void;
}

async function openPage(address: string): Promise<Page> {
  const url = new URL(address);
  const socket = new WebSocket(`ws://${url.host}${url.pathname}${url.search}`, { origin: url.origin });
  const heard: (FromHost | FromEditor)[] = [];
  let look = (): void => undefined;
  socket.on("message", (data) => {
    heard.push(decode(String(data)) as FromHost | FromEditor);
    look();
  });
  await once(socket, "open");
  socket.send(encode({ kind: "ready" }));
  return {
    heard,
    send: (message) => socket.send(encode(message)),
    until: (fits) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error("not heard in 30 s")), 30_000);
        look = () => {
          const found = heard.find(fits);
          if (found === undefined) return;
          clearTimeout(timer);
          look = () => undefined;
          resolve(found);
        };
        look();
      }),
    close: () => socket.close(),
  };
}

const command = ["--import", "tsx", join(import.meta.dirname, "..", "..", "cli", "bottleneck.ts")];

/** Whether a trainer of this number runs. */
function isTrainer(pid: string): boolean {
  try {
    const state = readFileSync(`/proc/${pid}/stat`, "utf8").split(" ")[2];
    return state !== "Z" && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("trainer/node");
  } catch {
    return false;
  }
}

/** What is found within 20 seconds. */
async function until<T>(find: () => T | undefined): Promise<T> {
  for (let i = 0; i < 400; i++) {
    const found = find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("not found in 20 s");
}

async function serve(file: string): Promise<{ address: string; process: ChildProcess }> {
  const args = [...command, "preview", file, "--serve", "--threads", "1"];
  const served = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const [data] = (await once(served.stdout!, "data")) as [Buffer];
  return { address: data.toString().trim(), process: served };
}

test("--serve shows the page to this machine alone, follows the file and writes knobs into it", async () => {
  const text = smallSpec("", { epochs: 4000 });
  await withFiles({ "a.bottleneck": text }, async (path) => {
    const { address, process: served } = await serve(path("a.bottleneck"));
    try {
      const url = new URL(address);
      assert.equal(url.hostname, "127.0.0.1");
      const page = await fetch(address);
      assert.equal(page.status, 200);
      const policy = page.headers.get("content-security-policy")!;
      assert.match(policy, /default-src 'none'/);
      assert.match(policy, new RegExp(`connect-src ws://${url.host}(;|$)`));
      assert.doesNotMatch(policy, /unsafe/);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.equal(page.headers.get("cross-origin-resource-policy"), "same-origin");
      // The page has no secret, with the token or without; a cookie would be sent to other ports too.
      const body = await page.text();
      assert.match(body, /<script src="panel\.js"><\/script>/);
      for (const search of ["", "?token=x"]) {
        const other = await fetch(`${url.origin}/${search}`);
        assert.equal(await other.text(), body);
        assert.equal(other.headers.get("set-cookie"), null);
      }
      assert.equal(page.headers.get("set-cookie"), null);
      const token = url.searchParams.get("token")!;
      assert.ok(token.length >= 32 && !body.includes(token) && !body.includes("Small"));

      // Without the token, from another page, or by another name of this machine: nothing.
      assert.equal((await fetch(`${url.origin}/../package.json`)).status, 404);
      assert.equal((await fetch(`${url.origin}//`)).status, 400, "a malformed path does not stop the server");
      const refused = async (target: string, origin: string): Promise<string> => {
        const socket = new WebSocket(target, { origin });
        const [error] = (await once(socket, "error")) as [Error];
        return error.message;
      };
      const line = `ws://${url.host}/${url.search}`;
      assert.match(await refused(line, "http://evil.example"), /403/);
      assert.match(await refused(`ws://${url.host}/?token=wrong`, url.origin), /403/);
      assert.match(await refused(`ws://${url.host}/`, url.origin), /403/);
      const named = new WebSocket(line, {
        origin: url.origin,
        headers: { host: `evil.example:${url.port}` },
      });
      assert.match(((await once(named, "error")) as [Error])[0].message, /403/);
      assert.match(await refused(`ws://${url.host}//`, url.origin), /403/);

      const first = await openPage(address);
      await first.until(({ kind }) => kind === "points");
      first.send({ kind: "launch" });
      first.send({ kind: "knob", name: "beta", value: 4 });
      // A page that comes later is told what it has missed.
      const second = await openPage(address);
      const told = await second.until((message) => message.kind === "state");
      assert.equal(second.heard[0]!.kind, "welcome");
      assert.ok(told.kind === "state" && told.state.summary?.name === "Small");
      assert.ok(told.state.curves.total.steps.length > 0);
      // An edit of the file is opened anew.
      writeFileSync(path("a.bottleneck"), text.replace("keep 0.02", "keep 0.03"));
      const opened = await first.until((message) => message.kind === "opened" && message.generation === 2);
      assert.ok(opened.kind === "opened" && !opened.restarted);
      first.send({ kind: "write", change: { kind: "knob", name: "beta", value: 7.5 } });
      const written = await first.until((message) => message.kind === "opened" && message.generation === 3);
      assert.ok(written.kind === "opened" && written.summary.knobs[0]!.value === 7.5);
      assert.match(readFileSync(path("a.bottleneck"), "utf8"), /knob beta = 7\.5 in 0\.1 \.\. 1024 log/);
      first.send({ kind: "write", change: { kind: "setting", name: "batch", value: 48 } });
      const fixed = await first.until((message) => message.kind === "opened" && message.generation === 4);
      assert.ok(fixed.kind === "opened");
      assert.match(readFileSync(path("a.bottleneck"), "utf8"), /batch = 48\b/);
      first.close();
      second.close();
    } finally {
      served.kill("SIGINT");
      const [code] = (await once(served, "exit")) as [number];
      assert.equal(code, 0);
    }
  });
});

test("--serve follows the files that its file uses, and writes an inherited knob where it is declared", async () => {
  const base = smallSpec("", { epochs: 4000 });
  const files = {
    "lib/base.bottleneck": base,
    "a.bottleneck": 'use "./lib/base.bottleneck"\nspec A extends Small(Zx = Code) { }\n',
  };
  await withFiles(files, async (path) => {
    const { address, process: served } = await serve(path("a.bottleneck"));
    try {
      const page = await openPage(address);
      const generation = (count: number) =>
        page.until(
          (message) => "generation" in message && message.generation === count && message.kind !== "phase",
        );
      // The page may come before the text is open or after.
      const named = (message: FromHost | FromEditor) =>
        message.kind === "opened"
          ? message.summary
          : message.kind === "state"
            ? message.state.summary
            : undefined;
      const first = await page.until((message) => named(message) !== undefined);
      assert.equal(named(first)!.latents[0]!.name, "Code");
      writeFileSync(path("lib/base.bottleneck"), base.replace("keep 0.02", "keep 0.03"));
      const edited = await generation(2);
      assert.ok(edited.kind === "opened" && !edited.restarted);
      page.send({ kind: "write", change: { kind: "knob", name: "beta", value: 7.5 } });
      const written = await generation(3);
      assert.ok(written.kind === "opened" && written.summary.knobs[0]!.value === 7.5);
      assert.match(
        readFileSync(path("lib/base.bottleneck"), "utf8"),
        /knob beta = 7\.5 in 0\.1 \.\. 1024 log/,
      );
      writeFileSync(path("lib/base.bottleneck"), base.replace("Zx; Zy", "Zx; Zq"));
      const broken = await generation(4);
      assert.ok(broken.kind === "rejected");
      assert.match(
        broken.diagnostics[0]!.message,
        /`Small` of "\.\/lib\/base\.bottleneck" has 1 error in line 12: Unknown stream or latent `Zq`/,
      );
      page.close();
    } finally {
      served.kill("SIGINT");
      await once(served, "exit");
    }
  });
});

test("--serve outlives lines that are broken while they are refused", async () => {
  await withFiles({ "a.bottleneck": smallSpec("", { epochs: 4000 }) }, async (path) => {
    const { address, process: served } = await serve(path("a.bottleneck"));
    try {
      const { port, origin } = new URL(address);
      for (let i = 0; i < 60; i++)
        await new Promise<void>((resolve) => {
          const socket = connect(Number(port), "127.0.0.1", () => {
            socket.write(
              `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
            );
            setImmediate(() => socket.resetAndDestroy());
          });
          socket.on("error", () => undefined);
          socket.on("close", () => resolve());
        });
      assert.equal((await fetch(origin)).status, 200, "it still answers");
      assert.equal(served.exitCode, null);
    } finally {
      served.kill("SIGINT");
      await once(served, "exit");
    }
  });
});

test("a port that cannot be is one error", async () => {
  await withFiles({ "a.bottleneck": smallSpec() }, async (path) => {
    const { code, err } = await bottleneck("preview", path("a.bottleneck"), "--serve", "--port", "99999");
    assert.equal(code, 2);
    assert.match(err, /--port must be a whole number from 0 to 65535, not "99999"/);
    assert.doesNotMatch(err, /\n\s+at /);
  });
});

/** A preview that listens for interruptions, whose trainer is held: it hears nothing, as in a loop over a broken file. */
async function heldPreview(
  file: string,
): Promise<{ run: ChildProcess; trainer: string; hasSaid: (words: RegExp) => Promise<true> }> {
  const run = spawn(process.execPath, [...command, "preview", file, "--threads", "1"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let err = "";
  run.stderr!.on("data", (chunk) => (err += String(chunk)));
  // The command listens from before it starts the trainer.
  const trainer = await until(() =>
    readFileSync(`/proc/${run.pid}/task/${run.pid}/children`, "utf8").trim().split(" ").find(isTrainer),
  );
  process.kill(Number(trainer), "SIGSTOP");
  return { run, trainer, hasSaid: (words) => until(() => words.test(err) || undefined) };
}

test("a second interruption leaves no trainer behind", async () => {
  await withFiles({ "a.bottleneck": smallSpec("", { epochs: 400_000 }) }, async (path) => {
    const { run, trainer, hasSaid } = await heldPreview(path("a.bottleneck"));
    run.kill("SIGINT");
    await hasSaid(/Interrupt again to end/);
    assert.equal(run.exitCode ?? run.signalCode, null);
    run.kill("SIGINT");
    const [code] = (await once(run, "exit")) as [number];
    assert.equal(code, 1);
    await until(() => !isTrainer(trainer) || undefined);
  });
});

test("an interruption before the first step ends it, with a word", async () => {
  await withFiles({ "a.bottleneck": smallSpec("", { epochs: 400_000 }) }, async (path) => {
    // Held while the command is interrupted, so that it trains nothing before.
    const { run, trainer, hasSaid } = await heldPreview(path("a.bottleneck"));
    run.kill("SIGINT");
    await hasSaid(/Interrupted/);
    process.kill(Number(trainer), "SIGCONT");
    const [code] = (await once(run, "exit")) as [number];
    assert.equal(code, 1);
    await hasSaid(/interrupted before there was a report/);
  });
});

test("a library of the current folder is loaded only where BOTTLENECK_TFJS_NODE names the folder", async () => {
  const spec = smallSpec("", { epochs: 1 });
  const library = "node_modules/@tensorflow/tfjs-node/index.js";
  await withFiles({ "a.bottleneck": spec, [library]: 'throw new Error("it ran")' }, async (path) => {
    const before = process.cwd();
    process.chdir(path("."));
    const executorOf = async (): Promise<string> => {
      const { out } = await bottleneck("preview", "a.bottleneck", "--executor", "tfjs", "--json");
      return (JSON.parse(out) as { summary: { executor: string } }).summary.executor;
    };
    const toldByDoctor = async (): Promise<string> => (await bottleneck("doctor", "--json")).out;
    try {
      for (const said of [await executorOf(), await toldByDoctor()]) {
        assert.match(said, /set BOTTLENECK_TFJS_NODE to a folder/);
        assert.doesNotMatch(said, /it ran/);
      }
      process.env["BOTTLENECK_TFJS_NODE"] = ".";
      for (const said of [await executorOf(), await toldByDoctor()])
        assert.match(said, /does not load: it ran/);
    } finally {
      delete process.env["BOTTLENECK_TFJS_NODE"];
      process.chdir(before);
    }
  });
});
