/** Executors: one list of names, homes that have some of them, and one rule that chooses. */
import assert from "node:assert/strict";
import test from "node:test";
import { executorIds, executors, type ExecutorId } from "../../core/train/executors/index";
import { faultOfFromHost } from "../../core/train/protocol-check";
import { browser } from "../../trainer/executors/browser";
import {
  createExecutor,
  executorStatus,
  type ExecutorHome,
  type HomeExecutor,
} from "../../trainer/executors/home";
import { node } from "../../trainer/executors/node";
import { defaultSettings } from "../../trainer/settings";
import { candidates } from "../numbers/executors";
import { gpuFolder, gpuLack } from "../executors/gpu";
import { pythonWithTorch } from "../reference/driver";

const settings = { ...defaultSettings, threads: 1, modules: [gpuFolder] };

test("every executor has a home, and is held to PyTorch", () => {
  const homes = [node, browser].flatMap((home) => home.executors.map(({ id }) => id));
  for (const id of executorIds) {
    assert.ok(
      homes.includes(id),
      `\`${id}\` runs nowhere: add it to trainer/executors/node.ts or browser.ts`,
    );
    assert.ok(
      candidates.some(({ name }) => name === id),
      `\`${id}\` is held to no numbers: add it to test/numbers/executors.ts`,
    );
  }
  assert.equal(new Set(executorIds).size, executors.length);
});

/** As a browser this process has no GPU: what needs one runs in Node alone. */
const here = (home: ExecutorHome, id: ExecutorId): boolean =>
  home === node ? id !== "webgpu" || gpuLack === false : !["webgpu", "tfjs"].includes(id);

test("an executor bears the name of its entry", async () => {
  for (const home of [node, browser])
    for (const { id, create } of home.executors.filter(({ id }) => here(home, id))) {
      const executor = await create({ ...settings, python: pythonWithTorch() });
      assert.equal(executor.name, id);
      executor.close();
    }
});

test("every home says of every executor whether it runs there, in a message that passes the check", async () => {
  for (const home of [node, browser]) {
    const status = await executorStatus(home, { ...settings, python: "python3" });
    assert.deepEqual(
      status.map(({ name }) => name),
      executorIds,
    );
    for (const { name, available, detail } of status) {
      assert.equal(
        available,
        home.executors.some(({ id }) => id === name && here(home, id)),
        name,
      );
      assert.ok(detail.length > 5, name);
    }
    assert.equal(faultOfFromHost({ kind: "executors", generation: 1, executors: status }), undefined);
  }
  const inBrowser = await executorStatus(browser, defaultSettings);
  const detailOf = (id: ExecutorId): string | undefined => inBrowser.find(({ name }) => name === id)?.detail;
  assert.equal(detailOf("torch"), "PyTorch does not run in a browser");
  assert.equal(detailOf("webgpu"), "this browser has no WebGPU");
  assert.equal(detailOf("tfjs"), "this browser has no WebGL for workers");
});

test("what does not run here is refused with the reason and what to set instead", async () => {
  await assert.rejects(createExecutor(browser, { ...defaultSettings, executor: "torch" }), {
    message:
      "PyTorch does not run in a browser. Set the executor to one of `auto`, `wasm`, `webgpu`, `tfjs`.",
  });
  await assert.rejects(createExecutor(browser, { ...defaultSettings, executor: "tfjs" }), {
    message: "this browser has no WebGL for workers",
  });
  await assert.rejects(createExecutor(node, { ...defaultSettings, executor: "torch" }), /no Python is named/);
  await assert.rejects(
    createExecutor(node, { ...defaultSettings, executor: "webgpu" }),
    /webgpu is not installed: .*npm install --prefix/,
  );
  const executor = "cuda" as ExecutorId;
  await assert.rejects(createExecutor(node, { ...defaultSettings, executor }), {
    message:
      "unknown executor `cuda`. Set the executor to one of `auto`, `wasm`, `tfjs`, `webgpu`, `torch`, `reference`.",
  });
});

test("auto is the first of the home that is available, and says why where none is", async () => {
  const entry = (id: ExecutorId, available: boolean): HomeExecutor => ({
    id,
    available: () => Promise.resolve({ available, detail: `because of ${id}` }),
    create: () => Promise.reject(new Error(`created ${id}`)),
  });
  const home = (...entries: HomeExecutor[]): ExecutorHome => ({ where: "in a test", executors: entries });
  await assert.rejects(
    createExecutor(
      home(entry("tfjs", false), entry("reference", true), entry("wasm", true)),
      defaultSettings,
    ),
    /^Error: created reference$/,
  );
  await assert.rejects(createExecutor(home(entry("tfjs", false), entry("wasm", false)), defaultSettings), {
    message: "no executor can run in a test (`tfjs`: because of tfjs; `wasm`: because of wasm)",
  });
});
