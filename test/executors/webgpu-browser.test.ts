/** The built worker trains on WebGPU in a real browser, on its software adapter, and gives what it gives on WebAssembly. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import test from "node:test";
import type { FromHost } from "../../core/train/protocol";
import { defaultSettings } from "../../trainer/settings";
import { SOFTWARE } from "./gpu";
import { inBrowser } from "../trainer/in-browser";
import { smallSpec } from "../trainer/session";

const skip = existsSync("/usr/bin/chromium") ? false : "there is no /usr/bin/chromium";

test("a preview trains on WebGPU in a browser, with the losses that WebAssembly has", { skip }, async () => {
  await inBrowser({ flags: SOFTWARE }, async (run) => {
    const train = (executor: "wasm" | "webgpu"): Promise<FromHost[]> =>
      run(smallSpec(), { ...defaultSettings, executor });
    const losses = (heard: FromHost[]): number[] =>
      heard.flatMap((message) => (message.kind === "points" ? message.points.map(({ total }) => total) : []));
    const [gpu, wasm] = [await train("webgpu"), await train("wasm")];
    assert.deepEqual(
      gpu.at(-1),
      { kind: "phase", generation: 1, phase: "finished" },
      JSON.stringify(gpu.at(-1)),
    );
    const opened = gpu.find((message) => message.kind === "opened")!;
    assert.match(opened.summary.executor, /^webgpu, /);
    const [ours, theirs] = [losses(gpu), losses(wasm)];
    assert.equal(ours.length, 24);
    for (const [i, loss] of ours.entries())
      assert.ok(
        Math.abs(loss - theirs[i]!) < 1e-3 * Math.abs(theirs[i]!),
        `step ${i + 1}: ${loss}, ${theirs[i]}`,
      );
  });
});
