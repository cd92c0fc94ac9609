/** TensorFlow.js against the reference: on its plain backend, on WebAssembly and with its native library. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import * as core from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { compileStep } from "../../core/program/compile";
import { createTfjsExecutor } from "../../core/train/executors/tfjs";
import type { Tf } from "../../core/train/executors/tfjs-kernels";
import { loadNative, loadTfjs } from "../../trainer/tfjs-node";
import { symmetricBottleneck } from "../program/objectives";
import { batch, parity, sizes } from "./parity";
import { openWith, writeInputs } from "./session";

/** Where the native library is: among the packages here, or where `npm test` installs it, outside the checkout. */
const cache = process.env["BOTTLENECK_CACHE"] ?? join(homedir(), ".cache", "bottleneck");
const native = loadNative([process.cwd(), join(cache, "tfjs-node")]);

for (const backend of ["cpu", "wasm", "tensorflow"]) {
  const skip = backend === "tensorflow" && "reason" in native ? native.reason : false;
  const load = async (): Promise<Tf> => {
    const tf = backend === "tensorflow" && "tf" in native ? native.tf : core;
    if (backend === "wasm") await loadTfjs([]);
    else await tf.setBackend(backend);
    assert.equal(tf.getBackend(), backend);
    return tf;
  };
  parity(`tfjs, ${backend}`, async () => createTfjsExecutor(await load(), "test"), skip);

  test(`no tensor is left behind by a step, nor by a session: ${backend}`, { skip }, async () => {
    const tf = await load();
    const objective = symmetricBottleneck(sizes, "mine");
    const step = compileStep(objective, { batch });
    const none = tf.memory().numTensors;
    const session = await openWith(createTfjsExecutor(tf, "test"), { step }, objective);
    const counts: number[] = [];
    for (let i = 1; i <= 4; i++) {
      writeInputs(session, "step", step, i);
      await session.run("step");
      await session.read("step", "total");
      counts.push(tf.memory().numTensors);
    }
    assert.equal(counts[3], counts[1], `tensors after each step: ${counts.join(", ")}`);
    session.dispose();
    assert.equal(tf.memory().numTensors, none);
  });
}

/** A folder with a package of the native library's name and this source. */
function installed(
  source: string,
  name = "tfjs-node",
  folder = mkdtempSync(join(tmpdir(), "tfjs-")),
): string {
  const at = join(folder, "node_modules", "@tensorflow", name);
  after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, "index.js"), source);
  return folder;
}

test("where the native library is not installed, the reason says where it was looked for", () => {
  const found = loadNative(["/nowhere"]);
  assert.ok("reason" in found && /not installed in \/nowhere/.test(found.reason));
});

test("a native library that does not load is passed over, with what it said", () => {
  const broken = installed('throw new Error("no binary for this machine")');
  const found = loadNative([broken]);
  assert.ok("reason" in found && found.reason.includes("no binary for this machine"));
  const whole = installed('module.exports = { version: { "tfjs-node": "4.22.0" } }');
  const second = loadNative([broken, whole]);
  assert.ok("tf" in second && second.description.includes("4.22.0"));
});

test("the native library finds the function of util that it calls and Node 23 dropped", () => {
  const found = loadNative([
    installed('module.exports = { version: {}, ok: require("util").isNullOrUndefined(null) }'),
  ]);
  assert.ok("tf" in found && (found.tf as unknown as { ok: boolean }).ok);
});

test("the library for GPUs goes before the plain one, which is taken where that does not load", () => {
  const both = (source: string): string =>
    installed(source, "tfjs-node-gpu", installed('module.exports = { version: { "tfjs-node": "plain" } }'));
  const gpu = loadNative([both('module.exports = { version: { "tfjs-node": "card" } }')]);
  assert.ok("tf" in gpu && /card for GPUs/.test(gpu.description));
  const plain = loadNative([both('throw new Error("no CUDA")')]);
  assert.ok("tf" in plain && /plain from/.test(plain.description));
});
