/** The built worker trains on WebGPU in a real browser, on its software adapter, and gives what it gives on WebAssembly. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import test from "node:test";
import { chromium } from "playwright-core";
import { PROTOCOL_VERSION, type FromHost } from "../../core/train/protocol";
import { defaultSettings } from "../../trainer/settings";
import { smallSpec } from "../trainer/session";

const worker = join(import.meta.dirname, "..", "..", "dist", "trainer", "browser.js");
const SOFTWARE = [
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--enable-features=Vulkan",
];

const skip = existsSync("/usr/bin/chromium") ? false : "there is no /usr/bin/chromium";

test("a preview trains on WebGPU in a browser, with the losses that WebAssembly has", { skip }, async () => {
  const server = createServer((request, response) => {
    const script = request.url === "/trainer.js";
    response.setHeader("content-type", script ? "text/javascript" : "text/html");
    response.end(script ? readFileSync(worker) : "<!doctype html><title>t</title>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const args = ["--no-sandbox", ...SOFTWARE];
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args });
  try {
    const page = await browser.newPage();
    await page.goto(origin);
    const train = (executor: "wasm" | "webgpu"): Promise<FromHost[]> =>
      page.evaluate(
        ({ settings, text, origin, protocol }) =>
          new Promise<FromHost[]>((resolve, reject) => {
            const script = `self.trainerSettings = ${JSON.stringify(settings)}; importScripts("${origin}/trainer.js");`;
            const trainer = new Worker(URL.createObjectURL(new Blob([script])));
            const heard: FromHost[] = [];
            trainer.onerror = (event) => reject(new Error(event.message));
            trainer.onmessage = ({ data }: MessageEvent<FromHost>) => {
              if (data.kind !== "samples") heard.push(data);
              const ended = data.kind === "phase" && ["finished", "failed"].includes(data.phase);
              if (ended || data.kind === "rejected") resolve(heard);
            };
            trainer.postMessage({ kind: "hello", protocol });
            trainer.postMessage({
              kind: "open",
              generation: 1,
              uri: `${origin}/a.bottleneck`,
              text,
              uses: {},
              autorun: true,
            });
          }),
        { settings: { ...defaultSettings, executor }, text: smallSpec(), origin, protocol: PROTOCOL_VERSION },
      );
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
  } finally {
    await browser.close();
    server.close();
  }
});
